/** Leases while they run: called back, moved on, disputed, and left by one side or the other. */
import assert from 'node:assert/strict';
import { owed } from '@core-terminal/demo';
import { DispatchFailure, eventData, machine as readMachine, TCT, type LeaseView } from '@core-terminal/kit';
import { u8aToHex } from '@polkadot/util';
import { openTime, RATE } from '../fake-provider.js';
import { event } from '../log.js';
import { drawn, running, served, site, started, tenantOf, view } from '../site.js';
import { balanced, refused, uri, type Stage } from '../stage.js';
import { PLAIN, takenOnTerms } from '../trading.js';
import type { Scenario } from './scenario.js';

const NOTICE_MS = 12_000n;
const PAYMENT_REQUIRED = 402;

async function reclaimed(stage: Stage): Promise<void> {
	// Ending early would cost half a minute's price; being called back costs nobody.
	const terms = { ...PLAIN, spotNoticeMs: NOTICE_MS, earlyCloseMs: 30_000n };
	const play = await takenOnTerms(stage, 'spot', terms, 'trading');
	const { consumer, tenant, lease, from } = play;
	const { owner } = await site(stage, 'trading');
	tenant.keepUp(0, from);
	await served(stage, play);
	await refused(stage.do(consumer, 'leases', 'reclaim', lease), 'leases.NotProvider');
	const { blockHash } = await stage.do(owner, 'leases', 'reclaim', lease);
	await refused(stage.do(owner, 'leases', 'reclaim', lease), 'leases.NothingToReclaim');
	const at = await stage.api.at(blockHash);
	const reclaimedAt: bigint = ((await at.query['timestamp']!['now']!()) as any).toBigInt();
	assert.equal((await stage.lease(lease)).metered!.endsAt, reclaimedAt + NOTICE_MS, 'it ends with another notice');
	await stage.log.until('the end', event('leases', 'LeaseEnded', { lease }));
	tenant.stop();
	const end = await stage.closed(lease);
	const [segment] = end.metered!.segments;
	assert.equal(end.outcome, 'Preempted');
	assert.equal(segment!.to, reclaimedAt + NOTICE_MS);
	// Those of the notice count like all others.
	assert.ok(segment!.acknowledgedMs > reclaimedAt - from, 'no receipt was taken after the notice');
	assert.equal(drawn(end), await owed(stage.api, end), 'somebody paid for the end');
	balanced(end);
}

async function migrates(stage: Stage): Promise<void> {
	const [play, there] = await Promise.all([running(stage, 'moves'), site(stage, 'trading')]);
	const { consumer, tenantKey, tenant, lease, from } = play;
	tenant.keepUp(0, from);
	await served(stage, play);
	const { termsHash } = (await readMachine(stage.api, there.machine))!;
	const moving = (max: bigint) => stage.do(consumer, 'leases', 'migrate', lease, there.machine, max, termsHash, u8aToHex(tenantKey.publicKey));
	await refused(moving(RATE - 1n), 'leases.RateAboveMaximum');
	const before = await stage.lease(lease);
	const moved = await moving(RATE);
	tenant.stop();
	const migrated = eventData(moved, 'leases', 'LeaseMigrated');
	const next: bigint = migrated['to'].toBigInt();
	const [old, young] = [await stage.lease(lease), await stage.lease(next)];
	assert.deepEqual([old.status, old.outcome, young.continues], ['Closing', 'Migrated', lease]);
	const sum = migrated['moved'].toBigInt();
	assert.deepEqual([old.books.movedOut, young.books.movedIn, young.books.held, young.books.deposited], [sum, sum, sum, 0n]);
	// The escrow went over whole: only what the shorter lease can never cost was given back.
	assert.equal(old.books.held + old.books.refunded + sum, before.books.held);
	assert.equal(sum, (RATE * young.metered!.durationMs) / 1_000n);
	const released = moved.events
		.filter(({ event: { section, method } }) => section === 'balances' && method === 'Released')
		.reduce((sum, { event: { data } }) => sum + (data as any).amount.toBigInt(), 0n);
	assert.equal(released, old.books.refunded - before.books.refunded, 'the escrow left its hold on the way');
	const { held } = await stage.funds(consumer.address);
	assert.equal(held, old.books.held + old.deposit + young.books.held + young.deposit);

	const other = tenantOf(stage, tenantKey, there, next);
	other.keepUp(0, await started(stage, other, next));
	await served(stage, { ...play, lease: next, tenant: other });
	other.stop();
	await stage.do(consumer, 'leases', 'close', next);
	const ends = await Promise.all([stage.closed(lease), stage.closed(next)]);
	for (const end of ends) {
		assert.ok(drawn(end) > 0n, 'one of the providers was not paid');
		assert.equal(drawn(end), await owed(stage.api, end));
		balanced(end);
	}
	assert.equal((await stage.funds(consumer.address)).held, 0n);
}

