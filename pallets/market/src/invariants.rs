//! What must hold after every block, by number. Each is broken on purpose by one test.

use crate::{
	types::*, Claims, Config, Expiries, HoldReason, NextOfferId, NextOrderId, NextReservationId,
	OfferCount, Offers, OffersOf, Orders, OrdersOf, Pallet, Params, ReservationOfLease,
	Reservations, ReservationsOf, Stalls,
};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;
use terminal_primitives::{AssetId, Balance};

/// What an account should have on hold, by reason.
#[derive(Default)]
struct Sums {
	offers: Balance,
	order_funds: Balance,
	orders: Balance,
	bids: Balance,
	reservations: Balance,
	arrivals: Balance,
}

/// What is stored, read once for all checks.
struct Stored<T: Config> {
	accounts: Vec<T::AccountId>,
	offers: BTreeMap<OfferId, Offer<T::AccountId>>,
	orders: BTreeMap<OrderId, Order<T::AccountId>>,
	reservations: BTreeMap<ReservationId, Reservation<T::AccountId>>,
}

/// Check all of them.
pub fn check<T: Config>() -> Result<(), TryRuntimeError> {
	check_with::<T>(Pallet::<T>::on_hold)
}

/// As [`check`], for who has read already what accounts have on hold of what, and why.
pub fn check_with<T: Config>(
	on_hold: impl Fn(Option<AssetId>, &T::AccountId, HoldReason) -> Balance,
) -> Result<(), TryRuntimeError> {
	let stored = Stored::<T> {
		accounts: frame_system::Account::<T>::iter_keys().collect(),
		offers: Offers::<T>::iter().collect(),
		orders: Orders::<T>::iter().collect(),
		reservations: Reservations::<T>::iter().collect(),
	};
	holds(&stored, &on_hold)?;
	stored.orders.values().try_for_each(bids)?;
	let next_order = NextOrderId::<T>::get();
	let next_offer = NextOfferId::<T>::get();
	let next_reservation = NextReservationId::<T>::get();
	let below = stored.orders.keys().all(|id| *id < next_order)
		&& stored.offers.keys().all(|id| *id < next_offer)
		&& stored.reservations.keys().all(|id| *id < next_reservation);
	ensure!(below, "MARKET-8: ids are below the counters");
	offer_indexes(&stored)?;
	order_indexes(&stored)?;
	reservation_indexes(&stored)?;
	wheel(&stored)?;
	asset_holds(&stored, &on_hold)?;
	claims(&stored)?;
	ensure!(
		Params::<T>::get().validate(T::StartWindow::get()).is_ok(),
		"MARKET-11: the parameters fit together"
	);
	stored.reservations.values().try_for_each(times)?;
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

/// Everything that offers and orders are in, besides TCT.
fn named_assets<T: Config>(stored: &Stored<T>) -> BTreeSet<AssetId> {
	let offered = stored.offers.values().filter_map(|offer| offer.asset);
	let wanted = stored.orders.values().filter_map(|order| order.asset);
	offered.chain(wanted).collect()
}

fn claims<T: Config>(stored: &Stored<T>) -> Result<(), TryRuntimeError> {
	// Of everything that is named, also where there is no claim on it.
	let named = named_assets(stored).into_iter().map(Some);
	let mut sums: BTreeMap<Option<AssetId>, Balance> =
		named.chain([None]).map(|asset| (asset, 0)).collect();
	for (_, asset, claim) in Claims::<T>::iter() {
		add(sums.entry(asset).or_default(), claim);
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

/// MARKET-2 for what is not TCT, and that nothing else is on hold in it. Accounts that should hold
/// nothing are looked at too.
fn asset_holds<T: Config>(
	stored: &Stored<T>,
	on_hold: impl Fn(Option<AssetId>, &T::AccountId, HoldReason) -> Balance,
) -> Result<(), TryRuntimeError> {
	const DEPOSITS: [HoldReason; 5] = [
		HoldReason::OfferDeposit,
		HoldReason::OrderDeposit,
		HoldReason::BidDeposit,
		HoldReason::ReservationDeposit,
		HoldReason::ArrivalFunds,
	];
	let mut sums = BTreeMap::<(T::AccountId, AssetId), Balance>::new();
	for asset in named_assets(stored) {
		let accounts = stored.accounts.iter().cloned();
		sums.extend(accounts.map(|account| ((account, asset), 0)));
	}
	for order in stored.orders.values() {
		for (asset, amount) in order.held_funds() {
			if let Some(asset) = asset {
				let sum = sums.entry((order.consumer.clone(), asset)).or_default();
				add(sum, amount);
			}
		}
	}
	for ((account, asset), funds) in sums {
		let held = |why| on_hold(Some(asset), &account, why);
		ensure!(
			held(HoldReason::OrderFunds) == funds,
			"MARKET-2: funds of orders are on hold in what they are in"
		);
		ensure!(
			DEPOSITS.into_iter().all(|why| held(why) == 0),
			"MARKET-15: deposits and what arrivals bring are in TCT"
		);
	}
	Ok(())
}

fn add(sum: &mut Balance, amount: Balance) {
	*sum = sum.saturating_add(amount);
}

/// What the books say that every account has on hold. Accounts that should hold nothing are listed
/// too: nothing may stay behind.
fn sums<T: Config>(stored: &Stored<T>) -> BTreeMap<T::AccountId, Sums> {
	let accounts = stored.accounts.iter().cloned();
	let mut sums: BTreeMap<T::AccountId, Sums> =
		accounts.map(|account| (account, Sums::default())).collect();
	for offer in stored.offers.values() {
		let provider = sums.entry(offer.provider.clone()).or_default();
		add(&mut provider.offers, offer.deposit);
	}
	for order in stored.orders.values() {
		let consumer = sums.entry(order.consumer.clone()).or_default();
		for (asset, held) in order.held_funds() {
			if asset.is_none() {
				add(&mut consumer.order_funds, held);
			}
		}
		add(&mut consumer.orders, order.deposit);
		for bid in &order.bids {
			let provider = sums.entry(bid.provider.clone()).or_default();
			add(&mut provider.bids, bid.deposit);
		}
	}
	for r in stored.reservations.values() {
		let consumer = sums.entry(r.consumer.clone()).or_default();
		add(&mut consumer.reservations, r.deposit);
		if let ReservationState::Arrived { arrival, .. } = &r.state {
			add(&mut consumer.arrivals, arrival.held_funds());
		}
		let provider = sums.entry(r.provider.clone()).or_default();
		add(&mut provider.reservations, r.deposit);
	}
	sums
}

/// MARKET-1 to MARKET-6.
fn holds<T: Config>(
	stored: &Stored<T>,
	on_hold: impl Fn(Option<AssetId>, &T::AccountId, HoldReason) -> Balance,
) -> Result<(), TryRuntimeError> {
	for (account, sums) in sums(stored) {
		let held = |why| on_hold(None, &account, why);
		ensure!(
			held(HoldReason::OfferDeposit) == sums.offers,
			"MARKET-1: deposits of standing offers are on hold"
		);
		ensure!(
			held(HoldReason::OrderFunds) == sums.order_funds,
			"MARKET-2: funds of orders are on hold"
		);
		ensure!(
			held(HoldReason::OrderDeposit) == sums.orders,
			"MARKET-3: deposits of orders are on hold"
		);
		ensure!(
			held(HoldReason::BidDeposit) == sums.bids,
			"MARKET-4: deposits of bids are on hold"
		);
		ensure!(
			held(HoldReason::ReservationDeposit) == sums.reservations,
			"MARKET-5: deposits of reservations are on hold on both sides"
		);
		ensure!(
			held(HoldReason::ArrivalFunds) == sums.arrivals,
			"MARKET-6: funds of arrivals are on hold"
		);
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

fn offer_indexes<T: Config>(stored: &Stored<T>) -> Result<(), TryRuntimeError> {
	let mut counts: BTreeMap<T::AccountId, u32> = BTreeMap::new();
	let mut owned = BTreeSet::new();
	for (id, offer) in &stored.offers {
		owned.insert((offer.provider.clone(), *id));
		let count = counts.entry(offer.provider.clone()).or_default();
		*count = count.saturating_add(1);
	}
	let listed: BTreeSet<_> = OffersOf::<T>::iter_keys().collect();
	let counted: BTreeMap<T::AccountId, u32> = OfferCount::<T>::iter().collect();
	ensure!(
		owned == listed && counts == counted,
		"MARKET-9: an offer, its index and the counts disagree"
	);
	Ok(())
}

fn order_indexes<T: Config>(stored: &Stored<T>) -> Result<(), TryRuntimeError> {
	let orders = stored.orders.iter();
	let owned: BTreeSet<_> = orders
		.map(|(id, order)| (order.consumer.clone(), *id))
		.collect();
	let listed: BTreeSet<_> = OrdersOf::<T>::iter_keys().collect();
	ensure!(owned == listed, "MARKET-9: an order and its index disagree");
	Ok(())
}

fn reservation_indexes<T: Config>(stored: &Stored<T>) -> Result<(), TryRuntimeError> {
	let (mut parties, mut opened) = (BTreeSet::new(), BTreeSet::new());
	for (id, r) in &stored.reservations {
		parties.insert((r.consumer.clone(), *id));
		parties.insert((r.provider.clone(), *id));
		if let ReservationState::Opened { lease, .. } = r.state {
			opened.insert((lease, *id));
		}
	}
	let listed: BTreeSet<_> = ReservationsOf::<T>::iter_keys().collect();
	let leased: BTreeSet<_> = ReservationOfLease::<T>::iter().collect();
	ensure!(
		parties == listed && opened == leased,
		"MARKET-9: a reservation, its indexes and its lease disagree"
	);
	Ok(())
}

/// Everything has the one entry on the wheel that it names, and the wheel has no other.
fn wheel<T: Config>(stored: &Stored<T>) -> Result<(), TryRuntimeError> {
	let orders = stored.orders.iter();
	let orders = orders.map(|(id, order)| (order.wake_at, Expiring::Order(*id)));
	let reservations = stored.reservations.iter();
	let reservations = reservations.map(|(id, r)| (r.wake_at, Expiring::Reservation(*id)));
	let named: BTreeSet<_> = orders
		.chain(reservations)
		.filter(|(wake_at, _)| *wake_at != 0)
		.collect();
	let entries = Expiries::<T>::iter_keys();
	let entered: BTreeSet<_> = entries.map(|(due, what)| (due.number(), what)).collect();
	ensure!(
		named == entered,
		"MARKET-9: the wheel and what it should end disagree"
	);
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
