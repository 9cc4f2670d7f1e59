use super::*;
use crate::{types::*, Error, Event, HoldReason};
use frame_support::{
	assert_noop, assert_ok,
	traits::{LockableCurrency, WithdrawReasons},
};
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

#[test]
fn takes_nothing_that_is_locked_but_the_consumers_own() {
	run(|| {
		assert_ok!(open_metered(poor()));
		for who in [stranger(), consumer()] {
			Balances::set_lock(*b"anything", &who, ENDOWMENT, WithdrawReasons::all());
		}
		assert_noop!(
			Leases::top_up(signed(stranger()), LEASE, UNIT),
			Error::<Test>::InsufficientBalance
		);
		// On hold it goes nowhere: the lock goes on.
		assert_ok!(Leases::top_up(signed(consumer()), LEASE, UNIT));
		assert_eq!(on_hold(HoldReason::Escrow, &consumer()), 2 * UNIT);
	})
}

#[test]
fn fills_the_escrow_to_the_last_base_unit_at_any_moment() {
	run(|| {
		// So much per second that a quarter of one costs no whole number.
		active_with(|lease| (lease.rate, lease.funds) = (RATE + 1, UNIT));
		terminal_test_support::skip_time_ms::<Test>(250);
		assert_ok!(Leases::top_up(signed(consumer()), LEASE, 500 * UNIT));
		assert_eq!(books().deposited, 9 * UNIT + 7_200);
	})
}

#[test]
fn in_an_asset_reaches_a_consumer_that_has_one_base_unit() {
	run(|| {
		with_tusd();
		// Of this one, a base unit makes an account.
		assert_ok!(Assets::force_asset_status(
			RuntimeOrigin::root(),
			TUSD.into(),
			issuer(),
			issuer(),
			issuer(),
			issuer(),
			1,
			true,
			false
		));
		assert_ok!(open_metered(MeteredOrder {
			funds: 2 * USD,
			..metered_tusd()
		}));
		let (by, rest) = (signed(consumer()), tusd(&consumer()) - 1);
		assert_ok!(Assets::transfer(by, TUSD.into(), author(), rest));
		assert_ok!(Leases::top_up(signed(stranger()), LEASE, USD));
		assert_eq!(tusd_on_hold(HoldReason::Escrow, &consumer()), 3 * USD);
	})
}
