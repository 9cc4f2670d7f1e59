//! The market: honours reservations and bids on open orders, as [`crate::decide`] says.

use super::Daemon;
use crate::{
	chain::{
		terminal, At, CalendarView, LeaseId, Machine, MachineId, Order, OrderId, ReservationId,
	},
	decide::{
		bids::{self, own_bid},
		reservations::{self, OutOfFunds},
		room::Room,
		Now,
	},
};
use std::collections::{BTreeMap, HashMap};

/// Blocks after which the market is read again.
const READ_EVERY: u64 = 3;
/// Pages of orders that are read at a time.
const MAX_PAGES: usize = 32;

/// What is known of the market besides what the chain says now. A restart may forget it.
#[derive(Default)]
pub struct MarketMemory {
	/// The block in which it was read last.
	read: Option<u64>,
	/// Orders below this number are over, or not for this machine.
	orders_from: u64,
	/// Orders on which this machine has a bid, as last seen.
	bids: Vec<u64>,
	/// How often a first bid was sent that the chain did not show.
	tried: HashMap<u64, u32>,
	/// What was logged last of an order or a reservation.
	told: HashMap<(&'static str, u64), String>,
	/// The machines of reservations.
	machines: HashMap<u64, u64>,
	/// This machine's leases whose escrow is used up, the oldest first.
	pub(super) short: Vec<OutOfFunds>,
}

impl MarketMemory {
	/// Whether it is time to read it again.
	fn is_due(&self, block: u64) -> bool {
		self.read
			.is_none_or(|read| block.abs_diff(read) >= READ_EVERY)
	}

	/// The prices have changed: look at all orders anew, also at those of which bids were refused.
	pub(super) fn begin_anew(&mut self) {
		self.read = None;
		self.orders_from = 0;
		self.tried.clear();
	}

	/// Whether `text` is news of that order or reservation.
	fn is_news(&mut self, what: &'static str, id: u64, text: &str) -> bool {
		let before = self.told.insert((what, id), text.to_string());
		before.as_deref() != Some(text)
	}

	/// Forget what was said and tried of orders that are gone.
	fn keep_orders(&mut self, orders: &BTreeMap<u64, Order>, machine: u64) {
		self.told
			.retain(|(what, id), _| *what != ORDER || orders.contains_key(id));
		let has_bid = |order: &Order| own_bid(order, machine).is_some();
		self.tried
			.retain(|id, _| orders.get(id).is_some_and(|order| !has_bid(order)));
		self.bids = orders
			.iter()
			.filter(|(_, order)| has_bid(order))
			.map(|(id, _)| *id)
			.collect();
	}
}

const ORDER: &str = "order";
const RESERVATION: &str = "reservation";

impl Daemon {
	/// Now and then: reservations first, since a deposit hangs on them.
	pub(super) async fn trade(&mut self, at: &At, now: Now) -> anyhow::Result<()> {
		if !self.market.is_due(now.block) {
			return Ok(());
		}
		let id = self.config.machine;
		let machine = self.chain.machine(at, id).await?;
		let calendar = self.chain.calendar(at, id).await?;
		if let (Some(machine), Some(calendar)) = (machine, calendar) {
			self.reservations(at, now, &machine, &calendar).await?;
			if self.config.market.bid {
				self.bid(at, now, &machine, &calendar).await?;
			}
		}
		self.market.read = Some(now.block);
		Ok(())
	}

	async fn reservations(
		&mut self,
		at: &At,
		now: Now,
		machine: &Machine,
		calendar: &CalendarView,
	) -> anyhow::Result<()> {
		let ids = self.chain.reservations_of(at, &self.provider).await?;
		self.market.machines.retain(|id, _| ids.contains(id));
		self.market
			.told
			.retain(|(what, id), _| *what != RESERVATION || ids.contains(id));
		for id in ids {
			let of = self.market.machines.get(&id);
			if of.is_some_and(|of| *of != machine.id.0) {
				continue;
			}
			let Some(reservation) = self.chain.reservation(at, id).await? else {
				continue;
			};
			self.market.machines.insert(id, reservation.machine.0);
			if reservation.machine != machine.id || reservation.provider != self.provider {
				continue;
			}
			let market = terminal::transactions().market();
			let room = Room { machine, calendar };
			match reservations::next(now, &reservation, room, &self.market.short) {
				Some(reservations::Step::Honour) => {
					let call = market.honour(ReservationId(id));
					self.chain
						.send(format!("honour {id}"), now.block, call)
						.await;
				},
				Some(reservations::Step::MakeRoom(leases)) => {
					for lease in leases {
						let call = terminal::transactions().leases().close(LeaseId(lease));
						let name = format!("close {lease}");
						if self.chain.send(name, now.block, call).await {
							tracing::warn!(lease, reservation = id, "closed to make room");
						}
					}
				},
				Some(reservations::Step::End) => {
					let call = market.end_reservation(ReservationId(id));
					self.chain
						.send(format!("end_reservation {id}"), now.block, call)
						.await;
				},
				Some(reservations::Step::Stuck(why)) => {
					let why = why.to_string();
					if self.market.is_news(RESERVATION, id, &why) {
						tracing::error!(reservation = id, why, "the consumer is there");
					}
				},
				None => {},
			}
		}
		Ok(())
	}

