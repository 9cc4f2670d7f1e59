use crate::{
	mock::*,
	types::{Due, MissReason},
	weights::WeightInfo,
	Challenges, IssuedThisBlock, LeasedCount, LeasedMachines, MachineAt, NextChallenge,
	PresenceDue,
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
		let challenge = Challenges::<Test>::get(MACHINE).unwrap();
		assert_eq!((challenge.id, challenge.issued_at), (id, GENESIS_MS));
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
		assert_eq!(awaited(), Some(ChallengeId(0)));
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
		assert_eq!(awaited(), None);
	})
}

/// A chain on which chance draws no machine while a test runs.
fn undrawn() -> ExtBuilder {
	ExtBuilder::default().change(|p| p.presence_period_ms = 1_000_000_000_000)
}

/// What the machine's latest lease waits for.
fn awaited() -> Option<ChallengeId> {
	LeasedMachines::<Test>::get(MACHINE).unwrap().anchor_after
}

/// Commit the right product of the open challenge, and answer it three blocks later.
fn answer_open() {
	let id = Challenges::<Test>::get(MACHINE).unwrap().id;
	let product = commit_product(MACHINE);
	run(3);
	let answer = pieces(MACHINE, &product).try_into().unwrap();
	let call = Attestation::answer_presence(signed(AGENT), MACHINE, id, answer);
	assert_ok!(call);
}

#[test]
fn an_answer_begins_nothing_and_the_anchor_waits_for_the_end_of_the_window() {
	ExtBuilder::default().execute(|| {
		start_lease(MACHINE);
		run(1);
		assert_ok!(Attestation::on_lease_started(MACHINE));
		// Any number of starts, one anchor; and no entry of their own in the agenda.
		assert_ok!(Attestation::on_lease_started(MACHINE));
		assert_eq!(PresenceDue::<Test>::iter_values().flatten().count(), 1);
		answer_open();
		assert_eq!(awaited(), Some(ChallengeId(0)));

		// The commitment was due by block 11.
		run_to(11);
		assert!(Challenges::<Test>::get(MACHINE).is_none());
		events();
		run_to(12);

		let anchor = Event::PresenceChallenged {
			challenge: ChallengeId(1),
			machine: MACHINE,
			commit_by: 22,
		};
		assert_eq!(events(), vec![anchor]);
		assert_eq!(awaited(), None);
		// The open one lay before the start, its anchor lies after.
		let pass = UptimeRecord::Pass(MACHINE, GENESIS_MS, 10 * 600_000);
		assert_eq!(MockUptime::log(), vec![pass]);
	})
}

#[test]
fn an_anchor_waits_for_an_answer_that_is_still_to_come() {
	ExtBuilder::default().execute(|| {
		start_lease(MACHINE);
		run_to(10);
		commit_product(MACHINE);
		assert_ok!(Attestation::on_lease_started(MACHINE));
		run_to(21);
		assert_eq!(awaited(), Some(ChallengeId(0)));
		run_to(22);
		// Never answered: missed and anchored in one block.
		assert_eq!(
			MockUptime::log(),
			vec![UptimeRecord::Miss(MACHINE, GENESIS_MS)]
		);
		assert_eq!(Challenges::<Test>::get(MACHINE).unwrap().id, ChallengeId(1));
	})
}

#[test]
fn a_lease_that_ended_is_not_anchored() {
	undrawn().execute(|| {
		start_lease(MACHINE);
		run(1);
		assert_ok!(Attestation::on_lease_started(MACHINE));
		answer_open();
		Attestation::on_lease_ended(MACHINE);
		Attestation::on_lease_ended(MACHINE);
		run_to(30);
		assert_eq!(NextChallenge::<Test>::get(), ChallengeId(1));
	})
}

#[test]
fn a_challenge_that_begins_before_is_the_anchor() {
	undrawn().execute(|| {
		start_lease(MACHINE);
		run(1);
		assert_ok!(Attestation::on_lease_started(MACHINE));
		answer_open();
		// As soon as no challenge is open, any lease's start begins one.
		assert_eq!(start_lease(MACHINE), ChallengeId(1));
		assert_eq!(awaited(), None);
		answer_open();
		run_to(30);
		assert_eq!(NextChallenge::<Test>::get(), ChallengeId(2));
	})
}

