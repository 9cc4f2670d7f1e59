//! Weights of `pallet_attestation`'s calls, measured. Written by `scripts/weights`: do not edit.
//!
//! - `benchmark pallet` of frame-omni-bencher 0.28.0; 2 cores, 24 GiB of memory
//! - 2026-11-23, AMD EPYC; 50 steps, 20 repeats, Wasm Compiled
//! - `bencher --runtime runtime.wasm --genesis-builder runtime --genesis-builder-preset development --pallet pallet_attestation --extrinsic * --steps 50 --repeat 20 --min-duration 3 --wasm-execution compiled --heap-pages 4096 --disable-proof-recording --no-storage-info --no-median-slopes --no-min-squares --quiet --template weights.hbs --header header.txt --output out/attestation.rs`
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
	/// `commit_presence`.
	fn commit_presence() -> Weight;
	/// `answer_presence`, `n` in 64..=16384.
	fn answer_presence(n: u32) -> Weight;
	/// `check_entry`, `n` in 64..=16384.
	fn check_entry(n: u32) -> Weight;
	/// `submit_votes`, `s` in 1..=64.
	fn submit_votes(s: u32) -> Weight;
	/// `tally`.
	fn tally() -> Weight;
	/// `take_batch`, `s` in 1..=64.
	fn take_batch(s: u32) -> Weight;
	/// `hear_votes`, `v` in 1..=127.
	fn hear_votes(v: u32) -> Weight;
	/// `conclude_pass`.
	fn conclude_pass() -> Weight;
	/// `conclude_doubt`.
	fn conclude_doubt() -> Weight;
	/// `authorize_submit_votes`, `s` in 1..=64, `p` in 0..=60.
	fn authorize_submit_votes(s: u32, p: u32) -> Weight;
	/// `look_at_vote`.
	fn look_at_vote() -> Weight;
	/// `prove_fault`, `p` in 1..=60.
	fn prove_fault(p: u32) -> Weight;
	/// `answer_data_challenge`, `p` in 1..=60.
	fn answer_data_challenge(p: u32) -> Weight;
	/// `check_leaf`, `p` in 1..=60.
	fn check_leaf(p: u32) -> Weight;
	/// `check_piece`.
	fn check_piece() -> Weight;
	/// `check_layered_leaf`, `w` in 1..=4096.
	fn check_layered_leaf(w: u32) -> Weight;
	/// `report_double_vote`.
	fn report_double_vote() -> Weight;
	/// `bond_attestor`.
	fn bond_attestor() -> Weight;
	/// `unbond_attestor`.
	fn unbond_attestor() -> Weight;
	/// `withdraw_attestor`.
	fn withdraw_attestor() -> Weight;
	/// `claim_reward`.
	fn claim_reward() -> Weight;
	/// `advance_draw`.
	fn advance_draw() -> Weight;
	/// `advance_silence`.
	fn advance_silence() -> Weight;
	/// `advance_slash`.
	fn advance_slash() -> Weight;
	/// `advance_challenge`.
	fn advance_challenge() -> Weight;
	/// `advance_nothing`.
	fn advance_nothing() -> Weight;
	/// `cancel_slash`.
	fn cancel_slash() -> Weight;
	/// `set_params`.
	fn set_params() -> Weight;
	/// `on_initialize`, `d` in 0..=200.
	fn on_initialize(d: u32) -> Weight;
	/// `on_lease_started`.
	fn on_lease_started() -> Weight;
	/// `on_lease_ended`.
	fn on_lease_ended() -> Weight;
	/// `on_committed`.
	fn on_committed() -> Weight;
	/// `on_closed`.
	fn on_closed() -> Weight;
	/// `on_attestor_fee`.
	fn on_attestor_fee() -> Weight;
}

