use super::*;
use crate::{Commitment, Commitments};

#[test]
fn holds_a_deposit_and_shows_nothing_else() {
	ExtBuilder.run(|| {
		let commitment = commit(owner(), &details());
		assert_eq!(held(HoldReason::Commitment, &owner()), UNIT);
		assert_eq!(
			Commitments::<Test>::get(owner(), commitment),
			Some(Commitment {
				at: 1,
				deposit: UNIT
			})
		);
		assert_eq!(
			events(),
			[Event::ListingCommitted {
				owner: owner(),
				commitment,
				revealable_at: 11
			}]
		);
	})
}

#[test]
fn works_once_per_account_and_commitment() {
	ExtBuilder.run(|| {
		let commitment = commit(owner(), &details());
		let again = Models::commit_listing(signed(owner()), commitment);
		assert_noop!(again, Error::<Test>::AlreadyCommitted);
		// a copied commitment is the copier's own and keeps nobody from anything
		assert_ok!(Models::commit_listing(signed(thief()), commitment));
	})
}

#[test]
fn needs_the_deposit_and_a_signature() {
	ExtBuilder.run(|| {
		Balances::set_balance(&owner(), UNIT / 2);
		let poor = Models::commit_listing(signed(owner()), [0; 32]);
		assert_noop!(poor, sp_runtime::TokenError::FundsUnavailable);
		assert_noop!(
			Models::commit_listing(RuntimeOrigin::root(), [0; 32]),
			BadOrigin
		);
	})
}
