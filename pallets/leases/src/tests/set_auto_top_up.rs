use super::*;
use crate::{types::*, Error, Event, HoldReason};
use frame_support::{
	assert_noop, assert_ok,
	traits::{LockableCurrency, WithdrawReasons},
};
use terminal_test_support::{MILLI, UNIT};

fn set(step: u128, cap: u128) -> frame_support::dispatch::DispatchResult {
	Leases::set_auto_top_up(signed(consumer()), LEASE, Some(AutoTopUp { step, cap }))
}

/// Funded for 400 s.
fn poor() {
	active_with(|lease| lease.funds = UNIT);
}

#[test]
fn pulls_a_step_when_less_than_the_least_time_is_left() {
	run(|| {
		poor();
		events();
		assert_ok!(set(UNIT, 3 * UNIT));
		serve(56);
		acknowledge(0, 336_000);
		// 64 s are left.
		assert_eq!(books().deposited, UNIT);
		serve(1);
		events();
		acknowledge(0, 342_000);
		assert_eq!(books().deposited, 2 * UNIT);
		assert_eq!(
			work().auto_top_up,
			Some(AutoTopUp {
				step: UNIT,
				cap: 2 * UNIT
			})
		);
		assert!(events().contains(&Event::LeaseToppedUp {
			lease: LEASE,
			donor: consumer(),
			amount: UNIT
		}));
	})
}

#[test]
fn never_pulls_more_than_the_cap_however_often_anyone_withdraws() {
	run(|| {
		poor();
		assert_ok!(set(UNIT, UNIT + UNIT / 2));
		for _ in 0..120 {
			serve(5);
			for who in [stranger(), provider()] {
				assert_ok!(collect(who, Some(receipt(now_ms() - START))));
			}
		}
		assert_eq!(books().deposited, 2_500 * MILLI);
		assert_eq!(work().auto_top_up, None);
	})
}

#[test]
fn never_pulls_what_can_never_be_due() {
	run(|| {
		poor();
		assert_ok!(set(100 * UNIT, 100 * UNIT));
		serve(60);
		acknowledge(0, 360_000);
		assert_eq!(books().deposited, 9 * UNIT);
	})
}

#[test]
fn keeps_a_lease_running_instead_of_pausing_it() {
	run(|| {
		active_with(|lease| (lease.funds, lease.tenant) = (UNIT, None));
		assert_ok!(set(UNIT, UNIT));
		serve(100);
		assert_ok!(Leases::pause(signed(stranger()), LEASE));
		assert!(matches!(lease(LEASE).state, State::Active { .. }));
		assert_eq!(books().drawn(), cost(600_000));
		serve(50);
		assert_ok!(Leases::pause(signed(stranger()), LEASE));
		assert!(matches!(lease(LEASE).state, State::Paused { .. }));
	})
}

#[test]
fn resumes_what_was_paused_before_it_was_set() {
	run(|| {
		poor();
		serve(100);
		acknowledge(0, 400_000);
		assert_ok!(Leases::pause(signed(stranger()), LEASE));
		assert_ok!(set(UNIT, UNIT));
		assert_ok!(Leases::resume(signed(stranger()), LEASE));
		assert_eq!(books().deposited, 2 * UNIT);
	})
}

#[test]
fn takes_what_a_short_wallet_has_without_an_error() {
	run(|| {
		poor();
		assert_ok!(set(UNIT, 3 * UNIT));
		let rest = free(&consumer()) - UNIT / 4;
		assert_ok!(pallet_balances::Pallet::<Test>::transfer_allow_death(
			signed(consumer()),
			author(),
			rest
		));
		serve(60);
		acknowledge(0, 360_000);
		assert_eq!(books().deposited, UNIT + UNIT / 4 - MILLI);
		acknowledge(0, 361_000);
		assert_eq!(books().deposited, UNIT + UNIT / 4 - MILLI);
	})
}

#[test]
fn ends_when_it_is_taken_back() {
	run(|| {
		poor();
		assert_ok!(set(UNIT, UNIT));
		assert_ok!(Leases::set_auto_top_up(signed(consumer()), LEASE, None));
		serve(60);
		acknowledge(0, 360_000);
		assert_eq!(books().deposited, UNIT);
	})
}

