/** Step 8: a metered lease with receipts, and the client's own computation of what it owes. */
import type { ApiPromise } from '@polkadot/api';
import type { KeyringPair } from '@polkadot/keyring/types';
import { u8aToHex } from '@polkadot/util';
import { atBlock, due, eventData, lease, machine as readMachine, openMetered, runs, send, signReceipt, type LeaseView, type Receipt } from '@core-terminal/kit';

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

/** The tenant's client: signs receipts and posts them to the provider. */
export class Tenant {
	private best: Receipt | undefined;
	private timer: NodeJS.Timeout | undefined;

	constructor(
		private readonly api: ApiPromise,
		private readonly key: KeyringPair,
		private readonly endpoint: string,
		private readonly leaseId: bigint,
	) {}

	get latest(): Receipt | undefined {
		return this.best;
	}

	/** Sign and post that so much was served. Whether the provider took it. */
	async acknowledge(segment: number, milliseconds: bigint): Promise<boolean> {
		const receipt = signReceipt(this.key, this.api.genesisHash.toU8a(), this.leaseId, segment, milliseconds);
		const response = await fetch(`${this.endpoint}/v1/leases/${this.leaseId}/receipts`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ segment, milliseconds: Number(milliseconds), signature: u8aToHex(receipt.signature) }),
			signal: AbortSignal.timeout(2_000),
		}).catch(() => undefined);
		if (!response?.ok) return false;
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

/** What the lease owes by the formula, from runs and receipts, without asking the chain for a price. */
export async function owed(api: ApiPromise, view: LeaseView): Promise<bigint> {
	const metered = view.metered;
	const segment = metered?.segments[0];
	if (!metered || !segment || segment.to === undefined) throw new Error(`lease ${view.id} has not ended`);
	const proven = await runs(api, view.machine);
	const times = { from: segment.from, end: segment.to, receiptsMs: segment.acknowledgedMs };
	const owes = (ratePerSecond: bigint): bigint => due({ ratePerSecond, ...times }, metered.graceMs ?? 0n, proven);
	// Provider and model are rounded down apart: each is paid by a formula of its own.
	return owes(segment.rate) + owes(metered.royaltyRate);
}
