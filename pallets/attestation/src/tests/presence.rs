use crate::{
	mock::*, types::MissReason, Challenges, IssuedThisBlock, LeasedCount, LeasedMachines,
	MachineAt, NextChallenge, OpenChallenge,
};
use frame_support::{assert_noop, assert_ok};
use terminal_primitives::{
	hooks::{MachineGuard, OnMachineLeased},
	ChallengeId, MachineId,
};
use terminal_test_support::{mocks::UptimeRecord, GENESIS_MS};

#[test]
fn a_lease_start_is_anchored_in_its_block() {
	ExtBuilder::default().execute(|| {
		assert_ok!(Attestation::on_lease_started(MACHINE));
		assert!(Attestation::has_open_challenge(MACHINE));
		assert_eq!(LeasedCount::<Test>::get(), 1);
		let id = ChallengeId(0);
		assert_eq!(Challenges::<Test>::get(id).unwrap().issued_at, GENESIS_MS);
		let event = Event::PresenceChallenged {
			challenge: id,
			machine: MACHINE,
			commit_by: 11,
		};
		assert_eq!(events(), vec![event]);
	})
}

#[test]
fn a_second_start_waits_for_the_open_challenge_and_is_anchored_after_it() {
	ExtBuilder::default().execute(|| {
		start_lease(MACHINE);
		run(1);
		assert_ok!(Attestation::on_lease_started(MACHINE));
		assert_eq!(NextChallenge::<Test>::get(), ChallengeId(1));
		assert!(LeasedMachines::<Test>::get(MACHINE).unwrap().anchor_wanted);
		events();

		// The first is missed in block 12; the anchor begins there.
		run_to(12);

		let [missed, anchored] = &events()[..] else {
			panic!("two events")
		};
		let reason = MissReason::NotCommitted;
		assert!(matches!(missed, Event::PresenceMissed { reason: r, .. } if *r == reason));
		let id = ChallengeId(1);
		let wanted = Event::PresenceChallenged {
			challenge: id,
			machine: MACHINE,
			commit_by: 22,
		};
		assert_eq!(anchored, &wanted);
		assert!(!LeasedMachines::<Test>::get(MACHINE).unwrap().anchor_wanted);
	})
}

#[test]
fn a_silent_machine_misses_both_kinds_of_deadline() {
	ExtBuilder::default().execute(|| {
		let id = start_lease(MACHINE);
		run_to(11);
		assert!(MockUptime::log().is_empty());
		run_to(12);
		assert_eq!(
			MockUptime::log(),
			vec![UptimeRecord::Miss(MACHINE, GENESIS_MS)]
		);
		assert!(Challenges::<Test>::get(id).is_none());
	});
	ExtBuilder::default().execute(|| {
		let id = start_lease(MACHINE);
		commit_product(id);
		run_to(21);
		assert!(MockUptime::log().is_empty());
		events();
		run_to(22);
		let event = Event::PresenceMissed {
			challenge: id,
			machine: MACHINE,
			issued_at: GENESIS_MS,
			reason: MissReason::NotAnswered,
		};
		assert_eq!(events(), vec![event]);
	})
}

#[test]
fn a_block_anchors_only_so_many_leases() {
	ExtBuilder::default().execute(|| {
		for n in 0..32 {
			assert_ok!(Attestation::on_lease_started(MachineId(n)));
		}
		assert_noop!(
			Attestation::on_lease_started(MachineId(32)),
			Error::TooManyChallenges
		);
		assert_eq!(IssuedThisBlock::<Test>::get(), 32);
		run(1);
		assert_ok!(Attestation::on_lease_started(MachineId(32)));
	})
}

#[test]
fn no_lease_is_anchored_when_the_ids_are_used_up() {
	ExtBuilder::default().execute(|| {
		NextChallenge::<Test>::put(ChallengeId(u64::MAX));
		let start = Attestation::on_lease_started(MACHINE);
		assert_noop!(start, Error::CounterExhausted);
	})
}

#[test]
fn the_index_stays_dense_when_machines_leave() {
	ExtBuilder::default().execute(|| {
		for n in 0..3 {
			start_lease(MachineId(n));
		}
		Attestation::on_lease_ended(MachineId(0));
		assert_eq!(LeasedCount::<Test>::get(), 2);
		assert_eq!(MachineAt::<Test>::get(0), Some(MachineId(2)));
		Attestation::on_lease_ended(MachineId(2));
		Attestation::on_lease_ended(MachineId(1));
		assert_eq!(LeasedCount::<Test>::get(), 0);
		// One too many is logged and changes nothing.
		Attestation::on_lease_ended(MachineId(1));
	})
}

#[test]
fn a_machine_with_two_leases_leaves_with_the_last_one() {
	ExtBuilder::default().execute(|| {
		start_lease(MACHINE);
		start_lease(MACHINE);
		Attestation::on_lease_ended(MACHINE);
		assert_eq!(LeasedCount::<Test>::get(), 1);
		Attestation::on_lease_ended(MACHINE);
		assert_eq!(LeasedCount::<Test>::get(), 0);
	})
}

#[test]
fn a_leased_machine_is_drawn_again_and_again_at_the_period() {
	// 6 s slots, one challenge a minute on average; each is missed 11 blocks after it began.
	ExtBuilder::default()
		.change(|p| p.presence_period_ms = 60_000)
		.execute(|| {
			start_lease(MACHINE);
			run(2_000);
			let count = NextChallenge::<Test>::get().0;
			// 2,000 blocks / (11 blocks open + 10 blocks of waiting) is about 95.
			assert!((70..=125).contains(&count), "{count} challenges");
			assert_eq!(
				OpenChallenge::<Test>::iter().count() as u64 + MockUptime::log().len() as u64,
				count
			);
		})
}

#[test]
fn idle_machines_are_never_drawn() {
	ExtBuilder::default().execute(|| {
		run(500);
		assert_eq!(NextChallenge::<Test>::get(), ChallengeId(0));
	})
}
