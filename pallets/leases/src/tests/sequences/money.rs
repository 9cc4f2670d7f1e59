//! The model's money: who has what, what is due for which milliseconds, who is paid.

use super::{coin::TREASURY, model::*, world::*};
use crate::types::{AutoTopUp, Parameters};
use terminal_primitives::AssetId;
use terminal_test_support::EXISTENTIAL_DEPOSIT;

/// What an account has.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Account {
	pub free: u128,
	pub escrow: u128,
	pub deposit: u128,
	pub posting: u128,
	/// What waits for it in the pot.
	pub claim: u128,
}

/// What was taken out of the escrow for somebody, fee included, and the fee.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Earned {
	pub gross: u128,
	pub fee: u128,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Early {
	Free,
	ConsumerPays(u128),
	ProviderPays(u128),
}

#[derive(Clone, Copy)]
pub enum Phase {
	/// So much is kept back.
	Running(u128),
	Over(Early),
	/// And whether the promised share was missed.
	Final(Early, bool),
}

/// For provider and model version.
type Both = (u128, u128);

pub fn price(rate: u128, ms: u64) -> u128 {
	rate * u128::from(ms) / 1_000
}

impl Metered {
	pub fn serving(&self) -> u128 {
		self.rate * u128::from(self.units)
	}

	pub fn early_fee(&self, left: u64) -> u128 {
		price(self.serving(), self.terms.early_close_ms.min(left))
	}

	fn reserve(&self, left: u64) -> u128 {
		match self.reclaimed {
			true => 0,
			false => self.early_fee(left),
		}
	}
}

impl Lease {
	/// All that could ever be paid from.
	pub fn funded(&self) -> u128 {
		self.held + self.serving.gross + self.model.gross
	}

	/// What was paid stays paid.
	pub fn at_least_paid(&self, due: Both) -> Both {
		(due.0.max(self.serving.gross), due.1.max(self.model.gross))
	}

	/// What the terms let be paid of what is due; `shown` is due without a grace.
	pub fn payable(&self, due: Both, shown: Both, phase: Phase) -> Both {
		let sla = self.metered().and_then(|work| work.terms.sla);
		let credit = sla.map_or(0, |sla| u128::from(sla.credit.deconstruct()));
		let less = due.0 * (1_000_000_000 - credit) / 1_000_000_000;
		let serving = match phase {
			Phase::Running(kept_back) => less.saturating_sub(kept_back),
			Phase::Over(early) | Phase::Final(early, true) => early.of(less, shown.0),
			Phase::Final(early, false) => early.of(due.0, shown.0),
		};
		(serving, due.1)
	}
}

impl Early {
	fn of(self, earned: u128, shown: u128) -> u128 {
		match self {
			Early::Free => earned,
			Early::ConsumerPays(fee) => earned + fee.min(shown),
			Early::ProviderPays(fee) => earned.saturating_sub(fee),
		}
	}
}

impl Model {
	pub fn account(&mut self, who: Who) -> &mut Account {
		self.accounts.entry(who).or_default()
	}

	/// What an account may spend and live.
	fn liquid(&self, who: Who) -> u128 {
		let free = self.accounts.get(&who).map_or(0, |account| account.free);
		free.saturating_sub(EXISTENTIAL_DEPOSIT)
	}

	/// An account that would be dust gets a claim instead.
	pub fn give(&mut self, who: Who, amount: u128) {
		let account = self.account(who);
		if account.free + amount >= EXISTENTIAL_DEPOSIT {
			account.free += amount;
		} else {
			account.claim += amount;
			self.pot += amount;
		}
	}

	/// Out of the escrow of a lease.
	fn pay_out(&mut self, l: &mut Lease, who: Who, amount: u128) {
		l.held -= amount;
		match l.asset {
			None => {
				self.account(l.consumer).escrow -= amount;
				self.give(who, amount);
			},
			Some(_) => self.coin.pay(l.consumer, who, amount),
		}
	}

	pub fn claim(&mut self, who: Who) -> Done {
		let account = self.accounts.get_mut(&who)?;
		let amount = std::mem::take(&mut account.claim);
		when(amount > 0 && account.free + amount >= EXISTENTIAL_DEPOSIT)?;
		account.free += amount;
		self.pot -= amount;
		Some(())
	}

	pub fn put_on_hold(
		&mut self,
		who: Who,
		amount: u128,
		hold: fn(&mut Account) -> &mut u128,
	) -> Done {
		when(amount <= self.liquid(who))?;
		let account = self.account(who);
		account.free -= amount;
		*hold(account) += amount;
		Some(())
	}

	pub fn let_go(&mut self, who: Who, amount: u128, hold: fn(&mut Account) -> &mut u128) {
		*hold(self.account(who)) -= amount;
		self.give(who, amount);
	}

	/// From anyone's wallet into the escrow.
	pub fn fund(&mut self, l: &mut Lease, donor: Who, amount: u128) -> Done {
		match l.asset {
			None => {
				when(amount <= self.liquid(donor))?;
				self.account(donor).free -= amount;
				self.account(l.consumer).escrow += amount;
			},
			Some(_) => self.coin.hold(donor, l.consumer, amount)?,
		}
		l.held += amount;
		Some(())
	}

