//! What may happen to leases, in any order, by anyone.

use super::super::*;
use crate::{
	lifecycle::Stage,
	types::{AutoTopUp, Change, JobOrder, Lease, MeteredOrder, Receipt, State, Work},
};
use frame_support::{dispatch::DispatchResult, BoundedVec};
use proptest::prelude::*;
use sp_runtime::Perbill;
use terminal_primitives::{
	market::{Arbiter, Jobs, LeaseTerms, Sla, Verdict},
	uptime::UptimeRecorder,
};
use terminal_test_support::{account, MockMachines, MockUptime, UNIT};

/// A machine of another provider, for migrations.
pub(super) const OTHER_MACHINE: MachineId = MachineId(1);
/// Units of each of the two machines.
pub(super) const UNITS: u32 = 12;

/// Who acts: mostly whose turn it is, sometimes anyone.
type Who = Option<u8>;

/// One thing that may happen. Leases are chosen by [`pick`].
#[derive(Clone, Debug)]
pub(super) enum Action {
	OpenMetered {
		units: u32,
		seconds: u32,
		funds: u128,
		receipts: bool,
		version: bool,
	},
	OpenJob {
		price: u128,
		version: bool,
	},
	Accept(Who, u64),
	Start(Who, u64, u64),
	Cancel(Who, u64),
	TopUp(Who, u64, u128),
	Settle(Who, u64, Option<u64>),
	Close(Who, u64),
	Finish(Who, u64),
	Commit(Who, u64),
	Demand(Who, u64, u32),
	Answer(Who, u64, u32),
	Conclude(u64, u8),
	Claim(Who),
	/// Bits: receipts, version, shown, spot, service level, arbiter.
	Agree(u8, u32, u64, u128, u64),
	Extend(Who, u64, u32, u128),
	Pause(Who, u64),
	Resume(Who, u64),
	AutoTopUp(Who, u64, u128, u128),
	Reclaim(Who, u64),
	Propose(Who, u64, u128, u32, u64),
	AcceptChange(Who, u64),
	WithdrawChange(Who, u64),
	OfferTransfer(Who, u64, Who),
	TakeTransfer(Who, u64),
	Migrate(Who, u64, bool),
	Dispute(Who, u64),
	Arbitrate(Who, u64, u32),
	SettleMany(Vec<(u64, u64)>),
	WithdrawMany(u64, u32),
	/// A maintenance window from now on, or none.
	Announce(Option<u64>),
	Prove(u64),
	Miss,
	Wait(u32),
	Idle(u32),
}

