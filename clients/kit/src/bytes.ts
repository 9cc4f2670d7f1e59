/** Small byte helpers: the chain's formats are little endian throughout. */
import { blake2AsU8a } from '@polkadot/util-crypto';

export const HASH_BYTES = 32;

export function concat(...parts: Uint8Array[]): Uint8Array {
	const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		out.set(part, at);
		at += part.length;
	}
	return out;
}

export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

export function u32(value: number): Uint8Array {
	const out = new Uint8Array(4);
	new DataView(out.buffer).setUint32(0, value, true);
	return out;
}

export function u64(value: bigint | number): Uint8Array {
	const out = new Uint8Array(8);
	new DataView(out.buffer).setBigUint64(0, BigInt(value), true);
	return out;
}

/** Blake2b-256 of the concatenation. */
export const hash = (...parts: Uint8Array[]): Uint8Array => blake2AsU8a(concat(...parts), 256);

export function equal(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
