//! The writer of `Orders` (with `bids`), `OrdersOf` and `NextOrderId`: posting, filling, closing.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	lifecycle::{next_order, OrderStage, OrderStep},
	matching,
	types::*,
	Config, Error, Event, HoldReason, NextOrderId, Offers, Orders, OrdersOf, Pallet, Params,
};
use frame_support::{dispatch::DispatchResult, ensure, storage::with_storage_layer, traits::Time};
use sp_runtime::DispatchError;
use terminal_primitives::{
	market::{AgreedLease, LeaseBook, LeaseTerms, MachineMatch},
	Balance, Digest, LeaseId, MachineId,
};

/// The lease that a bid or an offer would make of an order.
struct Deal<'a, AccountId> {
	provider: &'a AccountId,
	machine: MachineId,
	rate: Balance,
	terms: &'a LeaseTerms<AccountId>,
	terms_hash: Digest,
}

/// Try something that may fail for reasons of its own, and undo it if it does.
///
/// What fails because the *call* came too deep inside others is not the fault of what was tried:
/// then the whole call fails, or anybody could make a neighbour's bid look bad.
pub(crate) fn attempt<R>(
	what: impl FnOnce() -> Result<R, DispatchError>,
) -> Result<Result<R, DispatchError>, DispatchError> {
	match with_storage_layer(what) {
		Err(error @ (DispatchError::Transactional(_) | DispatchError::Exhausted)) => Err(error),
		tried => Ok(tried),
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_post_order(
		who: T::AccountId,
		draft: OrderDraft<T::AccountId>,
	) -> DispatchResult {
		let params = Params::<T>::get();
		let now = crate::now_block::<T>();
		ensure!(
			draft.wanted.is_well_formed(),
			Error::<T>::RequirementsInvalid
		);
		ensure!(draft.units > 0, Error::<T>::UnitsOutOfRange);
		ensure!(draft.max_rate > 0, Error::<T>::RateIsZero);
		let blocks = draft.deadline.saturating_sub(now);
		ensure!(
			(params.min_order_blocks..=params.max_order_blocks).contains(&blocks),
			Error::<T>::DeadlineOutOfRange
		);
		let duration_ms = u64::from(draft.duration_seconds).saturating_mul(1_000);
		Self::ensure_terms(&draft.terms, duration_ms, &who)?;
		let (least, whole, opening) = T::LeaseBook::price(
			draft.asset,
			draft.units,
			draft.max_rate,
			duration_ms,
			draft.version,
			&draft.terms,
		)?;
		ensure!(draft.funds >= least, Error::<T>::FundsTooLow);
		let id = NextOrderId::<T>::get();
		let next = id.next().ok_or(Error::<T>::Overflow)?;
		let mut order = Order {
			consumer: who.clone(),
			wanted: draft.wanted,
			units: draft.units,
			asset: draft.asset,
			max_rate: draft.max_rate,
			duration_seconds: draft.duration_seconds,
			version: draft.version,
			tenant: draft.tenant,
			terms: draft.terms,
			auto: draft.auto,
			funds: draft.funds.min(whole),
			opening,
			whole,
			deposit: params.order_deposit,
			close_reward: params.close_reward,
			matcher_reward: params.matcher_reward,
			bids_only_until: now.saturating_add(params.bids_only_blocks),
			firm_from: draft
				.deadline
				.saturating_add(1)
				.saturating_sub(params.firm_blocks),
			deadline: draft.deadline,
			bids: Default::default(),
			wake_at: 0,
		};
		for (asset, amount) in order.held_funds() {
			Self::hold_in(asset, &who, HoldReason::OrderFunds, amount)?;
		}
		Self::hold(&who, HoldReason::OrderDeposit, order.deposit)?;
		// nothing fails from here
		order.wake_at = crate::hooks::schedule_order::<T>(id, &order);
		let (asset, funds, opening) = (order.asset, order.funds, order.opening);
		let deadline = order.deadline;
		NextOrderId::<T>::put(next);
		Orders::<T>::insert(id, order);
		OrdersOf::<T>::insert(&who, id, ());
		Self::deposit_event(Event::OrderPosted {
			order: id,
			consumer: who,
			asset,
			funds,
			opening,
			deadline,
		});
		Ok(())
	}

	pub(crate) fn do_accept_bid(
		who: T::AccountId,
		id: OrderId,
		machine: MachineId,
		max_rate: Balance,
	) -> DispatchResult {
		let order = Self::order_for(id, OrderStep::Accept)?;
		ensure!(who == order.consumer, Error::<T>::NotConsumer);
		let bid = order
			.bids
			.iter()
			.find(|bid| bid.machine == machine)
			.ok_or(Error::<T>::UnknownBid)?;
		ensure!(bid.rate <= max_rate, Error::<T>::RateAboveMaximum);
		let deal = Deal::of_bid(id, &order, bid);
		let lease = Self::open_for(&order, &deal)?;
		let rate = deal.rate;
		// nothing fails from here
		Self::fill(id, order, (lease, machine, rate), None, 0);
		Ok(())
	}

	pub(crate) fn do_cancel_order(who: T::AccountId, id: OrderId) -> DispatchResult {
		let order = Self::order_for(id, OrderStep::Cancel)?;
		ensure!(who == order.consumer, Error::<T>::NotConsumer);
		// nothing fails from here
		Self::end_unfilled(id, order, OrderEnd::Cancelled, None);
		Ok(())
	}

	/// `closer` is who signed, for the reward; nobody if it was the wheel. Returns how many bids
	/// were tried.
	pub(crate) fn do_close_order(
		closer: Option<&T::AccountId>,
		id: OrderId,
	) -> Result<u32, DispatchError> {
		let order = Self::order_for(id, OrderStep::Close)?;
		let mut tried = 0u32;
		let bids = order.bids.iter().filter(|_| order.auto);
		let mut filled = None;
		for bid in bids {
			tried = tried.saturating_add(1);
			let deal = Deal::of_bid(id, &order, bid);
			match attempt(|| Self::open_for(&order, &deal))? {
				Ok(lease) => {
					filled = Some((lease, bid.machine, bid.rate));
					break;
				},
				Err(error) => Self::deposit_event(Event::BidFailed {
					order: id,
					machine: bid.machine,
					error,
				}),
			}
		}
		// nothing fails from here
		let reward = order.close_reward;
		match filled {
			Some(what) => Self::fill(id, order, what, closer, reward),
			None => Self::end_unfilled(id, order, OrderEnd::Unfilled, closer),
		}
		Ok(tried)
	}

	/// Each match by itself: one that fails is undone and named, the others do not notice.
	pub(crate) fn do_propose_matches(matcher: T::AccountId, matches: Matches) -> DispatchResult {
		for (order, offer) in matches {
			if let Err(error) = attempt(|| Self::do_match(&matcher, order, offer))? {
				Self::deposit_event(Event::MatchFailed {
					order,
					offer,
					error,
				});
			}
		}
		Ok(())
	}

	fn do_match(matcher: &T::AccountId, id: OrderId, offer_id: OfferId) -> DispatchResult {
		let order = Self::order_for(id, OrderStep::Match)?;
		ensure!(order.auto, Error::<T>::NotAuto);
		let offer = Offers::<T>::get(offer_id).ok_or(Error::<T>::UnknownOffer)?;
		ensure!(offer.asset == order.asset, Error::<T>::OtherAsset);
		ensure!(offer.rate <= order.max_rate, Error::<T>::RateAboveMaximum);
		// A matcher may not pass a cheaper bid over, least of all for an offer of its own.
		let cheapest = order.bids.first();
		ensure!(
			cheapest.is_none_or(|bid| offer.rate <= bid.rate),
			Error::<T>::NotCheapest
		);
		let now = T::Time::now();
		Self::ensure_offered(&offer, order.units, order.duration_seconds, now)?;
		ensure!(
			matching::satisfies(&offer.terms, &order.terms),
			Error::<T>::TermsNotMet
		);
		let deal = Deal {
			provider: &offer.provider,
			machine: offer.machine,
			rate: offer.rate,
			terms: &offer.terms,
			terms_hash: offer.hash(offer_id),
		};
		let lease = Self::open_for(&order, &deal)?;
		let reward = order.matcher_reward;
		let what = (lease, offer.machine, offer.rate);
		Self::fill(id, order, what, Some(matcher), reward);
		Ok(())
	}

	/// Make the order a lease. All or nothing is the caller's to see to: call it in a layer of its
	/// own where something else goes on after it failed.
	fn open_for(
		order: &Order<T::AccountId>,
		deal: &Deal<'_, T::AccountId>,
	) -> Result<LeaseId, DispatchError> {
		// What was true when they bid may not be any more.
		Self::machine_of(deal.machine, deal.provider)?;
		ensure!(
			T::MachineMatch::meets(deal.machine, &order.wanted),
			Error::<T>::RequirementsNotMet
		);
		let duration_ms = order.duration_ms();
		let (units, version, terms) = (order.units, order.version, deal.terms);
		let price =
			|rate| T::LeaseBook::price(order.asset, units, rate, duration_ms, version, terms);
		// A dearer model would be paid out of what was meant for time, or was saved by a cheap bid.
		let (_, most, _) = price(order.max_rate)?;
		ensure!(most <= order.whole, Error::<T>::ModelDearer);
		let (_, whole, _) = price(deal.rate)?;
		Self::release_funds(order);
		T::LeaseBook::open_agreed(AgreedLease {
			consumer: order.consumer.clone(),
			provider: deal.provider.clone(),
			machine: deal.machine,
			asset: order.asset,
			units: order.units,
			rate: deal.rate,
			duration_ms,
			version: order.version,
			tenant: order.tenant,
			funds: order.funds.min(whole),
			terms: deal.terms.clone(),
			terms_hash: deal.terms_hash,
			shown: false,
		})
	}

	/// The order became a lease; its funds went there.
	fn fill(
		id: OrderId,
		order: Order<T::AccountId>,
		(lease, machine, rate): (LeaseId, MachineId, Balance),
		rewarded: Option<&T::AccountId>,
		reward: Balance,
	) {
		let (rewarded, reward) = Self::remove_order(id, order, rewarded, reward);
		Self::deposit_event(Event::OrderFilled {
			order: id,
			lease,
			machine,
			rate,
			rewarded,
			reward,
		});
	}

	/// The order ends without a lease: its funds return too.
	fn end_unfilled(
		id: OrderId,
		order: Order<T::AccountId>,
		why: OrderEnd,
		closer: Option<&T::AccountId>,
	) {
		let reward = order.close_reward;
		Self::release_funds(&order);
		let (rewarded, reward) = Self::remove_order(id, order, closer, reward);
		Self::deposit_event(Event::OrderEnded {
			order: id,
			why,
			rewarded,
			reward,
		});
	}

	fn release_funds(order: &Order<T::AccountId>) {
		for (asset, amount) in order.held_funds() {
			Self::release_in(asset, &order.consumer, HoldReason::OrderFunds, amount);
		}
	}

	/// Remove an order and give all deposits back, the bidders' first. Total: no bidder's trouble is
	/// another's. Returns who was rewarded, and with what: a consumer is not rewarded out of its own
	/// deposit.
	fn remove_order(
		id: OrderId,
		order: Order<T::AccountId>,
		rewarded: Option<&T::AccountId>,
		reward: Balance,
	) -> (Option<T::AccountId>, Balance) {
		crate::hooks::forget::<T>(Expiring::Order(id), order.wake_at);
		Orders::<T>::remove(id);
		OrdersOf::<T>::remove(&order.consumer, id);
		for bid in &order.bids {
			Self::release(&bid.provider, HoldReason::BidDeposit, bid.deposit);
		}
		let rewarded = rewarded.filter(|who| *who != &order.consumer);
		let reward = rewarded.map_or(0, |_| reward.min(order.deposit));
		let (consumer, why) = (&order.consumer, HoldReason::OrderDeposit);
		Self::return_deposit(consumer, why, order.deposit, rewarded, reward);
		(rewarded.cloned(), reward)
	}

	/// The order, if it is in a stage that allows `step`.
	pub(crate) fn order_for(
		id: OrderId,
		step: OrderStep,
	) -> Result<Order<T::AccountId>, DispatchError> {
		let order = Orders::<T>::get(id).ok_or(Error::<T>::UnknownOrder)?;
		let stage = order.stage(crate::now_block::<T>());
		if next_order(stage, step).is_ok() {
			return Ok(order);
		}
		let refused = match step {
			OrderStep::Close => Error::<T>::BiddingOpen,
			OrderStep::Withdraw if stage == OrderStage::Firm => Error::<T>::BidsFirm,
			OrderStep::Match if stage == OrderStage::Fresh => Error::<T>::MatchTooEarly,
			OrderStep::Bid
			| OrderStep::Withdraw
			| OrderStep::Accept
			| OrderStep::Match
			| OrderStep::Cancel => Error::<T>::BiddingOver,
		};
		Err(refused.into())
	}
}

impl<'a, AccountId: codec::Encode> Deal<'a, AccountId> {
	/// What the bidder agreed to: the order as it was posted.
	fn of_bid(id: OrderId, order: &'a Order<AccountId>, bid: &'a Bid<AccountId>) -> Self {
		Self {
			provider: &bid.provider,
			machine: bid.machine,
			rate: bid.rate,
			terms: &order.terms,
			terms_hash: order.hash(id),
		}
	}
}
