//! Calls in any order, by anyone, with proofs, receipts and time in between: after each of them no
//! token has appeared or vanished, all invariants hold, and nobody was paid what was not agreed.

use super::*;
use crate::{invariants, types::*};
use proptest::prelude::*;
use terminal_primitives::market::{Jobs, Verdict};
use terminal_test_support::{
	account, mocks::REFUSED, AttestorAccount, MockBonds, MockBurn, MockMachines, MockUptime,
	RoyaltyAccount, TreasuryAccount, UNIT,
};

/// One thing that may happen. Numbers are taken modulo what exists.
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
	Accept(u8, u64),
	Start(u8, u64, u64),
	Cancel(u8, u64),
	TopUp(u8, u64, u128),
	Settle(u8, u64, Option<u64>),
	Close(u8, u64),
	Finish(u8, u64),
	Commit(u8, u64),
	Demand(u8, u64, u32),
	Answer(u8, u64, u32),
	Conclude(u64, u8),
	Claim(u8),
	Prove(u64),
	Miss,
	Wait(u32),
	Idle(u32),
}

fn actions() -> impl Strategy<Value = Action> {
	use Action::*;
	let who = 0u8..5;
	let id = 0u64..4;
	prop_oneof![
		2 => (1u32..4, 60u32..4_000, 0u128..12, any::<bool>(), any::<bool>()).prop_map(
			|(units, seconds, funds, receipts, version)| OpenMetered {
				units, seconds, funds: funds * UNIT, receipts, version
			}
		),
		2 => (1u128..90, any::<bool>())
			.prop_map(|(price, version)| OpenJob { price: price * UNIT + 7, version }),
		4 => (who.clone(), id.clone()).prop_map(|(who, id)| Accept(who, id)),
		4 => (who.clone(), id.clone(), 0u64..10_000).prop_map(|(who, id, ms)| Start(who, id, ms)),
		1 => (who.clone(), id.clone()).prop_map(|(who, id)| Cancel(who, id)),
		1 => (who.clone(), id.clone(), 0u128..5 * UNIT)
			.prop_map(|(who, id, amount)| TopUp(who, id, amount)),
		4 => (who.clone(), id.clone(), prop::option::of(0u64..4_000_000))
			.prop_map(|(who, id, ms)| Settle(who, id, ms)),
		2 => (who.clone(), id.clone()).prop_map(|(who, id)| Close(who, id)),
		3 => (who.clone(), id.clone()).prop_map(|(who, id)| Finish(who, id)),
		3 => (who.clone(), id.clone()).prop_map(|(who, id)| Commit(who, id)),
		2 => (who.clone(), id.clone(), 0u32..11).prop_map(|(who, id, at)| Demand(who, id, at)),
		2 => (who.clone(), id.clone(), 0u32..10).prop_map(|(who, id, at)| Answer(who, id, at)),
		2 => (id.clone(), 0u8..3).prop_map(|(id, verdict)| Conclude(id, verdict)),
		1 => who.prop_map(Claim),
		3 => (0u64..200_000).prop_map(Prove),
		1 => Just(Miss),
		3 => (1u32..60).prop_map(Wait),
		2 => (1u32..15).prop_map(Idle),
	]
}

fn who(number: u8) -> AccountId {
	[consumer(), provider(), agent(), author(), stranger()][usize::from(number) % 5].clone()
}

fn act(action: Action) -> frame_support::dispatch::DispatchResult {
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
		Action::Accept(by, id) => Leases::accept(signed(who(by)), LeaseId(id)),
		Action::Start(by, id, ms) => {
			let id = LeaseId(id);
			let off = crate::Leases::<Test>::get(id).is_some_and(
				|lease| matches!(lease.work, Work::Metered(work) if work.tenant.is_none()),
			);
			let handshake = (!off).then(|| receipt_for(id, 0, ms));
			Leases::start(signed(who(by)), id, handshake)
		},
		Action::Cancel(by, id) => Leases::cancel(signed(who(by)), LeaseId(id)),
		Action::TopUp(by, id, amount) => Leases::top_up(signed(who(by)), LeaseId(id), amount),
		Action::Settle(by, id, ms) => {
			let id = LeaseId(id);
			Leases::settle(signed(who(by)), id, ms.map(|ms| receipt_for(id, 0, ms)))
		},
		Action::Close(by, id) => Leases::close(signed(who(by)), LeaseId(id)),
		Action::Finish(by, id) => Leases::finish(signed(who(by)), LeaseId(id)),
		Action::Commit(by, id) => {
			let root = batch::Batch::new(10).result_root(LeaseId(id));
			Leases::commit_result(signed(who(by)), LeaseId(id), root)
		},
		Action::Demand(by, id, index) => Leases::demand_leaf(signed(who(by)), LeaseId(id), index),
		Action::Answer(by, id, index) => {
			let leaf = batch::Batch::new(10).leaf(LeaseId(id), index);
			Leases::answer_demand(signed(who(by)), LeaseId(id), leaf)
		},
		Action::Conclude(id, verdict) => {
			let verdict =
				[Verdict::Pass, Verdict::Fault, Verdict::Unanswered][usize::from(verdict) % 3];
			<Leases as Jobs<AccountId>>::conclude(LeaseId(id), verdict, Some(&stranger()))
		},
		Action::Claim(by) => Leases::claim(signed(who(by)), who(by)),
		Action::Prove(gap_cap) => {
			use terminal_primitives::uptime::UptimeRecorder;
			MockUptime::record_pass(MACHINE, now_ms(), gap_cap);
			Ok(())
		},
		Action::Miss => {
			use terminal_primitives::uptime::UptimeRecorder;
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
	use terminal_primitives::ledger::BurnSource;
	BurnSource::ALL
		.into_iter()
		.map(MockBurn::<Balances>::burned)
		.sum()
}

use frame_support::traits::Currency;

proptest! {
	#![proptest_config(ProptestConfig::with_cases(96))]

	#[test]
	fn conserve_balances_and_keep_every_invariant(
		history in prop::collection::vec(actions(), 1..120)
	) {
		build(params()).execute_with(|| {
			let before = all_money();
			for action in history {
				let shown = format!("{action:?}");
				let root = sp_io::storage::root(sp_runtime::StateVersion::V1);
				let done = frame_support::storage::with_storage_layer(|| act(action));
				println!("STAT {} {:?}", shown.split(|c: char| !c.is_alphanumeric()).next().unwrap(), done.map_err(|e| format!("{e:?}")).is_ok());
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
			for l in crate::Leases::<Test>::iter_values() { println!("STATE {:?} {:?}", l.state.stage(), l.books.drawn() > 0); if let State::Closed{outcome, ..} = l.state { println!("OUT {outcome:?} {:?}", l.books.drawn()>0) } }
			Ok(())
		})?;
	}

	#[test]
	fn leave_nothing_locked_once_time_has_passed(
		history in prop::collection::vec(actions(), 1..80)
	) {
		build(params()).execute_with(|| {
			for action in history {
				let _ = frame_support::storage::with_storage_layer(|| act(action));
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
			use frame_support::traits::fungible::InspectHold;
			prop_assert_eq!(Balances::total_balance_on_hold(&consumer()), 0);
			prop_assert_eq!(MockMachines::free_units(MACHINE), 4);
			prop_assert_eq!(MockBonds::at_risk(&provider()), 0);
			Ok(())
		})?;
	}
}
