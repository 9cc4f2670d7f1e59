use super::*;
use crate::{types::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use terminal_test_support::{MockMachines, MockUptime, UNIT};

#[test]
fn fixes_the_end_frees_the_units_and_refunds_what_can_never_be_due() {
	run(|| {
		active();
		jump(100);
		events();
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		// 600 s can still be claimed, the other 3,000 s cannot.
		assert_eq!(MockMachines::free_units(MACHINE), 4);
		assert_eq!(books().held, 1_500_000_000_000);
		assert_eq!(
			events(),
			vec![Event::LeaseEnded {
				lease: LEASE,
				end: START + 600_000,
				claim_until: 201,
				outcome: Outcome::CancelledByConsumer,
				refunded: 7_500_000_000_000,
			}]
		);
	})
}

#[test]
fn refunds_at_once_what_is_known_not_to_be_proven() {
	run(|| {
		active();
		jump(100);
		MockUptime::prove(MACHINE, START, START + 100_000);
		MockUptime::set_resolved(MACHINE, START + 500_000);
		assert_ok!(Leases::close(signed(agent()), LEASE));
		// 100 s are proven, the last 100 s may be.
		assert_eq!(books().held, cost(200_000));
	})
}

#[test]
fn does_not_rob_the_provider_of_what_was_acknowledged() {
	run(|| {
		active();
		jump(100);
		// The consumer leaves before the provider showed a single receipt or proof.
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		jump(10);
		MockUptime::prove(MACHINE, START, START + 660_000);
		assert_ok!(collect(agent(), Some(receipt(590_000))));
		assert_eq!(books().drawn(), cost(600_000));
		assert_ok!(Leases::finish(signed(agent()), LEASE));
		assert_eq!(books().drawn(), cost(600_000));
	})
}

#[test]
fn in_the_block_of_the_start_owes_nothing() {
	run(|| {
		active();
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		assert_eq!(books().refunded, 9 * UNIT);
	})
}

#[test]
fn by_others_waits_for_the_end_of_time() {
	run(|| {
		active();
		jump(599);
		assert_noop!(
			Leases::close(signed(stranger()), LEASE),
			Error::<Test>::NotParty
		);
		jump(1);
		assert_ok!(Leases::close(signed(stranger()), LEASE));
		let State::Closing { end, outcome, .. } = lease(LEASE).state else {
			panic!("closing")
		};
		assert_eq!((end, outcome), (START + 3_600_000, Outcome::Completed));
	})
}

#[test]
fn is_not_for_others_where_funds_run_out() {
	run(|| {
		assert_ok!(open_metered(MeteredOrder {
			funds: UNIT,
			..metered()
		}));
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
		serve(100);
		acknowledge(0, 400_000);
		// They may pause it, so that the consumer has time.
		assert_noop!(
			Leases::close(signed(stranger()), LEASE),
			Error::<Test>::NotParty
		);
		assert_ok!(Leases::close(signed(provider()), LEASE));
		assert_eq!(outcome(), Outcome::Exhausted);
	})
}

#[test]
fn long_after_the_agreed_time_ends_with_it() {
	run(|| {
		active();
		jump(3_000);
		MockUptime::prove(MACHINE, START, START + 18_000_000);
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		assert_eq!(books().held, 9 * UNIT);
		assert_ok!(collect(agent(), Some(receipt(3_600_000))));
		assert_eq!(books().drawn(), 9 * UNIT);
	})
}

#[test]
fn is_for_running_metered_leases() {
	run(|| {
		assert_noop!(
			Leases::close(signed(consumer()), LEASE),
			Error::<Test>::UnknownLease
		);
		accepted_metered();
		assert_noop!(
			Leases::close(signed(consumer()), LEASE),
			Error::<Test>::LeaseNotActive
		);
		assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		assert_noop!(
			Leases::close(signed(consumer()), LEASE),
			Error::<Test>::LeaseNotActive
		);
	})
}

#[test]
fn of_a_lease_that_waits_for_funds_is_named_after_who_leaves() {
	for (who, named) in [
		(consumer(), Outcome::CancelledByConsumer),
		(agent(), Outcome::CancelledByProvider),
	] {
		run(|| {
			active_with(|lease| lease.funds = UNIT);
			serve(100);
			acknowledge(0, 600_000);
			assert_ok!(Leases::pause(signed(stranger()), LEASE));
			assert_ok!(Leases::close(signed(who), LEASE));
			assert_eq!(outcome(), named);
		})
	}
}

#[test]
fn keeps_what_was_final_though_the_machines_runs_are_forgotten() {
	run(|| {
		active();
		serve(100);
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		MockUptime::set_runs(MACHINE, &[]);
		assert_ok!(collect(agent(), Some(receipt(600_000))));
		assert_eq!(books().drawn(), cost(600_000));
	})
}
