use super::*;
use crate::{runtime_api::Which, types::*, Error, Event, HoldReason};
use frame_support::{assert_noop, assert_ok};
use sp_core::{sr25519, Pair};
use terminal_test_support::{MILLI, UNIT};

/// The new tenant.
fn other() -> sr25519::Pair {
	sr25519::Pair::from_seed(&[2; 32])
}

fn take(who: AccountId) -> frame_support::dispatch::DispatchResult {
	Leases::take_transfer(signed(who), LEASE, Some(other().public()))
}

/// A receipt by the new tenant over the second segment.
fn receipt_by_other(milliseconds: u64) -> Receipt {
	let message = crate::receipts::message::<Test>(LEASE, 1, milliseconds);
	Receipt {
		segment: 1,
		milliseconds,
		signature: other().sign(&message),
	}
}

/// Ten minutes later, offered to a stranger.
fn offered() {
	active();
	serve(100);
	acknowledge(0, 540_000);
	assert_ok!(Leases::offer_transfer(
		signed(consumer()),
		LEASE,
		Some(stranger())
	));
}

#[test]
fn moves_escrow_and_deposit_from_hold_to_hold() {
	run(|| {
		offered();
		let (mine, theirs) = (free(&consumer()), free(&stranger()));
		let before = books();
		events();
		assert_ok!(take(stranger()));
		assert_eq!(books(), before);
		assert_eq!((free(&consumer()), free(&stranger())), (mine, theirs));
		assert_eq!(on_hold(HoldReason::Escrow, &consumer()), 0);
		assert_eq!(on_hold(HoldReason::Escrow, &stranger()), before.held);
		assert_eq!(
			on_hold(HoldReason::OpeningDeposit, &stranger()),
			100 * MILLI
		);
		assert_eq!(
			events(),
			vec![Event::LeaseTransferred {
				lease: LEASE,
				from: consumer(),
				to: stranger(),
				segment: 1
			}]
		);
		let listed = |who| {
			Leases::own_leases(who, None, Which::All, None, 9)
				.leases
				.len()
		};
		assert_eq!((listed(consumer()), listed(stranger())), (0, 1));
	})
}

#[test]
fn begins_a_segment_of_the_new_tenant_and_keeps_the_old_ones_receipts() {
	run(|| {
		offered();
		assert_ok!(take(stranger()));
		serve(100);
		let settle = |shown| collect(agent(), Some(shown));
		assert_noop!(
			settle(receipt_for(LEASE, 1, 600_000)),
			Error::<Test>::ReceiptInvalid
		);
		assert_ok!(settle(receipt_by_other(540_000)));
		// Two segments, each with a grace: its consumers ended the first.
		assert_eq!(books().drawn(), cost(1_200_000));
		assert_ok!(settle(receipt(600_000)));
		assert_eq!(books().drawn(), cost(1_200_000));
	})
}

#[test]
fn refunds_to_the_new_consumer() {
	run(|| {
		offered();
		assert_ok!(take(stranger()));
		assert_noop!(
			Leases::extend(signed(consumer()), LEASE, 60, RATE, 0),
			Error::<Test>::NotConsumer
		);
		let before = free(&stranger());
		assert_ok!(Leases::close(signed(stranger()), LEASE));
		assert_ok!(Leases::finish(signed(provider()), LEASE));
		// 9 less ten minutes, and the deposit less the finisher's.
		assert_eq!(
			free(&stranger()),
			before + 9 * UNIT - cost(600_000) + 80 * MILLI
		);
	})
}

#[test]
fn ends_what_the_old_consumer_allowed() {
	run(|| {
		offered();
		let auto = Some(AutoTopUp { step: 1, cap: 1 });
		assert_ok!(Leases::set_auto_top_up(signed(consumer()), LEASE, auto));
		let change = Change {
			rate: RATE,
			units: 2,
			acknowledged_ms: 540_000,
		};
		assert_ok!(Leases::propose_change(signed(consumer()), LEASE, change));
		assert_ok!(take(stranger()));
		let work = work();
		assert_eq!((work.auto_top_up, work.proposal), (None, None));
		assert_eq!(work.offered_to, None);
		assert_noop!(take(stranger()), Error::<Test>::NotOfferedToYou);
	})
}

