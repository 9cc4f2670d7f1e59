//! Announced maintenance within its yearly budget. Pure; the writer is `maintenance.rs`.
//!
//! Every window is remembered until 365 days after it began, used or not, so that the budget is
//! exact over any 365 days and not per calendar year.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use terminal_primitives::Moment;

/// 365 days in milliseconds: what the budget is for.
pub const YEAR_MS: u64 = 365 * 24 * 60 * 60 * 1_000;
/// The most windows that are announced and not over.
pub const MAX_ANNOUNCED: u32 = 8;
/// The most windows of a machine that are remembered.
pub const MAX_WINDOWS: u32 = 64;

/// A time in which a machine may be out of service.
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
pub struct Window {
	/// The first millisecond, since the Unix epoch.
	pub from: Moment,
	/// The first millisecond after it.
	pub until: Moment,
}

impl Window {
	/// Its length in milliseconds.
	pub fn length_ms(&self) -> u64 {
		self.until.saturating_sub(self.from)
	}

	/// Whether `at` is in it.
	pub fn contains(&self, at: Moment) -> bool {
		(self.from..self.until).contains(&at)
	}

	fn is_over(&self, now: Moment) -> bool {
		self.until <= now
	}
}

/// The windows of one machine.
#[derive(
	Clone,
	Default,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Windows {
	/// In order; none overlaps another.
	pub kept: BoundedVec<Window, ConstU32<MAX_WINDOWS>>,
	/// The most that 365 days of it may hold, in milliseconds: the budget at the last announcement,
	/// or more if an earlier budget allowed more.
	pub allowed_ms: u64,
}

/// Why a window cannot be announced or cancelled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
	/// Another window has a part of that time.
	Overlaps,
	/// As many are announced, or remembered, as may be.
	TooMany,
	/// Some 365 days would hold more than the budget.
	OverBudget,
	/// No window begins then.
	NotFound,
	/// It has begun.
	Begun,
}

impl Windows {
	/// Announce a window that begins after now. `budget_ms` is for any 365 days.
	pub fn announce(
		mut self,
		now: Moment,
		window: Window,
		budget_ms: u64,
	) -> Result<Self, Refusal> {
		self.kept.retain(|kept| {
			let remembered = kept.from.saturating_add(YEAR_MS) > now;
			remembered || !kept.is_over(now)
		});
		let announced = self.kept.iter().filter(|kept| !kept.is_over(now)).count();
		if announced >= MAX_ANNOUNCED as usize {
			return Err(Refusal::TooMany);
		}
		let overlaps = |kept: &Window| kept.from < window.until && window.from < kept.until;
		if self.kept.iter().any(overlaps) {
			return Err(Refusal::Overlaps);
		}
		let mut kept = self.kept.into_inner();
		let at = kept.partition_point(|kept| kept.from < window.from);
		kept.insert(at, window);
		self.kept = kept.try_into().map_err(|_| Refusal::TooMany)?;
		let over = self
			.years()
			.any(|(first, sum)| year_of(first).contains(&window.from) && sum > budget_ms);
		if over {
			return Err(Refusal::OverBudget);
		}
		self.allowed_ms = budget_ms.max(self.busiest_ms());
		Ok(self)
	}

	/// Cancel the window that begins at `from`: its time is given back.
	pub fn cancel(mut self, now: Moment, from: Moment) -> Result<(Self, Window), Refusal> {
		let found = self.kept.iter().copied().find(|kept| kept.from == from);
		let window = found.ok_or(Refusal::NotFound)?;
		if window.from <= now {
			return Err(Refusal::Begun);
		}
		self.kept.retain(|kept| kept.from != from);
		Ok((self, window))
	}

	/// The window that contains `at`.
	pub fn at(&self, at: Moment) -> Option<Window> {
		self.kept.iter().copied().find(|kept| kept.contains(at))
	}

	/// The most that any 365 days hold, in milliseconds.
	pub fn busiest_ms(&self) -> u64 {
		self.years().map(|(_, sum)| sum).max().unwrap_or_default()
	}

	/// What is remembered of the last 365 days or still to come, in milliseconds.
	pub fn spent_ms(&self, now: Moment) -> u64 {
		self.kept
			.iter()
			.filter(|kept| year_of(kept.from).contains(&now) || kept.from > now)
			.fold(0, |sum, kept| sum.saturating_add(kept.length_ms()))
	}

	/// For each window the 365 days from its start, and what begins in them. The sum over any other
	/// 365 days is that of the first window in them, or less.
	fn years(&self) -> impl Iterator<Item = (Moment, u64)> + '_ {
		self.kept.iter().enumerate().map(|(index, first)| {
			let year = year_of(first.from);
			let sum = self
				.kept
				.iter()
				.skip(index)
				.take_while(|kept| year.contains(&kept.from))
				.fold(0u64, |sum, kept| sum.saturating_add(kept.length_ms()));
			(first.from, sum)
		})
	}
}

fn year_of(from: Moment) -> core::ops::Range<Moment> {
	from..from.saturating_add(YEAR_MS)
}
