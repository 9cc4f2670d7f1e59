//! The whole of settlement against a model that looks at every millisecond: random gaps in a
//! machine's uptime, proofs that lag, pauses, changes, transfers, extensions and late touches, with
//! and without a service level and an early-close fee. The model knows no V(t), no folding and no
//! books. `SEQUENCES` sets how many stories are told.

use super::*;
use crate::types::*;
use frame_support::assert_ok;
use proptest::prelude::*;
use sp_core::{sr25519, Pair};
use sp_runtime::Perbill;
use terminal_primitives::market::Sla;
use terminal_test_support::{skip_time_ms, MockMachines, MockUptime, UNIT};

/// What happens, each some milliseconds after the one before.
#[derive(Clone, Debug)]
enum Act {
	/// A receipt over this share of what the tenant could acknowledge, in percent.
	Settle(u64),
	/// Whatever is due now is paid.
	Withdraw,
	/// Maintenance for so many milliseconds.
	Maintain(u64),
	/// Another rate and size, with this share acknowledged.
	Change(u128, u32, u64),
	/// To the other consumer, with another tenant.
	Transfer,
	/// One second more.
	Extend,
	/// The last receipt of the tenant before the present one, over this share.
	Belated(u64),
}

/// How it ends.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Ending {
	InTime,
	ByConsumer,
	ByProvider,
}

#[derive(Clone, Debug)]
struct Story {
	/// Lengths of runs: up, down, up …
	runs: Vec<u64>,
	/// Each with the time before it and the lag of the proofs at that time.
	acts: Vec<(u64, u64, Act)>,
	ending: Ending,
	receipts: bool,
	version: bool,
	sla: Option<Sla>,
	early_close_ms: u64,
}

fn stories() -> impl Strategy<Value = Story> {
	let act = prop_oneof![
		4 => (0u64..=120).prop_map(Act::Settle),
		3 => Just(Act::Withdraw),
		2 => (1u64..900).prop_map(Act::Maintain),
		2 => (1_000u128..9_000, 1u32..5, 0u64..=110).prop_map(|(rate, units, share)| {
			Act::Change(rate, units, share)
		}),
		1 => Just(Act::Transfer),
		1 => Just(Act::Extend),
		1 => (0u64..=120).prop_map(Act::Belated),
	];
	let sla = (50u32..100, 1u32..60).prop_map(|(target, credit)| Sla {
		target: Perbill::from_percent(target),
		credit: Perbill::from_percent(credit),
	});
	(
		prop::collection::vec(1u64..1_500, 1..12),
		prop::collection::vec((0u64..700, 0u64..900, act), 0..12),
		prop_oneof![
			2 => Just(Ending::InTime),
			1 => Just(Ending::ByConsumer),
			1 => Just(Ending::ByProvider)
		],
		(prop::bool::weighted(0.8), any::<bool>()),
		prop::option::of(sla),
		prop_oneof![Just(0), 1u64..3_000],
	)
		.prop_map(
			|(runs, acts, ending, (receipts, version), sla, early_close_ms)| Story {
				runs,
				acts,
				ending,
				receipts,
				version,
				sla,
				early_close_ms,
			},
		)
}

/// For the provider and for the model version.
type Parts = (u128, u128);

/// Milliseconds beyond the last receipt.
const GRACE: u64 = 150;

fn small_params() -> Parameters {
	Parameters {
		min_duration_seconds: 1,
		min_funded_seconds: 1,
		grace_ms: GRACE,
		..params()
	}
}

/// One stretch of the model.
#[derive(Clone, Debug)]
struct Stretch {
	rate: u128,
	royalty: u128,
	from: u64,
	to: Option<u64>,
	acknowledged: u64,
	sealed: bool,
	/// Seed of its tenant's key.
	tenant: u8,
}

/// The model: what was agreed, and every millisecond's truth.
struct Model {
	up: Vec<bool>,
	stretches: Vec<Stretch>,
	receipts: bool,
	rate: u128,
	units: u32,
	royalty: u128,
	ends_at: u64,
	duration: u64,
	tenant: u8,
}

impl Model {
	fn is_up(&self, at: u64) -> bool {
		self.up.get((at - START) as usize).copied().unwrap_or(false)
	}

	fn begin(&mut self, at: u64) {
		self.stretches.push(Stretch {
			rate: self.rate * u128::from(self.units),
			royalty: self.royalty,
			from: at,
			to: None,
			acknowledged: 0,
			sealed: false,
			tenant: self.tenant,
		});
	}

	/// Milliseconds that are paid of each stretch; with `grace` or without.
	fn credited(&self, stretch: &Stretch, end: u64, grace: u64) -> u64 {
		let mut left = match (self.receipts, stretch.sealed) {
			(false, _) => u64::MAX,
			(true, true) => stretch.acknowledged,
			(true, false) => stretch.acknowledged + grace,
		};
		let mut credited = 0;
		for at in stretch.from..stretch.to.unwrap_or(end).min(end) {
			if left > 0 && self.is_up(at) {
				(credited, left) = (credited + 1, left - 1);
			}
		}
		credited
	}