pub(super) fn actions() -> impl Strategy<Value = Action> {
	use Action::*;
	let who = prop_oneof![8 => Just(None), 1 => (0u8..10).prop_map(Some)];
	let id = any::<u64>();
	let party = (who.clone(), id);
	let opening = prop_oneof![
		2 => (1u32..4, 60u32..4_000, 0u128..12, any::<bool>(), any::<bool>()).prop_map(
			|(units, seconds, funds, receipts, version)| OpenMetered {
				units, seconds, funds: funds * UNIT / 8, receipts, version
			}
		),
		2 => (1u128..50, any::<bool>())
			.prop_map(|(price, version)| OpenJob { price: price * UNIT + 7, version }),
		4 => (any::<u8>(), 1u32..4, 60_000u64..4_000_000, 0u128..12, 0u64..900_000).prop_map(
			|(bits, units, ms, funds, early)| Agree(bits, units, ms, funds * UNIT / 4, early)
		),
	];
	let first = prop_oneof![
		6 => party.clone().prop_map(|(who, id)| Accept(who, id)),
		5 => (party.clone(), 0u64..10_000).prop_map(|((who, id), ms)| Start(who, id, ms)),
		1 => party.clone().prop_map(|(who, id)| Cancel(who, id)),
		2 => (party.clone(), 0u128..5 * UNIT)
			.prop_map(|((who, id), amount)| TopUp(who, id, amount)),
		6 => (party.clone(), prop::option::of(0u64..2_000_000))
			.prop_map(|((who, id), ms)| Settle(who, id, ms)),
		2 => party.clone().prop_map(|(who, id)| Close(who, id)),
		4 => party.clone().prop_map(|(who, id)| Finish(who, id)),
		1 => who.clone().prop_map(Claim),
	];
	let jobs = prop_oneof![
		5 => party.clone().prop_map(|(who, id)| Commit(who, id)),
		3 => (party.clone(), 0u32..11).prop_map(|((who, id), index)| Demand(who, id, index)),
		3 => (party.clone(), 0u32..10).prop_map(|((who, id), index)| Answer(who, id, index)),
		6 => (id, 0u8..8).prop_map(|(id, verdict)| Conclude(id, verdict)),
	];
	let running = prop_oneof![
		2 => (party.clone(), 1u32..2_000, 0u128..2 * UNIT)
			.prop_map(|((who, id), seconds, funds)| Extend(who, id, seconds, funds)),
		3 => party.clone().prop_map(|(who, id)| Pause(who, id)),
		2 => party.clone().prop_map(|(who, id)| Resume(who, id)),
		2 => (party.clone(), 0u128..UNIT, 0u128..3 * UNIT)
			.prop_map(|((who, id), step, cap)| AutoTopUp(who, id, step, cap)),
		2 => party.clone().prop_map(|(who, id)| Reclaim(who, id)),
		3 => (party.clone(), 1u128..4, 0u32..5, 0u64..1_000_000).prop_map(
			|((who, id), rate, units, ms)| Propose(who, id, rate * RATE / 2, units, ms)
		),
		2 => party.clone().prop_map(|(who, id)| AcceptChange(who, id)),
		1 => party.clone().prop_map(|(who, id)| WithdrawChange(who, id)),
		3 => (party.clone(), who.clone()).prop_map(|((who, id), to)| OfferTransfer(who, id, to)),
		2 => party.clone().prop_map(|(who, id)| TakeTransfer(who, id)),
		1 => (party.clone(), any::<bool>()).prop_map(|((who, id), far)| Migrate(who, id, far)),
		1 => party.clone().prop_map(|(who, id)| Dispute(who, id)),
		1 => (party, 0u32..=100).prop_map(|((who, id), share)| Arbitrate(who, id, share)),
		1 => prop::collection::vec((id, 0u64..2_000_000), 0..5).prop_map(SettleMany),
		1 => (id, 0u32..5).prop_map(|(after, limit)| WithdrawMany(after, limit)),
		3 => prop::option::weighted(0.8, 1u64..1_000_000).prop_map(Announce),
	];
	let time = prop_oneof![
		6 => (0u64..400_000).prop_map(Prove),
		1 => Just(Miss),
		6 => prop_oneof![6 => 1u32..10, 2 => 10u32..40, 1 => 40u32..250].prop_map(Wait),
		1 => (1u32..6).prop_map(Idle),
	];
	prop_oneof![
		14 => opening, 30 => first, 14 => jobs, 30 => running, 12 => time
	]
}

fn who(number: Who, turn: AccountId) -> AccountId {
	match number {
		None => turn,
		Some(number) => account(u64::from(number) % ACCOUNTS + 1),
	}
}

/// A lease in one of these stages; sometimes, or where there is none, any number.
fn pick(number: u64, stages: &[Stage]) -> LeaseId {
	pick_where(number, |lease| stages.contains(&lease.state.stage()))
}

/// As [`pick`], of which this is true.
fn pick_where(number: u64, is_meant: impl Fn(&Lease<AccountId>) -> bool) -> LeaseId {
	let ready: Vec<LeaseId> = (0..crate::NextLeaseId::<Test>::get().0)
		.map(LeaseId)
		.filter(|id| crate::Leases::<Test>::get(id).is_some_and(|lease| is_meant(&lease)))
		.collect();
	match number.checked_rem(ready.len() as u64) {
		Some(chosen) if !number.is_multiple_of(9) => ready[chosen as usize],
		_ => LeaseId(number % 5),
	}
}

