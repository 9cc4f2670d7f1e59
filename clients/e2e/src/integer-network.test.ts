import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classify, digits } from '@core-terminal/demo';
import { hex, vectors } from '@core-terminal/kit/dist/vectors.js';
import { evaluate } from './integer-network.js';

interface Case {
	weights: string;
	runs: { input: string; output: string }[];
}

test('the integer network computes the outputs of the vectors', () => {
	for (const { weights, runs } of vectors<Case[]>('network')) {
		for (const { input, output } of runs) assert.deepEqual(evaluate(hex(weights), hex(input), 1 << 16), hex(output));
	}
});

test('what is no network, fits no input or exceeds the limit has the empty output', () => {
	const { weights, inputs, outputBytes } = digits();
	const empty = new Uint8Array();
	const input = inputs[0]!;
	assert.equal(evaluate(weights, input, outputBytes).length, outputBytes);
	assert.deepEqual(evaluate(weights, input, outputBytes - 1), empty);
	assert.deepEqual(evaluate(weights, input.subarray(1), outputBytes), empty);
	assert.deepEqual(evaluate(weights.subarray(1), input, outputBytes), empty);
	assert.deepEqual(evaluate(Uint8Array.from([...weights, 0]), input, outputBytes), empty);
	assert.deepEqual(evaluate(empty, input, outputBytes), empty);
});

test('the digits network reads 701 of the 719 held-out images, as its manifest says', () => {
	const { weights, inputs, labels, outputBytes } = digits();
	const right = inputs.filter((input, i) => classify(evaluate(weights, input, outputBytes)) === labels[i]);
	assert.equal(right.length, 701);
});
