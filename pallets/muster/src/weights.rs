//! Weights of `pallet_muster`'s calls. **Provisional**: times are written by hand from the measured parts of
//! presence's check (`pallet_attestation::weights`), rounded up; reads and writes are counted in the code.
//! `scripts/weights muster` measures both and writes this file anew.
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
	/// `enlist`.
	fn enlist() -> Weight;
	/// `discharge`.
	fn discharge() -> Weight;
	/// `call_muster`, of the largest roster.
	fn call_muster() -> Weight;
	/// `commit_muster`.
	fn commit_muster() -> Weight;
	/// `answer_muster` with one opening, `n` in 256..=8192.
	fn answer_muster(n: u32) -> Weight;
	/// Each further opening, `n` in 256..=8192.
	fn check_opening(n: u32) -> Weight;
	/// `set_grade`.
	fn set_grade() -> Weight;
	/// `set_params`.
	fn set_params() -> Weight;
	/// The block's begin, with a round that calls `m` machines, in 0..=256.
	fn on_initialize(m: u32) -> Weight;
	/// What it takes besides to strike an owner's machines that are gone.
	fn forget_owner() -> Weight;
}

/// A microsecond.
const US: u64 = 1_000_000;

fn small(micros: u64, reads: u64, writes: u64, db: RuntimeDbWeight) -> Weight {
	Weight::from_parts(micros.saturating_mul(US), 0).saturating_add(db.reads_writes(reads, writes))
}

/// Calling `machines` machines: of each its summons, entry, grade and calendar are read, its summons and
/// proof are written.
fn calling(machines: u32, db: RuntimeDbWeight) -> Weight {
	let m = u64::from(machines);
	small(
		m.saturating_mul(30),
		m.saturating_mul(4),
		m.saturating_mul(2),
		db,
	)
}

/// An opening hashes a row, a piece and at most 120 nodes, and makes and multiplies two rows: about 20 ns
/// an entry of the row, and 150 µs besides.
fn opening(n: u32) -> Weight {
	let time = u64::from(n).saturating_mul(20_000);
	Weight::from_parts(time.saturating_add(150 * US), 0)
}

macro_rules! weights {
	($(#[$doc:meta])* $type:ty, $db:expr $(, $runtime:ident)?) => {
		$(#[$doc])*
		impl$(<$runtime: frame_system::Config>)? WeightInfo for $type {
			fn enlist() -> Weight {
				small(40, 4, 3, $db)
			}
			fn discharge() -> Weight {
				small(40, 5, 7, $db)
			}
			fn call_muster() -> Weight {
				small(30, 5, 3, $db).saturating_add(calling(MAX_ROSTER, $db))
			}
			fn commit_muster() -> Weight {
				small(40, 3, 1, $db)
			}
			fn answer_muster(n: u32) -> Weight {
				small(60, 5, 2, $db).saturating_add(opening(n))
			}
			fn check_opening(n: u32) -> Weight {
				opening(n)
			}
			fn set_grade() -> Weight {
				small(15, 0, 1, $db)
			}
			fn set_params() -> Weight {
				small(15, 0, 1, $db)
			}
			// Two reads for each of eight owners.
			fn on_initialize(m: u32) -> Weight {
				small(40, 22, 2, $db).saturating_add(calling(m, $db))
			}
			fn forget_owner() -> Weight {
				small(400, 36, 69, $db)
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
