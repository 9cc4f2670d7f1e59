use crate::{
	lifecycle::Kind,
	mock::*,
	types::{Cause, Due, Outcome, Phase},
	Ballots, Committees, NextTask, OpenVotes, TaskDue, TaskOfLease, Tasks,
};
use frame_support::{assert_noop, assert_ok};
use terminal_primitives::{hooks::OnJobProgress, market::Verdict, LeaseId, TaskId};

/// Who sits in an attempt's committee, in the order of the seats.
fn members(id: TaskId, attempt: u8) -> Vec<AccountId> {
	let committee = Committees::<Test>::get(id, attempt).unwrap();
	let members = committee.members.into_iter();
	members.map(|member| member.account).collect()
}

#[test]
fn a_commitment_opens_a_task_that_waits_for_randomness() {
	ExtBuilder::default().execute(|| {
		let job = Job::new(LEASE, &[]);
		let id = job.commit();
		assert_eq!(task(id).phase, Phase::AwaitingDraw { at: 4 });
		assert!(Attestation::holds_open(LEASE));
		let opened = Event::TaskOpened {
			task: id,
			lease: LEASE,
			root: job.root,
			draw_at: 4,
		};
		assert_eq!(events(), vec![opened]);
		run(2);
		assert_eq!(Kind::of(&task(id).phase), Kind::AwaitingDraw);
		run(1);
		let until = 4 + 5;
		assert!(matches!(task(id).phase, Phase::Voting { until: u, .. } if u == until));
		let drawn = Event::CommitteeDrawn {
			task: id,
			attempt: 0,
			quorum: 3,
			until,
			members: members(id, 0),
		};
		assert_eq!(events(), vec![drawn]);
	})
}

#[test]
fn the_root_does_not_move_the_draw() {
	let drawn = |wrong: &'static [u32]| {
		let mut found = None;
		ExtBuilder::default().attestors(40).execute(|| {
			let job = Job::new(LEASE, wrong);
			found = Committees::<Test>::get(job.draw(), 0);
		});
		found.unwrap()
	};
	let (one, other) = (drawn(&[]), drawn(&[3]));
	assert_eq!(one.members.len(), 15);
	assert_eq!(one.quorum, 10);
	assert_eq!(one, other);
}

#[test]
fn parties_are_never_drawn() {
	ExtBuilder::default().attestors(102).execute(|| {
		// Validators 100 to 102 are provider, agent and consumer.
		for lease in 0..8 {
			let id = Job::new(LeaseId(lease), &[]).draw();
			let members = Committees::<Test>::get(id, 0).unwrap().members;
			for party in [PROVIDER, AGENT, CONSUMER] {
				assert!(members
					.iter()
					.all(|member| member.account != account(party)));
			}
		}
	});
	ExtBuilder::default()
		.attestors(102)
		.change(|p| p.small_set = 128)
		.execute(|| {
			let id = Job::new(LEASE, &[]).draw();
			assert_eq!(Committees::<Test>::get(id, 0).unwrap().members.len(), 99);
		})
}

#[test]
fn unknown_jobs_and_runners_and_second_commitments_are_refused() {
	ExtBuilder::default().execute(|| {
		assert_noop!(Attestation::on_committed(LEASE), Error::UnknownJob);
		let mut job = Job::new(LEASE, &[]);
		job.spec.runner = 3;
		MockJobs::put(LEASE, job.view());
		assert_noop!(Attestation::on_committed(LEASE), Error::UnknownRunner);
		job.spec.runner = 1;
		job.commit();
		assert_noop!(Attestation::on_committed(LEASE), Error::AlreadyCommitted);
	})
}

#[test]
fn a_quorum_passes() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		vote(1, id, Outcome::Pass);
		vote(2, id, Outcome::Pass);
		assert_eq!(MockJobs::conclusions(), vec![]);
		events();
		vote(3, id, Outcome::Pass);
		assert_eq!(MockJobs::conclusions(), vec![(LEASE, Verdict::Pass, None)]);
		assert_eq!(task(id).phase, Phase::Passed { votes_until: 9 });
		// The fourth may still vote.
		assert!(Attestation::holds_open(LEASE));
		let member = account(3);
		assert_eq!(
			events(),
			vec![
				Event::VotesSubmitted {
					member,
					sequence: 1,
					votes: 1
				},
				Event::TaskPassed {
					task: id,
					lease: LEASE
				},
			]
		);
	})
}

