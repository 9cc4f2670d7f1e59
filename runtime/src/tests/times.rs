//! The chain's lengths.

use super::{genesis_of, on};
use crate::{
	times::{Blocks, Times},
	Babe, Runtime,
};
use frame_support::traits::Get;
use sp_runtime::BuildStorage;

#[test]
fn of_production_are_the_default() {
	let times = Times::default();
	assert_eq!(times.validate(), Ok(()));
	assert_eq!(times.slot_duration_ms, 6_000);
	assert_eq!(times.epoch_slots, 600);
	assert_eq!(times.era_ms(), 6 * 60 * 60 * 1_000);
	// Seven days.
	assert_eq!(
		times.bonding_slots() * times.slot_duration_ms,
		7 * 24 * 60 * 60 * 1_000
	);
	// A chain without any genesis value runs with them: so does the metadata of the bare Wasm.
	sp_io::TestExternalities::default().execute_with(|| {
		assert_eq!(<Runtime as pallet_babe::Config>::EpochDuration::get(), 600);
		assert_eq!(
			<Runtime as pallet_timestamp::Config>::MinimumPeriod::get(),
			3_000
		);
	});
}

#[test]
fn set_at_genesis_reach_every_pallet() {
	on("local", || {
		assert_eq!(Babe::slot_duration(), 2_000);
		assert_eq!(<Runtime as pallet_babe::Config>::EpochDuration::get(), 30);
		assert_eq!(
			<Runtime as pallet_babe::Config>::ExpectedBlockTime::get(),
			2_000
		);
		assert_eq!(
			<Runtime as pallet_timestamp::Config>::MinimumPeriod::get(),
			1_000
		);
		assert_eq!(
			<Runtime as pallet_staking::Config>::SessionsPerEra::get(),
			2
		);
		assert_eq!(
			<Runtime as pallet_staking::Config>::BondingDuration::get(),
			3
		);
		assert_eq!(
			<Runtime as pallet_staking::Config>::SlashDeferDuration::get(),
			1
		);
		assert_eq!(
			<Runtime as pallet_grandpa::Config>::MaxSetIdSessionEntries::get(),
			6
		);
		// A day.
		assert_eq!(Blocks::<Runtime, { 24 * 60 * 60 }>::get(), 43_200);
	});
	on("testnet", || {
		assert_eq!(Babe::slot_duration(), 6_000);
		assert_eq!(Blocks::<Runtime, { 24 * 60 * 60 }>::get(), 14_400);
	});
}

#[test]
fn out_of_range_are_refused() {
	let good = Times::default();
	for bad in [
		Times {
			slot_duration_ms: 999,
			..good
		},
		Times {
			slot_duration_ms: 2_001,
			..good
		},
		Times {
			slot_duration_ms: 60_002,
			..good
		},
		Times {
			epoch_slots: 29,
			..good
		},
		Times {
			epoch_slots: 14_401,
			..good
		},
		Times {
			sessions_per_era: 0,
			..good
		},
		Times {
			sessions_per_era: 97,
			..good
		},
		Times {
			bonding_eras: 1,
			slash_defer_eras: 0,
			..good
		},
		Times {
			bonding_eras: 673,
			..good
		},
		Times {
			slash_defer_eras: 28,
			..good
		},
	] {
		assert!(bad.validate().is_err(), "{bad:?}");
	}
}

#[test]
#[should_panic(expected = "epochSlots must lie between")]
fn out_of_range_stop_genesis() {
	let mut genesis = genesis_of("local");
	genesis.chain_times.times.epoch_slots = 10;
	let _ = genesis.build_storage();
}
