import assert from 'node:assert/strict';
import { test } from 'node:test';
import { due, provenMs, type Run, type Segment } from './meter.js';

/** A small generator with a seed, so that a failure can be repeated. */
function random(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

const SPAN = 400;

/** Some runs inside 0..SPAN, and for each millisecond whether it was proven. */
function history(next: (below: number) => number): { runs: Run[]; proven: boolean[]; before: bigint } {
	const before = BigInt(next(1_000));
	const runs: Run[] = [];
	const proven = Array.from({ length: SPAN }, () => false);
	let total = before;
	let at = next(60);
	while (at < SPAN - 1 && runs.length < 5) {
		const to = Math.min(SPAN, at + next(90));
		runs.push({ from: BigInt(at), to: BigInt(to), before: total });
		for (let ms = at; ms < to; ms += 1) proven[ms] = true;
		total += BigInt(to - at);
		at = to + 1 + next(60);
	}
	return { runs, proven, before };
}

test('V(t) counts the proven milliseconds before t, one by one', () => {
	for (let seed = 1; seed <= 300; seed += 1) {
		const { runs, proven, before } = history(random(seed));
		let counted = runs.length > 0 ? before : 0n;
		for (let ms = 0; ms <= SPAN; ms += 1) {
			assert.equal(provenMs(runs, BigInt(ms)), counted, `seed ${seed}, millisecond ${ms}`);
			if (proven[ms]) counted += 1n;
		}
	}
});

/** Walk through the segment a millisecond at a time. */
function walked(segment: Segment, grace: bigint, proven: boolean[]): bigint {
	let left = segment.receiptsMs === undefined ? BigInt(SPAN) : segment.receiptsMs + (segment.sealed ? 0n : grace);
	let thousandths = 0n;
	for (let ms = segment.from; ms < segment.end; ms += 1n) {
		if (!proven[Number(ms)] || left === 0n) continue;
		left -= 1n;
		thousandths += segment.ratePerSecond;
	}
	return thousandths / 1000n;
}

test('what is due equals a walk through every millisecond', () => {
	for (let seed = 1; seed <= 1_000; seed += 1) {
		const next = random(seed);
		const { runs, proven } = history(next);
		const from = next(SPAN);
		const segment: Segment = {
			ratePerSecond: BigInt(1 + next(1_000_000)),
			from: BigInt(from),
			end: BigInt(from + next(SPAN - from + 1)),
			receiptsMs: next(3) === 0 ? undefined : BigInt(next(SPAN)),
			sealed: next(3) === 0,
		};
		const grace = BigInt(next(50));
		assert.equal(due(segment, grace, runs), walked(segment, grace, proven), `seed ${seed}`);
	}
});

test('nothing is due without a run, and nothing after the end of the last one', () => {
	const segment: Segment = { ratePerSecond: 1_000n, from: 10n, end: 90n, receiptsMs: undefined };
	assert.equal(due(segment, 5n, []), 0n);
	assert.equal(due(segment, 5n, [{ from: 0n, to: 10n, before: 7n }]), 0n);
	assert.equal(due(segment, 5n, [{ from: 0n, to: 30n, before: 7n }]), 20n);
});

test('settling late changes nothing: later runs do not count', () => {
	const segment: Segment = { ratePerSecond: 1_000n, from: 0n, end: 100n, receiptsMs: 80n };
	const onTime = [{ from: 0n, to: 50n, before: 0n }];
	const late = [...onTime, { from: 200n, to: 7_200_000n, before: 50n }];
	assert.equal(due(segment, 10n, late), due(segment, 10n, onTime));
});
