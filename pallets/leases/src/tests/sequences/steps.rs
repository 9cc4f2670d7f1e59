//! The model's answers to calls that concern one lease.

use super::{
	model::*,
	money::{price, Phase},
	vouchers,
	world::*,
};
use crate::{
	mock::Test,
	types::{Change, Receipt},
	Call, Outcome,
};
use terminal_primitives::market::LeaseTerms;

pub fn call(m: &mut Model, who: Who, call: &Call<Test>) -> Done {
	match call {
		Call::accept { lease } => {
			let l = m.leases.get(&lease.0)?;
			let Stage::Offered { until } = l.stage else {
				return None;
			};
			when(m.is_server(l, who) && m.block <= until)?;
			m.asking(l.machine, l.asset)?;
			m.accept(lease.0, false)
		},
		Call::start { lease, handshake } => change(m, lease.0, |m, l| start(m, l, who, handshake)),
		Call::cancel { lease } => change(m, lease.0, |m, l| cancel(m, l, who)),
		Call::top_up { lease, amount } => change(m, lease.0, |m, l| {
			when(add(m, l, who, *amount)? > 0)?;
			match l.stage {
				Stage::Paused {
					maintenance: None, ..
				} if m.can_go_on(l) => m.go_on_or_end(l),
				_ => Some(()),
			}
		}),
		Call::close { lease } => change(m, lease.0, |m, l| {
			let side = m.side(l, who);
			if let Stage::Serving { .. } = l.stage {
				return vouchers::stop(m, l, side);
			}
			if side == Some(false) {
				m.refill(l);
			}
			let (outcome, payer) = m.ending(l, side)?;
			m.end(l, outcome, payer);
			Some(())
		}),
		Call::finish { lease } => finish(m, lease.0, Some(who)),
		Call::commit_result { lease, result_root } => change(m, lease.0, |m, l| {
			let Stage::Running { deadline } = l.stage else {
				return None;
			};
			when(m.is_server(l, who) && m.block <= deadline)?;
			let honest = result_root != &[0; 32];
			m.more_units(l.machine, 1, 0, 0)?;
			l.stage = Stage::Committed { honest };
			Some(())
		}),
		Call::demand_leaf { lease, index } => change(m, lease.0, |m, l| {
			let (posting, by) = (l.rules.posting_fee, m.block + l.rules.answer_blocks);
			let most = l.rules.max_open_demands as usize;
			let (Stage::Delivering { until, demands, .. }, Work::Job { items, .. }) =
				(&mut l.stage, &l.work)
			else {
				return None;
			};
			when(who == l.consumer && index < items && by <= *until && demands.len() < most)?;
			when(demands.iter().all(|demand| demand.0 != *index))?;
			demands.push((*index, by, posting));
			m.put_on_hold(who, posting, |account| &mut account.posting)
		}),
		Call::answer_demand { lease, leaf } => change(m, lease.0, |m, l| {
			when(m.is_server(l, who))?;
			let Stage::Delivering {
				honest, demands, ..
			} = &mut l.stage
			else {
				return None;
			};
			let at = demands.iter().position(|demand| demand.0 == leaf.index)?;
			when(m.block <= demands[at].1 && *honest)?;
			let (_, _, posting) = demands.remove(at);
			m.account(l.consumer).posting -= posting;
			m.give(who, posting);
			Some(())
		}),
		other => running(m, who, other),
	}
}

/// On a copy, which is kept if it went well.
fn change(m: &mut Model, id: u64, work: impl FnOnce(&mut Model, &mut Lease) -> Done) -> Done {
	let mut l = m.leases.get(&id)?.clone();
	work(m, &mut l)?;
	m.leases.insert(id, l);
	Some(())
}

