//! The traits over storage and clock; the arithmetic is proven in `runs`.

use super::*;
use terminal_primitives::uptime::ProvenTime;
use terminal_test_support::{set_time_ms, GENESIS_MS};

#[test]
fn credits_the_time_between_passes() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		Providers::record_pass(machine, GENESIS_MS, 100);
		Providers::record_pass(machine, GENESIS_MS + 100, 100);
		assert_eq!(Providers::proven_ms(machine, GENESIS_MS + 40), 40);
		assert_eq!(Providers::proven_ms(machine, GENESIS_MS + 999), 100);
		assert_eq!(Providers::proven_ms(machine, 0), 0);
	})
}

#[test]
fn a_miss_takes_the_time_since_the_last_pass() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		Providers::record_pass(machine, GENESIS_MS, 100);
		Providers::record_miss(machine, GENESIS_MS + 50);
		Providers::record_pass(machine, GENESIS_MS + 90, 100);
		assert_eq!(Providers::proven_ms(machine, GENESIS_MS + 90), 0);
	})
}

#[test]
fn resolves_by_pass_miss_or_gap() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let resolved = |now: u64| {
			set_time_ms::<Test>(GENESIS_MS + now);
			Providers::resolved_until(machine) - GENESIS_MS
		};
		Providers::record_pass(machine, GENESIS_MS + 10, 100);
		// a later pass may still credit time up to the cap
		assert_eq!(resolved(60), 10);
		assert_eq!(resolved(110), 10);
		assert_eq!(resolved(111), 111);
		// an open challenge was issued some time ago: its answer may still credit
		MockGuard::set_open(machine, true);
		assert_eq!(resolved(111), 10);
		Providers::record_miss(machine, GENESIS_MS + 105);
		assert_eq!(resolved(112), 105);
		MockGuard::set_open(machine, false);
		assert_eq!(resolved(113), 113);
	})
}

#[test]
fn a_machine_never_challenged_is_resolved() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_eq!(Providers::resolved_until(machine), GENESIS_MS);
		MockGuard::set_open(machine, true);
		assert_eq!(Providers::resolved_until(machine), 0);
	})
}

#[test]
fn read_without_the_challenge_it_is_final_for_all_that_is_proven_and_no_more() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		Providers::record_pass(machine, GENESIS_MS + 10, 100);
		Providers::record_pass(machine, GENESIS_MS + 60, 100);
		Providers::record_miss(machine, GENESIS_MS + 90);
		set_time_ms::<Test>(GENESIS_MS + 500);
		let (whole, recorded) = (Providers::read(machine), Providers::read_recorded(machine));
		assert_eq!(whole.resolved_until(), GENESIS_MS + 500);
		assert_eq!(recorded.resolved_until(), GENESIS_MS + 90);
		assert_eq!(
			recorded.proven_ms(GENESIS_MS + 90),
			whole.proven_ms(u64::MAX)
		);
		for open in [false, true] {
			MockGuard::set_open(machine, open);
			let whole = Providers::read(machine);
			assert!(recorded.resolved_until() <= whole.resolved_until());
			assert_eq!(
				recorded.proven_ms(GENESIS_MS + 40),
				whole.proven_ms(GENESIS_MS + 40)
			);
		}
	})
}
