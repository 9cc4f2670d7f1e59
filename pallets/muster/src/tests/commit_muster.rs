use crate::{
	mock::*,
	types::{MusterId, Phase},
	Error, Event,
};
use frame_support::{assert_noop, assert_ok};
use terminal_test_support::skip_time_ms;

const ROOT: [u8; 32] = [9; 32];

#[test]
fn is_taken_from_agent_and_provider() {
	run(|| {
		enlist_all();
		call();
		take_events();
		assert_ok!(Muster::commit_muster(signed(agent()), A, ROOT));
		assert_ok!(Muster::commit_muster(signed(owner()), B, ROOT));
		let phase = Phase::Committed {
			root: ROOT,
			block: 2,
			late: false,
		};
		assert_eq!(summons(A).phase, phase);
		let committed = |machine| Event::Committed {
			muster: MusterId(0),
			machine,
			answer_from: 5,
		};
		assert_eq!(take_events(), vec![committed(A), committed(B)]);
		assert_noop!(
			Muster::commit_muster(signed(agent()), A, ROOT),
			Error::<Test>::AlreadyCommitted
		);
	})
}

#[test]
fn is_refused_of_others() {
	run(|| {
		enlist_all();
		assert_noop!(
			Muster::commit_muster(signed(agent()), A, ROOT),
			Error::<Test>::NotCalled
		);
		call();
		assert_noop!(
			Muster::commit_muster(signed(other()), A, ROOT),
			Error::<Test>::NotTheAgent
		);
	})
}

#[test]
fn is_too_early_in_the_block_of_the_call() {
	run(|| {
		enlist_all();
		assert_ok!(Muster::call_muster(signed(owner())));
		assert_noop!(
			Muster::commit_muster(signed(agent()), A, ROOT),
			Error::<Test>::TooEarly
		);
	})
}

#[test]
fn is_taken_in_the_last_block_of_the_window_and_not_after_it() {
	run(|| {
		enlist_all();
		call();
		step(9);
		assert_ok!(Muster::commit_muster(signed(agent()), A, ROOT));
		step(1);
		assert_noop!(
			Muster::commit_muster(signed(agent()), B, ROOT),
			Error::<Test>::TooLate
		);
	})
}

#[test]
fn is_late_when_the_blocks_took_longer_than_planned() {
	run(|| {
		enlist_all();
		call();
		// 6 s after the call.
		skip_time_ms::<Test>(54_000);
		assert_ok!(Muster::commit_muster(signed(agent()), A, ROOT));
		skip_time_ms::<Test>(1);
		assert_ok!(Muster::commit_muster(signed(agent()), B, ROOT));
		let late = |machine| matches!(summons(machine).phase, Phase::Committed { late: true, .. });
		assert!(!late(A) && late(B));
	})
}

/// Whoever makes the block of a commitment, or the one after it, cannot choose among draws: only the
/// author of the block that they hang on can, by giving it up.
#[test]
fn leaves_the_draw_to_a_block_after_the_next_one() {
	run(|| {
		enlist_all();
		call();
		assert_ok!(Muster::commit_muster(signed(agent()), A, ROOT));
		let committed = System::block_number();
		step(3);
		let drawn = || Muster::drawn(A, &summons(A)).unwrap();
		let (seed, entries) = drawn();
		Salt::set(1);
		for (from, others) in [
			(committed, true),
			(committed + 2, true),
			(committed + 3, false),
		] {
			SaltFrom::set(from);
			assert_eq!(drawn().0, seed);
			assert_eq!(drawn().1 != entries, others, "{from}");
		}
		// The seed hangs on the block of the call.
		SaltFrom::set(summons(A).called_block);
		assert_ne!(drawn().0, seed);
	})
}
