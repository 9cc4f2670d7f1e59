use crate::{mock::*, Burned, DealWithFees, Event, Parameters};
use frame_support::{
	assert_ok,
	traits::{
		fungible::{Balanced, Inspect},
		tokens::{Fortitude, Precision, Preservation},
		OnUnbalanced,
	},
};
use sp_runtime::Perbill;
use terminal_primitives::ledger::BurnSource;
use terminal_test_support::{account, EXISTENTIAL_DEPOSIT, UNIT};

fn burned() -> u128 {
	Burned::<Test>::get(BurnSource::TransactionFee)
}

#[test]
fn burn_four_fifths_and_give_the_rest_and_the_tip_to_the_author() {
	run(|| {
		let issuance = Balances::total_issuance();
		charge(&alice(), 1_000, 70);
		assert_eq!(Balances::balance(&alice()), 1_000 * UNIT - 1_070);
		assert_eq!(Balances::balance(&author()), UNIT + 200 + 70);
		assert_eq!(Balances::total_issuance(), issuance - 800);
		assert_eq!(burned(), 800);
		let burned = Event::Burned {
			source: BurnSource::TransactionFee,
			amount: 800,
		};
		assert_eq!(take_events(), vec![burned]);
	})
}

#[test]
fn round_in_favour_of_the_burn() {
	run(|| {
		charge(&alice(), 1_001, 0);
		assert_eq!(burned(), 801);
		assert_eq!(Balances::balance(&author()), UNIT + 200);
	})
}

#[test]
fn without_a_tip_are_split_alike() {
	run(|| {
		let (exact, keep) = (Precision::Exact, Preservation::Preserve);
		for single in [true, false] {
			let fee = Balances::withdraw(&alice(), 100, exact, keep, Fortitude::Polite).unwrap();
			match single {
				true => DealWithFees::<Test>::on_unbalanced(fee),
				false => DealWithFees::<Test>::on_unbalanceds([fee].into_iter()),
			}
		}
		assert_eq!(burned(), 160);
		assert_eq!(Balances::balance(&author()), UNIT + 40);
	})
}

#[test]
fn that_are_all_tip_burn_nothing() {
	run(|| {
		charge(&alice(), 0, 50);
		assert_eq!(burned(), 0);
		assert_eq!(Balances::balance(&author()), UNIT + 50);
		assert!(take_events().is_empty());
	})
}

#[test]
fn of_a_block_without_an_author_are_burned_whole() {
	run(|| {
		Author::set(None);
		charge(&alice(), 1_000, 70);
		assert_eq!(burned(), 1_070);
	})
}

#[test]
fn that_a_dead_author_cannot_take_are_burned_whole() {
	run(|| {
		Author::set(Some(account(404)));
		charge(&alice(), 1_000, 70);
		assert_eq!(burned(), 1_070);
		// Enough to bring the account to life is given to it.
		charge(&alice(), 0, EXISTENTIAL_DEPOSIT);
		assert_eq!(Balances::balance(&account(404)), EXISTENTIAL_DEPOSIT);
	})
}

#[test]
fn follow_the_share_that_governance_set() {
	run(|| {
		let parameters = Parameters {
			fee_burn_share: Perbill::zero(),
			..Default::default()
		};
		assert_ok!(Supply::set_params(RuntimeOrigin::root(), parameters));
		charge(&alice(), 1_000, 0);
		assert_eq!(burned(), 0);
		assert_eq!(Balances::balance(&author()), UNIT + 1_000);
	})
}