fn start(m: &mut Model, l: &mut Lease, who: Who, handshake: &Option<Receipt>) -> Done {
	let Stage::Accepted {
		start_by,
		shown,
		reserved_until,
	} = l.stage
	else {
		return None;
	};
	when(m.is_server(l, who) && m.block <= start_by)?;
	let (machine, now) = (l.machine, m.now);
	let work = l.metered_mut()?;
	when(handshake.is_some() || shown || work.tenant.is_none())?;
	m.begin(work)?;
	let mut ends_at = now + work.duration;
	// Where blocks were slow and others have booked, the end stays where it was promised.
	if ends_at > reserved_until && !m.fits(machine, 0, ends_at) {
		ends_at = reserved_until.max(now);
	}
	if let Some(receipt) = handshake {
		m.show(l, receipt)?;
	}
	l.stage = Stage::Active { ends_at };
	m.pay_from_deposit(l, who, l.rules.anchor_compensation);
	Some(())
}

fn cancel(m: &mut Model, l: &mut Lease, who: Who) -> Done {
	use Outcome::*;
	let side = m.side(l, who);
	let late = |last: u32| m.block > last;
	let (outcome, waited) = match (&l.stage, side) {
		(Stage::Offered { .. }, Some(true)) => (CancelledByConsumer, false),
		(Stage::Offered { .. }, Some(false)) => (CancelledByProvider, false),
		(Stage::Offered { until }, None) if late(*until) => (Expired, false),
		(
			Stage::Accepted {
				start_by, shown, ..
			},
			_,
		) if late(*start_by) => (Expired, !shown),
		(Stage::Accepted { shown: false, .. }, Some(true)) => (CancelledByConsumer, true),
		(Stage::Accepted { .. }, Some(false)) => (CancelledByProvider, false),
		(Stage::Running { deadline }, _) if late(*deadline) => (Expired, false),
		(Stage::Running { .. }, Some(false)) => (CancelledByProvider, false),
		_ => return None,
	};
	if waited {
		m.pay(l, l.rules.hold_fee.min(l.held), 0);
	}
	m.close(l, outcome, Some(who).filter(|_| side != Some(false)));
	Some(())
}

/// Into the escrow, at most what may become due.
fn add(m: &mut Model, l: &mut Lease, donor: Who, amount: u128) -> Option<u128> {
	if let (Work::Calls { .. }, Stage::Offered { .. } | Stage::Serving { .. }) = (&l.work, &l.stage)
	{
		if amount > 0 {
			m.fund(l, donor, amount)?;
		}
		return Some(amount);
	}
	let work = l.metered()?;
	let most = match l.stage {
		Stage::Offered { .. } | Stage::Accepted { .. } => {
			price(work.serving() + work.royalty, work.duration)
		},
		Stage::Active { .. } | Stage::Paused { .. } => m.greatest(l),
		_ => return None,
	};
	let amount = amount.min(most.saturating_sub(l.funded()));
	if amount > 0 {
		m.fund(l, donor, amount)?;
	}
	Some(amount)
}

/// By `who`, or by the wheel.
fn finish(m: &mut Model, id: u64, who: Option<Who>) -> Done {
	let mut l = m.leases.get(&id)?.clone();
	let side = who.and_then(|who| m.side(&l, who));
	let rewarded = who.filter(|_| side != Some(false));
	match l.stage.clone() {
		Stage::Closing {
			end,
			claim_until: until,
			early,
		}
		| Stage::Disputed { end, until, early } => {
			let disputed = matches!(l.stage, Stage::Disputed { .. });
			when(!disputed || m.block > until)?;
			let resolved = m.machines[l.machine].resolved >= end;
			when(resolved || m.now >= end + l.rules.resolve_backstop_ms)?;
			let may_claim = m.block <= until && m.awaits_receipt(&l, end);
			when(side == Some(false) || !may_claim)?;
			let missed = m.missed(&l, end);
			m.pay_up_to(&mut l, end, Phase::Final(early, missed), 0);
			let outcome = l.outcome?;
			m.close(&mut l, outcome, who);
		},
		Stage::Redeeming { until } => {
			when(side == Some(false) || m.block > until)?;
			vouchers::finish(m, &mut l, who, rewarded)?;
		},
		Stage::Running { deadline } => {
			when(m.block > deadline)?;
			m.close(&mut l, Outcome::Expired, rewarded);
		},
		Stage::Delivering { until, demands, .. } => {
			if demands.iter().any(|demand| m.block > demand.1) {
				m.close(&mut l, Outcome::Undelivered, rewarded);
			} else {
				when(m.block > until && demands.is_empty())?;
				let Work::Job { price, royalty, .. } = l.work else {
					return None;
				};
				m.pay_of(&mut l, (price, royalty), 0);
				let attestation = m.attestation(&l);
				l.deposit -= attestation;
				m.account(l.consumer).deposit -= attestation;
				m.attestors += attestation;
				m.close(&mut l, Outcome::Completed, who);
			}
		},
		Stage::Closed { at } => {
			when(m.block > at + l.rules.retention_blocks)?;
			m.leases.remove(&id);
			return Some(());
		},
		_ => return None,
	}
	m.leases.insert(id, l);
	Some(())
}

