/** Where leases are agreed: offers, orders with bids, matches, reservations. */
import type { ApiPromise } from '@polkadot/api';
import { stringToU8a, u8aToHex } from '@polkadot/util';
import type { Call } from './chain.js';
import { big, call, num, option, runtimeApi, text, type Codec } from './codec.js';

/** What both sides of a lease agree besides its price. */
export interface LeaseTerms {
	/** The provider may reclaim it with so much notice; without, it is on demand. */
	spotNoticeMs?: bigint;
	/** The consumer may extend it up to this length. */
	maxDurationMs: bigint;
	/** Ending early costs the price of so much time. Nothing without. */
	earlyCloseMs?: bigint;
	/** Parts of 10^9. */
	sla?: { target: number; credit: number };
	/** Who may split what is held in a dispute, for a fee in base units. */
	arbiter?: { account: string; fee: bigint };
}

/** What a machine must be. What is left out may be anything. */
export interface Requirements {
	class: 'Gpu' | 'Cpu' | 'Tpu' | 'Fpga' | 'Storage';
	accelerators?: string[];
	minMemoryMib?: number;
	region?: string;
	interconnect?: string;
	/** As `nvidia-570.86`. */
	minDriver?: string;
}

export interface OfferDraft {
	machine: bigint;
	/** Base units per second and unit. */
	rate: bigint;
	/** The most of one lease. */
	units: number;
	minDurationSeconds: number;
	maxDurationSeconds: number;
	terms: LeaseTerms;
	/** From and until, in milliseconds. Always without. */
	windows?: [bigint, bigint][];
	/** Held on each side by a reservation, in base units. Not reservable without, and not in an asset. */
	reservationDeposit?: bigint;
	/** What its leases are paid in; left out: TCT. The rate is in its base units. */
	asset?: number;
}

export interface OfferView {
	id: bigint;
	/** What the consumer agrees to: to be sent along. */
	hash: string;
	provider: string;
	machine: bigint;
	rate: bigint;
	units: number;
	freeUnits: number;
	online: boolean;
	spot: boolean;
	reservationDeposit: bigint | undefined;
}

export interface OfferFilter {
	wanted?: Requirements;
	maxRate?: bigint;
	spot?: boolean;
	freeUnits?: number;
	reservable?: boolean;
	/** What leases are paid in: TCT, or an asset by its id. Left out: any. */
	paidIn?: 'Tct' | { asset: number };
}

/** What a lease by an offer would cost, in base units. */
export interface OfferQuote {
	offerHash: string;
	total: bigint;
	leastFunds: bigint;
	fee: bigint;
	burned: bigint;
	openingDeposit: bigint;
	reservationDeposit: bigint | undefined;
	/** Milliseconds. */
	earliestStart: bigint | undefined;
}

export interface OrderView {
	id: bigint;
	/** `Fresh`, `Open`, `Firm` or `Due`. */
	status: string;
	consumer: string;
	maxRate: bigint;
	deadline: number;
	closeReward: bigint;
	matcherReward: bigint;
	/** Cheapest first. */
	bids: { provider: string; machine: bigint; rate: bigint; deposit: bigint }[];
}

export interface ReservationView {
	id: bigint;
	/** `Reserved`, `Arrived` or `Opened`. */
	status: string;
	machine: bigint;
	deposit: bigint;
	/** Times are milliseconds. */
	cancelUntil: bigint;
	cancelCost: bigint;
	opensAt: bigint;
	from: bigint;
	closesAt: bigint;
	leastFunds: bigint | undefined;
}

const slug = (name: string): string => u8aToHex(stringToU8a(name));

const requirements = (wanted: Requirements): Record<string, unknown> => ({
	class: wanted.class,
	accelerators: (wanted.accelerators ?? []).map(slug),
	minMemoryMib: wanted.minMemoryMib ?? 0,
	region: wanted.region === undefined ? null : slug(wanted.region),
	interconnect: wanted.interconnect === undefined ? null : slug(wanted.interconnect),
	minDriver: wanted.minDriver === undefined ? null : slug(wanted.minDriver),
});

const agreed = (terms: LeaseTerms): Record<string, unknown> => ({
	spotNoticeMs: terms.spotNoticeMs ?? null,
	maxDurationMs: terms.maxDurationMs,
	earlyCloseMs: terms.earlyCloseMs ?? 0n,
	sla: terms.sla ?? null,
	arbiter: terms.arbiter ?? null,
});

const key = (tenant: Uint8Array | undefined): string | null => (tenant ? u8aToHex(tenant) : null);

export function publishOffer(api: ApiPromise, draft: OfferDraft): Call {
	return call(
		api, 'market', 'publishOffer',
		draft.machine, draft.rate, draft.units, draft.minDurationSeconds, draft.maxDurationSeconds,
		agreed(draft.terms), draft.windows ?? [], draft.reservationDeposit ?? null, u8aToHex(new Uint8Array(32)),
		draft.asset ?? null,
	);
}

