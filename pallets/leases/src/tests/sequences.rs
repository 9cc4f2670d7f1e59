//! Calls in any order, by anyone, with proofs, receipts and time in between: after each of them no
//! token has appeared or vanished, all invariants hold, and nobody was paid what was not agreed.

use super::*;
use crate::{
	invariants,
	lifecycle::Stage,
	types::{JobOrder, MeteredOrder, State, Work},
};
use frame_support::{
	dispatch::DispatchResult,
	storage::with_storage_layer,
	traits::{fungible::InspectHold, Currency},
};
use proptest::prelude::*;
use terminal_primitives::{
	ledger::BurnSource,
	market::{Jobs, Verdict},
	uptime::UptimeRecorder,
};
use terminal_test_support::{
	account, mocks::REFUSED, AttestorAccount, MockBonds, MockBurn, MockMachines, MockUptime,
	RoyaltyAccount, TreasuryAccount, UNIT,
};

/// Who acts: mostly whose turn it is, sometimes anyone.
type Who = Option<u8>;

/// One thing that may happen. Leases are chosen by [`pick`].
#[derive(Clone, Debug)]
enum Action {
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
	Prove(u64),
	Miss,
	Wait(u32),
	Idle(u32),
}

fn actions() -> impl Strategy<Value = Action> {
	use Action::*;
	let who = prop_oneof![8 => Just(None), 1 => (0u8..5).prop_map(Some)];
	let id = any::<u64>();
	let party = (who.clone(), id);
	prop_oneof![
		2 => (1u32..4, 60u32..4_000, 0u128..12, any::<bool>(), any::<bool>()).prop_map(
			|(units, seconds, funds, receipts, version)| OpenMetered {
				units, seconds, funds: funds * UNIT / 8, receipts, version
			}
		),
		2 => (1u128..50, any::<bool>())
			.prop_map(|(price, version)| OpenJob { price: price * UNIT + 7, version }),
		6 => party.clone().prop_map(|(who, id)| Accept(who, id)),
		6 => (party.clone(), 0u64..10_000).prop_map(|((who, id), ms)| Start(who, id, ms)),
		1 => party.clone().prop_map(|(who, id)| Cancel(who, id)),
		2 => (party.clone(), 0u128..5 * UNIT)
			.prop_map(|((who, id), amount)| TopUp(who, id, amount)),
		6 => (party.clone(), prop::option::of(0u64..2_000_000))
			.prop_map(|((who, id), ms)| Settle(who, id, ms)),
		2 => party.clone().prop_map(|(who, id)| Close(who, id)),
		4 => party.clone().prop_map(|(who, id)| Finish(who, id)),
		6 => party.clone().prop_map(|(who, id)| Commit(who, id)),
		3 => (party.clone(), 0u32..11).prop_map(|((who, id), index)| Demand(who, id, index)),
		3 => (party, 0u32..10).prop_map(|((who, id), index)| Answer(who, id, index)),
		6 => (id, 0u8..8).prop_map(|(id, verdict)| Conclude(id, verdict)),
		1 => who.prop_map(Claim),
		6 => (0u64..400_000).prop_map(Prove),
		1 => Just(Miss),
		6 => prop_oneof![6 => 1u32..10, 2 => 10u32..40, 1 => 40u32..250].prop_map(Wait),
		1 => (1u32..6).prop_map(Idle),
	]
}

fn who(number: Who, turn: AccountId) -> AccountId {
	match number {
		None => turn,
		Some(number) => account(u64::from(number) % 5 + 1),
	}
}

/// A lease in one of these stages; sometimes, or where there is none, any number.
fn pick(number: u64, stages: &[Stage]) -> LeaseId {
	let ready: Vec<LeaseId> = (0..crate::NextLeaseId::<Test>::get().0)
		.map(LeaseId)
		.filter(|id| {
			crate::Leases::<Test>::get(id)
				.is_some_and(|lease| stages.contains(&lease.state.stage()))
		})
		.collect();
	match number.checked_rem(ready.len() as u64) {
		Some(chosen) if !number.is_multiple_of(9) => ready[chosen as usize],
		_ => LeaseId(number % 5),
	}
}

