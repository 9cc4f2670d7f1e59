//! What a tenant signs: milliseconds of service, cumulative per segment of a lease.
//!
//! ```text
//! "<Bytes>" [7] | "tct/receipt/v1" [14] | genesis [32] | lease u64 LE | segment u32 LE
//! | milliseconds u64 LE | "</Bytes>" [8]
//! ```
//!
//! 81 bytes, signed as they are (no hash) by the lease's sr25519 tenant key. The frame is the one
//! that wallets put around what they sign, so that nobody can be tricked into signing an extrinsic;
//! polkadot.js' `signRaw` leaves bytes that have it as they are. There is one message and one
//! signature to verify, whoever signs.

use crate::Hash;
use alloc::vec::Vec;

/// What every message begins with.
pub const FRAME_BEGINS: &[u8] = b"<Bytes>";
/// What every message ends with.
pub const FRAME_ENDS: &[u8] = b"</Bytes>";
/// The length of a message in bytes.
pub const MESSAGE_BYTES: usize = 81;

/// The message that acknowledges `milliseconds` in all of `segment` of `lease`.
pub fn message(genesis: &Hash, lease: u64, segment: u32, milliseconds: u64) -> Vec<u8> {
	let mut out = Vec::with_capacity(MESSAGE_BYTES);
	out.extend_from_slice(FRAME_BEGINS);
	out.extend_from_slice(b"tct/receipt/v1");
	out.extend_from_slice(genesis);
	out.extend_from_slice(&lease.to_le_bytes());
	out.extend_from_slice(&segment.to_le_bytes());
	out.extend_from_slice(&milliseconds.to_le_bytes());
	out.extend_from_slice(FRAME_ENDS);
	out
}
