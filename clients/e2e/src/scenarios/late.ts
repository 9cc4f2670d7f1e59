/** Settling when two hours have passed. Puts the clock of the network's only node forward. */
import assert from 'node:assert/strict';
import { clockAhead } from '@core-terminal/devnet';
import { atBlock, call, due, runs, settle, signReceipt, withdraw, type LeaseView, type Receipt } from '@core-terminal/kit';
import { event } from '../log.js';
import { drawn, running, site, view, type Running } from '../site.js';
import { balanced, type Stage } from '../stage.js';

const HOURS = 2;
const HOUR_MS = 3_600_000n;
/** With the grace of five seconds less than what the machine proves, so that receipts are the bound … */
const ACKNOWLEDGED_MS = 10_000n;
/** … and far more, so that uptime is. */
const ALL_MS = 600_000n;

/** When the machine was asked the question of presence that is still open. */
async function openSince(stage: Stage, machine: bigint): Promise<bigint | undefined> {
	const open = (await stage.api.query['attestation']!['challenges']!(machine)) as any;
	return open.isSome ? open.unwrap().issuedAt.toBigInt() : undefined;
}

interface Settled {
	play: Running;
	receipt: Receipt;
	/** Base units, by the formula, before the clock was put forward. */
	onTime: bigint;
}

/** What the lease owes now by its receipt and the machine's runs, without asking the chain for a price. */
async function onTime(stage: Stage, play: Running, milliseconds: bigint): Promise<Settled> {
	const { metered, machine } = await stage.lease(play.lease);
	const [segment] = metered!.segments;
	const times = { ratePerSecond: segment!.rate, from: segment!.from, end: await stage.now(), receiptsMs: milliseconds };
	return {
		play,
		receipt: signReceipt(play.tenantKey, stage.genesis, play.lease, 0, milliseconds),
		onTime: due(times, metered!.graceMs!, await runs(stage.api, machine)),
	};
}

/** Restart the node with its clock ahead, and wait for the first block of the new time. */
async function putForward(stage: Stage): Promise<bigint> {
	const before = await stage.now();
	const [node] = stage.network.nodes;
	// Patiently: a node that is killed may forget its last block.
	await node!.stop('SIGTERM', 60_000);
	node!.start(clockAhead(HOURS));
	await stage.log.block(stage.log.head + 1);
	return atBlock(stage.api, async () => {
		const time = await stage.now();
		return time - before >= BigInt(HOURS) * HOUR_MS ? time : undefined;
	}, 60_000, 'the new time');
}

export async function twoHoursLate(stage: Stage): Promise<void> {
	const { machine, daemon } = await site(stage);
	// One still runs two hours later, the other is over since long.
	const [long, short, stranger] = await Promise.all([
		running(stage, 'late-long', { durationSeconds: 3 * 3_600 }),
		running(stage, 'late-short', { durationSeconds: 600 }),
		stage.account('late//stranger', 10n),
	]);
	const enough = ({ metered }: LeaseView): boolean => metered!.segments[0]!.provenMs > ACKNOWLEDGED_MS + metered!.graceMs!;
	await Promise.all([long, short].map(({ lease }) => view(stage, lease, 'more proofs of presence than receipts', enough)));
	// Without its daemon the machine proves nothing more: what is due now stays what is due.
	await daemon.stop();
	await atBlock(stage.api, async () => ((await stage.api.rpc.author.pendingExtrinsics()).isEmpty ? true : undefined), 60_000, 'an empty pool');
	const leases = await Promise.all([onTime(stage, long, ACKNOWLEDGED_MS), onTime(stage, short, ALL_MS)]);
	assert.equal(stage.log.all(event('leases', 'LeasePaid')).length, 0, 'the daemon settled on time');

	const jumped = await putForward(stage);
	const settleAll = () => stage.send(call(stage.api, 'utility', 'batchAll', leases.flatMap(({ play, receipt }) => [settle(stage.api, play.lease, receipt), withdraw(stage.api, play.lease)])), stranger);
	const books = () => Promise.all(leases.map(async ({ play }) => (await stage.lease(play.lease)).books));
	const charged = async () => (await Promise.all(leases.map(({ play }) => stage.lease(play.lease)))).map(drawn);
	const expected = leases.map(({ onTime }) => onTime);
	assert.ok(expected.every((sum) => sum > 0n) && expected[0] !== expected[1], 'nothing can be told from these sums');
	await settleAll();
	assert.deepEqual(await charged(), expected, 'settling late charges another sum');
	const paid = await books();
	await settleAll();
	assert.deepEqual(await books(), paid, 'settling again paid again');

	// The machine is back: the hours between are not proven by that. It may still answer what was asked of it
	// before the clock was put forward, and be paid up to that moment, so such a question is let go by first.
	await atBlock(stage.api, async () => ((await openSince(stage, machine)) ?? jumped) >= jumped || undefined, 60_000, 'the end of what was asked in the old time');
	daemon.start();
	await stage.log.until('a proof of presence in the new time', (seen) => event('attestation', 'PresencePassed', { machine })(seen) && seen.data.issuedAt.toBigInt() >= jumped);
	await settleAll();
	assert.deepEqual(await books(), paid, 'the gap was paid');
	await Promise.all([stage.do(long.consumer, 'leases', 'close', long.lease), stage.do(stranger, 'leases', 'close', short.lease)]);
	const ends = await Promise.all(leases.map(({ play }) => stage.closed(play.lease)));
	assert.deepEqual(ends.map(({ outcome }) => outcome), ['CancelledByConsumer', 'Completed']);
	assert.deepEqual(ends.map(drawn), expected, 'finishing late charges another sum');
	ends.forEach(balanced);
}
