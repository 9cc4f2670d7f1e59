//! The writer of `MaintenanceWindows`. The arithmetic is in [`crate::windows`].

use crate::{
	pallet::*,
	types::Machine,
	windows::{Refusal, Window},
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Time};
use sp_runtime::DispatchError;
use terminal_primitives::{market::Maintenance, MachineId, Moment};

impl<T: Config> Pallet<T> {
	/// Call 11.
	pub(crate) fn do_announce_maintenance(
		who: T::AccountId,
		machine: MachineId,
		from: Moment,
		until: Moment,
	) -> DispatchResult {
		Self::signed_for(&who, machine)?;
		let params = Params::<T>::get();
		let now = T::Time::now();
		let window = Window { from, until };
		ensure!(from < until, Error::<T>::TimeNotAhead);
		let earliest = now.saturating_add(params.maintenance_notice_ms);
		ensure!(from > now && from >= earliest, Error::<T>::NoticeTooShort);
		Self::ensure_near(now, from)?;
		let allowed = window.length_ms() <= params.max_maintenance_ms;
		ensure!(allowed, Error::<T>::MaintenanceTooLong);
		// Who holds a booking does not lose by a window that was announced after it.
		let booked = Calendars::<T>::get(machine).is_booked(from, until);
		ensure!(!booked, Error::<T>::MaintenanceOverBooking);
		let windows = MaintenanceWindows::<T>::get(machine)
			.announce(now, window, params.maintenance_budget_ms)
			.map_err(Self::not_announced)?;
		// nothing fails from here
		MaintenanceWindows::<T>::insert(machine, windows);
		Self::deposit_event(Event::MaintenanceAnnounced {
			machine,
			from,
			until,
		});
		Ok(())
	}

	/// Call 12.
	pub(crate) fn do_cancel_maintenance(
		who: T::AccountId,
		machine: MachineId,
		from: Moment,
	) -> DispatchResult {
		Self::signed_for(&who, machine)?;
		let (windows, window) = MaintenanceWindows::<T>::get(machine)
			.cancel(T::Time::now(), from)
			.map_err(Self::not_announced)?;
		// nothing fails from here
		match windows.kept.is_empty() {
			true => MaintenanceWindows::<T>::remove(machine),
			false => MaintenanceWindows::<T>::insert(machine, windows),
		}
		Self::deposit_event(Event::MaintenanceCancelled {
			machine,
			from,
			until: window.until,
		});
		Ok(())
	}

	/// Forget the windows of a removed machine.
	pub(crate) fn forget_maintenance(machine: MachineId) {
		MaintenanceWindows::<T>::remove(machine)
	}

	/// Times to come are at most `max_ahead_ms` ahead, so that what hangs on them ends some time.
	pub(crate) fn ensure_near(now: Moment, from: Moment) -> DispatchResult {
		let latest = now.saturating_add(Params::<T>::get().max_ahead_ms);
		ensure!(from <= latest, Error::<T>::TooFarAhead);
		Ok(())
	}

	/// The machine, for its provider and its agent.
	pub(crate) fn signed_for(
		who: &T::AccountId,
		machine: MachineId,
	) -> Result<Machine<T::AccountId>, DispatchError> {
		let entry = Self::registered(machine)?;
		ensure!(
			*who == entry.provider || *who == entry.agent,
			Error::<T>::NotMachineSigner
		);
		Ok(entry)
	}

	fn not_announced(refusal: Refusal) -> Error<T> {
		match refusal {
			Refusal::Overlaps => Error::<T>::MaintenanceOverlaps,
			Refusal::TooMany => Error::<T>::TooManyWindows,
			Refusal::OverBudget => Error::<T>::MaintenanceOverBudget,
			Refusal::NotFound => Error::<T>::MaintenanceNotFound,
			Refusal::Begun => Error::<T>::MaintenanceBegun,
		}
	}
}

impl<T: Config> Maintenance for Pallet<T> {
	fn window(id: MachineId, at: Moment) -> Option<(Moment, Moment)> {
		let window = MaintenanceWindows::<T>::get(id).at(at)?;
		Some((window.from, window.until))
	}
}
