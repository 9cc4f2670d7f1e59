//! Reservations: take the consumer that arrived, and collect from the one that did not.

use super::{room::Room, Now};
use crate::chain::{Booked, Lease, MachineStatus, Pause, ReservationState, Status};

/// The wheel ends what is over by itself; so much later the daemon does, in milliseconds.
const END_AFTER_MS: u64 = 60_000;

/// What to do about a reservation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
	/// Open the lease of the consumer that arrived.
	Honour,
	/// Close these leases first: they are out of funds and hold the reserved units.
	MakeRoom(Vec<u64>),
	/// The consumer did not come: collect its deposit.
	End,
	/// The consumer is there and cannot be taken now.
	Stuck(Reason),
}

/// Why a consumer that arrived cannot be taken, with the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
	#[error(
		"the machine is {0}: set it online, or the reservation's deposit goes to the consumer"
	)]
	NotOnline(&'static str),
	#[error(
		"{0} of the reserved units are not free: close what holds them, or the reservation's \
		 deposit goes to the consumer"
	)]
	NotFree(u32),
}

/// A lease that the provider may leave at no cost: its escrow is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfFunds {
	/// The lease.
	pub lease: u64,
	/// The units that it holds.
	pub units: u32,
}

/// Whether `lease` is paused because its escrow is used up.
pub fn out_of_funds(lease: &Lease) -> Option<OutOfFunds> {
	let metered = lease.metered.as_ref()?;
	let is_short = lease.status == Status::Paused && metered.paused == Some(Pause::Funds);
	is_short.then_some(OutOfFunds {
		lease: lease.id.0,
		units: metered.units,
	})
}

/// What is next for `reservation` of the machine in `room`, on which the leases `short` are out of
/// funds. `None`: wait.
pub fn next(now: Now, reservation: &Booked, room: Room<'_>, short: &[OutOfFunds]) -> Option<Step> {
	match &reservation.state {
		ReservationState::Reserved => {
			let over = reservation.closes_at.saturating_add(END_AFTER_MS);
			now.is_after(Some(over)).then_some(Step::End)
		},
		ReservationState::Arrived { until, .. } if now.ms <= *until => {
			serve(now, reservation, room, short)
		},
		// Too late; or leases have it.
		ReservationState::Arrived { .. } | ReservationState::Opened { .. } => None,
	}
}

/// Take a consumer that is there, or see to it that it can be taken.
fn serve(now: Now, reservation: &Booked, room: Room<'_>, short: &[OutOfFunds]) -> Option<Step> {
	match room.machine.status {
		MachineStatus::Online => (),
		MachineStatus::Draining => return Some(Step::Stuck(Reason::NotOnline("draining"))),
		MachineStatus::Offline => return Some(Step::Stuck(Reason::NotOnline("offline"))),
	}
	let (from, until) = (reservation.from, reservation.booked_until);
	let missing = room.missing(now.ms, from, until, reservation.units);
	if missing == 0 {
		return Some(Step::Honour);
	}
	if now.ms < from {
		// The consumer is early, and the units are others' by right until then.
		return None;
	}
	let held = leases_that_hold(missing, short);
	Some(match held.is_empty() {
		true => Step::Stuck(Reason::NotFree(missing)),
		false => Step::MakeRoom(held),
	})
}

