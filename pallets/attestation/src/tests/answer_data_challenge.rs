use crate::{
	mock::*,
	types::{Outcome, Phase},
	TaskDue,
};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResultWithPostInfo};
use terminal_primitives::{market::Verdict, TaskId, MILLI};

/// Members 1 and 2 name leaves 7, 40 and 50.
fn challenged(wrong: &[u32]) -> (Job, TaskId) {
	let (job, id) = drawn(wrong);
	vote(1, id, unavailable(&[40, 50]));
	vote(2, id, unavailable(&[7, 50]));
	run_to(10);
	events();
	(job, id)
}

fn answer(n: u64, job: &Job, id: TaskId, indices: &[u32]) -> DispatchResultWithPostInfo {
	let leaves: Vec<_> = indices.iter().map(|index| job.leaf(*index)).collect();
	let leaves = leaves.try_into().unwrap();
	Attestation::answer_data_challenge(signed(n), id, leaves, job.bounded_weights())
}

#[test]
fn passes_when_all_disputed_leaves_are_right() {
	ExtBuilder::default().execute(|| {
		let (job, id) = challenged(&[]);
		assert_ok!(answer(AGENT, &job, id, &[7, 40, 50]));
		assert_eq!(MockJobs::conclusions(), vec![(LEASE, Verdict::Pass, None)]);
		assert_eq!(task(id).phase, Phase::Passed { votes_until: 0 });
		// Three leaves at 20 milli, by two members.
		let amount = 30 * MILLI;
		assert_eq!(
			events(),
			vec![
				Event::LeavesShown {
					task: id,
					by: account(AGENT),
					left: 0
				},
				Event::TaskPassed {
					task: id,
					lease: LEASE
				},
				Event::PostingCharged {
					task: id,
					member: account(1),
					amount
				},
				Event::PostingCharged {
					task: id,
					member: account(2),
					amount
				},
			]
		);
		assert_eq!(on_hold(1), BOND - amount);
		assert_eq!(
			Balances::free_balance(account(AGENT)),
			10_000 * UNIT + 2 * amount
		);
	})
}

#[test]
fn can_be_given_in_parts() {
	ExtBuilder::default().execute(|| {
		let (job, id) = challenged(&[]);
		assert_ok!(answer(AGENT, &job, id, &[40]));
		assert_eq!(
			events(),
			vec![Event::LeavesShown {
				task: id,
				by: account(AGENT),
				left: 2
			}]
		);
		assert_noop!(answer(AGENT, &job, id, &[40]), Error::LeafNotDisputed);
		assert_ok!(answer(AGENT, &job, id, &[50, 7]));
		assert_eq!(MockJobs::conclusions(), vec![(LEASE, Verdict::Pass, None)]);
	})
}

#[test]
fn what_the_members_pay_is_capped() {
	ExtBuilder::default()
		.change(|p| p.posting_fee_cap = 20 * MILLI)
		.execute(|| {
			let (job, id) = challenged(&[]);
			assert_ok!(answer(AGENT, &job, id, &[7, 40, 50]));
			assert_eq!(on_hold(1), BOND - 20 * MILLI);
		})
}

#[test]
fn a_wrong_leaf_is_a_fault() {
	ExtBuilder::default().execute(|| {
		let (job, id) = challenged(&[50]);
		assert_ok!(answer(AGENT, &job, id, &[7, 40, 50]));
		assert_eq!(MockJobs::conclusions(), vec![(LEASE, Verdict::Fault, None)]);
		assert_eq!(on_hold(1), BOND);
	})
}

#[test]
fn a_provider_that_serves_only_its_good_leaves_fails() {
	ExtBuilder::default().execute(|| {
		let (job, id) = challenged(&[50]);
		assert_ok!(answer(AGENT, &job, id, &[7, 40]));
		run(11);
		assert_eq!(
			MockJobs::conclusions(),
			vec![(LEASE, Verdict::Unanswered, None)]
		);
		assert_eq!(on_hold(1), BOND);
	})
}

#[test]
fn anyone_who_has_the_leaves_may_answer() {
	ExtBuilder::default().execute(|| {
		let (job, id) = challenged(&[]);
		assert_ok!(answer(90, &job, id, &[7, 40, 50]));
		assert_eq!(
			Balances::free_balance(account(90)),
			10_000 * UNIT + 60 * MILLI
		);
	})
}

#[test]
fn refuses_what_was_not_asked_or_does_not_fit() {
	ExtBuilder::default().execute(|| {
		let (job, id) = challenged(&[]);
		assert_noop!(answer(AGENT, &job, TaskId(9), &[7]), Error::UnknownTask);
		assert_noop!(answer(AGENT, &job, id, &[8]), Error::LeafNotDisputed);
		assert_noop!(answer(AGENT, &job, id, &[7, 7]), Error::LeafNotDisputed);
		assert_noop!(answer(AGENT, &job, id, &[]), Error::LeafNotDisputed);
		let mut changed = job.leaf(7);
		changed.output[0] ^= 1;
		let leaves = vec![changed].try_into().unwrap();
		let call = Attestation::answer_data_challenge;
		let weights = job.bounded_weights();
		assert_noop!(
			call(signed(AGENT), id, leaves, weights),
			Error::LeafNotCommitted
		);
		let leaves = vec![job.leaf(7)].try_into().unwrap();
		let weights = vec![0; 3].try_into().unwrap();
		assert_noop!(
			call(signed(AGENT), id, leaves, weights),
			Error::WrongWeights
		);
		// In its last block it is taken, then never.
		run(10);
		assert_ok!(answer(AGENT, &job, id, &[7]));
		run(1);
		assert_noop!(answer(AGENT, &job, id, &[40]), Error::WrongPhase);
	})
}

#[test]
fn is_refused_where_nothing_is_disputed() {
	ExtBuilder::default().execute(|| {
		let (job, id) = drawn(&[]);
		assert_noop!(answer(AGENT, &job, id, &[7]), Error::WrongPhase);
		vote(1, id, Outcome::Pass);
		assert_noop!(answer(AGENT, &job, id, &[7]), Error::WrongPhase);
	})
}

#[test]
fn is_late_after_its_window_also_where_no_block_ended_the_challenge() {
	ExtBuilder::default().execute(|| {
		let (job, id) = challenged(&[]);
		let _ = TaskDue::<Test>::clear(u32::MAX, None);
		run(11);
		assert_noop!(answer(AGENT, &job, id, &[7, 40, 50]), Error::TooLate);
	})
}
