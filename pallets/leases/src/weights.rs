//! Weights of `pallet_leases`'s calls, measured. Written by `scripts/weights`: do not edit.
//!
//! - `benchmark pallet` of frame-omni-bencher 0.28.0; 2 cores, 24 GiB of memory
//! - 2026-11-22, AMD EPYC; 50 steps, 20 repeats, Wasm Compiled
//! - `bencher --runtime runtime.wasm --genesis-builder runtime --genesis-builder-preset development --pallet pallet_leases --extrinsic * --steps 50 --repeat 20 --min-duration 3 --wasm-execution compiled --heap-pages 4096 --disable-proof-recording --no-storage-info --no-median-slopes --no-min-squares --quiet --template weights.hbs --header header.txt --output out/leases.rs`
//!
//! Times are picoseconds, without the database, whose reads and writes are counted. Proof sizes are
//! left out: outside a parachain they have no meaning.
//!
//! COUNTED, NOT MEASURED yet: `start`, `cancel`, `top_up`, `settle`, `finish`, `finish_job`,
//! `finish_undelivered`, `expire_lease`, `extend`, `pause`, `resume`, `set_auto_top_up`, `reclaim`,
//! `propose_change`, `accept_change`, `withdraw_change`, `offer_transfer`, `take_transfer`,
//! `migrate`, `dispute`, `arbitrate`, `settle_many`, `withdraw_many`, `approve_asset`, `remove_asset`. Their reads and writes are
//! counted, and their times put together from the measured ones; measure them by `scripts/weights`.

// What regression leaves over may be one, and a component may not matter.
#![allow(clippy::identity_op, clippy::unnecessary_cast, unused_parens)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, RuntimeDbWeight, Weight},
};