/// Whether one side has signed a change.
fn is_proposed(lease: &Lease<AccountId>) -> bool {
	matches!(&lease.work, Work::Metered(work) if work.proposal.is_some())
}

/// Whether it is offered to somebody.
fn is_offered(lease: &Lease<AccountId>) -> bool {
	matches!(&lease.work, Work::Metered(work) if work.offered_to.is_some())
}

/// The consumer of a lease; transfers move it.
fn payer(id: LeaseId) -> AccountId {
	crate::Leases::<Test>::get(id).map_or_else(consumer, |lease| lease.consumer)
}

/// Who signs for the machine of a lease.
fn server(id: LeaseId) -> AccountId {
	crate::Leases::<Test>::get(id).map_or_else(agent, |lease| Leases::agent_of(&lease))
}

/// What is agreed in a metered lease.
fn metered_work(id: LeaseId) -> Option<crate::types::MeteredWork<AccountId>> {
	match crate::Leases::<Test>::get(id) {
		Some(Lease {
			work: Work::Metered(work),
			..
		}) => Some(work),
		_ => None,
	}
}

/// A receipt over one of the segments of a lease, mostly the last.
fn some_receipt(id: LeaseId, milliseconds: u64) -> Receipt {
	let last = metered_work(id).and_then(|work| work.meter.last());
	let segment = last.unwrap_or_default();
	let older = u32::from(milliseconds.is_multiple_of(5));
	receipt_for(id, segment.saturating_sub(older), milliseconds)
}

fn agree_on(bits: u8, units: u32, duration_ms: u64, funds: u128, early: u64) -> DispatchResult {
	let bit = |number: u8| bits & (1 << number) != 0;
	let usual = agreement();
	agree(terminal_primitives::market::AgreedLease {
		units,
		duration_ms,
		funds,
		tenant: usual.tenant.filter(|_| bit(0)),
		version: usual.version.filter(|_| bit(1)),
		shown: bit(2),
		terms: LeaseTerms {
			spot_notice_ms: bit(3).then_some(120_000),
			max_duration_ms: 7_200_000,
			early_close_ms: early,
			sla: bit(4).then_some(Sla {
				target: Perbill::from_percent(90),
				credit: Perbill::from_percent(30),
			}),
			arbiter: bit(5).then_some(Arbiter {
				account: author(),
				fee: UNIT / 20,
			}),
		},
		..usual
	})
	.map(|_| ())
}

