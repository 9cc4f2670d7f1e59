//! What happens to a lease that runs: drawn by dice.

use super::{
	model::*,
	play::{call, payer, runs, server, signer, tenant, tenant_of, Dice, Step, CONSUMERS},
	world::*,
};
use crate::{
	mock::*,
	types::{AutoTopUp, Change},
	Call, Pallet,
};
use sp_core::Pair;
use sp_runtime::Perbill;
use terminal_primitives::{LeaseId, MachineId};
use terminal_test_support::{account, UNIT};

pub fn running(d: &mut Dice, m: &Model) -> Option<Step> {
	let active = |l: &Lease| matches!(l.stage, Stage::Active { .. });
	let paused = |l: &Lease| matches!(l.stage, Stage::Paused { .. });
	match d.below(18) {
		0..=1 => {
			let id = d.lease(m, runs)?;
			let max_rate = m
				.leases
				.get(&id)
				.and_then(Lease::metered)
				.map_or(0, |w| w.rate);
			call(
				d.by(payer(m, id)),
				Call::extend {
					lease: LeaseId(id),
					seconds: d.range(0, 600) as u32,
					max_rate: d.part(max_rate, 98, 120),
					funds: u128::from(d.below(1_000)) * UNIT / 1_000,
				},
			)
		},
		2..=4 => {
			// Mostly one whose funds are gone or whose machine has a window.
			let id = d.lease(m, |l| {
				let has_window = m.machines[l.machine]
					.window
					.is_some_and(|(from, until)| (from..until).contains(&m.now));
				active(l) && (has_window || m.used_up(l))
			})?;
			call(signer(d, m, id), Call::pause { lease: LeaseId(id) })
		},
		5..=7 => {
			let id = d.lease(m, paused)?;
			call(signer(d, m, id), Call::resume { lease: LeaseId(id) })
		},
		8..=9 => {
			let id = d.lease(m, runs)?;
			let cap = u128::from(d.below(1_000)) * UNIT / 500;
			let step = d.part(cap, 0, 110);
			let auto = (!d.one_in(8)).then_some(AutoTopUp { step, cap });
			call(
				d.by(payer(m, id)),
				Call::set_auto_top_up {
					lease: LeaseId(id),
					auto,
				},
			)
		},
		10 => {
			let id = d.lease(m, |l| {
				runs(l)
					&& l.metered()
						.is_some_and(|work| work.terms.spot_notice_ms.is_some())
			})?;
			call(signer(d, m, id), Call::reclaim { lease: LeaseId(id) })
		},
		11..=13 => {
			let id = d.lease(m, active)?;
			let consumer = payer(m, id);
			let likely = d.of(&[consumer, server(true, m, id)])?;
			let change = change(d, m, id);
			call(
				d.by(likely),
				Call::propose_change {
					lease: LeaseId(id),
					change,
				},
			)
		},
		14..=16 => {
			let proposal = |l: &Lease| {
				l.metered()
					.and_then(|work| work.proposal)
					.map(|proposal| proposal.0)
			};
			let id = d.lease(m, |l| proposal(l).is_some())?;
			let by_consumer = m.leases.get(&id).and_then(proposal).unwrap_or(true);
			let other = if by_consumer {
				server(true, m, id)
			} else {
				payer(m, id)
			};
			let proposal_hash = match d.one_in(12) {
				true => [0; 32],
				false => Pallet::<Test>::proposal_hash(LeaseId(id)).unwrap_or_default(),
			};
			call(
				d.by(other),
				Call::accept_change {
					lease: LeaseId(id),
					proposal_hash,
				},
			)
		},
		_ => {
			let proposal = |l: &Lease| {
				l.metered()
					.and_then(|work| work.proposal)
					.map(|proposal| proposal.0)
			};
			let id = d.lease(m, |l| proposal(l).is_some())?;
			let by_consumer = m.leases.get(&id).and_then(proposal).unwrap_or(true);
			let own = if by_consumer {
				payer(m, id)
			} else {
				server(true, m, id)
			};
			call(d.by(own), Call::withdraw_change { lease: LeaseId(id) })
		},
	}
}

fn change(d: &mut Dice, m: &Model, id: u64) -> Change {
	let work = m.leases.get(&id).and_then(Lease::metered);
	let rate = work.map_or(RATE, |work| work.rate);
	let shown = work
		.and_then(|work| work.stretches.last())
		.map_or(0, |last| last.acknowledged);
	Change {
		rate: d.part(rate, 60, 150),
		units: d.below(4) as u32 + u32::from(!d.one_in(10)),
		// Sometimes less than was shown.
		acknowledged_ms: (shown + d.below(300_000)).saturating_sub(20_000),
	}
}

pub fn moving(d: &mut Dice, m: &Model) -> Option<Step> {
	match d.below(8) {
		0 => {
			let id = d.lease(m, runs)?;
			let to = d.of(&CONSUMERS)?;
			let to = (!d.one_in(8)).then(|| account(d.by(to)));
			call(
				d.by(payer(m, id)),
				Call::offer_transfer {
					lease: LeaseId(id),
					to,
				},
			)
		},
		1..=2 => {
			let offered = |l: &Lease| l.metered().and_then(|work| work.offered_to);
			let id = d.lease(m, |l| offered(l).is_some())?;
			let who = m.leases.get(&id).and_then(offered).unwrap_or(5);
			let has_key = m
				.leases
				.get(&id)
				.and_then(Lease::metered)
				.and_then(|work| work.tenant);
			let same = has_key.is_some() != d.one_in(12);
			let number = d.below(2);
			let tenant = same.then(|| tenant_of(number).public());
			call(
				d.by(who),
				Call::take_transfer {
					lease: LeaseId(id),
					tenant,
				},
			)
		},
		3..=4 => {
			let id = d.lease(m, runs)?;
			let at = d.below(4) as usize;
			let asset = m.leases.get(&id).and_then(|lease| lease.asset);
			let asking = m.asking(at, asset).unwrap_or(RATE);
			call(
				d.by(payer(m, id)),
				Call::migrate {
					lease: LeaseId(id),
					machine: MachineId(at as u64),
					max_rate: d.part(asking, 98, 150),
					terms_hash: [7; 32],
					tenant: tenant(d),
				},
			)
		},
		5 => {
			let id = d.lease(m, |l| {
				let arbiter = l.metered().is_some_and(|work| work.terms.arbiter.is_some());
				arbiter && (runs(l) || matches!(l.stage, Stage::Closing { .. }))
			})?;
			let consumer = payer(m, id);
			let likely = d.of(&[consumer, server(true, m, id)])?;
			call(
				d.by(likely),
				Call::dispute {
					lease: LeaseId(id),
					claim: [1; 32],
				},
			)
		},
		_ => {
			let id = d.lease(m, |l| matches!(l.stage, Stage::Disputed { .. }))?;
			let work = m.leases.get(&id).and_then(Lease::metered);
			let arbiter = work.and_then(|work| work.terms.arbiter.as_ref());
			let arbiter = arbiter.map_or(4, |arbiter| number(&arbiter.account));
			let provider_share = Perbill::from_rational(d.below(1_001), 1_000);
			call(
				d.by(arbiter),
				Call::arbitrate {
					lease: LeaseId(id),
					provider_share,
				},
			)
		},
	}
}
