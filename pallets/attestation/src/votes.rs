//! Batches of votes: what is checked before one is taken, and its Fails. Writes the `Ballots` of these,
//! and the `sequence` of `Records`.
//!
//! A batch that is taken waits for the tally (see `tally`), where its Passes and Unavailables are heard:
//! taking it costs three writes, however many votes it holds. A Fail is executed at once, and its proof
//! weighed by itself.
//!
//! Order of checks: length, membership, sequence, room, one signature, state of each vote. Whatever is
//! refused is refused before the next dearer check.

use crate::{
	lifecycle::Step,
	tally::{has_room, names_leaves, seat_of, speaks_of},
	types::{
		votes_payload, AuthoritySignature, Ballot, Ballots as BallotsOf, Batch, FaultProof,
		Outcome, Statement, Task, MAX_WAITING, MAX_WEIGHTS,
	},
	Ballots, Committees, Config, Error, Event, Pallet, Params, Queue, Records, Tasks, WeightInfo,
};
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::{
	ensure, pallet_prelude::*, storage::with_storage_layer, traits::Get, weights::Weight,
};
use sp_application_crypto::RuntimeAppPublic;
use terminal_gpu_proof::{layered::Plan, merkle::MAX_DEPTH, result::Leaf};
use terminal_primitives::{BlockNumber, TaskId};

/// Why a batch is refused. The number is the code of `InvalidTransaction::Custom`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum BatchError {
	/// No statement, or a proof with impossible lengths.
	Malformed = 1,
	/// Its block is in the future or too long ago: build it anew.
	WrongBlock = 2,
	/// The member has no bond, is ejected, or the key is none of its session keys.
	NotAMember = 3,
	/// The sequence is not above the last one: build it anew with a greater one.
	OldSequence = 4,
	/// The signature does not fit.
	BadSignature = 5,
	/// No vote in it counts (any more), or it waits already: nothing to do.
	NoLiveVote = 6,
	/// As many batches wait as may: send it again in the next block.
	TooManyWaiting = 7,
}

impl From<BatchError> for TransactionValidityError {
	fn from(error: BatchError) -> Self {
		let invalid = match error {
			BatchError::OldSequence => InvalidTransaction::Stale,
			BatchError::BadSignature => InvalidTransaction::BadProof,
			BatchError::Malformed
			| BatchError::WrongBlock
			| BatchError::NotAMember
			| BatchError::NoLiveVote
			| BatchError::TooManyWaiting => InvalidTransaction::Custom(error as u8),
		};
		invalid.into()
	}
}

impl<T: Config> From<BatchError> for Error<T> {
	fn from(error: BatchError) -> Self {
		match error {
			BatchError::Malformed => Error::BatchMalformed,
			BatchError::WrongBlock => Error::BatchWrongBlock,
			BatchError::NotAMember => Error::NotAMember,
			BatchError::OldSequence => Error::BatchOldSequence,
			BatchError::BadSignature => Error::BadSignature,
			BatchError::NoLiveVote => Error::NoLiveVote,
			BatchError::TooManyWaiting => Error::TooManyWaiting,
		}
	}
}

/// A vote that counts, with all that was read to see it.
struct Live<AccountId> {
	task: Task<AccountId>,
	ballots: BallotsOf,
	seat: u8,
}

/// Whether a proof's lengths are possible. Cheap.
pub fn proof_fits(proof: &FaultProof) -> bool {
	let limit = MAX_WEIGHTS as usize;
	proof.leaf.input.len() <= limit
		&& proof.leaf.output.len() <= limit
		&& proof.leaf.input_path.len() <= MAX_DEPTH
		&& proof.leaf.output_path.len() <= MAX_DEPTH
}

/// KiB of fault proofs in a batch, rounded up: what its weight grows with.
pub fn proof_kib<AccountId>(batch: &Batch<AccountId>) -> u32 {
	let sizes = batch.proofs.iter().map(proof_bytes);
	kib(sizes.fold(0, usize::saturating_add))
}

fn proof_bytes(proof: &FaultProof) -> usize {
	leaf_bytes(&proof.leaf).saturating_add(proof.evidence.len())
}

