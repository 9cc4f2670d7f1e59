//! The expiry wheel.

use super::*;
use crate::{Expiries, ExpiryCursor, Orders, Reservations, WeightInfo};
use frame_support::{traits::Hooks, weights::Weight};

#[test]
fn closes_an_order_without_a_reward() {
	run(|| {
		posted();
		assert_ok!(bid(0, RATE / 2));
		to_block(DEADLINE + 1);
		assert!(Orders::<Test>::contains_key(ORDER));
		blocks(1);
		assert!(!Orders::<Test>::contains_key(ORDER));
		assert_eq!(FakeLeases::get(LEASE).agreed.machine, bidders_machine(0));
		assert_eq!(free(&consumer()), ENDOWMENT - WHOLE / 2 - OPENING);
	})
}

#[test]
fn ends_reservations_in_every_stage() {
	run(|| {
		reserved();
		blocks(130);
		assert_eq!(free(&provider()), ENDOWMENT - UNIT + RESERVATION_DEPOSIT);
	});
	run(|| {
		arrived();
		blocks(25);
		assert_eq!(free(&consumer()), ENDOWMENT + RESERVATION_DEPOSIT);
	});
	run(|| {
		opened();
		blocks(110);
		assert_eq!(Reservations::<Test>::iter().count(), 0);
		FakeLeases::end(LEASE);
		assert_eq!(free(&consumer()), ENDOWMENT);
	})
}

#[test]
fn tries_again_while_the_clock_is_behind_the_blocks() {
	run(|| {
		reserved();
		let wake_at = Reservations::<Test>::get(RESERVATION)
			.expect("it stands")
			.wake_at;
		// Blocks were counted, but no time went by.
		set_block(wake_at);
		Market::on_idle(wake_at, Weight::MAX);
		let reservation = Reservations::<Test>::get(RESERVATION).expect("it stands");
		assert!(Expiries::<Test>::get(reservation.wake_at)
			.contains(&Expiring::Reservation(RESERVATION)));
		blocks(300);
		assert_eq!(Reservations::<Test>::iter().count(), 0);
	})
}

#[test]
fn stays_inside_its_weight_and_resumes() {
	run(|| {
		for _ in 0..4 {
			posted();
		}
		set_block(DEADLINE + 1);
		let each = <() as WeightInfo>::expire_one();
		let look = <() as WeightInfo>::expire_bucket();
		// Empty buckets first, without a single entry's weight left over.
		let limit = look
			.saturating_mul(u64::from(DEADLINE) + 2)
			.saturating_add(each.saturating_mul(2));
		let used = Market::on_idle(DEADLINE + 1, limit);
		assert!(used.all_lte(limit));
		assert_eq!(Orders::<Test>::iter().count(), 2);
		assert_eq!(ExpiryCursor::<Test>::get(), DEADLINE + 1);
		assert_eq!(
			Market::on_idle(DEADLINE + 1, Weight::zero()),
			Weight::zero()
		);
		Market::on_idle(DEADLINE + 1, limit);
		assert_eq!(Orders::<Test>::iter().count(), 0);
		assert_eq!(ExpiryCursor::<Test>::get(), DEADLINE + 2);
	})
}

#[test]
fn spills_into_later_buckets_and_at_worst_leaves_it_to_calls() {
	run(|| {
		let small = || OrderDraft {
			funds: WHOLE / 10,
			..order()
		};
		// Nine buckets would be needed, eight are tried.
		for _ in 0..33 {
			assert_ok!(post(consumer(), small()));
		}
		assert_eq!(Expiries::<Test>::get(DEADLINE + 1).len(), 4);
		assert_eq!(Expiries::<Test>::get(DEADLINE + 8).len(), 4);
		assert_eq!(Expiries::<Test>::get(DEADLINE + 9).len(), 0);
		to_block(DEADLINE + 10);
		assert_eq!(Orders::<Test>::iter().count(), 1);
		assert_ok!(Market::close_order(signed(stranger()), OrderId(32)));
	})
}

#[test]
fn one_failing_entry_stops_no_other() {
	run(|| {
		posted();
		posted();
		// The first cannot be closed: as if its deadline were later than its entry.
		Orders::<Test>::mutate(ORDER, |order| {
			order.as_mut().expect("it stands").deadline = DEADLINE + 30
		});
		to_block(DEADLINE + 2);
		assert!(Orders::<Test>::contains_key(ORDER));
		assert!(!Orders::<Test>::contains_key(OrderId(1)));
		to_block(DEADLINE + 60);
		assert!(!Orders::<Test>::contains_key(ORDER));
		crate::invariants::check::<Test>().expect("it was tried again");
	})
}
