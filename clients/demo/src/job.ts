/** Steps 3 to 7: a fixed job over the held-out images, from the escrow to the verified outputs. */
import type { ApiPromise } from '@polkadot/api';
import type { KeyringPair } from '@polkadot/keyring/types';
import { atBlock, committed, decodeLeaves, eventData, Hosts, lease, machine as readMachine, openJob, send, taskOf, type Leaf, type LeaseView } from '@core-terminal/kit';
import { classify, type Digits } from './digits.js';

export interface JobRun {
	machine: bigint;
	version: bigint | undefined;
	price: bigint;
	royalty: bigint;
	deadlineBlocks?: number;
	inputUrl: string;
	weightsUrl: string;
}

export async function openDigitsJob(api: ApiPromise, consumer: KeyringPair, model: Digits, run: JobRun): Promise<bigint> {
	const seen = await readMachine(api, run.machine);
	if (!seen) throw new Error(`machine ${run.machine} is not registered`);
	const order = openJob(api, {
		machine: run.machine,
		inputRoot: model.inputRoot,
		weightsRoot: model.weightsRoot,
		items: model.inputs.length,
		weightsBytes: model.weights.length,
		inputBytes: model.inputs[0]!.length,
		outputBytes: model.outputBytes,
		multiplications: model.multiplications,
		price: run.price,
		maxTotal: run.price + run.royalty,
		deadlineBlocks: run.deadlineBlocks ?? 60,
		version: run.version,
		manifest: model.manifestDigest,
		inputUrl: run.inputUrl,
		weightsUrl: run.weightsUrl,
		termsHash: seen.termsHash,
	});
	const opened = await send(api, order, consumer);
	return eventData(opened, 'leases', 'LeaseOffered')['lease'].toBigInt();
}

/** As long as a host may take for a page of leaves, in milliseconds. */
const PAGE_MS = 10_000;

/** Wait until the lease is closed; tells each change of its state, and of its task's. */
export async function watch(api: ApiPromise, id: bigint, tell: (line: string) => void, timeoutMs = 300_000): Promise<LeaseView> {
	let last = '';
	return atBlock(
		api,
		async (block) => {
			const [view, task] = await Promise.all([lease(api, id), taskOf(api, id)]);
			if (!view) throw new Error(`lease ${id} is not known`);
			const votes = task?.seats.filter((seat) => seat.ballot !== undefined).map((seat) => seat.ballot) ?? [];
			const now = `${view.status}${view.outcome ? ` (${view.outcome})` : ''}${task && view.status !== 'Closed' ? `, task ${task.phase}, votes ${votes.length}/${task.seats.length}` : ''}`;
			if (now !== last) tell(`block ${block}: lease ${id} ${now}`);
			last = now;
			return view.status === 'Closed' ? view : undefined;
		},
		timeoutMs,
		`lease ${id} to be closed`,
	);
}

/** Download every leaf from the machine's hosts, from any that shows it, and check it against the roots on chain. */
export async function download(api: ApiPromise, endpoints: readonly string[], view: LeaseView): Promise<Leaf[]> {
	const job = view.job;
	if (!job?.resultRoot) throw new Error(`lease ${view.id} has no committed result`);
	const roots = { context: job.context, inputRoot: job.inputRoot, resultRoot: job.resultRoot, items: job.items };
	const hosts = new Hosts(endpoints);
	const leaves: Leaf[] = [];
	for (let from = 0; from < job.items; from += 64) {
		const indices = Array.from({ length: Math.min(64, job.items - from) }, (_, i) => from + i);
		const page = async (endpoint: string): Promise<Leaf[]> => {
			const path = `v1/leases/${view.id}/leaves?indices=${indices.join(',')}`;
			const response = await fetch(`${endpoint}/${path}`, { signal: AbortSignal.timeout(PAGE_MS) });
			if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
			const shown = decodeLeaves(api, new Uint8Array(await response.arrayBuffer()));
			indices.forEach((index, i) => {
				const leaf = shown[i];
				if (leaf?.index !== index || !committed(roots, leaf)) throw new Error(`leaf ${index} does not lead to the root on chain`);
			});
			return shown;
		};
		leaves.push(...(await hosts.ask(page)));
	}
	return leaves;
}

/** The share of images whose attested output names the right digit. */
export function accuracy(leaves: Leaf[], labels: Uint8Array): number {
	return leaves.filter((leaf) => classify(leaf.output) === labels[leaf.index]).length / leaves.length;
}