async function arbitrated(stage: Stage): Promise<void> {
	const [arbiter, stranger] = await Promise.all([stage.account('judged//arbiter', 10n), stage.account('judged//stranger', 10n)]);
	const fee = TCT / 100n;
	const terms = { ...PLAIN, arbiter: { account: arbiter.address, fee } };
	const play = await takenOnTerms(stage, 'judged', terms, 'trading');
	const { consumer, tenant, lease, from } = play;
	tenant.keepUp(0, from);
	await served(stage, play);
	tenant.stop();
	await refused(stage.do(stranger, 'leases', 'dispute', lease, u8aToHex(new Uint8Array(32))), 'leases.NotParty');
	await refused(stage.do(arbiter, 'leases', 'arbitrate', lease, 0), 'leases.LeaseNotDisputed');
	await stage.do(consumer, 'leases', 'dispute', lease, u8aToHex(new Uint8Array(32).fill(1)));
	const { status, books } = await stage.lease(lease);
	assert.equal(status, 'Disputed');
	assert.ok(books.held > fee, 'there is nothing to split');
	await refused(stage.do(stranger, 'leases', 'arbitrate', lease, 0), 'leases.NotArbiter');
	await refused(stage.do(stranger, 'leases', 'finish', lease), 'leases.DisputeOpen');
	const worth = await stage.worth(arbiter);
	// A quarter for the provider.
	await stage.do(arbiter, 'leases', 'arbitrate', lease, 250_000_000);
	assert.equal(await stage.worth(arbiter), worth + fee);
	const end = await stage.closed(lease);
	const earned = books.paid + books.leaseFee + (books.held - fee) / 4n;
	const leaseFee = (earned + 49n) / 50n;
	assert.equal(end.outcome, 'Arbitrated');
	assert.deepEqual(
		[end.books.arbitration, end.books.paid, end.books.leaseFee, end.books.refunded],
		[fee, earned - leaseFee, leaseFee, end.books.deposited - fee - earned],
	);
	balanced(end);
}

/** Nothing is owed beyond what was acknowledged and one grace. */
async function paidAtMostOneGrace(stage: Stage, end: LeaseView): Promise<void> {
	const [segment] = end.metered!.segments;
	const most = (RATE * (segment!.acknowledgedMs + end.metered!.graceMs!)) / 1_000n;
	assert.ok(drawn(end) > 0n && drawn(end) <= most, `${drawn(end)} was paid, ${most} is the most`);
	assert.equal(drawn(end), await owed(stage.api, end));
	assert.equal(end.books.refunded, end.books.deposited - drawn(end));
	balanced(end);
}

async function consumerStops(stage: Stage): Promise<void> {
	const play = await running(stage, 'mute');
	const { consumer, tenant, lease, from } = play;
	const [image] = stage.model.inputs;
	await tenant.putModel(stage.model.weights);
	tenant.keepUp(0, from);
	await served(stage, play);
	const output = await tenant.infer(image!);
	assert.ok(output instanceof Uint8Array && output.length === stage.model.outputBytes, `who pays is not served: ${String(output)}`);
	tenant.stop();
	// The machine goes on proving its presence, and stops serving.
	const more = await view(stage, lease, 'more than a grace beyond the last receipt', ({ metered }) => metered!.segments[0]!.provenMs > tenant.latest!.milliseconds + metered!.graceMs!);
	assert.equal(await tenant.infer(image!), PAYMENT_REQUIRED);
	await stage.do(consumer, 'leases', 'close', lease);
	const end = await stage.closed(lease);
	assert.equal(end.metered!.segments[0]!.creditedMs, tenant.latest!.milliseconds + more.metered!.graceMs!);
	await paidAtMostOneGrace(stage, end);
}

async function providerStops(stage: Stage): Promise<void> {
	const [place, consumer, stranger] = await Promise.all([
		site(stage, 'vanishing'),
		stage.account('vanishing//consumer', 100n),
		stage.account('vanishing//stranger', 10n),
	]);
	const tenantKey = stage.key(uri('vanishing//tenant'));
	const lease = await openTime(stage, consumer, place.machine, { tenant: tenantKey.publicKey });
	const tenant = tenantOf(stage, tenantKey, place, lease);
	tenant.keepUp(0, await started(stage, tenant, lease));
	await served(stage, { consumer, tenantKey, tenant, lease });
	await place.daemon.stop('SIGKILL');
	await assert.rejects(tenant.infer(stage.model.inputs[0]!), 'somebody else answered');
	tenant.stop();
	const { free } = await stage.funds(consumer.address);
	await stage.do(consumer, 'leases', 'close', lease);
	const closing = await stage.lease(lease);
	assert.ok(closing.books.refunded > closing.books.held, 'the time that was left is still held');
	assert.ok((await stage.funds(consumer.address)).free > free, 'nothing came back at once');
	// The provider is gone: anyone finishes it, once nothing can be claimed any more. The chain may have been quicker.
	const { metered } = await view(stage, lease, 'an end that is final', ({ metered }) => metered!.resolvedUntil >= metered!.segments[0]!.to!);
	assert.ok(metered!.segments[0]!.provenMs < metered!.segments[0]!.to! - metered!.segments[0]!.from, 'the machine proved that it was there when it was not');
	await stage.log.block(closing.untilBlock!);
	const late = await stage.do(stranger, 'leases', 'finish', lease).then(() => undefined, (error: unknown) => error);
	assert.ok(late === undefined || (late instanceof DispatchFailure && late.error === 'LeaseAlreadyClosed'), String(late));
	const end = await stage.closed(lease);
	assert.equal(end.outcome, 'CancelledByConsumer');
	await paidAtMostOneGrace(stage, end);
}

export const leasing: Scenario[] = [
	{ promise: 'a spot lease that is reclaimed runs for the notice, is paid for what was proven, and costs nobody a fee', play: reclaimed },
	{ promise: 'a lease that migrates in the middle takes its escrow along, and each provider is paid for its time', play: migrates },
	{ promise: 'the arbiter that the terms name splits what is held, and nobody else does', play: arbitrated },
	{ promise: 'a consumer that stops signing receipts is not served any more, and pays one grace at most', play: consumerStops },
	{ promise: 'a provider that stops serving is paid what was acknowledged and one grace at most; the rest returns', play: providerStops },
];
