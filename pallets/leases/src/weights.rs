//! Weights of `pallet_leases`'s calls, measured. Written by `scripts/weights`: do not edit.
//!
//! - `benchmark pallet` of frame-omni-bencher 0.28.0; 2 cores, 24 GiB of memory
//! - 2026-11-23, AMD EPYC; 50 steps, 20 repeats, Wasm Compiled
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
	/// `open_calls_in_tct`.
	fn open_calls_in_tct() -> Weight;
	/// `open_calls_in_asset`.
	fn open_calls_in_asset() -> Weight;
	/// `redeem`.
	fn redeem() -> Weight;
	/// `redeem_many`, `n` in 1..=32.
	fn redeem_many(n: u32) -> Weight;
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
	// Least time measured: 154_219_000 ps.
	fn open_metered_in_tct() -> Weight {
		Weight::from_parts(165_396_000, 0)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 180_999_000 ps.
	fn open_metered_in_asset() -> Weight {
		Weight::from_parts(199_276_000, 0)
			.saturating_add(T::DbWeight::get().reads(18))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// Least time measured: 149_713_000 ps.
	fn open_job_in_tct() -> Weight {
		Weight::from_parts(172_546_000, 0)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 176_092_000 ps.
	fn open_job_in_asset() -> Weight {
		Weight::from_parts(203_142_000, 0)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// Least time measured: 76_053_000 ps.
	fn accept() -> Weight {
		Weight::from_parts(91_116_000, 0)
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 195_731_000 ps.
	fn start() -> Weight {
		Weight::from_parts(215_060_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(14))
	}
	// Least time measured: 292_915_000 ps.
	fn cancel_in_tct() -> Weight {
		Weight::from_parts(317_472_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(17))
	}
	// Least time measured: 256_471_000 ps.
	fn cancel_in_asset() -> Weight {
		Weight::from_parts(339_945_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(15))
	}
	// Least time measured: 175_260_000 ps.
	fn top_up_in_tct() -> Weight {
		Weight::from_parts(265_575_000, 0)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 187_208_000 ps.
	fn top_up_in_asset() -> Weight {
		Weight::from_parts(287_177_000, 0)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Least time measured: 84_326_000 ps.
	fn settle() -> Weight {
		Weight::from_parts(102_221_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 296_251_000 ps.
	fn withdraw_in_tct() -> Weight {
		Weight::from_parts(380_756_000, 0)
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().writes(15))
	}
	// Least time measured: 221_248_000 ps.
	fn withdraw_in_asset() -> Weight {
		Weight::from_parts(340_116_000, 0)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	// Least time measured: 111_165_000 ps.
	fn close_in_tct() -> Weight {
		Weight::from_parts(179_247_000, 0)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Least time measured: 120_870_000 ps.
	fn close_in_asset() -> Weight {
		Weight::from_parts(143_543_000, 0)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	// Least time measured: 384_682_000 ps.
	fn finish_in_tct() -> Weight {
		Weight::from_parts(428_988_000, 0)
			.saturating_add(T::DbWeight::get().reads(29))
			.saturating_add(T::DbWeight::get().writes(23))
	}
	// Least time measured: 320_156_000 ps.
	fn finish_in_asset() -> Weight {
		Weight::from_parts(385_263_000, 0)
			.saturating_add(T::DbWeight::get().reads(27))
			.saturating_add(T::DbWeight::get().writes(19))
	}
	// Least time measured: 345_813_000 ps.
	fn finish_job_in_tct() -> Weight {
		Weight::from_parts(471_491_000, 0)
			.saturating_add(T::DbWeight::get().reads(26))
			.saturating_add(T::DbWeight::get().writes(30))
	}
	// Least time measured: 316_550_000 ps.
	fn finish_job_in_asset() -> Weight {
		Weight::from_parts(385_854_000, 0)
			.saturating_add(T::DbWeight::get().reads(29))
			.saturating_add(T::DbWeight::get().writes(33))
	}
	// Least time measured: 515_906_000 ps.
	fn finish_undelivered() -> Weight {
		Weight::from_parts(598_680_000, 0)
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(23))
	}
	// Least time measured: 60_921_000 ps.
	fn commit_result() -> Weight {
		Weight::from_parts(74_631_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 71_065_000 ps.
	fn demand_leaf() -> Weight {
		Weight::from_parts(83_334_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 117_314_000 ps.
	fn answer_demand(b: u32) -> Weight {
		Weight::from_parts(160_778_895, 0)
			// Standard error: 92 ps.
			.saturating_add(Weight::from_parts(17_914, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 21_962_000 ps.
	fn set_params() -> Weight {
		Weight::from_parts(41_922_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 55_082_000 ps.
	fn claim() -> Weight {
		Weight::from_parts(85_737_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Least time measured: 31_337_000 ps.
	fn approve_asset() -> Weight {
		Weight::from_parts(52_478_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 14_913_000 ps.
	fn remove_asset() -> Weight {
		Weight::from_parts(26_650_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 124_425_000 ps.
	fn extend_in_tct() -> Weight {
		Weight::from_parts(209_962_000, 0)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Least time measured: 129_673_000 ps.
	fn extend_in_asset() -> Weight {
		Weight::from_parts(174_589_000, 0)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Least time measured: 318_964_000 ps.
	fn pause_in_tct() -> Weight {
		Weight::from_parts(395_247_000, 0)
			.saturating_add(T::DbWeight::get().reads(25))
			.saturating_add(T::DbWeight::get().writes(17))
	}
	// Least time measured: 252_035_000 ps.
	fn pause_in_asset() -> Weight {
		Weight::from_parts(339_234_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// Least time measured: 386_254_000 ps.
	fn resume_in_tct() -> Weight {
		Weight::from_parts(570_758_000, 0)
			.saturating_add(T::DbWeight::get().reads(25))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	// Least time measured: 307_236_000 ps.
	fn resume_in_asset() -> Weight {
		Weight::from_parts(380_796_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// Least time measured: 416_179_000 ps.
	fn resume_and_end_in_tct() -> Weight {
		Weight::from_parts(619_210_000, 0)
			.saturating_add(T::DbWeight::get().reads(24))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	// Least time measured: 336_200_000 ps.
	fn resume_and_end_in_asset() -> Weight {
		Weight::from_parts(530_709_000, 0)
			.saturating_add(T::DbWeight::get().reads(19))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// Least time measured: 27_771_000 ps.
	fn set_auto_top_up() -> Weight {
		Weight::from_parts(43_545_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 52_157_000 ps.
	fn reclaim() -> Weight {
		Weight::from_parts(77_215_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 42_183_000 ps.
	fn propose_change() -> Weight {
		Weight::from_parts(68_722_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 102_422_000 ps.
	fn accept_change() -> Weight {
		Weight::from_parts(166_257_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 32_278_000 ps.
	fn withdraw_change() -> Weight {
		Weight::from_parts(56_805_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 25_818_000 ps.
	fn offer_transfer() -> Weight {
		Weight::from_parts(49_674_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 153_779_000 ps.
	fn take_transfer() -> Weight {
		Weight::from_parts(229_371_000, 0)
			.saturating_add(T::DbWeight::get().reads(15))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// Least time measured: 243_592_000 ps.
	fn migrate() -> Weight {
		Weight::from_parts(371_902_000, 0)
			.saturating_add(T::DbWeight::get().reads(26))
			.saturating_add(T::DbWeight::get().writes(16))
	}
	// Least time measured: 135_651_000 ps.
	fn dispute() -> Weight {
		Weight::from_parts(205_716_000, 0)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	// Least time measured: 398_843_000 ps.
	fn arbitrate_in_tct() -> Weight {
		Weight::from_parts(603_247_000, 0)
			.saturating_add(T::DbWeight::get().reads(28))
			.saturating_add(T::DbWeight::get().writes(23))
	}
	// Least time measured: 316_350_000 ps.
	fn arbitrate_in_asset() -> Weight {
		Weight::from_parts(515_166_000, 0)
			.saturating_add(T::DbWeight::get().reads(27))
			.saturating_add(T::DbWeight::get().writes(21))
	}
	// Least time measured: 146_407_000 ps.
	fn settle_many(n: u32) -> Weight {
		Weight::from_parts(157_341_324, 0)
			// Standard error: 362_094 ps.
			.saturating_add(Weight::from_parts(68_018_170, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	// Least time measured: 316_591_000 ps.
	fn withdraw_many_in_tct(n: u32) -> Weight {
		Weight::from_parts(322_299_000, 0)
			// Standard error: 856_775 ps.
			.saturating_add(Weight::from_parts(260_609_911, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().reads(9_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(11))
			.saturating_add(T::DbWeight::get().writes(4_u64.saturating_mul(n.into())))
	}
	// Least time measured: 250_873_000 ps.
	fn withdraw_many_in_asset(n: u32) -> Weight {
		Weight::from_parts(282_841_000, 0)
			// Standard error: 1_983_884 ps.
			.saturating_add(Weight::from_parts(255_050_284, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(17_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(10_u64.saturating_mul(n.into())))
	}
	// Least time measured: 148_701_000 ps.
	fn open_calls_in_tct() -> Weight {
		Weight::from_parts(161_570_000, 0)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 172_777_000 ps.
	fn open_calls_in_asset() -> Weight {
		Weight::from_parts(187_338_000, 0)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// Least time measured: 69_614_000 ps.
	fn redeem() -> Weight {
		Weight::from_parts(86_608_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 81_791_000 ps.
	fn redeem_many(n: u32) -> Weight {
		Weight::from_parts(120_133_996, 0)
			// Standard error: 700_070 ps.
			.saturating_add(Weight::from_parts(60_126_313, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	// Least time measured: 2_814_000 ps.
	fn look_at_wheel() -> Weight {
		Weight::from_parts(4_307_000, 0).saturating_add(T::DbWeight::get().reads(1))
	}
	// Least time measured: 370_280_000 ps.
	fn expire_lease_in_tct() -> Weight {
		Weight::from_parts(472_852_000, 0)
			.saturating_add(T::DbWeight::get().reads(29))
			.saturating_add(T::DbWeight::get().writes(22))
	}
	// Least time measured: 303_431_000 ps.
	fn expire_lease_in_asset() -> Weight {
		Weight::from_parts(461_456_000, 0)
			.saturating_add(T::DbWeight::get().reads(27))
			.saturating_add(T::DbWeight::get().writes(18))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn open_metered_in_tct() -> Weight {
		Weight::from_parts(165_396_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn open_metered_in_asset() -> Weight {
		Weight::from_parts(199_276_000, 0)
			.saturating_add(ParityDbWeight::get().reads(18))
			.saturating_add(ParityDbWeight::get().writes(11))
	}
	fn open_job_in_tct() -> Weight {
		Weight::from_parts(172_546_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn open_job_in_asset() -> Weight {
		Weight::from_parts(203_142_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(11))
	}
	fn accept() -> Weight {
		Weight::from_parts(91_116_000, 0)
			.saturating_add(ParityDbWeight::get().reads(12))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn start() -> Weight {
		Weight::from_parts(215_060_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().writes(14))
	}
	fn cancel_in_tct() -> Weight {
		Weight::from_parts(317_472_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().writes(17))
	}
	fn cancel_in_asset() -> Weight {
		Weight::from_parts(339_945_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().writes(15))
	}
	fn top_up_in_tct() -> Weight {
		Weight::from_parts(265_575_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn top_up_in_asset() -> Weight {
		Weight::from_parts(287_177_000, 0)
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn settle() -> Weight {
		Weight::from_parts(102_221_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn withdraw_in_tct() -> Weight {
		Weight::from_parts(380_756_000, 0)
			.saturating_add(ParityDbWeight::get().reads(22))
			.saturating_add(ParityDbWeight::get().writes(15))
	}
	fn withdraw_in_asset() -> Weight {
		Weight::from_parts(340_116_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(10))
	}
	fn close_in_tct() -> Weight {
		Weight::from_parts(179_247_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn close_in_asset() -> Weight {
		Weight::from_parts(143_543_000, 0)
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(9))
	}
	fn finish_in_tct() -> Weight {
		Weight::from_parts(428_988_000, 0)
			.saturating_add(ParityDbWeight::get().reads(29))
			.saturating_add(ParityDbWeight::get().writes(23))
	}
	fn finish_in_asset() -> Weight {
		Weight::from_parts(385_263_000, 0)
			.saturating_add(ParityDbWeight::get().reads(27))
			.saturating_add(ParityDbWeight::get().writes(19))
	}
	fn finish_job_in_tct() -> Weight {
		Weight::from_parts(471_491_000, 0)
			.saturating_add(ParityDbWeight::get().reads(26))
			.saturating_add(ParityDbWeight::get().writes(30))
	}
	fn finish_job_in_asset() -> Weight {
		Weight::from_parts(385_854_000, 0)
			.saturating_add(ParityDbWeight::get().reads(29))
			.saturating_add(ParityDbWeight::get().writes(33))
	}
	fn finish_undelivered() -> Weight {
		Weight::from_parts(598_680_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16))
			.saturating_add(ParityDbWeight::get().writes(23))
	}
	fn commit_result() -> Weight {
		Weight::from_parts(74_631_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn demand_leaf() -> Weight {
		Weight::from_parts(83_334_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn answer_demand(b: u32) -> Weight {
		Weight::from_parts(160_778_895, 0)
			.saturating_add(Weight::from_parts(17_914, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn set_params() -> Weight {
		Weight::from_parts(41_922_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn claim() -> Weight {
		Weight::from_parts(85_737_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn approve_asset() -> Weight {
		Weight::from_parts(52_478_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn remove_asset() -> Weight {
		Weight::from_parts(26_650_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn extend_in_tct() -> Weight {
		Weight::from_parts(209_962_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn extend_in_asset() -> Weight {
		Weight::from_parts(174_589_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn pause_in_tct() -> Weight {
		Weight::from_parts(395_247_000, 0)
			.saturating_add(ParityDbWeight::get().reads(25))
			.saturating_add(ParityDbWeight::get().writes(17))
	}
	fn pause_in_asset() -> Weight {
		Weight::from_parts(339_234_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().writes(12))
	}
	fn resume_in_tct() -> Weight {
		Weight::from_parts(570_758_000, 0)
			.saturating_add(ParityDbWeight::get().reads(25))
			.saturating_add(ParityDbWeight::get().writes(18))
	}
	fn resume_in_asset() -> Weight {
		Weight::from_parts(380_796_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().writes(13))
	}
	fn resume_and_end_in_tct() -> Weight {
		Weight::from_parts(619_210_000, 0)
			.saturating_add(ParityDbWeight::get().reads(24))
			.saturating_add(ParityDbWeight::get().writes(18))
	}
	fn resume_and_end_in_asset() -> Weight {
		Weight::from_parts(530_709_000, 0)
			.saturating_add(ParityDbWeight::get().reads(19))
			.saturating_add(ParityDbWeight::get().writes(13))
	}
	fn set_auto_top_up() -> Weight {
		Weight::from_parts(43_545_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn reclaim() -> Weight {
		Weight::from_parts(77_215_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn propose_change() -> Weight {
		Weight::from_parts(68_722_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn accept_change() -> Weight {
		Weight::from_parts(166_257_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn withdraw_change() -> Weight {
		Weight::from_parts(56_805_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn offer_transfer() -> Weight {
		Weight::from_parts(49_674_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn take_transfer() -> Weight {
		Weight::from_parts(229_371_000, 0)
			.saturating_add(ParityDbWeight::get().reads(15))
			.saturating_add(ParityDbWeight::get().writes(11))
	}
	fn migrate() -> Weight {
		Weight::from_parts(371_902_000, 0)
			.saturating_add(ParityDbWeight::get().reads(26))
			.saturating_add(ParityDbWeight::get().writes(16))
	}
	fn dispute() -> Weight {
		Weight::from_parts(205_716_000, 0)
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(10))
	}
	fn arbitrate_in_tct() -> Weight {
		Weight::from_parts(603_247_000, 0)
			.saturating_add(ParityDbWeight::get().reads(28))
			.saturating_add(ParityDbWeight::get().writes(23))
	}
	fn arbitrate_in_asset() -> Weight {
		Weight::from_parts(515_166_000, 0)
			.saturating_add(ParityDbWeight::get().reads(27))
			.saturating_add(ParityDbWeight::get().writes(21))
	}
	fn settle_many(n: u32) -> Weight {
		Weight::from_parts(157_341_324, 0)
			.saturating_add(Weight::from_parts(68_018_170, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	fn withdraw_many_in_tct(n: u32) -> Weight {
		Weight::from_parts(322_299_000, 0)
			.saturating_add(Weight::from_parts(260_609_911, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().reads(9_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(11))
			.saturating_add(ParityDbWeight::get().writes(4_u64.saturating_mul(n.into())))
	}
	fn withdraw_many_in_asset(n: u32) -> Weight {
		Weight::from_parts(282_841_000, 0)
			.saturating_add(Weight::from_parts(255_050_284, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().reads(17_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(10_u64.saturating_mul(n.into())))
	}
	fn open_calls_in_tct() -> Weight {
		Weight::from_parts(161_570_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn open_calls_in_asset() -> Weight {
		Weight::from_parts(187_338_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(11))
	}
	fn redeem() -> Weight {
		Weight::from_parts(86_608_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn redeem_many(n: u32) -> Weight {
		Weight::from_parts(120_133_996, 0)
			.saturating_add(Weight::from_parts(60_126_313, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	fn look_at_wheel() -> Weight {
		Weight::from_parts(4_307_000, 0).saturating_add(ParityDbWeight::get().reads(1))
	}
	fn expire_lease_in_tct() -> Weight {
		Weight::from_parts(472_852_000, 0)
			.saturating_add(ParityDbWeight::get().reads(29))
			.saturating_add(ParityDbWeight::get().writes(22))
	}
	fn expire_lease_in_asset() -> Weight {
		Weight::from_parts(461_456_000, 0)
			.saturating_add(ParityDbWeight::get().reads(27))
			.saturating_add(ParityDbWeight::get().writes(18))
	}
}
