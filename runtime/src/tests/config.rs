//! The configuration, as literals: a change shows up in review.

use super::on;
use crate::{
	configs::consensus::bag_thresholds, AllPalletsWithSystem, Runtime, SessionKeys, SS58_PREFIX,
	VERSION,
};
use frame_support::traits::{Get, IntegrityTest, PalletsInfoAccess};
use sp_core::crypto::{key_types, KeyTypeId};
use sp_runtime::{traits::OpaqueKeys, Permill};

#[test]
fn has_these_pallets_at_these_indices() {
	let pallets = AllPalletsWithSystem::infos()
		.into_iter()
		.map(|info| (info.index, info.name))
		.collect::<Vec<_>>();
	assert_eq!(
		pallets,
		vec![
			(0, "System"),
			(1, "ChainTimes"),
			(2, "Timestamp"),
			(3, "Babe"),
			(4, "Authorship"),
			(5, "MultiBlockMigrations"),
			(10, "Balances"),
			(11, "TransactionPayment"),
			(12, "Treasury"),
			(13, "Assets"),
			(14, "AssetsHolder"),
			(20, "Staking"),
			(21, "VoterList"),
			(22, "Offences"),
			(23, "Historical"),
			(24, "Session"),
			(25, "Grandpa"),
			(26, "AuthorityDiscovery"),
			(30, "Utility"),
			(31, "Multisig"),
			(32, "Proxy"),
			(33, "Preimage"),
			(34, "Scheduler"),
			(35, "Sudo"),
			(40, "Models"),
			(41, "Providers"),
			(42, "Leases"),
			(43, "Attestation"),
			(44, "Market"),
			(45, "Muster"),
			(49, "Supply"),
		]
	);
}

#[test]
fn has_session_keys_in_this_order() {
	assert_eq!(
		SessionKeys::key_ids(),
		[
			key_types::BABE,
			key_types::GRANDPA,
			key_types::AUTHORITY_DISCOVERY,
			KeyTypeId(*b"attn"),
		]
	);
}

fn value<T, G: Get<T>>() -> T {
	G::get()
}

#[test]
fn has_these_constants() {
	use frame_system::Config as System;
	use pallet_balances::Config as Balances;
	use pallet_session::Config as Session;
	use pallet_staking::Config as Staking;
	use pallet_transaction_payment::Config as Payment;
	use pallet_treasury::Config as Treasury;
	assert_eq!(VERSION.spec_name, "core-terminal");
	assert_eq!(SS58_PREFIX, 42);
	on("testnet", || {
		assert_eq!(value::<u32, <Runtime as System>::BlockHashCount>(), 4_096);
		// 0.001 TCT.
		assert_eq!(
			value::<u128, <Runtime as Balances>::ExistentialDeposit>(),
			1_000_000_000
		);
		// 10 TCT.
		assert_eq!(
			value::<u128, <Runtime as Session>::KeyDeposit>(),
			10_000_000_000_000
		);
		assert_eq!(value::<u32, <Runtime as Staking>::HistoryDepth>(), 84);
		assert_eq!(value::<u32, <Runtime as Staking>::MaxValidatorSet>(), 100);
		assert_eq!(
			value::<u32, <Runtime as Staking>::MaxExposurePageSize>(),
			256
		);
		assert_eq!(value::<u32, <Runtime as Treasury>::SpendPeriod>(), 14_400);
		assert!(value::<Permill, <Runtime as Treasury>::Burn>().is_zero());
		assert_eq!(
			value::<u8, <Runtime as Payment>::OperationalFeeMultiplier>(),
			5
		);
	});
}

#[test]
fn passes_every_pallets_own_checks() {
	// On an empty state, as the node's tools run them, and on each preset.
	sp_io::TestExternalities::default()
		.execute_with(<AllPalletsWithSystem as IntegrityTest>::integrity_test);
	for preset in ["development", "local", "testnet"] {
		on(
			preset,
			<AllPalletsWithSystem as IntegrityTest>::integrity_test,
		);
	}
}

#[test]
fn has_bags_that_rise_by_an_eighth_or_so_to_the_top() {
	let thresholds = bag_thresholds();
	assert_eq!(thresholds.first(), Some(&10_000_000_000));
	assert_eq!(thresholds.last(), Some(&u64::MAX));
	for pair in thresholds.windows(2) {
		let ratio = pair[1] as f64 / pair[0] as f64;
		assert!((1.10..1.25).contains(&ratio), "{pair:?} rises by {ratio}");
	}
}
