use super::*;
use crate::Commitments;

#[test]
fn gives_the_deposit_back() {
	ExtBuilder.run(|| {
		let commitment = commit(owner(), &details());
		events();
		assert_ok!(Models::withdraw_commitment(signed(owner()), commitment));
		assert_eq!(
			(held(HoldReason::Commitment, &owner()), free(&owner())),
			(0, ENDOWMENT)
		);
		assert!(!Commitments::<Test>::contains_key(owner(), commitment));
		assert_eq!(
			events(),
			[Event::CommitmentWithdrawn {
				owner: owner(),
				commitment
			}]
		);
	})
}

#[test]
fn is_for_who_made_it() {
	ExtBuilder.run(|| {
		let commitment = commit(owner(), &details());
		let foreign = Models::withdraw_commitment(signed(thief()), commitment);
		assert_noop!(foreign, Error::<Test>::NotCommitted);
		assert_noop!(
			Models::withdraw_commitment(RuntimeOrigin::none(), commitment),
			BadOrigin
		);
	})
}

#[test]
fn leaves_nothing_to_reveal() {
	ExtBuilder.run(|| {
		let commitment = commit(owner(), &details());
		assert_ok!(Models::withdraw_commitment(signed(owner()), commitment));
		skip_blocks(10);
		let reveal = Models::list_version(signed(owner()), SALT, details(), PRICES);
		assert_noop!(reveal, Error::<Test>::NotCommitted);
	})
}

#[test]
fn gives_back_all_or_nothing() {
	use frame_support::traits::{fungible::MutateHold, tokens::Precision};
	ExtBuilder.build().execute_with(|| {
		let commitment = commit(owner(), &details());
		// The hold is short, which the invariants rule out.
		let why = HoldReason::Commitment.into();
		assert_ok!(Balances::release(&why, &owner(), 1, Precision::Exact));
		let withdraw = || Models::withdraw_commitment(signed(owner()), commitment);
		assert_noop!(withdraw(), sp_runtime::TokenError::FundsUnavailable);
	})
}
