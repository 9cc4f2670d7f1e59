//! Nothing is stuck: from every state that a lease can reach, somebody who need not be a side leads
//! it to its end, and then nothing is held.

use super::*;
use crate::{
	lifecycle::Stage,
	types::{AutoTopUp, Change, MeteredOrder, Pause, State},
};
use frame_support::{assert_ok, traits::fungible::InspectHold};
use terminal_primitives::market::{Arbiter, Jobs, Verdict};
use terminal_test_support::{MockBonds, MockMachines, UNIT};

/// Every way to a state in which a lease may be left alone.
fn walks() -> Vec<(Stage, fn())> {
	fn spot(lease: &mut terminal_primitives::market::AgreedLease<AccountId>) {
		lease.terms.spot_notice_ms = Some(60_000);
		lease.terms.early_close_ms = 600_000;
		lease.terms.arbiter = Some(Arbiter {
			account: author(),
			fee: UNIT,
		});
	}
	fn out_of_funds() {
		active_with(|lease| lease.funds = UNIT);
		serve(100);
		acknowledge(0, 600_000);
		assert_ok!(Leases::pause(signed(stranger()), LEASE));
	}
	fn in_maintenance() {
		active_with(spot);
		MockMachines::set_window(MACHINE, Some((START, START + 3_600_000)));
		serve(100);
		assert_ok!(Leases::pause(signed(agent()), LEASE));
	}
	vec![
		(Stage::Offered, || {
			assert_ok!(open_metered(metered()));
		}),
		(Stage::Offered, || {
			assert_ok!(open_job(job()));
		}),
		(Stage::Offered, || {
			assert_ok!(open_calls(calls()));
		}),
		(Stage::Accepted, accepted_metered),
		(Stage::Accepted, || {
			let mut lease = agreement();
			lease.shown = true;
			assert_ok!(agree(lease));
		}),
		(Stage::Active, active),
		(Stage::Active, || {
			assert_ok!(open_metered(MeteredOrder {
				tenant: None,
				funds: UNIT,
				..metered()
			}));
			assert_ok!(Leases::accept(signed(agent()), LEASE));
			assert_ok!(Leases::start(signed(agent()), LEASE, None));
			serve(100);
		}),
		(Stage::Active, || {
			active_with(spot);
			assert_ok!(Leases::reclaim(signed(agent()), LEASE));
		}),
		(Stage::Active, || {
			active_with(|lease| lease.funds = UNIT);
			let auto = Some(AutoTopUp {
				step: UNIT,
				cap: 2 * UNIT,
			});
			let change = Change {
				rate: 2 * RATE,
				units: 3,
				acknowledged_ms: 0,
			};
			assert_ok!(Leases::set_auto_top_up(signed(consumer()), LEASE, auto));
			assert_ok!(Leases::propose_change(signed(agent()), LEASE, change));
			assert_ok!(Leases::offer_transfer(
				signed(consumer()),
				LEASE,
				Some(stranger())
			));
			serve(100);
		}),
		(Stage::Active, || {
			active();
			let to = Some(author());
			assert_ok!(Leases::offer_transfer(signed(consumer()), LEASE, to));
			let key = metered().tenant;
			assert_ok!(Leases::take_transfer(signed(author()), LEASE, key));
			// Nobody looks at the machine any more: nothing is ever final.
			jump(10);
		}),
		(Stage::Active, || {
			// With oneself.
			active_with(|lease| lease.consumer = provider());
			serve(100);
		}),
		(Stage::Active, || {
			active();
			serve(10);
			MockMachines::change(MACHINE, |machine| {
				machine.status = terminal_primitives::market::MachineStatus::Offline
			});
		}),
		(Stage::Paused, out_of_funds),
		(Stage::Paused, in_maintenance),
		(Stage::Closing, || {
			active_with(spot);
			serve(100);
			assert_ok!(Leases::close(signed(consumer()), LEASE));
		}),
		(Stage::Closing, || {
			active_with(spot);
			serve(100);
			assert_ok!(Leases::close(signed(agent()), LEASE));
		}),
		(Stage::Closing, || {
			// Moved on: the new lease waits for its provider.
			active();
			serve(100);
			assert_ok!(Leases::migrate(
				signed(consumer()),
				LEASE,
				MACHINE,
				RATE,
				[7; 32],
				None
			));
		}),
		(Stage::Disputed, || {
			in_maintenance();
			assert_ok!(Leases::dispute(signed(consumer()), LEASE, [1; 32]));
		}),
		(Stage::Disputed, || {
			active_with(spot);
			serve(100);
			assert_ok!(Leases::dispute(signed(agent()), LEASE, [1; 32]));
		}),
		(Stage::Running, running),
		(Stage::Committed, committed),
		(Stage::Delivering, delivering),
		(Stage::Delivering, || {
			delivering();
			assert_ok!(Leases::demand_leaf(signed(consumer()), LEASE, 1));
		}),
		(Stage::Serving, serving),
		(Stage::Serving, || {
			// For more than there is.
			serving();
			assert_ok!(redeem(2_000));
		}),
		(Stage::Redeeming, || {
			serving();
			assert_ok!(redeem(10));
			assert_ok!(Leases::close(signed(consumer()), LEASE));
		}),
		(Stage::Closed, || {
			assert_ok!(open_metered(metered()));
			assert_ok!(Leases::cancel(signed(consumer()), LEASE));
		}),
	]
}

