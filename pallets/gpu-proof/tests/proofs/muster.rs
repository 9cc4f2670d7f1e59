use crate::support::{flip_bit, root_through, Random};
use codec::{Decode, Encode};
use proptest::prelude::*;
use std::sync::OnceLock;
use terminal_gpu_proof::{
	hash::blake2_256,
	merkle::Tree,
	muster::*,
	product::{column_of_b, dot, row_of_a, Seed},
	Hash,
};

const MACHINE: Hash = [7; 32];
const SHAPE: Shape = Shape {
	n: 256,
	steps: 3,
	units: 2,
};

/// All states of all units with their trees, as a machine has them.
struct Chain {
	states: Vec<Vec<i8>>,
	trees: Vec<Tree>,
	steps: Tree,
}

fn next_state(seed: &Seed, n: u32, t: u32, before: &[i8], columns: &[i8]) -> Vec<i8> {
	let mut state = vec![0; (n * n) as usize];
	for (row, out) in (0..).zip(state.chunks_mut(n as usize)) {
		row_of_step(seed, n, t, row, before, columns, out);
	}
	state
}

impl Chain {
	/// One chain for all tests: a debug build takes a second for each state.
	fn get() -> &'static Self {
		static CHAIN: OnceLock<Chain> = OnceLock::new();
		CHAIN.get_or_init(|| {
			let (mut states, mut trees, mut leaves) = (vec![], vec![], vec![]);
			for unit in 0..SHAPE.units {
				let seed = unit_seed(&MACHINE, unit);
				let columns = all_columns(&seed, SHAPE.n);
				let mut state = start(&seed, SHAPE.n);
				for t in 1..=SHAPE.steps {
					state = next_state(&seed, SHAPE.n, t, &state, &columns);
					let tree = state_tree(&seed, SHAPE.n, &state);
					leaves.push(step_leaf(&MACHINE, unit, t, &tree.root()));
					states.push(state.clone());
					trees.push(tree);
				}
			}
			let steps = Tree::new(leaves);
			Chain {
				states,
				trees,
				steps,
			}
		})
	}

	fn root(&self) -> Hash {
		self.steps.root()
	}

	fn open(&self, drawn: &Drawn) -> Opening {
		let n = SHAPE.n as usize;
		let at = (drawn.unit * SHAPE.steps + drawn.step - 1) as usize;
		let (row, column) = (drawn.row as usize, drawn.column as usize);
		let first = (row * n + column) / PIECE;
		let bytes = |state: usize, from: usize, length: usize| -> Vec<u8> {
			self.states[state][from..from + length]
				.iter()
				.map(|entry| *entry as u8)
				.collect()
		};
		let mut opening = Opening {
			line: vec![],
			line_path: vec![],
			before_path: vec![],
			piece: bytes(at, first * PIECE, PIECE),
			piece_path: self.trees[at].path(first as u32).unwrap(),
			step_path: self.steps.path(at as u32).unwrap(),
		};
		if drawn.step > 1 {
			let pieces = n / PIECE;
			opening.line = bytes(at - 1, column * n, n);
			let path = self.trees[at - 1].path((column * pieces) as u32).unwrap();
			opening.line_path = path[pieces.ilog2() as usize..].to_vec();
			opening.before_path = self.steps.path(at as u32 - 1).unwrap();
		}
		opening
	}
}

fn at(unit: u32, step: u32, row: u32, column: u32) -> Drawn {
	Drawn {
		unit,
		step,
		row,
		column,
	}
}

#[test]
fn sizes_are_powers_of_two_in_range() {
	for n in [256, 512, 1024, 2048, 4096, 8192] {
		assert!(valid_size(n), "{n}");
	}
	for n in [0, 1, 64, 128, 255, 320, 4095, 16384, 1 << 31, u32::MAX] {
		assert!(!valid_size(n), "{n}");
		assert!(start(&Seed(MACHINE), n).is_empty());
		assert!(all_columns(&Seed(MACHINE), n).is_empty());
		assert_eq!(state_tree(&Seed(MACHINE), n, &[0; 64]).count(), 0);
	}
}

