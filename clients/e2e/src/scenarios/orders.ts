/** Orders that providers bid on, and matches that somebody else finds. */
import assert from 'node:assert/strict';
import { owed } from '@core-terminal/demo';
import { call, eventData, MILLI, order as readOrder, postOrder, TCT, type Included, type OrderDraft } from '@core-terminal/kit';
import type { KeyringPair } from '@polkadot/keyring/types';
import { FakeProvider, RATE } from '../fake-provider.js';
import { event } from '../log.js';
import { drawn, site, started, tenantOf } from '../site.js';
import { balanced, refused, uri, type Stage } from '../stage.js';
import { ANY_MACHINE, HOLD_FEE, leaseIn, offered, PLAIN, SECONDS } from '../trading.js';
import type { Scenario } from './scenario.js';

const BID_DEPOSIT = TCT;
const MATCHER_REWARD = 100n * MILLI;
const CLOSE_REWARD = 20n * MILLI;
/** Blocks of bidding: time for a few transactions on a busy machine. */
const BIDDING = 14;

async function posted(stage: Stage, consumer: KeyringPair, change: Partial<OrderDraft>): Promise<bigint> {
	const draft = {
		wanted: ANY_MACHINE,
		units: 1,
		maxRate: RATE,
		durationSeconds: SECONDS,
		deadline: stage.log.head + BIDDING,
		tenant: undefined,
		funds: 10n * TCT,
		terms: PLAIN,
		auto: true,
		...change,
	};
	return eventData(await stage.send(postOrder(stage.api, draft), consumer), 'market', 'OrderPosted')['order'].toBigInt();
}

const bid = (stage: Stage, who: KeyringPair, order: bigint, machine: bigint, rate: bigint): Promise<Included> => stage.do(who, 'market', 'placeBid', order, machine, rate);

const held = async (stage: Stage, providers: FakeProvider[]): Promise<bigint[]> => (await Promise.all(providers.map(({ owner }) => stage.funds(owner.address)))).map((funds) => funds.held);

/** What of a batch of matches failed, by the names of the errors. */
const failures = (stage: Stage, included: Included): string[] =>
	included.events.filter(({ event: { section, method } }) => section === 'market' && method === 'MatchFailed').map(({ event: { data } }) => {
		const { asModule } = (data as any).error;
		return stage.api.registry.findMetaError(asModule).name;
	});

async function cheapestWins(stage: Stage): Promise<void> {
	const name = 'auction';
	const [place, dear, middling, consumer, closer] = await Promise.all([
		site(stage, 'trading'),
		FakeProvider.start(stage, `${name}//dear`),
		FakeProvider.start(stage, `${name}//middling`),
		stage.account(`${name}//consumer`, 100n),
		stage.account(`${name}//closer`, 10n),
	]);
	const losers = [dear, middling];
	const before = await held(stage, losers);
	const tenantKey = stage.key(uri(`${name}//tenant`));
	const order = await posted(stage, consumer, { tenant: tenantKey.publicKey });
	const best = (RATE * 8n) / 10n;
	await Promise.all([
		bid(stage, place.owner, order, place.machine, best),
		bid(stage, dear.agent, order, dear.machine, RATE),
		bid(stage, middling.owner, order, middling.machine, (RATE * 9n) / 10n),
	]);
	const seen = await readOrder(stage.api, order);
	assert.deepEqual(seen?.bids.map(({ machine }) => machine), [place.machine, middling.machine, dear.machine], 'not the cheapest first');
	assert.deepEqual(await held(stage, losers), before.map((sum) => sum + BID_DEPOSIT));
	await refused(stage.do(closer, 'market', 'closeOrder', order), 'market.BiddingOpen');
	await stage.log.block(seen!.deadline - 1);
	await refused(stage.do(middling.owner, 'market', 'withdrawBid', order, middling.machine), 'market.BidsFirm', 'market.BiddingOver', 'market.UnknownOrder');

	await stage.log.block(seen!.deadline);
	const worth = await stage.worth(closer);
	// The chain closes it by itself where it has time for that: then this comes too late, and earns nothing.
	const closed = await stage.do(closer, 'market', 'closeOrder', order).then(() => true, () => false);
	const { data: filled } = await stage.log.until('the winner', event('market', 'OrderFilled', { order }));
	assert.deepEqual([filled.machine.toBigInt(), filled.rate.toBigInt()], [place.machine, best], 'not the cheapest won');
	assert.equal(filled.rewarded.isSome, closed);
	assert.equal(await stage.worth(closer), worth + (closed ? CLOSE_REWARD : 0n));
	assert.deepEqual(await held(stage, losers), before, 'a losing bid was kept');
	assert.equal(await readOrder(stage.api, order), undefined);

	// What was won is a lease like any other.
	const lease = filled.lease.toBigInt();
	await started(stage, tenantOf(stage, tenantKey, place, lease), lease);
	assert.equal((await stage.lease(lease)).metered!.rate, best);
	await stage.do(consumer, 'leases', 'close', lease);
	const end = await stage.closed(lease);
	assert.equal(drawn(end), await owed(stage.api, end));
	balanced(end);
	assert.equal((await stage.funds(consumer.address)).held, 0n, 'something of the consumer is still held');
}

