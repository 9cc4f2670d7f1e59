use crate::support::{Product, Random};
use codec::{Decode, Encode};
use proptest::prelude::*;
use terminal_gpu_proof::{product::*, MAX_DRAW};

const SEED: Seed = Seed([9; 32]);

#[test]
fn sizes_are_multiples_of_64_in_range() {
	for n in [64, 128, 256, 4096, 8192, 16384] {
		assert!(valid_size(n), "{n}");
	}
	for n in [0, 1, 63, 65, 96, 4095, 16385, 16448, u32::MAX, 1 << 31] {
		assert!(!valid_size(n), "{n}");
		assert_eq!(leaf_count(n), 0);
		assert_eq!(entry_position(n, 0), (0, 0));
		assert!(all_columns(&SEED, n).is_empty());
		assert!(draw_entries(&[0; 32], n, 8).is_empty());
	}
	assert_eq!(leaf_count(16384), 1 << 24);
}

#[test]
fn lines_of_impossible_shape_are_zeros() {
	let mut out = [1; 64];
	row_of_a(&SEED, 64, 64, &mut out);
	assert_eq!(out, [0; 64]);
	out = [1; 64];
	column_of_b(&SEED, 128, 0, &mut out);
	assert_eq!(out, [0; 64]);
	row_of_a(&SEED, 100, 0, &mut []);
	let mut sums = [1; 64];
	row_of_c(&SEED, 64, 0, &[0; 64 * 64 - 1], &mut sums);
	assert_eq!(sums, [0; 64]);
}

#[test]
fn entries_are_symmetric_and_use_the_whole_range() {
	let columns = all_columns(&SEED, 256);
	assert_eq!(columns.iter().min(), Some(&-127));
	assert_eq!(columns.iter().max(), Some(&127));
	let sum: i64 = columns.iter().map(|entry| i64::from(*entry)).sum();
	// 65,536 entries with a deviation of 73.5 each: 18,800 for the sum.
	assert!(sum.abs() < 5 * 18_800, "{sum}");
}

#[test]
fn a_column_alone_is_the_column_of_the_whole() {
	for n in [64, 192] {
		let columns = all_columns(&SEED, n);
		for (j, expected) in (0..).zip(columns.chunks(n as usize)) {
			let mut column = vec![0; n as usize];
			column_of_b(&SEED, n, j, &mut column);
			assert_eq!(column, expected);
		}
	}
}

#[test]
fn c_is_the_product_of_a_and_b() {
	let product = Product::new(128);
	let n = 128;
	let (mut a, mut b) = (vec![0; n], vec![0; n]);
	for (entry, c) in (0..).zip(&product.c) {
		let (i, j) = entry_position(128, entry);
		row_of_a(&product.seed, 128, i, &mut a);
		column_of_b(&product.seed, 128, j, &mut b);
		let sum: i64 = a
			.iter()
			.zip(&b)
			.map(|(a, b)| i64::from(*a) * i64::from(*b))
			.sum();
		assert_eq!(i64::from(*c), sum);
	}
}

#[test]
fn the_largest_sum_is_exact() {
	assert_eq!(dot(&[127; 16384], &[-127; 16384]), -264_257_536);
	assert_eq!(dot(&[-128; 16384], &[-128; 16384]), 1 << 28);
}

#[test]
fn every_drawn_entry_of_an_honest_product_is_accepted() {
	for n in [64, 192] {
		let product = Product::new(n);
		for entry in draw_entries(&[4; 32], n, 200) {
			let proof = product.proof(entry);
			let root = product.tree.root();
			assert!(check_entry(
				&product.seed,
				n,
				&product.challenge,
				&root,
				entry,
				&proof
			));
			assert_eq!(proof.encoded_size(), PieceProof::encoded_bound(n));
			assert_eq!(PieceProof::decode(&mut &proof.encode()[..]), Ok(proof));
		}
	}
}

#[test]
fn another_size_seed_or_challenge_is_refused() {
	let product = Product::new(64);
	let proof = product.proof(5);
	let root = product.tree.root();
	let check = |seed: &Seed, n, challenge: &_, entry| {
		check_entry(seed, n, challenge, &root, entry, &proof)
	};
	assert!(check(&product.seed, 64, &product.challenge, 5));
	assert!(!check(&SEED, 64, &product.challenge, 5));
	assert!(!check(&product.seed, 64, &[0; 32], 5));
	for n in [0, 1, 63, 65, 128, 16384, u32::MAX] {
		assert!(!check(&product.seed, n, &product.challenge, 5));
	}
	for entry in [16, 64 * 64, 64 * 64 + 5, u32::MAX] {
		assert!(!check(&product.seed, 64, &product.challenge, entry));
	}
}

