/** The marketplace in plain TypeScript: what the runtime APIs answer, and the calls that people send. Offers, orders and reservations are in `trade.ts`. */
import type { ApiPromise } from '@polkadot/api';
import { stringToU8a, u8aToHex } from '@polkadot/util';
import type { Call } from './chain.js';
import { big, bytes, call, num, option, runtimeApi, text, type Codec } from './codec.js';
import type { Leaf } from './result.js';
import type { Receipt } from './receipt.js';
import type { Run } from './meter.js';
import type { Voucher } from './voucher.js';

export interface Books {
	deposited: bigint;
	held: bigint;
	paid: bigint;
	royalty: bigint;
	leaseFee: bigint;
	modelFee: bigint;
	refunded: bigint;
	/** To the arbiter. */
	arbitration: bigint;
	/** From the lease that was migrated to this one. */
	movedIn: bigint;
	/** To the lease that this one was migrated to. */
	movedOut: bigint;
}

export interface SegmentView {
	number: number;
	/** Who signs its receipts; receipts are off without. */
	tenant: Uint8Array | undefined;
	rate: bigint;
	from: bigint;
	to: bigint | undefined;
	provenMs: bigint;
	acknowledgedMs: bigint;
	creditedMs: bigint;
	/** Its receipts are fixed, without a grace. */
	sealed: boolean;
}

/** What both sides of a metered lease agreed besides its price. Shares are parts of 10^9. */
export interface AgreementView {
	spotNoticeMs: bigint | undefined;
	maxDurationMs: bigint;
	earlyCloseMs: bigint;
	slaTarget: number | undefined;
	slaCredit: number | undefined;
	arbiter: string | undefined;
	arbiterFee: bigint | undefined;
	offeredTo: string | undefined;
}

export interface LeaseView {
	id: bigint;
	consumer: string;
	provider: string;
	agent: string;
	machine: bigint;
	status: string;
	untilBlock: number | undefined;
	outcome: string | undefined;
	/** What books and prices are in; undefined: TCT. The deposit is in TCT always. */
	asset: number | undefined;
	books: Books;
	deposit: bigint;
	/** The lease that was migrated to become this one. */
	continues: bigint | undefined;
	agreement?: AgreementView;
	metered?: {
		units: number;
		/** Base units per second and unit. */
		rate: bigint;
		royaltyRate: bigint;
		durationMs: bigint;
		graceMs: bigint | undefined;
		endsAt: bigint | undefined;
		leftMs: bigint | undefined;
		/** `Funds` or `Maintenance`, of a paused lease. */
		paused: string | undefined;
		pauseOverAt: bigint | undefined;
		reclaimed: boolean;
		/** What ending now would cost whoever ends it. */
		earlyCloseFee: bigint;
		segments: SegmentView[];
		resolvedUntil: bigint;
		due: bigint;
		payable: bigint;
		secondsOfFundingLeft: bigint;
	};
	job?: {
		price: bigint;
		royalty: bigint;
		items: number;
		context: Uint8Array;
		inputRoot: Uint8Array;
		resultRoot: Uint8Array | undefined;
		committedAt: number | undefined;
		demands: { index: number; answerBy: number }[];
	};
	calls?: {
		/** Base units per call. */
		price: bigint;
		royalty: bigint;
		/** Account of the key whose vouchers are taken. */
		key: string;
		durationBlocks: number;
		/** Redeemed: the most that a voucher on record counts. */
		calls: bigint;
		due: bigint;
		payable: bigint;
		/** So many calls more the escrow pays; those of vouchers not redeemed yet are among them. */
		covered: bigint;
	};
}

export interface MachineView {
	id: bigint;
	provider: string;
	agent: string;
	/** Where its daemon serves, the same at each: see `Hosts`. */
	endpoints: string[];
	pricePerSecond: bigint;
	termsHash: string;
	status: string;
	freeUnits: number;
	provenMs: bigint;
}

export interface TaskView {
	id: bigint;
	phase: string;
	attempt: number;
	quorum: number;
	seats: { account: string; ballot: string | undefined }[];
	sample: number[];
	committedAt: number;
}

