//! Nothing is stuck: from every state that a lease can reach, somebody who need not be a side leads
//! it to its end, and then nothing is held.

use super::*;
use crate::{
	lifecycle::Stage,
	types::{MeteredOrder, Pause, State},
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
		(Stage::Closed, || {
			assert_ok!(open_metered(metered()));
			assert_ok!(Leases::cancel(signed(consumer()), LEASE));
		}),
	]
}

/// Nobody's calls but a stranger's, and attestation's word on what was committed.
fn by_a_stranger() {
	let stage = lease(LEASE).state.stage();
	let who = signed(stranger());
	let done = match stage {
		Stage::Offered | Stage::Accepted => Leases::cancel(who, LEASE),
		Stage::Active | Stage::Paused => Leases::close(who, LEASE),
		Stage::Closing | Stage::Disputed | Stage::Running | Stage::Delivering => {
			Leases::finish(who, LEASE)
		},
		Stage::Committed => <Leases as Jobs<AccountId>>::conclude(LEASE, Verdict::Unanswered, None),
		Stage::Closed => Ok(()),
	};
	assert_ok!(done);
}

fn is_clean() {
	assert!(matches!(lease(LEASE).state, State::Closed { .. }));
	assert_eq!(Balances::total_balance_on_hold(&consumer()), 0);
	assert_eq!(MockMachines::free_units(MACHINE), 4);
	assert_eq!(MockBonds::at_risk(&provider()), 0);
	assert!(books().balanced());
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
			while !matches!(lease(LEASE).state, State::Closed { .. }) {
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
	for side in [consumer(), provider()] {
		for (stage, walk) in walks() {
			let own = matches!(stage, Stage::Active | Stage::Paused);
			if !own {
				continue;
			}
			run(|| {
				walk();
				let why = match lease(LEASE).state {
					State::Paused { why, .. } => Some(why),
					_ => None,
				};
				assert_ok!(Leases::close(signed(side.clone()), LEASE));
				if matches!(why, Some(Pause::Maintenance { .. })) && side == provider() {
					assert_eq!(outcome(), crate::Outcome::CancelledByProvider);
				}
				jump(5_000);
				by_a_stranger();
				is_clean();
			})
		}
	}
}
