//! What a metered lease owes: pure arithmetic over verified uptime and receipts.
//!
//! ```text
//! due(segment) = ⌊ rate × min( V(to) − V(from), receipts(segment) + grace ) / 1000 ⌋
//! ```
//!
//! in base units, with the rate in base units per second for all units together, times in
//! milliseconds. Rounds down: in the escrow's favour. Without a tenant key, receipts are off and
//! uptime alone counts.
//!
//! A segment is *sealed* when its receipts are fixed for good: both sides signed them (a change),
//! or the provider interrupted itself (maintenance). A sealed segment has no grace. One that is not
//! has one: it ended by what the consumer did (a pause for want of funds, a transfer), so that
//! nobody can shave a provider's last receipt off by ending segments; its tenant's key may still
//! sign receipts over it. Between two segments there may be a pause, of which nothing is due.
//!
//! V is a function `Fn(Moment) -> u64` that never falls and rises by at most one millisecond per
//! millisecond; a steeper one is clamped. V may still grow at times that are not *resolved*, so
//! what is due grows too and never falls, and whatever was settled early is a part of what is due
//! late. [`Meter::count`] adds up what is resolved, because V keeps only a machine's last runs.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::types::TenantKey;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use terminal_primitives::{Balance, Moment};

/// The most segments of one lease.
pub const MAX_SEGMENTS: u32 = 16;
/// Segments that what the consumer does leaves for the provider's maintenance.
pub const MAINTENANCE_SEGMENTS: u32 = 4;

/// A stretch of a lease with one rate and one tenant. Its number is its position.
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
)]
pub struct Segment {
	/// Base units per second for all units, without the model's price.
	pub rate: Balance,
	/// Base units per second for the model version.
	pub royalty_rate: Balance,
	/// When it began.
	pub from: Moment,
	/// When it ended, if it has.
	pub to: Option<Moment>,
	/// Up to here `counted_ms` holds what was proven.
	pub counted_to: Moment,
	/// Milliseconds proven from `from` to `counted_to`. Final.
	pub counted_ms: u64,
	/// Milliseconds the tenant has acknowledged in this segment.
	pub acknowledged_ms: u64,
	/// Who signs its receipts. `None`: receipts off, uptime alone counts.
	pub tenant: Option<TenantKey>,
	/// Whether its receipts are fixed, without a grace.
	pub sealed: bool,
}

/// What is due, in base units.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Due {
	/// For the provider, before the fee.
	pub provider: Balance,
	/// For the model version, before the fee.
	pub royalty: Balance,
}

impl Due {
	/// Both together.
	pub fn total(&self) -> Balance {
		self.provider.saturating_add(self.royalty)
	}
}

/// Why a receipt says nothing to this meter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReceiptRefused {
	/// The segment has no tenant key.
	Off,
	/// The segment does not exist, or its receipts are fixed.
	Segment,
}

/// A lease has as many segments as one can have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SegmentsFull;

/// All segments of one lease.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Meter {
	/// Milliseconds paid beyond the last receipt of a segment that is not sealed.
	pub grace_ms: u64,
	/// In order: each begins when the one before ended or later; only the last may be open.
	pub segments: BoundedVec<Segment, ConstU32<MAX_SEGMENTS>>,
}

/// `rate` for `ms` milliseconds, rounded down. Opening has checked that agreed time × rate fits.
pub fn amount(rate: Balance, ms: u64) -> Balance {
	rate.saturating_mul(Balance::from(ms))
		.checked_div(1_000)
		.unwrap_or_default()
}

impl Segment {
	/// The end that counts at time `at`.
	fn end(&self, at: Moment) -> Moment {
		self.to.map_or(at, |to| to.min(at)).max(self.counted_to)
	}

