//! Hashing: Blake2b with 32 bytes of output, no key, as Substrate's `blake2_256`.
//!
//! # Domains
//!
//! The first byte says what was hashed, so that one kind can never pass for another:
//!
//! | first byte | what follows |
//! |---|---|
//! | `0x00` | a leaf: a name (`tct/product`, `tct/input`, `tct/output`, `tct/weights`, `tct/piece`, `tct/state`, `tct/step`), then its fields |
//! | `0x01` | an inner node: left, right |
//! | `0x02` | a root: count `u32`, top node |
//! | `0x03` | a root over chunks: a name, length `u64`, root |
//! | `t` | anything else: a name that begins with `tct/`, then its fields |
//!
//! No name is the beginning of another; integers are little-endian; a field of variable length
//! is last or preceded by its length.

use crate::Hash;
use blake2::{digest::consts::U32, Blake2b, Digest};

/// First byte of a leaf.
pub(crate) const LEAF: &[u8] = &[0x00];
/// First byte of an inner node.
pub(crate) const NODE: &[u8] = &[0x01];
/// First byte of a root.
pub(crate) const ROOT: &[u8] = &[0x02];
/// First byte of a root over chunks.
pub(crate) const CHUNKS: &[u8] = &[0x03];

/// Blake2b-256 of the concatenation of `parts`.
pub fn blake2_256(parts: &[&[u8]]) -> Hash {
	let mut hasher = Blake2b::<U32>::new();
	for part in parts {
		hasher.update(part);
	}
	hasher.finalize().into()
}
