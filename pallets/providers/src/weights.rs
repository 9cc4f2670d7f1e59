//! Weights of the calls: provisional, replaced by frame-omni-bencher output. Until then each is a
//! flat time for execution plus the reads and writes that the call's code makes.

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, RuntimeDbWeight, Weight},
};

/// What the calls weigh.
pub trait WeightInfo {
	/// `register_provider`.
	fn register_provider() -> Weight;
	/// `bond`.
	fn bond() -> Weight;
	/// `unbond`.
	fn unbond() -> Weight;
	/// `withdraw_unbonded`.
	fn withdraw_unbonded() -> Weight;
	/// `register_machine`.
	fn register_machine() -> Weight;
	/// `update_machine`.
	fn update_machine() -> Weight;
	/// `set_endpoint`.
	fn set_endpoint() -> Weight;
	/// `set_agent`.
	fn set_agent() -> Weight;
	/// `set_status`.
	fn set_status() -> Weight;
	/// `remove_machine`.
	fn remove_machine() -> Weight;
	/// `set_params`.
	fn set_params() -> Weight;
	/// `announce_maintenance`.
	fn announce_maintenance() -> Weight;
	/// `cancel_maintenance`.
	fn cancel_maintenance() -> Weight;
}

fn flat(db: RuntimeDbWeight, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(40_000_000, 0).saturating_add(db.reads_writes(reads, writes))
}

/// Weights with the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);

macro_rules! weights {
	($db:expr) => {
		fn register_provider() -> Weight {
			// provider, parameters, account, holds
			flat($db, 4, 3)
		}
		fn bond() -> Weight {
			flat($db, 4, 3)
		}
		fn unbond() -> Weight {
			// provider, parameters, the longest window
			flat($db, 5, 1)
		}
		fn withdraw_unbonded() -> Weight {
			flat($db, 3, 3)
		}
		fn register_machine() -> Weight {
			// provider, parameters, next id; machine, index
			flat($db, 3, 4)
		}
		fn update_machine() -> Weight {
			flat($db, 2, 1)
		}
		fn set_endpoint() -> Weight {
			// machine, guard
			flat($db, 2, 1)
		}
		fn set_agent() -> Weight {
			flat($db, 2, 1)
		}
		fn set_status() -> Weight {
			// machine, guard, uptime
			flat($db, 3, 2)
		}
		fn remove_machine() -> Weight {
			// machine, guard, calendar, parameters, provider; index, uptime, windows
			flat($db, 5, 6)
		}
		fn set_params() -> Weight {
			flat($db, 0, 1)
		}
		fn announce_maintenance() -> Weight {
			// machine, parameters, clock, windows
			flat($db, 4, 1)
		}
		fn cancel_maintenance() -> Weight {
			// machine, clock, windows
			flat($db, 3, 1)
		}
	};
}

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	weights!(T::DbWeight::get());
}

impl WeightInfo for () {
	weights!(RocksDbWeight::get());
}