#[test]
fn draws_are_distinct_ascending_and_bounded() {
	for (n, k, length) in [
		(64, 8, 8),
		(64, 4096, 4096),
		(64, usize::MAX, 4096),
		(16384, 0, 0),
	] {
		let entries = draw_entries(&[7; 32], n, k);
		assert_eq!(entries.len(), length);
		assert!(entries.windows(2).all(|pair| pair[0] < pair[1]));
		assert!(entries.iter().all(|entry| *entry < n * n));
	}
	assert_eq!(
		draw_entries(&[7; 32], 16384, usize::MAX).len(),
		MAX_DRAW as usize
	);
}

#[test]
fn draws_are_uniform() {
	let mut counts = [0u32; 16];
	for number in 0..4_000u32 {
		let seed = terminal_gpu_proof::hash::blake2_256(&[&number.to_le_bytes()]);
		for entry in draw_entries(&seed, 64, 8) {
			counts[entry as usize / 256] += 1;
		}
	}
	// 32,000 draws over 16 bins: 2,000 each, deviation 43.
	assert!(
		counts.iter().all(|count| count.abs_diff(2_000) < 5 * 43),
		"{counts:?}"
	);
}

/// A machine that computes only a part of C is accepted as rarely as the formula says.
#[test]
fn skipping_a_part_of_the_work_is_found_as_often_as_computed() {
	let product = Product::new(64);
	let mut random = Random::new(3);
	let (rounds, mut accepted) = (if cfg!(debug_assertions) { 500 } else { 4_000 }, 0);
	for _ in 0..rounds {
		// One row in eight is skipped: (7/8)⁸ = 34.4 % get by.
		let skipped: Vec<bool> = (0..64).map(|row| row % 8 == 0).collect();
		let drawn = draw_entries(&random.hash(), 64, 8);
		let caught = drawn.iter().any(|entry| {
			let mut proof = product.proof(*entry);
			if skipped[entry_position(64, *entry).0 as usize] {
				proof.entries = [0; PIECE];
			}
			let index = entry / PIECE as u32;
			let leaf = piece_leaf(&product.challenge, index, &proof.entries);
			let root = crate::support::root_through(leaf_count(64), index, &leaf, &proof.path);
			!check_entry(&product.seed, 64, &product.challenge, &root, *entry, &proof)
		});
		accepted += u32::from(!caught);
	}
	let share = f64::from(accepted) / f64::from(rounds);
	let five_deviations = 5.0 * (0.344 * 0.656 / f64::from(rounds)).sqrt();
	assert!((share - 0.344).abs() < five_deviations + 0.001, "{share}");
}

proptest! {
	#[test]
	fn dot_is_the_sum_of_the_products(
		a in prop::collection::vec(any::<i8>(), 0..300), b in prop::collection::vec(any::<i8>(), 0..300),
	) {
		let sum: i64 = a.iter().zip(&b).map(|(a, b)| i64::from(*a) * i64::from(*b)).sum();
		prop_assert_eq!(i64::from(dot(&a, &b)), sum);
		prop_assert_eq!(dot(&a, &b), dot(&b, &a));
	}

	#[test]
	fn check_entry_is_total(
		seed in any::<[u8; 32]>(), n in any::<u32>(), entry in any::<u32>(),
		entries in any::<[i32; PIECE]>(), path in prop::collection::vec(any::<[u8; 32]>(), 0..40),
	) {
		let proof = PieceProof { entries, path };
		for n in [n, n % 17_000, (n % 300) * 64] {
			prop_assert!(!check_entry(&Seed(seed), n, &seed, &seed, entry, &proof));
			let entry = entry % (n.saturating_mul(n).max(1));
			prop_assert!(!check_entry(&Seed(seed), n, &seed, &seed, entry, &proof));
		}
	}

	#[test]
	fn position_and_entry_agree(blocks in 1u32..=256, entry in any::<u32>()) {
		let n = blocks * 64;
		let entry = entry % (n * n);
		let (row, column) = entry_position(n, entry);
		prop_assert_eq!(row * n + column, entry);
		prop_assert!(row < n && column < n);
	}
}
