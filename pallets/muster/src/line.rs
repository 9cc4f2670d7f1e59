//! How many machines may be called. Writes `Lines`.
//!
//! An answer has 200 kB and more, and a block keeps room for Operational transactions that is worth a few
//! of them. So calls stand in line: one machine a block, the largest roster at once where the line is
//! empty. In any `w` blocks at most `MAX_ROSTER + w` machines are called of each kind. Rounds have a line of
//! their own: whoever fills the owners' keeps nobody from being called by chance.

use crate::{types::MAX_ROSTER, Config, Error, Lines, Pallet};
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

/// The block up to which a line is taken once `count` more machines are called in block `now`; `None` if
/// they would be more than a roster ahead.
pub fn behind(taken_until: BlockNumber, now: BlockNumber, count: u32) -> Option<BlockNumber> {
	let until = taken_until.max(now).checked_add(count)?;
	(until.saturating_sub(now) <= MAX_ROSTER).then_some(until)
}

impl<T: Config> Pallet<T> {
	/// Take `count` places in a line, or fail and change nothing.
	pub(crate) fn take_places(caller: Caller, now: BlockNumber, count: u32) -> DispatchResult {
		let until = behind(Lines::<T>::get(caller), now, count);
		let until = until.ok_or(Error::<T>::TooManyCalled)?;
		// nothing fails from here
		Lines::<T>::insert(caller, until);
		Ok(())
	}
}
