//! What attestation keys sign, byte for byte.

use crate::types::{
	AuthorityId, AuthoritySignature, Batch, SignedVotes, Statement, MAX_STATEMENTS,
};
use alloc::vec::Vec;
use codec::Encode;
use frame_support::{traits::ConstU32, BoundedVec};
use terminal_gpu_proof::evidence;
use terminal_primitives::{BlockNumber, Digest, LeaseId};

/// Prefix of what a member signs with its votes.
pub const VOTES_DOMAIN: &[u8] = b"tct/votes/v1";
/// Prefix of what a member signs when it asks a host for evidence.
pub const EVIDENCE_DOMAIN: &[u8] = evidence::DOMAIN;

impl<AccountId: Encode + Clone> SignedVotes<AccountId> {
	/// What `signature` signs.
	pub fn payload(&self, genesis: &Digest) -> Vec<u8> {
		votes_message(
			genesis,
			&self.member,
			&self.key,
			self.sequence,
			self.block,
			&self.statements,
			&self.proofs_hash,
		)
	}

	/// A batch and its signature, without the proofs.
	pub fn of(batch: &Batch<AccountId>, signature: AuthoritySignature) -> Self {
		Self {
			member: batch.member.clone(),
			key: batch.key.clone(),
			sequence: batch.sequence,
			block: batch.block,
			statements: batch.statements.clone(),
			proofs_hash: proofs_hash(batch),
			signature,
		}
	}
}

fn proofs_hash<AccountId>(batch: &Batch<AccountId>) -> Digest {
	terminal_gpu_proof::hash::blake2_256(&[&batch.proofs.encode()])
}

fn votes_message<AccountId: Encode>(
	genesis: &Digest,
	member: &AccountId,
	key: &AuthorityId,
	sequence: u64,
	block: BlockNumber,
	statements: &BoundedVec<Statement, ConstU32<MAX_STATEMENTS>>,
	proofs_hash: &Digest,
) -> Vec<u8> {
	let mut message = VOTES_DOMAIN.to_vec();
	(
		genesis,
		member,
		key,
		sequence,
		block,
		statements,
		proofs_hash,
	)
		.encode_to(&mut message);
	message
}

/// What the member's key signs: `"tct/votes/v1"` and then, SCALE-encoded, (genesis hash, member,
/// key, sequence, block, statements, Blake2b-256 of the encoded proofs).
pub fn votes_payload<AccountId: Encode>(genesis: &Digest, batch: &Batch<AccountId>) -> Vec<u8> {
	votes_message(
		genesis,
		&batch.member,
		&batch.key,
		batch.sequence,
		batch.block,
		&batch.statements,
		&proofs_hash(batch),
	)
}

/// What the member's key signs to fetch evidence: see [`evidence`].
pub fn evidence_payload<AccountId: Encode>(
	genesis: &Digest,
	lease: LeaseId,
	member: &AccountId,
	block: BlockNumber,
) -> Vec<u8> {
	evidence::message(genesis, lease.0, &member.encode(), block)
}
