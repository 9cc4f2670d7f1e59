//! How many machines may be called. Writes `Lines`.
//!
//! An answer has 200 kB and more, and a block keeps room for Operational transactions that is worth a few
//! of them. So calls stand in line, one machine a block, and there are two lines: whoever fills the owners'
//! keeps nobody from being called by chance.
//!
//! - Owners: a call takes a place for each machine, at most [`MAX_ROSTER`] ahead of the chain. In any `w` blocks at
//!   most `MAX_ROSTER + w` machines are called.
//! - Rounds: one begins only where the line is empty, and then calls all whom it draws. So no roster is too
//!   large to be called, and none takes the place of another one of the same round. In any `w` blocks at
//!   most `round_owners * MAX_ROSTER + w` machines are called.

use crate::{
	types::{MAX_ROSTER, MAX_ROUND},
	Config, Error, Lines, Pallet,
};
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::dispatch::DispatchResult;
use scale_info::TypeInfo;
use terminal_primitives::BlockNumber;

/// Who calls.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Caller {
	/// The owner itself.
	Owner,
	/// A round.
	Round,
}

impl Caller {
	/// The most blocks that its line may be taken ahead.
	pub fn most_ahead(self) -> BlockNumber {
		match self {
			Caller::Owner => MAX_ROSTER,
			Caller::Round => MAX_ROSTER.saturating_mul(MAX_ROUND),
		}
	}
}

/// The block up to which a line is taken once `count` more machines are called in block `now`; `None` if
/// that is more than `most` blocks ahead.
pub fn behind(
	taken_until: BlockNumber,
	now: BlockNumber,
	count: u32,
	most: BlockNumber,
) -> Option<BlockNumber> {
	let until = taken_until.max(now).checked_add(count)?;
	(until.saturating_sub(now) <= most).then_some(until)
}

impl<T: Config> Pallet<T> {
	/// Whether a line is empty.
	pub(crate) fn is_empty(caller: Caller, now: BlockNumber) -> bool {
		Lines::<T>::get(caller) <= now
	}

	/// Take `count` places in a line, or fail and change nothing.
	pub(crate) fn take_places(caller: Caller, now: BlockNumber, count: u32) -> DispatchResult {
		let until = behind(Lines::<T>::get(caller), now, count, caller.most_ahead());
		let until = until.ok_or(Error::<T>::TooManyCalled)?;
		// nothing fails from here
		Lines::<T>::insert(caller, until);
		Ok(())
	}
}
