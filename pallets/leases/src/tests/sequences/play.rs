//! What happens next: drawn by dice, mostly something that makes sense, sometimes anything.

use super::{
	coin::TREASURY,
	everyone,
	model::*,
	money::{price, Account},
	serve, vouchers,
	world::*,
};
use crate::{
	mock::*,
	tests::batch::Batch,
	types::{Parameters, Receipt, TenantKey},
	Call,
};
use sp_core::{sr25519, Pair};
use sp_runtime::Perbill;
use std::sync::LazyLock;
use terminal_primitives::{
	market::{AgreedLease, Arbiter, LeaseTerms, Sla, Verdict},
	AssetId, LeaseId, MachineId, VersionId,
};
use terminal_test_support::{
	account,
	coin::{May, Whim},
	AccountId, EXISTENTIAL_DEPOSIT, UNIT,
};

/// One thing that happens.
#[derive(Clone, Debug)]
pub enum Step {
	/// By an account, or by root.
	Call(Who, Box<Call<Test>>),
	/// What both agreed on the market.
	Agree(Box<AgreedLease<AccountId>>),
	Conclude(u64, Verdict),
	/// So many blocks, and so many milliseconds besides in which none was built.
	Wait(u32, u64),
	/// `on_idle` with so much weight.
	Idle(u64),
	Prove(usize, u64),
	Miss(usize),
	Online(usize, bool),
	Window(usize, Option<(u64, u64)>),
	Book(usize, u32, u64, u64),
	Unbook(usize),
	Yank(usize),
	/// Of the coin's issuer.
	Whim(Whim),
	/// Whether leases may be opened in the coin.
	Approve(bool),
}

/// Who opens leases; the last but one is poor.
pub const CONSUMERS: [Who; 7] = [1, 5, 6, 7, 12, 13, 14];
/// Who was not born yet: a provider and an arbiter.
pub const UNBORN: [Who; 2] = [30, 31];

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

	pub fn below(&mut self, end: u64) -> u64 {
		self.roll() % end.max(1)
	}

	pub fn range(&mut self, from: u64, to: u64) -> u64 {
		from + self.below(to - from)
	}

	pub fn one_in(&mut self, n: u64) -> bool {
		self.below(n) == 0
	}

	pub fn of<T: Clone>(&mut self, all: &[T]) -> Option<T> {
		let at = self.below(all.len() as u64) as usize;
		all.get(at).cloned()
	}

	/// A share of an amount, in percent.
	pub fn part(&mut self, of: u128, from: u64, to: u64) -> u128 {
		of * u128::from(self.range(from, to)) / 100
	}

	pub fn anyone(&mut self) -> Who {
		self.range(1, 15)
	}

	/// Mostly whose turn it is.
	pub fn by(&mut self, likely: Who) -> Who {
		match self.one_in(12) {
			true => self.anyone(),
			false => likely,
		}
	}

	/// Mostly one that fits.
	pub fn lease(&mut self, m: &Model, fits: impl Fn(&Lease) -> bool) -> Option<u64> {
		if self.one_in(20) {
			return Some(self.below(m.next + 1));
		}
		let ready: Vec<u64> = m
			.leases
			.iter()
			.filter(|(_, lease)| fits(lease))
			.map(|(id, _)| *id)
			.collect();
		self.of(&ready)
	}
}

/// One of two.
pub fn tenant_of(number: u64) -> &'static sr25519::Pair {
	static PAIRS: LazyLock<[sr25519::Pair; 2]> =
		LazyLock::new(|| [1, 2].map(|byte| sr25519::Pair::from_seed(&[byte; 32])));
	&PAIRS[number as usize]
}

pub fn tenant(d: &mut Dice) -> Option<TenantKey> {
	let number = d.below(2);
	(!d.one_in(4)).then(|| tenant_of(number).public())
}

fn version(d: &mut Dice) -> Option<VersionId> {
	(!d.one_in(3)).then(|| VersionId(d.below(2)))
}