/// With the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Least time measured: 21_863_000 ps.
	fn commit_presence() -> Weight {
		Weight::from_parts(26_049_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 49_694_000 ps.
	fn answer_presence(n: u32) -> Weight {
		Weight::from_parts(77_990_262, 0)
			// Standard error: 131 ps.
			.saturating_add(Weight::from_parts(9_877, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 13_180_000 ps.
	fn check_entry(n: u32) -> Weight {
		Weight::from_parts(24_145_678, 0)
			// Standard error: 82 ps.
			.saturating_add(Weight::from_parts(8_894, 0).saturating_mul(n.into()))
	}
	// Least time measured: 57_906_000 ps.
	fn submit_votes(s: u32) -> Weight {
		Weight::from_parts(100_344_085, 0)
			// Standard error: 26_831 ps.
			.saturating_add(Weight::from_parts(90_933, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 57_565_000 ps.
	fn tally() -> Weight {
		Weight::from_parts(72_998_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 14_031_000 ps.
	fn take_batch(s: u32) -> Weight {
		Weight::from_parts(27_098_310, 0)
			// Standard error: 9_934 ps.
			.saturating_add(Weight::from_parts(82_161, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 35_373_000 ps.
	fn hear_votes(v: u32) -> Weight {
		Weight::from_parts(45_990_263, 0)
			// Standard error: 12_396 ps.
			.saturating_add(Weight::from_parts(147_307, 0).saturating_mul(v.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 25_098_000 ps.
	fn conclude_pass() -> Weight {
		Weight::from_parts(33_960_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 131_586_000 ps.
	fn conclude_doubt() -> Weight {
		Weight::from_parts(154_941_000, 0)
			.saturating_add(T::DbWeight::get().reads(34))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 215_660_000 ps.
	fn authorize_submit_votes(s: u32, p: u32) -> Weight {
		Weight::from_parts(151_821_996, 0)
			// Standard error: 71_266 ps.
			.saturating_add(Weight::from_parts(1_685_808, 0).saturating_mul(s.into()))
			// Standard error: 74_746 ps.
			.saturating_add(Weight::from_parts(9_029_475, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(10))
	}
	// Least time measured: 28_031_000 ps.
	fn look_at_vote() -> Weight {
		Weight::from_parts(46_840_000, 0).saturating_add(T::DbWeight::get().reads(3))
	}
	// Least time measured: 17_364_155_000 ps.
	fn prove_fault(_p: u32) -> Weight {
		Weight::from_parts(23_358_938_998, 0)
			.saturating_add(T::DbWeight::get().reads(897))
			.saturating_add(T::DbWeight::get().writes(534))
	}
	// Least time measured: 7_243_054_000 ps.
	fn answer_data_challenge(p: u32) -> Weight {
		Weight::from_parts(6_758_295_643, 0)
			// Standard error: 2_905_487 ps.
			.saturating_add(Weight::from_parts(85_167_378, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(522))
			.saturating_add(T::DbWeight::get().writes(518))
	}
	// Least time measured: 57_626_000 ps.
	fn check_leaf(p: u32) -> Weight {
		Weight::from_parts(100_900_476, 0)
			// Standard error: 73_964 ps.
			.saturating_add(Weight::from_parts(10_246_589, 0).saturating_mul(p.into()))
	}
	// Least time measured: 799_698_000 ps.
	fn check_piece() -> Weight {
		Weight::from_parts(823_804_000, 0).saturating_add(T::DbWeight::get().reads(1))
	}
	// Least time measured: 44_977_000 ps.
	fn check_layered_leaf(w: u32) -> Weight {
		Weight::from_parts(307_078_969, 0)
			// Standard error: 13_720 ps.
			.saturating_add(Weight::from_parts(736_465, 0).saturating_mul(w.into()))
	}
	// Least time measured: 341_748_000 ps.
	fn report_double_vote() -> Weight {
		Weight::from_parts(373_836_000, 0)
			.saturating_add(T::DbWeight::get().reads(42))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 119_808_000 ps.
	fn bond_attestor() -> Weight {
		Weight::from_parts(143_644_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 67_880_000 ps.
	fn unbond_attestor() -> Weight {
		Weight::from_parts(97_034_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 116_853_000 ps.
	fn withdraw_attestor() -> Weight {
		Weight::from_parts(191_384_000, 0)
			.saturating_add(T::DbWeight::get().reads(67))
			.saturating_add(T::DbWeight::get().writes(67))
	}
	// Least time measured: 105_427_000 ps.
	fn claim_reward() -> Weight {
		Weight::from_parts(167_849_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 318_393_000 ps.
	fn advance_draw() -> Weight {
		Weight::from_parts(350_370_000, 0)
			.saturating_add(T::DbWeight::get().reads(38))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 152_997_000 ps.
	fn advance_silence() -> Weight {
		Weight::from_parts(162_541_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(14))
	}
	// Least time measured: 139_968_000 ps.
	fn advance_slash() -> Weight {
		Weight::from_parts(159_938_000, 0)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Least time measured: 146_768_000 ps.
	fn advance_challenge() -> Weight {
		Weight::from_parts(194_109_000, 0)
			.saturating_add(T::DbWeight::get().reads(44))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Least time measured: 6_639_000 ps.
	fn advance_nothing() -> Weight {
		Weight::from_parts(7_831_000, 0).saturating_add(T::DbWeight::get().reads(2))
	}
	// Least time measured: 9_284_000 ps.
	fn cancel_slash() -> Weight {
		Weight::from_parts(10_506_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 1_341_203_000 ps.
	fn set_params() -> Weight {
		Weight::from_parts(1_505_167_000, 0)
			.saturating_add(T::DbWeight::get().reads(261))
			.saturating_add(T::DbWeight::get().writes(258))
	}
	// Least time measured: 17_426_000 ps.
	fn on_initialize(d: u32) -> Weight {
		Weight::from_parts(516_118_556, 0)
			// Standard error: 291_980 ps.
			.saturating_add(Weight::from_parts(74_756_171, 0).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(51))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(d.into())))
			.saturating_add(T::DbWeight::get().writes(13))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(d.into())))
	}
	// Least time measured: 122_753_000 ps.
	fn on_lease_started() -> Weight {
		Weight::from_parts(129_122_000, 0)
			.saturating_add(T::DbWeight::get().reads(42))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 15_874_000 ps.
	fn on_lease_ended() -> Weight {
		Weight::from_parts(17_005_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 117_515_000 ps.
	fn on_committed() -> Weight {
		Weight::from_parts(124_495_000, 0)
			.saturating_add(T::DbWeight::get().reads(37))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 31_186_000 ps.
	fn on_closed() -> Weight {
		Weight::from_parts(36_304_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	// Least time measured: 132_718_000 ps.
	fn on_attestor_fee() -> Weight {
		Weight::from_parts(155_030_000, 0)
			.saturating_add(T::DbWeight::get().reads(39))
			.saturating_add(T::DbWeight::get().writes(35))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn commit_presence() -> Weight {
		Weight::from_parts(26_049_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn answer_presence(n: u32) -> Weight {
		Weight::from_parts(77_990_262, 0)
			.saturating_add(Weight::from_parts(9_877, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn check_entry(n: u32) -> Weight {
		Weight::from_parts(24_145_678, 0)
			.saturating_add(Weight::from_parts(8_894, 0).saturating_mul(n.into()))
	}
	fn submit_votes(s: u32) -> Weight {
		Weight::from_parts(100_344_085, 0)
			.saturating_add(Weight::from_parts(90_933, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn tally() -> Weight {
		Weight::from_parts(72_998_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn take_batch(s: u32) -> Weight {
		Weight::from_parts(27_098_310, 0)
			.saturating_add(Weight::from_parts(82_161, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn hear_votes(v: u32) -> Weight {
		Weight::from_parts(45_990_263, 0)
			.saturating_add(Weight::from_parts(147_307, 0).saturating_mul(v.into()))
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn conclude_pass() -> Weight {
		Weight::from_parts(33_960_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn conclude_doubt() -> Weight {
		Weight::from_parts(154_941_000, 0)
			.saturating_add(ParityDbWeight::get().reads(34))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn authorize_submit_votes(s: u32, p: u32) -> Weight {
		Weight::from_parts(151_821_996, 0)
			.saturating_add(Weight::from_parts(1_685_808, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(9_029_475, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(10))
	}
	fn look_at_vote() -> Weight {
		Weight::from_parts(46_840_000, 0).saturating_add(ParityDbWeight::get().reads(3))
	}
	fn prove_fault(_p: u32) -> Weight {
		Weight::from_parts(23_358_938_998, 0)
			.saturating_add(ParityDbWeight::get().reads(897))
			.saturating_add(ParityDbWeight::get().writes(534))
	}
	fn answer_data_challenge(p: u32) -> Weight {
		Weight::from_parts(6_758_295_643, 0)
			.saturating_add(Weight::from_parts(85_167_378, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(522))
			.saturating_add(ParityDbWeight::get().writes(518))
	}
	fn check_leaf(p: u32) -> Weight {
		Weight::from_parts(100_900_476, 0)
			.saturating_add(Weight::from_parts(10_246_589, 0).saturating_mul(p.into()))
	}
	fn check_piece() -> Weight {
		Weight::from_parts(823_804_000, 0).saturating_add(ParityDbWeight::get().reads(1))
	}
	fn check_layered_leaf(w: u32) -> Weight {
		Weight::from_parts(307_078_969, 0)
			.saturating_add(Weight::from_parts(736_465, 0).saturating_mul(w.into()))
	}
	fn report_double_vote() -> Weight {
		Weight::from_parts(373_836_000, 0)
			.saturating_add(ParityDbWeight::get().reads(42))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn bond_attestor() -> Weight {
		Weight::from_parts(143_644_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn unbond_attestor() -> Weight {
		Weight::from_parts(97_034_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn withdraw_attestor() -> Weight {
		Weight::from_parts(191_384_000, 0)
			.saturating_add(ParityDbWeight::get().reads(67))
			.saturating_add(ParityDbWeight::get().writes(67))
	}
	fn claim_reward() -> Weight {
		Weight::from_parts(167_849_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn advance_draw() -> Weight {
		Weight::from_parts(350_370_000, 0)
			.saturating_add(ParityDbWeight::get().reads(38))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn advance_silence() -> Weight {
		Weight::from_parts(162_541_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(14))
	}
	fn advance_slash() -> Weight {
		Weight::from_parts(159_938_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn advance_challenge() -> Weight {
		Weight::from_parts(194_109_000, 0)
			.saturating_add(ParityDbWeight::get().reads(44))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn advance_nothing() -> Weight {
		Weight::from_parts(7_831_000, 0).saturating_add(ParityDbWeight::get().reads(2))
	}
	fn cancel_slash() -> Weight {
		Weight::from_parts(10_506_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn set_params() -> Weight {
		Weight::from_parts(1_505_167_000, 0)
			.saturating_add(ParityDbWeight::get().reads(261))
			.saturating_add(ParityDbWeight::get().writes(258))
	}
	fn on_initialize(d: u32) -> Weight {
		Weight::from_parts(516_118_556, 0)
			.saturating_add(Weight::from_parts(74_756_171, 0).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(51))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(d.into())))
			.saturating_add(ParityDbWeight::get().writes(13))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(d.into())))
	}
	fn on_lease_started() -> Weight {
		Weight::from_parts(129_122_000, 0)
			.saturating_add(ParityDbWeight::get().reads(42))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn on_lease_ended() -> Weight {
		Weight::from_parts(17_005_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn on_committed() -> Weight {
		Weight::from_parts(124_495_000, 0)
			.saturating_add(ParityDbWeight::get().reads(37))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn on_closed() -> Weight {
		Weight::from_parts(36_304_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(9))
	}
	fn on_attestor_fee() -> Weight {
		Weight::from_parts(155_030_000, 0)
			.saturating_add(ParityDbWeight::get().reads(39))
			.saturating_add(ParityDbWeight::get().writes(35))
	}
}
