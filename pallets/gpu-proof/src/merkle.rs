//! Merkle trees whose root binds the number of leaves.
//!
//! ```text
//! node = H(0x01 | left | right)
//! root = H(0x02 | count u32 LE | top)
//! ```
//!
//! Leaves are hashes made by the caller, with first byte `0x00` (see [`crate::hash`]). They are
//! padded with [`PAD`] to the next power of two, so a path has exactly [`depth`]`(count)` hashes,
//! the lowest sibling first. One leaf is its own top; of no leaves the top is [`PAD`].

use crate::{
	hash::{blake2_256, NODE, ROOT},
	Hash,
};
use alloc::{collections::BTreeMap, vec, vec::Vec};

/// What fills a tree up to the next power of two. Not a hash of anything known.
pub const PAD: Hash = [0; 32];

/// The longest path there is: `u32` counts the leaves.
pub const MAX_DEPTH: usize = 32;

/// The length of a path in a tree of `count` leaves: ⌈log₂ count⌉, and 0 for no leaves.
pub fn depth(count: u32) -> usize {
	match count.checked_sub(1) {
		None | Some(0) => 0,
		// At most 32.
		Some(last) => u32::BITS.wrapping_sub(last.leading_zeros()) as usize,
	}
}

/// A tree, kept from some height up: about 64 bytes per node of the lowest kept level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
	/// The lowest kept level first, the top last. Only nodes over at least one leaf; the rest are
	/// `padding`.
	levels: Vec<Vec<Hash>>,
	/// The hash of a subtree of nothing but [`PAD`], per level.
	padding: Vec<Hash>,
	count: u32,
}

impl Tree {
	/// The tree over `leaves`, in their order, with all its nodes. Leaves past the `u32::MAX`-th
	/// are left out.
	pub fn new(mut leaves: Vec<Hash>) -> Self {
		leaves.truncate(u32::MAX as usize);
		let count = leaves.len() as u32;
		Self::grow(0, leaves, count)
	}

	/// The tree whose nodes at `height` are `nodes`, each the [`top_of`] 2^`height` leaves. It
	/// knows nothing below them. `None` if there would be more leaves than `u32` counts.
	pub fn above(height: u32, nodes: Vec<Hash>) -> Option<Self> {
		let leaves_each = 1u32.checked_shl(height)?;
		let count = u32::try_from(nodes.len()).ok()?.checked_mul(leaves_each)?;
		Some(Self::grow(height, nodes, count))
	}

	fn grow(height: u32, nodes: Vec<Hash>, count: u32) -> Self {
		let mut pad = PAD;
		for _ in 0..height {
			pad = node(&pad, &pad);
		}
		let mut padding = vec![pad];
		let mut levels = vec![nodes];
		for _ in height as usize..depth(count) {
			let above = match levels.last() {
				Some(below) => level_above(below, &pad),
				None => Vec::new(),
			};
			levels.push(above);
			pad = node(&pad, &pad);
			padding.push(pad);
		}
		Tree {
			levels,
			padding,
			count,
		}
	}

	/// The root.
	pub fn root(&self) -> Hash {
		let top = self
			.levels
			.last()
			.and_then(|level| level.first())
			.unwrap_or(&PAD);
		root(self.count, top)
	}

	/// Node `index` of the lowest kept level: a leaf, if all is kept.
	pub fn node(&self, index: u32) -> Option<&Hash> {
		self.levels.first()?.get(index as usize)
	}

	/// The siblings from node `index` of the lowest kept level up, the lowest first; `None` if
	/// there is no such node. If all is kept: the path of leaf `index`.
	pub fn path(&self, index: u32) -> Option<Vec<Hash>> {
		self.node(index)?;
		let mut position = index as usize;
		let below_the_top = self.levels.len().saturating_sub(1);
		let mut path = Vec::with_capacity(below_the_top);
		for (level, pad) in self.levels.iter().zip(&self.padding).take(below_the_top) {
			path.push(*level.get(position ^ 1).unwrap_or(pad));
			position >>= 1;
		}
		Some(path)
	}

	/// The siblings of nodes `first .. first + nodes` of the lowest kept level, from there up, left
	/// before right: what [`range_root`] needs besides them. `None` if there are no such nodes.
	pub fn range_path(&self, first: u32, nodes: u32) -> Option<Vec<Hash>> {
		let (mut left, mut right) = (first as usize, last_of(first, nodes)? as usize);
		self.node(u32::try_from(right).ok()?)?;
		let below_the_top = self.levels.len().saturating_sub(1);
		let mut path = Vec::new();
		for (level, pad) in self.levels.iter().zip(&self.padding).take(below_the_top) {
			if left & 1 == 1 {
				path.push(*level.get(left ^ 1).unwrap_or(pad));
			}
			if right & 1 == 0 {
				path.push(*level.get(right ^ 1).unwrap_or(pad));
			}
			left >>= 1;
			right >>= 1;
		}
		Some(path)
	}

	/// The number of leaves.
	pub fn count(&self) -> u32 {
		self.count
	}
}

