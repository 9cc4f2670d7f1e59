//! Weights of `pallet_attestation`'s calls, measured. Written by `scripts/weights`: do not edit.
//!
//! - `benchmark pallet` of frame-omni-bencher 0.28.0; 2 cores, 24 GiB of memory
//! - 2026-11-22, AMD EPYC; 50 steps, 20 repeats, Wasm Compiled
//! - `bencher --runtime runtime.wasm --genesis-builder runtime --genesis-builder-preset development --pallet pallet_attestation --extrinsic * --steps 50 --repeat 20 --min-duration 3 --wasm-execution compiled --heap-pages 4096 --disable-proof-recording --no-storage-info --no-median-slopes --no-min-squares --quiet --template weights.hbs --header header.txt --output out/attestation.rs`
//!
//! Times are picoseconds, without the database, whose reads and writes are counted. Proof sizes are
//! left out: outside a parachain they have no meaning.
//!
//! COUNTED, NOT MEASURED yet: `answer_presence`, `submit_votes`, `conclude_pass`, `conclude_doubt`,
//! `authorize_submit_votes`, `look_at_vote`, `advance_challenge`, `advance_nothing`,
//! `on_initialize` and `on_lease_started`. Measure by `scripts/weights`.

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
	// Least time measured: 20_540_000 ps.
	fn commit_presence() -> Weight {
		Weight::from_parts(29_234_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Counted: the time is what the call took before, less the issue of an anchor.
	fn answer_presence(n: u32) -> Weight {
		Weight::from_parts(100_000_000, 0)
			.saturating_add(Weight::from_parts(9_464, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	// Least time measured: 12_869_000 ps.
	fn check_entry(n: u32) -> Weight {
		Weight::from_parts(18_099_648, 0)
			// Standard error: 74 ps.
			.saturating_add(Weight::from_parts(9_464, 0).saturating_mul(n.into()))
	}
	// Counted: of each vote three records read and the ballots written.
	fn submit_votes(s: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(Weight::from_parts(35_000_000, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(s.into())))
			.saturating_add(T::DbWeight::get().writes(2))
			.saturating_add(T::DbWeight::get().writes(s.into()))
	}
	// Counted: task and open votes, the lease and its place in the wheel.
	fn conclude_pass() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Counted: parameters, 32 buckets and the task read; a bucket, task and open votes written.
	fn conclude_doubt() -> Weight {
		Weight::from_parts(120_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(34))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Counted: what was measured with a look at each vote, with a look at one.
	fn authorize_submit_votes(s: u32, p: u32) -> Weight {
		Weight::from_parts(190_000_000, 0)
			.saturating_add(Weight::from_parts(1_000_000, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(8_464_384, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(6))
	}
	// Counted: what was measured of each vote in `authorize_submit_votes`.
	fn look_at_vote() -> Weight {
		Weight::from_parts(20_144_019, 0).saturating_add(T::DbWeight::get().reads(3))
	}
	// Least time measured: 14_574_039_000 ps.
	fn prove_fault(_p: u32) -> Weight {
		Weight::from_parts(22_228_192_037, 0)
			.saturating_add(T::DbWeight::get().reads(385))
			.saturating_add(T::DbWeight::get().writes(529))
	}
	// Least time measured: 7_650_449_000 ps.
	fn answer_data_challenge(p: u32) -> Weight {
		Weight::from_parts(10_085_950_708, 0)
			// Standard error: 3_627_485 ps.
			.saturating_add(Weight::from_parts(30_709_629, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(530))
			.saturating_add(T::DbWeight::get().writes(518))
	}
	// Least time measured: 50_725_000 ps.
	fn check_leaf(p: u32) -> Weight {
		Weight::from_parts(111_586_742, 0)
			// Standard error: 103_604 ps.
			.saturating_add(Weight::from_parts(10_326_183, 0).saturating_mul(p.into()))
	}
	// Least time measured: 339_755_000 ps.
	fn report_double_vote() -> Weight {
		Weight::from_parts(491_331_000, 0)
			.saturating_add(T::DbWeight::get().reads(42))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 120_980_000 ps.
	fn bond_attestor() -> Weight {
		Weight::from_parts(177_825_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 72_007_000 ps.
	fn unbond_attestor() -> Weight {
		Weight::from_parts(88_702_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 112_847_000 ps.
	fn withdraw_attestor() -> Weight {
		Weight::from_parts(117_314_000, 0)
			.saturating_add(T::DbWeight::get().reads(67))
			.saturating_add(T::DbWeight::get().writes(67))
	}
	// Least time measured: 109_242_000 ps.
	fn claim_reward() -> Weight {
		Weight::from_parts(128_211_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 328_859_000 ps.
	fn advance_draw() -> Weight {
		Weight::from_parts(404_792_000, 0)
			.saturating_add(T::DbWeight::get().reads(38))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 158_275_000 ps.
	fn advance_silence() -> Weight {
		Weight::from_parts(176_463_000, 0)
			.saturating_add(T::DbWeight::get().reads(15))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	// Least time measured: 142_682_000 ps.
	fn advance_slash() -> Weight {
		Weight::from_parts(167_689_000, 0)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Counted; the time is that of when it was measured last.
	fn advance_challenge() -> Weight {
		Weight::from_parts(215_400_000, 0)
			.saturating_add(T::DbWeight::get().reads(43))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Counted: two records read, nothing written.
	fn advance_nothing() -> Weight {
		Weight::from_parts(10_000_000, 0).saturating_add(T::DbWeight::get().reads(2))
	}
	// Least time measured: 8_904_000 ps.
	fn cancel_slash() -> Weight {
		Weight::from_parts(18_978_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 1_317_317_000 ps.
	fn set_params() -> Weight {
		Weight::from_parts(1_462_343_000, 0)
			.saturating_add(T::DbWeight::get().reads(259))
			.saturating_add(T::DbWeight::get().writes(258))
	}
	// Counted; the time is that of when it was measured last.
	fn on_initialize(d: u32) -> Weight {
		Weight::from_parts(56_857_038, 0)
			.saturating_add(Weight::from_parts(83_804_278, 0).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(41))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(d.into())))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(d.into())))
	}
	// Counted; the time is that of when it was measured last.
	fn on_lease_started() -> Weight {
		Weight::from_parts(167_539_000, 0)
			.saturating_add(T::DbWeight::get().reads(41))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 15_383_000 ps.
	fn on_lease_ended() -> Weight {
		Weight::from_parts(16_936_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 113_749_000 ps.
	fn on_committed() -> Weight {
		Weight::from_parts(119_898_000, 0)
			.saturating_add(T::DbWeight::get().reads(37))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 30_826_000 ps.
	fn on_closed() -> Weight {
		Weight::from_parts(37_616_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	// Least time measured: 147_339_000 ps.
	fn on_attestor_fee() -> Weight {
		Weight::from_parts(180_338_000, 0)
			.saturating_add(T::DbWeight::get().reads(39))
			.saturating_add(T::DbWeight::get().writes(35))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn commit_presence() -> Weight {
		Weight::from_parts(29_234_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn answer_presence(n: u32) -> Weight {
		Weight::from_parts(100_000_000, 0)
			.saturating_add(Weight::from_parts(9_464, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	fn check_entry(n: u32) -> Weight {
		Weight::from_parts(18_099_648, 0)
			.saturating_add(Weight::from_parts(9_464, 0).saturating_mul(n.into()))
	}
	fn submit_votes(s: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(Weight::from_parts(35_000_000, 0).saturating_mul(s.into()))
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(s.into())))
			.saturating_add(ParityDbWeight::get().writes(2))
			.saturating_add(ParityDbWeight::get().writes(s.into()))
	}
	fn conclude_pass() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn conclude_doubt() -> Weight {
		Weight::from_parts(120_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(34))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn authorize_submit_votes(s: u32, p: u32) -> Weight {
		Weight::from_parts(190_000_000, 0)
			.saturating_add(Weight::from_parts(1_000_000, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(8_464_384, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(6))
	}
	fn look_at_vote() -> Weight {
		Weight::from_parts(20_144_019, 0).saturating_add(ParityDbWeight::get().reads(3))
	}
	fn prove_fault(_p: u32) -> Weight {
		Weight::from_parts(22_228_192_037, 0)
			.saturating_add(ParityDbWeight::get().reads(385))
			.saturating_add(ParityDbWeight::get().writes(529))
	}
	fn answer_data_challenge(p: u32) -> Weight {
		Weight::from_parts(10_085_950_708, 0)
			.saturating_add(Weight::from_parts(30_709_629, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(530))
			.saturating_add(ParityDbWeight::get().writes(518))
	}
	fn check_leaf(p: u32) -> Weight {
		Weight::from_parts(111_586_742, 0)
			.saturating_add(Weight::from_parts(10_326_183, 0).saturating_mul(p.into()))
	}
	fn report_double_vote() -> Weight {
		Weight::from_parts(491_331_000, 0)
			.saturating_add(ParityDbWeight::get().reads(42))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn bond_attestor() -> Weight {
		Weight::from_parts(177_825_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn unbond_attestor() -> Weight {
		Weight::from_parts(88_702_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn withdraw_attestor() -> Weight {
		Weight::from_parts(117_314_000, 0)
			.saturating_add(ParityDbWeight::get().reads(67))
			.saturating_add(ParityDbWeight::get().writes(67))
	}
	fn claim_reward() -> Weight {
		Weight::from_parts(128_211_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn advance_draw() -> Weight {
		Weight::from_parts(404_792_000, 0)
			.saturating_add(ParityDbWeight::get().reads(38))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn advance_silence() -> Weight {
		Weight::from_parts(176_463_000, 0)
			.saturating_add(ParityDbWeight::get().reads(15))
			.saturating_add(ParityDbWeight::get().writes(9))
	}
	fn advance_slash() -> Weight {
		Weight::from_parts(167_689_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn advance_challenge() -> Weight {
		Weight::from_parts(215_400_000, 0)
			.saturating_add(ParityDbWeight::get().reads(43))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn advance_nothing() -> Weight {
		Weight::from_parts(10_000_000, 0).saturating_add(ParityDbWeight::get().reads(2))
	}
	fn cancel_slash() -> Weight {
		Weight::from_parts(18_978_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn set_params() -> Weight {
		Weight::from_parts(1_462_343_000, 0)
			.saturating_add(ParityDbWeight::get().reads(259))
			.saturating_add(ParityDbWeight::get().writes(258))
	}
	fn on_initialize(d: u32) -> Weight {
		Weight::from_parts(56_857_038, 0)
			.saturating_add(Weight::from_parts(83_804_278, 0).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(41))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(d.into())))
			.saturating_add(ParityDbWeight::get().writes(7))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(d.into())))
	}
	fn on_lease_started() -> Weight {
		Weight::from_parts(167_539_000, 0)
			.saturating_add(ParityDbWeight::get().reads(41))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn on_lease_ended() -> Weight {
		Weight::from_parts(16_936_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn on_committed() -> Weight {
		Weight::from_parts(119_898_000, 0)
			.saturating_add(ParityDbWeight::get().reads(37))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn on_closed() -> Weight {
		Weight::from_parts(37_616_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(9))
	}
	fn on_attestor_fee() -> Weight {
		Weight::from_parts(180_338_000, 0)
			.saturating_add(ParityDbWeight::get().reads(39))
			.saturating_add(ParityDbWeight::get().writes(35))
	}
}
