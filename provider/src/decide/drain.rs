//! Draining: which status the machine is given, and when.

use crate::{
	chain::{Machine, MachineStatus},
	drain::Wish,
};

/// What to do about the machine's status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
	/// Give it this one.
	Draining,
	/// Give it this one.
	Offline,
	/// Give it this one.
	Online,
	/// The wish is fulfilled for good.
	Fulfilled,
	/// Wait.
	Wait(Why),
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
	#[error("a presence challenge is open: the status changes after it")]
	Challenge,
	#[error(
		"{0} bookings stand, whose deposits would be lost: cancel them with the cold account \
		 (market.cancelReservation), or they are served first"
	)]
	Booked(usize),
	#[error("{0} leases are open: they are served to their end")]
	Leases(usize),
	#[error("units are still leased: they are given back when their leases end")]
	Units,
	#[error("the machine is drained and offline: the daemon may be stopped")]
	Done,
}

/// What is next for `machine`, with so many `leases` that are not closed and so many `bookings`.
/// `None`: nobody wishes anything.
pub fn next(wish: Wish, machine: &Machine, leases: usize, bookings: usize) -> Option<Step> {
	let status = &machine.status;
	let step = match (wish, status) {
		(Wish::Serve, _) => return None,
		(Wish::Undo, MachineStatus::Online) => return Some(Step::Fulfilled),
		(Wish::Drain, MachineStatus::Offline) => return Some(Step::Wait(Why::Done)),
		(Wish::Undo, MachineStatus::Draining | MachineStatus::Offline) => Step::Online,
		// The chain lets nobody arrive at a draining machine.
		(Wish::Drain, MachineStatus::Online) if bookings > 0 => {
			return Some(Step::Wait(Why::Booked(bookings)))
		},
		(Wish::Drain, MachineStatus::Online | MachineStatus::Draining) => {
			let is_lent = machine.free_units < machine.hardware.count;
			match (leases, is_lent, status) {
				(0, false, _) => Step::Offline,
				(_, _, MachineStatus::Online) => Step::Draining,
				(0, true, _) => return Some(Step::Wait(Why::Units)),
				(leases, ..) => return Some(Step::Wait(Why::Leases(leases))),
			}
		},
	};
	// The chain refuses it for now.
	match machine.challenge_open {
		true => Some(Step::Wait(Why::Challenge)),
		false => Some(step),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::decide::samples::machine;

	const UNITS: u32 = 8;

	fn with(status: MachineStatus, lent: u32) -> Machine {
		let mut machine = machine(UNITS);
		machine.status = status;
		machine.free_units = UNITS - lent;
		machine
	}

	#[test]
	fn nothing_is_done_where_nothing_is_wished() {
		let machine = with(MachineStatus::Offline, 0);
		assert_eq!(next(Wish::Serve, &machine, 0, 0), None);
	}

	#[test]
	fn a_machine_with_leases_drains_and_goes_offline_after_the_last() {
		let online = with(MachineStatus::Online, 2);
		assert_eq!(next(Wish::Drain, &online, 1, 0), Some(Step::Draining));
		let draining = with(MachineStatus::Draining, 2);
		let wait = Some(Step::Wait(Why::Leases(1)));
		assert_eq!(next(Wish::Drain, &draining, 1, 0), wait);
		let wait = Some(Step::Wait(Why::Units));
		assert_eq!(next(Wish::Drain, &draining, 0, 0), wait);
		let empty = with(MachineStatus::Draining, 0);
		assert_eq!(next(Wish::Drain, &empty, 0, 0), Some(Step::Offline));
		let offline = with(MachineStatus::Offline, 0);
		let done = Some(Step::Wait(Why::Done));
		assert_eq!(next(Wish::Drain, &offline, 0, 0), done);
	}

	#[test]
	fn a_job_that_is_delivered_is_served_though_it_holds_no_unit() {
		let online = with(MachineStatus::Online, 0);
		assert_eq!(next(Wish::Drain, &online, 1, 0), Some(Step::Draining));
		let draining = with(MachineStatus::Draining, 0);
		let wait = Some(Step::Wait(Why::Leases(1)));
		assert_eq!(next(Wish::Drain, &draining, 1, 0), wait);
	}

	#[test]
	fn an_idle_machine_goes_offline_at_once() {
		let online = with(MachineStatus::Online, 0);
		assert_eq!(next(Wish::Drain, &online, 0, 0), Some(Step::Offline));
	}

	#[test]
	fn reservations_are_kept() {
		let online = with(MachineStatus::Online, 0);
		let wait = Some(Step::Wait(Why::Booked(2)));
		assert_eq!(next(Wish::Drain, &online, 0, 2), wait);
	}

	#[test]
	fn no_status_is_asked_for_while_a_challenge_is_open() {
		let mut online = with(MachineStatus::Online, 0);
		online.challenge_open = true;
		let wait = Some(Step::Wait(Why::Challenge));
		assert_eq!(next(Wish::Drain, &online, 0, 0), wait);
	}

	#[test]
	fn what_is_undone_comes_online_from_wherever_it_got() {
		for status in [MachineStatus::Draining, MachineStatus::Offline] {
			let machine = with(status, 0);
			assert_eq!(next(Wish::Undo, &machine, 0, 0), Some(Step::Online));
		}
		let online = with(MachineStatus::Online, 3);
		assert_eq!(next(Wish::Undo, &online, 1, 1), Some(Step::Fulfilled));
	}
}
