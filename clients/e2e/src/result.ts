/** A computed job: outputs, roots and leaves, honest or not. */
import { compactToU8a } from '@polkadot/util';
import { concat, inputTree, outputLeaf, Tree, u32, type Leaf, type LeaseView } from '@core-terminal/kit';
import type { Digits } from '@core-terminal/demo';
import { evaluate } from './integer-network.js';

/** What a dishonest provider does differently. */
export interface Lies {
	/** What becomes of an output before it is committed. */
	output?: (index: number, output: Uint8Array) => Uint8Array;
	/** What the network is fed instead of the agreed input. */
	input?: (index: number, input: Uint8Array) => Uint8Array;
}

export interface Result {
	root: Uint8Array;
	leaves: Leaf[];
}

export function compute(model: Digits, context: Uint8Array, lies: Lies = {}): Result {
	const agreed = inputTree(model.inputs);
	const items = model.inputs.map((honest, index) => {
		const input = lies.input?.(index, honest) ?? honest;
		const right = evaluate(model.weights, input, model.outputBytes);
		return { index, input, output: lies.output?.(index, right) ?? right };
	});
	const outputs = new Tree(items.map(({ index, input, output }) => outputLeaf(context, index, input, output)));
	return {
		root: outputs.root(),
		leaves: items.map((item) => ({ ...item, inputPath: agreed.path(item.index), outputPath: outputs.path(item.index) })),
	};
}

export const contextOf = (view: LeaseView): Uint8Array => {
	if (!view.job) throw new Error(`lease ${view.id} is no job`);
	return view.job.context;
};

/**
 * Every second output is wrong by one bit, so that no sample is without one: of 64 leaves out of 719 none is wrong once in
 * 10²⁰ draws. (Of one output in ten, once in 1,200.)
 */
export const ONE_IN_TWO: Lies = {
	output: (index, output) => (isBad(index) ? output.map((byte, i) => (i === 0 ? byte ^ 1 : byte)) : output),
};

export const isBad = (index: number): boolean => index % 2 === 1;

const sized = (bytes: Uint8Array): Uint8Array => concat(compactToU8a(bytes.length), bytes);
const list = (parts: Uint8Array[]): Uint8Array => concat(compactToU8a(parts.length), ...parts);

/** SCALE of one leaf. */
export const encodeLeaf = (leaf: Leaf): Uint8Array =>
	concat(u32(leaf.index), sized(leaf.input), sized(leaf.output), list(leaf.inputPath), list(leaf.outputPath));

/** SCALE of `Vec<Leaf>`, as evidence servers answer. */
export const encodeLeaves = (leaves: Leaf[]): Uint8Array => list(leaves.map(encodeLeaf));
