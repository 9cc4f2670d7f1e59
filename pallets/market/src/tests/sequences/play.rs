//! What happens next: drawn by dice, mostly something that makes sense, sometimes anything.

use super::model::{self, Lease, Machine, Model, Stage, Who, ROOT};
use crate::{
	mock::*,
	types::{OfferId, OrderId, Parameters, ReservationId},
	Call,
};
use sp_runtime::Perbill;
use terminal_primitives::{
	market::{Arbiter, LeaseTerms, Sla},
	AssetId, MachineId,
};
use terminal_test_support::{
	account,
	coin::{May, Whim},
	AccountId, MILLI, UNIT,
};

/// One thing that happens.
#[derive(Clone, Debug)]
pub enum Step {
	/// By an account, or by root.
	Call(Who, Box<Call<Test>>),
	/// So many blocks of six seconds.
	Wait(u64),
	/// No block for so many milliseconds.
	Stall(u64),
	/// `on_idle` with so much weight.
	Idle(u64),
	Online(u64, bool),
	Meets(u64, bool),
	/// The machine is nobody's any more.
	Retire(u64),
	Royalty(u128),
	Yank,
	/// Leases take nothing longer, in seconds.
	Longest(u32),
	/// A lease begins, never does, or is over.
	Start(u64),
	NeverStart(u64),
	End(u64),
	/// Of the coin's issuer.
	Whim(Whim),
}

/// Who orders and reserves; the last is poor.
pub const CONSUMERS: [Who; 6] = [1, 5, 7, 8, 9, 10];
/// Who closes and matches without having an account.
pub const UNBORN: [Who; 2] = [31, 32];
/// Whose retired machines are.
pub const NOBODY: Who = 99;

/// Random numbers of one step.
pub struct Dice(pub u64);

impl Dice {
	/// SplitMix64.
	fn roll(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
		let mut z = self.0;
		z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
		z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
		z ^ (z >> 31)
	}

	fn below(&mut self, end: u64) -> u64 {
		self.roll() % end.max(1)
	}

	fn range(&mut self, from: u64, to: u64) -> u64 {
		from + self.below(to - from)
	}

	fn one_in(&mut self, n: u64) -> bool {
		self.below(n) == 0
	}

	fn of<T: Clone>(&mut self, all: &[T]) -> Option<T> {
		let at = self.below(all.len() as u64) as usize;
		all.get(at).cloned()
	}

	/// A share of an amount, in percent.
	fn part(&mut self, of: u128, from: u64, to: u64) -> u128 {
		of * u128::from(self.range(from, to)) / 100
	}

	fn anyone(&mut self) -> Who {
		match self.below(8) {
			0 => self.range(100, 120),
			1 => self.range(31, 33),
			_ => self.range(1, 11),
		}
	}

	/// Anyone, and often somebody without an account.
	fn third_party(&mut self) -> Who {
		match self.one_in(3) {
			true => self.range(31, 33),
			false => self.anyone(),
		}
	}

	/// Mostly whose turn it is.
	fn by(&mut self, likely: Who) -> Who {
		match self.one_in(12) {
			true => self.anyone(),
			false => likely,
		}
	}

	/// Mostly one of those.
	fn id<'a>(&mut self, all: impl Iterator<Item = &'a u64>, next: u64) -> Option<u64> {
		match self.one_in(25) {
			true => Some(self.below(next + 1)),
			false => self.of(&all.copied().collect::<Vec<_>>()),
		}
	}
}

/// Something to happen, if the dice find anything it could happen to.
pub fn draw(d: &mut Dice, m: &Model) -> Step {
	for _ in 0..20 {
		let step = match d.below(100) {
			0..=17 => offering(d, m),
			18..=49 => ordering(d, m),
			50..=73 => reserving(d, m),
			74..=77 => rare(d, m),
			_ => world(d, m),
		};
		if let Some(step) = step {
			return step;
		}
	}
	Step::Wait(d.range(1, 10))
}

fn call(who: Who, call: Call<Test>) -> Option<Step> {
	Some(Step::Call(who, Box::new(call)))
}

