/** Leaves of inputs, outputs and weights: the formats of `terminal-gpu-proof::result`. */
import { ascii, equal, hash, u32, u64 } from './bytes.js';
import { Tree, verify } from './merkle.js';

const LEAF = Uint8Array.of(0);
export const CHUNK = 1024;

export const inputLeaf = (index: number, input: Uint8Array): Uint8Array =>
	hash(LEAF, ascii('tct/input'), u32(index), u32(input.length), input);

export const inputTree = (inputs: Uint8Array[]): Tree => new Tree(inputs.map((input, i) => inputLeaf(i, input)));

/** What binds a result to chain, lease and provider. `provider` is the 32-byte account id. */
export const resultContext = (genesis: Uint8Array, lease: bigint | number, provider: Uint8Array): Uint8Array =>
	hash(ascii('tct/context'), genesis, u64(lease), provider);

export const outputLeaf = (context: Uint8Array, index: number, input: Uint8Array, output: Uint8Array): Uint8Array =>
	hash(LEAF, ascii('tct/output'), context, u32(index), u32(input.length), input, u32(output.length), output);

export interface Leaf {
	index: number;
	input: Uint8Array;
	output: Uint8Array;
	inputPath: Uint8Array[];
	outputPath: Uint8Array[];
}

const WEIGHTS = Uint8Array.of(3);

/** The root over weights in chunks of 1 KiB, which also binds their length. */
export function weightsRoot(weights: Uint8Array): Uint8Array {
	const leaves: Uint8Array[] = [];
	for (let at = 0; at < weights.length; at += CHUNK) {
		leaves.push(hash(LEAF, ascii('tct/weights'), u32(leaves.length), weights.subarray(at, at + CHUNK)));
	}
	return hash(WEIGHTS, ascii('tct/weights'), u64(weights.length), new Tree(leaves).root());
}

export interface JobRoots {
	context: Uint8Array;
	inputRoot: Uint8Array;
	resultRoot: Uint8Array;
	items: number;
}

/** Whether both paths of a leaf lead to the roots on chain. */
export function committed(job: JobRoots, leaf: Leaf): boolean {
	return (
		verify(job.inputRoot, job.items, leaf.index, inputLeaf(leaf.index, leaf.input), leaf.inputPath) &&
		verify(job.resultRoot, job.items, leaf.index, outputLeaf(job.context, leaf.index, leaf.input, leaf.output), leaf.outputPath)
	);
}

export { equal };
