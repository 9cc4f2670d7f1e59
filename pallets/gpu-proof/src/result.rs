//! L3 results: leaves that bind an output to its input, its job and its provider.
//!
//! ```text
//! context     = H("tct/context" | genesis [32] | lease u64 LE | provider, SCALE)
//! input leaf  = H(0x00 | "tct/input"   | index u32 LE | length u32 LE | input)
//! output leaf = H(0x00 | "tct/output"  | context [32] | index u32 LE
//!                      | length u32 LE | input | length u32 LE | output)
//! chunk leaf  = H(0x00 | "tct/weights" | index u32 LE | at most 1,024 bytes)
//! weights root = H(0x03 | "tct/weights" | length u64 LE | root over the chunk leaves)
//! ```
//!
//! Roots are those of [`crate::merkle`], so they bind the number of items. A result counts only
//! together with the path of the *same* input to the job's input root: see [`committed`].

use crate::{
	draw,
	hash::{blake2_256, CHUNKS, LEAF},
	merkle, network, Hash,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;

/// Bytes of weights per leaf of [`weights_root`].
pub const CHUNK: usize = 1024;

/// The leaf of the job's input `index`.
pub fn input_leaf(index: u32, input: &[u8]) -> Hash {
	blake2_256(&[
		LEAF,
		b"tct/input",
		&index.to_le_bytes(),
		&length(input),
		input,
	])
}

/// What ties output leaves to one lease of one chain and to one provider (SCALE-encoded account).
pub fn context(genesis: &Hash, lease: u64, provider: &[u8]) -> Hash {
	blake2_256(&[b"tct/context", genesis, &lease.to_le_bytes(), provider])
}

/// The leaf of the job's result `index`.
pub fn output_leaf(context: &Hash, index: u32, input: &[u8], output: &[u8]) -> Hash {
	blake2_256(&[
		LEAF,
		b"tct/output",
		context,
		&index.to_le_bytes(),
		&length(input),
		input,
		&length(output),
		output,
	])
}

/// The root over `weights` in chunks of [`CHUNK`] bytes, which also binds their length.
pub fn weights_root(weights: &[u8]) -> Hash {
	let leaves: Vec<Hash> = (0u32..)
		.zip(weights.chunks(CHUNK))
		.map(|(index, chunk)| chunk_leaf(index, chunk))
		.collect();
	weights_root_over(weights.len() as u64, &merkle::root_of(&leaves))
}

/// The leaf of chunk `index` of the weights.
pub fn chunk_leaf(index: u32, chunk: &[u8]) -> Hash {
	blake2_256(&[LEAF, b"tct/weights", &index.to_le_bytes(), chunk])
}

/// The weights' root, of `root` over the chunk leaves of so many bytes.
pub fn weights_root_over(bytes: u64, root: &Hash) -> Hash {
	blake2_256(&[CHUNKS, b"tct/weights", &bytes.to_le_bytes(), root])
}

/// `k` distinct indices below `items`, ascending; all of them if `items <= k`; at most
/// [`crate::MAX_DRAW`].
///
/// The draw is Floyd's algorithm over the ChaCha8 keystream of H("tct/sample" | seed).
pub fn draw_sample(seed: &Hash, items: u32, k: u32) -> Vec<u32> {
	draw::distinct(b"tct/sample", seed, items, k)
}

/// One item of a result, with its paths to both roots. Travels in extrinsics and, as SCALE
/// `Vec<Leaf>`, from the provider's evidence server.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Leaf {
	/// Which item.
	pub index: u32,
	/// Its input.
	pub input: Vec<u8>,
	/// What the provider says the output is.
	pub output: Vec<u8>,
	/// The siblings of its input leaf, the lowest first.
	pub input_path: Vec<Hash>,
	/// The siblings of its output leaf, the lowest first.
	pub output_path: Vec<Hash>,
}

impl Leaf {
	/// The greatest encoded length, in bytes, of a leaf of a job with so many items, inputs so
	/// long and outputs at most so long.
	pub fn encoded_bound(items: u32, input_bytes: u32, output_bytes: u32) -> usize {
		// A compact length takes at most 5 bytes; one of at most 32 hashes takes one.
		let path = merkle::depth(items).saturating_mul(32).saturating_add(1);
		4usize
			.saturating_add(input_bytes as usize)
			.saturating_add(5)
			.saturating_add(output_bytes as usize)
			.saturating_add(5)
			.saturating_add(path)
			.saturating_add(path)
	}
}

/// What a leaf is checked against. All of it is on chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
	/// See [`context`].
	pub context: Hash,
	/// Root over the input leaves.
	pub input_root: Hash,
	/// Root over the output leaves, as the provider committed it.
	pub result_root: Hash,
	/// Number of items.
	pub items: u32,
	/// Length of each input in bytes.
	pub input_bytes: u32,
	/// Greatest length of an output in bytes.
	pub output_bytes: u32,
}

impl Job {
	/// Whether index and lengths of `leaf` are possible: cheap, to be checked before hashing.
	pub fn fits(&self, leaf: &Leaf) -> bool {
		let depth = merkle::depth(self.items);
		leaf.index < self.items
			&& leaf.input.len() == self.input_bytes as usize
			&& leaf.output.len() <= self.output_bytes as usize
			&& leaf.input_path.len() == depth
			&& leaf.output_path.len() == depth
	}
}

/// What [`check`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeafCheck {
	/// The provider committed this output, and it is the right one.
	Correct,
	/// The provider committed this output for this input, and it is wrong: a proof of fault.
	WrongOutput,
	/// An index, a length or a path does not fit the roots: says nothing about the provider.
	NotCommitted,
}

/// Whether input and output of `leaf` are what the job's roots bind at its index. Total.
pub fn committed(job: &Job, leaf: &Leaf) -> bool {
	job.fits(leaf)
		&& merkle::verify(
			&job.input_root,
			job.items,
			leaf.index,
			&input_leaf(leaf.index, &leaf.input),
			&leaf.input_path,
		) && merkle::verify(
		&job.result_root,
		job.items,
		leaf.index,
		&output_leaf(&job.context, leaf.index, &leaf.input, &leaf.output),
		&leaf.output_path,
	)
}

/// [`committed`], then the network is run again on the leaf's input. The caller has checked
/// `weights` against the job's weights root. Total.
pub fn check(job: &Job, weights: &[u8], leaf: &Leaf) -> LeafCheck {
	check_with(job, leaf, |input, limit| {
		network::evaluate(weights, input, limit)
	})
}

/// [`committed`], then `run` on the leaf's input and the longest output there may be.
pub(crate) fn check_with(
	job: &Job,
	leaf: &Leaf,
	run: impl FnOnce(&[u8], usize) -> Vec<u8>,
) -> LeafCheck {
	if !committed(job, leaf) {
		return LeafCheck::NotCommitted;
	}
	if run(&leaf.input, job.output_bytes as usize) == leaf.output {
		LeafCheck::Correct
	} else {
		LeafCheck::WrongOutput
	}
}

fn length(bytes: &[u8]) -> [u8; 4] {
	u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes()
}
