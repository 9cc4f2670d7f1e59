/**
 * The formula of a metered lease, computed independently of the chain:
 *
 *     due(segment) = rate × min( V(end) − V(from), receipts(segment) + grace )
 *
 * V(t) is the verified uptime of the machine: milliseconds proven up to t. Amounts are base units,
 * times milliseconds, the rate base units per second (units and model price included). Rounds down.
 * A sealed segment has no grace.
 */
export interface Run {
	from: bigint;
	to: bigint;
	before: bigint;
}

export function provenMs(runs: Run[], at: bigint): bigint {
	let proven = runs[0]?.before ?? 0n;
	for (const run of runs) {
		if (run.from > at) break;
		const end = run.to < at ? run.to : at;
		proven = run.before + (end > run.from ? end - run.from : 0n);
	}
	return proven;
}

export interface Segment {
	ratePerSecond: bigint;
	from: bigint;
	end: bigint;
	receiptsMs: bigint | undefined;
	/** Its receipts are fixed for good. */
	sealed?: boolean;
}

export function due(segment: Segment, graceMs: bigint, runs: Run[]): bigint {
	const proven = provenMs(runs, segment.end) - provenMs(runs, segment.from);
	const served = segment.receiptsMs === undefined ? proven : segment.receiptsMs + (segment.sealed ? 0n : graceMs);
	const counted = proven < served ? proven : served;
	return (segment.ratePerSecond * counted) / 1000n;
}
