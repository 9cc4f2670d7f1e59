//! What whoever asks a machine for evidence signs: which lease, who asks, and about when.
//!
//! ```text
//! "tct/evidence/v1" [15] | genesis [32] | lease u64 LE | account | block u32 LE
//! ```
//!
//! Signed as it is (no hash, no wrapping) by an sr25519 key. On a chain of 32-byte accounts that is
//! 91 bytes.

use crate::Hash;
use alloc::vec::Vec;

/// Prefix of the message: nothing else that a key signs begins with it.
pub const DOMAIN: &[u8] = b"tct/evidence/v1";

/// The message by which `account` (SCALE-encoded) asks for evidence of `lease` near block `block`.
pub fn message(genesis: &Hash, lease: u64, account: &[u8], block: u32) -> Vec<u8> {
	[
		DOMAIN,
		genesis.as_slice(),
		&lease.to_le_bytes(),
		account,
		&block.to_le_bytes(),
	]
	.concat()
}
