/** New session keys for a validator: made by its node, bound to its stash by a proof, registered on chain. */
import { ApiPromise, WsProvider } from '@polkadot/api';
import type { KeyringPair } from '@polkadot/keyring/types';
import { u8aToHex } from '@polkadot/util';
import { call, DispatchFailure, send, type Included } from '@core-terminal/kit';

/** What went wrong in one sentence, and what to do about it in another. */
export class KeysError extends Error {
	constructor(
		message: string,
		readonly remedy: string,
	) {
		super(message);
		this.name = 'KeysError';
	}
}

/** Keys that a node made and keeps: public parts, the proof that their secrets sign for `owner`, and the call to send. */
export interface NewKeys {
	/** The stash that the proof names. */
	owner: string;
	/** SCALE-encoded public session keys. */
	keys: string;
	/** One signature over the owner per key, in the order of the keys. */
	proof: string;
	/** The encoded call `session.setKeys(keys, proof)`, to be signed by the owner wherever its key is. */
	call: string;
}

/** The connection to one node. Raw requests go where polkadot.js knows no method. */
export interface Node {
	api: ApiPromise;
	request<T>(method: string, ...params: unknown[]): Promise<T>;
	close(): Promise<void>;
}

/** Connect to the validator's own node. */
export async function open(endpoint: string, patienceMs = 15_000): Promise<Node> {
	if (!/^wss?:\/\//.test(endpoint)) throw new KeysError(`${endpoint} is not a WebSocket address`, 'name the node like ws://127.0.0.1:9944');
	const provider = new WsProvider(endpoint, 1_000);
	// Its errors are told below; unheard ones would end the process.
	provider.on('error', () => {});
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(
			() => reject(new KeysError(`no node answered at ${endpoint} within ${patienceMs / 1000} s`, "start the validator's node, or name its RPC port with --node")),
			patienceMs,
		);
	});
	try {
		const api = await Promise.race([ApiPromise.create({ provider, noInitWarn: true, throwOnConnect: false }), late]);
		return { api, request: (method, ...params) => provider.send(method, params), close: () => api.disconnect() };
	} catch (error) {
		await provider.disconnect().catch(() => {});
		throw error;
	} finally {
		clearTimeout(timer);
	}
}

/** Let the node make new keys for `owner` (a stash's public key). Changes the node's keystore, nothing on chain. */
export async function makeKeys(node: Node, owner: Uint8Array): Promise<NewKeys> {
	const made = await node.request<{ keys: string; proof?: string }>('author_rotateKeysWithOwner', u8aToHex(owner)).catch((error: unknown) => {
		throw explainRefusal(error);
	});
	if (!made.proof) {
		throw new KeysError("the node's runtime made keys without a proof of ownership", 'run a node of the same release as the chain, then rotate again');
	}
	return {
		owner: node.api.createType('AccountId', owner).toString(),
		keys: made.keys,
		proof: made.proof,
		call: call(node.api, 'session', 'setKeys', made.keys, made.proof).method.toHex(),
	};
}

function explainRefusal(error: unknown): KeysError {
	const text = error instanceof Error ? error.message : String(error);
	if (/unsafe/i.test(text)) {
		return new KeysError(
			'the node refuses to make keys over this connection',
			"connect to the validator over the loopback, where it is allowed by default (or start it with --rpc-methods unsafe behind a firewall)",
		);
	}
	if (/method not found/i.test(text)) {
		return new KeysError('the node does not know author_rotateKeysWithOwner', 'update the node: this chain needs keys with a proof of ownership');
	}
	return new KeysError(`the node could not make keys: ${text}`, 'read its log; its keystore must be writable');
}

/** Register the keys on chain, signed by the stash itself. Resolves when that is final. */
export async function registerKeys(node: Node, made: NewKeys, stash: KeyringPair): Promise<Included> {
	const transaction = call(node.api, 'session', 'setKeys', made.keys, made.proof);
	const included = await send(node.api, transaction, stash).catch((error: unknown) => {
		throw explainFailure(error, stash.address);
	});
	if (!(await node.request<boolean>('author_hasSessionKeys', made.keys))) {
		throw new KeysError('the chain has the new keys and the node has not', 'use the node that made them: do not change its --base-path between');
	}
	return included;
}

const REMEDIES: Record<string, string> = {
	InvalidProof: 'sign with the stash for which the keys were made (--stash), not with another account',
	NoAssociatedValidatorId: 'sign with the stash of the validator',
	DuplicatedKey: 'rotate again: another validator has registered one of these keys',
	NoAccount: 'fund the stash first: registering keys takes a deposit of 10 TCT',
	FundsUnavailable: 'fund the stash first: registering keys takes a deposit of 10 TCT',
};

function explainFailure(error: unknown, stash: string): Error {
	if (error instanceof DispatchFailure) {
		const remedy = REMEDIES[error.error] ?? 'see the documentation of that error above, mend it and rotate again';
		return new KeysError(`the chain refused the keys with ${error.message}`, remedy);
	}
	const text = error instanceof Error ? error.message : String(error);
	if (/inability to pay|balance too low|1010/i.test(text)) {
		return new KeysError(`${stash} cannot pay the fee and the deposit`, 'fund the stash with 11 TCT more than it stakes: the deposit is 10 TCT');
	}
	return new KeysError(`the transaction was not included: ${text}`, 'check that the node is in sync, then rotate again');
}
