//! L2 capability: a chain of non-linear products, each committed, of which a few entries are checked.
//!
//! # The chain
//!
//! A machine has [`Shape::units`] units. Each computes a chain of its own of [`Shape::steps`] states,
//! `n` × `n` entries of `i8`, from keystreams keyed with its [`unit_seed`]:
//!
//! ```text
//! S₀[r][c]  = entry r, c of stream 0               B[k][r] = entry r, k of stream 1
//! Sₜ[r][c]  = mix( Σₖ Sₜ₋₁[c][k] · B[k][r] + Nₜ[r][c] )      Nₜ = stream t + 1
//! mix(x)    = max(−127, top 8 bits of x · 0x9E3779B1 modulo 2³²)
//! ```
//!
//! Streams are those of [`crate::product`], row after row; sums wrap at 32 bits, alike on every device.
//!
//! - `mix` is not linear, so no power of B and no shortcut through several steps can be made before.
//! - Sₜ is turned over each time (row `c` makes column `c`): row `r` of Sₜ needs *all* of Sₜ₋₁. Machines
//!   that share one chain must all send each other n² bytes in every step. Without that, rows
//!   would be chains of their own and could be given to as many small machines as there are.
//! - Nₜ is fresh in each step. Without it one wrong step would be enough: from an Sₜ of zeros on all
//!   further states would be constant, right, and free. With it the state after a cheap one is as dear
//!   as any, so a saved step costs a wrong one.
//!
//! # Commitment
//!
//! Rows are cut into pieces of [`PIECE`] entries; `context` is the unit's seed, which nobody else has,
//! so a root copied from another machine can never be opened:
//!
//! ```text
//! leaf p of a state   = H(0x00 | "tct/state" | context | p u32 | PIECE bytes)
//! leaf of step t      = H(0x00 | "tct/step" | machine's seed | unit u32 | t u32 | root of Sₜ)
//! ```
//!
//! in the order unit 0's steps 1, 2, …, then unit 1's. What the machine commits is the root over all
//! steps of all units.
//!
//! # What it proves
//!
//! Each of k drawn (unit, step, row, column) is opened with the whole row of the state before. Whoever is
//! wrong in a share f of all entries gets by with probability (1 − f)ᵏ. A wrong entry can be chosen so
//! that the products of the next step that use it are free as well (zeros), so a share f of wrong entries
//! saves at most a share 2f of the work: with k = 32, saving a fifth passes 3.4 % of the time, saving two
//! fifths 0.08 %. It proves that somebody who had the seed did this much work in order, as fast as the
//! window says, for all units at once: neither a brand of hardware nor whose it is.

pub mod work;

use crate::{
	hash::{blake2_256, LEAF},
	merkle,
	product::{self, Seed},
	Hash,
};
use alloc::{vec, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use rand_chacha::{
	rand_core::{RngCore, SeedableRng},
	ChaCha8Rng,
};
use scale_info::TypeInfo;

/// Entries of a state per leaf.
pub const PIECE: usize = 256;
/// The smallest size.
pub const MIN_SIZE: u32 = 256;
/// The largest size.
pub const MAX_SIZE: u32 = 8_192;
/// The most entries of one draw.
pub const MAX_DRAWN: u32 = 64;
/// The longest path within a state: from a piece to the root of the largest one.
pub const MAX_STATE_PATH: u32 = 18;

const STREAM_OF_START: u64 = 0;
/// The golden ratio in 32 bits: odd, so multiplying by it loses nothing.
const MIX: u32 = 0x9E37_79B1;

/// How large the work of one machine is.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Shape {
	/// Rows and columns of a state: a power of two from [`MIN_SIZE`] to [`MAX_SIZE`].
	pub n: u32,
	/// States after the first, per unit.
	pub steps: u32,
	/// Units that each compute a chain.
	pub units: u32,
}

impl Shape {
	/// Whether there is such work: all its steps, of all units, are counted in 32 bits.
	pub fn is_valid(&self) -> bool {
		valid_size(self.n)
			&& self.steps >= 1
			&& self.units >= 1
			&& self.units.checked_mul(self.steps).is_some()
	}

