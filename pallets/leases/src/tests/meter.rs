//! The meter against a reference that looks at every millisecond.

use crate::meter::{amount, Due, Meter, ReceiptRefused, MAX_SEGMENTS};
use proptest::prelude::*;

/// What really happened, one flag per millisecond.
#[derive(Clone, Debug)]
struct History {
	/// Whether the machine proved that millisecond.
	up: Vec<bool>,
}

impl History {
	/// V(t) as known at `resolved`: later time is not proven yet.
	fn v(&self, resolved: u64) -> impl Fn(u64) -> u64 + '_ {
		move |at| {
			let until = at.min(resolved) as usize;
			self.up.iter().take(until).filter(|up| **up).count() as u64
		}
	}
}

/// A stretch with one rate, as both sides agreed it.
#[derive(Clone, Debug)]
struct Stretch {
	rate: u128,
	royalty: u128,
	from: u64,
	to: u64,
	acknowledged: u64,
}

/// What is due, counted millisecond by millisecond.
fn reference(history: &History, stretches: &[Stretch], at: u64, grace: Option<u64>) -> Due {
	let mut due = Due::default();
	let begun: Vec<_> = stretches
		.iter()
		.filter(|stretch| stretch.from <= at)
		.collect();
	for (position, stretch) in begun.iter().enumerate() {
		let mut credited = 0u64;
		let mut left = match grace {
			None => u64::MAX,
			Some(grace) if position + 1 == begun.len() => stretch.acknowledged + grace,
			Some(_) => stretch.acknowledged,
		};
		for millisecond in stretch.from..stretch.to.min(at) {
			if left > 0 && history.up[millisecond as usize] {
				credited += 1;
				left -= 1;
			}
		}
		due.provider += stretch.rate * u128::from(credited) / 1_000;
		due.royalty += stretch.royalty * u128::from(credited) / 1_000;
	}
	due
}

const END: u64 = 600;

fn histories() -> impl Strategy<Value = History> {
	prop::collection::vec((any::<bool>(), 1usize..80), 1..20).prop_map(|runs| {
		let mut up: Vec<bool> = runs
			.into_iter()
			.flat_map(|(up, len)| std::iter::repeat_n(up, len))
			.collect();
		up.resize(END as usize + 200, true);
		History { up }
	})
}

fn stretches() -> impl Strategy<Value = Vec<Stretch>> {
	let one = (1u128..1 << 40, 0u128..1 << 40, 0u64..300);
	(
		prop::collection::vec(one, 1..6),
		prop::collection::btree_set(0u64..END, 5),
	)
		.prop_map(|(rates, times)| {
			let times: Vec<u64> = times.into_iter().collect();
			let last = rates.len() - 1;
			rates
				.into_iter()
				.enumerate()
				.map(|(position, (rate, royalty, acknowledged))| Stretch {
					rate,
					royalty,
					from: times[position],
					to: if position == last {
						END
					} else {
						times[position + 1]
					},
					acknowledged,
				})
				.collect()
		})
}

