//! What the market should do, told once more in the simplest words: accounts are numbers, whether
//! the chain ran is read off a list of all blocks, and money moves in four lines. `None` is a
//! refusal: whoever asked keeps the world as it was before.

use crate::{
	mock::{OPENING, TUSD},
	types::*,
};
use sp_runtime::Perbill;
use std::collections::BTreeMap;
use terminal_primitives::{market::LeaseTerms, AssetId};
use terminal_test_support::{account, coin::Coin, AccountId, EXISTENTIAL_DEPOSIT};

/// The number of an account.
pub type Who = u64;
pub type Done = Option<()>;
/// Nobody's number, but root's.
pub const ROOT: Who = 0;

/// For what an account has funds on hold; the last is of leases, not of the market.
pub const OFFER: usize = 0;
pub const ORDER_FUNDS: usize = 1;
pub const ORDER: usize = 2;
pub const BID: usize = 3;
pub const RESERVATION: usize = 4;
pub const ARRIVAL: usize = 5;
pub const LEASE: usize = 6;

/// The most bids of an order.
pub const BIDS: usize = 16;
/// Milliseconds in which a lease of the fake may be started.
const START_MS: u64 = 60_000;

pub fn when(holds: bool) -> Done {
	holds.then_some(())
}

pub fn number(who: &AccountId) -> Who {
	let bytes: &[u8] = who.as_ref();
	let number = u64::from_le_bytes(bytes[..8].try_into().expect("eight bytes"));
	assert_eq!(who, &account(number));
	number
}

#[derive(Clone, Default, PartialEq, Debug)]
pub struct Account {
	pub free: u128,
	pub held: [u128; 7],
	/// What waits for it in the pot.
	pub claim: u128,
}

#[derive(Clone, Debug)]
pub struct Machine {
	pub provider: Who,
	pub agent: Who,
	pub units: u32,
	pub free: u32,
	pub rate: u128,
	/// The same in coins, if it takes them.
	pub coins: Option<u128>,
	pub online: bool,
	pub meets: bool,
	pub bookings: Vec<(u32, u64, u64)>,
}

#[derive(Clone, Debug)]
pub struct Offer {
	pub provider: Who,
	pub machine: u64,
	/// What its leases are paid in.
	pub asset: Option<AssetId>,
	pub rate: u128,
	pub units: u32,
	pub seconds: (u32, u32),
	pub terms: LeaseTerms<AccountId>,
	pub windows: Vec<(u64, u64)>,
	pub reservable: Option<u128>,
	pub deposit: u128,
}

#[derive(Clone, Debug)]
pub struct Bid {
	pub provider: Who,
	pub machine: u64,
	pub rate: u128,
	pub deposit: u128,
}

#[derive(Clone, Debug)]
pub struct Order {
	pub consumer: Who,
	pub units: u32,
	pub asset: Option<AssetId>,
	pub max_rate: u128,
	pub seconds: u32,
	pub model: bool,
	pub terms: LeaseTerms<AccountId>,
	pub auto: bool,
	pub funds: u128,
	/// What it would have cost at most when it was posted.
	pub whole: u128,
	/// Cheapest first, the first placed among equals.
	pub bids: Vec<Bid>,
	pub posted: u32,
	pub deadline: u32,
	/// The parameters when it was posted.
	pub rules: Parameters,
}

impl Order {
	/// Whether its time for bids, and for taking them, is not over.
	pub fn is_open(&self, block: u32) -> bool {
		block <= self.deadline
	}

	/// Whether bids must stand.
	pub fn is_firm(&self, block: u32) -> bool {
		block + self.rules.firm_blocks > self.deadline
	}

	/// Whether it takes nothing but bids yet.
	pub fn is_fresh(&self, block: u32) -> bool {
		block <= self.posted + self.rules.bids_only_blocks && !self.is_firm(block)
	}
}

#[derive(Clone, PartialEq, Debug)]
pub enum Stage {
	Reserved,
	Arrived {
		at: u64,
		until: u64,
		model: bool,
		funds: u128,
		whole: u128,
	},
	Opened {
		lease: u64,
		at: u64,
	},
}

