import assert from 'node:assert/strict';
import { test } from 'node:test';
import { receiptMessage } from './receipt.js';
import { committed, inputLeaf, outputLeaf, resultContext, weightsRoot, type Leaf } from './result.js';
import { hex, vectors } from './vectors.js';

interface Case {
	genesis: string;
	lease: number;
	provider: string;
	context: string;
	items: number;
	input_leaf_0: string;
	output_leaf_0: string;
	input_root: string;
	result_root: string;
	leaves: { index: number; input: string; output: string; input_path: string[]; output_path: string[] }[];
	weights_roots: { weights: string; root: string }[];
	receipt: { segment: number; milliseconds: number; message: string };
}

const found = vectors<Case>('result');
const leaves: Leaf[] = found.leaves.map((leaf) => ({
	index: leaf.index,
	input: hex(leaf.input),
	output: hex(leaf.output),
	inputPath: leaf.input_path.map(hex),
	outputPath: leaf.output_path.map(hex),
}));
const roots = {
	context: hex(found.context),
	inputRoot: hex(found.input_root),
	resultRoot: hex(found.result_root),
	items: found.items,
};

test('context and leaves are those of the vectors', () => {
	assert.deepEqual(resultContext(hex(found.genesis), found.lease, hex(found.provider)), roots.context);
	const [first] = leaves;
	assert.ok(first);
	assert.deepEqual(inputLeaf(0, first.input), hex(found.input_leaf_0));
	assert.deepEqual(outputLeaf(roots.context, 0, first.input, first.output), hex(found.output_leaf_0));
});

test('the leaves of the vectors lead to both roots', () => {
	for (const leaf of leaves) assert.equal(committed(roots, leaf), true);
});

test('a leaf with another input, output, index, path or context does not', () => {
	const flipped = (bytes: Uint8Array): Uint8Array => bytes.map((byte, i) => (i === 0 ? byte ^ 0x80 : byte));
	for (const leaf of leaves) {
		assert.equal(committed(roots, { ...leaf, input: flipped(leaf.input) }), false);
		assert.equal(committed(roots, { ...leaf, output: flipped(leaf.output) }), false);
		assert.equal(committed(roots, { ...leaf, output: leaf.output.subarray(1) }), false);
		assert.equal(committed(roots, { ...leaf, index: leaf.index + 1 }), false);
		assert.equal(committed(roots, { ...leaf, outputPath: leaf.inputPath }), false);
		assert.equal(committed({ ...roots, context: flipped(roots.context) }, leaf), false);
	}
});

test('weights roots are those of the vectors', () => {
	assert.ok(found.weights_roots.length > 1);
	for (const { weights, root } of found.weights_roots) assert.deepEqual(weightsRoot(hex(weights)), hex(root));
});

test('a receipt signs the bytes of the vectors', () => {
	const { segment, milliseconds, message } = found.receipt;
	assert.deepEqual(receiptMessage(hex(found.genesis), found.lease, segment, milliseconds), hex(message));
	assert.deepEqual(receiptMessage(hex(found.genesis), BigInt(found.lease), segment, BigInt(milliseconds)), hex(message));
});
