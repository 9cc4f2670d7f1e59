//! What of a machine's units is taken when. Pure; the writer is `capacity.rs`.
//!
//! ```text
//! units
//! count ------------------------------------------------
//!       |######|                 |booked|
//!       |######|______           |______|____
//!       |lent         |____      |booked     |
//!       |lent              |     |           |
//!       +------+------+----+-----+------+----+---------> time
//!      now   until  until until from  until until
//! ```
//!
//! Units are *lent* from now until the end their lease agreed, and *booked* for a time to come. At
//! no time to come is more lent and booked than there is (PROVIDER-7).
//!
//! A unit whose agreed end is past and that was not given back is *late*: no new lease gets it, but
//! it does not stand against a booking, for nobody has a right to it any more. Whoever arrives on a
//! booking before it is given back has to wait for that.
//!
//! Who lent a unit is not kept, so that giving one back takes the end that comes *first* off the
//! calendar. That errs to one side only: as much as is truly agreed at any time is on the calendar.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use terminal_primitives::Moment;

/// The most bookings of one machine.
pub const MAX_BOOKINGS: u32 = 16;
/// The most ends kept of what is lent. More than there are bookings, so that two of them can always
/// be made one: see [`Calendar::lend`].
pub const MAX_LENT: u32 = 32;

/// Units that are lent.
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
pub struct Lent {
	/// The agreed end, in milliseconds since the Unix epoch.
	pub until: Moment,
	/// How many units.
	pub units: u32,
}

/// Units that are booked.
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
pub struct Booking {
	/// The first millisecond.
	pub from: Moment,
	/// The first millisecond after it.
	pub until: Moment,
	/// How many units.
	pub units: u32,
}

impl Booking {
	fn contains(&self, at: Moment) -> bool {
		(self.from..self.until).contains(&at)
	}
}

/// What is reserved, lent and booked of one machine.
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
pub struct Calendar {
	/// Units that leases have reserved, late ones included: those that are lent are among them.
	pub reserved: u32,
	/// Lent units by their agreed end, the next one first; each end once. Late ones may be left out.
	pub lent: BoundedVec<Lent, ConstU32<MAX_LENT>>,
	/// Booked units by their time, the next one first; each time once.
	pub bookings: BoundedVec<Booking, ConstU32<MAX_BOOKINGS>>,
}

/// The machine at the moment of asking.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Present {
	/// The time.
	pub now: Moment,
	/// The machine's units.
	pub count: u32,
	/// Units that leases have reserved, late ones included.
	pub reserved: u32,
}

/// Why the calendar cannot take something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
	/// The units are lent or booked for a part of that time.
	Taken,
	/// It has as many bookings as it may.
	Full,
}

impl Calendar {
	/// Units lent beyond `at`, late ones not counted.
	pub fn lent_at(&self, at: Moment) -> u32 {
		sum(self
			.lent
			.iter()
			.filter(|lent| lent.until > at)
			.map(|lent| lent.units))
	}

	/// Units booked for `at`.
	pub fn booked_at(&self, at: Moment) -> u32 {
		sum(self
			.bookings
			.iter()
			.filter(|booking| booking.contains(at))
			.map(|booking| booking.units))
	}

	/// Whether any unit is booked for some time from `from` on and before `until`.
	pub fn is_booked(&self, from: Moment, until: Moment) -> bool {
		self.bookings
			.iter()
			.any(|booking| booking.from < until && from < booking.until)
	}

	/// Units lent beyond or booked for `at`.
	pub fn load_at(&self, at: Moment) -> u64 {
		u64::from(self.lent_at(at)).saturating_add(self.booked_at(at).into())
	}

	/// Whether nothing is on it.
	pub fn is_empty(&self) -> bool {
		self.reserved == 0 && self.lent.is_empty() && self.bookings.is_empty()
	}

	/// Lend `units` now, until `until`.
	///
	/// The calendar keeps at most [`MAX_LENT`] ends. Beyond that the units of one end are kept to
	/// the next one, where no booking begins between the two: what was free between them is no more,
	/// but nothing that is booked can be exceeded by it, and no lease is refused for it.
	pub fn lend(self, present: Present, units: u32, until: Moment) -> Result<Self, Refusal> {
		let Present {
			now,
			count,
			reserved,
		} = present;
		let taken = [reserved, self.booked_at(now), units].map(u64::from);
		if taken.into_iter().fold(0, u64::saturating_add) > count.into() {
			return Err(Refusal::Taken);
		}
		self.without_late(now)
			.keep(now, units, until)
			.checked(present, until)
	}

	/// Keep `units` of those that are lent until `until`. Whose they are is not known, so it is the
	/// ones with the earliest end that move, late ones first, and none to an earlier end.
	pub fn extend(self, present: Present, units: u32, until: Moment) -> Result<Self, Refusal> {
		let now = present.now;
		let mut calendar = self.without_late(now);
		let late = present.reserved.saturating_sub(calendar.lent_at(now));
		let mut left = units.saturating_sub(late);
		let sooner = |lent: &&mut Lent| lent.until < until;
		for lent in calendar.lent.iter_mut().take_while(sooner) {
			let part = lent.units.min(left);
			lent.units = lent.units.saturating_sub(part);
			left = left.saturating_sub(part);
		}
		calendar.lent.retain(|lent| lent.units > 0);
		calendar
			.keep(now, units.saturating_sub(left), until)
			.checked(present, until)
	}

