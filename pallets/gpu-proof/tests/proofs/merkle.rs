use crate::support::{flip_bit, Random};
use proptest::prelude::*;
use terminal_gpu_proof::{
	hash::blake2_256,
	merkle::{depth, root_of, root_over, sparse, top_of, verify, Tree, MAX_DEPTH, PAD},
	Hash,
};

fn leaves(count: u32) -> Vec<Hash> {
	(0..count)
		.map(|i| blake2_256(&[&[0], &i.to_le_bytes()]))
		.collect()
}

#[test]
fn depth_is_the_rounded_up_logarithm() {
	let cases = [
		(0, 0),
		(1, 0),
		(2, 1),
		(3, 2),
		(4, 2),
		(5, 3),
		(719, 10),
		(1 << 24, 24),
	];
	for (count, expected) in cases {
		assert_eq!(depth(count), expected, "{count}");
	}
	assert_eq!(depth((1 << 31) + 1), MAX_DEPTH);
	assert_eq!(depth(u32::MAX), MAX_DEPTH);
}

#[test]
fn every_leaf_of_every_small_tree_verifies_at_its_place_only() {
	for count in 1..=33 {
		let leaves = leaves(count);
		let tree = Tree::new(leaves.clone());
		assert_eq!(tree.count(), count);
		assert_eq!(tree.root(), root_of(&leaves));
		for index in 0..count {
			let path = tree.path(index).unwrap();
			for other in 0..count + 3 {
				let leaf = &leaves[index as usize];
				assert_eq!(
					verify(&tree.root(), count, other, leaf, &path),
					other == index
				);
			}
		}
		assert_eq!(tree.path(count), None);
	}
}

#[test]
fn an_empty_tree_has_a_root_and_no_leaf() {
	let tree = Tree::new(Vec::new());
	assert_eq!(tree.root(), root_of(&[]));
	assert_eq!(tree.path(0), None);
	assert!(!verify(&tree.root(), 0, 0, &PAD, &[]));
}

#[test]
fn padding_is_no_leaf() {
	let tree = Tree::new(leaves(3));
	let path = Tree::new([leaves(3), vec![PAD]].concat()).path(3).unwrap();
	assert!(!verify(&tree.root(), 3, 3, &PAD, &path));
	assert!(!verify(&tree.root(), 4, 3, &PAD, &path));
}

#[test]
fn the_root_binds_the_count() {
	let mut padded = leaves(3);
	let root = root_of(&padded);
	padded.push(PAD);
	assert_ne!(root, root_of(&padded));
	let tree = Tree::new(leaves(5));
	let path = tree.path(2).unwrap();
	for count in 0..=64 {
		assert_eq!(
			verify(&tree.root(), count, 2, &leaves(5)[2], &path),
			count == 5
		);
	}
}

#[test]
fn a_tree_of_more_leaves_than_are_counted_is_none() {
	assert!(Tree::above(31, vec![PAD]).is_some());
	assert!(Tree::above(31, vec![PAD; 2]).is_none());
	assert!(Tree::above(32, vec![PAD]).is_none());
}

#[test]
fn the_largest_sparse_tree_proves_its_leaves() {
	for count in [1 << 28, u32::MAX] {
		let known = leaves(3).into_iter().zip([0, 77, count - 1]);
		let known = known.map(|(leaf, index)| (index, leaf)).collect();
		let (root, paths) = sparse(count, &known);
		for (index, leaf) in &known {
			assert!(verify(&root, count, *index, leaf, &paths[index]));
		}
	}
}

#[test]
fn an_inner_node_is_no_leaf_of_a_shallower_tree() {
	let tree = Tree::new(leaves(4));
	let node = blake2_256(&[&[1], &leaves(4)[0], &leaves(4)[1]]);
	let path = tree.path(0).unwrap();
	assert!(!verify(&tree.root(), 2, 0, &node, &path[1..]));
	assert!(!verify(&tree.root(), 4, 0, &node, &path[1..]));
}

