/** Receipts: the tenant key of a metered lease signs how many milliseconds of service it has had. */
import type { KeyringPair } from '@polkadot/keyring/types';
import { ascii, concat, u32, u64 } from './bytes.js';

/** What a receipt's signature is over: framed as wallets frame what they sign, so that `signRaw` changes nothing about it. */
export const receiptMessage = (genesis: Uint8Array, lease: bigint | number, segment: number, milliseconds: bigint | number): Uint8Array =>
	concat(ascii('<Bytes>tct/receipt/v1'), genesis, u64(lease), u32(segment), u64(milliseconds), ascii('</Bytes>'));

export interface Receipt {
	segment: number;
	milliseconds: bigint;
	signature: Uint8Array;
}

export function signReceipt(tenant: KeyringPair, genesis: Uint8Array, lease: bigint | number, segment: number, milliseconds: bigint): Receipt {
	return { segment, milliseconds, signature: tenant.sign(receiptMessage(genesis, lease, segment, milliseconds)) };
}