/// Over a stretch of the lease, mostly the last.
fn receipt(d: &mut Dice, m: &Model, id: u64) -> Receipt {
	let none = Vec::new();
	let lease = m.leases.get(&id);
	let stretches = lease
		.and_then(Lease::metered)
		.map_or(&none, |work| &work.stretches);
	let back = if d.one_in(4) { 1 } else { 0 };
	let number = stretches.len().saturating_sub(1 + back);
	let stretch = stretches.get(number);
	let lasted = stretch.map_or(0, |s| s.to.unwrap_or(m.now).saturating_sub(s.from));
	let milliseconds = lasted * d.range(0, 130) / 100;
	let message = crate::receipts::message::<Test>(LeaseId(id), number as u32, milliseconds);
	let key = stretch.and_then(|stretch| stretch.tenant);
	let pair = (0..2)
		.map(tenant_of)
		.find(|pair| Some(pair.public()) == key);
	let signature = match pair {
		Some(pair) if !d.one_in(15) => pair.sign(&message),
		_ => Default::default(),
	};
	Receipt {
		segment: number as u32,
		milliseconds,
		signature,
	}
}

/// Accepts receipts, as far as anyone knows.
fn takes_receipts(m: &Model, id: u64) -> bool {
	let work = m.leases.get(&id).and_then(Lease::metered);
	work.is_some_and(|work| {
		work.stretches
			.last()
			.is_some_and(|last| last.tenant.is_some() && !last.sealed)
	})
}

/// Something to happen, if the dice find anything it could happen to.
pub fn draw(d: &mut Dice, m: &Model) -> Step {
	for _ in 0..20 {
		let step = match d.below(100) {
			0..=7 => open(d, m),
			8..=24 => begin(d, m),
			25..=40 => settle(d, m),
			41..=50 => job(d, m),
			51..=69 => serve::running(d, m),
			70..=77 => serve::moving(d, m),
			78..=80 => rare(d, m),
			81..=86 => vouchers::some(d, m),
			_ => world(d, m),
		};
		if let Some(step) = step {
			return step;
		}
	}
	Step::Wait(d.range(1, 30) as u32, 0)
}

pub fn call(who: Who, call: Call<Test>) -> Option<Step> {
	Some(Step::Call(who, Box::new(call)))
}

fn open(d: &mut Dice, m: &Model) -> Option<Step> {
	// Where many wait, few more come.
	let open = m
		.leases
		.values()
		.filter(|l| !matches!(l.stage, Stage::Closed { .. }))
		.count();
	if open > 8 && !d.one_in(8) {
		return None;
	}
	let who = d.of(&CONSUMERS)?;
	let who = d.by(who);
	let at = d.below(4) as usize;
	let asset = money(d);
	let asking = m.asking(at, asset).unwrap_or(RATE);
	let units = d.range(1, 4) as u32;
	let seconds = d.range(55, 3_000);
	let version = version(d).map(|version| match asset {
		// The other is not to be had for coins.
		Some(_) if !d.one_in(10) => VersionId(0),
		_ => version,
	});
	let royalty = version.map_or(0, |version| m.versions[version.0 as usize].tct.per_second);
	let whole = price(asking * u128::from(units) + royalty, seconds * 1_000);
	let terms_hash = if d.one_in(30) { [0; 32] } else { [7; 32] };
	let funds = d.part(whole, 5, 130) + if at > 1 { UNIT / 20 } else { 0 };
	match d.below(12) {
		10.. => vouchers::open(d, who, at, asset, version),
		0..=2 => call(
			who,
			Call::open_metered {
				machine: MachineId(if d.one_in(30) { 9 } else { at as u64 }),
				units,
				duration_seconds: seconds as u32,
				max_rate: d.part(asking, 95, 200),
				terms_hash,
				version,
				tenant: tenant(d),
				funds,
				asset,
			},
		),
		3..=5 => {
			let usual = crate::mock::job();
			call(
				who,
				Call::open_job {
					machine: MachineId(if d.one_in(6) { 1 } else { 0 }),
					spec: usual.spec,
					price: UNIT * u128::from(d.range(1, 30)) + u128::from(d.below(1_000)),
					max_total: UNIT * 30,
					deadline_blocks: d.range(4, 40) as u32,
					version,
					manifest: [3; 32],
					input_url: usual.input_url,
					weights_url: usual.weights_url,
					terms_hash,
					asset,
				},
			)
		},
		_ => agree(d, m, who, at, asset, units, seconds * 1_000, funds, version),
	}
}

