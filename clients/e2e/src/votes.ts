/** Votes as `pallet-attestation` signs them (`types.rs`: `votes_payload`). */
import { ascii, concat, hash, u32, u64, type Leaf } from '@core-terminal/kit';
import type { KeyringPair } from '@polkadot/keyring/types';
import { compactToU8a } from '@polkadot/util';
import { encodeLeaf } from './result.js';

export type Vote = 'Pass' | 'Fail' | { unavailable: number[] };

/** What a vote is about. */
export interface Subject {
	task: bigint;
	attempt: number;
	scheme: number;
	root: Uint8Array;
	committedAt: number;
}

export interface Proof {
	task: bigint;
	leaf: Leaf;
	weights: Uint8Array;
}

export interface Batch {
	/** The validator account. */
	member: Uint8Array;
	/** Its attestation key. */
	key: Uint8Array;
	sequence: bigint;
	block: number;
	statements: { subject: Subject; vote: Vote }[];
	proofs: Proof[];
}

const list = (parts: Uint8Array[]): Uint8Array => concat(compactToU8a(parts.length), ...parts);
const u8 = (value: number): Uint8Array => Uint8Array.of(value);
const u16 = (value: number): Uint8Array => Uint8Array.of(value & 0xff, value >> 8);

function encodeVote(vote: Vote): Uint8Array {
	if (vote === 'Pass') return u8(0);
	if (vote === 'Fail') return u8(1);
	return concat(u8(2), list(vote.unavailable.map(u32)));
}

const encodeStatements = ({ statements }: Batch): Uint8Array =>
	list(
		statements.map(({ subject, vote }) =>
			concat(u64(subject.task), u8(subject.attempt), u16(subject.scheme), subject.root, u32(subject.committedAt), encodeVote(vote)),
		),
	);

const encodeProofs = ({ proofs }: Batch): Uint8Array =>
	list(proofs.map(({ task, leaf, weights }) => concat(u64(task), encodeLeaf(leaf), compactToU8a(weights.length), weights)));

const encodeHead = ({ member, key, sequence, block }: Batch): Uint8Array => concat(member, key, u64(sequence), u32(block));

/** SCALE of the batch. */
export const encodeBatch = (batch: Batch): Uint8Array => concat(encodeHead(batch), encodeStatements(batch), encodeProofs(batch));

/** What the member's key signs. */
export const votesPayload = (genesis: Uint8Array, batch: Batch): Uint8Array =>
	concat(ascii('tct/votes/v1'), genesis, encodeHead(batch), encodeStatements(batch), hash(encodeProofs(batch)));

export const signBatch = (genesis: Uint8Array, batch: Batch, signer: KeyringPair): Uint8Array => signer.sign(votesPayload(genesis, batch));

/** SCALE of `SignedVotes`: what a reporter of a double vote shows. */
export const encodeSignedVotes = (batch: Batch, signature: Uint8Array): Uint8Array =>
	concat(encodeHead(batch), encodeStatements(batch), hash(encodeProofs(batch)), signature);
