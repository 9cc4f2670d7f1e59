//! Weights of `pallet_market`'s calls, none of them measured yet.
//!
//! COUNTED, NOT MEASURED yet: every function. Reads and writes are those that
//! the benchmark does on the runtime; times are put together from measured ones (10 µs, 5 µs a read,
//! 13 µs a write, and what is computed), what is in an asset added. `scripts/weights` measures all of
//! them and writes this file.
//!
//! Times are picoseconds, without the database, whose reads and writes are counted. Proof sizes are
//! left out: outside a parachain they have no meaning.

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
	/// `expire_bucket`.
	fn expire_bucket() -> Weight;
	/// `expire_one`.
	fn expire_one() -> Weight;
}

/// With the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Counted.
	fn publish_offer() -> Weight {
		Weight::from_parts(128_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(6))
			.saturating_add(in_asset(T::DbWeight::get(), 10, 2, 0))
	}
	// Counted.
	fn withdraw_offer() -> Weight {
		Weight::from_parts(100_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Counted.
	fn take_offer() -> Weight {
		Weight::from_parts(252_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(19))
			.saturating_add(T::DbWeight::get().writes(9))
			.saturating_add(in_asset(T::DbWeight::get(), 30, 8, 4))
	}
	// Counted.
	fn post_order() -> Weight {
		Weight::from_parts(158_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(6))
			.saturating_add(in_asset(T::DbWeight::get(), 30, 6, 4))
	}
	// Counted.
	fn place_bid() -> Weight {
		Weight::from_parts(120_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(5))
			.saturating_add(in_asset(T::DbWeight::get(), 10, 3, 0))
	}
	// Counted.
	fn withdraw_bid() -> Weight {
		Weight::from_parts(69_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Counted.
	fn accept_bid(b: u32) -> Weight {
		Weight::from_parts(278_000_000, 0)
			.saturating_add(Weight::from_parts(56_000_000, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(19))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(b.into())))
			.saturating_add(T::DbWeight::get().writes(11))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(b.into())))
			.saturating_add(in_asset(T::DbWeight::get(), 45, 10, 8))
	}
	// Counted.
	fn cancel_order(b: u32) -> Weight {
		Weight::from_parts(77_000_000, 0)
			.saturating_add(Weight::from_parts(56_000_000, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(b.into())))
			.saturating_add(T::DbWeight::get().writes(4))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(b.into())))
			.saturating_add(in_asset(T::DbWeight::get(), 25, 5, 4))
	}
	// Counted.
	fn close_order(b: u32) -> Weight {
		Weight::from_parts(977_000_000, 0)
			.saturating_add(Weight::from_parts(195_000_000, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(49))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(b.into())))
			.saturating_add(T::DbWeight::get().writes(44))
			.saturating_add(in_asset(T::DbWeight::get(), 45, 10, 8))
			.saturating_add(in_asset(T::DbWeight::get(), 30, 0, 0).saturating_mul(b.into()))
	}
	// Counted.
	fn propose_matches(m: u32) -> Weight {
		Weight::from_parts(114_000_000, 0)
			.saturating_add(Weight::from_parts(1_033_000_000, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().reads(40_u64.saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(3))
			.saturating_add(T::DbWeight::get().writes(41_u64.saturating_mul(m.into())))
			.saturating_add(in_asset(T::DbWeight::get(), 45, 10, 8).saturating_mul(m.into()))
	}
	// Counted.
	fn reserve() -> Weight {
		Weight::from_parts(275_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	// Counted.
	fn arrive() -> Weight {
		Weight::from_parts(406_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(28))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// Counted.
	fn honour() -> Weight {
		Weight::from_parts(406_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(28))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// Counted.
	fn cancel_reservation() -> Weight {
		Weight::from_parts(149_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Counted.
	fn end_reservation() -> Weight {
		Weight::from_parts(164_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Counted.
	fn claim() -> Weight {
		Weight::from_parts(64_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
			.saturating_add(in_asset(T::DbWeight::get(), 25, 5, 4))
	}
	// Counted.
	fn set_params() -> Weight {
		Weight::from_parts(28_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Counted.
	fn watch_clock() -> Weight {
		Weight::from_parts(16_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Counted.
	fn lease_begun() -> Weight {
		Weight::from_parts(164_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Counted.
	fn expire_bucket() -> Weight {
		Weight::from_parts(11_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Counted.
	fn expire_one() -> Weight {
		Weight::from_parts(3_785_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(98))
			.saturating_add(T::DbWeight::get().writes(45))
			.saturating_add(in_asset(T::DbWeight::get(), 530, 10, 8))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn publish_offer() -> Weight {
		Weight::from_parts(128_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(6))
			.saturating_add(in_asset(ParityDbWeight::get(), 10, 2, 0))
	}
	fn withdraw_offer() -> Weight {
		Weight::from_parts(100_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn take_offer() -> Weight {
		Weight::from_parts(252_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(19))
			.saturating_add(ParityDbWeight::get().writes(9))
			.saturating_add(in_asset(ParityDbWeight::get(), 30, 8, 4))
	}
	fn post_order() -> Weight {
		Weight::from_parts(158_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(6))
			.saturating_add(in_asset(ParityDbWeight::get(), 30, 6, 4))
	}
	fn place_bid() -> Weight {
		Weight::from_parts(120_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(5))
			.saturating_add(in_asset(ParityDbWeight::get(), 10, 3, 0))
	}
	fn withdraw_bid() -> Weight {
		Weight::from_parts(69_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn accept_bid(b: u32) -> Weight {
		Weight::from_parts(278_000_000, 0)
			.saturating_add(Weight::from_parts(56_000_000, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(19))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(b.into())))
			.saturating_add(ParityDbWeight::get().writes(11))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(b.into())))
			.saturating_add(in_asset(ParityDbWeight::get(), 45, 10, 8))
	}
	fn cancel_order(b: u32) -> Weight {
		Weight::from_parts(77_000_000, 0)
			.saturating_add(Weight::from_parts(56_000_000, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(b.into())))
			.saturating_add(ParityDbWeight::get().writes(4))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(b.into())))
			.saturating_add(in_asset(ParityDbWeight::get(), 25, 5, 4))
	}
	fn close_order(b: u32) -> Weight {
		Weight::from_parts(977_000_000, 0)
			.saturating_add(Weight::from_parts(195_000_000, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(49))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(b.into())))
			.saturating_add(ParityDbWeight::get().writes(44))
			.saturating_add(in_asset(ParityDbWeight::get(), 45, 10, 8))
			.saturating_add(in_asset(ParityDbWeight::get(), 30, 0, 0).saturating_mul(b.into()))
	}
	fn propose_matches(m: u32) -> Weight {
		Weight::from_parts(114_000_000, 0)
			.saturating_add(Weight::from_parts(1_033_000_000, 0).saturating_mul(m.into()))
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().reads(40_u64.saturating_mul(m.into())))
			.saturating_add(ParityDbWeight::get().writes(3))
			.saturating_add(ParityDbWeight::get().writes(41_u64.saturating_mul(m.into())))
			.saturating_add(in_asset(ParityDbWeight::get(), 45, 10, 8).saturating_mul(m.into()))
	}
	fn reserve() -> Weight {
		Weight::from_parts(275_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(21))
			.saturating_add(ParityDbWeight::get().writes(10))
	}
	fn arrive() -> Weight {
		Weight::from_parts(406_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(28))
			.saturating_add(ParityDbWeight::get().writes(12))
	}
	fn honour() -> Weight {
		Weight::from_parts(406_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(28))
			.saturating_add(ParityDbWeight::get().writes(12))
	}
	fn cancel_reservation() -> Weight {
		Weight::from_parts(149_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn end_reservation() -> Weight {
		Weight::from_parts(164_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn claim() -> Weight {
		Weight::from_parts(64_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
			.saturating_add(in_asset(ParityDbWeight::get(), 25, 5, 4))
	}
	fn set_params() -> Weight {
		Weight::from_parts(28_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn watch_clock() -> Weight {
		Weight::from_parts(16_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn lease_begun() -> Weight {
		Weight::from_parts(164_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn expire_bucket() -> Weight {
		Weight::from_parts(11_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn expire_one() -> Weight {
		Weight::from_parts(3_785_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(98))
			.saturating_add(ParityDbWeight::get().writes(45))
			.saturating_add(in_asset(ParityDbWeight::get(), 530, 10, 8))
	}
}
