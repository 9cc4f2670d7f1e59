//! `bond_attestor`, `unbond_attestor` and `withdraw_attestor`.

use crate::{mock::*, Attestors, Records};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;

#[test]
fn a_bonded_validator_is_active_at_once() {
	ExtBuilder::default().execute(|| {
		let accounts = [(account(1), key(1)), (account(50), key(50))];
		Attestation::set_validators(accounts.into_iter());
		assert_eq!(Attestors::<Test>::get().len(), 1);
		assert_ok!(Attestation::bond_attestor(signed(50), BOND));
		assert_eq!(Attestors::<Test>::get().len(), 2);
		assert_eq!(on_hold(50), BOND);
		let (who, amount) = (account(50), BOND);
		assert_eq!(
			events(),
			vec![Event::AttestorBonded {
				who,
				amount,
				bond: BOND
			}]
		);
		assert_eq!(
			Records::<Test>::get(account(50)).unwrap().keys.into_inner(),
			vec![key(50)]
		);
	})
}

#[test]
fn a_bonded_account_that_is_no_validator_is_not_drawn() {
	ExtBuilder::default().execute(|| {
		assert_ok!(Attestation::bond_attestor(signed(50), BOND));
		assert_eq!(Attestors::<Test>::get().len(), 4);
	})
}

#[test]
fn refuses_too_little_and_too_much() {
	ExtBuilder::default().execute(|| {
		let call = Attestation::bond_attestor;
		assert_noop!(call(signed(50), BOND - 1), Error::BondTooSmall);
		assert_noop!(
			call(signed(50), 10_000 * UNIT),
			TokenError::FundsUnavailable
		);
		assert_noop!(call(signed(1), u128::MAX), Error::BondTooSmall);
		assert_ok!(call(signed(1), 1));
		assert_eq!(on_hold(1), BOND + 1);
	})
}

#[test]
fn unbonding_leaves_at_once_and_pays_out_after_the_delay() {
	ExtBuilder::default().execute(|| {
		assert_noop!(
			Attestation::unbond_attestor(signed(50), 1),
			Error::NotAMember
		);
		assert_noop!(
			Attestation::unbond_attestor(signed(1), 0),
			Error::BondTooSmall
		);
		assert_noop!(
			Attestation::unbond_attestor(signed(1), 1),
			Error::BondTooSmall
		);
		assert_noop!(
			Attestation::unbond_attestor(signed(1), BOND + 1),
			Error::BondTooSmall
		);
		assert_ok!(Attestation::unbond_attestor(signed(1), BOND));
		assert_eq!(
			events(),
			vec![Event::AttestorUnbonded {
				who: account(1),
				amount: BOND,
				withdrawable_at: 101
			}]
		);
		assert_eq!(Attestors::<Test>::get().len(), 3);
		assert_eq!(on_hold(1), BOND);
		run(99);
		assert_noop!(
			Attestation::withdraw_attestor(signed(1)),
			Error::NothingToWithdraw
		);
		run(1);
		events();
		assert_ok!(Attestation::withdraw_attestor(signed(1)));
		assert_eq!(
			events(),
			vec![Event::AttestorWithdrew {
				who: account(1),
				amount: BOND
			}]
		);
		assert_eq!(on_hold(1), 0);
		assert!(Records::<Test>::get(account(1)).is_none());
		assert_noop!(Attestation::withdraw_attestor(signed(1)), Error::NotAMember);
	})
}

#[test]
fn at_most_sixteen_chunks_are_on_their_way() {
	ExtBuilder::default().execute(|| {
		assert_ok!(Attestation::bond_attestor(signed(1), 17));
		for _ in 0..16 {
			assert_ok!(Attestation::unbond_attestor(signed(1), 1));
		}
		assert_noop!(
			Attestation::unbond_attestor(signed(1), 1),
			Error::TooManyUnlocking
		);
	})
}

#[test]
fn unbonding_does_not_escape_a_slash() {
	ExtBuilder::default().execute(|| {
		let all: Vec<u32> = (0..ITEMS).collect();
		let (job, id) = drawn(&all);
		vote(1, id, crate::types::Outcome::Pass);
		assert_ok!(Attestation::unbond_attestor(signed(1), BOND));
		let (leaf, weights) = (job.leaf(sample(id)[0]), job.bounded_weights());
		assert_ok!(Attestation::prove_fault(
			signed(REPORTER),
			id,
			leaf,
			weights
		));
		run(8);
		// One of three that are still active: 1 % + 9 % / 3 = 4 %.
		assert_eq!(on_hold(1), BOND * 96 / 100);
		run(100);
		assert_ok!(Attestation::withdraw_attestor(signed(1)));
		assert_eq!(
			Balances::free_balance(account(1)),
			10_000 * UNIT - BOND * 4 / 100
		);
	})
}