	/// Steps of all units, so leaves under the committed root; 0 if the shape is not valid.
	pub fn all_steps(&self) -> u32 {
		if self.is_valid() {
			self.units.saturating_mul(self.steps)
		} else {
			0
		}
	}

	/// Multiplications of one unit: `steps · n³`. At most 2⁷¹.
	pub fn multiplications(&self) -> u128 {
		let n = u128::from(self.n);
		u128::from(self.steps).saturating_mul(n.saturating_mul(n).saturating_mul(n))
	}
}

/// Whether `n` is a size: a power of two from [`MIN_SIZE`] to [`MAX_SIZE`].
pub fn valid_size(n: u32) -> bool {
	(MIN_SIZE..=MAX_SIZE).contains(&n) && n.is_power_of_two()
}

/// The key of a unit's chain, given that of its machine's muster.
pub fn unit_seed(machine: &Hash, unit: u32) -> Seed {
	Seed(blake2_256(&[b"tct/unit", machine, &unit.to_le_bytes()]))
}

/// S₀, row after row: `n·n` entries. Empty if `n` is no size.
pub fn start(seed: &Seed, n: u32) -> Vec<i8> {
	let mut out = vec![0; entry_count(n) as usize];
	product::keystream(seed, STREAM_OF_START, 0, &mut out);
	out
}

/// All columns of B, column after column: `n·n` entries. Empty if `n` is no size.
pub fn all_columns(seed: &Seed, n: u32) -> Vec<i8> {
	if valid_size(n) {
		product::all_columns(seed, n)
	} else {
		Vec::new()
	}
}

/// Row `row` of Sₜ (`t` from 1 on), given all of Sₜ₋₁ and all columns of B. If `n` is no size, `t` is 0,
/// `row` no row or a slice of another length than `n·n`, `n·n` and `n`, `out` is filled with zeros.
pub fn row_of_step(
	seed: &Seed,
	n: u32,
	t: u32,
	row: u32,
	before: &[i8],
	columns: &[i8],
	out: &mut [i8],
) {
	out.fill(0);
	let (width, all) = (n as usize, entry_count(n) as usize);
	let from = (row as usize).saturating_mul(width);
	let column = columns.get(from..from.saturating_add(width));
	let (Some(column), true) = (column, t > 0) else {
		return;
	};
	if !valid_size(n) || before.len() != all || columns.len() != all || out.len() != width {
		return;
	}
	product::line(seed, stream_of(t), n, row, out);
	for (line, entry) in before.chunks_exact(width).zip(out) {
		*entry = mix(product::dot(line, column).wrapping_add((*entry).into()));
	}
}

/// The tree over a state of size `n`. Of no leaves if `n` is no size or `state` not `n·n` long.
pub fn state_tree(seed: &Seed, n: u32, state: &[i8]) -> merkle::Tree {
	let whole = if state.len() == entry_count(n) as usize {
		state
	} else {
		&[]
	};
	merkle::Tree::new(leaves(seed, 0, whole))
}

/// The leaf of step `t` of unit `unit`.
pub fn step_leaf(machine: &Hash, unit: u32, t: u32, state_root: &Hash) -> Hash {
	let (unit, t) = (unit.to_le_bytes(), t.to_le_bytes());
	blake2_256(&[LEAF, b"tct/step", machine, &unit, &t, state_root])
}

/// One entry that an answer must show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Drawn {
	/// Which unit.
	pub unit: u32,
	/// Which state, from 1 on.
	pub step: u32,
	/// Which row of it.
	pub row: u32,
	/// Which column of it: the row of the state before.
	pub column: u32,
}

