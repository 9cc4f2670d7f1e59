//! The model's answers to calls.

use super::model::*;
use crate::{
	mock::{Test, START_WINDOW_MS},
	types::OfferId,
	Call,
};
use terminal_primitives::market::LeaseTerms;
use terminal_test_support::AccountId;

/// `right` says whether the hash that was sent is that of the offer.
pub fn call(m: &mut Model, who: Who, call: &Call<Test>, right: bool) -> Done {
	match call {
		Call::publish_offer {
			machine,
			rate,
			units,
			min_duration_seconds,
			max_duration_seconds,
			terms,
			windows,
			reservation_deposit,
			asset,
			..
		} => {
			let there = m.machines.get(&machine.0)?;
			when(there.provider == who && *rate > 0 && (1..=there.units).contains(units))?;
			when((1..=*max_duration_seconds).contains(min_duration_seconds))?;
			are_terms(terms, *max_duration_seconds, who)?;
			let mut last = None;
			for (from, until) in windows {
				when(from < until && last.is_none_or(|last| last < *from))?;
				last = Some(*until);
			}
			when(last.is_none_or(|last| last > m.now()))?;
			when(reservation_deposit.is_none_or(|d| d >= m.rules.min_reservation_deposit))?;
			when(asset.is_none() || reservation_deposit.is_none())?;
			m.price(*asset, *units, *rate, *max_duration_seconds, false, terms)?;
			let own = m
				.offers
				.values()
				.filter(|offer| offer.provider == who)
				.count();
			when(own < m.rules.max_offers as usize)?;
			let deposit = m.rules.offer_deposit;
			m.hold(who, OFFER, deposit)?;
			let offer = Offer {
				provider: who,
				machine: machine.0,
				asset: *asset,
				rate: *rate,
				units: *units,
				seconds: (*min_duration_seconds, *max_duration_seconds),
				terms: terms.clone(),
				windows: windows.to_vec(),
				reservable: *reservation_deposit,
				deposit,
			};
			m.offers.insert(m.next[0], offer);
			m.next[0] += 1;
			Some(())
		},
		Call::withdraw_offer { offer } => {
			let found = m.offers.remove(&offer.0)?;
			when(who == found.provider || m.machines[&found.machine].provider != found.provider)?;
			m.pay(found.provider, OFFER, found.provider, found.deposit);
			Some(())
		},
		Call::take_offer {
			offer,
			units,
			duration_seconds,
			max_rate,
			version,
			funds,
			..
		} => {
			let found = as_read(m, offer, right, *max_rate)?;
			offers(&found, *units, *duration_seconds, m.now())?;
			m.lease(Deal {
				consumer: who,
				provider: found.provider,
				machine: found.machine,
				asset: found.asset,
				units: *units,
				rate: found.rate,
				seconds: *duration_seconds,
				model: version.is_some(),
				terms: &found.terms,
				funds: *funds,
			})
			.map(|_| ())
		},
		Call::claim { beneficiary, asset } => match asset {
			None => m.claim(number(beneficiary)),
			Some(_) => m.coin.claim(number(beneficiary)),
		},
		Call::set_params { params } => {
			when(who == ROOT && params.validate(START_WINDOW_MS).is_ok())?;
			m.rules = params.clone();
			Some(())
		},
		Call::end_reservation { reservation } => m.end_reservation(reservation.0),
		Call::close_order { order } => m.close_order(order.0, Some(who)),
		other => ordering(m, who, other, right),
	}
}

fn are_terms(terms: &LeaseTerms<AccountId>, seconds: u32, who: Who) -> Done {
	when(terms.max_duration_ms >= u64::from(seconds) * 1_000)?;
	when(terms.early_close_ms <= terms.max_duration_ms && !judges(terms, who))
}

fn as_read(m: &Model, id: &OfferId, right: bool, max_rate: u128) -> Option<Offer> {
	let offer = m.offers.get(&id.0)?;
	when(right && offer.rate <= max_rate)?;
	Some(offer.clone())
}

fn offers(offer: &Offer, units: u32, seconds: u32, from: u64) -> Done {
	when((1..=offer.units).contains(&units))?;
	when(offer.seconds.0 <= seconds && seconds <= offer.seconds.1)?;
	let until = from + u64::from(seconds) * 1_000;
	let inside = |window: &(u64, u64)| window.0 <= from && until <= window.1;
	when(offer.windows.is_empty() || offer.windows.iter().any(inside))
}

