//! Weights of `pallet_providers`'s calls, most of them measured.
//!
//! COUNTED, NOT MEASURED yet: the functions marked "Counted". Reads and writes are those that
//! the benchmark does on the runtime; times are put together from measured ones (10 µs, 5 µs a read,
//! 13 µs a write, and what is computed). `scripts/weights` measures all of them and writes this file.
//!
//! The others were measured:
//! - `benchmark pallet` of frame-omni-bencher 0.28.0; 2 cores, 24 GiB of memory
//! - 2026-11-22, AMD EPYC; 50 steps, 20 repeats, Wasm Compiled
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
	/// `set_endpoint`.
	fn set_endpoint() -> Weight;
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
	/// `set_asset_price`.
	fn set_asset_price() -> Weight;
}

/// With the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Least time measured: 54_230_000 ps.
	fn register_provider() -> Weight {
		Weight::from_parts(58_327_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 58_817_000 ps.
	fn bond() -> Weight {
		Weight::from_parts(88_993_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 19_239_000 ps.
	fn unbond() -> Weight {
		Weight::from_parts(21_101_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 49_073_000 ps.
	fn withdraw_unbonded() -> Weight {
		Weight::from_parts(53_980_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 20_099_000 ps.
	fn register_machine() -> Weight {
		Weight::from_parts(21_822_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 14_352_000 ps.
	fn update_machine() -> Weight {
		Weight::from_parts(15_614_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 15_473_000 ps.
	fn set_endpoint() -> Weight {
		Weight::from_parts(16_855_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 14_672_000 ps.
	fn set_agent() -> Weight {
		Weight::from_parts(17_125_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 18_518_000 ps.
	fn set_status() -> Weight {
		Weight::from_parts(20_160_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Counted.
	fn remove_machine() -> Weight {
		Weight::from_parts(118_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Least time measured: 4_897_000 ps.
	fn set_params() -> Weight {
		Weight::from_parts(5_548_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}
	// Counted.
	fn announce_maintenance() -> Weight {
		Weight::from_parts(58_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Counted.
	fn cancel_maintenance() -> Weight {
		Weight::from_parts(38_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Counted.
	fn set_asset_price() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn register_provider() -> Weight {
		Weight::from_parts(58_327_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn bond() -> Weight {
		Weight::from_parts(88_993_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn unbond() -> Weight {
		Weight::from_parts(21_101_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn withdraw_unbonded() -> Weight {
		Weight::from_parts(53_980_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn register_machine() -> Weight {
		Weight::from_parts(21_822_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn update_machine() -> Weight {
		Weight::from_parts(15_614_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn set_endpoint() -> Weight {
		Weight::from_parts(16_855_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn set_agent() -> Weight {
		Weight::from_parts(17_125_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn set_status() -> Weight {
		Weight::from_parts(20_160_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn remove_machine() -> Weight {
		Weight::from_parts(118_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn set_params() -> Weight {
		Weight::from_parts(5_548_000, 0).saturating_add(ParityDbWeight::get().writes(1))
	}
	fn announce_maintenance() -> Weight {
		Weight::from_parts(58_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn cancel_maintenance() -> Weight {
		Weight::from_parts(38_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn set_asset_price() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
}
