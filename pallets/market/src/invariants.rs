//! What must hold after every block, by number. Each is broken on purpose by one test.

use crate::{
	types::*, Claims, Config, Expiries, HoldReason, NextOfferId, NextOrderId, NextReservationId,
	OfferCount, Offers, OffersOf, Orders, OrdersOf, Pallet, Params, ReservationOfLease,
	Reservations, ReservationsOf, Stalls,
};
use alloc::collections::BTreeMap;
use frame_support::ensure;
use sp_runtime::TryRuntimeError;
use terminal_primitives::{AssetId, Balance};

/// What an account should have on hold, in the order of [`HoldReason`].
type Sums<T> = BTreeMap<<T as frame_system::Config>::AccountId, [Balance; 6]>;

const REASONS: [(HoldReason, &str); 6] = [
	(
		HoldReason::OfferDeposit,
		"MARKET-1: deposits of standing offers are on hold",
	),
	(
		HoldReason::OrderFunds,
		"MARKET-2: funds of orders are on hold",
	),
	(
		HoldReason::OrderDeposit,
		"MARKET-3: deposits of orders are on hold",
	),
	(
		HoldReason::BidDeposit,
		"MARKET-4: deposits of bids are on hold",
	),
	(
		HoldReason::ReservationDeposit,
		"MARKET-5: deposits of reservations are on hold on both sides",
	),
	(
		HoldReason::ArrivalFunds,
		"MARKET-6: funds of arrivals are on hold",
	),
];

const INDEXES: &str = "MARKET-9: the indexes, the counts and the wheel agree with what exists";

/// Check all of them.
pub fn check<T: Config>() -> Result<(), TryRuntimeError> {
	holds::<T>()?;
	for (id, order) in Orders::<T>::iter() {
		bids(&order)?;
		ensure!(
			id < NextOrderId::<T>::get(),
			"MARKET-8: ids are below the counters"
		);
	}
	let below = Offers::<T>::iter_keys().all(|id| id < NextOfferId::<T>::get())
		&& Reservations::<T>::iter_keys().all(|id| id < NextReservationId::<T>::get());
	ensure!(below, "MARKET-8: ids are below the counters");
	offer_indexes::<T>()?;
	order_indexes::<T>()?;
	reservation_indexes::<T>()?;
	asset_holds::<T>()?;
	claims::<T>()?;
	ensure!(
		Params::<T>::get().validate().is_ok(),
		"MARKET-11: the parameters fit together"
	);
	Reservations::<T>::iter_values().try_for_each(|reservation| times(&reservation))?;
	let stalls = Stalls::<T>::get();
	let apart = stalls
		.iter()
		.zip(stalls.iter().skip(1))
		.all(|((_, until), (from, _))| until <= from);
	ensure!(
		apart && stalls.iter().all(|(from, until)| from < until),
		"MARKET-13: standstills are in order and apart"
	);
	Ok(())
}

fn claims<T: Config>() -> Result<(), TryRuntimeError> {
	// Of everything that offers and orders name, also where there is no claim on it.
	let mut sums = BTreeMap::<Option<AssetId>, Balance>::from([(None, 0)]);
	let named = Offers::<T>::iter_values().map(|offer| offer.asset);
	for asset in named.chain(Orders::<T>::iter_values().map(|order| order.asset)) {
		sums.entry(asset).or_default();
	}
	for (_, asset, claim) in Claims::<T>::iter() {
		let sum = sums.entry(asset).or_default();
		*sum = sum.saturating_add(claim);
	}
	for (asset, sum) in sums {
		let pot = Pallet::<T>::in_pot(asset);
		match asset {
			None => ensure!(sum <= pot, "MARKET-10: the pot covers all claims"),
			Some(_) => ensure!(
				sum == pot,
				"MARKET-14: what the pot holds of an asset is what is claimed of it"
			),
		}
	}
	Ok(())
}

/// MARKET-2 for what is not TCT, and that nothing else is on hold in it.
fn asset_holds<T: Config>() -> Result<(), TryRuntimeError> {
	let mut sums = BTreeMap::<(T::AccountId, AssetId), Balance>::new();
	for order in Orders::<T>::iter_values() {
		for (asset, amount) in order.held_funds() {
			if let Some(asset) = asset {
				let sum = sums.entry((order.consumer.clone(), asset)).or_default();
				*sum = sum.saturating_add(amount);
			}
		}
	}
	for ((account, asset), expected) in sums {
		for (why, text) in REASONS {
			let held = Pallet::<T>::on_hold(Some(asset), &account, why);
			let expected = match why {
				HoldReason::OrderFunds => expected,
				_ => 0,
			};
			ensure!(held == expected, text);
		}
	}
	Ok(())
}

fn add<T: Config>(sums: &mut Sums<T>, who: &T::AccountId, why: HoldReason, amount: Balance) {
	let sums = sums.entry(who.clone()).or_default();
	let position = REASONS.iter().position(|(reason, _)| *reason == why);
	if let Some(sum) = position.and_then(|position| sums.get_mut(position)) {
		*sum = sum.saturating_add(amount);
	}
}

