/** The runtime's APIs and calls by name, and polkadot.js' codecs as plain values: it decodes both from the metadata. */
import type { ApiPromise } from '@polkadot/api';
import { hexToU8a } from '@polkadot/util';
import type { Call } from './chain.js';

export type Codec = any;

export const big = (codec: Codec): bigint => codec.toBigInt();
export const num = (codec: Codec): number => codec.toNumber();
export const text = (codec: Codec): string => codec.toString();
export const bytes = (codec: Codec): Uint8Array => hexToU8a(codec.toHex());
export const option = <T>(codec: Codec, read: (inner: Codec) => T): T | undefined => (codec.isNone ? undefined : read(codec.unwrap()));

/** A runtime API method, by its Rust names. Throws when the node's runtime has none such. */
export function runtimeApi(api: ApiPromise, section: string, method: string): (...args: unknown[]) => Promise<Codec> {
	const found = (api.call as Record<string, any>)[section]?.[method];
	if (!found) throw new Error(`the node's runtime has no ${section}.${method}: is it the same release as this client?`);
	return found;
}

/** A call by pallet and name. Throws when the runtime has none such. */
export function call(api: ApiPromise, pallet: string, name: string, ...args: unknown[]): Call {
	const found = (api.tx as Record<string, any>)[pallet]?.[name];
	if (!found) throw new Error(`the node's runtime has no call ${pallet}.${name}: is it the same release as this client?`);
	return found(...args);
}
