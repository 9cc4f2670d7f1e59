use crate::{
	lifecycle::Kind,
	mock::*,
	types::{Due, Outcome},
	PresenceDue, TaskDue,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;
use terminal_primitives::{market::Verdict, ChallengeId, MachineId, TaskId};

/// The end of a window of this challenge of the machine.
fn window(challenge: ChallengeId) -> Due {
	let machine = MACHINE;
	Due::Presence { machine, challenge }
}

/// As if the buckets had had no room.
fn lose_buckets() {
	let _ = TaskDue::<Test>::clear(u32::MAX, None);
	let _ = PresenceDue::<Test>::clear(u32::MAX, None);
}

#[test]
fn does_what_the_block_did_not() {
	ExtBuilder::default().execute(|| {
		let job = Job::new(LEASE, &[]);
		let id = job.commit();
		lose_buckets();
		let due = Due::Task(id);
		let call = Attestation::advance;
		run(2);
		assert_noop!(call(signed(90), due), Error::NotDue);
		run(5);
		assert_eq!(Kind::of(&task(id).phase), Kind::AwaitingDraw);
		assert_ok!(call(signed(90), due));
		assert_eq!(Kind::of(&task(id).phase), Kind::Voting);
		assert_noop!(call(signed(90), due), Error::NotDue);
		lose_buckets();
		run(6);
		assert_ok!(call(signed(90), due));
		assert_eq!(Kind::of(&task(id).phase), Kind::AwaitingDraw);
		assert_noop!(call(RuntimeOrigin::none(), due), DispatchError::BadOrigin);
	})
}

#[test]
fn a_very_late_draw_waits_for_fresh_randomness() {
	ExtBuilder::default().execute(|| {
		let id = Job::new(LEASE, &[]).commit();
		lose_buckets();
		run(300);
		assert_ok!(Attestation::advance(signed(90), Due::Task(id)));
		assert_eq!(Kind::of(&task(id).phase), Kind::AwaitingDraw);
		run(3);
		assert_eq!(Kind::of(&task(id).phase), Kind::Voting);
	})
}

#[test]
fn ends_lost_challenges_votes_and_slashes() {
	ExtBuilder::default().execute(|| {
		let challenge = start_lease(MACHINE);
		lose_buckets();
		run(11);
		assert_ok!(Attestation::advance(signed(90), window(challenge)));
		assert_eq!(MockUptime::log().len(), 1);

		let all: Vec<u32> = (0..ITEMS).collect();
		let (job, id) = drawn(&all);
		vote(1, id, Outcome::Pass);
		let (leaf, weights) = (job.leaf(sample(id)[0]), job.bounded_weights());
		assert_ok!(Attestation::prove_fault(
			signed(REPORTER),
			id,
			leaf,
			weights
		));
		lose_buckets();
		assert_noop!(
			Attestation::advance(signed(90), Due::Slash(0)),
			Error::NotDue
		);
		run(8);
		assert_ok!(Attestation::advance(signed(90), Due::Slash(0)));
		assert!(on_hold(1) < BOND);
	})
}

#[test]
fn adds_nothing_to_the_agenda_between_a_commitment_and_its_answer() {
	ExtBuilder::default().execute(|| {
		let challenge = start_lease(MACHINE);
		commit_product(MACHINE);
		run(11);
		let agenda = || PresenceDue::<Test>::iter().collect::<Vec<_>>();
		let before = agenda();
		assert_eq!(before.len(), 1);
		assert_noop!(
			Attestation::advance(signed(90), window(challenge)),
			Error::NotDue
		);
		assert_eq!(agenda(), before);
		run(10);
		assert_eq!(MockUptime::log().len(), 1);
	})
}

#[test]
fn refuses_unknown_things() {
	ExtBuilder::default().execute(|| {
		let call = Attestation::advance;
		assert_noop!(call(signed(90), Due::Task(TaskId(4))), Error::UnknownTask);
		assert_noop!(call(signed(90), Due::Slash(4)), Error::UnknownSlash);
		let unknown = window(ChallengeId(4));
		assert_noop!(call(signed(90), unknown), Error::UnknownChallenge);
		let id = start_lease(MACHINE);
		assert_noop!(call(signed(90), unknown), Error::UnknownChallenge);
		assert_noop!(call(signed(90), window(id)), Error::NotDue);
		let elsewhere = Due::Presence {
			machine: MachineId(9),
			challenge: id,
		};
		assert_noop!(call(signed(90), elsewhere), Error::UnknownChallenge);
	})
}

#[test]
fn a_void_task_can_always_be_brought_to_an_end() {
	ExtBuilder::default().attestors(0).execute(|| {
		let (_, id) = drawn(&[]);
		lose_buckets();
		run(11);
		assert_ok!(Attestation::advance(signed(90), Due::Task(id)));
		assert_eq!(
			MockJobs::conclusions(),
			vec![(LEASE, Verdict::Unanswered, None)]
		);
	})
}
