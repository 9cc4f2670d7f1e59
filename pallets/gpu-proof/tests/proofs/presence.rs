//! A product of the size that a capability proof uses, outside any network.

use std::{thread, time::Instant};
use terminal_gpu_proof::{
	hash::blake2_256,
	merkle::Tree,
	product::{
		all_columns, check_entry, draw_entries, leaf_count, piece_leaf, row_of_c, PieceProof, Seed,
		PIECE,
	},
	Hash,
};

const N: u32 = 4_096;
const DRAWN: usize = 32;

/// Leaves of rows `first`, `first + step`, …, each with its row's number.
fn leaves_of_rows(
	seed: &Seed,
	challenge: &Hash,
	columns: &[i8],
	first: u32,
	step: usize,
) -> Vec<(u32, Vec<Hash>)> {
	let mut row = vec![0; N as usize];
	let mut out = Vec::new();
	for i in (first..N).step_by(step) {
		row_of_c(seed, N, i, columns, &mut row);
		let pieces = (i * (N / PIECE as u32)..).zip(row.chunks(PIECE));
		out.push((
			i,
			pieces
				.map(|(p, piece)| piece_leaf(challenge, p, piece))
				.collect(),
		));
	}
	out
}

#[test]
#[cfg_attr(
	debug_assertions,
	ignore = "69 thousand million multiplications: needs --release"
)]
fn a_product_of_4096_is_committed_and_checked() {
	let seed = Seed(blake2_256(&[b"presence"]));
	let challenge = blake2_256(&[b"challenge"]);
	let began = Instant::now();

	let columns = all_columns(&seed, N);
	let threads = thread::available_parallelism().map_or(2, usize::from);
	let mut rows: Vec<(u32, Vec<Hash>)> = thread::scope(|scope| {
		let (columns, challenge) = (&columns, &challenge);
		let workers: Vec<_> = (0..threads as u32)
			.map(|first| {
				scope.spawn(move || leaves_of_rows(&seed, challenge, columns, first, threads))
			})
			.collect();
		workers
			.into_iter()
			.flat_map(|worker| worker.join().unwrap())
			.collect()
	});
	rows.sort_unstable_by_key(|(row, _)| *row);
	let tree = Tree::new(rows.into_iter().flat_map(|(_, leaves)| leaves).collect());
	assert_eq!(tree.count(), leaf_count(N));
	println!(
		"committed after {:.1?} on {threads} threads",
		began.elapsed()
	);

	// Only rows that are drawn are made again: nothing but the tree was kept.
	let root = tree.root();
	let drawn = draw_entries(&blake2_256(&[b"drawn later"]), N, DRAWN);
	let mut row = vec![0; N as usize];
	let mut proofs = Vec::new();
	for entry in &drawn {
		let piece = entry / PIECE as u32;
		row_of_c(&seed, N, entry / N, &columns, &mut row);
		let start = (entry % N) as usize / PIECE * PIECE;
		proofs.push(PieceProof {
			entries: row[start..start + PIECE].try_into().unwrap(),
			path: tree.path(piece).unwrap(),
		});
	}
	let began = Instant::now();
	for (entry, proof) in drawn.iter().zip(&proofs) {
		assert!(check_entry(&seed, N, &challenge, &root, *entry, proof));
		let mut wrong = proof.clone();
		wrong.entries[*entry as usize % PIECE] += 1;
		assert!(!check_entry(&seed, N, &challenge, &root, *entry, &wrong));
	}
	println!(
		"checked {DRAWN} right and {DRAWN} wrong entries in {:.1?}",
		began.elapsed()
	);
}
