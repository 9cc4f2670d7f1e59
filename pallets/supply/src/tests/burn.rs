use crate::{mock::*, Burned, Error, Event};
use frame_support::{
	assert_noop, assert_ok,
	traits::fungible::{Inspect, InspectHold},
};
use sp_runtime::DispatchError;
use terminal_primitives::ledger::{BurnLedger, BurnSource};
use terminal_test_support::{EXISTENTIAL_DEPOSIT, UNIT};

#[test]
fn lowers_issuance_and_the_balance_by_the_amount() {
	run(|| {
		let issuance = Balances::total_issuance();
		assert_ok!(Supply::burn(RuntimeOrigin::signed(alice()), 3 * UNIT));
		assert_eq!(Balances::total_issuance(), issuance - 3 * UNIT);
		assert_eq!(Balances::balance(&alice()), 997 * UNIT);
		assert_eq!(Burned::<Test>::get(BurnSource::Voluntary), 3 * UNIT);
		let burned = Event::Burned {
			source: BurnSource::Voluntary,
			amount: 3 * UNIT,
		};
		assert_eq!(take_events(), vec![burned]);
	})
}

#[test]
fn reopens_no_room_under_the_cap() {
	run(|| {
		let gap = Supply::gap();
		assert_ok!(Supply::burn(RuntimeOrigin::signed(alice()), 3 * UNIT));
		assert_eq!(Supply::gap(), gap);
	})
}

#[test]
fn keeps_the_existential_deposit() {
	run(|| {
		let most = 1_000 * UNIT - EXISTENTIAL_DEPOSIT;
		let origin = RuntimeOrigin::signed(alice());
		assert_noop!(
			Supply::burn(origin.clone(), most + 1),
			Error::<Test>::InsufficientFunds
		);
		assert_ok!(Supply::burn(origin, most));
		assert_eq!(Balances::balance(&alice()), EXISTENTIAL_DEPOSIT);
		assert_eq!(Balances::total_balance_on_hold(&alice()), 0);
	})
}

#[test]
fn refuses_nothing_and_strangers() {
	run(|| {
		let origin = RuntimeOrigin::signed(alice());
		assert_noop!(Supply::burn(origin, 0), Error::<Test>::NothingToBurn);
		assert_noop!(
			Supply::burn(RuntimeOrigin::root(), 1),
			DispatchError::BadOrigin
		);
		let pauper = RuntimeOrigin::signed(terminal_test_support::account(77));
		assert_noop!(Supply::burn(pauper, 1), Error::<Test>::InsufficientFunds);
	})
}

#[test]
fn of_other_pallets_is_entered_under_its_source() {
	use frame_support::traits::{
		fungible::Balanced,
		tokens::{Fortitude, Precision, Preservation},
	};
	run(|| {
		let (keep, polite) = (Preservation::Preserve, Fortitude::Polite);
		for (n, source) in BurnSource::ALL.into_iter().enumerate() {
			let credit =
				Balances::withdraw(&bob(), n as u128 + 1, Precision::Exact, keep, polite).unwrap();
			<Supply as BurnLedger<_>>::burn(source, credit);
			assert_eq!(Burned::<Test>::get(source), n as u128 + 1);
		}
		assert_eq!(Supply::total_burned(), 21);
	})
}
