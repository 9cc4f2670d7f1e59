//! The vote slip: what this node has found and signed on one commitment in one attempt.
//!
//! It is written before anything is signed, by compare-and-swap, so that no reorganisation, restart
//! or second thread makes a key sign Pass *and* Fail. Deleting the off-chain database, or running
//! two nodes with one key, takes this protection away: docs/OPERATING says so to validators.
//!
//! ```text
//!             Unavailable (too few tries: only counted)
//!              ┌──┐
//!  (nothing) ──┴──┴──► Unavailable ──► Pass | Fail      never Pass ◄─► Fail
//!      └───────────────────────────────────▲
//! ```

use super::{error::WorkerError, look::Finding};
use crate::types::{FaultProof, Indices, Outcome, Statement, MAX_NAMED};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use sp_core::offchain::{StorageKind, Timestamp};
use sp_runtime::offchain::storage::StorageValueRef;
use terminal_gpu_proof::hash::blake2_256;
use terminal_primitives::{BlockNumber, Digest};

/// Looks that end in Unavailable before that is voted, if the window leaves time for them.
pub const MIN_TRIES: u8 = 2;
/// Blocks from one look to the next.
pub const RETRY_BLOCKS: BlockNumber = 2;
/// With so few blocks left, the last finding is voted.
pub const LAST_CALL_BLOCKS: BlockNumber = 2;
/// Blocks after which a vote that did not appear on chain is sent again.
pub const RESEND_BLOCKS: BlockNumber = 3;
/// Milliseconds for which a run owns a task: longer than a run, shorter than the next retry.
pub const CLAIM_MS: u64 = 6_000;
/// Slips kept. The oldest is forgotten when one more is made.
const KEPT: u64 = 16_384;
const DOMAIN: &[u8] = b"terminal/slip/v1";
const PROOF_SUFFIX: &[u8] = b"/proof";
const JOURNAL: &[u8] = b"terminal/slip/journal";
/// Attempts at a compare-and-swap that other threads interfere with.
const SWAPS: u32 = 8;

/// A finding that may be signed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Decision {
	/// All correct.
	Pass,
	/// A leaf is wrong; its proof lies beside the slip.
	Fail,
	/// These could not be had.
	Unavailable(Indices<MAX_NAMED>),
}

impl From<Decision> for Outcome {
	fn from(decision: Decision) -> Self {
		match decision {
			Decision::Pass => Self::Pass,
			Decision::Fail => Self::Fail,
			Decision::Unavailable(named) => Self::Unavailable(named),
		}
	}
}

/// Who works on a task, and until when.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Claim {
	/// The run.
	pub run: u64,
	/// Milliseconds since the Unix epoch.
	pub until_ms: u64,
}

/// What is remembered of one commitment in one attempt.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Slip {
	/// What may be signed, once something may.
	pub decision: Option<Decision>,
	/// Blake2b-256 of the public sample that was looked at: another fork may draw another.
	pub sample: Digest,
	/// Looks that ended in Unavailable.
	pub tries: u8,
	/// The block of the last of them.
	pub tried_at: BlockNumber,
	/// The block in which a batch with it was last sent.
	pub sent_at: Option<BlockNumber>,
	/// The run that works on it.
	pub claim: Option<Claim>,
	/// Which of the machine's hosts the last look began with, counted round and round.
	pub turn: Option<u8>,
}

/// What to do about a task in this run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Plan {
	/// Nothing now.
	Rest,
	/// Ask the host.
	Look,
	/// Send again what was decided.
	Resend(Decision),
}

/// What follows from a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Conclusion {
	/// Sign and send this.
	Vote(Decision),
	/// Look again in a later block.
	Later,
}

impl Slip {
	/// What to do in block `now`, votes being taken up to block `until`. Pure.
	pub fn plan(&self, sample: &Digest, now: BlockNumber, until: BlockNumber) -> Plan {
		if now >= until {
			return Plan::Rest;
		}
		let recently = |at: BlockNumber, blocks: BlockNumber| now < at.saturating_add(blocks);
		match (&self.decision, self.sent_at) {
			(Some(_), Some(at)) if recently(at, RESEND_BLOCKS) => Plan::Rest,
			(Some(decided @ (Decision::Pass | Decision::Fail)), _) if self.sample == *sample => {
				Plan::Resend(decided.clone())
			},
			(Some(_), _) => Plan::Look,
			(None, _) if self.tries > 0 && recently(self.tried_at, RETRY_BLOCKS) => Plan::Rest,
			(None, _) => Plan::Look,
		}
	}

