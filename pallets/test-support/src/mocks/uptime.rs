use crate::Moment;
use codec::{Decode, Encode};
use frame_support::{pallet_prelude::ValueQuery, storage_alias, Twox64Concat};
use terminal_primitives::{
	uptime::{ProvenTime, UptimeRecorder, VerifiedUptime},
	MachineId,
};

/// From and to of a run of proven time, milliseconds, `from <= to`.
pub type Run = (Moment, Moment);

/// One call of [`UptimeRecorder`].
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum UptimeRecord {
	/// `record_pass(machine, issued_at, gap_cap_ms)`.
	Pass(MachineId, Moment, u64),
	/// `record_miss(machine, issued_at)`.
	Miss(MachineId, Moment),
}

#[storage_alias]
type UptimeRuns = StorageMap<Mock, Twox64Concat, MachineId, Vec<Run>, ValueQuery>;
#[storage_alias]
type UptimeResolved = StorageMap<Mock, Twox64Concat, MachineId, Moment, ValueQuery>;
#[storage_alias]
type UptimeClosed = StorageMap<Mock, Twox64Concat, MachineId, bool, ValueQuery>;
#[storage_alias]
type UptimeLog = StorageValue<Mock, Vec<UptimeRecord>, ValueQuery>;

/// Verified uptime: set its runs directly, or let passes and misses make them (by the rule of
/// design §6). `resolved_until` is the last pass or miss unless [`MockUptime::set_resolved`].
pub struct MockUptime;

impl MockUptime {
	/// Replace a machine's runs: ascending, not overlapping.
	pub fn set_runs(machine: MachineId, runs: &[Run]) {
		UptimeRuns::insert(machine, runs.to_vec())
	}

	/// V is final up to and including `at`.
	pub fn set_resolved(machine: MachineId, at: Moment) {
		UptimeResolved::insert(machine, at)
	}

	/// Shorthand: the machine was up without a gap from `from` to `to`, and that is final.
	pub fn prove(machine: MachineId, from: Moment, to: Moment) {
		Self::set_runs(machine, &[(from, to)]);
		Self::set_resolved(machine, to)
	}

	/// The machine's runs.
	pub fn runs(machine: MachineId) -> Vec<Run> {
		UptimeRuns::get(machine)
	}

	/// Every pass and miss that was recorded, oldest first.
	pub fn log() -> Vec<UptimeRecord> {
		UptimeLog::get()
	}
}

/// The runs of a machine and until when they are final.
pub struct MockProven(Vec<Run>, Moment);

impl ProvenTime for MockProven {
	fn proven_ms(&self, at: Moment) -> u64 {
		self.0
			.iter()
			.map(|(from, to)| (*to).min(at).saturating_sub(*from))
			.sum()
	}

	fn resolved_until(&self) -> Moment {
		self.1
	}
}

impl VerifiedUptime for MockUptime {
	type Proven = MockProven;

	fn read(machine: MachineId) -> MockProven {
		MockProven(UptimeRuns::get(machine), UptimeResolved::get(machine))
	}

	/// The mock never says more than that is final.
	fn read_recorded(machine: MachineId) -> MockProven {
		Self::read(machine)
	}
}

impl UptimeRecorder for MockUptime {
	fn record_pass(machine: MachineId, issued_at: Moment, gap_cap_ms: u64) {
		UptimeLog::append(UptimeRecord::Pass(machine, issued_at, gap_cap_ms));
		let closed = UptimeClosed::take(machine);
		UptimeRuns::mutate(machine, |runs| match runs.last_mut() {
			Some(last) if !closed && issued_at.saturating_sub(last.1) <= gap_cap_ms => {
				last.1 = issued_at
			},
			_ => runs.push((issued_at, issued_at)),
		});
		UptimeResolved::insert(machine, issued_at)
	}

	fn record_miss(machine: MachineId, issued_at: Moment) {
		UptimeLog::append(UptimeRecord::Miss(machine, issued_at));
		UptimeClosed::insert(machine, true);
		UptimeResolved::insert(machine, issued_at)
	}
}
