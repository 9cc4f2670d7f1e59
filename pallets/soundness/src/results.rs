//! Results: providers that compute some leaves, answer selectively, or show others' leaves, against
//! committees drawn and decided by the pallet's functions.
//!
//! What a leaf shows is checked by the real `terminal_gpu_proof::result::check` on real trees: every leaf of every
//! tree once. Trials then draw committee, public sample and private leaves anew, and look up what
//! each member would have found.

use crate::{
	chance::Random,
	presence::{GENESIS, SHARES},
	report::{Row, Table},
};
use pallet_attestation::{
	accumulator::committee_seed,
	lifecycle::Step,
	offchain::evidence::indices_to_ask,
	tasks::{committee_size, draw},
	types::{sample_indices, Parameters},
	votes::decides,
};
use std::collections::BTreeSet;
use terminal_gpu_proof::{
	merkle::Tree,
	network::{encode, evaluate, Layer, Output},
	result::{check, context, input_leaf, output_leaf, Job, Leaf, LeafCheck},
};
use terminal_primitives::TaskId;

pub const ITEMS: u32 = 1_000;
pub const ATTESTORS: u32 = 100;

/// A job and everything that its provider could show.
pub struct Results {
	weights: Vec<u8>,
	pub job: Job,
	leaves: Vec<Leaf>,
}

impl Results {
	/// The results for `lease`, one bit flipped in those at `wrong`.
	pub fn new(lease: u64, provider: &[u8], items: u32, wrong: &[u32]) -> Self {
		let layer = Layer {
			inputs: 4,
			outputs: 3,
			weights: (1..=12).collect(),
			biases: vec![5, -7, 9],
			output: Output::Raw,
		};
		let weights = encode(&[layer]);
		let context = context(&GENESIS, lease, provider);
		let mut leaves: Vec<_> = (0..items)
			.map(|index| {
				let input = index.to_le_bytes().to_vec();
				let output = evaluate(&weights, &input, 12);
				Leaf {
					index,
					input,
					output,
					input_path: Vec::new(),
					output_path: Vec::new(),
				}
			})
			.collect();
		for index in wrong {
			leaves[*index as usize].output[0] ^= 1;
		}
		let hash = |leaf: &Leaf| input_leaf(leaf.index, &leaf.input);
		let inputs = Tree::new(leaves.iter().map(hash).collect());
		let hash = |leaf: &Leaf| output_leaf(&context, leaf.index, &leaf.input, &leaf.output);
		let outputs = Tree::new(leaves.iter().map(hash).collect());
		for leaf in &mut leaves {
			leaf.input_path = inputs.path(leaf.index).expect("a leaf has a path");
			leaf.output_path = outputs.path(leaf.index).expect("a leaf has a path");
		}
		let job = Job {
			context,
			input_root: inputs.root(),
			result_root: outputs.root(),
			items,
			input_bytes: 4,
			output_bytes: 12,
		};
		Self {
			weights,
			job,
			leaves,
		}
	}

	/// What a member finds at `index` if `shown` are the leaves that it is served.
	fn look(&self, shown: &Results, index: u32) -> LeafCheck {
		check(&self.job, &self.weights, &shown.leaves[index as usize])
	}
}

/// What the provider does when asked for a wrong leaf.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manner {
	/// Shows it.
	Shows,
	/// Keeps silent about it.
	Hides,
}

/// How a task ends for the provider.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
	Paid,
	Slashed,
	/// A data challenge that cannot be answered, before the quorum or after it, or no quorum.
	Unpaid,
}

/// One committee's verdict. `hostile` attestors vote Pass without looking.
pub fn judge(
	wrong: &BTreeSet<u32>,
	manner: Manner,
	seats: &[u32],
	quorum: u32,
	sample: &[u32],
	hostile: u32,
	random: &mut Random,
) -> End {
	let (mut pass, mut unavailable) = (0, 0);
	for seat in seats {
		if *seat < hostile {
			pass += 1;
			continue;
		}
		let asked = indices_to_ask(&random.digest(), ITEMS, sample);
		if !asked.iter().any(|index| wrong.contains(index)) {
			pass += 1;
		} else if manner == Manner::Shows {
			// A Fail with its proof overrides every Pass.
			return End::Slashed;
		} else {
			unavailable += 1;
		}
	}
	match decides(seats.len() as u32, quorum, pass, unavailable) {
		// Nobody missed anything, or the leaves named would go on chain after the vote.
		Some(Step::Quorum) if unavailable == 0 => End::Paid,
		// It does not have the leaves named. No quorum: drawn again.
		_ => End::Unpaid,
	}
}

