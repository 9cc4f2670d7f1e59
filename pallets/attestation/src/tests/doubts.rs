//! A committee that passed, some of whose members could not get leaves.

use crate::{
	mock::*,
	types::{Cause, Due, Outcome, Phase},
	Ballots, Committees, OpenVotes, TaskDue,
};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchResultWithPostInfo, Pays},
};
use terminal_primitives::{hooks::OnJobProgress, market::Verdict, TaskId};

/// Three of four pass; member 1 names leaves 7, 40 and 50. In the block in which the votes end.
fn doubted(wrong: &[u32]) -> (Job, TaskId) {
	let (job, id) = drawn(wrong);
	vote(1, id, unavailable(&[7, 40, 50]));
	for n in 2..=4 {
		vote(n, id, Outcome::Pass);
	}
	assert_eq!(task(id).phase, Phase::Passed { votes_until: 9 });
	run_to(9);
	events();
	(job, id)
}

/// As [`doubted`], when the leaves are demanded.
fn demanded(wrong: &[u32]) -> (Job, TaskId) {
	let (job, id) = doubted(wrong);
	run(1);
	events();
	(job, id)
}

fn answer(job: &Job, id: TaskId, indices: &[u32]) -> DispatchResultWithPostInfo {
	let leaves: Vec<_> = indices.iter().map(|index| job.leaf(*index)).collect();
	let leaves = leaves.try_into().unwrap();
	Attestation::answer_data_challenge(signed(AGENT), id, leaves, job.bounded_weights())
}

fn held() -> bool {
	<Attestation as OnJobProgress>::holds_open(LEASE)
}

fn disputed(id: TaskId) -> Vec<u32> {
	let Phase::DataChallenge { indices, .. } = task(id).phase else {
		panic!("no data challenge")
	};
	indices.into_inner()
}

/// The numbers of the members, by seat.
fn seated(id: TaskId) -> Vec<u64> {
	let committee = Committees::<Test>::get(id, 0).unwrap();
	let members = committee.members.iter();
	members
		.map(|member| (1..=30).find(|n| account(*n) == member.account).unwrap())
		.collect()
}

#[test]
fn bring_the_leaves_that_one_member_missed_on_chain_when_the_votes_end() {
	ExtBuilder::default().execute(|| {
		let (_, id) = doubted(&[]);
		assert!(held());
		assert_eq!(events(), vec![]);
		run(1);
		let (cause, until) = (Cause::Unavailable, 10 + 10);
		assert_eq!(
			events(),
			vec![Event::DataChallenged {
				task: id,
				cause,
				indices: vec![7, 40, 50],
				until
			}]
		);
		assert_eq!(disputed(id), vec![7, 40, 50]);
		assert!(held());
		assert_eq!(OpenVotes::<Test>::iter().count(), 0);
	})
}

#[test]
fn count_after_the_verdict_too() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		for n in 1..=3 {
			vote(n, id, Outcome::Pass);
		}
		run(4);
		vote(4, id, unavailable(&[3]));
		assert_eq!(task(id).phase, Phase::Passed { votes_until: 9 });
		run_to(10);
		assert_eq!(disputed(id), vec![3]);
	})
}

#[test]
fn that_are_not_answered_take_the_pass_back() {
	ExtBuilder::default().execute(|| {
		let (job, id) = demanded(&[50]);
		assert_ok!(answer(&job, id, &[7, 40]));
		run(11);
		let (passed, lost) = (Verdict::Pass, Verdict::Unanswered);
		assert_eq!(
			MockJobs::conclusions(),
			vec![(LEASE, passed, None), (LEASE, lost, None)]
		);
		assert_eq!(task(id).phase, Phase::Unanswered);
		assert!(!held());
	})
}

#[test]
fn that_are_answered_with_a_wrong_leaf_are_a_fault_at_the_answers_cost() {
	ExtBuilder::default().execute(|| {
		let (job, id) = demanded(&[50]);
		let done = answer(&job, id, &[7, 40, 50]).unwrap();
		assert_eq!(done.pays_fee, Pays::Yes);
		assert_eq!(
			MockJobs::conclusions().last(),
			Some(&(LEASE, Verdict::Fault, None))
		);
	})
}

#[test]
fn that_were_false_cost_neither_the_member_nor_the_provider() {
	ExtBuilder::default().execute(|| {
		let (job, id) = demanded(&[]);
		let done = answer(&job, id, &[7, 40, 50]).unwrap();
		assert_eq!(done.pays_fee, Pays::No);
		let by = account(AGENT);
		let (task, lease, left) = (id, LEASE, 0);
		assert_eq!(
			events(),
			vec![
				Event::LeavesShown { task, by, left },
				Event::TaskPassed { task, lease }
			]
		);
		assert_eq!(on_hold(1), BOND);
		assert_eq!(Balances::free_balance(account(AGENT)), 10_000 * UNIT);
		assert!(!held());
	})
}

