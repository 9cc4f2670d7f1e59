/** Who plays in the main job. All are derived from the development phrase: test networks only. */
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import type { ApiPromise } from '@polkadot/api';
import { call, send, TCT } from '@core-terminal/kit';

export interface Actors {
	/** Endowed at genesis; pays the others' pocket money. */
	alice: KeyringPair;
	author: KeyringPair;
	provider: KeyringPair;
	/** The daemon's hot key. */
	agent: KeyringPair;
	consumer: KeyringPair;
	/** Signs receipts; needs no funds. */
	tenant: KeyringPair;
}

export const AGENT_URI = '//Agent';

export function actors(): Actors {
	const keyring = new Keyring({ type: 'sr25519' });
	return {
		alice: keyring.addFromUri('//Alice'),
		author: keyring.addFromUri('//Author'),
		provider: keyring.addFromUri('//Provider'),
		agent: keyring.addFromUri(AGENT_URI),
		consumer: keyring.addFromUri('//Consumer'),
		tenant: keyring.addFromUri('//Tenant'),
	};
}

export async function fund(api: ApiPromise, players: Actors): Promise<void> {
	const gifts: [KeyringPair, bigint][] = [
		[players.author, 1_000n],
		[players.provider, 50_000n],
		[players.agent, 100n],
		[players.consumer, 10_000n],
	];
	const transfers = gifts.map(([who, amount]) => call(api, 'balances', 'transferKeepAlive', who.address, amount * TCT));
	await send(api, call(api, 'utility', 'batchAll', transfers), players.alice);
}