fn holds<T: Config>() -> Result<(), TryRuntimeError> {
	let mut sums = Sums::<T>::new();
	for offer in Offers::<T>::iter_values() {
		add::<T>(
			&mut sums,
			&offer.provider,
			HoldReason::OfferDeposit,
			offer.deposit,
		);
	}
	for order in Orders::<T>::iter_values() {
		for (_, held) in order
			.held_funds()
			.iter()
			.filter(|(asset, _)| asset.is_none())
		{
			add::<T>(&mut sums, &order.consumer, HoldReason::OrderFunds, *held);
		}
		add::<T>(
			&mut sums,
			&order.consumer,
			HoldReason::OrderDeposit,
			order.deposit,
		);
		for bid in &order.bids {
			add::<T>(
				&mut sums,
				&bid.provider,
				HoldReason::BidDeposit,
				bid.deposit,
			);
		}
	}
	for r in Reservations::<T>::iter_values() {
		let why = HoldReason::ReservationDeposit;
		add::<T>(&mut sums, &r.consumer, why, r.deposit);
		add::<T>(&mut sums, &r.provider, why, r.deposit);
		if let ReservationState::Arrived { arrival, .. } = &r.state {
			let held = arrival.held_funds();
			add::<T>(&mut sums, &r.consumer, HoldReason::ArrivalFunds, held);
		}
	}
	// Accounts that should hold nothing are looked at too: nothing may stay behind.
	for account in frame_system::Account::<T>::iter_keys() {
		sums.entry(account).or_default();
	}
	for (account, expected) in &sums {
		for ((why, text), expected) in REASONS.iter().zip(expected) {
			let held = Pallet::<T>::on_hold(None, account, *why);
			ensure!(held == *expected, *text);
		}
	}
	Ok(())
}

fn bids<AccountId>(order: &Order<AccountId>) -> Result<(), TryRuntimeError> {
	let bids = &order.bids;
	let sorted = bids
		.iter()
		.zip(bids.iter().skip(1))
		.all(|(one, next)| one.rate <= next.rate);
	let distinct = bids.iter().enumerate().all(|(position, bid)| {
		bids.iter()
			.skip(position.saturating_add(1))
			.all(|other| other.machine != bid.machine)
	});
	let affordable = bids.iter().all(|bid| bid.rate <= order.max_rate);
	ensure!(
		sorted && distinct && affordable,
		"MARKET-7: bids are sorted, one per machine, none above the maximum"
	);
	Ok(())
}

fn offer_indexes<T: Config>() -> Result<(), TryRuntimeError> {
	let mut counts: BTreeMap<T::AccountId, u32> = BTreeMap::new();
	for (id, offer) in Offers::<T>::iter() {
		ensure!(OffersOf::<T>::contains_key(&offer.provider, id), INDEXES);
		let count = counts.entry(offer.provider).or_default();
		*count = count.saturating_add(1);
	}
	for (account, id, ()) in OffersOf::<T>::iter() {
		let owned = Offers::<T>::get(id).is_some_and(|offer| offer.provider == account);
		ensure!(owned, INDEXES);
	}
	let counted: BTreeMap<T::AccountId, u32> = OfferCount::<T>::iter().collect();
	ensure!(counts == counted, INDEXES);
	Ok(())
}

fn order_indexes<T: Config>() -> Result<(), TryRuntimeError> {
	for (id, order) in Orders::<T>::iter() {
		let awake =
			order.wake_at == 0 || Expiries::<T>::get(order.wake_at).contains(&Expiring::Order(id));
		let listed = OrdersOf::<T>::contains_key(&order.consumer, id);
		ensure!(awake && listed, INDEXES);
	}
	for (account, id, ()) in OrdersOf::<T>::iter() {
		let owned = Orders::<T>::get(id).is_some_and(|order| order.consumer == account);
		ensure!(owned, INDEXES);
	}
	Ok(())
}

fn reservation_indexes<T: Config>() -> Result<(), TryRuntimeError> {
	for (id, r) in Reservations::<T>::iter() {
		let awake =
			r.wake_at == 0 || Expiries::<T>::get(r.wake_at).contains(&Expiring::Reservation(id));
		let listed = ReservationsOf::<T>::contains_key(&r.consumer, id)
			&& ReservationsOf::<T>::contains_key(&r.provider, id);
		let leased = match &r.state {
			ReservationState::Opened { lease, .. } => {
				ReservationOfLease::<T>::get(lease) == Some(id)
			},
			ReservationState::Reserved | ReservationState::Arrived { .. } => true,
		};
		ensure!(awake && listed && leased, INDEXES);
	}
	for (account, id, ()) in ReservationsOf::<T>::iter() {
		let is_party = Reservations::<T>::get(id)
			.is_some_and(|r| r.consumer == account || r.provider == account);
		ensure!(is_party, INDEXES);
	}
	for (lease, id) in ReservationOfLease::<T>::iter() {
		let leased = Reservations::<T>::get(id).is_some_and(
			|r| matches!(r.state, ReservationState::Opened { lease: opened, .. } if opened == lease),
		);
		ensure!(leased, INDEXES);
	}
	Ok(())
}

fn times<AccountId>(r: &Reservation<AccountId>) -> Result<(), TryRuntimeError> {
	let ordered = r.cancel_until <= r.opens_at
		&& r.opens_at <= r.from
		&& r.from < r.closes_at
		&& r.closes_at < r.booked_until;
	let inside = match &r.state {
		ReservationState::Reserved => true,
		ReservationState::Arrived { at, until, .. } => {
			r.opens_at <= *at && *at <= r.closes_at && r.closes_at <= *until
		},
		ReservationState::Opened { at, .. } => r.opens_at <= *at,
	};
	ensure!(
		ordered && inside,
		"MARKET-12: a reservation's times are in order and its stage is inside them"
	);
	Ok(())
}