#[test]
fn shapes_count_their_steps_in_32_bits() {
	let shape = |steps, units| Shape {
		n: 256,
		steps,
		units,
	};
	assert_eq!(shape(3, 2).all_steps(), 6);
	assert_eq!(shape(3, 2).multiplications(), 3 << 24);
	assert_eq!(shape(u32::MAX, 1).all_steps(), u32::MAX);
	for wrong in [shape(0, 1), shape(1, 0), shape(1 << 31, 2)] {
		assert!(!wrong.is_valid());
		assert_eq!(wrong.all_steps(), 0);
		assert!(draw(&[1; 32], &wrong, 8).is_empty());
	}
}

/// Written once more, without anything that the crate shares between machine and chain.
#[test]
fn a_step_is_what_its_formula_says() {
	let chain = Chain::get();
	let seed = unit_seed(&MACHINE, 1);
	let n = SHAPE.n as usize;
	let mix = |x: i64| {
		let top = ((x as u32).wrapping_mul(0x9E37_79B1) >> 24) as u8 as i8;
		if top == -128 {
			-127
		} else {
			top
		}
	};
	for (step, row, column) in [(1, 0, 0), (1, 255, 3), (2, 17, 200), (3, 128, 64)] {
		let before: Vec<i8> = if step == 1 {
			// Stream 0 of the seed, as presence's A.
			let mut line = vec![0; n];
			row_of_a(&seed, SHAPE.n, column, &mut line);
			line
		} else {
			chain.states[3 + step - 2][column as usize * n..][..n].to_vec()
		};
		let mut b = vec![0; n];
		column_of_b(&seed, SHAPE.n, row, &mut b);
		let noise = noise_of(&seed, step as u64 + 1, row as usize * n + column as usize);
		let sum: i64 = before
			.iter()
			.zip(&b)
			.map(|(s, b)| i64::from(*s) * i64::from(*b))
			.sum();
		let entry = chain.states[3 + step - 1][row as usize * n + column as usize];
		assert_eq!(entry, mix(sum + i64::from(noise)), "{step} {row} {column}");
	}
}

fn noise_of(seed: &Seed, stream: u64, place: usize) -> i8 {
	use rand_chacha::{
		rand_core::{RngCore, SeedableRng},
		ChaCha8Rng,
	};
	let mut generator = ChaCha8Rng::from_seed(seed.0);
	generator.set_stream(stream);
	let mut bytes = vec![0; place + 1];
	generator.fill_bytes(&mut bytes);
	(bytes[place] as i8).max(-127)
}

/// What a device of another kind must arrive at. Change it only with the rules themselves.
#[test]
fn the_root_of_a_small_chain_is_known() {
	assert_eq!(
		hex::encode(Chain::get().root()),
		"1967891443a290d4f0c221e5d2d556ed381d1e0836f40a6d2ef96cdb561c368d"
	);
}

#[test]
fn every_drawn_entry_of_an_honest_chain_is_accepted() {
	let chain = Chain::get();
	for number in 0..20u8 {
		for drawn in draw(&[number; 32], &SHAPE, 32) {
			let opening = chain.open(&drawn);
			assert!(check(&MACHINE, &SHAPE, &chain.root(), &drawn, &opening));
			assert!(opening.encoded_size() <= Opening::encoded_bound(&SHAPE));
			assert_eq!(Opening::decode(&mut &opening.encode()[..]), Ok(opening));
		}
	}
}

#[test]
fn a_corrupted_opening_is_never_accepted() {
	let chain = Chain::get();
	let mut random = Random::new(1);
	let trials = if cfg!(debug_assertions) { 300 } else { 20_000 };
	for _ in 0..trials {
		let drawn = draw(&random.hash(), &SHAPE, 1)[0];
		let mut wrong = chain.open(&drawn);
		let first = drawn.step == 1;
		match random.below(if first { 3 } else { 6 }) {
			0 => flip_bit(&mut wrong.piece, &mut random),
			1 => flip_path(&mut wrong.piece_path, &mut random),
			2 => flip_path(&mut wrong.step_path, &mut random),
			3 => flip_bit(&mut wrong.line, &mut random),
			4 => flip_path(&mut wrong.line_path, &mut random),
			_ => flip_path(&mut wrong.before_path, &mut random),
		}
		assert!(!check(&MACHINE, &SHAPE, &chain.root(), &drawn, &wrong));
	}
}

