//! The supply identity, across the whole runtime.

use super::{account, chain::*, check_invariants, on};
use crate::{
	configs::economy::{SupplyCap, ToTreasury},
	Authorship, Balances, Runtime, RuntimeCall, RuntimeOrigin, Session, Staking, Treasury, MILLI,
	UNIT,
};
use frame_support::{
	assert_ok,
	traits::{
		fungible::{Balanced, Inspect, Mutate},
		tokens::{Fortitude, Precision, Preservation},
		OnUnbalanced,
	},
};
use pallet_supply::{Burned, MintSource, Minted};
use sp_keyring::Sr25519Keyring;
use terminal_primitives::ledger::BurnSource;

#[test]
fn starts_from_what_genesis_endowed() {
	for preset in ["development", "local", "testnet"] {
		on(preset, || {
			assert_eq!(
				pallet_supply::Genesis::<Runtime>::get(),
				Balances::total_issuance()
			);
			assert!(Balances::total_issuance() < SupplyCap::get());
		});
	}
}

#[test]
fn falls_by_the_burned_share_of_a_fee_and_the_author_gets_the_rest() {
	on("local", || {
		let mut chain = Chain::new();
		chain.block(vec![]);
		let issuance = Balances::total_issuance();
		let sender = account(Sr25519Keyring::Alice);
		let stashes = || {
			Session::validators()
				.iter()
				.map(<Balances as Inspect<_>>::total_balance)
				.sum::<u128>()
		};
		let (before, validators) = (Balances::free_balance(&sender), stashes());
		chain.block(vec![tipped(
			Sr25519Keyring::Alice,
			transfer(UNIT),
			7 * MILLI,
		)]);

		let paid = before - UNIT - Balances::free_balance(&sender);
		let fee = paid - 7 * MILLI;
		let burned = Burned::<Runtime>::get(BurnSource::TransactionFee);
		// Four fifths, rounded up.
		assert_eq!(burned, (fee * 4).div_ceil(5));
		assert_eq!(issuance - Balances::total_issuance(), burned);
		assert_eq!(stashes() - validators, fee - burned + 7 * MILLI);
		assert!(Authorship::author().is_some());
	});
}

#[test]
fn holds_over_eras_with_fees_and_rewards() {
	on("local", || {
		let mut chain = Chain::new();
		chain.blocks(1);
		for _ in 0..5 {
			chain.blocks(30);
			chain.block(vec![signed(Sr25519Keyring::Alice, transfer(UNIT))]);
		}
		let era = Staking::active_era().expect("an era is active").index;
		assert!(era >= 2, "era {era}");
		let remainder = Minted::<Runtime>::get(MintSource::EraRemainder);
		assert!(remainder > 0, "the treasury had its part");

		let promised = pallet_supply::Promised::<Runtime>::get();
		assert!(promised > 0);
		for validator in Session::validators() {
			assert_ok!(Staking::payout_stakers_by_page(
				RuntimeOrigin::signed(account(Sr25519Keyring::Ferdie)),
				validator,
				1,
				0
			));
			check_invariants().expect("every invariant holds after a payout");
		}
		let rewards = Minted::<Runtime>::get(MintSource::StakingReward);
		assert!(rewards > 0);
		assert_eq!(
			promised - pallet_supply::Promised::<Runtime>::get(),
			rewards
		);
		assert!(Burned::<Runtime>::get(BurnSource::TransactionFee) > 0);
	});
}

#[test]
fn notes_dust_by_name() {
	on("local", || {
		let poor = crate::AccountId::from([7; 32]);
		assert_ok!(Balances::mint_into(&poor, 2 * MILLI));
		// Minted past the ledger, to set the stage: open the books again.
		pallet_supply::Genesis::<Runtime>::mutate(|genesis| *genesis += 2 * MILLI);
		assert_ok!(Balances::transfer_allow_death(
			RuntimeOrigin::signed(poor),
			account(Sr25519Keyring::Bob).into(),
			2 * MILLI - 5
		));
		assert_eq!(Burned::<Runtime>::get(BurnSource::Dust), 5);
	});
}

#[test]
fn falls_by_a_voluntary_burn() {
	on("local", || {
		let mut chain = Chain::new();
		chain.block(vec![]);
		let call = RuntimeCall::Supply(pallet_supply::Call::burn { amount: 3 * UNIT });
		assert_eq!(
			chain.block(vec![signed(Sr25519Keyring::Eve, call)]),
			vec![Ok(Ok(()))]
		);
		assert_eq!(Burned::<Runtime>::get(BurnSource::Voluntary), 3 * UNIT);
	});
}

#[test]
fn notes_what_an_emptied_treasury_cannot_receive() {
	on("local", || {
		let take = |who, amount| {
			let (exact, force) = (Precision::Exact, Fortitude::Force);
			Balances::withdraw(&who, amount, exact, Preservation::Expendable, force)
				.expect("it has as much")
		};
		let treasury = Treasury::account_id();
		let all = take(treasury.clone(), Balances::free_balance(&treasury));
		assert!(Balances::resolve(&account(Sr25519Keyring::Bob), all).is_ok());
		// Less than the existential deposit.
		ToTreasury::on_unbalanced(take(account(Sr25519Keyring::Alice), 10));
		assert_eq!(Burned::<Runtime>::get(BurnSource::LeaseFee), 10);
		// More.
		ToTreasury::on_unbalanced(take(account(Sr25519Keyring::Alice), UNIT));
		assert_eq!(Balances::free_balance(&treasury), UNIT);
	});
}
