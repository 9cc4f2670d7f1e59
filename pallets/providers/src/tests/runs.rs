//! V(t) against a model that knows every millisecond.

use crate::runs::{Run, Uptime, MAX_RUNS};
use proptest::prelude::*;

/// One flag per millisecond, and the rule of the design in words.
struct Model {
	proven: Vec<bool>,
	last_pass: Option<(u64, u64)>,
}

const SPAN: u64 = 2_000;

impl Model {
	fn new() -> Self {
		Self {
			proven: vec![false; SPAN as usize + 1],
			last_pass: None,
		}
	}

	fn pass(&mut self, at: u64, cap: u64) {
		if let Some((last, last_cap)) = self.last_pass {
			if at - last <= cap.min(last_cap) {
				(last + 1..=at).for_each(|ms| self.proven[ms as usize] = true);
			}
		}
		self.last_pass = Some((at, cap));
	}

	fn close(&mut self) {
		self.last_pass = None;
	}

	/// Proven milliseconds in `(from, to]`.
	fn between(&self, from: u64, to: u64) -> u64 {
		(from + 1..=to)
			.filter(|ms| self.proven[*ms as usize])
			.count() as u64
	}
}

/// What may happen, each some milliseconds after the one before.
#[derive(Clone, Copy, Debug)]
enum Step {
	Pass { cap: u64 },
	Miss,
	Close,
}

fn steps(longest: usize) -> impl Strategy<Value = Vec<(u64, Step)>> {
	let step = prop_oneof![
		6 => (0u64..80).prop_map(|cap| Step::Pass { cap }),
		1 => Just(Step::Miss),
		1 => Just(Step::Close),
	];
	proptest::collection::vec((0u64..40, step), 0..longest)
}

fn play(steps: &[(u64, Step)]) -> (Uptime, Model) {
	let (mut uptime, mut model) = (Uptime::default(), Model::new());
	let mut now = 0;
	for (gap, step) in steps {
		now += gap;
		match *step {
			Step::Pass { cap } => {
				uptime.pass(now, cap);
				model.pass(now, cap);
			},
			Step::Miss => {
				uptime.miss(now);
				model.close();
			},
			Step::Close => {
				uptime.close();
				model.close();
			},
		}
	}
	(uptime, model)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(512))]

	/// From the oldest run kept on, V is exact at every millisecond.
	#[test]
	fn v_is_exact_where_runs_are_kept(steps in steps(50)) {
		let (uptime, model) = play(&steps);
		let oldest = uptime.runs.first().map_or(0, |run| run.from);
		let base = uptime.proven_ms(oldest);
		prop_assert_eq!(base, model.between(0, oldest));
		let mut counted = base;
		for at in oldest + 1..=SPAN {
			counted += u64::from(model.proven[at as usize]);
			prop_assert_eq!(uptime.proven_ms(at), counted, "at {}", at);
		}
		prop_assert_eq!(uptime.total_ms(), counted);
	}

	/// Whatever was forgotten, nobody is charged for more than was proven, and V never falls.
	#[test]
	fn differences_never_exceed_what_was_proven(
		steps in steps(50), ends in proptest::collection::vec((0..=SPAN, 0..=SPAN), 32),
	) {
		let (uptime, model) = play(&steps);
		for (one, other) in ends {
			let (from, to) = (one.min(other), one.max(other));
			let (low, high) = (uptime.proven_ms(from), uptime.proven_ms(to));
			prop_assert!(low <= high);
			prop_assert!(high - low <= model.between(from, to));
		}
	}

	/// What was once called final stays so, whatever comes later. One challenge is open at a time,
	/// as attestation keeps it; it is issued, answered or missed, in any rhythm.
	#[test]
	fn what_is_resolved_stays(
		steps in proptest::collection::vec((0u64..30, 0u64..12, 0u64..60, 0u8..8), 1..14),
	) {
		let mut uptime = Uptime::default();
		let mut promises: Vec<(u64, u64)> = Vec::new();
		let mut now = 0u64;
		let promise = |uptime: &Uptime, now: u64, open: bool, promises: &mut Vec<(u64, u64)>| {
			let until = uptime.resolved_until(now, open);
			promises.extend((0..=until).map(|at| (at, uptime.proven_ms(at))));
		};
		for (idle, window, cap, outcome) in steps {
			for _ in 0..idle {
				promise(&uptime, now, false, &mut promises);
				now += 1;
			}
			let issued = now;
			for _ in 0..window {
				promise(&uptime, now, true, &mut promises);
				now += 1;
			}
			match outcome {
				0 => uptime.miss(issued),
				1 => { uptime.miss(issued); uptime.close() },
				_ => uptime.pass(issued, cap),
			}
			promise(&uptime, now, false, &mut promises);
			promises.sort_unstable();
			promises.dedup();
			for (at, proven) in &promises {
				prop_assert_eq!(uptime.proven_ms(*at), *proven, "V({}) changed", at);
			}
		}
	}

	/// Settling any number of times on the way adds up to settling once at the end.
	#[test]
	fn parts_add_up(steps in steps(50), cuts in proptest::collection::vec(0..=SPAN, 1..8)) {
		let (uptime, _) = play(&steps);
		let mut cuts = cuts;
		cuts.sort_unstable();
		let parts: u64 = cuts
			.windows(2)
			.map(|pair| uptime.proven_ms(pair[1]) - uptime.proven_ms(pair[0]))
			.sum();
		let whole = uptime.proven_ms(cuts[cuts.len() - 1]) - uptime.proven_ms(cuts[0]);
		prop_assert_eq!(parts, whole);
	}

	/// Any calls with any numbers are answered, and the runs stay in order.
	#[test]
	fn is_total(calls in proptest::collection::vec((any::<u64>(), any::<u64>(), 0u8..4), 0..60)) {
		let mut uptime = Uptime::default();
		for (at, cap, kind) in calls {
			match kind {
				0 => uptime.miss(at),
				1 => uptime.close(),
				_ => uptime.pass(at, cap),
			}
			let _ = (uptime.proven_ms(at), uptime.resolved_until(at, false), uptime.total_ms());
			let ordered = uptime.runs.windows(2).all(|pair| {
				pair[0].to <= pair[1].from && pair[0].total() == pair[1].before
			});
			prop_assert!(ordered && uptime.runs.iter().all(|run| run.from <= run.to));
		}
	}
}