fn ordering(m: &mut Model, who: Who, call: &Call<Test>, right: bool) -> Done {
	match call {
		Call::post_order {
			units,
			max_rate,
			duration_seconds,
			deadline,
			version,
			funds,
			terms,
			auto,
			asset,
			..
		} => {
			when(*units > 0 && *max_rate > 0)?;
			let blocks = deadline.saturating_sub(m.block);
			when(m.rules.min_order_blocks <= blocks && blocks <= m.rules.max_order_blocks)?;
			are_terms(terms, *duration_seconds, who)?;
			let model = version.is_some();
			let (least, whole) =
				m.price(*asset, *units, *max_rate, *duration_seconds, model, terms)?;
			when(*funds >= least)?;
			let funds = (*funds).min(whole);
			let rules = m.rules.clone();
			m.hold_in(*asset, who, ORDER_FUNDS, funds)?;
			m.hold(who, ORDER_FUNDS, crate::mock::OPENING)?;
			m.hold(who, ORDER, rules.order_deposit)?;
			let order = Order {
				consumer: who,
				units: *units,
				asset: *asset,
				max_rate: *max_rate,
				seconds: *duration_seconds,
				model,
				terms: terms.clone(),
				auto: *auto,
				funds,
				whole,
				bids: Vec::new(),
				posted: m.block,
				deadline: *deadline,
				rules,
			};
			m.orders.insert(m.next[1], order);
			m.next[1] += 1;
			Some(())
		},
		Call::place_bid {
			order,
			machine,
			rate,
		} => bid(m, who, order.0, machine.0, *rate),
		Call::withdraw_bid { order, machine } => {
			let mut found = m.orders.get(&order.0)?.clone();
			when(found.is_open(m.block) && !found.is_firm(m.block))?;
			let at = found.bids.iter().position(|bid| bid.machine == machine.0)?;
			let bid = found.bids.remove(at);
			when(m.signs_for(bid.machine, bid.provider, who))?;
			m.pay(bid.provider, BID, bid.provider, bid.deposit);
			m.orders.insert(order.0, found);
			Some(())
		},
		Call::accept_bid {
			order,
			machine,
			max_rate,
		} => {
			let found = m.orders.get(&order.0)?.clone();
			when(found.is_open(m.block) && who == found.consumer)?;
			let bid = found.bids.iter().find(|bid| bid.machine == machine.0)?;
			when(bid.rate <= *max_rate)?;
			let what = (bid.provider, bid.machine, bid.rate);
			m.fill(order.0, &found, what, &found.terms, None)
		},
		Call::cancel_order { order } => {
			let found = m.orders.get(&order.0)?.clone();
			when(found.is_open(m.block) && who == found.consumer)?;
			m.end_unfilled(order.0, &found, None);
			Some(())
		},
		Call::propose_matches { matches } => {
			for (order, offer) in matches {
				m.apart(|m| fits(m, who, order.0, offer.0));
			}
			Some(())
		},
		other => reserving(m, who, other, right),
	}
}

fn bid(m: &mut Model, who: Who, id: u64, machine: u64, rate: u128) -> Done {
	let mut order = m.orders.get(&id)?.clone();
	when(order.is_open(m.block))?;
	let there = m.machines.get(&machine)?.clone();
	when(who == there.provider || who == there.agent)?;
	when(there.online && there.meets && order.units <= there.units)?;
	when(0 < rate && rate <= order.max_rate)?;
	// An agent may not give the machine away.
	let asking = match order.asset {
		None => Some(there.rate),
		Some(_) => there.coins,
	};
	when(who == there.provider || asking.is_some_and(|asking| rate >= asking))?;
	when(!judges(&order.terms, there.provider))?;
	m.price(
		order.asset,
		order.units,
		rate,
		order.seconds,
		order.model,
		&order.terms,
	)?;
	// What gives way: the machine's own bid, if dearer or of one whose machine it was, or the dearest.
	let own = order.bids.iter().position(|bid| bid.machine == machine);
	let gone = match own {
		Some(own) => {
			let bid = order.bids.remove(own);
			when(rate < bid.rate || bid.provider != there.provider)?;
			Some(bid)
		},
		None if order.bids.len() == BIDS => {
			let bid = order.bids.pop()?;
			when(rate < bid.rate)?;
			Some(bid)
		},
		None => None,
	};
	let deposit = match gone {
		Some(bid) if own.is_some() && bid.provider == there.provider => bid.deposit,
		gone => {
			if let Some(bid) = gone {
				m.pay(bid.provider, BID, bid.provider, bid.deposit);
			}
			let deposit = m.rules.bid_deposit;
			m.hold(there.provider, BID, deposit)?;
			deposit
		},
	};
	let provider = there.provider;
	order.bids.push(Bid {
		provider,
		machine,
		rate,
		deposit,
	});
	// Stable: among equals the first placed stays first.
	order.bids.sort_by_key(|bid| bid.rate);
	m.orders.insert(id, order);
	Some(())
}

