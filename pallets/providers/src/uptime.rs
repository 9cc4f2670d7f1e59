//! The writer of `Uptimes`, and V(t) for other pallets. The arithmetic is in [`crate::runs`].

use crate::{pallet::*, runs::Uptime};
use frame_support::traits::Time;
use terminal_primitives::{
	hooks::MachineGuard,
	uptime::{ProvenTime, UptimeRecorder, VerifiedUptime},
	MachineId, Moment,
};

impl<T: Config> Pallet<T> {
	/// Nothing after the last pass counts: the machine left the online state.
	pub(crate) fn close_run(machine: MachineId) {
		Uptimes::<T>::mutate(machine, Uptime::close)
	}

	/// Forget what a removed machine has proven.
	pub(crate) fn forget_uptime(machine: MachineId) {
		Uptimes::<T>::remove(machine)
	}
}

/// A machine's `Uptimes`, read and decoded once, with what its open challenge leaves to be proven.
pub struct Proven {
	uptime: Uptime,
	resolved_until: Moment,
}

impl ProvenTime for Proven {
	fn proven_ms(&self, at: Moment) -> u64 {
		self.uptime.proven_ms(at)
	}

	fn resolved_until(&self) -> Moment {
		self.resolved_until
	}
}

impl<T: Config> VerifiedUptime for Pallet<T> {
	type Proven = Proven;

	/// Nothing for a machine that does not exist, final until now: nothing will be proven for it any
	/// more.
	fn read(machine: MachineId) -> Proven {
		let uptime = Uptimes::<T>::get(machine);
		let challenge_open = T::Guard::has_open_challenge(machine);
		Proven {
			resolved_until: uptime.resolved_until(T::Time::now(), challenge_open),
			uptime,
		}
	}

	/// Final until the last challenge that was answered or missed.
	fn read_recorded(machine: MachineId) -> Proven {
		let uptime = Uptimes::<T>::get(machine);
		Proven {
			resolved_until: uptime.resolved,
			uptime,
		}
	}
}

impl<T: Config> UptimeRecorder for Pallet<T> {
	/// Ignored for a machine that does not exist. It cannot happen: a machine with an open
	/// challenge cannot be removed.
	fn record_pass(machine: MachineId, issued_at: Moment, gap_cap_ms: u64) {
		if Machines::<T>::contains_key(machine) {
			Uptimes::<T>::mutate(machine, |uptime| uptime.pass(issued_at, gap_cap_ms))
		}
	}

	/// As for a pass.
	fn record_miss(machine: MachineId, issued_at: Moment) {
		if Machines::<T>::contains_key(machine) {
			Uptimes::<T>::mutate(machine, |uptime| uptime.miss(issued_at))
		}
	}
}
