use super::*;
use crate::{types::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use terminal_primitives::market::Bookings;
use terminal_test_support::{MockMachines, UNIT};

fn resume(who: AccountId) -> frame_support::dispatch::DispatchResult {
	Leases::resume(signed(who), LEASE)
}

/// Funded for 400 s and paused after 600.
fn without_funds() {
	active_with(|lease| lease.funds = UNIT);
	serve(100);
	acknowledge(0, 600_000);
	assert_ok!(Leases::pause(signed(stranger()), LEASE));
}

/// Paused after ten minutes for half an hour of maintenance.
fn in_maintenance() {
	active();
	MockMachines::set_window(MACHINE, Some((START + 600_000, START + 2_400_000)));
	serve(100);
	acknowledge(0, 600_000);
	assert_ok!(Leases::pause(signed(agent()), LEASE));
}

/// Somebody books all four units from `from` on.
fn book(from: u64) {
	MockMachines::change(MACHINE, |machine| machine.free_units = 4);
	assert_ok!(MockMachines::book(MACHINE, 4, from, from + 1_000));
	MockMachines::change(MACHINE, |machine| machine.free_units = 2);
}

#[test]
fn begins_a_new_segment_for_the_time_that_was_left() {
	run(|| {
		in_maintenance();
		jump(50);
		events();
		assert_ok!(resume(agent()));
		let (from, ends_at) = (START + 900_000, START + 3_900_000);
		assert_eq!(lease(LEASE).state, State::Active { ends_at });
		assert_eq!(
			events(),
			vec![Event::LeaseResumed {
				lease: LEASE,
				segment: 1,
				from,
				ends_at
			}]
		);
		assert_eq!(MockMachines::until(MACHINE), Some(ends_at));
		serve(500);
		acknowledge(1, 3_000_000);
		assert_ok!(Leases::close(signed(stranger()), LEASE));
		assert_ok!(Leases::finish(signed(stranger()), LEASE));
		assert_eq!(books().drawn(), cost(3_600_000));
	})
}

#[test]
fn is_the_providers_during_maintenance_and_anyones_after_it() {
	run(|| {
		in_maintenance();
		jump(299);
		assert_noop!(resume(consumer()), Error::<Test>::MaintenanceGoesOn);
		jump(1);
		assert_ok!(resume(consumer()));
	})
}

#[test]
fn needs_funds_for_the_least_time() {
	run(|| {
		without_funds();
		assert_noop!(resume(consumer()), Error::<Test>::FundsTooLow);
		// 200 s are owed, 60 s must follow.
		let short = cost(260_000) - 1;
		assert_ok!(Leases::top_up(signed(stranger()), LEASE, short - cost(0)));
		assert!(matches!(lease(LEASE).state, State::Paused { .. }));
		assert_noop!(resume(consumer()), Error::<Test>::FundsTooLow);
	})
}

#[test]
fn comes_with_the_top_up_that_suffices() {
	run(|| {
		without_funds();
		events();
		assert_ok!(Leases::top_up(signed(stranger()), LEASE, cost(260_000)));
		let ends_at = START + 3_600_000;
		assert_eq!(lease(LEASE).state, State::Active { ends_at });
		assert_eq!(
			events(),
			vec![
				Event::LeaseToppedUp {
					lease: LEASE,
					donor: stranger(),
					amount: cost(260_000)
				},
				Event::LeaseResumed {
					lease: LEASE,
					segment: 1,
					from: START + 600_000,
					ends_at
				},
			]
		);
	})
}

#[test]
fn ends_earlier_where_its_units_are_booked() {
	run(|| {
		in_maintenance();
		book(START + 3_720_000);
		jump(50);
		assert_ok!(resume(agent()));
		assert_eq!(
			lease(LEASE).state,
			State::Active {
				ends_at: START + 3_720_000
			}
		);
	})
}

#[test]
fn closes_where_nothing_is_left_at_the_cost_of_who_was_away() {
	run(|| {
		active_with(|lease| lease.terms.early_close_ms = 300_000);
		MockMachines::set_window(MACHINE, Some((START + 600_000, START + 2_400_000)));
		serve(100);
		assert_ok!(Leases::pause(signed(agent()), LEASE));
		book(now_ms());
		assert_ok!(resume(agent()));
		let State::Closing { outcome, early, .. } = lease(LEASE).state else {
			panic!("closing")
		};
		assert_eq!(outcome, Outcome::CancelledByProvider);
		assert_eq!(early, EarlyEnd::ProviderPays(300 * 2 * RATE));
	});
	run(|| {
		active_with(|lease| {
			lease.terms.early_close_ms = 300_000;
			lease.funds = 2 * UNIT;
		});
		serve(100);
		acknowledge(0, 600_000);
		assert_ok!(Leases::pause(signed(stranger()), LEASE));
		book(now_ms());
		assert_ok!(Leases::top_up(signed(consumer()), LEASE, UNIT));
		assert!(matches!(lease(LEASE).state, State::Paused { .. }));
		assert_ok!(resume(stranger()));
		// It brought the funds; the machine went to others.
		let State::Closing { outcome, early, .. } = lease(LEASE).state else {
			panic!("closing")
		};
		assert_eq!((outcome, early), (Outcome::Exhausted, EarlyEnd::Free));
	})
}

#[test]
fn is_for_paused_leases() {
	run(|| {
		assert_noop!(resume(agent()), Error::<Test>::UnknownLease);
		active();
		assert_noop!(resume(agent()), Error::<Test>::LeaseNotPaused);
	})
}
