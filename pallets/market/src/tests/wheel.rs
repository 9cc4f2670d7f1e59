//! The expiry wheel.

use super::*;
use crate::{Expiries, Orders, Reservations, WeightInfo};
use frame_support::{traits::Hooks, weights::Weight};
use terminal_primitives::{wheel::DueBlock, BlockNumber};

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
		let due = DueBlock::from(reservation.wake_at);
		let what = Expiring::Reservation(RESERVATION);
		assert!(reservation.wake_at > wake_at && Expiries::<Test>::contains_key(due, what));
		blocks(300);
		assert_eq!(Reservations::<Test>::iter().count(), 0);
	})
}

/// Weight for so many entries and the look after the last of them.
fn room_for(entries: u64) -> Weight {
	let look = crate::hooks::look_weight::<Test>();
	let each = <() as WeightInfo>::expire_one();
	look.saturating_mul(entries + 1)
		.saturating_add(each.saturating_mul(entries))
}

fn idle(limit: Weight) -> Weight {
	let used = Market::on_idle(System::block_number(), limit);
	assert!(used.all_lte(limit));
	used
}

fn posted_many(count: usize) {
	use frame_support::traits::fungible::Mutate;
	Balances::set_balance(&consumer(), 1_000_000 * UNIT);
	(0..count).for_each(|_| posted());
}

fn orders() -> usize {
	Orders::<Test>::iter().count()
}

fn waiting() -> Vec<(BlockNumber, Expiring)> {
	let keys = Expiries::<Test>::iter_keys();
	keys.map(|(due, what)| (due.number(), what)).collect()
}

#[test]
fn stays_inside_its_weight_and_resumes() {
	run(|| {
		posted_many(4);
		set_block(DEADLINE + 1);
		assert_eq!(idle(room_for(2)), room_for(2));
		assert_eq!(orders(), 2);
		idle(room_for(1));
		assert_eq!(orders(), 1);
		idle(Weight::MAX);
		assert_eq!(orders(), 0);
	})
}

#[test]
fn leaves_all_as_it_is_in_a_block_without_weight_to_spare() {
	run(|| {
		posted_many(2);
		set_block(DEADLINE + 1);
		let before = waiting();
		assert_eq!(idle(Weight::zero()), Weight::zero());
		// Enough to look, not enough for what was found.
		let each = <() as WeightInfo>::expire_one();
		assert_eq!(idle(each), crate::hooks::look_weight::<Test>());
		assert_eq!((orders(), waiting()), (2, before));
	})
}

#[test]
fn drains_any_number_that_is_due_in_one_block() {
	run(|| {
		posted_many(500);
		assert!(waiting().iter().all(|(due, _)| *due == DEADLINE + 1));
		for done in 1..=10 {
			set_block(DEADLINE + done);
			idle(room_for(50));
			assert_eq!(orders(), 500 - done as usize * 50);
		}
		assert_eq!(waiting(), []);
	})
}

#[test]
fn pays_for_no_block_in_which_nothing_was_due() {
	run(|| {
		posted_many(2);
		// As if no block had had weight to spare for years.
		set_block(5_000_000);
		idle(room_for(2));
		assert_eq!(orders(), 0);
		assert_eq!(idle(Weight::MAX), crate::hooks::look_weight::<Test>());
	})
}

#[test]
fn holds_one_entry_of_what_stands_and_none_of_what_is_gone() {
	run(|| {
		posted();
		assert_eq!(waiting(), [(DEADLINE + 1, Expiring::Order(ORDER))]);
		assert_ok!(Market::cancel_order(signed(consumer()), ORDER));
		assert_eq!(waiting(), []);
		opened();
		let due = Reservations::<Test>::get(RESERVATION)
			.expect("it stands")
			.wake_at;
		assert_eq!(waiting(), [(due, Expiring::Reservation(RESERVATION))]);
		FakeLeases::start(LEASE);
		assert_eq!(waiting(), []);
	})
}

/// With weight for one entry per block, nothing starves behind what fails again and again.
#[test]
fn puts_what_fails_behind_all_that_is_due() {
	run(|| {
		posted_many(20);
		// They cannot be closed: as if their deadlines were later than their entries.
		Orders::<Test>::translate_values(|mut order: Order<AccountId>| {
			order.deadline = 5_000;
			Some(order)
		});
		let honest = OrderId(20);
		assert_ok!(post(
			consumer(),
			OrderDraft {
				deadline: DEADLINE + 1,
				..order()
			}
		));
		for turn in 0..20 {
			set_block(DEADLINE + 2 + turn);
			idle(room_for(1));
			assert!(Orders::<Test>::contains_key(honest));
		}
		idle(room_for(1));
		assert!(!Orders::<Test>::contains_key(honest));
		assert_eq!(waiting().len(), 20);
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
