use super::*;
use crate::{types::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use terminal_primitives::market::Arbiter;
use terminal_test_support::{MockMachines, UNIT};

/// An agreement with an arbiter for a tenth of a TCT.
fn active_with_arbiter() {
	active_with(|lease| {
		lease.terms.arbiter = Some(Arbiter {
			account: author(),
			fee: UNIT / 10,
		})
	})
}

fn dispute(who: AccountId) -> frame_support::dispatch::DispatchResult {
	Leases::dispute(signed(who), LEASE, [5; 32])
}

#[test]
fn ends_the_lease_and_freezes_what_is_held() {
	run(|| {
		active_with_arbiter();
		serve(100);
		acknowledge(0, 300_000);
		events();
		assert_ok!(dispute(consumer()));
		let held = cost(240_000);
		assert_eq!(books().held, held);
		assert_eq!(
			lease(LEASE).state,
			State::Disputed {
				end: START + 600_000,
				until: 251,
				outcome: Outcome::CancelledByConsumer,
				early: EarlyEnd::ConsumerPays(0),
			}
		);
		assert_eq!(
			events().last(),
			Some(&Event::LeaseDisputed {
				lease: LEASE,
				by: Side::Consumer,
				claim: [5; 32],
				held,
				until: 251
			})
		);
		assert_eq!(MockMachines::free_units(MACHINE), 4);
		// A receipt is taken, and nothing is paid.
		acknowledge(0, 600_000);
		assert_eq!(books().held, held);
		assert_noop!(
			Leases::finish(signed(provider()), LEASE),
			Error::<Test>::DisputeOpen
		);
	})
}

#[test]
fn is_settled_by_the_meter_where_the_arbiter_stays_silent() {
	run(|| {
		active_with_arbiter();
		serve(100);
		assert_ok!(dispute(agent()));
		acknowledge(0, 500_000);
		jump(150);
		assert_noop!(
			Leases::finish(signed(stranger()), LEASE),
			Error::<Test>::DisputeOpen
		);
		jump(1);
		assert_ok!(Leases::finish(signed(stranger()), LEASE));
		assert_eq!(books().drawn(), cost(560_000));
		assert_eq!(outcome(), Outcome::CancelledByProvider);
	});
	run(|| {
		active_with_arbiter();
		serve(100);
		acknowledge(0, 600_000);
		assert_ok!(dispute(agent()));
		blocks(160);
		assert_eq!(outcome(), Outcome::CancelledByProvider);
		assert!(matches!(lease(LEASE).state, State::Closed { .. }));
	})
}

#[test]
fn comes_before_the_claim_window_is_over_and_once() {
	run(|| {
		active_with_arbiter();
		serve(100);
		assert_ok!(Leases::close(signed(agent()), LEASE));
		jump(100);
		assert_ok!(dispute(consumer()));
		assert_noop!(dispute(consumer()), Error::<Test>::LeaseNotActive);
	});
	run(|| {
		active_with_arbiter();
		serve(100);
		assert_ok!(Leases::close(signed(agent()), LEASE));
		jump(101);
		assert_noop!(dispute(consumer()), Error::<Test>::ClaimWindowOver);
	})
}

#[test]
fn of_a_paused_lease_ends_it_when_it_was_paused() {
	run(|| {
		active_with_arbiter();
		MockMachines::set_window(MACHINE, Some((START, START + 3_600_000)));
		serve(100);
		assert_ok!(Leases::pause(signed(agent()), LEASE));
		jump(10);
		assert_ok!(dispute(consumer()));
		assert!(matches!(
			lease(LEASE).state,
			State::Disputed { end, .. } if end == START + 600_000
		));
	})
}

#[test]
fn is_for_the_sides_of_a_lease_with_an_arbiter() {
	run(|| {
		assert_noop!(dispute(consumer()), Error::<Test>::UnknownLease);
		active();
		assert_noop!(dispute(stranger()), Error::<Test>::NotParty);
		assert_noop!(dispute(consumer()), Error::<Test>::NoArbiter);
	});
	run(|| {
		running();
		assert_noop!(dispute(consumer()), Error::<Test>::NotMetered);
	})
}
