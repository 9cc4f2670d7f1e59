//! Presence: providers that compute some rows, answer only what they computed, or show what is not
//! theirs, against the pallet's seeds and its check of answers.

use crate::{
	chance::Random,
	report::{Row, Table},
};
use pallet_attestation::{
	accumulator::{next, presence_seed},
	presence::{answers, entries_of},
	types::{Challenge, Parameters, Piece, PresencePhase},
};
use terminal_gpu_proof::{
	merkle::Tree,
	product::{all_columns, piece_leaf, row_of_c, Seed, PIECE},
};
use terminal_primitives::{ChallengeId, Digest, MachineId};

pub const GENESIS: Digest = [7; 32];

/// Percent of the rows that a cheat computes.
pub const SHARES: [u32; 5] = [50, 90, 95, 98, 99];

/// A product, right or not, and what was committed of it.
struct Work {
	n: u32,
	c: Vec<i32>,
	tree: Tree,
}

impl Work {
	/// The product for `challenge`, with zeros in the rows of `skipped`: a guess as good as any.
	fn of(challenge: &Challenge, skipped: &[u32]) -> Self {
		let n = challenge.n;
		let seed = Seed(challenge.seed);
		let columns = all_columns(&seed, n);
		let mut c = vec![0; (n * n) as usize];
		for (i, row) in (0..).zip(c.chunks_mut(n as usize)) {
			if !skipped.contains(&i) {
				row_of_c(&seed, n, i, &columns, row);
			}
		}
		let tree = tree_of(&challenge.seed, &c);
		Self { n, c, tree }
	}

	/// As another that skipped rows would have it, at the cost of hashing only.
	fn without(&self, challenge: &Challenge, skipped: &[u32]) -> Self {
		let mut c = self.c.clone();
		for row in skipped {
			c[(row * self.n) as usize..][..self.n as usize].fill(0);
		}
		let tree = tree_of(&challenge.seed, &c);
		Self { n: self.n, c, tree }
	}

	fn show(&self, entries: &[u32]) -> Vec<Piece> {
		let piece = |entry: &u32| {
			let index = entry / PIECE as u32;
			let path = self.tree.path(index).expect("an entry drawn is an entry");
			Piece {
				entries: self.c[index as usize * PIECE..][..PIECE]
					.try_into()
					.expect("a piece is whole"),
				path: path.try_into().expect("a path is at most 32 long"),
			}
		};
		entries.iter().map(piece).collect()
	}
}

fn tree_of(challenge: &Digest, c: &[i32]) -> Tree {
	let leaves = (0..)
		.zip(c.chunks(PIECE))
		.map(|(index, piece)| piece_leaf(challenge, index, piece));
	Tree::new(leaves.collect())
}

/// A chain of accumulators, and the challenges that it gives.
struct Chain {
	random: Random,
	params: Parameters,
	block: u32,
	acc: Digest,
}

impl Chain {
	fn new(name: &str, n: u32) -> Self {
		let params = Parameters {
			presence_n: n,
			..Parameters::default()
		};
		let random = Random::new(name);
		Self {
			random,
			params,
			block: 0,
			acc: [0; 32],
		}
	}

	fn run(&mut self, blocks: u32) -> Digest {
		for _ in 0..blocks {
			self.acc = next(&self.acc, self.block, Some(self.random.digest()));
			self.block += 1;
		}
		self.acc
	}

	fn challenge(&mut self, id: ChallengeId, machine: MachineId) -> Challenge {
		let acc = self.run(1);
		let commit_by = self.block + self.params.commit_window_blocks;
		Challenge {
			id,
			issued_at: u64::from(self.block) * 6_000,
			issued_block: self.block,
			seed: presence_seed(&GENESIS, id, machine, &acc),
			n: self.params.presence_n,
			entries: self.params.presence_entries,
			draw_delay: self.params.draw_delay_blocks,
			prompt_by: self.block + self.params.prompt_blocks,
			commit_by,
			answer_by: commit_by + self.params.answer_window_blocks,
			gap_cap_ms: 0,
			phase: PresencePhase::AwaitingCommit,
		}
	}

	/// What the answer to a challenge committed in this block must show.
	fn drawn(&mut self, challenge: &Challenge) -> Vec<u32> {
		let acc = self.run(1 + challenge.draw_delay);
		entries_of(challenge, &acc)
	}
}

/// What a cheat does besides leaving rows out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cheat {
	Plain,
	/// Silent where it would be caught.
	Selective,
	/// Computes what was drawn after it was drawn, and shows it under its old root.
	Late,
}

