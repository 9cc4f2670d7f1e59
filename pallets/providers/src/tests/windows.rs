//! Maintenance against a model that knows every window ever announced.

use crate::windows::{Refusal, Window, Windows, MAX_ANNOUNCED, MAX_WINDOWS, YEAR_MS};
use proptest::prelude::*;

const DAY: u64 = YEAR_MS / 365;
const BUDGET: u64 = 30 * DAY;

fn window(from: u64, length: u64) -> Window {
	Window {
		from,
		until: from + length,
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	/// No 365 days ever hold more than the budget, of all windows that were not cancelled; and
	/// nothing is refused for the budget that would not exceed it.
	#[test]
	fn no_year_exceeds_the_budget(
		steps in proptest::collection::vec(
			(0u64..40 * DAY, 1u64..90 * DAY, 1u64..9 * DAY, any::<prop::sample::Index>(), 0u8..6),
			0..80,
		),
	) {
		let (mut windows, mut model) = (Windows::default(), Vec::<Window>::new());
		let mut now = 7 * YEAR_MS;
		let sum = |model: &[Window], from: u64| {
			let year = from..from + YEAR_MS;
			let in_year = model.iter().filter(|window| year.contains(&window.from));
			in_year.map(Window::length_ms).sum::<u64>()
		};
		for (wait, ahead, length, which, what) in steps {
			now += wait;
			if what == 0 {
				if !model.is_empty() {
					let chosen = *which.get(&model);
					let begun = chosen.from <= now;
					if let Ok((left, cancelled)) = windows.clone().cancel(now, chosen.from) {
						prop_assert!(!begun && cancelled == chosen);
						windows = left;
						model.retain(|window| *window != chosen);
					} else {
						prop_assert!(begun);
					}
				}
				continue;
			}
			let new = window(now + ahead, length);
			let mut with = model.clone();
			with.push(new);
			let exceeds = with.iter().any(|first| sum(&with, first.from) > BUDGET);
			match windows.clone().announce(now, new, BUDGET) {
				Ok(announced) => {
					prop_assert!(!exceeds);
					windows = announced;
					model = with;
				},
				Err(Refusal::OverBudget) => prop_assert!(exceeds),
				Err(Refusal::Overlaps) => {
					let overlaps = |window: &Window| window.from < new.until && new.from < window.until;
					prop_assert!(model.iter().any(overlaps));
				},
				Err(refusal) => prop_assert_eq!(refusal, Refusal::TooMany),
			}
			prop_assert!(windows.busiest_ms() <= windows.allowed_ms);
			for at in [now, new.from, new.until, new.until - 1] {
				let found = model.iter().find(|window| window.contains(at)).copied();
				prop_assert_eq!(windows.at(at), found);
			}
		}
	}
}

#[test]
fn the_budget_is_for_any_365_days() {
	let announced = Windows::default()
		.announce(0, window(100, 10), 20)
		.and_then(|windows| windows.announce(0, window(200, 10), 20))
		.unwrap();
	let try_at = |from| announced.clone().announce(150, window(from, 1), 20);
	assert_eq!(try_at(YEAR_MS + 99), Err(Refusal::OverBudget));
	assert!(try_at(YEAR_MS + 100).is_ok());
	// ten of the first year are over then, ten of the second are left
	let next = announced
		.announce(150, window(YEAR_MS + 100, 10), 20)
		.unwrap();
	assert_eq!(next.busiest_ms(), 20);
	let more = next.clone().announce(150, window(YEAR_MS + 150, 1), 20);
	assert_eq!(more, Err(Refusal::OverBudget));
	assert!(next.announce(150, window(YEAR_MS + 200, 10), 20).is_ok());
}

#[test]
fn as_many_as_are_remembered_and_no_more() {
	let mut windows = Windows::default();
	for n in 0..u64::from(MAX_WINDOWS) {
		windows = windows
			.announce(10 * n, window(10 * n + 5, 1), YEAR_MS)
			.unwrap();
	}
	let now = 10 * u64::from(MAX_WINDOWS);
	let one_more = windows.clone().announce(now, window(now + 5, 1), YEAR_MS);
	assert_eq!(one_more, Err(Refusal::TooMany));
	// a year after the first began there is room again
	let later = YEAR_MS + 5;
	assert!(windows
		.announce(later, window(later + 5, 1), YEAR_MS)
		.is_ok());
}

#[test]
fn as_many_as_may_be_announced_and_no_more() {
	let mut windows = Windows::default();
	for n in 0..u64::from(MAX_ANNOUNCED) {
		windows = windows.announce(0, window(10 * n + 5, 5), YEAR_MS).unwrap();
	}
	let one_more = |now| windows.clone().announce(now, window(900, 1), YEAR_MS).err();
	assert_eq!(one_more(9), Some(Refusal::TooMany));
	assert_eq!(one_more(10), None);
}
