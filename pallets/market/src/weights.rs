//! Weights of `pallet_market`'s calls, measured. Written by `scripts/weights`: do not edit.
//!
//! - `benchmark pallet` of frame-omni-bencher 0.28.0; 2 cores, 24 GiB of memory
//! - 2026-11-22, AMD EPYC; 50 steps, 20 repeats, Wasm Compiled
//! - `bencher --runtime runtime.wasm --genesis-builder runtime --genesis-builder-preset development --pallet pallet_market --extrinsic * --steps 50 --repeat 20 --min-duration 3 --wasm-execution compiled --heap-pages 4096 --disable-proof-recording --no-storage-info --no-median-slopes --no-min-squares --quiet --template weights.hbs --header header.txt --output out/market.rs`
//! - By hand since: the reads of a machine's proof (grade, proof, summons, parameters of musters), in what takes a
//!   machine: `take_offer`, `accept_bid`, `close_order`, `propose_matches`, `reserve`, `arrive`, `honour`, `expire_one`
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
	/// `publish_offer`.
	fn publish_offer() -> Weight;
	/// `withdraw_offer`.
	fn withdraw_offer() -> Weight;
	/// `take_offer`.
	fn take_offer() -> Weight;
	/// `post_order`.
	fn post_order() -> Weight;
	/// `place_bid`.
	fn place_bid() -> Weight;
	/// `withdraw_bid`.
	fn withdraw_bid() -> Weight;
	/// `accept_bid`, `b` in 1..=16.
	fn accept_bid(b: u32) -> Weight;
	/// `cancel_order`, `b` in 0..=16.
	fn cancel_order(b: u32) -> Weight;
	/// `close_order`, `b` in 1..=16.
	fn close_order(b: u32) -> Weight;
	/// `propose_matches`, `m` in 1..=16.
	fn propose_matches(m: u32) -> Weight;
	/// `reserve`.
	fn reserve() -> Weight;
	/// `arrive`.
	fn arrive() -> Weight;
	/// `honour`.
	fn honour() -> Weight;
	/// `cancel_reservation`.
	fn cancel_reservation() -> Weight;
	/// `end_reservation`.
	fn end_reservation() -> Weight;
	/// `claim`.
	fn claim() -> Weight;
	/// `set_params`.
	fn set_params() -> Weight;
	/// `watch_clock`.
	fn watch_clock() -> Weight;
	/// `lease_begun`.
	fn lease_begun() -> Weight;
	/// `look_at_wheel`.
	fn look_at_wheel() -> Weight;
	/// `expire_one`.
	fn expire_one() -> Weight;
}