/// The calls that interrupt, change, move and judge a running lease.
fn act_on_running(action: Action) -> DispatchResult {
	use Stage::*;
	match action {
		Action::Extend(by, id, seconds, funds) => {
			let id = pick(id, &[Active, Paused]);
			Leases::extend(signed(who(by, payer(id))), id, seconds, 2 * RATE, funds)
		},
		Action::Pause(by, id) => {
			let id = pick(id, &[Active]);
			Leases::pause(signed(who(by, server(id))), id)
		},
		Action::Resume(by, id) => {
			let id = pick(id, &[Paused]);
			Leases::resume(signed(who(by, server(id))), id)
		},
		Action::AutoTopUp(by, id, step, cap) => {
			let id = pick(id, &[Active, Paused]);
			let auto = (step != 7).then_some(AutoTopUp { step, cap });
			Leases::set_auto_top_up(signed(who(by, payer(id))), id, auto)
		},
		Action::Reclaim(by, id) => {
			let id = pick(id, &[Active, Paused]);
			Leases::reclaim(signed(who(by, server(id))), id)
		},
		Action::Propose(by, id, rate, units, ms) => {
			let id = pick(id, &[Active]);
			let turn = if ms.is_multiple_of(2) {
				payer(id)
			} else {
				server(id)
			};
			let shown = metered_work(id)
				.and_then(|work| work.meter.segments.last().map(|last| last.acknowledged_ms));
			let change = Change {
				rate,
				units,
				// Sometimes less than was shown.
				acknowledged_ms: (shown.unwrap_or_default() + ms).saturating_sub(100_000),
			};
			Leases::propose_change(signed(who(by, turn)), id, change)
		},
		Action::AcceptChange(by, id) => {
			let id = pick_where(id, is_proposed);
			let hash = Leases::proposal_hash(id).unwrap_or_default();
			let proposal = metered_work(id).and_then(|work| work.proposal);
			let by_consumer = proposal.is_some_and(|p| p.by == crate::Side::Consumer);
			let turn = if by_consumer { server(id) } else { payer(id) };
			Leases::accept_change(signed(who(by, turn)), id, hash)
		},
		Action::WithdrawChange(by, id) => {
			let id = pick_where(id, is_proposed);
			Leases::withdraw_change(signed(who(by, payer(id))), id)
		},
		Action::OfferTransfer(by, id, to) => {
			let id = pick(id, &[Active, Paused]);
			let to = who(to, account(u64::from(to.is_none()) + 6));
			Leases::offer_transfer(signed(who(by, payer(id))), id, Some(to))
		},
		Action::TakeTransfer(by, id) => {
			let id = pick_where(id, is_offered);
			let work = metered_work(id);
			let to = work.as_ref().and_then(|work| work.offered_to.clone());
			let tenant = work.and_then(|work| work.tenant);
			let turn = to.unwrap_or_else(stranger);
			Leases::take_transfer(signed(who(by, turn)), id, tenant)
		},
		Action::Migrate(by, id, far) => {
			let id = pick(id, &[Active, Paused]);
			let to = if far { OTHER_MACHINE } else { MACHINE };
			let tenant = metered().tenant;
			let by = signed(who(by, payer(id)));
			Leases::migrate(by, id, to, RATE, [7; 32], tenant)
		},
		Action::Dispute(by, id) => {
			let id = pick(id, &[Active, Paused, Closing]);
			Leases::dispute(signed(who(by, payer(id))), id, [1; 32])
		},
		Action::Arbitrate(by, id, share) => {
			let id = pick(id, &[Disputed]);
			let share = Perbill::from_percent(share);
			Leases::arbitrate(signed(who(by, author())), id, share)
		},
		Action::SettleMany(batch) => {
			let batch: Vec<_> = batch
				.into_iter()
				.map(|(id, ms)| {
					let id = pick(id, &[Active, Paused, Closing, Disputed]);
					(id, (ms > 9).then(|| some_receipt(id, ms)))
				})
				.collect();
			Leases::settle_many(
				signed(stranger()),
				BoundedVec::try_from(batch).expect("short"),
			)
		},
		Action::WithdrawMany(after, limit) => {
			let after = (!after.is_multiple_of(3)).then_some(LeaseId(after % 7));
			Leases::withdraw_many(signed(stranger()), provider(), after, limit)
		},
		Action::Announce(length) => {
			let window = length.map(|length| (now_ms(), now_ms() + length));
			MockMachines::set_window(MACHINE, window);
			Ok(())
		},
		other => panic!("not about a running lease: {other:?}"),
	}
}

