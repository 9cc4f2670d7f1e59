//! Presence challenges: C = A·B of two seeded matrices, committed by a Merkle root.
//!
//! The products are computed by a [`Backend`]: CUDA where there is a GPU, the CPU otherwise, with
//! the same bits. A backend is asked for the tree's nodes at [`KEPT_HEIGHT`] only, 8 bytes per
//! 1,024 entries of C; entries and paths below them are made again from the seed when they are
//! asked for. So the largest product is kept in 4 MiB and no GPU memory, and a wrong node is found
//! before it is answered with.
//!
//! | file | holds |
//! |---|---|
//! | `mod.rs` | the task, the product and its openings |
//! | `backend.rs` | what a backend is, which one is used and why |
//! | `cpu.rs` | the CPU |
//! | `cuda/` | the GPU |

mod backend;
mod cpu;
pub mod cuda;

pub use backend::{computer, disagreement, Backend, Computer, Failed};
pub use cpu::Cpu;

use rayon::prelude::*;
use terminal_gpu_proof::{
	merkle::{self, Tree},
	product::{self, PieceProof, Seed, PIECE},
	Hash,
};

/// The height from which the tree is kept. The largest at which every node of every valid size
/// has all its leaves: n²/16 is a multiple of 256.
pub const KEPT_HEIGHT: u32 = 8;
/// Leaves under a kept node.
pub const LEAVES: u32 = 1 << KEPT_HEIGHT;
/// Entries of a product that are opened before it is committed to.
const OPENED: usize = 2;

/// What a challenge asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task {
	seed: Seed,
	n: u32,
	challenge: Hash,
}

impl Task {
	/// `None` unless `n` is a valid size: the chain would never ask for it.
	pub fn new(seed: &Hash, n: u32, challenge: &Hash) -> Option<Self> {
		product::valid_size(n).then_some(Self {
			seed: Seed(*seed),
			n,
			challenge: *challenge,
		})
	}

	/// Rows of the product.
	pub fn n(&self) -> u32 {
		self.n
	}

	/// Kept nodes: (n/64)².
	pub fn nodes(&self) -> u32 {
		product::leaf_count(self.n) / LEAVES
	}

	/// The leaves under kept node `node`, made from the seed: 4,096 entries, about 4,352·n bytes
	/// of keystream.
	fn leaves_under(&self, node: u32) -> Vec<Hash> {
		let first = node.saturating_mul(LEAVES);
		(first..first.saturating_add(LEAVES))
			.into_par_iter()
			.map(|index| product::piece_leaf(&self.challenge, index, &self.piece(index)))
			.collect()
	}

	/// The entries of piece `index`, made from the seed. Those beyond the product are zero.
	fn piece(&self, index: u32) -> [i32; PIECE] {
		let first = index.saturating_mul(PIECE as u32);
		let (row, column) = product::entry_position(self.n, first);
		let mut a = vec![0; self.n as usize];
		let mut b = vec![0; self.n as usize];
		product::row_of_a(&self.seed, self.n, row, &mut a);
		let mut entries = [0; PIECE];
		// A row is a whole number of pieces.
		for (entry, column) in entries.iter_mut().zip(column..) {
			product::column_of_b(&self.seed, self.n, column, &mut b);
			*entry = product::dot(&a, &b);
		}
		entries
	}
}

/// The product of one challenge, kept until its entries were asked for and answered.
pub struct Product {
	task: Task,
	tree: Tree,
}

impl Product {
	/// Compute on this machine's backend and commit. `n` must be a valid size: anything else is
	/// refused, since the chain would never ask for it.
	pub fn compute(seed: &Hash, n: u32, challenge: &Hash) -> Option<Self> {
		computer().product(Task::new(seed, n, challenge)?)
	}

	/// Compute on `backend`. The product is opened at entries that its root draws, so that what is
	/// wrong in many places is found before it is committed to.
	pub fn by(backend: &dyn Backend, task: Task) -> Result<Self, Failed> {
		let wrong = Failed::Wrong { n: task.n };
		let product = Self::over(task, backend.nodes(&task)?).ok_or_else(|| wrong.clone())?;
		let drawn = product::draw_entries(&product.root(), task.n, OPENED);
		match product.answer(&drawn) {
			Some(_) => Ok(product),
			None => Err(wrong),
		}
	}