/// Nobody's calls but a stranger's, and attestation's word on what was committed.
pub(super) fn by_a_stranger() {
	let stage = lease(LEASE).state.stage();
	let who = signed(stranger());
	let done = match stage {
		Stage::Offered | Stage::Accepted => plain(Leases::cancel(who, LEASE)),
		Stage::Active | Stage::Paused | Stage::Serving => plain(Leases::close(who, LEASE)),
		Stage::Closing
		| Stage::Disputed
		| Stage::Running
		| Stage::Delivering
		| Stage::Redeeming => Leases::finish(who, LEASE),
		Stage::Committed => <Leases as Jobs<AccountId>>::conclude(LEASE, Verdict::Unanswered, None),
		Stage::Closed => Ok(()),
	};
	assert_ok!(done);
	// What it was migrated to, if anything.
	if let Some(Stage::Offered) = stage_of(LeaseId(1)) {
		assert_ok!(Leases::cancel(signed(stranger()), LeaseId(1)));
	}
}

fn stage_of(id: LeaseId) -> Option<Stage> {
	crate::Leases::<Test>::get(id).map(|lease| lease.state.stage())
}

fn is_clean() {
	let all = crate::Leases::<Test>::iter_values();
	for lease in all {
		assert!(matches!(lease.state, State::Closed { .. }));
		assert!(lease.books.balanced());
	}
	for number in 1..=ACCOUNTS {
		let held = Balances::total_balance_on_hold(&terminal_test_support::account(number));
		assert_eq!(held, 0, "account {number}");
	}
	assert_eq!(MockMachines::free_units(MACHINE), 4);
	assert_eq!(MockBonds::at_risk(&provider()), 0);
}

#[test]
fn leads_from_every_state_to_the_end_by_a_strangers_calls() {
	let stages: Vec<Stage> = walks().into_iter().map(|(stage, _)| stage).collect();
	let all = [
		Stage::Offered,
		Stage::Accepted,
		Stage::Active,
		Stage::Paused,
		Stage::Closing,
		Stage::Disputed,
		Stage::Running,
		Stage::Committed,
		Stage::Delivering,
		Stage::Serving,
		Stage::Redeeming,
		Stage::Closed,
	];
	assert!(all.into_iter().all(|stage| stages.contains(&stage)));
	for (stage, walk) in walks() {
		run(|| {
			walk();
			assert_eq!(lease(LEASE).state.stage(), stage);
			for _ in 0..3 {
				jump(5_000);
				by_a_stranger();
			}
			is_clean();
		})
	}
}

#[test]
fn leads_from_every_state_to_the_end_by_the_wheel_alone() {
	for (stage, walk) in walks() {
		// A verdict is attestation's.
		if stage == Stage::Committed {
			continue;
		}
		run(|| {
			walk();
			terminal_test_support::MockUptime::set_resolved(MACHINE, u64::MAX);
			let mut waited = 0;
			while crate::Leases::<Test>::iter_values()
				.any(|lease| lease.state.stage() != Stage::Closed)
			{
				blocks(50);
				waited += 50;
				assert!(
					waited < 5_000,
					"{stage:?} is stuck in {:?}",
					lease(LEASE).state
				);
			}
			is_clean();
		})
	}
}

#[test]
fn gives_each_side_a_way_out_that_needs_no_other() {
	for by_provider in [false, true] {
		for (stage, walk) in walks() {
			let own = matches!(stage, Stage::Active | Stage::Paused | Stage::Serving);
			if !own {
				continue;
			}
			run(|| {
				walk();
				let side = match by_provider {
					true => provider(),
					false => lease(LEASE).consumer,
				};
				let why = match lease(LEASE).state {
					State::Paused { why, .. } => Some(why),
					_ => None,
				};
				assert_ok!(Leases::close(signed(side.clone()), LEASE));
				if matches!(why, Some(Pause::Maintenance { .. })) && by_provider {
					assert_eq!(outcome(), crate::Outcome::CancelledByProvider);
				}
				jump(5_000);
				by_a_stranger();
				is_clean();
			})
		}
	}
}

/// What everybody concerned gains who ends a state whose time is up: nobody has to be kind.
#[test]
fn pays_somebody_for_moving_it_on() {
	for (stage, walk) in walks() {
		// Nothing is held any more, and a verdict is attestation's.
		if matches!(stage, Stage::Closed | Stage::Committed) {
			continue;
		}
		run(|| {
			walk();
			let parties = [lease(LEASE).consumer, provider(), stranger()];
			let before = parties.each_ref().map(free);
			jump(5_000);
			by_a_stranger();
			jump(5_000);
			by_a_stranger();
			assert_eq!(lease(LEASE).state.stage(), Stage::Closed);
			let [of_consumer, of_provider, of_stranger] = parties.each_ref().map(free);
			assert!(of_stranger > before[2], "{stage:?}: nothing for a stranger");
			let of_sides = of_consumer > before[0] || of_provider > before[1];
			assert!(of_sides, "{stage:?}: nothing for either side");
		})
	}
}