fn terms(d: &mut Dice, party: Who) -> LeaseTerms<AccountId> {
	let mut terms = LeaseTerms::plain(if d.one_in(20) { 60_000 } else { 7_200_000 });
	if d.one_in(3) {
		terms.spot_notice_ms = Some(d.range(60_000, 120_000));
	}
	if d.one_in(3) {
		terms.early_close_ms = d.range(0, 120_000);
	}
	if d.one_in(4) {
		let target = Perbill::from_percent(d.range(80, 100) as u32);
		let credit = Perbill::from_percent(d.range(0, 60) as u32);
		terms.sla = Some(Sla { target, credit });
	}
	if d.one_in(6) {
		let judge = d.of(&[6, 6, party, 5]).unwrap_or(6);
		terms.arbiter = Some(Arbiter {
			account: account(judge),
			fee: MILLI,
		});
	}
	terms
}

/// The hash of an offer as it stands; sometimes another.
fn read(d: &mut Dice, id: u64) -> [u8; 32] {
	match d.one_in(20) {
		true => [0; 32],
		false => Market::offer_hash(OfferId(id)).unwrap_or_default(),
	}
}

fn offering(d: &mut Dice, m: &Model) -> Option<Step> {
	match d.below(10) {
		0..=3 => {
			let machine = d.of(&[0, 0, 1, 1, 100, 101, 102, 500])?;
			let owner = m.machines.get(&machine).map_or(1, |there| there.provider);
			let who = d.by(owner);
			let least = d.range(30, 300) as u32;
			let opens = m.now() + d.below(400_000);
			let windows = match d.below(5) {
				0 => vec![(opens, opens + d.below(2_000_000))],
				_ => Vec::new(),
			};
			let deposit = u128::from(d.below(4_000)) * MILLI + UNIT / 2;
			let asset = money(d);
			call(
				who,
				Call::publish_offer {
					machine: MachineId(machine),
					rate: d.part(RATE, 0, 120),
					units: d.range(1, 6) as u32,
					min_duration_seconds: least,
					max_duration_seconds: least + d.below(3_000) as u32,
					terms: terms(d, who),
					windows: windows.try_into().expect("one"),
					// What is in coins cannot be reserved.
					reservation_deposit: (d.one_in(15) || asset.is_none() && !d.one_in(4))
						.then_some(deposit),
					document: [3; 32],
					asset,
				},
			)
		},
		4 => {
			let id = d.id(m.offers.keys(), m.next[0])?;
			let owner = m.offers.get(&id).map_or(2, |offer| offer.provider);
			call(d.by(owner), Call::withdraw_offer { offer: OfferId(id) })
		},
		_ => {
			let id = d.id(m.offers.keys(), m.next[0])?;
			let (seconds, rate, units) = fitting(d, m, id);
			let who = d.of(&CONSUMERS)?;
			let whole = rate * u128::from(units) * u128::from(seconds);
			call(
				d.by(who),
				Call::take_offer {
					offer: OfferId(id),
					offer_hash: read(d, id),
					units,
					duration_seconds: seconds,
					max_rate: d.part(rate, 98, 150),
					version: d.one_in(3).then_some(VERSION),
					tenant: Some([1; 32]),
					funds: d.part(whole, 10, 150) + MILLI,
				},
			)
		},
	}
}

/// Seconds, rate and units that an offer has, mostly.
fn fitting(d: &mut Dice, m: &Model, id: u64) -> (u32, u128, u32) {
	let offer = m.offers.get(&id);
	let (least, most) = offer.map_or((60, 600), |offer| offer.seconds);
	let longest = most.min(least + 300);
	let seconds = d.range(u64::from(least), u64::from(longest) + 5) as u32;
	let rate = offer.map_or(RATE, |offer| offer.rate);
	(seconds, rate, d.range(1, 3) as u32)
}