#[derive(Clone, Debug)]
pub struct Reservation {
	pub consumer: Who,
	pub provider: Who,
	pub machine: u64,
	pub units: u32,
	pub rate: u128,
	pub seconds: u32,
	pub terms: LeaseTerms<AccountId>,
	pub deposit: u128,
	pub from: u64,
	/// The parameters when it was made.
	pub rules: Parameters,
	pub stage: Stage,
}

impl Reservation {
	pub fn opens(&self) -> u64 {
		self.from - self.rules.early_ms
	}

	pub fn closes(&self) -> u64 {
		self.from + self.rules.show_ms
	}

	pub fn booked_until(&self) -> u64 {
		self.closes() + u64::from(self.seconds) * 1_000 + self.rules.slack_ms
	}
}

/// How a reservation ends.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum End {
	Nobody,
	/// A share of the deposit, or all of it, of the one side is the other's.
	Consumer(bool),
	Provider(bool),
}

/// What is wanted of leases.
pub struct Deal<'a> {
	pub consumer: Who,
	pub provider: Who,
	pub machine: u64,
	pub asset: Option<AssetId>,
	pub units: u32,
	pub rate: u128,
	pub seconds: u32,
	pub model: bool,
	pub terms: &'a LeaseTerms<AccountId>,
	pub funds: u128,
}

#[derive(Clone, Debug)]
pub struct Lease {
	pub consumer: Who,
	pub machine: u64,
	pub units: u32,
	pub asset: Option<AssetId>,
	pub funds: u128,
}

#[derive(Clone, Debug)]
pub struct Model {
	pub block: u32,
	/// When each block was built.
	pub built: Vec<u64>,
	pub rules: Parameters,
	pub accounts: BTreeMap<Who, Account>,
	pub pot: u128,
	pub coin: Coin,
	pub machines: BTreeMap<u64, Machine>,
	/// What the model version costs a second, and whether it is gone.
	pub royalty: u128,
	pub yanked: bool,
	/// The longest lease that leases take, in seconds.
	pub longest: u32,
	pub offers: BTreeMap<u64, Offer>,
	pub orders: BTreeMap<u64, Order>,
	pub reservations: BTreeMap<u64, Reservation>,
	pub leases: BTreeMap<u64, Lease>,
	/// The next offer, order, reservation and lease.
	pub next: [u64; 4],
}

/// Share of a whole, rounded up.
fn up(share: Perbill, of: u128) -> u128 {
	(of * u128::from(share.deconstruct())).div_ceil(1_000_000_000)
}

impl Model {
	pub fn now(&self) -> u64 {
		*self.built.last().expect("there is a first block")
	}

	pub fn account(&mut self, who: Who) -> &mut Account {
		self.accounts.entry(who).or_default()
	}

	pub fn hold(&mut self, who: Who, why: usize, amount: u128) -> Done {
		let account = self.account(who);
		when(amount <= account.free.saturating_sub(EXISTENTIAL_DEPOSIT))?;
		account.free -= amount;
		account.held[why] += amount;
		Some(())
	}

	/// As [`Self::hold`], of what it is to be paid in.
	pub fn hold_in(&mut self, asset: Option<AssetId>, who: Who, why: usize, amount: u128) -> Done {
		match asset {
			None => self.hold(who, why, amount),
			Some(_) => self.coin.hold(who, who, amount),
		}
	}

	/// As [`Self::pay`], back to whom it belongs.
	pub fn return_in(&mut self, asset: Option<AssetId>, who: Who, why: usize, amount: u128) {
		match asset {
			None => self.pay(who, why, who, amount),
			Some(_) => self.coin.pay(who, who, amount),
		}
	}

	/// An account that would be dust gets a claim instead.
	fn give(&mut self, who: Who, amount: u128) {
		let account = self.account(who);
		if account.free + amount >= EXISTENTIAL_DEPOSIT {
			account.free += amount;
		} else {
			account.claim += amount;
			self.pot += amount;
		}
	}

	/// Out of a hold, to whoever it belongs to.
	pub fn pay(&mut self, from: Who, why: usize, to: Who, amount: u128) {
		self.account(from).held[why] -= amount;
		self.give(to, amount);
	}

