//! Builds what clients read. Writes nothing.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	lifecycle::OrderStage, matching, pricing, runtime_api::*, types::*, Config, NextOfferId,
	NextOrderId, Offers, Orders, OrdersOf, Reservations, ReservationsOf,
};
use alloc::vec::Vec;
use frame_support::traits::{Get, Time};
use terminal_primitives::{
	market::{Availability, LeaseBook, MachineMatch, MachineStatus, Machines},
	MachineId, Moment, VersionId,
};

/// The most entries of one answer.
const MAX_PAGE: u32 = 100;
/// The most ids that one answer looks at.
const MAX_SCAN: u64 = 1_000;

/// What a page shows of the ids from `from` on, and where to go on.
fn page<V>(
	from: u64,
	end: u64,
	limit: u32,
	show: impl Fn(u64) -> Option<V>,
) -> (Vec<V>, Option<u64>) {
	let limit = usize::try_from(limit.clamp(1, MAX_PAGE)).unwrap_or(1);
	let scan_to = from.saturating_add(MAX_SCAN).min(end);
	let mut shown = Vec::new();
	for id in from..scan_to {
		if shown.len() >= limit {
			return (shown, Some(id));
		}
		shown.extend(show(id));
	}
	(shown, (scan_to < end).then_some(scan_to))
}

/// What a page shows of an account's own ids, and where to go on.
fn own_page<I: Copy, V>(
	ids: impl Iterator<Item = I>,
	limit: u32,
	show: impl Fn(I) -> Option<V>,
) -> (Vec<V>, Option<I>) {
	let limit = usize::try_from(limit.clamp(1, MAX_PAGE)).unwrap_or(1);
	let mut shown = Vec::new();
	for (seen, id) in ids.enumerate() {
		if seen >= limit {
			return (shown, Some(id));
		}
		shown.extend(show(id));
	}
	(shown, None)
}

pub(crate) fn offers<T: Config>(
	filter: OfferFilter,
	from: OfferId,
	limit: u32,
) -> OfferPage<T::AccountId> {
	let end = NextOfferId::<T>::get();
	let (offers, next) = page(from.0, end.0, limit, |id| {
		offer::<T>(OfferId(id)).filter(|offer| lets_through::<T>(&filter, offer))
	});
	OfferPage {
		offers,
		next: next.map(OfferId),
	}
}

fn lets_through<T: Config>(filter: &OfferFilter, offer: &OfferView<T::AccountId>) -> bool {
	let is_spot = offer.terms.spot_notice_ms.is_some();
	let is_reservable = offer.reservation_deposit.is_some();
	let free = if offer.online {
		offer.free_units.min(offer.units)
	} else {
		0
	};
	filter.paid_in.is(offer.asset)
		&& filter.max_rate.is_none_or(|most| offer.rate <= most)
		&& filter.spot.is_none_or(|spot| spot == is_spot)
		&& filter
			.reservable
			.is_none_or(|wanted| wanted == is_reservable)
		&& filter.free_units.is_none_or(|units| units <= free)
		&& filter
			.wanted
			.as_ref()
			.is_none_or(|wanted| T::MachineMatch::meets(offer.machine, wanted))
}

pub(crate) fn offer<T: Config>(id: OfferId) -> Option<OfferView<T::AccountId>> {
	let offer = Offers::<T>::get(id)?;
	let machine =
		T::Machines::machine(offer.machine).filter(|found| found.provider == offer.provider);
	let online = machine
		.as_ref()
		.is_some_and(|machine| machine.status == MachineStatus::Online);
	Some(OfferView {
		id,
		hash: offer.hash(id),
		machine: offer.machine,
		asset: offer.asset,
		rate: offer.rate,
		units: offer.units,
		free_units: machine.map_or(0, |machine| {
			let reserved = T::Availability::reserved_units(offer.machine);
			machine.units.saturating_sub(reserved)
		}),
		online,
		min_duration_seconds: offer.min_duration_seconds,
		max_duration_seconds: offer.max_duration_seconds,
		terms: offer.terms,
		windows: offer.windows.into_inner(),
		reservation_deposit: offer.reservation_deposit,
		document: offer.document,
		provider: offer.provider,
	})
}

pub(crate) fn orders<T: Config>(
	machine: Option<MachineId>,
	from: OrderId,
	limit: u32,
) -> OrderPage<T::AccountId> {
	let end = NextOrderId::<T>::get();
	let (orders, next) = page(from.0, end.0, limit, |id| {
		order::<T>(OrderId(id)).filter(|order| {
			machine.is_none_or(|machine| {
				order.status != OrderStatus::Due && could_bid::<T>(machine, order)
			})
		})
	});
	OrderPage {
		orders,
		next: next.map(OrderId),
	}
}

fn could_bid<T: Config>(machine: MachineId, order: &OrderView<T::AccountId>) -> bool {
	T::Machines::machine(machine).is_some_and(|machine| machine.units >= order.units)
		&& T::MachineMatch::meets(machine, &order.wanted)
}