#[allow(clippy::too_many_arguments)]
fn agree(
	d: &mut Dice,
	m: &Model,
	who: Who,
	at: usize,
	asset: Option<AssetId>,
	units: u32,
	duration_ms: u64,
	funds: u128,
	version: Option<VersionId>,
) -> Option<Step> {
	let machine = &m.machines[at];
	let arbiter = d.of(&[4, 31, who])?;
	let sla = Sla {
		target: Perbill::from_rational(d.range(500, 1_001), 1_000),
		credit: Perbill::from_rational(d.range(0, 1_001), 1_000),
	};
	let arbiter = Arbiter {
		account: account(arbiter),
		fee: if arbiter == 31 {
			u128::from(d.below(900_000_000))
		} else {
			UNIT / 30
		},
	};
	let terms = LeaseTerms {
		spot_notice_ms: (d.one_in(2)).then(|| d.range(55_000, 300_000)),
		max_duration_ms: duration_ms * d.range(1, 4),
		early_close_ms: if d.one_in(2) { 0 } else { d.below(900_000) },
		sla: (d.one_in(2)).then_some(sla),
		arbiter: (!d.one_in(3)).then_some(arbiter),
	};
	Some(Step::Agree(Box::new(AgreedLease {
		consumer: account(who),
		provider: account(machine.provider),
		machine: MachineId(at as u64),
		asset,
		units,
		rate: d.part(m.asking(at, asset).unwrap_or(RATE), 50, 150),
		duration_ms,
		version,
		tenant: tenant(d).map(|key| key.0),
		funds: funds * 2,
		terms,
		terms_hash: [7; 32],
		shown: d.one_in(3),
	})))
}

/// From the offer to the start, or not.
fn begin(d: &mut Dice, m: &Model) -> Option<Step> {
	let is_accepted = |l: &Lease| matches!(l.stage, Stage::Accepted { .. });
	match d.below(10) {
		0..=3 => {
			let id = d.lease(m, |l| matches!(l.stage, Stage::Offered { .. }))?;
			call(signer(d, m, id), Call::accept { lease: LeaseId(id) })
		},
		4..=7 => {
			let id = d.lease(m, is_accepted)?;
			let work = m.leases.get(&id).and_then(Lease::metered);
			let key = work.and_then(|work| work.tenant);
			let pair = (0..2)
				.map(tenant_of)
				.find(|pair| Some(pair.public()) == key);
			let milliseconds = d.below(5_000);
			let message = crate::receipts::message::<Test>(LeaseId(id), 0, milliseconds);
			let handshake = pair.filter(|_| !d.one_in(8)).map(|pair| Receipt {
				segment: 0,
				milliseconds,
				signature: pair.sign(&message),
			});
			call(
				signer(d, m, id),
				Call::start {
					lease: LeaseId(id),
					handshake,
				},
			)
		},
		8 => {
			let id = d.lease(m, |l| {
				let early = matches!(l.stage, Stage::Offered { .. } | Stage::Running { .. });
				early || is_accepted(l)
			})?;
			let consumer = payer(m, id);
			let likely = d.of(&[consumer, consumer, server(true, m, id)])?;
			call(d.by(likely), Call::cancel { lease: LeaseId(id) })
		},
		_ => {
			let id = d.lease(m, |l| {
				let before = matches!(l.stage, Stage::Offered { .. }) || is_accepted(l);
				(before || l.clock(0).is_some()) && l.metered().is_some()
			})?;
			let amount = u128::from(d.below(2_000)) * UNIT / 1_000;
			call(
				d.anyone(),
				Call::top_up {
					lease: LeaseId(id),
					amount,
				},
			)
		},
	}
}

/// The agent or the provider, mostly.
pub fn signer(d: &mut Dice, m: &Model, id: u64) -> Who {
	let by_agent = !d.one_in(3);
	d.by(server(by_agent, m, id))
}

pub fn payer(m: &Model, id: u64) -> Who {
	m.leases.get(&id).map_or(1, |lease| lease.consumer)
}

pub fn server(by_agent: bool, m: &Model, id: u64) -> Who {
	m.leases.get(&id).map_or(3, |lease| match by_agent {
		true => m.agent(lease),
		false => lease.provider,
	})
}

pub fn runs(l: &Lease) -> bool {
	l.clock(0).is_some()
}

fn is_over(l: &Lease) -> bool {
	matches!(l.stage, Stage::Closing { .. } | Stage::Disputed { .. })
}

