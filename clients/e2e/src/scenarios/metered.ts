/** Leases by the second, served by the real daemon; and some that are never served. */
import assert from 'node:assert/strict';
import { owed } from '@core-terminal/demo';
import { call, eventData, MILLI, settle, signReceipt, withdraw, type Receipt } from '@core-terminal/kit';
import { u8aToHex } from '@polkadot/util';
import { FakeProvider, openTime, RATE } from '../fake-provider.js';
import { event } from '../log.js';
import { drawn, running, served, site, view } from '../site.js';
import { balanced, refunded, refused, uri, type Stage } from '../stage.js';
import type { Scenario } from './scenario.js';

async function cancelsFirst(stage: Stage): Promise<void> {
	const play = await running(stage, 'cancels');
	const { consumer, tenant, lease, from } = play;
	tenant.keepUp(0, from);
	await served(stage, play, 20_000n);
	tenant.stop();
	const closed = await stage.do(consumer, 'leases', 'close', lease);
	assert.equal(eventData(closed, 'leases', 'LeaseEnded')['outcome'].type, 'CancelledByConsumer');
	const shown = (await stage.lease(lease)).metered!.segments[0]!.acknowledgedMs;
	assert.ok(shown < tenant.latest!.milliseconds, 'the provider had shown the last receipt before the cancellation');
	const end = await stage.closed(lease);
	const segment = end.metered!.segments[0]!;
	assert.equal(segment.acknowledgedMs, tenant.latest!.milliseconds, 'the last receipt was not shown');
	assert.ok(drawn(end) > 0n, 'nothing was paid');
	assert.equal(drawn(end), await owed(stage.api, end), 'the chain charged something else than the formula');
	balanced(end);
}

async function silentTenant(stage: Stage): Promise<void> {
	const { consumer, lease } = await running(stage, 'unserved');
	const proven = await view(stage, lease, 'a proof of presence longer than the grace', ({ metered }) => metered!.segments[0]!.provenMs > metered!.graceMs!);
	const { graceMs } = proven.metered!;
	await stage.do(consumer, 'leases', 'close', lease);
	const end = await stage.closed(lease);
	assert.equal(drawn(end), (RATE * graceMs!) / 1000n, 'more than one grace was paid');
	assert.equal(drawn(end), await owed(stage.api, end));
	balanced(end);
}

async function settlesTwice(stage: Stage): Promise<void> {
	const [play, one, other] = await Promise.all([running(stage, 'twice'), stage.account('twice//one', 10n), stage.account('twice//other', 10n)]);
	const { consumer, tenantKey, tenant, lease, from } = play;
	tenant.keepUp(0, from);
	await view(stage, lease, 'something to pay', ({ metered }) => metered!.payable > 0n && (tenant.latest?.milliseconds ?? 0n) > 10_000n);
	tenant.stop();
	const receipt = tenant.latest!;
	const forged: Receipt = { ...receipt, milliseconds: receipt.milliseconds + 60_000n };
	await refused(stage.send(settle(stage.api, lease, forged), one), 'leases.ReceiptInvalid');
	await refused(stage.send(settle(stage.api, lease, signReceipt(tenantKey, stage.genesis, lease, 1, 1n)), one), 'leases.UnknownSegment');
	await stage.log.block(stage.log.head + 1);
	const paidBefore = (await stage.lease(lease)).books.paid;
	await stage.send(settle(stage.api, lease, receipt), one);
	assert.equal((await stage.lease(lease)).books.paid, paidBefore, 'a settlement moved money');
	const collect = [settle(stage.api, lease, receipt), withdraw(stage.api, lease)];
	const twice = call(stage.api, 'utility', 'batchAll', [...collect, ...collect]);
	const [batch, alone] = await Promise.all([stage.send(twice, one), stage.send(withdraw(stage.api, lease), other)]);
	await stage.log.block(Math.max(batch.blockNumber, alone.blockNumber));
	for (const block of new Set([batch.blockNumber, alone.blockNumber])) {
		const payments = stage.log.all((seen) => seen.block === block && event('leases', 'LeasePaid', { lease })(seen));
		assert.ok(payments.length <= 1, `block ${block} paid ${payments.length} times`);
	}
	const paid = stage.log.all(event('leases', 'LeasePaid', { lease })).reduce((sum, { data }) => sum + data.paid.toBigInt(), 0n);
	const now = await stage.lease(lease);
	assert.ok(paid > 0n, 'nothing was paid');
	assert.equal(now.books.paid, paid);
	assert.ok(drawn(now) <= now.metered!.due, 'more was paid than was due');
	await stage.do(consumer, 'leases', 'close', lease);
	const end = await stage.closed(lease);
	assert.equal(drawn(end), await owed(stage.api, end), 'settling often changed the sum');
	balanced(end);
}

