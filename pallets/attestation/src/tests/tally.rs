//! Votes wait for the next block and are heard together; nothing is lost by waiting.

use crate::{
	mock::*,
	tally::{limit, most_of_batch},
	types::{Ballot, Due, Outcome, Phase, Task},
	votes::BatchError,
	weights::WeightInfo,
	Ballots, Committees, PendingSlashes, Queue, Records, Tasks, Waiting,
};
use frame_support::{
	assert_noop, assert_ok,
	pallet_prelude::DispatchError,
	storage::{with_transaction, TransactionOutcome},
	traits::Hooks,
	weights::Weight,
};
use frame_system::limits::BlockWeights;
use terminal_primitives::{hooks::OnJobProgress, market::Verdict, LeaseId, TaskId};

/// How many votes of the task's present attempt were heard.
fn heard(id: TaskId) -> usize {
	Ballots::<Test>::get(id, task(id).attempt).cast.len()
}

/// Why a batch with these votes is refused, if it is.
fn check(n: u64, votes: Vec<crate::types::Statement>) -> Result<u32, BatchError> {
	let batch = batch(n, votes, vec![]);
	Attestation::check_batch(&batch, &sign(n, &batch))
}

/// Blocks so small that the tally finds no room.
fn starve() {
	let small = BlockWeights::simple_max(Weight::from_parts(1_000, u64::MAX));
	MockBlocks::set(&small);
}

#[test]
fn votes_wait_for_the_next_block_and_decide_there() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		for n in 1..=3 {
			send(n, id, Outcome::Pass);
		}
		assert_eq!(heard(id), 0);
		assert_eq!(Queue::<Test>::get().count(), 3);
		assert_ok!(crate::invariants::check::<Test>());

		run(1);

		assert_eq!(heard(id), 3);
		assert_eq!(Waiting::<Test>::iter().count(), 0);
		assert_eq!(task(id).phase, Phase::Passed { votes_until: 9 });
		assert_eq!(MockJobs::conclusions(), vec![(LEASE, Verdict::Pass, None)]);
	})
}

#[test]
fn votes_on_one_task_are_heard_together() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		send(1, id, Outcome::Pass);
		send(2, id, unavailable(&[3]));
		let undecided = Attestation::tally(Weight::MAX);
		let batches = <()>::take_batch(1) + <()>::take_batch(1);
		assert_eq!(undecided, <()>::tally() + batches + <()>::hear_votes(2));
		for n in [3, 4] {
			send(n, id, Outcome::Pass);
		}
		let decided = Attestation::tally(Weight::MAX);
		assert_eq!(decided, undecided + <()>::conclude_pass());
		// Nothing waits any more.
		assert_eq!(Attestation::tally(Weight::MAX), Weight::zero());
	})
}

#[test]
fn a_tally_stops_where_it_might_go_over_its_limit_and_goes_on_later() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		for n in 1..=3 {
			send(n, id, Outcome::Pass);
		}
		let one = <()>::tally() + most_of_batch::<Test>();
		let less = one - Weight::from_parts(1, 0);
		for (limit, left) in [(less, 3), (one, 2), (one, 1), (one, 0)] {
			assert!(Attestation::tally(limit).all_lte(limit));
			assert_eq!(Queue::<Test>::get().count(), left);
			assert_ok!(crate::invariants::check::<Test>());
		}
		assert_eq!(task(id).phase, Phase::Passed { votes_until: 9 });
		assert!(one.all_lte(limit::<Test>()));
	})
}

#[test]
fn a_vote_in_the_last_block_of_the_window_counts() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		run_to(9);
		for n in 1..=3 {
			send(n, id, Outcome::Pass);
		}
		run(1);
		assert_eq!(heard(id), 3);
		assert_eq!(MockJobs::conclusions(), vec![(LEASE, Verdict::Pass, None)]);
	})
}

#[test]
fn a_window_does_not_end_while_votes_from_inside_it_wait() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let room = MockBlocks::get();
		for n in 1..=3 {
			send(n, id, Outcome::Pass);
		}
		starve();
		run_to(12);
		assert_eq!(task(id).phase, Phase::Voting { until: 9 });
		let advanced = Attestation::advance(signed(REPORTER), Due::Task(id));
		assert_noop!(advanced, Error::VotesWaiting);
		MockBlocks::set(&room);
		run(1);
		assert_eq!(heard(id), 3);
		assert_eq!(MockJobs::conclusions(), vec![(LEASE, Verdict::Pass, None)]);
		assert_eq!(crate::OpenVotes::<Test>::iter().count(), 0);
	})
}

