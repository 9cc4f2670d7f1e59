//! Musters: a chain of non-linear products for each unit of the machine, committed by one root, of which
//! a few entries are shown. What the work is: `terminal_gpu_proof::muster`.
//!
//! A chain has more states than any memory holds. So many are kept as the configuration gives room for, and
//! what is drawn is computed again from the last one kept before it: with k of them kept, an answer costs
//! a k-th of the chain, about, for each entry.
//!
//! | file | holds |
//! |---|---|
//! | `mod.rs` | the work of a machine: computed, committed, shown |
//! | `threads.rs` | a chain on all cores |
//! | `rehearsal.rs` | how fast this machine is |

pub mod rehearsal;
mod threads;

pub use threads::Threads;

use rayon::prelude::*;
use terminal_gpu_proof::{
	muster::{
		work::{commit_unit, Device, Work},
		Drawn, Opening, Shape,
	},
	Hash,
};

/// Between two states of a unit that are kept lie so many steps, where all of them together may take
/// `bytes`. 0: not one has room, and all is computed again from the start.
pub fn spacing(shape: &Shape, bytes: u64) -> u32 {
	let state = u64::from(shape.n).saturating_mul(shape.n.into()).max(1);
	let Some(room) = (bytes / state).checked_div(shape.units.into()) else {
		return 0;
	};
	match shape
		.steps
		.checked_div(u32::try_from(room).unwrap_or(u32::MAX))
	{
		// At most `room` of its multiples are among the steps.
		Some(apart) => apart.saturating_add(1),
		None => 0,
	}
}

/// The work of a machine whose muster has the key `seed`; what it keeps takes `bytes` at most. `None` once
/// `goes_on`, asked before each step, says no, or if the shape is not valid: the chain asks for no such.
pub fn compute(
	seed: &Hash,
	shape: &Shape,
	bytes: u64,
	goes_on: impl Fn() -> bool + Sync,
) -> Option<Work> {
	let apart = spacing(shape, bytes);
	let unit = |unit| {
		let device: &mut dyn Device = &mut Threads::default();
		commit_unit(seed, shape, unit, apart, device, &goes_on)
	};
	// One after the other: each takes all cores.
	let units: Option<Vec<_>> = (0..shape.units).map(unit).collect();
	Work::new(seed, shape, units?)
}

/// What shows each of `drawn`, in their order. `None` if one is no entry of the work, or the machine does not
/// come to the same state twice.
pub fn show(work: &Work, drawn: &[Drawn]) -> Option<Vec<Opening>> {
	// Each is a chain of its own.
	let show = |drawn| work.open(drawn, &mut Threads::default());
	drawn.par_iter().map(show).collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::sync::atomic::{AtomicU32, Ordering};
	use terminal_gpu_proof::muster;

	const SEED: Hash = [5; 32];
	const SHAPE: Shape = Shape {
		n: 256,
		steps: 3,
		units: 2,
	};

	#[test]
	fn whatever_is_drawn_is_shown_and_the_chain_takes_it() {
		// Room for no state, for one of each unit, for all.
		for bytes in [0, 2 << 16, 1 << 20] {
			let work = compute(&SEED, &SHAPE, bytes, || true).unwrap();
			let drawn = muster::draw(&[6; 32], &SHAPE, 4);
			let shown = show(&work, &drawn).unwrap();
			for (drawn, opening) in drawn.iter().zip(&shown) {
				assert!(muster::check(&SEED, &SHAPE, &work.root(), drawn, opening));
			}
		}
	}

	#[test]
	fn what_is_not_of_the_work_is_not_shown() {
		let work = compute(&SEED, &SHAPE, 0, || true).unwrap();
		let beyond = Drawn {
			unit: 2,
			step: 1,
			row: 0,
			column: 0,
		};
		assert_eq!(show(&work, &[beyond]), None);
	}

	#[test]
	fn work_is_given_up_before_the_next_step() {
		let steps = AtomicU32::new(0);
		let goes_on = || steps.fetch_add(1, Ordering::Relaxed) < 1;
		assert_eq!(compute(&SEED, &SHAPE, 0, goes_on), None);
		assert_eq!(steps.into_inner(), 2);
	}

	#[test]
	fn what_is_kept_has_room() {
		let shapes = [
			(256, 48, 1),
			(4_096, 144_000, 8),
			(8_192, 4_194_303, 1_024),
			(1_024, 1, 1),
		];
		for (n, steps, units) in shapes {
			let shape = Shape { n, steps, units };
			for bytes in [0, 1, 1 << 16, 1 << 30, u64::MAX] {
				let kept = steps.checked_div(spacing(&shape, bytes)).unwrap_or(0);
				let taken = u128::from(kept) * u128::from(units) * u128::from(n) * u128::from(n);
				assert!(taken <= bytes.into(), "{shape:?} {bytes}");
			}
		}
		let shape = Shape {
			n: 256,
			steps: 48,
			units: 1,
		};
		assert_eq!(spacing(&shape, u64::MAX), 1);
		assert_eq!(spacing(&shape, 4 << 16), 13);
		assert_eq!(spacing(&shape, 100), 0);
	}
}
