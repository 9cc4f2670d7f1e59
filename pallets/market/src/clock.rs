//! Whether the chain ran: the writer of `LastBlockAt` and `Stalls`.
//!
//! An absence is a missing signed call. Where the chain stood still nobody could sign one, so it
//! counts only if the chain ran for a share of the window. A gap between two blocks that is longer
//! than `stall_ms` is a standstill; the last [`MAX_STALLS`] of them are remembered, and what lies
//! before the oldest, once there are so many, counts as standstill too: nobody is blamed for what
//! is not known.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{types::MAX_STALLS, Config, Event, LastBlockAt, Pallet, Params, Stalls};
use frame_support::traits::Time;
use sp_runtime::Perbill;
use terminal_primitives::Moment;

/// Note that a block was built. Told in each block, once its time is set.
pub(crate) fn tick<T: Config>() {
	let (last, now) = (LastBlockAt::<T>::get(), T::Time::now());
	LastBlockAt::<T>::put(now);
	if !is_stall::<T>(last, now) {
		return;
	}
	Stalls::<T>::mutate(|stalls| {
		if stalls.is_full() {
			stalls.remove(0);
		}
		// There is room now.
		let _ = stalls.try_push((last, now));
	});
	Pallet::<T>::deposit_event(Event::ChainStalled {
		from: last,
		until: now,
	});
}

/// Whether the chain ran for at least `share` of the time from `from` to `until`, as far as this
/// block knows.
pub(crate) fn has_run<T: Config>(from: Moment, until: Moment, share: Perbill) -> bool {
	let mut stalls = Stalls::<T>::get().into_inner();
	let forgotten = stalls.len() >= usize::try_from(MAX_STALLS).unwrap_or(usize::MAX);
	let known_from = stalls.first().map_or(0, |(from, _)| *from);
	if forgotten && from < known_from {
		return false;
	}
	// The gap before this block is noted at its end only.
	let (last, now) = (LastBlockAt::<T>::get(), T::Time::now());
	if is_stall::<T>(last, now) {
		stalls.push((last, now));
	}
	let stood = stalls.into_iter().fold(0u64, |sum, (stopped, went_on)| {
		let overlap = went_on.min(until).saturating_sub(stopped.max(from));
		sum.saturating_add(overlap)
	});
	let length = until.saturating_sub(from);
	length.saturating_sub(stood) >= share.mul_ceil(length)
}

/// Before the first block there was nothing that could stand still.
fn is_stall<T: Config>(last: Moment, now: Moment) -> bool {
	last > 0 && now.saturating_sub(last) > Params::<T>::get().stall_ms
}