/// `k` entries, at most [`MAX_DRAWN`], of all units and steps; none if the shape is not valid. They may
/// repeat: among 2²⁰ and more that is rarer than anything else that could go wrong.
///
/// Each takes two words of the ChaCha8 keystream of H("tct/muster-draw" | seed): step of all steps, then
/// entry of the state, each `(word × bound) >> 64`, at most 2⁻³² away from uniform.
pub fn draw(seed: &Hash, shape: &Shape, k: u32) -> Vec<Drawn> {
	let (all, entries) = (shape.all_steps(), entry_count(shape.n));
	if all == 0 {
		return Vec::new();
	}
	let mut stream = ChaCha8Rng::from_seed(blake2_256(&[b"tct/muster-draw", seed]));
	let mut below = |bound: u32| {
		// Below 2⁹⁶, and after the shift below `bound`.
		(u128::from(stream.next_u64()).wrapping_mul(bound.into()) >> 64) as u32
	};
	let mut one = || {
		let (step, entry) = (below(all), below(entries));
		Drawn {
			unit: step.checked_div(shape.steps).unwrap_or(0),
			step: step.checked_rem(shape.steps).unwrap_or(0).saturating_add(1),
			row: entry.checked_div(shape.n).unwrap_or(0),
			column: entry.checked_rem(shape.n).unwrap_or(0),
		}
	};
	(0..k.min(MAX_DRAWN)).map(|_| one()).collect()
}

/// What shows one drawn entry. All parts have the length that the shape asks for, see [`Opening::fits`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Opening {
	/// Row `column` of the state before, in two's complement; empty for step 1, whose state before is
	/// seeded.
	pub line: Vec<u8>,
	/// The siblings from that row up to the root of the state before; empty for step 1.
	pub line_path: Vec<Hash>,
	/// The siblings from the step before up to the committed root; empty for step 1.
	pub before_path: Vec<Hash>,
	/// The piece of row `row` that holds the entry: [`PIECE`] bytes.
	pub piece: Vec<u8>,
	/// The siblings from that piece up to the root of its state.
	pub piece_path: Vec<Hash>,
	/// The siblings from the step up to the committed root.
	pub step_path: Vec<Hash>,
}

impl Opening {
	/// Whether every part has the length that a drawn entry of this shape asks for: cheap, to be checked
	/// before anything is hashed.
	pub fn fits(&self, shape: &Shape, drawn: &Drawn) -> bool {
		let steps = merkle::depth(shape.all_steps());
		let first = drawn.step == 1;
		let seeded = |length: usize| if first { 0 } else { length };
		shape.is_valid()
			&& self.line.len() == seeded(shape.n as usize)
			&& self.line_path.len() == seeded(merkle::depth(shape.n))
			&& self.before_path.len() == seeded(steps)
			&& self.piece.len() == PIECE
			&& self.piece_path.len() == merkle::depth(leaf_count(shape.n))
			&& self.step_path.len() == steps
	}

	/// The encoded length of an opening at most: about `n` + 2,500 bytes.
	pub fn encoded_bound(shape: &Shape) -> usize {
		let hashes = merkle::depth(shape.n)
			.saturating_add(merkle::depth(leaf_count(shape.n)))
			.saturating_add(merkle::depth(shape.all_steps()).saturating_mul(2));
		// Compact lengths: two bytes each for line and piece, one for each path.
		hashes
			.saturating_mul(32)
			.saturating_add(shape.n as usize)
			.saturating_add(PIECE)
			.saturating_add(8)
	}
}

/// Whether `opening` shows that what `root` commits is right at `drawn`: the row of the state before and
/// the piece are under the root, each in its step, and the entry follows from the row. Total.
pub fn check(machine: &Hash, shape: &Shape, root: &Hash, drawn: &Drawn, opening: &Opening) -> bool {
	let inside = drawn.unit < shape.units
		&& (1..=shape.steps).contains(&drawn.step)
		&& drawn.row < shape.n
		&& drawn.column < shape.n;
	if !inside || !opening.fits(shape, drawn) {
		return false;
	}
	let seed = unit_seed(machine, drawn.unit);
	let Some(line) = line_before(machine, &seed, shape, root, drawn, opening) else {
		return false;
	};
	let entry = place_of(shape.n, drawn.row, drawn.column);
	let piece = signed(&opening.piece);
	let index = entry >> PIECE.trailing_zeros();
	let count = leaf_count(shape.n);
	let state = merkle::root_over(
		count,
		index,
		&leaves(&seed, index, &piece),
		&opening.piece_path,
	);
	let shown = state.is_some_and(|state| {
		is_step(
			machine,
			shape,
			root,
			(drawn.unit, drawn.step),
			&state,
			&opening.step_path,
		)
	});
	let wanted = entry_of(&seed, shape.n, drawn, &line);
	shown && piece.get(entry as usize % PIECE) == Some(&wanted)
}