/** The offers that a filter lets through, of the first page. */
export async function offers(api: ApiPromise, filter: OfferFilter, from = 0n, limit = 100): Promise<OfferView[]> {
	const asked = {
		wanted: filter.wanted ? requirements(filter.wanted) : null,
		maxRate: filter.maxRate ?? null,
		spot: filter.spot ?? null,
		freeUnits: filter.freeUnits ?? null,
		reservable: filter.reservable ?? null,
		paidIn: filter.paidIn ?? 'Any',
	};
	const page = await runtimeApi(api, 'marketApi', 'offers')(asked, from, limit);
	return [...page.offers].map((view: Codec) => ({
		id: big(view.id),
		hash: view.hash_.toHex(),
		provider: text(view.provider),
		machine: big(view.machine),
		rate: big(view.rate),
		units: num(view.units),
		freeUnits: num(view.freeUnits),
		online: view.online.isTrue,
		spot: view.terms.spotNoticeMs.isSome,
		reservationDeposit: option(view.reservationDeposit, big),
	}));
}

/** What a lease by an offer would cost now. Throws with the chain's reason when there is none. */
export async function offerQuote(api: ApiPromise, offer: bigint, units: number, seconds: number, version?: bigint): Promise<OfferQuote> {
	const answer = await runtimeApi(api, 'marketApi', 'quote')(offer, units, seconds, version ?? null);
	if (answer.isErr) throw new Error(`offer ${offer} has no quote for ${units} units and ${seconds} s: ${answer.asErr.type}`);
	const quote = answer.asOk;
	return {
		offerHash: quote.offerHash.toHex(),
		total: big(quote.total),
		leastFunds: big(quote.leastFunds),
		fee: big(quote.fee),
		burned: big(quote.burned),
		openingDeposit: big(quote.openingDeposit),
		reservationDeposit: option(quote.reservationDeposit, big),
		earliestStart: option(quote.earliestStart, big),
	};
}

export interface Taking {
	offer: bigint;
	offerHash: string;
	units: number;
	durationSeconds: number;
	maxRate: bigint;
	version?: bigint;
	tenant: Uint8Array | undefined;
	funds: bigint;
}

export function takeOffer(api: ApiPromise, taking: Taking): Call {
	return call(
		api, 'market', 'takeOffer',
		taking.offer, taking.offerHash, taking.units, taking.durationSeconds, taking.maxRate,
		taking.version ?? null, key(taking.tenant), taking.funds,
	);
}

export interface OrderDraft {
	wanted: Requirements;
	units: number;
	/** The most it pays, base units per second and unit. */
	maxRate: bigint;
	durationSeconds: number;
	/** The last block of bidding. */
	deadline: number;
	version?: bigint;
	tenant: Uint8Array | undefined;
	funds: bigint;
	terms: LeaseTerms;
	/** The cheapest valid bid wins at the deadline, and others may match it with an offer before. */
	auto: boolean;
	/** What it pays in; left out: TCT. Rate and funds are in its base units. */
	asset?: number;
}

export function postOrder(api: ApiPromise, draft: OrderDraft): Call {
	return call(
		api, 'market', 'postOrder',
		requirements(draft.wanted), draft.units, draft.maxRate, draft.durationSeconds, draft.deadline,
		draft.version ?? null, key(draft.tenant), draft.funds, agreed(draft.terms), draft.auto,
		draft.asset ?? null,
	);
}

/** An order with its bids, while there is one. */
export async function order(api: ApiPromise, id: bigint): Promise<OrderView | undefined> {
	return option(await runtimeApi(api, 'marketApi', 'order')(id), (view) => ({
		id: big(view.id),
		status: view.status.type,
		consumer: text(view.consumer),
		maxRate: big(view.maxRate),
		deadline: num(view.deadline),
		closeReward: big(view.closeReward),
		matcherReward: big(view.matcherReward),
		bids: [...view.bids].map((bid: Codec) => ({ provider: text(bid.provider), machine: big(bid.machine), rate: big(bid.rate), deposit: big(bid.deposit) })),
	}));
}

export interface Wish {
	offer: bigint;
	offerHash: string;
	units: number;
	durationSeconds: number;
	/** Milliseconds. */
	from: bigint;
	maxRate: bigint;
}

export function reserve(api: ApiPromise, wish: Wish): Call {
	return call(api, 'market', 'reserve', wish.offer, wish.offerHash, wish.units, wish.durationSeconds, wish.from, wish.maxRate);
}

export function arrive(api: ApiPromise, reservation: bigint, tenant: Uint8Array | undefined, funds: bigint, version?: bigint): Call {
	return call(api, 'market', 'arrive', reservation, version ?? null, key(tenant), funds);
}

export interface ReservationPage {
	/** In no particular order. */
	reservations: ReservationView[];
	/** Where the next page begins, if there is one. */
	next: bigint | undefined;
}

/** A page of an account's reservations, as consumer or provider. */
export async function ownReservations(api: ApiPromise, account: string, from?: bigint, limit = 100): Promise<ReservationPage> {
	const page = await runtimeApi(api, 'marketApi', 'ownReservations')(account, from ?? null, limit);
	return { reservations: [...page.reservations].map(reservationView), next: option(page.next, big) };
}

const reservationView = (view: Codec): ReservationView => ({
	id: big(view.id),
	status: view.status.type,
	machine: big(view.machine),
	deposit: big(view.deposit),
	cancelUntil: big(view.cancelUntil),
	cancelCost: big(view.cancelCost),
	opensAt: big(view.opensAt),
	from: big(view.from),
	closesAt: big(view.closesAt),
	leastFunds: option(view.leastFunds, big),
});
