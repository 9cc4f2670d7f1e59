use crate::{
	mock::*,
	types::{Failure, MusterId, Phase, Summons},
	Error, Event, Proofs, Rosters, Summoned,
};
use frame_support::{assert_noop, assert_ok};
use terminal_test_support::{MockMachines, GENESIS_MS};

#[test]
fn calls_all_idle_machines_at_once() {
	run(|| {
		enlist_all();
		take_events();
		assert_ok!(Muster::call_muster(signed(owner())));
		let muster = MusterId(0);
		let expected = |units| Summons {
			muster,
			shape: GRADE.shape(units),
			drawn: 32,
			called_block: 1,
			called_at: GENESIS_MS,
			window_ms: 60_000,
			commit_by: 11,
			draw_delay: 2,
			answer_by: 31,
			phase: Phase::Computing,
		};
		assert_eq!(summons(A), expected(2));
		assert_eq!(summons(B), expected(1));
		let called = |machine| Event::Called {
			muster,
			machine,
			commit_by: 11,
		};
		assert_eq!(take_events(), vec![called(A), called(B)]);
		assert_eq!(Rosters::<Test>::get(owner()).unwrap().retry_at, 51);
	})
}

/// Or one device could do the work of each in turn.
#[test]
fn never_calls_one_machine_after_another() {
	run(|| {
		enlist_all();
		call();
		let work = commit(A);
		step(3);
		assert_ok!(Muster::answer_muster(signed(agent()), A, work.answer(A)));
		// B is still called, so A cannot be called again without it.
		step(5);
		for block in 0..30 {
			let again = Muster::call_muster(signed(owner()));
			assert!(again.is_err(), "{block}");
			step(1);
		}
	})
}

#[test]
fn seeds_cannot_be_known_when_calling_and_differ_by_machine_muster_and_history() {
	run(|| {
		enlist_all();
		assert_ok!(Muster::call_muster(signed(owner())));
		assert_eq!(Muster::seed(A, &summons(A)), None);
		step(1);
		let first = summons(A);
		let seed = Muster::seed(A, &first).unwrap();
		assert_ne!(Muster::seed(B, &first), Some(seed));
		let later = Summons {
			muster: MusterId(1),
			..first
		};
		assert_ne!(Muster::seed(A, &later), Some(seed));
		Salt::set(1);
		assert_ne!(Muster::seed(A, &first), Some(seed));
	})
}

#[test]
fn leaves_leased_machines_alone() {
	run(|| {
		enlist_all();
		prove(A);
		step(60);
		MockMachines::change(A, |machine| machine.free_units = 1);
		assert_ok!(Muster::call_muster(signed(owner())));
		assert_eq!(Summoned::<Test>::get(A), None);
		assert!(Muster::is_proven(A));
		assert!(Summoned::<Test>::contains_key(B));
		MockMachines::change(B, |machine| machine.free_units = 0);
		step(60);
		assert_noop!(
			Muster::call_muster(signed(owner())),
			Error::<Test>::NobodyIdle
		);
	})
}

/// Or an owner would lease its own machine as soon as it is called.
#[test]
fn goes_on_when_a_called_machine_is_leased() {
	run(|| {
		enlist_all();
		prove(A);
		step(60);
		call();
		MockMachines::change(A, |machine| machine.free_units = 0);
		step(9);
		assert!(Muster::is_proven(A));
		step(1);
		assert!(!Muster::is_proven(A));
	})
}

#[test]
fn writes_down_who_had_failed() {
	run(|| {
		enlist_all();
		prove(A);
		assert!(Proofs::<Test>::contains_key(A));
		step(60);
		call();
		step(60);
		take_events();
		assert_ok!(Muster::call_muster(signed(owner())));
		let failed = |machine| Event::Failed {
			muster: MusterId(1),
			machine,
			reason: Failure::NotCommitted,
		};
		let events = take_events();
		assert!(events.contains(&failed(A)) && events.contains(&failed(B)));
		assert!(!Proofs::<Test>::contains_key(A));
	})
}

#[test]
fn waits_between_two() {
	run(|| {
		assert_noop!(
			Muster::call_muster(signed(owner())),
			Error::<Test>::NotEnlisted
		);
		enlist_all();
		call();
		assert_noop!(Muster::call_muster(signed(owner())), Error::<Test>::TooSoon);
		// Block 2 now; the machines failed in block 12.
		step(48);
		assert_noop!(Muster::call_muster(signed(owner())), Error::<Test>::TooSoon);
		step(1);
		assert_ok!(Muster::call_muster(signed(owner())));
	})
}

#[test]
fn waits_in_line_behind_the_machines_of_others() {
	use crate::{line::Caller, types::MAX_ROSTER, Lines};
	run(|| {
		enlist_all();
		assert_ok!(Muster::enlist(signed(other()), OTHERS));
		Lines::<Test>::insert(Caller::Owner, 1 + MAX_ROSTER - 1);
		assert_noop!(
			Muster::call_muster(signed(owner())),
			Error::<Test>::TooManyCalled
		);
		// One place is left, for a roster of one.
		assert_ok!(Muster::call_muster(signed(other())));
		step(1);
		assert!(Muster::call_muster(signed(owner())).is_err());
		step(1);
		assert_ok!(Muster::call_muster(signed(owner())));
		assert_eq!(Lines::<Test>::get(Caller::Owner), 3 + MAX_ROSTER);
		assert_eq!(Lines::<Test>::get(Caller::Round), 0);
	})
}

#[test]
fn lines_move_on_with_the_blocks() {
	use crate::line::behind;
	assert_eq!(behind(0, 100, 64, 64), Some(164));
	assert_eq!(behind(0, 100, 65, 64), None);
	assert_eq!(behind(164, 100, 1, 64), None);
	assert_eq!(behind(164, 101, 1, 64), Some(165));
	assert_eq!(behind(u32::MAX, u32::MAX, 1, 64), None);
}
