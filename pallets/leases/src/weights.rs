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
	/// `top_up` by a donor.
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
		// Lease, machine, accounts of both sides, treasury, ledger, wheel.
		fn cancel() -> Weight {
			weight!($db, 90, 16, 13)
		}
		// Lease, runs, two accounts + holds.
		fn top_up() -> Weight {
			weight!($db, 60, 7, 4)
		}
		// Lease, runs, consumer + holds, provider, royalty, treasury, attestors, ledger, issuance;
		// two signature checks.
		fn settle() -> Weight {
			weight!($db, 200, 16, 12)
		}
		// Lease, runs, machine, consumer + holds, wheel.
		fn close() -> Weight {
			weight!($db, 70, 10, 6)
		}
		// As settle, without signatures, with machine, bond, finisher and wheel.
		fn finish() -> Weight {
			weight!($db, 140, 22, 17)
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
		fn expire_bucket() -> Weight {
			weight!($db, 5, 2, 2)
		}
		// The larger of `finish` and `cancel`, and a new entry on the wheel.
		fn expire_lease() -> Weight {
			weight!($db, 150, 26, 20)
		}
	};
}

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	weights!(T::DbWeight::get());
}

impl WeightInfo for () {
	weights!(ParityDbWeight::get());
}
