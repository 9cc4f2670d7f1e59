//! What of a machine is free when, as its calendar says. Errs to one side: what it calls free, the
//! chain lends.

use crate::chain::{CalendarView, Machine};

/// A machine's units over time.
#[derive(Clone, Copy)]
pub struct Room<'a> {
	/// The machine.
	pub machine: &'a Machine,
	/// What is lent and booked of it.
	pub calendar: &'a CalendarView,
}

impl Room<'_> {
	fn lent_at(&self, at: u64) -> u32 {
		let lent = self.calendar.lent.iter().filter(|lent| lent.until > at);
		lent.fold(0, |sum, lent| sum.saturating_add(lent.units))
	}

	fn booked_at(&self, at: u64) -> u32 {
		let booked = self.calendar.bookings.iter();
		booked
			.filter(|booking| (booking.from..booking.until).contains(&at))
			.fold(0, |sum, booking| sum.saturating_add(booking.units))
	}

	/// Units that a lease could take now and keep until `until`. A lease whose time is over keeps
	/// its units from a new one until they are given back.
	pub fn free(&self, now: u64, until: u64) -> u32 {
		let begins = self.calendar.bookings.iter().map(|booking| booking.from);
		let load = |at| self.lent_at(at).saturating_add(self.booked_at(at));
		// Elsewhere the load only falls.
		let peak = begins
			.filter(|from| (now..until).contains(from))
			.chain([now])
			.map(load)
			.max()
			.unwrap_or(0);
		let present = self.machine.free_units.saturating_sub(self.booked_at(now));
		self.calendar.units.saturating_sub(peak).min(present)
	}

	/// How many of `units` that are booked from `from` to `until` cannot be lent now: others have
	/// them, those whose time is over too.
	pub fn missing(&self, now: u64, from: u64, until: u64, units: u32) -> u32 {
		let own = match (from..until).contains(&now) {
			true => units,
			false => 0,
		};
		let others = self.booked_at(now).saturating_sub(own);
		let free = self.machine.free_units.saturating_sub(others);
		units.saturating_sub(free)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::decide::samples::{booking, calendar, lent, machine};

	#[test]
	fn an_empty_machine_is_all_free() {
		let (machine, calendar) = (machine(8), calendar(8));
		let room = Room {
			machine: &machine,
			calendar: &calendar,
		};
		assert_eq!(room.free(1_000, 2_000), 8);
	}

	#[test]
	fn what_is_lent_and_booked_is_not_free() {
		let mut machine = machine(8);
		machine.free_units = 5;
		let mut calendar = calendar(8);
		calendar.lent = vec![lent(1_500, 3)];
		calendar.bookings = vec![booking(1_800, 3_000, 6)];
		let room = Room {
			machine: &machine,
			calendar: &calendar,
		};
		assert_eq!(room.free(1_000, 1_800), 5, "a booking later is no matter");
		assert_eq!(room.free(1_000, 1_801), 2);
		assert_eq!(room.free(3_000, 9_000), 5, "three are late");
	}

	#[test]
	fn a_booking_that_has_begun_keeps_its_units() {
		let machine = machine(8);
		let mut calendar = calendar(8);
		calendar.bookings = vec![booking(500, 3_000, 6)];
		let room = Room {
			machine: &machine,
			calendar: &calendar,
		};
		assert_eq!(room.free(1_000, 1_001), 2);
	}

	#[test]
	fn a_reservation_takes_its_own_booking_and_no_others() {
		let mut machine = machine(8);
		machine.free_units = 4;
		let mut calendar = calendar(8);
		calendar.bookings = vec![booking(500, 3_000, 4)];
		let missing = |calendar: &CalendarView| {
			let room = Room {
				machine: &machine,
				calendar,
			};
			room.missing(1_000, 500, 3_000, 4)
		};
		assert_eq!(missing(&calendar), 0);
		calendar.bookings.push(booking(900, 2_000, 1));
		assert_eq!(missing(&calendar), 1, "booked by another");
	}

	#[test]
	fn before_its_time_a_booking_does_not_count_as_its_own() {
		let machine = machine(4);
		let mut calendar = calendar(4);
		calendar.bookings = vec![booking(500, 1_000, 4), booking(1_000, 3_000, 4)];
		let room = Room {
			machine: &machine,
			calendar: &calendar,
		};
		assert_eq!(room.missing(999, 1_000, 3_000, 4), 4);
		assert_eq!(room.missing(1_000, 1_000, 3_000, 4), 0);
	}
}