	fn due(&self, end: u64, grace: u64) -> (u128, u128) {
		self.stretches.iter().fold((0, 0), |sum, stretch| {
			let ms = u128::from(self.credited(stretch, end, grace));
			(
				sum.0 + stretch.rate * ms / 1_000,
				sum.1 + stretch.royalty * ms / 1_000,
			)
		})
	}

	/// What provider and model get in the end.
	fn outcome(&self, story: &Story, end: u64, left: u64) -> (u128, u128) {
		let (due, royalty) = self.due(end, GRACE);
		let (mut ran, mut proven) = (0u128, 0u128);
		for stretch in &self.stretches {
			for at in stretch.from..stretch.to.unwrap_or(end).min(end) {
				ran += 1;
				proven += u128::from(self.is_up(at));
			}
		}
		let earned = match story.sla {
			Some(sla) if proven * 1_000_000_000 < ran * u128::from(sla.target.deconstruct()) => {
				let whole = 1_000_000_000 - u128::from(sla.credit.deconstruct());
				due * whole / 1_000_000_000
			},
			_ => due,
		};
		let fee_ms = u128::from(story.early_close_ms.min(left));
		let fee = self.rate * u128::from(self.units) * fee_ms / 1_000;
		// Back from its maintenance for less than the least funded second: the consumer may leave.
		let is_back = self.stretches.windows(2).any(|pair| {
			let (before, after) = (&pair[0], &pair[1]);
			before.to < Some(after.from) && end - after.from < 1_000
		});
		let provider = match story.ending {
			Ending::InTime => earned,
			_ if left == 0 => earned,
			Ending::ByConsumer if is_back => earned,
			Ending::ByConsumer => earned + fee.min(self.due(end, 0).0),
			Ending::ByProvider => earned.saturating_sub(fee),
		};
		(provider, royalty)
	}
}

fn pair(seed: u8) -> sr25519::Pair {
	sr25519::Pair::from_seed(&[seed; 32])
}

/// What attestation has proven by `now`, as far as it looked.
fn prove(model: &Model, resolved: u64) {
	let (mut runs, mut from) = (Vec::new(), None);
	for at in START..=resolved {
		let up = at < resolved && model.is_up(at);
		match (from, up) {
			(None, true) => from = Some(at),
			(Some(began), false) => {
				runs.push((began, at));
				from = None;
			},
			_ => {},
		}
	}
	MockUptime::set_runs(MACHINE, &runs);
	MockUptime::set_resolved(MACHINE, resolved);
}

fn show(model: &mut Model, number: usize, share: u64) {
	let now = now_ms();
	let stretch = &mut model.stretches[number];
	let lasted = stretch.to.unwrap_or(now) - stretch.from;
	let milliseconds = lasted * share / 100;
	let message = crate::receipts::message::<Test>(LEASE, number as u32, milliseconds);
	let shown = Receipt {
		segment: number as u32,
		milliseconds,
		signature: pair(stretch.tenant).sign(&message),
	};
	let taken = model.receipts && !stretch.sealed;
	let done = Leases::settle(signed(agent()), LEASE, taken.then_some(shown));
	assert_ok!(done);
	if taken {
		stretch.acknowledged = stretch.acknowledged.max(milliseconds);
	}
}