#[test]
fn without_a_quorum_it_is_drawn_again_then_by_all_then_void() {
	ExtBuilder::default().attestors(30).execute(|| {
		let (job, id) = drawn(&[]);
		let mut seeds = vec![];
		for (attempt, seats) in [(0, 15), (1, 15), (2, 30)] {
			assert_eq!(task(id).attempt, attempt);
			let committee = Committees::<Test>::get(id, attempt).unwrap();
			assert_eq!(committee.members.len(), seats);
			seeds.push(committee.seed);
			// The window of 5 blocks, its end, and the wait for the next draw.
			events();
			run(6);
			if attempt < 2 {
				assert_eq!(Kind::of(&task(id).phase), Kind::AwaitingDraw);
				let lapsed = Event::CommitteeLapsed {
					task: id,
					next_attempt: attempt + 1,
					draw_at: now() + 3,
				};
				assert_eq!(events(), vec![lapsed]);
				run(3);
			}
		}
		assert!(seeds[0] != seeds[1] && seeds[1] != seeds[2]);
		let Phase::DataChallenge { indices, cause, .. } = task(id).phase else {
			panic!()
		};
		assert_eq!(cause, Cause::Void);
		assert_eq!(indices.into_inner(), sample(id));
		let challenged = Event::DataChallenged {
			task: id,
			cause,
			indices: sample(id),
			until: now() + 10,
		};
		assert_eq!(events(), vec![challenged]);
		// Nobody voted, nobody is paid, nobody is slashed: the provider can still show its leaves.
		let leaves: Vec<_> = sample(id)
			.into_iter()
			.map(|index| job.leaf(index))
			.collect();
		let leaves = leaves.try_into().unwrap();
		let weights = job.bounded_weights();
		assert_ok!(Attestation::answer_data_challenge(
			signed(AGENT),
			id,
			leaves,
			weights
		));
		assert_eq!(MockJobs::conclusions(), vec![(LEASE, Verdict::Pass, None)]);
	})
}

#[test]
fn with_nobody_to_draw_it_is_void_at_once() {
	ExtBuilder::default().attestors(0).execute(|| {
		let (_, id) = drawn(&[]);
		let Phase::DataChallenge { indices, cause, .. } = task(id).phase else {
			panic!()
		};
		assert_eq!((indices.len(), cause), (16, Cause::Void));
	})
}

#[test]
fn silence_in_a_data_challenge_is_unanswered() {
	ExtBuilder::default().attestors(0).execute(|| {
		let (_, id) = drawn(&[]);
		run(10);
		assert_eq!(MockJobs::conclusions(), vec![]);
		events();
		run(1);
		assert_eq!(
			MockJobs::conclusions(),
			vec![(LEASE, Verdict::Unanswered, None)]
		);
		assert_eq!(
			events(),
			vec![Event::TaskUnanswered {
				task: id,
				lease: LEASE
			}]
		);
		assert_eq!(task(id).phase, Phase::Unanswered);
	})
}

#[test]
fn a_closed_lease_leaves_nothing_behind() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		vote(1, id, Outcome::Pass);
		events();
		Attestation::on_closed(LEASE);
		assert_eq!(
			events(),
			vec![Event::TaskClosed {
				task: id,
				lease: LEASE
			}]
		);
		assert_eq!(Tasks::<Test>::iter().count(), 0);
		assert_eq!(TaskOfLease::<Test>::iter().count(), 0);
		assert_eq!(Committees::<Test>::iter().count(), 0);
		assert_eq!(Ballots::<Test>::iter().count(), 0);
		assert_eq!(OpenVotes::<Test>::iter().count(), 0);
		// What was due for it is ignored.
		run(20);
		assert_eq!(events(), vec![]);
	})
}

#[test]
fn a_full_block_refuses_a_commitment_only_when_the_next_ones_are_full_too() {
	ExtBuilder::default().execute(|| {
		// The 32 buckets from the draw's block on.
		for block in 4..36 {
			let full = frame_support::BoundedVec::truncate_from(vec![Due::Slash(9); 400]);
			TaskDue::<Test>::insert(block, full);
		}
		MockJobs::put(LeaseId(999), Job::new(LeaseId(999), &[]).view());
		assert_noop!(Attestation::on_committed(LeaseId(999)), Error::TooManyTasks);
		TaskDue::<Test>::remove(35);
		assert_ok!(Attestation::on_committed(LeaseId(999)));
	})
}

#[test]
fn no_task_is_opened_when_the_ids_are_used_up() {
	ExtBuilder::default().execute(|| {
		NextTask::<Test>::put(TaskId(u64::MAX));
		MockJobs::put(LEASE, Job::new(LEASE, &[]).view());
		assert_noop!(Attestation::on_committed(LEASE), Error::CounterExhausted);
	})
}

#[test]
fn one_failing_verdict_does_not_stop_the_others() {
	ExtBuilder::default().attestors(0).execute(|| {
		let first = Job::new(LeaseId(1), &[]).commit();
		let second = Job::new(LeaseId(2), &[]).commit();
		run(3);
		MockJobs::remove(LeaseId(1));
		run(11);
		assert_eq!(Kind::of(&task(first).phase), Kind::DataChallenge);
		assert_eq!(task(second).phase, Phase::Unanswered);
	})
}

#[test]
fn the_sample_is_inside_the_job_and_ascending() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let sample = sample(id);
		assert_eq!(sample.len(), 16);
		assert!(sample.windows(2).all(|pair| pair[0] < pair[1]));
		assert!(sample.iter().all(|index| *index < ITEMS));
		assert_eq!(Attestation::sample_of(TaskId(77)), None);
	})
}
