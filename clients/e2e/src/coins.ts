/** Assets that leases are paid in: that of the networks for tests, and others that a scenario issues for itself. */
import { big, call, runtimeApi } from '@core-terminal/kit';
import type { KeyringPair } from '@polkadot/keyring/types';
import type { Stage } from './stage.js';

/** The stablecoin of the networks for tests, tUSD. */
export const TEST_USD = 1;
/** Base units of one: it has six decimals. Those that are issued here are like it. */
export const USD = 1_000_000n;
/** What a second costs, in all of them. */
export const USD_RATE = USD / 500n;
/** On what terms it is approved: ten TCT count as one. */
const TERMS = { minRate: 1_000, perTct: USD / 10n };
/** The least that an account may have. */
const LEAST = USD / 100n;

/** A new asset, issued by Alice and approved by root: what one scenario does to it is no other's concern. */
export async function issue(stage: Stage, asset: number, to: [KeyringPair, bigint][]): Promise<void> {
	const issuer = stage.key('//Alice').address;
	await stage.asAlice(
		stage.asRoot('assets', 'forceCreate', asset, issuer, true, LEAST),
		stage.asRoot('leases', 'approveAsset', asset, TERMS),
		...to.map(([who, amount]) => call(stage.api, 'assets', 'mint', asset, who.address, amount)),
	);
}

/** What of an asset an account has free, and on hold. */
export async function coins(stage: Stage, asset: number, address: string): Promise<{ free: bigint; held: bigint }> {
	const [account, held] = (await Promise.all([
		stage.api.query['assets']!['account']!(asset, address),
		stage.api.query['assetsHolder']!['balancesOnHold']!(asset, address),
	])) as any[];
	return { free: account.isSome ? big(account.unwrap().balance) : 0n, held: held.isSome ? big(held.unwrap()) : 0n };
}

/** What waits in the pot of leases for an account. */
export const claimable = async (stage: Stage, asset: number, address: string): Promise<bigint> => big(await runtimeApi(stage.api, 'leasesApi', 'claimable')(address, asset));
