//! Musters by chance.

use crate::{
	line::Caller,
	mock::*,
	types::{Parameters, MAX_ROSTER},
	Event, Lines, OwnerCount, Rosters, Summoned,
};
use frame_support::assert_ok;
use terminal_primitives::MachineId;
use terminal_test_support::{account, MockMachines, BLOCK_MS};

fn rounds(round_owners: u32, round_period_blocks: u32) -> Parameters {
	Parameters {
		round_owners,
		round_period_blocks,
		..PARAMETERS
	}
}

fn called() -> Vec<MachineId> {
	let machine = |event| match event {
		Event::Called { machine, .. } => Some(machine),
		_ => None,
	};
	take_events().into_iter().filter_map(machine).collect()
}

#[test]
fn call_owners_whether_they_want_or_not() {
	build(rounds(8, 1)).execute_with(|| {
		enlist_all();
		step(1);
		assert!(Summoned::<Test>::contains_key(A) && Summoned::<Test>::contains_key(B));
		assert_eq!(summons(A).called_block, summons(B).called_block);
		assert_ok!(crate::invariants::check::<Test>());
	})
}

/// As long as those that the owner calls itself.
#[test]
fn give_the_whole_window() {
	use crate::types::Phase;
	build(rounds(8, 1)).execute_with(|| {
		enlist_all();
		step(1);
		// In a block's begin the clock shows the time of the block before; the mock's is set already.
		let now = pallet_timestamp::Now::<Test>::get();
		assert_eq!(summons(A).called_at, now + BLOCK_MS);
		let by = summons(A).commit_by;
		step(by - System::block_number());
		assert_ok!(Muster::commit_muster(signed(agent()), A, [1; 32]));
		let late = matches!(summons(A).phase, Phase::Committed { late: true, .. });
		assert!(!late);
	})
}

#[test]
fn do_not_call_who_is_called() {
	build(rounds(8, 1)).execute_with(|| {
		enlist_all();
		step(1);
		take_events();
		let first = summons(A);
		// It has failed from block `commit_by` + 1 on, and is called again then.
		step(first.commit_by - first.called_block);
		assert_eq!(called(), vec![]);
		step(1);
		assert_eq!(called(), vec![A, B]);
	})
}

/// Machines that are cheap to register make no roster too large to be called, and none of those who are
/// drawn takes the place of another.
#[test]
fn call_everybody_they_draw_however_large_their_rosters_are() {
	build(rounds(8, 1)).execute_with(|| {
		for (who, first) in [(owner(), 100), (other(), 200)] {
			for id in (first..).take(MAX_ROSTER as usize) {
				MockMachines::add(MachineId(id), who.clone(), agent(), 1, 1_000);
				assert_ok!(Muster::enlist(signed(who.clone()), MachineId(id)));
			}
		}
		take_events();
		// Eight draws among two: both but for one time in 128.
		step(1);
		assert_eq!(called().len(), 2 * MAX_ROSTER as usize);
		assert_ok!(crate::invariants::check::<Test>());
		let until = Lines::<Test>::get(Caller::Round);
		assert_eq!(until, System::block_number() + 2 * MAX_ROSTER);
	})
}

/// Or there would be more answers than blocks have room for.
#[test]
fn begin_when_the_line_of_the_last_one_is_empty() {
	build(rounds(8, 1)).execute_with(|| {
		assert_ok!(Muster::enlist(signed(other()), OTHERS));
		Lines::<Test>::insert(Caller::Round, 10);
		take_events();
		step(8);
		assert_eq!((System::block_number(), called()), (9, vec![]));
		step(1);
		assert_eq!(called(), vec![OTHERS]);
	})
}

#[test]
fn do_not_wait_for_owners_who_fill_their_own_line() {
	build(rounds(8, 1)).execute_with(|| {
		enlist_all();
		Lines::<Test>::insert(Caller::Owner, 1 + MAX_ROSTER);
		take_events();
		step(1);
		assert_eq!(called(), vec![A, B]);
	})
}

/// A bond that was taken back cannot make it less likely that others are drawn.
#[test]
fn strike_machines_that_are_gone() {
	build(rounds(8, 1)).execute_with(|| {
		enlist_all();
		assert_ok!(Muster::enlist(signed(other()), OTHERS));
		unregister(B);
		unregister(OTHERS);
		take_events();
		step(1);
		assert_eq!(Rosters::<Test>::get(owner()).unwrap().machines, vec![A]);
		assert_eq!(Rosters::<Test>::get(other()), None);
		assert_eq!(OwnerCount::<Test>::get(), 1);
		assert_ok!(crate::invariants::check::<Test>());
		let events = take_events();
		for (machine, owner) in [(B, owner()), (OTHERS, other())] {
			assert!(events.contains(&Event::Discharged { machine, owner }));
		}
		assert!(Summoned::<Test>::contains_key(A));
	})
}

#[test]
fn begin_as_often_as_the_period_says_and_reach_all_owners_alike() {
	build(rounds(1, 10)).execute_with(|| {
		for owner in 0..4 {
			let machine = MachineId(100 + owner);
			MockMachines::add(machine, account(100 + owner), agent(), 1, 1_000);
			assert_ok!(Muster::enlist(signed(account(100 + owner)), machine));
		}
		let mut counts = [0u32; 4];
		for _ in 0..4_000 {
			// Nobody is called when the next round begins.
			let _ = Summoned::<Test>::clear(u32::MAX, None);
			step(1);
			for machine in called() {
				counts[machine.0 as usize - 100] += 1;
			}
		}
		// 400 rounds of one owner each: 100 for each of four, deviation 10.
		assert!(
			counts.iter().all(|count| count.abs_diff(100) < 50),
			"{counts:?}"
		);
	})
}

#[test]
fn of_several_owners_call_them_in_the_same_block() {
	build(rounds(8, 1)).execute_with(|| {
		enlist_all();
		assert_ok!(Muster::enlist(signed(other()), OTHERS));
		for _ in 0..40 {
			let _ = Summoned::<Test>::clear(u32::MAX, None);
			step(1);
			// Eight draws among two: both but for one time in 128.
			if Summoned::<Test>::contains_key(A) && Summoned::<Test>::contains_key(OTHERS) {
				assert_eq!(summons(A).called_block, summons(OTHERS).called_block);
				assert_ne!(summons(A).muster, summons(OTHERS).muster);
				return;
			}
		}
		panic!("two owners were never called together");
	})
}

#[test]
fn are_not_held_with_none_to_call() {
	build(rounds(0, 1)).execute_with(|| {
		enlist_all();
		take_events();
		step(50);
		assert_eq!(called(), vec![]);
	})
}
