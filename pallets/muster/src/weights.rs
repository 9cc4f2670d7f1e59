//! Weights of `pallet_muster`'s calls, measured. Written by `scripts/weights`: do not edit.
//!
//! - `benchmark pallet` of frame-omni-bencher 0.28.0; 2 cores, 24 GiB of memory
//! - 2026-11-23, AMD EPYC; 50 steps, 20 repeats, Wasm Compiled
//! - `bencher --runtime runtime.wasm --genesis-builder runtime --genesis-builder-preset development --pallet pallet_muster --extrinsic * --steps 50 --repeat 20 --min-duration 3 --wasm-execution compiled --heap-pages 4096 --disable-proof-recording --no-storage-info --no-median-slopes --no-min-squares --quiet --template weights.hbs --header header.txt --output out/muster.rs`
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
	/// `enlist`.
	fn enlist() -> Weight;
	/// `discharge`.
	fn discharge() -> Weight;
	/// `call_muster`.
	fn call_muster() -> Weight;
	/// `commit_muster`.
	fn commit_muster() -> Weight;
	/// `answer_muster`, `n` in 256..=8192.
	fn answer_muster(n: u32) -> Weight;
	/// `check_opening`, `n` in 256..=8192.
	fn check_opening(n: u32) -> Weight;
	/// `set_grade`.
	fn set_grade() -> Weight;
	/// `set_params`.
	fn set_params() -> Weight;
	/// `on_initialize`, `m` in 0..=256.
	fn on_initialize(m: u32) -> Weight;
	/// `forget_owner`.
	fn forget_owner() -> Weight;
}

/// With the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Least time measured: 46_679_000 ps.
	fn enlist() -> Weight {
		Weight::from_parts(57_926_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 42_574_000 ps.
	fn discharge() -> Weight {
		Weight::from_parts(69_924_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 963_702_000 ps.
	fn call_muster() -> Weight {
		Weight::from_parts(1_055_849_000, 0)
			.saturating_add(T::DbWeight::get().reads(134))
			.saturating_add(T::DbWeight::get().writes(67))
	}
	// Least time measured: 21_371_000 ps.
	fn commit_muster() -> Weight {
		Weight::from_parts(23_415_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 145_967_000 ps.
	fn answer_muster(n: u32) -> Weight {
		Weight::from_parts(165_507_109, 0)
			// Standard error: 309 ps.
			.saturating_add(Weight::from_parts(19_571, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 110_164_000 ps.
	fn check_opening(n: u32) -> Weight {
		Weight::from_parts(124_879_515, 0)
			// Standard error: 214 ps.
			.saturating_add(Weight::from_parts(16_986, 0).saturating_mul(n.into()))
	}
	// Least time measured: 6_640_000 ps.
	fn set_grade() -> Weight {
		Weight::from_parts(13_119_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 4_627_000 ps.
	fn set_params() -> Weight {
		Weight::from_parts(5_618_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 46_610_000 ps.
	fn on_initialize(m: u32) -> Weight {
		Weight::from_parts(38_092_604, 0)
			// Standard error: 592_725 ps.
			.saturating_add(Weight::from_parts(46_680_881, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(15))
			.saturating_add(T::DbWeight::get().reads(4_u64.saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(2))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(m.into())))
	}
	// Least time measured: 253_026_000 ps.
	fn forget_owner() -> Weight {
		Weight::from_parts(270_552_000, 0)
			.saturating_add(T::DbWeight::get().reads(36))
			.saturating_add(T::DbWeight::get().writes(69))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn enlist() -> Weight {
		Weight::from_parts(57_926_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn discharge() -> Weight {
		Weight::from_parts(69_924_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn call_muster() -> Weight {
		Weight::from_parts(1_055_849_000, 0)
			.saturating_add(ParityDbWeight::get().reads(134))
			.saturating_add(ParityDbWeight::get().writes(67))
	}
	fn commit_muster() -> Weight {
		Weight::from_parts(23_415_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn answer_muster(n: u32) -> Weight {
		Weight::from_parts(165_507_109, 0)
			.saturating_add(Weight::from_parts(19_571, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn check_opening(n: u32) -> Weight {
		Weight::from_parts(124_879_515, 0)
			.saturating_add(Weight::from_parts(16_986, 0).saturating_mul(n.into()))
	}
	fn set_grade() -> Weight {
		Weight::from_parts(13_119_000, 0).saturating_add(ParityDbWeight::get().writes(1))
	}
	fn set_params() -> Weight {
		Weight::from_parts(5_618_000, 0).saturating_add(ParityDbWeight::get().writes(1))
	}
	fn on_initialize(m: u32) -> Weight {
		Weight::from_parts(38_092_604, 0)
			.saturating_add(Weight::from_parts(46_680_881, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(15))
			.saturating_add(ParityDbWeight::get().reads(4_u64.saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(2))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(m.into())))
	}
	fn forget_owner() -> Weight {
		Weight::from_parts(270_552_000, 0)
			.saturating_add(ParityDbWeight::get().reads(36))
			.saturating_add(ParityDbWeight::get().writes(69))
	}
}
