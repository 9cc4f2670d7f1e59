use crate::support::{Batch, Random};
use codec::{Decode, Encode};
use proptest::prelude::*;
use terminal_gpu_proof::{merkle::Tree, result::*, MAX_DRAW};

#[test]
fn every_leaf_of_an_honest_result_is_correct() {
	for items in [1, 2, 3, 16, 33] {
		let batch = Batch::new(items);
		for leaf in &batch.leaves {
			assert!(committed(&batch.job, leaf));
			assert_eq!(check(&batch.job, &batch.weights, leaf), LeafCheck::Correct);
			assert!(leaf.encoded_size() <= Leaf::encoded_bound(items, 6, 12));
			assert_eq!(Leaf::decode(&mut &leaf.encode()[..]).as_ref(), Ok(leaf));
		}
	}
}

#[test]
fn the_bound_of_a_leaf_holds_for_long_fields() {
	for length in [0u32, 63, 64, 16_383, 16_384, 70_000] {
		let leaf = Leaf {
			index: 0,
			input: vec![0; length as usize],
			output: vec![0; length as usize],
			input_path: vec![[0; 32]; 32],
			output_path: vec![[0; 32]; 32],
		};
		let bound = Leaf::encoded_bound(u32::MAX, length, length);
		assert!(
			(bound - 8..=bound).contains(&leaf.encoded_size()),
			"{length}"
		);
	}
}

/// The outputs are committed by their root: an altered one is a proof of fault.
#[test]
fn a_committed_wrong_output_is_a_fault() {
	let mut batch = Batch::new(5);
	batch.leaves[3].output[0] ^= 1;
	let leaves = batch.leaves.iter();
	let hashes =
		leaves.map(|leaf| output_leaf(&batch.job.context, leaf.index, &leaf.input, &leaf.output));
	let tree = Tree::new(hashes.collect());
	batch.job.result_root = tree.root();
	for leaf in &mut batch.leaves {
		leaf.output_path = tree.path(leaf.index).unwrap();
		let expected = if leaf.index == 3 {
			LeafCheck::WrongOutput
		} else {
			LeafCheck::Correct
		};
		assert_eq!(check(&batch.job, &batch.weights, leaf), expected);
	}
}

/// A provider that swaps the inputs cannot show a leaf that fits both roots.
#[test]
fn a_result_for_another_input_is_not_committed() {
	let batch = Batch::new(5);
	let (here, there) = (&batch.leaves[1], &batch.leaves[2]);
	for (input, output) in [
		(&there.input, &there.output),
		(&there.input, &here.output),
		(&here.input, &there.output),
	] {
		let leaf = Leaf {
			input: input.clone(),
			output: output.clone(),
			..here.clone()
		};
		assert!(!committed(&batch.job, &leaf));
		assert_eq!(
			check(&batch.job, &batch.weights, &leaf),
			LeafCheck::NotCommitted
		);
	}
}

#[test]
fn a_leaf_of_another_job_is_not_committed() {
	let batch = Batch::new(5);
	for other in [
		context(&[2; 32], 42, b"provider"),
		context(&[1; 32], 43, b"provider"),
		context(&[1; 32], 42, b"another"),
	] {
		let job = Job {
			context: other,
			..batch.job.clone()
		};
		assert_eq!(
			check(&job, &batch.weights, &batch.leaves[0]),
			LeafCheck::NotCommitted
		);
	}
}

#[test]
fn lengths_and_indices_are_checked() {
	let batch = Batch::new(5);
	let leaf = &batch.leaves[0];
	let job = &batch.job;
	for job in [
		Job {
			input_bytes: 5,
			..job.clone()
		},
		Job {
			input_bytes: 7,
			..job.clone()
		},
		Job {
			output_bytes: 11,
			..job.clone()
		},
		Job {
			items: 0,
			..job.clone()
		},
		Job {
			items: 4,
			..job.clone()
		},
		Job {
			items: 6,
			..job.clone()
		},
		Job {
			items: u32::MAX,
			..job.clone()
		},
	] {
		assert_eq!(check(&job, &batch.weights, leaf), LeafCheck::NotCommitted);
	}
}

#[test]
fn other_weights_make_another_output() {
	let batch = Batch::new(5);
	let check = |weights: &[u8]| check(&batch.job, weights, &batch.leaves[0]);
	assert_eq!(check(b"no network"), LeafCheck::WrongOutput);
	assert_eq!(check(&[]), LeafCheck::WrongOutput);
}

#[test]
fn the_weights_root_binds_content_and_length() {
	let weights: Vec<u8> = (0..5_000u32).map(|i| i as u8).collect();
	let root = weights_root(&weights);
	for at in 0..weights.len() {
		if at % 97 == 0 || at % CHUNK == 0 || at % CHUNK == CHUNK - 1 {
			let mut other = weights.clone();
			other[at] ^= 1;
			assert_ne!(weights_root(&other), root);
			assert_ne!(weights_root(&weights[..at]), root);
		}
	}
	assert_ne!(weights_root(&[]), weights_root(&[0]));
}

#[test]
fn samples_are_distinct_ascending_and_complete_when_small() {
	assert_eq!(draw_sample(&[0; 32], 5, 64), [0, 1, 2, 3, 4]);
	assert_eq!(draw_sample(&[0; 32], 64, 64), (0..64).collect::<Vec<_>>());
	assert!(draw_sample(&[0; 32], 0, 64).is_empty());
	assert!(draw_sample(&[0; 32], 719, 0).is_empty());
	assert_eq!(
		draw_sample(&[0; 32], u32::MAX, u32::MAX).len(),
		MAX_DRAW as usize
	);
	let sample = draw_sample(&[0; 32], 719, 64);
	assert_eq!(sample.len(), 64);
	assert!(sample.windows(2).all(|pair| pair[0] < pair[1]) && sample[63] < 719);
	assert_ne!(sample, draw_sample(&[1; 32], 719, 64));
}

proptest! {
	#[test]
	fn a_sample_has_the_asked_size(seed in any::<[u8; 32]>(), items in 0u32..2_000, k in 0u32..200) {
		let sample = draw_sample(&seed, items, k);
		prop_assert_eq!(sample.len() as u32, items.min(k));
		prop_assert!(sample.windows(2).all(|pair| pair[0] < pair[1]));
		prop_assert!(sample.iter().all(|index| *index < items));
	}

	#[test]
	fn check_is_total(
		bytes in prop::collection::vec(any::<u8>(), 0..600), items in any::<u32>(),
		lengths in any::<(u32, u32)>(), seed in any::<u64>(),
	) {
		let mut random = Random::new(seed);
		let job = Job {
			context: random.hash(),
			input_root: random.hash(),
			result_root: random.hash(),
			items,
			input_bytes: lengths.0,
			output_bytes: lengths.1,
		};
		if let Ok(leaf) = Leaf::decode(&mut &bytes[..]) {
			prop_assert_eq!(check(&job, &bytes, &leaf), LeafCheck::NotCommitted);
		}
	}
}