/// Bytes of a leaf's input, output and paths.
pub fn leaf_bytes(leaf: &Leaf) -> usize {
	let hashes = leaf.input_path.len().saturating_add(leaf.output_path.len());
	leaf.input
		.len()
		.saturating_add(leaf.output.len())
		.saturating_add(hashes.saturating_mul(32))
}

/// Bytes in KiB, rounded up.
pub fn kib(bytes: usize) -> u32 {
	u32::try_from(bytes.div_ceil(1024)).unwrap_or(u32::MAX)
}

impl<T: Config> Pallet<T> {
	/// Everything that must hold of a batch before it may change anything. Returns how many votes
	/// it looked at to find one that counts.
	pub(crate) fn check_batch(
		batch: &Batch<T::AccountId>,
		signature: &AuthoritySignature,
	) -> Result<u32, BatchError> {
		ensure!(!batch.statements.is_empty(), BatchError::Malformed);
		ensure!(batch.proofs.iter().all(proof_fits), BatchError::Malformed);
		let now = crate::now_block::<T>();
		let age = now.checked_sub(batch.block).ok_or(BatchError::WrongBlock)?;
		ensure!(
			age <= Params::<T>::get().batch_longevity_blocks,
			BatchError::WrongBlock
		);
		let record = Records::<T>::get(&batch.member).ok_or(BatchError::NotAMember)?;
		ensure!(record.ejected_until <= now, BatchError::NotAMember);
		ensure!(record.keys.contains(&batch.key), BatchError::NotAMember);
		ensure!(batch.sequence > record.sequence, BatchError::OldSequence);
		let places = Queue::<T>::get();
		let waiting = record.waiting.into_iter();
		let own: Vec<_> = waiting.filter(|place| *place >= places.first).collect();
		ensure!(has_room(own.len(), places), BatchError::TooManyWaiting);
		let payload = votes_payload(&Self::genesis(), batch);
		ensure!(
			batch.key.verify(&payload, signature),
			BatchError::BadSignature
		);
		let own = Self::waiting_tasks(&own);
		let mut statements = batch.statements.iter();
		let first = statements.position(|vote| Self::is_live(batch, vote, now, &own));
		let skipped = first.ok_or(BatchError::NoLiveVote)?;
		Ok(u32::try_from(skipped).unwrap_or(u32::MAX).saturating_add(1))
	}

	/// The authorization of `submit_votes`, and the weight that it did not take.
	pub(crate) fn authorize_votes(
		batch: &Batch<T::AccountId>,
		signature: &AuthoritySignature,
	) -> Result<(ValidTransaction, Weight), TransactionValidityError> {
		let looked = Self::check_batch(batch, signature)?;
		let taken = weight_of_looking::<T>(batch, looked);
		let unspent = weight_of_check::<T>(batch).saturating_sub(taken);
		let longevity = Params::<T>::get().batch_longevity_blocks;
		// A batch built later replaces the same sequence built earlier.
		let priority = (1u64 << 62).saturating_add(u64::from(batch.block));
		let valid = ValidTransaction::with_tag_prefix("TerminalVotes")
			.priority(priority)
			.and_provides((&batch.member, batch.sequence))
			.longevity(u64::from(longevity))
			.propagate(true)
			.build()?;
		Ok((valid, unspent))
	}

	/// Take a checked batch: its Fails are executed, the rest waits. Never fails: a replay must stay
	/// impossible. Returns what it weighs.
	pub(crate) fn do_submit_votes(batch: Batch<T::AccountId>) -> Weight {
		let own = Self::waiting_tasks_if_fails(&batch);
		let place = Self::let_wait(&batch);
		let first = Queue::<T>::get().first;
		Records::<T>::mutate(&batch.member, |record| {
			if let Some(record) = record {
				record.sequence = batch.sequence;
				record.waiting.retain(|heard| *heard >= first);
				if place.is_some_and(|place| record.waiting.try_push(place).is_err()) {
					log::error!(target: crate::LOG_TARGET, "more batches wait than were let in");
				}
			}
		});
		let mut weight = weight_of_taking::<T>(&batch);
		let now = crate::now_block::<T>();
		for vote in &batch.statements {
			if vote.outcome != Outcome::Fail {
				continue;
			}
			let Some(live) = Self::live(&batch, vote, now, &own) else {
				continue;
			};
			if let Err(error) = with_storage_layer(|| Self::execute(&batch, vote, live)) {
				// A verdict was tried, and undone.
				log::warn!(
					target: crate::LOG_TARGET,
					"vote of {:?} on {:?} not entered: {error:?}", batch.member, vote.task,
				);
			}
			weight = weight.saturating_add(weight_of_fail::<T>(&batch, vote));
		}
		let votes = count(&batch);
		let Batch {
			member, sequence, ..
		} = batch;
		Self::deposit_event(Event::VotesSubmitted {
			member,
			sequence,
			votes,
		});
		weight
	}

