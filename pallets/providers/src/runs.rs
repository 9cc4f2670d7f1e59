//! Verified uptime as credited runs. Pure; the invariants are stated at each function.
//!
//! ```text
//!  challenges   P     P   P        M      P    P      (P answered, M missed)
//!  V(t)         |-----|---|...............|----|
//!               from      to              from to
//! ```

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use terminal_primitives::Moment;

/// Runs kept per machine, whatever leases exist.
pub const MAX_RUNS: u32 = 16;

/// A stretch of proven time: every millisecond in `(from, to]`.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct Run {
	/// When the challenge that opened it was issued.
	pub from: Moment,
	/// When the last answered challenge was issued.
	pub to: Moment,
	/// Milliseconds proven before `from`.
	pub before: u64,
}

impl Run {
	/// Its length in milliseconds.
	pub fn length(&self) -> u64 {
		self.to.saturating_sub(self.from)
	}

	/// Milliseconds proven up to its end.
	pub fn total(&self) -> u64 {
		self.before.saturating_add(self.length())
	}
}

/// What one machine has proven.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Uptime {
	/// The last runs, oldest first.
	pub runs: BoundedVec<Run, ConstU32<MAX_RUNS>>,
	/// Whether the next pass may extend the last run: no miss and no closing since its last pass.
	pub open: bool,
	/// The issue time of the last challenge that was answered or missed.
	pub resolved: Moment,
	/// The longest gap after the last pass that a next one may credit.
	pub gap_cap_ms: u64,
}

impl Uptime {
	/// The challenge issued at `issued_at` was answered.
	///
	/// Credits the time since the last pass if the run is open and the gap is within both this cap
	/// and the one stored at the last pass: a cap that grows later must not make open again what
	/// [`Self::resolved_until`] has called final. Else a new run of length zero opens. A pass older
	/// than what is resolved changes nothing.
	pub fn pass(&mut self, issued_at: Moment, gap_cap_ms: u64) {
		if issued_at < self.resolved {
			return;
		}
		let cap = gap_cap_ms.min(self.gap_cap_ms);
		let extends = self.open
			&& self
				.runs
				.last()
				.is_some_and(|run| issued_at.saturating_sub(run.to) <= cap);
		match self.runs.last_mut() {
			Some(run) if extends => run.to = issued_at,
			// a run that proves nothing takes no place
			Some(run) if run.length() == 0 => {
				run.from = issued_at;
				run.to = issued_at;
			},
			Some(_) | None => self.start(issued_at),
		}
		self.open = true;
		self.resolved = issued_at;
		self.gap_cap_ms = gap_cap_ms;
	}

	/// The challenge issued at `issued_at` was not answered: nothing after the last pass counts.
	pub fn miss(&mut self, issued_at: Moment) {
		self.open = false;
		self.resolved = self.resolved.max(issued_at);
	}

	/// The machine left the online state: nothing after the last pass counts.
	pub fn close(&mut self) {
		self.open = false;
	}

	/// V(at): milliseconds proven up to `at`. Monotone in `at`. Before the oldest run kept it is
	/// that run's `before`, so a difference of two values is never more than what was proven.
	pub fn proven_ms(&self, at: Moment) -> u64 {
		let started = self.runs.partition_point(|run| run.from <= at);
		match started.checked_sub(1).and_then(|last| self.runs.get(last)) {
			Some(run) => run
				.before
				.saturating_add(run.to.min(at).saturating_sub(run.from)),
			None => self.runs.first().map_or(0, |oldest| oldest.before),
		}
	}

	/// Everything ever proven, in milliseconds.
	pub fn total_ms(&self) -> u64 {
		self.runs.last().map_or(0, Run::total)
	}

	/// The latest time up to which V is final at `now`.
	///
	/// While a challenge is open, only what the last resolved one fixed is sure: its answer may
	/// credit everything since the last pass. With none open, any later pass is issued at `now` or
	/// later; it credits earlier time only if the run is open and the gap since the last pass is
	/// within the cap. What this has once called final stays so, though the value itself may fall
	/// back while a challenge is open.
	pub fn resolved_until(&self, now: Moment, challenge_open: bool) -> Moment {
		let can_extend = self.open
			&& self
				.runs
				.last()
				.is_some_and(|run| now.saturating_sub(run.to) <= self.gap_cap_ms);
		match challenge_open || can_extend {
			true => self.resolved,
			false => now.max(self.resolved),
		}
	}

	/// Open a run of length zero, forgetting the oldest if there are too many.
	fn start(&mut self, at: Moment) {
		let run = Run {
			from: at,
			to: at,
			before: self.total_ms(),
		};
		if self.runs.is_full() {
			self.runs.remove(0);
		}
		// there is room: one was removed if it was full
		let _ = self.runs.try_push(run);
	}
}
