use super::*;
use crate::{Error, Event, HoldReason};
use frame_support::{assert_noop, assert_ok};
use terminal_test_support::{MILLI, UNIT};

fn demand(index: u32) -> frame_support::dispatch::DispatchResult {
	Leases::demand_leaf(signed(consumer()), LEASE, index)
}

#[test]
fn prepays_the_posting() {
	run(|| {
		delivering();
		events();
		assert_ok!(demand(3));
		assert_eq!(on_hold(HoldReason::Posting, &consumer()), 100 * MILLI);
		assert_eq!(
			events(),
			vec![Event::LeafDemanded {
				lease: LEASE,
				index: 3,
				answer_by: 11
			}]
		);
	})
}

#[test]
fn is_for_the_consumer_in_the_delivery_window() {
	run(|| {
		assert_noop!(demand(0), Error::<Test>::UnknownLease);
		committed();
		assert_noop!(demand(0), Error::<Test>::LeaseNotDelivering);
	});
	run(|| {
		delivering();
		for who in [agent(), stranger()] {
			assert_noop!(
				Leases::demand_leaf(signed(who), LEASE, 0),
				Error::<Test>::NotConsumer
			);
		}
		assert_noop!(demand(10), Error::<Test>::IndexOutOfRange);
	})
}

#[test]
fn cannot_delay_the_payment_beyond_the_window() {
	run(|| {
		delivering();
		jump(20);
		assert_ok!(demand(0));
		jump(1);
		assert_noop!(demand(1), Error::<Test>::DemandTooLate);
		let leaf = batch::Batch::new(10).leaf(LEASE, 0);
		assert_ok!(Leases::answer_demand(signed(agent()), LEASE, leaf));
		jump(10);
		assert_ok!(Leases::finish(signed(agent()), LEASE));
		assert_eq!(free(&provider()), ENDOWMENT + 98 * UNIT);
	})
}

#[test]
fn is_open_once_per_leaf_and_eight_times_in_all() {
	run(|| {
		delivering();
		for index in 0..8 {
			assert_ok!(demand(index));
		}
		assert_noop!(demand(7), Error::<Test>::AlreadyDemanded);
		assert_noop!(demand(8), Error::<Test>::TooManyDemands);
	})
}

#[test]
fn needs_funds_for_the_posting() {
	run(|| {
		delivering();
		let rest = free(&consumer()) - 50 * MILLI;
		assert_ok!(pallet_balances::Pallet::<Test>::transfer_allow_death(
			signed(consumer()),
			stranger(),
			rest
		));
		assert_noop!(demand(0), Error::<Test>::InsufficientBalance);
	})
}
