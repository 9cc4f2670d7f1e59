//! Bidding on open orders: on which, how low, and when to take a bid back.
//!
//! A bid begins at the first rate that the configuration names. While another provider is cheaper
//! it goes a twentieth below that one, never below the floor: so two daemons that outbid each other
//! are done after a few calls. Bids of the same provider's other machines are not outbid.
//!
//! Rates of the configuration are in TCT, so it bids on what pays in TCT only.
//!
//! Whatever it bids on it can serve: all standing bids together never ask for more units than the
//! machine has free from now to the end of the lease that would begin last.

#[cfg(test)]
mod tests;

use super::{room::Room, Now};
use crate::{
	chain::{Bid, CalendarView, Machine, MachineStatus, Order, OrderStatus},
	config::Market as Policy,
};
use std::{cmp::Reverse, collections::HashMap};
use subxt::utils::AccountId32;

/// Bids that the chain refused so often are not sent again.
pub const MAX_TRIES: u32 = 3;
/// Bids that an order keeps.
const MAX_BIDS: usize = 16;

/// What to do about an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
	/// Bid, or lower the bid that stands.
	Place {
		/// The order.
		order: u64,
		/// Base units per second and unit.
		rate: u128,
	},
	/// Take the bid back.
	Withdraw {
		/// The order.
		order: u64,
		/// Why it cannot be kept.
		why: Reason,
	},
	/// Leave it as it is.
	Pass {
		/// The order.
		order: u64,
		/// Why.
		why: Reason,
	},
}

/// Why there is no bid on an order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
	#[error("the machine drains")]
	Draining,
	#[error("the machine is not online")]
	NotOnline,
	#[error("it is this provider's own order")]
	Own,
	#[error("it pays in asset {0}, not in TCT")]
	Asset(u32),
	#[error("it pays at most {0}, the floor is {1}")]
	BelowFloor(u128, u128),
	#[error("the bid of {0} is below the floor of {1}")]
	BidBelowFloor(u128, u128),
	#[error("its {0} s are not within min_seconds and max_seconds")]
	Duration(u32),
	#[error("it may be extended to {0} s without asking, max_seconds is less")]
	Extension(u64),
	#[error("its arbiter {0} is not named in arbiters")]
	Arbiter(AccountId32),
	#[error("it asks for a credit when too little time is proven, accept_sla is false")]
	Sla,
	#[error("it names none of the accelerators of the configuration")]
	Accelerator,
	#[error("it asks for {0} units, {1} are free until its end")]
	NotFree(u32, u32),
	#[error("max_open_bids stand already")]
	TooMany,
	#[error("its bidding ends before a bid can be in a block")]
	TooLate,
	#[error("the cheapest bid is {0}, the floor is {1}")]
	Beaten(u128, u128),
	#[error("its sixteen bids are no dearer than {0}")]
	Full(u128),
	#[error("the chain refused the bid {MAX_TRIES} times: see the log")]
	Refused,
}

/// What the decision is made from.
#[derive(Clone, Copy)]
pub struct Market<'a> {
	/// The moment.
	pub now: Now,
	/// Milliseconds that a block takes.
	pub block_ms: u64,
	/// Milliseconds that a lease may begin after it was agreed.
	pub slack_ms: u64,
	/// Whether the owner wishes it drained.
	pub draining: bool,
	/// The machine that bids.
	pub machine: &'a Machine,
	/// What is lent and booked of it.
	pub calendar: &'a CalendarView,
	/// The orders it could bid on, and those it has bids on.
	pub orders: &'a [Order],
	/// How often a first bid was sent that the chain does not show.
	pub tried: &'a HashMap<u64, u32>,
}

/// The bid of `machine` on `order`.
pub fn own_bid(order: &Order, machine: u64) -> Option<&Bid<AccountId32>> {
	order.bids.iter().find(|bid| bid.machine.0 == machine)
}