fn ordering(d: &mut Dice, m: &Model) -> Option<Step> {
	let is_open = |id: &&u64| m.orders[*id].is_open(m.block);
	let open = || m.orders.keys().filter(is_open);
	let consumer = |id: u64| m.orders.get(&id).map_or(1, |order| order.consumer);
	let a_bid = |d: &mut Dice, id: u64| {
		let none = Vec::new();
		let bids = m.orders.get(&id).map_or(&none, |order| &order.bids);
		d.of(bids).map(|bid| (bid.machine, bid.provider, bid.rate))
	};
	match d.below(32) {
		0..=5 if m.orders.len() < 6 => post(d, m),
		6..=18 => {
			let id = d.id(open(), m.next[1])?;
			let most = m.orders.get(&id).map_or(RATE, |order| order.max_rate);
			// A few machines, so that they meet again.
			let n = d.below(20);
			let there: &Machine = m.machines.get(&(100 + n))?;
			let signer = d.of(&[there.provider, there.provider, there.agent])?;
			call(
				d.by(signer),
				Call::place_bid {
					order: OrderId(id),
					machine: bidders_machine(n),
					rate: d.part(most, 20, 103),
				},
			)
		},
		19..=20 => {
			let id = d.id(open(), m.next[1])?;
			let (machine, provider, _) = a_bid(d, id)?;
			let machine = MachineId(machine);
			call(
				d.by(provider),
				Call::withdraw_bid {
					order: OrderId(id),
					machine,
				},
			)
		},
		21..=22 => {
			let id = d.id(open(), m.next[1])?;
			let (machine, _, rate) = a_bid(d, id)?;
			let max_rate = d.part(rate, 98, 110);
			let machine = MachineId(machine);
			call(
				d.by(consumer(id)),
				Call::accept_bid {
					order: OrderId(id),
					machine,
					max_rate,
				},
			)
		},
		23 => {
			let id = d.id(open(), m.next[1])?;
			call(
				d.by(consumer(id)),
				Call::cancel_order { order: OrderId(id) },
			)
		},
		24..=27 => {
			let due = m.orders.keys().filter(|id| !m.orders[*id].is_open(m.block));
			let id = d.id(due, m.next[1])?;
			call(d.third_party(), Call::close_order { order: OrderId(id) })
		},
		28..=31 => {
			let count = d.range(1, 4);
			let matches: Vec<_> = (0..count)
				.filter_map(|_| {
					let ripe =
						open().filter(|id| m.orders[*id].auto && !m.orders[*id].is_fresh(m.block));
					let order = d.id(ripe, m.next[1])?;
					let wanted = m.orders.get(&order);
					let fits = |id: &&u64| {
						let offer = &m.offers[*id];
						wanted.is_some_and(|order| {
							offer.rate <= order.max_rate
								&& offer.asset == order.asset
								&& (offer.seconds.0..=offer.seconds.1).contains(&order.seconds)
								&& offer.terms.early_close_ms == order.terms.early_close_ms
								&& offer.terms.arbiter == order.terms.arbiter
						})
					};
					let offer = d.id(m.offers.keys().filter(fits), m.next[0])?;
					Some((OrderId(order), OfferId(offer)))
				})
				.collect();
			if matches.is_empty() {
				return None;
			}
			let matches = matches.try_into().expect("a few");
			call(d.third_party(), Call::propose_matches { matches })
		},
		_ => None,
	}
}

fn post(d: &mut Dice, m: &Model) -> Option<Step> {
	let who = d.of(&CONSUMERS)?;
	let who = d.by(who);
	let units = d.range(1, 4) as u32;
	let max_rate = d.part(RATE, 20, 130);
	let seconds = d.range(60, 900) as u32;
	let whole = max_rate * u128::from(units) * u128::from(seconds);
	// Mostly plain terms, which offers meet.
	let terms = match d.one_in(3) {
		true => terms(d, who),
		false => LeaseTerms {
			spot_notice_ms: Some(60_000),
			..LeaseTerms::plain(7_200_000)
		},
	};
	call(
		who,
		Call::post_order {
			wanted: wanted(),
			units,
			max_rate,
			duration_seconds: seconds,
			deadline: m.block + d.range(9, 60) as u32,
			version: d.one_in(3).then_some(VERSION),
			tenant: None,
			funds: d.part(whole, 10, 160) + 3 * RATE * u128::from(seconds) * u128::from(d.below(2)),
			terms,
			auto: !d.one_in(4),
			asset: money(d),
		},
	)
}

