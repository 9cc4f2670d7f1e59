use super::*;
use crate::{types::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use terminal_test_support::{mocks::REFUSED, MockMachines, UNIT};

/// Half the rate on three units, with ten minutes acknowledged.
const CHANGE: Change = Change {
	rate: RATE / 2,
	units: 3,
	acknowledged_ms: 600_000,
};

/// Ten minutes later, a change is proposed by `who`.
fn proposed(who: AccountId, change: Change) -> terminal_primitives::Digest {
	active();
	serve(100);
	assert_ok!(Leases::propose_change(signed(who), LEASE, change));
	Leases::proposal_hash(LEASE).expect("proposed")
}

fn accept(
	who: AccountId,
	hash: terminal_primitives::Digest,
) -> frame_support::dispatch::DispatchResult {
	Leases::accept_change(signed(who), LEASE, hash)
}

#[test]
fn goes_on_at_the_new_price_and_size() {
	run(|| {
		let hash = proposed(provider(), CHANGE);
		events();
		assert_ok!(accept(consumer(), hash));
		assert_eq!(
			events(),
			vec![Event::LeaseChanged {
				lease: LEASE,
				segment: 1,
				rate: RATE / 2,
				units: 3,
				acknowledged_ms: 600_000
			}]
		);
		assert_eq!(MockMachines::free_units(MACHINE), 1);
		serve(100);
		acknowledge(1, 600_000);
		let second = 600 * (3 * RATE / 2 + ROYALTY_RATE);
		assert_eq!(books().drawn(), cost(600_000) + second);
	})
}

#[test]
fn pays_exactly_what_was_acknowledged_before() {
	run(|| {
		let hash = proposed(
			consumer(),
			Change {
				acknowledged_ms: 500_000,
				..CHANGE
			},
		);
		assert_ok!(accept(provider(), hash));
		assert_ok!(collect(agent(), None));
		assert_eq!(books().drawn(), cost(500_000));
		assert_noop!(
			collect(agent(), Some(receipt(600_000))),
			Error::<Test>::UnknownSegment
		);
	})
}

#[test]
fn counts_what_a_grace_paid_before_against_what_follows() {
	run(|| {
		active();
		serve(100);
		acknowledge(0, 540_000);
		assert_eq!(books().drawn(), cost(600_000));
		assert_ok!(Leases::propose_change(
			signed(consumer()),
			LEASE,
			Change {
				rate: RATE,
				units: 2,
				acknowledged_ms: 540_000
			}
		));
		let hash = Leases::proposal_hash(LEASE).expect("proposed");
		assert_ok!(accept(provider(), hash));
		serve(100);
		acknowledge(1, 600_000);
		assert_eq!(books().drawn(), cost(1_140_000));
	})
}

#[test]
fn gives_units_back_that_are_not_needed() {
	run(|| {
		let hash = proposed(provider(), Change { units: 1, ..CHANGE });
		assert_ok!(accept(consumer(), hash));
		assert_eq!(MockMachines::free_units(MACHINE), 3);
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		assert_eq!(MockMachines::free_units(MACHINE), 4);
	});
	run(|| {
		let hash = proposed(provider(), Change { units: 5, ..CHANGE });
		assert_noop!(accept(consumer(), hash), REFUSED);
	})
}

#[test]
fn needs_funds_for_the_least_time_at_the_new_price() {
	run(|| {
		let hash = proposed(
			agent(),
			Change {
				rate: 100 * RATE,
				..CHANGE
			},
		);
		assert_noop!(accept(consumer(), hash), Error::<Test>::FundsTooLow);
		assert_ok!(Leases::top_up(signed(consumer()), LEASE, UNIT).or(Ok::<_, ()>(().into())));
	})
}

#[test]
fn never_falls_behind_a_receipt_that_was_shown() {
	run(|| {
		let hash = proposed(
			consumer(),
			Change {
				acknowledged_ms: 500_000,
				..CHANGE
			},
		);
		acknowledge(0, 500_001);
		assert_noop!(accept(provider(), hash), Error::<Test>::ProposalChanged);
	})
}

#[test]
fn is_the_other_sides_in_time() {
	run(|| {
		let hash = proposed(provider(), CHANGE);
		assert_noop!(accept(stranger(), hash), Error::<Test>::NotParty);
		assert_noop!(accept(provider(), hash), Error::<Test>::OwnProposal);
		assert_noop!(accept(consumer(), [0; 32]), Error::<Test>::ProposalChanged);
		jump(21);
		assert_noop!(accept(consumer(), hash), Error::<Test>::ProposalExpired);
		jump(500);
		assert_noop!(accept(consumer(), hash), Error::<Test>::TimeIsOver);
	});
	run(|| {
		active();
		assert_noop!(accept(consumer(), [0; 32]), Error::<Test>::NoProposal);
	})
}

#[test]
fn is_void_after_a_pause() {
	run(|| {
		let hash = proposed(provider(), CHANGE);
		MockMachines::set_window(MACHINE, Some((START, START + 3_600_000)));
		assert_ok!(Leases::pause(signed(agent()), LEASE));
		assert_noop!(accept(consumer(), hash), Error::<Test>::LeaseNotActive);
		assert_ok!(Leases::resume(signed(agent()), LEASE));
		assert_noop!(accept(consumer(), hash), Error::<Test>::NoProposal);
	})
}