async function toppedUp(stage: Stage): Promise<void> {
	const [{ machine }, consumer, donor] = await Promise.all([site(stage), stage.account('topped//consumer', 100n), stage.account('topped//donor', 100n)]);
	const tenant = stage.key(uri('topped//tenant'));
	const lease = await openTime(stage, consumer, machine, { tenant: tenant.publicKey, funds: RATE * 60n });
	const whole = RATE * 600n;
	const before = await stage.funds(consumer.address);
	const added = await stage.do(donor, 'leases', 'topUp', lease, whole);
	assert.equal(eventData(added, 'leases', 'LeaseToppedUp')['amount'].toBigInt(), whole - RATE * 60n);
	await refused(stage.do(donor, 'leases', 'topUp', lease, 1n), 'leases.AlreadyFunded');
	await view(stage, lease, 'the acceptance', ({ status }) => status === 'Accepted');
	const cancelled = await stage.do(consumer, 'leases', 'cancel', lease);
	const fee = eventData(cancelled, 'transactionPayment', 'TransactionFeePaid')['actualFee'].toBigInt();
	// What the donor gave went to the consumer, all but the hold fee.
	const after = await stage.funds(consumer.address);
	assert.equal(after.free + after.held, before.free + before.held + whole - RATE * 60n - 20n * MILLI - fee);
}

async function neverServed(stage: Stage): Promise<void> {
	const name = 'never';
	const [provider, consumer, outsider] = await Promise.all([
		FakeProvider.start(stage, name, { units: 2 }),
		stage.account(`${name}//consumer`, 100n),
		stage.account(`${name}//outsider`, 10n),
	]);
	const tenant = stage.key(uri(`${name}//tenant`));
	const offered = await openTime(stage, consumer, provider.machine, { tenant: tenant.publicKey });
	await refused(stage.do(outsider, 'leases', 'cancel', offered), 'leases.NotParty');
	await stage.do(consumer, 'leases', 'cancel', offered);
	refunded(await stage.closed(offered), 'CancelledByConsumer');

	const lease = await openTime(stage, consumer, provider.machine, { tenant: tenant.publicKey });
	await provider.accept(lease);
	const start = (receipt: Receipt | undefined) =>
		stage.do(provider.agent, 'leases', 'start', lease, receipt ? { ...receipt, signature: u8aToHex(receipt.signature) } : null);
	await refused(start(undefined), 'leases.HandshakeMissing');
	await refused(start(signReceipt(provider.agent, stage.genesis, lease, 0, 0n)), 'leases.ReceiptInvalid');
	await refused(start(signReceipt(tenant, stage.genesis, offered, 0, 0n)), 'leases.ReceiptInvalid');
	await refused(stage.send(settle(stage.api, lease, undefined), provider.agent), 'leases.LeaseNotActive');
	await stage.do(consumer, 'leases', 'cancel', lease);
	const end = await stage.closed(lease);
	assert.equal(end.outcome, 'CancelledByConsumer');
	assert.equal(drawn(end), 20n * MILLI, 'the provider kept another sum than the hold fee');
	balanced(end);
}

export const metered: Scenario[] = [
	{ promise: 'a consumer that cancels before the provider settled still pays what it acknowledged', play: cancelsFirst },
	{ promise: 'a provider that is present and serves nobody gets one grace and no more', play: silentTenant },
	{ promise: 'settling twice in a block pays once', play: settlesTwice },
	{ promise: 'anyone may top up, up to what can become due; the rest returns to the consumer', play: toppedUp },
	{ promise: 'a lease that is never started costs nothing while offered and the hold fee once accepted', play: neverServed },
];
