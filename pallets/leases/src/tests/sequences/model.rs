//! What leases should do, told once more in the simplest words: accounts are numbers, proven time is
//! a list of runs, every payment is counted from the first millisecond. No meter, no folding, no
//! books, no storage. `None` is a refusal: whoever asked keeps the world as it was before.

use super::{
	coin::worth,
	money::{price, Early, Earned, Phase},
	world::*,
};
use crate::{
	lifecycle,
	mock::Test,
	types::{Parameters, Receipt, TenantKey},
	Call, Outcome,
};
use sp_runtime::Perbill;
use terminal_primitives::{
	market::{AgreedLease, LeaseTerms, Verdict},
	AssetId,
};
use terminal_test_support::{account, AccountId};

/// The number of an account.
pub type Who = u64;
pub type Done = Option<()>;
/// Nobody's number, but root's.
pub const ROOT: Who = 0;
/// Who owns the models.
pub const AUTHOR: Who = 4;

/// The most segments of a lease, and how many of them the consumer may begin.
const SEGMENTS: usize = 16;
const CONSUMERS_SEGMENTS: usize = 12;

pub fn when(holds: bool) -> Done {
	holds.then_some(())
}

pub fn number(who: &AccountId) -> Who {
	let bytes: &[u8] = who.as_ref();
	let number = u64::from_le_bytes(bytes[..8].try_into().expect("eight bytes"));
	assert_eq!(who, &account(number));
	number
}

impl Model {
	/// Who signs for the machine of a lease.
	pub fn agent(&self, l: &Lease) -> Who {
		self.machines[l.machine].agent
	}

	pub fn is_server(&self, l: &Lease, who: Who) -> bool {
		who == l.provider || who == self.agent(l)
	}

	/// Whether it is the consumer's side; nothing if it is neither.
	pub fn side(&self, l: &Lease, who: Who) -> Option<bool> {
		when(who == l.consumer || self.is_server(l, who))?;
		Some(who == l.consumer)
	}

	/// From when on others have booked what `units` more would need.
	fn booked_from(&self, machine: usize, units: u32) -> Option<u64> {
		let machine = &self.machines[machine];
		let mut bookings = machine.bookings.clone();
		bookings.sort_by_key(|booking| booking.1);
		let mut taken = units;
		bookings.into_iter().find_map(|(units, from, _)| {
			taken += units;
			(taken > machine.free).then_some(from)
		})
	}

	pub fn fits(&self, machine: usize, units: u32, until: u64) -> bool {
		self.booked_from(machine, units)
			.is_none_or(|from| until <= from)
	}

	fn reserve(&mut self, machine: usize, units: u32, until: u64) -> Done {
		when(self.machines[machine].online && self.fits(machine, units, until))?;
		self.machines[machine].free = self.machines[machine].free.checked_sub(units)?;
		Some(())
	}

	fn release(&mut self, machine: usize, units: u32) {
		self.machines[machine].free += units;
		assert!(self.machines[machine].free <= self.machines[machine].units);
	}

	/// Milliseconds that could follow now, before the units go to others.
	fn time_that_fits(&self, l: &Lease) -> u64 {
		let Stage::Paused { left, .. } = l.stage else {
			return 0;
		};
		let until = self.booked_from(l.machine, 0).unwrap_or(u64::MAX);
		until.saturating_sub(self.now).min(left)
	}

