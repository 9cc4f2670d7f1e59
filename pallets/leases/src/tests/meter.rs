//! The meter against a reference that looks at every millisecond.

use crate::{
	meter::{amount, Due, Meter, ReceiptRefused, MAX_SEGMENTS},
	types::TenantKey,
};
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
	receipts: bool,
	sealed: bool,
}

/// What is due, counted millisecond by millisecond.
fn reference(history: &History, stretches: &[Stretch], at: u64, grace: u64) -> Due {
	let mut due = Due::default();
	for stretch in stretches.iter().filter(|stretch| stretch.from <= at) {
		let mut credited = 0u64;
		let mut left = match (stretch.receipts, stretch.sealed) {
			(false, _) => u64::MAX,
			(true, true) => stretch.acknowledged,
			(true, false) => stretch.acknowledged + grace,
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

/// A key that signs nothing here: the meter never looks at signatures.
fn key() -> TenantKey {
	TenantKey::from_raw([1; 32])
}

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

/// Up to five stretches, some with a pause before the next one; the last runs to the end.
fn stretches() -> impl Strategy<Value = Vec<Stretch>> {
	let one = (
		1u128..1 << 40,
		0u128..1 << 40,
		0u64..300,
		0u64..100,
		(prop::bool::weighted(0.8), any::<bool>()),
	);
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
				.map(
					|(position, (rate, royalty, acknowledged, pause, (receipts, sealed)))| {
						let from = times[position];
						let is_last = position == last;
						let to = match times.get(position + 1) {
							Some(next) if !is_last => next.saturating_sub(pause).max(from),
							_ => END,
						};
						let sealed = sealed && !is_last;
						Stretch {
							rate,
							royalty,
							from,
							to,
							acknowledged,
							receipts,
							sealed,
						}
					},
				)
				.collect()
		})
}

/// Live through the history, looking at the meter at `touches`, with proofs that lag by `lag`.
/// Receipts over unsealed stretches come after their end, in any order.
fn live(
	history: &History,
	stretches: &[Stretch],
	grace: u64,
	touches: &[u64],
	lag: u64,
) -> Result<Meter, TestCaseError> {
	let mut meter = Meter::new(grace);
	let mut seen = 0;
	for now in 0..=END {
		for (number, stretch) in stretches.iter().enumerate() {
			if stretch.from == now {
				meter
					.begin(
						stretch.rate,
						stretch.royalty,
						now,
						stretch.receipts.then(key),
					)
					.expect("there is room");
			}
			let is_open = meter.last() == Some(number as u32);
			if is_open && stretch.to == now && now < END {
				if stretch.sealed {
					meter.seal(now, stretch.acknowledged);
				} else {
					meter.end(now);
				}
				// What both sides sign away at a change: what the grace would have paid.
				seen = 0;
			}
		}
		if touches.contains(&now) {
			let resolved = now.saturating_sub(lag);
			let v = history.v(resolved);
			let due = meter.due(now, &v).total();
			prop_assert!(due >= seen, "what is due fell from {} to {}", seen, due);
			seen = due;
			prop_assert!(meter.greatest_due(now, resolved, &v).total() >= due);
			prop_assert!(meter.worth(now).total() >= due);
			prop_assert!(meter.acknowledged_due(now, &v).total() <= due);
			meter.count(now, resolved, &v);
			prop_assert_eq!(
				meter.due(now, &v).total(),
				due,
				"counting changed what is due"
			);
		}
	}
	meter.end(END);
	for (number, stretch) in stretches.iter().enumerate().rev() {
		if stretch.receipts && !stretch.sealed {
			meter
				.acknowledge(number as u32, stretch.acknowledged)
				.expect("it is not sealed");
		}
	}
	Ok(meter)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(512))]

	#[test]
	fn agrees_with_a_millisecond_by_millisecond_count(
		history in histories(),
		stretches in stretches(),
		grace in 0u64..100,
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
		let ran: u64 = stretches.iter().map(|stretch| stretch.to - stretch.from).sum();
		let up: u64 = stretches.iter().map(|stretch| v(stretch.to) - v(stretch.from)).sum();
		prop_assert_eq!(meter.ran_and_proven_ms(END, &v), (ran, up));
	}

	#[test]
	fn owes_the_same_however_often_it_is_settled(
		history in histories(),
		stretches in stretches(),
		grace in 0u64..100,
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
		grace in 0u64..100,
		resolved in 0u64..END,
		late in 0u64..1_000,
	) {
		let mut meter = live(&history, &stretches, grace, &[], 0)?;
		let greatest = meter.greatest_due(END, resolved, &history.v(resolved)).total();
		// The best that can happen to the provider from then on.
		let mut best = history.clone();
		best.up[resolved as usize..].fill(true);
		for number in 0..meter.segments.len() as u32 {
			// Refused where it is sealed or receipts are off.
			let _ = meter.acknowledge(number, late);
		}
		prop_assert!(meter.due(END, &best.v(u64::MAX)).total() <= greatest);
	}
}

