import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Keyring } from '@polkadot/keyring';
import type { KeypairType } from '@polkadot/util-crypto/types';
import { cryptoWaitReady, signatureVerify } from '@polkadot/util-crypto';
import { concat } from './bytes.js';
import { isVoucherSigned, signVoucher, voucherMessage } from './voucher.js';
import { hex, vectors } from './vectors.js';

await cryptoWaitReady();

const found = vectors<{ genesis: string; lease: number; voucher: { calls: number; message: string } }>('result');
const genesis = hex(found.genesis);
const KINDS: KeypairType[] = ['sr25519', 'ed25519', 'ecdsa'];
const key = (type: KeypairType, uri = '//Alice') => new Keyring({ type }).addFromUri(uri);

test('the message is that of the vectors', () => {
	assert.deepEqual(voucherMessage(genesis, found.lease, found.voucher.calls), hex(found.voucher.message));
});

test('every kind of key that an account has can sign', () => {
	for (const kind of KINDS) {
		const voucher = signVoucher(key(kind), genesis, 42, 7n);
		assert.equal(isVoucherSigned(key(kind).addressRaw, genesis, 42, voucher), true, kind);
	}
});

test('a voucher is worth nothing on another chain or lease, for other calls, or as another one’s', () => {
	const otherChain = genesis.map((byte) => byte ^ 1);
	for (const kind of KINDS) {
		const mine = key(kind).addressRaw;
		const voucher = signVoucher(key(kind), genesis, 42, 7n);
		assert.equal(isVoucherSigned(mine, otherChain, 42, voucher), false, kind);
		assert.equal(isVoucherSigned(mine, genesis, 43, voucher), false, kind);
		assert.equal(isVoucherSigned(mine, genesis, 42, { ...voucher, calls: 8n }), false, kind);
		assert.equal(isVoucherSigned(key(kind, '//Bob').addressRaw, genesis, 42, voucher), false, kind);
	}
});

test('what the chain refuses is refused, though polkadot.js takes it', () => {
	const unframed = voucherMessage(genesis, 42, 7n).slice(7, -8);
	for (const kind of KINDS) {
		const mine = key(kind);
		const voucher = { calls: 7n, signature: mine.sign(unframed, { withType: true }) };
		assert.equal(signatureVerify(voucherMessage(genesis, 42, 7n), voucher.signature, mine.addressRaw).isValid, true, kind);
		assert.equal(isVoucherSigned(mine.addressRaw, genesis, 42, voucher), false, kind);
	}
	const good = signVoucher(key('sr25519'), genesis, 42, 7n);
	const otherKind = { ...good, signature: concat(Uint8Array.of(0), good.signature.subarray(1)) };
	assert.equal(isVoucherSigned(key('sr25519').addressRaw, genesis, 42, otherKind), false);
});

test('bytes that are no signature do not throw', () => {
	const mine = key('sr25519').addressRaw;
	for (const kind of [0, 1, 2, 3, 255]) {
		for (const length of [0, 1, 63, 64, 65, 66]) {
			const signature = concat(Uint8Array.of(kind), new Uint8Array(length).fill(0xff));
			assert.equal(isVoucherSigned(mine, genesis, 42, { calls: 7n, signature }), false, `${kind}, ${length} bytes`);
		}
	}
	assert.equal(isVoucherSigned(mine, genesis, 42, { calls: 7n, signature: new Uint8Array() }), false);
});

test('an Ethereum key cannot sign one', () => {
	assert.throws(() => signVoucher(key('ethereum', `0x${'11'.repeat(32)}`), genesis, 42, 7n), /cannot sign vouchers/);
});
