//! What attestation's verdicts do.

use super::*;
use crate::{types::*, Error, Event};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use terminal_primitives::market::{Jobs, Verdict};
use terminal_test_support::{mocks::Progress, MockBonds, MockJobProgress};

fn conclude(verdict: Verdict) -> DispatchResult {
	<Leases as Jobs<AccountId>>::conclude(LEASE, verdict, Some(&stranger()))
}

fn outcome() -> Outcome {
	match lease(LEASE).state {
		State::Closed { outcome, .. } => outcome,
		other => panic!("not closed: {other:?}"),
	}
}

#[test]
fn pass_opens_the_delivery_window() {
	run(|| {
		committed();
		events();
		assert_ok!(conclude(Verdict::Pass));
		assert!(matches!(
			lease(LEASE).state,
			State::Delivering { until: 31, .. }
		));
		assert_eq!(
			events(),
			vec![Event::VerdictEntered {
				lease: LEASE,
				verdict: Verdict::Pass
			}]
		);
		// Saying it again neither prolongs the window nor fails.
		jump(5);
		assert_ok!(conclude(Verdict::Pass));
		assert!(matches!(
			lease(LEASE).state,
			State::Delivering { until: 31, .. }
		));
	})
}

#[test]
fn fault_refunds_and_slashes_the_bond_by_the_price() {
	run(|| {
		committed();
		assert_ok!(conclude(Verdict::Fault));
		assert_eq!(outcome(), Outcome::Faulted);
		assert_eq!(
			MockBonds::slashes(),
			vec![(provider(), JOB_PRICE, Some(stranger()))]
		);
		assert_eq!(MockBonds::at_risk(&provider()), 0);
		assert_eq!(free(&consumer()), ENDOWMENT);
		assert_eq!(free(&provider()), ENDOWMENT);
	})
}

#[test]
fn fault_overrides_a_pass_until_the_job_is_paid() {
	run(|| {
		delivering();
		assert_ok!(Leases::demand_leaf(signed(consumer()), LEASE, 2));
		jump(40);
		assert_ok!(conclude(Verdict::Fault));
		assert_eq!(outcome(), Outcome::Faulted);
		// The posting of the open demand came back too.
		assert_eq!(free(&consumer()), ENDOWMENT);
	});
	run(|| {
		delivering();
		jump(31);
		assert_ok!(Leases::finish(signed(agent()), LEASE));
		assert_noop!(conclude(Verdict::Fault), Error::<Test>::NothingCommitted);
	})
}

#[test]
fn silence_refunds_and_slashes_nothing() {
	run(|| {
		committed();
		assert_ok!(conclude(Verdict::Unanswered));
		assert_eq!(outcome(), Outcome::Unanswered);
		assert_eq!(MockBonds::slashes(), vec![]);
		assert_eq!(free(&consumer()), ENDOWMENT);
	})
}

#[test]
fn attestation_hears_of_its_own_verdict_only_when_the_lease_is_forgotten() {
	run(|| {
		committed();
		assert_ok!(conclude(Verdict::Fault));
		assert_eq!(MockJobProgress::log(), vec![Progress::Committed(LEASE)]);
		jump(201);
		assert_ok!(Leases::finish(signed(stranger()), LEASE));
		assert_eq!(
			MockJobProgress::log(),
			vec![Progress::Committed(LEASE), Progress::Closed(LEASE)]
		);
	})
}

#[test]
fn there_is_nothing_to_judge_without_a_commitment() {
	run(|| {
		assert_noop!(conclude(Verdict::Pass), Error::<Test>::UnknownLease);
		running();
		for verdict in [Verdict::Pass, Verdict::Fault, Verdict::Unanswered] {
			assert_noop!(conclude(verdict), Error::<Test>::NothingCommitted);
		}
	});
	run(|| {
		active();
		assert_noop!(conclude(Verdict::Fault), Error::<Test>::NotJob);
		assert_eq!(<Leases as Jobs<AccountId>>::job(LEASE), None);
	})
}

#[test]
fn says_the_verdict_and_then_how_the_lease_closed() {
	for (verdict, outcome) in [
		(Verdict::Fault, Outcome::Faulted),
		(Verdict::Unanswered, Outcome::Unanswered),
	] {
		run(|| {
			committed();
			events();
			assert_ok!(conclude(verdict));
			let lease = LEASE;
			let books = Books {
				deposited: JOB_PRICE + JOB_ROYALTY,
				refunded: JOB_PRICE + JOB_ROYALTY,
				..Default::default()
			};
			assert_eq!(
				events(),
				vec![
					Event::VerdictEntered { lease, verdict },
					Event::LeaseClosed {
						lease,
						outcome,
						books
					}
				]
			);
		})
	}
}
