//! L3: a task from its commitment to its verdict. Writes `Tasks`, `TaskOfLease`, `Committees`,
//! `OpenVotes`, `TaskDue`. Phases change only in [`Pallet::move_on`].

use crate::{
	accumulator::number,
	ballots::merge,
	lifecycle::{self, Kind, Step},
	presence::SEARCH,
	types::{
		sample_indices, Ballot, Cause, Committee, Due, Indices, Member, Members, Parameters, Phase,
		Task, MAX_ATTEMPTS, SCHEME_INTEGER_NETWORK, SCHEME_LAYERED_NETWORK,
	},
	votes::decides,
	Attestors, Ballots, Committees, Config, Error, Event, NextTask, OpenVotes, Pallet, Params,
	TaskDue, TaskOfLease, Tasks,
};
use alloc::vec::Vec;
use frame_support::{dispatch::DispatchResult, ensure};
use terminal_gpu_proof::runner::Runner;
use terminal_primitives::{
	market::{Jobs, Machines, Verdict},
	BlockNumber, Digest, LeaseId, TaskId,
};

/// The scheme that checks a runner's results, if this runtime knows it.
pub fn scheme_of(runner: u16) -> Option<u16> {
	Runner::of(runner).map(|runner| match runner {
		Runner::IntegerNetwork => SCHEME_INTEGER_NETWORK,
		Runner::LayeredNetwork => SCHEME_LAYERED_NETWORK,
	})
}

/// The runner whose results a scheme checks, if this runtime knows it.
pub fn runner_of(scheme: u16) -> Option<Runner> {
	match scheme {
		SCHEME_INTEGER_NETWORK => Some(Runner::IntegerNetwork),
		SCHEME_LAYERED_NETWORK => Some(Runner::LayeredNetwork),
		_ => None,
	}
}

/// Seats and quorum when `attestors` can be drawn: (seats, quorum).
pub fn committee_size(params: &Parameters, attestors: u32, attempt: u8) -> (u32, u32) {
	let last = attempt.saturating_add(1) >= MAX_ATTEMPTS;
	if last || attestors < params.small_set {
		// Two thirds, rounded up.
		(attestors, attestors.saturating_mul(2).div_ceil(3))
	} else {
		(params.committee.min(attestors), params.quorum)
	}
}

/// The first `seats` of a shuffle of `candidates` by `seed`.
pub fn draw<Candidate>(
	seed: &Digest,
	mut candidates: Vec<Candidate>,
	seats: u32,
) -> Vec<Candidate> {
	let total = u32::try_from(candidates.len()).unwrap_or(u32::MAX);
	let seats = seats.min(total);
	for seat in 0..seats {
		let left = u64::from(total.saturating_sub(seat));
		let offset = number(b"tct/seat", seed, seat, left);
		let other = u64::from(seat).saturating_add(offset) as usize;
		// `other` is `seat` plus a number under `total - seat`: inside.
		candidates.swap(seat as usize, other);
	}
	candidates.truncate(seats as usize);
	candidates
}

impl<T: Config> Pallet<T> {
	/// A result root was committed in this block.
	pub(crate) fn do_open_task(lease: LeaseId) -> DispatchResult {
		let job = T::Jobs::job(lease).ok_or(Error::<T>::UnknownJob)?;
		let root = job.result_root.ok_or(Error::<T>::UnknownJob)?;
		let scheme = scheme_of(job.spec.runner).ok_or(Error::<T>::UnknownRunner)?;
		ensure!(
			!TaskOfLease::<T>::contains_key(lease),
			Error::<T>::AlreadyCommitted
		);
		let id = NextTask::<T>::get();
		let next = id.next().ok_or(Error::<T>::CounterExhausted)?;
		let now = crate::now_block::<T>();
		let at = draw_block(&Params::<T>::get(), now);
		Self::schedule(Due::Task(id), at).ok_or(Error::<T>::TooManyTasks)?;

		// Nothing fails from here on.
		NextTask::<T>::put(next);
		TaskOfLease::<T>::insert(lease, id);
		Tasks::<T>::insert(
			id,
			Task {
				lease,
				machine: job.machine,
				provider: job.provider,
				consumer: job.consumer,
				scheme,
				root,
				committed_at: now,
				spec: job.spec,
				attempt: 0,
				phase: Phase::AwaitingDraw { at },
			},
		);
		Self::deposit_event(Event::TaskOpened {
			task: id,
			lease,
			root,
			draw_at: at,
		});
		Ok(())
	}

	/// The lease is closed: forget its task.
	pub(crate) fn do_close_task(lease: LeaseId) {
		let Some(id) = TaskOfLease::<T>::take(lease) else {
			return;
		};
		Tasks::<T>::remove(id);
		OpenVotes::<T>::remove(id);
		for attempt in 0..MAX_ATTEMPTS {
			Committees::<T>::remove(id, attempt);
			Ballots::<T>::remove(id, attempt);
		}
		Self::deposit_event(Event::TaskClosed { task: id, lease });
	}

