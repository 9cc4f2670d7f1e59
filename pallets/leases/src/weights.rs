//! Weights of `pallet_leases`'s calls, some of them measured.
//!
//! COUNTED, NOT MEASURED yet: the functions marked "Counted". Reads and writes are those that
//! the benchmark does on the runtime; times are put together from measured ones (10 µs, 5 µs a read,
//! 13 µs a write, and what is computed). What a payment in an asset takes more is counted in all of
//! them. `scripts/weights` measures all of them and writes this file.
//!
//! The others were measured:
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
	weights::{constants::ParityDbWeight, RuntimeDbWeight, Weight},
};

/// Counted: what payments to provider, model's owner, treasury and consumer take more if the lease is
/// paid in an asset, whoever of them is blocked. Goes once all is measured.
fn asset_paid(db: RuntimeDbWeight) -> Weight {
	Weight::from_parts(80_000_000, 0).saturating_add(db.reads_writes(14, 12))
}

/// Counted: what an opening takes more: the list, two prices, the asset, its account and its holds.
fn asset_held(db: RuntimeDbWeight) -> Weight {
	Weight::from_parts(30_000_000, 0).saturating_add(db.reads_writes(7, 4))
}

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
	/// `extend`.
	fn extend() -> Weight;
	/// `pause`.
	fn pause() -> Weight;
	/// `resume`.
	fn resume() -> Weight;
	/// `resume_and_end`.
	fn resume_and_end() -> Weight;
	/// `set_auto_top_up`.
	fn set_auto_top_up() -> Weight;
	/// `reclaim`.
	fn reclaim() -> Weight;
	/// `propose_change`.
	fn propose_change() -> Weight;
	/// `accept_change`.
	fn accept_change() -> Weight;
	/// `withdraw_change`.
	fn withdraw_change() -> Weight;
	/// `offer_transfer`.
	fn offer_transfer() -> Weight;
	/// `take_transfer`.
	fn take_transfer() -> Weight;
	/// `migrate`.
	fn migrate() -> Weight;
	/// `dispute`.
	fn dispute() -> Weight;
	/// `arbitrate`.
	fn arbitrate() -> Weight;
	/// `settle_many`, `n` in 1..=32.
	fn settle_many(n: u32) -> Weight;
	/// `withdraw_many`, `n` in 1..=32.
	fn withdraw_many(n: u32) -> Weight;
	/// `approve_asset`.
	fn approve_asset() -> Weight;
	/// `remove_asset`.
	fn remove_asset() -> Weight;
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
			.saturating_add(asset_held(T::DbWeight::get()))
	}
	// Least time measured: 150_744_000 ps.
	fn open_job() -> Weight {
		Weight::from_parts(159_457_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(asset_held(T::DbWeight::get()))
	}
	// Counted.
	fn accept() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(15))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Counted.
	fn start() -> Weight {
		Weight::from_parts(492_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(28))
			.saturating_add(T::DbWeight::get().writes(14))
	}
	// Counted.
	fn cancel() -> Weight {
		Weight::from_parts(348_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(26))
			.saturating_add(T::DbWeight::get().writes(16))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted.
	fn top_up() -> Weight {
		Weight::from_parts(448_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(18))
			.saturating_add(T::DbWeight::get().writes(6))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted.
	fn settle() -> Weight {
		Weight::from_parts(590_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(23))
			.saturating_add(T::DbWeight::get().writes(15))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted.
	fn close() -> Weight {
		Weight::from_parts(278_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(6))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted.
	fn finish() -> Weight {
		Weight::from_parts(611_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(37))
			.saturating_add(T::DbWeight::get().writes(22))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted.
	fn finish_job() -> Weight {
		Weight::from_parts(552_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(33))
			.saturating_add(T::DbWeight::get().writes(29))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted.
	fn finish_undelivered() -> Weight {
		Weight::from_parts(566_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(17))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted.
	fn commit_result() -> Weight {
		Weight::from_parts(136_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(7))
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
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted.
	fn extend() -> Weight {
		Weight::from_parts(360_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(5))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted.
	fn pause() -> Weight {
		Weight::from_parts(533_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(33))
			.saturating_add(T::DbWeight::get().writes(16))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted.
	fn resume() -> Weight {
		Weight::from_parts(656_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(33))
			.saturating_add(T::DbWeight::get().writes(17))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted.
	fn resume_and_end() -> Weight {
		Weight::from_parts(564_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(32))
			.saturating_add(T::DbWeight::get().writes(18))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted.
	fn set_auto_top_up() -> Weight {
		Weight::from_parts(48_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Counted.
	fn reclaim() -> Weight {
		Weight::from_parts(196_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Counted.
	fn propose_change() -> Weight {
		Weight::from_parts(58_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Counted.
	fn accept_change() -> Weight {
		Weight::from_parts(297_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(18))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Counted.
	fn withdraw_change() -> Weight {
		Weight::from_parts(53_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Counted.
	fn offer_transfer() -> Weight {
		Weight::from_parts(53_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Counted.
	fn take_transfer() -> Weight {
		Weight::from_parts(201_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted.
	fn migrate() -> Weight {
		Weight::from_parts(393_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(28))
			.saturating_add(T::DbWeight::get().writes(11))
			.saturating_add(asset_paid(T::DbWeight::get()))
			.saturating_add(asset_held(T::DbWeight::get()))
	}
	// Counted.
	fn dispute() -> Weight {
		Weight::from_parts(341_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(24))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted.
	fn arbitrate() -> Weight {
		Weight::from_parts(556_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(34))
			.saturating_add(T::DbWeight::get().writes(22))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted.
	fn settle_many(n: u32) -> Weight {
		Weight::from_parts(205_000_000, 0)
			.saturating_add(Weight::from_parts(565_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().reads(10_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(10))
			.saturating_add(T::DbWeight::get().writes(5_u64.saturating_mul(n.into())))
			.saturating_add(asset_paid(T::DbWeight::get()).saturating_mul(n.into()))
	}
	// Counted.
	fn withdraw_many(n: u32) -> Weight {
		Weight::from_parts(223_000_000, 0)
			.saturating_add(Weight::from_parts(427_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().reads(9_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(11))
			.saturating_add(T::DbWeight::get().writes(4_u64.saturating_mul(n.into())))
			.saturating_add(asset_paid(T::DbWeight::get()).saturating_mul(n.into()))
	}
	// Counted.
	fn approve_asset() -> Weight {
		Weight::from_parts(25_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Counted.
	fn remove_asset() -> Weight {
		Weight::from_parts(20_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Counted.
	fn expire_bucket() -> Weight {
		Weight::from_parts(11_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Counted.
	fn expire_lease() -> Weight {
		Weight::from_parts(624_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(37))
			.saturating_add(T::DbWeight::get().writes(23))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn open_metered() -> Weight {
		Weight::from_parts(168_730_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(7))
			.saturating_add(asset_held(ParityDbWeight::get()))
	}
	fn open_job() -> Weight {
		Weight::from_parts(159_457_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(7))
			.saturating_add(asset_held(ParityDbWeight::get()))
	}
	fn accept() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(15))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn start() -> Weight {
		Weight::from_parts(492_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(28))
			.saturating_add(ParityDbWeight::get().writes(14))
	}
	fn cancel() -> Weight {
		Weight::from_parts(348_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(26))
			.saturating_add(ParityDbWeight::get().writes(16))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn top_up() -> Weight {
		Weight::from_parts(448_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(18))
			.saturating_add(ParityDbWeight::get().writes(6))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn settle() -> Weight {
		Weight::from_parts(590_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(23))
			.saturating_add(ParityDbWeight::get().writes(15))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn close() -> Weight {
		Weight::from_parts(278_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16))
			.saturating_add(ParityDbWeight::get().writes(6))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn finish() -> Weight {
		Weight::from_parts(611_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(37))
			.saturating_add(ParityDbWeight::get().writes(22))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn finish_job() -> Weight {
		Weight::from_parts(552_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(33))
			.saturating_add(ParityDbWeight::get().writes(29))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn finish_undelivered() -> Weight {
		Weight::from_parts(566_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(17))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn commit_result() -> Weight {
		Weight::from_parts(136_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(7))
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
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn extend() -> Weight {
		Weight::from_parts(360_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(5))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn pause() -> Weight {
		Weight::from_parts(533_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(33))
			.saturating_add(ParityDbWeight::get().writes(16))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn resume() -> Weight {
		Weight::from_parts(656_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(33))
			.saturating_add(ParityDbWeight::get().writes(17))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn resume_and_end() -> Weight {
		Weight::from_parts(564_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(32))
			.saturating_add(ParityDbWeight::get().writes(18))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn set_auto_top_up() -> Weight {
		Weight::from_parts(48_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn reclaim() -> Weight {
		Weight::from_parts(196_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn propose_change() -> Weight {
		Weight::from_parts(58_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn accept_change() -> Weight {
		Weight::from_parts(297_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(18))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn withdraw_change() -> Weight {
		Weight::from_parts(53_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn offer_transfer() -> Weight {
		Weight::from_parts(53_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn take_transfer() -> Weight {
		Weight::from_parts(201_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(7))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn migrate() -> Weight {
		Weight::from_parts(393_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(28))
			.saturating_add(ParityDbWeight::get().writes(11))
			.saturating_add(asset_paid(ParityDbWeight::get()))
			.saturating_add(asset_held(ParityDbWeight::get()))
	}
	fn dispute() -> Weight {
		Weight::from_parts(341_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(24))
			.saturating_add(ParityDbWeight::get().writes(7))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn arbitrate() -> Weight {
		Weight::from_parts(556_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(34))
			.saturating_add(ParityDbWeight::get().writes(22))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn settle_many(n: u32) -> Weight {
		Weight::from_parts(205_000_000, 0)
			.saturating_add(Weight::from_parts(565_000_000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().reads(10_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(10))
			.saturating_add(ParityDbWeight::get().writes(5_u64.saturating_mul(n.into())))
			.saturating_add(asset_paid(ParityDbWeight::get()).saturating_mul(n.into()))
	}
	fn withdraw_many(n: u32) -> Weight {
		Weight::from_parts(223_000_000, 0)
			.saturating_add(Weight::from_parts(427_000_000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().reads(9_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(11))
			.saturating_add(ParityDbWeight::get().writes(4_u64.saturating_mul(n.into())))
			.saturating_add(asset_paid(ParityDbWeight::get()).saturating_mul(n.into()))
	}
	fn approve_asset() -> Weight {
		Weight::from_parts(25_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn remove_asset() -> Weight {
		Weight::from_parts(20_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn expire_bucket() -> Weight {
		Weight::from_parts(11_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn expire_lease() -> Weight {
		Weight::from_parts(624_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(37))
			.saturating_add(ParityDbWeight::get().writes(23))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
}
