//! When challenges come: the pallet's own draw of presence, block after block, for one to a hundred
//! thousand leased machines.

use crate::{
	chance::Random,
	report::{Row, Table},
};
use pallet_attestation::{accumulator::next, presence::drawn, types::Parameters};

/// As on the production network: `runtime/src/configs/marketplace.rs`.
pub const MOST_PER_BLOCK: u32 = 200;
/// Milliseconds of a slot there.
pub const SLOT_MS: u64 = 6_000;
/// Slots from an honest machine's challenge to its answer: it commits in the second block after the
/// draw and answers in the first one in which it can have seen the drawn entries. Blocks draw before
/// they take answers, so it is drawn again one slot later at the earliest.
pub const HELD: u32 = 6;
/// Bins of a fifth of a mean period in which waiting times are counted.
const BINS: usize = 15;

/// How often a machine is challenged in the slots that a bin of waiting times has.
#[derive(Default)]
struct Hazard {
	hits: [u64; BINS],
	slots: [u64; BINS],
}

impl Hazard {
	/// A machine waited `gap` slots, at least one, and was challenged in the last of them or, when
	/// the run ended, not yet.
	fn waited(&mut self, gap: u64, width: u64, challenged: bool) {
		let last = ((gap - 1) / width) as usize;
		for bin in 0..last.min(BINS) {
			self.slots[bin] += width;
		}
		if last < BINS {
			self.slots[last] += (gap - 1) % width + 1;
			self.hits[last] += u64::from(challenged);
		}
	}
}

fn list(numbers: &[u64]) -> String {
	let numbers: Vec<_> = numbers.iter().map(u64::to_string).collect();
	numbers.join(",")
}

/// `blocks` blocks with so many honest machines.
pub fn waiting(table: &mut Table, machines: u32, blocks: u32) {
	let params = Parameters::default();
	let period = params.effective_period_ms(machines, SLOT_MS);
	let width = (period / SLOT_MS / 5).max(1);
	let mut random = Random::new(&format!("waiting {machines}"));
	// The block that issued the last challenge, if any.
	let mut last: Vec<Option<u32>> = vec![None; machines as usize];
	let (mut hazard, mut acc) = (Hazard::default(), [0; 32]);
	let (mut issued, mut gaps, mut sum, mut squares, mut most) = (0u64, 0u64, 0u64, 0f64, 0);
	for block in 0..blocks {
		acc = next(&acc, block, Some(random.digest()));
		let mut in_block = 0;
		for index in drawn(&params, &acc, machines, SLOT_MS, MOST_PER_BLOCK) {
			let before = &mut last[index as usize];
			match *before {
				// Its challenge is open.
				Some(at) if block <= at + HELD => continue,
				Some(at) => {
					let gap = u64::from(block - at);
					hazard.waited(gap - u64::from(HELD), width, true);
					gaps += 1;
					sum += gap;
					squares += (gap * gap) as f64;
				},
				None => (),
			}
			*before = Some(block);
			issued += 1;
			in_block += 1;
		}
		most = most.max(in_block);
	}
	for at in last.into_iter().flatten() {
		let waited = (blocks - 1 - at).checked_sub(HELD);
		if let Some(gap) = waited.filter(|gap| *gap > 0) {
			hazard.waited(u64::from(gap), width, false);
		}
	}
	let row = Row::new("draws", format!("{machines} leased machines")).with("machines", machines);
	let row = row
		.with("blocks", blocks)
		.with("period_ms", period)
		.with("issued", issued);
	let row = row
		.with("gaps", gaps)
		.with("gap_slots", sum)
		.with("gap_squares", format!("{squares:.0}"));
	let row = row.with("most_in_block", most).with("bin_slots", width);
	table.add(
		row.with("hits", list(&hazard.hits))
			.with("exposed", list(&hazard.slots)),
	);
}

#[cfg(test)]
mod tests {
	use super::*;

	fn numbers(row: &Row, name: &str) -> Vec<f64> {
		let list: String = row.number(name);
		list.split(',')
			.map(|number| number.parse().unwrap())
			.collect()
	}

	/// At least one of a slot's draws, with replacement, is one machine's own.
	fn slot_chance(machines: u32, period_ms: f64) -> f64 {
		let due = f64::from(machines) * SLOT_MS as f64 / period_ms;
		let never = 1.0 - 1.0 / f64::from(machines);
		1.0 - never.powf(due.floor()) * (1.0 - due.fract() / f64::from(machines))
	}

	#[test]
	fn the_mean_is_the_period_and_no_moment_is_likelier_than_another() {
		let mut table = Table::default();
		let blocks = if cfg!(debug_assertions) {
			20_000
		} else {
			100_000
		};
		for machines in [10, 1_000, 5_000] {
			waiting(&mut table, machines, blocks);
		}
		for row in table.rows() {
			let machines: u32 = row.number("machines");
			let issued: f64 = row.number("issued");
			let chance = slot_chance(machines, row.number("period_ms"));
			// Waiting has no memory: its deviation is its mean. And nobody is drawn while challenged.
			let expected = 1.0 / chance + f64::from(HELD);
			let mean = f64::from(machines) * f64::from(blocks) / issued;
			assert!((mean / expected - 1.0).abs() < 5.0 / issued.sqrt(), "{row}");
			for (hits, exposed) in numbers(row, "hits")
				.into_iter()
				.zip(numbers(row, "exposed"))
			{
				let due = exposed * chance;
				let apart = (hits - due).abs();
				assert!(apart < 5.0 * due.sqrt() + 3.0, "{row}: {hits} of {due}");
			}
		}
	}
}