#[test]
fn a_pass_at_the_cap_credits_and_one_beyond_does_not() {
	let mut uptime = Uptime::default();
	uptime.pass(0, 10);
	uptime.pass(10, 10);
	assert_eq!(uptime.total_ms(), 10);
	uptime.pass(21, 10);
	assert_eq!(uptime.total_ms(), 10);
}

#[test]
fn a_cap_that_grows_does_not_reopen_what_was_final() {
	let mut uptime = Uptime::default();
	uptime.pass(0, 10);
	assert_eq!(uptime.resolved_until(50, false), 50);
	uptime.pass(60, 1_000);
	assert_eq!(uptime.proven_ms(60), 0);
	uptime.pass(500, 1_000);
	assert_eq!(uptime.total_ms(), 440);
}

#[test]
fn a_pass_older_than_what_is_resolved_changes_nothing() {
	let mut uptime = Uptime::default();
	uptime.pass(0, 100);
	uptime.miss(50);
	let before = uptime.clone();
	uptime.pass(20, 100);
	assert_eq!(uptime, before);
}

#[test]
fn runs_that_prove_nothing_take_no_place() {
	let mut uptime = Uptime::default();
	for at in 0..1_000 {
		uptime.pass(at * 100, 10);
	}
	assert_eq!(
		uptime.runs.to_vec(),
		[Run {
			from: 99_900,
			to: 99_900,
			before: 0
		}]
	);
}

#[test]
fn the_last_runs_are_kept_and_the_total_never_falls() {
	let mut uptime = Uptime::default();
	for index in 0..100 {
		uptime.pass(index * 100, 10);
		uptime.pass(index * 100 + 10, 10);
		uptime.miss(index * 100 + 20);
		assert_eq!(uptime.total_ms(), (index + 1) * 10);
	}
	assert_eq!(uptime.runs.len(), MAX_RUNS as usize);
	assert_eq!(
		uptime.runs.first(),
		Some(&Run {
			from: 8_400,
			to: 8_410,
			before: 840
		})
	);
	assert_eq!(uptime.proven_ms(0), 840);
}
