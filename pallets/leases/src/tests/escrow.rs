//! What happens where books and holds cannot agree, which LEASE-2 rules out, or nobody asked before.

use super::*;
use crate::{Error, HoldReason, PurseOf};
use frame_support::{
	assert_noop, assert_ok,
	storage::with_storage_layer,
	traits::{fungible::MutateHold, tokens::Precision, LockableCurrency, WithdrawReasons},
};
use sp_runtime::TokenError;
use terminal_test_support::{MockUptime, EXISTENTIAL_DEPOSIT, UNIT};

/// Run a test on a lease whose escrow went free behind the pallet's back.
fn short(prepare: impl FnOnce(), test: impl FnOnce()) {
	build(params()).execute_with(|| {
		prepare();
		let reason = HoldReason::Escrow.into();
		let held = on_hold(HoldReason::Escrow, &consumer());
		assert_ok!(Balances::release(
			&reason,
			&consumer(),
			held,
			Precision::Exact
		));
		test();
	})
}

#[test]
fn pays_nobody_from_a_hold_that_is_short() {
	short(
		|| {
			active();
			jump(10);
			MockUptime::prove(MACHINE, START, START + 60_000);
		},
		|| {
			let settle = || collect(agent(), Some(receipt(60_000)));
			assert_noop!(with_storage_layer(settle), Error::<Test>::EscrowShort);
		},
	)
}

#[test]
fn refunds_nobody_from_a_hold_that_is_short() {
	short(
		|| open_metered(metered()).expect("the usual order is fine"),
		|| {
			let cancel = || Leases::cancel(signed(consumer()), LEASE);
			assert_noop!(with_storage_layer(cancel), Error::<Test>::EscrowShort);
		},
	)
}

#[test]
fn leaves_books_and_wallet_as_they_were_where_the_escrow_cannot_be_filled() {
	run(|| {
		active();
		let mut lease = lease(LEASE);
		// As if it held all that there could be.
		lease.books.held = u128::MAX;
		let (books, wallet) = (lease.books, free(&consumer()));
		assert_eq!(Leases::pull(&mut lease, UNIT), Ok(0));
		assert_eq!(lease.books, books);
		assert_eq!(free(&consumer()), wallet);
	})
}

#[test]
fn moves_nothing_that_is_locked_whoever_forgets_to_ask() {
	run(|| {
		Balances::set_lock(*b"anything", &stranger(), ENDOWMENT, WithdrawReasons::all());
		let why = HoldReason::Escrow.into();
		assert_noop!(
			PurseOf::<Test>::move_to_hold(None, &why, &stranger(), &consumer(), UNIT),
			TokenError::FundsUnavailable
		);
	})
}

#[test]
fn moves_all_that_was_asked_for_or_nothing() {
	run(|| {
		with_tusd();
		assert_ok!(open_metered(metered()));
		assert_ok!(open_metered(metered_tusd()));
		let why = HoldReason::Escrow.into();
		assert_noop!(
			PurseOf::<Test>::hand_over(None, &why, &consumer(), &stranger(), 9 * UNIT + 1),
			TokenError::FundsUnavailable
		);
		for (asset, held) in [(None, 9 * UNIT), (Some(TUSD), 18 * USD)] {
			let taken = PurseOf::<Test>::take(asset, &why, &consumer(), held + 1);
			assert!(taken.is_none());
			assert_eq!(PurseOf::<Test>::on_hold(asset, &why, &consumer()), held);
		}
	})
}

#[test]
fn pays_nothing_out_that_keeps_the_pot_alive() {
	run(|| {
		let (why, pot) = (HoldReason::Claim.into(), Leases::pot_account());
		assert_noop!(
			PurseOf::<Test>::pay_out(None, &why, &pot, &stranger(), EXISTENTIAL_DEPOSIT),
			TokenError::NotExpendable
		);
	})
}
