//! The job kind `integer-network`: files checked before it runs, leaves with paths made after. What
//! runs in between is an executor. Pure.

use terminal_gpu_proof::{
	merkle::{self, Tree},
	network,
	result::{self, Leaf},
	Hash,
};
use terminal_primitives::market::JobSpec;

/// Why a job's files do not fit what was agreed. Nothing was signed yet: the daemon does not accept.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Mismatch {
	#[error("runner {0} is not one this daemon has (1: integer-network)")]
	Runner(u16),
	#[error("the inputs have {0} bytes instead of {1} items of {2} bytes")]
	InputLength(usize, u32, u32),
	#[error("the inputs do not have the agreed root")]
	InputRoot,
	#[error("the weights have {0} bytes instead of {1}")]
	WeightsLength(usize, u32),
	#[error("the weights do not have the agreed root")]
	WeightsRoot,
	#[error("the weights are no integer network: {0}")]
	Format(String),
	#[error("the network takes {0} bytes a time, the job has inputs of {1}")]
	Shape(usize, u32),
	#[error("the network multiplies {0} times an item, the job agreed on at most {1}")]
	Work(u64, u32),
}

/// Inputs and weights that fit the agreed roots.
pub struct Files {
	pub inputs: Vec<u8>,
	pub weights: Vec<u8>,
}

/// A finished job: the outputs and both trees.
pub struct Finished {
	inputs: Vec<u8>,
	input_bytes: usize,
	outputs: Vec<Vec<u8>>,
	input_tree: Tree,
	output_tree: Tree,
}

fn items(inputs: &[u8], bytes: u32) -> std::slice::Chunks<'_, u8> {
	inputs.chunks((bytes as usize).max(1))
}

fn input_leaves(inputs: &[u8], bytes: u32) -> Vec<Hash> {
	items(inputs, bytes)
		.zip(0..)
		.map(|(input, i)| result::input_leaf(i, input))
		.collect()
}

/// Check that fetched files are what the job agreed on.
pub fn check(spec: &JobSpec, inputs: Vec<u8>, weights: Vec<u8>) -> Result<Files, Mismatch> {
	if spec.runner != 1 {
		return Err(Mismatch::Runner(spec.runner));
	}
	if inputs.len() as u64 != u64::from(spec.items) * u64::from(spec.input_bytes) {
		return Err(Mismatch::InputLength(
			inputs.len(),
			spec.items,
			spec.input_bytes,
		));
	}
	if merkle::root_of(&input_leaves(&inputs, spec.input_bytes)) != spec.input_root {
		return Err(Mismatch::InputRoot);
	}
	if weights.len() != spec.weights_bytes as usize {
		return Err(Mismatch::WeightsLength(weights.len(), spec.weights_bytes));
	}
	if result::weights_root(&weights) != spec.weights_root {
		return Err(Mismatch::WeightsRoot);
	}
	let network = network::Network::parse(&weights)
		.map_err(|error| Mismatch::Format(format!("{error:?}")))?;
	if network.input_len() != spec.input_bytes as usize {
		return Err(Mismatch::Shape(network.input_len(), spec.input_bytes));
	}
	if network.multiplications() > u64::from(spec.multiplications) {
		return Err(Mismatch::Work(
			network.multiplications(),
			spec.multiplications,
		));
	}
	Ok(Files { inputs, weights })
}

/// Build the trees over inputs and outputs, of which there is one for each input.
pub fn finish(spec: &JobSpec, context: &Hash, inputs: Vec<u8>, outputs: Vec<Vec<u8>>) -> Finished {
	let leaves = items(&inputs, spec.input_bytes)
		.zip(&outputs)
		.zip(0..)
		.map(|((input, output), i)| result::output_leaf(context, i, input, output))
		.collect();
	let input_tree = Tree::new(input_leaves(&inputs, spec.input_bytes));
	Finished {
		input_tree,
		output_tree: Tree::new(leaves),
		input_bytes: (spec.input_bytes as usize).max(1),
		inputs,
		outputs,
	}
}