	pub fn claim(&mut self, who: Who) -> Done {
		let account = self.accounts.get_mut(&who)?;
		let amount = std::mem::take(&mut account.claim);
		when(amount > 0 && account.free + amount >= EXISTENTIAL_DEPOSIT)?;
		account.free += amount;
		self.pot -= amount;
		Some(())
	}

	/// Done whole or not at all.
	pub fn apart(&mut self, work: impl FnOnce(&mut Self) -> Done) -> bool {
		let before = self.clone();
		let done = work(self).is_some();
		if !done {
			*self = before;
		}
		done
	}

	/// The least and the most that a lease needs.
	pub fn price(
		&self,
		asset: Option<AssetId>,
		units: u32,
		rate: u128,
		seconds: u32,
		model: bool,
		terms: &LeaseTerms<AccountId>,
	) -> Option<(u128, u128)> {
		when(asset.is_none_or(|asset| asset == TUSD))?;
		when((!model || !self.yanked) && seconds <= self.longest)?;
		let serving = rate * u128::from(units);
		let per_second = serving + if model { self.royalty } else { 0 };
		when(per_second >= 1_000)?;
		let whole = per_second * u128::from(seconds);
		let early = (serving * u128::from(terms.early_close_ms)).div_ceil(1_000);
		Some(((whole / 10 + early).min(whole), whole))
	}

	/// Whether the machine would lend units now, until then.
	pub fn lends(&self, id: u64, units: u32, until: u64) -> Done {
		let machine = self.machines.get(&id)?;
		when(machine.online && machine.free >= units)?;
		let mut bookings = machine.bookings.clone();
		bookings.sort_by_key(|booking| booking.1);
		let mut taken = units;
		let first = bookings.into_iter().find(|booking| {
			taken += booking.0;
			taken > machine.free
		});
		when(first.is_none_or(|booking| until <= booking.1))
	}

	pub fn book(&mut self, id: u64, units: u32, from: u64, until: u64) -> Done {
		let machine = self.machines.get_mut(&id)?;
		let overlapping = machine
			.bookings
			.iter()
			.filter(|b| b.1 < until && from < b.2);
		let booked: u32 = overlapping.map(|b| b.0).sum();
		when(machine.online && booked + units <= machine.free)?;
		machine.bookings.push((units, from, until));
		Some(())
	}

	pub fn unbook(&mut self, r: &Reservation) {
		let wanted = (r.units, r.from, r.booked_until());
		let machine = self.machines.get_mut(&r.machine).expect("machines stay");
		let at = machine
			.bookings
			.iter()
			.position(|booking| *booking == wanted);
		machine
			.bookings
			.remove(at.expect("what is reserved is booked"));
	}

	/// Whether the machine takes work and is still that provider's.
	pub fn takes_work(&self, id: u64, provider: Who) -> Done {
		let machine = self.machines.get(&id)?;
		when(machine.provider == provider && machine.online)
	}

	/// Whether `who` may sign for the provider of that machine.
	pub fn signs_for(&self, id: u64, provider: Who, who: Who) -> bool {
		let machine = &self.machines[&id];
		who == provider || (machine.provider == provider && machine.agent == who)
	}

	/// Open a lease, as the faked leases do.
	pub fn lease(&mut self, deal: Deal<'_>) -> Option<u64> {
		self.takes_work(deal.machine, deal.provider)?;
		let agent = self.machines[&deal.machine].agent;
		when(
			![deal.consumer, deal.provider, agent]
				.iter()
				.any(|who| judges(deal.terms, *who)),
		)?;
		let (units, rate, seconds) = (deal.units, deal.rate, deal.seconds);
		let (least, whole) =
			self.price(deal.asset, units, rate, seconds, deal.model, deal.terms)?;
		when(deal.funds >= least)?;
		let until = self.now() + START_MS + u64::from(deal.seconds) * 1_000;
		self.lends(deal.machine, deal.units, until)?;
		self.machines.get_mut(&deal.machine)?.free -= deal.units;
		let funds = deal.funds.min(whole);
		self.hold_in(deal.asset, deal.consumer, LEASE, funds)?;
		self.hold(deal.consumer, LEASE, OPENING)?;
		let id = self.next[3];
		self.next[3] += 1;
		let lease = Lease {
			consumer: deal.consumer,
			machine: deal.machine,
			units: deal.units,
			asset: deal.asset,
			funds,
		};
		self.leases.insert(id, lease);
		Some(id)
	}

