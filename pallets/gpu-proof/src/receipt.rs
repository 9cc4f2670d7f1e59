//! What a tenant signs: milliseconds of service, cumulative per segment of a lease.
//!
//! ```text
//! "tct/receipt/v1" [14] | genesis [32] | lease u64 LE | segment u32 LE | milliseconds u64 LE
//! ```
//!
//! 66 bytes, signed as they are (no hash, no wrapping) by the lease's sr25519 tenant key.

use crate::Hash;
use alloc::vec::Vec;

/// The length of a message in bytes.
pub const MESSAGE_BYTES: usize = 66;

/// The message that acknowledges `milliseconds` in all of `segment` of `lease`.
pub fn message(genesis: &Hash, lease: u64, segment: u32, milliseconds: u64) -> Vec<u8> {
	let mut out = Vec::with_capacity(MESSAGE_BYTES);
	out.extend_from_slice(b"tct/receipt/v1");
	out.extend_from_slice(genesis);
	out.extend_from_slice(&lease.to_le_bytes());
	out.extend_from_slice(&segment.to_le_bytes());
	out.extend_from_slice(&milliseconds.to_le_bytes());
	out
}
