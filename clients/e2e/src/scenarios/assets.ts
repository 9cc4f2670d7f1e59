/** Leases paid in an asset: everybody gets theirs in it, whatever becomes of the list, and whoever its issuer blocks. */
import assert from 'node:assert/strict';
import { accuracy, download, listModel, owed } from '@core-terminal/demo';
import { ascii, call, hash, machine as readMachine, pots, TCT, type LeaseView } from '@core-terminal/kit';
import { claimable, coins, issue, TEST_USD, USD, USD_RATE } from '../coins.js';
import { FakeProvider, openDigits, openTime, PRICE } from '../fake-provider.js';
import { event } from '../log.js';
import { drawn, running, served, site } from '../site.js';
import { balanced, refused, uri, type Stage } from '../stage.js';
import type { Scenario } from './scenario.js';

/** What a job costs: worth `PRICE` in TCT, at the official rate. */
const JOB_PRICE = 10n * USD;
const ROYALTY = USD / 2n;
/** A lease of the default length. */
const FUNDS = 600n * USD_RATE;
/** The fee: one part in so many. */
const FEE = 50n;

/** Assets of one scenario each. */
const DELISTED = 2;
const BLOCKING = 3;

/** What the provider and the protocol get of a job that was delivered. */
function completed(end: LeaseView, asset: number): void {
	assert.deepEqual([end.outcome, end.asset], ['Completed', asset]);
	assert.deepEqual([end.books.paid, end.books.leaseFee], [JOB_PRICE - JOB_PRICE / FEE, JOB_PRICE / FEE]);
	balanced(end);
}

async function mainJob(stage: Stage): Promise<void> {
	const { api, log } = stage;
	const [place, author, consumer] = await Promise.all([site(stage, 'dollars'), stage.account('dollars//author', 2_000n), stage.account('dollars//consumer', 10n)]);
	// The same network under another manifest: other scenarios list it under its own.
	const model = { ...stage.model, manifestDigest: hash(ascii('dollars'), stage.model.manifestDigest) };
	const version = await listModel(api, author, model, { perJob: TCT, perSecond: 0n, perCall: 0n });
	await stage.do(place.owner, 'providers', 'setAssetPrice', place.machine, TEST_USD, USD_RATE);
	const order = { version, manifest: model.manifestDigest, price: JOB_PRICE, maxTotal: JOB_PRICE + ROYALTY, asset: TEST_USD };
	await refused(openDigits(stage, consumer, place.machine, order), 'leases.VersionNotPriced');
	await stage.do(author, 'models', 'setAssetPrices', version, TEST_USD, { perJob: ROYALTY, perSecond: 0n, perCall: 0n });
	const priced = await log.until('the prices of the version', event('models', 'AssetPricesSet', { version, asset: TEST_USD }));
	// A first price comes with the notice of a higher one.
	await log.block(priced.data.from.toNumber(), 240_000);

	// TCT are no help to who has none of what is to be paid.
	await refused(openDigits(stage, consumer, place.machine, order), 'leases.InsufficientBalance');
	await stage.asAlice(call(api, 'assets', 'transfer', TEST_USD, consumer.address, 20n * USD));
	const tct = await stage.funds(consumer.address);
	const treasury = await coins(stage, TEST_USD, pots.treasury);
	const lease = await openDigits(stage, consumer, place.machine, order);
	const opened = await stage.lease(lease);
	assert.deepEqual(await coins(stage, TEST_USD, consumer.address), { free: 20n * USD - JOB_PRICE - ROYALTY, held: JOB_PRICE + ROYALTY });
	// The deposit for opening is in TCT, and nothing else is.
	const { held } = await stage.funds(consumer.address);
	assert.ok(opened.deposit > 0n);
	assert.equal(held, tct.held + opened.deposit);
	await log.until('the acceptance', event('leases', 'LeaseAccepted', { lease }));
	// So is the bond that answers for the price.
	const provider = ((await api.query['providers']!['providers']!(place.owner.address)) as any).unwrap();
	assert.equal(provider.atRisk.toBigInt(), PRICE);

	await log.until('the verdict', event('leases', 'VerdictEntered', { lease }));
	const leaves = await download(api, place.endpoints, await stage.lease(lease));
	assert.ok(accuracy(leaves, model.labels) >= 0.97);
	const end = await stage.closed(lease);
	completed(end, TEST_USD);
	const { paid, royalty, leaseFee, modelFee } = end.books;
	assert.deepEqual([royalty, modelFee], [ROYALTY - ROYALTY / FEE, ROYALTY / FEE]);
	const [owner, listed, there] = await Promise.all([place.owner.address, author.address, pots.treasury].map((who) => coins(stage, TEST_USD, who)));
	assert.deepEqual([owner, listed], [paid, royalty].map((free) => ({ free, held: 0n })), 'provider or author were not paid in what the lease is');
	assert.deepEqual(there, { free: treasury.free + leaseFee + modelFee, held: 0n }, 'the fee is not the treasury\'s');
	assert.deepEqual(await coins(stage, TEST_USD, consumer.address), { free: 20n * USD - JOB_PRICE - ROYALTY, held: 0n });
	assert.equal((await stage.funds(consumer.address)).held, tct.held, 'the deposit is still held');
}