	/// `order` are the leases of the named provider that follow in the index's own order.
	pub fn call(&mut self, who: Who, call: &Call<Test>, order: &[u64]) -> Done {
		match call {
			Call::open_metered {
				machine,
				units,
				duration_seconds,
				max_rate,
				terms_hash,
				version,
				tenant,
				funds,
				asset,
			} => {
				let at = machine.0 as usize;
				let there = self.machines.get(at)?;
				let rate = self.asking(at, *asset)?;
				when(there.online && terms_hash == &[7; 32] && rate <= *max_rate)?;
				when((1..=there.free).contains(units))?;
				let provider = there.provider;
				let terms = LeaseTerms::plain(longest(&self.rules));
				let duration = u64::from(*duration_seconds) * 1_000;
				let version = version.map(|version| version.0 as usize);
				let (work, least, whole) =
					self.metered(*asset, *units, rate, duration, version, *tenant, terms)?;
				when(*funds >= least)?;
				let work = Work::Metered(work);
				let funds = (*funds).min(whole);
				self.open(who, provider, at, *asset, version, work, Some(funds))
			},
			Call::open_job {
				machine,
				spec,
				price,
				max_total,
				deadline_blocks,
				version,
				terms_hash,
				asset,
				..
			} => {
				let at = machine.0 as usize;
				let there = self.machines.get(at)?;
				when(there.online && terms_hash == &[7; 32])?;
				let rules = &self.rules;
				let deadlines = rules.min_deadline_blocks..=rules.max_deadline_blocks;
				self.rules_in(*asset)?;
				self.asking(at, *asset)?;
				let at_risk = worth(*asset, *price);
				when(at_risk >= rules.min_job_price && deadlines.contains(deadline_blocks))?;
				when((1..=rules.max_items).contains(&spec.items))?;
				let version = version.map(|version| version.0 as usize);
				let mut royalty = 0;
				if let Some(version) = version {
					let known = self.versions.get(version)?;
					when(known.provable && !known.yanked)?;
					royalty = self.royalties_in(version, *asset)?.per_job;
				}
				when(price + royalty <= *max_total)?;
				let work = Work::Job {
					price: *price,
					at_risk,
					royalty,
					items: spec.items,
					deadline: *deadline_blocks,
				};
				let provider = there.provider;
				let funds = Some(price + royalty);
				self.open(who, provider, at, *asset, version, work, funds)
			},
			Call::set_params { params } => {
				let fit = params
					.validate()
					.and(params.fit(&crate::mock::MockLimits::get()));
				when(who == ROOT && fit.is_ok())?;
				self.rules = params.clone();
				Some(())
			},
			Call::claim { beneficiary, asset } => match asset {
				None => self.claim(number(beneficiary)),
				Some(_) => self.coin.claim(number(beneficiary)),
			},
			Call::approve_asset { .. } | Call::remove_asset { .. } => {
				panic!("root's whims are the coin's")
			},
			Call::settle_many { batch } => {
				for (id, receipt) in batch {
					self.apart(|model| model.settle(id.0, receipt.as_ref()));
				}
				Some(())
			},
			Call::withdraw_many {
				provider, limit, ..
			} => {
				let provider = number(provider);
				let seen = (*limit).min(32) as usize;
				for id in order.iter().take(seen) {
					let due = self.leases.get(id).is_some_and(|l| {
						let stage = &l.stage;
						let runs = matches!(stage, Stage::Active { .. } | Stage::Paused { .. });
						let over = matches!(stage, Stage::Closing { .. });
						l.provider == provider && (runs || over || super::vouchers::takes(l))
					});
					if due {
						self.apart(|model| model.withdraw(*id));
					}
				}
				Some(())
			},
			Call::settle { lease, receipt } => self.settle(lease.0, receipt.as_ref()),
			Call::withdraw { lease } => self.withdraw(lease.0),
			Call::open_calls { .. } | Call::redeem { .. } | Call::redeem_many { .. } => {
				super::vouchers::call(self, who, call)
			},
			other => super::steps::call(self, who, other),
		}
	}

	/// Done whole or not at all.
	pub fn apart(&mut self, work: impl FnOnce(&mut Self) -> Done) {
		let before = self.clone();
		if work(self).is_none() {
			*self = before;
		}
	}

