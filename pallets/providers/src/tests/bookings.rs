use super::*;
use crate::{
	calendar::{Booking, MAX_BOOKINGS},
	Calendars,
};

fn at(ms: u64) -> Moment {
	GENESIS_MS + ms
}

fn bookings(machine: MachineId) -> Vec<(Moment, Moment, u32)> {
	let plain = |booking: &Booking| {
		(
			booking.from - GENESIS_MS,
			booking.until - GENESIS_MS,
			booking.units,
		)
	};
	Calendars::<Test>::get(machine)
		.bookings
		.iter()
		.map(plain)
		.collect()
}

#[test]
fn are_kept_in_order_and_each_time_once() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::book(machine, 1, at(20), at(30)));
		assert_ok!(Providers::book(machine, 2, at(10), at(30)));
		assert_ok!(Providers::book(machine, 1, at(20), at(30)));
		assert_eq!(bookings(machine), [(10, 30, 2), (20, 30, 2)]);
		Providers::unbook(machine, 1, at(20), at(30));
		Providers::unbook(machine, 2, at(10), at(30));
		assert_eq!(bookings(machine), [(20, 30, 1)]);
		assert_eq!(events().len(), 3, "only those of setting the machine up");
	})
}

#[test]
fn never_exceed_the_units_at_any_time() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::book(machine, 3, at(10), at(20)));
		assert_noop!(
			Providers::book(machine, 2, at(19), at(25)),
			Error::<Test>::Booked
		);
		assert_noop!(
			Providers::book(machine, 2, at(5), at(11)),
			Error::<Test>::Booked
		);
		assert_noop!(
			Providers::book(machine, 2, at(5), at(99)),
			Error::<Test>::Booked
		);
		// ends are not included
		assert_ok!(Providers::book(machine, 2, at(20), at(25)));
		assert_ok!(Providers::book(machine, 4, at(5), at(10)));
		assert_ok!(Providers::book(machine, 1, at(10), at(25)));
		for units in [0, 5, u32::MAX] {
			let refused = Providers::book(machine, units, at(100), at(200));
			assert_noop!(refused, Error::<Test>::NotEnoughUnits);
		}
	})
}

#[test]
fn stand_behind_what_is_lent() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::reserve(machine, 2, at(100)));
		assert_noop!(
			Providers::book(machine, 3, at(99), at(200)),
			Error::<Test>::Booked
		);
		assert_ok!(Providers::book(machine, 3, at(100), at(200)));
		assert_ok!(Providers::book(machine, 2, at(50), at(100)));
		assert_eq!(Providers::earliest_start(machine, 1, 1), Some(at(0)));
		assert_eq!(Providers::earliest_start(machine, 2, 51), Some(at(200)));
		assert_eq!(Providers::earliest_start(machine, 2, 50), Some(at(0)));
	})
}

#[test]
fn are_for_a_time_to_come_and_not_far_ahead() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let far = at(parameters().max_ahead_ms);
		for (from, until) in [
			(at(0), at(9)),
			(0, u64::MAX),
			(at(5), at(5)),
			(at(6), at(5)),
		] {
			let refused = Providers::book(machine, 1, from, until);
			assert_noop!(refused, Error::<Test>::TimeNotAhead);
		}
		assert_noop!(
			Providers::book(machine, 1, far + 1, far + 2),
			Error::<Test>::TooFarAhead
		);
		assert_noop!(
			Providers::book(machine, 1, u64::MAX - 1, u64::MAX),
			Error::<Test>::TooFarAhead
		);
		assert_ok!(Providers::book(machine, 4, far, u64::MAX));
		assert_eq!(Providers::earliest_start(machine, 1, u64::MAX), None);
		assert_ok!(Providers::book(machine, 4, at(1), far));
	})
}

#[test]
fn are_a_bounded_number() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		for n in 0..u64::from(MAX_BOOKINGS) {
			assert_ok!(Providers::book(machine, 1, at(10 + n), at(11 + n)));
		}
		assert_noop!(
			Providers::book(machine, 1, at(50), at(51)),
			Error::<Test>::TooManyBookings
		);
		// the same time again needs no room
		assert_ok!(Providers::book(machine, 1, at(10), at(11)));
		// neither does time free any: whoever booked unbooks
		at_ms(1_000_000);
		let later = || Providers::book(machine, 1, at(2_000_000), at(3_000_000));
		assert_noop!(later(), Error::<Test>::TooManyBookings);
		Providers::unbook(machine, 1, at(15), at(16));
		assert_ok!(later());
	})
}

#[test]
fn are_only_on_machines_that_take_leases() {
	ExtBuilder::default().run(|| {
		register();
		let machine = register_machine(4);
		let book = || Providers::book(machine, 1, at(10), at(20));
		let set = |status| Providers::set_status(signed(agent()), machine, status);
		assert_noop!(book(), Error::<Test>::MachineNotOnline);
		assert_eq!(Providers::earliest_start(machine, 1, 1), None);
		assert_ok!(set(MachineStatus::Online));
		assert_ok!(set(MachineStatus::Draining));
		assert_noop!(book(), Error::<Test>::MachineNotOnline);
		assert_ok!(set(MachineStatus::Online));
		Providers::slash(&provider(), 700 * UNIT, None);
		assert_noop!(book(), Error::<Test>::BondBelowUnits);
		assert_ok!(Providers::bond(signed(provider()), 100 * UNIT));
		assert_ok!(book());
		let unknown = Providers::book(MachineId(9), 1, at(10), at(20));
		assert_noop!(unknown, Error::<Test>::MachineNotFound);
	})
}

#[test]
fn unbooking_is_total() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::book(machine, 2, at(10), at(20)));
		for (machine, units, from, until) in [
			(machine, 1, at(10), at(21)),
			(machine, 1, at(11), at(20)),
			(machine, 1, 0, u64::MAX),
			(machine, u32::MAX, at(20), at(10)),
			(machine, 0, at(10), at(20)),
			(MachineId(9), 1, at(10), at(20)),
		] {
			Providers::unbook(machine, units, from, until);
		}
		assert_eq!(bookings(machine), [(10, 20, 2)]);
		Providers::unbook(machine, u32::MAX, at(10), at(20));
		assert!(!Calendars::<Test>::contains_key(machine));
		assert!(!Calendars::<Test>::contains_key(MachineId(9)));
	})
}

#[test]
fn past_are_harmless_to_leases() {
	// as after a halt of the chain
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::book(machine, 4, at(10), at(20)));
		at_ms(20);
		assert_ok!(Providers::reserve(machine, 4, LATER));
		assert_ok!(Providers::extend(machine, 4, LATER + 1));
		assert_ok!(Providers::book(machine, 4, LATER + 1, LATER + 2));
		Providers::unbook(machine, 4, at(10), at(20));
	})
}
