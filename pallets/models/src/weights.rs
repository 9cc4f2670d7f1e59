//! Weights of the calls: provisional, replaced by frame-omni-bencher output. Until then each is a
//! flat time for execution plus the reads and writes that the call's code makes.

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, RuntimeDbWeight, Weight},
};

/// What the calls weigh.
pub trait WeightInfo {
	/// `commit_listing`.
	fn commit_listing() -> Weight;
	/// `withdraw_commitment`.
	fn withdraw_commitment() -> Weight;
	/// `list_version`.
	fn list_version() -> Weight;
	/// `set_prices`.
	fn set_prices() -> Weight;
	/// `yank`.
	fn yank() -> Weight;
	/// `claim_royalties`.
	fn claim_royalties() -> Weight;
	/// `set_params`.
	fn set_params() -> Weight;
}

fn flat(db: RuntimeDbWeight, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(40_000_000, 0).saturating_add(db.reads_writes(reads, writes))
}

/// Weights with the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);

macro_rules! weights {
	($db:expr) => {
		fn commit_listing() -> Weight {
			// commitment, parameters, account, holds
			flat($db, 4, 3)
		}
		fn withdraw_commitment() -> Weight {
			flat($db, 3, 3)
		}
		fn list_version() -> Weight {
			// parameters, commitment, digest, next id, account, holds; version
			flat($db, 6, 6)
		}
		fn set_prices() -> Weight {
			flat($db, 2, 1)
		}
		fn yank() -> Weight {
			flat($db, 1, 1)
		}
		fn claim_royalties() -> Weight {
			// claim, owed, two accounts
			flat($db, 4, 4)
		}
		fn set_params() -> Weight {
			flat($db, 0, 1)
		}
	};
}

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	weights!(T::DbWeight::get());
}

impl WeightInfo for () {
	weights!(RocksDbWeight::get());
}