/// A third party's match.
fn fits(m: &mut Model, who: Who, id: u64, offer: u64) -> Done {
	let order = m.orders.get(&id)?.clone();
	when(order.is_open(m.block) && !order.is_fresh(m.block) && order.auto)?;
	let offer = m.offers.get(&offer)?.clone();
	when(offer.asset == order.asset && offer.rate <= order.max_rate)?;
	when(order.bids.first().is_none_or(|bid| offer.rate <= bid.rate))?;
	offers(&offer, order.units, order.seconds, m.now())?;
	let (has, wants) = (&offer.terms, &order.terms);
	when(match (has.spot_notice_ms, wants.spot_notice_ms) {
		(Some(has), Some(wants)) => has >= wants,
		(has, _) => has.is_none(),
	})?;
	when(match (has.sla, wants.sla) {
		(Some(has), Some(wants)) => has.target >= wants.target && has.credit >= wants.credit,
		(_, wants) => wants.is_none(),
	})?;
	when(has.max_duration_ms >= wants.max_duration_ms && has.arbiter == wants.arbiter)?;
	when(has.early_close_ms == wants.early_close_ms)?;
	let what = (offer.provider, offer.machine, offer.rate);
	m.fill(
		id,
		&order,
		what,
		&offer.terms,
		Some((who, order.rules.matcher_reward)),
	)
}

fn reserving(m: &mut Model, who: Who, call: &Call<Test>, right: bool) -> Done {
	match call {
		Call::reserve {
			offer,
			units,
			duration_seconds,
			from,
			max_rate,
			..
		} => {
			let found = as_read(m, offer, right, *max_rate)?;
			let deposit = found.reservable?;
			let lead = from.saturating_sub(m.now());
			when(m.rules.min_lead_ms <= lead && lead <= m.rules.max_lead_ms)?;
			offers(&found, *units, *duration_seconds, *from)?;
			m.takes_work(found.machine, found.provider)?;
			when(!judges(&found.terms, who))?;
			m.price(
				None,
				*units,
				found.rate,
				*duration_seconds,
				false,
				&found.terms,
			)?;
			let reservation = Reservation {
				consumer: who,
				provider: found.provider,
				machine: found.machine,
				units: *units,
				rate: found.rate,
				seconds: *duration_seconds,
				terms: found.terms,
				deposit,
				from: *from,
				rules: m.rules.clone(),
				stage: Stage::Reserved,
			};
			m.book(found.machine, *units, *from, reservation.booked_until())?;
			m.hold(who, RESERVATION, deposit)?;
			m.hold(found.provider, RESERVATION, deposit)?;
			m.reservations.insert(m.next[2], reservation);
			m.next[2] += 1;
			Some(())
		},
		Call::arrive {
			reservation: id,
			version,
			funds,
			..
		} => {
			let r = m.reservations.get(&id.0)?.clone();
			when(who == r.consumer && r.stage == Stage::Reserved)?;
			when(r.opens() <= m.now() && m.now() <= r.closes())?;
			let model = version.is_some();
			let price = m.price(None, r.units, r.rate, r.seconds, model, &r.terms);
			let plain = m.price(None, r.units, r.rate, r.seconds, false, &r.terms);
			// Nobody can have what leases take from nobody.
			if price.or(plain).is_none() {
				m.end(id.0, End::Nobody);
				return Some(());
			}
			let (least, whole) = price?;
			when(*funds >= least)?;
			let funds = (*funds).min(whole);
			m.hold(who, ARRIVAL, funds + crate::mock::OPENING)?;
			if m.apart(|m| m.open_reserved(id.0, model, funds, whole)) {
				return Some(());
			}
			let at = m.now();
			let until = r.closes().max(at + r.rules.honour_ms);
			let stage = Stage::Arrived {
				at,
				until,
				model,
				funds,
				whole,
			};
			m.reservations.get_mut(&id.0)?.stage = stage;
			if m.could_serve(&r) {
				m.end(id.0, End::Nobody);
			}
			Some(())
		},
		Call::honour { reservation: id } => {
			let r = m.reservations.get(&id.0)?.clone();
			let Stage::Arrived {
				until,
				model,
				funds,
				whole,
				..
			} = r.stage
			else {
				return None;
			};
			when(who == r.consumer || m.signs_for(r.machine, r.provider, who))?;
			when(m.now() <= until)?;
			if m.apart(|m| m.open_reserved(id.0, model, funds, whole)) {
				return Some(());
			}
			when(m.could_serve(&r))?;
			m.end(id.0, End::Nobody);
			Some(())
		},
		Call::cancel_reservation { reservation: id } => {
			let r = m.reservations.get(&id.0)?.clone();
			when(who == r.consumer || who == r.provider)?;
			when(r.stage == Stage::Reserved && m.now() <= r.from - r.rules.cancel_notice_ms)?;
			let how = match who == r.consumer {
				true => End::Consumer(false),
				false => End::Provider(false),
			};
			m.end(id.0, how);
			Some(())
		},
		other => panic!("the model does not know {other:?}"),
	}
}