/// What to do: first the bids that stand, then new ones, the best paid first.
pub fn next(policy: &Policy, market: Market<'_>) -> Vec<Step> {
	let mut book = Book {
		policy,
		market,
		bids: 0,
		units: 0,
		steps: Vec::new(),
	};
	let (mut standing, mut open): (Vec<_>, Vec<_>) = market
		.orders
		.iter()
		.map(|order| (order, own_bid(order, market.machine.id.0)))
		.partition(|(_, own)| own.is_some());
	// What cannot be taken back is promised first.
	standing.sort_by_key(|(order, own)| {
		let rate = own.map_or(0, |bid| bid.rate);
		(can_withdraw(order), Reverse(pay(order, rate)), order.id.0)
	});
	for (order, own) in standing {
		if let Some(bid) = own {
			book.review(order, bid);
		}
	}
	open.retain(|(order, _)| order.status != OrderStatus::Due);
	open.sort_by_key(|(order, _)| (Reverse(pay(order, order.max_rate)), order.id.0));
	for (order, _) in open {
		book.consider(order);
	}
	book.steps
}

/// Base units per second for all units.
fn pay(order: &Order, rate: u128) -> u128 {
	rate.saturating_mul(order.units.into())
}

fn can_withdraw(order: &Order) -> bool {
	match order.status {
		OrderStatus::Fresh | OrderStatus::Open => true,
		OrderStatus::Firm | OrderStatus::Due => false,
	}
}

/// What is promised so far, and what was decided.
struct Book<'a> {
	policy: &'a Policy,
	market: Market<'a>,
	bids: u32,
	units: u32,
	steps: Vec<Step>,
}

