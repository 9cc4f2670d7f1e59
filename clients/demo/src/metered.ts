/** Step 8: a metered lease with receipts, and the client's own computation of what it owes. */
import type { ApiPromise } from '@polkadot/api';
import type { KeyringPair } from '@polkadot/keyring/types';
import { u8aToHex } from '@polkadot/util';
import { ascii, atBlock, concat, due, eventData, hash, Hosts, lease, machine as readMachine, openMetered, runs, send, signReceipt, u64, type LeaseView, type Receipt } from '@core-terminal/kit';

export interface MeteredRun {
	machine: bigint;
	version: bigint | undefined;
	seconds: number;
	maxRate: bigint;
	funds: bigint;
}

export async function openLease(api: ApiPromise, consumer: KeyringPair, tenant: KeyringPair, run: MeteredRun): Promise<bigint> {
	const seen = await readMachine(api, run.machine);
	if (!seen) throw new Error(`machine ${run.machine} is not registered`);
	const opened = await send(
		api,
		openMetered(api, {
			machine: run.machine,
			units: 1,
			durationSeconds: run.seconds,
			maxRate: run.maxRate,
			termsHash: seen.termsHash,
			version: run.version,
			tenant: tenant.publicKey,
			funds: run.funds,
		}),
		consumer,
	);
	return eventData(opened, 'leases', 'LeaseOffered')['lease'].toBigInt();
}

/** The tenant's client: signs receipts and posts them to the provider, and uses what it pays for. */
export class Tenant {
	private best: Receipt | undefined;
	private timer: NodeJS.Timeout | undefined;
	private readonly hosts: Hosts;

	constructor(
		private readonly api: ApiPromise,
		private readonly key: KeyringPair,
		endpoints: readonly string[],
		private readonly leaseId: bigint,
	) {
		this.hosts = new Hosts(endpoints);
	}

	get latest(): Receipt | undefined {
		return this.best;
	}

	/** Sign and post that so much was served. Whether the provider took it. */
	async acknowledge(segment: number, milliseconds: bigint): Promise<boolean> {
		const receipt = signReceipt(this.key, this.api.genesisHash.toU8a(), this.leaseId, segment, milliseconds);
		const body = JSON.stringify({ segment, milliseconds: Number(milliseconds), signature: u8aToHex(receipt.signature) });
		const headers = { 'content-type': 'application/json' };
		const post = (endpoint: string): Promise<Response> =>
			answered(`${endpoint}/v1/leases/${this.leaseId}/receipts`, { method: 'POST', headers, body, signal: AbortSignal.timeout(2_000) });
		const taken = await this.hosts.ask(post).catch(() => undefined);
		if (!taken) return false;
		this.best = receipt;
		return true;
	}

	/** Acknowledge the time since `from` every second for as long as the provider answers. */
	keepUp(segment: number, from: bigint): void {
		this.timer = setInterval(() => {
			const served = BigInt(Date.now()) - from;
			if (served > 0n) void this.acknowledge(segment, served);
		}, 1_000);
	}

	stop(): void {
		clearInterval(this.timer);
	}

	/** Send the model that the machine shall run in this lease. */
	async putModel(weights: Uint8Array): Promise<void> {
		const message = concat(ascii('tct/model/v1'), this.api.genesisHash.toU8a(), u64(this.leaseId), hash(weights));
		const headers = { 'x-terminal-signature': u8aToHex(this.key.sign(message)) };
		await this.hosts.ask((endpoint) => answered(`${endpoint}/v1/leases/${this.leaseId}/model`, { method: 'PUT', headers, body: weights }));
	}

	/** Run one input through the model. The HTTP status where there is no service. */
	async infer(input: Uint8Array): Promise<Uint8Array | number> {
		const response = await this.hosts.ask((endpoint) => fetch(`${endpoint}/v1/leases/${this.leaseId}/infer`, { method: 'POST', body: input }));
		return response.ok ? new Uint8Array(await response.arrayBuffer()) : response.status;
	}
}

/** The answer, if it is a good one. */
async function answered(url: string, request: RequestInit): Promise<Response> {
	const response = await fetch(url, request);
	if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
	return response;
}

/** Post the handshake until the provider takes it, then wait until the lease runs. */
export async function shakeHands(api: ApiPromise, tenant: Tenant, id: bigint, timeoutMs = 120_000): Promise<LeaseView> {
	return atBlock(
		api,
		async () => {
			const view = await lease(api, id);
			if (view?.status === 'Accepted') await tenant.acknowledge(0, 0n);
			return view?.status === 'Active' ? view : undefined;
		},
		timeoutMs,
		`lease ${id} to start`,
	);
}

/**
 * What the lease owes by the formula, from runs and receipts, without asking the chain for a price. Where a fee for
 * ending early or a credit was agreed, that comes on top.
 */
export async function owed(api: ApiPromise, view: LeaseView): Promise<bigint> {
	const metered = view.metered;
	if (!metered || metered.segments.length === 0) throw new Error(`lease ${view.id} has not started`);
	const proven = await runs(api, view.machine);
	return metered.segments.reduce((sum, { rate, from, to, tenant, acknowledgedMs, sealed }) => {
		if (to === undefined) throw new Error(`lease ${view.id} has not ended`);
		const times = { from, end: to, receiptsMs: tenant && acknowledgedMs, sealed };
		const owes = (ratePerSecond: bigint): bigint => due({ ratePerSecond, ...times }, metered.graceMs ?? 0n, proven);
		// Provider and model are rounded down apart: each is paid by a formula of its own.
		return sum + owes(rate) + owes(metered.royaltyRate);
	}, 0n);
}
