//! Who can be called. Writes `Rosters`, `OwnerAt`, `OwnerCount`, `Params` and `Grades`.

use crate::{
	now_block,
	types::{Grade, Parameters, Roster, MAX_ROSTER},
	Config, Error, Event, Grades, OwnerAt, OwnerCount, Pallet, Params, Rosters, Summoned,
};
use frame_support::{
	dispatch::DispatchResult, ensure, pallet_prelude::DispatchError, traits::ConstU32, BoundedVec,
};
use terminal_primitives::{
	capability::Accelerators,
	market::{Machines, Slug},
	MachineId,
};

impl<T: Config> Pallet<T> {
	/// See the call `enlist`.
	pub(crate) fn do_enlist(who: T::AccountId, machine: MachineId) -> DispatchResult {
		let summary = T::Machines::machine(machine).ok_or(Error::<T>::UnknownMachine)?;
		ensure!(summary.provider == who, Error::<T>::NotMachineOwner);
		Self::grade_of(machine)?;
		let mut roster = Self::roster_or_new(&who);
		let place = match roster.machines.binary_search(&machine) {
			Ok(_) => return Err(Error::<T>::AlreadyEnlisted.into()),
			Err(place) => place,
		};
		let inserted = roster.machines.try_insert(place, machine);
		inserted.map_err(|_| Error::<T>::RosterFull)?;
		// nothing fails from here
		if !Rosters::<T>::contains_key(&who) {
			OwnerAt::<T>::insert(roster.index, who.clone());
			OwnerCount::<T>::put(roster.index.saturating_add(1));
		}
		Rosters::<T>::insert(&who, roster);
		Self::deposit_event(Event::Enlisted {
			machine,
			owner: who,
		});
		Ok(())
	}

	/// See the call `discharge`.
	pub(crate) fn do_discharge(who: T::AccountId, machine: MachineId) -> DispatchResult {
		let now = now_block::<T>();
		let mut roster = Rosters::<T>::get(&who).ok_or(Error::<T>::NotEnlisted)?;
		let place = roster.machines.binary_search(&machine);
		let place = place.map_err(|_| Error::<T>::NotEnlisted)?;
		let open = Summoned::<T>::get(machine);
		let open = open.is_some_and(|summons| summons.is_open(now));
		ensure!(!open, Error::<T>::MusterOpen);
		// Or leaving and coming back were a way to call again at once.
		let stays = roster.machines.len() > 1 || now >= roster.retry_at;
		ensure!(stays, Error::<T>::TooSoon);
		// nothing fails from here
		roster.machines.remove(place);
		Self::struck(&who, machine);
		Self::put_roster(&who, roster);
		Ok(())
	}

	/// Strike machines that are not registered any more: nobody may stand among those who can be drawn
	/// without anything that could be called. Returns how many stay, and how many are gone.
	pub(crate) fn strike_gone(who: &T::AccountId) -> (u32, u32) {
		let Some(mut roster) = Rosters::<T>::get(who) else {
			return (0, 0);
		};
		let mut gone = 0u32;
		roster.machines.retain(|machine| {
			let stays = T::Machines::machine(*machine).is_some();
			if !stays {
				gone = gone.saturating_add(1);
				Self::struck(who, *machine);
			}
			stays
		});
		let kept = u32::try_from(roster.machines.len()).unwrap_or(u32::MAX);
		if gone > 0 {
			Self::put_roster(who, roster);
		}
		(kept, gone)
	}

	/// What ends with a machine's place on a roster.
	fn struck(who: &T::AccountId, machine: MachineId) {
		Self::forget(machine);
		let owner = who.clone();
		Self::deposit_event(Event::Discharged { machine, owner });
	}

	/// An empty roster is none.
	fn put_roster(who: &T::AccountId, roster: Roster) {
		if roster.machines.is_empty() {
			Self::leave_index(who, roster.index);
		} else {
			Rosters::<T>::insert(who, roster);
		}
	}

	/// The last of the dense index takes the place of the one that leaves.
	fn leave_index(who: &T::AccountId, index: u32) {
		Rosters::<T>::remove(who);
		let last = OwnerCount::<T>::get().saturating_sub(1);
		OwnerCount::<T>::put(last);
		let Some(moved) = OwnerAt::<T>::take(last) else {
			return;
		};
		if moved != *who {
			Rosters::<T>::mutate(&moved, |roster| {
				if let Some(roster) = roster {
					roster.index = index;
				}
			});
			OwnerAt::<T>::insert(index, moved);
		}
	}

	/// The roster of `who`, or an empty one behind all others.
	fn roster_or_new(who: &T::AccountId) -> Roster {
		Rosters::<T>::get(who).unwrap_or_else(|| Roster {
			machines: BoundedVec::<_, ConstU32<MAX_ROSTER>>::new(),
			index: OwnerCount::<T>::get(),
			retry_at: 0,
		})
	}

	/// The grade that a machine's units claim by their name.
	pub(crate) fn grade_of(machine: MachineId) -> Result<Grade, DispatchError> {
		let name = T::Accelerators::accelerator(machine).ok_or(Error::<T>::UnknownMachine)?;
		Grades::<T>::get(name).ok_or_else(|| Error::<T>::NoGrade.into())
	}

	/// See the call `set_grade`.
	pub(crate) fn do_set_grade(accelerator: Slug, grade: Option<Grade>) -> DispatchResult {
		let valid = grade.as_ref().is_none_or(Grade::is_valid);
		ensure!(valid && !accelerator.is_empty(), Error::<T>::InvalidGrade);
		// nothing fails from here
		Grades::<T>::set(&accelerator, grade);
		Self::deposit_event(Event::GradeSet { accelerator, grade });
		Ok(())
	}

	/// See the call `set_params`.
	pub(crate) fn do_set_params(parameters: Parameters) -> DispatchResult {
		let valid = parameters.validate();
		valid.map_err(|_| Error::<T>::InvalidParameters)?;
		// nothing fails from here
		Params::<T>::put(parameters);
		Self::deposit_event(Event::ParametersSet { parameters });
		Ok(())
	}
}
