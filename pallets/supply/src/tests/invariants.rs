//! Each invariant is broken on purpose.

use crate::{
	invariants::check, mock::*, AwaitedRemainder, Burned, MintSource, Minted, Parameters, Params,
	Promised,
};
use frame_support::{assert_ok, traits::fungible::Balanced};
use terminal_primitives::ledger::BurnSource;
use terminal_test_support::UNIT;

fn assert_broken(number: &str) {
	let error = check::<Test>().expect_err("the invariant is broken");
	let text: &'static str = error.into();
	assert!(text.starts_with(number), "{text}");
}

fn broken(number: &str, harm: impl FnOnce()) {
	externalities().execute_with(|| {
		assert_ok!(check::<Test>());
		harm();
		assert_broken(number);
	})
}

#[test]
fn supply_1_breaks_when_a_credit_is_dropped() {
	use frame_support::traits::tokens::{Fortitude, Precision, Preservation};
	broken("SUPPLY-1", || {
		let (exact, keep) = (Precision::Exact, Preservation::Preserve);
		drop(Balances::withdraw(&alice(), 1, exact, keep, Fortitude::Polite).unwrap())
	})
}

#[test]
fn supply_1_breaks_when_something_mints_past_the_hooks() {
	broken("SUPPLY-1", || {
		assert!(Balances::resolve(&alice(), Balances::issue(1)).is_ok());
	})
}

#[test]
fn supply_1_breaks_when_the_ledger_lies() {
	broken("SUPPLY-1", || Burned::<Test>::insert(BurnSource::Dust, 1));
	broken("SUPPLY-1", || {
		Minted::<Test>::insert(MintSource::EraRemainder, 1)
	});
	broken("SUPPLY-1", || {
		Minted::<Test>::insert(MintSource::EraRemainder, u128::MAX)
	});
}

#[test]
fn supply_2_breaks_when_more_is_promised_than_the_cap_leaves() {
	broken("SUPPLY-2", || Promised::<Test>::put(Supply::gap() + 1))
}

#[test]
fn supply_3_breaks_on_wild_parameters() {
	broken("SUPPLY-3", || {
		Params::<Test>::put(Parameters {
			max_era_ms: 0,
			..Default::default()
		})
	})
}

#[test]
fn supply_4_breaks_when_a_remainder_is_never_issued() {
	broken("SUPPLY-4", || {
		use sp_staking::EraPayout;
		set_gap(1_000_000 * UNIT);
		Supply::era_payout(0, 0, 1_000_000);
		assert!(AwaitedRemainder::<Test>::exists());
	})
}
