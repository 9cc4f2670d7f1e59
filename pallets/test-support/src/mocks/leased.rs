use super::REFUSED;
use codec::{Decode, Encode};
use frame_support::{
	dispatch::DispatchResult, ensure, pallet_prelude::ValueQuery, storage_alias, weights::Weight,
	Twox64Concat,
};
use terminal_primitives::{
	hooks::{MachineGuard, OnMachineLeased},
	MachineId,
};

#[storage_alias]
type LeaseSignals = StorageValue<Mock, Vec<LeaseSignal>, ValueQuery>;
#[storage_alias]
type StartRefusal = StorageValue<Mock, bool, ValueQuery>;
#[storage_alias]
type OpenChallenges = StorageMap<Mock, Twox64Concat, MachineId, bool, ValueQuery>;

/// What leases told attestation of a machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum LeaseSignal {
	/// `on_lease_started`.
	Started(MachineId),
	/// `on_lease_ended`.
	Ended(MachineId),
}

/// Records `OnMachineLeased`.
pub struct MockLeased;

impl MockLeased {
	/// Every call, oldest first.
	pub fn log() -> Vec<LeaseSignal> {
		LeaseSignals::get()
	}

	/// Make `on_lease_started` fail from now on (or not any more).
	pub fn refuse_starts(refuse: bool) {
		StartRefusal::put(refuse)
	}
}

impl OnMachineLeased for MockLeased {
	fn on_lease_started(machine: MachineId) -> DispatchResult {
		ensure!(!StartRefusal::get(), REFUSED);
		LeaseSignals::append(LeaseSignal::Started(machine));
		Ok(())
	}
	fn on_lease_ended(machine: MachineId) {
		LeaseSignals::append(LeaseSignal::Ended(machine))
	}
	fn weight() -> Weight {
		Weight::zero()
	}
}

/// Machines with an open presence challenge: those that a test says have one.
pub struct MockGuard;

impl MockGuard {
	/// Open or close a challenge on `machine`.
	pub fn set_open(machine: MachineId, open: bool) {
		OpenChallenges::insert(machine, open)
	}
}

impl MachineGuard for MockGuard {
	fn has_open_challenge(machine: MachineId) -> bool {
		OpenChallenges::get(machine)
	}
}
