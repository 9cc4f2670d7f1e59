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
	/// `open_metered_in_tct`.
	fn open_metered_in_tct() -> Weight;
	/// `open_metered_in_asset`.
	fn open_metered_in_asset() -> Weight;
	/// `open_job_in_tct`.
	fn open_job_in_tct() -> Weight;
	/// `open_job_in_asset`.
	fn open_job_in_asset() -> Weight;
	/// `accept`.
	fn accept() -> Weight;
	/// `start`.
	fn start() -> Weight;
	/// `cancel_in_tct`.
	fn cancel_in_tct() -> Weight;
	/// `cancel_in_asset`.
	fn cancel_in_asset() -> Weight;
	/// `top_up_in_tct`.
	fn top_up_in_tct() -> Weight;
	/// `top_up_in_asset`.
	fn top_up_in_asset() -> Weight;
	/// `settle`.
	fn settle() -> Weight;
	/// `withdraw_in_tct`.
	fn withdraw_in_tct() -> Weight;
	/// `withdraw_in_asset`.
	fn withdraw_in_asset() -> Weight;
	/// `close_in_tct`.
	fn close_in_tct() -> Weight;
	/// `close_in_asset`.
	fn close_in_asset() -> Weight;
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
	/// `approve_asset`.
	fn approve_asset() -> Weight;
	/// `remove_asset`.
	fn remove_asset() -> Weight;
	/// `extend_in_tct`.
	fn extend_in_tct() -> Weight;
	/// `extend_in_asset`.
	fn extend_in_asset() -> Weight;
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
	// Least time measured: 197_214_000 ps.
	fn open_metered_in_tct() -> Weight {
		Weight::from_parts(277_863_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// Least time measured: 197_214_000 ps.
	fn open_metered_in_asset() -> Weight {
		Weight::from_parts(277_863_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// Least time measured: 158_195_000 ps.
	fn open_job_in_tct() -> Weight {
		Weight::from_parts(239_266_000, 0)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// Least time measured: 158_195_000 ps.
	fn open_job_in_asset() -> Weight {
		Weight::from_parts(239_266_000, 0)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// Least time measured: 70_274_000 ps.
	fn accept() -> Weight {
		Weight::from_parts(103_694_000, 0)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 315_859_000 ps.
	fn start() -> Weight {
		Weight::from_parts(384_772_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(14))
	}
	// Least time measured: 305_294_000 ps.
	fn cancel_in_tct() -> Weight {
		Weight::from_parts(327_426_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(17))
	}
	// Least time measured: 273_296_000 ps.
	fn cancel_in_asset() -> Weight {
		Weight::from_parts(297_683_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(15))
	}
	// Least time measured: 194_089_000 ps.
	fn top_up_in_tct() -> Weight {
		Weight::from_parts(221_489_000, 0)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Least time measured: 194_089_000 ps.
	fn top_up_in_asset() -> Weight {
		Weight::from_parts(221_489_000, 0)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Least time measured: 87_389_000 ps.
	fn settle() -> Weight {
		Weight::from_parts(97_685_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 295_800_000 ps.
	fn withdraw_in_tct() -> Weight {
		Weight::from_parts(308_889_000, 0)
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().writes(15))
	}
	// Least time measured: 218_525_000 ps.
	fn withdraw_in_asset() -> Weight {
		Weight::from_parts(228_670_000, 0)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	// Least time measured: 120_339_000 ps.
	fn close_in_tct() -> Weight {
		Weight::from_parts(128_591_000, 0)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	// Least time measured: 120_339_000 ps.
	fn close_in_asset() -> Weight {
		Weight::from_parts(128_591_000, 0)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	// Least time measured: 386_655_000 ps.
	fn finish_in_tct() -> Weight {
		Weight::from_parts(414_255_000, 0)
			.saturating_add(T::DbWeight::get().reads(29))
			.saturating_add(T::DbWeight::get().writes(23))
	}
	// Least time measured: 322_539_000 ps.
	fn finish_in_asset() -> Weight {
		Weight::from_parts(338_052_000, 0)
			.saturating_add(T::DbWeight::get().reads(27))
			.saturating_add(T::DbWeight::get().writes(19))
	}
	// Least time measured: 345_804_000 ps.
	fn finish_job_in_tct() -> Weight {
		Weight::from_parts(361_577_000, 0)
			.saturating_add(T::DbWeight::get().reads(25))
			.saturating_add(T::DbWeight::get().writes(30))
	}
	// Least time measured: 321_057_000 ps.
	fn finish_job_in_asset() -> Weight {
		Weight::from_parts(333_876_000, 0)
			.saturating_add(T::DbWeight::get().reads(28))
			.saturating_add(T::DbWeight::get().writes(33))
	}
	// Least time measured: 527_093_000 ps.
	fn finish_undelivered() -> Weight {
		Weight::from_parts(544_649_000, 0)
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(23))
	}
	// Least time measured: 60_059_000 ps.
	fn commit_result() -> Weight {
		Weight::from_parts(91_656_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 72_408_000 ps.
	fn demand_leaf() -> Weight {
		Weight::from_parts(80_260_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 118_386_000 ps.
	fn answer_demand(b: u32) -> Weight {
		Weight::from_parts(115_237_781, 0)
			// Standard error: 113 ps.
			.saturating_add(Weight::from_parts(17_112, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 22_924_000 ps.
	fn set_params() -> Weight {
		Weight::from_parts(40_219_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 54_491_000 ps.
	fn claim() -> Weight {
		Weight::from_parts(59_779_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Least time measured: 30_245_000 ps.
	fn approve_asset() -> Weight {
		Weight::from_parts(32_468_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 14_381_000 ps.
	fn remove_asset() -> Weight {
		Weight::from_parts(15_743_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 128_882_000 ps.
	fn extend_in_tct() -> Weight {
		Weight::from_parts(136_142_000, 0)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Least time measured: 128_882_000 ps.
	fn extend_in_asset() -> Weight {
		Weight::from_parts(136_142_000, 0)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Least time measured: 315_199_000 ps.
	fn pause_in_tct() -> Weight {
		Weight::from_parts(332_784_000, 0)
			.saturating_add(T::DbWeight::get().reads(25))
			.saturating_add(T::DbWeight::get().writes(17))
	}
	// Least time measured: 246_316_000 ps.
	fn pause_in_asset() -> Weight {
		Weight::from_parts(260_608_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// Least time measured: 388_888_000 ps.
	fn resume_in_tct() -> Weight {
		Weight::from_parts(408_256_000, 0)
			.saturating_add(T::DbWeight::get().reads(25))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	// Least time measured: 310_902_000 ps.
	fn resume_in_asset() -> Weight {
		Weight::from_parts(331_813_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// Least time measured: 419_754_000 ps.
	fn resume_and_end_in_tct() -> Weight {
		Weight::from_parts(450_770_000, 0)
			.saturating_add(T::DbWeight::get().reads(24))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	// Least time measured: 334_998_000 ps.
	fn resume_and_end_in_asset() -> Weight {
		Weight::from_parts(354_787_000, 0)
			.saturating_add(T::DbWeight::get().reads(19))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// Least time measured: 20_591_000 ps.
	fn set_auto_top_up() -> Weight {
		Weight::from_parts(33_209_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 50_876_000 ps.
	fn reclaim() -> Weight {
		Weight::from_parts(59_749_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 38_697_000 ps.
	fn propose_change() -> Weight {
		Weight::from_parts(44_797_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 82_493_000 ps.
	fn accept_change() -> Weight {
		Weight::from_parts(89_773_000, 0)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 28_983_000 ps.
	fn withdraw_change() -> Weight {
		Weight::from_parts(33_339_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 23_485_000 ps.
	fn offer_transfer() -> Weight {
		Weight::from_parts(27_150_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 152_626_000 ps.
	fn take_transfer() -> Weight {
		Weight::from_parts(158_405_000, 0)
			.saturating_add(T::DbWeight::get().reads(15))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// Least time measured: 219_917_000 ps.
	fn migrate() -> Weight {
		Weight::from_parts(262_010_000, 0)
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().writes(16))
	}
	// Least time measured: 126_848_000 ps.
	fn dispute() -> Weight {
		Weight::from_parts(193_177_000, 0)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	// Least time measured: 382_779_000 ps.
	fn arbitrate_in_tct() -> Weight {
		Weight::from_parts(409_688_000, 0)
			.saturating_add(T::DbWeight::get().reads(28))
			.saturating_add(T::DbWeight::get().writes(23))
	}
	// Least time measured: 312_484_000 ps.
	fn arbitrate_in_asset() -> Weight {
		Weight::from_parts(484_400_000, 0)
			.saturating_add(T::DbWeight::get().reads(27))
			.saturating_add(T::DbWeight::get().writes(21))
	}
	// Least time measured: 111_095_000 ps.
	fn settle_many(n: u32) -> Weight {
		Weight::from_parts(116_945_333, 0)
			// Standard error: 678_693 ps.
			.saturating_add(Weight::from_parts(61_395_922, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	// Least time measured: 324_623_000 ps.
	fn withdraw_many_in_tct(n: u32) -> Weight {
		Weight::from_parts(322_421_098, 0)
			// Standard error: 4_663_550 ps.
			.saturating_add(Weight::from_parts(276_596_052, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().reads(9_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(11))
			.saturating_add(T::DbWeight::get().writes(4_u64.saturating_mul(n.into())))
	}
	// Least time measured: 247_027_000 ps.
	fn withdraw_many_in_asset(n: u32) -> Weight {
		Weight::from_parts(249_701_653, 0)
			// Standard error: 2_658_913 ps.
			.saturating_add(Weight::from_parts(223_642_936, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(17_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(10_u64.saturating_mul(n.into())))
	}
	// Least time measured: 2_764_000 ps.
	fn look_at_wheel() -> Weight {
		Weight::from_parts(3_075_000, 0).saturating_add(T::DbWeight::get().reads(1))
	}
	// Least time measured: 360_346_000 ps.
	fn expire_lease_in_tct() -> Weight {
		Weight::from_parts(370_291_000, 0)
			.saturating_add(T::DbWeight::get().reads(29))
			.saturating_add(T::DbWeight::get().writes(22))
	}
	// Least time measured: 295_139_000 ps.
	fn expire_lease_in_asset() -> Weight {
		Weight::from_parts(307_998_000, 0)
			.saturating_add(T::DbWeight::get().reads(27))
			.saturating_add(T::DbWeight::get().writes(18))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn open_metered_in_tct() -> Weight {
		Weight::from_parts(277_863_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(11))
	}
	fn open_metered_in_asset() -> Weight {
		Weight::from_parts(277_863_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(11))
	}
	fn open_job_in_tct() -> Weight {
		Weight::from_parts(239_266_000, 0)
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(11))
	}
	fn open_job_in_asset() -> Weight {
		Weight::from_parts(239_266_000, 0)
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(11))
	}
	fn accept() -> Weight {
		Weight::from_parts(103_694_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn start() -> Weight {
		Weight::from_parts(384_772_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().writes(14))
	}
	fn cancel_in_tct() -> Weight {
		Weight::from_parts(327_426_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().writes(17))
	}
	fn cancel_in_asset() -> Weight {
		Weight::from_parts(297_683_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().writes(15))
	}
	fn top_up_in_tct() -> Weight {
		Weight::from_parts(221_489_000, 0)
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn top_up_in_asset() -> Weight {
		Weight::from_parts(221_489_000, 0)
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn settle() -> Weight {
		Weight::from_parts(97_685_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn withdraw_in_tct() -> Weight {
		Weight::from_parts(308_889_000, 0)
			.saturating_add(ParityDbWeight::get().reads(22))
			.saturating_add(ParityDbWeight::get().writes(15))
	}
	fn withdraw_in_asset() -> Weight {
		Weight::from_parts(228_670_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(10))
	}
	fn close_in_tct() -> Weight {
		Weight::from_parts(128_591_000, 0)
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(9))
	}
	fn close_in_asset() -> Weight {
		Weight::from_parts(128_591_000, 0)
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(9))
	}
	fn finish_in_tct() -> Weight {
		Weight::from_parts(414_255_000, 0)
			.saturating_add(ParityDbWeight::get().reads(29))
			.saturating_add(ParityDbWeight::get().writes(23))
	}
	fn finish_in_asset() -> Weight {
		Weight::from_parts(338_052_000, 0)
			.saturating_add(ParityDbWeight::get().reads(27))
			.saturating_add(ParityDbWeight::get().writes(19))
	}
	fn finish_job_in_tct() -> Weight {
		Weight::from_parts(361_577_000, 0)
			.saturating_add(ParityDbWeight::get().reads(25))
			.saturating_add(ParityDbWeight::get().writes(30))
	}
	fn finish_job_in_asset() -> Weight {
		Weight::from_parts(333_876_000, 0)
			.saturating_add(ParityDbWeight::get().reads(28))
			.saturating_add(ParityDbWeight::get().writes(33))
	}
	fn finish_undelivered() -> Weight {
		Weight::from_parts(544_649_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16))
			.saturating_add(ParityDbWeight::get().writes(23))
	}
	fn commit_result() -> Weight {
		Weight::from_parts(91_656_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn demand_leaf() -> Weight {
		Weight::from_parts(80_260_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn answer_demand(b: u32) -> Weight {
		Weight::from_parts(115_237_781, 0)
			.saturating_add(Weight::from_parts(17_112, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn set_params() -> Weight {
		Weight::from_parts(40_219_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn claim() -> Weight {
		Weight::from_parts(59_779_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn approve_asset() -> Weight {
		Weight::from_parts(32_468_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn remove_asset() -> Weight {
		Weight::from_parts(15_743_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn extend_in_tct() -> Weight {
		Weight::from_parts(136_142_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn extend_in_asset() -> Weight {
		Weight::from_parts(136_142_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn pause_in_tct() -> Weight {
		Weight::from_parts(332_784_000, 0)
			.saturating_add(ParityDbWeight::get().reads(25))
			.saturating_add(ParityDbWeight::get().writes(17))
	}
	fn pause_in_asset() -> Weight {
		Weight::from_parts(260_608_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().writes(12))
	}
	fn resume_in_tct() -> Weight {
		Weight::from_parts(408_256_000, 0)
			.saturating_add(ParityDbWeight::get().reads(25))
			.saturating_add(ParityDbWeight::get().writes(18))
	}
	fn resume_in_asset() -> Weight {
		Weight::from_parts(331_813_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().writes(13))
	}
	fn resume_and_end_in_tct() -> Weight {
		Weight::from_parts(450_770_000, 0)
			.saturating_add(ParityDbWeight::get().reads(24))
			.saturating_add(ParityDbWeight::get().writes(18))
	}
	fn resume_and_end_in_asset() -> Weight {
		Weight::from_parts(354_787_000, 0)
			.saturating_add(ParityDbWeight::get().reads(19))
			.saturating_add(ParityDbWeight::get().writes(13))
	}
	fn set_auto_top_up() -> Weight {
		Weight::from_parts(33_209_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn reclaim() -> Weight {
		Weight::from_parts(59_749_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn propose_change() -> Weight {
		Weight::from_parts(44_797_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn accept_change() -> Weight {
		Weight::from_parts(89_773_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn withdraw_change() -> Weight {
		Weight::from_parts(33_339_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn offer_transfer() -> Weight {
		Weight::from_parts(27_150_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn take_transfer() -> Weight {
		Weight::from_parts(158_405_000, 0)
			.saturating_add(ParityDbWeight::get().reads(15))
			.saturating_add(ParityDbWeight::get().writes(11))
	}
	fn migrate() -> Weight {
		Weight::from_parts(262_010_000, 0)
			.saturating_add(ParityDbWeight::get().reads(22))
			.saturating_add(ParityDbWeight::get().writes(16))
	}
	fn dispute() -> Weight {
		Weight::from_parts(193_177_000, 0)
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(10))
	}
	fn arbitrate_in_tct() -> Weight {
		Weight::from_parts(409_688_000, 0)
			.saturating_add(ParityDbWeight::get().reads(28))
			.saturating_add(ParityDbWeight::get().writes(23))
	}
	fn arbitrate_in_asset() -> Weight {
		Weight::from_parts(484_400_000, 0)
			.saturating_add(ParityDbWeight::get().reads(27))
			.saturating_add(ParityDbWeight::get().writes(21))
	}
	fn settle_many(n: u32) -> Weight {
		Weight::from_parts(116_945_333, 0)
			.saturating_add(Weight::from_parts(61_395_922, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	fn withdraw_many_in_tct(n: u32) -> Weight {
		Weight::from_parts(322_421_098, 0)
			.saturating_add(Weight::from_parts(276_596_052, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().reads(9_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(11))
			.saturating_add(ParityDbWeight::get().writes(4_u64.saturating_mul(n.into())))
	}
	fn withdraw_many_in_asset(n: u32) -> Weight {
		Weight::from_parts(249_701_653, 0)
			.saturating_add(Weight::from_parts(223_642_936, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().reads(17_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(10_u64.saturating_mul(n.into())))
	}
	fn look_at_wheel() -> Weight {
		Weight::from_parts(3_075_000, 0).saturating_add(ParityDbWeight::get().reads(1))
	}
	fn expire_lease_in_tct() -> Weight {
		Weight::from_parts(370_291_000, 0)
			.saturating_add(ParityDbWeight::get().reads(29))
			.saturating_add(ParityDbWeight::get().writes(22))
	}
	fn expire_lease_in_asset() -> Weight {
		Weight::from_parts(307_998_000, 0)
			.saturating_add(ParityDbWeight::get().reads(27))
			.saturating_add(ParityDbWeight::get().writes(18))
	}
}
