//! What must hold after every block, by number. Each is broken on purpose by one test.

use crate::{
	types::*, Claims, Config, Expiries, HoldReason, NextOfferId, NextOrderId, NextReservationId,
	OfferCount, Offers, OffersOf, Orders, OrdersOf, Pallet, Params, ReservationOfLease,
	Reservations, ReservationsOf, Stalls,
};
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;
use terminal_primitives::{wheel::DueBlock, AssetId, Balance, BlockNumber};

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
	wheel::<T>()?;
	asset_holds::<T>()?;
	claims::<T>()?;
	ensure!(
		Params::<T>::get().validate(T::StartWindow::get()).is_ok(),
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

/// Everything that offers and orders are in, besides TCT.
fn named_assets<T: Config>() -> BTreeSet<AssetId> {
	let offered = Offers::<T>::iter_values().filter_map(|offer| offer.asset);
	let wanted = Orders::<T>::iter_values().filter_map(|order| order.asset);
	offered.chain(wanted).collect()
}

fn claims<T: Config>() -> Result<(), TryRuntimeError> {
	// Of everything that is named, also where there is no claim on it.
	let named = named_assets::<T>().into_iter().map(Some);
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
fn asset_holds<T: Config>() -> Result<(), TryRuntimeError> {
	const DEPOSITS: [HoldReason; 5] = [
		HoldReason::OfferDeposit,
		HoldReason::OrderDeposit,
		HoldReason::BidDeposit,
		HoldReason::ReservationDeposit,
		HoldReason::ArrivalFunds,
	];
	let mut sums = BTreeMap::<(T::AccountId, AssetId), Balance>::new();
	for asset in named_assets::<T>() {
		let accounts = frame_system::Account::<T>::iter_keys();
		sums.extend(accounts.map(|account| ((account, asset), 0)));
	}
	for order in Orders::<T>::iter_values() {
		for (asset, amount) in order.held_funds() {
			if let Some(asset) = asset {
				let sum = sums.entry((order.consumer.clone(), asset)).or_default();
				add(sum, amount);
			}
		}
	}
	for ((account, asset), funds) in sums {
		let held = |why| Pallet::<T>::on_hold(Some(asset), &account, why);
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
fn sums<T: Config>() -> BTreeMap<T::AccountId, Sums> {
	let mut sums: BTreeMap<T::AccountId, Sums> = frame_system::Account::<T>::iter_keys()
		.map(|account| (account, Sums::default()))
		.collect();
	for offer in Offers::<T>::iter_values() {
		let provider = sums.entry(offer.provider).or_default();
		add(&mut provider.offers, offer.deposit);
	}
	for order in Orders::<T>::iter_values() {
		let consumer = sums.entry(order.consumer.clone()).or_default();
		for (asset, held) in order.held_funds() {
			if asset.is_none() {
				add(&mut consumer.order_funds, held);
			}
		}
		add(&mut consumer.orders, order.deposit);
		for bid in order.bids {
			add(&mut sums.entry(bid.provider).or_default().bids, bid.deposit);
		}
	}
	for r in Reservations::<T>::iter_values() {
		let consumer = sums.entry(r.consumer).or_default();
		add(&mut consumer.reservations, r.deposit);
		if let ReservationState::Arrived { arrival, .. } = &r.state {
			add(&mut consumer.arrivals, arrival.held_funds());
		}
		let provider = sums.entry(r.provider).or_default();
		add(&mut provider.reservations, r.deposit);
	}
	sums
}

/// MARKET-1 to MARKET-6.
fn holds<T: Config>() -> Result<(), TryRuntimeError> {
	for (account, sums) in sums::<T>() {
		let held = |why: HoldReason| Pallet::<T>::on_hold(None, &account, why);
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

fn offer_indexes<T: Config>() -> Result<(), TryRuntimeError> {
	const WRONG: &str = "MARKET-9: an offer, its index and the counts disagree";
	let mut counts: BTreeMap<T::AccountId, u32> = BTreeMap::new();
	for (id, offer) in Offers::<T>::iter() {
		ensure!(OffersOf::<T>::contains_key(&offer.provider, id), WRONG);
		let count = counts.entry(offer.provider).or_default();
		*count = count.saturating_add(1);
	}
	for (account, id, ()) in OffersOf::<T>::iter() {
		let owned = Offers::<T>::get(id).is_some_and(|offer| offer.provider == account);
		ensure!(owned, WRONG);
	}
	let counted: BTreeMap<T::AccountId, u32> = OfferCount::<T>::iter().collect();
	ensure!(counts == counted, WRONG);
	Ok(())
}

fn order_indexes<T: Config>() -> Result<(), TryRuntimeError> {
	const WRONG: &str = "MARKET-9: an order, its index and the wheel disagree";
	for (id, order) in Orders::<T>::iter() {
		let awake = is_awake::<T>(order.wake_at, Expiring::Order(id));
		let listed = OrdersOf::<T>::contains_key(&order.consumer, id);
		ensure!(awake && listed, WRONG);
	}
	for (account, id, ()) in OrdersOf::<T>::iter() {
		let owned = Orders::<T>::get(id).is_some_and(|order| order.consumer == account);
		ensure!(owned, WRONG);
	}
	Ok(())
}

fn reservation_indexes<T: Config>() -> Result<(), TryRuntimeError> {
	const WRONG: &str = "MARKET-9: a reservation, its indexes, its lease and the wheel disagree";
	for (id, r) in Reservations::<T>::iter() {
		let awake = is_awake::<T>(r.wake_at, Expiring::Reservation(id));
		let listed = ReservationsOf::<T>::contains_key(&r.consumer, id)
			&& ReservationsOf::<T>::contains_key(&r.provider, id);
		let leased = match &r.state {
			ReservationState::Opened { lease, .. } => {
				ReservationOfLease::<T>::get(lease) == Some(id)
			},
			ReservationState::Reserved | ReservationState::Arrived { .. } => true,
		};
		ensure!(awake && listed && leased, WRONG);
	}
	for (account, id, ()) in ReservationsOf::<T>::iter() {
		let is_party = Reservations::<T>::get(id)
			.is_some_and(|r| r.consumer == account || r.provider == account);
		ensure!(is_party, WRONG);
	}
	for (lease, id) in ReservationOfLease::<T>::iter() {
		let leased = Reservations::<T>::get(id).is_some_and(
			|r| matches!(r.state, ReservationState::Opened { lease: opened, .. } if opened == lease),
		);
		ensure!(leased, WRONG);
	}
	Ok(())
}

/// Whether the wheel has the entry that is named, if one is.
fn is_awake<T: Config>(wake_at: BlockNumber, what: Expiring) -> bool {
	wake_at == 0 || Expiries::<T>::contains_key(DueBlock::from(wake_at), what)
}

fn wheel<T: Config>() -> Result<(), TryRuntimeError> {
	for (due, what) in Expiries::<T>::iter_keys() {
		let wake_at = match what {
			Expiring::Order(id) => Orders::<T>::get(id).map(|order| order.wake_at),
			Expiring::Reservation(id) => Reservations::<T>::get(id).map(|found| found.wake_at),
		};
		ensure!(
			wake_at == Some(due.number()),
			"MARKET-9: the wheel has an entry that nothing names"
		);
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