	/// Milliseconds proven up to `at`.
	pub fn proven_ms(&self, at: Moment, v: &impl Fn(Moment) -> u64) -> u64 {
		let end = self.end(at);
		if end == self.counted_to {
			return self.counted_ms;
		}
		let since = v(end).saturating_sub(v(self.counted_to));
		self.counted_ms
			.saturating_add(since.min(end.saturating_sub(self.counted_to)))
	}

	/// The most that can ever be proven up to `at`, if V is final until `resolved`.
	fn greatest_ms(&self, at: Moment, resolved: Moment, v: &impl Fn(Moment) -> u64) -> u64 {
		let end = self.end(at);
		let known = resolved.clamp(self.counted_to, end);
		self.proven_ms(known, v)
			.saturating_add(end.saturating_sub(known))
	}

	/// Milliseconds of it that receipts allow to be paid.
	fn allowance_ms(&self, grace_ms: u64) -> u64 {
		match self.tenant {
			None => u64::MAX,
			Some(_) if self.sealed => self.acknowledged_ms,
			Some(_) => self.acknowledged_ms.saturating_add(grace_ms),
		}
	}

	/// As [`Self::allowance_ms`], if every receipt that may still come does.
	fn greatest_allowance_ms(&self) -> u64 {
		match self.tenant {
			Some(_) if self.sealed => self.acknowledged_ms,
			Some(_) | None => u64::MAX,
		}
	}

	/// Milliseconds it lasted up to `at`.
	fn lasted_ms(&self, at: Moment) -> u64 {
		self.to
			.map_or(at, |to| to.min(at))
			.saturating_sub(self.from)
	}

	fn worth(&self, ms: u64) -> Due {
		Due {
			provider: amount(self.rate, ms),
			royalty: amount(self.royalty_rate, ms),
		}
	}
}

impl Meter {
	/// A meter that has not begun.
	pub fn new(grace_ms: u64) -> Self {
		Self {
			grace_ms,
			segments: BoundedVec::new(),
		}
	}

	/// Begin a segment at `from`; if the one before is open, it ends there. `Err` if there are too
	/// many.
	pub fn begin(
		&mut self,
		rate: Balance,
		royalty_rate: Balance,
		from: Moment,
		tenant: Option<TenantKey>,
	) -> Result<(), SegmentsFull> {
		self.end(from);
		let segment = Segment {
			rate,
			royalty_rate,
			from,
			to: None,
			counted_to: from,
			counted_ms: 0,
			acknowledged_ms: 0,
			tenant,
			sealed: false,
		};
		self.segments.try_push(segment).map_err(|_| SegmentsFull)
	}

	/// Whether one more segment can begin.
	pub fn has_room(&self) -> bool {
		!self.segments.is_full()
	}

	/// Whether one more segment can begin after the consumer ended one by itself: so that it cannot
	/// use up those that the provider needs for its maintenance.
	pub fn has_room_for_consumer(&self) -> bool {
		let begun = u32::try_from(self.segments.len()).unwrap_or(u32::MAX);
		begun < MAX_SEGMENTS.saturating_sub(MAINTENANCE_SEGMENTS)
	}

	/// The number of the last segment.
	pub fn last(&self) -> Option<u32> {
		let last = self.segments.len().checked_sub(1)?;
		u32::try_from(last).ok()
	}

	/// Fix the end of the last segment, if it is open.
	pub fn end(&mut self, at: Moment) {
		if let Some(last) = self.segments.last_mut() {
			last.to = last.to.or(Some(at.max(last.counted_to)));
		}
	}

	/// End the last segment with exactly `acknowledged_ms`, or with what was shown if that is more:
	/// no grace, no further receipts.
	pub fn seal(&mut self, at: Moment, acknowledged_ms: u64) {
		self.end(at);
		if let Some(last) = self.segments.last_mut() {
			last.acknowledged_ms = last.acknowledged_ms.max(acknowledged_ms);
			last.sealed = true;
		}
	}