fn settle(d: &mut Dice, m: &Model) -> Option<Step> {
	match d.below(20) {
		16..=19 => {
			let id = d.lease(m, |l| runs(l) || is_over(l))?;
			call(d.anyone(), Call::withdraw { lease: LeaseId(id) })
		},
		0..=7 => {
			let id = d.lease(m, |l| runs(l) || is_over(l))?;
			let shown = takes_receipts(m, id) && d.below(4) > 0;
			let receipt = (shown || d.one_in(15)).then(|| receipt(d, m, id));
			call(
				d.anyone(),
				Call::settle {
					lease: LeaseId(id),
					receipt,
				},
			)
		},
		8..=9 => {
			let id = d.lease(m, runs)?;
			let consumer = payer(m, id);
			let likely = d.of(&[consumer, server(true, m, id), 5])?;
			call(d.by(likely), Call::close { lease: LeaseId(id) })
		},
		10..=13 => {
			let id = d.lease(m, |l| match l.stage {
				Stage::Closing { .. } | Stage::Delivering { .. } => true,
				Stage::Running { deadline } => m.block > deadline,
				Stage::Disputed { until, .. } => m.block > until,
				Stage::Closed { at } => m.block > at + l.rules.retention_blocks,
				_ => false,
			})?;
			call(
				d.by(server(false, m, id)),
				Call::finish { lease: LeaseId(id) },
			)
		},
		14 => {
			let count = d.below(5);
			let batch: Vec<_> = (0..count)
				.filter_map(|_| {
					let id = d.lease(m, |l| runs(l) || is_over(l))?;
					let receipt = (!d.one_in(3)).then(|| receipt(d, m, id));
					Some((LeaseId(id), receipt))
				})
				.collect();
			call(
				d.anyone(),
				Call::settle_many {
					batch: batch.try_into().expect("few"),
				},
			)
		},
		_ => {
			let provider = d.of(&m.machines)?.provider;
			let after = (!d.one_in(2)).then(|| LeaseId(d.below(m.next + 1)));
			call(
				d.anyone(),
				Call::withdraw_many {
					provider: account(provider),
					after,
					limit: d.below(6) as u32,
				},
			)
		},
	}
}

fn job(d: &mut Dice, m: &Model) -> Option<Step> {
	let delivering = |l: &Lease| matches!(l.stage, Stage::Delivering { .. });
	match d.below(11) {
		0..=2 => {
			let id = d.lease(m, |l| matches!(l.stage, Stage::Running { .. }))?;
			let is_usual = m.leases.get(&id).is_some_and(|l| l.provider == 2);
			let result_root = match is_usual && !d.one_in(8) {
				true => Batch::new(10).result_root(LeaseId(id)),
				false => [0; 32],
			};
			call(
				signer(d, m, id),
				Call::commit_result {
					lease: LeaseId(id),
					result_root,
				},
			)
		},
		3..=5 => {
			let id = d.lease(m, |l| matches!(l.stage, Stage::Committed { .. }))?;
			let verdict = match d.below(8) {
				0 => Verdict::Fault,
				1 => Verdict::Unanswered,
				_ => Verdict::Pass,
			};
			Some(Step::Conclude(id, verdict))
		},
		6..=8 => {
			let id = d.lease(m, delivering)?;
			let index = d.below(11) as u32;
			call(
				d.by(payer(m, id)),
				Call::demand_leaf {
					lease: LeaseId(id),
					index,
				},
			)
		},
		_ => {
			// Mostly one that may still be answered, rightly.
			let demanded = |l: &Lease| match &l.stage {
				Stage::Delivering {
					honest: true,
					demands,
					..
				} => demands
					.iter()
					.find(|demand| m.block <= demand.1)
					.map(|demand| demand.0),
				_ => None,
			};
			let id = d.lease(m, |l| demanded(l).is_some())?;
			let index = m
				.leases
				.get(&id)
				.and_then(demanded)
				.unwrap_or(d.below(10) as u32);
			let leaf = Batch::new(10).leaf(LeaseId(id), index);
			call(
				signer(d, m, id),
				Call::answer_demand {
					lease: LeaseId(id),
					leaf,
				},
			)
		},
	}
}

