//! The tally: batches that were taken wait here until the next block begins, and are heard then, all
//! votes on a task together. Writes `Queue`, `Waiting`, `Ballots`, and `waiting` of `Records`.
//!
//! ```text
//! submit_votes (block n) ─▶ Waiting[place] ─▶ tally (block n + 1, or where it finds room) ─▶ Ballots, verdict
//! ```
//!
//! Batches are heard in the order in which they came, each as of its own block: a window ends by that
//! block and is not handled while a vote from inside it waits. A fault proof hears the votes on its task
//! first, so that no Pass escapes it by waiting.

use crate::{
	lifecycle::Step,
	types::{
		AuthorityId, Ballot, Ballots as BallotsOf, Batch, Committee, Outcome, Phase, Statement,
		Task, MAX_STATEMENTS, MAX_WAITING,
	},
	votes::decides,
	Ballots, Committees, Config, Pallet, Queue, Records, Tasks, Waiting, WeightInfo,
};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	pallet_prelude::DispatchError, storage::with_storage_layer, traits::ConstU32, traits::Get,
	weights::Weight, BoundedVec,
};
use scale_info::TypeInfo;
use terminal_primitives::{BlockNumber, TaskId};

/// The places of the batches that wait: from `first` up to, not including, `next`.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Places {
	/// The place that is heard next.
	pub first: u64,
	/// The place of the next batch to come.
	pub next: u64,
}

impl Places {
	/// How many wait.
	pub fn count(&self) -> u64 {
		self.next.saturating_sub(self.first)
	}
}

/// What waits of a batch: its Passes and Unavailables. Fails are executed at once.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct WaitingBatch<AccountId> {
	/// The block that took it.
	pub at: BlockNumber,
	/// The validator account.
	pub member: AccountId,
	/// The key that signed.
	pub key: AuthorityId,
	/// The votes.
	pub statements: BoundedVec<Statement, ConstU32<MAX_STATEMENTS>>,
}

/// One vote with what is needed to hear it.
pub(crate) struct Cast<AccountId> {
	at: BlockNumber,
	member: AccountId,
	key: AuthorityId,
	statement: Statement,
}

impl<AccountId: Clone> WaitingBatch<AccountId> {
	fn into_votes(self) -> impl Iterator<Item = Cast<AccountId>> {
		let Self {
			at, member, key, ..
		} = self;
		self.statements.into_iter().map(move |statement| Cast {
			at,
			member: member.clone(),
			key: key.clone(),
			statement,
		})
	}
}

/// Votes on one task, entered together.
struct Entered {
	ballots: BallotsOf,
	seats: u32,
	quorum: u32,
	passes: u32,
}

/// The last block that takes votes in this phase, if it takes any.
pub fn votes_until(phase: &Phase) -> Option<BlockNumber> {
	match phase {
		Phase::Voting { until } => Some(*until),
		Phase::Passed { votes_until } => Some(*votes_until),
		Phase::AwaitingDraw { .. }
		| Phase::DataChallenge { .. }
		| Phase::Faulted
		| Phase::Unanswered => None,
	}
}

/// Whether a vote that came in block `at` speaks of the task as it stands, and in time.
pub fn speaks_of<AccountId>(vote: &Statement, task: &Task<AccountId>, at: BlockNumber) -> bool {
	let same = task.attempt == vote.attempt
		&& task.scheme == vote.scheme
		&& task.root == vote.root
		&& task.committed_at == vote.committed_at;
	same && votes_until(&task.phase).is_some_and(|until| at <= until)
}

/// Whether an Unavailable names leaves of the job: at least one, ascending.
pub fn names_leaves<AccountId>(named: &[u32], task: &Task<AccountId>) -> bool {
	let ascending = named.windows(2).all(|pair| match pair {
		[left, right] => left < right,
		_ => true,
	});
	let inside = named.iter().all(|index| *index < task.spec.items);
	!named.is_empty() && ascending && inside
}

/// The seat of a member that signs with the key it was drawn with.
pub fn seat_of<AccountId: PartialEq>(
	committee: &Committee<AccountId>,
	member: &AccountId,
	key: &AuthorityId,
) -> Option<u8> {
	let seat = committee.seat(member)?;
	let sits = committee.members.get(usize::from(seat))?;
	(sits.key == *key).then_some(seat)
}

