/** Steps on the lease market that several scenarios take. */
import { eventData, MILLI, publishOffer, takeOffer, TCT, type Included, type LeaseTerms, type OfferDraft, type Requirements, type Taking } from '@core-terminal/kit';
import type { KeyringPair } from '@polkadot/keyring/types';
import { RATE } from './fake-provider.js';
import { site, started, tenantOf, type Running } from './site.js';
import { uri, type Stage } from './stage.js';

export const SECONDS = 600;
/** On demand, and nothing else agreed. */
export const PLAIN: LeaseTerms = { maxDurationMs: BigInt(SECONDS) * 1_000n };
/** What every machine here is. */
export const ANY_MACHINE: Requirements = { class: 'Cpu', accelerators: ['x86-64-v3'], minMemoryMib: 2_048, region: 'local' };
/** What a provider keeps of an accepted lease that the consumer cancels. */
export const HOLD_FEE = 20n * MILLI;

export interface Offered {
	offer: bigint;
	offerHash: string;
}

/** Publish an offer of one machine, plain but for what is said. */
export async function offered(stage: Stage, owner: KeyringPair, machine: bigint, change: Partial<OfferDraft> = {}): Promise<Offered> {
	const draft = { machine, rate: RATE, units: 1, minDurationSeconds: 60, maxDurationSeconds: SECONDS, terms: PLAIN, ...change };
	const published = eventData(await stage.send(publishOffer(stage.api, draft), owner), 'market', 'OfferPublished');
	return { offer: published['offer'].toBigInt(), offerHash: published['offerHash'].toHex() };
}

export const taking = (offer: Offered, tenant: KeyringPair | undefined, change: Partial<Taking> = {}): Taking => ({
	...offer,
	units: 1,
	durationSeconds: SECONDS,
	maxRate: RATE,
	tenant: tenant?.publicKey,
	funds: 10n * TCT,
	...change,
});

/** The lease that an offer, an order or a reservation became. */
export const leaseIn = (included: Included, method: string): bigint => eventData(included, 'market', method)['lease'].toBigInt();

/** A consumer takes an offer of a machine with a daemon, on these terms, and the lease has started. */
export async function takenOnTerms(stage: Stage, name: string, terms: LeaseTerms, at: string): Promise<Running> {
	const [place, consumer] = await Promise.all([site(stage, at), stage.account(`${name}//consumer`, 100n)]);
	const tenantKey = stage.key(uri(`${name}//tenant`));
	const offer = await offered(stage, place.owner, place.machine, { terms });
	const lease = leaseIn(await stage.send(takeOffer(stage.api, taking(offer, tenantKey)), consumer), 'OfferTaken');
	const tenant = tenantOf(stage, tenantKey, place, lease);
	return { consumer, tenantKey, tenant, lease, from: await started(stage, tenant, lease) };
}