#[test]
fn of_a_paused_lease_begins_no_segment() {
	run(|| {
		active_with(|lease| lease.funds = UNIT);
		serve(100);
		acknowledge(0, 600_000);
		assert_ok!(Leases::pause(signed(stranger()), LEASE));
		assert_ok!(Leases::offer_transfer(
			signed(consumer()),
			LEASE,
			Some(stranger())
		));
		assert_ok!(take(stranger()));
		assert_eq!(work().meter.segments.len(), 1);
		assert_ok!(Leases::top_up(signed(stranger()), LEASE, 2 * UNIT));
		assert_eq!(work().meter.segments[1].tenant, Some(other().public()));
	})
}

#[test]
fn to_oneself_changes_the_tenants_key() {
	run(|| {
		active();
		assert_ok!(Leases::offer_transfer(
			signed(consumer()),
			LEASE,
			Some(consumer())
		));
		assert_ok!(take(consumer()));
		assert_eq!(work().tenant, Some(other().public()));
		assert_eq!(
			Leases::own_leases(consumer(), None, Which::All, None, 9)
				.leases
				.len(),
			1
		);
	})
}

#[test]
fn leaves_the_provider_its_segments_for_maintenance() {
	run(|| {
		active();
		for _ in 0..11 {
			assert_ok!(Leases::offer_transfer(
				signed(consumer()),
				LEASE,
				Some(consumer())
			));
			assert_ok!(take(consumer()));
		}
		assert_ok!(Leases::offer_transfer(
			signed(consumer()),
			LEASE,
			Some(consumer())
		));
		assert_noop!(take(consumer()), Error::<Test>::TooManySegments);
	})
}

#[test]
fn turns_receipts_neither_on_nor_off() {
	run(|| {
		offered();
		assert_noop!(
			Leases::take_transfer(signed(stranger()), LEASE, None),
			Error::<Test>::ReceiptsFixed
		);
	});
	run(|| {
		active_with(|lease| lease.tenant = None);
		assert_ok!(Leases::offer_transfer(
			signed(consumer()),
			LEASE,
			Some(stranger())
		));
		assert_noop!(take(stranger()), Error::<Test>::ReceiptsFixed);
		assert_ok!(Leases::take_transfer(signed(stranger()), LEASE, None));
	})
}

#[test]
fn comes_before_the_end() {
	run(|| {
		assert_noop!(take(stranger()), Error::<Test>::UnknownLease);
		offered();
		assert_noop!(take(provider()), Error::<Test>::NotOfferedToYou);
		jump(500);
		assert_noop!(take(stranger()), Error::<Test>::TimeIsOver);
		assert_ok!(Leases::close(signed(stranger()), LEASE));
		assert_noop!(take(stranger()), Error::<Test>::LeaseNotActive);
	})
}

#[test]
fn of_what_holds_nothing_of_an_asset_needs_no_place_for_it() {
	run(|| {
		with_tusd();
		let mut agreed = agreement_tusd();
		agreed.funds = 2 * USD;
		agree(agreed).expect("the agreement is fine");
		assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
		serve(100);
		acknowledge(0, 600_000);
		assert_eq!(books().held, 0);
		let (by, everything) = (signed(stranger()), tusd(&stranger()));
		assert_ok!(Assets::transfer(by, TUSD.into(), author(), everything));
		let to = Some(stranger());
		assert_ok!(Leases::offer_transfer(signed(consumer()), LEASE, to));
		assert_ok!(take(stranger()));
		assert_eq!(lease(LEASE).consumer, stranger());
	})
}