#[test]
fn a_passed_job_is_not_paid_while_doubts_from_inside_its_window_wait() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		for n in 1..=3 {
			vote(n, id, Outcome::Pass);
		}
		let room = MockBlocks::get();
		send(4, id, unavailable(&[3]));
		starve();
		run_to(12);
		assert!(Attestation::holds_open(LEASE));
		MockBlocks::set(&room);
		run(1);
		assert!(matches!(task(id).phase, Phase::DataChallenge { .. }));
	})
}

#[test]
fn a_pass_that_waits_answers_for_a_fault_that_is_proven_meanwhile() {
	for by_vote in [false, true] {
		ExtBuilder::default().execute(|| {
			// All leaves are wrong: whatever was sampled is.
			let job = Job::new(LEASE, &(0..ITEMS).collect::<Vec<_>>());
			let id = job.draw();
			send(1, id, Outcome::Pass);
			let index = sample(id)[0];
			if by_vote {
				fail(2, &job, id, index);
			} else {
				let (leaf, weights) = (job.leaf(index), job.bounded_weights());
				assert_ok!(Attestation::prove_fault(
					signed(REPORTER),
					id,
					leaf,
					weights
				));
			}
			assert_eq!(task(id).phase, Phase::Faulted);
			let slashed: Vec<_> = PendingSlashes::<Test>::iter_values()
				.map(|slash| slash.offender)
				.collect();
			assert_eq!(slashed, vec![account(1)]);
			// What still waits comes to nothing.
			run(1);
			assert_eq!(heard(id), 1 + usize::from(by_vote));
		})
	}
}

#[test]
fn a_vote_that_waits_cannot_be_cast_again_nor_be_followed_by_a_fail() {
	ExtBuilder::default().execute(|| {
		let job = Job::new(LEASE, &[5]);
		let (id, other) = (job.commit(), Job::new(LeaseId(9), &[]).commit());
		run(3);
		send(1, id, Outcome::Pass);
		let again = vec![statement(id, Outcome::Pass)];
		assert_eq!(check(1, again), Err(BatchError::NoLiveVote));
		// Nor beside another that waits.
		let flip = vec![
			statement(other, Outcome::Pass),
			statement(id, Outcome::Fail),
		];
		send(1, other, Outcome::Pass);
		let batch = batch(1, flip, vec![job.proof(id, 5)]);
		let checked = Attestation::check_batch(&batch, &sign(1, &batch));
		assert_eq!(checked, Err(BatchError::NoLiveVote));
		Attestation::do_submit_votes(batch);
		assert!(matches!(task(id).phase, Phase::Voting { .. }));
	})
}

#[test]
fn pass_and_fail_on_one_task_in_one_batch_are_a_pass() {
	ExtBuilder::default().execute(|| {
		let (job, id) = drawn(&[5]);
		let both = vec![statement(id, Outcome::Pass), statement(id, Outcome::Fail)];
		let batch = batch(1, both, vec![job.proof(id, 5)]);
		Attestation::do_submit_votes(batch);
		hear();
		let ballots = Ballots::<Test>::get(id, 0).cast;
		assert!(matches!(ballots[..], [(_, Ballot::Pass)]));
	})
}

#[test]
fn a_member_lets_four_batches_wait_and_no_more() {
	ExtBuilder::default().execute(|| {
		let ids: Vec<_> = (1..=5)
			.map(|lease| Job::new(LeaseId(lease), &[]).commit())
			.collect();
		run(3);
		for id in &ids[..4] {
			send(1, *id, Outcome::Pass);
		}
		let fifth = || vec![statement(ids[4], Outcome::Pass)];
		assert_eq!(check(1, fifth()), Err(BatchError::TooManyWaiting));
		// Others are not kept out by it.
		assert_eq!(check(2, fifth()), Ok(1));
		run(1);
		assert_eq!(check(1, fifth()), Ok(1));
		send(1, ids[4], Outcome::Pass);
		assert_eq!(Records::<Test>::get(account(1)).unwrap().waiting.len(), 1);
	})
}

#[test]
fn a_vote_counts_as_of_its_block_whatever_became_of_the_member() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		for n in 1..=3 {
			send(n, id, Outcome::Pass);
		}
		// One is ejected, one has a new key, one left.
		Records::<Test>::mutate(account(1), |record| {
			record.as_mut().unwrap().ejected_until = 50;
		});
		Attestation::set_validators([(account(2), key(62)), (account(4), key(4))].into_iter());
		run(1);
		assert_eq!(MockJobs::conclusions(), vec![(LEASE, Verdict::Pass, None)]);
	})
}

