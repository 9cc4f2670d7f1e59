/** Calls paid by vouchers: a thousand are signed for, a few vouchers are shown. */
import assert from 'node:assert/strict';
import { call, eventData, machine as readMachine, openCalls, redeem, redeemMany, signVoucher, TCT, withdraw, type Voucher } from '@core-terminal/kit';
import { FakeProvider, leaseOf } from '../fake-provider.js';
import { drawn } from '../site.js';
import { balanced, refused, uri, type Stage } from '../stage.js';
import type { Scenario } from './scenario.js';

const PER_CALL = TCT / 1_000n;

async function paidByVouchers(stage: Stage): Promise<void> {
	const [provider, consumer, passer] = await Promise.all([
		FakeProvider.start(stage, 'calls'), stage.account('calls//consumer', 100n), stage.account('calls//passer', 10n),
	]);
	const { machine, agent } = provider;
	const key = stage.key(uri('calls//key'));
	const { termsHash } = (await readMachine(stage.api, machine))!;
	const order = { machine, price: PER_CALL, maxPerCall: PER_CALL, durationBlocks: 1_000, key: key.addressRaw, funds: 2n * TCT, termsHash };
	const lease = leaseOf(await stage.send(openCalls(stage.api, order), consumer));
	const voucher = (calls: bigint): Voucher => signVoucher(key, stage.genesis, lease, calls);
	await refused(stage.send(redeem(stage.api, lease, voucher(1n)), passer), 'leases.LeaseNotActive');
	await provider.accept(lease);

	for (const forged of [{ ...voucher(1n), calls: 2n }, signVoucher(consumer, stage.genesis, lease, 2n), signVoucher(key, stage.genesis, lease + 1n, 2n)])
		await refused(stage.send(redeem(stage.api, lease, forged), passer), 'leases.VoucherInvalid');
	await stage.send(redeemMany(stage.api, [[lease, voucher(400n)], [lease, voucher(300n)]]), passer);
	const shown = await stage.lease(lease);
	assert.deepEqual([shown.status, shown.calls!.calls, shown.calls!.covered, shown.books.paid], ['Serving', 400n, 1_600n, 0n]);
	await stage.send(withdraw(stage.api, lease), passer);
	assert.equal(drawn(await stage.lease(lease)), 400n * PER_CALL);

	const { free } = await stage.funds(consumer.address);
	const closed = await stage.do(consumer, 'leases', 'close', lease);
	assert.equal(eventData(closed, 'leases', 'LeaseEnded')['refunded'].toBigInt(), 0n);
	assert.ok((await stage.funds(consumer.address)).free <= free, 'something came back before the last voucher');
	await refused(stage.do(passer, 'leases', 'finish', lease), 'leases.ClaimWindowOpen');
	const last = [redeem(stage.api, lease, voucher(1_000n)), call(stage.api, 'leases', 'finish', lease)];
	await stage.send(call(stage.api, 'utility', 'batchAll', last), agent);
	const end = await stage.closed(lease);
	assert.equal(end.outcome, 'CancelledByConsumer');
	assert.equal(drawn(end), 1_000n * PER_CALL);
	balanced(end);
}

export const calls: Scenario[] = [
	{ promise: 'calls are paid by the highest voucher, whoever shows which how often, and nothing returns before the last one', play: paidByVouchers },
];
