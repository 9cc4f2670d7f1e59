//! A real job: a small network, its inputs, its outputs, and a provider that serves them.

use terminal_gpu_proof::{
	layered,
	merkle::Tree,
	network::{self, Layer, Output},
	result::{self, Job, Leaf},
	runner::Runner,
};
use terminal_primitives::market::JobSpec;

pub struct Provided {
	pub runner: Runner,
	pub spec: JobSpec,
	pub job: Job,
	pub weights: Vec<u8>,
	leaves: Vec<Leaf>,
}

/// A job of `items` inputs. Outputs at `wrong` are altered before the commitment.
pub fn provided(items: u32, wrong: &[u32], context: [u8; 32]) -> Provided {
	let weights = network::encode(&[Layer {
		inputs: 4,
		outputs: 2,
		weights: vec![1, -2, 3, -4, 5, -6, 7, -8],
		biases: vec![9, -10],
		output: Output::Raw,
	}]);
	provided_by(Runner::IntegerNetwork, weights, items, wrong, context)
}

/// The same over a layered network: four values in two pieces, then their sum.
pub fn provided_in_layers(items: u32, wrong: &[u32], context: [u8; 32]) -> Provided {
	let sum = |side, output, cut| layered::Layer {
		kind: layered::Kind::Sum {
			kernel: (side, side),
			stride: 1,
			output,
		},
		cut,
		rows: vec![],
	};
	let signed = layered::Output::Signed(layered::Rescale {
		multiplier: 1,
		shift: 0,
	});
	let layers = [sum(1, signed, 2), sum(2, layered::Output::Raw, 1)];
	let weights = layered::encode((2, 2, 1), &layers);
	provided_by(Runner::LayeredNetwork, weights, items, wrong, context)
}

fn provided_by(
	runner: Runner,
	weights: Vec<u8>,
	items: u32,
	wrong: &[u32],
	context: [u8; 32],
) -> Provided {
	let inputs: Vec<Vec<u8>> = (0..items).map(|item| item.to_le_bytes().to_vec()).collect();
	let outputs: Vec<Vec<u8>> = (0..items)
		.zip(&inputs)
		.map(|(index, input)| {
			let mut output = runner.evaluate(&weights, input, 100);
			assert!(output.len() >= 4);
			if wrong.contains(&index) {
				output[0] ^= 1;
			}
			output
		})
		.collect();
	let input_leaves = (0..items)
		.zip(&inputs)
		.map(|(i, input)| result::input_leaf(i, input));
	let input_tree = Tree::new(input_leaves.collect());
	let output_leaves = (0..items)
		.zip(inputs.iter().zip(&outputs))
		.map(|(i, (input, output))| result::output_leaf(&context, i, input, output));
	let output_tree = Tree::new(output_leaves.collect());
	let leaves = (0..items)
		.zip(inputs.iter().zip(&outputs))
		.map(|(index, (input, output))| Leaf {
			index,
			input: input.clone(),
			output: output.clone(),
			input_path: input_tree.path(index).expect("inside"),
			output_path: output_tree.path(index).expect("inside"),
		})
		.collect();
	let output_bytes = outputs[0].len() as u32;
	let spec = JobSpec {
		input_root: input_tree.root(),
		weights_root: result::weights_root(&weights),
		items,
		weights_bytes: weights.len() as u32,
		input_bytes: 4,
		output_bytes,
		multiplications: 8,
		runner: runner.number(),
	};
	let job = Job {
		context,
		input_root: spec.input_root,
		result_root: output_tree.root(),
		items,
		input_bytes: 4,
		output_bytes,
	};
	Provided {
		runner,
		spec,
		job,
		weights,
		leaves,
	}
}

impl Provided {
	pub fn leaf(&self, index: u32) -> Leaf {
		self.leaves[index as usize].clone()
	}

	/// What an honest daemon answers to a request for `indices`.
	pub fn body(&self, indices: &[u32]) -> Vec<u8> {
		let leaves: Vec<Leaf> = indices.iter().map(|index| self.leaf(*index)).collect();
		codec::Encode::encode(&leaves)
	}

	/// What it answers to `url`.
	pub fn answer(&self, url: &str) -> Vec<u8> {
		match indices_of(url) {
			Some(indices) => self.body(&indices),
			None => self.weights.clone(),
		}
	}
}

/// The indices that a request for leaves names; `None` for one for weights.
pub fn indices_of(url: &str) -> Option<Vec<u32>> {
	let (_, list) = url.split_once("/leaves?indices=")?;
	Some(
		list.split(',')
			.map(|index| index.parse().expect("a number"))
			.collect(),
	)
}
