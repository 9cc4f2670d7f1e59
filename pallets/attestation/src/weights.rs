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
	/// `submit_votes`, `s` in 1..=64, `p` in 0..=60.
	fn submit_votes(s: u32, p: u32) -> Weight;
	/// `authorize_submit_votes`, `s` in 1..=64, `p` in 0..=60.
	fn authorize_submit_votes(s: u32, p: u32) -> Weight;
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
	// Least time measured: 17_977_000 ps.
	fn commit_presence() -> Weight {
		Weight::from_parts(20_321_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 162_502_000 ps.
	fn answer_presence(n: u32) -> Weight {
		Weight::from_parts(182_798_754, 0)
			// Standard error: 214 ps.
			.saturating_add(Weight::from_parts(8_235, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(44))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Least time measured: 12_758_000 ps.
	fn check_entry(n: u32) -> Weight {
		Weight::from_parts(22_978_008, 0)
			// Standard error: 34 ps.
			.saturating_add(Weight::from_parts(6_600, 0).saturating_mul(n.into()))
	}
	// Least time measured: 1_368_023_000 ps.
	fn submit_votes(s: u32, p: u32) -> Weight {
		Weight::from_parts(880_617_021, 0)
			// Standard error: 1_486_337 ps.
			.saturating_add(Weight::from_parts(63_261_553, 0).saturating_mul(s.into()))
			// Standard error: 1_558_916 ps.
			.saturating_add(Weight::from_parts(11_271_027, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().reads(4_u64.saturating_mul(s.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64.saturating_mul(s.into())))
	}
	// Least time measured: 579_851_000 ps.
	fn authorize_submit_votes(s: u32, p: u32) -> Weight {
		Weight::from_parts(152_695_669, 0)
			// Standard error: 199_784 ps.
			.saturating_add(Weight::from_parts(13_524_838, 0).saturating_mul(s.into()))
			// Standard error: 209_540 ps.
			.saturating_add(Weight::from_parts(8_191_618, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(s.into())))
	}
	// Least time measured: 13_403_939_000 ps.
	fn prove_fault(p: u32) -> Weight {
		Weight::from_parts(13_953_586_186, 0)
			// Standard error: 1_488_942 ps.
			.saturating_add(Weight::from_parts(34_822_841, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(382))
			.saturating_add(T::DbWeight::get().writes(528))
	}
	// Least time measured: 7_180_651_000 ps.
	fn answer_data_challenge(p: u32) -> Weight {
		Weight::from_parts(7_718_315_368, 0)
			// Standard error: 2_332_981 ps.
			.saturating_add(Weight::from_parts(31_492_395, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(529))
			.saturating_add(T::DbWeight::get().writes(518))
	}
	// Least time measured: 49_253_000 ps.
	fn check_leaf(p: u32) -> Weight {
		Weight::from_parts(41_047_639, 0)
			// Standard error: 24_351 ps.
			.saturating_add(Weight::from_parts(10_813_478, 0).saturating_mul(p.into()))
	}
	// Least time measured: 373_876_000 ps.
	fn report_double_vote() -> Weight {
		Weight::from_parts(411_932_000, 0)
			.saturating_add(T::DbWeight::get().reads(42))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Least time measured: 117_174_000 ps.
	fn bond_attestor() -> Weight {
		Weight::from_parts(132_728_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 62_553_000 ps.
	fn unbond_attestor() -> Weight {
		Weight::from_parts(85_007_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Least time measured: 111_516_000 ps.
	fn withdraw_attestor() -> Weight {
		Weight::from_parts(117_975_000, 0)
			.saturating_add(T::DbWeight::get().reads(67))
			.saturating_add(T::DbWeight::get().writes(67))
	}
	// Least time measured: 95_742_000 ps.
	fn claim_reward() -> Weight {
		Weight::from_parts(120_439_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 290_601_000 ps.
	fn advance_draw() -> Weight {
		Weight::from_parts(319_835_000, 0)
			.saturating_add(T::DbWeight::get().reads(38))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 144_354_000 ps.
	fn advance_silence() -> Weight {
		Weight::from_parts(157_955_000, 0)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Least time measured: 132_127_000 ps.
	fn advance_slash() -> Weight {
		Weight::from_parts(155_061_000, 0)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Least time measured: 138_365_000 ps.
	fn advance_challenge() -> Weight {
		Weight::from_parts(145_837_000, 0)
			.saturating_add(T::DbWeight::get().reads(44))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Least time measured: 8_813_000 ps.
	fn cancel_slash() -> Weight {
		Weight::from_parts(9_774_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Least time measured: 1_286_272_000 ps.
	fn set_params() -> Weight {
		Weight::from_parts(1_396_986_000, 0)
			.saturating_add(T::DbWeight::get().reads(259))
			.saturating_add(T::DbWeight::get().writes(258))
	}
	// Least time measured: 15_443_000 ps.
	fn on_initialize(d: u32) -> Weight {
		Weight::from_parts(221_376_106, 0)
			// Standard error: 622_116 ps.
			.saturating_add(Weight::from_parts(75_742_887, 0).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(41))
			.saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(d.into())))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(T::DbWeight::get().writes(3_u64.saturating_mul(d.into())))
	}
	// Least time measured: 111_886_000 ps.
	fn on_lease_started() -> Weight {
		Weight::from_parts(121_961_000, 0)
			.saturating_add(T::DbWeight::get().reads(41))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	// Least time measured: 14_682_000 ps.
	fn on_lease_ended() -> Weight {
		Weight::from_parts(16_164_000, 0)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Least time measured: 109_653_000 ps.
	fn on_committed() -> Weight {
		Weight::from_parts(113_840_000, 0)
			.saturating_add(T::DbWeight::get().reads(36))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Least time measured: 30_986_000 ps.
	fn on_closed() -> Weight {
		Weight::from_parts(40_700_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	// Least time measured: 140_689_000 ps.
	fn on_attestor_fee() -> Weight {
		Weight::from_parts(161_961_000, 0)
			.saturating_add(T::DbWeight::get().reads(39))
			.saturating_add(T::DbWeight::get().writes(35))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn commit_presence() -> Weight {
		Weight::from_parts(20_321_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn answer_presence(n: u32) -> Weight {
		Weight::from_parts(182_798_754, 0)
			.saturating_add(Weight::from_parts(8_235, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(44))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn check_entry(n: u32) -> Weight {
		Weight::from_parts(22_978_008, 0)
			.saturating_add(Weight::from_parts(6_600, 0).saturating_mul(n.into()))
	}
	fn submit_votes(s: u32, p: u32) -> Weight {
		Weight::from_parts(880_617_021, 0)
			.saturating_add(Weight::from_parts(63_261_553, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(11_271_027, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(9))
			.saturating_add(ParityDbWeight::get().reads(4_u64.saturating_mul(s.into())))
			.saturating_add(ParityDbWeight::get().writes(4_u64.saturating_mul(s.into())))
	}
	fn authorize_submit_votes(s: u32, p: u32) -> Weight {
		Weight::from_parts(152_695_669, 0)
			.saturating_add(Weight::from_parts(13_524_838, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(8_191_618, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(s.into())))
	}
	fn prove_fault(p: u32) -> Weight {
		Weight::from_parts(13_953_586_186, 0)
			.saturating_add(Weight::from_parts(34_822_841, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(382))
			.saturating_add(ParityDbWeight::get().writes(528))
	}
	fn answer_data_challenge(p: u32) -> Weight {
		Weight::from_parts(7_718_315_368, 0)
			.saturating_add(Weight::from_parts(31_492_395, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(529))
			.saturating_add(ParityDbWeight::get().writes(518))
	}
	fn check_leaf(p: u32) -> Weight {
		Weight::from_parts(41_047_639, 0)
			.saturating_add(Weight::from_parts(10_813_478, 0).saturating_mul(p.into()))
	}
	fn report_double_vote() -> Weight {
		Weight::from_parts(411_932_000, 0)
			.saturating_add(ParityDbWeight::get().reads(42))
			.saturating_add(ParityDbWeight::get().writes(6))
	}
	fn bond_attestor() -> Weight {
		Weight::from_parts(132_728_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn unbond_attestor() -> Weight {
		Weight::from_parts(85_007_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn withdraw_attestor() -> Weight {
		Weight::from_parts(117_975_000, 0)
			.saturating_add(ParityDbWeight::get().reads(67))
			.saturating_add(ParityDbWeight::get().writes(67))
	}
	fn claim_reward() -> Weight {
		Weight::from_parts(120_439_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn advance_draw() -> Weight {
		Weight::from_parts(319_835_000, 0)
			.saturating_add(ParityDbWeight::get().reads(38))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn advance_silence() -> Weight {
		Weight::from_parts(157_955_000, 0)
			.saturating_add(ParityDbWeight::get().reads(13))
			.saturating_add(ParityDbWeight::get().writes(7))
	}
	fn advance_slash() -> Weight {
		Weight::from_parts(155_061_000, 0)
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn advance_challenge() -> Weight {
		Weight::from_parts(145_837_000, 0)
			.saturating_add(ParityDbWeight::get().reads(44))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn cancel_slash() -> Weight {
		Weight::from_parts(9_774_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn set_params() -> Weight {
		Weight::from_parts(1_396_986_000, 0)
			.saturating_add(ParityDbWeight::get().reads(259))
			.saturating_add(ParityDbWeight::get().writes(258))
	}
	fn on_initialize(d: u32) -> Weight {
		Weight::from_parts(221_376_106, 0)
			.saturating_add(Weight::from_parts(75_742_887, 0).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(41))
			.saturating_add(ParityDbWeight::get().reads(3_u64.saturating_mul(d.into())))
			.saturating_add(ParityDbWeight::get().writes(7))
			.saturating_add(ParityDbWeight::get().writes(3_u64.saturating_mul(d.into())))
	}
	fn on_lease_started() -> Weight {
		Weight::from_parts(121_961_000, 0)
			.saturating_add(ParityDbWeight::get().reads(41))
			.saturating_add(ParityDbWeight::get().writes(8))
	}
	fn on_lease_ended() -> Weight {
		Weight::from_parts(16_164_000, 0)
			.saturating_add(ParityDbWeight::get().reads(4))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn on_committed() -> Weight {
		Weight::from_parts(113_840_000, 0)
			.saturating_add(ParityDbWeight::get().reads(36))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn on_closed() -> Weight {
		Weight::from_parts(40_700_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(9))
	}
	fn on_attestor_fee() -> Weight {
		Weight::from_parts(161_961_000, 0)
			.saturating_add(ParityDbWeight::get().reads(39))
			.saturating_add(ParityDbWeight::get().writes(35))
	}
}
