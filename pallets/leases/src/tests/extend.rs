use super::*;
use crate::{types::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use terminal_primitives::market::Bookings;
use terminal_test_support::{mocks::REFUSED, MockMachines, UNIT};

fn extend(seconds: u32, funds: u128) -> frame_support::dispatch::DispatchResult {
	plain(Leases::extend(
		signed(consumer()),
		LEASE,
		seconds,
		RATE,
		funds,
	))
}

#[test]
fn lets_a_lease_run_longer_at_the_same_price() {
	run(|| {
		active_with(|_| ());
		serve(100);
		events();
		assert_ok!(extend(1_800, 5 * UNIT));
		let ends_at = START + 5_400_000;
		assert_eq!(lease(LEASE).state, State::Active { ends_at });
		assert_eq!(MockMachines::until(MACHINE), Some(ends_at));
		assert_eq!(books().held, 13_500_000_000_000);
		assert_eq!(
			events(),
			vec![
				Event::LeaseToppedUp {
					lease: LEASE,
					donor: consumer(),
					amount: 4_500_000_000_000
				},
				Event::LeaseExtended {
					lease: LEASE,
					duration_ms: 5_400_000,
					left_ms: 4_800_000
				},
			]
		);
		serve(800);
		acknowledge(0, 5_400_000);
		assert_eq!(books().drawn(), cost(5_400_000));
	})
}

#[test]
fn lengthens_what_is_left_of_a_paused_lease() {
	run(|| {
		active_with(|lease| lease.funds = UNIT);
		serve(100);
		acknowledge(0, 600_000);
		assert_ok!(Leases::pause(signed(stranger()), LEASE));
		assert_ok!(extend(60, 2 * UNIT));
		assert!(matches!(
			lease(LEASE).state,
			State::Paused {
				left_ms: 3_060_000,
				..
			}
		));
		assert_ok!(Leases::resume(signed(stranger()), LEASE));
		assert_eq!(
			lease(LEASE).state,
			State::Active {
				ends_at: START + 3_660_000
			}
		);
	})
}

#[test]
fn stops_at_the_length_that_was_agreed() {
	run(|| {
		active_with(|_| ());
		assert_noop!(extend(3_601, 0), Error::<Test>::DurationOutOfRange);
		assert_ok!(extend(3_600, 0));
		assert_noop!(extend(1, 0), Error::<Test>::DurationOutOfRange);
	})
}

#[test]
fn takes_no_time_from_who_has_booked_it() {
	run(|| {
		active_with(|_| ());
		MockMachines::change(MACHINE, |machine| machine.free_units = 4);
		let end = START + 3_600_000;
		assert_ok!(MockMachines::book(MACHINE, 4, end + 60_000, end + 120_000));
		MockMachines::change(MACHINE, |machine| machine.free_units = 2);
		assert_noop!(extend(61, 0), REFUSED);
		assert_ok!(extend(60, 0));
	})
}

#[test]
fn comes_before_the_end_and_not_after_a_reclaim() {
	run(|| {
		active_with(|lease| lease.terms.spot_notice_ms = Some(600_000));
		assert_ok!(Leases::reclaim(signed(agent()), LEASE));
		assert_noop!(extend(60, 0), Error::<Test>::LeaseReclaimed);
		jump(100);
		assert_noop!(extend(60, 0), Error::<Test>::TimeIsOver);
	});
	run(|| {
		active_with(|_| ());
		assert_noop!(extend(0, 0), Error::<Test>::TimeIsOver);
	})
}

#[test]
fn is_the_consumers_at_a_price_it_accepts() {
	run(|| {
		assert_noop!(extend(60, 0), Error::<Test>::UnknownLease);
		accepted_metered();
		assert_noop!(extend(60, 0), Error::<Test>::LeaseNotActive);
		assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
		assert_noop!(
			Leases::extend(signed(provider()), LEASE, 60, RATE, 0),
			Error::<Test>::NotConsumer
		);
		assert_noop!(
			Leases::extend(signed(consumer()), LEASE, 60, RATE - 1, 0),
			Error::<Test>::RateAboveMaximum
		);
		// A year is 78,840 TCT.
		assert_noop!(
			extend(31_000_000, u128::MAX),
			Error::<Test>::InsufficientBalance
		);
	})
}

#[test]
fn without_funds_tops_nothing_up() {
	run(|| {
		active_with(|_| ());
		events();
		assert_ok!(extend(60, 0));
		assert_eq!(
			events(),
			vec![Event::LeaseExtended {
				lease: LEASE,
				duration_ms: 3_660_000,
				left_ms: 3_660_000
			}]
		);
	})
}