/// The root over `leaves`, without keeping the tree.
pub fn root_of(leaves: &[Hash]) -> Hash {
	let count = u32::try_from(leaves.len()).unwrap_or(u32::MAX);
	let leaves = leaves.get(..count as usize).unwrap_or(leaves);
	root(count, &top_of(leaves))
}

/// The top node over `leaves`, padded with [`PAD`] to the next power of two.
pub fn top_of(leaves: &[Hash]) -> Hash {
	let mut pad = PAD;
	let mut level = leaves.to_vec();
	while level.len() > 1 {
		level = level_above(&level, &pad);
		pad = node(&pad, &pad);
	}
	level.first().copied().unwrap_or(PAD)
}

/// Root and paths of a tree of `count` leaves that are [`PAD`] except for those in `known`, by index,
/// without building it: what benchmarks need of the largest trees. Indices from `count` on are left out.
pub fn sparse(count: u32, known: &BTreeMap<u32, Hash>) -> (Hash, BTreeMap<u32, Vec<Hash>>) {
	let mut level: BTreeMap<u32, Hash> = known
		.range(..count)
		.map(|(index, leaf)| (*index, *leaf))
		.collect();
	let mut paths: BTreeMap<u32, Vec<Hash>> =
		level.keys().map(|index| (*index, Vec::new())).collect();
	let mut pad = PAD;
	for height in (0..u32::BITS).take(depth(count)) {
		let at = |position: u32| level.get(&position).unwrap_or(&pad);
		for (index, path) in &mut paths {
			path.push(*at(index.wrapping_shr(height) ^ 1));
		}
		let above = level.keys().map(|position| position >> 1);
		let above = above.map(|position| {
			let left = position << 1;
			(position, node(at(left), at(left | 1)))
		});
		level = above.collect();
		pad = node(&pad, &pad);
	}
	(root(count, level.get(&0).unwrap_or(&pad)), paths)
}

/// Whether `leaf` is the leaf at `index` under `root`, which binds `count` leaves. Total: a path
/// of another length than [`depth`]`(count)` and an index out of range are `false`.
pub fn verify(root: &Hash, count: u32, index: u32, leaf: &Hash, path: &[Hash]) -> bool {
	root_over(count, index, &[*leaf], path).is_some_and(|found| found == *root)
}

/// The root that `leaves`, from index `first` on, and the siblings above them lead to in a tree of
/// `count`. `None` unless the leaves fill a subtree (as many as a power of two, `first` a multiple of
/// it), lie inside the tree, and the path has the hashes that are missing up to the top. Total.
pub fn root_over(count: u32, first: u32, leaves: &[Hash], path: &[Hash]) -> Option<Hash> {
	let width = u32::try_from(leaves.len()).ok()?;
	let inside = first.checked_add(width).is_some_and(|end| end <= count);
	let height = depth(width);
	if !width.is_power_of_two()
		|| !first.is_multiple_of(width)
		|| !inside
		|| path.len().checked_add(height) != Some(depth(count))
	{
		return None;
	}
	let mut level = leaves.to_vec();
	for _ in 0..height {
		level = level_above(&level, &PAD);
	}
	let mut hash = *level.first()?;
	let mut position = first.checked_div(width)?;
	for sibling in path {
		hash = if position & 1 == 0 {
			node(&hash, sibling)
		} else {
			node(sibling, &hash)
		};
		position >>= 1;
	}
	Some(root(count, &hash))
}

/// The root over `count` leaves of which those from `first` on are `leaves` and the siblings of the
/// whole range are `path`, as [`Tree::range_path`] gives them. Total: `None` for no leaves, an index
/// out of range and a path of another length.
pub fn range_root(count: u32, first: u32, leaves: &[Hash], path: &[Hash]) -> Option<Hash> {
	let mut right = last_of(first, u32::try_from(leaves.len()).ok()?)?;
	if right >= count {
		return None;
	}
	let mut left = first;
	let mut siblings = path.iter();
	let mut level = leaves.to_vec();
	for _ in 0..depth(count) {
		let mut below = Vec::with_capacity(level.len().saturating_add(2));
		if left & 1 == 1 {
			below.push(*siblings.next()?);
		}
		below.append(&mut level);
		if right & 1 == 0 {
			below.push(*siblings.next()?);
		}
		// An even number now, so nothing is padded.
		level = level_above(&below, &PAD);
		left >>= 1;
		right >>= 1;
	}
	let used = siblings.next().is_none();
	used.then(|| root(count, level.first().unwrap_or(&PAD)))
}

/// The last of `nodes` nodes from `first` on.
fn last_of(first: u32, nodes: u32) -> Option<u32> {
	first.checked_add(nodes.checked_sub(1)?)
}

fn level_above(below: &[Hash], pad: &Hash) -> Vec<Hash> {
	let pair = |pair: &[Hash]| match pair {
		[left, right] => node(left, right),
		[left] => node(left, pad),
		_ => *pad,
	};
	below.chunks(2).map(pair).collect()
}

fn node(left: &Hash, right: &Hash) -> Hash {
	blake2_256(&[NODE, left, right])
}

fn root(count: u32, top: &Hash) -> Hash {
	blake2_256(&[ROOT, &count.to_le_bytes(), top])
}
