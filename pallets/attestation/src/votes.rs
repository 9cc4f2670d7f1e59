//! Batches of votes. Writes `Ballots`, and the `sequence` of `Records`.
//!
//! A vote that decides nothing writes the ballots of its attempt and nothing else: what the ballots
//! come to is counted from them. What a decision takes besides is weighed by itself: a Pass that
//! makes the quorum, a Fail whose proof is executed. What Unavailables name is asked for when the votes
//! end.
//!
//! Order of checks: length, membership, sequence, one signature, state of each vote. Whatever is
//! refused is refused before the next dearer check.

use crate::{
	lifecycle::Step,
	types::{
		votes_payload, AuthoritySignature, Ballot, Ballots as BallotsOf, Batch, Committee,
		FaultProof, Outcome, Phase, Statement, Task, MAX_WEIGHTS,
	},
	Ballots, Committees, Config, Error, Event, Pallet, Params, Records, Tasks, WeightInfo,
};
use frame_support::{ensure, pallet_prelude::*, storage::with_storage_layer, weights::Weight};
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
		let payload = votes_payload(&Self::genesis(), batch);
		ensure!(
			batch.key.verify(&payload, signature),
			BatchError::BadSignature
		);
		let mut statements = batch.statements.iter();
		let first = statements.position(|vote| Self::is_live(batch, vote, now));
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

	/// Enter the live votes of a checked batch. Never fails: a replay must stay impossible. Returns
	/// what it weighs.
	pub(crate) fn do_submit_votes(batch: Batch<T::AccountId>) -> Weight {
		let now = crate::now_block::<T>();
		Records::<T>::mutate(&batch.member, |record| {
			if let Some(record) = record {
				record.sequence = batch.sequence;
			}
		});
		let mut weight = weight_of_entering::<T>(&batch);
		let (mut counted, mut passes) = (0u32, 0u32);
		for vote in &batch.statements {
			let Some(live) = Self::live(&batch, vote, now) else {
				continue;
			};
			let decides = match with_storage_layer(|| Self::enter(&batch, vote, live)) {
				Ok(decides) => {
					counted = counted.saturating_add(1);
					passes = passes.saturating_add(u32::from(vote.outcome == Outcome::Pass));
					decides
				},
				// A verdict was tried, and undone.
				Err(error) => {
					log::warn!(
						target: crate::LOG_TARGET,
						"vote of {:?} on {:?} not entered: {error:?}", batch.member, vote.task,
					);
					true
				},
			};
			if decides {
				weight = weight.saturating_add(weight_of_decision::<T>(&batch, vote));
			}
		}
		Self::count_passes(passes);
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
		weight
	}

	/// Whether a vote counts now.
	pub(crate) fn is_live(batch: &Batch<T::AccountId>, vote: &Statement, now: BlockNumber) -> bool {
		Self::live(batch, vote, now).is_some()
	}

	/// As [`Self::is_live`], with what was read.
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
		let ballots = Ballots::<T>::get(vote.task, vote.attempt);
		let voted = ballots.of(seat.into()).is_some();
		(same_key && !voted).then_some(Live {
			task,
			committee,
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

	/// Enter one live vote. Returns whether more came of it than its ballot: a verdict, or a proof that
	/// was executed.
	fn enter(
		batch: &Batch<T::AccountId>,
		vote: &Statement,
		live: Live<T::AccountId>,
	) -> Result<bool, DispatchError> {
		let Live {
			mut task,
			committee,
			mut ballots,
			seat,
		} = live;
		let (seats, quorum) = (committee.seats(), committee.quorum);
		let id = vote.task;
		let mut record = |ballot, named: &[u32]| {
			let entered = ballots.enter(seat, ballot, named);
			entered.map_err(|()| Error::<T>::NotAMember)?;
			Ballots::<T>::insert(id, vote.attempt, &ballots);
			Ok::<_, DispatchError>(ballots.count(ballot))
		};
		match &vote.outcome {
			Outcome::Pass => {
				let passes = record(Ballot::Pass, &[])?;
				let Phase::Voting { until } = task.phase else {
					// Late: recorded for rewards and as evidence, changes nothing.
					return Ok(false);
				};
				let decides = decides(seats, quorum, passes, 0) == Some(Step::Quorum);
				if decides {
					Self::pass(id, &mut task, Step::Quorum, until)?;
				}
				Ok(decides)
			},
			Outcome::Unavailable(named) => {
				record(Ballot::Unavailable, named)?;
				// Heard when the votes end.
				Ok(false)
			},
			Outcome::Fail => {
				let proof = proof_for(batch, id).ok_or(Error::<T>::BatchMalformed)?;
				match Self::check_fault(&task, &proof.leaf, &proof.evidence) {
					Ok(()) => {
						record(Ballot::Fail, &[])?;
						let index = proof.leaf.index;
						Self::refute(id, &mut task, index, Some(batch.member.clone()))?;
					},
					// The vote is used up, or a bad proof could be sent for ever without a fee.
					Err(error) => {
						log::debug!(target: crate::LOG_TARGET, "fault not proven: {error:?}");
						record(Ballot::Unproven, &[])?;
						let member = batch.member.clone();
						Self::deposit_event(Event::FailUnproven { task: id, member });
					},
				}
				Ok(true)
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

/// The weight of a batch each of whose votes decides something.
pub fn weight_of<T: Config>(batch: &Batch<T::AccountId>) -> Weight {
	let votes = batch.statements.iter();
	votes.fold(weight_of_entering::<T>(batch), |weight, vote| {
		weight.saturating_add(weight_of_decision::<T>(batch, vote))
	})
}

/// The weight of a batch none of whose votes decides anything.
fn weight_of_entering<T: Config>(batch: &Batch<T::AccountId>) -> Weight {
	T::WeightInfo::submit_votes(count(batch))
}

/// What a vote weighs besides, if it decides. Of a Fail: its proof is executed, whatever it proves;
/// so each of several on one task is counted, since the first may have been undone.
fn weight_of_decision<T: Config>(batch: &Batch<T::AccountId>, vote: &Statement) -> Weight {
	match vote.outcome {
		Outcome::Pass => T::WeightInfo::conclude_pass(),
		Outcome::Unavailable(_) => Weight::zero(),
		Outcome::Fail => proof_for(batch, vote.task)
			.map(|proof| weight_of_proof::<T>(&proof.leaf, &proof.evidence))
			.unwrap_or_default(),
	}
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