impl<T: Config> Pallet<T> {
	/// Let the Passes and Unavailables of a checked batch wait. Its place, if it has any.
	pub(crate) fn let_wait(batch: &Batch<T::AccountId>) -> Option<u64> {
		let votes = batch.statements.iter();
		let heard_later = votes.filter(|vote| vote.outcome != Outcome::Fail);
		let statements = BoundedVec::truncate_from(heard_later.cloned().collect());
		if statements.is_empty() {
			return None;
		}
		let mut places = Queue::<T>::get();
		let place = places.next;
		places.next = place.saturating_add(1);
		Queue::<T>::put(places);
		Waiting::<T>::insert(
			place,
			WaitingBatch {
				at: crate::now_block::<T>(),
				member: batch.member.clone(),
				key: batch.key.clone(),
				statements,
			},
		);
		Some(place)
	}

	/// The tasks on which a member's votes wait, in the batches at `places`.
	pub(crate) fn waiting_tasks(places: &[u64]) -> BTreeSet<TaskId> {
		let batches = places.iter().filter_map(Waiting::<T>::get);
		batches
			.flat_map(|batch| batch.statements)
			.map(|vote| vote.task)
			.collect()
	}

	/// The places of a member's batches that wait.
	pub(crate) fn places_of(member: &T::AccountId) -> Vec<u64> {
		let first = Queue::<T>::get().first;
		let record = Records::<T>::get(member).unwrap_or_default();
		let waiting = record.waiting.into_iter();
		waiting.filter(|place| *place >= first).collect()
	}

	/// Whether a vote from block `until` or before may wait: what its window decides must wait, too.
	pub(crate) fn is_behind(until: BlockNumber) -> bool {
		let places = Queue::<T>::get();
		places.count() > 0 && Waiting::<T>::get(places.first).is_some_and(|batch| batch.at <= until)
	}

	/// Hear what waits, as far as `limit` allows even if each vote decides a task of its own. Returns
	/// what it weighs besides reading `Queue`.
	pub(crate) fn tally(limit: Weight) -> Weight {
		let mut places = Queue::<T>::get();
		if places.count() == 0 {
			return Weight::zero();
		}
		let mut weight = T::WeightInfo::tally();
		let mut most = weight;
		let mut tasks = BTreeMap::<TaskId, Vec<Cast<T::AccountId>>>::new();
		while places.count() > 0 && most.saturating_add(most_of_batch::<T>()).all_lte(limit) {
			let Some(votes) = Self::take_votes(&mut places) else {
				continue;
			};
			let count = u32::try_from(votes.len()).unwrap_or(u32::MAX);
			weight = weight.saturating_add(T::WeightInfo::take_batch(count));
			most = most.saturating_add(T::WeightInfo::take_batch(count));
			for vote in votes {
				let votes = tasks.entry(vote.statement.task).or_default();
				if votes.is_empty() {
					most = most.saturating_add(most_of_task::<T>());
				} else {
					most = most.saturating_add(one_vote_more::<T>());
				}
				votes.push(vote);
			}
		}
		Queue::<T>::put(places);
		let mut passes = 0u32;
		for (id, votes) in tasks {
			let count = u32::try_from(votes.len()).unwrap_or(u32::MAX);
			weight = weight.saturating_add(T::WeightInfo::hear_votes(count));
			let decided = match with_storage_layer(|| Self::hear(id, &votes)) {
				Ok((entered, decided)) => {
					passes = passes.saturating_add(entered);
					decided
				},
				// A verdict was tried, and undone with the votes: they may be cast again.
				Err(error) => {
					log::warn!(target: crate::LOG_TARGET, "votes on {id:?} not entered: {error:?}");
					true
				},
			};
			if decided {
				weight = weight.saturating_add(T::WeightInfo::conclude_pass());
			}
		}
		Self::count_passes(passes);
		weight
	}

	/// Take out the votes of the batch that is heard next.
	pub(crate) fn take_votes(places: &mut Places) -> Option<Vec<Cast<T::AccountId>>> {
		let found = Waiting::<T>::take(places.first);
		places.first = places.first.saturating_add(1);
		if found.is_none() {
			log::error!(target: crate::LOG_TARGET, "no batch at a place that waits");
		}
		Some(found?.into_votes().collect())
	}