	/// Enter a finding. Pass and Fail never replace each other. Pure.
	pub fn conclude(
		&mut self,
		found: Decision,
		sample: &Digest,
		now: BlockNumber,
		until: BlockNumber,
	) -> Result<Conclusion, WorkerError> {
		match (&self.decision, &found) {
			(Some(Decision::Pass), Decision::Fail) | (Some(Decision::Fail), Decision::Pass) => {
				return Err(WorkerError::Contradiction)
			},
			// Signed already, and now not even visible: another sample would be vouched for unseen.
			(Some(Decision::Pass | Decision::Fail), Decision::Unavailable(_)) => {
				return Ok(Conclusion::Later)
			},
			(None, Decision::Unavailable(_)) => {
				self.tries = self.tries.saturating_add(1);
				self.tried_at = now;
				let last_call = until.saturating_sub(now) <= LAST_CALL_BLOCKS;
				if self.tries < MIN_TRIES && !last_call {
					return Ok(Conclusion::Later);
				}
			},
			(None | Some(Decision::Unavailable(_)), _)
			| (Some(Decision::Pass), Decision::Pass)
			| (Some(Decision::Fail), Decision::Fail) => (),
		}
		self.sample = *sample;
		self.decision = Some(found.clone());
		Ok(Conclusion::Vote(found))
	}

	/// Whether another run than `run` works on it at `now`. A claim from the far future (the clock
	/// was set back) does not count.
	fn claimed_by_another(&self, run: u64, now: Timestamp) -> bool {
		let now = now.unix_millis();
		self.claim.is_some_and(|claim| {
			claim.run != run
				&& claim.until_ms > now
				&& claim.until_ms <= now.saturating_add(CLAIM_MS)
		})
	}
}

/// Where a slip lies: one per key, commitment and attempt.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SlipKey(Vec<u8>);

impl SlipKey {
	/// The key of what `statement` speaks of, for the attestation key `key`.
	pub fn new(genesis: &Digest, key: &[u8], statement: &Statement) -> Self {
		let Statement {
			task,
			attempt,
			scheme,
			root,
			committed_at,
			outcome: _,
		} = statement;
		let subject = (task, attempt, scheme, root, committed_at).encode();
		let digest = blake2_256(&[DOMAIN, genesis, key, &subject]);
		Self([DOMAIN, &digest].concat())
	}

	/// The key in the database.
	#[cfg(test)]
	pub fn raw(&self) -> &[u8] {
		&self.0
	}

	fn proof_key(&self) -> Vec<u8> {
		[&self.0, PROOF_SUFFIX].concat()
	}

	/// The slip, an empty one if there is none.
	pub fn read(&self) -> Result<Slip, WorkerError> {
		let slip = StorageValueRef::persistent(&self.0).get::<Slip>();
		slip.map(Option::unwrap_or_default)
			.map_err(|_| WorkerError::Storage)
	}

	/// Take the task for `run`, and turn to the next host. Fails while another run has it.
	pub fn claim(&self, run: u64, now: Timestamp) -> Result<Slip, WorkerError> {
		let until_ms = now.unix_millis().saturating_add(CLAIM_MS);
		let (slip, is_new) = self.swap(|slip| {
			if slip.claimed_by_another(run, now) {
				return Err(WorkerError::Claimed);
			}
			slip.claim = Some(Claim { run, until_ms });
			slip.turn = Some(
				slip.turn
					.map_or(self.draw(run), |last| last.wrapping_add(1)),
			);
			Ok(())
		})?;
		if is_new {
			self.enter_in_journal();
		}
		Ok(slip)
	}

	/// Where the first look begins: nobody outside `run` knows, and tasks differ.
	fn draw(&self, run: u64) -> u8 {
		let [low, ..] = run.to_le_bytes();
		let own = self.0.last().copied().unwrap_or_default();
		low.wrapping_add(own)
	}

