/** Reservations: kept, cancelled, and not kept by one side or the other. */
import assert from 'node:assert/strict';
import { owed } from '@core-terminal/demo';
import { arrive, eventData, offerQuote, offers, ownReservations, reserve, TCT, type ReservationView } from '@core-terminal/kit';
import type { KeyringPair } from '@polkadot/keyring/types';
import { TEST_USD } from '../coins.js';
import { FakeProvider, RATE } from '../fake-provider.js';
import { event, type Seen } from '../log.js';
import { drawn, served, site, started, tenantOf } from '../site.js';
import { balanced, refused, uri, type Stage } from '../stage.js';
import { ANY_MACHINE, leaseIn, offered, SECONDS, type Offered } from '../trading.js';
import type { Scenario } from './scenario.js';

/** On hold on each side. */
const DEPOSIT = 5n * TCT;
const FUNDS = RATE * BigInt(SECONDS);
/** From asking to the block that holds the reservation, on a busy machine. */
const MARGIN_MS = 10_000n;

interface Play {
	owner: KeyringPair;
	consumer: KeyringPair;
	tenantKey: KeyringPair;
	id: bigint;
	reservation: ReservationView;
	/** Of consumer and provider, before. */
	worth: [bigint, bigint];
}

/** Publish a reservable offer and reserve it as soon as can be. */
async function reserved(stage: Stage, name: string, owner: KeyringPair, machine: bigint): Promise<Play> {
	const consumer = await stage.account(`${name}//consumer`, 100n);
	const offer = await offered(stage, owner, machine, { reservationDeposit: DEPOSIT });
	const worth = [await stage.worth(consumer), await stage.worth(owner)] as [bigint, bigint];
	const params = (await stage.api.query['market']!['params']!()) as any;
	const from = (await stage.now()) + params.minLeadMs.toBigInt() + MARGIN_MS;
	const wish = { ...offer, units: 1, durationSeconds: SECONDS, from, maxRate: RATE };
	const made = eventData(await stage.send(reserve(stage.api, wish), consumer), 'market', 'ReservationMade');
	const id = made['reservation'].toBigInt();
	const { reservations } = await ownReservations(stage.api, consumer.address);
	const reservation = reservations.find((one) => one.id === id);
	assert.equal(reservation?.status, 'Reserved');
	assert.equal((await stage.funds(consumer.address)).held, DEPOSIT);
	return { owner, consumer, tenantKey: stage.key(uri(`${name}//tenant`)), id, reservation: reservation!, worth };
}

/** A reservation at a provider that does only what it is told. */
async function reservedAt(stage: Stage, name: string): Promise<Play & { provider: FakeProvider }> {
	const provider = await FakeProvider.start(stage, name);
	return { ...(await reserved(stage, name, provider.owner, provider.machine)), provider };
}

const ended = (stage: Stage, id: bigint): Promise<Seen> => stage.log.until(`the end of reservation ${id}`, event('market', 'ReservationEnded', { reservation: id }));

/** Both sides have what they had, but for what went from one to the other. Nothing is held for the reservation. */
async function settled(stage: Stage, play: Play, toConsumer: bigint): Promise<void> {
	const [consumer, provider] = play.worth;
	assert.equal(await stage.worth(play.consumer), consumer + toConsumer, 'the consumer has another sum');
	assert.equal(await stage.worth(play.owner), provider - toConsumer, 'the provider has another sum');
	assert.equal((await stage.funds(play.consumer.address)).held, 0n, 'something of the consumer is still held');
	const calendar = (await stage.api.query['providers']!['calendars']!(play.reservation.machine)) as any;
	assert.equal(calendar.bookings.length, 0, 'the machine is still booked');
}

const arriving = (stage: Stage, play: Play) => stage.send(arrive(stage.api, play.id, play.tenantKey.publicKey, FUNDS), play.consumer);

async function consumerAbsent(stage: Stage): Promise<void> {
	const play = await reservedAt(stage, 'absent');
	await refused(arriving(stage, play), 'market.WindowNotOpen');
	await refused(stage.do(play.owner, 'market', 'endReservation', play.id), 'market.ReservationNotOver');
	const { data } = await ended(stage, play.id);
	assert.equal(data.how.type, 'ConsumerAbsent');
	await refused(arriving(stage, play), 'market.UnknownReservation');
	await settled(stage, play, -DEPOSIT);
}

async function providerOffline(stage: Stage): Promise<void> {
	const play = await reservedAt(stage, 'offline');
	const { provider } = play;
	await stage.do(provider.agent, 'providers', 'setStatus', provider.machine, 'Offline');
	await stage.until(play.reservation.opensAt, 'the reserved time');
	await refused(stage.do(play.consumer, 'market', 'cancelReservation', play.id), 'market.TooLateToCancel');
	const arrived = eventData(await arriving(stage, play), 'market', 'ConsumerArrived');
	assert.equal(stage.api.registry.findMetaError(arrived['error'].asModule).name, 'MachineNotOnline');
	await refused(stage.do(provider.agent, 'market', 'honour', play.id), 'market.MachineNotOnline');
	const { data } = await ended(stage, play.id);
	assert.equal(data.how.type, 'ProviderAbsent');
	await settled(stage, play, DEPOSIT);
}

