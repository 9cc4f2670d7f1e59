use super::*;
use crate::{types::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use terminal_test_support::{MockMachines, UNIT};

fn reclaim() -> frame_support::dispatch::DispatchResult {
	Leases::reclaim(signed(agent()), LEASE)
}

/// A spot lease with five minutes' notice and a fee of ten minutes for ending early.
fn spot() {
	active_with(|lease| {
		lease.terms.spot_notice_ms = Some(300_000);
		lease.terms.early_close_ms = 600_000;
	})
}

#[test]
fn ends_a_spot_lease_after_the_notice_without_a_penalty() {
	run(|| {
		spot();
		serve(100);
		events();
		assert_ok!(reclaim());
		assert_eq!(
			events(),
			vec![Event::LeaseReclaimed {
				lease: LEASE,
				left_ms: 300_000
			}]
		);
		serve(50);
		acknowledge(0, 900_000);
		assert_ok!(Leases::close(signed(stranger()), LEASE));
		assert_eq!(outcome(), Outcome::Preempted);
		assert_ok!(Leases::finish(signed(stranger()), LEASE));
		assert_eq!(books().drawn(), cost(900_000));
	})
}

#[test]
fn pays_the_seconds_of_the_notice_only_if_they_are_proven() {
	run(|| {
		spot();
		serve(100);
		assert_ok!(reclaim());
		jump(50);
		terminal_test_support::MockUptime::set_resolved(MACHINE, now_ms());
		acknowledge(0, 900_000);
		assert_ok!(Leases::close(signed(stranger()), LEASE));
		assert_ok!(Leases::finish(signed(stranger()), LEASE));
		assert_eq!(books().drawn(), cost(600_000));
	})
}

#[test]
fn lets_the_consumer_leave_at_once_for_nothing() {
	run(|| {
		spot();
		serve(100);
		acknowledge(0, 600_000);
		assert_ok!(reclaim());
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		let State::Closing { early, .. } = lease(LEASE).state else {
			panic!("closing")
		};
		assert_eq!(early, EarlyEnd::Free);
	})
}

#[test]
fn saves_no_provider_its_fee_for_not_waiting() {
	run(|| {
		spot();
		serve(100);
		acknowledge(0, 600_000);
		assert_ok!(reclaim());
		assert_ok!(Leases::close(signed(agent()), LEASE));
		let State::Closing { early, .. } = lease(LEASE).state else {
			panic!("closing")
		};
		// The notice is what was left.
		assert_eq!(early, EarlyEnd::ProviderPays(300 * 2 * RATE));
	})
}

#[test]
fn shortens_what_is_left_of_a_paused_lease() {
	run(|| {
		active_with(|lease| {
			lease.terms.spot_notice_ms = Some(300_000);
			lease.funds = UNIT;
		});
		serve(100);
		acknowledge(0, 600_000);
		assert_ok!(Leases::pause(signed(stranger()), LEASE));
		assert_ok!(reclaim());
		assert!(matches!(
			lease(LEASE).state,
			State::Paused {
				left_ms: 300_000,
				..
			}
		));
		assert_eq!(MockMachines::free_units(MACHINE), 2);
	})
}

#[test]
fn happens_once_and_not_in_the_last_minutes() {
	run(|| {
		spot();
		jump(550);
		assert_noop!(reclaim(), Error::<Test>::NothingToReclaim);
	});
	run(|| {
		spot();
		assert_ok!(reclaim());
		assert_noop!(reclaim(), Error::<Test>::NothingToReclaim);
	})
}

#[test]
fn is_the_providers_of_a_spot_lease() {
	run(|| {
		assert_noop!(reclaim(), Error::<Test>::UnknownLease);
		active();
		assert_noop!(
			Leases::reclaim(signed(consumer()), LEASE),
			Error::<Test>::NotProvider
		);
		assert_noop!(reclaim(), Error::<Test>::NotSpot);
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		assert_noop!(reclaim(), Error::<Test>::LeaseNotActive);
	})
}