fn reserving(d: &mut Dice, m: &Model) -> Option<Step> {
	let reserved = |id: &&u64| m.reservations[*id].stage == Stage::Reserved;
	let arrived = |id: &&u64| matches!(m.reservations[*id].stage, Stage::Arrived { .. });
	let there = |id: u64| m.reservations.get(&id);
	match d.below(20) {
		0..=6 => {
			let reservable = m
				.offers
				.keys()
				.filter(|id| m.offers[*id].reservable.is_some());
			let id = d.id(reservable, m.next[0])?;
			let (seconds, rate, units) = fitting(d, m, id);
			let who = d.of(&CONSUMERS)?;
			call(
				d.by(who),
				Call::reserve {
					offer: OfferId(id),
					offer_hash: read(d, id),
					units,
					duration_seconds: seconds,
					from: m.now() + 170_000 + d.below(900_000),
					max_rate: d.part(rate, 98, 130),
				},
			)
		},
		7..=12 => {
			let open = m.reservations.keys().filter(|id| {
				let r = &m.reservations[*id];
				reserved(id)
					&& r.opens() <= m.now()
					&& (m.now() <= r.closes() || m.block.is_multiple_of(9))
			});
			let id = d.id(open, m.next[2])?;
			let machine = there(id).map_or(0, |r| r.machine);
			if m.machines[&machine].online && d.one_in(3) {
				return Some(Step::Online(machine, false));
			}
			let who = there(id).map_or(1, |r| r.consumer);
			let whole = there(id).map_or(UNIT, |r| {
				r.rate * u128::from(r.units) * u128::from(r.seconds)
			});
			call(
				d.by(who),
				Call::arrive {
					reservation: ReservationId(id),
					version: d.one_in(3).then_some(VERSION),
					tenant: None,
					funds: d.part(whole, 8, 120) * 2,
				},
			)
		},
		13..=15 => {
			let id = d.id(m.reservations.keys().filter(arrived), m.next[2])?;
			let consumer = there(id).map_or(1, |r| r.consumer);
			let provider = there(id).map_or(2, |r| r.provider);
			let machine = there(id).map_or(0, |r| r.machine);
			if !m.machines[&machine].online && d.one_in(2) {
				return Some(Step::Online(machine, true));
			}
			let who = d.of(&[consumer, provider, provider, 3])?;
			call(
				d.by(who),
				Call::honour {
					reservation: ReservationId(id),
				},
			)
		},
		16 => {
			let id = d.id(m.reservations.keys().filter(reserved), m.next[2])?;
			let consumer = there(id).map_or(1, |r| r.consumer);
			let provider = there(id).map_or(2, |r| r.provider);
			let who = d.of(&[consumer, provider])?;
			call(
				d.by(who),
				Call::cancel_reservation {
					reservation: ReservationId(id),
				},
			)
		},
		_ => {
			let over = |id: &&u64| {
				let r = &m.reservations[*id];
				m.now()
					> match r.stage {
						Stage::Reserved => r.closes(),
						Stage::Arrived { until, .. } => until,
						Stage::Opened { at, .. } => at + r.rules.backstop_ms,
					}
			};
			let id = d.id(m.reservations.keys().filter(over), m.next[2])?;
			call(
				d.anyone(),
				Call::end_reservation {
					reservation: ReservationId(id),
				},
			)
		},
	}
}

