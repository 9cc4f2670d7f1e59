//! The writer of `Uptimes`, and V(t) for other pallets. The arithmetic is in [`crate::runs`].

use crate::{pallet::*, runs::Uptime};
use frame_support::traits::Time;
use terminal_primitives::{
	hooks::MachineGuard,
	uptime::{UptimeRecorder, VerifiedUptime},
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

impl<T: Config> VerifiedUptime for Pallet<T> {
	/// Zero for a machine that does not exist.
	fn proven_ms(machine: MachineId, at: Moment) -> u64 {
		Uptimes::<T>::get(machine).proven_ms(at)
	}

	/// Now, for a machine that does not exist: nothing will be proven for it any more.
	fn resolved_until(machine: MachineId) -> Moment {
		let challenge_open = T::Guard::has_open_challenge(machine);
		Uptimes::<T>::get(machine).resolved_until(T::Time::now(), challenge_open)
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
