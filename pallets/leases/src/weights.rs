//! Weights of the calls: provisional, counted from reads and writes; to be replaced by the output
//! of `frame-omni-bencher` (`scripts/bench`).

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// Weights of the calls and of the expiry wheel.
pub trait WeightInfo {
	/// `open_metered`.
	fn open_metered() -> Weight;
	/// `open_job` with the longest locations.
	fn open_job() -> Weight;
	/// `accept`.
	fn accept() -> Weight;
	/// `start`, without what listens.
	fn start() -> Weight;
	/// `cancel` with a hold fee.
	fn cancel() -> Weight;
	/// `top_up` by a donor, of a paused lease that resumes.
	fn top_up() -> Weight;
	/// `settle` with a wrapped receipt and a royalty.
	fn settle() -> Weight;
	/// `close`.
	fn close() -> Weight;
	/// `finish` with a last payment, without what listens.
	fn finish() -> Weight;
	/// `commit_result`, without what listens.
	fn commit_result() -> Weight;
	/// `demand_leaf`.
	fn demand_leaf() -> Weight;
	/// `answer_demand` with `b` bytes of input and output.
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
	/// One look at the wheel.
	fn expire_bucket() -> Weight;
	/// One entry of the wheel, at most.
	fn expire_lease() -> Weight;
}

/// For a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

/// Reference time of `micros` microseconds and the database's part.
macro_rules! weight {
	($db:expr, $micros:expr, $reads:expr, $writes:expr) => {
		Weight::from_parts(1_000_000u64.saturating_mul($micros), 0)
			.saturating_add($db.reads_writes($reads, $writes))
	};
}

macro_rules! weights {
	($db:expr) => {
		// Reads: parameters, machine, version, counter, account + holds, wheel. Writes: lease, two
		// index entries, counter, account + holds, wheel.
		fn open_metered() -> Weight {
			weight!($db, 60, 9, 7)
		}
		fn open_job() -> Weight {
			weight!($db, 65, 9, 7)
		}
		// Lease, machine, provider's bond, wheel.
		fn accept() -> Weight {
			weight!($db, 40, 7, 6)
		}
		// Lease, machine, two accounts + holds, wheel; two signature checks.
		fn start() -> Weight {
			weight!($db, 160, 10, 6)
		}
		// Lease, machine, accounts and records of both sides, treasury, ledger, wheel.
		fn cancel() -> Weight {
			weight!($db, 95, 18, 15)
		}
		// Lease, runs, two accounts + holds; machine and wheel, if it resumes.
		fn top_up() -> Weight {
			weight!($db, 75, 11, 6)
		}
		// Lease, runs, consumer + holds, provider, royalty, treasury, attestors, ledger, issuance;
		// two signature checks, a pull from the wallet.
		fn settle() -> Weight {
			weight!($db, 210, 16, 12)
		}
		// Lease, runs, machine, consumer + holds, wheel.
		fn close() -> Weight {
			weight!($db, 70, 10, 6)
		}
		// As settle, without signatures, with machine, bond, finisher, two records and wheel.
		fn finish() -> Weight {
			weight!($db, 145, 24, 19)
		}
		// Lease, machine, wheel.
		fn commit_result() -> Weight {
			weight!($db, 40, 5, 4)
		}
		// Lease, consumer + holds.
		fn demand_leaf() -> Weight {
			weight!($db, 45, 4, 3)
		}
		// Lease, machine, genesis hash, two accounts + holds; hashing at 1 GB/s and two paths.
		fn answer_demand(b: u32) -> Weight {
			weight!($db, 100, 7, 4)
				.saturating_add(Weight::from_parts(4_000u64.saturating_mul(b.into()), 0))
		}
		fn set_params() -> Weight {
			weight!($db, 10, 0, 1)
		}
		// Claim, pot, beneficiary.
		fn claim() -> Weight {
			weight!($db, 50, 3, 3)
		}
		// Lease, parameters, runs, machine, consumer + holds, wheel.
		fn extend() -> Weight {
			weight!($db, 70, 11, 6)
		}
		// As settle without signatures, with machine and wheel.
		fn pause() -> Weight {
			weight!($db, 130, 20, 14)
		}
		fn resume() -> Weight {
			weight!($db, 130, 20, 14)
		}
		fn set_auto_top_up() -> Weight {
			weight!($db, 20, 1, 1)
		}
		// Lease, machine, wheel.
		fn reclaim() -> Weight {
			weight!($db, 35, 6, 2)
		}
		fn propose_change() -> Weight {
			weight!($db, 30, 3, 1)
		}
		// Lease, machine, runs, wheel.
		fn accept_change() -> Weight {
			weight!($db, 60, 9, 4)
		}
		fn withdraw_change() -> Weight {
			weight!($db, 25, 2, 1)
		}
		fn offer_transfer() -> Weight {
			weight!($db, 20, 1, 1)
		}
		// Lease, runs, two accounts + holds, two index entries.
		fn take_transfer() -> Weight {
			weight!($db, 80, 9, 7)
		}
		// As close and open_metered together.
		fn migrate() -> Weight {
			weight!($db, 130, 18, 12)
		}
		// As close.
		fn dispute() -> Weight {
			weight!($db, 80, 11, 7)
		}
		// As finish, with the arbiter's account and two records.
		fn arbitrate() -> Weight {
			weight!($db, 150, 22, 17)
		}
		fn settle_many(n: u32) -> Weight {
			weight!($db, 10, 0, 0).saturating_add(Self::settle().saturating_mul(n.into()))
		}
		// One more read for each entry of the index.
		fn withdraw_many(n: u32) -> Weight {
			weight!($db, 10, 1, 0)
				.saturating_add($db.reads(2).saturating_mul(n.into()))
				.saturating_add(Self::settle().saturating_mul(n.into()))
		}
		fn expire_bucket() -> Weight {
			weight!($db, 5, 2, 2)
		}
		// The larger of `finish` and `cancel`, and a new entry on the wheel.
		fn expire_lease() -> Weight {
			weight!($db, 155, 28, 22)
		}
	};
}

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	weights!(T::DbWeight::get());
}

impl WeightInfo for () {
	weights!(ParityDbWeight::get());
}
