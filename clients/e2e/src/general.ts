/**
 * General transactions: extension values and a call, no signer. polkadot.js does not build them, so
 * they are encoded here from the runtime's own metadata (RFC 99: preamble 0b01_000101, version of the
 * extensions, their values in order, the call).
 */
import { concat, type Call } from '@core-terminal/kit';
import type { ApiPromise } from '@polkadot/api';
import { compactToU8a, u8aToHex } from '@polkadot/util';
import { rpc } from './rpc.js';

const PREAMBLE = 0x45;
const EXTENSION_VERSION = 0;

/** The call with every extension at its neutral value: immortal, nonce and tip zero, no metadata hash. */
export function generalExtrinsic(api: ApiPromise, call: Call): string {
	const extensions = api.runtimeMetadata.asLatest.extrinsic as unknown as Record<string, any>;
	const listed: any[] = [...(extensions['transactionExtensions'] ?? extensions['signedExtensions'])];
	const values = listed.map((extension) => api.registry.createTypeUnsafe<any>(api.registry.createLookupType(extension.type), []).toU8a() as Uint8Array);
	const body = concat(Uint8Array.of(PREAMBLE, EXTENSION_VERSION), ...values, call.method.toU8a());
	return u8aToHex(concat(compactToU8a(body.length), body));
}

/** Hand a general transaction to a node's pool. Rejects with the pool's reason. */
export const submitGeneral = (api: ApiPromise, endpoint: string, call: Call): Promise<string> =>
	rpc(endpoint, 'author_submitExtrinsic', [generalExtrinsic(api, call)]);