	/// What is agreed, the least and the most that it needs.
	#[allow(clippy::too_many_arguments)]
	pub fn metered(
		&self,
		asset: Option<AssetId>,
		units: u32,
		rate: u128,
		duration: u64,
		version: Option<usize>,
		tenant: Option<TenantKey>,
		terms: LeaseTerms<AccountId>,
	) -> Option<(Metered, u128, u128)> {
		let shortest = u64::from(self.rules.min_duration_seconds) * 1_000;
		when(units > 0 && (shortest..=longest(&self.rules)).contains(&duration))?;
		let mut royalty = 0;
		if let Some(version) = version {
			when(!self.versions.get(version)?.yanked)?;
			royalty = self.royalties_in(version, asset)?.per_second;
		}
		let serving = rate * u128::from(units);
		let rules = self.rules_in(asset)?;
		when(serving + royalty >= rules.min_rate)?;
		let whole = price(serving + royalty, duration);
		let funded = duration.min(u64::from(self.rules.min_funded_seconds) * 1_000);
		let fee = price(serving, terms.early_close_ms.min(duration));
		let least = price(serving + royalty, funded) + fee;
		let work = Metered {
			units,
			rate,
			royalty,
			duration,
			tenant,
			grace: self.rules.grace_ms,
			terms,
			stretches: Vec::new(),
			reclaimed: false,
			auto: None,
			proposal: None,
			offered_to: None,
		};
		Some((work, least.max(rules.hold_fee).min(whole), whole))
	}

	/// `funds` are the consumer's, or come from elsewhere.
	#[allow(clippy::too_many_arguments)]
	pub fn open(
		&mut self,
		consumer: Who,
		provider: Who,
		machine: usize,
		asset: Option<AssetId>,
		version: Option<usize>,
		work: Work,
		funds: Option<u128>,
	) -> Done {
		let rules = self.rules_in(asset)?;
		let mut lease = Lease {
			consumer,
			provider,
			machine,
			asset,
			version,
			deposit: rules.opening_deposit,
			held: 0,
			serving: Earned::default(),
			model: Earned::default(),
			work,
			stage: Stage::Offered {
				until: self.block + rules.offer_blocks,
			},
			outcome: None,
			rules,
		};
		if let Some(funds) = funds {
			self.fund(&mut lease, consumer, funds)?;
		}
		lease.deposit += self.attestation(&lease);
		let deposit = lease.deposit;
		self.put_on_hold(consumer, deposit, |account| &mut account.deposit)?;
		self.leases.insert(self.next, lease);
		self.next += 1;
		Some(())
	}

	pub fn agree(&mut self, agreed: &AgreedLease<AccountId>) -> Done {
		let at = agreed.machine.0 as usize;
		let there = self.machines.get(at)?;
		let (consumer, provider) = (number(&agreed.consumer), number(&agreed.provider));
		when(there.provider == provider)?;
		if let Some(arbiter) = &agreed.terms.arbiter {
			when(![consumer, provider, there.agent].contains(&number(&arbiter.account)))?;
		}
		let (terms, longest) = (&agreed.terms, longest(&self.rules));
		when(terms.max_duration_ms >= agreed.duration_ms && terms.max_duration_ms <= longest)?;
		when(terms.early_close_ms <= terms.max_duration_ms)?;
		if let Some(notice) = terms.spot_notice_ms {
			when(notice >= self.rules.min_spot_notice_ms && notice <= longest)?;
		}
		let version = agreed.version.map(|version| version.0 as usize);
		let (work, least, whole) = self.metered(
			agreed.asset,
			agreed.units,
			agreed.rate,
			agreed.duration_ms,
			version,
			agreed.tenant.map(TenantKey::from_raw),
			agreed.terms.clone(),
		)?;
		when(agreed.funds >= least)?;
		let funds = agreed.funds.min(whole);
		let id = self.next;
		self.open(
			consumer,
			provider,
			at,
			agreed.asset,
			version,
			Work::Metered(work),
			Some(funds),
		)?;
		self.accept(id, agreed.shown)
	}

	/// By whoever may.
	pub fn accept(&mut self, id: u64, shown: bool) -> Done {
		let l = self.leases.get(&id)?.clone();
		let plan = |blocks: u32| self.now + self.rules.block_ms * u64::from(blocks);
		let stage = match &l.work {
			Work::Metered(work) => {
				let reserved_until = plan(l.rules.start_blocks) + work.duration;
				self.reserve(l.machine, work.units, reserved_until)?;
				let start_by = self.block + l.rules.start_blocks;
				Stage::Accepted {
					start_by,
					shown,
					reserved_until,
				}
			},
			Work::Job {
				at_risk, deadline, ..
			} => {
				self.reserve(l.machine, 1, plan(*deadline))?;
				*self.at_risk.entry(l.provider).or_default() += at_risk;
				Stage::Running {
					deadline: self.block + deadline,
				}
			},
			Work::Calls { blocks, .. } => Stage::Serving {
				until: self.block + blocks,
			},
		};
		self.leases.get_mut(&id)?.stage = stage;
		Some(())
	}

