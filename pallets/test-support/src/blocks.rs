//! Stepping through blocks and time.

use crate::{BlockNumber, Moment};
use frame_support::{
	traits::{OnFinalize, OnIdle, OnInitialize},
	weights::Weight,
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::traits::{One, SaturatedConversion, Saturating};

/// What a block adds to the clock.
pub const BLOCK_MS: Moment = 6_000;
/// What the clock shows in block 1, where [`crate::externalities`] starts.
pub const GENESIS_MS: Moment = 1_800_000_000_000;

/// Run all hooks (`on_idle` and `on_finalize` of the current block, `on_initialize` of the next)
/// until block `to`, moving the clock by [`BLOCK_MS`] each. `on_idle` may use one second.
pub fn run_to_block<T, Pallets>(to: BlockNumber)
where
	T: frame_system::Config + pallet_timestamp::Config<Moment = Moment>,
	Pallets:
		OnInitialize<BlockNumberFor<T>> + OnIdle<BlockNumberFor<T>> + OnFinalize<BlockNumberFor<T>>,
{
	loop {
		let now = frame_system::Pallet::<T>::block_number();
		if SaturatedConversion::saturated_into::<BlockNumber>(now) >= to {
			return;
		}
		// As an inherent would have: `pallet_timestamp` insists on it in `on_finalize`.
		set_time_ms::<T>(pallet_timestamp::Now::<T>::get());
		Pallets::on_idle(now, Weight::from_parts(1_000_000_000_000, u64::MAX));
		Pallets::on_finalize(now);
		let next = now.saturating_add(One::one());
		frame_system::Pallet::<T>::set_block_number(next);
		skip_time_ms::<T>(BLOCK_MS);
		Pallets::on_initialize(next);
	}
}

/// [`run_to_block`] by `count` blocks.
pub fn run_blocks<T, Pallets>(count: BlockNumber)
where
	T: frame_system::Config + pallet_timestamp::Config<Moment = Moment>,
	Pallets:
		OnInitialize<BlockNumberFor<T>> + OnIdle<BlockNumberFor<T>> + OnFinalize<BlockNumberFor<T>>,
{
	let now: BlockNumber = frame_system::Pallet::<T>::block_number().saturated_into();
	run_to_block::<T, Pallets>(now.saturating_add(count))
}

/// Set the clock. Leaves the block number alone.
pub fn set_time_ms<T: pallet_timestamp::Config<Moment = Moment>>(now: Moment) {
	pallet_timestamp::Pallet::<T>::set_timestamp(now)
}

/// Move the clock on by `by` milliseconds.
pub fn skip_time_ms<T: pallet_timestamp::Config<Moment = Moment>>(by: Moment) {
	set_time_ms::<T>(pallet_timestamp::Now::<T>::get().saturating_add(by))
}
