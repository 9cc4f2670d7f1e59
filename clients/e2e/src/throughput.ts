/**
 * How many results four validators settle: jobs of 1,024 results a root, opened as fast as the rate says, each with one
 * result that its consumer demands on chain (one in 1,024 is disputed) and its provider shows there. Prints a table for
 * docs/PERFORMANCE.md; fails where a goal is missed or a job ends otherwise than paid.
 *
 *   node dist/throughput.js [MINUTES [RESULTS A SECOND]]
 *
 * What the network computes is the digits', evaluated once: the chain, its validators and their off-chain workers are
 * what is measured. They see each job as new: its root binds the lease, and all leaves are hashed anew.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { call, inputTree, leafArgument, openJob, outputLeaf, resultContext, TCT, Tree, type Call, type Included, type Leaf } from '@core-terminal/kit';
import type { KeyringPair } from '@polkadot/keyring/types';
import { u8aToHex } from '@polkadot/util';
import { EvidenceServer } from './evidence.js';
import { FakeProvider, jobOrder } from './fake-provider.js';
import { evaluate } from './integer-network.js';
import { Stage } from './stage.js';

/** Results in a root. */
const RESULTS = 1_024;
/** Jobs opened in a transaction. */
const JOBS = 20;
/** Consumers with a provider each. One does a batch of jobs from the opening to the last answer, then the next. */
const LANES = 36;
/** Base units for a job. */
const PRICE = TCT;
/** Blocks that a job may take. */
const DEADLINE = 300;
/** Share of the rate that has to be reached. */
const REACHED = 0.95;

interface Lane {
	consumer: KeyringPair;
	provider: FakeProvider;
}

/** What became of leases, read off the log as it grows. */
class Ledger {
	/** Blocks at which a lease had its commitment and its verdict, and milliseconds of that. */
	readonly committed = new Map<bigint, number>();
	readonly verdicts = new Map<bigint, { block: number; at: number }>();
	readonly closed = new Map<bigint, string>();
	private readonly waiting = new Set<() => void>();
	private read = 0;

	constructor(private readonly stage: Stage) {
		stage.onBlock(() => this.follow());
	}

	/** The last blocks again: a fork may have changed them. */
	private follow(): void {
		const { seen } = this.stage.log;
		const from = Math.max(0, this.read - 20);
		for (let at = seen.length - 1; at >= 0 && seen[at]!.block >= from; at -= 1) {
			const { section, method, data, block } = seen[at]!;
			if (section !== 'leases') continue;
			if (method === 'ResultCommitted') this.committed.set(data.lease.toBigInt(), block);
			if (method === 'VerdictEntered') this.verdicts.set(data.lease.toBigInt(), this.verdicts.get(data.lease.toBigInt()) ?? { block, at: Date.now() });
			if (method === 'LeaseClosed') this.closed.set(data.lease.toBigInt(), data.outcome.type);
		}
		this.read = this.stage.log.head;
		for (const look of [...this.waiting]) look();
	}

	/** Wait until all of them are there. */
	all(what: string, leases: bigint[], where: Map<bigint, unknown>, timeoutMs = 240_000): Promise<void> {
		return new Promise((resolve, reject) => {
			const end = (act: () => void): void => {
				clearTimeout(timer);
				this.waiting.delete(look);
				act();
			};
			const look = (): void => {
				if (leases.every((lease) => where.has(lease))) end(resolve);
			};
			const timer = setTimeout(() => end(() => reject(new Error(`${what}: ${leases.filter((lease) => !where.has(lease)).join(', ')} within ${timeoutMs} ms`))), timeoutMs);
			this.waiting.add(look);
			look();
		});
	}
}

/** What every job computes, and the tree of its inputs. */
class Work {
	readonly inputs: Uint8Array[];
	private readonly outputs: Uint8Array[];
	private readonly agreed: Tree;

	constructor(private readonly stage: Stage) {
		const { inputs, weights, outputBytes } = stage.model;
		this.inputs = Array.from({ length: RESULTS }, (_, index) => inputs[index % inputs.length]!);
		const computed = inputs.map((input) => evaluate(weights, input, outputBytes));
		this.outputs = this.inputs.map((_, index) => computed[index % inputs.length]!);
		this.agreed = inputTree(this.inputs);
	}

	get inputRoot(): Uint8Array {
		return this.agreed.root();
	}

	/** Root and leaves of one lease. */
	of(lease: bigint, provider: FakeProvider): { root: Uint8Array; leaves: Leaf[] } {
		const context = resultContext(this.stage.genesis, lease, provider.owner.publicKey);
		const tree = new Tree(this.inputs.map((input, index) => outputLeaf(context, index, input, this.outputs[index]!)));
		const leaves = this.inputs.map((input, index) => ({
			index, input, output: this.outputs[index]!, inputPath: this.agreed.path(index), outputPath: tree.path(index),
		}));
		return { root: tree.root(), leaves };
	}
}

const together = (stage: Stage, calls: Call[], who: KeyringPair): Promise<Included> => stage.send(call(stage.api, 'utility', 'batchAll', calls), who);

