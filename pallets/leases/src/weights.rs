//! Weights of `pallet_leases`'s calls, measured. Written by `scripts/weights`: do not edit.
//!
//! - `benchmark pallet` of frame-omni-bencher 0.28.0; 2 cores, 24 GiB of memory
//! - 2026-11-22, AMD EPYC; 50 steps, 20 repeats, Wasm Compiled
//! - `bencher --runtime runtime.wasm --genesis-builder runtime --genesis-builder-preset development --pallet pallet_leases --extrinsic * --steps 50 --repeat 20 --min-duration 3 --wasm-execution compiled --heap-pages 4096 --disable-proof-recording --no-storage-info --no-median-slopes --no-min-squares --quiet --template weights.hbs --header header.txt --output out/leases.rs`
//!
//! Times are picoseconds, without the database, whose reads and writes are counted. Proof sizes are
//! left out: outside a parachain they have no meaning.
//!
//! COUNTED, NOT MEASURED yet: `asset_paid` and `asset_held`, and so all that is in assets; `settle`,
//! `settle_many`, `withdraw_in_tct`, `approve_asset`, `remove_asset`, `look_at_wheel`; one read of
//! `accept`, `propose_change` and `accept_change`; one read and one write of the others `_in_tct` but
//! `withdraw_many_in_tct`. All else is in TCT. Measure by `scripts/weights`.

// What regression leaves over may be one, and a component may not matter.
#![allow(clippy::identity_op, clippy::unnecessary_cast, unused_parens)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, RuntimeDbWeight, Weight},
};

/// Counted: what payments to provider, model's owner, treasury and consumer take in an asset, whoever
/// of them is blocked, on top of what they take in TCT, which is not deducted. Goes once all is
/// measured.
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
	/// `cancel_in_tct`.
	fn cancel_in_tct() -> Weight;
	/// `cancel_in_asset`.
	fn cancel_in_asset() -> Weight;
	/// `top_up`.
	fn top_up() -> Weight;
	/// `settle`.
	fn settle() -> Weight;
	/// `withdraw_in_tct`.
	fn withdraw_in_tct() -> Weight;
	/// `withdraw_in_asset`.
	fn withdraw_in_asset() -> Weight;
	/// `close`.
	fn close() -> Weight;
	/// `finish_in_tct`.
	fn finish_in_tct() -> Weight;
	/// `finish_in_asset`.
	fn finish_in_asset() -> Weight;
	/// `finish_job_in_tct`.
	fn finish_job_in_tct() -> Weight;
	/// `finish_job_in_asset`.
	fn finish_job_in_asset() -> Weight;
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
	/// `pause_in_tct`.
	fn pause_in_tct() -> Weight;
	/// `pause_in_asset`.
	fn pause_in_asset() -> Weight;
	/// `resume_in_tct`.
	fn resume_in_tct() -> Weight;
	/// `resume_in_asset`.
	fn resume_in_asset() -> Weight;
	/// `resume_and_end_in_tct`.
	fn resume_and_end_in_tct() -> Weight;
	/// `resume_and_end_in_asset`.
	fn resume_and_end_in_asset() -> Weight;
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
	/// `arbitrate_in_tct`.
	fn arbitrate_in_tct() -> Weight;
	/// `arbitrate_in_asset`.
	fn arbitrate_in_asset() -> Weight;
	/// `settle_many`, `n` in 1..=32.
	fn settle_many(n: u32) -> Weight;
	/// `withdraw_many_in_tct`, `n` in 1..=32.
	fn withdraw_many_in_tct(n: u32) -> Weight;
	/// `withdraw_many_in_asset`, `n` in 1..=32.
	fn withdraw_many_in_asset(n: u32) -> Weight;
	/// `approve_asset`.
	fn approve_asset() -> Weight;
	/// `remove_asset`.
	fn remove_asset() -> Weight;
	/// `look_at_wheel`.
	fn look_at_wheel() -> Weight;
	/// `expire_lease_in_tct`.
	fn expire_lease_in_tct() -> Weight;
	/// `expire_lease_in_asset`.
	fn expire_lease_in_asset() -> Weight;
}

