use super::*;
use crate::{meter::MAX_SEGMENTS, types::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use terminal_test_support::{MockMachines, MILLI, UNIT};

fn pause(who: AccountId) -> frame_support::dispatch::DispatchResult {
	Leases::pause(signed(who), LEASE)
}

/// Funded for 400 s, used up.
fn used_up() {
	active_with(|lease| lease.funds = UNIT);
	serve(100);
	acknowledge(0, 600_000);
}

/// A window of half an hour, from the tenth minute on.
fn announce() {
	MockMachines::set_window(MACHINE, Some((START + 600_000, START + 2_400_000)));
}

#[test]
fn interrupts_a_lease_whose_escrow_is_used_up() {
	run(|| {
		used_up();
		events();
		assert_ok!(pause(stranger()));
		let (left_ms, until) = (3_000_000, START + 1_200_000);
		assert_eq!(
			lease(LEASE).state,
			State::Paused {
				why: Pause::Funds,
				since: START + 600_000,
				left_ms,
				until,
				frozen: false
			}
		);
		assert_eq!(
			events(),
			vec![Event::LeasePaused {
				lease: LEASE,
				why: Pause::Funds,
				left_ms,
				until
			}]
		);
		// The units stay.
		assert_eq!(MockMachines::free_units(MACHINE), 2);
	})
}

#[test]
fn owes_nothing_for_the_time_it_lasts() {
	run(|| {
		used_up();
		assert_ok!(pause(stranger()));
		serve(50);
		assert_ok!(Leases::top_up(signed(consumer()), LEASE, 100 * MILLI));
		assert_ok!(collect(agent(), None));
		// 440 s are funded, 600 s were served before the pause.
		assert_eq!(books().drawn(), 1_100 * MILLI);
		let (ran, proven) = work()
			.meter
			.ran_and_proven_ms(now_ms(), &|at| at.saturating_sub(START));
		assert_eq!((ran, proven), (600_000, 600_000));
	})
}

#[test]
fn waits_until_the_funds_are_used_up() {
	run(|| {
		active();
		serve(10);
		assert_noop!(pause(stranger()), Error::<Test>::FundsLast);
		assert_noop!(pause(provider()), Error::<Test>::FundsLast);
	})
}

#[test]
fn never_touches_a_lease_that_is_funded_to_its_end() {
	run(|| {
		// In its last minutes, funds and fee reserve together are all there is.
		active_with(|lease| {
			lease.version = None;
			lease.funds = 8 * UNIT;
			lease.terms.early_close_ms = 1_200_000;
		});
		serve(599);
		acknowledge(0, 3_594_000);
		assert_noop!(pause(stranger()), Error::<Test>::FundsLast);
	})
}

#[test]
fn is_the_providers_inside_an_announced_window() {
	run(|| {
		active();
		announce();
		serve(99);
		assert_noop!(pause(agent()), Error::<Test>::FundsLast);
		jump(1);
		assert_noop!(pause(consumer()), Error::<Test>::FundsLast);
		assert_noop!(pause(stranger()), Error::<Test>::FundsLast);
		assert_ok!(pause(agent()));
		assert_eq!(
			lease(LEASE).state,
			State::Paused {
				why: Pause::Maintenance {
					until: START + 2_400_000,
				},
				since: START + 600_000,
				left_ms: 3_000_000,
				until: START + 3_000_000,
				frozen: false
			}
		);
	})
}

#[test]
fn by_the_provider_has_no_grace_and_takes_no_later_receipt() {
	run(|| {
		active();
		announce();
		serve(100);
		acknowledge(0, 500_000);
		assert_eq!(books().drawn(), cost(560_000));
		assert_ok!(pause(agent()));
		assert_noop!(
			collect(agent(), Some(receipt(600_000))),
			Error::<Test>::UnknownSegment
		);
		assert_ok!(Leases::resume(signed(agent()), LEASE));
		serve(10);
		acknowledge(1, 60_000);
		// What the grace paid before is counted against what follows.
		assert_eq!(books().drawn(), cost(560_000));
		serve(10);
		acknowledge(1, 120_000);
		assert_eq!(books().drawn(), cost(620_000));
	})
}

#[test]
fn for_want_of_funds_still_takes_the_last_receipt() {
	run(|| {
		active_with(|lease| lease.funds = UNIT);
		serve(100);
		acknowledge(0, 340_000);
		assert_ok!(pause(stranger()));
		acknowledge(0, 600_000);
		assert_ok!(Leases::top_up(signed(consumer()), LEASE, 5 * UNIT));
		assert_ok!(collect(agent(), None));
		assert_eq!(books().drawn(), cost(600_000));
	})
}

#[test]
fn ends_for_anyone_when_nobody_brings_funds() {
	run(|| {
		used_up();
		assert_ok!(pause(stranger()));
		jump(99);
		assert_noop!(
			Leases::close(signed(stranger()), LEASE),
			Error::<Test>::NotParty
		);
		jump(1);
		assert_ok!(Leases::close(signed(stranger()), LEASE));
		assert_eq!(outcome(), Outcome::Exhausted);
		assert_eq!(MockMachines::free_units(MACHINE), 4);
	})
}

#[test]
fn ends_for_anyone_when_maintenance_takes_too_long() {
	run(|| {
		active();
		announce();
		serve(100);
		assert_ok!(pause(agent()));
		jump(399);
		assert_noop!(
			Leases::close(signed(stranger()), LEASE),
			Error::<Test>::NotParty
		);
		jump(1);
		assert_ok!(Leases::close(signed(stranger()), LEASE));
		assert_eq!(outcome(), Outcome::CancelledByProvider);
	})
}

#[test]
fn is_what_the_wheel_does_when_funds_run_out() {
	run(|| {
		active_with(|lease| lease.funds = UNIT);
		// 400 s are 67 blocks; the proof is there.
		terminal_test_support::MockUptime::prove(MACHINE, START, START + 3_600_000);
		acknowledge(0, 3_600_000);
		blocks(69);
		assert!(matches!(
			lease(LEASE).state,
			State::Paused {
				why: Pause::Funds,
				..
			}
		));
		blocks(110);
		assert_eq!(outcome(), Outcome::Exhausted);
	})
}

#[test]
fn of_maintenance_is_ended_by_the_wheel_at_the_announced_time() {
	run(|| {
		active();
		announce();
		serve(100);
		assert_ok!(pause(agent()));
		blocks(302);
		assert!(matches!(lease(LEASE).state, State::Active { .. }));
	})
}

#[test]
fn is_bounded_by_the_segments_and_then_ends_without_a_fee() {
	run(|| {
		active_with(|lease| {
			lease.funds = 60 * PER_SECOND + 60 * 2 * RATE;
			lease.terms.early_close_ms = 60_000;
		});
		let mut pauses = 0;
		while matches!(lease(LEASE).state, State::Active { .. }) {
			serve(10);
			acknowledge(pauses, u64::MAX);
			assert_ok!(pause(stranger()));
			if matches!(lease(LEASE).state, State::Paused { .. }) {
				pauses += 1;
				assert_ok!(Leases::top_up(signed(consumer()), LEASE, 60 * PER_SECOND));
			}
		}
		assert_eq!(
			pauses,
			MAX_SEGMENTS - crate::meter::MAINTENANCE_SEGMENTS - 1
		);
		assert_eq!(outcome(), Outcome::Exhausted);
		let State::Closing { early, .. } = lease(LEASE).state else {
			panic!("closing")
		};
		assert_eq!(early, EarlyEnd::Free);
	});
	run(|| {
		active();
		MockMachines::set_window(MACHINE, Some((START, START + 3_600_000)));
		for _ in 1..MAX_SEGMENTS {
			assert_ok!(pause(agent()));
			assert_ok!(Leases::resume(signed(agent()), LEASE));
		}
		assert_noop!(pause(agent()), Error::<Test>::TooManySegments);
	})
}

#[test]
fn is_for_running_metered_leases() {
	run(|| {
		assert_noop!(pause(stranger()), Error::<Test>::UnknownLease);
		accepted_metered();
		assert_noop!(pause(stranger()), Error::<Test>::LeaseNotActive);
		assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
		jump(600);
		assert_noop!(pause(stranger()), Error::<Test>::TimeIsOver);
	})
}
