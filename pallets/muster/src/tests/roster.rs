//! `enlist` and `discharge`.

use crate::{mock::*, types::MAX_ROSTER, Error, Event, OwnerAt, OwnerCount, Rosters};
use frame_support::{assert_noop, assert_ok};
use terminal_primitives::MachineId;
use terminal_test_support::MockMachines;

#[test]
fn puts_a_machine_on_its_owners_roster() {
	run(|| {
		assert_ok!(Muster::enlist(signed(owner()), B));
		assert_ok!(Muster::enlist(signed(other()), OTHERS));
		assert_ok!(Muster::enlist(signed(owner()), A));
		let roster = Rosters::<Test>::get(owner()).unwrap();
		assert_eq!(roster.machines, vec![A, B]);
		assert_eq!(roster.index, 0);
		assert_eq!(OwnerAt::<Test>::get(1), Some(other()));
		assert_eq!(OwnerCount::<Test>::get(), 2);
		let enlisted = |machine, owner| Event::Enlisted { machine, owner };
		assert_eq!(
			take_events(),
			vec![
				enlisted(B, owner()),
				enlisted(OTHERS, other()),
				enlisted(A, owner())
			]
		);
	})
}

#[test]
fn proves_nothing() {
	run(|| {
		enlist_all();
		assert!(!Muster::is_proven(A));
	})
}

#[test]
fn refuses_machines_of_others_and_unknown_ones() {
	run(|| {
		let unknown = MachineId(77);
		assert_noop!(
			Muster::enlist(signed(owner()), unknown),
			Error::<Test>::UnknownMachine
		);
		for thief in [agent(), other()] {
			assert_noop!(
				Muster::enlist(signed(thief), A),
				Error::<Test>::NotMachineOwner
			);
		}
	})
}

#[test]
fn refuses_machines_that_have_nothing_to_prove() {
	run(|| {
		Names::set([(A, slug("abacus"))].into());
		assert_noop!(Muster::enlist(signed(owner()), A), Error::<Test>::NoGrade);
	})
}

#[test]
fn takes_each_machine_once_and_no_more_than_can_be_called() {
	run(|| {
		enlist_all();
		assert_noop!(
			Muster::enlist(signed(owner()), A),
			Error::<Test>::AlreadyEnlisted
		);
		for id in 100..100 + u64::from(MAX_ROSTER) - 2 {
			MockMachines::add(MachineId(id), owner(), agent(), 1, 1_000);
			assert_ok!(Muster::enlist(signed(owner()), MachineId(id)));
		}
		MockMachines::add(MachineId(99), owner(), agent(), 1, 1_000);
		assert_noop!(
			Muster::enlist(signed(owner()), MachineId(99)),
			Error::<Test>::RosterFull
		);
	})
}

#[test]
fn discharge_takes_machine_and_proof() {
	run(|| {
		enlist_all();
		assert_ok!(Muster::enlist(signed(other()), OTHERS));
		prove(A);
		// The other machine of the owner has failed by then, and it may call again.
		step(50);
		take_events();
		assert_ok!(Muster::discharge(signed(owner()), A));
		assert!(!Muster::is_proven(A));
		assert_eq!(Rosters::<Test>::get(owner()).unwrap().machines, vec![B]);
		assert_ok!(Muster::discharge(signed(owner()), B));
		assert_eq!(Rosters::<Test>::get(owner()), None);
		// The last owner took the place that was left.
		assert_eq!(OwnerAt::<Test>::get(0), Some(other()));
		assert_eq!(Rosters::<Test>::get(other()).unwrap().index, 0);
		assert_eq!(OwnerCount::<Test>::get(), 1);
		let discharged = |machine| Event::Discharged {
			machine,
			owner: owner(),
		};
		assert_eq!(take_events(), vec![discharged(A), discharged(B)]);
	})
}

#[test]
fn discharge_is_no_way_out_of_a_muster() {
	run(|| {
		assert_noop!(
			Muster::discharge(signed(owner()), A),
			Error::<Test>::NotEnlisted
		);
		enlist_all();
		call();
		assert_noop!(
			Muster::discharge(signed(owner()), A),
			Error::<Test>::MusterOpen
		);
		assert_noop!(
			Muster::discharge(signed(other()), A),
			Error::<Test>::NotEnlisted
		);
	})
}

/// Each try would cost nothing else, and take a place from somebody else.
#[test]
fn leaving_and_coming_back_is_no_way_to_call_again_at_once() {
	run(|| {
		assert_ok!(Muster::enlist(signed(owner()), A));
		call();
		// The machine failed in block 12; its owner may call again in block 51.
		step(48);
		assert_noop!(
			Muster::discharge(signed(owner()), A),
			Error::<Test>::TooSoon
		);
		// The roster stays, so its block does, too.
		assert_ok!(Muster::enlist(signed(owner()), B));
		assert_ok!(Muster::discharge(signed(owner()), A));
		assert_ok!(Muster::enlist(signed(owner()), A));
		assert_noop!(Muster::call_muster(signed(owner())), Error::<Test>::TooSoon);
		step(1);
		assert_ok!(Muster::call_muster(signed(owner())));
	})
}

#[test]
fn the_last_machine_of_a_roster_leaves_when_its_owner_may_call_again() {
	run(|| {
		assert_ok!(Muster::enlist(signed(owner()), A));
		call();
		step(49);
		assert_ok!(Muster::discharge(signed(owner()), A));
		assert_eq!(Rosters::<Test>::get(owner()), None);
	})
}