impl Book<'_> {
	/// A bid that stands: keep it, lower it or take it back.
	fn review(&mut self, order: &Order, bid: &Bid<AccountId32>) {
		let id = order.id.0;
		let why = self.objection(order).or_else(|| {
			let floor = self.floor();
			(bid.rate < floor).then_some(Reason::BidBelowFloor(bid.rate, floor))
		});
		match why {
			Some(why) if can_withdraw(order) => {
				self.steps.push(Step::Withdraw { order: id, why });
				return;
			},
			Some(why) => self.steps.push(Step::Pass { order: id, why }),
			None if order.status == OrderStatus::Due || self.is_too_late(order) => {},
			None => {
				if let Some(rate) = self.lowered(order, bid) {
					self.steps.push(Step::Place { order: id, rate });
				}
			},
		}
		self.promise(order);
	}

	/// An order without a bid of this machine.
	fn consider(&mut self, order: &Order) {
		let id = order.id.0;
		match self.opening(order) {
			Ok(rate) => {
				self.steps.push(Step::Place { order: id, rate });
				self.promise(order);
			},
			Err(why) => self.steps.push(Step::Pass { order: id, why }),
		}
	}

	fn promise(&mut self, order: &Order) {
		self.bids = self.bids.saturating_add(1);
		self.units = self.units.saturating_add(order.units);
	}

	/// The least rate ever bid.
	fn floor(&self) -> u128 {
		u128::from(self.policy.min_rate).max(self.market.machine.price_per_second)
	}

	fn is_too_late(&self, order: &Order) -> bool {
		!self.market.now.is_in_time(Some(order.deadline))
	}

	/// What is against serving `order` besides all that was promised before it.
	fn objection(&self, order: &Order) -> Option<Reason> {
		let (policy, machine) = (self.policy, self.market.machine);
		let floor = self.floor();
		let extended = order.terms.max_duration_ms.div_ceil(1_000);
		let seconds = order.duration_seconds;
		let free = self.free_for(order);
		let terms = &order.terms;
		let foreign = terms
			.arbiter
			.as_ref()
			.filter(|arbiter| !policy.arbiters.contains(&arbiter.account));
		let rules = [
			(self.market.draining, Reason::Draining),
			(machine.status != MachineStatus::Online, Reason::NotOnline),
			(order.consumer == machine.provider, Reason::Own),
			(
				order.max_rate < floor,
				Reason::BelowFloor(order.max_rate, floor),
			),
			(
				!(policy.min_seconds..=policy.max_seconds).contains(&seconds),
				Reason::Duration(seconds),
			),
			(
				extended > policy.max_seconds.into(),
				Reason::Extension(extended),
			),
			(terms.sla.is_some() && !policy.accept_sla, Reason::Sla),
			(!self.is_wanted(order), Reason::Accelerator),
			(self.bids >= policy.max_open_bids, Reason::TooMany),
			(order.units > free, Reason::NotFree(order.units, free)),
		];
		let broken = rules.into_iter().find(|(broken, _)| *broken);
		let broken = broken.map(|(_, why)| why);
		let in_asset = order.asset.map(Reason::Asset);
		let broken = in_asset.or(broken);
		broken.or(foreign.map(|arbiter| Reason::Arbiter(arbiter.account)))
	}

	fn is_wanted(&self, order: &Order) -> bool {
		let named = &self.policy.accelerators;
		let asked = &order.wanted.accelerators.0;
		named.is_empty()
			|| asked
				.iter()
				.any(|slug| named.iter().any(|name| name.as_bytes() == slug.0))
	}

	/// Units that are neither taken nor promised until the lease of `order` would be over, if it
	/// began as late as it may.
	fn free_for(&self, order: &Order) -> u32 {
		let Market {
			now,
			block_ms,
			slack_ms,
			machine,
			calendar,
			..
		} = self.market;
		let blocks = u64::from(order.deadline)
			.saturating_sub(now.block)
			.saturating_add(1);
		let until = now
			.ms
			.saturating_add(blocks.saturating_mul(block_ms))
			.saturating_add(slack_ms)
			.saturating_add(u64::from(order.duration_seconds).saturating_mul(1_000));
		Room { machine, calendar }
			.free(now.ms, until)
			.saturating_sub(self.units)
	}

	/// The bids of other providers.
	fn others<'o>(&self, order: &'o Order) -> impl Iterator<Item = &'o Bid<AccountId32>> {
		let own = self.market.machine.provider;
		order.bids.iter().filter(move |bid| bid.provider != own)
	}

	/// The first bid on an order.
	fn opening(&self, order: &Order) -> Result<u128, Reason> {
		if let Some(why) = self.objection(order) {
			return Err(why);
		}
		if self.is_too_late(order) {
			return Err(Reason::TooLate);
		}
		let tried = self.market.tried.get(&order.id.0).copied().unwrap_or(0);
		if tried >= MAX_TRIES {
			return Err(Reason::Refused);
		}
		let floor = self.floor();
		let first = u128::from(self.policy.first_rate)
			.max(floor)
			.min(order.max_rate);
		// Among equals the one placed first wins.
		let cheapest = self.others(order).map(|bid| bid.rate).min();
		let rate = match cheapest {
			Some(cheapest) if cheapest <= first => {
				below(cheapest, floor).ok_or(Reason::Beaten(cheapest, floor))?
			},
			_ => first,
		};
		let dearest = order.bids.last().map_or(0, |bid| bid.rate);
		if order.bids.len() >= MAX_BIDS && rate >= dearest {
			return Err(Reason::Full(dearest));
		}
		Ok(rate)
	}

	/// A lower rate for the bid that stands, if another provider's is before it and can be beaten.
	fn lowered(&self, order: &Order, bid: &Bid<AccountId32>) -> Option<u128> {
		let before = order
			.bids
			.iter()
			.take_while(|other| other.machine.0 != bid.machine.0);
		let own = self.market.machine.provider;
		let cheapest = before
			.filter(|other| other.provider != own)
			.map(|other| other.rate)
			.min()?;
		below(cheapest, self.floor())
	}
}

/// A twentieth below `rate`, at least one and not below `floor`.
fn below(rate: u128, floor: u128) -> Option<u128> {
	let step = (rate / 20).max(1);
	let lower = rate.saturating_sub(step).max(floor);
	(lower < rate).then_some(lower)
}