/// What nobody needs to sign: the wheel may do it, and only this.
pub fn expire(m: &mut Model, id: u64) -> Done {
	let stage = m.leases.get(&id)?.stage.clone();
	match stage {
		Stage::Offered { until } => change(m, id, |m, l| {
			when(m.block > until)?;
			m.close(l, Outcome::Expired, None);
			Some(())
		}),
		Stage::Accepted {
			start_by, shown, ..
		} => change(m, id, |m, l| {
			when(m.block > start_by)?;
			if !shown {
				m.pay(l, l.rules.hold_fee.min(l.held), 0);
			}
			m.close(l, Outcome::Expired, None);
			Some(())
		}),
		Stage::Serving { .. } => change(m, id, |m, l| vouchers::stop(m, l, None)),
		Stage::Active { ends_at } if m.now < ends_at => change(m, id, |m, l| m.pause_for_funds(l)),
		Stage::Paused {
			maintenance, until, ..
		} if m.now < until => {
			when(m.now >= maintenance?)?;
			change(m, id, |m, l| m.go_on_or_end(l))
		},
		Stage::Active { .. } | Stage::Paused { .. } => change(m, id, |m, l| {
			let (outcome, payer) = m.ending(l, None)?;
			m.end(l, outcome, payer);
			Some(())
		}),
		_ => finish(m, id, None),
	}
}

