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