	/// A lease is over.
	pub fn end_lease(&mut self, id: u64) {
		let lease = self.leases.remove(&id).expect("it is open");
		self.machines
			.get_mut(&lease.machine)
			.expect("machines stay")
			.free += lease.units;
		self.return_in(lease.asset, lease.consumer, LEASE, lease.funds);
		self.pay(lease.consumer, LEASE, lease.consumer, OPENING);
	}

	/// What leases tell: it began, or it never will.
	pub fn hear(&mut self, lease: u64, began: bool) {
		let named =
			|r: &Reservation| matches!(r.stage, Stage::Opened { lease: id, .. } if id == lease);
		let found = self
			.reservations
			.iter()
			.find(|(_, r)| named(r))
			.map(|(id, r)| (*id, r.clone()));
		let Some((id, r)) = found else { return };
		let Stage::Opened { at, .. } = r.stage else {
			return;
		};
		let absent = !began && self.has_run(at, self.now(), r.rules.live_share);
		self.end(
			id,
			if absent {
				End::Provider(true)
			} else {
				End::Nobody
			},
		);
	}

	/// Whether the chain built blocks for that share of the time: where two are further apart than
	/// `stall_ms`, it did not between them.
	pub fn has_run(&self, from: u64, until: u64, share: Perbill) -> bool {
		let gaps = self
			.built
			.windows(2)
			.filter(|pair| pair[1] - pair[0] > self.rules.stall_ms);
		let stood: u64 = gaps
			.map(|pair| pair[1].min(until).saturating_sub(pair[0].max(from)))
			.sum();
		let length = until - from;
		u128::from(length - stood) >= up(share, length.into())
	}

	/// The order becomes a lease on these conditions.
	pub fn fill(
		&mut self,
		id: u64,
		order: &Order,
		(provider, machine, rate): (Who, u64, u128),
		terms: &LeaseTerms<AccountId>,
		rewarded: Option<(Who, u128)>,
	) -> Done {
		self.takes_work(machine, provider)?;
		when(self.machines[&machine].meets)?;
		// Not when the model has become dearer meanwhile.
		let (_, most) = self.price(
			order.asset,
			order.units,
			order.max_rate,
			order.seconds,
			order.model,
			terms,
		)?;
		when(most <= order.whole)?;
		let (_, whole) = self.price(
			order.asset,
			order.units,
			rate,
			order.seconds,
			order.model,
			terms,
		)?;
		self.release_funds(order);
		self.lease(Deal {
			consumer: order.consumer,
			provider,
			machine,
			asset: order.asset,
			units: order.units,
			rate,
			seconds: order.seconds,
			model: order.model,
			terms,
			funds: order.funds.min(whole),
		})?;
		self.remove_order(id, order, rewarded);
		Some(())
	}

	fn release_funds(&mut self, order: &Order) {
		let who = order.consumer;
		self.return_in(order.asset, who, ORDER_FUNDS, order.funds);
		self.pay(who, ORDER_FUNDS, who, OPENING);
	}

	pub fn end_unfilled(&mut self, id: u64, order: &Order, rewarded: Option<(Who, u128)>) {
		self.release_funds(order);
		self.remove_order(id, order, rewarded);
	}

	/// Every bidder has its deposit back; whoever is rewarded is so out of the consumer's.
	fn remove_order(&mut self, id: u64, order: &Order, rewarded: Option<(Who, u128)>) {
		self.orders.remove(&id);
		for bid in &order.bids {
			self.pay(bid.provider, BID, bid.provider, bid.deposit);
		}
		let mut left = order.rules.order_deposit;
		if let Some((who, reward)) = rewarded.filter(|(who, _)| *who != order.consumer) {
			self.pay(order.consumer, ORDER, who, reward);
			left -= reward;
		}
		self.pay(order.consumer, ORDER, order.consumer, left);
	}