impl Cheat {
	const ALL: [(Cheat, &'static str); 3] = [
		(Cheat::Plain, "computes some rows"),
		(Cheat::Selective, "answers only what it computed"),
		(Cheat::Late, "computes what was drawn, afterwards"),
	];

	/// One challenge from its draw to its answer: whether it was passed.
	fn passes(self, chain: &mut Chain, id: ChallengeId, skipped: u32) -> bool {
		let challenge = chain.challenge(id, MachineId(1));
		let n = challenge.n;
		let left_out = chain.random.some(skipped, n);
		let mut work = Work::of(&challenge, &left_out);
		let root = work.tree.root();
		let entries = chain.drawn(&challenge);
		let caught = entries.iter().any(|entry| left_out.contains(&(entry / n)));
		if self == Cheat::Selective && caught {
			return false;
		}
		if self == Cheat::Late {
			let seed = Seed(challenge.seed);
			let columns = all_columns(&seed, n);
			for row in entries.iter().map(|entry| entry / n) {
				let at = (row * n) as usize;
				row_of_c(&seed, n, row, &columns, &mut work.c[at..][..n as usize]);
			}
		}
		answers(&challenge, &root, &entries, work.show(&entries))
	}
}

/// Everything fresh in each trial: challenge, product, commitment, draw, answer.
pub fn fresh(table: &mut Table, trials: u32, n: u32) {
	for (cheat, name) in Cheat::ALL {
		for share in SHARES {
			let mut chain = Chain::new(&format!("{name} {n} {share}"), n);
			let skipped = n - n * share / 100;
			let passes = |trial| cheat.passes(&mut chain, ChallengeId(trial), skipped);
			let accepted = (0..u64::from(trials))
				.map(passes)
				.filter(|pass| *pass)
				.count();
			let row = Row::new("presence", name).with("share", share);
			let row = row
				.with("n", n)
				.with("wrong", skipped * n)
				.with("drawn", Parameters::default().presence_entries);
			table.add(row.with("trials", trials).with("seen", accepted));
		}
	}
}

/// One commitment for each share, at the size of production; a fresh draw and check in each trial.
pub fn at_size(table: &mut Table, trials: u32, n: u32) {
	let mut chain = Chain::new(&format!("presence at size {n}"), n);
	let challenge = chain.challenge(ChallengeId(0), MachineId(1));
	let honest = Work::of(&challenge, &[]);
	for share in SHARES {
		let skipped = n - n * share / 100;
		let left_out = chain.random.some(skipped, n);
		let work = honest.without(&challenge, &left_out);
		let root = work.tree.root();
		let mut accepted = 0;
		for _ in 0..trials {
			let entries = chain.drawn(&challenge);
			let shown = work.show(&entries);
			accepted += u32::from(answers(&challenge, &root, &entries, shown));
		}
		let row = Row::new("presence", "computes some rows, one commitment").with("share", share);
		let row = row
			.with("n", n)
			.with("wrong", skipped * n)
			.with("drawn", challenge.entries);
		table.add(row.with("trials", trials).with("seen", accepted));
	}
}

/// What belongs to somebody else, or to another time; and what cannot be told from one's own work.
pub fn borrowed(table: &mut Table, trials: u32, n: u32) {
	let mut chain = Chain::new(&format!("borrowed {n}"), n);
	let challenge = chain.challenge(ChallengeId(0), MachineId(1));
	let mut old = Work::of(&challenge, &[]);
	let old_entries = chain.drawn(&challenge);
	let mut old_answer = old.show(&old_entries);
	let (mut root_of_other, mut root_of_old, mut answer_of_old, mut outsourced) = (0, 0, 0, 0);
	for trial in 0..trials {
		let id = ChallengeId(u64::from(trial) + 1);
		let challenge = chain.challenge(id, MachineId(1));
		// A neighbour drawn by the same accumulator in the same block.
		let mut neighbour = challenge.clone();
		neighbour.seed = presence_seed(
			&GENESIS,
			ChallengeId(u64::from(trial) + 1_000_000),
			MachineId(2),
			&chain.acc,
		);
		let other = Work::of(&neighbour, &[]);
		let work = Work::of(&challenge, &[]);
		let entries = chain.drawn(&challenge);
		let accepted =
			|work: &Work, shown| u32::from(answers(&challenge, &work.tree.root(), &entries, shown));
		root_of_other += accepted(&other, other.show(&entries));
		root_of_old += accepted(&old, old.show(&entries));
		answer_of_old += accepted(&old, old_answer);
		// Made by whoever was paid to make it.
		outsourced += accepted(&work, work.show(&entries));
		old_answer = work.show(&entries);
		old = work;
	}
	for (cheat, accepted, sure) in [
		("reuses another machine's root", root_of_other, 0),
		("reuses its own older root", root_of_old, 0),
		("replays its last answer", answer_of_old, 0),
		("lets another machine compute", outsourced, 1),
	] {
		let row = Row::new("presence", cheat).with("n", n).with("sure", sure);
		table.add(row.with("trials", trials).with("seen", accepted));
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chance::{sigmas, untouched};

	const TRIALS: u32 = if cfg!(debug_assertions) { 40 } else { 1_000 };

	#[test]
	fn cheats_pass_as_often_as_the_formula_says() {
		let mut table = Table::default();
		fresh(&mut table, TRIALS, 64);
		for row in table.rows() {
			let expected = untouched(64 * 64, row.number("wrong"), row.number("drawn"));
			let apart = sigmas(row.number("seen"), TRIALS, expected);
			assert!(apart.abs() < 4.0, "{row}: {apart:.1} standard deviations");
		}
	}

	#[test]
	fn nothing_borrowed_is_accepted_and_outsourcing_is_not_seen() {
		let mut table = Table::default();
		borrowed(&mut table, TRIALS, 64);
		for row in table.rows() {
			let sure: u32 = row.number("sure");
			assert_eq!(row.number::<u32>("seen"), sure * TRIALS, "{row}");
		}
	}

	#[test]
	fn one_commitment_drawn_often_is_like_many() {
		let mut table = Table::default();
		at_size(&mut table, 10 * TRIALS, 128);
		for row in table.rows() {
			let expected = untouched(128 * 128, row.number("wrong"), row.number("drawn"));
			let apart = sigmas(row.number("seen"), 10 * TRIALS, expected);
			assert!(apart.abs() < 4.0, "{row}: {apart:.1} standard deviations");
		}
	}
}