	fn liquid_in(&self, asset: Option<AssetId>, who: Who) -> u128 {
		match asset {
			None => self.liquid(who),
			Some(_) => self.coin.liquid(who),
		}
	}

	/// Escrow and opening deposit are another's.
	pub fn hand_over(&mut self, l: &mut Lease, to: Who) -> Done {
		let from = std::mem::replace(&mut l.consumer, to);
		self.account(from).deposit -= l.deposit;
		self.account(to).deposit += l.deposit;
		match l.asset {
			None => {
				self.account(from).escrow -= l.held;
				self.account(to).escrow += l.held;
			},
			Some(_) => {
				when(from == to || l.held == 0 || self.coin.can_hand_over(from, to))?;
				self.coin.purse(from).held -= l.held;
				self.coin.purse(to).held += l.held;
			},
		}
		Some(())
	}

	pub fn refund(&mut self, l: &mut Lease, amount: u128) {
		self.pay_out(l, l.consumer, amount);
	}

	pub fn pay_from_deposit(&mut self, l: &mut Lease, who: Who, amount: u128) {
		let amount = amount.min(l.deposit);
		l.deposit -= amount;
		self.account(l.consumer).deposit -= amount;
		self.give(who, amount);
	}

	/// Out of the escrow to an arbiter; less if there is less.
	pub fn pay_arbiter(&mut self, l: &mut Lease, who: Who, fee: u128) {
		let fee = fee.min(l.held);
		self.pay_out(l, who, fee);
	}

	/// Milliseconds of `from..to` that the machine has proven.
	fn proven(&self, machine: usize, from: u64, to: u64) -> u64 {
		let overlap = |run: &(u64, u64)| run.1.min(to).saturating_sub(run.0.max(from));
		self.machines[machine].runs.iter().map(overlap).sum()
	}

	/// What is due for service up to `at`, with so much grace.
	pub fn due(&self, l: &Lease, at: u64, grace: u64) -> Both {
		self.count(l, |stretch| {
			let to = stretch.to.unwrap_or(at).min(at);
			let proven = self.proven(l.machine, stretch.from, to);
			match (stretch.tenant, stretch.sealed) {
				(None, _) => proven,
				(_, true) => proven.min(stretch.acknowledged),
				(_, false) => proven.min(stretch.acknowledged + grace),
			}
		})
	}

	/// The most that may ever be due for service up to `at`: of what is not final, all.
	pub fn possible(&self, l: &Lease, at: u64) -> Both {
		let final_until = self.machines[l.machine].resolved;
		self.count(l, |stretch| {
			let to = stretch.to.unwrap_or(at).min(at).max(stretch.from);
			let known = final_until.clamp(stretch.from, to);
			let most = self.proven(l.machine, stretch.from, known) + (to - known);
			match stretch.tenant.is_some() && stretch.sealed {
				true => most.min(stretch.acknowledged),
				false => most,
			}
		})
	}

	fn count(&self, l: &Lease, credited: impl Fn(&Stretch) -> u64) -> Both {
		let work = l.metered().expect("only time is counted");
		work.stretches.iter().fold((0, 0), |sum, stretch| {
			let ms = credited(stretch);
			(
				sum.0 + price(stretch.rate, ms),
				sum.1 + price(stretch.royalty, ms),
			)
		})
	}

	/// Whether a receipt could still make more due.
	pub fn awaits_receipt(&self, l: &Lease, end: u64) -> bool {
		let work = l.metered().expect("only time is counted");
		work.stretches.iter().any(|stretch| {
			let to = stretch.to.unwrap_or(end).min(end);
			let proven = self.proven(l.machine, stretch.from, to);
			stretch.tenant.is_some()
				&& !stretch.sealed
				&& proven > stretch.acknowledged + work.grace
		})
	}

	/// Whether the machine missed what the terms promise.
	pub fn missed(&self, l: &Lease, end: u64) -> bool {
		let work = l.metered().expect("only time is counted");
		let (mut ran, mut proven) = (0u128, 0u128);
		for stretch in &work.stretches {
			let to = stretch.to.unwrap_or(end).min(end);
			ran += u128::from(to - stretch.from);
			proven += u128::from(self.proven(l.machine, stretch.from, to));
		}
		work.terms
			.sla
			.is_some_and(|sla| proven * 1_000_000_000 < ran * u128::from(sla.target.deconstruct()))
	}

	/// Pay what the terms let be paid now.
	pub fn pay_due(&mut self, l: &mut Lease) {
		let work = l.metered().expect("only time is counted");
		match l.stage {
			Stage::Closing { end, early, .. } => self.pay_up_to(l, end, Phase::Over(early), 0),
			Stage::Disputed { .. } => {},
			_ => {
				let (at, left) = l.clock(self.now).expect("it runs");
				let (kept_back, reserve) = (work.early_fee(left), work.reserve(left));
				self.pay_up_to(l, at, Phase::Running(kept_back), reserve);
			},
		}
	}