	/// A receipt of the right tenant, for a stretch that takes receipts.
	pub fn show(&self, l: &mut Lease, receipt: &Receipt) -> Done {
		let stretch = l
			.metered_mut()?
			.stretches
			.get_mut(receipt.segment as usize)?;
		let forged = receipt.signature == Default::default();
		when(stretch.tenant.is_some() && !stretch.sealed && !forged)?;
		stretch.acknowledged = stretch.acknowledged.max(receipt.milliseconds);
		Some(())
	}

	/// Enters the receipt, and nothing else: what is proven is no memory of the model's.
	fn settle(&mut self, id: u64, receipt: Option<&Receipt>) -> Done {
		let mut l = self.leases.get(&id)?.clone();
		let last = match l.stage {
			Stage::Active { .. } | Stage::Paused { .. } => u32::MAX,
			Stage::Closing { claim_until, .. } => claim_until,
			Stage::Disputed { until, .. } => until,
			_ => return None,
		};
		if let Some(receipt) = receipt {
			when(self.block <= last)?;
			self.show(&mut l, receipt)?;
		}
		self.leases.insert(id, l);
		Some(())
	}

	fn withdraw(&mut self, id: u64) -> Done {
		let mut l = self.leases.get(&id)?.clone();
		if super::vouchers::takes(&l) {
			super::vouchers::pay(self, &mut l);
			self.leases.insert(id, l);
			return Some(());
		}
		when(matches!(
			l.stage,
			Stage::Active { .. }
				| Stage::Paused { .. }
				| Stage::Closing { .. }
				| Stage::Disputed { .. }
		))?;
		self.refill(&mut l);
		self.pay_due(&mut l);
		self.leases.insert(id, l);
		Some(())
	}

	/// How it ends if `side` ends it now, and whether the consumer or the provider pays for that.
	pub fn ending(&self, l: &Lease, side: Option<bool>) -> Option<(Outcome, Option<bool>)> {
		use Outcome::*;
		let reclaimed = l.metered().is_some_and(|work| work.reclaimed);
		match l.stage {
			Stage::Active { ends_at } if self.now >= ends_at => {
				Some((if reclaimed { Preempted } else { Completed }, None))
			},
			Stage::Active { .. } if !side? && self.used_up(l) => Some((Exhausted, None)),
			Stage::Active { .. } => {
				let leaves = side?;
				let payer = Some(leaves).filter(|leaves| !self.just_came_back(l, !leaves));
				Some(match leaves {
					true => (CancelledByConsumer, payer),
					false => (CancelledByProvider, payer),
				})
			},
			Stage::Paused {
				maintenance, until, ..
			} if self.now >= until => Some(self.overstayed(l, maintenance)),
			Stage::Paused { maintenance, .. } => Some(match (maintenance, side?) {
				(None, true) if self.was_frozen(l) => (CancelledByConsumer, None),
				(None, true) => (CancelledByConsumer, Some(true)),
				(None, false) => (CancelledByProvider, None),
				(Some(_), true) => (CancelledByConsumer, None),
				(Some(_), false) => (CancelledByProvider, Some(false)),
			}),
			_ => None,
		}
	}

	/// Whether the consumer may not spend its coins, or might not when the lease was paused.
	fn was_frozen(&self, l: &Lease) -> bool {
		matches!(l.stage, Stage::Paused { frozen: true, .. }) || self.is_frozen(l)
	}

	/// Who pays for a pause that nobody ended; not who had brought the funds in vain, or might not.
	fn overstayed(&self, l: &Lease, maintenance: Option<u64>) -> (Outcome, Option<bool>) {
		let in_vain = || self.lasts_long_enough(l) && self.time_that_fits(l) == 0;
		match maintenance {
			None => {
				let pays = !in_vain() && !self.was_frozen(l);
				(Outcome::Exhausted, pays.then_some(true))
			},
			Some(_) => (Outcome::CancelledByProvider, Some(false)),
		}
	}