/// The row of the state before that the drawn entry follows from, if it is shown.
fn line_before(
	machine: &Hash,
	seed: &Seed,
	shape: &Shape,
	root: &Hash,
	drawn: &Drawn,
	opening: &Opening,
) -> Option<Vec<i8>> {
	let n = shape.n;
	let before = drawn.step.checked_sub(1)?;
	if before == 0 {
		let mut line = vec![0; n as usize];
		product::line(seed, STREAM_OF_START, n, drawn.column, &mut line);
		return Some(line);
	}
	let line = signed(&opening.line);
	let first = place_of(n, drawn.column, 0) >> PIECE.trailing_zeros();
	let pieces = leaves(seed, first, &line);
	let state = merkle::root_over(leaf_count(n), first, &pieces, &opening.line_path)?;
	let step = (drawn.unit, before);
	is_step(machine, shape, root, step, &state, &opening.before_path).then_some(line)
}

/// What a drawn entry must be, given row [`Drawn::column`] of the state before; 0 if `n` is no size.
pub fn entry_of(seed: &Seed, n: u32, drawn: &Drawn, line: &[i8]) -> i8 {
	if !valid_size(n) {
		return 0;
	}
	let mut column = vec![0; n as usize];
	product::column_of_b(seed, n, drawn.row, &mut column);
	let place = place_of(n, drawn.row, drawn.column);
	// A word is 4 bytes.
	let mut word = [0i8; 4];
	product::keystream(seed, stream_of(drawn.step), (place >> 2).into(), &mut word);
	let noise = word.get((place & 3) as usize).copied().unwrap_or(0);
	mix(product::dot(line, &column).wrapping_add(noise.into()))
}

/// Whether `state` is the root of a step under the committed one.
fn is_step(
	machine: &Hash,
	shape: &Shape,
	root: &Hash,
	(unit, t): (u32, u32),
	state: &Hash,
	path: &[Hash],
) -> bool {
	let before = unit.saturating_mul(shape.steps);
	let index = before.saturating_add(t.saturating_sub(1));
	let leaf = step_leaf(machine, unit, t, state);
	merkle::verify(root, shape.all_steps(), index, &leaf, path)
}

/// Leaves of consecutive pieces, the first of which has the index `first`.
fn leaves(seed: &Seed, first: u32, entries: &[i8]) -> Vec<Hash> {
	let pieces = entries.chunks(PIECE);
	(first..)
		.zip(pieces)
		.map(|(index, piece)| piece_leaf(seed, index, piece))
		.collect()
}

/// The leaf of piece `index` of a state.
pub fn piece_leaf(seed: &Seed, index: u32, piece: &[i8]) -> Hash {
	let bytes: Vec<u8> = piece.iter().map(|entry| *entry as u8).collect();
	blake2_256(&[LEAF, b"tct/state", &seed.0, &index.to_le_bytes(), &bytes])
}

/// Bytes as entries.
fn signed(bytes: &[u8]) -> Vec<i8> {
	bytes.iter().map(|byte| *byte as i8).collect()
}

/// What makes the chain non-linear: never −128.
fn mix(x: i32) -> i8 {
	let top = (x as u32).wrapping_mul(MIX) >> 24;
	(top as u8 as i8).max(-127)
}

/// The number of an entry, counted row-major. Below 2²⁶ for entries of a state.
fn place_of(n: u32, row: u32, column: u32) -> u32 {
	row.saturating_mul(n).saturating_add(column)
}

/// The stream of a step's noise.
fn stream_of(t: u32) -> u64 {
	u64::from(t).saturating_add(1)
}

/// Leaves of a state; 0 if `n` is no size.
fn leaf_count(n: u32) -> u32 {
	entry_count(n) >> PIECE.trailing_zeros()
}

/// `n·n`, or 0 if `n` is no size. At most 2²⁶.
fn entry_count(n: u32) -> u32 {
	if valid_size(n) {
		n.saturating_mul(n)
	} else {
		0
	}
}
