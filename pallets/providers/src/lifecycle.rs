//! The states of a machine. Pure.
//!
//! ```text
//!            Online ---------> Draining
//!            ^  | ^               | |
//!            |  | +---------------+ |
//!            |  v   (no units leased)|
//!            +--Offline <-----------+
//! ```
//!
//! A machine is registered offline. Leaving Online closes its run of verified uptime at the last
//! pass; a draining machine that serves leases goes on being challenged and opens a new run by its
//! next pass.

use terminal_primitives::market::MachineStatus::{self, Draining, Offline, Online};

/// Why a status cannot follow another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
	/// It has that status.
	Unchanged,
	/// An offline machine has nothing to serve out.
	NothingToDrain,
	/// Leases have reserved units.
	UnitsLeased,
}

/// Whether the change is allowed and, if so, whether it closes the run.
pub fn change(from: MachineStatus, to: MachineStatus, reserved: u32) -> Result<bool, Refusal> {
	match (from, to) {
		(Online, Online) | (Draining, Draining) | (Offline, Offline) => Err(Refusal::Unchanged),
		(Offline, Draining) => Err(Refusal::NothingToDrain),
		(Online, Offline) | (Draining, Offline) if reserved > 0 => Err(Refusal::UnitsLeased),
		(Online, Draining) | (Online, Offline) | (Draining, Offline) => Ok(true),
		(Draining, Online) | (Offline, Online) => Ok(false),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_pair_has_its_answer() {
		let all = [Online, Draining, Offline];
		let answers: Vec<_> = all
			.into_iter()
			.flat_map(|from| all.into_iter().map(move |to| change(from, to, 0)))
			.collect();
		assert_eq!(
			answers,
			[
				Err(Refusal::Unchanged),
				Ok(true),
				Ok(true),
				Ok(false),
				Err(Refusal::Unchanged),
				Ok(true),
				Ok(false),
				Err(Refusal::NothingToDrain),
				Err(Refusal::Unchanged),
			]
		);
	}

	#[test]
	fn leased_units_keep_it_from_going_offline() {
		assert_eq!(change(Online, Offline, 1), Err(Refusal::UnitsLeased));
		assert_eq!(change(Draining, Offline, 1), Err(Refusal::UnitsLeased));
		assert_eq!(change(Online, Draining, 1), Ok(true));
		assert_eq!(change(Draining, Online, 1), Ok(false));
	}
}
