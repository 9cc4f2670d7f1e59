//! A chain on all cores of the CPU: rows of a state are independent of each other.

use rayon::prelude::*;
use terminal_gpu_proof::{
	merkle::Tree,
	muster::{self, work::Device, PIECE},
	product::Seed,
	Hash,
};

/// All worker threads, a row each at a time.
#[derive(Default)]
pub struct Threads {
	seed: Option<Seed>,
	n: u32,
	t: u32,
	columns: Vec<i8>,
	state: Vec<i8>,
	next: Vec<i8>,
}

impl Device for Threads {
	fn begin(&mut self, seed: &Seed, n: u32) {
		self.columns = muster::all_columns(seed, n);
		self.state = muster::start(seed, n);
		self.next = vec![0; self.state.len()];
		(self.seed, self.n, self.t) = (Some(*seed), n, 0);
	}

	fn resume(&mut self, t: u32, state: &[i8]) {
		self.t = t;
		self.state = state.to_vec();
	}

	fn advance(&mut self) -> Hash {
		let Some(seed) = self.seed else {
			return Tree::new(Vec::new()).root();
		};
		self.t = self.t.saturating_add(1);
		let (t, n, width) = (self.t, self.n, (self.n as usize).max(1));
		let (state, columns) = (&self.state, &self.columns);
		let pieces = width / PIECE;
		let rows = self.next.par_chunks_mut(width).enumerate();
		let leaves = rows.flat_map_iter(|(row, out)| {
			// There are at most 8,192 rows.
			muster::row_of_step(&seed, n, t, row as u32, state, columns, out);
			let first = row.saturating_mul(pieces) as u32;
			let pieces = (first..).zip(out.chunks(PIECE));
			let leaf = |(index, piece)| muster::piece_leaf(&seed, index, piece);
			pieces.map(leaf).collect::<Vec<_>>()
		});
		let leaves = leaves.collect();
		std::mem::swap(&mut self.state, &mut self.next);
		Tree::new(leaves).root()
	}

	fn state(&self) -> Vec<i8> {
		self.state.clone()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use terminal_gpu_proof::muster::work::Cpu;

	#[test]
	fn it_computes_as_the_definition_does() {
		for (n, byte) in [(256, 1), (512, 2)] {
			let seed = Seed([byte; 32]);
			let (mut threads, mut cpu) = (Threads::default(), Cpu::default());
			threads.begin(&seed, n);
			cpu.begin(&seed, n);
			for _ in 0..2 {
				assert_eq!(threads.advance(), cpu.advance());
				assert_eq!(threads.state(), cpu.state());
			}
			let mut resumed = Threads::default();
			resumed.begin(&seed, n);
			resumed.resume(2, &cpu.state());
			assert_eq!(resumed.advance(), cpu.advance());
		}
	}
}