/// One cheat: what it does, what it knew, who helps.
struct Cheat {
	name: &'static str,
	manner: Manner,
	/// It authored the blocks of the draw, and computed the public sample's leaves.
	knows_sample: bool,
	/// Attestors that pass without looking.
	hostile: u32,
}

const CHEATS: [Cheat; 5] = [
	Cheat {
		name: "computes some leaves, shows all",
		manner: Manner::Shows,
		knows_sample: false,
		hostile: 0,
	},
	Cheat {
		name: "… hides the wrong ones",
		manner: Manner::Hides,
		knows_sample: false,
		hostile: 0,
	},
	Cheat {
		name: "knew the public sample, shows all",
		manner: Manner::Shows,
		knows_sample: true,
		hostile: 0,
	},
	Cheat {
		name: "… hides the wrong ones, knew the sample",
		manner: Manner::Hides,
		knows_sample: true,
		hostile: 0,
	},
	Cheat {
		name: "… and 20 % of the attestors help",
		manner: Manner::Hides,
		knows_sample: true,
		hostile: ATTESTORS / 5,
	},
];

/// Draw a committee and its public sample for `task`.
pub fn committee(
	params: &Parameters,
	task: u64,
	attempt: u8,
	attestors: u32,
	random: &mut Random,
) -> (Vec<u32>, u32, Vec<u32>) {
	let seed = committee_seed(&GENESIS, TaskId(task), attempt, &random.digest());
	let (seats, quorum) = committee_size(params, attestors, attempt);
	let members = draw(&seed, (0..attestors).collect(), seats);
	(members, quorum, sample_indices(&seed, ITEMS, params.sample))
}

/// Shares of leaves computed, each against [`ITEMS`] leaves and a committee of [`ATTESTORS`].
pub fn shares(table: &mut Table, trials: u32) {
	let params = Parameters::default();
	for cheat in &CHEATS {
		for share in SHARES {
			let mut random = Random::new(&format!("results {} {share}", cheat.name));
			let skipped = ITEMS - ITEMS * share / 100;
			let (mut paid, mut slashed) = (0, 0);
			for trial in 0..trials {
				let (members, quorum, sample) =
					committee(&params, u64::from(trial), 0, ATTESTORS, &mut random);
				let wrong = if cheat.knows_sample {
					let others: Vec<u32> =
						(0..ITEMS).filter(|index| !sample.contains(index)).collect();
					let ranks = random.some(skipped, others.len() as u32);
					ranks.iter().map(|rank| others[*rank as usize]).collect()
				} else {
					random.some(skipped, ITEMS).into_iter().collect()
				};
				let end = judge(
					&wrong,
					cheat.manner,
					&members,
					quorum,
					&sample,
					cheat.hostile,
					&mut random,
				);
				paid += u32::from(end == End::Paid);
				slashed += u32::from(end == End::Slashed);
			}
			let row = Row::new("results", cheat.name).with("share", share);
			let row = row.with("items", ITEMS).with("wrong", skipped);
			let row = row
				.with("hides", u8::from(cheat.manner == Manner::Hides))
				.with("knows", u8::from(cheat.knows_sample))
				.with("hostile", cheat.hostile)
				.with("attestors", ATTESTORS);
			table.add(
				row.with("trials", trials)
					.with("seen", paid)
					.with("slashed", slashed),
			);
		}
	}
}