fn rare(d: &mut Dice, m: &Model) -> Option<Step> {
	match d.below(3) {
		0 => {
			let dust = d.one_in(2);
			let params = Parameters {
				offer_deposit: UNIT + u128::from(d.below(9)),
				order_deposit: UNIT / 5 + u128::from(d.below(9)),
				// Below and above what an account needs to live.
				close_reward: if dust { 600_000_000 } else { 20 * MILLI },
				matcher_reward: if dust {
					700_000_000
				} else {
					2 * UNIT * u128::from(d.below(2))
				},
				bid_deposit: UNIT + u128::from(d.below(9)),
				cancel_share: Perbill::from_rational(d.below(1_001), 1_000),
				live_share: Perbill::from_rational(d.range(300, 900), 1_000),
				max_offers: d.range(2, 9) as u32,
				..params()
			};
			// A reward above the deposit is refused.
			call(
				if d.one_in(5) { 1 } else { ROOT },
				Call::set_params { params },
			)
		},
		_ => {
			let in_coins = d.one_in(2);
			let tct = m.accounts.iter().map(|(who, a)| (*who, a.claim));
			let coins = m.coin.purses.iter().map(|(who, p)| (*who, p.claim));
			let claims: Vec<_> = if in_coins {
				coins.collect()
			} else {
				tct.collect()
			};
			let waiting = claims.into_iter().filter(|(_, claim)| *claim > 0);
			let waiting: Vec<Who> = waiting.map(|(who, _)| who).collect();
			let beneficiary = d.of(&waiting)?;
			call(
				d.anyone(),
				Call::claim {
					beneficiary: account(d.by(beneficiary)),
					asset: in_coins.then_some(TUSD),
				},
			)
		},
	}
}

/// Whom the issuer keeps from its coin, mostly for a while.
fn whim(d: &mut Dice, m: &Model) -> Whim {
	let kept = m.coin.kept();
	match d.below(10) {
		0..=4 if m.coin.frozen => Whim::ThawAll,
		0 => Whim::FreezeAll,
		1..=6 if !kept.is_empty() => Whim::Let(d.of(&kept).unwrap_or(1), May::All),
		7 => Whim::Let(d.anyone(), May::Receive),
		_ => Whim::Let(d.anyone(), May::Nothing),
	}
}

/// What is to be paid in.
fn money(d: &mut Dice) -> Option<AssetId> {
	match d.below(60) {
		0 => Some(TUSD + 1),
		1..=20 => Some(TUSD),
		_ => None,
	}
}

fn world(d: &mut Dice, m: &Model) -> Option<Step> {
	let machine = d.of(&[0, 1, 100, 101, 102, 103])?;
	// The fake has no place for coins that cannot be returned.
	let returns = |lease: &Lease| lease.asset.is_none() || m.coin.can_receive(lease.consumer, 1);
	let leases = m.leases.iter().filter(|(_, lease)| returns(lease));
	let leases: Vec<u64> = leases.map(|(id, _)| *id).collect();
	Some(match d.below(43) {
		0..=11 => Step::Wait(if d.one_in(6) {
			d.range(8, 60)
		} else {
			d.range(1, 8)
		}),
		12..=15 => {
			// To when somebody is expected.
			let reserved = m
				.reservations
				.values()
				.filter(|r| r.stage == Stage::Reserved);
			let next = reserved
				.map(model::Reservation::opens)
				.filter(|at| *at > m.now())
				.min()?;
			Step::Wait((next - m.now()).div_ceil(6_000) + d.below(4))
		},
		16 => Step::Stall(d.range(20_000, 300_000)),
		17..=20 => Step::Idle(d.below(20_000_000_000)),
		21..=24 => {
			let online = m.machines[&machine].online;
			Step::Online(machine, if d.one_in(3) { !online } else { true })
		},
		25 => Step::Meets(100 + d.below(4), !d.one_in(3)),
		26 if d.one_in(4) => Step::Retire(100 + d.below(4)),
		27 => Step::Royalty(u128::from(d.below(4)) * RATE / 3),
		28 if d.one_in(12) => Step::Yank,
		28 if d.one_in(8) => Step::Longest(d.range(60, 900) as u32),
		29..=32 => Step::Start(d.of(&leases)?),
		33..=34 => Step::NeverStart(d.of(&leases)?),
		35..=39 => Step::End(d.of(&leases)?),
		40.. => Step::Whim(whim(d, m)),
		_ => return None,
	})
}