	/// The product of `task` whose kept nodes are `nodes`. `None` if they are not as many as they
	/// should be; whether they are right is seen by [`Product::answer`].
	fn over(task: Task, nodes: Vec<Hash>) -> Option<Self> {
		if nodes.len() != task.nodes() as usize {
			return None;
		}
		let tree = Tree::above(KEPT_HEIGHT, nodes)?;
		Some(Self { task, tree })
	}

	/// The root to commit.
	pub fn root(&self) -> Hash {
		self.tree.root()
	}

	/// The pieces that hold the drawn entries, with their paths. Takes about as long as 4,352·n
	/// bytes of keystream per entry. `None` if there is no such entry, or if the backend made a
	/// node of it wrong: nothing opens such a commitment.
	pub fn answer(&self, drawn: &[u32]) -> Option<Vec<PieceProof>> {
		drawn.iter().map(|entry| self.open(*entry)).collect()
	}

	fn open(&self, entry: u32) -> Option<PieceProof> {
		let index = product::piece_of(entry);
		let node = index / LEAVES;
		let committed = self.tree.node(node)?;
		let leaves = self.task.leaves_under(node);
		if merkle::top_of(&leaves) != *committed {
			return None;
		}
		let mut path = Tree::new(leaves).path(index % LEAVES)?;
		path.extend(self.tree.path(node)?);
		Some(PieceProof {
			entries: self.task.piece(index),
			path,
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn checks(product: &Product, drawn: &[u32]) {
		let Task { seed, n, challenge } = product.task;
		let answer = product.answer(drawn).unwrap();
		assert_eq!(answer.len(), drawn.len());
		for (entry, proof) in drawn.iter().zip(answer) {
			let root = product.root();
			assert!(product::check_entry(
				&seed, n, &challenge, &root, *entry, &proof
			));
		}
	}

	#[test]
	fn every_drawn_entry_checks() {
		for n in [64, 128, 192, 320] {
			let product = Product::compute(&[3; 32], n, &[4; 32]).unwrap();
			checks(&product, &product::draw_entries(&[5; 32], n, 8));
			checks(&product, &[0, n - 1, n, n * n - 1]);
		}
	}

	#[test]
	fn sizes_the_chain_never_asks_for_are_refused() {
		assert!(Product::compute(&[0; 32], 100, &[0; 32]).is_none());
		assert!(Product::compute(&[0; 32], 0, &[0; 32]).is_none());
	}

	#[test]
	fn entries_the_product_does_not_have_are_not_answered() {
		let product = Product::compute(&[0; 32], 128, &[0; 32]).unwrap();
		assert!(product.answer(&[128 * 128]).is_none());
		assert!(product.answer(&[u32::MAX]).is_none());
	}

	#[test]
	fn every_size_has_whole_nodes() {
		for n in (64..=16_384).step_by(64) {
			let task = Task::new(&[0; 32], n, &[0; 32]).unwrap();
			assert_eq!(task.nodes() * LEAVES, product::leaf_count(n));
			assert_eq!(task.nodes(), (n / 64) * (n / 64));
		}
	}

	#[test]
	fn a_wrong_node_is_not_opened_and_the_others_are() {
		let task = Task::new(&[6; 32], 192, &[7; 32]).unwrap();
		let mut nodes = Cpu.nodes(&task).unwrap();
		nodes[4][31] ^= 1;
		let product = Product::over(task, nodes).unwrap();
		let of_node = |node: u32| node * LEAVES * PIECE as u32;
		assert!(product.answer(&[of_node(4)]).is_none());
		assert!(product.answer(&[of_node(5) - 1]).is_none());
		checks(&product, &[of_node(4) - 1, of_node(5)]);
	}

	#[test]
	fn nodes_of_another_number_are_no_product() {
		let task = Task::new(&[6; 32], 128, &[7; 32]).unwrap();
		let nodes = Cpu.nodes(&task).unwrap();
		assert!(Product::over(task, nodes[1..].to_vec()).is_none());
		assert!(Product::over(task, nodes).is_some());
	}
}