/// With the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Least time measured: 90_454_000 ps.
	fn publish_offer() -> Weight {
		Weight::from_parts(103_074_000, 0)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Least time measured: 70_525_000 ps.
	fn withdraw_offer() -> Weight {
		Weight::from_parts(104_135_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 187_980_000 ps.
	fn take_offer() -> Weight {
		Weight::from_parts(198_074_000, 0)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// Least time measured: 192_977_000 ps.
	fn post_order() -> Weight {
		Weight::from_parts(201_620_000, 0)
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	// Least time measured: 166_688_000 ps.
	fn place_bid() -> Weight {
		Weight::from_parts(180_929_000, 0)
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 80_640_000 ps.
	fn withdraw_bid() -> Weight {
		Weight::from_parts(118_806_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 462_497_000 ps.
	fn accept_bid(b: u32) -> Weight {
		Weight::from_parts(456_946_233, 0)
			// Standard error: 1_631_238 ps.
			.saturating_add(Weight::from_parts(56_288_763, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(b.into())))
			.saturating_add(T::DbWeight::get().writes(15))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(b.into())))
	}
	// Least time measured: 158_596_000 ps.
	fn cancel_order(b: u32) -> Weight {
		Weight::from_parts(223_721_407, 0)
			// Standard error: 945_500 ps.
			.saturating_add(Weight::from_parts(48_646_536, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(b.into())))
			.saturating_add(T::DbWeight::get().writes(10))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(b.into())))
	}
	// Least time measured: 1_110_140_000 ps.
	fn close_order(b: u32) -> Weight {
		Weight::from_parts(966_333_952, 0)
			// Standard error: 5_838_874 ps.
			.saturating_add(Weight::from_parts(299_874_158, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(48))
			.saturating_add(T::DbWeight::get().reads(6_u64.saturating_mul(b.into())))
			.saturating_add(T::DbWeight::get().writes(48))
	}
	// Least time measured: 1_123_219_000 ps.
	fn propose_matches(m: u32) -> Weight {
		Weight::from_parts(339_019_222, 0)
			// Standard error: 18_455_361 ps.
			.saturating_add(Weight::from_parts(1_381_182_993, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().reads(49_u64.saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(2))
			.saturating_add(T::DbWeight::get().writes(46_u64.saturating_mul(m.into())))
	}
	// Least time measured: 160_088_000 ps.
	fn reserve() -> Weight {
		Weight::from_parts(165_756_000, 0)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	// Least time measured: 279_535_000 ps.
	fn arrive() -> Weight {
		Weight::from_parts(289_971_000, 0)
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// Least time measured: 234_058_000 ps.
	fn honour() -> Weight {
		Weight::from_parts(250_973_000, 0)
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// Least time measured: 153_488_000 ps.
	fn cancel_reservation() -> Weight {
		Weight::from_parts(202_802_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	// Least time measured: 161_120_000 ps.
	fn end_reservation() -> Weight {
		Weight::from_parts(185_916_000, 0)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	// Least time measured: 55_021_000 ps.
	fn claim() -> Weight {
		Weight::from_parts(58_056_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Least time measured: 8_363_000 ps.
	fn set_params() -> Weight {
		Weight::from_parts(9_174_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 10_926_000 ps.
	fn watch_clock() -> Weight {
		Weight::from_parts(17_396_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 114_450_000 ps.
	fn lease_begun() -> Weight {
		Weight::from_parts(117_625_000, 0)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	// Least time measured: 2_704_000 ps.
	fn look_at_wheel() -> Weight {
		Weight::from_parts(3_034_000, 0).saturating_add(T::DbWeight::get().reads(1))
	}
	// Least time measured: 4_421_110_000 ps.
	fn expire_one() -> Weight {
		Weight::from_parts(4_531_725_000, 0)
			.saturating_add(T::DbWeight::get().reads(145))
			.saturating_add(T::DbWeight::get().writes(47))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn publish_offer() -> Weight {
		Weight::from_parts(103_074_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn withdraw_offer() -> Weight {
		Weight::from_parts(104_135_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn take_offer() -> Weight {
		Weight::from_parts(198_074_000, 0)
			.saturating_add(ParityDbWeight::get().reads(21))
			.saturating_add(ParityDbWeight::get().writes(12))
	}
	fn post_order() -> Weight {
		Weight::from_parts(201_620_000, 0)
			.saturating_add(ParityDbWeight::get().reads(12))
			.saturating_add(ParityDbWeight::get().writes(10))
	}
	fn place_bid() -> Weight {
		Weight::from_parts(180_929_000, 0)
			.saturating_add(ParityDbWeight::get().reads(12))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn withdraw_bid() -> Weight {
		Weight::from_parts(118_806_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn accept_bid(b: u32) -> Weight {
		Weight::from_parts(456_946_233, 0)
			.saturating_add(Weight::from_parts(56_288_763, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(21))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(b.into())))
			.saturating_add(ParityDbWeight::get().writes(15))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(b.into())))
	}
	fn cancel_order(b: u32) -> Weight {
		Weight::from_parts(223_721_407, 0)
			.saturating_add(Weight::from_parts(48_646_536, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(b.into())))
			.saturating_add(ParityDbWeight::get().writes(10))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(b.into())))
	}
	fn close_order(b: u32) -> Weight {
		Weight::from_parts(966_333_952, 0)
			.saturating_add(Weight::from_parts(299_874_158, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(48))
			.saturating_add(ParityDbWeight::get().reads(6_u64.saturating_mul(b.into())))
			.saturating_add(ParityDbWeight::get().writes(48))
	}
	fn propose_matches(m: u32) -> Weight {
		Weight::from_parts(339_019_222, 0)
			.saturating_add(Weight::from_parts(1_381_182_993, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().reads(49_u64.saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(2))
			.saturating_add(ParityDbWeight::get().writes(46_u64.saturating_mul(m.into())))
	}
	fn reserve() -> Weight {
		Weight::from_parts(165_756_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(10))
	}
	fn arrive() -> Weight {
		Weight::from_parts(289_971_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16))
			.saturating_add(ParityDbWeight::get().writes(12))
	}
	fn honour() -> Weight {
		Weight::from_parts(250_973_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16))
			.saturating_add(ParityDbWeight::get().writes(12))
	}
	fn cancel_reservation() -> Weight {
		Weight::from_parts(202_802_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(9))
	}
	fn end_reservation() -> Weight {
		Weight::from_parts(185_916_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(9))
	}
	fn claim() -> Weight {
		Weight::from_parts(58_056_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn set_params() -> Weight {
		Weight::from_parts(9_174_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn watch_clock() -> Weight {
		Weight::from_parts(17_396_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn lease_begun() -> Weight {
		Weight::from_parts(117_625_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(9))
	}
	fn look_at_wheel() -> Weight {
		Weight::from_parts(3_034_000, 0).saturating_add(ParityDbWeight::get().reads(1))
	}
	fn expire_one() -> Weight {
		Weight::from_parts(4_531_725_000, 0)
			.saturating_add(ParityDbWeight::get().reads(145))
			.saturating_add(ParityDbWeight::get().writes(47))
	}
}
