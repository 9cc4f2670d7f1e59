//! Evidence: which leaves to ask for, and what an answer shows. Pure: bytes in, findings out.

use crate::types::{MAX_NAMED, MAX_WEIGHTS};
use alloc::{collections::BTreeMap, vec::Vec};
use codec::{Compact, Decode, Encode};
use frame_support::{traits::ConstU32, BoundedVec};
use terminal_gpu_proof::{
	layered::cut,
	result::{self, draw_sample, Job, Leaf, LeafCheck},
	runner::Runner,
};
use terminal_primitives::{market::JobSpec, Digest};

/// Leaves that each member looks at besides the public sample.
pub const PRIVATE_SAMPLE: u32 = 8;
// Members that miss everything name all their own leaves, and some of the public sample.
const _: () = assert!(MAX_NAMED > PRIVATE_SAMPLE);
/// Most indices in one request: the daemon's limit.
pub const MAX_PER_REQUEST: usize = 80;
/// Most bytes of leaves in one request, so that a run's memory is bounded whatever jobs it meets.
/// Larger jobs are asked in portions, one after the other.
pub const PORTION_BYTES: usize = 256 * 1024;
/// A leaf longer than this is not asked for: the chain bounds a job far below it.
pub const MAX_LEAF_BYTES: usize = 1024 * 1024;

/// The public sample and `PRIVATE_SAMPLE` other indices drawn from `secret`, ascending.
pub fn indices_to_ask(secret: &Digest, items: u32, public: &[u32]) -> Vec<u32> {
	let public: Vec<u32> = public
		.iter()
		.copied()
		.filter(|index| *index < items)
		.collect();
	let count = u32::try_from(public.len()).unwrap_or(u32::MAX);
	let others = items.saturating_sub(count);
	let mut asked = public.clone();
	// A rank among the others becomes an index by stepping over the public ones before it.
	for rank in draw_sample(secret, others, PRIVATE_SAMPLE) {
		let index = public.iter().fold(rank, |index, taken| {
			if *taken <= index {
				index.saturating_add(1)
			} else {
				index
			}
		});
		asked.push(index);
	}
	asked.sort_unstable();
	asked.dedup();
	asked
}

/// The greatest encoded length of one leaf of the job, or `None` if it is too long to be fetched.
pub fn leaf_bound(spec: &JobSpec) -> Option<usize> {
	let bound = Leaf::encoded_bound(spec.items, spec.input_bytes, spec.output_bytes);
	(bound <= MAX_LEAF_BYTES).then_some(bound)
}

/// The greatest encoded length of `count` leaves.
pub fn body_bound(count: usize, leaf_bound: usize) -> usize {
	count.saturating_mul(leaf_bound).saturating_add(5)
}

/// Cut `asked` into portions of at most [`MAX_PER_REQUEST`] leaves and [`PORTION_BYTES`].
pub fn portions(asked: &[u32], leaf_bound: usize) -> Vec<Vec<u32>> {
	let fitting = PORTION_BYTES.checked_div(leaf_bound).unwrap_or(1);
	asked
		.chunks(fitting.clamp(1, MAX_PER_REQUEST))
		.map(<[u32]>::to_vec)
		.collect()
}

/// The leaves in a body, by index: each of them asked for, none twice. A body that announces more
/// than were asked for has none; what cannot be decoded ends the list. Total, and never takes more
/// memory than a constant times the body.
pub fn parse_leaves(mut body: &[u8], asked: &[u32]) -> BTreeMap<u32, Leaf> {
	let mut leaves = BTreeMap::new();
	let Ok(Compact(count)) = Compact::<u32>::decode(&mut body) else {
		return leaves;
	};
	if count as usize > asked.len() {
		return leaves;
	}
	// Leaf by leaf: a list decoded at once could be made of the smallest leaves and grow tenfold.
	for _ in 0..count {
		let Ok(leaf) = Leaf::decode(&mut body) else {
			break;
		};
		if asked.binary_search(&leaf.index).is_ok() {
			leaves.entry(leaf.index).or_insert(leaf);
		}
	}
	leaves
}

/// What a portion shows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Shown {
	/// A committed leaf with a wrong output: a proof of fault.
	pub wrong: Option<Leaf>,
	/// Asked for and not shown, or not fitting the roots.
	pub missing: Vec<u32>,
}

/// Re-execute the leaves of a portion. `weights` fits the job's weights root.
pub fn examine(runner: Runner, job: &Job, weights: &[u8], asked: &[u32], body: &[u8]) -> Shown {
	let mut leaves = parse_leaves(body, asked);
	let mut shown = Shown::default();
	for index in asked {
		let leaf = leaves.remove(index);
		match leaf.map(|leaf| (runner.check(job, weights, &leaf), leaf)) {
			Some((LeafCheck::Correct, _)) => (),
			Some((LeafCheck::WrongOutput, leaf)) => {
				shown.wrong = Some(leaf);
				return shown;
			},
			Some((LeafCheck::NotCommitted, _)) | None => shown.missing.push(*index),
		}
	}
	shown
}

/// What shows besides `leaf`, which is wrong, that it is; `None` if the chain could not take it.
pub fn of_fault(
	runner: Runner,
	job: &Job,
	weights: &[u8],
	leaf: &Leaf,
) -> Option<BoundedVec<u8, ConstU32<MAX_WEIGHTS>>> {
	let evidence = match runner {
		Runner::IntegerNetwork => weights.to_vec(),
		Runner::LayeredNetwork => cut(weights, leaf, job.output_bytes as usize)?.encode(),
	};
	BoundedVec::try_from(evidence).ok()
}

/// Whether `weights` are those that the job was opened with.
pub fn weights_fit(spec: &JobSpec, weights: &[u8]) -> bool {
	weights.len() == spec.weights_bytes as usize
		&& result::weights_root(weights) == spec.weights_root
}

/// Up to `most` of `missing`, ascending: the member's own leaves first, which nobody else may have
/// asked for. A host that is asked for a wrong one could refuse all of them, so that it is one of many.
/// The rest are some of the `public` sample, chosen by `secret`: members that miss everything should
/// not all name the same ones. For whoever knew the sample, wrong leaves in it are safe from all
/// members' own ones, so `most` must leave room for it.
pub fn name_some(secret: &Digest, missing: &[u32], public: &[u32], most: u32) -> Vec<u32> {
	let (shared, own): (Vec<u32>, Vec<u32>) =
		missing.iter().partition(|index| public.contains(index));
	let mut named = some_of(secret, &own, most);
	let left = most.saturating_sub(u32::try_from(named.len()).unwrap_or(u32::MAX));
	named.extend(some_of(secret, &shared, left));
	named.sort_unstable();
	named
}

/// Up to `most` of `all`, chosen by `secret`.
fn some_of(secret: &Digest, all: &[u32], most: u32) -> Vec<u32> {
	let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
	draw_sample(secret, count, most)
		.into_iter()
		.filter_map(|rank| all.get(rank as usize).copied())
		.collect()
}
