//! One piece of a layered network's result, shown and run again.

use super::{
	evaluate::{boundaries, digests, piece, plan_for, result_of, slice},
	format::{Plan, HEADER, MAX_PIECE_WEIGHTS, MAX_VALUES},
};
use crate::{
	hash::{blake2_256, LEAF},
	merkle::{self, Tree},
	result::{chunk_leaf, committed, weights_root_over, Job, Leaf, CHUNK},
	Hash,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;

/// The digest of the values of piece `number`.
pub(super) fn digest(number: u32, values: &[u8]) -> Hash {
	let length = u32::try_from(values.len()).unwrap_or(u32::MAX);
	blake2_256(&[
		LEAF,
		b"tct/piece",
		&number.to_le_bytes(),
		&length.to_le_bytes(),
		values,
	])
}

/// Chunks of weights that follow one another, with what leads from them to the root.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Excerpt {
	/// Their bytes; all of [`CHUNK`] bytes but the last of the weights.
	pub bytes: Vec<u8>,
	/// Siblings, see [`Tree::range_path`].
	pub path: Vec<Hash>,
}

/// What shows one piece: the weights' header, the values before it and its rows. With the leaf it is
/// all that is needed to run the piece again.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct PieceProof {
	/// Which piece, counted over all layers. Without meaning if the result has a wrong length.
	pub piece: u32,
	/// The first chunk of the weights.
	pub header: Excerpt,
	/// The values that the piece's layer takes. Empty for the first layer: the leaf has them.
	pub before: Vec<u8>,
	/// The chunks that the piece's rows lie in. Empty if it has none.
	pub rows: Excerpt,
}

impl PieceProof {
	/// The greatest encoded length, in bytes, of a proof about weights of so many bytes.
	pub fn encoded_bound(weights_bytes: u32) -> usize {
		let path = merkle::depth(chunks(weights_bytes))
			.saturating_mul(32)
			.saturating_add(2);
		let chunks_of_rows = (MAX_PIECE_WEIGHTS as usize)
			.div_ceil(CHUNK)
			.saturating_add(1);
		// Compact lengths take at most 4 bytes. A range has at most two siblings a level, the first chunk one.
		4usize
			.saturating_add(HEADER.saturating_add(4))
			.saturating_add(path)
			.saturating_add((MAX_VALUES as usize).saturating_add(4))
			.saturating_add(chunks_of_rows.saturating_mul(CHUNK).saturating_add(4))
			.saturating_add(path.saturating_mul(2))
	}
}

/// The weights as the job binds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
	/// See [`crate::result::weights_root`].
	pub root: Hash,
	/// Their length.
	pub bytes: u32,
}

/// What [`check_piece`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceCheck {
	/// This piece is right. It says nothing of the others.
	Correct,
	/// The provider committed a wrong piece, or a result of a wrong length: a proof of fault.
	Wrong,
	/// The leaf does not fit the job's roots: says nothing about the provider.
	NotCommitted,
	/// The chunks do not fit the weights' root.
	WrongWeights,
	/// There is no such piece, or its values and rows are not those that the result and the header name.
	NotShown,
}

/// Whether the leaf is what was committed, and the piece that `proof` shows right. Runs at most one
/// piece: [`super::MAX_PIECE_WORK`]. Total.
pub fn check_piece(job: &Job, weights: &Weights, leaf: &Leaf, proof: &PieceProof) -> PieceCheck {
	if !committed(job, leaf) {
		return PieceCheck::NotCommitted;
	}
	if !proof.header.begins(weights) {
		return PieceCheck::WrongWeights;
	}
	let limit = job.output_bytes as usize;
	let length = weights.bytes as usize;
	let plan = plan_for(&proof.header.bytes, length, &leaf.input, limit);
	let expected = plan.as_ref().map_or(0, Plan::result_len);
	if leaf.output.len() != expected {
		return PieceCheck::Wrong;
	}
	let Some(plan) = plan else {
		// Nothing was due, and nothing was given.
		return PieceCheck::Correct;
	};
	run(&plan, weights, leaf, proof).unwrap_or(PieceCheck::NotShown)
}

/// `None` if the proof does not show what it should.
fn run(plan: &Plan, weights: &Weights, leaf: &Leaf, proof: &PieceProof) -> Option<PieceCheck> {
	let (place, step, range) = plan.piece(proof.piece)?;
	let before = match place.checked_sub(1) {
		None => proof.before.is_empty().then_some(&leaf.input)?,
		Some(place) => {
			let step = plan.steps.get(place)?;
			let fits = proof.before.len() == step.after.values() as usize
				&& digests(step, &proof.before)
					.eq(claimed(plan, &leaf.output, step.first_piece).take(step.pieces as usize));
			fits.then_some(&proof.before)?
		},
	};
	let (at, bytes) = range.rows;
	let rows = if bytes == 0 {
		(proof.rows == Excerpt::default()).then_some(&[][..])?
	} else {
		let first = at.checked_div(CHUNK as u32)?;
		let last = at
			.checked_add(bytes)?
			.checked_sub(1)?
			.checked_div(CHUNK as u32)?;
		if !proof.rows.fits(weights, first, last)? {
			return Some(PieceCheck::WrongWeights);
		}
		let skipped = at.checked_sub(first.checked_mul(CHUNK as u32)?)?;
		slice(&proof.rows.bytes, skipped, bytes)
	};
	let values = piece(step, range, before, rows);
	let right = if place.checked_add(1)? == plan.steps.len() {
		let at = range.first.checked_mul(step.value_bytes)?;
		let length = range.count.checked_mul(step.value_bytes)?;
		slice(&leaf.output, at, length) == values
	} else {
		claimed(plan, &leaf.output, proof.piece).next()? == digest(proof.piece, &values)
	};
	Some(if right {
		PieceCheck::Correct
	} else {
		PieceCheck::Wrong
	})
}

