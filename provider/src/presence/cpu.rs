//! The product on all cores.

use super::{Backend, Failed, Task, LEAVES};
use rayon::prelude::*;
use terminal_gpu_proof::{
	merkle,
	product::{self, PIECE},
	Hash,
};

/// The CPU: row after row over all worker threads.
pub struct Cpu;

impl Backend for Cpu {
	fn describe(&self) -> String {
		"CPU".into()
	}

	/// Never fails.
	fn nodes(&self, task: &Task) -> Result<Vec<Hash>, Failed> {
		let columns = product::all_columns(&task.seed, task.n);
		let leaves: Vec<Hash> = (0..task.n)
			.into_par_iter()
			.flat_map_iter(|row| leaves_of_row(task, row, &columns))
			.collect();
		let nodes = leaves.par_chunks(LEAVES as usize).map(merkle::top_of);
		Ok(nodes.collect())
	}
}

fn leaves_of_row(task: &Task, row: u32, columns: &[i8]) -> Vec<Hash> {
	let mut entries = vec![0; task.n as usize];
	product::row_of_c(&task.seed, task.n, row, columns, &mut entries);
	let first = product::piece_of(row.saturating_mul(task.n));
	entries
		.chunks(PIECE)
		.zip(first..)
		.map(|(piece, index)| product::piece_leaf(&task.challenge, index, piece))
		.collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use terminal_gpu_proof::merkle::Tree;

	#[test]
	fn its_nodes_are_those_of_the_definition() {
		for (n, byte) in [(64, 1), (128, 2), (192, 3)] {
			let task = Task::new(&[byte; 32], n, &[!byte; 32]).unwrap();
			let mut leaves = Vec::new();
			for index in 0..product::leaf_count(n) {
				let entries = (0..PIECE as u32).map(|at| entry(&task, index * PIECE as u32 + at));
				let entries: Vec<i32> = entries.collect();
				leaves.push(product::piece_leaf(&task.challenge, index, &entries));
			}
			let nodes = Cpu.nodes(&task).unwrap();
			let kept = Tree::above(super::super::KEPT_HEIGHT, nodes).unwrap();
			assert_eq!(kept.root(), Tree::new(leaves).root(), "{n}");
		}
	}

	fn entry(task: &Task, entry: u32) -> i32 {
		let (mut a, mut b) = (vec![0; task.n as usize], vec![0; task.n as usize]);
		product::row_of_a(&task.seed, task.n, entry / task.n, &mut a);
		product::column_of_b(&task.seed, task.n, entry % task.n, &mut b);
		let products = a.iter().zip(&b).map(|(a, b)| i32::from(*a) * i32::from(*b));
		products.sum()
	}
}
