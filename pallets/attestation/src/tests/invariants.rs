//! Each invariant, broken on purpose, clause by clause.

use crate::{
	invariants::check, mock::*, types::*, Accumulators, Attestors, Ballots, Challenges, Committees,
	Latest, LeasedCount, LeasedMachines, MachineAt, OpenVotes, Owed, Params, PendingSlashes, Queue,
	Records, TaskOfLease, Tasks, Unallocated, Validators, Waiting,
};
use sp_runtime::TryRuntimeError;
use terminal_primitives::{ChallengeId, LeaseId, MachineId, TaskId};

/// The only challenge, the anchor of the lease on [`MACHINE`].
const ANCHOR: ChallengeId = ChallengeId(0);
/// The only task.
const TASK: TaskId = TaskId(0);

/// Break something on a chain with a challenged machine and a job that has one Pass of three.
fn broken(change: impl FnOnce()) -> String {
	let mut found = String::new();
	ExtBuilder::default().build().execute_with(|| {
		assert_eq!(start_lease(MACHINE), ANCHOR);
		let (_, id) = drawn(&[]);
		assert_eq!(id, TASK);
		vote(1, id, Outcome::Pass);
		assert_eq!(check::<Test>(), Ok(()));
		change();
		match check::<Test>() {
			Err(TryRuntimeError::Other(text)) => found = text.into(),
			other => panic!("not noticed: {other:?}"),
		}
	});
	found
}

fn change_leased(change: impl FnOnce(&mut LeasedMachine)) {
	LeasedMachines::<Test>::mutate(MACHINE, |entry| change(entry.as_mut().unwrap()))
}

fn change_challenge(change: impl FnOnce(&mut Challenge)) {
	Challenges::<Test>::mutate(MACHINE, |challenge| change(challenge.as_mut().unwrap()))
}

fn change_task(change: impl FnOnce(&mut Task<AccountId>)) {
	Tasks::<Test>::mutate(TASK, |task| change(task.as_mut().unwrap()))
}

fn change_record(change: impl FnOnce(&mut Attestor)) {
	Records::<Test>::mutate(account(1), |record| change(record.as_mut().unwrap()))
}

/// Enter a ballot that nobody cast, naming these leaves.
fn cast(seat: u8, ballot: Ballot, named: &[u32]) {
	Ballots::<Test>::mutate(TASK, 0, |ballots| {
		ballots.enter(seat, ballot, named).unwrap()
	})
}

/// Ask for these leaves on chain.
fn dispute(indices: &[u32]) {
	OpenVotes::<Test>::remove(TASK);
	change_task(|task| {
		task.phase = Phase::DataChallenge {
			indices: indices.to_vec().try_into().unwrap(),
			shown: 0,
			until: 9,
			cause: Cause::Void,
		}
	})
}

#[test]
fn att_1_notices_an_index_of_leased_machines_that_is_wrong() {
	let found = broken(|| LeasedCount::<Test>::put(2));
	assert_eq!(found, "ATT-1: wrong count");
	let found = broken(|| MachineAt::<Test>::insert(1, MachineId(9)));
	assert_eq!(found, "ATT-1: index not dense");
	let found = broken(|| change_leased(|entry| entry.index = 1));
	assert_eq!(found, "ATT-1: wrong place");
	let found = broken(|| change_leased(|entry| entry.leases = 0));
	assert_eq!(found, "ATT-1: a machine without leases");
}

#[test]
fn att_2_notices_challenges_out_of_order_and_anchors_that_wait_for_none() {
	let found = broken(|| change_challenge(|challenge| challenge.id = ChallengeId(1)));
	assert_eq!(found, "ATT-2: a challenge from the future");
	let found = broken(|| {
		let challenge = Challenges::<Test>::get(MACHINE).unwrap();
		Challenges::<Test>::insert(MachineId(9), challenge);
	});
	assert_eq!(found, "ATT-2: one challenge of two machines");
	// An id that nobody has, and one of a challenge that is over though another is open.
	let found = broken(|| change_leased(|entry| entry.anchor_after = Some(ChallengeId(1))));
	assert_eq!(found, "ATT-2: an anchor waits for no challenge");
	let found = broken(|| {
		crate::NextChallenge::<Test>::put(ChallengeId(2));
		change_leased(|entry| entry.anchor_after = Some(ChallengeId(1)))
	});
	assert_eq!(found, "ATT-2: an anchor waits for no challenge");
	for change in [
		|challenge: &mut Challenge| challenge.prompt_by = challenge.issued_block,
		|challenge: &mut Challenge| challenge.commit_by = challenge.prompt_by - 1,
		|challenge: &mut Challenge| challenge.answer_by = challenge.commit_by,
	] {
		let found = broken(|| change_challenge(change));
		assert_eq!(found, "ATT-2: windows out of order");
	}
}

