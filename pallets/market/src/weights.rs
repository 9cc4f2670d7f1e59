//! Weights of `pallet_market`'s calls, measured. Written by `scripts/weights`: do not edit.
//!
//! - `benchmark pallet` of frame-omni-bencher 0.28.0; 2 cores, 24 GiB of memory
//! - 2026-11-22, AMD EPYC; 50 steps, 20 repeats, Wasm Compiled
//! - `bencher --runtime runtime.wasm --genesis-builder runtime --genesis-builder-preset development --pallet pallet_market --extrinsic * --steps 50 --repeat 20 --min-duration 3 --wasm-execution compiled --heap-pages 4096 --disable-proof-recording --no-storage-info --no-median-slopes --no-min-squares --quiet --template weights.hbs --header header.txt --output out/market.rs`
//!
//! Times are picoseconds, without the database, whose reads and writes are counted. Proof sizes are
//! left out: outside a parachain they have no meaning.
//!
//! COUNTED, NOT MEASURED yet: `in_asset`. All else is in TCT. Measure by `scripts/weights`.

// What regression leaves over may be one, and a component may not matter.
#![allow(clippy::identity_op, clippy::unnecessary_cast, unused_parens)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, RuntimeDbWeight, Weight},
};

/// Counted: what a call takes more if it is about an asset, in microseconds, reads and writes. Goes once
/// all is measured.
fn in_asset(db: RuntimeDbWeight, micros: u64, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(micros.saturating_mul(1_000_000), 0)
		.saturating_add(db.reads_writes(reads, writes))
}

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
	// Least time measured: 85_588_000 ps.
	fn publish_offer() -> Weight {
		Weight::from_parts(118_717_000, 0)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(6))
			.saturating_add(in_asset(T::DbWeight::get(), 10, 2, 0))
	}
	// Least time measured: 66_859_000 ps.
	fn withdraw_offer() -> Weight {
		Weight::from_parts(81_892_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 190_954_000 ps.
	fn take_offer() -> Weight {
		Weight::from_parts(263_972_000, 0)
			.saturating_add(T::DbWeight::get().reads(19))
			.saturating_add(T::DbWeight::get().writes(9))
			.saturating_add(in_asset(T::DbWeight::get(), 30, 8, 4))
	}
	// Least time measured: 148_631_000 ps.
	fn post_order() -> Weight {
		Weight::from_parts(201_640_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(6))
			.saturating_add(in_asset(T::DbWeight::get(), 30, 6, 4))
	}
	// Least time measured: 150_584_000 ps.
	fn place_bid() -> Weight {
		Weight::from_parts(230_182_000, 0)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(5))
			.saturating_add(in_asset(T::DbWeight::get(), 10, 3, 0))
	}
	// Least time measured: 80_840_000 ps.
	fn withdraw_bid() -> Weight {
		Weight::from_parts(91_666_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 332_594_000 ps.
	fn accept_bid(b: u32) -> Weight {
		Weight::from_parts(284_948_690, 0)
			// Standard error: 1_145_258 ps.
			.saturating_add(Weight::from_parts(57_360_889, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(19))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(b.into())))
			.saturating_add(T::DbWeight::get().writes(11))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(b.into())))
			.saturating_add(in_asset(T::DbWeight::get(), 45, 10, 8))
	}
	// Least time measured: 94_260_000 ps.
	fn cancel_order(b: u32) -> Weight {
		Weight::from_parts(160_384_339, 0)
			// Standard error: 587_035 ps.
			.saturating_add(Weight::from_parts(40_295_102, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(b.into())))
			.saturating_add(T::DbWeight::get().writes(4))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(b.into())))
			.saturating_add(in_asset(T::DbWeight::get(), 25, 5, 4))
	}
	// Least time measured: 1_014_457_000 ps.
	fn close_order(b: u32) -> Weight {
		Weight::from_parts(1_039_878_984, 0)
			// Standard error: 4_176_239 ps.
			.saturating_add(Weight::from_parts(205_166_655, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(49))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(b.into())))
			.saturating_add(T::DbWeight::get().writes(44))
			.saturating_add(in_asset(T::DbWeight::get(), 45, 10, 8))
			.saturating_add(in_asset(T::DbWeight::get(), 30, 0, 0).saturating_mul(b.into()))
	}
	// Least time measured: 1_030_050_000 ps.
	fn propose_matches(m: u32) -> Weight {
		Weight::from_parts(1_127_395_000, 0)
			// Standard error: 8_050_639 ps.
			.saturating_add(Weight::from_parts(1_161_905_299, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().reads(40_u64.saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(3))
			.saturating_add(T::DbWeight::get().writes(41_u64.saturating_mul(m.into())))
			.saturating_add(in_asset(T::DbWeight::get(), 45, 10, 8).saturating_mul(m.into()))
	}
	// Least time measured: 185_165_000 ps.
	fn reserve() -> Weight {
		Weight::from_parts(203_402_000, 0)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	// Least time measured: 323_120_000 ps.
	fn arrive() -> Weight {
		Weight::from_parts(335_659_000, 0)
			.saturating_add(T::DbWeight::get().reads(28))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// Least time measured: 276_822_000 ps.
	fn honour() -> Weight {
		Weight::from_parts(308_088_000, 0)
			.saturating_add(T::DbWeight::get().reads(28))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// Least time measured: 145_536_000 ps.
	fn cancel_reservation() -> Weight {
		Weight::from_parts(195_010_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Least time measured: 153_207_000 ps.
	fn end_reservation() -> Weight {
		Weight::from_parts(201_579_000, 0)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Least time measured: 57_045_000 ps.
	fn claim() -> Weight {
		Weight::from_parts(61_992_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
			.saturating_add(in_asset(T::DbWeight::get(), 25, 5, 4))
	}
	// Least time measured: 7_851_000 ps.
	fn set_params() -> Weight {
		Weight::from_parts(8_883_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 11_247_000 ps.
	fn watch_clock() -> Weight {
		Weight::from_parts(15_033_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 107_861_000 ps.
	fn lease_begun() -> Weight {
		Weight::from_parts(159_787_000, 0)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Not measured yet: what a bucket cost when the wheel had buckets, which is more.
	fn look_at_wheel() -> Weight {
		Weight::from_parts(8_202_000, 0)
	}
	// Least time measured: 3_638_547_000 ps.
	fn expire_one() -> Weight {
		Weight::from_parts(4_609_020_000, 0)
			.saturating_add(T::DbWeight::get().reads(98))
			.saturating_add(T::DbWeight::get().writes(45))
			.saturating_add(in_asset(T::DbWeight::get(), 530, 10, 8))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn publish_offer() -> Weight {
		Weight::from_parts(118_717_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(6))
			.saturating_add(in_asset(ParityDbWeight::get(), 10, 2, 0))
	}
	fn withdraw_offer() -> Weight {
		Weight::from_parts(81_892_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn take_offer() -> Weight {
		Weight::from_parts(263_972_000, 0)
			.saturating_add(ParityDbWeight::get().reads(19))
			.saturating_add(ParityDbWeight::get().writes(9))
			.saturating_add(in_asset(ParityDbWeight::get(), 30, 8, 4))
	}
	fn post_order() -> Weight {
		Weight::from_parts(201_640_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(6))
			.saturating_add(in_asset(ParityDbWeight::get(), 30, 6, 4))
	}
	fn place_bid() -> Weight {
		Weight::from_parts(230_182_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(5))
			.saturating_add(in_asset(ParityDbWeight::get(), 10, 3, 0))
	}
	fn withdraw_bid() -> Weight {
		Weight::from_parts(91_666_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn accept_bid(b: u32) -> Weight {
		Weight::from_parts(284_948_690, 0)
			.saturating_add(Weight::from_parts(57_360_889, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(19))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(b.into())))
			.saturating_add(ParityDbWeight::get().writes(11))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(b.into())))
			.saturating_add(in_asset(ParityDbWeight::get(), 45, 10, 8))
	}
	fn cancel_order(b: u32) -> Weight {
		Weight::from_parts(160_384_339, 0)
			.saturating_add(Weight::from_parts(40_295_102, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(b.into())))
			.saturating_add(ParityDbWeight::get().writes(4))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(b.into())))
			.saturating_add(in_asset(ParityDbWeight::get(), 25, 5, 4))
	}
	fn close_order(b: u32) -> Weight {
		Weight::from_parts(1_039_878_984, 0)
			.saturating_add(Weight::from_parts(205_166_655, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(49))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(b.into())))
			.saturating_add(ParityDbWeight::get().writes(44))
			.saturating_add(in_asset(ParityDbWeight::get(), 45, 10, 8))
			.saturating_add(in_asset(ParityDbWeight::get(), 30, 0, 0).saturating_mul(b.into()))
	}
	fn propose_matches(m: u32) -> Weight {
		Weight::from_parts(1_127_395_000, 0)
			.saturating_add(Weight::from_parts(1_161_905_299, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().reads(40_u64.saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(3))
			.saturating_add(ParityDbWeight::get().writes(41_u64.saturating_mul(m.into())))
			.saturating_add(in_asset(ParityDbWeight::get(), 45, 10, 8).saturating_mul(m.into()))
	}
	fn reserve() -> Weight {
		Weight::from_parts(203_402_000, 0)
			.saturating_add(ParityDbWeight::get().reads(21))
			.saturating_add(ParityDbWeight::get().writes(10))
	}
	fn arrive() -> Weight {
		Weight::from_parts(335_659_000, 0)
			.saturating_add(ParityDbWeight::get().reads(28))
			.saturating_add(ParityDbWeight::get().writes(12))
	}
	fn honour() -> Weight {
		Weight::from_parts(308_088_000, 0)
			.saturating_add(ParityDbWeight::get().reads(28))
			.saturating_add(ParityDbWeight::get().writes(12))
	}
	fn cancel_reservation() -> Weight {
		Weight::from_parts(195_010_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn end_reservation() -> Weight {
		Weight::from_parts(201_579_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn claim() -> Weight {
		Weight::from_parts(61_992_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
			.saturating_add(in_asset(ParityDbWeight::get(), 25, 5, 4))
	}
	fn set_params() -> Weight {
		Weight::from_parts(8_883_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn watch_clock() -> Weight {
		Weight::from_parts(15_033_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn lease_begun() -> Weight {
		Weight::from_parts(159_787_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn look_at_wheel() -> Weight {
		Weight::from_parts(8_202_000, 0)
	}
	fn expire_one() -> Weight {
		Weight::from_parts(4_609_020_000, 0)
			.saturating_add(ParityDbWeight::get().reads(98))
			.saturating_add(ParityDbWeight::get().writes(45))
			.saturating_add(in_asset(ParityDbWeight::get(), 530, 10, 8))
	}
}
