//! Batches of votes. Writes `Ballots`, and the `sequence` of `Records`.
//!
//! Order of checks: length, membership, sequence, one signature, state of each vote. Whatever is
//! refused is refused before the next dearer check.

use crate::{
	lifecycle::Step,
	types::{
		votes_payload, AuthoritySignature, Ballot, Batch, Cause, Committee, FaultProof, Indices,
		Outcome, Phase, Statement, Task, MAX_DISPUTED, MAX_WEIGHTS,
	},
	Ballots, Committees, Config, Error, Event, Pallet, Params, Records, Tasks, WeightInfo,
};
use frame_support::{
	dispatch::DispatchResult, ensure, pallet_prelude::*, storage::with_storage_layer,
	weights::Weight,
};
use sp_application_crypto::RuntimeAppPublic;
use terminal_gpu_proof::{merkle::MAX_DEPTH, result::Leaf};
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
	/// No vote in it counts (any more): nothing to do.
	NoLiveVote = 6,
}

impl From<BatchError> for TransactionValidityError {
	fn from(error: BatchError) -> Self {
		let invalid = match error {
			BatchError::OldSequence => InvalidTransaction::Stale,
			BatchError::BadSignature => InvalidTransaction::BadProof,
			BatchError::Malformed
			| BatchError::WrongBlock
			| BatchError::NotAMember
			| BatchError::NoLiveVote => InvalidTransaction::Custom(error as u8),
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
		}
	}
}

/// A vote that counts, with all that was read to see it.
struct Live<AccountId> {
	task: Task<AccountId>,
	committee: Committee<AccountId>,
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
	let bytes = batch.proofs.iter().fold(0usize, |sum, proof| {
		sum.saturating_add(proof.weights.len())
			.saturating_add(leaf_bytes(&proof.leaf))
	});
	kib(bytes)
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
	/// Everything that must hold of a batch before it may change anything.
	pub(crate) fn check_batch(
		batch: &Batch<T::AccountId>,
		signature: &AuthoritySignature,
	) -> Result<(), BatchError> {
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
		let payload = votes_payload(&Self::genesis(), batch);
		ensure!(
			batch.key.verify(&payload, signature),
			BatchError::BadSignature
		);
		let live = batch
			.statements
			.iter()
			.any(|vote| Self::live(batch, vote, now).is_some());
		ensure!(live, BatchError::NoLiveVote);
		Ok(())
	}

	/// The authorization of `submit_votes`.
	pub(crate) fn authorize_votes(
		batch: &Batch<T::AccountId>,
		signature: &AuthoritySignature,
	) -> Result<(ValidTransaction, Weight), TransactionValidityError> {
		Self::check_batch(batch, signature)?;
		let longevity = Params::<T>::get().batch_longevity_blocks;
		// A batch built later replaces the same sequence built earlier.
		let priority = (1u64 << 62).saturating_add(u64::from(batch.block));
		let valid = ValidTransaction::with_tag_prefix("TerminalVotes")
			.priority(priority)
			.and_provides((&batch.member, batch.sequence))
			.longevity(u64::from(longevity))
			.propagate(true)
			.build()?;
		Ok((valid, Weight::zero()))
	}

	/// Enter the live votes of a checked batch. Never fails: a replay must stay impossible.
	pub(crate) fn do_submit_votes(batch: Batch<T::AccountId>) {
		let now = crate::now_block::<T>();
		Records::<T>::mutate(&batch.member, |record| {
			if let Some(record) = record {
				record.sequence = batch.sequence;
			}
		});
		let mut counted = 0u32;
		for vote in &batch.statements {
			let Some(live) = Self::live(&batch, vote, now) else {
				continue;
			};
			match with_storage_layer(|| Self::enter(&batch, vote, live)) {
				Ok(()) => counted = counted.saturating_add(1),
				Err(error) => log::warn!(
					target: crate::LOG_TARGET,
					"vote of {:?} on {:?} not entered: {error:?}", batch.member, vote.task,
				),
			}
		}
		let skipped = u32::try_from(batch.statements.len())
			.unwrap_or(u32::MAX)
			.saturating_sub(counted);
		let Batch {
			member, sequence, ..
		} = batch;
		Self::deposit_event(Event::VotesSubmitted {
			member,
			sequence,
			counted,
			skipped,
		});
	}