pub(super) fn act(action: Action) -> DispatchResult {
	use Stage::*;
	match action {
		Action::OpenMetered {
			units,
			seconds,
			funds,
			receipts,
			version,
		} => open_metered(MeteredOrder {
			units,
			duration_seconds: seconds,
			funds,
			tenant: metered().tenant.filter(|_| receipts),
			version: version.then_some(VERSION),
			..metered()
		}),
		Action::OpenJob { price, version } => open_job(JobOrder {
			price,
			max_total: u128::MAX,
			version: version.then_some(VERSION),
			..job()
		}),
		Action::Agree(bits, units, ms, funds, early) => agree_on(bits, units, ms, funds, early),
		Action::Accept(by, id) => {
			let id = pick(id, &[Offered]);
			Leases::accept(signed(who(by, server(id))), id)
		},
		Action::Start(by, id, ms) => {
			let id = pick(id, &[Accepted]);
			let off = crate::Leases::<Test>::get(id).is_some_and(
				|lease| matches!(lease.work, Work::Metered(work) if work.tenant.is_none()),
			);
			let handshake = (!off).then(|| receipt_for(id, 0, ms));
			Leases::start(signed(who(by, server(id))), id, handshake)
		},
		Action::Cancel(by, id) => {
			let id = pick(id, &[Offered, Accepted, Running]);
			Leases::cancel(signed(who(by, consumer())), id)
		},
		Action::TopUp(by, id, amount) => {
			let id = pick(id, &[Offered, Accepted, Active, Paused]);
			Leases::top_up(signed(who(by, stranger())), id, amount)
		},
		Action::Settle(by, id, ms) => {
			let id = pick(id, &[Active, Paused, Closing, Disputed]);
			let shown = ms.map(|ms| some_receipt(id, ms));
			Leases::settle(signed(who(by, agent())), id, shown)
		},
		Action::Close(by, id) => {
			let id = pick(id, &[Active, Paused]);
			Leases::close(signed(who(by, payer(id))), id)
		},
		Action::Finish(by, id) => {
			let id = pick(id, &[Closing, Disputed, Running, Delivering, Closed]);
			Leases::finish(signed(who(by, provider())), id)
		},
		Action::Commit(by, id) => {
			let id = pick(id, &[Running]);
			let root = batch::Batch::new(10).result_root(id);
			Leases::commit_result(signed(who(by, agent())), id, root)
		},
		Action::Demand(by, id, index) => {
			Leases::demand_leaf(signed(who(by, consumer())), pick(id, &[Delivering]), index)
		},
		Action::Answer(by, id, index) => {
			let id = pick(id, &[Delivering]);
			// Mostly a leaf that is demanded.
			let demanded = crate::Leases::<Test>::get(id).and_then(|lease| match lease.state {
				State::Delivering { demands, .. } => demands.first().map(|first| first.index),
				_ => None,
			});
			let leaf = batch::Batch::new(10).leaf(id, demanded.unwrap_or(index));
			Leases::answer_demand(signed(who(by, agent())), id, leaf)
		},
		Action::Conclude(id, verdict) => {
			let verdict = match verdict {
				0 => Verdict::Fault,
				1 => Verdict::Unanswered,
				_ => Verdict::Pass,
			};
			let id = pick(id, &[Committed, Delivering]);
			<Leases as Jobs<AccountId>>::conclude(id, verdict, Some(&stranger()))
		},
		Action::Claim(by) => Leases::claim(signed(stranger()), who(by, provider()), paid_in()),
		Action::Prove(gap_cap) => {
			MockUptime::record_pass(MACHINE, now_ms(), gap_cap);
			MockUptime::record_pass(OTHER_MACHINE, now_ms(), gap_cap);
			Ok(())
		},
		Action::Miss => {
			MockUptime::record_miss(MACHINE, now_ms());
			Ok(())
		},
		Action::Wait(count) => {
			jump(count);
			Ok(())
		},
		Action::Idle(count) => {
			blocks(count);
			Ok(())
		},
		other => act_on_running(other),
	}
}

/// A fresh chain with a second machine.
pub(super) fn start() -> sp_io::TestExternalities {
	let mut ext = build(params());
	ext.execute_with(|| {
		MockMachines::add(MACHINE, provider(), agent(), UNITS, RATE);
		MockMachines::add(OTHER_MACHINE, account(8), account(9), UNITS, RATE / 2);
	});
	ext
}