/// The digests that a result claims, from piece `first` on.
fn claimed<'a>(plan: &Plan, result: &'a [u8], first: u32) -> impl Iterator<Item = Hash> + 'a {
	let digests = result.get(plan.values_len()..).unwrap_or_default();
	let (digests, _) = digests.as_chunks();
	digests.iter().skip(first as usize).copied()
}

/// The proof that a committed leaf is wrong: of its first wrong piece. `None` if its result is right.
/// `weights` are the job's; `limit` is the longest result that it allows.
pub fn cut(weights: &[u8], leaf: &Leaf, limit: usize) -> Option<PieceProof> {
	let tree = Tree::new(
		(0..)
			.zip(weights.chunks(CHUNK))
			.map(|(index, chunk)| chunk_leaf(index, chunk))
			.collect(),
	);
	let header = Excerpt::of(weights, &tree, 0, 0);
	let plan = plan_for(weights, weights.len(), &leaf.input, limit);
	let shape_is_wrong = |header| PieceProof {
		piece: 0,
		header,
		before: Vec::new(),
		rows: Excerpt::default(),
	};
	let expected = plan.as_ref().map_or(0, Plan::result_len);
	if leaf.output.len() != expected {
		return Some(shape_is_wrong(header));
	}
	let plan = plan?;
	let mut boundaries = boundaries(&plan, weights, &leaf.input);
	let number = first_wrong(&plan, &result_of(&plan, &boundaries), &leaf.output)?;
	let (place, _, range) = plan.piece(number)?;
	let before = match place {
		0 => Vec::new(),
		place => core::mem::take(boundaries.get_mut(place)?),
	};
	let (at, bytes) = range.rows;
	let rows = match at.saturating_add(bytes).checked_sub(1) {
		Some(last) if bytes > 0 => {
			let chunk = |byte: u32| byte.checked_div(CHUNK as u32).unwrap_or(0);
			Excerpt::of(weights, &tree, chunk(at), chunk(last))
		},
		_ => Excerpt::default(),
	};
	Some(PieceProof {
		piece: number,
		header,
		before,
		rows,
	})
}

/// The first piece in which two results of the right length differ: digests first, since the values
/// of the last layer are made last.
fn first_wrong(plan: &Plan, right: &[u8], other: &[u8]) -> Option<u32> {
	let digests = claimed(plan, right, 0).zip(claimed(plan, other, 0));
	let number = (0..)
		.zip(digests)
		.find(|(_, (right, other))| right != other);
	if let Some((number, _)) = number {
		return Some(number);
	}
	let last = plan.steps.last()?;
	let piece_bytes = last.cut.checked_mul(last.value_bytes)?;
	let differing = right
		.iter()
		.zip(other)
		.position(|(right, other)| right != other)?;
	let piece = u32::try_from(differing).ok()?.checked_div(piece_bytes)?;
	last.first_piece.checked_add(piece)
}

impl Excerpt {
	/// Chunks `first ..= last`.
	fn of(weights: &[u8], tree: &Tree, first: u32, last: u32) -> Self {
		let count = last.saturating_sub(first).saturating_add(1);
		let chunks = weights.chunks(CHUNK);
		let chunks = chunks.skip(first as usize).take(count as usize);
		Excerpt {
			bytes: chunks.flatten().copied().collect(),
			path: tree.range_path(first, count).unwrap_or_default(),
		}
	}

	/// Whether these are chunks `first ..= last` of the weights. `None` if they are not as long.
	fn fits(&self, weights: &Weights, first: u32, last: u32) -> Option<bool> {
		let from = first.checked_mul(CHUNK as u32)?;
		let until = last
			.checked_add(1)?
			.checked_mul(CHUNK as u32)?
			.min(weights.bytes);
		if self.bytes.len() != until.checked_sub(from)? as usize {
			return None;
		}
		let leaves: Vec<Hash> = (first..)
			.zip(self.bytes.chunks(CHUNK))
			.map(|(index, chunk)| chunk_leaf(index, chunk))
			.collect();
		let root = merkle::range_root(chunks(weights.bytes), first, &leaves, &self.path);
		Some(
			root.is_some_and(|root| weights_root_over(weights.bytes.into(), &root) == weights.root),
		)
	}

	/// Whether this is the first chunk of the weights. No weights have none.
	fn begins(&self, weights: &Weights) -> bool {
		if weights.bytes == 0 {
			let none = weights_root_over(0, &merkle::root_of(&[]));
			return *self == Excerpt::default() && weights.root == none;
		}
		self.fits(weights, 0, 0) == Some(true)
	}
}

/// Chunks of weights of so many bytes.
fn chunks(bytes: u32) -> u32 {
	bytes.div_ceil(CHUNK as u32)
}
