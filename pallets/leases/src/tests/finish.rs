use super::*;
use crate::{types::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use terminal_primitives::ledger::BurnSource;
use terminal_test_support::{
	mocks::{LeaseSignal, Progress},
	MockBonds, MockBurn, MockJobProgress, MockLeased, MockRoyalties, MockUptime, MILLI, UNIT,
};

fn finish(who: AccountId) -> frame_support::dispatch::DispatchResult {
	Leases::finish(signed(who), LEASE)
}

/// Closed by the consumer after ten minutes, all proven and resolved.
fn closing() {
	active();
	jump(100);
	assert_ok!(Leases::close(signed(consumer()), LEASE));
	MockUptime::prove(MACHINE, START, START + 600_000);
}

#[test]
fn pays_what_is_due_and_returns_the_rest() {
	run(|| {
		closing();
		assert_ok!(collect(agent(), Some(receipt(500_000))));
		events();
		assert_ok!(finish(provider()));
		let books = Books {
			deposited: 9_000_000_000_000,
			held: 0,
			paid: 1_097_600_000_000,
			royalty: 274_400_000_000,
			lease_fee: 22_400_000_000,
			model_fee: 5_600_000_000,
			refunded: 7_600_000_000_000,
			..Default::default()
		};
		let outcome = Outcome::CancelledByConsumer;
		assert_eq!(
			events(),
			vec![Event::LeaseClosed {
				lease: LEASE,
				outcome,
				books
			}]
		);
		// 560 s, the anchor and the finisher's reward.
		assert_eq!(free(&consumer()), ENDOWMENT - 1_400 * MILLI - 120 * MILLI);
		assert_eq!(
			free(&provider()),
			ENDOWMENT + 1_097_600_000_000 + 20 * MILLI
		);
		assert_eq!(
			MockLeased::log(),
			vec![LeaseSignal::Started(MACHINE), LeaseSignal::Ended(MACHINE)]
		);
	})
}

#[test]
fn waits_until_uptime_at_the_end_is_final() {
	run(|| {
		closing();
		MockUptime::set_resolved(MACHINE, START + 599_999);
		assert_noop!(finish(provider()), Error::<Test>::EndUnresolved);
		jump(200);
		assert_noop!(finish(stranger()), Error::<Test>::EndUnresolved);
		MockUptime::set_resolved(MACHINE, START + 600_000);
		assert_ok!(finish(stranger()));
	})
}

#[test]
fn does_not_wait_for_uptime_for_ever() {
	run(|| {
		closing();
		MockUptime::set_resolved(MACHINE, 0);
		jump(3_599);
		assert_noop!(finish(consumer()), Error::<Test>::EndUnresolved);
		jump(1);
		assert_ok!(finish(consumer()));
	})
}

#[test]
fn leaves_the_provider_its_claim_window() {
	run(|| {
		closing();
		assert_noop!(finish(consumer()), Error::<Test>::ClaimWindowOpen);
		assert_noop!(finish(stranger()), Error::<Test>::ClaimWindowOpen);
		jump(101);
		assert_ok!(finish(stranger()));
		assert_eq!(books().drawn(), cost(60_000));
		assert_eq!(free(&stranger()), ENDOWMENT + 20 * MILLI);
	})
}

#[test]
fn needs_no_claim_window_where_nothing_can_be_claimed() {
	run(|| {
		closing();
		assert_ok!(collect(agent(), Some(receipt(540_000))));
		assert_ok!(finish(stranger()));
		assert_eq!(books().drawn(), cost(600_000));
	});
	run(|| {
		active();
		jump(100);
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		// The machine proved nothing at all.
		MockUptime::set_resolved(MACHINE, START + 600_000);
		assert_ok!(finish(stranger()));
		assert_eq!(books().drawn(), 0);
	})
}

#[test]
fn pays_a_provider_that_served_nothing_nothing_without_a_proof() {
	run(|| {
		active();
		jump(600);
		assert_ok!(Leases::close(signed(stranger()), LEASE));
		MockUptime::set_resolved(MACHINE, now_ms());
		assert_ok!(finish(stranger()));
		assert_eq!(books().refunded, 9 * UNIT);
	})
}

#[test]
fn pays_a_passed_job_after_its_delivery_window() {
	run(|| {
		delivering();
		assert_noop!(finish(agent()), Error::<Test>::LeaseNotOver);
		jump(31);
		events();
		assert_ok!(finish(stranger()));
		let books = Books {
			deposited: 102 * UNIT,
			paid: 98 * UNIT,
			royalty: 1_960_000_000_000,
			lease_fee: 2 * UNIT,
			model_fee: 40_000_000_000,
			..Default::default()
		};
		assert_eq!(
			events(),
			vec![
				Event::LeasePaid {
					lease: LEASE,
					asset: None,
					paid: 98 * UNIT,
					royalty: 1_960_000_000_000,
					burned: 1_020_000_000_000,
					treasury: 612_000_000_000,
					attestors: 408_000_000_000,
				},
				Event::LeaseClosed {
					lease: LEASE,
					outcome: Outcome::Completed,
					books
				},
			]
		);
		assert_eq!(free(&provider()), ENDOWMENT + 98 * UNIT);
		assert_eq!(
			MockRoyalties::<Balances>::accrued(VERSION),
			1_960_000_000_000
		);
		assert_eq!(MockBurn::<Balances>::burned(BurnSource::LeaseFee), UNIT);
		assert_eq!(
			MockBurn::<Balances>::burned(BurnSource::ModelFee),
			20_000_000_000
		);
		assert_eq!(MockBonds::at_risk(&provider()), 0);
		assert_eq!(
			MockJobProgress::log(),
			vec![Progress::Committed(LEASE), Progress::Closed(LEASE)]
		);
	})
}

#[test]
fn refunds_a_job_that_was_never_committed() {
	run(|| {
		running();
		jump(20);
		assert_noop!(finish(consumer()), Error::<Test>::LeaseNotOver);
		jump(1);
		assert_ok!(finish(consumer()));
		assert_eq!(free(&consumer()), ENDOWMENT);
		assert_eq!(free(&provider()), ENDOWMENT);
		assert_eq!(MockBonds::slashes(), vec![]);
		assert_eq!(MockBonds::at_risk(&provider()), 0);
	})
}

#[test]
fn rewards_no_provider_for_a_job_it_did_not_deliver() {
	run(|| {
		running();
		jump(21);
		assert_ok!(finish(agent()));
		assert_eq!(free(&agent()), ENDOWMENT);
		assert_eq!(free(&consumer()), ENDOWMENT);
	})
}

#[test]
fn never_pays_before_a_verdict() {
	run(|| {
		committed();
		jump(10_000);
		assert_noop!(finish(agent()), Error::<Test>::VerdictPending);
	})
}

#[test]
fn waits_for_an_open_data_challenge() {
	run(|| {
		delivering();
		MockJobProgress::hold_open(LEASE, true);
		jump(31);
		assert_noop!(finish(agent()), Error::<Test>::ChallengeOpen);
		MockJobProgress::hold_open(LEASE, false);
		assert_ok!(finish(agent()));
	})
}

#[test]
fn refunds_a_job_whose_demanded_leaf_never_came() {
	run(|| {
		delivering();
		assert_ok!(Leases::demand_leaf(signed(consumer()), LEASE, 3));
		jump(10);
		assert_noop!(finish(consumer()), Error::<Test>::LeaseNotOver);
		jump(1);
		assert_ok!(finish(consumer()));
		let State::Closed { outcome, .. } = lease(LEASE).state else {
			panic!("closed")
		};
		assert_eq!(outcome, Outcome::Undelivered);
		assert_eq!(free(&consumer()), ENDOWMENT);
		assert_eq!(free(&provider()), ENDOWMENT);
		assert_eq!(MockBonds::slashes(), vec![]);
	})
}

#[test]
fn waits_for_an_open_demand_even_where_the_window_did_not() {
	run(|| {
		delivering();
		assert_ok!(Leases::demand_leaf(signed(consumer()), LEASE, 3));
		// No call brings this about: a demand must leave room for its answer.
		crate::Leases::<Test>::mutate(LEASE, |lease| {
			let State::Delivering { until, .. } = &mut lease.as_mut().expect("it exists").state
			else {
				panic!("delivering")
			};
			*until = 5;
		});
		jump(5);
		assert_noop!(finish(agent()), Error::<Test>::DemandsOpen);
		let leaf = batch::Batch::new(10).leaf(LEASE, 3);
		assert_ok!(Leases::answer_demand(signed(agent()), LEASE, leaf));
		assert_ok!(finish(agent()));
	})
}

#[test]
fn has_nothing_to_do_with_leases_that_are_not_over() {
	run(|| {
		assert_noop!(finish(consumer()), Error::<Test>::UnknownLease);
		assert_ok!(open_metered(metered()));
		assert_noop!(finish(consumer()), Error::<Test>::LeaseNotOver);
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		assert_noop!(finish(consumer()), Error::<Test>::LeaseNotOver);
		assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
		assert_noop!(finish(consumer()), Error::<Test>::LeaseNotOver);
	})
}

#[test]
fn forgets_a_closed_lease_only_after_its_retention() {
	run(|| {
		assert_ok!(open_metered(metered()));
		assert_ok!(Leases::cancel(signed(consumer()), LEASE));
		jump(200);
		assert_noop!(finish(stranger()), Error::<Test>::LeaseAlreadyClosed);
		jump(1);
		events();
		assert_ok!(finish(stranger()));
		assert_eq!(events(), vec![Event::LeaseForgotten { lease: LEASE }]);
		assert_eq!(free(&stranger()), ENDOWMENT);
		assert_noop!(finish(stranger()), Error::<Test>::UnknownLease);
	})
}

#[test]
fn tells_attestation_once() {
	run(|| {
		delivering();
		jump(31);
		assert_ok!(finish(agent()));
		let heard = vec![Progress::Committed(LEASE), Progress::Closed(LEASE)];
		assert_eq!(MockJobProgress::log(), heard);
		jump(201);
		assert_ok!(finish(stranger()));
		assert_eq!(crate::Leases::<Test>::get(LEASE), None);
		assert_eq!(MockJobProgress::log(), heard);
	})
}
