//! What happens if a hold is less than the books say, which LEASE-2 rules out.

use super::*;
use crate::{Error, HoldReason};
use frame_support::{
	assert_noop, assert_ok,
	storage::with_storage_layer,
	traits::{fungible::MutateHold, tokens::Precision},
};
use terminal_test_support::MockUptime;

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
