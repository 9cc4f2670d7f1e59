use crate::{
	mock::*,
	presence::{claimed_size, draws},
	tasks::{committee_size, draw},
	types::Parameters,
	Accumulators, Latest,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

#[test]
fn the_period_stretches_when_more_would_be_due_than_a_block_takes() {
	let params = Parameters::default();
	assert_eq!(params.effective_period_ms(1, 6_000), 600_000);
	assert_eq!(params.effective_period_ms(10_000, 6_000), 600_000);
	// 100,000 machines at 100 a block: one turn takes 1,000 blocks of 6 s.
	assert_eq!(params.effective_period_ms(100_000, 6_000), 6_000_000);
}

#[test]
fn the_mean_of_draws_is_what_is_due() {
	// 250 machines × 6 s / 600 s = 2.5 a block.
	let sum: u64 = (0..600_000u64)
		.step_by(100)
		.map(|c| u64::from(draws(250, 6_000, 600_000, c)))
		.sum();
	assert_eq!(sum, 6_000 * 5 / 2);
	assert_eq!(draws(0, 6_000, 600_000, 0), 0);
	assert_eq!(draws(1, 6_000, 1, 0), 1);
}

#[test]
fn a_committee_is_two_thirds_of_few_and_ten_of_fifteen_of_many() {
	let params = Parameters::default();
	assert_eq!(committee_size(&params, 1, 0), (1, 1));
	assert_eq!(committee_size(&params, 3, 0), (3, 2));
	assert_eq!(committee_size(&params, 4, 0), (4, 3));
	assert_eq!(committee_size(&params, 19, 0), (19, 13));
	assert_eq!(committee_size(&params, 20, 0), (15, 10));
	assert_eq!(committee_size(&params, 100, 1), (15, 10));
	// The last attempt is the whole set.
	assert_eq!(committee_size(&params, 100, 2), (100, 67));
}

#[test]
fn accumulators_chain_and_only_the_last_256_are_kept() {
	ExtBuilder::default().execute(|| {
		run_to(300);
		assert_eq!(Latest::<Test>::get().0, 299);
		assert_eq!(Accumulators::<Test>::iter().count(), 256);
		assert!(Accumulators::<Test>::get(43).is_none());
		let distinct: BTreeSet<_> = Accumulators::<Test>::iter_values().collect();
		assert_eq!(distinct.len(), 256);
	})
}

#[test]
fn the_weight_of_an_answer_covers_every_size() {
	for n in (64..=16_384u32).step_by(64) {
		let depth = terminal_gpu_proof::merkle::depth(terminal_gpu_proof::product::leaf_count(n));
		let path = vec![[0; 32]; depth].try_into().unwrap();
		let piece = crate::types::Piece {
			entries: [0; 16],
			path,
		};
		let claimed = claimed_size(&[piece]);
		assert!(claimed >= n, "{n}");
		// What `draws_fit` counts with.
		assert!(claimed <= n.next_power_of_two(), "{n}");
	}
	assert_eq!(claimed_size(&[]), 64);
}

#[test]
fn every_candidate_is_drawn_about_equally_often() {
	let mut counts = [0u32; 30];
	for round in 0u32..3_000 {
		let seed = terminal_gpu_proof::hash::blake2_256(&[&round.to_le_bytes()]);
		for seat in draw(&seed, (0..30usize).collect(), 15) {
			counts[seat] += 1;
		}
	}
	// 1,500 expected, standard deviation 27.
	assert!(
		counts.iter().all(|count| (1_350..1_650).contains(count)),
		"{counts:?}"
	);
}

proptest! {
	#[test]
	fn a_draw_is_a_subset_without_repetition(seed: [u8; 32], total in 0usize..140, seats in 0u32..140) {
		let drawn = draw(&seed, (0..total).collect(), seats);
		prop_assert_eq!(drawn.len(), total.min(seats as usize));
		let distinct: BTreeSet<_> = drawn.iter().collect();
		prop_assert_eq!(distinct.len(), drawn.len());
		prop_assert!(drawn.iter().all(|seat| *seat < total));
	}

	#[test]
	fn draws_differ_from_what_is_due_by_less_than_one(
		machines in 1u32..100_000, slot in 1u64..20_000, period in 1_000u64..10_000_000, coin: u64,
	) {
		let period = period.max(slot);
		let count = f64::from(draws(machines, slot, period, coin % period));
		let due = f64::from(machines) * slot as f64 / period as f64;
		prop_assert!((count - due).abs() < 1.0 + 1e-9 || count == f64::from(machines));
	}
}
