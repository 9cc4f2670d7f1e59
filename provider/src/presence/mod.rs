//! Presence challenges on the CPU: C = A·B over all cores, committed by a Merkle root.

use rayon::prelude::*;
use terminal_gpu_proof::{
	merkle::Tree,
	product::{self, PieceProof, Seed, PIECE},
	Hash,
};

/// The product of one challenge, kept until its entries were asked for and answered.
pub struct Product {
	entries: Vec<i32>,
	tree: Tree,
}

impl Product {
	/// Compute and commit. `n` must be a valid size: anything else is refused, since the chain
	/// would never ask for it.
	pub fn compute(seed: &Hash, n: u32, challenge: &Hash) -> Option<Self> {
		if !product::valid_size(n) {
			return None;
		}
		let seed = Seed(*seed);
		let width = n as usize;
		let columns = product::all_columns(&seed, n);
		let mut entries = vec![0i32; width * width];
		entries
			.par_chunks_mut(width)
			.zip(0..n)
			.for_each(|(row, i)| {
				product::row_of_c(&seed, n, i, &columns, row);
			});
		let leaves: Vec<Hash> = entries
			.par_chunks(PIECE)
			.zip(0..product::leaf_count(n))
			.map(|(piece, index)| product::piece_leaf(challenge, index, piece))
			.collect();
		Some(Self {
			entries,
			tree: Tree::new(leaves),
		})
	}

	/// The root to commit.
	pub fn root(&self) -> Hash {
		self.tree.root()
	}

	/// The pieces that hold the drawn entries, with their paths.
	pub fn answer(&self, drawn: &[u32]) -> Option<Vec<PieceProof>> {
		drawn
			.iter()
			.map(|entry| {
				let leaf = entry / PIECE as u32;
				let from = leaf as usize * PIECE;
				let piece = self.entries.get(from..from + PIECE)?;
				Some(PieceProof {
					entries: piece.try_into().ok()?,
					path: self.tree.path(leaf)?,
				})
			})
			.collect()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_drawn_entry_checks() {
		let (seed, challenge) = ([3; 32], [4; 32]);
		let product = Product::compute(&seed, 128, &challenge).unwrap();
		let drawn = product::draw_entries(&[5; 32], 128, 8);
		for (entry, proof) in drawn.iter().zip(product.answer(&drawn).unwrap()) {
			assert!(product::check_entry(
				&Seed(seed),
				128,
				&challenge,
				&product.root(),
				*entry,
				&proof
			));
		}
	}

	#[test]
	fn sizes_the_chain_never_asks_for_are_refused() {
		assert!(Product::compute(&[0; 32], 100, &[0; 32]).is_none());
		assert!(Product::compute(&[0; 32], 128, &[0; 32])
			.unwrap()
			.answer(&[128 * 128])
			.is_none());
	}
}
