/** Steps 3 to 7: a fixed job over the held-out images, from the escrow to the verified outputs. */
import type { ApiPromise } from '@polkadot/api';
import type { KeyringPair } from '@polkadot/keyring/types';
import { atBlock, committed, decodeLeaves, eventData, lease, machine as readMachine, openJob, send, taskOf, type Leaf, type LeaseView } from '@core-terminal/kit';
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

/** Download every leaf from the provider and check it against the roots on chain. */
export async function download(api: ApiPromise, endpoint: string, view: LeaseView): Promise<Leaf[]> {
	const job = view.job;
	if (!job?.resultRoot) throw new Error(`lease ${view.id} has no committed result`);
	const roots = { context: job.context, inputRoot: job.inputRoot, resultRoot: job.resultRoot, items: job.items };
	const leaves: Leaf[] = [];
	for (let from = 0; from < job.items; from += 64) {
		const indices = Array.from({ length: Math.min(64, job.items - from) }, (_, i) => from + i);
		const response = await fetch(`${endpoint}/v1/leases/${view.id}/leaves?indices=${indices.join(',')}`);
		if (!response.ok) throw new Error(`${endpoint} answered ${response.status}: ${await response.text()}`);
		const page = decodeLeaves(api, new Uint8Array(await response.arrayBuffer()));
		page.forEach((leaf, i) => {
			if (leaf.index !== indices[i] || !committed(roots, leaf)) throw new Error(`leaf ${indices[i]} does not lead to the root on chain`);
		});
		leaves.push(...page);
	}
	return leaves;
}

/** The share of images whose attested output names the right digit. */
export function accuracy(leaves: Leaf[], labels: Uint8Array): number {
	return leaves.filter((leaf) => classify(leaf.output) === labels[leaf.index]).length / leaves.length;
}