	/// Change the slip of a task that `run` has claimed, and give the task back.
	pub fn settle<R>(
		&self,
		run: u64,
		change: impl FnOnce(&mut Slip) -> Result<R, WorkerError>,
	) -> Result<R, WorkerError> {
		// Once only: while the claim is ours nobody else may write.
		let storage = StorageValueRef::persistent(&self.0);
		let mut outcome = Err(WorkerError::Storage);
		let swapped = storage.mutate::<Slip, WorkerError, _>(|found| {
			let mut slip = found.ok().flatten().ok_or(WorkerError::Storage)?;
			if slip.claim.map(|claim| claim.run) != Some(run) {
				return Err(WorkerError::Claimed);
			}
			slip.claim = None;
			outcome = change(&mut slip);
			Ok(slip)
		});
		match swapped {
			Ok(_) => outcome,
			Err(sp_runtime::offchain::storage::MutateStorageError::ValueFunctionFailed(error)) => {
				Err(error)
			},
			Err(_) => Err(WorkerError::Claimed),
		}
	}

	/// Note that a batch with it was sent in block `now`.
	pub fn note_sent(&self, now: BlockNumber) -> Result<(), WorkerError> {
		self.swap(|slip| {
			slip.sent_at = Some(now);
			Ok(())
		})
		.map(drop)
	}

	/// Keep a proof for sending it again. Before the slip says Fail.
	pub fn keep_proof(&self, proof: &FaultProof) {
		StorageValueRef::persistent(&self.proof_key()).set(proof);
	}

	/// The proof that was kept.
	pub fn proof(&self) -> Option<FaultProof> {
		StorageValueRef::persistent(&self.proof_key())
			.get()
			.ok()
			.flatten()
	}

	/// Compare-and-swap until it succeeds. Returns the new slip, and whether there was none before.
	fn swap(
		&self,
		mut change: impl FnMut(&mut Slip) -> Result<(), WorkerError>,
	) -> Result<(Slip, bool), WorkerError> {
		use sp_runtime::offchain::storage::MutateStorageError::*;
		for _ in 0..SWAPS {
			let mut is_new = false;
			let swapped = StorageValueRef::persistent(&self.0).mutate(|found| {
				// Garbage stays garbage: a lost slip must not become permission to sign again.
				let found: Option<Slip> = found.map_err(|_| WorkerError::Storage)?;
				is_new = found.is_none();
				let mut slip = found.unwrap_or_default();
				change(&mut slip).map(|()| slip)
			});
			match swapped {
				Ok(slip) => return Ok((slip, is_new)),
				Err(ValueFunctionFailed(error)) => return Err(error),
				Err(ConcurrentModification(_)) => continue,
			}
		}
		Err(WorkerError::Storage)
	}

	/// Enter a new slip in the ring of kept ones; forget the one whose place it takes.
	fn enter_in_journal(&self) {
		let counter = StorageValueRef::persistent(JOURNAL);
		let number = (0..SWAPS).find_map(|_| {
			let next = counter.mutate::<u64, (), _>(|found| {
				Ok(found.ok().flatten().unwrap_or(0).wrapping_add(1))
			});
			next.ok()
		});
		let Some(place) = number.and_then(|number| number.checked_rem(KEPT)) else {
			return;
		};
		let place_key = [JOURNAL, &place.to_le_bytes()].concat();
		let mut place = StorageValueRef::persistent(&place_key);
		if let Ok(Some(old)) = place.get::<Vec<u8>>() {
			let old = Self(old);
			for key in [old.proof_key(), old.0] {
				sp_io::offchain::local_storage_clear(StorageKind::PERSISTENT, &key);
			}
		}
		place.clear();
		place.set(&self.0);
	}
}

impl From<&Finding> for Decision {
	fn from(finding: &Finding) -> Self {
		match finding {
			Finding::Pass => Self::Pass,
			Finding::Fail(_) => Self::Fail,
			Finding::Unavailable(named) => Self::Unavailable(named.clone()),
		}
	}
}

/// How a slip remembers a public sample.
pub fn sample_digest(sample: &[u32]) -> Digest {
	blake2_256(&[DOMAIN, &sample.encode()])
}
