//! The writer of `Order::bids`.
//!
//! An order keeps at most [`MAX_BIDS`](crate::types::MAX_BIDS), cheapest first, the first placed
//! among equals, one per machine. Each has a deposit on hold that always returns: on withdrawal, when
//! a cheaper bid displaces it, or when the order is gone.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	lifecycle::OrderStep, matching, types::*, Config, Error, Event, HoldReason, Orders, Pallet,
	Params,
};
use frame_support::{dispatch::DispatchResult, ensure};
use terminal_primitives::{
	market::{LeaseBook, MachineMatch, MachineStatus, Machines},
	Balance, MachineId,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_place_bid(
		who: T::AccountId,
		id: OrderId,
		machine_id: MachineId,
		rate: Balance,
	) -> DispatchResult {
		let mut order = Self::order_for(id, OrderStep::Bid)?;
		let machine = T::Machines::machine(machine_id).ok_or(Error::<T>::UnknownMachine)?;
		let provider = machine.provider;
		let is_agent = who == machine.agent && who != provider;
		ensure!(is_agent || who == provider, Error::<T>::NotMachineSigner);
		ensure!(
			machine.status == MachineStatus::Online,
			Error::<T>::MachineNotOnline
		);
		ensure!(order.units <= machine.units, Error::<T>::UnitsOutOfRange);
		ensure!(
			T::MachineMatch::meets(machine_id, &order.wanted),
			Error::<T>::RequirementsNotMet
		);
		ensure!(rate > 0, Error::<T>::RateIsZero);
		ensure!(rate <= order.max_rate, Error::<T>::RateAboveMaximum);
		// The hot key cannot give the machine away: the cold one set the asking price.
		let asking = match order.asset {
			None => Some(machine.price_per_second),
			Some(asset) => T::Machines::price_in(machine_id, asset),
		};
		ensure!(
			!is_agent || asking.is_some_and(|asking| rate >= asking),
			Error::<T>::RateBelowAsking
		);
		ensure!(
			!matching::is_arbiter(&order.terms, &provider),
			Error::<T>::ArbiterIsParty
		);
		// Leases have a least rate: a bid below it could never win.
		T::LeaseBook::price(
			order.asset,
			order.units,
			rate,
			order.duration_ms(),
			order.version,
			&order.terms,
		)?;

		let deposit = Self::make_room(id, &mut order, (machine_id, &provider), rate)?;
		let deposit = match deposit {
			Some(kept) => kept,
			None => {
				let deposit = Params::<T>::get().bid_deposit;
				Self::hold_of_provider(&provider, HoldReason::BidDeposit, deposit)?;
				deposit
			},
		};
		let position = order
			.bids
			.iter()
			.position(|bid| bid.rate > rate)
			.unwrap_or(order.bids.len());
		let bid = Bid {
			provider: provider.clone(),
			machine: machine_id,
			rate,
			deposit,
		};
		order
			.bids
			.try_insert(position, bid)
			.map_err(|_| Error::<T>::BidsFull)?;
		Orders::<T>::insert(id, order);
		Self::deposit_event(Event::BidPlaced {
			order: id,
			machine: machine_id,
			provider,
			rate,
		});
		Ok(())
	}

	/// Take out what the new bid replaces: the machine's own dearer one, whose deposit is kept and
	/// returned here, or, when the order is full, the dearest of all, whose deposit is released.
	///
	/// A deposit is kept only for who put it down. Machines do not change hands today; if one does,
	/// its former provider's bid, which can never win, gives way at any rate, and its deposit returns.
	fn make_room(
		id: OrderId,
		order: &mut Order<T::AccountId>,
		(machine, provider): (MachineId, &T::AccountId),
		rate: Balance,
	) -> Result<Option<Balance>, Error<T>> {
		let own = order.bids.iter().position(|bid| bid.machine == machine);
		if let Some(position) = own {
			let stays = order
				.bids
				.get(position)
				.is_some_and(|bid| &bid.provider == provider && rate >= bid.rate);
			ensure!(!stays, Error::<T>::BidNotLower);
			let bid = order.bids.remove(position);
			if &bid.provider == provider {
				return Ok(Some(bid.deposit));
			}
			Self::release_bid(id, bid, BidEnd::Displaced);
			return Ok(None);
		}
		if order.bids.is_full() {
			let dearer = order.bids.last().is_some_and(|bid| rate < bid.rate);
			ensure!(dearer, Error::<T>::BidsFull);
			if let Some(displaced) = order.bids.pop() {
				Self::release_bid(id, displaced, BidEnd::Displaced);
			}
		}
		Ok(None)
	}

	pub(crate) fn do_withdraw_bid(
		who: T::AccountId,
		id: OrderId,
		machine: MachineId,
	) -> DispatchResult {
		let mut order = Self::order_for(id, OrderStep::Withdraw)?;
		let position = order
			.bids
			.iter()
			.position(|bid| bid.machine == machine)
			.ok_or(Error::<T>::UnknownBid)?;
		let bid = order.bids.get(position).ok_or(Error::<T>::UnknownBid)?;
		ensure!(
			Self::signs_for(machine, &bid.provider, &who),
			Error::<T>::NotMachineSigner
		);
		// nothing fails from here
		let bid = order.bids.remove(position);
		Orders::<T>::insert(id, order);
		Self::release_bid(id, bid, BidEnd::Withdrawn);
		Ok(())
	}

	fn release_bid(id: OrderId, bid: Bid<T::AccountId>, why: BidEnd) {
		Self::release(&bid.provider, HoldReason::BidDeposit, bid.deposit);
		Self::deposit_event(Event::BidReleased {
			order: id,
			machine: bid.machine,
			why,
		});
	}
}
