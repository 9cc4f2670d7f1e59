/** A network of layers, whose faults are shown by one piece: run by the daemon, and lied about. */
import assert from 'node:assert/strict';
import { classify, download, layeredDigits } from '@core-terminal/demo';
import { inputTree, outputLeaf, Tree, type JobOrder, type Leaf } from '@core-terminal/kit';
import { u8aToHex } from '@polkadot/util';
import { FakeProvider, openDigits, PRICE } from '../fake-provider.js';
import { event } from '../log.js';
import { contextOf } from '../result.js';
import { site } from '../site.js';
import { balanced, refunded, type Stage } from '../stage.js';
import type { Scenario } from './scenario.js';

/** Whose rules are those of layered networks. */
const RUNNER = 2;
/** The most work that one piece of such a network may be. */
const DEAREST_PIECE = 262_144;

/** The digits, read by convolution. */
function order({ files }: Stage): { layered: ReturnType<typeof layeredDigits>; change: Partial<JobOrder> } {
	const layered = layeredDigits();
	const { weights, weightsRoot, outputBytes, manifestDigest } = layered;
	const change = { runner: RUNNER, weightsRoot, weightsBytes: weights.length, outputBytes, multiplications: DEAREST_PIECE, manifest: manifestDigest, weightsUrl: `${files}/layered.tcnn` };
	return { layered, change };
}

/** Outputs by the daemon; they do not depend on the lease. */
const outputs = new WeakMap<Stage, Promise<Leaf[]>>();

async function run(stage: Stage): Promise<Leaf[]> {
	const [place, consumer] = await Promise.all([site(stage, 'layered'), stage.account('layered//consumer')]);
	const { change } = order(stage);
	const lease = await openDigits(stage, consumer, place.machine, change);
	await stage.log.until('the verdict', event('leases', 'VerdictEntered', { lease }));
	const leaves = await download(stage.api, place.endpoints, await stage.lease(lease));
	const end = await stage.closed(lease);
	assert.deepEqual([end.outcome, end.books.paid], ['Completed', PRICE - PRICE / 50n]);
	balanced(end);
	return leaves;
}

const computed = (stage: Stage): Promise<Leaf[]> => {
	const known = outputs.get(stage) ?? run(stage);
	outputs.set(stage, known);
	return known;
};

async function honest(stage: Stage): Promise<void> {
	const { layered } = order(stage);
	const leaves = await computed(stage);
	assert.equal(u8aToHex(leaves[0]!.output), `0x${layered.firstResult}`);
	const right = leaves.filter(({ index, output }) => classify(output.subarray(0, layered.logitBytes)) === stage.model.labels[index]).length;
	assert.equal(right, layered.correct);
}

/** Every second output has one bit of one digest of a hidden layer wrong, and the logits are right. */
async function lied(stage: Stage): Promise<void> {
	const [provider, consumer] = await Promise.all([FakeProvider.start(stage, 'layered//liar'), stage.account('layered//refunded')]);
	const { layered, change } = order(stage);
	const leaves = await computed(stage);
	const lease = await openDigits(stage, consumer, provider.machine, change);
	await provider.accept(lease);
	const context = contextOf(await stage.lease(lease));
	const shown = leaves.map(({ index, output }) => {
		const lie = output.slice();
		if (index % 2 === 0) lie[layered.logitBytes]! ^= 1;
		return lie;
	});
	const inputs = inputTree(stage.model.inputs);
	const tree = new Tree(shown.map((output, index) => outputLeaf(context, index, stage.model.inputs[index]!, output)));
	const mine = shown.map((output, index) => ({ index, input: stage.model.inputs[index]!, output, inputPath: inputs.path(index), outputPath: tree.path(index) }));
	provider.evidence.show(lease, { leaves: mine, weights: layered.weights });
	await provider.commitRoot(lease, tree.root());
	refunded(await stage.closed(lease), 'Faulted');
	assert.ok((await provider.bond()).slashed > 0n);
}

export const layers: Scenario[] = [
	{ promise: 'a layered network is run by the daemon, checked and paid', play: honest },
	{ promise: 'a wrong digest of a hidden layer refunds the consumer and slashes, though the answers are right', play: lied },
];
