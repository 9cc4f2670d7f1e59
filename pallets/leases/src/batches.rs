//! Several leases in one call. Each is done or undone by itself.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{types::*, Config, Event, Leases, LeasesOf, Pallet};
use alloc::vec::Vec;
use frame_support::{
	dispatch::DispatchResult, storage::with_storage_layer, traits::ConstU32, BoundedVec,
};
use terminal_primitives::LeaseId;

/// The most leases that one call settles or pays.
pub const MAX_BATCH: u32 = 32;

/// Leases to settle, each with a newer receipt if there is one.
pub type Batch = BoundedVec<(LeaseId, Option<Receipt>), ConstU32<MAX_BATCH>>;

/// Leases for calls, each with a newer voucher.
pub type Vouchers = BoundedVec<(LeaseId, Voucher), ConstU32<MAX_BATCH>>;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_settle_many(batch: Batch) -> DispatchResult {
		for (id, receipt) in batch {
			Self::apart(id, || Self::do_settle(id, receipt));
		}
		Ok(())
	}

	pub(crate) fn do_redeem_many(batch: Vouchers) -> DispatchResult {
		for (id, voucher) in batch {
			Self::apart(id, || Self::do_redeem(id, voucher));
		}
		Ok(())
	}

	pub(crate) fn do_withdraw_many(
		provider: T::AccountId,
		after: Option<LeaseId>,
		limit: u32,
	) -> DispatchResult {
		let limit = usize::try_from(limit.min(MAX_BATCH)).unwrap_or_default();
		let keys = match after {
			Some(after) => {
				let start = LeasesOf::<T>::hashed_key_for(&provider, after);
				LeasesOf::<T>::iter_key_prefix_from(&provider, start)
			},
			None => LeasesOf::<T>::iter_key_prefix(&provider),
		};
		let ids: Vec<LeaseId> = keys.take(limit).collect();
		for id in &ids {
			let is_due =
				Leases::<T>::get(id).is_some_and(|lease| {
					lease.provider == provider
						&& matches!(
							lease.state,
							State::Active { .. }
								| State::Paused { .. } | State::Closing { .. }
								| State::Serving { .. } | State::Redeeming { .. }
						)
				});
			if is_due {
				Self::apart(*id, || Self::do_withdraw(*id).map(|_| ()));
			}
		}
		Self::deposit_event(Event::Withdrawn {
			provider,
			seen: u32::try_from(ids.len()).unwrap_or(u32::MAX),
			last: ids.last().copied(),
		});
		Ok(())
	}

	/// Do it for one of several: what fails is named and stops nobody.
	fn apart(id: LeaseId, what: impl FnOnce() -> DispatchResult) {
		if let Err(error) = with_storage_layer(what) {
			Self::deposit_event(Event::SettleFailed { lease: id, error });
		}
	}
}