	/// Where the funds are short of what is due, provider and model share in proportion, and what
	/// was paid before counts as paid.
	pub fn pay_up_to(&mut self, l: &mut Lease, at: u64, phase: Phase, reserve: u128) {
		let grace = l.metered().expect("only time is counted").grace;
		let (due, shown) = (self.due(l, at, grace), self.due(l, at, 0));
		let due = l.at_least_paid(l.payable(due, shown, phase));
		self.pay_of(l, due, reserve);
	}

	pub fn pay_of(&mut self, l: &mut Lease, due: Both, reserve: u128) {
		let paid = l.serving.gross + l.model.gross;
		let spent = (due.0 + due.1).min(paid + l.held.saturating_sub(reserve));
		let royalty = match due.0 + due.1 {
			0 => 0,
			whole => due.1 * spent / whole,
		};
		let royalty = royalty.saturating_sub(l.model.gross).min(spent - paid);
		self.pay(l, spent - paid - royalty, royalty);
	}

	/// Take out of the escrow, with the fee on it.
	pub fn pay(&mut self, l: &mut Lease, serving: u128, royalty: u128) {
		let fee = charge(&l.rules, &mut l.serving, serving);
		let model_fee = charge(&l.rules, &mut l.model, royalty);
		self.pay_out(l, l.provider, serving - fee);
		if l.asset.is_some() {
			// The owner is paid at once, and all of the fee is the treasury's.
			self.pay_out(l, AUTHOR, royalty - model_fee);
			self.pay_out(l, TREASURY, fee);
			return self.pay_out(l, TREASURY, model_fee);
		}
		let taken = fee + royalty;
		l.held -= taken;
		self.account(l.consumer).escrow -= taken;
		if royalty > 0 {
			self.royalties[l.version.expect("a royalty has its model")] += royalty - model_fee;
		}
		for (source, fee) in [fee, model_fee].into_iter().enumerate() {
			let treasury = down(l.rules.treasury_share, fee);
			let attestors = down(l.rules.attestor_share, fee);
			self.treasury += treasury;
			self.attestors += attestors;
			self.burned[source] += fee - treasury - attestors;
		}
	}

	/// Due, reserve, greatest, per second.
	fn funding(&self, l: &Lease) -> (u128, u128, u128, u128) {
		let work = l.metered().expect("only time is counted");
		let (at, left) = l.clock(self.now).expect("it runs");
		let greatest = match l.stage {
			Stage::Active { ends_at } => self.possible(l, ends_at),
			_ => {
				let so_far = self.possible(l, at);
				let to_come = (price(work.serving(), left), price(work.royalty, left));
				(so_far.0 + to_come.0, so_far.1 + to_come.1)
			},
		};
		let total = |due: Both| {
			let due = l.at_least_paid(due);
			due.0 + due.1
		};
		let due = total(self.due(l, at, work.grace));
		(
			due,
			work.reserve(left),
			total(greatest),
			work.serving() + work.royalty,
		)
	}

	pub fn greatest(&self, l: &Lease) -> u128 {
		self.funding(l).2
	}

	/// Whether the next second is not funded, unless all seconds are.
	pub fn used_up(&self, l: &Lease) -> bool {
		let (due, reserve, greatest, _) = self.funding(l);
		l.funded() < greatest && l.funded() <= due + reserve
	}

	/// Whether the least time is funded.
	pub fn lasts_long_enough(&self, l: &Lease) -> bool {
		let (due, reserve, greatest, per_second) = self.funding(l);
		let least = u64::from(l.rules.min_funded_seconds) * 1_000;
		l.funded() >= greatest.min(due + reserve + price(per_second, least))
	}

	/// Pull from the consumer's wallet what it allowed. Returns how much.
	pub fn refill(&mut self, l: &mut Lease) -> u128 {
		let Some(AutoTopUp { step, cap }) = l.metered().and_then(|work| work.auto) else {
			return 0;
		};
		let offered_to = l.metered().and_then(|work| work.offered_to);
		if offered_to.is_some_and(|to| to != l.consumer) {
			return 0;
		}
		if l.clock(self.now).is_none() || self.lasts_long_enough(l) {
			return 0;
		}
		let wanted = step
			.min(cap)
			.min(self.greatest(l).saturating_sub(l.funded()));
		let pulled = wanted.min(self.liquid_in(l.asset, l.consumer));
		self.fund(l, l.consumer, pulled).expect("it is there");
		let left = cap - pulled;
		let auto = (left > 0).then_some(AutoTopUp { step, cap: left });
		l.metered_mut().expect("only time is counted").auto = auto;
		pulled
	}
}

/// The fee is rounded up once, over all payments.
fn charge(rules: &Parameters, earned: &mut Earned, now: u128) -> u128 {
	earned.gross += now;
	let whole = (earned.gross * u128::from(rules.fee.deconstruct())).div_ceil(1_000_000_000);
	let fee = whole.saturating_sub(earned.fee).min(now);
	earned.fee += fee;
	fee
}