fn running(m: &mut Model, who: Who, call: &Call<Test>) -> Done {
	match call {
		Call::extend {
			lease,
			seconds,
			max_rate,
			funds,
		} => change(m, lease.0, |m, l| {
			when(who == l.consumer)?;
			let (_, left) = l.clock(m.now)?;
			let extra = u64::from(*seconds) * 1_000;
			let machine = l.machine;
			let work = l.metered_mut()?;
			when(left > 0 && extra > 0 && !work.reclaimed && work.rate <= *max_rate)?;
			work.duration += extra;
			when(work.duration <= work.terms.max_duration_ms)?;
			when(m.fits(machine, 0, m.now + left + extra))?;
			match &mut l.stage {
				Stage::Active { ends_at } => *ends_at += extra,
				Stage::Paused { left, .. } => *left += extra,
				_ => return None,
			}
			add(m, l, who, *funds).map(|_| ())
		}),
		Call::pause { lease } => change(m, lease.0, |m, l| {
			let Stage::Active { ends_at } = l.stage else {
				return None;
			};
			when(m.now < ends_at)?;
			let window = m.machines[l.machine].window;
			let window = window.filter(|(from, until)| (*from..*until).contains(&m.now));
			match window {
				Some((_, until)) if m.side(l, who) == Some(false) => m.interrupt(l, Some(until)),
				_ => m.pause_for_funds(l),
			}
		}),
		Call::resume { lease } => change(m, lease.0, |m, l| {
			let Stage::Paused { maintenance, .. } = l.stage else {
				return None;
			};
			match maintenance {
				Some(until) => when(m.side(l, who) == Some(false) || m.now >= until)?,
				None => {
					m.refill(l);
					m.pay_due(l);
					when(m.lasts_long_enough(l))?;
				},
			}
			m.go_on_or_end(l)
		}),
		Call::set_auto_top_up { lease, auto } => change(m, lease.0, |_, l| {
			let before = matches!(l.stage, Stage::Offered { .. } | Stage::Accepted { .. });
			when(who == l.consumer && (before || l.clock(0).is_some()))?;
			when(auto.is_none_or(|auto| auto.step > 0 && auto.step <= auto.cap))?;
			l.metered_mut()?.auto = *auto;
			Some(())
		}),
		Call::reclaim { lease } => change(m, lease.0, |m, l| {
			when(m.is_server(l, who))?;
			let (_, left) = l.clock(m.now)?;
			let work = l.metered_mut()?;
			let notice = work.terms.spot_notice_ms?;
			when(left > notice)?;
			work.reclaimed = true;
			match &mut l.stage {
				Stage::Active { ends_at } => *ends_at = m.now + notice,
				Stage::Paused { left, .. } => *left = notice,
				_ => return None,
			}
			Some(())
		}),
		Call::propose_change { lease, change: to } => change(m, lease.0, |m, l| {
			let by_consumer = m.side(l, who)?;
			when(matches!(l.stage, Stage::Active { .. }))?;
			when(to.rate >= agents_rate(m, l, who)?)?;
			let least_rate = l.rules.min_rate;
			let work = l.metered_mut()?;
			when(is_a_price(least_rate, work, to) && Model::has_room(work))?;
			let last = work.stretches.len() - 1;
			work.proposal = Some((by_consumer, last, *to, m.block + m.rules.proposal_blocks));
			Some(())
		}),
		Call::withdraw_change { lease } => change(m, lease.0, |m, l| {
			let by_consumer = m.side(l, who)?;
			let (by, ..) = l.metered_mut()?.proposal.take()?;
			when(by == by_consumer)
		}),
		Call::accept_change {
			lease,
			proposal_hash,
		} => change(m, lease.0, |m, l| {
			// The harness sends the hash of what is proposed, or zeros.
			when(proposal_hash != &[0; 32])?;
			accept_change(m, l, who)
		}),
		other => moving(m, who, other),
	}
}

fn is_a_price(least_rate: u128, work: &Metered, to: &Change) -> bool {
	to.units > 0 && to.rate * u128::from(to.units) + work.royalty >= least_rate
}

/// An agent goes no lower than the lease or the machine's asking price in the same money.
fn agents_rate(m: &Model, l: &Lease, who: Who) -> Option<u128> {
	let work = l.metered()?;
	Some(match who == l.consumer || who == l.provider {
		true => 0,
		false => work
			.rate
			.min(m.asking(l.machine, l.asset).unwrap_or(work.rate)),
	})
}

fn accept_change(m: &mut Model, l: &mut Lease, who: Who) -> Done {
	let by_consumer = m.side(l, who)?;
	let Stage::Active { ends_at } = l.stage else {
		return None;
	};
	when(m.now < ends_at)?;
	let machine = l.machine;
	let least = agents_rate(m, l, who)?;
	let least_rate = l.rules.min_rate;
	let work = l.metered_mut()?;
	let (by, stretch, to, expires_at) = work.proposal.take()?;
	when(stretch + 1 == work.stretches.len() && m.block <= expires_at && by != by_consumer)?;
	when(is_a_price(least_rate, work, &to) && to.rate >= least)?;
	m.more_units(machine, work.units, to.units, ends_at)?;
	let last = work.stretches.last_mut()?;
	when(work.tenant.is_none() || last.acknowledged <= to.acknowledged_ms)?;
	last.to = Some(m.now);
	last.sealed = true;
	last.acknowledged = last.acknowledged.max(to.acknowledged_ms);
	(work.rate, work.units) = (to.rate, to.units);
	m.begin(work)?;
	when(m.lasts_long_enough(l))
}