#[test]
fn votes_on_a_task_that_is_over_are_skipped() {
	ExtBuilder::default().execute(|| {
		let gone = Job::new(LeaseId(1), &[]).commit();
		let open = Job::new(LeaseId(2), &[]).commit();
		run(3);
		let votes = vec![
			statement(gone, Outcome::Pass),
			statement(open, Outcome::Pass),
		];
		let batch = batch(1, votes, vec![]);
		Attestation::do_submit_votes(batch);
		Attestation::on_closed(LeaseId(1));
		run(1);
		assert_eq!(Ballots::<Test>::iter().count(), 1);
		assert_eq!(heard(open), 1);
	})
}

#[test]
fn a_member_without_a_seat_lets_nothing_wait() {
	ExtBuilder::default().attestors(25).execute(|| {
		let (here, there) = (
			Job::new(LEASE, &[]).commit(),
			Job::new(LeaseId(9), &[]).commit(),
		);
		run(3);
		let sits = |n: u64, id| {
			let committee = Committees::<Test>::get(id, 0).unwrap();
			committee.seat(&account(n)).is_some()
		};
		let member = (1..=25)
			.find(|n| sits(*n, here) && !sits(*n, there))
			.unwrap();
		let votes = |id, count| vec![statement(id, Outcome::Pass); count];
		assert_eq!(check(member, votes(there, 1)), Err(BatchError::NoLiveVote));
		assert_eq!(check(member, votes(there, 64)), Err(BatchError::NoLiveVote));
		assert_eq!(Queue::<Test>::get().count(), 0);
		// Beside a vote that counts they are taken, and come to nothing.
		let mixed = [votes(there, 63), votes(here, 1)].concat();
		assert_eq!(check(member, mixed.clone()), Ok(64));
		Attestation::do_submit_votes(batch(member, mixed, vec![]));
		run(1);
		assert_eq!((heard(here), heard(there)), (1, 0));
	})
}

#[test]
fn a_vote_said_many_times_is_one() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let votes = vec![statement(id, Outcome::Pass); 64];
		Attestation::do_submit_votes(batch(1, votes, vec![]));
		run(1);
		assert_eq!(heard(id), 1);
		assert!(matches!(task(id).phase, Phase::Voting { .. }));
		assert_eq!(crate::BreakerState::<Test>::get().passes, 1);
	})
}

#[test]
fn a_vote_after_the_window_does_not_wait() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		run_to(9);
		let vote = vec![statement(id, Outcome::Pass)];
		assert_eq!(check(1, vote.clone()), Ok(1));
		run(1);
		assert_eq!(check(1, vote), Err(BatchError::NoLiveVote));
	})
}

#[test]
fn votes_on_another_attempt_or_commitment_are_not_heard() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let stands = task(id);
		let changes: [fn(&mut Task<AccountId>); 3] = [
			|task| task.attempt = 1,
			|task| task.root = [1; 32],
			|task| task.committed_at += 1,
		];
		for (n, change) in (1..).zip(changes) {
			send(n, id, Outcome::Pass);
			Tasks::<Test>::mutate(id, |task| change(task.as_mut().unwrap()));
			hear();
			Tasks::<Test>::insert(id, &stands);
		}
		assert_eq!(Ballots::<Test>::iter().count(), 0);
		assert_eq!(Queue::<Test>::get().count(), 0);
	})
}

#[test]
fn a_batch_of_an_abandoned_fork_is_heard_on_the_one_that_stays() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let batch = batch(1, vec![statement(id, Outcome::Pass)], vec![]);
		let signature = sign(1, &batch);
		let check = || Attestation::check_batch(&batch, &signature);
		let taken_and_heard = || {
			assert_eq!(check(), Ok(1));
			Attestation::do_submit_votes(batch.clone());
			run(1);
			assert_eq!(heard(id), 1);
		};
		let _ = with_transaction(|| {
			taken_and_heard();
			TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
		});
		assert_eq!(heard(id), 0);
		taken_and_heard();
		assert_eq!(check(), Err(BatchError::OldSequence));
	})
}

#[test]
fn the_block_counts_what_its_tally_weighs() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		send(1, id, Outcome::Pass);
		send(2, id, Outcome::Pass);
		let begin = |block| {
			System::set_block_number(block);
			Attestation::on_initialize(block)
		};
		let idle = <()>::on_initialize(0);
		let batches = <()>::take_batch(1) + <()>::take_batch(1);
		let tally = <()>::tally() + batches + <()>::hear_votes(2);
		assert_eq!(begin(System::block_number() + 1), idle + tally);
		assert_eq!(begin(System::block_number() + 1), idle);
	})
}