	/// Given back: leave `reserved` units reserved, and at most as many lent. The earliest ends go
	/// first.
	pub fn give_back(mut self, reserved: u32) -> Self {
		self.reserved = reserved;
		let lent = sum(self.lent.iter().map(|lent| lent.units));
		let mut excess = lent.saturating_sub(reserved);
		for lent in self.lent.iter_mut() {
			let part = lent.units.min(excess);
			lent.units = lent.units.saturating_sub(part);
			excess = excess.saturating_sub(part);
		}
		self.lent.retain(|lent| lent.units > 0);
		self
	}

	/// Book `units` from `from` to `until`. `from` is later than now and earlier than `until`.
	pub fn book(
		mut self,
		count: u32,
		units: u32,
		from: Moment,
		until: Moment,
	) -> Result<Self, Refusal> {
		if self.clash(count, units, from, until).is_some() {
			return Err(Refusal::Taken);
		}
		match self.position(from, until) {
			Ok(at) => self
				.bookings
				.iter_mut()
				.skip(at)
				.take(1)
				.for_each(|booking| {
					booking.units = booking.units.saturating_add(units);
				}),
			Err(at) => {
				let mut bookings = self.bookings.into_inner();
				bookings.insert(at, Booking { from, until, units });
				self.bookings = bookings.try_into().map_err(|_| Refusal::Full)?;
			},
		}
		Ok(self)
	}

	/// Take `units` off what is booked from `from` to `until`; the second value is how many of them
	/// were not booked.
	pub fn unbook(mut self, units: u32, from: Moment, until: Moment) -> (Self, u32) {
		let mut left = units;
		if let Ok(at) = self.position(from, until) {
			self.bookings
				.iter_mut()
				.skip(at)
				.take(1)
				.for_each(|booking| {
					left = units.saturating_sub(booking.units);
					booking.units = booking.units.saturating_sub(units);
				});
			self.bookings.retain(|booking| booking.units > 0);
		}
		(self, left)
	}

	/// The latest time up to `until` to which [`Self::extend`] takes `units`.
	pub fn extendable_until(&self, present: Present, units: u32, until: Moment) -> Option<Moment> {
		let begins = self.bookings.iter().map(|booking| booking.from);
		let mut ends: Vec<_> = begins
			.chain([until])
			.filter(|end| (present.now..=until).contains(end) && *end > present.now)
			.collect();
		ends.sort_unstable();
		ends.into_iter()
			.rev()
			.find(|end| self.clone().extend(present, units, *end).is_ok())
	}

	/// The earliest time from now on at which `units` can be lent (now) or booked (later) for
	/// `duration_ms`.
	pub fn earliest(&self, present: Present, units: u32, duration_ms: u64) -> Option<Moment> {
		let now = present.now;
		let end = |from: Moment| from.saturating_add(duration_ms.max(1));
		if self.clone().lend(present, units, end(now)).is_ok() {
			return Some(now);
		}
		let lent = self.lent.iter().map(|lent| lent.until);
		let booked = self.bookings.iter().map(|booking| booking.until);
		lent.chain(booked)
			.chain([now.saturating_add(1)])
			.filter(|from| *from > now)
			.filter(|from| {
				self.clash(present.count, units, *from, end(*from))
					.is_none()
			})
			.min()
	}

	/// The first time from `from` on and before `until` at which `units` more would be too many.
	///
	/// The load rises where a booking begins and nowhere else, so that those times and the first one
	/// are all there is to look at.
	pub fn clash(&self, count: u32, units: u32, from: Moment, until: Moment) -> Option<Moment> {
		let begins = self.bookings.iter().map(|booking| booking.from);
		begins
			.filter(|begin| (from..until).contains(begin))
			.chain([from])
			.filter(|at| self.load_at(*at).saturating_add(units.into()) > count.into())
			.min()
	}

	/// The last step of lending: nothing too much before `until`, and no more ends than are kept.
	fn checked(self, present: Present, until: Moment) -> Result<Self, Refusal> {
		match self.clash(present.count, 0, present.now, until) {
			Some(_) => Err(Refusal::Taken),
			None => Ok(self),
		}
	}

	fn without_late(mut self, now: Moment) -> Self {
		self.lent.retain(|lent| lent.until > now);
		self
	}

	/// Enter `units` under `until`, unless they are late at once.
	fn keep(mut self, now: Moment, units: u32, until: Moment) -> Self {
		if units == 0 || until <= now {
			return self;
		}
		let mut ends = self.lent.into_inner();
		match ends.binary_search_by_key(&until, |lent| lent.until) {
			Ok(at) => ends.iter_mut().skip(at).take(1).for_each(|lent| {
				lent.units = lent.units.saturating_add(units);
			}),
			Err(at) => ends.insert(at, Lent { until, units }),
		}
		while ends.len() > MAX_LENT as usize {
			// more ends than bookings: between some two of them no booking begins
			let begins = |one: &Lent, next: &Lent| {
				let between = one.until..next.until;
				self.bookings
					.iter()
					.any(|booking| between.contains(&booking.from))
			};
			let gap = ends
				.iter()
				.zip(ends.iter().skip(1))
				.position(|(one, next)| !begins(one, next))
				.unwrap_or_default();
			let moved = ends.remove(gap).units;
			ends.iter_mut()
				.skip(gap)
				.take(1)
				.for_each(|next| next.units = next.units.saturating_add(moved));
		}
		self.lent = BoundedVec::truncate_from(ends);
		self
	}

	fn position(&self, from: Moment, until: Moment) -> Result<usize, usize> {
		self.bookings
			.binary_search_by_key(&(from, until), |booking| (booking.from, booking.until))
	}
}

fn sum(units: impl Iterator<Item = u32>) -> u32 {
	units.fold(0, u32::saturating_add)
}
