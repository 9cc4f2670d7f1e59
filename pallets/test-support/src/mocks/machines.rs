use super::REFUSED;
use crate::{AccountId, Balance};
use frame_support::{dispatch::DispatchResult, ensure, storage_alias, Twox64Concat};
use terminal_primitives::{
	market::{MachineStatus, MachineSummary, Machines},
	Digest, MachineId,
};

type Stored = (
	AccountId,
	AccountId,
	(u32, u32),
	MachineStatus,
	Balance,
	Digest,
);

#[storage_alias]
type MachineMap = StorageMap<Mock, Twox64Concat, MachineId, Stored>;

/// Machines that tests put there.
pub struct MockMachines;

impl MockMachines {
	/// An online machine with all units free: `units` at `price_per_second`, terms hash `[7; 32]`.
	pub fn add(
		id: MachineId,
		provider: AccountId,
		agent: AccountId,
		units: u32,
		price_per_second: Balance,
	) {
		let status = MachineStatus::Online;
		Self::put(
			id,
			MachineSummary {
				provider,
				agent,
				units,
				free_units: units,
				status,
				price_per_second,
				terms_hash: [7; 32],
			},
		)
	}

	/// Set all of a machine.
	pub fn put(id: MachineId, m: MachineSummary<AccountId>) {
		let units = (m.units, m.free_units);
		let stored = (
			m.provider,
			m.agent,
			units,
			m.status,
			m.price_per_second,
			m.terms_hash,
		);
		MachineMap::insert(id, stored)
	}

	/// Change a machine that exists.
	pub fn change(id: MachineId, change: impl FnOnce(&mut MachineSummary<AccountId>)) {
		let mut machine = Self::machine(id).expect("change is called on a known machine");
		change(&mut machine);
		Self::put(id, machine)
	}

	/// Units no lease has reserved.
	pub fn free_units(id: MachineId) -> u32 {
		Self::machine(id)
			.map(|machine| machine.free_units)
			.unwrap_or_default()
	}
}

impl Machines<AccountId> for MockMachines {
	fn machine(id: MachineId) -> Option<MachineSummary<AccountId>> {
		let (provider, agent, (units, free_units), status, price_per_second, terms_hash) =
			MachineMap::get(id)?;
		Some(MachineSummary {
			provider,
			agent,
			units,
			free_units,
			status,
			price_per_second,
			terms_hash,
		})
	}

	fn reserve(id: MachineId, units: u32) -> DispatchResult {
		let machine = Self::machine(id).ok_or(REFUSED)?;
		ensure!(machine.status == MachineStatus::Online, REFUSED);
		let free = machine.free_units.checked_sub(units).ok_or(REFUSED)?;
		Self::change(id, |machine| machine.free_units = free);
		Ok(())
	}

	fn release(id: MachineId, units: u32) {
		if MachineMap::contains_key(id) {
			Self::change(id, |m| {
				m.free_units = m.free_units.saturating_add(units).min(m.units)
			})
		}
	}
}
