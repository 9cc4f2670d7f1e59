//! Weights of `pallet_attestation`'s calls, measured. Written by `scripts/weights`: do not edit.
//!
//! - `benchmark pallet` of frame-omni-bencher 0.28.0; 2 cores, 24 GiB of memory
//! - 2026-11-22, AMD EPYC; 50 steps, 20 repeats, Wasm Compiled
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
	/// `on_initialize`, `d` in 0..=64.
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
	// Least time measured: 20_610_000 ps.
	fn commit_presence() -> Weight {
		Weight::from_parts(22_313_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 48_111_000 ps.
	fn answer_presence(n: u32) -> Weight {
		Weight::from_parts(65_307_069, 0)
			// Standard error: 102 ps.
			.saturating_add(Weight::from_parts(7_173, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 12_999_000 ps.
	fn check_entry(n: u32) -> Weight {
		Weight::from_parts(18_981_416, 0)
			// Standard error: 41 ps.
			.saturating_add(Weight::from_parts(7_576, 0).saturating_mul(n.into()))
	}
	// Provisional: counted, not measured.
	fn submit_votes(s: u32) -> Weight {
		Weight::from_parts(62_655_497, 0)
			.saturating_add(Weight::from_parts(600_000, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Provisional: counted, not measured.
	fn tally() -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Provisional: counted, not measured.
	fn take_batch(s: u32) -> Weight {
		Weight::from_parts(15_000_000, 0)
			.saturating_add(Weight::from_parts(1_000_000, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Provisional: counted, not measured.
	fn hear_votes(v: u32) -> Weight {
		Weight::from_parts(25_000_000, 0)
			.saturating_add(Weight::from_parts(2_000_000, 0).saturating_mul(v.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 25_168_000 ps.
	fn conclude_pass() -> Weight {
		Weight::from_parts(30_565_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 141_009_000 ps.
	fn conclude_doubt() -> Weight {
		Weight::from_parts(173_458_000, 0)
			.saturating_add(T::DbWeight::get().reads(33))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 145_617_000 ps.
	fn authorize_submit_votes(s: u32, p: u32) -> Weight {
		Weight::from_parts(211_229_201, 0)
			// Standard error: 70_305 ps.
			.saturating_add(Weight::from_parts(486_022, 0).saturating_mul(s.into()))
			// Standard error: 73_738 ps.
			.saturating_add(Weight::from_parts(8_703_996, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(11))
	}
	// Least time measured: 42_423_000 ps.
	fn look_at_vote() -> Weight {
		Weight::from_parts(52_688_000, 0).saturating_add(T::DbWeight::get().reads(3))
	}
	// Least time measured: 13_823_302_000 ps.
	fn prove_fault(p: u32) -> Weight {
		Weight::from_parts(25_399_714_235, 0)
			// Standard error: 8_278_698 ps.
			.saturating_add(Weight::from_parts(61_839_649, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(898))
			.saturating_add(T::DbWeight::get().writes(536))
	}
	// Least time measured: 7_486_165_000 ps.
	fn answer_data_challenge(_p: u32) -> Weight {
		Weight::from_parts(10_461_544_139, 0)
			.saturating_add(T::DbWeight::get().reads(522))
			.saturating_add(T::DbWeight::get().writes(518))
	}
	// Least time measured: 50_986_000 ps.
	fn check_leaf(p: u32) -> Weight {
		Weight::from_parts(45_372_573, 0)
			// Standard error: 32_260 ps.
			.saturating_add(Weight::from_parts(10_637_220, 0).saturating_mul(p.into()))
	}
	// Least time measured: 320_436_000 ps.
	fn report_double_vote() -> Weight {
		Weight::from_parts(347_466_000, 0)
			.saturating_add(T::DbWeight::get().reads(42))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 116_664_000 ps.
	fn bond_attestor() -> Weight {
		Weight::from_parts(141_680_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 63_585_000 ps.
	fn unbond_attestor() -> Weight {
		Weight::from_parts(76_233_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 114_651_000 ps.
	fn withdraw_attestor() -> Weight {
		Weight::from_parts(119_347_000, 0)
			.saturating_add(T::DbWeight::get().reads(67))
			.saturating_add(T::DbWeight::get().writes(67))
	}
	// Least time measured: 98_507_000 ps.
	fn claim_reward() -> Weight {
		Weight::from_parts(114_900_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 303_001_000 ps.
	fn advance_draw() -> Weight {
		Weight::from_parts(340_175_000, 0)
			.saturating_add(T::DbWeight::get().reads(38))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 150_604_000 ps.
	fn advance_silence() -> Weight {
		Weight::from_parts(156_553_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(14))
	}
	// Least time measured: 127_149_000 ps.
	fn advance_slash() -> Weight {
		Weight::from_parts(145_636_000, 0)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Least time measured: 142_382_000 ps.
	fn advance_challenge() -> Weight {
		Weight::from_parts(148_491_000, 0)
			.saturating_add(T::DbWeight::get().reads(44))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Least time measured: 6_700_000 ps.
	fn advance_nothing() -> Weight {
		Weight::from_parts(7_311_000, 0).saturating_add(T::DbWeight::get().reads(2))
	}
	// Least time measured: 9_524_000 ps.
	fn cancel_slash() -> Weight {
		Weight::from_parts(10_596_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 1_327_032_000 ps.
	fn set_params() -> Weight {
		Weight::from_parts(1_390_246_000, 0)
			.saturating_add(T::DbWeight::get().reads(261))
			.saturating_add(T::DbWeight::get().writes(258))
	}
	// Least time measured: 16_845_000 ps.
	fn on_initialize(d: u32) -> Weight {
		Weight::from_parts(22_713_493, 0)
			// Standard error: 736_535 ps.
			.saturating_add(Weight::from_parts(80_517_378, 0).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(42))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(d.into())))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(d.into())))
	}
	// Least time measured: 116_343_000 ps.
	fn on_lease_started() -> Weight {
		Weight::from_parts(120_639_000, 0)
			.saturating_add(T::DbWeight::get().reads(42))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 15_664_000 ps.
	fn on_lease_ended() -> Weight {
		Weight::from_parts(16_805_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 112_737_000 ps.
	fn on_committed() -> Weight {
		Weight::from_parts(121_981_000, 0)
			.saturating_add(T::DbWeight::get().reads(37))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 32_449_000 ps.
	fn on_closed() -> Weight {
		Weight::from_parts(39_578_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	// Least time measured: 137_644_000 ps.
	fn on_attestor_fee() -> Weight {
		Weight::from_parts(150_083_000, 0)
			.saturating_add(T::DbWeight::get().reads(39))
			.saturating_add(T::DbWeight::get().writes(35))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn commit_presence() -> Weight {
		Weight::from_parts(22_313_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn answer_presence(n: u32) -> Weight {
		Weight::from_parts(65_307_069, 0)
			.saturating_add(Weight::from_parts(7_173, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn check_entry(n: u32) -> Weight {
		Weight::from_parts(18_981_416, 0)
			.saturating_add(Weight::from_parts(7_576, 0).saturating_mul(n.into()))
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
		Weight::from_parts(30_565_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn conclude_doubt() -> Weight {
		Weight::from_parts(173_458_000, 0)
			.saturating_add(ParityDbWeight::get().reads(33))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn authorize_submit_votes(s: u32, p: u32) -> Weight {
		Weight::from_parts(211_229_201, 0)
			.saturating_add(Weight::from_parts(486_022, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(8_703_996, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(11))
	}
	fn look_at_vote() -> Weight {
		Weight::from_parts(52_688_000, 0).saturating_add(ParityDbWeight::get().reads(3))
	}
	fn prove_fault(p: u32) -> Weight {
		Weight::from_parts(25_399_714_235, 0)
			.saturating_add(Weight::from_parts(61_839_649, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(898))
			.saturating_add(ParityDbWeight::get().writes(536))
	}
	fn answer_data_challenge(_p: u32) -> Weight {
		Weight::from_parts(10_461_544_139, 0)
			.saturating_add(ParityDbWeight::get().reads(522))
			.saturating_add(ParityDbWeight::get().writes(518))
	}
	fn check_leaf(p: u32) -> Weight {
		Weight::from_parts(45_372_573, 0)
			.saturating_add(Weight::from_parts(10_637_220, 0).saturating_mul(p.into()))
	}
	fn report_double_vote() -> Weight {
		Weight::from_parts(347_466_000, 0)
			.saturating_add(ParityDbWeight::get().reads(42))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn bond_attestor() -> Weight {
		Weight::from_parts(141_680_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn unbond_attestor() -> Weight {
		Weight::from_parts(76_233_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn withdraw_attestor() -> Weight {
		Weight::from_parts(119_347_000, 0)
			.saturating_add(ParityDbWeight::get().reads(67))
			.saturating_add(ParityDbWeight::get().writes(67))
	}
	fn claim_reward() -> Weight {
		Weight::from_parts(114_900_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn advance_draw() -> Weight {
		Weight::from_parts(340_175_000, 0)
			.saturating_add(ParityDbWeight::get().reads(38))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn advance_silence() -> Weight {
		Weight::from_parts(156_553_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(14))
	}
	fn advance_slash() -> Weight {
		Weight::from_parts(145_636_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn advance_challenge() -> Weight {
		Weight::from_parts(148_491_000, 0)
			.saturating_add(ParityDbWeight::get().reads(44))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn advance_nothing() -> Weight {
		Weight::from_parts(7_311_000, 0).saturating_add(ParityDbWeight::get().reads(2))
	}
	fn cancel_slash() -> Weight {
		Weight::from_parts(10_596_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn set_params() -> Weight {
		Weight::from_parts(1_390_246_000, 0)
			.saturating_add(ParityDbWeight::get().reads(261))
			.saturating_add(ParityDbWeight::get().writes(258))
	}
	fn on_initialize(d: u32) -> Weight {
		Weight::from_parts(22_713_493, 0)
			.saturating_add(Weight::from_parts(80_517_378, 0).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(42))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(d.into())))
			.saturating_add(ParityDbWeight::get().writes(7))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(d.into())))
	}
	fn on_lease_started() -> Weight {
		Weight::from_parts(120_639_000, 0)
			.saturating_add(ParityDbWeight::get().reads(42))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn on_lease_ended() -> Weight {
		Weight::from_parts(16_805_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn on_committed() -> Weight {
		Weight::from_parts(121_981_000, 0)
			.saturating_add(ParityDbWeight::get().reads(37))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn on_closed() -> Weight {
		Weight::from_parts(39_578_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(9))
	}
	fn on_attestor_fee() -> Weight {
		Weight::from_parts(150_083_000, 0)
			.saturating_add(ParityDbWeight::get().reads(39))
			.saturating_add(ParityDbWeight::get().writes(35))
	}
}
