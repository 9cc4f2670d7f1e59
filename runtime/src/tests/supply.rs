//! The supply identity, across the whole runtime.

use super::{account, calls::past_the_ledger, chain::*, check_invariants, externalities_of, on};
use crate::{
	configs::economy::{SupplyCap, ToTreasury},
	Address, Authorship, Balances, Runtime, RuntimeCall, RuntimeOrigin, Session, Staking, Sudo,
	System, Treasury, MILLI, UNIT,
};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::DispatchResult,
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

/// Sudo's call in Bob's name, or in root's.
fn by_sudo(signer: Sr25519Keyring, as_bob: bool, call: RuntimeCall) -> DispatchResult {
	let origin = RuntimeOrigin::signed(account(signer));
	let call = Box::new(call);
	let done = if as_bob {
		Sudo::sudo_as(origin, Address::Id(account(Sr25519Keyring::Bob)), call)
	} else {
		Sudo::sudo(origin, call)
	};
	done.map(|_| ()).map_err(|error| error.error)
}

/// Sudo is root, or anybody, and no filter holds it: see `CallFilter`.
#[test]
fn can_be_broken_by_the_sudo_key_and_then_says_so() {
	for call in past_the_ledger() {
		// `burn` needs an account, the others root.
		let as_bob = matches!(
			call,
			RuntimeCall::Balances(pallet_balances::Call::burn { .. })
		);
		externalities_of("local").execute_with(|| {
			System::set_block_number(1);
			let issuance = Balances::total_issuance();
			assert_eq!(check_invariants(), Ok(()));
			assert_ok!(by_sudo(Sr25519Keyring::Alice, as_bob, call.clone()));
			assert_ne!(Balances::total_issuance(), issuance, "{call:?}");
			let error: &'static str = check_invariants().unwrap_err().into();
			assert!(error.starts_with("SUPPLY-1:"), "{call:?}: {error}");
		});
		// Nor does it help to look at what sudo is given: here it is hidden in a batch.
		if !as_bob {
			externalities_of("local").execute_with(|| {
				let batch = pallet_utility::Call::batch { calls: vec![call] }.into();
				assert_ok!(by_sudo(Sr25519Keyring::Alice, false, batch));
				assert!(check_invariants().is_err());
			});
		}
	}
}

#[test]
fn cannot_be_broken_by_a_sudo_key_where_there_is_none() {
	on("testnet", || {
		assert_eq!(pallet_sudo::Key::<Runtime>::get(), None);
		for call in past_the_ledger() {
			for as_bob in [false, true] {
				assert_noop!(
					by_sudo(Sr25519Keyring::Alice, as_bob, call.clone()),
					pallet_sudo::Error::<Runtime>::RequireSudo
				);
			}
		}
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
