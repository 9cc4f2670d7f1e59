//! Weights of `pallet_muster`'s calls. **Provisional**: written by hand from the measured parts of
//! presence's check (`pallet_attestation::weights`), rounded up; not measured yet.
//!
//! Times are picoseconds, without the database, whose reads and writes are counted.

use crate::types::MAX_ROSTER;
use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, RuntimeDbWeight, Weight},
};

/// What each call, or part of a hook, weighs at most.
pub trait WeightInfo {
	/// The block's begin, with a round that looks at `machines`.
	fn on_initialize(machines: u32) -> Weight;
	/// `enlist`.
	fn enlist() -> Weight;
	/// `discharge`.
	fn discharge() -> Weight;
	/// `call_muster`, of the largest roster.
	fn call_muster() -> Weight;
	/// `commit_muster`.
	fn commit() -> Weight;
	/// `answer_muster` with `count` openings of states of size `n`.
	fn answer(count: u32, n: u32) -> Weight;
	/// `set_grade`.
	fn set_grade() -> Weight;
	/// `set_params`.
	fn set_params() -> Weight;
}

/// A microsecond.
const US: u64 = 1_000_000;

/// Calling `machines` machines: each is read, looked up at providers and written.
fn calling(machines: u32, db: RuntimeDbWeight) -> Weight {
	let machines = u64::from(machines);
	Weight::from_parts(machines.saturating_mul(30 * US), 0)
		.saturating_add(db.reads_writes(machines.saturating_mul(8), machines.saturating_mul(2)))
}

fn small(micros: u64, reads: u64, writes: u64, db: RuntimeDbWeight) -> Weight {
	Weight::from_parts(micros.saturating_mul(US), 0).saturating_add(db.reads_writes(reads, writes))
}

fn of_on_initialize(machines: u32, db: RuntimeDbWeight) -> Weight {
	small(10, 11, 1, db).saturating_add(calling(machines, db))
}

fn of_call_muster(db: RuntimeDbWeight) -> Weight {
	small(30, 4, 2, db).saturating_add(calling(MAX_ROSTER, db))
}

/// An opening hashes a row, a piece and at most 120 nodes, and makes and multiplies two rows: about 20 ns
/// an entry of the row, and 150 µs besides.
fn of_answer(count: u32, n: u32, db: RuntimeDbWeight) -> Weight {
	let one = u64::from(n).saturating_mul(20_000).saturating_add(150 * US);
	small(60, 6, 2, db).saturating_add(Weight::from_parts(one.saturating_mul(count.into()), 0))
}

macro_rules! weights {
	($(#[$doc:meta])* $type:ty, $db:expr $(, $runtime:ident)?) => {
		$(#[$doc])*
		impl$(<$runtime: frame_system::Config>)? WeightInfo for $type {
			fn on_initialize(machines: u32) -> Weight {
				of_on_initialize(machines, $db)
			}
			fn enlist() -> Weight {
				small(40, 6, 3, $db)
			}
			fn discharge() -> Weight {
				small(40, 6, 6, $db)
			}
			fn call_muster() -> Weight {
				of_call_muster($db)
			}
			fn commit() -> Weight {
				small(40, 4, 1, $db)
			}
			fn answer(count: u32, n: u32) -> Weight {
				of_answer(count, n, $db)
			}
			fn set_grade() -> Weight {
				small(15, 0, 1, $db)
			}
			fn set_params() -> Weight {
				small(15, 0, 1, $db)
			}
		}
	};
}

/// With the runtime's database.
pub struct SubstrateWeight<T>(PhantomData<T>);

weights!(
	SubstrateWeight<T>,
	<T as frame_system::Config>::DbWeight::get(),
	T
);
weights!(
	/// For mocks.
	(),
	ParityDbWeight::get()
);