	/// The tasks on which the member's votes wait; of a batch without a Fail nobody asks any more.
	fn waiting_tasks_if_fails(batch: &Batch<T::AccountId>) -> BTreeSet<TaskId> {
		let mut votes = batch.statements.iter();
		if votes.any(|vote| vote.outcome == Outcome::Fail) {
			Self::waiting_tasks(&Self::places_of(&batch.member))
		} else {
			BTreeSet::new()
		}
	}

	/// Whether a vote counts now, where votes on the tasks of `own` wait.
	pub(crate) fn is_live(
		batch: &Batch<T::AccountId>,
		vote: &Statement,
		now: BlockNumber,
		own: &BTreeSet<TaskId>,
	) -> bool {
		Self::live(batch, vote, now, own).is_some()
	}

	/// As [`Self::is_live`], with what was read.
	fn live(
		batch: &Batch<T::AccountId>,
		vote: &Statement,
		now: BlockNumber,
		own: &BTreeSet<TaskId>,
	) -> Option<Live<T::AccountId>> {
		if own.contains(&vote.task) {
			return None;
		}
		let task = Tasks::<T>::get(vote.task)?;
		if !speaks_of(vote, &task, now) || !Self::outcome_fits(batch, vote, &task) {
			return None;
		}
		let committee = Committees::<T>::get(vote.task, vote.attempt)?;
		let seat = seat_of(&committee, &batch.member, &batch.key)?;
		let ballots = Ballots::<T>::get(vote.task, vote.attempt);
		let voted = ballots.of(seat.into()).is_some();
		(!voted).then_some(Live {
			task,
			ballots,
			seat,
		})
	}

	fn outcome_fits(
		batch: &Batch<T::AccountId>,
		vote: &Statement,
		task: &Task<T::AccountId>,
	) -> bool {
		match &vote.outcome {
			Outcome::Pass => true,
			Outcome::Fail => {
				// Beside another vote on the same task it would be heard first, though it came later.
				let others = batch
					.statements
					.iter()
					.filter(|other| other.task == vote.task);
				others.count() == 1
					&& proof_for(batch, vote.task)
						.is_some_and(|proof| Self::job_of(task).fits(&proof.leaf))
			},
			Outcome::Unavailable(named) => names_leaves(named, task),
		}
	}

	/// Execute the proof of a live Fail.
	fn execute(
		batch: &Batch<T::AccountId>,
		vote: &Statement,
		live: Live<T::AccountId>,
	) -> Result<(), DispatchError> {
		let Live {
			mut task,
			mut ballots,
			seat,
		} = live;
		let id = vote.task;
		let mut record = |ballot| {
			let entered = ballots.enter(seat, ballot, &[]);
			entered.map_err(|()| Error::<T>::NotAMember)?;
			Ballots::<T>::insert(id, vote.attempt, &ballots);
			Ok::<_, DispatchError>(())
		};
		let proof = proof_for(batch, id).ok_or(Error::<T>::BatchMalformed)?;
		match Self::check_fault(&task, &proof.leaf, &proof.evidence) {
			Ok(()) => {
				record(Ballot::Fail)?;
				let index = proof.leaf.index;
				Self::refute(id, &mut task, index, Some(batch.member.clone()))
			},
			// The vote is used up, or a bad proof could be sent for ever without a fee.
			Err(error) => {
				log::debug!(target: crate::LOG_TARGET, "fault not proven: {error:?}");
				record(Ballot::Unproven)?;
				let member = batch.member.clone();
				Self::deposit_event(Event::FailUnproven { task: id, member });
				Ok(())
			},
		}
	}
}

