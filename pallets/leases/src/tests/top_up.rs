use super::*;
use crate::{types::*, Error, Event, HoldReason};
use frame_support::{assert_noop, assert_ok};
use terminal_test_support::{MockUptime, UNIT};

fn poor() -> MeteredOrder {
	MeteredOrder {
		funds: UNIT,
		..metered()
	}
}

#[test]
fn by_a_donor_lies_on_hold_with_the_consumer() {
	run(|| {
		assert_ok!(open_metered(poor()));
		events();
		assert_ok!(Leases::top_up(signed(stranger()), LEASE, 2 * UNIT));
		assert_eq!(free(&stranger()), ENDOWMENT - 2 * UNIT);
		assert_eq!(on_hold(HoldReason::Escrow, &consumer()), 3 * UNIT);
		assert_eq!(
			events(),
			vec![Event::LeaseToppedUp {
				lease: LEASE,
				donor: stranger(),
				amount: 2 * UNIT
			}]
		);
	})
}

#[test]
fn returns_to_the_consumer_and_not_to_the_donor() {
	run(|| {
		assert_ok!(open_metered(poor()));
		assert_ok!(Leases::top_up(signed(stranger()), LEASE, 2 * UNIT));
		assert_ok!(Leases::cancel(signed(consumer()), LEASE));
		assert_eq!(free(&consumer()), ENDOWMENT + 2 * UNIT);
	})
}

#[test]
fn takes_no_more_than_can_become_due() {
	run(|| {
		assert_ok!(open_metered(poor()));
		assert_ok!(Leases::top_up(signed(consumer()), LEASE, 500 * UNIT));
		assert_eq!(on_hold(HoldReason::Escrow, &consumer()), 9 * UNIT);
		assert_noop!(
			Leases::top_up(signed(stranger()), LEASE, 1),
			Error::<Test>::AlreadyFunded
		);
	})
}

#[test]
fn lets_a_lease_go_on_that_ran_out_of_funds() {
	run(|| {
		assert_ok!(open_metered(poor()));
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
		jump(100);
		MockUptime::prove(MACHINE, START, START + 600_000);
		assert_ok!(collect(agent(), Some(receipt(600_000))));
		// 400 s of 600 are paid; the rest is paid first.
		assert_eq!(books().drawn(), UNIT);
		assert_ok!(Leases::top_up(signed(consumer()), LEASE, UNIT));
		assert_ok!(collect(agent(), None));
		assert_eq!(books().drawn(), cost(600_000));
	})
}

#[test]
fn is_for_running_metered_leases() {
	run(|| {
		assert_noop!(
			Leases::top_up(signed(consumer()), LEASE, 1),
			Error::<Test>::UnknownLease
		);
		assert_ok!(open_job(job()));
		assert_noop!(
			Leases::top_up(signed(consumer()), LEASE, 1),
			Error::<Test>::NotMetered
		);
	});
	run(|| {
		active();
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		assert_noop!(
			Leases::top_up(signed(consumer()), LEASE, 1),
			Error::<Test>::LeaseNotActive
		);
	})
}

#[test]
fn says_so_when_the_donor_has_too_little() {
	run(|| {
		assert_ok!(open_metered(poor()));
		assert_ok!(pallet_balances::Pallet::<Test>::transfer_allow_death(
			signed(stranger()),
			author(),
			ENDOWMENT - UNIT
		));
		assert_noop!(
			Leases::top_up(signed(stranger()), LEASE, UNIT),
			Error::<Test>::InsufficientBalance
		);
	})
}