/// Leaves of another provider, of an older lease, of a second tree; and another's right results.
pub fn borrowed(table: &mut Table, trials: u32) {
	let items = 64;
	let (mut of_other, mut of_old, mut of_second, mut blamed, mut outsourced) = (0, 0, 0, 0, 0);
	let mut random = Random::new("borrowed results");
	let right = |results: &Results, shown: &Results, index| {
		u32::from(results.look(shown, index) == LeafCheck::Correct)
	};
	for trial in 0..trials {
		let lease = u64::from(trial);
		let wrong = random.some(items / 2, items);
		let index = wrong[random.below(u64::from(items / 2)) as usize];
		let honest = Results::new(lease, b"provider", items, &[]);
		let cheat = Results::new(lease, b"provider", items, &wrong);
		// Committed: another provider's tree, the one of the lease before; shown: its leaves.
		let other = Results::new(lease, b"another", items, &[]);
		let older = Results::new(lease + 1_000_000, b"provider", items, &[]);
		for (taken, count) in [(&other, &mut of_other), (&older, &mut of_old)] {
			let mut committed = Results::new(lease, b"provider", items, &[]);
			committed.job.result_root = taken.job.result_root;
			*count += right(&committed, taken, index);
		}
		// One tree committed; members that ask for a wrong leaf are served a right one of another.
		of_second += right(&cheat, &honest, index);
		// Nor can such a leaf be used against an honest provider.
		blamed += u32::from(honest.look(&cheat, index) == LeafCheck::WrongOutput);
		outsourced += right(&honest, &honest, index);
	}
	for (cheat, accepted, sure) in [
		("commits and shows another provider's leaves", of_other, 0),
		("commits and shows an older lease's leaves", of_old, 0),
		("shows members other leaves than committed", of_second, 0),
		("is blamed with leaves that it did not commit", blamed, 0),
		("lets another machine compute", outsourced, 1),
	] {
		let row = Row::new("results", cheat).with("sure", sure);
		table.add(row.with("trials", trials).with("seen", accepted));
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chance::{sigmas, untouched};

	const TRIALS: u32 = if cfg!(debug_assertions) { 200 } else { 2_000 };

	/// What the provider of a committee without hostile members is paid with.
	/// Hiding changes nothing: whoever misses a leaf has it demanded.
	fn expected(wrong: u32, knows: bool) -> f64 {
		let params = Parameters::default();
		let sample = match knows {
			true => 1.0,
			false => untouched(ITEMS, wrong, params.sample),
		};
		let own = untouched(ITEMS - params.sample, wrong, 8);
		sample * own.powi(params.committee as i32)
	}

	#[test]
	fn cheats_are_paid_as_often_as_the_formula_says() {
		let mut table = Table::default();
		shares(&mut table, TRIALS);
		for row in table.rows() {
			if row.number::<u32>("hostile") > 0 {
				continue;
			}
			let hides: u8 = row.number("hides");
			let knows: u8 = row.number("knows");
			let chance = expected(row.number("wrong"), knows == 1);
			let apart = sigmas(row.number("seen"), TRIALS, chance);
			assert!(apart.abs() < 4.0, "{row}: {apart:.1} standard deviations");
			assert_eq!(row.number::<u32>("slashed") == 0, hides == 1, "{row}");
		}
	}

	#[test]
	fn what_is_not_committed_proves_nothing_for_anybody() {
		let mut table = Table::default();
		let trials = TRIALS / 10;
		borrowed(&mut table, trials);
		for row in table.rows() {
			assert_eq!(
				row.number::<u32>("seen"),
				row.number::<u32>("sure") * trials,
				"{row}"
			);
		}
	}

	/// What trials look up, every member would have found.
	#[test]
	fn a_leaf_is_found_wrong_exactly_where_it_is_wrong() {
		let wrong: BTreeSet<u32> = Random::new("looked up")
			.some(50, ITEMS)
			.into_iter()
			.collect();
		let listed: Vec<u32> = wrong.iter().copied().collect();
		let results = Results::new(1, b"provider", ITEMS, &listed);
		for index in 0..ITEMS {
			let expected = match wrong.contains(&index) {
				true => LeafCheck::WrongOutput,
				false => LeafCheck::Correct,
			};
			assert_eq!(results.look(&results, index), expected);
		}
	}
}