#[test]
fn is_the_consumers_of_a_lease_that_is_not_over() {
	run(|| {
		assert_noop!(set(1, 1), Error::<Test>::UnknownLease);
		active();
		let auto = Some(AutoTopUp { step: 1, cap: 1 });
		assert_noop!(
			Leases::set_auto_top_up(signed(provider()), LEASE, auto),
			Error::<Test>::NotConsumer
		);
		assert_noop!(set(0, 1), Error::<Test>::TopUpOutOfRange);
		assert_noop!(set(2, 1), Error::<Test>::TopUpOutOfRange);
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		assert_noop!(set(1, 1), Error::<Test>::LeaseNotActive);
	});
	run(|| {
		running();
		assert_noop!(set(1, 1), Error::<Test>::NotMetered);
	})
}

#[test]
fn says_what_was_set_and_that_it_was_taken_back() {
	run(|| {
		poor();
		let some = AutoTopUp {
			step: UNIT,
			cap: 3 * UNIT,
		};
		for auto in [Some(some), None] {
			events();
			assert_ok!(Leases::set_auto_top_up(signed(consumer()), LEASE, auto));
			assert_eq!(events(), vec![Event::AutoTopUpSet { lease: LEASE, auto }]);
		}
	})
}

#[test]
fn never_pulls_what_is_locked() {
	run(|| {
		poor();
		assert_ok!(set(UNIT, 3 * UNIT));
		Balances::set_lock(*b"anything", &consumer(), ENDOWMENT, WithdrawReasons::all());
		serve(60);
		acknowledge(0, 360_000);
		assert_eq!(books().deposited, UNIT);
	})
}

#[test]
fn leaves_the_wallet_the_least_balance_of_an_asset() {
	run(|| {
		with_tusd();
		let mut lease = agreement_tusd();
		lease.funds = 2 * USD;
		agree(lease).expect("the agreement is fine");
		assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
		serve(100);
		acknowledge(0, 600_000);
		// All is drawn: nothing on hold keeps the account.
		assert_eq!(tusd_on_hold(HoldReason::Escrow, &consumer()), 0);
		let (by, rest) = (signed(consumer()), tusd(&consumer()) - USD / 2);
		assert_ok!(Assets::transfer(by, TUSD.into(), author(), rest));
		assert_ok!(set(USD, 2 * USD));
		acknowledge(0, 600_000);
		assert_eq!(books().deposited, 2 * USD + USD / 2 - LEAST_TUSD);
		assert_eq!(tusd(&consumer()), LEAST_TUSD);
	})
}

#[test]
fn says_nothing_where_the_wallet_has_nothing() {
	run(|| {
		poor();
		assert_ok!(set(UNIT, 3 * UNIT));
		let (by, rest) = (signed(consumer()), free(&consumer()) - MILLI);
		assert_ok!(Balances::transfer_allow_death(by, author(), rest));
		serve(60);
		events();
		acknowledge(0, 360_000);
		assert!(matches!(
			events()[..],
			[Event::ReceiptShown { .. }, Event::LeasePaid { .. }]
		));
	})
}

#[test]
fn pauses_nothing_that_has_funds_though_none_are_pulled() {
	let waits = |blocks| {
		serve(blocks);
		acknowledge(0, now_ms() - START);
		let pause = Leases::pause(signed(stranger()), LEASE);
		assert_noop!(pause, Error::<Test>::FundsLast);
	};
	let ready = || {
		poor();
		assert_ok!(set(UNIT, 3 * UNIT));
	};
	// It has more than the least.
	run(|| {
		ready();
		waits(10);
	});
	// It has less, and the wallet nothing.
	run(|| {
		ready();
		let (by, rest) = (signed(consumer()), free(&consumer()) - MILLI);
		assert_ok!(Balances::transfer_allow_death(by, author(), rest));
		waits(60);
	});
	// It has less, and is offered to somebody else.
	run(|| {
		ready();
		let to = Some(stranger());
		assert_ok!(Leases::offer_transfer(signed(consumer()), LEASE, to));
		waits(60);
	});
}

#[test]
fn pulls_nothing_for_a_consumer_that_leaves() {
	run(|| {
		poor();
		assert_ok!(set(UNIT, 3 * UNIT));
		serve(60);
		// 40 s are left, as the provider would find too.
		let shown = Some(receipt(360_000));
		assert_ok!(Leases::settle(signed(agent()), LEASE, shown));
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		assert_eq!(books().deposited, UNIT);
	})
}
