//! The calendar against a model that knows every lease.

use crate::calendar::{Calendar, Present, MAX_LENT};
use proptest::prelude::*;

const COUNT: u32 = 160;
const SPAN: u64 = 160;

/// Every lease with its end, and every booking.
#[derive(Default)]
struct Model {
	now: u64,
	leases: Vec<(u64, u32)>,
	bookings: Vec<(u64, u64, u32)>,
}

impl Model {
	fn present(&self) -> Present {
		Present {
			now: self.now,
			count: COUNT,
			reserved: self.leases.iter().map(|lease| lease.1).sum(),
		}
	}

	fn booked(&self, at: u64) -> u32 {
		let booked = self.bookings.iter().filter(|b| (b.0..b.1).contains(&at));
		booked.map(|b| b.2).sum()
	}

	fn load(&self, at: u64) -> u32 {
		let lent = self.leases.iter().filter(|lease| lease.0 > at);
		self.booked(at) + lent.map(|lease| lease.1).sum::<u32>()
	}

	/// Units of bookings that have a part of the time, whether at the same moment or not.
	fn overlapping(&self, from: u64, until: u64) -> u32 {
		let overlapping = self.bookings.iter().filter(|b| b.0 < until && from < b.1);
		overlapping.map(|b| b.2).sum()
	}
}

#[derive(Clone, Copy, Debug)]
enum Step {
	Lend { units: u32, ms: u64 },
	Extend { which: usize, ms: u64 },
	GiveBack { which: usize },
	Book { units: u32, after: u64, ms: u64 },
	Unbook { which: usize },
	Wait { ms: u64 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
	let which = || any::<prop::sample::Index>().prop_map(|index| index.index(64));
	let step = prop_oneof![
		16 => (1u32..4, 0u64..100).prop_map(|(units, ms)| Step::Lend { units, ms }),
		2 => (which(), 0u64..60).prop_map(|(which, ms)| Step::Extend { which, ms }),
		2 => which().prop_map(|which| Step::GiveBack { which }),
		4 => (1u32..120, 1u64..100, 1u64..20)
			.prop_map(|(units, after, ms)| Step::Book { units, after, ms }),
		2 => which().prop_map(|which| Step::Unbook { which }),
		1 => (0u64..6).prop_map(|ms| Step::Wait { ms }),
	];
	proptest::collection::vec(step, 0..120)
}

/// Take the step in both. The calendar may be stricter than the model, never laxer; and it is no
/// stricter than counting everything that overlaps at once.
fn take(step: Step, calendar: &mut Calendar, model: &mut Model) {
	let (now, present) = (model.now, model.present());
	match step {
		Step::Lend { units, ms } => {
			let until = now + ms;
			if present.reserved + units > COUNT {
				return;
			}
			let coarse = present.reserved + model.overlapping(now, until.max(now + 1)) + units;
			match calendar.clone().lend(present, units, until) {
				Ok(lent) => {
					*calendar = lent;
					model.leases.push((until, units));
					assert!(present.reserved + units + model.booked(now) <= COUNT);
				},
				Err(_) => assert!(coarse > COUNT, "a lease was refused that fits"),
			}
		},
		Step::Extend { which, ms } => {
			let until = now + ms;
			let Some(lease) = model.leases.get(which).copied() else {
				return;
			};
			let latest = calendar.extendable_until(present, lease.1, until);
			let border = latest.unwrap_or(now);
			for end in [now + 1, border, border + 1, until] {
				if end <= now || end > until {
					continue;
				}
				let takes = calendar.clone().extend(present, lease.1, end).is_ok();
				assert_eq!(
					takes,
					latest.is_some_and(|latest| end <= latest),
					"until {end}"
				);
			}
			let coarse = present.reserved + model.overlapping(now, until.max(now + 1));
			match calendar.clone().extend(present, lease.1, until) {
				Ok(extended) => {
					*calendar = extended;
					model.leases[which].0 = lease.0.max(until);
				},
				Err(_) => assert!(coarse > COUNT, "an extension was refused that fits"),
			}
		},
		Step::GiveBack { which } => {
			if which < model.leases.len() {
				model.leases.remove(which);
				*calendar = calendar.clone().give_back(model.present().reserved);
			}
		},
		Step::Book { units, after, ms } => {
			let (from, until) = (now + after, now + after + ms);
			let longest = model.leases.iter().map(|lease| lease.0).max();
			match calendar.clone().book(COUNT, units, from, until) {
				Ok(booked) => {
					*calendar = booked;
					model.bookings.push((from, until, units));
				},
				Err(crate::calendar::Refusal::Taken) => {
					let lent = present.reserved;
					let busy =
						calendar.lent.last().map(|lent| lent.until).max(longest) > Some(from);
					let coarse =
						model.overlapping(from, until) + if busy { lent } else { 0 } + units;
					assert!(coarse > COUNT, "a booking was refused that fits");
				},
				Err(crate::calendar::Refusal::Full) => assert_eq!(calendar.bookings.len(), 16),
			}
		},
		Step::Unbook { which } => {
			if which < model.bookings.len() {
				let (from, until, units) = model.bookings.remove(which);
				let (unbooked, missing) = calendar.clone().unbook(units, from, until);
				*calendar = unbooked;
				assert_eq!(missing, 0);
			}
		},
		Step::Wait { ms } => model.now += ms,
	}
}

/// The earliest start by trying every time.
fn earliest(calendar: &Calendar, present: Present, units: u32, ms: u64) -> Option<u64> {
	let lends = calendar
		.clone()
		.lend(present, units, present.now + ms)
		.is_ok();
	let books = |from: &u64| {
		(*from..*from + ms).all(|at| calendar.load_at(at) + u64::from(units) <= COUNT.into())
	};
	match lends {
		true => Some(present.now),
		false => (present.now + 1..present.now + 2 * SPAN).find(books),
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(96))]

