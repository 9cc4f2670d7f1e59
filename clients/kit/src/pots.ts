/** Accounts that belong to pallets: `"modl"` and the pallet's eight-byte id, padded with zeros. */
import { encodeAddress } from '@polkadot/util-crypto';
import { ascii, concat } from './bytes.js';

export function palletAccount(id: string, prefix = 42): string {
	const bytes = new Uint8Array(32);
	bytes.set(concat(ascii('modl'), ascii(id)));
	return encodeAddress(bytes, prefix);
}

export const pots = {
	treasury: palletAccount('tct/trsy'),
	models: palletAccount('tct/modl'),
	leases: palletAccount('tct/leas'),
	market: palletAccount('tct/mark'),
	attestation: palletAccount('tct/attn'),
};