	/// Anyone may, and the wheel does, after the deadline: the cheapest bid that holds wins.
	pub fn close_order(&mut self, id: u64, who: Option<Who>) -> Done {
		let order = self.orders.get(&id)?.clone();
		when(!order.is_open(self.block))?;
		let rewarded = who.map(|who| (who, order.rules.close_reward));
		for bid in order.bids.iter().filter(|_| order.auto) {
			let what = (bid.provider, bid.machine, bid.rate);
			if self.apart(|m| m.fill(id, &order, what, &order.terms, rewarded)) {
				return Some(());
			}
		}
		self.end_unfilled(id, &order, rewarded);
		Some(())
	}

	/// Give the booking up and open the lease in its place.
	pub fn open_reserved(&mut self, id: u64, model: bool, funds: u128, most: u128) -> Done {
		let r = self.reservations.get(&id)?.clone();
		self.takes_work(r.machine, r.provider)?;
		let (_, whole) = self.price(None, r.units, r.rate, r.seconds, model, &r.terms)?;
		when(whole <= most)?;
		self.unbook(&r);
		self.pay(r.consumer, ARRIVAL, r.consumer, funds + OPENING);
		let lease = self.lease(Deal {
			consumer: r.consumer,
			provider: r.provider,
			machine: r.machine,
			asset: None,
			units: r.units,
			rate: r.rate,
			seconds: r.seconds,
			model,
			terms: &r.terms,
			funds,
		})?;
		let at = self.now();
		self.reservations.get_mut(&id)?.stage = Stage::Opened { lease, at };
		Some(())
	}

	/// Whether the provider did its part, whatever leases say.
	pub fn could_serve(&self, r: &Reservation) -> bool {
		let mut without = self.clone();
		without.unbook(r);
		let lent = without.lends(r.machine, r.units, r.booked_until());
		let judge = judges(&r.terms, self.machines[&r.machine].agent);
		self.takes_work(r.machine, r.provider)
			.and(lent)
			.and(when(!judge))
			.is_some()
	}

	/// After the time of its stage.
	pub fn end_reservation(&mut self, id: u64) -> Done {
		let r = self.reservations.get(&id)?.clone();
		let (over, since, absent) = match r.stage {
			Stage::Reserved => (r.closes(), r.opens(), End::Consumer(true)),
			Stage::Arrived { at, until, .. } => (until, at, End::Provider(true)),
			Stage::Opened { at, .. } => (at + r.rules.backstop_ms, at, End::Nobody),
		};
		when(self.now() > over)?;
		let ran = self.has_run(since, over, r.rules.live_share);
		self.end(id, if ran { absent } else { End::Nobody });
		Some(())
	}

	/// Who missed its part pays the other; everything else returns.
	pub fn end(&mut self, id: u64, how: End) {
		let r = self.reservations.remove(&id).expect("it is there");
		match r.stage {
			Stage::Reserved => self.unbook(&r),
			Stage::Arrived { funds, .. } => {
				self.unbook(&r);
				self.pay(r.consumer, ARRIVAL, r.consumer, funds + OPENING);
			},
			Stage::Opened { .. } => {},
		}
		let part = |all: bool| match all {
			true => r.deposit,
			false => up(r.rules.cancel_share, r.deposit),
		};
		let (by_consumer, by_provider) = match how {
			End::Nobody => (0, 0),
			End::Consumer(all) => (part(all), 0),
			End::Provider(all) => (0, part(all)),
		};
		for (from, to, paid) in [
			(r.consumer, r.provider, by_consumer),
			(r.provider, r.consumer, by_provider),
		] {
			self.pay(from, RESERVATION, to, paid);
			self.pay(from, RESERVATION, from, r.deposit - paid);
		}
	}
}

pub fn judges(terms: &LeaseTerms<AccountId>, who: Who) -> bool {
	terms
		.arbiter
		.as_ref()
		.is_some_and(|arbiter| number(&arbiter.account) == who)
}
