//! Weights of `pallet_providers`'s calls, measured. Written by `scripts/weights`: do not edit.
//!
//! - `benchmark pallet` of frame-omni-bencher 0.28.0; 2 cores, 24 GiB of memory
//! - 2026-11-23, AMD EPYC; 50 steps, 20 repeats, Wasm Compiled
//! - `bencher --runtime runtime.wasm --genesis-builder runtime --genesis-builder-preset development --pallet pallet_providers --extrinsic * --steps 50 --repeat 20 --min-duration 3 --wasm-execution compiled --heap-pages 4096 --disable-proof-recording --no-storage-info --no-median-slopes --no-min-squares --quiet --template weights.hbs --header header.txt --output out/providers.rs`
//!
//! Times are picoseconds, without the database, whose reads and writes are counted. Proof sizes are
//! left out: outside a parachain they have no meaning.

// What regression leaves over may be one, and a component may not matter.
#![allow(clippy::identity_op, clippy::unnecessary_cast, unused_parens)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// What each call, or part of a hook, weighs at most.
pub trait WeightInfo {
	/// `register_provider`.
	fn register_provider() -> Weight;
	/// `bond`.
	fn bond() -> Weight;
	/// `unbond`.
	fn unbond() -> Weight;
	/// `withdraw_unbonded`.
	fn withdraw_unbonded() -> Weight;
	/// `register_machine`.
	fn register_machine() -> Weight;
	/// `update_machine`.
	fn update_machine() -> Weight;
	/// `set_asset_price`.
	fn set_asset_price() -> Weight;
	/// `set_endpoints`.
	fn set_endpoints() -> Weight;
	/// `set_agent`.
	fn set_agent() -> Weight;
	/// `set_status`.
	fn set_status() -> Weight;
	/// `remove_machine`.
	fn remove_machine() -> Weight;
	/// `set_params`.
	fn set_params() -> Weight;
	/// `announce_maintenance`.
	fn announce_maintenance() -> Weight;
	/// `cancel_maintenance`.
	fn cancel_maintenance() -> Weight;
}

/// With the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Least time measured: 54_601_000 ps.
	fn register_provider() -> Weight {
		Weight::from_parts(57_886_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 59_418_000 ps.
	fn bond() -> Weight {
		Weight::from_parts(63_484_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 20_110_000 ps.
	fn unbond() -> Weight {
		Weight::from_parts(22_454_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 49_353_000 ps.
	fn withdraw_unbonded() -> Weight {
		Weight::from_parts(52_358_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 22_834_000 ps.
	fn register_machine() -> Weight {
		Weight::from_parts(27_671_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 16_004_000 ps.
	fn update_machine() -> Weight {
		Weight::from_parts(27_651_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 18_147_000 ps.
	fn set_asset_price() -> Weight {
		Weight::from_parts(29_533_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 20_741_000 ps.
	fn set_endpoints() -> Weight {
		Weight::from_parts(28_733_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 16_744_000 ps.
	fn set_agent() -> Weight {
		Weight::from_parts(27_020_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 25_518_000 ps.
	fn set_status() -> Weight {
		Weight::from_parts(36_063_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 37_145_000 ps.
	fn remove_machine() -> Weight {
		Weight::from_parts(45_497_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 5_118_000 ps.
	fn set_params() -> Weight {
		Weight::from_parts(8_523_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 30_886_000 ps.
	fn announce_maintenance() -> Weight {
		Weight::from_parts(38_297_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 18_808_000 ps.
	fn cancel_maintenance() -> Weight {
		Weight::from_parts(21_973_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn register_provider() -> Weight {
		Weight::from_parts(57_886_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn bond() -> Weight {
		Weight::from_parts(63_484_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn unbond() -> Weight {
		Weight::from_parts(22_454_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn withdraw_unbonded() -> Weight {
		Weight::from_parts(52_358_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn register_machine() -> Weight {
		Weight::from_parts(27_671_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn update_machine() -> Weight {
		Weight::from_parts(27_651_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn set_asset_price() -> Weight {
		Weight::from_parts(29_533_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn set_endpoints() -> Weight {
		Weight::from_parts(28_733_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn set_agent() -> Weight {
		Weight::from_parts(27_020_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn set_status() -> Weight {
		Weight::from_parts(36_063_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn remove_machine() -> Weight {
		Weight::from_parts(45_497_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn set_params() -> Weight {
		Weight::from_parts(8_523_000, 0).saturating_add(ParityDbWeight::get().writes(1))
	}
	fn announce_maintenance() -> Weight {
		Weight::from_parts(38_297_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn cancel_maintenance() -> Weight {
		Weight::from_parts(21_973_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
}
