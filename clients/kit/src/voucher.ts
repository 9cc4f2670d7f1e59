/** Vouchers: a consumer pays for calls by signing how many it has had in all; the highest number is what it owes. */
import type { KeyringPair } from '@polkadot/keyring/types';
import { ed25519Verify, secp256k1Verify, sr25519Verify } from '@polkadot/util-crypto';
import { ascii, concat, u64 } from './bytes.js';

/** What a voucher's signature is over: framed as wallets frame what they sign, so that `signRaw` changes nothing about it. */
export const voucherMessage = (genesis: Uint8Array, lease: bigint | number, calls: bigint | number): Uint8Array =>
	concat(ascii('<Bytes>tct/voucher/v1'), genesis, u64(lease), u64(calls), ascii('</Bytes>'));

export interface Voucher {
	/** Calls in all on this lease: cumulative, never a difference. */
	calls: bigint;
	/** A `MultiSignature`: one byte for the kind of key, then the signature. */
	signature: Uint8Array;
}

/** Owe the price of `calls` calls in all. Throws for a key of another type than ed25519, sr25519 and ECDSA (an Ethereum wallet signs another message). */
export function signVoucher(key: KeyringPair, genesis: Uint8Array, lease: bigint | number, calls: bigint): Voucher {
	if (!(key.type in KIND)) throw new Error(`a key of type ${key.type} cannot sign vouchers: use one of type ${Object.keys(KIND).join(', ')}`);
	return { calls, signature: key.sign(voucherMessage(genesis, lease, calls), { withType: true }) };
}

/** The first byte of a `MultiSignature`. */
const KIND = { ed25519: 0, sr25519: 1, ecdsa: 2 };

/**
 * Whether the account of `key` signed the voucher, as the chain verifies it; what this refuses the chain may still take (an Ethereum key's), never the other way round. Not `signatureVerify` of polkadot.js: that one also takes a
 * signature over the message without its frame, or of another kind than its first byte says, and a provider would serve calls that the chain never pays.
 */
export function isVoucherSigned(key: Uint8Array, genesis: Uint8Array, lease: bigint | number, voucher: Voucher): boolean {
	const message = voucherMessage(genesis, lease, voucher.calls);
	const signature = voucher.signature.subarray(1);
	try {
		switch (voucher.signature[0]) {
			case KIND.ed25519:
				return signature.length === 64 && ed25519Verify(message, signature, key);
			case KIND.sr25519:
				return signature.length === 64 && sr25519Verify(message, signature, key);
			case KIND.ecdsa:
				return signature.length === 65 && secp256k1Verify(message, signature, key, 'blake2');
			default:
				return false;
		}
	} catch {
		// A curve point or recovery id that is none: whoever sent it did not sign.
		return false;
	}
}