fn rare(d: &mut Dice, m: &Model) -> Option<Step> {
	match d.below(3) {
		0 => {
			let fee = d.of(&[0, 2, 5, 60])?;
			let params = Parameters {
				fee: Perbill::from_percent(fee),
				treasury_share: Perbill::from_percent(d.below(60) as u32),
				opening_deposit: UNIT / 5 + u128::from(d.below(1_000)),
				hold_fee: UNIT / 50 + u128::from(d.below(7)),
				grace_ms: d.below(120_000),
				min_funded_seconds: d.range(30, 90) as u32,
				..params()
			};
			call(
				if d.one_in(4) { 1 } else { ROOT },
				Call::set_params { params },
			)
		},
		_ => {
			if d.one_in(2) {
				return claim_coins(d, m);
			}
			// Mostly what can be received.
			let any = d.one_in(4);
			let lives = |a: &Account| any || a.free + a.claim >= EXISTENTIAL_DEPOSIT;
			let accounts = m.accounts.iter();
			let waiting: Vec<Who> = accounts
				.filter(|(_, a)| a.claim > 0 && lives(a))
				.map(|(who, _)| *who)
				.collect();
			let beneficiary = d.of(&waiting)?;
			call(
				d.anyone(),
				Call::claim {
					beneficiary: account(d.by(beneficiary)),
					asset: None,
				},
			)
		},
	}
}

fn claim_coins(d: &mut Dice, m: &Model) -> Option<Step> {
	let any = d.one_in(4);
	let accounts = everyone().filter(|who| {
		let claim = m.coin.purses.get(who).map_or(0, |purse| purse.claim);
		claim > 0 && (any || m.coin.can_receive(*who, claim))
	});
	let beneficiary = d.of(&accounts.collect::<Vec<_>>())?;
	call(
		d.anyone(),
		Call::claim {
			beneficiary: account(d.by(beneficiary)),
			asset: Some(TUSD),
		},
	)
}

/// Whom the issuer keeps from its coin, mostly for a while.
fn whim(d: &mut Dice, m: &Model) -> Step {
	let kept = m.coin.kept();
	Step::Whim(match d.below(10) {
		0..=3 if m.coin.frozen => Whim::ThawAll,
		0 => Whim::FreezeAll,
		1 => return Step::Approve(!m.approved || d.one_in(3)),
		2..=6 if !kept.is_empty() => Whim::Let(d.of(&kept).unwrap_or(TREASURY), May::All),
		7 => Whim::Let(TREASURY, May::Nothing),
		8 => Whim::Let(d.anyone(), May::Receive),
		_ => Whim::Let(d.anyone(), May::Nothing),
	})
}

/// What a new lease is paid in.
fn money(d: &mut Dice) -> Option<AssetId> {
	match d.below(60) {
		0 => Some(TUSD + 1),
		1..=22 => Some(TUSD),
		_ => None,
	}
}

fn world(d: &mut Dice, m: &Model) -> Option<Step> {
	let at = d.below(4) as usize;
	Some(match d.below(35) {
		0..=8 => {
			let blocks = match d.below(16) {
				0..=9 => d.range(1, 8),
				10..=13 => d.range(8, 30),
				_ => d.range(30, 220),
			};
			let stalled = if d.one_in(8) { d.below(100_000) } else { 0 };
			Step::Wait(blocks as u32, stalled)
		},
		9..=17 => {
			// Mostly a machine that serves.
			let serving: Vec<usize> = m
				.leases
				.values()
				.filter(|l| runs(l))
				.map(|l| l.machine)
				.collect();
			let at = d.of(&serving).filter(|_| !d.one_in(4)).unwrap_or(at);
			Step::Prove(at, d.of(&[20_000, 90_000, 400_000, 3_000_000])?)
		},
		18 => Step::Miss(at),
		19..=24 => Step::Idle(d.below(3_000_000_000)),
		25..=27 => {
			let until = m.now + d.range(1, 900_000);
			Step::Window(at, (!d.one_in(8)).then_some((m.now, until)))
		},
		28 if !m.machines[at].online => Step::Online(at, true),
		28 if d.one_in(3) => Step::Online(at, false),
		29 => {
			let from = m.now + d.range(60_000, 3_000_000);
			Step::Book(at, d.range(1, 3) as u32, from, from + 600_000)
		},
		30 => Step::Unbook(at),
		31 if d.one_in(10) => Step::Yank(d.below(2) as usize),
		32.. => whim(d, m),
		_ => return None,
	})
}
