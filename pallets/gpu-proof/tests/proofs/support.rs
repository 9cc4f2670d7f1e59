//! Fixtures: a committed product, a committed result, a seeded generator.

use rand_chacha::{
	rand_core::{RngCore, SeedableRng},
	ChaCha8Rng,
};
use terminal_gpu_proof::{
	hash::blake2_256,
	merkle::Tree,
	network::{encode, evaluate, Layer, Output},
	product::{all_columns, piece_leaf, row_of_c, PieceProof, Seed, PIECE},
	result::{context, input_leaf, output_leaf, Job, Leaf},
	Hash,
};

/// How many random trials a long test makes: debug builds are some thirty times slower.
pub const TRIALS: u32 = if cfg!(debug_assertions) {
	20_000
} else {
	1_000_000
};

/// A generator that gives the same numbers on every run.
pub struct Random(ChaCha8Rng);

impl Random {
	pub fn new(name: u64) -> Self {
		Random(ChaCha8Rng::seed_from_u64(name))
	}
	pub fn below(&mut self, bound: usize) -> usize {
		(self.0.next_u64() % bound as u64) as usize
	}
	pub fn bytes(&mut self, length: usize) -> Vec<u8> {
		let mut out = vec![0; length];
		self.0.fill_bytes(&mut out);
		out
	}
	pub fn hash(&mut self) -> Hash {
		let mut out = [0; 32];
		self.0.fill_bytes(&mut out);
		out
	}
	/// Not zero.
	pub fn flip(&mut self) -> u32 {
		1 << self.below(32)
	}
}

/// Change one bit of `bytes`.
pub fn flip_bit(bytes: &mut [u8], random: &mut Random) {
	let bit = random.below(bytes.len() * 8);
	bytes[bit / 8] ^= 1 << (bit % 8);
}

/// All of C with its tree.
pub struct Product {
	pub seed: Seed,
	pub challenge: Hash,
	pub c: Vec<i32>,
	pub tree: Tree,
}

impl Product {
	pub fn new(n: u32) -> Self {
		let seed = Seed(blake2_256(&[b"seed", &n.to_le_bytes()]));
		let challenge = blake2_256(&[b"challenge", &n.to_le_bytes()]);
		let columns = all_columns(&seed, n);
		let mut c = vec![0; (n * n) as usize];
		for (i, row) in (0..).zip(c.chunks_mut(n as usize)) {
			row_of_c(&seed, n, i, &columns, row);
		}
		let leaves = (0..)
			.zip(c.chunks(PIECE))
			.map(|(p, piece)| piece_leaf(&challenge, p, piece));
		let tree = Tree::new(leaves.collect());
		Product {
			seed,
			challenge,
			c,
			tree,
		}
	}

	pub fn proof(&self, entry: u32) -> PieceProof {
		let piece = entry as usize / PIECE;
		PieceProof {
			entries: self.c[piece * PIECE..][..PIECE].try_into().unwrap(),
			path: self.tree.path(piece as u32).unwrap(),
		}
	}
}

/// A finished job over a small network.
pub struct Batch {
	pub weights: Vec<u8>,
	pub job: Job,
	pub leaves: Vec<Leaf>,
}

impl Batch {
	pub fn new(items: u32) -> Self {
		let mut random = Random::new(items.into());
		let weights = small_network();
		let inputs: Vec<_> = (0..items).map(|_| random.bytes(6)).collect();
		let outputs: Vec<_> = inputs
			.iter()
			.map(|input| evaluate(&weights, input, 12))
			.collect();
		let context = context(&[1; 32], 42, b"provider");
		let input_tree = Tree::new(
			(0..)
				.zip(&inputs)
				.map(|(i, input)| input_leaf(i, input))
				.collect(),
		);
		let output_tree = Tree::new(
			(0..)
				.zip(inputs.iter().zip(&outputs))
				.map(|(i, (input, output))| output_leaf(&context, i, input, output))
				.collect(),
		);
		let job = Job {
			context,
			input_root: input_tree.root(),
			result_root: output_tree.root(),
			items,
			input_bytes: 6,
			output_bytes: 12,
		};
		let leaves = (0..)
			.zip(inputs.into_iter().zip(outputs))
			.map(|(index, (input, output))| Leaf {
				index,
				input,
				output,
				input_path: input_tree.path(index).unwrap(),
				output_path: output_tree.path(index).unwrap(),
			})
			.collect();
		Batch {
			weights,
			job,
			leaves,
		}
	}
}

/// 6–4–3, rescaled, then raw.
pub fn small_network() -> Vec<u8> {
	let mut random = Random::new(6);
	let mut weights = |count| random.bytes(count).iter().map(|byte| *byte as i8).collect();
	encode(&[
		Layer {
			inputs: 6,
			outputs: 4,
			weights: weights(24),
			biases: vec![100, -100, 5_000, 0],
			output: Output::Rescaled {
				multiplier: 1_400_000_000,
				shift: 38,
			},
		},
		Layer {
			inputs: 4,
			outputs: 3,
			weights: weights(12),
			biases: vec![-7, 0, 7],
			output: Output::Raw,
		},
	])
}

/// The root that a leaf and its path lead to, whatever they are: what a cheat would commit.
pub fn root_through(count: u32, mut index: u32, leaf: &Hash, path: &[Hash]) -> Hash {
	let mut hash = *leaf;
	for sibling in path {
		hash = if index & 1 == 0 {
			blake2_256(&[&[1], &hash, sibling])
		} else {
			blake2_256(&[&[1], sibling, &hash])
		};
		index >>= 1;
	}
	blake2_256(&[&[2], &count.to_le_bytes(), &hash])
}
