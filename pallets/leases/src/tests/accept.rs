use super::*;
use crate::{types::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use terminal_test_support::{mocks::REFUSED, MockBonds, MockMachines};

#[test]
fn reserves_the_units_of_a_metered_lease() {
	run(|| {
		assert_ok!(open_metered(metered()));
		events();
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		assert_eq!(MockMachines::free_units(MACHINE), 2);
		assert_eq!(
			lease(LEASE).state,
			State::Accepted {
				start_by: 21,
				shown: false,
				reserved_until: START + 3_720_000
			}
		);
		assert_eq!(
			events(),
			vec![Event::LeaseAccepted {
				lease: LEASE,
				provider: provider()
			}]
		);
	})
}

#[test]
fn puts_the_price_of_a_job_at_risk_and_starts_its_deadline() {
	run(|| {
		assert_ok!(open_job(job()));
		assert_ok!(Leases::accept(signed(provider()), LEASE));
		assert_eq!(MockMachines::free_units(MACHINE), 3);
		assert_eq!(MockBonds::at_risk(&provider()), JOB_PRICE);
		assert_eq!(lease(LEASE).state, State::Running { deadline: 21 });
	})
}

#[test]
fn is_for_the_provider_and_its_agent_only() {
	run(|| {
		assert_ok!(open_metered(metered()));
		for who in [consumer(), stranger(), author()] {
			assert_noop!(
				Leases::accept(signed(who), LEASE),
				Error::<Test>::NotProvider
			);
		}
		assert_noop!(
			Leases::accept(signed(agent()), NOBODY),
			Error::<Test>::UnknownLease
		);
	})
}

#[test]
fn comes_once() {
	run(|| {
		accepted_metered();
		assert_noop!(
			Leases::accept(signed(agent()), LEASE),
			Error::<Test>::LeaseNotOffered
		);
	})
}

#[test]
fn comes_in_time() {
	run(|| {
		assert_ok!(open_metered(metered()));
		jump(51);
		assert_noop!(
			Leases::accept(signed(agent()), LEASE),
			Error::<Test>::OfferExpired
		);
	})
}

#[test]
fn fails_where_the_machine_is_full() {
	run(|| {
		for _ in 0..3 {
			assert_ok!(open_metered(metered()));
		}
		assert_ok!(Leases::accept(signed(agent()), LeaseId(0)));
		assert_ok!(Leases::accept(signed(agent()), LeaseId(1)));
		assert_noop!(Leases::accept(signed(agent()), LeaseId(2)), REFUSED);
	})
}

#[test]
fn fails_where_the_bond_does_not_answer_for_the_job() {
	run(|| {
		MockBonds::set_capacity(&provider(), JOB_PRICE - 1);
		assert_ok!(open_job(job()));
		assert_noop!(Leases::accept(signed(agent()), LEASE), REFUSED);
	})
}

#[test]
fn takes_an_asset_only_while_the_machine_has_a_price_in_it() {
	run(|| {
		with_tusd();
		assert_ok!(open_metered(metered_tusd()));
		assert_ok!(open_job(job_tusd()));
		MockMachines::set_price_in(MACHINE, TUSD, None);
		for id in [LEASE, LeaseId(1)] {
			let accept = Leases::accept(signed(agent()), id);
			assert_eq!(accept, Err(Error::<Test>::MachineNotPriced.into()));
		}
		// A dearer one changes nothing that was offered.
		MockMachines::set_price_in(MACHINE, TUSD, Some(2 * TUSD_RATE));
		for id in [LEASE, LeaseId(1)] {
			assert_ok!(Leases::accept(signed(agent()), id));
		}
	})
}

#[test]
fn is_not_asked_of_what_both_signed_on_the_market() {
	run(|| {
		with_tusd();
		MockMachines::set_price_in(MACHINE, TUSD, None);
		assert_ok!(agree(agreement_tusd()));
		assert!(matches!(lease(LEASE).state, State::Accepted { .. }));
	})
}
