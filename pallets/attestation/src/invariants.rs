//! The numbered invariants (see the table in the README). Run after every test and by `try_state`.

use crate::{
	tasks::scheme_of,
	types::{Ballot, Outcome, Phase, Task, ACCUMULATORS_KEPT, MAX_ATTEMPTS, MAX_QUEUE},
	Accumulators, Attestors, Ballots, Challenges, Committees, Config, HoldReason, Latest,
	LeasedCount, LeasedMachines, MachineAt, NextChallenge, NextSlash, OpenVotes, Owed, Pallet,
	Params, PendingSlashes, Queue, Records, RewardIndex, Rewards, TaskOfLease, Tasks, Unallocated,
	Validators, Waiting,
};
use alloc::collections::BTreeSet;
use frame_support::{
	ensure,
	traits::fungible::{hold::Inspect as _, Inspect as _},
};
use sp_runtime::TryRuntimeError;
use terminal_primitives::{Balance, TaskId};

type Checked = Result<(), TryRuntimeError>;

/// Check all of them.
pub fn check<T: Config>() -> Checked {
	machines::<T>()?;
	challenges::<T>()?;
	tasks::<T>()?;
	bonds::<T>()?;
	active::<T>()?;
	pot::<T>()?;
	randomness::<T>()?;
	waiting::<T>()?;
	ensure!(
		Pallet::<T>::params_fit(&Params::<T>::get()),
		"ATT-9: invalid parameters"
	);
	let next = NextSlash::<T>::get();
	ensure!(
		PendingSlashes::<T>::iter_keys().all(|id| id < next),
		"ATT-10: slash from the future"
	);
	Ok(())
}

fn machines<T: Config>() -> Checked {
	let count = LeasedCount::<T>::get();
	ensure!(
		LeasedMachines::<T>::iter().count() == count as usize,
		"ATT-1: wrong count"
	);
	ensure!(
		MachineAt::<T>::iter().count() == count as usize,
		"ATT-1: index not dense"
	);
	for (machine, entry) in LeasedMachines::<T>::iter() {
		ensure!(
			MachineAt::<T>::get(entry.index) == Some(machine),
			"ATT-1: wrong place"
		);
		ensure!(entry.leases > 0, "ATT-1: a machine without leases");
	}
	Ok(())
}

fn challenges<T: Config>() -> Checked {
	let next = NextChallenge::<T>::get();
	let mut seen = BTreeSet::new();
	for challenge in Challenges::<T>::iter_values() {
		ensure!(challenge.id < next, "ATT-2: a challenge from the future");
		ensure!(
			seen.insert(challenge.id),
			"ATT-2: one challenge of two machines"
		);
		let ordered = challenge.issued_block < challenge.prompt_by
			&& challenge.prompt_by <= challenge.commit_by
			&& challenge.commit_by < challenge.answer_by;
		ensure!(ordered, "ATT-2: windows out of order");
	}
	for (machine, entry) in LeasedMachines::<T>::iter() {
		let Some(awaited) = entry.anchor_after else {
			continue;
		};
		// Whatever begins in between is the anchor.
		let open = Challenges::<T>::get(machine);
		ensure!(
			awaited < next && open.is_none_or(|challenge| challenge.id == awaited),
			"ATT-2: an anchor waits for no challenge"
		);
	}
	Ok(())
}

fn tasks<T: Config>() -> Checked {
	let leases = TaskOfLease::<T>::iter().count();
	ensure!(
		Tasks::<T>::iter().count() == leases,
		"ATT-3: tasks and leases differ"
	);
	for (id, task) in Tasks::<T>::iter() {
		ensure!(
			TaskOfLease::<T>::get(task.lease) == Some(id),
			"ATT-3: two tasks of one lease"
		);
		ensure!(task.attempt < MAX_ATTEMPTS, "ATT-3: too many attempts");
		ensure!(
			scheme_of(task.spec.runner) == Some(task.scheme),
			"ATT-14: a scheme that is not its runner's"
		);
		votes::<T>(id, &task)?;
		doubts::<T>(id, &task)?;
		if let Phase::DataChallenge { indices, .. } = &task.phase {
			ensure!(
				!indices.is_empty(),
				"ATT-5: a data challenge without leaves"
			);
			ensure!(
				ascends_inside(indices, &task),
				"ATT-5: disputed leaves out of order or range"
			);
		}
	}
	for (id, attempt, _) in Committees::<T>::iter() {
		let known = Tasks::<T>::get(id).is_some_and(|task| attempt <= task.attempt);
		ensure!(known, "ATT-3: a committee without a task");
	}
	for id in OpenVotes::<T>::iter_keys() {
		let phase = Tasks::<T>::get(id).map(|task| task.phase);
		let takes = matches!(phase, Some(Phase::Voting { .. } | Phase::Passed { .. }));
		ensure!(takes, "ATT-4: a closed task takes votes");
	}
	Ok(())
}

