//! How an expiry wheel keys what waits in it.

use crate::BlockNumber;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A block number as a key of storage, highest byte first.
///
/// Keys that begin with it lie in the order of blocks when its hasher is `Identity`: what is due
/// first is the first key of the map, however many empty blocks lie before it.
///
/// ```
/// use codec::Encode;
/// use terminal_primitives::wheel::DueBlock;
///
/// assert!(DueBlock::from(255).encode() < DueBlock::from(256).encode());
/// assert_eq!(DueBlock::from(256).number(), 256);
/// ```
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct DueBlock([u8; 4]);

impl DueBlock {
	/// The block number.
	pub fn number(self) -> BlockNumber {
		BlockNumber::from_be_bytes(self.0)
	}
}

impl From<BlockNumber> for DueBlock {
	fn from(number: BlockNumber) -> Self {
		Self(number.to_be_bytes())
	}
}
