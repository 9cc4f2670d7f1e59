//! What to ask for, and what bytes show.

use super::job::provided;
use crate::offchain::evidence::*;
use codec::{Compact, Encode};
use proptest::prelude::*;
use terminal_gpu_proof::result::Leaf;

#[test]
fn private_indices_are_distinct_and_not_public() {
	let public: Vec<u32> = (0..64).map(|i| i * 3).collect();
	let asked = indices_to_ask(&[1; 32], 1_000, &public);
	assert_eq!(asked.len(), 72);
	assert!(asked.windows(2).all(|pair| pair[0] < pair[1]));
	assert!(public.iter().all(|index| asked.contains(index)));
	assert!(asked.iter().all(|index| *index < 1_000));
	// Another secret, other private ones.
	assert_ne!(asked, indices_to_ask(&[2; 32], 1_000, &public));
}

#[test]
fn small_jobs_are_asked_for_whole() {
	assert_eq!(
		indices_to_ask(&[1; 32], 5, &[0, 1, 2, 3, 4]),
		[0, 1, 2, 3, 4]
	);
	assert_eq!(indices_to_ask(&[1; 32], 5, &[1, 3]), [0, 1, 2, 3, 4]);
	assert_eq!(indices_to_ask(&[1; 32], 0, &[]), [0u32; 0]);
	// A sample outside the job (never drawn) is not asked for.
	assert_eq!(indices_to_ask(&[1; 32], 2, &[0, 9]), [0, 1]);
}

#[test]
fn every_private_index_can_be_drawn() {
	let public = [0, 2, 3, 9];
	let mut seen = std::collections::BTreeSet::new();
	for secret in 0..200u8 {
		seen.extend(indices_to_ask(&[secret; 32], 30, &public));
	}
	assert_eq!(seen, (0..30).collect());
}

#[test]
fn portions_bound_memory_and_requests() {
	let asked: Vec<u32> = (0..100).collect();
	let sizes = |bound| {
		portions(&asked, bound)
			.iter()
			.map(Vec::len)
			.collect::<Vec<_>>()
	};
	assert_eq!(sizes(700), [80, 20]);
	assert_eq!(sizes(64 * 1024), vec![4; 25]);
	assert_eq!(sizes(MAX_LEAF_BYTES), vec![1; 100]);
	assert_eq!(portions(&[], 700), Vec::<Vec<u32>>::new());
}

#[test]
fn the_bound_holds_for_real_bodies() {
	let job = provided(300, &[], [3; 32]);
	let bound = leaf_bound(&job.spec).expect("small");
	let all: Vec<u32> = (0..80).collect();
	assert!(job.body(&all).len() <= body_bound(80, bound));
}

#[test]
fn a_good_body_shows_nothing_wrong() {
	let job = provided(100, &[], [3; 32]);
	let asked = [1, 5, 99];
	assert_eq!(
		examine(
			job.runner,
			&job.job,
			&job.weights,
			&asked,
			&job.body(&asked)
		),
		Shown::default()
	);
	// In any order.
	let body = job.body(&[99, 1, 5]);
	assert_eq!(
		examine(job.runner, &job.job, &job.weights, &asked, &body),
		Shown::default()
	);
}

#[test]
fn a_wrong_output_is_shown_with_its_leaf() {
	let job = provided(100, &[5], [3; 32]);
	let shown = examine(
		job.runner,
		&job.job,
		&job.weights,
		&[1, 5, 99],
		&job.body(&[1, 5, 99]),
	);
	assert_eq!(
		shown,
		Shown {
			wrong: Some(job.leaf(5)),
			missing: vec![]
		}
	);
}