	/// At no time to come is more agreed and booked than there is, and all of it is on the calendar.
	#[test]
	fn never_promises_a_unit_twice(steps in steps(), units in 1u32..=COUNT, ms in 1u64..40) {
		let (mut calendar, mut model) = (Calendar::default(), Model::default());
		for step in steps {
			let before = (calendar.clone(), model.now);
			take(step, &mut calendar, &mut model);
			if before == (calendar.clone(), model.now) {
				continue;
			}
			prop_assert!(calendar.lent.len() <= MAX_LENT as usize);
			for at in model.now..model.now + SPAN {
				prop_assert!(u64::from(model.load(at)) <= calendar.load_at(at), "{step:?} at {at}");
				prop_assert!(calendar.load_at(at) <= COUNT.into(), "{step:?} at {at}");
				prop_assert_eq!(model.booked(at), calendar.booked_at(at));
			}
			let lent: u32 = calendar.lent.iter().map(|lent| lent.units).sum();
			prop_assert!(lent <= model.present().reserved);
		}
		let present = model.present();
		let found = calendar.earliest(present, units, ms);
		prop_assert_eq!(found, earliest(&calendar, present, units, ms));
	}

	/// Leases that run to their end without changes are kept exactly, as long as there is room.
	#[test]
	fn is_exact_while_leases_run_their_time(
		leases in proptest::collection::vec((1u64..60, 1u32..3), 0..MAX_LENT as usize), waits in 0u64..60,
	) {
		let (mut calendar, mut model) = (Calendar::default(), Model::default());
		for (ms, units) in leases {
			take(Step::Lend { units, ms }, &mut calendar, &mut model);
		}
		for now in 0..waits {
			model.now = now;
			while let Some(over) = model.leases.iter().position(|lease| lease.0 <= now) {
				take(Step::GiveBack { which: over }, &mut calendar, &mut model);
			}
			for at in now..SPAN {
				prop_assert_eq!(u64::from(model.load(at)), calendar.load_at(at));
			}
		}
	}
}

#[test]
fn no_lease_is_refused_for_want_of_room_to_note_its_end() {
	let mut calendar = Calendar::default();
	let mut present = Present {
		now: 0,
		count: 1_000,
		reserved: 0,
	};
	for begin in 0..16 {
		let from = 10 + 20 * begin;
		calendar = calendar.book(1_000, 900, from, from + 1).unwrap();
	}
	for end in 1..=100 {
		calendar = calendar.lend(present, 1, 4 * end).unwrap();
		present.reserved += 1;
		assert_eq!(calendar.clash(1_000, 0, 0, u64::MAX), None);
		assert_eq!(calendar.lent_at(0), present.reserved);
	}
	assert_eq!(calendar.lent.len(), MAX_LENT as usize);
	// 900 are booked at 10 and 98 lent beyond it
	assert!(calendar.lend(present, 9, 11).is_err());
}

#[test]
fn the_greatest_numbers_have_an_answer() {
	let present = Present {
		now: u64::MAX - 1,
		count: u32::MAX,
		reserved: u32::MAX,
	};
	let most = u32::MAX;
	let booked = Calendar::default().book(most, most, u64::MAX - 1, u64::MAX);
	let booked = booked.unwrap();
	assert!(booked
		.clone()
		.book(most, most, u64::MAX - 1, u64::MAX)
		.is_err());
	assert!(booked.clone().lend(present, most, u64::MAX).is_err());
	assert!(booked.clone().extend(present, most, u64::MAX).is_err());
	assert_eq!(booked.extendable_until(present, most, u64::MAX), None);
	// beyond the last booking, though `earliest_start` would call that too far ahead
	assert_eq!(booked.earliest(present, most, u64::MAX), Some(u64::MAX));
	assert_eq!(booked.load_at(u64::MAX), 0);
}
