//! The expiry wheel.

use super::*;
use crate::{types::*, Expiries, ExpiryCursor, WeightInfo};
use frame_support::{assert_ok, traits::Hooks, weights::Weight};
use terminal_test_support::{MockBonds, MockMachines, MockUptime};

fn is_closed(id: LeaseId) -> bool {
	matches!(lease(id).state, State::Closed { .. })
}

#[test]
fn returns_an_offer_that_nobody_took() {
	run(|| {
		assert_ok!(open_metered(metered()));
		blocks(50);
		assert!(!is_closed(LEASE));
		blocks(2);
		assert!(is_closed(LEASE));
		// No finisher, no reward.
		assert_eq!(free(&consumer()), ENDOWMENT);
	})
}

#[test]
fn ends_an_acceptance_without_a_start() {
	run(|| {
		accepted_metered();
		blocks(22);
		assert!(is_closed(LEASE));
		assert_eq!(MockMachines::free_units(MACHINE), 4);
	})
}

#[test]
fn carries_a_metered_lease_from_its_end_to_oblivion() {
	run(|| {
		active();
		blocks(600);
		assert!(matches!(lease(LEASE).state, State::Active { .. }));
		blocks(3);
		assert!(matches!(lease(LEASE).state, State::Closing { .. }));
		MockUptime::prove(MACHINE, START, now_ms());
		assert_ok!(collect(agent(), Some(receipt(3_600_000))));
		blocks(105);
		assert!(is_closed(LEASE));
		assert_eq!(books().drawn(), cost(3_600_000));
		blocks(205);
		assert_eq!(crate::Leases::<Test>::get(LEASE), None);
		assert_eq!(crate::LeasesOf::<Test>::iter().count(), 0);
	})
}

#[test]
fn tries_again_while_the_end_is_unresolved() {
	run(|| {
		active();
		blocks(603);
		blocks(200);
		assert!(matches!(lease(LEASE).state, State::Closing { .. }));
		MockUptime::set_resolved(MACHINE, START + 3_600_000);
		blocks(60);
		assert!(is_closed(LEASE));
	})
}

#[test]
fn refunds_a_job_past_its_deadline_and_pays_one_past_its_window() {
	run(|| {
		running();
		blocks(22);
		assert!(is_closed(LEASE));
		assert_eq!(MockBonds::at_risk(&provider()), 0);
		assert_eq!(free(&consumer()), ENDOWMENT);
	});
	run(|| {
		delivering();
		blocks(33);
		assert!(is_closed(LEASE));
		assert_eq!(books().drawn(), JOB_PRICE + JOB_ROYALTY);
	})
}

#[test]
fn never_touches_a_job_that_awaits_its_verdict() {
	run(|| {
		committed();
		blocks(300);
		assert!(matches!(lease(LEASE).state, State::Committed { .. }));
	})
}

#[test]
fn stays_inside_its_weight_and_resumes() {
	run(|| {
		for _ in 0..4 {
			assert_ok!(open_metered(metered()));
		}
		jump(51);
		let each = crate::hooks::entry_weight::<Test>();
		let look = <() as WeightInfo>::expire_bucket();
		// Empty buckets first, without a single entry's weight left over.
		let limit = look
			.saturating_mul(53)
			.saturating_add(each.saturating_mul(2));
		let used = Leases::on_idle(52, limit);
		assert!(used.all_lte(limit));
		let closed = || (0..4).filter(|id| is_closed(LeaseId(*id))).count();
		assert_eq!(closed(), 2);
		assert_eq!(ExpiryCursor::<Test>::get(), 52);
		assert_eq!(Leases::on_idle(52, Weight::zero()), Weight::zero());
		Leases::on_idle(52, limit);
		assert_eq!(closed(), 4);
		assert_eq!(ExpiryCursor::<Test>::get(), 53);
	})
}

#[test]
fn spills_into_later_buckets_and_at_worst_leaves_it_to_calls() {
	run(|| {
		// Nine buckets would be needed, eight are tried.
		for _ in 0..33 {
			assert_ok!(open_metered(MeteredOrder {
				funds: 60 * PER_SECOND,
				..metered()
			}));
		}
		assert_eq!(Expiries::<Test>::get(52).len(), 4);
		assert_eq!(Expiries::<Test>::get(59).len(), 4);
		assert_eq!(Expiries::<Test>::get(60).len(), 0);
		assert_eq!(lease(LeaseId(32)).wake_at, 0);
		blocks(60);
		assert!((0..32).all(|id| is_closed(LeaseId(id))));
		assert!(!is_closed(LeaseId(32)));
		assert_ok!(Leases::cancel(signed(stranger()), LeaseId(32)));
	})
}