/// Do one thing, in the chain and in the model.
fn act(model: &mut Model, who: &mut AccountId, act: &Act) {
	let now = now_ms();
	let last = model.stretches.len() - 1;
	let has_room = model.stretches.len() < 11;
	match act {
		Act::Settle(share) => show(model, last, *share),
		Act::Withdraw => {
			assert_ok!(Leases::withdraw(signed(stranger()), LEASE));
		},
		Act::Belated(share) if last > 0 => show(model, last - 1, *share),
		Act::Maintain(ms) if has_room => {
			MockMachines::set_window(MACHINE, Some((now, now + 10_000)));
			assert_ok!(Leases::pause(signed(agent()), LEASE));
			model.stretches[last].to = Some(now);
			model.stretches[last].sealed = true;
			skip_time_ms::<Test>(*ms);
			// Nobody can settle a pause into money.
			assert_ok!(Leases::settle(signed(provider()), LEASE, None));
			assert_ok!(Leases::withdraw(signed(provider()), LEASE));
			assert_ok!(Leases::resume(signed(agent()), LEASE));
			model.ends_at += ms;
			model.begin(now_ms());
		},
		Act::Change(rate, units, share) if has_room => {
			let shown = model.stretches[last].acknowledged;
			let lasted = now - model.stretches[last].from;
			let acknowledged_ms = shown.max(lasted * share / 100);
			let change = Change {
				rate: *rate,
				units: *units,
				acknowledged_ms,
			};
			// Enough at any price.
			let _ = Leases::top_up(signed(stranger()), LEASE, UNIT);
			assert_ok!(Leases::propose_change(signed(provider()), LEASE, change));
			let hash = Leases::proposal_hash(LEASE).expect("proposed");
			if Leases::accept_change(signed(who.clone()), LEASE, hash).is_err() {
				// The other price needs more first; the model does without.
				assert_ok!(Leases::withdraw_change(signed(provider()), LEASE));
				return;
			}
			let stretch = &mut model.stretches[last];
			(stretch.to, stretch.sealed) = (Some(now), true);
			stretch.acknowledged = acknowledged_ms;
			(model.rate, model.units) = (*rate, *units);
			model.begin(now);
			let _ = Leases::top_up(signed(stranger()), LEASE, UNIT);
		},
		Act::Transfer if has_room => {
			let to = if *who == consumer() {
				author()
			} else {
				consumer()
			};
			assert_ok!(Leases::offer_transfer(
				signed(who.clone()),
				LEASE,
				Some(to.clone())
			));
			model.tenant += 1;
			let tenant = model.receipts.then(|| pair(model.tenant).public());
			assert_ok!(Leases::take_transfer(signed(to.clone()), LEASE, tenant));
			*who = to;
			model.stretches[last].to = Some(now);
			model.begin(now);
		},
		Act::Extend if model.duration < 19_000 => {
			assert_ok!(Leases::extend(
				signed(who.clone()),
				LEASE,
				1,
				u128::MAX,
				UNIT
			));
			model.ends_at += 1_000;
			model.duration += 1_000;
		},
		_ => {},
	}
}

/// Live through the story. Returns what was drawn before the end, what in the end, and what the
/// model says.
fn live(story: &Story) -> (Parts, Parts, Parts, Books) {
	let mut up: Vec<bool> = Vec::new();
	for (number, length) in story.runs.iter().enumerate() {
		up.extend(std::iter::repeat_n(number % 2 == 0, *length as usize));
	}
	let mut model = Model {
		up,
		stretches: Vec::new(),
		receipts: story.receipts,
		rate: 5_001,
		units: 2,
		royalty: if story.version { ROYALTY_RATE } else { 0 },
		ends_at: START + 5_000,
		duration: 5_000,
		tenant: 1,
	};
	active_with(|lease| {
		(lease.rate, lease.units, lease.duration_ms) = (model.rate, model.units, 5_000);
		lease.version = lease.version.filter(|_| story.version);
		lease.tenant = lease.tenant.filter(|_| story.receipts);
		lease.terms.max_duration_ms = 20_000;
		lease.terms.sla = story.sla;
		lease.terms.early_close_ms = story.early_close_ms;
	});
	model.begin(START);
	let mut who = consumer();
	let mut resolved = START;
	for (wait, lag, what) in &story.acts {
		if now_ms() + wait >= model.ends_at {
			break;
		}
		skip_time_ms::<Test>(*wait);
		resolved = resolved.max(now_ms().saturating_sub(*lag));
		prove(&model, resolved);
		act(&mut model, &mut who, what);
	}
	if story.ending == Ending::InTime {
		// However late.
		skip_time_ms::<Test>(model.ends_at + 7_777 - now_ms());
	}
	let end = now_ms().min(model.ends_at);
	let left = model.ends_at - end;
	let closer = match story.ending {
		Ending::InTime => stranger(),
		Ending::ByConsumer => who.clone(),
		Ending::ByProvider => agent(),
	};
	assert_ok!(Leases::close(signed(closer), LEASE));
	if let Some(last) = model.stretches.last_mut() {
		last.to = Some(end);
	}
	// The last receipts of each tenant come late, and then all proofs.
	let last = model.stretches.len() - 1;
	prove(&model, resolved.max(end));
	show(&mut model, last, 95);
	if last > 0 {
		show(&mut model, last - 1, 97);
	}
	prove(&model, resolved.max(end) + 8_000);
	let before = (books().provider_gross(), books().royalty_gross());
	assert_ok!(Leases::finish(signed(provider()), LEASE));
	let books = books();
	let drawn = (books.provider_gross(), books.royalty_gross());
	(before, drawn, model.outcome(story, end, left), books)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(cases(192)))]

	#[test]
	fn settles_as_a_count_of_every_millisecond_does(story in stories()) {
		build(small_params()).execute_with(|| {
			let (before, drawn, expected, books) = live(&story);
			prop_assert!(books.balanced() && books.held == 0);
			// Where both sides signed less than a grace had paid, that stays paid, and nothing more is.
			let expected = (expected.0.max(before.0), expected.1.max(before.1));
			prop_assert_eq!(drawn, expected);
			prop_assert_eq!(crate::invariants::check::<Test>(), Ok(()));
			Ok(())
		})?;
	}
}