/// Live through the history, looking at the meter at `touches`, with proofs that lag by `lag`.
fn live(
	history: &History,
	stretches: &[Stretch],
	grace: Option<u64>,
	touches: &[u64],
	lag: u64,
) -> Result<Meter, TestCaseError> {
	let mut meter = Meter::new(grace);
	let mut seen = 0;
	let mut next = 0;
	for now in 0..=END {
		if stretches
			.get(next)
			.is_some_and(|stretch| stretch.from == now)
		{
			let stretch = &stretches[next];
			meter
				.begin(stretch.rate, stretch.royalty, now)
				.expect("there is room");
			if grace.is_some() {
				meter
					.acknowledge(next as u32, stretch.acknowledged)
					.expect("it is open");
			}
			next += 1;
			// What both sides sign away at a change: the old stretch's grace.
			seen = 0;
		}
		if touches.contains(&now) {
			let resolved = now.saturating_sub(lag);
			let v = history.v(resolved);
			let due = meter.due(now, &v).total();
			prop_assert!(due >= seen, "what is due fell from {} to {}", seen, due);
			seen = due;
			prop_assert!(meter.greatest_due(now, resolved, &v).total() >= due);
			meter.count(now, resolved, &v);
			prop_assert_eq!(
				meter.due(now, &v).total(),
				due,
				"counting changed what is due"
			);
		}
	}
	meter.end(END);
	Ok(meter)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(512))]

	#[test]
	fn agrees_with_a_millisecond_by_millisecond_count(
		history in histories(),
		stretches in stretches(),
		grace in prop::option::of(0u64..100),
		touches in prop::collection::vec(0u64..END, 0..12),
		lag in 0u64..150,
	) {
		let mut meter = live(&history, &stretches, grace, &touches, lag)?;
		let v = history.v(u64::MAX);
		let expected = reference(&history, &stretches, END, grace);
		prop_assert_eq!(meter.due(END, &v), expected);
		// However late anyone looks.
		prop_assert_eq!(meter.due(END + 150, &v), expected);
		meter.count(END, END + 150, &v);
		prop_assert_eq!(meter.due(END, &v), expected);
	}

	#[test]
	fn owes_the_same_however_often_it_is_settled(
		history in histories(),
		stretches in stretches(),
		grace in prop::option::of(0u64..100),
		touches in prop::collection::vec(0u64..END, 0..20),
		lag in 0u64..150,
	) {
		let v = history.v(u64::MAX);
		let often = live(&history, &stretches, grace, &touches, lag)?;
		let never = live(&history, &stretches, grace, &[], lag)?;
		prop_assert_eq!(often.due(END, &v), never.due(END, &v));
	}

	#[test]
	fn refunds_at_the_end_only_what_can_never_be_due(
		history in histories(),
		stretches in stretches(),
		grace in prop::option::of(0u64..100),
		resolved in 0u64..END,
		late in 0u64..1_000,
	) {
		let mut meter = live(&history, &stretches, grace, &[], 0)?;
		let greatest = meter.greatest_due(END, resolved, &history.v(resolved)).total();
		// The best that can happen to the provider from then on.
		let mut best = history.clone();
		best.up[resolved as usize..].fill(true);
		if grace.is_some() {
			let last = meter.segments.len() as u32 - 1;
			meter.acknowledge(last, late).expect("it is the last");
		}
		prop_assert!(meter.due(END, &best.v(u64::MAX)).total() <= greatest);
	}
}

#[test]
fn clamps_an_uptime_that_runs_faster_than_time() {
	let mut meter = Meter::new(None);
	meter.begin(1_000, 0, 100).expect("there is room");
	assert_eq!(meter.due(200, &|at| at * 50).provider, 100);
}

#[test]
fn owes_nothing_before_it_begins() {
	let meter = Meter::new(Some(10));
	assert_eq!(meter.due(1_000, &|at| at), Due::default());
	assert_eq!(meter.rate(), 0);
}

#[test]
fn rounds_down() {
	assert_eq!(amount(1_999, 1), 1);
	assert_eq!(amount(999, 1), 0);
	assert_eq!(amount(u128::MAX, u64::MAX), u128::MAX / 1_000);
}

#[test]
fn takes_receipts_for_the_last_segment_only() {
	let mut meter = Meter::new(Some(10));
	assert_eq!(meter.acknowledge(0, 1), Err(ReceiptRefused::Segment));
	meter.begin(1_000, 0, 0).expect("there is room");
	assert_eq!(meter.acknowledge(0, 5), Ok(true));
	assert_eq!(meter.acknowledge(0, 4), Ok(false));
	assert_eq!(meter.acknowledge(1, 5), Err(ReceiptRefused::Segment));
	meter.begin(1_000, 0, 100).expect("there is room");
	assert_eq!(meter.acknowledge(0, 50), Err(ReceiptRefused::Segment));
	assert_eq!(Meter::new(None).acknowledge(0, 5), Err(ReceiptRefused::Off));
}

#[test]
fn has_a_bounded_number_of_segments() {
	let mut meter = Meter::new(Some(10));
	for number in 0..MAX_SEGMENTS {
		meter
			.begin(1_000, 0, u64::from(number))
			.expect("there is room");
	}
	assert!(meter.begin(1_000, 0, 99).is_err());
}