export async function lease(api: ApiPromise, id: bigint): Promise<LeaseView | undefined> {
	return option(await runtimeApi(api, 'leasesApi', 'lease')(id), leaseView);
}

export interface LeasePage {
	/** In no particular order. */
	leases: LeaseView[];
	/** Where the next page begins, if there is one. */
	next: bigint | undefined;
}

/** Which leases of an account: with the closed ones that are still listed, or those that are not closed. */
export type Which = 'All' | 'Open';

/** A page of an account's leases, of one side or both. A page with no leases on it may still have a next one. */
export async function ownLeases(api: ApiPromise, account: string, side?: 'Consumer' | 'Provider', which: Which = 'All', from?: bigint, limit = 100): Promise<LeasePage> {
	const page = await runtimeApi(api, 'leasesApi', 'ownLeases')(account, side ?? null, which, from ?? null, limit);
	return { leases: [...page.leases].map(leaseView), next: option(page.next, big) };
}

function leaseView(view: Codec): LeaseView {
	return {
		id: big(view.id),
		consumer: view.consumer.toString(),
		provider: view.provider.toString(),
		agent: view.agent.toString(),
		machine: big(view.machine),
		status: view.status.type,
		untilBlock: option(view.untilBlock, num),
		outcome: option(view.outcome, (outcome) => outcome.type),
		asset: option(view.asset, num),
		books: {
			deposited: big(view.books.deposited),
			held: big(view.books.held),
			paid: big(view.books.paid),
			royalty: big(view.books.royalty),
			leaseFee: big(view.books.leaseFee),
			modelFee: big(view.books.modelFee),
			refunded: big(view.books.refunded),
			arbitration: big(view.books.arbitration),
			movedIn: big(view.books.movedIn),
			movedOut: big(view.books.movedOut),
		},
		deposit: big(view.deposit),
		continues: option(view.continues, big),
		agreement: option(view.agreement, agreementView),
		metered: option(view.metered, meteredView),
		job: option(view.job, (job) => ({
			price: big(job.price),
			royalty: big(job.royalty),
			items: num(job.items),
			context: bytes(job.context),
			inputRoot: bytes(job.inputRoot),
			resultRoot: option(job.resultRoot, bytes),
			committedAt: option(job.committedAt, num),
			demands: [...job.demands].map((demand: Codec) => ({ index: num(demand.index), answerBy: num(demand.answerBy) })),
		})),
		calls: option(view.calls, (calls) => ({
			price: big(calls.price),
			royalty: big(calls.royalty),
			key: calls.key.toString(),
			durationBlocks: num(calls.durationBlocks),
			calls: big(calls.calls),
			due: big(calls.due),
			payable: big(calls.payable),
			covered: big(calls.covered),
		})),
	};
}

const agreementView = (agreement: Codec): AgreementView => ({
	spotNoticeMs: option(agreement.spotNoticeMs, big),
	maxDurationMs: big(agreement.maxDurationMs),
	earlyCloseMs: big(agreement.earlyCloseMs),
	slaTarget: option(agreement.slaTarget, num),
	slaCredit: option(agreement.slaCredit, num),
	arbiter: option(agreement.arbiter, text),
	arbiterFee: option(agreement.arbiterFee, big),
	offeredTo: option(agreement.offeredTo, text),
});

const meteredView = (metered: Codec): NonNullable<LeaseView['metered']> => ({
	units: num(metered.units),
	rate: big(metered.rate),
	royaltyRate: big(metered.royaltyRate),
	durationMs: big(metered.durationMs),
	graceMs: option(metered.graceMs, big),
	endsAt: option(metered.endsAt, big),
	leftMs: option(metered.leftMs, big),
	paused: option(metered.paused, (why) => why.type),
	pauseOverAt: option(metered.pauseOverAt, big),
	reclaimed: metered.reclaimed.isTrue,
	earlyCloseFee: big(metered.earlyCloseFee),
	segments: [...metered.segments].map((segment: Codec) => ({
		number: num(segment.number),
		tenant: option(segment.tenant, bytes),
		rate: big(segment.rate),
		from: big(segment.from),
		to: option(segment.to, big),
		provenMs: big(segment.provenMs),
		acknowledgedMs: big(segment.acknowledgedMs),
		creditedMs: big(segment.creditedMs),
		sealed: segment.sealed.isTrue,
	})),
	resolvedUntil: big(metered.resolvedUntil),
	due: big(metered.due),
	payable: big(metered.payable),
	secondsOfFundingLeft: big(metered.secondsOfFundingLeft),
});

