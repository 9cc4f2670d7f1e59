use super::*;
use terminal_primitives::market::Maintenance;

fn announce(machine: MachineId, from: Moment, until: Moment) -> sp_runtime::DispatchResult {
	Providers::announce_maintenance(signed(agent()), machine, from, until)
}

#[test]
fn makes_a_window_that_others_can_read() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		events();
		let until = NOON + 12 * HOUR;
		assert_ok!(announce(machine, NOON, until));
		assert_eq!(
			events(),
			[Event::MaintenanceAnnounced {
				machine,
				from: NOON,
				until
			}]
		);
		let window = |at| Providers::window(machine, at);
		assert_eq!((window(NOON - 1), window(until)), (None, None));
		assert_eq!(window(NOON), Some((NOON, until)));
		assert_eq!(window(until - 1), Some((NOON, until)));
		assert_eq!(Providers::window(MachineId(9), NOON), None);
	})
}

#[test]
fn is_for_provider_and_agent() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let by =
			|who, from| Providers::announce_maintenance(signed(who), machine, from, from + HOUR);
		assert_ok!(by(provider(), NOON));
		assert_ok!(by(agent(), NOON + HOUR));
		assert_noop!(
			by(stranger(), NOON + 2 * HOUR),
			Error::<Test>::NotMachineSigner
		);
		assert_noop!(
			announce(MachineId(9), NOON, NOON + 1),
			Error::<Test>::MachineNotFound
		);
	})
}

#[test]
fn needs_notice() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let earliest = GENESIS_MS + 24 * HOUR;
		for from in [0, GENESIS_MS, earliest - 1] {
			let refused = announce(machine, from, from + HOUR);
			assert_noop!(refused, Error::<Test>::NoticeTooShort);
		}
		assert_ok!(announce(machine, earliest, earliest + 1));
	})
}

#[test]
fn needs_a_time_that_is_one_and_not_far_ahead() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		for (from, until) in [(NOON, NOON), (NOON, NOON - 1), (u64::MAX, 0)] {
			let refused = announce(machine, from, until);
			assert_noop!(refused, Error::<Test>::TimeNotAhead);
		}
		let far = GENESIS_MS + parameters().max_ahead_ms;
		for from in [far + 1, u64::MAX - 1] {
			let refused = announce(machine, from, from + 1);
			assert_noop!(refused, Error::<Test>::TooFarAhead);
		}
		assert_ok!(announce(machine, far, far + 1));
	})
}

#[test]
fn is_no_longer_than_allowed() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		for until in [NOON + 12 * HOUR + 1, u64::MAX] {
			let refused = announce(machine, NOON, until);
			assert_noop!(refused, Error::<Test>::MaintenanceTooLong);
		}
	})
}

#[test]
fn stays_within_the_budget_of_365_days() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		for day in 0..6 {
			let from = NOON + day * 24 * HOUR;
			assert_ok!(announce(machine, from, from + 12 * HOUR));
		}
		let next = NOON + 6 * 24 * HOUR;
		let over = announce(machine, next, next + 1);
		assert_noop!(over, Error::<Test>::MaintenanceOverBudget);
		// spent though nobody was inconvenienced: for the rest of the 365 days
		set_time_ms::<Test>(NOON + 364 * 24 * HOUR - 1);
		let again = NOON + 365 * 24 * HOUR;
		assert_noop!(
			announce(machine, again - 1, again),
			Error::<Test>::MaintenanceOverBudget
		);
		assert_ok!(announce(machine, again, again + 12 * HOUR));
		let other = register_machine(1);
		assert_ok!(announce(other, again, again + 1));
	})
}

#[test]
fn does_not_overlap_another_window() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(announce(machine, NOON, NOON + 10));
		for (from, until) in [
			(NOON, NOON + 10),
			(NOON + 9, NOON + 11),
			(NOON - 1, NOON + 1),
			(NOON - 1, NOON + 11),
		] {
			let refused = announce(machine, from, until);
			assert_noop!(refused, Error::<Test>::MaintenanceOverlaps);
		}
		assert_ok!(announce(machine, NOON + 10, NOON + 11));
		assert_ok!(announce(machine, NOON - 1, NOON));
	})
}

#[test]
fn is_a_bounded_number() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		for n in 0..8 {
			assert_ok!(announce(machine, NOON + 2 * n, NOON + 2 * n + 1));
		}
		let ninth = || announce(machine, NOON + 72 * HOUR, NOON + 73 * HOUR);
		assert_noop!(ninth(), Error::<Test>::TooManyWindows);
		set_time_ms::<Test>(NOON + 1);
		assert_ok!(ninth());
	})
}

#[test]
fn passes_by_if_the_chain_stood_still() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(announce(machine, NOON, NOON + HOUR));
		// from before the window to after the next one could have begun
		set_time_ms::<Test>(NOON + 9 * HOUR);
		assert_eq!(Providers::window(machine, NOON + 9 * HOUR), None);
		assert_ok!(announce(machine, NOON + 40 * HOUR, NOON + 41 * HOUR));
	})
}

#[test]
fn is_refused_for_a_time_that_is_booked() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let (from, until) = (NOON + HOUR, NOON + 2 * HOUR);
		assert_ok!(Providers::book(machine, 1, from, until));
		for (from, until) in [
			(from - 1, from + 1),
			(until - 1, until + 1),
			(from + 1, until - 1),
			(NOON, NOON + 3 * HOUR),
		] {
			assert_noop!(
				announce(machine, from, until),
				Error::<Test>::MaintenanceOverBooking
			);
		}
		// beside it there is room, and everywhere once the booking is gone
		assert_ok!(announce(machine, NOON, from));
		assert_ok!(announce(machine, until, until + HOUR));
		Providers::unbook(machine, 1, from, until);
		assert_ok!(announce(machine, from, until));
	})
}