	/// Take a receipt over `milliseconds` of `segment`. Older receipts change nothing. Says whether
	/// it was news. Whoever calls has checked the signature by that segment's tenant.
	pub fn acknowledge(&mut self, segment: u32, milliseconds: u64) -> Result<bool, ReceiptRefused> {
		let named = usize::try_from(segment).map_err(|_| ReceiptRefused::Segment)?;
		let segment = self
			.segments
			.get_mut(named)
			.ok_or(ReceiptRefused::Segment)?;
		segment.tenant.ok_or(ReceiptRefused::Off)?;
		if segment.sealed {
			return Err(ReceiptRefused::Segment);
		}
		let news = milliseconds > segment.acknowledged_ms;
		segment.acknowledged_ms = segment.acknowledged_ms.max(milliseconds);
		Ok(news)
	}

	/// Add up what V says for good: from then on these milliseconds are kept here.
	pub fn count(&mut self, at: Moment, resolved: Moment, v: &impl Fn(Moment) -> u64) {
		for segment in self.segments.iter_mut() {
			let until = segment.end(at).min(resolved);
			if until > segment.counted_to {
				segment.counted_ms = segment.proven_ms(until, v);
				segment.counted_to = until;
			}
		}
	}

	/// What is due at `at`, by what is proven and acknowledged now.
	pub fn due(&self, at: Moment, v: &impl Fn(Moment) -> u64) -> Due {
		self.sum(|segment| {
			segment
				.proven_ms(at, v)
				.min(segment.allowance_ms(self.grace_ms))
		})
	}

	/// What is due at `at` without any grace: what was proven and acknowledged.
	pub fn acknowledged_due(&self, at: Moment, v: &impl Fn(Moment) -> u64) -> Due {
		self.sum(|segment| segment.proven_ms(at, v).min(segment.allowance_ms(0)))
	}

	/// The most that can ever be due for service up to `at`, if V is final until `resolved` and
	/// receipts may still come.
	pub fn greatest_due(&self, at: Moment, resolved: Moment, v: &impl Fn(Moment) -> u64) -> Due {
		self.sum(|segment| {
			segment
				.greatest_ms(at, resolved, v)
				.min(segment.greatest_allowance_ms())
		})
	}

	/// What all time up to `at` would be worth if every millisecond were proven and acknowledged.
	pub fn worth(&self, at: Moment) -> Due {
		self.sum(|segment| segment.lasted_ms(at))
	}

	/// Whether a further receipt could make more due, at an end that is resolved.
	pub fn awaits_receipt(&self, at: Moment, v: &impl Fn(Moment) -> u64) -> bool {
		self.segments.iter().any(|segment| {
			let allowed = segment.allowance_ms(self.grace_ms);
			!segment.sealed && allowed < segment.proven_ms(at, v)
		})
	}

	/// Milliseconds of the segment at `position` that are due at `at`.
	pub fn credited_ms(&self, position: usize, at: Moment, v: &impl Fn(Moment) -> u64) -> u64 {
		self.segments.get(position).map_or(0, |segment| {
			segment
				.proven_ms(at, v)
				.min(segment.allowance_ms(self.grace_ms))
		})
	}

	/// Milliseconds that ran up to `at`, and of them those that the machine proved.
	pub fn ran_and_proven_ms(&self, at: Moment, v: &impl Fn(Moment) -> u64) -> (u64, u64) {
		self.segments.iter().fold((0, 0), |(ran, proven), segment| {
			(
				u64::saturating_add(ran, segment.lasted_ms(at)),
				u64::saturating_add(proven, segment.proven_ms(at, v)),
			)
		})
	}

	fn sum(&self, credited: impl Fn(&Segment) -> u64) -> Due {
		self.segments.iter().fold(Due::default(), |sum, segment| {
			let due = segment.worth(credited(segment));
			Due {
				provider: sum.provider.saturating_add(due.provider),
				royalty: sum.royalty.saturating_add(due.royalty),
			}
		})
	}
}