export async function machine(api: ApiPromise, id: bigint): Promise<MachineView | undefined> {
	return option(await runtimeApi(api, 'providersApi', 'machine')(id), (view) => ({
		id: big(view.id),
		provider: view.provider.toString(),
		agent: view.agent.toString(),
		endpoints: [...view.endpoints].map((endpoint: Codec) => endpoint.toString()),
		pricePerSecond: big(view.pricePerSecond),
		termsHash: view.termsHash.toHex(),
		status: view.status.type,
		freeUnits: num(view.freeUnits),
		provenMs: big(view.provenMs),
	}));
}

export async function runs(api: ApiPromise, id: bigint): Promise<Run[]> {
	const view = await runtimeApi(api, 'providersApi', 'uptime')(id);
	return option(view, (uptime) => [...uptime.runs].map((run: Codec) => ({ from: big(run.from), to: big(run.to), before: big(run.before) }))) ?? [];
}

export async function taskOf(api: ApiPromise, leaseId: bigint): Promise<TaskView | undefined> {
	return option(await runtimeApi(api, 'attestationApi', 'taskOf')(leaseId), (view) => ({
		id: big(view.id),
		phase: view.phase.type,
		attempt: num(view.attempt),
		quorum: num(view.quorum),
		seats: [...view.seats].map((seat: Codec) => ({ account: seat.account.toString(), ballot: option(seat.ballot, (ballot) => ballot.type) })),
		sample: [...view.sample].map(num),
		committedAt: num(view.committedAt),
	}));
}


export interface Supply {
	genesis: bigint;
	issuance: bigint;
	minted: bigint;
	burned: bigint;
	/** By source, as `leaseFee`. */
	mintedBy: Map<string, bigint>;
	burnedBy: Map<string, bigint>;
}

export async function supply(api: ApiPromise): Promise<Supply> {
	const view = await runtimeApi(api, 'supplyApi', 'supply')();
	const sources = (list: Codec): Map<string, bigint> => new Map([...list].map(([source, amount]: [Codec, Codec]) => [source.type, big(amount)]));
	return {
		genesis: big(view.genesis),
		issuance: big(view.issuance),
		minted: big(view.minted),
		burned: big(view.burned),
		mintedBy: sources(view.mintedBy),
		burnedBy: sources(view.burnedBy),
	};
}

export async function totalIssuance(api: ApiPromise): Promise<bigint> {
	return ((await api.query['balances']!['totalIssuance']!()) as Codec).toBigInt();
}

/** Free and held balance together. */
export async function balance(api: ApiPromise, account: string): Promise<bigint> {
	const found = (await api.query['system']!['account']!(account)) as Codec;
	return found.data.free.toBigInt() + found.data.reserved.toBigInt();
}

export interface JobOrder {
	machine: bigint;
	inputRoot: Uint8Array;
	weightsRoot: Uint8Array;
	items: number;
	weightsBytes: number;
	inputBytes: number;
	outputBytes: number;
	multiplications: number;
	price: bigint;
	maxTotal: bigint;
	deadlineBlocks: number;
	version: bigint | undefined;
	manifest: Uint8Array;
	inputUrl: string;
	weightsUrl: string;
	termsHash: string;
	/** What it is paid in; left out: TCT. */
	asset?: number;
}