/// Counted: what a payment to provider, model's owner, treasury and consumer takes more if the lease
/// is paid in an asset. Goes once all is measured with assets.
fn asset_paid(db: RuntimeDbWeight) -> Weight {
	Weight::from_parts(60_000_000, 0).saturating_add(db.reads_writes(10, 9))
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
	/// `top_up` by a donor, of a paused lease that resumes.
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
	/// `extend` of a paused lease, with funds.
	fn extend() -> Weight;
	/// `pause` for want of funds, with an auto top-up that does not suffice.
	fn pause() -> Weight;
	/// `resume` with an auto top-up.
	fn resume() -> Weight;
	/// `set_auto_top_up`.
	fn set_auto_top_up() -> Weight;
	/// `reclaim`.
	fn reclaim() -> Weight;
	/// `propose_change`.
	fn propose_change() -> Weight;
	/// `accept_change` to more units.
	fn accept_change() -> Weight;
	/// `withdraw_change`.
	fn withdraw_change() -> Weight;
	/// `offer_transfer`.
	fn offer_transfer() -> Weight;
	/// `take_transfer` of a running lease.
	fn take_transfer() -> Weight;
	/// `migrate` with a rest that is refunded.
	fn migrate() -> Weight;
	/// `dispute` of a running lease.
	fn dispute() -> Weight;
	/// `arbitrate`, without what listens.
	fn arbitrate() -> Weight;
	/// `settle_many` of `n` leases.
	fn settle_many(n: u32) -> Weight;
	/// `withdraw_many` of `n` leases.
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
	// Least time measured: 64_366_000 ps.
	fn accept() -> Weight {
		Weight::from_parts(68_653_000, 0)
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	// Counted: as measured before, with the machine's calendar.
	fn start() -> Weight {
		Weight::from_parts(270_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(27))
			.saturating_add(T::DbWeight::get().writes(14))
	}
	// Counted: as measured before, with two records and the calendar.
	fn cancel() -> Weight {
		Weight::from_parts(305_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(25))
			.saturating_add(T::DbWeight::get().writes(16))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted: as measured before of a running one, with machine, calendar and wheel.
	fn top_up() -> Weight {
		Weight::from_parts(190_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(20))
			.saturating_add(T::DbWeight::get().writes(8))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted: as measured before, with a pull from the wallet.
	fn settle() -> Weight {
		Weight::from_parts(360_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(14))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Least time measured: 116_143_000 ps.
	fn close() -> Weight {
		Weight::from_parts(121_811_000, 0)
			.saturating_add(T::DbWeight::get().reads(15))
			.saturating_add(T::DbWeight::get().writes(5))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted: as measured before, with two records and the calendar.
	fn finish() -> Weight {
		Weight::from_parts(425_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(36))
			.saturating_add(T::DbWeight::get().writes(22))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted: as measured before, with two records.
	fn finish_job() -> Weight {
		Weight::from_parts(370_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(31))
			.saturating_add(T::DbWeight::get().writes(28))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted: as measured before, with two records.
	fn finish_undelivered() -> Weight {
		Weight::from_parts(520_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(17))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Least time measured: 48_632_000 ps.
	fn commit_result() -> Weight {
		Weight::from_parts(52_188_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(6))
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
	// Counted: as `top_up`, with parameters and machine.
	fn extend() -> Weight {
		Weight::from_parts(200_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(22))
			.saturating_add(T::DbWeight::get().writes(9))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted: as `settle` and `close`.
	fn pause() -> Weight {
		Weight::from_parts(410_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(30))
			.saturating_add(T::DbWeight::get().writes(18))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted: as `settle` and `close`.
	fn resume() -> Weight {
		Weight::from_parts(410_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(30))
			.saturating_add(T::DbWeight::get().writes(18))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted: the lease.
	fn set_auto_top_up() -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Counted: lease, machine, wheel.
	fn reclaim() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	// Counted: lease, machine, parameters, version.
	fn propose_change() -> Weight {
		Weight::from_parts(50_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Counted: lease, machine, calendar, runs, wheel.
	fn accept_change() -> Weight {
		Weight::from_parts(110_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(18))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	// Counted: lease, machine.
	fn withdraw_change() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Counted: the lease.
	fn offer_transfer() -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Counted: lease, runs, two accounts and their holds, two index entries.
	fn take_transfer() -> Weight {
		Weight::from_parts(200_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(8))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted: as `close` and `open_metered`.
	fn migrate() -> Weight {
		Weight::from_parts(300_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(32))
			.saturating_add(T::DbWeight::get().writes(14))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted: as `close`, and the claim.
	fn dispute() -> Weight {
		Weight::from_parts(140_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted: as `finish`, with the arbiter's account.
	fn arbitrate() -> Weight {
		Weight::from_parts(460_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(37))
			.saturating_add(T::DbWeight::get().writes(23))
			.saturating_add(asset_paid(T::DbWeight::get()))
	}
	// Counted: as many times `settle`.
	fn settle_many(n: u32) -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(Weight::from_parts(360_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(21_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(14_u64.saturating_mul(n.into())))
			.saturating_add(asset_paid(T::DbWeight::get()).saturating_mul(n.into()))
	}
	// Counted: as many times `settle`, and the index.
	fn withdraw_many(n: u32) -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(Weight::from_parts(365_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().reads(23_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(14_u64.saturating_mul(n.into())))
			.saturating_add(asset_paid(T::DbWeight::get()).saturating_mul(n.into()))
	}
	// Least time measured: 3_516_000 ps.
	fn expire_bucket() -> Weight {
		Weight::from_parts(3_956_000, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	// Counted: as `finish`.
	fn expire_lease() -> Weight {
		Weight::from_parts(425_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(36))
			.saturating_add(T::DbWeight::get().writes(23))
			.saturating_add(asset_paid(T::DbWeight::get()))
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
		Weight::from_parts(68_653_000, 0)
			.saturating_add(ParityDbWeight::get().reads(12))
			.saturating_add(ParityDbWeight::get().writes(4))
	}
	fn start() -> Weight {
		Weight::from_parts(270_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(27))
			.saturating_add(ParityDbWeight::get().writes(14))
	}
	fn cancel() -> Weight {
		Weight::from_parts(305_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(25))
			.saturating_add(ParityDbWeight::get().writes(16))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn top_up() -> Weight {
		Weight::from_parts(190_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(20))
			.saturating_add(ParityDbWeight::get().writes(8))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn settle() -> Weight {
		Weight::from_parts(360_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(21))
			.saturating_add(ParityDbWeight::get().writes(14))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn close() -> Weight {
		Weight::from_parts(121_811_000, 0)
			.saturating_add(ParityDbWeight::get().reads(15))
			.saturating_add(ParityDbWeight::get().writes(5))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn finish() -> Weight {
		Weight::from_parts(425_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(36))
			.saturating_add(ParityDbWeight::get().writes(22))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn finish_job() -> Weight {
		Weight::from_parts(370_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(31))
			.saturating_add(ParityDbWeight::get().writes(28))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn finish_undelivered() -> Weight {
		Weight::from_parts(520_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(17))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn commit_result() -> Weight {
		Weight::from_parts(52_188_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6))
			.saturating_add(ParityDbWeight::get().writes(6))
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
		Weight::from_parts(200_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(22))
			.saturating_add(ParityDbWeight::get().writes(9))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn pause() -> Weight {
		Weight::from_parts(410_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(30))
			.saturating_add(ParityDbWeight::get().writes(18))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn resume() -> Weight {
		Weight::from_parts(410_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(30))
			.saturating_add(ParityDbWeight::get().writes(18))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn set_auto_top_up() -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn reclaim() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14))
			.saturating_add(ParityDbWeight::get().writes(3))
	}
	fn propose_change() -> Weight {
		Weight::from_parts(50_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn accept_change() -> Weight {
		Weight::from_parts(110_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(18))
			.saturating_add(ParityDbWeight::get().writes(5))
	}
	fn withdraw_change() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn offer_transfer() -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn take_transfer() -> Weight {
		Weight::from_parts(200_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(10))
			.saturating_add(ParityDbWeight::get().writes(8))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn migrate() -> Weight {
		Weight::from_parts(300_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(32))
			.saturating_add(ParityDbWeight::get().writes(14))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn dispute() -> Weight {
		Weight::from_parts(140_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(17))
			.saturating_add(ParityDbWeight::get().writes(7))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn arbitrate() -> Weight {
		Weight::from_parts(460_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(37))
			.saturating_add(ParityDbWeight::get().writes(23))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	fn settle_many(n: u32) -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(Weight::from_parts(360_000_000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(21_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(14_u64.saturating_mul(n.into())))
			.saturating_add(asset_paid(ParityDbWeight::get()).saturating_mul(n.into()))
	}
	fn withdraw_many(n: u32) -> Weight {
		Weight::from_parts(10_000_000, 0)
			.saturating_add(Weight::from_parts(365_000_000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(1))
			.saturating_add(ParityDbWeight::get().reads(23_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(14_u64.saturating_mul(n.into())))
			.saturating_add(asset_paid(ParityDbWeight::get()).saturating_mul(n.into()))
	}
	fn expire_bucket() -> Weight {
		Weight::from_parts(3_956_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(1))
	}
	fn expire_lease() -> Weight {
		Weight::from_parts(425_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(36))
			.saturating_add(ParityDbWeight::get().writes(23))
			.saturating_add(asset_paid(ParityDbWeight::get()))
	}
	// Counted.
	fn approve_asset() -> Weight {
		Weight::from_parts(25_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
	// Counted.
	fn remove_asset() -> Weight {
		Weight::from_parts(20_000_000, 0)
			.saturating_add(ParityDbWeight::get().reads(2))
			.saturating_add(ParityDbWeight::get().writes(2))
	}
}