	/// Enter votes on one task and conclude it if they decide. Returns how many of them passed it, and
	/// whether that was the verdict.
	pub(crate) fn hear(
		id: TaskId,
		votes: &[Cast<T::AccountId>],
	) -> Result<(u32, bool), DispatchError> {
		let Some(mut task) = Tasks::<T>::get(id) else {
			return Ok((0, false));
		};
		let Some(entered) = Self::enter_votes(id, &task, votes) else {
			return Ok((0, false));
		};
		let passes = entered.passes;
		// Late ones are recorded for rewards and as evidence, and change nothing.
		let Phase::Voting { until } = task.phase else {
			return Ok((passes, false));
		};
		let pass = entered.ballots.count(Ballot::Pass);
		let decided = decides(entered.seats, entered.quorum, pass, 0) == Some(Step::Quorum);
		if decided {
			Self::pass(id, &mut task, Step::Quorum, until)?;
		}
		Ok((passes, decided))
	}

	/// Enter those of the votes on one task that count: one write. `None` if none does.
	fn enter_votes(
		id: TaskId,
		task: &Task<T::AccountId>,
		votes: &[Cast<T::AccountId>],
	) -> Option<Entered> {
		let mut votes = votes
			.iter()
			.filter(|vote| speaks_of(&vote.statement, task, vote.at))
			.peekable();
		votes.peek()?;
		let committee = Committees::<T>::get(id, task.attempt)?;
		let mut ballots = Ballots::<T>::get(id, task.attempt);
		let (before, mut passes) = (ballots.cast.len(), 0u32);
		for vote in votes {
			let Some(seat) = seat_of(&committee, &vote.member, &vote.key) else {
				continue;
			};
			if ballots.of(seat.into()).is_some() {
				continue;
			}
			let entered = match &vote.statement.outcome {
				Outcome::Pass => {
					passes = passes.saturating_add(1);
					ballots.enter(seat, Ballot::Pass, &[])
				},
				Outcome::Unavailable(named) if names_leaves(named, task) => {
					ballots.enter(seat, Ballot::Unavailable, named)
				},
				// Fails do not wait.
				Outcome::Unavailable(_) | Outcome::Fail => Ok(()),
			};
			if entered.is_err() {
				log::error!(target: crate::LOG_TARGET, "{id:?} has more votes than seats");
			}
		}
		if ballots.cast.len() == before {
			return None;
		}
		Ballots::<T>::insert(id, task.attempt, &ballots);
		Some(Entered {
			ballots,
			seats: committee.seats(),
			quorum: committee.quorum,
			passes,
		})
	}

	/// A fault of this task is proven: enter what waits on it, without concluding anything, so that who
	/// passed it answers for that.
	pub(crate) fn enter_waiting(id: TaskId, task: &Task<T::AccountId>) {
		if votes_until(&task.phase).is_none() {
			return;
		}
		let places = Queue::<T>::get();
		let votes: Vec<_> = (places.first..places.next)
			.filter_map(Waiting::<T>::get)
			.filter(|batch| batch.statements.iter().any(|vote| vote.task == id))
			.flat_map(WaitingBatch::into_votes)
			.filter(|vote| vote.statement.task == id)
			.collect();
		if let Some(entered) = Self::enter_votes(id, task, &votes) {
			Self::count_passes(entered.passes);
		}
	}
}

/// What of each block the tally may take: a quarter.
pub(crate) fn limit<T: Config>() -> Weight {
	T::BlockWeights::get().max_block.saturating_div(4)
}

/// The most that a batch may weigh in a tally: each vote decides a task of its own.
pub(crate) fn most_of_batch<T: Config>() -> Weight {
	let tasks = most_of_task::<T>().saturating_mul(MAX_STATEMENTS.into());
	T::WeightInfo::take_batch(MAX_STATEMENTS).saturating_add(tasks)
}

fn most_of_task<T: Config>() -> Weight {
	T::WeightInfo::hear_votes(1).saturating_add(T::WeightInfo::conclude_pass())
}

fn one_vote_more<T: Config>() -> Weight {
	T::WeightInfo::hear_votes(2).saturating_sub(T::WeightInfo::hear_votes(1))
}

/// Whether so many places, and a queue so long, take another batch.
pub(crate) fn has_room(own: usize, places: Places) -> bool {
	let all = u64::from(crate::types::MAX_QUEUE);
	own < MAX_WAITING as usize && places.count() < all
}
