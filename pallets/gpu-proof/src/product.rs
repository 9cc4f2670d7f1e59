//! L1 presence: the product C = A·B of two seeded matrices.
//!
//! # Matrices
//!
//! Size `n` × `n`, see [`valid_size`]. Entries of A and B are `i8` in −127..=127, entries of C
//! are exact `i32` sums: |c| ≤ 16,384 · 127² < 2²⁸.
//!
//! A and B are keystreams of ChaCha with 8 rounds (D. J. Bernstein's variant: 64-bit block
//! counter from 0, 64-bit stream number), keyed with the 32 bytes of the [`Seed`]:
//!
//! - stream 0 is A, row after row: `A[i][k]` is byte `i·n + k`;
//! - stream 1 is B, column after column: `B[k][j]` is byte `j·n + k`.
//!
//! A byte is read as two's complement, and −128 as −127. Rows and columns are whole blocks of 64
//! bytes, so each can be made alone: checking one entry costs `2·n` bytes of keystream and `n`
//! multiplications whatever `n²` is.
//!
//! # Commitment
//!
//! C is cut row-major into pieces of [`PIECE`] entries. Leaf `p` is
//!
//! ```text
//! H(0x00 | "tct/product" | challenge [32] | p u32 LE | PIECE entries, i32 LE each)
//! ```
//!
//! and the commitment is the root of [`crate::merkle`] over the [`leaf_count`] leaves.
//!
//! # What it proves
//!
//! Whoever commits to a C that is wrong in a fraction f of its entries is accepted with
//! probability (1 − f)ᵏ for k drawn entries. It proves fresh work of this size by someone who
//! knew the seed, neither on what hardware nor that anything else was served.

use crate::{
	draw,
	hash::{blake2_256, LEAF},
	merkle, Hash,
};
use alloc::{vec, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode};
use rand_chacha::{
	rand_core::{RngCore, SeedableRng},
	ChaCha8Rng,
};
use scale_info::TypeInfo;

/// The key of a challenge's matrices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Seed(pub Hash);

/// Entries of C per leaf.
pub const PIECE: usize = 16;
/// The smallest size.
pub const MIN_SIZE: u32 = 64;
/// The largest size.
pub const MAX_SIZE: u32 = 16_384;

const STREAM_OF_A: u64 = 0;
const STREAM_OF_B: u64 = 1;
/// Entries that a dot product takes at once; divides every valid size.
const LANES: usize = 32;

/// Whether `n` is a size: a multiple of 64 from 64 to 16,384.
pub fn valid_size(n: u32) -> bool {
	(MIN_SIZE..=MAX_SIZE).contains(&n) && n.is_multiple_of(64)
}

/// Row `i` of A. If `n` is no size, `i` no row or `out` not `n` long, `out` is filled with zeros.
pub fn row_of_a(seed: &Seed, n: u32, i: u32, out: &mut [i8]) {
	line(seed, STREAM_OF_A, n, i, out)
}

/// Column `j` of B. If `n` is no size, `j` no column or `out` not `n` long, `out` is filled with
/// zeros.
pub fn column_of_b(seed: &Seed, n: u32, j: u32, out: &mut [i8]) {
	line(seed, STREAM_OF_B, n, j, out)
}

/// All columns of B, column after column: `n·n` entries. Empty if `n` is no size.
pub fn all_columns(seed: &Seed, n: u32) -> Vec<i8> {
	let mut out = vec![0; entry_count(n) as usize];
	keystream(seed, STREAM_OF_B, 0, &mut out);
	out
}

/// Σ `a[k]`·`b[k]` over the length of the shorter one, modulo 2³² (exact for any valid size).
pub fn dot(a: &[i8], b: &[i8]) -> i32 {
	let (blocks_of_a, rest_of_a) = a.as_chunks::<LANES>();
	let (blocks_of_b, rest_of_b) = b.as_chunks::<LANES>();
	if blocks_of_a.len() != blocks_of_b.len() {
		return sum_of_products(a, b);
	}
	let mut sum = sum_of_products(rest_of_a, rest_of_b);
	for (a, b) in blocks_of_a.iter().zip(blocks_of_b) {
		sum = sum.wrapping_add(sum_of_products(a, b));
	}
	sum
}

/// Row `i` of C, given all columns of B as [`all_columns`] makes them. If `n` is no size, `i` no
/// row, `b_columns` not `n·n` long or `out` not `n` long, `out` is filled with zeros.
pub fn row_of_c(seed: &Seed, n: u32, i: u32, b_columns: &[i8], out: &mut [i32]) {
	out.fill(0);
	let width = n as usize;
	if !valid_size(n) || i >= n || out.len() != width || b_columns.len() != entry_count(n) as usize
	{
		return;
	}
	let mut a = vec![0; width];
	row_of_a(seed, n, i, &mut a);
	for (column, entry) in b_columns.chunks_exact(width).zip(out) {
		*entry = dot(&a, column);
	}
}

/// The number of leaves, `n·n / PIECE`; 0 if `n` is no size.
pub fn leaf_count(n: u32) -> u32 {
	piece_of(entry_count(n))
}