fn votes<T: Config>(id: TaskId, task: &Task<T::AccountId>) -> Checked {
	let ballots = Ballots::<T>::get(id, task.attempt);
	let seats: BTreeSet<_> = ballots.cast.iter().map(|(seat, _)| *seat).collect();
	ensure!(
		seats.len() == ballots.cast.len(),
		"ATT-4: a seat voted twice"
	);
	let committee = Committees::<T>::get(id, task.attempt);
	let size = committee
		.as_ref()
		.map(|committee| committee.members.len())
		.unwrap_or_default();
	ensure!(
		seats.iter().all(|seat| usize::from(*seat) < size),
		"ATT-4: a vote without a seat"
	);
	let unavailable = ballots.count(Ballot::Unavailable);
	ensure!(
		ballots.named.is_empty() == (unavailable == 0),
		"ATT-4: leaves that nobody named"
	);
	ensure!(
		ascends_inside(&ballots.named, task),
		"ATT-4: named leaves out of order or range"
	);
	if let Phase::Voting { .. } = task.phase {
		let committee = committee.ok_or("ATT-4: a vote without a committee")?;
		ensure!(
			ballots.count(Ballot::Pass) < committee.quorum,
			"ATT-4: a quorum without a verdict"
		);
		ensure!(
			OpenVotes::<T>::contains_key(id),
			"ATT-4: an open vote is not listed"
		);
	}
	Ok(())
}

/// Leaves that somebody named are not forgotten: a task passed by its votes demands them when its
/// window ends.
fn doubts<T: Config>(id: TaskId, task: &Task<T::AccountId>) -> Checked {
	let named = Ballots::<T>::get(id, task.attempt).named;
	let by_votes = matches!(task.phase, Phase::Passed { votes_until } if votes_until > 0);
	ensure!(
		named.is_empty() || !by_votes || OpenVotes::<T>::contains_key(id),
		"ATT-12: named leaves of a passed task are forgotten"
	);
	Ok(())
}

fn ascends_inside<AccountId>(indices: &[u32], task: &Task<AccountId>) -> bool {
	let ascending = indices.windows(2).all(|pair| match pair {
		[left, right] => left < right,
		_ => true,
	});
	ascending && indices.iter().all(|index| *index < task.spec.items)
}

fn bonds<T: Config>() -> Checked {
	let reason = HoldReason::AttestorBond.into();
	for (who, record) in Records::<T>::iter() {
		let held = T::Currency::balance_on_hold(&reason, &who);
		ensure!(
			held == record.held(),
			"ATT-6: the bond is not what is on hold"
		);
	}
	Ok(())
}

fn active<T: Config>() -> Checked {
	let validators = Validators::<T>::get();
	let min_bond = Params::<T>::get().min_bond;
	let now = crate::now_block::<T>();
	let mut seen = BTreeSet::new();
	for member in Attestors::<T>::get() {
		ensure!(seen.insert(member.account.clone()), "ATT-7: active twice");
		ensure!(
			validators.contains(&member),
			"ATT-7: active without a session key"
		);
		let record = Records::<T>::get(&member.account).ok_or("ATT-7: active without a bond")?;
		ensure!(
			record.bond >= min_bond,
			"ATT-7: active with too small a bond"
		);
		ensure!(record.ejected_until <= now, "ATT-7: active though ejected");
	}
	Ok(())
}

fn pot<T: Config>() -> Checked {
	let index = RewardIndex::<T>::get();
	let mut owed: Balance = Rewards::<T>::iter_values().fold(0, Balance::saturating_add);
	for member in Attestors::<T>::get() {
		let settled = Records::<T>::get(&member.account).map(|record| record.reward_index);
		let settled = settled.ok_or("ATT-8: active without a record")?;
		ensure!(settled <= index, "ATT-8: settled beyond the index");
		owed = owed.saturating_add(index.saturating_sub(settled));
	}
	ensure!(
		owed == Owed::<T>::get(),
		"ATT-8: what is owed does not add up"
	);
	let balance = T::Currency::total_balance(&Pallet::<T>::pot());
	ensure!(
		owed.saturating_add(Unallocated::<T>::get()) <= balance,
		"ATT-8: the pot is short"
	);
	Ok(())
}

fn randomness<T: Config>() -> Checked {
	let (block, acc) = Latest::<T>::get();
	let kept = Accumulators::<T>::iter().count();
	ensure!(
		kept <= ACCUMULATORS_KEPT as usize,
		"ATT-11: too many accumulators"
	);
	let stored = Accumulators::<T>::get(block);
	ensure!(
		kept == 0 || stored == Some(acc),
		"ATT-11: the latest accumulator is not stored"
	);
	Ok(())
}

fn waiting<T: Config>() -> Checked {
	let places = Queue::<T>::get();
	ensure!(
		places.first <= places.next && places.count() <= MAX_QUEUE.into(),
		"ATT-13: more batches wait than may"
	);
	ensure!(
		Waiting::<T>::iter().count() as u64 == places.count(),
		"ATT-13: a batch waits without a place"
	);
	let mut last = 0;
	for place in places.first..places.next {
		let batch = Waiting::<T>::get(place).ok_or("ATT-13: a place without a batch")?;
		ensure!(
			last <= batch.at && batch.at <= crate::now_block::<T>(),
			"ATT-13: batches wait out of order"
		);
		last = batch.at;
		let votes = &batch.statements;
		ensure!(
			!votes.is_empty() && votes.iter().all(|vote| vote.outcome != Outcome::Fail),
			"ATT-13: a Fail waits, or nothing"
		);
	}
	for (member, record) in Records::<T>::iter() {
		for place in record
			.waiting
			.iter()
			.filter(|place| **place >= places.first)
		{
			let own = Waiting::<T>::get(place).is_some_and(|batch| batch.member == member);
			ensure!(own, "ATT-13: a member waits at a place that is not its own");
		}
	}
	for (id, task) in Tasks::<T>::iter() {
		// What ends a window hears it first.
		let ended = matches!(task.phase, Phase::Passed { votes_until }
			if votes_until > 0 && Pallet::<T>::is_behind(votes_until));
		ensure!(
			!ended || OpenVotes::<T>::contains_key(id),
			"ATT-13: a window ended before its votes were heard"
		);
	}
	Ok(())
}
