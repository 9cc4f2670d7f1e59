//! Weights of `pallet_leases`'s calls, measured. Written by `scripts/weights`: do not edit.
//!
//! - `benchmark pallet` of frame-omni-bencher 0.28.0; 2 cores, 24 GiB of memory
//! - 2026-11-22, AMD EPYC; 50 steps, 20 repeats, Wasm Compiled
//! - `bencher --runtime runtime.wasm --genesis-builder runtime --genesis-builder-preset development --pallet pallet_leases --extrinsic * --steps 50 --repeat 20 --min-duration 3 --wasm-execution compiled --heap-pages 4096 --disable-proof-recording --no-storage-info --no-median-slopes --no-min-squares --quiet --template weights.hbs --header header.txt --output out/leases.rs`
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
	/// `open_metered`.
	fn open_metered() -> Weight;
	/// `open_job`.
	fn open_job() -> Weight;
	/// `accept`.
	fn accept() -> Weight;
	/// `start`.
	fn start() -> Weight;
	/// `cancel`.
	fn cancel() -> Weight;
	/// `top_up`.
	fn top_up() -> Weight;
	/// `settle`.
	fn settle() -> Weight;
	/// `close`.
	fn close() -> Weight;
	/// `finish`.
	fn finish() -> Weight;
	/// `finish_job`.
	fn finish_job() -> Weight;
	/// `finish_undelivered`.
	fn finish_undelivered() -> Weight;
	/// `commit_result`.
	fn commit_result() -> Weight;
	/// `demand_leaf`.
	fn demand_leaf() -> Weight;
	/// `answer_demand`, `b` in 0..=60000.
	fn answer_demand(b: u32) -> Weight;
	/// `set_params`.
	fn set_params() -> Weight;
	/// `claim`.
	fn claim() -> Weight;
	/// `expire_bucket`.
	fn expire_bucket() -> Weight;
	/// `expire_lease`.
	fn expire_lease() -> Weight;
}

/// With the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Least time measured: 152_236_000 ps.
	fn open_metered() -> Weight {
		Weight::from_parts(168_730_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 150_744_000 ps.
	fn open_job() -> Weight {
		Weight::from_parts(159_457_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 64_366_000 ps.
	fn accept() -> Weight {
		Weight::from_parts(68_653_000, 0)
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 237_783_000 ps.
	fn start() -> Weight {
		Weight::from_parts(254_448_000, 0)
			.saturating_add(T::DbWeight::get().reads(25))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// Least time measured: 276_621_000 ps.
	fn cancel() -> Weight {
		Weight::from_parts(291_734_000, 0)
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// Least time measured: 84_285_000 ps.
	fn top_up() -> Weight {
		Weight::from_parts(94_010_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 323_861_000 ps.
	fn settle() -> Weight {
		Weight::from_parts(341_698_000, 0)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(14))
	}
	// Least time measured: 116_143_000 ps.
	fn close() -> Weight {
		Weight::from_parts(121_811_000, 0)
			.saturating_add(T::DbWeight::get().reads(15))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 375_959_000 ps.
	fn finish() -> Weight {
		Weight::from_parts(394_857_000, 0)
			.saturating_add(T::DbWeight::get().reads(33))
			.saturating_add(T::DbWeight::get().writes(19))
	}
	// Least time measured: 340_145_000 ps.
	fn finish_job() -> Weight {
		Weight::from_parts(355_668_000, 0)
			.saturating_add(T::DbWeight::get().reads(29))
			.saturating_add(T::DbWeight::get().writes(26))
	}
	// Least time measured: 486_913_000 ps.
	fn finish_undelivered() -> Weight {
		Weight::from_parts(504_730_000, 0)
			.saturating_add(T::DbWeight::get().reads(15))
			.saturating_add(T::DbWeight::get().writes(15))
	}
	// Least time measured: 48_632_000 ps.
	fn commit_result() -> Weight {
		Weight::from_parts(52_188_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Least time measured: 67_891_000 ps.
	fn demand_leaf() -> Weight {
		Weight::from_parts(73_109_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 111_576_000 ps.
	fn answer_demand(b: u32) -> Weight {
		Weight::from_parts(128_001_491, 0)
			// Standard error: 139 ps.
			.saturating_add(Weight::from_parts(16_376, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 4_987_000 ps.
	fn set_params() -> Weight {
		Weight::from_parts(5_859_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 56_304_000 ps.
	fn claim() -> Weight {
		Weight::from_parts(60_049_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 3_516_000 ps.
	fn expire_bucket() -> Weight {
		Weight::from_parts(3_956_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 356_029_000 ps.
	fn expire_lease() -> Weight {
		Weight::from_parts(394_456_000, 0)
			.saturating_add(T::DbWeight::get().reads(33))
			.saturating_add(T::DbWeight::get().writes(20))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn open_metered() -> Weight {
		Weight::from_parts(168_730_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn open_job() -> Weight {
		Weight::from_parts(159_457_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn accept() -> Weight {
		Weight::from_parts(68_653_000, 0)
			.saturating_add(ParityDbWeight::get().reads(12))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn start() -> Weight {
		Weight::from_parts(254_448_000, 0)
			.saturating_add(ParityDbWeight::get().reads(25))
			.saturating_add(ParityDbWeight::get().writes(13))
	}
	fn cancel() -> Weight {
		Weight::from_parts(291_734_000, 0)
			.saturating_add(ParityDbWeight::get().reads(22))
			.saturating_add(ParityDbWeight::get().writes(13))
	}
	fn top_up() -> Weight {
		Weight::from_parts(94_010_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn settle() -> Weight {
		Weight::from_parts(341_698_000, 0)
			.saturating_add(ParityDbWeight::get().reads(21))
			.saturating_add(ParityDbWeight::get().writes(14))
	}
	fn close() -> Weight {
		Weight::from_parts(121_811_000, 0)
			.saturating_add(ParityDbWeight::get().reads(15))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn finish() -> Weight {
		Weight::from_parts(394_857_000, 0)
			.saturating_add(ParityDbWeight::get().reads(33))
			.saturating_add(ParityDbWeight::get().writes(19))
	}
	fn finish_job() -> Weight {
		Weight::from_parts(355_668_000, 0)
			.saturating_add(ParityDbWeight::get().reads(29))
			.saturating_add(ParityDbWeight::get().writes(26))
	}
	fn finish_undelivered() -> Weight {
		Weight::from_parts(504_730_000, 0)
			.saturating_add(ParityDbWeight::get().reads(15))
			.saturating_add(ParityDbWeight::get().writes(15))
	}
	fn commit_result() -> Weight {
		Weight::from_parts(52_188_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn demand_leaf() -> Weight {
		Weight::from_parts(73_109_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn answer_demand(b: u32) -> Weight {
		Weight::from_parts(128_001_491, 0)
			.saturating_add(Weight::from_parts(16_376, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn set_params() -> Weight {
		Weight::from_parts(5_859_000, 0).saturating_add(ParityDbWeight::get().writes(1))
	}
	fn claim() -> Weight {
		Weight::from_parts(60_049_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn expire_bucket() -> Weight {
		Weight::from_parts(3_956_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn expire_lease() -> Weight {
		Weight::from_parts(394_456_000, 0)
			.saturating_add(ParityDbWeight::get().reads(33))
			.saturating_add(ParityDbWeight::get().writes(20))
	}
}
