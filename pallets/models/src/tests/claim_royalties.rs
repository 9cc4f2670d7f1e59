use super::*;
use crate::{Claims, Owed};

#[test]
fn pays_everything_once_and_keeps_the_pot_alive() {
	ExtBuilder.run(|| {
		let version = list();
		accrue(version, 42);
		let before = free(&owner());
		events();
		assert_ok!(Models::claim_royalties(signed(owner())));
		assert_eq!(free(&owner()), before + 42);
		assert_eq!((Claims::<Test>::get(owner()), Owed::<Test>::get()), (0, 0));
		assert_eq!(free(&Models::pot()), EXISTENTIAL_DEPOSIT);
		assert_eq!(
			events(),
			[Event::RoyaltiesClaimed {
				owner: owner(),
				amount: 42
			}]
		);
		assert_noop!(
			Models::claim_royalties(signed(owner())),
			Error::<Test>::NothingToClaim
		);
	})
}

#[test]
fn pays_a_single_base_unit() {
	ExtBuilder.run(|| {
		accrue(list(), 1);
		let before = free(&owner());
		assert_ok!(Models::claim_royalties(signed(owner())));
		assert_eq!(free(&owner()), before + 1);
	})
}

#[test]
fn never_takes_what_keeps_the_pot_alive() {
	ExtBuilder.build().execute_with(|| {
		// No royalty came in for it, which MODEL-1 and MODEL-2 rule out.
		Claims::<Test>::insert(owner(), EXISTENTIAL_DEPOSIT);
		assert_noop!(
			Models::claim_royalties(signed(owner())),
			sp_runtime::TokenError::NotExpendable
		);
	})
}

#[test]
fn of_a_dead_account_waits_until_it_can_receive() {
	ExtBuilder.run(|| {
		// the holds keep the lister's account alive: give its claim to a dead one
		Claims::<Test>::insert(account(77), 5);
		Owed::<Test>::put(5);
		assert_ok!(Balances::mint_into(&Models::pot(), 5));
		assert_noop!(
			Models::claim_royalties(signed(account(77))),
			sp_runtime::TokenError::BelowMinimum
		);
		assert_ok!(Balances::mint_into(&account(77), EXISTENTIAL_DEPOSIT));
		assert_ok!(Models::claim_royalties(signed(account(77))));
	})
}

#[test]
fn is_not_for_strangers() {
	ExtBuilder.run(|| {
		accrue(list(), 42);
		assert_noop!(
			Models::claim_royalties(signed(thief())),
			Error::<Test>::NothingToClaim
		);
		assert_noop!(Models::claim_royalties(RuntimeOrigin::root()), BadOrigin);
	})
}
