//! Weights of `pallet_attestation`'s calls, measured where nothing else is said. Written by `scripts/weights`: do not edit.
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
	// Least time measured: 20_991_000 ps.
	fn commit_presence() -> Weight {
		Weight::from_parts(22_784_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 49_534_000 ps.
	fn answer_presence(n: u32) -> Weight {
		Weight::from_parts(59_808_787, 0)
			// Standard error: 83 ps.
			.saturating_add(Weight::from_parts(7_084, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 12_999_000 ps.
	fn check_entry(n: u32) -> Weight {
		Weight::from_parts(22_533_547, 0)
			// Standard error: 12 ps.
			.saturating_add(Weight::from_parts(6_439, 0).saturating_mul(n.into()))
	}
	// Counted, not measured.
	fn submit_votes(s: u32) -> Weight {
		Weight::from_parts(62_655_497, 0)
			.saturating_add(Weight::from_parts(600_000, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Counted, not measured.
	fn tally() -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Counted, not measured.
	fn take_batch(s: u32) -> Weight {
		Weight::from_parts(15_000_000, 0)
			.saturating_add(Weight::from_parts(1_000_000, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Counted, not measured.
	fn hear_votes(v: u32) -> Weight {
		Weight::from_parts(25_000_000, 0)
			.saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(v.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 24_386_000 ps.
	fn conclude_pass() -> Weight {
		Weight::from_parts(27_090_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 132_077_000 ps.
	fn conclude_doubt() -> Weight {
		Weight::from_parts(145_906_000, 0)
			.saturating_add(T::DbWeight::get().reads(34))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 148_611_000 ps; since then the batches that wait counted, not measured.
	fn authorize_submit_votes(s: u32, p: u32) -> Weight {
		Weight::from_parts(194_086_360, 0)
			// Standard error: 63_020 ps.
			.saturating_add(Weight::from_parts(821_896, 0).saturating_mul(s.into()))
			// Standard error: 66_098 ps.
			.saturating_add(Weight::from_parts(8_406_752, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(11))
	}
	// Least time measured: 27_431_000 ps.
	fn look_at_vote() -> Weight {
		Weight::from_parts(41_221_000, 0).saturating_add(T::DbWeight::get().reads(3))
	}
	// Least time measured: 14_082_578_000 ps; since then the batches that wait counted, not measured.
	fn prove_fault(p: u32) -> Weight {
		Weight::from_parts(24_639_514_017, 0)
			// Standard error: 1_248_175 ps.
			.saturating_add(Weight::from_parts(18_201_763, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(898))
			.saturating_add(T::DbWeight::get().writes(535))
	}
	// Least time measured: 7_109_045_000 ps.
	fn answer_data_challenge(p: u32) -> Weight {
		Weight::from_parts(8_131_422_478, 0)
			// Standard error: 3_538_549 ps.
			.saturating_add(Weight::from_parts(22_623_760, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(522))
			.saturating_add(T::DbWeight::get().writes(518))
	}
	// Least time measured: 50_755_000 ps.
	fn check_leaf(p: u32) -> Weight {
		Weight::from_parts(44_321_260, 0)
			// Standard error: 66_919 ps.
			.saturating_add(Weight::from_parts(10_976_792, 0).saturating_mul(p.into()))
	}
	// Provisional: four times what V8 took for the dearest (docs/adr/0009), until `scripts/weights` runs.
	fn check_piece() -> Weight {
		Weight::from_parts(1_000_000_000, 0)
	}
	// Provisional, as above: `w` thousands of work.
	fn check_layered_leaf(w: u32) -> Weight {
		Weight::from_parts(200_000_000, 0)
			.saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(w.into()))
	}
	// Least time measured: 310_282_000 ps.
	fn report_double_vote() -> Weight {
		Weight::from_parts(347_006_000, 0)
			.saturating_add(T::DbWeight::get().reads(42))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 115_021_000 ps.
	fn bond_attestor() -> Weight {
		Weight::from_parts(131_155_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 69_263_000 ps.
	fn unbond_attestor() -> Weight {
		Weight::from_parts(81_481_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 114_290_000 ps.
	fn withdraw_attestor() -> Weight {
		Weight::from_parts(119_087_000, 0)
			.saturating_add(T::DbWeight::get().reads(67))
			.saturating_add(T::DbWeight::get().writes(67))
	}
	// Least time measured: 94_821_000 ps.
	fn claim_reward() -> Weight {
		Weight::from_parts(113_980_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 305_263_000 ps.
	fn advance_draw() -> Weight {
		Weight::from_parts(345_964_000, 0)
			.saturating_add(T::DbWeight::get().reads(38))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 151_355_000 ps.
	fn advance_silence() -> Weight {
		Weight::from_parts(157_464_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(14))
	}
	// Least time measured: 134_990_000 ps.
	fn advance_slash() -> Weight {
		Weight::from_parts(149_452_000, 0)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Least time measured: 146_027_000 ps.
	fn advance_challenge() -> Weight {
		Weight::from_parts(153_278_000, 0)
			.saturating_add(T::DbWeight::get().reads(44))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Least time measured: 6_430_000 ps.
	fn advance_nothing() -> Weight {
		Weight::from_parts(7_041_000, 0).saturating_add(T::DbWeight::get().reads(2))
	}
	// Least time measured: 9_144_000 ps.
	fn cancel_slash() -> Weight {
		Weight::from_parts(10_005_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 1_299_481_000 ps.
	fn set_params() -> Weight {
		Weight::from_parts(1_391_098_000, 0)
			.saturating_add(T::DbWeight::get().reads(261))
			.saturating_add(T::DbWeight::get().writes(258))
	}
	// Least time measured: 16_645_000 ps; since then one read counted, not measured.
	fn on_initialize(d: u32) -> Weight {
		Weight::from_parts(388_894_561, 0)
			// Standard error: 427_112 ps.
			.saturating_add(Weight::from_parts(72_600_099, 0).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(51))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(d.into())))
			.saturating_add(T::DbWeight::get().writes(13))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(d.into())))
	}
	// Least time measured: 119_958_000 ps.
	fn on_lease_started() -> Weight {
		Weight::from_parts(128_991_000, 0)
			.saturating_add(T::DbWeight::get().reads(42))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 15_233_000 ps.
	fn on_lease_ended() -> Weight {
		Weight::from_parts(16_654_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 115_632_000 ps.
	fn on_committed() -> Weight {
		Weight::from_parts(120_039_000, 0)
			.saturating_add(T::DbWeight::get().reads(37))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 29_814_000 ps.
	fn on_closed() -> Weight {
		Weight::from_parts(34_151_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	// Least time measured: 133_779_000 ps.
	fn on_attestor_fee() -> Weight {
		Weight::from_parts(144_395_000, 0)
			.saturating_add(T::DbWeight::get().reads(39))
			.saturating_add(T::DbWeight::get().writes(35))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn commit_presence() -> Weight {
		Weight::from_parts(22_784_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn answer_presence(n: u32) -> Weight {
		Weight::from_parts(59_808_787, 0)
			.saturating_add(Weight::from_parts(7_084, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn check_entry(n: u32) -> Weight {
		Weight::from_parts(22_533_547, 0)
			.saturating_add(Weight::from_parts(6_439, 0).saturating_mul(n.into()))
	}
	fn submit_votes(s: u32) -> Weight {
		Weight::from_parts(62_655_497, 0)
			.saturating_add(Weight::from_parts(600_000, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn tally() -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn take_batch(s: u32) -> Weight {
		Weight::from_parts(15_000_000, 0)
			.saturating_add(Weight::from_parts(1_000_000, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn hear_votes(v: u32) -> Weight {
		Weight::from_parts(25_000_000, 0)
			.saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(v.into()))
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn conclude_pass() -> Weight {
		Weight::from_parts(27_090_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn conclude_doubt() -> Weight {
		Weight::from_parts(145_906_000, 0)
			.saturating_add(ParityDbWeight::get().reads(34))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn authorize_submit_votes(s: u32, p: u32) -> Weight {
		Weight::from_parts(194_086_360, 0)
			.saturating_add(Weight::from_parts(821_896, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(8_406_752, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(11))
	}
	fn look_at_vote() -> Weight {
		Weight::from_parts(41_221_000, 0).saturating_add(ParityDbWeight::get().reads(3))
	}
	fn prove_fault(p: u32) -> Weight {
		Weight::from_parts(24_639_514_017, 0)
			.saturating_add(Weight::from_parts(18_201_763, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(898))
			.saturating_add(ParityDbWeight::get().writes(535))
	}
	fn answer_data_challenge(p: u32) -> Weight {
		Weight::from_parts(8_131_422_478, 0)
			.saturating_add(Weight::from_parts(22_623_760, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(522))
			.saturating_add(ParityDbWeight::get().writes(518))
	}
	fn check_leaf(p: u32) -> Weight {
		Weight::from_parts(44_321_260, 0)
			.saturating_add(Weight::from_parts(10_976_792, 0).saturating_mul(p.into()))
	}
	// Provisional: four times what V8 took for the dearest (docs/adr/0009), until `scripts/weights` runs.
	fn check_piece() -> Weight {
		Weight::from_parts(1_000_000_000, 0)
	}
	// Provisional, as above: `w` thousands of work.
	fn check_layered_leaf(w: u32) -> Weight {
		Weight::from_parts(200_000_000, 0)
			.saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(w.into()))
	}
	fn report_double_vote() -> Weight {
		Weight::from_parts(347_006_000, 0)
			.saturating_add(ParityDbWeight::get().reads(42))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn bond_attestor() -> Weight {
		Weight::from_parts(131_155_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn unbond_attestor() -> Weight {
		Weight::from_parts(81_481_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn withdraw_attestor() -> Weight {
		Weight::from_parts(119_087_000, 0)
			.saturating_add(ParityDbWeight::get().reads(67))
			.saturating_add(ParityDbWeight::get().writes(67))
	}
	fn claim_reward() -> Weight {
		Weight::from_parts(113_980_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn advance_draw() -> Weight {
		Weight::from_parts(345_964_000, 0)
			.saturating_add(ParityDbWeight::get().reads(38))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn advance_silence() -> Weight {
		Weight::from_parts(157_464_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(14))
	}
	fn advance_slash() -> Weight {
		Weight::from_parts(149_452_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn advance_challenge() -> Weight {
		Weight::from_parts(153_278_000, 0)
			.saturating_add(ParityDbWeight::get().reads(44))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn advance_nothing() -> Weight {
		Weight::from_parts(7_041_000, 0).saturating_add(ParityDbWeight::get().reads(2))
	}
	fn cancel_slash() -> Weight {
		Weight::from_parts(10_005_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn set_params() -> Weight {
		Weight::from_parts(1_391_098_000, 0)
			.saturating_add(ParityDbWeight::get().reads(261))
			.saturating_add(ParityDbWeight::get().writes(258))
	}
	fn on_initialize(d: u32) -> Weight {
		Weight::from_parts(388_894_561, 0)
			.saturating_add(Weight::from_parts(72_600_099, 0).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(51))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(d.into())))
			.saturating_add(ParityDbWeight::get().writes(13))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(d.into())))
	}
	fn on_lease_started() -> Weight {
		Weight::from_parts(128_991_000, 0)
			.saturating_add(ParityDbWeight::get().reads(42))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn on_lease_ended() -> Weight {
		Weight::from_parts(16_654_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn on_committed() -> Weight {
		Weight::from_parts(120_039_000, 0)
			.saturating_add(ParityDbWeight::get().reads(37))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn on_closed() -> Weight {
		Weight::from_parts(34_151_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(9))
	}
	fn on_attestor_fee() -> Weight {
		Weight::from_parts(144_395_000, 0)
			.saturating_add(ParityDbWeight::get().reads(39))
			.saturating_add(ParityDbWeight::get().writes(35))
	}
}