impl Finished {
	/// The root to commit.
	pub fn root(&self) -> Hash {
		self.output_tree.root()
	}

	/// One leaf with its paths, or `None` beyond the end.
	pub fn leaf(&self, index: u32) -> Option<Leaf> {
		let at = index as usize;
		let input = self.inputs.chunks(self.input_bytes).nth(at)?;
		Some(Leaf {
			index,
			input: input.to_vec(),
			output: self.outputs.get(at)?.clone(),
			input_path: self.input_tree.path(index)?,
			output_path: self.output_tree.path(index)?,
		})
	}
}

#[cfg(test)]
pub mod tests {
	use super::*;
	use terminal_gpu_proof::network::{encode, evaluate, Layer, Output};

	/// The job of these files, done.
	pub fn done(spec: &JobSpec, context: &Hash, files: Files) -> Finished {
		let outputs = items(&files.inputs, spec.input_bytes)
			.map(|input| evaluate(&files.weights, input, spec.output_bytes as usize))
			.collect();
		finish(spec, context, files.inputs, outputs)
	}

	/// Ten items of four bytes, and a network for them.
	pub fn job() -> (JobSpec, Vec<u8>, Vec<u8>) {
		let weights = encode(&[Layer {
			inputs: 4,
			outputs: 2,
			output: Output::Raw,
			weights: vec![1, 2, 3, 4, -1, -2, -3, -4],
			biases: vec![5, 6],
		}]);
		let inputs: Vec<u8> = (0..40).collect();
		let leaves = input_leaves(&inputs, 4);
		let spec = JobSpec {
			input_root: merkle::root_of(&leaves),
			weights_root: result::weights_root(&weights),
			items: 10,
			weights_bytes: weights.len() as u32,
			input_bytes: 4,
			output_bytes: 8,
			multiplications: 8,
			runner: 1,
		};
		(spec, inputs, weights)
	}

	#[test]
	fn every_leaf_leads_to_both_roots_and_is_correct() {
		let (spec, inputs, weights) = job();
		let files = check(&spec, inputs, weights.clone()).unwrap();
		let context = [9; 32];
		let finished = done(&spec, &context, files);
		let job = result::Job {
			context,
			input_root: spec.input_root,
			result_root: finished.root(),
			items: 10,
			input_bytes: 4,
			output_bytes: 8,
		};
		for index in 0..10 {
			let leaf = finished.leaf(index).unwrap();
			assert_eq!(
				result::check(&job, &weights, &leaf),
				result::LeafCheck::Correct
			);
		}
		assert!(finished.leaf(10).is_none());
	}

	#[test]
	fn files_that_do_not_fit_are_refused_before_anything_is_signed() {
		let (spec, inputs, weights) = job();
		let refused = |spec: &JobSpec, inputs: &[u8], weights: &[u8]| {
			check(spec, inputs.to_vec(), weights.to_vec()).err()
		};
		let mut other = inputs.clone();
		other[0] ^= 1;
		assert_eq!(refused(&spec, &other, &weights), Some(Mismatch::InputRoot));
		assert!(matches!(
			refused(&spec, &inputs[1..], &weights),
			Some(Mismatch::InputLength(..))
		));
		let mut other = weights.clone();
		other[20] ^= 1;
		assert_eq!(refused(&spec, &inputs, &other), Some(Mismatch::WeightsRoot));
		let less = JobSpec {
			multiplications: 7,
			..spec.clone()
		};
		assert_eq!(
			refused(&less, &inputs, &weights),
			Some(Mismatch::Work(8, 7))
		);
		let unknown = JobSpec { runner: 2, ..spec };
		assert_eq!(
			refused(&unknown, &inputs, &weights),
			Some(Mismatch::Runner(2))
		);
	}
}