	/// Change a task's phase. Fails where the lifecycle does not allow `step`.
	pub(crate) fn move_on(
		id: TaskId,
		task: &mut Task<T::AccountId>,
		step: Step,
		phase: Phase,
	) -> DispatchResult {
		let reached = lifecycle::next(Kind::of(&task.phase), step);
		ensure!(reached == Some(Kind::of(&phase)), Error::<T>::WrongPhase);
		task.phase = phase;
		let keeps_votes = match &task.phase {
			Phase::Voting { .. } => true,
			Phase::Passed { votes_until } => *votes_until >= crate::now_block::<T>(),
			Phase::AwaitingDraw { .. }
			| Phase::DataChallenge { .. }
			| Phase::Faulted
			| Phase::Unanswered => false,
		};
		if keeps_votes {
			OpenVotes::<T>::insert(id, ());
		} else {
			OpenVotes::<T>::remove(id);
		}
		Tasks::<T>::insert(id, &*task);
		Ok(())
	}

	/// Put `due` into the first bucket with room from block `at` on. The block, or `None`.
	pub(crate) fn schedule(due: Due, at: BlockNumber) -> Option<BlockNumber> {
		(at..at.saturating_add(SEARCH)).find(|block| TaskDue::<T>::try_append(block, due).is_ok())
	}

	/// As [`Self::schedule`], where a full agenda must not stop the caller: `advance` is left.
	pub(crate) fn schedule_or_log(due: Due, at: BlockNumber) {
		if Self::schedule(due, at).is_none() {
			log::warn!(target: crate::LOG_TARGET, "no room for {due:?}: somebody must `advance` it");
		}
	}

	/// A task's draw or deadline may be due: handle it. Errors if none is.
	pub(crate) fn do_advance_task(id: TaskId, now: BlockNumber) -> DispatchResult {
		let mut task = Tasks::<T>::get(id).ok_or(Error::<T>::UnknownTask)?;
		match task.phase {
			Phase::AwaitingDraw { at } => {
				ensure!(now >= at, Error::<T>::NotDue);
				Self::draw_committee(id, &mut task, at, now)
			},
			Phase::Voting { until } => {
				ensure!(now > until, Error::<T>::NotDue);
				ensure!(!Self::is_behind(until), Error::<T>::VotesWaiting);
				Self::end_vote(id, &mut task, now)
			},
			Phase::DataChallenge { until, .. } => {
				ensure!(now > until, Error::<T>::NotDue);
				T::Jobs::conclude(task.lease, Verdict::Unanswered, None)?;
				Self::move_on(id, &mut task, Step::Silence, Phase::Unanswered)?;
				Self::deposit_event(Event::TaskUnanswered {
					task: id,
					lease: task.lease,
				});
				Ok(())
			},
			Phase::Passed { votes_until } => {
				ensure!(now > votes_until, Error::<T>::NotDue);
				ensure!(OpenVotes::<T>::contains_key(id), Error::<T>::NotDue);
				ensure!(!Self::is_behind(votes_until), Error::<T>::VotesWaiting);
				Self::end_late_votes(id, &mut task)
			},
			Phase::Faulted | Phase::Unanswered => Err(Error::<T>::NotDue.into()),
		}
	}

	fn draw_committee(
		id: TaskId,
		task: &mut Task<T::AccountId>,
		at: BlockNumber,
		now: BlockNumber,
	) -> DispatchResult {
		let params = Params::<T>::get();
		let Some(acc) = Self::accumulator(at.saturating_sub(1)) else {
			// So late that the randomness is gone: draw from fresh one.
			let at = draw_block(&params, now);
			task.phase = Phase::AwaitingDraw { at };
			Tasks::<T>::insert(id, &*task);
			Self::schedule_or_log(Due::Task(id), at);
			return Ok(());
		};
		let seed = Self::committee_seed(id, task.attempt, &acc);
		let candidates = Self::candidates(task);
		let available = u32::try_from(candidates.len()).unwrap_or(u32::MAX);
		let (seats, quorum) = committee_size(&params, available, task.attempt);
		let members = Members::<T::AccountId>::truncate_from(draw(&seed, candidates, seats));
		let committee = Committee {
			seed,
			sample: params.sample,
			quorum,
			members,
		};
		let members = committee.members.clone();
		let nobody = members.is_empty();
		Committees::<T>::insert(id, task.attempt, committee);
		if nobody {
			return Self::challenge_data(id, task, Step::NobodyToDraw, Cause::Void);
		}
		let until = now.saturating_add(params.vote_window_blocks);
		Self::move_on(id, task, Step::Draw, Phase::Voting { until })?;
		Self::schedule_or_log(Due::Task(id), until.saturating_add(1));
		let attempt = task.attempt;
		let members = members.into_iter().map(|member| member.account).collect();
		Self::deposit_event(Event::CommitteeDrawn {
			task: id,
			attempt,
			quorum,
			until,
			members,
		});
		Ok(())
	}

