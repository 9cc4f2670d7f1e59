//! Weights of `pallet_models`'s calls, measured. Written by `scripts/weights`: do not edit.
//!
//! - `benchmark pallet` of frame-omni-bencher 0.28.0; 2 cores, 24 GiB of memory
//! - 2026-11-22, AMD EPYC; 50 steps, 20 repeats, Wasm Compiled
//! - `bencher --runtime runtime.wasm --genesis-builder runtime --genesis-builder-preset development --pallet pallet_models --extrinsic * --steps 50 --repeat 20 --min-duration 3 --wasm-execution compiled --heap-pages 4096 --disable-proof-recording --no-storage-info --no-median-slopes --no-min-squares --quiet --template weights.hbs --header header.txt --output out/models.rs`
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
	/// `commit_listing`.
	fn commit_listing() -> Weight;
	/// `withdraw_commitment`.
	fn withdraw_commitment() -> Weight;
	/// `list_version`.
	fn list_version() -> Weight;
	/// `set_prices`.
	fn set_prices() -> Weight;
	/// `set_asset_prices`.
	fn set_asset_prices() -> Weight;
	/// `yank`.
	fn yank() -> Weight;
	/// `claim_royalties`.
	fn claim_royalties() -> Weight;
	/// `set_params`.
	fn set_params() -> Weight;
}

/// With the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Least time measured: 58_036_000 ps.
	fn commit_listing() -> Weight {
		Weight::from_parts(62_273_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 50_826_000 ps.
	fn withdraw_commitment() -> Weight {
		Weight::from_parts(56_524_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 103_294_000 ps.
	fn list_version() -> Weight {
		Weight::from_parts(145_225_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 14_181_000 ps.
	fn set_prices() -> Weight {
		Weight::from_parts(17_936_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 19_369_000 ps.
	fn set_asset_prices() -> Weight {
		Weight::from_parts(34_471_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 10_936_000 ps.
	fn yank() -> Weight {
		Weight::from_parts(22_413_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 56_164_000 ps.
	fn claim_royalties() -> Weight {
		Weight::from_parts(58_257_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 4_937_000 ps.
	fn set_params() -> Weight {
		Weight::from_parts(5_508_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn commit_listing() -> Weight {
		Weight::from_parts(62_273_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn withdraw_commitment() -> Weight {
		Weight::from_parts(56_524_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn list_version() -> Weight {
		Weight::from_parts(145_225_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn set_prices() -> Weight {
		Weight::from_parts(17_936_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn set_asset_prices() -> Weight {
		Weight::from_parts(34_471_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn yank() -> Weight {
		Weight::from_parts(22_413_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn claim_royalties() -> Weight {
		Weight::from_parts(58_257_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn set_params() -> Weight {
		Weight::from_parts(5_508_000, 0).saturating_add(ParityDbWeight::get().writes(1))
	}
}
