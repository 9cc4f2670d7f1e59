/** The chain by PAPI: typed by the descriptors that `scripts/metadata` generates from clients/metadata/terminal.scale. */
import type { KeyringPair } from '@polkadot/keyring/types';
import { type PolkadotClient, type PolkadotSigner, type Transaction, type TxFinalizedPayload, type TypedApi } from 'polkadot-api';
import { getPolkadotSigner } from 'polkadot-api/signer';
import { createWsClient } from 'polkadot-api/ws';
import { WebSocket } from 'ws';
import { terminal } from '../.papi/descriptors/dist/index.js';

export type Api = TypedApi<typeof terminal>;

export interface Connection {
	client: PolkadotClient;
	api: Api;
	close(): void;
}

/** Connect to a node. Nothing about the chain is configured: names and types come from the descriptors. */
export function open(endpoint: string): Connection {
	const client = createWsClient(endpoint, { websocketClass: WebSocket as never });
	return { client, api: client.getTypedApi(terminal), close: () => client.destroy() };
}

/** A key pair of polkadot.js as PAPI's signer. */
export const signer = (pair: KeyringPair): PolkadotSigner => getPolkadotSigner(pair.publicKey, 'Sr25519', (message) => pair.sign(message));

/** What the runtime answered to a call that failed, as `Pallet.Error`. */
export class DispatchFailure extends Error {
	constructor(
		readonly pallet: string,
		readonly error: string,
	) {
		super(error ? `${pallet}.${error}` : pallet);
		this.name = 'DispatchFailure';
	}
}

/** Sign, send, and wait until it is final. */
export async function submit(transaction: Transaction<any>, pair: KeyringPair): Promise<TxFinalizedPayload> {
	const result = await transaction.signAndSubmit(signer(pair));
	if (result.ok) return result;
	// `Module` holds the pallet's variant, which holds the error's; other kinds have one level or none.
	const { type, value } = result.dispatchError;
	const inner = value as { type: string; value?: { type?: string } } | undefined;
	if (type === 'Module' && inner) throw new DispatchFailure(inner.type, inner.value?.type ?? '');
	throw new DispatchFailure(type, inner?.type ?? '');
}
