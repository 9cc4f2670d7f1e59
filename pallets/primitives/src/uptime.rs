//! Verified uptime: V(t), the milliseconds up to `t` that a machine has proven.

use crate::{MachineId, Moment};

/// What a machine has proven, as it was read at one moment. Asking it costs no storage access.
pub trait ProvenTime {
	/// V(t): milliseconds proven up to `at`. Monotone in `at`.
	fn proven_ms(&self, at: Moment) -> u64;
	/// V is final for every time up to and including this one: no later proof changes it.
	fn resolved_until(&self) -> Moment;
}

/// Reading V(t). Implemented by `pallet-providers`.
pub trait VerifiedUptime {
	/// What a machine has proven.
	type Proven: ProvenTime;

	/// Read once what `machine` has proven, and hand it down: nothing in a call changes it.
	fn read(machine: MachineId) -> Self::Proven;

	/// As [`Self::read`], cheaper: it does not ask whether a challenge is open. It says of no time
	/// that it is final but of the one that everything proven so far lies in.
	fn read_recorded(machine: MachineId) -> Self::Proven;

	/// V(t) for who asks once.
	fn proven_ms(machine: MachineId, at: Moment) -> u64 {
		Self::read(machine).proven_ms(at)
	}

	/// Until when V(t) is final, for who asks once.
	fn resolved_until(machine: MachineId) -> Moment {
		Self::read(machine).resolved_until()
	}
}

/// Writing V(t). Implemented by `pallet-providers`, called only by attestation.
pub trait UptimeRecorder {
	/// The challenge issued at `issued_at` was answered. Extends the current run if no challenge
	/// was missed since the last pass and the gap is at most `gap_cap_ms`, else opens a new run.
	fn record_pass(machine: MachineId, issued_at: Moment, gap_cap_ms: u64);
	/// The challenge issued at `issued_at` was not answered: close the run at the last pass.
	fn record_miss(machine: MachineId, issued_at: Moment);
}

impl UptimeRecorder for () {
	fn record_pass(_: MachineId, _: Moment, _: u64) {}
	fn record_miss(_: MachineId, _: Moment) {}
}