/// Where so many votes of a committee with so many seats take its task, if they decide: a quorum of
/// Pass at once, or so many Unavailable that no quorum is left when the votes end.
pub fn decides(seats: u32, quorum: u32, pass: u32, unavailable: u32) -> Option<Step> {
	if pass >= quorum {
		Some(Step::Quorum)
	} else if unavailable > seats.saturating_sub(quorum) {
		Some(Step::Doubt)
	} else {
		None
	}
}

fn proof_for<AccountId>(batch: &Batch<AccountId>, task: TaskId) -> Option<&FaultProof> {
	batch.proofs.iter().find(|proof| proof.task == task)
}

/// The weight of a batch each of whose proofs is executed.
pub fn weight_of<T: Config>(batch: &Batch<T::AccountId>) -> Weight {
	let votes = batch.statements.iter();
	votes.fold(weight_of_taking::<T>(batch), |weight, vote| {
		weight.saturating_add(weight_of_fail::<T>(batch, vote))
	})
}

/// The weight of a batch none of whose proofs is executed.
fn weight_of_taking<T: Config>(batch: &Batch<T::AccountId>) -> Weight {
	T::WeightInfo::submit_votes(count(batch))
}

/// What a vote weighs besides: of a Fail, that its proof is executed, whatever it proves, that it is
/// looked at beside the member's votes that wait, and its ballot.
fn weight_of_fail<T: Config>(batch: &Batch<T::AccountId>, vote: &Statement) -> Weight {
	let proof = match vote.outcome {
		Outcome::Pass | Outcome::Unavailable(_) => None,
		Outcome::Fail => proof_for(batch, vote.task),
	};
	let executed = |proof: &FaultProof| {
		weight_of_proof::<T>(&proof.leaf, &proof.evidence)
			.saturating_add(T::WeightInfo::look_at_vote())
			.saturating_add(T::DbWeight::get().reads_writes(u64::from(MAX_WAITING), 1))
	};
	proof.map(executed).unwrap_or_default()
}

fn count<AccountId>(batch: &Batch<AccountId>) -> u32 {
	u32::try_from(batch.statements.len()).unwrap_or(u32::MAX)
}

/// The weight of a fault proof. The bytes do not say by which scheme they are read: whole weights are
/// paid for by their length, a piece by the dearest that there may be.
pub fn weight_of_proof<T: Config>(leaf: &Leaf, evidence: &[u8]) -> Weight {
	let length = kib(leaf_bytes(leaf).saturating_add(evidence.len()));
	T::WeightInfo::prove_fault(length).saturating_add(T::WeightInfo::check_piece())
}

/// The weight of an answer to a data challenge: of one leaf with the weights, and of executing them
/// on each further one. A layered network's leaves weigh by the work that its header states.
pub fn weight_of_leaves<T: Config>(leaves: &[Leaf], weights: &[u8]) -> Weight {
	let longest = leaves.iter().map(leaf_bytes).max().unwrap_or_default();
	let each = kib(longest.saturating_add(weights.len()));
	let further = u64::try_from(leaves.len())
		.unwrap_or(u64::MAX)
		.saturating_sub(1);
	let length = u32::try_from(weights.len()).unwrap_or(u32::MAX);
	let layered = Plan::parse(weights, length).map_or(Weight::zero(), |plan| {
		let kilowork = u32::try_from(plan.work().div_ceil(1024)).unwrap_or(u32::MAX);
		T::WeightInfo::check_layered_leaf(kilowork)
	});
	T::WeightInfo::answer_data_challenge(each)
		.saturating_add(layered)
		.saturating_add(
			T::WeightInfo::check_leaf(each)
				.saturating_add(layered)
				.saturating_mul(further),
		)
}

/// The weight of checking a batch of which only the last vote counts, or none.
pub fn weight_of_check<T: Config>(batch: &Batch<T::AccountId>) -> Weight {
	weight_of_looking::<T>(batch, count(batch))
}

/// The weight of checking a batch where so many votes had to be looked at.
pub fn weight_of_looking<T: Config>(batch: &Batch<T::AccountId>, looked: u32) -> Weight {
	let further = u64::from(looked.saturating_sub(1));
	T::WeightInfo::authorize_submit_votes(count(batch), proof_kib(batch))
		.saturating_add(T::WeightInfo::look_at_vote().saturating_mul(further))
}