fn flip_path(path: &mut [Hash], random: &mut Random) {
	let at = random.below(path.len());
	flip_bit(&mut path[at], random);
}

/// Not only what is shown but the whole commitment is wrong, and consistent with itself.
#[test]
fn a_committed_wrong_entry_is_never_accepted() {
	let chain = Chain::get();
	let mut random = Random::new(2);
	let trials = if cfg!(debug_assertions) { 200 } else { 10_000 };
	for _ in 0..trials {
		let drawn = draw(&random.hash(), &SHAPE, 1)[0];
		let mut wrong = chain.open(&drawn);
		let entry = (drawn.row * SHAPE.n + drawn.column) as usize;
		wrong.piece[entry % PIECE] ^= 1 << random.below(8);
		let root = committed(&drawn, &wrong);
		let mut right = wrong.clone();
		right.piece = chain.open(&drawn).piece;
		assert_eq!(committed(&drawn, &right), chain.root());
		assert!(!check(&MACHINE, &SHAPE, &root, &drawn, &wrong));
	}
}

/// The root that the piece of an opening leads to.
fn committed(drawn: &Drawn, opening: &Opening) -> Hash {
	let seed = unit_seed(&MACHINE, drawn.unit);
	let index = (drawn.row * SHAPE.n + drawn.column) / PIECE as u32;
	let leaf = blake2_256(&[
		&[0],
		b"tct/state",
		&seed.0,
		&index.to_le_bytes(),
		&opening.piece,
	]);
	let pieces = SHAPE.n * SHAPE.n / PIECE as u32;
	let state = root_through(pieces, index, &leaf, &opening.piece_path);
	let step = step_leaf(&MACHINE, drawn.unit, drawn.step, &state);
	let index = drawn.unit * SHAPE.steps + drawn.step - 1;
	root_through(SHAPE.all_steps(), index, &step, &opening.step_path)
}

/// A step that does not follow from the one before: what splitting the chain among machines would need.
#[test]
fn a_chain_with_a_jump_in_it_is_found_at_the_jump() {
	let chain = Chain::get();
	let seed = unit_seed(&MACHINE, 0);
	let columns = all_columns(&seed, SHAPE.n);
	// Step 3 is right for a state that was never committed as step 2.
	let other = next_state(&seed, SHAPE.n, 3, &start(&seed, SHAPE.n), &columns);
	let tree = state_tree(&seed, SHAPE.n, &other);
	let mut leaves: Vec<Hash> = (0..SHAPE.all_steps())
		.map(|at| {
			let root = chain.trees[at as usize].root();
			step_leaf(&MACHINE, at / SHAPE.steps, at % SHAPE.steps + 1, &root)
		})
		.collect();
	leaves[2] = step_leaf(&MACHINE, 0, 3, &tree.root());
	let steps = Tree::new(leaves);
	let mut states = chain.states.clone();
	let mut trees = chain.trees.clone();
	(states[2], trees[2]) = (other, tree);
	let cheat = Chain {
		states,
		trees,
		steps,
	};
	let mut found = 0;
	for number in 0..64 {
		let drawn = at(0, 3, number, number * 3);
		found += u32::from(!check(
			&MACHINE,
			&SHAPE,
			&cheat.root(),
			&drawn,
			&cheat.open(&drawn),
		));
	}
	// An entry has one of 255 values: some agree by chance.
	assert!(found >= 60, "{found}");
	let drawn = at(0, 2, 5, 6);
	assert!(check(
		&MACHINE,
		&SHAPE,
		&cheat.root(),
		&drawn,
		&cheat.open(&drawn)
	));
}