#[test]
fn att_3_notices_tasks_leases_and_committees_that_do_not_match() {
	let found = broken(|| TaskOfLease::<Test>::insert(LeaseId(9), TASK));
	assert_eq!(found, "ATT-3: tasks and leases differ");
	let found = broken(|| TaskOfLease::<Test>::insert(LEASE, TaskId(9)));
	assert_eq!(found, "ATT-3: two tasks of one lease");
	let found = broken(|| change_task(|task| task.attempt = MAX_ATTEMPTS));
	assert_eq!(found, "ATT-3: too many attempts");
	for (task, attempt) in [(TASK, 1), (TaskId(9), 0)] {
		let found = broken(|| {
			let committee = Committees::<Test>::get(TASK, 0).unwrap();
			Committees::<Test>::insert(task, attempt, committee)
		});
		assert_eq!(found, "ATT-3: a committee without a task");
	}
}

#[test]
fn att_14_notices_a_task_that_another_runners_scheme_judges() {
	let wanted = "ATT-14: a scheme that is not its runner's";
	assert_eq!(broken(|| change_task(|task| task.scheme = 2)), wanted);
	let unknown = broken(|| change_task(|task| (task.scheme, task.spec.runner) = (3, 3)));
	assert_eq!(unknown, wanted);
}

#[test]
fn att_4_notices_ballots_that_nobody_could_cast() {
	let found = broken(|| {
		let (seat, _) = Ballots::<Test>::get(TASK, 0).cast[0];
		cast(seat, Ballot::Unproven, &[])
	});
	assert_eq!(found, "ATT-4: a seat voted twice");
	let found = broken(|| cast(4, Ballot::Unproven, &[]));
	assert_eq!(found, "ATT-4: a vote without a seat");
	let found = broken(|| {
		Ballots::<Test>::remove(TASK, 0);
		Committees::<Test>::remove(TASK, 0)
	});
	assert_eq!(found, "ATT-4: a vote without a committee");
}

#[test]
fn att_4_notices_votes_that_should_have_decided() {
	let free = |others: &[Ballot]| {
		let (taken, _) = Ballots::<Test>::get(TASK, 0).cast[0];
		let seats = (0..4).filter(|seat| *seat != taken);
		for (seat, ballot) in seats.zip(others) {
			cast(seat, *ballot, &[]);
		}
	};
	let found = broken(|| free(&[Ballot::Pass; 2]));
	assert_eq!(found, "ATT-4: a quorum without a verdict");
}

#[test]
fn att_4_notices_named_leaves_that_nobody_could_name() {
	let name = |indices: &[u32]| {
		let indices = indices.to_vec().try_into().unwrap();
		Ballots::<Test>::mutate(TASK, 0, |ballots| ballots.named = indices)
	};
	let found = broken(|| name(&[3]));
	assert_eq!(found, "ATT-4: leaves that nobody named");
	let found = broken(|| {
		vote(2, TASK, unavailable(&[3]));
		name(&[])
	});
	assert_eq!(found, "ATT-4: leaves that nobody named");
	for indices in [&[4, 4][..], &[5, 4], &[ITEMS]] {
		let found = broken(|| {
			vote(2, TASK, unavailable(&[3]));
			name(indices)
		});
		assert_eq!(found, "ATT-4: named leaves out of order or range");
	}
}

#[test]
fn att_4_notices_a_list_of_open_votes_that_is_wrong() {
	let found = broken(|| OpenVotes::<Test>::remove(TASK));
	assert_eq!(found, "ATT-4: an open vote is not listed");
	let found = broken(|| OpenVotes::<Test>::insert(TaskId(9), ()));
	assert_eq!(found, "ATT-4: a closed task takes votes");
	let found = broken(|| change_task(|task| task.phase = Phase::Faulted));
	assert_eq!(found, "ATT-4: a closed task takes votes");
}

#[test]
fn att_5_notices_a_data_challenge_that_names_no_leaves_of_the_job() {
	let found = broken(|| dispute(&[]));
	assert_eq!(found, "ATT-5: a data challenge without leaves");
	for indices in [&[4, 4][..], &[5, 4], &[ITEMS]] {
		let found = broken(|| dispute(indices));
		assert_eq!(found, "ATT-5: disputed leaves out of order or range");
	}
}

#[test]
fn att_6_notices_a_bond_that_is_not_on_hold() {
	let unlocking = Unlocking { amount: 1, at: 9 };
	let found = broken(|| change_record(|record| record.bond += 1));
	assert_eq!(found, "ATT-6: the bond is not what is on hold");
	let found = broken(|| change_record(|record| record.unlocking.try_push(unlocking).unwrap()));
	assert_eq!(found, "ATT-6: the bond is not what is on hold");
}

