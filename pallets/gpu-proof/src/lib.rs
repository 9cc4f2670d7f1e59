#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
// The runtime runs all of this on bytes that anyone may send.
#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

extern crate alloc;

mod draw;
pub mod evidence;
pub mod hash;
pub mod merkle;
pub mod network;
pub mod product;
pub mod receipt;
pub mod result;
pub mod voucher;

pub use draw::MAX_DRAW;

/// A Blake2b-256 hash.
pub type Hash = [u8; 32];