proptest! {
	#[test]
	fn trees_of_any_size_prove_all_their_leaves(count in 1u32..700, seed in any::<u64>()) {
		let mut random = Random::new(seed);
		let leaves: Vec<_> = (0..count).map(|_| random.hash()).collect();
		let tree = Tree::new(leaves.clone());
		prop_assert_eq!(tree.root(), root_of(&leaves));
		let index = random.below(count as usize);
		let mut path = tree.path(index as u32).unwrap();
		prop_assert_eq!(path.len(), depth(count));
		prop_assert!(verify(&tree.root(), count, index as u32, &leaves[index], &path));
		if !path.is_empty() {
			let level = random.below(path.len());
			flip_bit(&mut path[level], &mut random);
			prop_assert!(!verify(&tree.root(), count, index as u32, &leaves[index], &path));
		}
	}

	#[test]
	fn a_tree_kept_from_some_height_up_has_the_root_and_the_upper_paths(
		height in 0u32..6, nodes in 0u32..40,
	) {
		let leaves = leaves(nodes << height);
		let whole = Tree::new(leaves.clone());
		let below = leaves.chunks(1 << height);
		let kept = Tree::above(height, below.clone().map(top_of).collect()).unwrap();
		prop_assert_eq!(kept.root(), whole.root());
		prop_assert_eq!(kept.count(), whole.count());
		prop_assert_eq!(kept.path(nodes), None);
		for (index, leaves) in (0..nodes).zip(below) {
			prop_assert_eq!(kept.node(index), Some(&top_of(leaves)));
			let lower = Tree::new(leaves.to_vec()).path(0).unwrap();
			let path = [lower, kept.path(index).unwrap()].concat();
			prop_assert_eq!(Some(path), whole.path(index << height));
		}
	}

	#[test]
	fn a_sparse_tree_is_the_tree_of_the_same_leaves(
		count in 0u32..300, known in prop::collection::btree_map(0u32..300, any::<Hash>(), 0..20),
	) {
		let mut leaves = vec![PAD; count as usize];
		let inside = known.iter().filter(|(index, _)| **index < count);
		inside.clone().for_each(|(index, leaf)| leaves[*index as usize] = *leaf);
		let tree = Tree::new(leaves);
		let (root, paths) = sparse(count, &known);
		prop_assert_eq!(root, tree.root());
		prop_assert_eq!(paths.len(), inside.count());
		for (index, path) in paths {
			prop_assert_eq!(Some(path), tree.path(index));
		}
	}

	#[test]
	fn verify_is_total(
		root in any::<Hash>(), count in any::<u32>(), index in any::<u32>(), leaf in any::<Hash>(),
		path in prop::collection::vec(any::<Hash>(), 0..40),
	) {
		prop_assert!(!verify(&root, count, index, &leaf, &path));
	}
}

#[test]
fn whole_subtrees_lead_to_the_root_and_nothing_else_does() {
	let leaves: Vec<Hash> = (0..13u8).map(|number| [number; 32]).collect();
	let tree = Tree::new(leaves.clone());
	for (first, width) in [(0usize, 1usize), (12, 1), (4, 4), (8, 4), (0, 8), (6, 2)] {
		let path = tree.path(first as u32).unwrap()[width.ilog2() as usize..].to_vec();
		let part = &leaves[first..first + width];
		assert_eq!(root_over(13, first as u32, part, &path), Some(tree.root()));
		assert_ne!(root_over(14, first as u32, part, &path), Some(tree.root()));
		assert_eq!(root_over(13, first as u32, part, &path[1..]), None);
	}
	let path = tree.path(0).unwrap();
	for (first, width, skipped) in [(0, 0, 0), (0, 3, 1), (2, 4, 2), (12, 2, 1), (16, 1, 0)] {
		let part = &leaves[..width];
		assert_eq!(root_over(13, first, part, &path[skipped..]), None);
	}
	assert_eq!(root_over(u32::MAX, u32::MAX, &leaves[..1], &path), None);
}
