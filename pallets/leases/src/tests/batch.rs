//! A small real job: inputs, outputs and the leaves that bind them.

use crate::mock::*;
use codec::Encode;
use terminal_gpu_proof::{
	merkle::Tree,
	result::{context, input_leaf, output_leaf, Leaf},
	Hash,
};
use terminal_primitives::{market::JobSpec, LeaseId};

/// Inputs `[index; 4]`, outputs `[index; 2]`.
pub struct Batch {
	items: u32,
}

impl Batch {
	pub fn new(items: u32) -> Self {
		Self { items }
	}

	fn input(index: u32) -> Vec<u8> {
		index.to_le_bytes().to_vec()
	}

	fn output(index: u32) -> Vec<u8> {
		vec![index as u8; 2]
	}

	fn inputs(&self) -> Tree {
		Tree::new(
			(0..self.items)
				.map(|index| input_leaf(index, &Self::input(index)))
				.collect(),
		)
	}

	fn results(&self, lease: LeaseId) -> Tree {
		let context: Hash = context(
			&crate::receipts::genesis_hash::<Test>(),
			lease.0,
			&provider().encode(),
		);
		Tree::new(
			(0..self.items)
				.map(|index| {
					output_leaf(&context, index, &Self::input(index), &Self::output(index))
				})
				.collect(),
		)
	}

	pub fn spec(&self) -> JobSpec {
		JobSpec {
			input_root: self.inputs().root(),
			weights_root: WEIGHTS_ROOT,
			items: self.items,
			weights_bytes: 1_000,
			input_bytes: 4,
			output_bytes: 2,
			multiplications: 1_000,
			runner: 1,
		}
	}

	pub fn result_root(&self, lease: LeaseId) -> Hash {
		self.results(lease).root()
	}

	pub fn leaf(&self, lease: LeaseId, index: u32) -> Leaf {
		Leaf {
			index,
			input: Self::input(index),
			output: Self::output(index),
			input_path: self.inputs().path(index).expect("the item exists"),
			output_path: self.results(lease).path(index).expect("the item exists"),
		}
	}
}
