/** Machines with the real daemon, shared by the scenarios of a stage; and leases that run there. */
import { addMachine, evidencePort, shakeHands, startDaemon, Tenant } from '@core-terminal/demo';
import type { Process } from '@core-terminal/devnet';
import { atBlock, type LeaseView, type MeteredOrder } from '@core-terminal/kit';
import type { KeyringPair } from '@polkadot/keyring/types';
import { BOND, openTime, RATE } from './fake-provider.js';
import { event } from './log.js';
import { uri, type Stage } from './stage.js';

export interface Site {
	/** The cold account. The daemon signs with another one. */
	owner: KeyringPair;
	machine: bigint;
	endpoints: string[];
	daemon: Process;
}

const UNITS = 8;

const sites = new WeakMap<Stage, Map<string, Promise<Site>>>();

/** The machine of that name with many units, and its daemon. */
export function site(stage: Stage, name = 'metered'): Promise<Site> {
	const here = sites.get(stage) ?? new Map<string, Promise<Site>>();
	sites.set(stage, here);
	const open = here.get(name) ?? openSite(stage, name);
	here.set(name, open);
	return open;
}

async function openSite(stage: Stage, name: string): Promise<Site> {
	const [owner, agent, port] = await Promise.all([stage.account(`${name}//provider`, 3_000n), stage.account(`${name}//agent`, 100n), evidencePort()]);
	await stage.do(owner, 'providers', 'registerProvider', BOND);
	const endpoints = [`http://127.0.0.1:${port}`];
	const machine = await addMachine(stage.api, owner, { agent: agent.address, endpoints, pricePerSecond: RATE, bond: BOND, units: UNITS });
	const daemon = startDaemon(stage.network, { machine, port, agentUri: uri(`${name}//agent`), name: `${name}-daemon` });
	await stage.log.until('the machine to be online', event('providers', 'StatusChanged', { machine }));
	return { owner, machine, endpoints, daemon };
}

/** Who uses a lease, and where. */
export interface Tenancy {
	consumer: KeyringPair;
	tenantKey: KeyringPair;
	tenant: Tenant;
	lease: bigint;
}

export interface Running extends Tenancy {
	from: bigint;
}

/** The tenant's client of a lease on a site. */
export function tenantOf(stage: Stage, key: KeyringPair, { endpoints }: Site, lease: bigint): Tenant {
	const tenant = new Tenant(stage.api, key, endpoints, lease);
	stage.onClose(() => tenant.stop());
	return tenant;
}

/** Wait until an accepted lease has started. Since when it runs. */
export async function started(stage: Stage, tenant: Tenant, lease: bigint): Promise<bigint> {
	const view = await shakeHands(stage.api, tenant, lease);
	return view.metered!.segments[0]!.from;
}

/** A lease that has started, with receipts. */
export async function running(stage: Stage, name: string, change?: Partial<MeteredOrder>, at?: string): Promise<Running> {
	const [place, consumer] = await Promise.all([site(stage, at), stage.account(`${name}//consumer`, 100n)]);
	const tenantKey = stage.key(uri(`${name}//tenant`));
	const lease = await openTime(stage, consumer, place.machine, { tenant: tenantKey.publicKey, ...change });
	const tenant = tenantOf(stage, tenantKey, place, lease);
	return { consumer, tenantKey, tenant, lease, from: await started(stage, tenant, lease) };
}

/** All that was taken out of the escrow for service. */
export const drawn = ({ books }: LeaseView): bigint => books.paid + books.leaseFee + books.royalty + books.modelFee;

/** Wait until the lease looks like that. */
export function view(stage: Stage, lease: bigint, what: string, fits: (view: LeaseView) => boolean): Promise<LeaseView> {
	return atBlock(stage.api, async () => {
		const found = await stage.lease(lease);
		return fits(found) ? found : undefined;
	}, 180_000, what);
}

/** Wait until something was proven and the provider holds receipts over `milliseconds`. */
export const served = (stage: Stage, { lease, tenant }: Tenancy, milliseconds = 10_000n): Promise<LeaseView> =>
	view(stage, lease, 'proven and acknowledged service', ({ metered }) => metered!.segments.at(-1)!.provenMs > 0n && (tenant.latest?.milliseconds ?? 0n) > milliseconds);