#[test]
fn att_7_notices_attestors_that_should_not_be_active() {
	let found = broken(|| {
		Attestors::<Test>::mutate(|active| {
			let first = active[0].clone();
			active.try_push(first).unwrap()
		})
	});
	assert_eq!(found, "ATT-7: active twice");
	let found = broken(|| Validators::<Test>::mutate(|validators| validators[0].key = key(9)));
	assert_eq!(found, "ATT-7: active without a session key");
	let found = broken(|| Records::<Test>::remove(account(1)));
	assert_eq!(found, "ATT-7: active without a bond");
	let found = broken(|| Params::<Test>::mutate(|params| params.min_bond = BOND + 1));
	assert_eq!(found, "ATT-7: active with too small a bond");
	let found = broken(|| change_record(|record| record.ejected_until = 99));
	assert_eq!(found, "ATT-7: active though ejected");
}

#[test]
fn att_8_notices_rewards_that_do_not_add_up_or_are_not_covered() {
	// (That an active attestor has a record is noticed by ATT-7 before.)
	let found = broken(|| Owed::<Test>::put(1));
	assert_eq!(found, "ATT-8: what is owed does not add up");
	let found = broken(|| change_record(|record| record.reward_index = 1));
	assert_eq!(found, "ATT-8: settled beyond the index");
	let found = broken(|| Unallocated::<Test>::put(EXISTENTIAL_DEPOSIT + 1));
	assert_eq!(found, "ATT-8: the pot is short");
}

#[test]
fn att_9_notices_parameters_that_do_not_fit() {
	let found = broken(|| Params::<Test>::mutate(|params| params.sample = 0));
	assert_eq!(found, "ATT-9: invalid parameters");
	// Valid by themselves, too many for this runtime.
	let found = broken(|| Params::<Test>::mutate(|params| params.max_draws = 101));
	assert_eq!(found, "ATT-9: invalid parameters");
}

#[test]
fn att_10_notices_a_slash_whose_id_was_not_given_out() {
	let found = broken(|| {
		let slash = PendingSlash {
			offender: account(1),
			amount: 1,
			reporter: None,
			offence: Offence::DoubleVote,
			apply_at: 1,
		};
		PendingSlashes::<Test>::insert(0, slash)
	});
	assert_eq!(found, "ATT-10: slash from the future");
}

#[test]
fn att_11_notices_accumulators_that_are_too_many_or_not_the_latest() {
	let found = broken(|| {
		for block in 1_000..1_000 + ACCUMULATORS_KEPT {
			Accumulators::<Test>::insert(block, [0; 32]);
		}
	});
	assert_eq!(found, "ATT-11: too many accumulators");
	let found = broken(|| Accumulators::<Test>::insert(Latest::<Test>::get().0, [0; 32]));
	assert_eq!(found, "ATT-11: the latest accumulator is not stored");
}

#[test]
fn att_12_notices_named_leaves_that_will_never_be_demanded() {
	let found = broken(|| {
		vote(2, TASK, unavailable(&[3]));
		OpenVotes::<Test>::remove(TASK);
		change_task(|task| task.phase = Phase::Passed { votes_until: 9 })
	});
	assert_eq!(found, "ATT-12: named leaves of a passed task are forgotten");
}

#[test]
fn att_13_notices_batches_that_would_not_be_heard_in_their_order() {
	let waits = |change: fn(&mut WaitingBatch<AccountId>)| {
		broken(|| {
			send(2, TASK, Outcome::Pass);
			send(3, TASK, Outcome::Pass);
			let place = Queue::<Test>::get().first;
			Waiting::<Test>::mutate(place, |batch| change(batch.as_mut().unwrap()));
		})
	};
	assert_eq!(
		waits(|batch| batch.at += 1),
		"ATT-13: batches wait out of order"
	);
	let changes: [fn(&mut WaitingBatch<AccountId>); 2] = [
		|batch| batch.statements = Default::default(),
		|batch| batch.statements[0].outcome = Outcome::Fail,
	];
	for change in changes {
		assert_eq!(waits(change), "ATT-13: a Fail waits, or nothing");
	}
	assert_eq!(
		waits(|batch| batch.member = account(3)),
		"ATT-13: a member waits at a place that is not its own"
	);
	let found = broken(|| {
		send(2, TASK, Outcome::Pass);
		Queue::<Test>::kill();
	});
	assert_eq!(found, "ATT-13: a batch waits without a place");
	let found = broken(|| Queue::<Test>::mutate(|places| places.next = places.first + 513));
	assert_eq!(found, "ATT-13: more batches wait than may");
	let found = broken(|| {
		send(2, TASK, Outcome::Pass);
		let first = Queue::<Test>::get().first;
		let batch = Waiting::<Test>::take(first).unwrap();
		Waiting::<Test>::insert(first + 7, batch);
	});
	assert_eq!(found, "ATT-13: a place without a batch");
	let found = broken(|| {
		vote(2, TASK, Outcome::Pass);
		vote(3, TASK, Outcome::Pass);
		send(4, TASK, Outcome::Pass);
		OpenVotes::<Test>::remove(TASK);
	});
	assert_eq!(found, "ATT-13: a window ended before its votes were heard");
}