async function providerNeverStarts(stage: Stage): Promise<void> {
	const play = await reservedAt(stage, 'unstarted');
	await stage.until(play.reservation.opensAt, 'the reserved time');
	const lease = leaseIn(await arriving(stage, play), 'ReservationOpened');
	// Or a consumer could arrive, cancel, and have the provider's deposit.
	await refused(stage.do(play.consumer, 'leases', 'cancel', lease), 'leases.StartAwaited');
	const { data } = await ended(stage, play.id);
	assert.equal(data.how.type, 'ProviderAbsent');
	const end = await stage.closed(lease);
	assert.deepEqual([end.outcome, drawn(end)], ['Expired', 0n]);
	balanced(end);
	await settled(stage, play, DEPOSIT);
}

async function cancelled(stage: Stage): Promise<void> {
	const play = await reservedAt(stage, 'cancelled');
	await stage.do(play.consumer, 'market', 'cancelReservation', play.id);
	assert.equal(play.reservation.cancelCost, DEPOSIT / 2n);
	await settled(stage, play, -DEPOSIT / 2n);
}

/** What a dApp reads before anybody signs. */
async function quoted(stage: Stage, machine: bigint, offer: Offered): Promise<void> {
	const found = await offers(stage.api, { wanted: ANY_MACHINE, maxRate: RATE, spot: false, reservable: true, paidIn: 'Tct' });
	const [mine] = found.filter((one) => one.id === offer.offer);
	assert.deepEqual([mine?.machine, mine?.hash, mine?.online], [machine, offer.offerHash, true]);
	const hidden = await offers(stage.api, { wanted: { ...ANY_MACHINE, class: 'Gpu' }, reservable: true });
	assert.deepEqual(hidden, [], 'the filter lets other hardware through');
	const inAsset = await offers(stage.api, { wanted: ANY_MACHINE, paidIn: { asset: TEST_USD } });
	assert.ok(inAsset.every((one) => one.id !== offer.offer), 'the filter lets other money through');
	const quote = await offerQuote(stage.api, offer.offer, 1, SECONDS);
	assert.deepEqual([quote.offerHash, quote.total, quote.fee, quote.reservationDeposit], [offer.offerHash, FUNDS, FUNDS / 50n, DEPOSIT]);
	await assert.rejects(offerQuote(stage.api, offer.offer, 2, SECONDS), /UnitsOutOfRange/);
}

async function kept(stage: Stage): Promise<void> {
	const place = await site(stage, 'trading');
	const play = await reserved(stage, 'kept', place.owner, place.machine);
	await stage.until(play.reservation.opensAt, 'the reserved time');
	const lease = leaseIn(await arriving(stage, play), 'ReservationOpened');
	const tenant = tenantOf(stage, play.tenantKey, place, lease);
	// The arrival was the handshake.
	const from = await started(stage, tenant, lease);
	const { data } = await ended(stage, play.id);
	assert.deepEqual([data.how.type, data.toConsumer.toBigInt(), data.toProvider.toBigInt()], ['Kept', 0n, 0n]);
	tenant.keepUp(0, from);
	await served(stage, { ...play, lease, tenant });
	tenant.stop();
	await stage.do(play.consumer, 'leases', 'close', lease);
	const end = await stage.closed(lease);
	assert.ok(drawn(end) > 0n, 'nothing was paid');
	assert.equal(drawn(end), await owed(stage.api, end));
	balanced(end);
	assert.equal((await stage.funds(play.consumer.address)).held, 0n, 'something of the consumer is still held');
}

async function reads(stage: Stage): Promise<void> {
	const provider = await FakeProvider.start(stage, 'reads');
	await quoted(stage, provider.machine, await offered(stage, provider.owner, provider.machine, { reservationDeposit: DEPOSIT }));
}

export const reservations: Scenario[] = [
	{ promise: 'an offer is found by what is wanted, and quoted before anybody signs', play: reads },
	{ promise: 'a reservation that both sides keep becomes a lease, and both deposits return', play: kept },
	{ promise: 'a consumer that reserved and does not come loses its deposit to the provider', play: consumerAbsent },
	{ promise: 'a provider whose machine is not there loses its deposit to the consumer that came', play: providerOffline },
	{ promise: 'a provider that never starts the reserved lease loses its deposit, too', play: providerNeverStarts },
	{ promise: 'a reservation that is cancelled in time costs half of the deposit', play: cancelled },
];
