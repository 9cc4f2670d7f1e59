/** The attestors as the chain sees them, and votes handed in with their development keys. */
import assert from 'node:assert/strict';
import { call, runtimeApi, type Call } from '@core-terminal/kit';
import type { KeyringPair } from '@polkadot/keyring/types';
import { u8aToHex } from '@polkadot/util';
import { encodeAddress } from '@polkadot/util-crypto';
import { submitGeneral } from './general.js';
import type { Stage } from './stage.js';
import { encodeBatch, signBatch, type Batch } from './votes.js';

export interface Attestor {
	account: string;
	/** Base units. */
	bond: bigint;
	/** Whether it can be drawn. */
	active: boolean;
	/** Of its last batch. */
	sequence: bigint;
}

export async function attestors(stage: Stage): Promise<Attestor[]> {
	const views: any[] = [...(await runtimeApi(stage.api, 'attestationApi', 'attestors')())];
	return views.map((view) => ({
		account: view.account.toString(),
		bond: view.bond.toBigInt(),
		active: view.active.isTrue,
		sequence: view.sequence.toBigInt(),
	}));
}

export async function attestor(stage: Stage, account: string): Promise<Attestor> {
	const found = (await attestors(stage)).find((one) => one.account === account);
	assert.ok(found, `${account} is no attestor`);
	return found;
}

/** Far above what the member's node uses. */
export const nextSequence = async (stage: Stage, member: Uint8Array): Promise<bigint> =>
	(await attestor(stage, encodeAddress(member))).sequence + 1_000n;

export const submission = (stage: Stage, batch: Batch, signature: Uint8Array, how = 'submitVotes'): Call =>
	call(stage.api, 'attestation', how, encodeBatch(batch), u8aToHex(signature));

/** Hand a batch to the first node's pool, as its member's node does. */
export const offer = (stage: Stage, batch: Batch, key: KeyringPair, signature = signBatch(stage.genesis, batch, key)): Promise<string> =>
	submitGeneral(stage.api, stage.network.endpoints[0]!, submission(stage, batch, signature));