	async fn bid(
		&mut self,
		at: &At,
		now: Now,
		machine: &Machine,
		calendar: &CalendarView,
	) -> anyhow::Result<()> {
		let orders = self.open_orders(at).await?;
		self.market.keep_orders(&orders, machine.id.0);
		let params = self.chain.market_params(at).await?;
		let orders: Vec<Order> = orders.into_values().collect();
		let steps = bids::next(
			&self.config.market,
			bids::Market {
				now,
				block_ms: params.block_ms,
				slack_ms: params.slack_ms,
				draining: self.draining,
				machine,
				calendar,
				orders: &orders,
				tried: &self.market.tried,
			},
		);
		let machine = MachineId(machine.id.0);
		for step in steps {
			let market = terminal::transactions().market();
			match step {
				bids::Step::Place { order, rate } => {
					let call = market.place_bid(OrderId(order), machine.clone(), rate);
					let name = format!("place_bid {order} {rate}");
					if self.chain.send(name, now.block, call).await {
						tracing::info!(order, rate, "bids");
						let tried = self.market.tried.entry(order).or_default();
						*tried = tried.saturating_add(1);
					}
				},
				bids::Step::Withdraw { order, why } => {
					let call = market.withdraw_bid(OrderId(order), machine.clone());
					let name = format!("withdraw_bid {order}");
					if self.chain.send(name, now.block, call).await {
						tracing::warn!(order, why = %why, "takes its bid back");
					}
				},
				bids::Step::Pass { order, why } => {
					let why = why.to_string();
					if self.market.is_news(ORDER, order, &why) {
						tracing::info!(order, why, "no bid");
					}
				},
			}
		}
		Ok(())
	}

	/// The orders that the machine could bid on, and those it has bids on.
	async fn open_orders(&mut self, at: &At) -> anyhow::Result<BTreeMap<u64, Order>> {
		let mut found = BTreeMap::new();
		let mut from = Some(self.market.orders_from);
		let mut next_time = self.market.orders_from;
		for _ in 0..MAX_PAGES {
			let Some(start) = from else {
				break;
			};
			let (page, next) = self.chain.orders(at, self.config.machine, start).await?;
			let last = page.last().map(|order| order.id.0.saturating_add(1));
			next_time = next.or(last).unwrap_or(start);
			found.extend(page.into_iter().map(|order| (order.id.0, order)));
			from = next;
		}
		// What lies below the lowest one is over. While there is none, the next ones come after.
		let lowest = found.keys().next().copied();
		self.market.orders_from = lowest.unwrap_or(next_time);
		for id in self.market.bids.clone() {
			if let std::collections::btree_map::Entry::Vacant(gap) = found.entry(id) {
				// Due, or no longer for this machine.
				if let Some(order) = self.chain.order(at, id).await? {
					gap.insert(order);
				}
			}
		}
		Ok(found)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::decide::samples::{account, bid, order, MACHINE};

	#[test]
	fn the_market_is_read_every_few_blocks_and_after_a_reorganisation() {
		let mut memory = MarketMemory::default();
		assert!(memory.is_due(0));
		memory.read = Some(10);
		assert!(!memory.is_due(10) && !memory.is_due(12) && !memory.is_due(8));
		assert!(memory.is_due(13) && memory.is_due(7));
	}

	#[test]
	fn a_reason_is_news_once() {
		let mut memory = MarketMemory::default();
		assert!(memory.is_news(ORDER, 1, "too long"));
		assert!(!memory.is_news(ORDER, 1, "too long"));
		assert!(memory.is_news(RESERVATION, 1, "too long"));
		assert!(memory.is_news(ORDER, 1, "too short"));
	}

	#[test]
	fn tries_count_until_the_bid_shows_or_the_order_is_gone() {
		let mut memory = MarketMemory {
			tried: HashMap::from([(1, 2), (2, 1), (3, 3)]),
			..MarketMemory::default()
		};
		assert!(memory.is_news(ORDER, 3, "gone soon"));
		let mut shown = order(2, 1, 300);
		shown.bids = vec![bid(account(1), MACHINE, 200)];
		let orders = BTreeMap::from([(1, order(1, 1, 300)), (2, shown)]);
		memory.keep_orders(&orders, MACHINE);
		assert_eq!(memory.tried, HashMap::from([(1, 2)]));
		assert_eq!(memory.bids, [2]);
		assert!(memory.is_news(ORDER, 3, "gone soon"), "it was forgotten");
	}
}
