//! Grades to begin with. All provisional: computed from data sheets, measured on no device.

use crate::types::{Calibration, Grade};
use alloc::vec::Vec;
use terminal_primitives::market::Slug;

/// Blocks of the window of all of these: a minute at 6 s a block.
const WINDOW_BLOCKS: u32 = 10;

/// Names of units with the work that should take them 60 % of a minute: how each number was made is in
/// `docs/VERIFICATION.md`.
pub fn provisional() -> Vec<(Slug, Grade)> {
	let grades: [(&[u8], u32, u32); 4] = [
		(b"h100-sxm", 4_096, 144_000),
		(b"h200", 4_096, 144_000),
		(b"a100-sxm", 4_096, 69_000),
		(b"rtx-4090", 4_096, 90_000),
	];
	let grade = |(name, n, steps): (&[u8], u32, u32)| {
		let grade = Grade {
			n,
			steps,
			window_blocks: WINDOW_BLOCKS,
			calibration: Calibration::Provisional,
		};
		(Slug::truncate_from(name.to_vec()), grade)
	};
	grades.into_iter().map(grade).collect()
}
