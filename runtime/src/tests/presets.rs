//! The presets.

use super::{account, check_invariants, externalities_of, genesis_of};
use crate::{
	presets, Babe, Balances, Grandpa, Runtime, Session, Staking, Treasury, UNIT,
};
use sp_consensus_babe::AllowedSlots;
use sp_keyring::Sr25519Keyring;

const ALL: [&str; 3] = ["development", "local", "testnet"];

#[test]
fn are_listed() {
	assert_eq!(presets::names(), ALL);
	assert_eq!(presets::preset(&"local_testnet".into()), None);
}

#[test]
fn build_and_hold_every_invariant() {
	for preset in ALL {
		externalities_of(preset).execute_with(|| {
			check_invariants().expect("every invariant holds at genesis");
			let validators = if preset == "development" { 1 } else { 4 };
			assert_eq!(Session::validators().len(), validators, "{preset}");
			assert_eq!(Babe::authorities().len(), validators, "{preset}");
			assert_eq!(Grandpa::grandpa_authorities().len(), validators, "{preset}");
			assert_eq!(
				Babe::epoch_config().map(|config| config.allowed_slots),
				Some(AllowedSlots::PrimaryAndSecondaryVRFSlots),
				"{preset}: every block carries a VRF output"
			);
			assert!(pallet_staking::Invulnerables::<Runtime>::get().is_empty(), "{preset}");
			assert!(Balances::free_balance(Treasury::account_id()) >= UNIT, "{preset}");
			for validator in Session::validators() {
				let ledger = Staking::ledger(validator.clone().into()).expect("it staked");
				assert_eq!(ledger.active, 100_000 * UNIT);
				// Enough left for fees.
				assert!(Balances::usable_balance(validator) >= UNIT);
			}
		});
	}
}

#[test]
fn know_a_sudo_key_outside_the_public_network_only() {
	let alice = account(Sr25519Keyring::Alice);
	assert_eq!(genesis_of("development").sudo.key, Some(alice.clone()));
	assert_eq!(genesis_of("local").sudo.key, Some(alice));
	assert_eq!(genesis_of("testnet").sudo.key, None);
}
