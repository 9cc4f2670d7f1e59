//! The writer of `Calendars`, with each machine's reserved units: what leases and reservations may
//! ask for. The arithmetic is in [`crate::calendar`].

use crate::{
	calendar::{Calendar, Present, Refusal},
	pallet::*,
	types::{Machine, Provider},
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Time};
use sp_runtime::DispatchError;
use terminal_primitives::{
	capability::{Accelerators, Capability},
	market::{
		Availability, Bookings, MachineMatch, MachineStatus, MachineSummary,
		Machines as MachinesTrait, Requirements, Slug,
	},
	AssetId, Balance, MachineId, Moment,
};

impl<T: Config> Pallet<T> {
	/// Forget what was lent of a removed machine. It has no bookings.
	pub(crate) fn forget_calendar(machine: MachineId) {
		Calendars::<T>::remove(machine)
	}

	fn present(entry: &Machine<T::AccountId>, calendar: &Calendar) -> Present {
		Present {
			now: T::Time::now(),
			count: entry.hardware.count,
			reserved: calendar.reserved,
		}
	}

	/// Units that leases have reserved.
	pub(crate) fn reserved_of(machine: MachineId) -> u32 {
		Calendars::<T>::get(machine).reserved
	}

	/// A machine that takes something new: online, proven to be what it is called where that is asked
	/// for, and its provider's bond covers all units.
	fn ensure_takes_new(id: MachineId, entry: &Machine<T::AccountId>) -> DispatchResult {
		match entry.status {
			MachineStatus::Online => (),
			MachineStatus::Draining | MachineStatus::Offline => {
				return Err(Error::<T>::MachineNotOnline.into())
			},
		}
		ensure!(
			T::Capability::may_serve(id, &entry.hardware.accelerator),
			Error::<T>::CapabilityNotProven
		);
		let provider = Self::provider_of(&entry.provider)?;
		let required = Provider::required_bond(provider.units, &Params::<T>::get());
		ensure!(provider.bond >= required, Error::<T>::BondBelowUnits);
		Ok(())
	}

	/// An empty calendar is none.
	fn put_calendar(id: MachineId, calendar: Calendar) {
		match calendar.is_empty() {
			true => Calendars::<T>::remove(id),
			false => Calendars::<T>::insert(id, calendar),
		}
	}

	fn refused(refusal: Refusal) -> DispatchError {
		match refusal {
			Refusal::Taken => Error::<T>::Booked.into(),
			Refusal::Full => Error::<T>::TooManyBookings.into(),
		}
	}
}

impl<T: Config> MachinesTrait<T::AccountId> for Pallet<T> {
	fn machine(id: MachineId) -> Option<MachineSummary<T::AccountId>> {
		Machines::<T>::get(id).map(|machine| MachineSummary {
			terms_hash: machine.terms_hash(id),
			units: machine.hardware.count,
			status: machine.status,
			price_per_second: machine.price_per_second,
			provider: machine.provider,
			agent: machine.agent,
		})
	}

	fn price_in(id: MachineId, asset: AssetId) -> Option<Balance> {
		Self::asset_price(id, asset)
	}

	fn is_proven(id: MachineId) -> bool {
		Machines::<T>::get(id)
			.is_some_and(|machine| T::Capability::may_serve(id, &machine.hardware.accelerator))
	}

	/// Also fails while the provider's bond is below what its units ask for, as after a slash.
	fn reserve(id: MachineId, units: u32, until: Moment) -> DispatchResult {
		let entry = Self::registered(id)?;
		Self::ensure_takes_new(id, &entry)?;
		let calendar = Calendars::<T>::get(id);
		let present = Self::present(&entry, &calendar);
		let free = 1..=present.count.saturating_sub(present.reserved);
		ensure!(free.contains(&units), Error::<T>::NotEnoughUnits);
		let mut calendar = calendar
			.lend(present, units, until)
			.map_err(Self::refused)?;
		// nothing fails from here
		calendar.reserved = present.reserved.saturating_add(units);
		Self::put_calendar(id, calendar);
		Ok(())
	}