#[test]
fn come_once() {
	ExtBuilder::default().execute(|| {
		let (job, id) = demanded(&[]);
		assert_ok!(answer(&job, id, &[7, 40, 50]));
		assert_eq!(task(id).phase, Phase::Passed { votes_until: 0 });
		events();
		run(20);
		assert_eq!(events(), vec![]);
		let again = Attestation::advance(signed(90), Due::Task(id));
		assert_noop!(again, Error::NotDue);
		assert!(!held());
	})
}

#[test]
fn are_answered_for_nothing_only_in_parts_as_large_as_may_be() {
	ExtBuilder::default().execute(|| {
		let (job, id) = demanded(&[]);
		assert_eq!(answer(&job, id, &[40]).unwrap().pays_fee, Pays::Yes);
		assert_eq!(answer(&job, id, &[7, 50]).unwrap().pays_fee, Pays::No);
	});
	// Of so many that no quorum was possible, an answer costs its fee: they pay the posting.
	ExtBuilder::default().execute(|| {
		let (job, id) = drawn(&[]);
		vote(1, id, unavailable(&[7]));
		vote(2, id, unavailable(&[7]));
		run_to(10);
		assert_eq!(answer(&job, id, &[7]).unwrap().pays_fee, Pays::Yes);
		assert!(on_hold(1) < BOND);
	});
	// So does one that no committee asked for.
	ExtBuilder::default().attestors(0).execute(|| {
		let (job, id) = drawn(&[]);
		let all = disputed(id);
		assert_eq!(answer(&job, id, &all).unwrap().pays_fee, Pays::Yes);
	})
}

#[test]
fn are_all_heard_however_many_harmless_leaves_were_named_before() {
	ExtBuilder::default().attestors(30).execute(|| {
		let (job, id) = drawn(&[99]);
		let numbers = seated(id);
		// The fifth of five that a quorum of ten bears is the one that was refused the wrong leaf.
		for (seat, n) in numbers.iter().take(4).enumerate() {
			let harmless: Vec<u32> = (0..8).map(|leaf| 8 * seat as u32 + leaf).collect();
			vote(*n, id, unavailable(&harmless));
		}
		vote(numbers[4], id, unavailable(&[99]));
		for n in &numbers[5..] {
			vote(*n, id, Outcome::Pass);
		}
		run_to(10);
		let expected: Vec<u32> = (0..32).chain([99]).collect();
		assert_eq!(disputed(id), expected);
		for part in [&expected[..16], &expected[16..32]] {
			assert_eq!(answer(&job, id, part).unwrap().pays_fee, Pays::No);
		}
		run_to(21);
		assert_eq!(task(id).phase, Phase::Unanswered);
	})
}

#[test]
fn of_hostile_members_leave_the_others_their_say() {
	ExtBuilder::default().attestors(30).execute(|| {
		let (_, id) = drawn(&[99]);
		let numbers = seated(id);
		// So many that no quorum is left name leaves that the provider has, before anybody else votes.
		for (seat, n) in numbers.iter().take(8).enumerate() {
			let harmless: Vec<u32> = (0..10).map(|leaf| 10 * seat as u32 + leaf).collect();
			vote(*n, id, unavailable(&harmless));
		}
		vote(numbers[14], id, unavailable(&[99]));
		run_to(10);
		let expected: Vec<u32> = (0..80).chain([99]).collect();
		assert_eq!(disputed(id), expected);
	})
}

#[test]
fn are_asked_for_besides_the_public_sample_where_no_committee_decides() {
	// Two draws in which nobody votes, and one in which a member does.
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		run(9);
		run(9);
		assert_eq!(task(id).attempt, 2);
		let sample = sample(id);
		let missed = (0..ITEMS).find(|index| !sample.contains(index)).unwrap();
		let mut expected = sample.clone();
		expected.push(missed);
		expected.sort_unstable();
		vote(1, id, unavailable(&[missed]));
		run(6);
		assert_eq!(disputed(id), expected);
	})
}

#[test]
fn hold_the_payment_until_their_end_was_handled() {
	ExtBuilder::default().execute(|| {
		let (_, id) = doubted(&[]);
		let _ = TaskDue::<Test>::clear(u32::MAX, None);
		run(20);
		assert_eq!(task(id).phase, Phase::Passed { votes_until: 9 });
		assert!(held());
		assert_ok!(Attestation::advance(signed(90), Due::Task(id)));
		assert_eq!(disputed(id), vec![7, 40, 50]);
	})
}

#[test]
fn that_nobody_has_hold_nothing_after_the_votes() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		for n in 1..=4 {
			vote(n, id, Outcome::Pass);
		}
		assert!(Ballots::<Test>::get(id, 0).named.is_empty());
		run_to(9);
		assert!(held(), "a member may still name leaves");
		let _ = TaskDue::<Test>::clear(u32::MAX, None);
		run(1);
		assert!(!held());
		assert_ok!(Attestation::advance(signed(90), Due::Task(id)));
		assert_eq!(task(id).phase, Phase::Passed { votes_until: 9 });
		let again = Attestation::advance(signed(90), Due::Task(id));
		assert_noop!(again, Error::NotDue);
	})
}