pub(crate) fn order<T: Config>(id: OrderId) -> Option<OrderView<T::AccountId>> {
	let order = Orders::<T>::get(id)?;
	let status = match order.stage(crate::now_block::<T>()) {
		OrderStage::Fresh => OrderStatus::Fresh,
		OrderStage::Open => OrderStatus::Open,
		OrderStage::Firm => OrderStatus::Firm,
		OrderStage::Due => OrderStatus::Due,
		OrderStage::Gone => return None,
	};
	Some(OrderView {
		id,
		status,
		consumer: order.consumer,
		wanted: order.wanted,
		units: order.units,
		asset: order.asset,
		max_rate: order.max_rate,
		duration_seconds: order.duration_seconds,
		version: order.version,
		tenant: order.tenant,
		terms: order.terms,
		auto: order.auto,
		funds: order.funds,
		deadline: order.deadline,
		firm_from: order.firm_from,
		close_reward: order.close_reward,
		matcher_reward: order.matcher_reward,
		bids: order.bids.into_inner(),
	})
}

pub(crate) fn own_orders<T: Config>(
	account: T::AccountId,
	from: Option<OrderId>,
	limit: u32,
) -> OrderPage<T::AccountId> {
	let first = from.filter(|id| OrdersOf::<T>::contains_key(&account, id));
	let rest = match from {
		Some(from) => {
			let start = OrdersOf::<T>::hashed_key_for(&account, from);
			OrdersOf::<T>::iter_key_prefix_from(&account, start)
		},
		None => OrdersOf::<T>::iter_key_prefix(&account),
	};
	let (orders, next) = own_page(first.into_iter().chain(rest), limit, order::<T>);
	OrderPage { orders, next }
}

pub(crate) fn own_reservations<T: Config>(
	account: T::AccountId,
	from: Option<ReservationId>,
	limit: u32,
) -> ReservationPage<T::AccountId> {
	let first = from.filter(|id| ReservationsOf::<T>::contains_key(&account, id));
	let rest = match from {
		Some(from) => {
			let start = ReservationsOf::<T>::hashed_key_for(&account, from);
			ReservationsOf::<T>::iter_key_prefix_from(&account, start)
		},
		None => ReservationsOf::<T>::iter_key_prefix(&account),
	};
	let (reservations, next) = own_page(first.into_iter().chain(rest), limit, reservation::<T>);
	ReservationPage { reservations, next }
}

fn reservation<T: Config>(id: ReservationId) -> Option<ReservationView<T::AccountId>> {
	let r = Reservations::<T>::get(id)?;
	let status = match &r.state {
		ReservationState::Reserved => ReservationStatus::Reserved,
		ReservationState::Arrived { until, .. } => ReservationStatus::Arrived { until: *until },
		ReservationState::Opened { lease, .. } => ReservationStatus::Opened { lease: *lease },
	};
	let price = crate::Pallet::<T>::reserved_price(&r, None).ok();
	Some(ReservationView {
		id,
		status,
		offer: r.offer,
		machine: r.machine,
		units: r.units,
		rate: r.rate,
		duration_seconds: r.duration_seconds,
		deposit: r.deposit,
		cancel_until: r.cancel_until,
		cancel_cost: r.cancel_share.mul_ceil(r.deposit),
		opens_at: r.opens_at,
		from: r.from,
		closes_at: r.closes_at,
		least_funds: price.map(|(least, _, _)| least),
		terms: r.terms,
		consumer: r.consumer,
		provider: r.provider,
	})
}

pub(crate) fn quote<T: Config>(
	id: OfferId,
	units: u32,
	duration_seconds: u32,
	version: Option<VersionId>,
) -> Result<OfferQuote, QuoteError> {
	let offer = Offers::<T>::get(id).ok_or(QuoteError::UnknownOffer)?;
	if !(1..=offer.units).contains(&units) {
		return Err(QuoteError::UnitsOutOfRange);
	}
	if !offer.offers(units, duration_seconds) {
		return Err(QuoteError::DurationOutOfRange);
	}
	let duration_ms = u64::from(duration_seconds).saturating_mul(1_000);
	let (least_funds, total, opening_deposit) = T::LeaseBook::price(
		offer.asset,
		units,
		offer.rate,
		duration_ms,
		version,
		&offer.terms,
	)
	.map_err(|_| QuoteError::Refused)?;
	let (fee, burned) = pricing::fee(T::Fees::get(), total);
	// The fee of an asset is the treasury's, all of it.
	let burned = offer.asset.map_or(burned, |_| 0);
	Ok(OfferQuote {
		offer_hash: offer.hash(id),
		asset: offer.asset,
		rate: offer.rate,
		total,
		least_funds,
		fee,
		burned,
		opening_deposit,
		reservation_deposit: offer.reservation_deposit,
		earliest_start: earliest_start::<T>(&offer, units, duration_ms),
	})
}

/// When the calendar has room, moved into the next window of the offer that is long enough. Whether
/// the calendar still has room there is what `reserve` finds out.
fn earliest_start<T: Config>(
	offer: &Offer<T::AccountId>,
	units: u32,
	duration_ms: u64,
) -> Option<Moment> {
	let free_at =
		T::Availability::earliest_start(offer.machine, units, duration_ms)?.max(T::Time::now());
	if offer.windows.is_empty() {
		return Some(free_at);
	}
	offer
		.windows
		.iter()
		.map(|(opens, _)| free_at.max(*opens))
		.find(|start| {
			let until = start.saturating_add(duration_ms);
			matching::is_available(&offer.windows, *start, until)
		})
}
