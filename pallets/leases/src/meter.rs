//! What a metered lease owes: pure arithmetic over verified uptime and receipts.
//!
//! ```text
//! due(segment) = ⌊ rate × min( V(end) − V(from), receipts(segment) + grace ) / 1000 ⌋
//! ```
//!
//! in base units, with the rate in base units per second for all units together, times in
//! milliseconds, grace only in the last segment (one per lease; where a segment follows, both
//! sides signed the receipts of the one before). Rounds down: in the escrow's favour.
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

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use terminal_primitives::{Balance, Moment};

/// The most segments of one lease.
pub const MAX_SEGMENTS: u32 = 16;

/// A stretch of a lease with one rate. Its number is its position.
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
	/// The lease was opened without a tenant key.
	Off,
	/// The segment does not exist, or both sides have fixed its receipts.
	Segment,
}

/// All segments of one lease.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Meter {
	/// Milliseconds paid beyond the last receipt; `None`: receipts off, uptime alone counts.
	pub grace_ms: Option<u64>,
	/// In order, without gaps: each ends where the next begins; only the last may be open.
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

	fn due(&self, ms: u64) -> Due {
		Due {
			provider: amount(self.rate, ms),
			royalty: amount(self.royalty_rate, ms),
		}
	}
}

impl Meter {
	/// A meter that has not begun.
	pub fn new(grace_ms: Option<u64>) -> Self {
		Self {
			grace_ms,
			segments: BoundedVec::new(),
		}
	}

	/// Begin a segment at `from`; the one before ends there. `Err` if there are too many.
	pub fn begin(
		&mut self,
		rate: Balance,
		royalty_rate: Balance,
		from: Moment,
	) -> Result<(), Segment> {
		self.end(from);
		self.segments.try_push(Segment {
			rate,
			royalty_rate,
			from,
			to: None,
			counted_to: from,
			counted_ms: 0,
			acknowledged_ms: 0,
		})
	}

	/// Fix the end of the last segment, if it is open.
	pub fn end(&mut self, at: Moment) {
		if let Some(last) = self.segments.last_mut() {
			last.to = last.to.or(Some(at.max(last.counted_to)));
		}
	}

	/// Take a receipt over `milliseconds` of `segment`. Older receipts change nothing. Says whether
	/// it was news.
	pub fn acknowledge(&mut self, segment: u32, milliseconds: u64) -> Result<bool, ReceiptRefused> {
		self.grace_ms.ok_or(ReceiptRefused::Off)?;
		let last = self
			.segments
			.len()
			.checked_sub(1)
			.ok_or(ReceiptRefused::Segment)?;
		let named = usize::try_from(segment).map_err(|_| ReceiptRefused::Segment)?;
		let segment = self.segments.last_mut().filter(|_| named == last);
		let segment = segment.ok_or(ReceiptRefused::Segment)?;
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
		self.sum(|segment, allowance| segment.proven_ms(at, v).min(allowance))
	}

	/// The most that can ever be due for service up to `at`, if V is final until `resolved` and
	/// receipts may still come.
	pub fn greatest_due(&self, at: Moment, resolved: Moment, v: &impl Fn(Moment) -> u64) -> Due {
		let last = self.segments.len().checked_sub(1);
		let mut position = 0usize;
		self.sum(|segment, allowance| {
			let allowance = if Some(position) == last {
				u64::MAX
			} else {
				allowance
			};
			position = position.saturating_add(1);
			segment.greatest_ms(at, resolved, v).min(allowance)
		})
	}

	/// Whether a further receipt could make more due, at an end that is resolved.
	pub fn awaits_receipt(&self, at: Moment, v: &impl Fn(Moment) -> u64) -> bool {
		match (self.grace_ms, self.segments.last()) {
			(Some(grace), Some(last)) => {
				last.acknowledged_ms.saturating_add(grace) < last.proven_ms(at, v)
			},
			(None, _) | (_, None) => false,
		}
	}

	/// Milliseconds of the segment at `position` that are due at `at`.
	pub fn credited_ms(&self, position: usize, at: Moment, v: &impl Fn(Moment) -> u64) -> u64 {
		self.segments.get(position).map_or(0, |segment| {
			segment
				.proven_ms(at, v)
				.min(self.allowance_ms(position, segment))
		})
	}

	/// Base units per second at the moment, model included.
	pub fn rate(&self) -> Balance {
		self.segments
			.last()
			.map_or(0, |last| last.rate.saturating_add(last.royalty_rate))
	}

	fn allowance_ms(&self, position: usize, segment: &Segment) -> u64 {
		let is_last = position.checked_add(1) == Some(self.segments.len());
		match self.grace_ms {
			None => u64::MAX,
			Some(grace) if is_last => segment.acknowledged_ms.saturating_add(grace),
			Some(_) => segment.acknowledged_ms,
		}
	}

	fn sum(&self, mut credited: impl FnMut(&Segment, u64) -> u64) -> Due {
		self.segments
			.iter()
			.enumerate()
			.fold(Due::default(), |sum, (position, segment)| {
				let due = segment.due(credited(segment, self.allowance_ms(position, segment)));
				Due {
					provider: sum.provider.saturating_add(due.provider),
					royalty: sum.royalty.saturating_add(due.royalty),
				}
			})
	}
}