	/// Whether this side came back from its pause less than the least funded time ago.
	fn just_came_back(&self, l: &Lease, side: bool) -> bool {
		let least = u64::from(l.rules.min_funded_seconds) * 1_000;
		let stretches = l.metered().map_or(&[][..], |work| &work.stretches);
		stretches.windows(2).any(|pair| {
			let (before, after) = (&pair[0], &pair[1]);
			let was_paused = before.to < Some(after.from) && self.now - after.from < least;
			was_paused && side != before.sealed
		})
	}

	/// Fix the end. Returns what can never become due.
	pub fn wind_up(&mut self, l: &mut Lease, outcome: Outcome, payer: Option<bool>) -> u128 {
		let (end, left) = l.clock(self.now).expect("it runs");
		let claim_until = self.block + l.rules.claim_blocks;
		let work = l.metered_mut().expect("it runs");
		if let Some(last) = work.stretches.last_mut() {
			last.to = last.to.or(Some(end));
		}
		(work.proposal, work.offered_to, work.auto) = (None, None, None);
		let fee = work.early_fee(left);
		let early = match payer {
			Some(true) if !work.reclaimed => Early::ConsumerPays(fee),
			Some(false) => Early::ProviderPays(fee),
			_ => Early::Free,
		};
		let units = work.units;
		self.release(l.machine, units);
		l.stage = Stage::Closing {
			end,
			claim_until,
			early,
		};
		l.outcome = Some(outcome);
		let possible = self.possible(l, end);
		let payable = l.payable(possible, possible, Phase::Final(early, false));
		let most = l.at_least_paid(payable);
		(l.funded().saturating_sub(most.0 + most.1)).min(l.held)
	}

	pub fn end(&mut self, l: &mut Lease, outcome: Outcome, payer: Option<bool>) {
		let spare = self.wind_up(l, outcome, payer);
		self.refund(l, spare);
	}

	/// Nothing is held any more; `finisher` has earned its reward.
	pub fn close(&mut self, l: &mut Lease, outcome: Outcome, finisher: Option<Who>) {
		self.refund(l, l.held);
		if let Some(finisher) = finisher {
			self.pay_from_deposit(l, finisher, l.rules.finish_reward);
		}
		let deposit = std::mem::take(&mut l.deposit);
		self.let_go(l.consumer, deposit, |account| &mut account.deposit);
		if let Stage::Delivering { demands, .. } = &l.stage {
			for (_, _, posting) in demands {
				self.let_go(l.consumer, *posting, |account| &mut account.posting);
			}
		}
		match (&l.work, &l.stage) {
			(Work::Metered(work), Stage::Accepted { .. }) => self.release(l.machine, work.units),
			(Work::Job { .. }, Stage::Running { .. }) => self.release(l.machine, 1),
			_ => {},
		}
		if let (Work::Job { at_risk, .. }, false) =
			(&l.work, matches!(l.stage, Stage::Offered { .. }))
		{
			*self.at_risk.entry(l.provider).or_default() -= at_risk;
		}
		(l.stage, l.outcome) = (Stage::Closed { at: self.block }, Some(outcome));
	}

	/// Attestation's word.
	pub fn conclude(&mut self, id: u64, verdict: Verdict) -> Done {
		let mut l = self.leases.get(&id)?.clone();
		match (&l.stage, verdict) {
			(Stage::Committed { honest }, Verdict::Pass) => {
				let until = self.block + l.rules.delivery_blocks;
				let (honest, demands) = (*honest, Vec::new());
				l.stage = Stage::Delivering {
					honest,
					until,
					demands,
				};
			},
			(Stage::Delivering { .. }, Verdict::Pass) => {},
			(Stage::Committed { .. } | Stage::Delivering { .. }, _) => {
				let outcome = match verdict {
					Verdict::Fault => Outcome::Faulted,
					_ => Outcome::Unanswered,
				};
				self.close(&mut l, outcome, None);
			},
			_ => return None,
		}
		self.leases.insert(id, l);
		Some(())
	}