	/// The active attestors that are no party to the job.
	fn candidates(task: &Task<T::AccountId>) -> Vec<Member<T::AccountId>> {
		let agent = T::Machines::machine(task.machine).map(|machine| machine.agent);
		Attestors::<T>::get()
			.into_iter()
			.filter(|member| {
				member.account != task.provider
					&& member.account != task.consumer
					&& Some(&member.account) != agent.as_ref()
			})
			.collect()
	}

	/// The vote window is over without a quorum. If so many could not get leaves that there could be
	/// none, these are demanded: only now, or a few hostile members could name harmless ones before the
	/// others have looked.
	fn end_vote(id: TaskId, task: &mut Task<T::AccountId>, now: BlockNumber) -> DispatchResult {
		let doubts = Ballots::<T>::get(id, task.attempt).count(Ballot::Unavailable);
		let doubted = Committees::<T>::get(id, task.attempt).is_some_and(|committee| {
			decides(committee.seats(), committee.quorum, 0, doubts) == Some(Step::Doubt)
		});
		if doubted {
			return Self::challenge_data(id, task, Step::Doubt, Cause::Unavailable);
		}
		let next = task.attempt.saturating_add(1);
		if next >= MAX_ATTEMPTS {
			return Self::challenge_data(id, task, Step::Exhaust, Cause::Void);
		}
		let at = draw_block(&Params::<T>::get(), now);
		task.attempt = next;
		Self::move_on(id, task, Step::Lapse, Phase::AwaitingDraw { at })?;
		Self::schedule_or_log(Due::Task(id), at);
		Self::deposit_event(Event::CommitteeLapsed {
			task: id,
			next_attempt: next,
			draw_at: at,
		});
		Ok(())
	}

	/// The vote window of a passed task is over: leaves that a member could not get are shown on
	/// chain, however many could get theirs. A wrong leaf that is kept back from the one member who
	/// asks for it is no better than one that is shown.
	fn end_late_votes(id: TaskId, task: &mut Task<T::AccountId>) -> DispatchResult {
		if Ballots::<T>::get(id, task.attempt).named.is_empty() {
			OpenVotes::<T>::remove(id);
			return Ok(());
		}
		Self::challenge_data(id, task, Step::Doubt, Cause::Unavailable)
	}

	/// Whether the job must not be paid yet: its verdict is open, it takes votes, or members named
	/// leaves, or may have in votes that wait, and the end of their window was not handled yet.
	pub(crate) fn is_pending(id: TaskId, task: &Task<T::AccountId>) -> bool {
		match task.phase {
			Phase::Passed { votes_until } => {
				OpenVotes::<T>::contains_key(id)
					&& (crate::now_block::<T>() <= votes_until
						|| !Ballots::<T>::get(id, task.attempt).named.is_empty()
						|| Self::is_behind(votes_until))
			},
			Phase::AwaitingDraw { .. } | Phase::Voting { .. } | Phase::DataChallenge { .. } => true,
			Phase::Faulted | Phase::Unanswered => false,
		}
	}

	/// Demand leaves on chain: those that members of this attempt named, and the public sample if the
	/// cause is `Void`.
	pub(crate) fn challenge_data(
		id: TaskId,
		task: &mut Task<T::AccountId>,
		step: Step,
		cause: Cause,
	) -> DispatchResult {
		let mut indices = Indices::default();
		match cause {
			Cause::Unavailable => {},
			Cause::Void => merge(&mut indices, &Self::public_sample(id, task)),
		}
		merge(&mut indices, &Ballots::<T>::get(id, task.attempt).named);
		let now = crate::now_block::<T>();
		let until = now.saturating_add(Params::<T>::get().data_window_blocks);
		let event = Event::DataChallenged {
			task: id,
			cause,
			indices: indices.clone().into_inner(),
			until,
		};
		let phase = Phase::DataChallenge {
			indices,
			shown: 0,
			until,
			cause,
		};
		Self::move_on(id, task, step, phase)?;
		Self::schedule_or_log(Due::Task(id), until.saturating_add(1));
		Self::deposit_event(event);
		Ok(())
	}

	/// The public sample of the present attempt.
	pub(crate) fn public_sample(id: TaskId, task: &Task<T::AccountId>) -> Vec<u32> {
		Committees::<T>::get(id, task.attempt)
			.map(|committee| sample_indices(&committee.seed, task.spec.items, committee.sample))
			.unwrap_or_default()
	}

	/// A quorum passed, or the disputed leaves were shown.
	pub(crate) fn pass(
		id: TaskId,
		task: &mut Task<T::AccountId>,
		step: Step,
		votes_until: BlockNumber,
	) -> DispatchResult {
		T::Jobs::conclude(task.lease, Verdict::Pass, None)?;
		Self::move_on(id, task, step, Phase::Passed { votes_until })?;
		Self::deposit_event(Event::TaskPassed {
			task: id,
			lease: task.lease,
		});
		Ok(())
	}
}

/// The first block that knows the accumulator `d` blocks after a commitment in block `committed`.
fn draw_block(params: &Parameters, committed: BlockNumber) -> BlockNumber {
	committed
		.saturating_add(params.draw_delay_blocks)
		.saturating_add(1)
}