/// The piece, so the leaf, that holds an entry: `entry / PIECE`.
pub fn piece_of(entry: u32) -> u32 {
	entry >> PIECE.trailing_zeros()
}

/// Row and column of an entry of C, counted row-major. (0, 0) if there is no such entry.
pub fn entry_position(n: u32, entry: u32) -> (u32, u32) {
	if entry >= entry_count(n) {
		return (0, 0);
	}
	(
		entry.checked_div(n).unwrap_or(0),
		entry.checked_rem(n).unwrap_or(0),
	)
}

/// The leaf of piece `index`, whose entries are `entries` ([`PIECE`] of them in a valid tree).
pub fn piece_leaf(challenge: &Hash, index: u32, entries: &[i32]) -> Hash {
	let mut bytes = Vec::with_capacity(entries.len().saturating_mul(4));
	for entry in entries {
		bytes.extend_from_slice(&entry.to_le_bytes());
	}
	blake2_256(&[
		LEAF,
		b"tct/product",
		challenge,
		&index.to_le_bytes(),
		&bytes,
	])
}

/// `k` distinct entries of C, ascending; all `n·n` if there are no more; at most
/// [`crate::MAX_DRAW`]; none if `n` is no size.
///
/// The draw is Floyd's algorithm over the ChaCha8 keystream of H("tct/entries" | seed).
pub fn draw_entries(seed: &Hash, n: u32, k: usize) -> Vec<u32> {
	let k = u32::try_from(k).unwrap_or(u32::MAX);
	draw::distinct(b"tct/entries", seed, entry_count(n), k)
}

/// A piece of C with its path to the committed root. Travels in an extrinsic: 64 bytes and 32 per
/// hash of the path.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct PieceProof {
	/// The piece's entries.
	pub entries: [i32; PIECE],
	/// The siblings of its leaf, the lowest first.
	pub path: Vec<Hash>,
}

impl PieceProof {
	/// Whether the path has the length that a product of size `n` asks for: cheap, to be checked
	/// before anything is hashed.
	pub fn fits(&self, n: u32) -> bool {
		valid_size(n) && self.path.len() == merkle::depth(leaf_count(n))
	}

	/// The encoded length of a proof for size `n`.
	pub fn encoded_bound(n: u32) -> usize {
		let path = merkle::depth(leaf_count(n)).saturating_mul(32);
		// A path has at most 32 hashes, so its compact length is one byte.
		PIECE
			.saturating_mul(4)
			.saturating_add(1)
			.saturating_add(path)
	}
}

/// Whether `proof` shows that the product committed by `root` is right at `entry`: the piece is
/// under the root, and its entry is the dot product of the seeded row and column. Total.
pub fn check_entry(
	seed: &Seed,
	n: u32,
	challenge: &Hash,
	root: &Hash,
	entry: u32,
	proof: &PieceProof,
) -> bool {
	if !proof.fits(n) || entry >= entry_count(n) {
		return false;
	}
	let index = piece_of(entry);
	let leaf = piece_leaf(challenge, index, &proof.entries);
	if !merkle::verify(root, leaf_count(n), index, &leaf, &proof.path) {
		return false;
	}
	let (row, column) = entry_position(n, entry);
	let (mut a, mut b) = (vec![0; n as usize], vec![0; n as usize]);
	row_of_a(seed, n, row, &mut a);
	column_of_b(seed, n, column, &mut b);
	proof.entries.get(entry as usize % PIECE) == Some(&dot(&a, &b))
}

/// `n·n`, or 0 if `n` is no size. At most 2²⁸.
fn entry_count(n: u32) -> u32 {
	if valid_size(n) {
		n.saturating_mul(n)
	} else {
		0
	}
}

/// Row or column `index` of the matrix that is keystream `stream`.
pub(crate) fn line(seed: &Seed, stream: u64, n: u32, index: u32, out: &mut [i8]) {
	if !valid_size(n) || index >= n || out.len() != n as usize {
		return out.fill(0);
	}
	// A word is 4 bytes. At most 2²⁶.
	let word = u128::from(index).saturating_mul(u128::from(n / 4));
	keystream(seed, stream, word, out)
}

pub(crate) fn keystream(seed: &Seed, stream: u64, word: u128, out: &mut [i8]) {
	let mut generator = ChaCha8Rng::from_seed(seed.0);
	generator.set_stream(stream);
	generator.set_word_pos(word);
	let mut bytes = [0u8; 256];
	for part in out.chunks_mut(bytes.len()) {
		generator.fill_bytes(&mut bytes);
		for (entry, byte) in part.iter_mut().zip(&bytes) {
			*entry = (*byte as i8).max(-127);
		}
	}
}

/// Of arrays of [`LANES`] entries, this compiles to vector instructions without further help.
#[inline(always)]
fn sum_of_products(a: &[i8], b: &[i8]) -> i32 {
	a.iter().zip(b).fold(0, |sum: i32, (a, b)| {
		sum.wrapping_add(i32::from(*a).wrapping_mul(i32::from(*b)))
	})
}
