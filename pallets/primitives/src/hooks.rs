//! Hooks go against the direction of knowledge: the caller does not know who listens.

use crate::{LeaseId, MachineId};
use frame_support::{dispatch::DispatchResult, weights::Weight};

/// A metered lease on a machine began or ended. Told by leases, heard by attestation, which draws
/// presence challenges among machines with open leases and anchors each start by one.
pub trait OnMachineLeased {
	/// A lease started now. Fails when this block can anchor no more leases: try the next block.
	fn on_lease_started(machine: MachineId) -> DispatchResult;
	/// A lease is closed for good (after Closing).
	fn on_lease_ended(machine: MachineId);
	/// The most that one of these may weigh.
	fn weight() -> Weight;
}

impl OnMachineLeased for () {
	fn on_lease_started(_: MachineId) -> DispatchResult {
		Ok(())
	}
	fn on_lease_ended(_: MachineId) {}
	fn weight() -> Weight {
		Weight::zero()
	}
}

/// What became of a lease that was agreed elsewhere. Told by leases of every lease opened through
/// [`crate::market::LeaseBook`], once; heard by the market, whose reservations hang on it.
pub trait OnLeaseBegun {
	/// The first second of an agreed lease runs.
	fn on_started(lease: LeaseId);
	/// An accepted lease ended without having been started.
	fn on_never_started(lease: LeaseId);
	/// The most that one of these may weigh.
	fn weight() -> Weight;
}

impl OnLeaseBegun for () {
	fn on_started(_: LeaseId) {}
	fn on_never_started(_: LeaseId) {}
	fn weight() -> Weight {
		Weight::zero()
	}
}

/// The result of a fixed job was committed, or its lease closed. Told by leases, heard by
/// attestation.
pub trait OnJobProgress {
	/// A result root was committed in this block: open a task.
	fn on_committed(lease: LeaseId) -> DispatchResult;
	/// The lease is closed: nothing more can change its outcome.
	fn on_closed(lease: LeaseId);
	/// The lease's delivery window must not end yet: a data challenge is open on it.
	fn holds_open(lease: LeaseId) -> bool;
	/// The most that one of these may weigh.
	fn weight() -> Weight;
}

impl OnJobProgress for () {
	fn on_committed(_: LeaseId) -> DispatchResult {
		Ok(())
	}
	fn on_closed(_: LeaseId) {}
	fn holds_open(_: LeaseId) -> bool {
		false
	}
	fn weight() -> Weight {
		Weight::zero()
	}
}

/// The attestors' share of a fee. Told by leases, heard by attestation. `()` drops the credit.
pub trait OnAttestorFee<Credit> {
	/// `credit` is the attestors' share of what `lease` settled.
	fn on_attestor_fee(lease: LeaseId, credit: Credit);
}

impl<Credit> OnAttestorFee<Credit> for () {
	fn on_attestor_fee(_: LeaseId, credit: Credit) {
		drop(credit)
	}
}

/// A machine changed in a way that open challenges must know. Told by providers.
pub trait MachineGuard {
	/// Whether a presence challenge is open on the machine. Host, status and key changes wait.
	fn has_open_challenge(machine: MachineId) -> bool;
}

impl MachineGuard for () {
	fn has_open_challenge(_: MachineId) -> bool {
		false
	}
}
