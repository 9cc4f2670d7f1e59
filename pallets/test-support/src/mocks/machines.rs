use super::REFUSED;
use crate::{AccountId, Balance};
use frame_support::{
	dispatch::DispatchResult, ensure, pallet_prelude::ValueQuery, storage_alias, Twox64Concat,
};
use terminal_primitives::{
	market::{
		Availability, Bookings, MachineMatch, MachineStatus, MachineSummary, Machines, Maintenance,
		Requirements,
	},
	AssetId, Digest, MachineId, Moment,
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
#[storage_alias]
type MachineAssetPrice = StorageMap<Mock, Twox64Concat, (MachineId, AssetId), Balance>;
#[storage_alias]
type MachineUntil = StorageMap<Mock, Twox64Concat, MachineId, Moment>;
#[storage_alias]
type MachineBookings =
	StorageMap<Mock, Twox64Concat, MachineId, Vec<(u32, Moment, Moment)>, ValueQuery>;
#[storage_alias]
type MachineWindow = StorageMap<Mock, Twox64Concat, MachineId, (Moment, Moment)>;
#[storage_alias]
type MachineMisfit = StorageMap<Mock, Twox64Concat, MachineId, bool, ValueQuery>;
#[storage_alias]
type MachineUnproven = StorageMap<Mock, Twox64Concat, MachineId, bool, ValueQuery>;
#[storage_alias]
type MachineEarliest = StorageMap<Mock, Twox64Concat, MachineId, Moment>;

/// A machine that a test put there.
pub struct MockMachine {
	/// Who is paid.
	pub provider: AccountId,
	/// Who signs for it.
	pub agent: AccountId,
	/// Units in all.
	pub units: u32,
	/// Units no lease has reserved.
	pub free_units: u32,
	/// Whether it takes work.
	pub status: MachineStatus,
	/// Base units per second and unit.
	pub price_per_second: Balance,
	/// What a consumer agrees to.
	pub terms_hash: Digest,
}

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
			MockMachine {
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
	pub fn put(id: MachineId, m: MockMachine) {
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
	pub fn change(id: MachineId, change: impl FnOnce(&mut MockMachine)) {
		let mut machine = Self::get(id).expect("change is called on a known machine");
		change(&mut machine);
		Self::put(id, machine)
	}

	/// Set or take back a price in an asset.
	pub fn set_price_in(id: MachineId, asset: AssetId, price: Option<Balance>) {
		MachineAssetPrice::set((id, asset), price)
	}

	fn get(id: MachineId) -> Option<MockMachine> {
		let (provider, agent, (units, free_units), status, price_per_second, terms_hash) =
			MachineMap::get(id)?;
		Some(MockMachine {
			provider,
			agent,
			units,
			free_units,
			status,
			price_per_second,
			terms_hash,
		})
	}

	/// Units no lease has reserved.
	pub fn free_units(id: MachineId) -> u32 {
		Self::get(id)
			.map(|machine| machine.free_units)
			.unwrap_or_default()
	}

	/// The latest end that `reserve` or `extend` named.
	pub fn until(id: MachineId) -> Option<Moment> {
		MachineUntil::get(id)
	}

	/// What is booked, oldest first: units, from, until.
	pub fn bookings(id: MachineId) -> Vec<(u32, Moment, Moment)> {
		MachineBookings::get(id)
	}

	/// Announce one maintenance window, or none.
	pub fn set_window(id: MachineId, window: Option<(Moment, Moment)>) {
		MachineWindow::set(id, window)
	}

	/// Whether the machine meets requirements: all of them, until a test says none of them.
	pub fn set_meets(id: MachineId, meets: bool) {
		MachineMisfit::insert(id, !meets)
	}

	/// Whether the machine's units have proven to be what they are called: they have, until a test says
	/// no.
	pub fn set_proven(id: MachineId, proven: bool) {
		MachineUnproven::insert(id, !proven)
	}

	/// What `earliest_start` answers: nothing, until a test says a time.
	pub fn set_earliest_start(id: MachineId, at: Option<Moment>) {
		MachineEarliest::set(id, at)
	}

	/// When the first booking begins that leaves fewer than `units` besides those that are free
	/// now; the mock has no clock, so bookings long past count until they are unbooked.
	fn booked_from(id: MachineId, units: u32) -> Option<Moment> {
		let mut bookings = MachineBookings::get(id);
		bookings.sort_by_key(|booking| booking.1);
		let mut booked = units;
		bookings.into_iter().find_map(|(units, from, _)| {
			booked = booked.saturating_add(units);
			(booked > Self::free_units(id)).then_some(from)
		})
	}

	fn ensure_not_booked(id: MachineId, units: u32, until: Moment) -> DispatchResult {
		let free = Self::booked_from(id, units).is_none_or(|from| until <= from);
		ensure!(free, REFUSED);
		MachineUntil::insert(id, until.max(Self::until(id).unwrap_or_default()));
		Ok(())
	}
}

impl Machines<AccountId> for MockMachines {
	fn price_in(id: MachineId, asset: AssetId) -> Option<Balance> {
		MachineAssetPrice::get((id, asset))
	}

	fn machine(id: MachineId) -> Option<MachineSummary<AccountId>> {
		Self::get(id).map(|machine| MachineSummary {
			provider: machine.provider,
			agent: machine.agent,
			units: machine.units,
			status: machine.status,
			price_per_second: machine.price_per_second,
			terms_hash: machine.terms_hash,
		})
	}

	fn is_proven(id: MachineId) -> bool {
		Self::get(id).is_some() && !MachineUnproven::get(id)
	}

	fn reserve(id: MachineId, units: u32, until: Moment) -> DispatchResult {
		let machine = Self::get(id).ok_or(REFUSED)?;
		ensure!(machine.status == MachineStatus::Online, REFUSED);
		ensure!(Self::is_proven(id), REFUSED);
		let free = machine.free_units.checked_sub(units).ok_or(REFUSED)?;
		Self::ensure_not_booked(id, units, until)?;
		Self::change(id, |machine| machine.free_units = free);
		Ok(())
	}

	fn extend(id: MachineId, _: u32, until: Moment) -> DispatchResult {
		Self::machine(id).ok_or(REFUSED)?;
		Self::ensure_not_booked(id, 0, until)
	}

	fn release(id: MachineId, units: u32) {
		if MachineMap::contains_key(id) {
			Self::change(id, |m| {
				m.free_units = m.free_units.saturating_add(units).min(m.units)
			})
		}
	}
}

impl Bookings for MockMachines {
	/// Refused if units that are free now would not be enough for all that is booked at that time.
	fn book(id: MachineId, units: u32, from: Moment, until: Moment) -> DispatchResult {
		let machine = Self::get(id).ok_or(REFUSED)?;
		ensure!(machine.status == MachineStatus::Online, REFUSED);
		let overlapping = MachineBookings::get(id)
			.into_iter()
			.filter(|other| other.1 < until && from < other.2)
			.fold(units, |sum, other| sum.saturating_add(other.0));
		ensure!(
			units > 0 && from < until && overlapping <= machine.free_units,
			REFUSED
		);
		MachineBookings::append(id, (units, from, until));
		Ok(())
	}

	fn unbook(id: MachineId, units: u32, from: Moment, until: Moment) {
		MachineBookings::mutate(id, |bookings| {
			if let Some(at) = bookings.iter().position(|b| *b == (units, from, until)) {
				bookings.remove(at);
			}
		})
	}
}

impl Availability for MockMachines {
	fn extendable_until(id: MachineId, _: u32, until: Moment) -> Option<Moment> {
		Self::machine(id)?;
		Some(Self::booked_from(id, 0).map_or(until, |from| from.min(until)))
	}

	fn earliest_start(id: MachineId, _: u32, _: u64) -> Option<Moment> {
		MachineEarliest::get(id)
	}

	fn reserved_units(id: MachineId) -> u32 {
		Self::get(id)
			.map(|machine| machine.units.saturating_sub(machine.free_units))
			.unwrap_or_default()
	}
}

impl Maintenance for MockMachines {
	fn window(id: MachineId, at: Moment) -> Option<(Moment, Moment)> {
		MachineWindow::get(id).filter(|(from, until)| (*from..*until).contains(&at))
	}
}

impl MachineMatch for MockMachines {
	fn meets(id: MachineId, _: &Requirements) -> bool {
		MachineMap::contains_key(id) && !MachineMisfit::get(id)
	}
}
