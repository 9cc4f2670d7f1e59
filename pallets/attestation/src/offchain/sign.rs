//! What the member's key signs: requests for evidence, and batches of votes.

use super::{error::WorkerError, slip::SlipKey, LOG_TARGET};
use crate::{
	types::{
		evidence_payload, votes_payload, AuthoritySignature, Batch, FaultProof, Member, Statement,
		MAX_PROOFS, MAX_STATEMENTS,
	},
	Call, Config, Pallet,
};
use alloc::{format, string::String, vec::Vec};
use codec::Encode;
use frame_support::BoundedVec;
use frame_system::offchain::SubmitTransaction;
use sp_application_crypto::RuntimeAppPublic;
use sp_core::hexdisplay::HexDisplay;
use sp_runtime::offchain::storage::StorageValueRef;
use terminal_primitives::{BlockNumber, Digest, LeaseId};

const SEQUENCE: &[u8] = b"terminal/sequence/";
/// Attempts at the sequence counter that other threads interfere with.
const SWAPS: u32 = 8;

/// A vote that the slip allows, ready to be sent.
pub struct Vote<AccountId> {
	/// Who votes.
	pub member: Member<AccountId>,
	/// What is said.
	pub statement: Statement,
	/// With a Fail, its proof.
	pub proof: Option<FaultProof>,
	/// Where the slip lies.
	pub slip: SlipKey,
}

/// The headers that show a host which member asks, so that it can refuse strangers.
pub fn evidence_headers<AccountId: Encode>(
	genesis: &Digest,
	lease: LeaseId,
	member: &Member<AccountId>,
	now: BlockNumber,
) -> Result<Vec<(&'static str, String)>, WorkerError> {
	let payload = evidence_payload(genesis, lease, &member.account, now);
	let signature = member.key.sign(&payload).ok_or(WorkerError::KeyGone)?;
	Ok(Vec::from([
		("x-terminal-member", hex(&member.account)),
		("x-terminal-key", hex(&member.key)),
		("x-terminal-block", format!("{now}")),
		("x-terminal-signature", hex(&signature)),
	]))
}

fn hex(value: &impl Encode) -> String {
	format!("{}", HexDisplay::from(&value.encode()))
}

/// Send votes: one batch per member, more where it takes more.
pub fn send<T: Config>(genesis: &Digest, mut votes: Vec<Vote<T::AccountId>>, now: BlockNumber) {
	while let Some(first) = votes.first() {
		let member = first.member.clone();
		let (batch, rest) = take_batch(votes, &member);
		votes = rest;
		match send_batch::<T>(genesis, &member, &batch, now) {
			Ok(()) => note_sent(&batch, now),
			Err(error) => {
				log::warn!(target: LOG_TARGET, "{} votes not sent: {error}", batch.len())
			},
		}
	}
}

fn note_sent<AccountId>(batch: &[Vote<AccountId>], now: BlockNumber) {
	for vote in batch {
		if let Err(error) = vote.slip.note_sent(now) {
			log::warn!(target: LOG_TARGET, "A sent vote could not be noted: {error}");
		}
	}
}

/// Split off what fits into one batch of `member`.
fn take_batch<AccountId: PartialEq>(
	votes: Vec<Vote<AccountId>>,
	member: &Member<AccountId>,
) -> (Vec<Vote<AccountId>>, Vec<Vote<AccountId>>) {
	let (mut batch, mut rest, mut proofs) = (Vec::new(), Vec::new(), 0u32);
	for vote in votes {
		let with_it = proofs.saturating_add(u32::from(vote.proof.is_some()));
		let fits = vote.member == *member
			&& batch.len() < MAX_STATEMENTS as usize
			&& with_it <= MAX_PROOFS;
		if fits {
			proofs = with_it;
			batch.push(vote);
		} else {
			rest.push(vote);
		}
	}
	(batch, rest)
}

fn send_batch<T: Config>(
	genesis: &Digest,
	member: &Member<T::AccountId>,
	votes: &[Vote<T::AccountId>],
	now: BlockNumber,
) -> Result<(), WorkerError> {
	let statements = votes.iter().map(|vote| vote.statement.clone()).collect();
	let proofs = votes.iter().filter_map(|vote| vote.proof.clone()).collect();
	let batch = Batch {
		member: member.account.clone(),
		key: member.key.clone(),
		sequence: next_sequence::<T>(member)?,
		block: now,
		statements: BoundedVec::truncate_from(statements),
		proofs: BoundedVec::truncate_from(proofs),
	};
	let payload = votes_payload(genesis, &batch);
	let signature: AuthoritySignature = member.key.sign(&payload).ok_or(WorkerError::KeyGone)?;
	let call = Call::<T>::submit_votes { batch, signature };
	let transaction = T::create_authorized_transaction(call.into());
	SubmitTransaction::<T, Call<T>>::submit_transaction(transaction).map_err(|()| WorkerError::Pool)
}

/// Greater than every sequence that the chain or this node has seen of the member's key.
fn next_sequence<T: Config>(member: &Member<T::AccountId>) -> Result<u64, WorkerError> {
	let on_chain = Pallet::<T>::next_sequence(&member.account);
	let key = [SEQUENCE, &member.account.encode()].concat();
	let counter = StorageValueRef::persistent(&key);
	for _ in 0..SWAPS {
		let next = counter.mutate::<u64, (), _>(|found| {
			let here = found.ok().flatten().unwrap_or(0).saturating_add(1);
			Ok(here.max(on_chain))
		});
		if let Ok(sequence) = next {
			return Ok(sequence);
		}
	}
	Err(WorkerError::Storage)
}