#[test]
fn what_does_not_fit_is_missing() {
	let (job, other) = (provided(100, &[], [3; 32]), provided(100, &[], [4; 32]));
	let asked = [1, 5, 99];
	let missing = |body: &[u8]| {
		let shown = examine(job.runner, &job.job, &job.weights, &asked, body);
		assert_eq!(shown.wrong, None);
		shown.missing
	};
	assert_eq!(missing(&[]), asked);
	assert_eq!(missing(&job.body(&[1, 99])), [5]);
	// Another job's leaves.
	assert_eq!(missing(&other.body(&asked)), asked);
	// The right number of the wrong leaves, the right leaf too often.
	assert_eq!(missing(&job.body(&[2, 3, 4])), asked);
	assert_eq!(missing(&job.body(&[1, 1, 1])), [5, 99]);
	// More than asked for.
	assert_eq!(missing(&job.body(&[1, 5, 99, 2])), asked);
	// Cut in the middle of the second.
	let body = job.body(&asked);
	assert_eq!(missing(&body[..body.len() / 2]), [5, 99]);
	// An output that was not committed proves nothing.
	let forged: Vec<Leaf> = vec![Leaf {
		output: vec![0; 8],
		..job.leaf(1)
	}];
	assert_eq!(missing(&forged.encode()), asked);
}

#[test]
fn a_count_without_leaves_costs_nothing() {
	let leaves = parse_leaves(&Compact(u32::MAX).encode(), &[1, 2, 3]);
	assert!(leaves.is_empty());
}

#[test]
fn weights_must_be_the_jobs() {
	let job = provided(3, &[], [3; 32]);
	assert!(weights_fit(&job.spec, &job.weights));
	assert!(!weights_fit(&job.spec, &[]));
	let mut altered = job.weights.clone();
	altered[12] ^= 1;
	assert!(!weights_fit(&job.spec, &altered));
	assert!(!weights_fit(&job.spec, &[&job.weights[..], &[0]].concat()));
}

#[test]
fn some_of_the_missing_are_named() {
	let missing: Vec<u32> = (100..200).collect();
	let named = name_some(&[1; 32], &missing, &missing, 8);
	assert_eq!(named.len(), 8);
	assert!(named.iter().all(|index| missing.contains(index)));
	assert_ne!(named, name_some(&[2; 32], &missing, &missing, 8));
	assert_eq!(name_some(&[1; 32], &[7], &[], 8), [7]);
}

#[test]
fn what_only_this_member_asked_for_is_named_first() {
	let missing: Vec<u32> = (100..200).collect();
	let (own, public): (Vec<u32>, Vec<u32>) = (100..200).partition(|index| index % 13 == 0);
	assert_eq!(own.len(), 8);
	assert_eq!(name_some(&[1; 32], &missing, &public, 8), own);
	let named = name_some(&[1; 32], &missing, &public, 10);
	assert!(own.iter().all(|index| named.contains(index)));
	assert_eq!(named.len(), 10, "two of the public sample, too");
	let named = name_some(&[1; 32], &missing[..50], &public, 8);
	assert_eq!(named.len(), 8);
	assert!([104, 117, 130, 143]
		.iter()
		.all(|index| named.contains(index)));
	assert!(named.windows(2).all(|pair| pair[0] < pair[1]));
}

proptest! {
	#[test]
	fn hostile_bytes_never_pass_or_accuse(body in prop::collection::vec(any::<u8>(), 0..2_000)) {
		let job = provided(100, &[], [3; 32]);
		let asked = [1, 5, 99];
		let shown = examine(job.runner, &job.job, &job.weights, &asked, &body);
		prop_assert_eq!(shown, Shown { wrong: None, missing: asked.to_vec() });
	}

	#[test]
	fn corrupted_bodies_never_pass_or_accuse(
		byte in any::<prop::sample::Index>(),
		flip in 1u8..=255,
	) {
		let job = provided(100, &[], [3; 32]);
		let asked = [1, 5, 99];
		let mut body = job.body(&asked);
		let place = byte.index(body.len());
		body[place] ^= flip;
		let shown = examine(job.runner, &job.job, &job.weights, &asked, &body);
		prop_assert_eq!(shown.wrong, None);
		prop_assert!(!shown.missing.is_empty());
	}

	#[test]
	fn garbage_weights_are_total(weights in prop::collection::vec(any::<u8>(), 0..200)) {
		let job = provided(10, &[], [3; 32]);
		prop_assert!(!weights_fit(&job.spec, &weights));
		let _ = examine(job.runner, &job.job, &weights, &[1], &job.body(&[1]));
	}
}
