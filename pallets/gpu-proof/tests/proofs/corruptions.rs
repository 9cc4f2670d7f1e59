//! A million random corruptions of what was proven, and none is accepted.

use crate::support::{flip_bit, root_through, Batch, Product, Random, TRIALS};
use terminal_gpu_proof::{
	product::{check_entry, leaf_count, piece_leaf, PIECE},
	result::{check, output_leaf, LeafCheck},
};

const N: u32 = 64;

/// Each trial corrupts one thing of an accepted entry. The last kinds are a cheat's best: the wrong
/// entry is what was committed, so every hash fits and only the dot product can tell.
#[test]
fn no_corruption_of_a_checked_entry_is_accepted() {
	let product = Product::new(N);
	let honest = product.tree.root();
	let mut random = Random::new(1);
	let (mut accepted, mut kinds) = (0, [0; 9]);
	for _ in 0..TRIALS {
		let mut entry = random.below((N * N) as usize) as u32;
		let mut proof = product.proof(entry);
		let (mut root, mut challenge, mut n) = (honest, product.challenge, N);
		let kind = random.below(kinds.len());
		match kind {
			0 => proof.entries[random.below(PIECE)] ^= random.flip() as i32,
			1 => {
				let level = random.below(proof.path.len());
				flip_bit(&mut proof.path[level], &mut random)
			},
			2 => proof.path.push(random.hash()),
			3 => proof.path.truncate(random.below(proof.path.len())),
			4 => flip_bit(&mut root, &mut random),
			5 => flip_bit(&mut challenge, &mut random),
			6 => {
				// Another piece, row, or nothing at all: the low bits stay within the piece.
				entry ^= random.flip() & !(PIECE as u32 - 1) | PIECE as u32;
				n = if random.below(2) == 0 {
					N
				} else {
					N + 64 * (1 + random.below(100) as u32)
				};
			},
			_ => {
				let at = entry as usize % PIECE;
				let delta = if kind == 7 {
					1 + random.below(255) as i32
				} else {
					random.flip() as i32
				};
				proof.entries[at] = proof.entries[at].wrapping_add(delta);
				let index = entry / PIECE as u32;
				let leaf = piece_leaf(&challenge, index, &proof.entries);
				root = root_through(leaf_count(N), index, &leaf, &proof.path);
			},
		}
		kinds[kind] += 1;
		accepted += u32::from(check_entry(
			&product.seed,
			n,
			&challenge,
			&root,
			entry,
			&proof,
		));
	}
	assert_eq!(accepted, 0, "false accepts");
	assert!(kinds.iter().all(|count| *count > TRIALS / 10), "{kinds:?}");
}

/// As above for a leaf of a result. A committed wrong output must be told from a bad proof.
#[test]
fn no_corruption_of_a_checked_leaf_is_accepted() {
	let batch = Batch::new(16);
	let mut random = Random::new(2);
	let (mut accepted, mut kinds) = (0, [0; 9]);
	for _ in 0..TRIALS {
		let mut leaf = batch.leaves[random.below(16)].clone();
		let mut job = batch.job.clone();
		let kind = random.below(kinds.len());
		let mut expected = LeafCheck::NotCommitted;
		match kind {
			0 => leaf.index ^= random.flip(),
			1 => flip_bit(&mut leaf.input, &mut random),
			2 => flip_bit(&mut leaf.output, &mut random),
			3 | 4 => {
				let path = if kind == 3 {
					&mut leaf.input_path
				} else {
					&mut leaf.output_path
				};
				match random.below(4) {
					0 => path.push(random.hash()),
					1 => path.truncate(3),
					_ => flip_bit(&mut path[random.below(4)], &mut random),
				}
			},
			5 => {
				let field = if random.below(2) == 0 {
					&mut leaf.input
				} else {
					&mut leaf.output
				};
				if random.below(2) == 0 {
					field.extend(random.bytes(1))
				} else {
					field.truncate(field.len() - 1)
				}
			},
			6 => {
				let field = match random.below(3) {
					0 => &mut job.context,
					1 => &mut job.input_root,
					_ => &mut job.result_root,
				};
				flip_bit(field, &mut random)
			},
			7 => job.items ^= random.flip(),
			_ => {
				match random.below(3) {
					0 => leaf.output.truncate(random.below(12)),
					1 => leaf.output[random.below(12)] ^= 1 + random.below(255) as u8,
					_ => flip_bit(&mut leaf.output, &mut random),
				}
				let hash = output_leaf(&job.context, leaf.index, &leaf.input, &leaf.output);
				job.result_root = root_through(16, leaf.index, &hash, &leaf.output_path);
				expected = LeafCheck::WrongOutput;
			},
		}
		kinds[kind] += 1;
		let found = check(&job, &batch.weights, &leaf);
		accepted += u32::from(found == LeafCheck::Correct);
		assert_eq!(found, expected, "kind {kind}");
	}
	assert_eq!(accepted, 0, "false accepts");
	assert!(kinds.iter().all(|count| *count > TRIALS / 10), "{kinds:?}");
}