/// With the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Least time measured: 157_324_000 ps.
	fn open_metered() -> Weight {
		Weight::from_parts(208_921_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(asset_held(T::DbWeight::get()))
	}
	// Least time measured: 152_797_000 ps.
	fn open_job() -> Weight {
		Weight::from_parts(236_912_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(asset_held(T::DbWeight::get()))
	}
	// Least time measured: 77_846_000 ps.
	fn accept() -> Weight {
		Weight::from_parts(84_315_000, 0)
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 252_916_000 ps.
	fn start() -> Weight {
		Weight::from_parts(352_524_000, 0)
			.saturating_add(T::DbWeight::get().reads(28))
			.saturating_add(T::DbWeight::get().writes(14))
	}
	// Least time measured: 373_405_000 ps.
	fn cancel_in_tct() -> Weight {
		Weight::from_parts(429_227_000, 0)
			.saturating_add(T::DbWeight::get().reads(27))
			.saturating_add(T::DbWeight::get().writes(17))
	}
	// Provisional, counted on top of the one in TCT: to be measured.
	fn cancel_in_asset() -> Weight {
		Weight::from_parts(429_227_000, 0)
			.saturating_add(T::DbWeight::get().reads(26))
			.saturating_add(T::DbWeight::get().writes(16))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Least time measured: 442_007_000 ps.
	fn top_up() -> Weight {
		Weight::from_parts(639_450_000, 0)
			.saturating_add(T::DbWeight::get().reads(18))
			.saturating_add(T::DbWeight::get().writes(6))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Provisional: to be measured.
	fn settle() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Provisional: to be measured.
	fn withdraw_in_tct() -> Weight {
		Weight::from_parts(862_692_000, 0)
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().writes(15))
	}
	// Provisional, counted on top of the one in TCT: to be measured.
	fn withdraw_in_asset() -> Weight {
		Weight::from_parts(862_692_000, 0)
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().writes(15))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Least time measured: 433_475_000 ps.
	fn close() -> Weight {
		Weight::from_parts(669_785_000, 0)
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(6))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Least time measured: 516_718_000 ps.
	fn finish_in_tct() -> Weight {
		Weight::from_parts(625_159_000, 0)
			.saturating_add(T::DbWeight::get().reads(38))
			.saturating_add(T::DbWeight::get().writes(23))
	}
	// Provisional, counted on top of the one in TCT: to be measured.
	fn finish_in_asset() -> Weight {
		Weight::from_parts(625_159_000, 0)
			.saturating_add(T::DbWeight::get().reads(37))
			.saturating_add(T::DbWeight::get().writes(22))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Least time measured: 362_810_000 ps.
	fn finish_job_in_tct() -> Weight {
		Weight::from_parts(568_906_000, 0)
			.saturating_add(T::DbWeight::get().reads(34))
			.saturating_add(T::DbWeight::get().writes(30))
	}
	// Provisional, counted on top of the one in TCT: to be measured.
	fn finish_job_in_asset() -> Weight {
		Weight::from_parts(568_906_000, 0)
			.saturating_add(T::DbWeight::get().reads(33))
			.saturating_add(T::DbWeight::get().writes(29))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Least time measured: 512_942_000 ps.
	fn finish_undelivered() -> Weight {
		Weight::from_parts(746_910_000, 0)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(17))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Least time measured: 58_787_000 ps.
	fn commit_result() -> Weight {
		Weight::from_parts(96_263_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 69_874_000 ps.
	fn demand_leaf() -> Weight {
		Weight::from_parts(77_275_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 116_082_000 ps.
	fn answer_demand(b: u32) -> Weight {
		Weight::from_parts(152_355_627, 0)
			// Standard error: 106 ps.
			.saturating_add(Weight::from_parts(15_743, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 5_438_000 ps.
	fn set_params() -> Weight {
		Weight::from_parts(8_012_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 58_718_000 ps.
	fn claim() -> Weight {
		Weight::from_parts(83_584_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Least time measured: 444_571_000 ps.
	fn extend() -> Weight {
		Weight::from_parts(550_749_000, 0)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(5))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Least time measured: 561_335_000 ps.
	fn pause_in_tct() -> Weight {
		Weight::from_parts(712_489_000, 0)
			.saturating_add(T::DbWeight::get().reads(34))
			.saturating_add(T::DbWeight::get().writes(17))
	}
	// Provisional, counted on top of the one in TCT: to be measured.
	fn pause_in_asset() -> Weight {
		Weight::from_parts(712_489_000, 0)
			.saturating_add(T::DbWeight::get().reads(33))
			.saturating_add(T::DbWeight::get().writes(16))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Least time measured: 529_637_000 ps.
	fn resume_in_tct() -> Weight {
		Weight::from_parts(719_269_000, 0)
			.saturating_add(T::DbWeight::get().reads(34))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	// Provisional, counted on top of the one in TCT: to be measured.
	fn resume_in_asset() -> Weight {
		Weight::from_parts(719_269_000, 0)
			.saturating_add(T::DbWeight::get().reads(33))
			.saturating_add(T::DbWeight::get().writes(17))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Least time measured: 574_745_000 ps.
	fn resume_and_end_in_tct() -> Weight {
		Weight::from_parts(659_410_000, 0)
			.saturating_add(T::DbWeight::get().reads(33))
			.saturating_add(T::DbWeight::get().writes(19))
	}
	// Provisional, counted on top of the one in TCT: to be measured.
	fn resume_and_end_in_asset() -> Weight {
		Weight::from_parts(659_410_000, 0)
			.saturating_add(T::DbWeight::get().reads(32))
			.saturating_add(T::DbWeight::get().writes(18))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Least time measured: 20_971_000 ps.
	fn set_auto_top_up() -> Weight {
		Weight::from_parts(35_804_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 183_693_000 ps.
	fn reclaim() -> Weight {
		Weight::from_parts(256_310_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 36_584_000 ps.
	fn propose_change() -> Weight {
		Weight::from_parts(54_571_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().reads(1))
	}
	// Least time measured: 211_283_000 ps.
	fn accept_change() -> Weight {
		Weight::from_parts(290_572_000, 0)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(4))
			.saturating_add(T::DbWeight::get().reads(1))
	}
	// Least time measured: 28_122_000 ps.
	fn withdraw_change() -> Weight {
		Weight::from_parts(55_663_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 28_323_000 ps.
	fn offer_transfer() -> Weight {
		Weight::from_parts(51_326_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 181_640_000 ps.
	fn take_transfer() -> Weight {
		Weight::from_parts(279_105_000, 0)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Least time measured: 369_138_000 ps.
	fn migrate() -> Weight {
		Weight::from_parts(457_279_000, 0)
			.saturating_add(T::DbWeight::get().reads(28))
			.saturating_add(T::DbWeight::get().writes(11))
			.saturating_add(asset_paid(T::DbWeight::get()))
			.saturating_add(asset_held(T::DbWeight::get()))
	}
	// Least time measured: 458_692_000 ps.
	fn dispute() -> Weight {
		Weight::from_parts(674_142_000, 0)
			.saturating_add(T::DbWeight::get().reads(24))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Least time measured: 449_919_000 ps.
	fn arbitrate_in_tct() -> Weight {
		Weight::from_parts(515_165_000, 0)
			.saturating_add(T::DbWeight::get().reads(35))
			.saturating_add(T::DbWeight::get().writes(23))
	}
	// Provisional, counted on top of the one in TCT: to be measured.
	fn arbitrate_in_asset() -> Weight {
		Weight::from_parts(515_165_000, 0)
			.saturating_add(T::DbWeight::get().reads(34))
			.saturating_add(T::DbWeight::get().writes(22))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Provisional: to be measured.
	fn settle_many(n: u32) -> Weight {
		Weight::from_parts(20_000_000, 0)
			.saturating_add(Weight::from_parts(140_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	// Least time measured: 512_932_000 ps.
	fn withdraw_many_in_tct(n: u32) -> Weight {
		Weight::from_parts(1_297_061_591, 0)
			// Standard error: 6_807_981 ps.
			.saturating_add(Weight::from_parts(470_888_088, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().reads(9_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(11))
			.saturating_add(T::DbWeight::get().writes(4_u64.saturating_mul(n.into())))
	}
	// Provisional, counted on top of the one in TCT: to be measured.
	fn withdraw_many_in_asset(n: u32) -> Weight {
		Weight::from_parts(1_297_061_591, 0)
			// Standard error: 6_807_981 ps.
			.saturating_add(Weight::from_parts(470_888_088, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().reads(9_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(11))
			.saturating_add(T::DbWeight::get().writes(4_u64.saturating_mul(n.into())))
			.saturating_add(asset_paid(T::DbWeight::get()).saturating_mul(n.into()))
	}
	// Counted.
	fn approve_asset() -> Weight {
		Weight::from_parts(25_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Counted.
	fn remove_asset() -> Weight {
		Weight::from_parts(20_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Not measured yet: what a bucket cost when the wheel had buckets, which is more.
	fn look_at_wheel() -> Weight {
		Weight::from_parts(7_822_000, 0)
	}
	// Least time measured: 623_807_000 ps.
	fn expire_lease_in_tct() -> Weight {
		Weight::from_parts(750_725_000, 0)
			.saturating_add(T::DbWeight::get().reads(38))
			.saturating_add(T::DbWeight::get().writes(24))
	}
	// Provisional, counted on top of the one in TCT: to be measured.
	fn expire_lease_in_asset() -> Weight {
		Weight::from_parts(750_725_000, 0)
			.saturating_add(T::DbWeight::get().reads(37))
			.saturating_add(T::DbWeight::get().writes(23))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn open_metered() -> Weight {
		Weight::from_parts(208_921_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(7))
			.saturating_add(asset_held(ParityDbWeight::get()))
	}
	fn open_job() -> Weight {
		Weight::from_parts(236_912_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(7))
			.saturating_add(asset_held(ParityDbWeight::get()))
	}
	fn accept() -> Weight {
		Weight::from_parts(84_315_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn start() -> Weight {
		Weight::from_parts(352_524_000, 0)
			.saturating_add(ParityDbWeight::get().reads(28))
			.saturating_add(ParityDbWeight::get().writes(14))
	}
	fn cancel_in_tct() -> Weight {
		Weight::from_parts(429_227_000, 0)
			.saturating_add(ParityDbWeight::get().reads(27))
			.saturating_add(ParityDbWeight::get().writes(17))
	}
	fn cancel_in_asset() -> Weight {
		Weight::from_parts(429_227_000, 0)
			.saturating_add(ParityDbWeight::get().reads(26))
			.saturating_add(ParityDbWeight::get().writes(16))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn top_up() -> Weight {
		Weight::from_parts(639_450_000, 0)
			.saturating_add(ParityDbWeight::get().reads(18))
			.saturating_add(ParityDbWeight::get().writes(6))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn settle() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn withdraw_in_tct() -> Weight {
		Weight::from_parts(862_692_000, 0)
			.saturating_add(ParityDbWeight::get().reads(22))
			.saturating_add(ParityDbWeight::get().writes(15))
	}
	fn withdraw_in_asset() -> Weight {
		Weight::from_parts(862_692_000, 0)
			.saturating_add(ParityDbWeight::get().reads(22))
			.saturating_add(ParityDbWeight::get().writes(15))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn close() -> Weight {
		Weight::from_parts(669_785_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16))
			.saturating_add(ParityDbWeight::get().writes(6))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn finish_in_tct() -> Weight {
		Weight::from_parts(625_159_000, 0)
			.saturating_add(ParityDbWeight::get().reads(38))
			.saturating_add(ParityDbWeight::get().writes(23))
	}
	fn finish_in_asset() -> Weight {
		Weight::from_parts(625_159_000, 0)
			.saturating_add(ParityDbWeight::get().reads(37))
			.saturating_add(ParityDbWeight::get().writes(22))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn finish_job_in_tct() -> Weight {
		Weight::from_parts(568_906_000, 0)
			.saturating_add(ParityDbWeight::get().reads(34))
			.saturating_add(ParityDbWeight::get().writes(30))
	}
	fn finish_job_in_asset() -> Weight {
		Weight::from_parts(568_906_000, 0)
			.saturating_add(ParityDbWeight::get().reads(33))
			.saturating_add(ParityDbWeight::get().writes(29))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn finish_undelivered() -> Weight {
		Weight::from_parts(746_910_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(17))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn commit_result() -> Weight {
		Weight::from_parts(96_263_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn demand_leaf() -> Weight {
		Weight::from_parts(77_275_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn answer_demand(b: u32) -> Weight {
		Weight::from_parts(152_355_627, 0)
			.saturating_add(Weight::from_parts(15_743, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn set_params() -> Weight {
		Weight::from_parts(8_012_000, 0).saturating_add(ParityDbWeight::get().writes(1))
	}
	fn claim() -> Weight {
		Weight::from_parts(83_584_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn extend() -> Weight {
		Weight::from_parts(550_749_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(5))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn pause_in_tct() -> Weight {
		Weight::from_parts(712_489_000, 0)
			.saturating_add(ParityDbWeight::get().reads(34))
			.saturating_add(ParityDbWeight::get().writes(17))
	}
	fn pause_in_asset() -> Weight {
		Weight::from_parts(712_489_000, 0)
			.saturating_add(ParityDbWeight::get().reads(33))
			.saturating_add(ParityDbWeight::get().writes(16))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn resume_in_tct() -> Weight {
		Weight::from_parts(719_269_000, 0)
			.saturating_add(ParityDbWeight::get().reads(34))
			.saturating_add(ParityDbWeight::get().writes(18))
	}
	fn resume_in_asset() -> Weight {
		Weight::from_parts(719_269_000, 0)
			.saturating_add(ParityDbWeight::get().reads(33))
			.saturating_add(ParityDbWeight::get().writes(17))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn resume_and_end_in_tct() -> Weight {
		Weight::from_parts(659_410_000, 0)
			.saturating_add(ParityDbWeight::get().reads(33))
			.saturating_add(ParityDbWeight::get().writes(19))
	}
	fn resume_and_end_in_asset() -> Weight {
		Weight::from_parts(659_410_000, 0)
			.saturating_add(ParityDbWeight::get().reads(32))
			.saturating_add(ParityDbWeight::get().writes(18))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn set_auto_top_up() -> Weight {
		Weight::from_parts(35_804_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn reclaim() -> Weight {
		Weight::from_parts(256_310_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn propose_change() -> Weight {
		Weight::from_parts(54_571_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
			.saturating_add(ParityDbWeight::get().reads(1))
	}
	fn accept_change() -> Weight {
		Weight::from_parts(290_572_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(4))
			.saturating_add(ParityDbWeight::get().reads(1))
	}
	fn withdraw_change() -> Weight {
		Weight::from_parts(55_663_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn offer_transfer() -> Weight {
		Weight::from_parts(51_326_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn take_transfer() -> Weight {
		Weight::from_parts(279_105_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(7))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn migrate() -> Weight {
		Weight::from_parts(457_279_000, 0)
			.saturating_add(ParityDbWeight::get().reads(28))
			.saturating_add(ParityDbWeight::get().writes(11))
			.saturating_add(asset_paid(ParityDbWeight::get()))
			.saturating_add(asset_held(ParityDbWeight::get()))
	}
	fn dispute() -> Weight {
		Weight::from_parts(674_142_000, 0)
			.saturating_add(ParityDbWeight::get().reads(24))
			.saturating_add(ParityDbWeight::get().writes(7))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn arbitrate_in_tct() -> Weight {
		Weight::from_parts(515_165_000, 0)
			.saturating_add(ParityDbWeight::get().reads(35))
			.saturating_add(ParityDbWeight::get().writes(23))
	}
	fn arbitrate_in_asset() -> Weight {
		Weight::from_parts(515_165_000, 0)
			.saturating_add(ParityDbWeight::get().reads(34))
			.saturating_add(ParityDbWeight::get().writes(22))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn settle_many(n: u32) -> Weight {
		Weight::from_parts(20_000_000, 0)
			.saturating_add(Weight::from_parts(140_000_000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	fn withdraw_many_in_tct(n: u32) -> Weight {
		Weight::from_parts(1_297_061_591, 0)
			.saturating_add(Weight::from_parts(470_888_088, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().reads(9_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(11))
			.saturating_add(ParityDbWeight::get().writes(4_u64.saturating_mul(n.into())))
	}
	fn withdraw_many_in_asset(n: u32) -> Weight {
		Weight::from_parts(1_297_061_591, 0)
			.saturating_add(Weight::from_parts(470_888_088, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().reads(9_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(11))
			.saturating_add(ParityDbWeight::get().writes(4_u64.saturating_mul(n.into())))
			.saturating_add(asset_paid(ParityDbWeight::get()).saturating_mul(n.into()))
	}
	fn approve_asset() -> Weight {
		Weight::from_parts(25_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn remove_asset() -> Weight {
		Weight::from_parts(20_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn look_at_wheel() -> Weight {
		Weight::from_parts(7_822_000, 0)
	}
	fn expire_lease_in_tct() -> Weight {
		Weight::from_parts(750_725_000, 0)
			.saturating_add(ParityDbWeight::get().reads(38))
			.saturating_add(ParityDbWeight::get().writes(24))
	}
	fn expire_lease_in_asset() -> Weight {
		Weight::from_parts(750_725_000, 0)
			.saturating_add(ParityDbWeight::get().reads(37))
			.saturating_add(ParityDbWeight::get().writes(23))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
}