	/// Whether a vote counts now.
	fn live(
		batch: &Batch<T::AccountId>,
		vote: &Statement,
		now: BlockNumber,
	) -> Option<Live<T::AccountId>> {
		let task = Tasks::<T>::get(vote.task)?;
		let same = task.attempt == vote.attempt
			&& task.scheme == vote.scheme
			&& task.root == vote.root
			&& task.committed_at == vote.committed_at;
		let open = match &task.phase {
			Phase::Voting { until, .. } => now <= *until,
			Phase::Passed { votes_until } => now <= *votes_until,
			Phase::AwaitingDraw { .. }
			| Phase::DataChallenge { .. }
			| Phase::Faulted
			| Phase::Unanswered => false,
		};
		if !same || !open || !Self::outcome_fits(batch, vote, &task) {
			return None;
		}
		let committee = Committees::<T>::get(vote.task, vote.attempt)?;
		let seat = committee.seat(&batch.member)?;
		let same_key = committee
			.members
			.get(usize::from(seat))
			.is_some_and(|member| member.key == batch.key);
		let voted = Ballots::<T>::get(vote.task, vote.attempt)
			.iter()
			.any(|(by, _)| *by == seat);
		(same_key && !voted).then_some(Live {
			task,
			committee,
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
			Outcome::Fail => proof_for(batch, vote.task)
				.is_some_and(|proof| Self::job_of(task).fits(&proof.leaf)),
			Outcome::Unavailable(named) => {
				let ascending = named.windows(2).all(|pair| match pair {
					[left, right] => left < right,
					_ => true,
				});
				let inside = named.iter().all(|index| *index < task.spec.items);
				!named.is_empty() && ascending && inside
			},
		}
	}

	/// Enter one live vote.
	fn enter(
		batch: &Batch<T::AccountId>,
		vote: &Statement,
		live: Live<T::AccountId>,
	) -> DispatchResult {
		let Live {
			mut task,
			committee,
			seat,
		} = live;
		let id = vote.task;
		match &vote.outcome {
			Outcome::Pass => {
				Self::record_ballot(id, vote.attempt, seat, Ballot::Pass)?;
				Self::count_pass();
				Self::tally_pass(id, &mut task, &committee)
			},
			Outcome::Unavailable(named) => {
				Self::record_ballot(id, vote.attempt, seat, Ballot::Unavailable)?;
				Self::tally_unavailable(id, &mut task, &committee, named)
			},
			Outcome::Fail => {
				let proof = proof_for(batch, id).ok_or(Error::<T>::BatchMalformed)?;
				match Self::check_fault(&task, &proof.leaf, &proof.weights) {
					Ok(()) => {
						Self::record_ballot(id, vote.attempt, seat, Ballot::Fail)?;
						let index = proof.leaf.index;
						Self::refute(id, &mut task, index, Some(batch.member.clone()))
					},
					// The vote is used up, or a bad proof could be sent for ever without a fee.
					Err(error) => {
						log::debug!(target: crate::LOG_TARGET, "fault not proven: {error:?}");
						Self::record_ballot(id, vote.attempt, seat, Ballot::Unproven)?;
						let member = batch.member.clone();
						Self::deposit_event(Event::FailUnproven { task: id, member });
						Ok(())
					},
				}
			},
		}
	}

	fn record_ballot(id: TaskId, attempt: u8, seat: u8, ballot: Ballot) -> DispatchResult {
		Ballots::<T>::try_mutate(id, attempt, |ballots| ballots.try_push((seat, ballot)))
			.map_err(|_| Error::<T>::NotAMember.into())
	}

	fn tally_pass(
		id: TaskId,
		task: &mut Task<T::AccountId>,
		committee: &Committee<T::AccountId>,
	) -> DispatchResult {
		let Phase::Voting { pass, until, .. } = &mut task.phase else {
			// Late: recorded for rewards and as evidence, changes nothing.
			return Ok(());
		};
		*pass = pass.saturating_add(1);
		let until = *until;
		if *pass >= committee.quorum {
			return Self::pass(id, task, Step::Quorum, until);
		}
		Tasks::<T>::insert(id, &*task);
		Ok(())
	}

	fn tally_unavailable(
		id: TaskId,
		task: &mut Task<T::AccountId>,
		committee: &Committee<T::AccountId>,
		more: &[u32],
	) -> DispatchResult {
		let Phase::Voting {
			unavailable, named, ..
		} = &mut task.phase
		else {
			return Ok(());
		};
		*unavailable = unavailable.saturating_add(1);
		merge(named, more);
		let seats = u32::try_from(committee.members.len()).unwrap_or(u32::MAX);
		if *unavailable > seats.saturating_sub(committee.quorum) {
			let named = named.clone().into_inner();
			return Self::challenge_data(id, task, Step::Doubt, Cause::Unavailable, named);
		}
		Tasks::<T>::insert(id, &*task);
		Ok(())
	}
}

fn proof_for<AccountId>(batch: &Batch<AccountId>, task: TaskId) -> Option<&FaultProof> {
	batch.proofs.iter().find(|proof| proof.task == task)
}

/// Add indices, keep the list ascending; once it is full the rest is not disputed.
pub fn merge(named: &mut Indices<MAX_DISPUTED>, more: &[u32]) {
	for index in more {
		if let Err(place) = named.binary_search(index) {
			if named.try_insert(place, *index).is_err() {
				return;
			}
		}
	}
}

/// The weight of entering a batch.
pub fn weight_of<T: Config>(batch: &Batch<T::AccountId>) -> Weight {
	let statements = u32::try_from(batch.statements.len()).unwrap_or(u32::MAX);
	let proofs = u32::try_from(batch.proofs.len()).unwrap_or(u32::MAX);
	let refutations = T::WeightInfo::prove_fault(0).saturating_mul(u64::from(proofs));
	T::WeightInfo::submit_votes(statements, proof_kib(batch)).saturating_add(refutations)
}

/// The weight of an answer to a data challenge: of one leaf with the weights, and of executing them
/// on each further one.
pub fn weight_of_leaves<T: Config>(leaves: &[Leaf], weights: &[u8]) -> Weight {
	let longest = leaves.iter().map(leaf_bytes).max().unwrap_or_default();
	let each = kib(longest.saturating_add(weights.len()));
	let further = u64::try_from(leaves.len())
		.unwrap_or(u64::MAX)
		.saturating_sub(1);
	T::WeightInfo::answer_data_challenge(each)
		.saturating_add(T::WeightInfo::check_leaf(each).saturating_mul(further))
}

/// The weight of checking a batch.
pub fn weight_of_check<T: Config>(batch: &Batch<T::AccountId>) -> Weight {
	let statements = u32::try_from(batch.statements.len()).unwrap_or(u32::MAX);
	T::WeightInfo::authorize_submit_votes(statements, proof_kib(batch))
}
