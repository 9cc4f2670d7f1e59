//! The writer of `Machines`, `MachinesOf` and `NextMachine`.

use crate::{
	endpoint::{is_any_twice, is_endpoint},
	lifecycle::{self, Refusal},
	now_block,
	pallet::*,
	types::{Endpoints, Hardware, Machine, Parameters, Provider},
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use sp_runtime::DispatchError;
use terminal_primitives::{
	hooks::MachineGuard,
	market::{is_slug, MachineStatus},
	Balance, Digest, MachineId,
};

impl<T: Config> Pallet<T> {
	/// Call 4.
	pub(crate) fn do_register_machine(
		who: T::AccountId,
		hardware: Hardware,
		agent: T::AccountId,
		endpoints: Endpoints,
		price_per_second: Balance,
		document: Digest,
	) -> DispatchResult {
		let provider = Self::provider_of(&who)?;
		let params = Params::<T>::get();
		ensure!(agent != who, Error::<T>::AgentIsProvider);
		Self::ensure_endpoints(&endpoints)?;
		Self::ensure_hardware(&hardware, &params)?;
		Self::ensure_price(price_per_second, &params)?;
		ensure!(
			provider.machines < params.max_machines,
			Error::<T>::TooManyMachines
		);
		let units = hardware.count;
		let all_units = provider.units.saturating_add(units);
		let required = Provider::required_bond(all_units, &params);
		ensure!(provider.bond >= required, Error::<T>::BondBelowUnits);
		let machine = NextMachine::<T>::get();
		let next = machine.next().ok_or(Error::<T>::IdsExhausted)?;
		// nothing fails from here
		let now = now_block::<T>();
		let entry = Machine {
			provider: who.clone(),
			agent: agent.clone(),
			hardware,
			endpoints,
			price_per_second,
			document,
			status: MachineStatus::Offline,
			status_since: now,
			registered_at: now,
		};
		NextMachine::<T>::put(next);
		Machines::<T>::insert(machine, entry);
		MachinesOf::<T>::insert(&who, machine, ());
		Self::add_machine_to(&who, provider, units);
		Self::deposit_event(Event::MachineRegistered {
			machine,
			provider: who,
			agent,
			units,
		});
		Ok(())
	}

	/// Call 5.
	pub(crate) fn do_update_machine(
		who: T::AccountId,
		machine: MachineId,
		price_per_second: Balance,
		document: Digest,
	) -> DispatchResult {
		let mut entry = Self::owned(&who, machine)?;
		Self::ensure_price(price_per_second, &Params::<T>::get())?;
		// nothing fails from here
		entry.price_per_second = price_per_second;
		entry.document = document;
		let terms_hash = entry.terms_hash(machine);
		Machines::<T>::insert(machine, entry);
		Self::deposit_event(Event::MachineUpdated {
			machine,
			price_per_second,
			terms_hash,
		});
		Ok(())
	}

	/// Call 6.
	pub(crate) fn do_set_endpoints(
		who: T::AccountId,
		machine: MachineId,
		endpoints: Endpoints,
	) -> DispatchResult {
		let mut entry = Self::owned(&who, machine)?;
		Self::ensure_endpoints(&endpoints)?;
		Self::ensure_no_challenge(machine)?;
		// nothing fails from here
		entry.endpoints = endpoints.clone();
		Machines::<T>::insert(machine, entry);
		Self::deposit_event(Event::EndpointsChanged { machine, endpoints });
		Ok(())
	}

	/// Call 7.
	pub(crate) fn do_set_agent(
		who: T::AccountId,
		machine: MachineId,
		agent: T::AccountId,
	) -> DispatchResult {
		let mut entry = Self::owned(&who, machine)?;
		ensure!(agent != who, Error::<T>::AgentIsProvider);
		Self::ensure_no_challenge(machine)?;
		// nothing fails from here
		entry.agent = agent.clone();
		Machines::<T>::insert(machine, entry);
		Self::deposit_event(Event::AgentChanged { machine, agent });
		Ok(())
	}

	/// Call 8.
	pub(crate) fn do_set_status(
		who: T::AccountId,
		machine: MachineId,
		status: MachineStatus,
	) -> DispatchResult {
		let mut entry = Self::signed_for(&who, machine)?;
		Self::ensure_no_challenge(machine)?;
		let closes_run = lifecycle::change(entry.status, status, Self::reserved_of(machine))
			.map_err(|refusal| match refusal {
				Refusal::Unchanged => Error::<T>::StatusUnchanged,
				Refusal::NothingToDrain => Error::<T>::NothingToDrain,
				Refusal::UnitsLeased => Error::<T>::UnitsLeased,
			})?;
		// nothing fails from here
		entry.status = status;
		entry.status_since = now_block::<T>();
		Machines::<T>::insert(machine, entry);
		if closes_run {
			Self::close_run(machine);
		}
		Self::deposit_event(Event::StatusChanged { machine, status });
		Ok(())
	}

	/// Call 9.
	pub(crate) fn do_remove_machine(who: T::AccountId, machine: MachineId) -> DispatchResult {
		let entry = Self::owned(&who, machine)?;
		Self::ensure_no_challenge(machine)?;
		match entry.status {
			MachineStatus::Offline => (),
			MachineStatus::Online | MachineStatus::Draining => {
				return Err(Error::<T>::MachineNotOffline.into())
			},
		}
		// an offline machine has none (PROVIDER-4); asked again because funds hang on it
		let calendar = Calendars::<T>::get(machine);
		ensure!(calendar.reserved == 0, Error::<T>::UnitsLeased);
		ensure!(calendar.bookings.is_empty(), Error::<T>::UnitsBooked);
		let claims = T::ClaimWindow::get().saturating_add(1);
		let delay = Params::<T>::get().removal_delay_blocks.max(claims);
		let removable_at = entry.status_since.saturating_add(delay);
		ensure!(
			now_block::<T>() >= removable_at,
			Error::<T>::RemovalTooEarly
		);
		// nothing fails from here
		Machines::<T>::remove(machine);
		MachinesOf::<T>::remove(&who, machine);
		Self::forget_uptime(machine);
		Self::forget_calendar(machine);
		Self::forget_maintenance(machine);
		AssetPrices::<T>::remove(machine);
		Self::remove_machine_from(&who, entry.hardware.count);
		Self::deposit_event(Event::MachineRemoved {
			machine,
			provider: who,
		});
		Ok(())
	}

	pub(crate) fn registered(machine: MachineId) -> Result<Machine<T::AccountId>, DispatchError> {
		Machines::<T>::get(machine).ok_or_else(|| Error::<T>::MachineNotFound.into())
	}

	pub(crate) fn owned(
		who: &T::AccountId,
		machine: MachineId,
	) -> Result<Machine<T::AccountId>, DispatchError> {
		let entry = Self::registered(machine)?;
		ensure!(entry.provider == *who, Error::<T>::NotMachineOwner);
		Ok(entry)
	}

	fn ensure_no_challenge(machine: MachineId) -> DispatchResult {
		ensure!(
			!T::Guard::has_open_challenge(machine),
			Error::<T>::ChallengeOpen
		);
		Ok(())
	}

	fn ensure_hardware(hardware: &Hardware, params: &Parameters) -> DispatchResult {
		let named = [&hardware.accelerator, &hardware.region];
		let optional = [&hardware.interconnect, &hardware.driver];
		let nameless = named.iter().any(|slug| slug.is_empty());
		let strange = named.iter().chain(&optional).any(|slug| !is_slug(slug));
		ensure!(!nameless && !strange, Error::<T>::InvalidHardware);
		let allowed = 1..=params.max_units;
		ensure!(
			allowed.contains(&hardware.count),
			Error::<T>::UnitsOutOfRange
		);
		Ok(())
	}

	fn ensure_endpoints(endpoints: &Endpoints) -> DispatchResult {
		ensure!(!endpoints.is_empty(), Error::<T>::NoEndpoint);
		let in_shape = endpoints.iter().all(|endpoint| is_endpoint(endpoint));
		ensure!(in_shape, Error::<T>::InvalidEndpoint);
		ensure!(!is_any_twice(endpoints), Error::<T>::EndpointTwice);
		Ok(())
	}

	fn ensure_price(price: Balance, params: &Parameters) -> DispatchResult {
		let allowed = params.min_price_per_second..=params.max_price_per_second;
		ensure!(allowed.contains(&price), Error::<T>::PriceOutOfRange);
		Ok(())
	}
}
