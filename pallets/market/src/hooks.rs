//! The expiry wheel, and what leases tell of leases that were opened here.
//!
//! The wheel is a convenience: it does only what anyone could do by a call, when `on_idle` has
//! weight to spare. Nothing depends on it being in time or on an entry being there. It takes no
//! reward.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	lifecycle::ReservationStep, reservations, types::*, weights::WeightInfo, Config, Expiries,
	ExpiryCursor, Orders, Pallet, Params, Reservations,
};
use frame_support::{
	storage::with_storage_layer,
	traits::Time,
	weights::{Weight, WeightMeter},
};
use terminal_primitives::{hooks::OnLeaseBegun, BlockNumber, LeaseId};

/// How many buckets are tried when the wanted one is full.
pub(crate) const BUCKETS_TRIED: u32 = 8;
/// Blocks after which something that could not be done is tried again.
const RETRY_BLOCKS: BlockNumber = 50;

/// Put an order on the wheel for the block after its deadline. Returns the bucket.
pub(crate) fn schedule_order<T: Config>(
	id: OrderId,
	order: &Order<T::AccountId>,
) -> Option<BlockNumber> {
	put::<T>(Expiring::Order(id), due_order::<T>(order))
}

/// Put a reservation on the wheel for when its state's time is up. Returns the bucket.
pub(crate) fn schedule_reservation<T: Config>(
	id: ReservationId,
	reservation: &Reservation<T::AccountId>,
) -> Option<BlockNumber> {
	let due = due_reservation::<T>(reservation);
	put::<T>(Expiring::Reservation(id), due)
}

fn due_order<T: Config>(order: &Order<T::AccountId>) -> BlockNumber {
	let now = crate::now_block::<T>();
	order.deadline.max(now).saturating_add(1)
}

fn due_reservation<T: Config>(reservation: &Reservation<T::AccountId>) -> BlockNumber {
	let left_ms = reservations::over_at(reservation).saturating_sub(T::Time::now());
	let blocks = left_ms.div_ceil(Params::<T>::get().block_ms.max(1));
	crate::now_block::<T>()
		.saturating_add(blocks.try_into().unwrap_or(BlockNumber::MAX))
		.saturating_add(1)
}

fn put<T: Config>(what: Expiring, wanted: BlockNumber) -> Option<BlockNumber> {
	let last = wanted.saturating_add(BUCKETS_TRIED);
	let bucket = (wanted..last).find(|bucket| Expiries::<T>::try_append(bucket, what).is_ok());
	if bucket.is_none() {
		log::debug!(target: crate::LOG_TARGET, "no room on the wheel for {what:?}");
	}
	bucket
}

/// Drain the buckets that are due, as far as `meter` allows.
pub(crate) fn drain<T: Config>(now: BlockNumber, meter: &mut WeightMeter) {
	while meter.try_consume(T::WeightInfo::expire_bucket()).is_ok() {
		let bucket = ExpiryCursor::<T>::get();
		if bucket > now {
			return;
		}
		let mut entries = Expiries::<T>::take(bucket);
		let each = T::WeightInfo::expire_one();
		while !entries.is_empty() && meter.try_consume(each).is_ok() {
			if let Some(what) = entries.pop() {
				expire::<T>(what, bucket, now);
			}
		}
		if !entries.is_empty() {
			Expiries::<T>::insert(bucket, entries);
			return;
		}
		ExpiryCursor::<T>::put(bucket.saturating_add(1));
	}
}

/// Do what one entry asks for. An entry that fails is undone alone, and tried again later.
fn expire<T: Config>(what: Expiring, bucket: BlockNumber, now: BlockNumber) {
	let wakes_at = match what {
		Expiring::Order(id) => Orders::<T>::get(id).map(|order| order.wake_at),
		Expiring::Reservation(id) => Reservations::<T>::get(id).map(|found| found.wake_at),
	};
	if wakes_at != Some(bucket) {
		return;
	}
	let done = with_storage_layer(|| match what {
		Expiring::Order(id) => Pallet::<T>::do_close_order(None, id).map(|_| ()),
		Expiring::Reservation(id) => Pallet::<T>::do_end_reservation(id),
	});
	if let Err(error) = done {
		log::debug!(target: crate::LOG_TARGET, "{what:?} is not over yet: {error:?}");
		again::<T>(what, now);
	}
}

/// Whatever did not move on gets a new entry.
fn again<T: Config>(what: Expiring, now: BlockNumber) {
	let retry = now.saturating_add(RETRY_BLOCKS);
	match what {
		Expiring::Order(id) => Orders::<T>::mutate_extant(id, |order| {
			let due = due_order::<T>(order).max(retry);
			order.wake_at = put::<T>(what, due).unwrap_or(0);
		}),
		Expiring::Reservation(id) => Reservations::<T>::mutate_extant(id, |reservation| {
			// The clock ran slower than blocks were counted, at most.
			let due = due_reservation::<T>(reservation);
			reservation.wake_at = put::<T>(what, due).unwrap_or(0);
		}),
	}
}

impl<T: Config> OnLeaseBegun for Pallet<T> {
	fn on_started(lease: LeaseId) {
		Self::hear(lease, ReservationStep::Start)
	}

	/// Leases must tell this only where the provider is to blame: it cancelled the accepted lease,
	/// or let its start window pass. See the README on what leases owe the market.
	fn on_never_started(lease: LeaseId) {
		Self::hear(lease, ReservationStep::NeverStart)
	}

	fn weight() -> Weight {
		T::WeightInfo::lease_begun()
	}
}
