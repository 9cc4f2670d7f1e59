use super::*;
use crate::{changes, meter::MAX_SEGMENTS, types::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use terminal_test_support::MockMachines;

const CHANGE: Change = Change {
	rate: 2 * RATE,
	units: 1,
	acknowledged_ms: 60_000,
};

fn propose(who: AccountId, change: Change) -> frame_support::dispatch::DispatchResult {
	Leases::propose_change(signed(who), LEASE, change)
}

#[test]
fn binds_nobody_and_names_what_the_other_side_signs() {
	run(|| {
		active();
		events();
		assert_ok!(propose(provider(), CHANGE));
		let proposal = Proposal {
			by: Side::Provider,
			segment: 0,
			change: CHANGE,
			expires_at: 21,
		};
		assert_eq!(work().proposal, Some(proposal));
		let proposal_hash = changes::hash(LEASE, &proposal);
		assert_eq!(Leases::proposal_hash(LEASE), Some(proposal_hash));
		assert_eq!(
			events(),
			vec![Event::ChangeProposed {
				lease: LEASE,
				by: Side::Provider,
				change: CHANGE,
				proposal_hash,
				expires_at: 21
			}]
		);
		assert_eq!((work().rate, work().units), (RATE, 2));
	})
}

#[test]
fn replaces_what_was_proposed_before() {
	run(|| {
		active();
		assert_ok!(propose(provider(), CHANGE));
		let first = Leases::proposal_hash(LEASE).expect("proposed");
		assert_ok!(propose(
			agent(),
			Change {
				rate: 3 * RATE,
				..CHANGE
			}
		));
		assert_noop!(
			Leases::accept_change(signed(consumer()), LEASE, first),
			Error::<Test>::ProposalChanged
		);
	})
}

#[test]
fn is_checked_like_an_opening() {
	run(|| {
		active_with(|lease| lease.version = None);
		let refused = |change: Change, error: Error<Test>| {
			assert_noop!(propose(consumer(), change), error);
		};
		refused(Change { units: 0, ..CHANGE }, Error::UnitsUnavailable);
		refused(
			Change {
				rate: u128::MAX,
				units: 2,
				..CHANGE
			},
			Error::PriceOverflow,
		);
		refused(
			Change {
				rate: u128::MAX / 7_200_000 + 1,
				..CHANGE
			},
			Error::PriceOverflow,
		);
		refused(
			Change {
				rate: 999,
				..CHANGE
			},
			Error::RateTooLow,
		);
	})
}

#[test]
fn needs_room_for_a_segment() {
	run(|| {
		active();
		MockMachines::set_window(MACHINE, Some((START, START + 3_600_000)));
		for _ in 1..MAX_SEGMENTS {
			assert_ok!(Leases::pause(signed(agent()), LEASE));
			assert_ok!(Leases::resume(signed(agent()), LEASE));
		}
		assert_noop!(propose(consumer(), CHANGE), Error::<Test>::TooManySegments);
	})
}

#[test]
fn is_for_the_sides_of_a_running_lease() {
	run(|| {
		assert_noop!(propose(consumer(), CHANGE), Error::<Test>::UnknownLease);
		accepted_metered();
		assert_noop!(propose(stranger(), CHANGE), Error::<Test>::NotParty);
		assert_noop!(propose(consumer(), CHANGE), Error::<Test>::LeaseNotActive);
	});
	run(|| {
		running();
		assert_noop!(propose(consumer(), CHANGE), Error::<Test>::NotMetered);
	})
}
