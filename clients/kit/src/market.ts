/** The marketplace in plain TypeScript: what the runtime APIs answer, and the calls that people send. */
import type { ApiPromise } from '@polkadot/api';
import { hexToU8a, stringToU8a, u8aToHex } from '@polkadot/util';
import type { Call } from './chain.js';
import type { Leaf } from './result.js';
import type { Receipt } from './receipt.js';
import type { Run } from './meter.js';

export interface Books {
	deposited: bigint;
	held: bigint;
	paid: bigint;
	royalty: bigint;
	leaseFee: bigint;
	modelFee: bigint;
	refunded: bigint;
}

export interface SegmentView {
	number: number;
	rate: bigint;
	from: bigint;
	to: bigint | undefined;
	provenMs: bigint;
	acknowledgedMs: bigint;
	creditedMs: bigint;
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
	books: Books;
	deposit: bigint;
	metered?: {
		rate: bigint;
		royaltyRate: bigint;
		graceMs: bigint | undefined;
		endsAt: bigint | undefined;
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
}

export interface MachineView {
	id: bigint;
	provider: string;
	agent: string;
	endpoint: string;
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

// polkadot.js decodes runtime APIs from the metadata; these helpers turn its codecs into plain values.
type Codec = any;
const big = (codec: Codec): bigint => codec.toBigInt();
const num = (codec: Codec): number => codec.toNumber();
const option = <T>(codec: Codec, read: (inner: Codec) => T): T | undefined => (codec.isNone ? undefined : read(codec.unwrap()));
const bytes = (codec: Codec): Uint8Array => hexToU8a(codec.toHex());

/** A runtime API method, by its Rust names. Throws when the node's runtime has none such. */
export function runtimeApi(api: ApiPromise, section: string, method: string): (...args: unknown[]) => Promise<Codec> {
	const found = (api.call as Record<string, any>)[section]?.[method];
	if (!found) throw new Error(`the node's runtime has no ${section}.${method}: is it the same release as this client?`);
	return found;
}

export async function lease(api: ApiPromise, id: bigint): Promise<LeaseView | undefined> {
	return option(await runtimeApi(api, 'leasesApi', 'lease')(id), leaseView);
}

export async function leasesOf(api: ApiPromise, account: string, from = 0n, limit = 100): Promise<LeaseView[]> {
	return [...(await runtimeApi(api, 'leasesApi', 'leasesOf')(account, from, limit))].map(leaseView);
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
		books: {
			deposited: big(view.books.deposited),
			held: big(view.books.held),
			paid: big(view.books.paid),
			royalty: big(view.books.royalty),
			leaseFee: big(view.books.leaseFee),
			modelFee: big(view.books.modelFee),
			refunded: big(view.books.refunded),
		},
		deposit: big(view.deposit),
		metered: option(view.metered, (metered) => ({
			rate: big(metered.rate),
			royaltyRate: big(metered.royaltyRate),
			graceMs: option(metered.graceMs, big),
			endsAt: option(metered.endsAt, big),
			segments: [...metered.segments].map((segment: Codec) => ({
				number: num(segment.number),
				rate: big(segment.rate),
				from: big(segment.from),
				to: option(segment.to, big),
				provenMs: big(segment.provenMs),
				acknowledgedMs: big(segment.acknowledgedMs),
				creditedMs: big(segment.creditedMs),
			})),
			resolvedUntil: big(metered.resolvedUntil),
			due: big(metered.due),
			payable: big(metered.payable),
			secondsOfFundingLeft: big(metered.secondsOfFundingLeft),
		})),
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
	};
}

export async function machine(api: ApiPromise, id: bigint): Promise<MachineView | undefined> {
	return option(await runtimeApi(api, 'providersApi', 'machine')(id), (view) => ({
		id: big(view.id),
		provider: view.provider.toString(),
		agent: view.agent.toString(),
		endpoint: view.endpoint.toString(),
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

/** A call by pallet and name. Throws when the runtime has none such. */
export function call(api: ApiPromise, pallet: string, name: string, ...args: unknown[]): Call {
	const found = (api.tx as Record<string, any>)[pallet]?.[name];
	if (!found) throw new Error(`the node's runtime has no call ${pallet}.${name}: is it the same release as this client?`);
	return found(...args);
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

export function settle(api: ApiPromise, leaseId: bigint, receipt: Receipt | undefined): Call {
	const shown = receipt && { segment: receipt.segment, milliseconds: receipt.milliseconds, signature: u8aToHex(receipt.signature) };
	return call(api, 'leases', 'settle', leaseId, shown ?? null);
}

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