async function delisted(stage: Stage): Promise<void> {
	const name = 'delisted';
	const key = stage.key(uri(`${name}//consumer`));
	const [place] = await Promise.all([site(stage, 'dollars'), issue(stage, DELISTED, [[key, 2n * FUNDS]])]);
	await stage.do(place.owner, 'providers', 'setAssetPrice', place.machine, DELISTED, USD_RATE);
	const order = { asset: DELISTED, maxRate: USD_RATE, funds: FUNDS };
	const play = await running(stage, name, order, 'dollars');
	const { consumer, tenant, lease, from } = play;
	assert.deepEqual(await coins(stage, DELISTED, consumer.address), { free: FUNDS, held: FUNDS });
	tenant.keepUp(0, from);

	await stage.asAlice(stage.asRoot('leases', 'removeAsset', DELISTED));
	await stage.log.until('the removal', event('leases', 'AssetRemoved', { asset: DELISTED }));
	await refused(openTime(stage, consumer, place.machine, order), 'leases.AssetNotApproved');
	const { pricePerSecond } = (await readMachine(stage.api, place.machine))!;
	const inTct = await openTime(stage, consumer, place.machine, { maxRate: pricePerSecond });
	assert.equal((await stage.lease(inTct)).asset, undefined);

	// What runs goes on, is made longer, and ends as if nothing had happened.
	await stage.do(consumer, 'leases', 'extend', lease, 60, USD_RATE, 60n * USD_RATE);
	assert.ok((await stage.lease(lease)).books.deposited > FUNDS, 'what was added for the longer time is not in the escrow');
	await served(stage, play);
	tenant.stop();
	await stage.do(consumer, 'leases', 'close', lease);
	const end = await stage.closed(lease);
	assert.deepEqual([end.outcome, end.asset], ['CancelledByConsumer', DELISTED]);
	balanced(end);
	assert.ok(end.books.paid > 0n && end.books.refunded > 0n);
	assert.equal(drawn(end), await owed(stage.api, end), 'the chain charged something else than the formula');
	assert.deepEqual(await coins(stage, DELISTED, consumer.address), { free: 2n * FUNDS - drawn(end), held: 0n });
	// Each settlement pays; what is less than an account may have waits until there is one.
	for (const [who, due] of [[place.owner.address, end.books.paid], [pots.treasury, end.books.leaseFee]] as const) {
		const { free } = await coins(stage, DELISTED, who);
		assert.equal(free + (await claimable(stage, DELISTED, who)), due);
	}
}

async function blockedPayee(stage: Stage): Promise<void> {
	const [blocked, other, consumer, stranger] = await Promise.all([
		FakeProvider.start(stage, 'blocked'),
		FakeProvider.start(stage, 'neighbour'),
		stage.account('blocked//consumer', 10n),
		stage.account('blocked//stranger', 10n),
	]);
	const [owner, neighbour] = [blocked.owner.address, other.owner.address];
	// Only an account that has some can be blocked.
	await issue(stage, BLOCKING, [[blocked.owner, USD], [consumer, 2n * JOB_PRICE + USD]]);
	const agreed = async (provider: FakeProvider): Promise<bigint> => {
		await stage.do(provider.owner, 'providers', 'setAssetPrice', provider.machine, BLOCKING, USD_RATE);
		const lease = await openDigits(stage, consumer, provider.machine, { price: JOB_PRICE, asset: BLOCKING });
		await provider.accept(lease);
		return lease;
	};
	const [unpaid, paid] = [await agreed(blocked), await agreed(other)];
	await stage.asAlice(call(stage.api, 'assets', 'block', BLOCKING, owner));
	await Promise.all([blocked.commit(unpaid), other.commit(paid)]);

	const ends = await Promise.all([stage.closed(unpaid), stage.closed(paid)]);
	for (const end of ends) completed(end, BLOCKING);
	const due = ends[0]!.books.paid;
	const kept = stage.log.all((seen) => event('leases', 'ClaimRecorded', { asset: BLOCKING, amount: due })(seen) && seen.data.beneficiary.toString() === owner);
	assert.equal(kept.length, 1, 'what the blocked provider cannot receive is not kept for it');
	assert.equal(await claimable(stage, BLOCKING, owner), due);
	assert.deepEqual(await coins(stage, BLOCKING, owner), { free: USD, held: 0n });
	assert.deepEqual(await coins(stage, BLOCKING, pots.leases), { free: 0n, held: due });
	// Nobody else noticed.
	assert.deepEqual(await coins(stage, BLOCKING, neighbour), { free: due, held: 0n });
	assert.deepEqual(await coins(stage, BLOCKING, pots.treasury), { free: (2n * JOB_PRICE) / FEE, held: 0n });
	assert.deepEqual(await coins(stage, BLOCKING, consumer.address), { free: USD, held: 0n });

	const claim = () => stage.do(stranger, 'leases', 'claim', owner, BLOCKING);
	await refused(claim(), 'leases.CannotReceive');
	assert.equal(await claimable(stage, BLOCKING, owner), due);
	await stage.asAlice(call(stage.api, 'assets', 'thaw', BLOCKING, owner));
	await claim();
	assert.deepEqual(await coins(stage, BLOCKING, owner), { free: USD + due, held: 0n });
	assert.deepEqual(await coins(stage, BLOCKING, pots.leases), { free: 0n, held: 0n });
	await refused(claim(), 'leases.NothingToClaim');
}

export const assets: Scenario[] = [
	{ promise: 'a job paid in tUSD pays provider, author and treasury in tUSD; deposit and bond are in TCT', play: mainJob },
	{ promise: 'an asset that is taken off the list stops new leases only: what runs is extended, served, paid and refunded in it', play: delisted },
	{ promise: 'a payee that the issuer blocks gets a claim and stops nobody; anyone has it paid later', play: blockedPayee },
];