#[test]
fn an_anchor_that_finds_no_room_can_be_begun_by_anyone() {
	ExtBuilder::default().execute(|| {
		let challenge = start_lease(MACHINE);
		run(1);
		assert_ok!(Attestation::on_lease_started(MACHINE));
		answer_open();
		// The 32 buckets in which the anchor of block 12 would end its first window.
		let full = vec![(MachineId(9), ChallengeId(9)); 400];
		for block in 23..55 {
			let full = frame_support::BoundedVec::truncate_from(full.clone());
			PresenceDue::<Test>::insert(block, full);
		}
		run_to(12);
		assert!(Challenges::<Test>::get(MACHINE).is_none());
		assert_eq!(awaited(), Some(challenge));

		let machine = MACHINE;
		let due = Due::Presence { machine, challenge };
		assert_noop!(
			Attestation::advance(signed(90), due),
			Error::TooManyChallenges
		);
		run_to(13);
		assert_ok!(Attestation::advance(signed(90), due));
		assert_eq!(Challenges::<Test>::get(MACHINE).unwrap().id, ChallengeId(1));
		assert_noop!(
			Attestation::advance(signed(90), due),
			Error::UnknownChallenge
		);
	})
}

#[test]
fn anchors_that_wait_leave_the_draws_their_room() {
	// Every leased machine is due in every block, at most two.
	ExtBuilder::default()
		.change(|p| p.presence_period_ms = 1_000)
		.execute(|| {
			// As many machines wait for their anchors as a block has challenges, and more.
			for n in 0..250 {
				MachineAt::<Test>::insert(n, MachineId(n.into()));
				let entry = crate::types::LeasedMachine {
					index: n,
					leases: 1,
					anchor_after: Some(ChallengeId(0)),
				};
				LeasedMachines::<Test>::insert(MachineId(n.into()), entry);
			}
			LeasedCount::<Test>::put(250);
			NextChallenge::<Test>::put(ChallengeId(1));
			let due = (0..250).map(|n| (MachineId(n), ChallengeId(0))).collect();
			let due = frame_support::BoundedVec::truncate_from(due);
			PresenceDue::<Test>::insert(now() + 1, due);
			let drawn = |acc| {
				let index = crate::accumulator::number(b"tct/presence-draw", &acc, 0, 250);
				MachineId(index)
			};
			run(1);
			assert_eq!(IssuedThisBlock::<Test>::get(), 200);
			let (_, acc) = crate::Latest::<Test>::get();
			let first = Challenges::<Test>::get(drawn(acc)).unwrap();
			assert_eq!(first.id, ChallengeId(1));
			let waiting = LeasedMachines::<Test>::iter_values();
			let waiting = waiting.filter(|entry| entry.anchor_after.is_some());
			assert_eq!(waiting.count(), 50);
		})
}

#[test]
fn what_is_over_already_weighs_little_at_the_start_of_a_block() {
	ExtBuilder::default().execute(|| {
		start_lease(MACHINE);
		answer_open();
		run_to(11);
		System::set_block_number(12);
		let weight = Attestation::begin_block(12);
		let nothing = <()>::advance_nothing();
		assert_eq!(weight, <()>::on_initialize(0).saturating_add(nothing));
	});
	ExtBuilder::default().execute(|| {
		start_lease(MACHINE);
		run_to(11);
		System::set_block_number(12);
		let weight = Attestation::begin_block(12);
		let missed = <()>::advance_challenge();
		assert_eq!(weight, <()>::on_initialize(0).saturating_add(missed));
	})
}

#[test]
fn a_silent_machine_misses_both_kinds_of_deadline() {
	ExtBuilder::default().execute(|| {
		start_lease(MACHINE);
		run_to(11);
		assert!(MockUptime::log().is_empty());
		run_to(12);
		assert_eq!(
			MockUptime::log(),
			vec![UptimeRecord::Miss(MACHINE, GENESIS_MS)]
		);
		assert!(Challenges::<Test>::get(MACHINE).is_none());
	});
	ExtBuilder::default().execute(|| {
		let id = start_lease(MACHINE);
		commit_product(MACHINE);
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
		for n in 0..200 {
			assert_ok!(Attestation::on_lease_started(MachineId(n)));
		}
		assert_noop!(
			Attestation::on_lease_started(MachineId(200)),
			Error::TooManyChallenges
		);
		assert_eq!(IssuedThisBlock::<Test>::get(), 200);
		run(1);
		assert_ok!(Attestation::on_lease_started(MachineId(200)));
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
				Challenges::<Test>::iter().count() as u64 + MockUptime::log().len() as u64,
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
