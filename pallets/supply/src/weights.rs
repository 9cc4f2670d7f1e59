//! Weights of `pallet_supply`'s calls, measured. Written by `scripts/weights`: do not edit.
//!
//! - `benchmark pallet` of frame-omni-bencher 0.28.0; 2 cores, 24 GiB of memory
//! - 2026-11-22, AMD EPYC; 50 steps, 20 repeats, Wasm Compiled
//! - `bencher --runtime runtime.wasm --genesis-builder runtime --genesis-builder-preset development --pallet pallet_supply --extrinsic * --steps 50 --repeat 20 --min-duration 3 --wasm-execution compiled --heap-pages 4096 --disable-proof-recording --no-storage-info --no-median-slopes --no-min-squares --quiet --template weights.hbs --header header.txt --output out/supply.rs`
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
	/// `burn`.
	fn burn() -> Weight;
	/// `set_params`.
	fn set_params() -> Weight;
}

/// With the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Least time measured: 29_564_000 ps.
	fn burn() -> Weight {
		Weight::from_parts(31_387_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 4_607_000 ps.
	fn set_params() -> Weight {
		Weight::from_parts(8_102_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn burn() -> Weight {
		Weight::from_parts(31_387_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn set_params() -> Weight {
		Weight::from_parts(8_102_000, 0).saturating_add(ParityDbWeight::get().writes(1))
	}
}