fn moving(m: &mut Model, who: Who, call: &Call<Test>) -> Done {
	match call {
		Call::offer_transfer { lease, to } => change(m, lease.0, |m, l| {
			when(who == l.consumer)?;
			l.clock(m.now)?;
			l.metered_mut()?.offered_to = to.as_ref().map(number);
			Some(())
		}),
		Call::take_transfer { lease, tenant } => change(m, lease.0, |m, l| {
			let (_, left) = l.clock(m.now)?;
			let runs = matches!(l.stage, Stage::Active { .. });
			let work = l.metered_mut()?;
			when(left > 0 && work.offered_to == Some(who))?;
			when(tenant.is_some() == work.tenant.is_some())?;
			let arbiter = work.terms.arbiter.as_ref();
			when(arbiter.is_none_or(|arbiter| number(&arbiter.account) != who))?;
			(work.offered_to, work.proposal, work.auto) = (None, None, None);
			work.tenant = *tenant;
			if runs {
				when(Model::has_room_for_consumer(work))?;
				m.begin(work)?;
			}
			m.hand_over(l, who)
		}),
		Call::migrate {
			lease,
			machine,
			max_rate,
			terms_hash,
			tenant,
		} => {
			let mut l = m.leases.get(&lease.0)?.clone();
			when(who == l.consumer)?;
			let (_, left) = l.clock(m.now)?;
			when(left > 0)?;
			let (_, payer) = m.ending(&l, Some(true))?;
			let spare = m.wind_up(&mut l, Outcome::Migrated, payer);
			let at = machine.0 as usize;
			let there = m.machines.get(at)?;
			let (provider, rate) = (there.provider, m.asking(at, l.asset)?);
			when(there.online && terms_hash == &[7; 32] && rate <= *max_rate)?;
			let (units, royalty) = (l.metered()?.units, l.metered()?.royalty);
			when(units <= there.free)?;
			let terms = LeaseTerms::plain(longest(&m.rules));
			let (work, least, whole) =
				m.metered(l.asset, units, rate, left, l.version, *tenant, terms)?;
			when(spare >= least && work.royalty <= royalty)?;
			let moved = spare.min(whole);
			let to = m.next;
			let work = Work::Metered(work);
			m.open(who, provider, at, l.asset, l.version, work, None)?;
			m.leases.get_mut(&to)?.held = moved;
			l.held -= moved;
			m.refund(&mut l, spare - moved);
			m.leases.insert(lease.0, l);
			Some(())
		},
		Call::dispute { lease, .. } => change(m, lease.0, |m, l| {
			let side = m.side(l, who)?;
			when(l.metered()?.terms.arbiter.is_some())?;
			if l.clock(m.now).is_some() {
				if !side {
					m.refill(l);
				}
				let (outcome, payer) = m.ending(l, Some(side))?;
				m.end(l, outcome, payer);
			}
			let Stage::Closing {
				end,
				claim_until,
				early,
			} = l.stage
			else {
				return None;
			};
			when(m.block <= claim_until)?;
			let until = claim_until.max(m.block + l.rules.arbitration_blocks);
			l.stage = Stage::Disputed { end, until, early };
			Some(())
		}),
		Call::arbitrate {
			lease,
			provider_share,
		} => change(m, lease.0, |m, l| {
			let Stage::Disputed { until, .. } = l.stage else {
				return None;
			};
			let work = l.metered()?;
			let arbiter = work.terms.arbiter.clone()?;
			when(who == number(&arbiter.account) && m.block <= until)?;
			let (serving, model) = (work.serving(), work.royalty);
			m.pay_arbiter(l, who, arbiter.fee);
			let part = down(*provider_share, l.held);
			let royalty = part * model / (serving + model);
			m.pay(l, part - royalty, royalty);
			m.close(l, Outcome::Arbitrated, None);
			Some(())
		}),
		other => panic!("the model does not know {other:?}"),
	}
}