/// The oldest of `short` that hold at least `units` together; none if all of them do not.
fn leases_that_hold(units: u32, short: &[OutOfFunds]) -> Vec<u64> {
	let mut held = 0u32;
	let mut chosen = Vec::new();
	for one in short {
		if held >= units {
			break;
		}
		held = held.saturating_add(one.units);
		chosen.push(one.lease);
	}
	match held >= units {
		true => chosen,
		false => Vec::new(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::decide::samples::{arrived, booking, calendar, lease, machine, now, reservation};

	/// Of a machine of four units, two of them reserved from 10,000 to 50,000.
	fn decide(
		at: u64,
		state: ReservationState,
		status: MachineStatus,
		free_units: u32,
	) -> Option<Step> {
		let mut machine = machine(4);
		machine.status = status;
		machine.free_units = free_units;
		let mut calendar = calendar(4);
		calendar.bookings = vec![booking(10_000, 50_000, 2)];
		let room = Room {
			machine: &machine,
			calendar: &calendar,
		};
		next(now(5, at), &reservation(2, state), room, &[])
	}

	/// As above, with one unit free and one missing.
	fn decide_short(at: u64, short: &[OutOfFunds]) -> Option<Step> {
		let mut machine = machine(4);
		machine.free_units = 1;
		let mut calendar = calendar(4);
		calendar.bookings = vec![booking(10_000, 50_000, 2)];
		let room = Room {
			machine: &machine,
			calendar: &calendar,
		};
		next(now(5, at), &reservation(2, arrived(30_000)), room, short)
	}

	#[test]
	fn a_consumer_that_arrived_is_honoured_until_the_window_is_over() {
		let honour = |at| decide(at, arrived(30_000), MachineStatus::Online, 2);
		assert_eq!(honour(12_000), Some(Step::Honour));
		assert_eq!(honour(30_000), Some(Step::Honour));
		assert_eq!(honour(30_001), None);
	}

	#[test]
	fn a_machine_that_cannot_take_the_consumer_says_why() {
		let offline = decide(12_000, arrived(30_000), MachineStatus::Offline, 4);
		assert_eq!(offline, Some(Step::Stuck(Reason::NotOnline("offline"))));
		let draining = decide(12_000, arrived(30_000), MachineStatus::Draining, 4);
		assert_eq!(draining, Some(Step::Stuck(Reason::NotOnline("draining"))));
		let late = decide(12_000, arrived(30_000), MachineStatus::Online, 1);
		assert_eq!(late, Some(Step::Stuck(Reason::NotFree(1))));
		assert!(Reason::NotFree(1).to_string().contains("close what holds"));
	}

	#[test]
	fn leases_out_of_funds_make_room_for_a_reservation_whose_time_has_come() {
		let holds = |lease, units| OutOfFunds { lease, units };
		let short = [holds(7, 1), holds(8, 1)];
		let room = Some(Step::MakeRoom(vec![7]));
		assert_eq!(decide_short(10_000, &short), room);
		assert_eq!(decide_short(9_999, &short), None, "the consumer is early");
		let stuck = Some(Step::Stuck(Reason::NotFree(1)));
		assert_eq!(decide_short(10_000, &[]), stuck);
	}

	#[test]
	fn nothing_is_closed_in_vain() {
		let holds = |lease, units| OutOfFunds { lease, units };
		let short = [holds(7, 1), holds(8, 2), holds(9, 4)];
		assert_eq!(leases_that_hold(3, &short), [7, 8]);
		assert_eq!(leases_that_hold(7, &short), [7, 8, 9]);
		assert!(leases_that_hold(8, &short).is_empty());
	}

	#[test]
	fn only_a_lease_paused_for_funds_is_out_of_funds() {
		let mut paused = lease(Status::Paused);
		let pause = |lease: &mut Lease, why| lease.metered.as_mut().unwrap().paused = why;
		pause(&mut paused, Some(Pause::Funds));
		let found = OutOfFunds { lease: 0, units: 1 };
		assert_eq!(out_of_funds(&paused), Some(found));
		pause(&mut paused, Some(Pause::Maintenance { until: 1 }));
		assert_eq!(out_of_funds(&paused), None);
		assert_eq!(out_of_funds(&lease(Status::Active)), None);
	}

	#[test]
	fn an_absent_consumers_reservation_is_ended_a_minute_after_its_window() {
		let end = |at| decide(at, ReservationState::Reserved, MachineStatus::Offline, 0);
		assert_eq!(end(12_000), None);
		assert_eq!(end(20_000 + END_AFTER_MS), None);
		assert_eq!(end(20_001 + END_AFTER_MS), Some(Step::End));
	}

	#[test]
	fn an_opened_reservation_is_the_leases() {
		let opened = crate::decide::samples::opened(3);
		assert_eq!(decide(99_000_000, opened, MachineStatus::Online, 4), None);
	}
}