	/// A draining machine serves what it has, and a lower bond is no reason to end a lease: only
	/// bookings stand against it.
	fn extend(id: MachineId, units: u32, until: Moment) -> DispatchResult {
		let entry = Self::registered(id)?;
		let calendar = Calendars::<T>::get(id);
		let present = Self::present(&entry, &calendar);
		let lent = 1..=present.reserved;
		ensure!(lent.contains(&units), Error::<T>::NotEnoughUnits);
		let calendar = calendar
			.extend(present, units, until)
			.map_err(Self::refused)?;
		// nothing fails from here
		Self::put_calendar(id, calendar);
		Ok(())
	}

	fn release(id: MachineId, units: u32) {
		let calendar = Calendars::<T>::get(id);
		let reserved = calendar.reserved;
		if units > reserved {
			log::error!(target: "runtime::providers", "{units} of {reserved} units given back");
		}
		Self::put_calendar(id, calendar.give_back(reserved.saturating_sub(units)));
	}
}

impl<T: Config> Bookings for Pallet<T> {
	/// As for leases, the machine must be online and bonded: one that is being emptied gets no
	/// bookings that would keep it from being removed.
	fn book(id: MachineId, units: u32, from: Moment, until: Moment) -> DispatchResult {
		let entry = Self::registered(id)?;
		Self::ensure_takes_new(id, &entry)?;
		let now = T::Time::now();
		ensure!(now < from && from < until, Error::<T>::TimeNotAhead);
		Self::ensure_near(now, from)?;
		let all = 1..=entry.hardware.count;
		ensure!(all.contains(&units), Error::<T>::NotEnoughUnits);
		let calendar = Calendars::<T>::get(id)
			.book(entry.hardware.count, units, from, until)
			.map_err(Self::refused)?;
		// nothing fails from here
		Self::put_calendar(id, calendar);
		Ok(())
	}

	fn unbook(id: MachineId, units: u32, from: Moment, until: Moment) {
		let (calendar, missing) = Calendars::<T>::get(id).unbook(units, from, until);
		if missing > 0 {
			log::error!(target: "runtime::providers", "{missing} of {units} units were not booked");
		}
		Self::put_calendar(id, calendar);
	}
}

impl<T: Config> Availability for Pallet<T> {
	fn extendable_until(id: MachineId, units: u32, until: Moment) -> Option<Moment> {
		let entry = Machines::<T>::get(id)?;
		let calendar = Calendars::<T>::get(id);
		let present = Self::present(&entry, &calendar);
		let lent = 1..=present.reserved;
		lent.contains(&units).then_some(())?;
		calendar.extendable_until(present, units, until)
	}

	fn reserved_units(id: MachineId) -> u32 {
		Self::reserved_of(id)
	}

	fn earliest_start(id: MachineId, units: u32, duration_ms: u64) -> Option<Moment> {
		let entry = Machines::<T>::get(id)?;
		Self::ensure_takes_new(id, &entry).ok()?;
		let all = 1..=entry.hardware.count;
		all.contains(&units).then_some(())?;
		let calendar = Calendars::<T>::get(id);
		let present = Self::present(&entry, &calendar);
		calendar
			.earliest(present, units, duration_ms)
			.filter(|from| Self::ensure_near(present.now, *from).is_ok())
	}
}

impl<T: Config> MachineMatch for Pallet<T> {
	fn meets(id: MachineId, wanted: &Requirements) -> bool {
		Machines::<T>::get(id).is_some_and(|machine| machine.hardware.meets(wanted))
	}
}

impl<T: Config> Accelerators for Pallet<T> {
	fn accelerator(id: MachineId) -> Option<Slug> {
		Machines::<T>::get(id).map(|machine| machine.hardware.accelerator)
	}
}