#[test]
fn a_root_of_another_machine_unit_step_or_place_is_refused() {
	let chain = Chain::get();
	let (root, drawn) = (chain.root(), at(1, 2, 30, 40));
	let opening = chain.open(&drawn);
	assert!(check(&MACHINE, &SHAPE, &root, &drawn, &opening));
	assert!(!check(&[8; 32], &SHAPE, &root, &drawn, &opening));
	for other in [
		at(0, 2, 30, 40),
		at(1, 3, 30, 40),
		at(1, 1, 30, 40),
		at(1, 2, 31, 40),
		at(1, 2, 30, 41),
		at(2, 2, 30, 40),
		at(1, 0, 30, 40),
		at(1, 4, 30, 40),
		at(1, 2, 256, 40),
		at(1, 2, 30, 256),
		at(u32::MAX, u32::MAX, u32::MAX, u32::MAX),
	] {
		assert!(
			!check(&MACHINE, &SHAPE, &root, &other, &opening),
			"{other:?}"
		);
	}
	for shape in [
		Shape { n: 512, ..SHAPE },
		Shape { n: 0, ..SHAPE },
		Shape {
			steps: 6,
			units: 1,
			..SHAPE
		},
		Shape { steps: 4, ..SHAPE },
		Shape {
			units: u32::MAX,
			..SHAPE
		},
	] {
		assert!(
			!check(&MACHINE, &shape, &root, &drawn, &opening),
			"{shape:?}"
		);
	}
}

/// From a state of zeros on, a chain without noise would stay constant and free.
#[test]
fn the_state_after_a_cheap_one_is_not_cheap() {
	let seed = unit_seed(&MACHINE, 0);
	let n = SHAPE.n as usize;
	let columns = all_columns(&seed, SHAPE.n);
	for cheap in [vec![0; n * n], vec![127; n * n]] {
		let after = next_state(&seed, SHAPE.n, 5, &cheap, &columns);
		let mut counts = [0u32; 256];
		for entry in &after {
			counts[*entry as u8 as usize] += 1;
		}
		// 65,536 entries over 255 values: 257 each, some twice as often by what `mix` does to bytes.
		assert!(counts.iter().filter(|count| **count > 0).count() > 100);
		assert!(counts.iter().all(|count| *count < 65_536 / 32));
		let rows: std::collections::BTreeSet<&[i8]> = after.chunks(n).collect();
		assert_eq!(rows.len(), n);
		// No two rows are nearly multiples of each other.
		let square = dot(&after[..n], &after[..n]);
		assert!(dot(&after[..n], &after[n..2 * n]).abs() < square / 2);
	}
}

/// So nobody can compute some rows of a chain without all the others.
#[test]
fn every_row_depends_on_every_row_of_the_state_before() {
	let chain = Chain::get();
	let seed = unit_seed(&MACHINE, 0);
	let n = SHAPE.n as usize;
	let columns = all_columns(&seed, SHAPE.n);
	let mut row = vec![0; n];
	for changed in [0, 100, 255] {
		let mut before = chain.states[0].clone();
		for entry in &mut before[changed * n..][..n] {
			*entry = entry.wrapping_add(1).max(-127);
		}
		row_of_step(&seed, SHAPE.n, 2, 9, &before, &columns, &mut row);
		let right = &chain.states[1][9 * n..][..n];
		let differing: Vec<usize> = (0..n).filter(|k| row[*k] != right[*k]).collect();
		assert_eq!(differing, vec![changed]);
	}
}

#[test]
fn rows_of_impossible_shape_are_zeros() {
	let (seed, n) = (Seed(MACHINE), 256);
	let (all, mut out) = (vec![1; 65_536], vec![1; 256]);
	for (n, t, row, before, columns) in [
		(n, 0, 0, &all[..], &all[..]),
		(n, 1, 256, &all[..], &all[..]),
		(n, 1, 0, &all[1..], &all[..]),
		(n, 1, 0, &all[..], &all[1..]),
		(128, 1, 0, &all[..], &all[..]),
	] {
		out.fill(1);
		row_of_step(&seed, n, t, row, before, columns, &mut out);
		assert!(out.iter().all(|entry| *entry == 0));
	}
}

