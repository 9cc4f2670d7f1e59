/** Connecting, and sending transactions until they are final. */
import { ApiPromise, WsProvider } from '@polkadot/api';
import type { SubmittableExtrinsic } from '@polkadot/api/types';
import type { KeyringPair } from '@polkadot/keyring/types';
import type { EventRecord } from '@polkadot/types/interfaces';
import type { ISubmittableResult } from '@polkadot/types/types';

export type Call = SubmittableExtrinsic<'promise', ISubmittableResult>;

/** What the runtime answered to a call that failed: `pallet.Error: its documentation`. */
export class DispatchFailure extends Error {
	constructor(
		readonly pallet: string,
		readonly error: string,
		docs: string,
		/** Events of the failed extrinsic, in order. */
		readonly events: EventRecord[],
	) {
		super(`${pallet}.${error}${docs ? `: ${docs}` : ''}`);
		this.name = 'DispatchFailure';
	}
}

export interface Included {
	blockHash: string;
	blockNumber: number;
	events: EventRecord[];
}

/** Connects, and goes on trying until the node answers or `giveUp` is aborted. */
export async function connect(endpoint: string, giveUp?: AbortSignal): Promise<ApiPromise> {
	const provider = new WsProvider(endpoint, 500);
	giveUp?.addEventListener('abort', () => void provider.disconnect().catch(() => {}));
	return ApiPromise.create({ provider, noInitWarn: true, throwOnConnect: false });
}

/** `pallet.Error` of a dispatch error, with its documentation. */
export function describe(api: ApiPromise, error: { isModule: boolean; asModule: unknown; toString(): string }): [string, string, string] {
	if (!error.isModule) return ['', error.toString(), ''];
	const meta = api.registry.findMetaError(error.asModule as never);
	return [meta.section, meta.name, meta.docs.join(' ').trim()];
}

export type Until = 'inBlock' | 'finalized';

/**
 * Sign, send and wait. Accepted transactions can vanish from a fork-aware pool when a burst straddles
 * a block, so a transaction that is dropped or not included in `patienceMs` is sent again: with the
 * same nonce, so that it can be included once only.
 */
export async function send(api: ApiPromise, call: Call, who: KeyringPair, until: Until = 'finalized', patienceMs = 60_000): Promise<Included> {
	let nonce = await nextNonce(api, who);
	let taken = false;
	let last: unknown;
	for (let attempt = 0; attempt < 3; attempt += 1) {
		try {
			return await sendOnce(api, call, who, nonce, until, patienceMs);
		} catch (error) {
			last = error;
			if (error instanceof Vanished) {
				taken = true;
			} else if (!taken && isOccupied(error)) {
				// A fork gave an earlier transaction of this account back to the pool: this one comes after it.
				const head = await api.rpc.chain.getHeader();
				await atBlock(api, async (block) => (block > head.number.toNumber() ? block : undefined), patienceMs, 'the next block');
				nonce = await nextNonce(api, who);
			} else {
				throw error;
			}
		}
	}
	throw last;
}

const nextNonce = async (api: ApiPromise, who: KeyringPair): Promise<number> => (await api.rpc.system.accountNextIndex(who.address)).toNumber();

/** Whether the pool has another transaction with this nonce. */
const isOccupied = (error: unknown): boolean => error instanceof Error && error.message.startsWith('1014:');

class Vanished extends Error {}

function sendOnce(api: ApiPromise, call: Call, who: KeyringPair, nonce: number, until: Until, patienceMs: number): Promise<Included> {
	return new Promise((resolve, reject) => {
		let stop: (() => void) | undefined;
		let over = false;
		const finish = (act: () => void): void => {
			if (over) return;
			over = true;
			clearTimeout(timer);
			stop?.();
			act();
		};
		const timer = setTimeout(() => finish(() => reject(new Vanished(`not included within ${patienceMs} ms`))), patienceMs);
		call.signAndSend(who, { nonce }, (result) => {
			const { status } = result;
			if (status.isDropped || status.isInvalid || status.isUsurped) {
				finish(() => reject(new Vanished(`the pool gave it up: ${status.type}`)));
				return;
			}
			if (!(until === 'inBlock' ? status.isInBlock || status.isFinalized : status.isFinalized)) return;
			const blockHash = (status.isFinalized ? status.asFinalized : status.asInBlock).toHex();
			finish(() => {
				if (result.dispatchError) {
					const [pallet, error, docs] = describe(api, result.dispatchError as never);
					reject(new DispatchFailure(pallet, error, docs, result.events));
					return;
				}
				const known = (result as unknown as { blockNumber?: { toNumber(): number } }).blockNumber;
				const number = known
					? Promise.resolve(known.toNumber())
					: api.rpc.chain.getHeader(blockHash).then((header) => header.number.toNumber());
				number.then((blockNumber) => resolve({ blockHash, blockNumber, events: result.events }), reject);
			});
		}).then(
			(unsubscribe) => {
				stop = unsubscribe;
				if (over) unsubscribe();
			},
			(error: unknown) => finish(() => reject(error instanceof Error ? error : new Error(String(error)))),
		);
	});
}

/** The data of the first event `section.method`, or an error that lists what came instead. */
export function eventData(included: { events: EventRecord[] }, section: string, method: string): Record<string, any> {
	for (const { event } of included.events) {
		if (event.section === section && event.method === method) return event.data.toPrimitive() && (event.data as any);
	}
	const seen = included.events.map(({ event }) => `${event.section}.${event.method}`).join(', ');
	throw new Error(`expected the event ${section}.${method}, saw: ${seen}`);
}

/** Wait until `condition` holds at a new best block. Resolves with its answer. */
export async function atBlock<T>(api: ApiPromise, condition: (blockNumber: number) => Promise<T | undefined>, timeoutMs: number, what: string): Promise<T> {
	return new Promise<T>((resolve, reject) => {
		let stop: (() => void) | undefined;
		let busy = false;
		let over = false;
		const finish = (act: () => void): void => {
			if (over) return;
			over = true;
			clearTimeout(timer);
			stop?.();
			act();
		};
		const timer = setTimeout(() => finish(() => reject(new Error(`timed out after ${timeoutMs} ms waiting for ${what}`))), timeoutMs);
		api.rpc.chain.subscribeNewHeads((header) => {
			if (busy || over) return;
			busy = true;
			condition(header.number.toNumber())
				.then((answer) => {
					busy = false;
					if (answer !== undefined) finish(() => resolve(answer));
				})
				.catch((error: unknown) => finish(() => reject(error instanceof Error ? error : new Error(String(error)))));
		}).then(
			(unsubscribe) => {
				stop = unsubscribe;
				if (over) unsubscribe();
			},
			(error: unknown) => finish(() => reject(error instanceof Error ? error : new Error(String(error)))),
		);
	});
}

/** Wait until the finalised chain has reached `height`. */
export async function finalizedAt(api: ApiPromise, height: number, timeoutMs: number): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		let stop: (() => void) | undefined;
		const timer = setTimeout(() => {
			stop?.();
			reject(new Error(`block ${height} was not final after ${timeoutMs} ms`));
		}, timeoutMs);
		api.rpc.chain.subscribeFinalizedHeads((header) => {
			if (header.number.toNumber() < height) return;
			clearTimeout(timer);
			stop?.();
			resolve();
		}).then((unsubscribe) => (stop = unsubscribe), reject);
	});
}
