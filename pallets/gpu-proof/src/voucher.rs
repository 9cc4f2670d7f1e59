//! What a consumer signs to pay for calls: how many it has had in all, cumulative per lease.
//!
//! ```text
//! "<Bytes>" [7] | "tct/voucher/v1" [14] | genesis [32] | lease u64 LE | calls u64 LE
//! | "</Bytes>" [8]
//! ```
//!
//! 77 bytes in the frame of a [`receipt`](crate::receipt), signed as they are (no hash) by the key
//! that the consumer names for it. A voucher replaces all before it: the highest number of calls is
//! what is owed, so showing one twice, or an old one after a new one, changes nothing. The price of
//! a call is not in it: both sides agreed on that when the lease was opened. It has no segment, which
//! is why no receipt is a voucher: the lengths differ as well as the names.

use crate::{
	receipt::{FRAME_BEGINS, FRAME_ENDS},
	Hash,
};
use alloc::vec::Vec;

/// The length of a message in bytes.
pub const MESSAGE_BYTES: usize = 77;

/// The message by which a consumer owes the price of `calls` calls in all on `lease`.
pub fn message(genesis: &Hash, lease: u64, calls: u64) -> Vec<u8> {
	let mut out = Vec::with_capacity(MESSAGE_BYTES);
	out.extend_from_slice(FRAME_BEGINS);
	out.extend_from_slice(b"tct/voucher/v1");
	out.extend_from_slice(genesis);
	out.extend_from_slice(&lease.to_le_bytes());
	out.extend_from_slice(&calls.to_le_bytes());
	out.extend_from_slice(FRAME_ENDS);
	out
}
