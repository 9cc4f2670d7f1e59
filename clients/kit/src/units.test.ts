import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTct, parseTct, TCT } from './units.js';

test('amounts are read to the last base unit', () => {
	assert.equal(parseTct('1'), TCT);
	assert.equal(parseTct(' 1.5 '), 1_500_000_000_000n);
	assert.equal(parseTct('0.000000000001'), 1n);
	assert.equal(parseTct('1000000000'), 1_000_000_000n * TCT);
});

test('what is no amount is refused by a sentence that names it', () => {
	for (const text of ['', '-1', '1.', '.5', '1,5', '1e3', '1.0000000000001', '1 000', 'TCT']) {
		assert.throws(() => parseTct(text), (error: unknown) => error instanceof RangeError && error.message.includes(`"${text}"`));
	}
});

test('amounts are shown in groups, cut and not rounded', () => {
	assert.equal(formatTct(0n), '0.000000');
	assert.equal(formatTct(1_234_567_999_999_999_999n), '1 234 567.999999');
	assert.equal(formatTct(1_234_567n * TCT, 2), '1 234 567.00');
	assert.equal(formatTct(-1_500_000_000_000n, 1), '-1.5');
	assert.equal(formatTct(1n, 12), '0.000000000001');
});

test('what was shown in full can be read back', () => {
	for (const amount of [0n, 1n, TCT - 1n, TCT, 999n * TCT + 1n]) assert.equal(parseTct(formatTct(amount, 12)), amount);
});
