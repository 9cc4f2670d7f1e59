//! Reading: what clients and the off-chain worker ask. Writes nothing.

use crate::{
	crypto::AuthorityId,
	runtime_api::{AttestorView, ChallengeView, PhaseView, SeatView, TaskView},
	tasks::runner_of,
	types::{sample_indices, Assignment, Ballot, Ballots as BallotsOf, Parameters, Phase},
	Attestors, Ballots, Challenges, Committees, Config, Error, Event, OpenVotes, Pallet, Params,
	Records, RewardIndex, Rewards, Tasks, Validators,
};
use alloc::vec::Vec;
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use sp_core::crypto::ByteArray;
use terminal_primitives::{Digest, MachineId, TaskId};

impl<T: Config> Pallet<T> {
	/// Whether the parameters fit each other, this runtime and its leases.
	pub(crate) fn params_fit(params: &Parameters) -> bool {
		// Half of a block's challenges are left to the anchors of new leases.
		let room = params.max_draws.saturating_mul(2) <= T::MaxChallengesPerBlock::get();
		let slot_ms = T::SlotMillis::get();
		let leases = T::LeaseWindows::get();
		room && Self::draws_fit(params)
			&& params.validate().is_ok()
			&& leases.is_none_or(|leases| params.fit(&leases, slot_ms))
	}

	/// See the call `set_params`. The only function here that writes.
	pub(crate) fn do_set_params(params: Parameters) -> DispatchResult {
		ensure!(Self::params_fit(&params), Error::<T>::InvalidParams);
		Params::<T>::put(&params);
		Self::refresh_active();
		Self::deposit_event(Event::ParamsSet { params });
		Ok(())
	}

	/// Votes that these keys still have to cast.
	pub fn assignments(keys: &[AuthorityId]) -> Vec<Assignment<T::AccountId>> {
		let now = crate::now_block::<T>();
		OpenVotes::<T>::iter_keys()
			.flat_map(|id| Self::assignments_of(id, keys, now))
			.collect()
	}

	fn assignments_of(id: TaskId, keys: &[AuthorityId], now: u32) -> Vec<Assignment<T::AccountId>> {
		let Some(task) = Tasks::<T>::get(id) else {
			return Vec::new();
		};
		let until = match task.phase {
			Phase::Voting { until } => until,
			Phase::Passed { votes_until } => votes_until,
			Phase::AwaitingDraw { .. }
			| Phase::DataChallenge { .. }
			| Phase::Faulted
			| Phase::Unanswered => return Vec::new(),
		};
		if now > until || runner_of(task.scheme).is_none() {
			return Vec::new();
		}
		let Some(committee) = Committees::<T>::get(id, task.attempt) else {
			return Vec::new();
		};
		let ballots = Ballots::<T>::get(id, task.attempt);
		let waits =
			|member: &T::AccountId| Self::waiting_tasks(&Self::places_of(member)).contains(&id);
		let sample = committee.sample_indices(task.spec.items);
		let context = Self::job_of(&task).context;
		committee
			.members
			.into_iter()
			.enumerate()
			.filter(|(_, member)| keys.contains(&member.key))
			.filter(|(seat, _)| ballots.of(*seat).is_none())
			.filter(|(_, member)| !waits(&member.account))
			.map(|(_, member)| Assignment {
				id,
				task: task.clone(),
				member,
				sample: sample.clone(),
				context,
				until,
			})
			.collect()
	}

	/// The smallest sequence that a batch of `member` may have.
	pub fn next_sequence(member: &T::AccountId) -> u64 {
		Records::<T>::get(member).map_or(1, |record| record.sequence.saturating_add(1))
	}

	/// The public sample of a task's present attempt, once it is drawn.
	pub fn sample_of(id: TaskId) -> Option<Vec<u32>> {
		let task = Tasks::<T>::get(id)?;
		let committee = Committees::<T>::get(id, task.attempt)?;
		Some(sample_indices(
			&committee.seed,
			task.spec.items,
			committee.sample,
		))
	}

	pub(crate) fn challenge_view(machine: MachineId) -> Option<ChallengeView> {
		let challenge = Challenges::<T>::get(machine)?;
		Some(ChallengeView {
			id: challenge.id,
			machine,
			seed: challenge.seed,
			n: challenge.n,
			issued_at: challenge.issued_at,
			issued_block: challenge.issued_block,
			commit_by: challenge.commit_by,
			answer_by: challenge.answer_by,
			entries: Self::drawn_entries(&challenge),
			phase: challenge.phase,
		})
	}

	pub(crate) fn task_view(id: TaskId) -> Option<TaskView<T::AccountId>> {
		let task = Tasks::<T>::get(id)?;
		let sample = Self::sample_of(id).unwrap_or_default();
		let committee = Committees::<T>::get(id, task.attempt);
		let ballots = Ballots::<T>::get(id, task.attempt);
		let quorum = committee
			.as_ref()
			.map(|committee| committee.quorum)
			.unwrap_or_default();
		let seats = committee
			.map(|committee| committee.members.into_inner())
			.unwrap_or_default()
			.into_iter()
			.enumerate()
			.map(|(seat, member)| SeatView {
				ballot: ballots.of(seat),
				key: key_bytes(&member.key),
				account: member.account,
			})
			.collect();
		Some(TaskView {
			id,
			lease: task.lease,
			machine: task.machine,
			provider: task.provider,
			consumer: task.consumer,
			scheme: task.scheme,
			root: task.root,
			committed_at: task.committed_at,
			items: task.spec.items,
			attempt: task.attempt,
			phase: phase_view(task.phase, ballots),
			quorum,
			seats,
			sample,
		})
	}

	pub(crate) fn attestor_views() -> Vec<AttestorView<T::AccountId>> {
		let active = Attestors::<T>::get();
		let index = RewardIndex::<T>::get();
		Validators::<T>::get()
			.into_iter()
			.filter_map(|member| {
				let record = Records::<T>::get(&member.account)?;
				let is_active = active.iter().any(|other| other.account == member.account);
				let earned = if is_active {
					index.saturating_sub(record.reward_index)
				} else {
					0
				};
				Some(AttestorView {
					key: key_bytes(&member.key),
					bond: record.bond,
					unlocking: record.held().saturating_sub(record.bond),
					active: is_active,
					ejected_until: record.ejected_until,
					claimable: Rewards::<T>::get(&member.account).saturating_add(earned),
					sequence: record.sequence,
					account: member.account,
				})
			})
			.collect()
	}
}

fn key_bytes(key: &AuthorityId) -> Digest {
	key.as_slice().try_into().unwrap_or_default()
}

fn phase_view(phase: Phase, ballots: BallotsOf) -> PhaseView {
	match phase {
		Phase::AwaitingDraw { at } => PhaseView::AwaitingDraw { at },
		Phase::Voting { until } => PhaseView::Voting {
			pass: ballots.count(Ballot::Pass),
			unavailable: ballots.count(Ballot::Unavailable),
			named: ballots.named.into_inner(),
			until,
		},
		Phase::DataChallenge {
			indices,
			shown,
			until,
			cause,
		} => PhaseView::DataChallenge {
			indices: indices.into_inner(),
			shown,
			until,
			cause,
		},
		Phase::Passed { votes_until } => PhaseView::Passed { votes_until },
		Phase::Faulted => PhaseView::Faulted,
		Phase::Unanswered => PhaseView::Unanswered,
	}
}
