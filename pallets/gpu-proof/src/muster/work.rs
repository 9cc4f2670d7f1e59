//! The machine's side: compute the chains, commit, show what was drawn.
//!
//! A chain has too many states to keep. Each unit keeps every so-many-eth ([`commit_unit`]) and the roots
//! of all; what is drawn is computed again from the last one kept before it. A [`Device`] makes the states:
//! [`Cpu`] here, others elsewhere by the same rules.

use super::{
	all_columns, place_of, row_of_step, start, state_tree, step_leaf, unit_seed, Drawn, Opening,
	Shape, PIECE,
};
use crate::{
	merkle::{self, Tree},
	product::Seed,
	Hash,
};
use alloc::{collections::BTreeMap, vec, vec::Vec};

/// What makes one unit's states. It holds the current one.
pub trait Device {
	/// Make ready for a chain, at S₀.
	fn begin(&mut self, seed: &Seed, n: u32);
	/// Go on from `state`, which is Sₜ.
	fn resume(&mut self, t: u32, state: &[i8]);
	/// Make the next state. Returns its root.
	fn advance(&mut self) -> Hash;
	/// The current state, row after row.
	fn state(&self) -> Vec<i8>;
}

/// One thread.
#[derive(Default)]
pub struct Cpu {
	seed: Option<Seed>,
	n: u32,
	t: u32,
	columns: Vec<i8>,
	state: Vec<i8>,
}

impl Device for Cpu {
	fn begin(&mut self, seed: &Seed, n: u32) {
		self.columns = all_columns(seed, n);
		self.state = start(seed, n);
		(self.seed, self.n, self.t) = (Some(*seed), n, 0);
	}

	fn resume(&mut self, t: u32, state: &[i8]) {
		self.t = t;
		self.state = state.to_vec();
	}

	fn advance(&mut self) -> Hash {
		let Some(seed) = self.seed else {
			return merkle::PAD;
		};
		self.t = self.t.saturating_add(1);
		let mut next = vec![0; self.state.len()];
		let rows = next.chunks_mut((self.n as usize).max(1));
		for (row, out) in (0..).zip(rows) {
			row_of_step(&seed, self.n, self.t, row, &self.state, &self.columns, out);
		}
		self.state = next;
		state_tree(&seed, self.n, &self.state).root()
	}

	fn state(&self) -> Vec<i8> {
		self.state.clone()
	}
}

/// What a unit keeps of its chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
	/// The roots of S₁, S₂, …
	roots: Vec<Hash>,
	/// Some states, by step.
	states: BTreeMap<u32, Vec<i8>>,
}

/// Compute the chain of unit `unit`, and keep each state whose number is a multiple of `spacing` (none if
/// that is 0): `n²` bytes each. Units are independent: give each its device and thread. `None` as soon as
/// `goes_on`, asked before each step, says no.
pub fn commit_unit(
	machine: &Hash,
	shape: &Shape,
	unit: u32,
	spacing: u32,
	device: &mut (impl Device + ?Sized),
	goes_on: impl Fn() -> bool,
) -> Option<Kept> {
	device.begin(&unit_seed(machine, unit), shape.n);
	let (mut roots, mut states) = (Vec::new(), BTreeMap::new());
	for t in 1..=shape.steps {
		goes_on().then_some(())?;
		roots.push(device.advance());
		if t.checked_rem(spacing) == Some(0) {
			states.insert(t, device.state());
		}
	}
	Some(Kept { roots, states })
}

/// All of a machine's work, committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
	machine: Hash,
	shape: Shape,
	units: Vec<Kept>,
	steps: Tree,
}

impl Work {
	/// Of what its units kept, unit 0 first. `None` if the shape is not valid, or they are not as many, or
	/// have not as many steps.
	pub fn new(machine: &Hash, shape: &Shape, units: Vec<Kept>) -> Option<Self> {
		let whole = |kept: &Kept| kept.roots.len() == shape.steps as usize;
		if !shape.is_valid() || units.len() != shape.units as usize || !units.iter().all(whole) {
			return None;
		}
		let leaves = (0..).zip(&units).flat_map(|(unit, kept)| {
			let steps = (1..).zip(&kept.roots);
			steps.map(move |(t, root)| step_leaf(machine, unit, t, root))
		});
		let steps = Tree::new(leaves.collect());
		Some(Work {
			machine: *machine,
			shape: *shape,
			units,
			steps,
		})
	}

	/// What to commit.
	pub fn root(&self) -> Hash {
		self.steps.root()
	}

	/// Show a drawn entry: computes at most `spacing` steps again. `None` if there is no such entry, or the
	/// device arrives at another state than before.
	pub fn open(&self, drawn: &Drawn, device: &mut (impl Device + ?Sized)) -> Option<Opening> {
		let n = self.shape.n;
		let kept = self.units.get(drawn.unit as usize)?;
		let before = drawn.step.checked_sub(1)?;
		let inside = drawn.step <= self.shape.steps && drawn.row < n && drawn.column < n;
		inside.then_some(())?;
		let seed = unit_seed(&self.machine, drawn.unit);
		device.begin(&seed, n);
		let mut at = 0;
		if let Some((t, state)) = kept.states.range(..=before).next_back() {
			device.resume(*t, state);
			at = *t;
		}
		for _ in at..before {
			device.advance();
		}
		let first = drawn
			.unit
			.saturating_mul(self.shape.steps)
			.saturating_add(before);
		let mut opening = Opening {
			line: Vec::new(),
			line_path: Vec::new(),
			before_path: Vec::new(),
			piece: Vec::new(),
			piece_path: Vec::new(),
			step_path: self.steps.path(first)?,
		};
		if before > 0 {
			let state = device.state();
			let tree = state_tree(&seed, n, &state);
			let pieces = n >> PIECE.trailing_zeros();
			let leaf = drawn.column.saturating_mul(pieces);
			opening.line = part(&state, place_of(n, drawn.column, 0), n as usize)?;
			let path = tree.path(leaf)?;
			opening.line_path = path.get(merkle::depth(pieces)..)?.to_vec();
			opening.before_path = self.steps.path(first.checked_sub(1)?)?;
		}
		let root = device.advance();
		(kept.roots.get(before as usize) == Some(&root)).then_some(())?;
		let state = device.state();
		let index = place_of(n, drawn.row, drawn.column) >> PIECE.trailing_zeros();
		opening.piece = part(&state, index << PIECE.trailing_zeros(), PIECE)?;
		opening.piece_path = state_tree(&seed, n, &state).path(index)?;
		Some(opening)
	}
}

/// `length` entries from number `from` on, as bytes.
fn part(state: &[i8], from: u32, length: usize) -> Option<Vec<u8>> {
	let from = from as usize;
	let part = state.get(from..from.checked_add(length)?)?;
	Some(part.iter().map(|entry| *entry as u8).collect())
}