#[test]
fn draws_reach_all_units_steps_and_places_alike() {
	let mut counts = [0u32; 24];
	for number in 0..1_000u32 {
		let seed = blake2_256(&[&number.to_le_bytes()]);
		let drawn = draw(&seed, &SHAPE, 24);
		assert_eq!(drawn.len(), 24);
		for one in drawn {
			assert!(one.unit < 2 && (1..=3).contains(&one.step));
			assert!(one.row < 256 && one.column < 256);
			let step = (one.unit * 3 + one.step - 1) as usize;
			let quarter = (one.row / 128 * 2 + one.column / 128) as usize;
			counts[step * 4 + quarter] += 1;
		}
	}
	// 24,000 draws over 24 bins: 1,000 each, deviation 31.
	assert!(
		counts.iter().all(|count| count.abs_diff(1_000) < 5 * 31),
		"{counts:?}"
	);
	assert_eq!(draw(&[0; 32], &SHAPE, u32::MAX).len(), MAX_DRAWN as usize);
}

/// A machine that leaves out a share of the entries is accepted as rarely as the formula says.
#[test]
fn skipping_a_part_of_the_work_is_found_as_often_as_computed() {
	let (rounds, mut accepted) = (4_000, 0);
	for number in 0..rounds {
		let seed = blake2_256(&[b"skip", &u32::to_le_bytes(number)]);
		let drawn = draw(&seed, &SHAPE, 32);
		// One row in sixteen: (15/16)³² = 12.7 % get by.
		accepted += u32::from(drawn.iter().all(|one| one.row % 16 != 0));
	}
	let share = f64::from(accepted) / f64::from(rounds);
	assert!((share - 0.1268).abs() < 5.0 * 0.0053, "{share}");
}

#[test]
fn a_machine_that_keeps_few_states_shows_whatever_is_drawn() {
	use terminal_gpu_proof::muster::work::{commit_unit, Cpu, Work};
	for spacing in [0, 2] {
		let unit = |unit| {
			let device = &mut Cpu::default();
			commit_unit(&MACHINE, &SHAPE, unit, spacing, device, || true).unwrap()
		};
		let units: Vec<_> = (0..SHAPE.units).map(unit).collect();
		assert_eq!(Work::new(&MACHINE, &SHAPE, units[..1].to_vec()), None);
		let work = Work::new(&MACHINE, &SHAPE, units).unwrap();
		assert_eq!(work.root(), Chain::get().root());
		for drawn in [at(0, 1, 7, 8), at(1, 2, 255, 0), at(1, 3, 0, 255)] {
			let opening = work.open(&drawn, &mut Cpu::default()).unwrap();
			assert_eq!(opening, Chain::get().open(&drawn));
		}
		for none in [
			at(2, 1, 0, 0),
			at(0, 0, 0, 0),
			at(0, 4, 0, 0),
			at(0, 1, 256, 0),
		] {
			assert_eq!(work.open(&none, &mut Cpu::default()), None);
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]
	#[test]
	fn check_is_total(
		machine in any::<[u8; 32]>(), shape in any::<(u32, u32, u32)>(), drawn in any::<(u32, u32, u32, u32)>(),
		line in prop::collection::vec(any::<u8>(), 0..600),
		paths in any::<[[[u8; 32]; 4]; 4]>(), lengths in any::<[u8; 4]>(),
	) {
		let path = |at: usize| paths[at].iter().cycle().take(lengths[at] as usize % 36).copied().collect();
		let opening = Opening {
			piece: line.iter().cycle().take(if line.is_empty() { 0 } else { PIECE }).copied().collect(),
			line, line_path: path(0), before_path: path(1), piece_path: path(2), step_path: path(3),
		};
		let (n, steps, units) = shape;
		for shape in [Shape { n, steps, units }, Shape { n: 256, steps: steps % 9, units: units % 9 }] {
			let drawn = at(drawn.0 % units.max(1), drawn.1 % 9, drawn.2 % 256, drawn.3 % 256);
			prop_assert!(!check(&machine, &shape, &machine, &drawn, &opening));
		}
	}
}

#[test]
fn a_chain_that_nobody_waits_for_any_more_is_given_up() {
	use core::cell::Cell;
	use terminal_gpu_proof::muster::work::{commit_unit, Cpu};
	let asked = Cell::new(0);
	let goes_on = || asked.replace(asked.get() + 1) < 1;
	let kept = commit_unit(&MACHINE, &SHAPE, 0, 0, &mut Cpu::default(), goes_on);
	assert_eq!((kept, asked.get()), (None, 2));
}