	pub fn begin(&self, work: &mut Metered) -> Done {
		when(work.stretches.len() < SEGMENTS)?;
		if let Some(last) = work.stretches.last_mut() {
			last.to = last.to.or(Some(self.now));
		}
		work.stretches.push(Stretch {
			rate: work.rate * u128::from(work.units),
			royalty: work.royalty,
			from: self.now,
			to: None,
			acknowledged: 0,
			sealed: false,
			tenant: work.tenant,
		});
		Some(())
	}

	pub fn more_units(&mut self, machine: usize, from: u32, to: u32, until: u64) -> Done {
		match to > from {
			true => self.reserve(machine, to - from, until),
			false => {
				self.release(machine, from - to);
				Some(())
			},
		}
	}

	/// Resume a paused lease, or end it where its machine went to others.
	pub fn go_on_or_end(&mut self, l: &mut Lease) -> Done {
		let Stage::Paused { maintenance, .. } = l.stage else {
			return None;
		};
		let fits = self.time_that_fits(l);
		if fits == 0 {
			let (outcome, payer) = self.overstayed(l, maintenance);
			self.end(l, outcome, payer.filter(|by_consumer| !by_consumer));
			return Some(());
		}
		let ends_at = self.now + fits;
		self.begin(l.metered_mut()?)?;
		l.stage = Stage::Active { ends_at };
		Some(())
	}

	pub fn can_go_on(&self, l: &Lease) -> bool {
		self.lasts_long_enough(l) && self.time_that_fits(l) > 0
	}

	/// Pause for want of funds, end where it could never resume, or let the wallet fill it.
	pub fn pause_for_funds(&mut self, l: &mut Lease) -> Done {
		let pulled = self.refill(l);
		let begun = l.metered()?.stretches.len();
		if begun >= CONSUMERS_SEGMENTS {
			if self.used_up(l) {
				self.end(l, Outcome::Exhausted, None);
				return Some(());
			}
			return when(pulled > 0);
		}
		self.pay_due(l);
		if self.used_up(l) {
			return self.interrupt(l, None);
		}
		when(pulled > 0)
	}

	pub fn interrupt(&mut self, l: &mut Lease, maintenance: Option<u64>) -> Done {
		let (_, left) = l.clock(self.now)?;
		let (now, pause) = (self.now, l.rules.pause_ms);
		let frozen = maintenance.is_none() && self.is_frozen(l);
		let work = l.metered_mut()?;
		when(work.stretches.len() < SEGMENTS)?;
		work.proposal = None;
		let last = work.stretches.last_mut()?;
		last.to = Some(now);
		last.sealed = maintenance.is_some();
		let until = maintenance.unwrap_or(now) + pause;
		l.stage = Stage::Paused {
			maintenance,
			since: now,
			left,
			until,
			frozen,
		};
		Some(())
	}

	pub fn has_room_for_consumer(work: &Metered) -> bool {
		work.stretches.len() < CONSUMERS_SEGMENTS
	}

	pub fn has_room(work: &Metered) -> bool {
		work.stretches.len() < SEGMENTS
	}
}

pub fn longest(rules: &Parameters) -> u64 {
	u64::from(rules.max_duration_seconds) * 1_000
}

/// Whether the lifecycle's table has this step.
pub fn follows(before: Option<lifecycle::Stage>, after: Option<lifecycle::Stage>) -> bool {
	use lifecycle::Stage::*;
	let (Some(before), Some(after)) = (before, after) else {
		return matches!(
			(before, after),
			(None, Some(Offered | Accepted)) | (Some(Closed), None)
		);
	};
	before == after
		|| match before {
			Offered => matches!(after, Accepted | Running | Serving | Closed),
			Serving => after == Redeeming,
			Accepted => matches!(after, Active | Closed),
			Active => matches!(after, Paused | Closing | Disputed),
			Paused => matches!(after, Active | Closing | Disputed),
			Closing => matches!(after, Disputed | Closed),
			Running => matches!(after, Committed | Closed),
			Committed => matches!(after, Delivering | Closed),
			Disputed | Delivering | Redeeming => after == Closed,
			Closed => false,
		}
}

/// Share of a whole, rounded down.
pub fn down(share: Perbill, of: u128) -> u128 {
	of * u128::from(share.deconstruct()) / 1_000_000_000
}