export function openJob(api: ApiPromise, order: JobOrder): Call {
	const spec = {
		inputRoot: u8aToHex(order.inputRoot),
		weightsRoot: u8aToHex(order.weightsRoot),
		items: order.items,
		weightsBytes: order.weightsBytes,
		inputBytes: order.inputBytes,
		outputBytes: order.outputBytes,
		multiplications: order.multiplications,
		runner: 1,
	};
	return call(
		api, 'leases', 'openJob',
		order.machine, spec, order.price, order.maxTotal, order.deadlineBlocks, order.version ?? null,
		u8aToHex(order.manifest), u8aToHex(stringToU8a(order.inputUrl)), u8aToHex(stringToU8a(order.weightsUrl)), order.termsHash,
		order.asset ?? null,
	);
}

export interface MeteredOrder {
	machine: bigint;
	units: number;
	durationSeconds: number;
	maxRate: bigint;
	termsHash: string;
	version: bigint | undefined;
	tenant: Uint8Array | undefined;
	funds: bigint;
	/** What it is paid in; left out: TCT. Rate and funds are in its base units. */
	asset?: number;
}

export function openMetered(api: ApiPromise, order: MeteredOrder): Call {
	return call(
		api, 'leases', 'openMetered',
		order.machine, order.units, order.durationSeconds, order.maxRate, order.termsHash,
		order.version ?? null, order.tenant ? u8aToHex(order.tenant) : null, order.funds, order.asset ?? null,
	);
}

/** Puts a receipt and what is proven on record; moves no money. */
export function settle(api: ApiPromise, leaseId: bigint, receipt: Receipt | undefined): Call {
	const shown = receipt && { segment: receipt.segment, milliseconds: receipt.milliseconds, signature: u8aToHex(receipt.signature) };
	return call(api, 'leases', 'settle', leaseId, shown ?? null);
}

export interface CallsOrder {
	machine: bigint;
	/** Base units per call for the provider. */
	price: bigint;
	/** The most per call for provider and model together. */
	maxPerCall: bigint;
	durationBlocks: number;
	version?: bigint;
	/** The account of the key that signs vouchers: a new one for each lease. */
	key: Uint8Array;
	funds: bigint;
	termsHash: string;
	asset?: number;
}

/** Offers to pay for calls by vouchers. */
export function openCalls(api: ApiPromise, order: CallsOrder): Call {
	return call(
		api, 'leases', 'openCalls',
		order.machine, order.price, order.maxPerCall, order.durationBlocks, order.version ?? null, u8aToHex(order.key), order.funds,
		order.termsHash, order.asset ?? null,
	);
}

/** Puts a voucher on record; moves no money. */
export const redeem = (api: ApiPromise, leaseId: bigint, voucher: Voucher): Call =>
	call(api, 'leases', 'redeem', leaseId, voucherArgument(voucher));

/** Redeems vouchers of several leases; one that fails stops no other. */
export const redeemMany = (api: ApiPromise, vouchers: [bigint, Voucher][]): Call =>
	call(api, 'leases', 'redeemMany', vouchers.map(([leaseId, voucher]) => [leaseId, voucherArgument(voucher)]));

const voucherArgument = (voucher: Voucher): Record<string, unknown> => ({ calls: voucher.calls, signature: u8aToHex(voucher.signature) });

/** Pays what is due of a metered lease, or of one for calls, by now. */
export const withdraw = (api: ApiPromise, leaseId: bigint): Call => call(api, 'leases', 'withdraw', leaseId);

/** Leaves as the evidence server sends them: SCALE `Vec<Leaf>`. */
export function decodeLeaves(api: ApiPromise, encoded: Uint8Array): Leaf[] {
	const decoded = api.registry.createType('Vec<TerminalGpuProofResultLeaf>', encoded) as Codec;
	return [...decoded].map((leaf: Codec) => ({
		index: num(leaf.index),
		input: bytes(leaf.input),
		output: bytes(leaf.output),
		inputPath: [...leaf.inputPath].map(bytes),
		outputPath: [...leaf.outputPath].map(bytes),
	}));
}

/** A leaf as calls take it. */
export const leafArgument = (leaf: Leaf): Record<string, unknown> => ({
	index: leaf.index,
	input: u8aToHex(leaf.input),
	output: u8aToHex(leaf.output),
	inputPath: leaf.inputPath.map((step) => u8aToHex(step)),
	outputPath: leaf.outputPath.map((step) => u8aToHex(step)),
});