fn act(action: Action) -> DispatchResult {
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
		Action::Accept(by, id) => Leases::accept(signed(who(by, agent())), pick(id, &[Offered])),
		Action::Start(by, id, ms) => {
			let id = pick(id, &[Accepted]);
			let off = crate::Leases::<Test>::get(id).is_some_and(
				|lease| matches!(lease.work, Work::Metered(work) if work.tenant.is_none()),
			);
			let handshake = (!off).then(|| receipt_for(id, 0, ms));
			Leases::start(signed(who(by, agent())), id, handshake)
		},
		Action::Cancel(by, id) => {
			let id = pick(id, &[Offered, Accepted, Running]);
			Leases::cancel(signed(who(by, consumer())), id)
		},
		Action::TopUp(by, id, amount) => {
			let id = pick(id, &[Offered, Accepted, Active]);
			Leases::top_up(signed(who(by, stranger())), id, amount)
		},
		Action::Settle(by, id, ms) => {
			let id = pick(id, &[Active, Closing]);
			let shown = ms.map(|ms| receipt_for(id, 0, ms));
			Leases::settle(signed(who(by, agent())), id, shown)
		},
		Action::Close(by, id) => Leases::close(signed(who(by, consumer())), pick(id, &[Active])),
		Action::Finish(by, id) => {
			let id = pick(id, &[Closing, Running, Delivering, Closed]);
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
		Action::Claim(by) => Leases::claim(signed(stranger()), who(by, provider())),
		Action::Prove(gap_cap) => {
			MockUptime::record_pass(MACHINE, now_ms(), gap_cap);
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
	}
}

/// Everything that exists, wherever it lies.
fn all_money() -> u128 {
	let sinks = [
		TreasuryAccount::get(),
		RoyaltyAccount::get(),
		AttestorAccount::get(),
	];
	(1..=5u64)
		.map(account)
		.chain(sinks)
		.chain([Leases::pot_account()])
		.map(|who| Balances::total_balance(&who))
		.sum()
}

fn burned() -> u128 {
	BurnSource::ALL
		.into_iter()
		.map(MockBurn::<Balances>::burned)
		.sum()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(96))]

	#[test]
	fn conserve_balances_and_keep_every_invariant(
		history in prop::collection::vec(actions(), 1..160)
	) {
		build(params()).execute_with(|| {
			let before = all_money();
			for action in history {
				let shown = format!("{action:?}");
				let root = sp_io::storage::root(sp_runtime::StateVersion::V1);
				let done = with_storage_layer(|| act(action));
				if done.is_err() {
					let after = sp_io::storage::root(sp_runtime::StateVersion::V1);
					prop_assert_eq!(root, after, "{} failed and left traces", shown);
				}
				prop_assert_ne!(done, Err(crate::Error::<Test>::EscrowShort.into()));
				prop_assert_ne!(done, Err(crate::Error::<Test>::IllegalStep.into()));
				prop_assert!(done != Err(REFUSED) || shown.starts_with("Accept"));
				prop_assert_eq!(all_money() + burned(), before, "after {}", shown);
				let state = invariants::check::<Test>();
				prop_assert!(state.is_ok(), "after {}: {:?}", shown, state);
			}
			Ok(())
		})?;
	}

	#[test]
	fn leave_nothing_locked_once_time_has_passed(
		history in prop::collection::vec(actions(), 1..160)
	) {
		build(params()).execute_with(|| {
			for action in history {
				let _ = with_storage_layer(|| act(action));
			}
			// Nobody does anything any more, but attestation has its say and anyone may finish.
			let last = crate::NextLeaseId::<Test>::get().0;
			for id in (0..last).map(LeaseId) {
				let _ = <Leases as Jobs<AccountId>>::conclude(id, Verdict::Unanswered, None);
			}
			jump(14_400);
			for id in (0..last).map(LeaseId) {
				let _ = Leases::cancel(signed(stranger()), id);
				let _ = Leases::close(signed(stranger()), id);
			}
			jump(14_400);
			for id in (0..last).map(LeaseId) {
				let _ = Leases::finish(signed(stranger()), id);
			}
			prop_assert_eq!(Balances::total_balance_on_hold(&consumer()), 0);
			prop_assert_eq!(MockMachines::free_units(MACHINE), 4);
			prop_assert_eq!(MockBonds::at_risk(&provider()), 0);
			Ok(())
		})?;
	}
}
