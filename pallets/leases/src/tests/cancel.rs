use super::*;
use crate::{types::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use terminal_test_support::{MockBonds, MockMachines, MILLI, UNIT};

fn outcome() -> Outcome {
	match lease(LEASE).state {
		State::Closed { outcome, .. } => outcome,
		other => panic!("not closed: {other:?}"),
	}
}

#[test]
fn of_an_offer_returns_everything_to_the_consumer() {
	run(|| {
		assert_ok!(open_metered(metered()));
		events();
		assert_ok!(Leases::cancel(signed(consumer()), LEASE));
		assert_eq!(free(&consumer()), ENDOWMENT);
		let books = Books {
			deposited: 9 * UNIT,
			refunded: 9 * UNIT,
			..Default::default()
		};
		assert_eq!(
			events(),
			vec![Event::LeaseClosed {
				lease: LEASE,
				outcome: Outcome::CancelledByConsumer,
				books
			}]
		);
	})
}

#[test]
fn of_an_offer_by_the_provider_earns_it_nothing() {
	run(|| {
		assert_ok!(open_metered(metered()));
		assert_ok!(Leases::cancel(signed(agent()), LEASE));
		assert_eq!(outcome(), Outcome::CancelledByProvider);
		assert_eq!(free(&consumer()), ENDOWMENT);
		assert_eq!(free(&agent()), ENDOWMENT);
	})
}

#[test]
fn by_the_consumer_before_the_start_costs_the_hold_fee() {
	run(|| {
		accepted_metered();
		assert_ok!(Leases::cancel(signed(consumer()), LEASE));
		// 20 thousandths less 2 %.
		assert_eq!(free(&provider()), ENDOWMENT + 19_600_000_000);
		assert_eq!(free(&consumer()), ENDOWMENT - 20 * MILLI);
		assert_eq!(MockMachines::free_units(MACHINE), 4);
	})
}

#[test]
fn by_the_provider_before_the_start_costs_the_consumer_nothing() {
	run(|| {
		accepted_metered();
		assert_ok!(Leases::cancel(signed(agent()), LEASE));
		assert_eq!(outcome(), Outcome::CancelledByProvider);
		assert_eq!(free(&consumer()), ENDOWMENT);
		assert_eq!(MockMachines::free_units(MACHINE), 4);
	})
}

#[test]
fn by_anyone_once_the_offer_expired_is_rewarded() {
	run(|| {
		assert_ok!(open_metered(metered()));
		assert_noop!(
			Leases::cancel(signed(stranger()), LEASE),
			Error::<Test>::NotParty
		);
		jump(51);
		assert_ok!(Leases::cancel(signed(stranger()), LEASE));
		assert_eq!(outcome(), Outcome::Expired);
		assert_eq!(free(&stranger()), ENDOWMENT + 20 * MILLI);
		assert_eq!(free(&consumer()), ENDOWMENT - 20 * MILLI);
	})
}

#[test]
fn without_a_handshake_in_time_pays_the_hold_fee_alone() {
	run(|| {
		accepted_metered();
		assert_noop!(
			Leases::cancel(signed(stranger()), LEASE),
			Error::<Test>::NotParty
		);
		jump(21);
		assert_ok!(Leases::cancel(signed(provider()), LEASE));
		assert_eq!(outcome(), Outcome::Expired);
		assert_eq!(free(&provider()), ENDOWMENT + 19_600_000_000);
		assert_eq!(free(&consumer()), ENDOWMENT - 20 * MILLI);
	})
}

#[test]
fn of_a_job_being_worked_on_is_for_its_provider_only() {
	run(|| {
		running();
		assert_noop!(
			Leases::cancel(signed(consumer()), LEASE),
			Error::<Test>::WorkInProgress
		);
		assert_noop!(
			Leases::cancel(signed(stranger()), LEASE),
			Error::<Test>::NotParty
		);
		assert_ok!(Leases::cancel(signed(agent()), LEASE));
		assert_eq!(free(&consumer()), ENDOWMENT);
		assert_eq!(MockBonds::at_risk(&provider()), 0);
		assert_eq!(MockBonds::slashes(), vec![]);
		assert_eq!(MockMachines::free_units(MACHINE), 4);
	})
}

#[test]
fn of_a_job_past_its_deadline_is_for_anyone() {
	run(|| {
		running();
		jump(21);
		assert_ok!(Leases::cancel(signed(consumer()), LEASE));
		assert_eq!(outcome(), Outcome::Expired);
		assert_eq!(free(&consumer()), ENDOWMENT);
	})
}

#[test]
fn of_a_job_past_its_deadline_is_a_forfeit_whoever_says_so() {
	// The deadline's block is the last in which leaving is the provider's own choice.
	for (blocks, becomes, forfeits) in [
		(20, Outcome::CancelledByProvider, 0),
		(21, Outcome::Expired, 1),
	] {
		for who in [provider(), agent()] {
			run(|| {
				running();
				jump(blocks);
				assert_ok!(Leases::cancel(signed(who.clone()), LEASE));
				assert_eq!(outcome(), becomes);
				assert_eq!(Leases::record_of(provider()).provider.forfeits, forfeits);
				// Saying so earns it nothing.
				assert_eq!(free(&who), ENDOWMENT);
				assert_eq!(free(&consumer()), ENDOWMENT);
			});
		}
	}
}

#[test]
fn comes_too_late_once_something_may_be_due() {
	run(|| {
		active();
		for who in [consumer(), agent(), stranger()] {
			assert_noop!(
				Leases::cancel(signed(who), LEASE),
				Error::<Test>::TooLateToCancel
			);
		}
		assert_noop!(
			Leases::cancel(signed(consumer()), NOBODY),
			Error::<Test>::UnknownLease
		);
	});
	run(|| {
		committed();
		for who in [consumer(), agent(), stranger()] {
			assert_noop!(
				Leases::cancel(signed(who), LEASE),
				Error::<Test>::TooLateToCancel
			);
		}
	})
}

fn listed(who: AccountId) -> bool {
	crate::LeasesOf::<Test>::contains_key(who, LEASE)
}

#[test]
fn leaves_no_trace_in_the_index_of_a_provider_that_never_accepted() {
	for by in [consumer(), agent()] {
		run(|| {
			assert_ok!(open_metered(metered()));
			assert!(listed(provider()));
			assert_ok!(Leases::cancel(signed(by), LEASE));
			assert!(listed(consumer()) && !listed(provider()));
			assert_ok!(Leases::withdraw_many(
				signed(stranger()),
				provider(),
				None,
				32
			));
			// Until it is forgotten, its consumer can read how it ended.
			jump(201);
			assert_ok!(Leases::finish(signed(stranger()), LEASE));
			assert!(!listed(consumer()));
		})
	}
}

#[test]
fn leaves_an_offer_to_oneself_in_ones_index() {
	run(|| {
		MockMachines::change(MACHINE, |machine| machine.provider = consumer());
		assert_ok!(open_metered(metered()));
		assert_ok!(Leases::cancel(signed(consumer()), LEASE));
		assert!(listed(consumer()));
	})
}

#[test]
fn of_what_was_accepted_stays_in_the_providers_index() {
	run(|| {
		accepted_metered();
		assert_ok!(Leases::cancel(signed(consumer()), LEASE));
		assert!(listed(consumer()) && listed(provider()));
	})
}

#[test]
fn by_the_wheel_leaves_no_trace_there_either() {
	run(|| {
		assert_ok!(open_job(job()));
		blocks(52);
		assert_eq!(outcome(), Outcome::Expired);
		assert!(listed(consumer()) && !listed(provider()));
	})
}
