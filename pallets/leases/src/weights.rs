//! Weights of `pallet_leases`'s calls, measured. Written by `scripts/weights`: do not edit.
//!
//! - `benchmark pallet` of frame-omni-bencher 0.28.0; 2 cores, 24 GiB of memory
//! - 2026-11-23, AMD EPYC; 50 steps, 20 repeats, Wasm Compiled
//! - `bencher --runtime runtime.wasm --genesis-builder runtime --genesis-builder-preset development --pallet pallet_leases --extrinsic * --steps 50 --repeat 20 --min-duration 3 --wasm-execution compiled --heap-pages 4096 --disable-proof-recording --no-storage-info --no-median-slopes --no-min-squares --quiet --template weights.hbs --header header.txt --output out/leases.rs`
//! - By hand since: the reads of a machine's proof (grade, proof, summons, parameters of musters), in `accept`, `accept_change` and all openings
//!
//! Not measured yet, and estimated from like calls until they are: `open_calls_in_tct`, `open_calls_in_asset`,
//! `redeem`, `redeem_many`. Their reads and writes are counted.
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
	// Least time measured: 136_263_000 ps.
	fn open_metered_in_tct() -> Weight {
		Weight::from_parts(161_600_000, 0)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 164_385_000 ps.
	fn open_metered_in_asset() -> Weight {
		Weight::from_parts(191_104_000, 0)
			.saturating_add(T::DbWeight::get().reads(18))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// Least time measured: 129_432_000 ps.
	fn open_job_in_tct() -> Weight {
		Weight::from_parts(146_548_000, 0)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 155_571_000 ps.
	fn open_job_in_asset() -> Weight {
		Weight::from_parts(229_151_000, 0)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// Least time measured: 59_568_000 ps.
	fn accept() -> Weight {
		Weight::from_parts(69_012_000, 0)
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 192_316_000 ps.
	fn start() -> Weight {
		Weight::from_parts(216_722_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(14))
	}
	// Least time measured: 291_403_000 ps.
	fn cancel_in_tct() -> Weight {
		Weight::from_parts(306_035_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(17))
	}
	// Least time measured: 254_418_000 ps.
	fn cancel_in_asset() -> Weight {
		Weight::from_parts(265_114_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(15))
	}
	// Least time measured: 177_454_000 ps.
	fn top_up_in_tct() -> Weight {
		Weight::from_parts(187_198_000, 0)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 188_590_000 ps.
	fn top_up_in_asset() -> Weight {
		Weight::from_parts(200_408_000, 0)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Least time measured: 81_231_000 ps.
	fn settle() -> Weight {
		Weight::from_parts(99_088_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 292_565_000 ps.
	fn withdraw_in_tct() -> Weight {
		Weight::from_parts(310_491_000, 0)
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().writes(15))
	}
	// Least time measured: 216_091_000 ps.
	fn withdraw_in_asset() -> Weight {
		Weight::from_parts(221_990_000, 0)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	// Least time measured: 105_136_000 ps.
	fn close_in_tct() -> Weight {
		Weight::from_parts(111_937_000, 0)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Least time measured: 118_576_000 ps.
	fn close_in_asset() -> Weight {
		Weight::from_parts(124_405_000, 0)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	// Least time measured: 384_041_000 ps.
	fn finish_in_tct() -> Weight {
		Weight::from_parts(397_170_000, 0)
			.saturating_add(T::DbWeight::get().reads(29))
			.saturating_add(T::DbWeight::get().writes(23))
	}
	// Least time measured: 317_582_000 ps.
	fn finish_in_asset() -> Weight {
		Weight::from_parts(338_162_000, 0)
			.saturating_add(T::DbWeight::get().reads(27))
			.saturating_add(T::DbWeight::get().writes(19))
	}
	// Least time measured: 340_716_000 ps.
	fn finish_job_in_tct() -> Weight {
		Weight::from_parts(351_442_000, 0)
			.saturating_add(T::DbWeight::get().reads(25))
			.saturating_add(T::DbWeight::get().writes(30))
	}
	// Least time measured: 313_426_000 ps.
	fn finish_job_in_asset() -> Weight {
		Weight::from_parts(321_998_000, 0)
			.saturating_add(T::DbWeight::get().reads(28))
			.saturating_add(T::DbWeight::get().writes(33))
	}
	// Least time measured: 508_766_000 ps.
	fn finish_undelivered() -> Weight {
		Weight::from_parts(518_630_000, 0)
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(23))
	}
	// Least time measured: 59_869_000 ps.
	fn commit_result() -> Weight {
		Weight::from_parts(66_048_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 71_026_000 ps.
	fn demand_leaf() -> Weight {
		Weight::from_parts(75_352_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 118_847_000 ps.
	fn answer_demand(b: u32) -> Weight {
		Weight::from_parts(140_008_001, 0)
			// Standard error: 133 ps.
			.saturating_add(Weight::from_parts(16_602, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 22_554_000 ps.
	fn set_params() -> Weight {
		Weight::from_parts(24_056_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 55_112_000 ps.
	fn claim() -> Weight {
		Weight::from_parts(58_206_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Least time measured: 30_476_000 ps.
	fn approve_asset() -> Weight {
		Weight::from_parts(34_871_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 14_692_000 ps.
	fn remove_asset() -> Weight {
		Weight::from_parts(22_683_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 119_808_000 ps.
	fn extend_in_tct() -> Weight {
		Weight::from_parts(137_455_000, 0)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Least time measured: 130_093_000 ps.
	fn extend_in_asset() -> Weight {
		Weight::from_parts(155_761_000, 0)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Least time measured: 313_997_000 ps.
	fn pause_in_tct() -> Weight {
		Weight::from_parts(350_431_000, 0)
			.saturating_add(T::DbWeight::get().reads(25))
			.saturating_add(T::DbWeight::get().writes(17))
	}
	// Least time measured: 246_867_000 ps.
	fn pause_in_asset() -> Weight {
		Weight::from_parts(275_599_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	// Least time measured: 386_955_000 ps.
	fn resume_in_tct() -> Weight {
		Weight::from_parts(445_341_000, 0)
			.saturating_add(T::DbWeight::get().reads(25))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	// Least time measured: 311_513_000 ps.
	fn resume_in_asset() -> Weight {
		Weight::from_parts(381_216_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// Least time measured: 410_881_000 ps.
	fn resume_and_end_in_tct() -> Weight {
		Weight::from_parts(424_751_000, 0)
			.saturating_add(T::DbWeight::get().reads(24))
			.saturating_add(T::DbWeight::get().writes(18))
	}
	// Least time measured: 327_737_000 ps.
	fn resume_and_end_in_asset() -> Weight {
		Weight::from_parts(338_573_000, 0)
			.saturating_add(T::DbWeight::get().reads(19))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	// Least time measured: 21_152_000 ps.
	fn set_auto_top_up() -> Weight {
		Weight::from_parts(27_761_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 51_206_000 ps.
	fn reclaim() -> Weight {
		Weight::from_parts(55_482_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 39_509_000 ps.
	fn propose_change() -> Weight {
		Weight::from_parts(43_064_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 82_432_000 ps.
	fn accept_change() -> Weight {
		Weight::from_parts(86_919_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 28_803_000 ps.
	fn withdraw_change() -> Weight {
		Weight::from_parts(31_857_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 22_804_000 ps.
	fn offer_transfer() -> Weight {
		Weight::from_parts(25_699_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 151_395_000 ps.
	fn take_transfer() -> Weight {
		Weight::from_parts(155_621_000, 0)
			.saturating_add(T::DbWeight::get().reads(15))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// Least time measured: 213_076_000 ps.
	fn migrate() -> Weight {
		Weight::from_parts(222_320_000, 0)
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().writes(16))
	}
	// Least time measured: 125_306_000 ps.
	fn dispute() -> Weight {
		Weight::from_parts(130_544_000, 0)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	// Least time measured: 378_312_000 ps.
	fn arbitrate_in_tct() -> Weight {
		Weight::from_parts(388_598_000, 0)
			.saturating_add(T::DbWeight::get().reads(28))
			.saturating_add(T::DbWeight::get().writes(23))
	}
	// Least time measured: 303_861_000 ps.
	fn arbitrate_in_asset() -> Weight {
		Weight::from_parts(322_620_000, 0)
			.saturating_add(T::DbWeight::get().reads(27))
			.saturating_add(T::DbWeight::get().writes(21))
	}
	// Least time measured: 86_869_000 ps.
	fn settle_many(n: u32) -> Weight {
		Weight::from_parts(35_376_924, 0)
			// Standard error: 318_604 ps.
			.saturating_add(Weight::from_parts(62_390_814, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	// Least time measured: 320_917_000 ps.
	fn withdraw_many_in_tct(n: u32) -> Weight {
		Weight::from_parts(18_593_544, 0)
			// Standard error: 2_570_441 ps.
			.saturating_add(Weight::from_parts(284_158_901, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().reads(9_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(11))
			.saturating_add(T::DbWeight::get().writes(4_u64.saturating_mul(n.into())))
	}
	// Least time measured: 244_213_000 ps.
	fn withdraw_many_in_asset(n: u32) -> Weight {
		Weight::from_parts(127_034_816, 0)
			// Standard error: 1_002_624 ps.
			.saturating_add(Weight::from_parts(217_514_970, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(17_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(10_u64.saturating_mul(n.into())))
	}
	// Not measured: as `open_job_in_tct`.
	fn open_calls_in_tct() -> Weight {
		Weight::from_parts(146_548_000, 0)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Not measured: as `open_job_in_asset`.
	fn open_calls_in_asset() -> Weight {
		Weight::from_parts(229_151_000, 0)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	// Not measured: more than `settle`, for another curve's signature.
	fn redeem() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Not measured: `redeem`, so many times.
	fn redeem_many(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(Weight::from_parts(130_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	// Least time measured: 2_784_000 ps.
	fn look_at_wheel() -> Weight {
		Weight::from_parts(3_175_000, 0).saturating_add(T::DbWeight::get().reads(1))
	}
	// Least time measured: 362_289_000 ps.
	fn expire_lease_in_tct() -> Weight {
		Weight::from_parts(403_930_000, 0)
			.saturating_add(T::DbWeight::get().reads(29))
			.saturating_add(T::DbWeight::get().writes(22))
	}
	// Least time measured: 292_114_000 ps.
	fn expire_lease_in_asset() -> Weight {
		Weight::from_parts(301_037_000, 0)
			.saturating_add(T::DbWeight::get().reads(27))
			.saturating_add(T::DbWeight::get().writes(18))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn open_metered_in_tct() -> Weight {
		Weight::from_parts(161_600_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn open_metered_in_asset() -> Weight {
		Weight::from_parts(191_104_000, 0)
			.saturating_add(ParityDbWeight::get().reads(18))
			.saturating_add(ParityDbWeight::get().writes(11))
	}
	fn open_job_in_tct() -> Weight {
		Weight::from_parts(146_548_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn open_job_in_asset() -> Weight {
		Weight::from_parts(229_151_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(11))
	}
	fn accept() -> Weight {
		Weight::from_parts(69_012_000, 0)
			.saturating_add(ParityDbWeight::get().reads(12))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn start() -> Weight {
		Weight::from_parts(216_722_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().writes(14))
	}
	fn cancel_in_tct() -> Weight {
		Weight::from_parts(306_035_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().writes(17))
	}
	fn cancel_in_asset() -> Weight {
		Weight::from_parts(265_114_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().writes(15))
	}
	fn top_up_in_tct() -> Weight {
		Weight::from_parts(187_198_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn top_up_in_asset() -> Weight {
		Weight::from_parts(200_408_000, 0)
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn settle() -> Weight {
		Weight::from_parts(99_088_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn withdraw_in_tct() -> Weight {
		Weight::from_parts(310_491_000, 0)
			.saturating_add(ParityDbWeight::get().reads(22))
			.saturating_add(ParityDbWeight::get().writes(15))
	}
	fn withdraw_in_asset() -> Weight {
		Weight::from_parts(221_990_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(10))
	}
	fn close_in_tct() -> Weight {
		Weight::from_parts(111_937_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn close_in_asset() -> Weight {
		Weight::from_parts(124_405_000, 0)
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(9))
	}
	fn finish_in_tct() -> Weight {
		Weight::from_parts(397_170_000, 0)
			.saturating_add(ParityDbWeight::get().reads(29))
			.saturating_add(ParityDbWeight::get().writes(23))
	}
	fn finish_in_asset() -> Weight {
		Weight::from_parts(338_162_000, 0)
			.saturating_add(ParityDbWeight::get().reads(27))
			.saturating_add(ParityDbWeight::get().writes(19))
	}
	fn finish_job_in_tct() -> Weight {
		Weight::from_parts(351_442_000, 0)
			.saturating_add(ParityDbWeight::get().reads(25))
			.saturating_add(ParityDbWeight::get().writes(30))
	}
	fn finish_job_in_asset() -> Weight {
		Weight::from_parts(321_998_000, 0)
			.saturating_add(ParityDbWeight::get().reads(28))
			.saturating_add(ParityDbWeight::get().writes(33))
	}
	fn finish_undelivered() -> Weight {
		Weight::from_parts(518_630_000, 0)
			.saturating_add(ParityDbWeight::get().reads(16))
			.saturating_add(ParityDbWeight::get().writes(23))
	}
	fn commit_result() -> Weight {
		Weight::from_parts(66_048_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn demand_leaf() -> Weight {
		Weight::from_parts(75_352_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn answer_demand(b: u32) -> Weight {
		Weight::from_parts(140_008_001, 0)
			.saturating_add(Weight::from_parts(16_602, 0).saturating_mul(b.into()))
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn set_params() -> Weight {
		Weight::from_parts(24_056_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn claim() -> Weight {
		Weight::from_parts(58_206_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn approve_asset() -> Weight {
		Weight::from_parts(34_871_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn remove_asset() -> Weight {
		Weight::from_parts(22_683_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn extend_in_tct() -> Weight {
		Weight::from_parts(137_455_000, 0)
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn extend_in_asset() -> Weight {
		Weight::from_parts(155_761_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn pause_in_tct() -> Weight {
		Weight::from_parts(350_431_000, 0)
			.saturating_add(ParityDbWeight::get().reads(25))
			.saturating_add(ParityDbWeight::get().writes(17))
	}
	fn pause_in_asset() -> Weight {
		Weight::from_parts(275_599_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().writes(12))
	}
	fn resume_in_tct() -> Weight {
		Weight::from_parts(445_341_000, 0)
			.saturating_add(ParityDbWeight::get().reads(25))
			.saturating_add(ParityDbWeight::get().writes(18))
	}
	fn resume_in_asset() -> Weight {
		Weight::from_parts(381_216_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().writes(13))
	}
	fn resume_and_end_in_tct() -> Weight {
		Weight::from_parts(424_751_000, 0)
			.saturating_add(ParityDbWeight::get().reads(24))
			.saturating_add(ParityDbWeight::get().writes(18))
	}
	fn resume_and_end_in_asset() -> Weight {
		Weight::from_parts(338_573_000, 0)
			.saturating_add(ParityDbWeight::get().reads(19))
			.saturating_add(ParityDbWeight::get().writes(13))
	}
	fn set_auto_top_up() -> Weight {
		Weight::from_parts(27_761_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn reclaim() -> Weight {
		Weight::from_parts(55_482_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn propose_change() -> Weight {
		Weight::from_parts(43_064_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn accept_change() -> Weight {
		Weight::from_parts(86_919_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn withdraw_change() -> Weight {
		Weight::from_parts(31_857_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn offer_transfer() -> Weight {
		Weight::from_parts(25_699_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn take_transfer() -> Weight {
		Weight::from_parts(155_621_000, 0)
			.saturating_add(ParityDbWeight::get().reads(15))
			.saturating_add(ParityDbWeight::get().writes(11))
	}
	fn migrate() -> Weight {
		Weight::from_parts(222_320_000, 0)
			.saturating_add(ParityDbWeight::get().reads(22))
			.saturating_add(ParityDbWeight::get().writes(16))
	}
	fn dispute() -> Weight {
		Weight::from_parts(130_544_000, 0)
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(10))
	}
	fn arbitrate_in_tct() -> Weight {
		Weight::from_parts(388_598_000, 0)
			.saturating_add(ParityDbWeight::get().reads(28))
			.saturating_add(ParityDbWeight::get().writes(23))
	}
	fn arbitrate_in_asset() -> Weight {
		Weight::from_parts(322_620_000, 0)
			.saturating_add(ParityDbWeight::get().reads(27))
			.saturating_add(ParityDbWeight::get().writes(21))
	}
	fn settle_many(n: u32) -> Weight {
		Weight::from_parts(35_376_924, 0)
			.saturating_add(Weight::from_parts(62_390_814, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	fn withdraw_many_in_tct(n: u32) -> Weight {
		Weight::from_parts(18_593_544, 0)
			.saturating_add(Weight::from_parts(284_158_901, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().reads(9_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(11))
			.saturating_add(ParityDbWeight::get().writes(4_u64.saturating_mul(n.into())))
	}
	fn withdraw_many_in_asset(n: u32) -> Weight {
		Weight::from_parts(127_034_816, 0)
			.saturating_add(Weight::from_parts(217_514_970, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().reads(17_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(10_u64.saturating_mul(n.into())))
	}
	// Not measured: as `open_job_in_tct`.
	fn open_calls_in_tct() -> Weight {
		Weight::from_parts(146_548_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	// Not measured: as `open_job_in_asset`.
	fn open_calls_in_asset() -> Weight {
		Weight::from_parts(229_151_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(11))
	}
	// Not measured: more than `settle`, for another curve's signature.
	fn redeem() -> Weight {
		Weight::from_parts(150_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	// Not measured: `redeem`, so many times.
	fn redeem_many(n: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(Weight::from_parts(130_000_000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	fn look_at_wheel() -> Weight {
		Weight::from_parts(3_175_000, 0).saturating_add(ParityDbWeight::get().reads(1))
	}
	fn expire_lease_in_tct() -> Weight {
		Weight::from_parts(403_930_000, 0)
			.saturating_add(ParityDbWeight::get().reads(29))
			.saturating_add(ParityDbWeight::get().writes(22))
	}
	fn expire_lease_in_asset() -> Weight {
		Weight::from_parts(301_037_000, 0)
			.saturating_add(ParityDbWeight::get().reads(27))
			.saturating_add(ParityDbWeight::get().writes(18))
	}
}