/** One batch of jobs, from the opening to the last answer. Resolves with its leases. */
async function batch(stage: Stage, work: Work, ledger: Ledger, { consumer, provider }: Lane): Promise<bigint[]> {
	const { api } = stage;
	const order = await jobOrder(stage, provider.machine, { items: RESULTS, inputRoot: work.inputRoot, price: PRICE, maxTotal: PRICE, deadlineBlocks: DEADLINE });
	const { events } = await together(stage, Array.from({ length: JOBS }, () => openJob(api, order)), consumer);
	const leases = events
		.filter(({ event: { section, method } }) => section === 'leases' && method === 'LeaseOffered')
		.map(({ event: { data } }) => (data as any).lease.toBigInt() as bigint);
	assert.equal(leases.length, JOBS);

	const results = leases.map((lease) => work.of(lease, provider));
	results.forEach(({ leaves }, job) => provider.evidence.show(leases[job]!, { leaves, weights: stage.model.weights }));
	const commits = leases.flatMap((lease, job) => [
		call(api, 'leases', 'accept', lease), call(api, 'leases', 'commitResult', lease, u8aToHex(results[job]!.root)),
	]);
	await together(stage, commits, provider.agent);
	await ledger.all('a verdict', leases, ledger.verdicts);

	const disputed = (lease: bigint): number => Number(lease % BigInt(RESULTS));
	await together(stage, leases.map((lease) => call(api, 'leases', 'demandLeaf', lease, disputed(lease))), consumer);
	await together(stage, leases.map((lease, job) => call(api, 'leases', 'answerDemand', lease, leafArgument(results[job]!.leaves[disputed(lease)]!))), provider.agent);
	leases.forEach((lease) => provider.evidence.hide(lease));
	return leases;
}

/** Resident memory of the largest node, mebibytes, and processor time of all nodes, seconds. */
function usage(stage: Stage): { memory: number; processor: number } {
	const of = (pid: number): { memory: number; processor: number } => {
		const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
		return { memory: (pages * 4) / 1024, processor: (Number(fields[11]) + Number(fields[12])) / 100 };
	};
	const all = stage.network.nodes.map(({ pid }) => of(pid!));
	return { memory: Math.round(Math.max(...all.map(({ memory }) => memory))), processor: all.reduce((sum, { processor }) => sum + processor, 0) };
}

const number = (at: number, usual: number): number => {
	const given = Number(process.argv[at] ?? usual);
	assert.ok(Number.isInteger(given) && given > 0, 'MINUTES and RESULTS A SECOND are whole numbers');
	return given;
};
const minutes = number(2, 10);
const rate = number(3, 10_000);
const stage = await Stage.open({ validators: 4 });
try {
	const evidence = await EvidenceServer.start();
	stage.onClose(() => evidence.stop());
	const work = new Work(stage);
	const ledger = new Ledger(stage);
	const lanes = await Promise.all(Array.from({ length: LANES }, async (_, lane): Promise<Lane> => {
		const provider = await FakeProvider.start(stage, `throughput//${lane}`, { evidence });
		return { provider, consumer: await stage.account(`throughput//${lane}//consumer`, 5_000n) };
	}));
	console.error(`${LANES} providers are online (block ${stage.log.head})`);

	const start = Date.now();
	const [before, first] = [usage(stage), stage.log.head];
	const end = start + minutes * 60_000;
	const pace = (JOBS * RESULTS * 1_000) / rate;
	let begun = 0;
	const leases: bigint[] = [];
	const turn = async (lane: Lane): Promise<void> => {
		for (;;) {
			const at = start + begun * pace;
			if (at >= end) return;
			begun += 1;
			await new Promise((due) => setTimeout(due, Math.max(0, at - Date.now())));
			leases.push(...(await batch(stage, work, ledger, lane)));
			console.error(`${leases.length} jobs done (block ${stage.log.head}, ${Math.round((Date.now() - start) / 1_000)} s)`);
		}
	};
	await Promise.all(lanes.map(turn));
	const after = usage(stage);
	const [blocks, seconds] = [stage.log.head - first, (Date.now() - start) / 1_000];
	await ledger.all('the end', leases, ledger.closed);
	const outcomes = new Map<string, number>();
	for (const lease of leases) outcomes.set(ledger.closed.get(lease)!, (outcomes.get(ledger.closed.get(lease)!) ?? 0) + 1);

	// In the steady part: the first batch's verdict to the last one's that was begun in time.
	const at = leases.map((lease) => ledger.verdicts.get(lease)!.at).sort((a, b) => a - b);
	const reached = ((leases.length - JOBS) * RESULTS * 1_000) / (at.at(-1)! - at[0]!);
	const took = leases.map((lease) => ledger.verdicts.get(lease)!.block - ledger.committed.get(lease)!).sort((a, b) => a - b);
	const share = (part: number): number => took[Math.min(took.length - 1, Math.floor(took.length * part))]!;
	console.log('| asked for, results a second | reached | for, s | jobs | demanded and shown on chain | blocks to a verdict, median | 95 % | most | blocks, s each | processor time of a validator, of a core | memory of a node, MiB |');
	console.log('|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|');
	const cells = [
		rate.toLocaleString('en'), Math.round(reached).toLocaleString('en'), Math.round((at.at(-1)! - at[0]!) / 1_000), leases.length.toLocaleString('en'), leases.length.toLocaleString('en'),
		share(0.5), share(0.95), took.at(-1), (seconds / blocks).toFixed(2), `${Math.round((100 * (after.processor - before.processor)) / seconds / 4)} %`, `${before.memory} → ${after.memory}`,
	];
	console.log(`| ${cells.join(' | ')} |`);
	assert.deepEqual([...outcomes], [['Completed', leases.length]], 'a job was not paid');
	assert.ok(reached >= REACHED * rate, `the rate was not reached: ${Math.round(reached)} of ${rate} results a second`);
} finally {
	await stage.close();
}
process.exit(0);
