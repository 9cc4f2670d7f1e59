//! The expiry wheel, and what leases tell of leases that were opened here.
//!
//! The wheel is a convenience: it does only what anyone could do by a call, when `on_idle` has
//! weight to spare. Nothing depends on it being in time. It takes no reward.
//!
//! It is the wheel of leases again: a map without a cap by (block, what), its keys in the order of
//! blocks ([`DueBlock`]), so that the first key is what is due first and empty blocks cost nothing. A
//! look at the next key is paid for before it is read, an entry's worst case before it is touched.
//!
//! An order or a reservation has the entry that `wake_at` names and no other; whatever moves or ends
//! it takes the old one out by one write, which is less than what it would cost to come upon it later.
//! So there are never more entries than deposits held for orders and reservations. Who enters many for
//! one block delays what is due after it by the blocks that they take, once: what fails comes back
//! `RETRY_BLOCKS` later, behind all that is due by then.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	lifecycle::ReservationStep, reservations, types::*, weights::WeightInfo, Config, Expiries,
	Orders, Pallet, Params, Reservations,
};
use frame_support::{
	storage::with_storage_layer,
	traits::{Get, Time},
	weights::{Weight, WeightMeter},
};
use terminal_primitives::{hooks::OnLeaseBegun, wheel::DueBlock, BlockNumber, LeaseId};

/// Blocks after which something that could not be done is tried again.
const RETRY_BLOCKS: BlockNumber = 50;

/// Put an order on the wheel for the block after its deadline. Returns the block.
pub(crate) fn schedule_order<T: Config>(id: OrderId, order: &Order<T::AccountId>) -> BlockNumber {
	schedule::<T>(Expiring::Order(id), order.wake_at, due_order::<T>(order))
}

/// Put a reservation on the wheel for when its state's time is up, in place of where it was. Returns
/// the block.
pub(crate) fn schedule_reservation<T: Config>(
	id: ReservationId,
	reservation: &Reservation<T::AccountId>,
) -> BlockNumber {
	let due = due_reservation::<T>(reservation);
	schedule::<T>(Expiring::Reservation(id), reservation.wake_at, due)
}

fn schedule<T: Config>(what: Expiring, before: BlockNumber, due: BlockNumber) -> BlockNumber {
	if due != before {
		forget::<T>(what, before);
		put::<T>(what, due);
	}
	due
}

/// Take what is entered for block `wake_at`, 0 for none, off the wheel.
pub(crate) fn forget<T: Config>(what: Expiring, wake_at: BlockNumber) {
	if wake_at > 0 {
		Expiries::<T>::remove(DueBlock::from(wake_at), what);
	}
}

fn put<T: Config>(what: Expiring, due: BlockNumber) {
	Expiries::<T>::insert(DueBlock::from(due), what, ());
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

/// What one look at the wheel may weigh: the iterator's read of the next key, which benchmarks do
/// not count as one.
pub(crate) fn look_weight<T: Config>() -> Weight {
	T::WeightInfo::look_at_wheel().saturating_add(T::DbWeight::get().reads(1))
}

/// Do what is due, as far as `meter` allows.
pub(crate) fn drain<T: Config>(now: BlockNumber, meter: &mut WeightMeter) {
	let (look, each) = (look_weight::<T>(), T::WeightInfo::expire_one());
	let mut entries = Expiries::<T>::iter_keys();
	while meter.try_consume(look).is_ok() {
		// What is entered meanwhile is due after `now`.
		let Some((block, what)) = entries.next().filter(|(block, _)| block.number() <= now) else {
			return;
		};
		if meter.try_consume(each).is_err() {
			return;
		}
		Expiries::<T>::remove(block, what);
		expire::<T>(what, block.number(), now);
	}
}

/// Do what one entry asks for. An entry that fails is undone alone, and tried again later.
fn expire<T: Config>(what: Expiring, block: BlockNumber, now: BlockNumber) {
	let wakes_at = match what {
		Expiring::Order(id) => Orders::<T>::get(id).map(|order| order.wake_at),
		Expiring::Reservation(id) => Reservations::<T>::get(id).map(|found| found.wake_at),
	};
	if wakes_at != Some(block) {
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
			put::<T>(what, due);
			order.wake_at = due;
		}),
		Expiring::Reservation(id) => Reservations::<T>::mutate_extant(id, |reservation| {
			// The clock ran slower than blocks were counted, at most.
			let due = due_reservation::<T>(reservation).max(retry);
			put::<T>(what, due);
			reservation.wake_at = due;
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