#[test]
fn clamps_an_uptime_that_runs_faster_than_time() {
	let mut meter = Meter::new(0);
	meter.begin(1_000, 0, 100, None).expect("there is room");
	assert_eq!(meter.due(200, &|at| at * 50).provider, 100);
}

#[test]
fn owes_nothing_before_it_begins() {
	let meter = Meter::new(10);
	assert_eq!(meter.due(1_000, &|at| at), Due::default());
	assert_eq!(meter.last(), None);
}

#[test]
fn owes_nothing_for_a_pause() {
	let mut meter = Meter::new(10);
	meter.begin(1_000, 0, 0, None).expect("there is room");
	meter.end(100);
	assert_eq!(meter.due(500, &|at| at).provider, 100);
	meter.begin(1_000, 0, 500, None).expect("there is room");
	assert_eq!(meter.due(600, &|at| at).provider, 200);
	assert_eq!(meter.worth(600).provider, 200);
}

#[test]
fn rounds_down() {
	assert_eq!(amount(1_999, 1), 1);
	assert_eq!(amount(999, 1), 0);
	assert_eq!(amount(u128::MAX, u64::MAX), u128::MAX / 1_000);
}

#[test]
fn takes_receipts_for_every_segment_that_is_not_sealed() {
	let mut meter = Meter::new(10);
	assert_eq!(meter.acknowledge(0, 1), Err(ReceiptRefused::Segment));
	meter
		.begin(1_000, 0, 0, Some(key()))
		.expect("there is room");
	assert_eq!(meter.acknowledge(0, 5), Ok(true));
	assert_eq!(meter.acknowledge(0, 4), Ok(false));
	assert_eq!(meter.acknowledge(1, 5), Err(ReceiptRefused::Segment));
	meter
		.begin(1_000, 0, 100, Some(key()))
		.expect("there is room");
	assert_eq!(meter.acknowledge(0, 50), Ok(true));
	meter.seal(200, 70);
	assert_eq!(meter.acknowledge(1, 90), Err(ReceiptRefused::Segment));
	// 50 and a grace of 10; then exactly 70.
	assert_eq!(meter.due(300, &|at| at).provider, 60 + 70);
	meter.begin(1_000, 0, 300, None).expect("there is room");
	assert_eq!(meter.acknowledge(2, 5), Err(ReceiptRefused::Off));
}

#[test]
fn never_seals_away_what_was_shown() {
	let mut meter = Meter::new(10);
	meter
		.begin(1_000, 0, 0, Some(key()))
		.expect("there is room");
	assert_eq!(meter.acknowledge(0, 80), Ok(true));
	meter.seal(100, 30);
	assert_eq!(meter.due(100, &|at| at).provider, 80);
	assert!(!meter.awaits_receipt(100, &|at| at));
}

#[test]
fn has_a_bounded_number_of_segments() {
	let mut meter = Meter::new(10);
	for number in 0..MAX_SEGMENTS {
		assert!(meter.has_room());
		meter
			.begin(1_000, 0, u64::from(number), None)
			.expect("there is room");
	}
	assert!(!meter.has_room());
	assert!(meter.begin(1_000, 0, 99, None).is_err());
}
