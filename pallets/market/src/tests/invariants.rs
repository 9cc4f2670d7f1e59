//! Each invariant, broken on purpose.

use super::*;
use crate::{
	invariants::check, Claims, Expiries, NextOfferId, NextOrderId, NextReservationId, OfferCount,
	OffersOf, Orders, OrdersOf, Params, ReservationOfLease, Reservations, ReservationsOf, Stalls,
};
use frame_support::traits::{fungible::MutateHold, tokens::Precision};
use sp_runtime::TryRuntimeError;
use terminal_primitives::wheel::DueBlock;

/// Break something on a chain with offers, an order with bids, an arrival and an open lease.
fn broken(change: impl FnOnce()) -> String {
	let mut found = String::new();
	build(params()).execute_with(|| {
		reserved();
		assert_ok!(reserve(
			consumer(),
			Wish {
				from: FROM + 6_000,
				..wish()
			}
		));
		until_ms(FROM);
		assert_ok!(Market::arrive(
			signed(consumer()),
			ReservationId(1),
			None,
			None,
			RESERVED_WHOLE
		));
		set_online(MACHINE, false);
		assert_ok!(arrive(consumer()));
		let deadline = System::block_number() + 20;
		assert_ok!(post(
			consumer(),
			OrderDraft {
				deadline,
				..usual_order()
			}
		));
		assert_ok!(bid(0, RATE / 2));
		assert_ok!(bid(1, RATE));
		assert_eq!(check::<Test>(), Ok(()));
		change();
		match check::<Test>() {
			Err(TryRuntimeError::Other(text)) => found = text.into(),
			other => panic!("not noticed: {other:?}"),
		}
	});
	found
}

fn noticed(number: &str, change: impl FnOnce()) {
	let found = broken(change);
	assert!(found.starts_with(&format!("{number}:")), "{found}");
}

fn release(why: HoldReason, who: &AccountId) {
	assert_ok!(Balances::release(&why.into(), who, 1, Precision::Exact));
}

fn reservation(change: impl FnOnce(&mut Reservation<AccountId>)) {
	Reservations::<Test>::mutate(RESERVATION, |found| {
		change(found.as_mut().expect("it stands"))
	})
}

fn order(change: impl FnOnce(&mut Order<AccountId>)) {
	Orders::<Test>::mutate(ORDER, |found| change(found.as_mut().expect("it stands")))
}

use crate::mock::order as usual_order;

#[test]
fn market_1_to_6_notice_funds_that_are_not_on_hold() {
	use HoldReason::*;
	for (number, why, who) in [
		("MARKET-1", OfferDeposit, provider()),
		("MARKET-2", OrderFunds, consumer()),
		("MARKET-3", OrderDeposit, consumer()),
		("MARKET-4", BidDeposit, bidder(0)),
		("MARKET-5", ReservationDeposit, consumer()),
		("MARKET-5", ReservationDeposit, provider()),
		("MARKET-6", ArrivalFunds, consumer()),
	] {
		noticed(number, || release(why, &who));
	}
}

#[test]
fn market_1_to_6_notice_what_was_left_behind() {
	use HoldReason::*;
	for (number, why) in [
		("MARKET-1", OfferDeposit),
		("MARKET-2", OrderFunds),
		("MARKET-3", OrderDeposit),
		("MARKET-4", BidDeposit),
		("MARKET-5", ReservationDeposit),
		("MARKET-6", ArrivalFunds),
	] {
		noticed(number, || {
			assert_ok!(Balances::hold(&why.into(), &stranger(), 1));
		});
	}
}

#[test]
fn market_7_notices_bids_in_disorder() {
	noticed("MARKET-7", || order(|order| order.bids.as_mut().swap(0, 1)));
	noticed("MARKET-7", || order(|order| order.max_rate = RATE - 1));
	noticed("MARKET-7", || {
		order(|order| order.bids[1].machine = order.bids[0].machine)
	});
}

#[test]
fn market_8_notices_ids_from_nowhere() {
	noticed("MARKET-8", || NextOfferId::<Test>::put(OFFER));
	noticed("MARKET-8", || NextOrderId::<Test>::put(ORDER));
	noticed("MARKET-8", || NextReservationId::<Test>::put(RESERVATION));
}

#[test]
fn market_9_notices_indexes_that_disagree() {
	noticed("MARKET-9", || OffersOf::<Test>::remove(provider(), OFFER));
	noticed("MARKET-9", || {
		OffersOf::<Test>::insert(stranger(), OFFER, ())
	});
	noticed("MARKET-9", || OfferCount::<Test>::insert(provider(), 2));
	noticed("MARKET-9", || OrdersOf::<Test>::remove(consumer(), ORDER));
	noticed("MARKET-9", || {
		OrdersOf::<Test>::insert(stranger(), ORDER, ())
	});
	noticed("MARKET-9", || {
		ReservationsOf::<Test>::remove(provider(), RESERVATION)
	});
	noticed("MARKET-9", || {
		ReservationsOf::<Test>::insert(stranger(), RESERVATION, ())
	});
	noticed("MARKET-9", || ReservationOfLease::<Test>::remove(LEASE));
	noticed("MARKET-9", || {
		ReservationOfLease::<Test>::insert(LeaseId(7), RESERVATION)
	});
	noticed("MARKET-9", || {
		let due = Orders::<Test>::get(ORDER).expect("it stands").wake_at;
		Expiries::<Test>::remove(DueBlock::from(due), Expiring::Order(ORDER))
	});
	noticed("MARKET-9", || reservation(|found| found.wake_at += 1));
	noticed("MARKET-9", || order(|order| order.wake_at = 0));
	noticed("MARKET-9", || {
		let gone = Expiring::Reservation(ReservationId(7));
		Expiries::<Test>::insert(DueBlock::from(9_999), gone, ())
	});
}

#[test]
fn market_10_notices_claims_that_nothing_covers() {
	noticed("MARKET-10", || {
		Claims::<Test>::insert(stranger(), None::<u32>, UNIT)
	});
}

#[test]
fn market_11_notices_parameters_that_do_not_fit() {
	noticed("MARKET-11", || {
		Params::<Test>::mutate(|params| params.block_ms = 0)
	});
}

#[test]
fn market_12_notices_times_in_disorder() {
	type Change = fn(&mut Reservation<AccountId>);
	let changes: [Change; 5] = [
		|r| r.cancel_until = r.opens_at + 1,
		|r| r.opens_at = r.from + 1,
		|r| r.closes_at = r.from,
		|r| r.booked_until = r.closes_at,
		|r| {
			if let ReservationState::Arrived { until, .. } = &mut r.state {
				*until = r.closes_at - 1
			}
		},
	];
	for change in changes {
		noticed("MARKET-12", || reservation(change));
	}
}

#[test]
fn market_13_notices_standstills_in_disorder() {
	for stalls in [vec![(5, 5)], vec![(9, 12), (5, 8)], vec![(5, 8), (7, 9)]] {
		noticed("MARKET-13", || {
			Stalls::<Test>::put(frame_support::BoundedVec::try_from(stalls).expect("a few"))
		});
	}
}

#[test]
fn market_7_has_room_for_sixteen_by_type() {
	run(|| {
		assert_ok!(post(consumer(), usual_order()));
		for n in 0..16 {
			assert_ok!(bid(n, RATE));
		}
		assert!(Orders::<Test>::get(ORDER)
			.expect("it stands")
			.bids
			.is_full());
		assert_eq!(MAX_BIDS, 16);
	})
}