async function consumerChooses(stage: Stage): Promise<void> {
	const name = 'choice';
	const [[first, second, third], consumer] = await Promise.all([
		Promise.all(['first', 'second', 'third'].map((bidder) => FakeProvider.start(stage, `${name}//${bidder}`))) as Promise<[FakeProvider, FakeProvider, FakeProvider]>,
		stage.account(`${name}//consumer`, 100n),
	]);
	const bidders = [first, second, third];
	const before = await held(stage, bidders);
	const worth = await stage.worth(consumer);
	const order = await posted(stage, consumer, { auto: false, deadline: stage.log.head + 2 * BIDDING });
	const rates = [RATE, (RATE * 9n) / 10n, (RATE * 8n) / 10n] as const;
	await Promise.all([
		bid(stage, first.owner, order, first.machine, rates[0]),
		bid(stage, second.owner, order, second.machine, rates[1]),
		bid(stage, third.owner, order, third.machine, rates[2]),
		// A stolen hot key cannot give the machine away, nor bid with another one.
		refused(bid(stage, first.agent, order, first.machine, RATE - 1n), 'market.RateBelowAsking'),
		refused(bid(stage, second.agent, order, third.machine, RATE), 'market.NotMachineSigner'),
		refused(stage.do(third.agent, 'market', 'acceptBid', order, third.machine, RATE), 'market.NotConsumer', 'market.UnknownBid'),
	]);
	await refused(bid(stage, second.owner, order, second.machine, rates[1]), 'market.BidNotLower');
	await refused(stage.do(consumer, 'market', 'acceptBid', order, second.machine, rates[1] - 1n), 'market.RateAboveMaximum');
	const accepted = await stage.do(consumer, 'market', 'acceptBid', order, second.machine, rates[1]);
	assert.deepEqual(await held(stage, bidders), before, 'a bid was kept');
	const lease = leaseIn(accepted, 'OrderFilled');
	const view = await stage.lease(lease);
	assert.deepEqual([view.status, view.machine, view.metered!.rate], ['Accepted', second.machine, rates[1]]);
	assert.equal(view.books.deposited, rates[1] * BigInt(SECONDS), 'another sum went into the escrow than the lease can cost');
	await refused(stage.do(consumer, 'market', 'cancelOrder', order), 'market.UnknownOrder');
	await stage.do(consumer, 'leases', 'cancel', lease);
	balanced(await stage.closed(lease));
	assert.equal(await stage.worth(consumer), worth - HOLD_FEE, 'the order cost something by itself');
}

async function matched(stage: Stage): Promise<void> {
	const name = 'matched';
	const [provider, consumer, matcher] = await Promise.all([
		FakeProvider.start(stage, name, { units: 2 }),
		stage.account(`${name}//consumer`, 100n),
		stage.account(`${name}//matcher`, 10n),
	]);
	const worth = await stage.worth(consumer);
	const order = await posted(stage, consumer, { deadline: stage.log.head + 2 * BIDDING });
	const tooDear = await offered(stage, provider.owner, provider.machine, { rate: 2n * RATE });
	const fitting = await offered(stage, provider.owner, provider.machine);
	const propose = (...offers: bigint[]): Promise<Included> => stage.do(matcher, 'market', 'proposeMatches', offers.map((offer) => [order, offer]));
	const { bidsOnlyUntil } = ((await stage.api.query['market']!['orders']!(order)) as any).unwrap();
	await stage.log.block(bidsOnlyUntil.toNumber());
	const before = await stage.worth(matcher);
	const proposed = await propose(tooDear.offer, fitting.offer, fitting.offer);
	assert.deepEqual(failures(stage, proposed), ['RateAboveMaximum', 'UnknownOrder'], 'a bad match stood in a good one\'s way, or was taken');
	assert.equal(await stage.worth(matcher), before + MATCHER_REWARD);
	const lease = leaseIn(proposed, 'OrderFilled');
	const view = await stage.lease(lease);
	assert.deepEqual([view.status, view.consumer, view.machine], ['Accepted', consumer.address, provider.machine]);
	await stage.do(consumer, 'leases', 'cancel', lease);
	balanced(await stage.closed(lease));
	assert.equal(await stage.worth(consumer), worth - HOLD_FEE - MATCHER_REWARD);
	const withdrawn = [tooDear, fitting].map(({ offer }) => call(stage.api, 'market', 'withdrawOffer', offer));
	const { held: deposits } = await stage.funds(provider.owner.address);
	await stage.send(call(stage.api, 'utility', 'batchAll', withdrawn), provider.owner);
	assert.equal((await stage.funds(provider.owner.address)).held, deposits - 2n * TCT, 'the deposit of an offer was kept');
}

export const orders: Scenario[] = [
	{ promise: 'of three bidders the cheapest gets the order at its deadline, the others their deposits', play: cheapestWins },
	{ promise: 'of three bids the consumer may take any, and pays what was bid', play: consumerChooses },
	{ promise: 'who matches an order with an offer is rewarded; a match that is none stops no other', play: matched },
];
