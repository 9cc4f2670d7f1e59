//! What presence pays: the pallet's draws and windows, and the ledger of verified uptime, for honest
//! machines, machines that are away, that change their status, and for a chain that stood still.

use crate::{
	chance::Random,
	draws::{HELD, MOST_PER_BLOCK, SLOT_MS},
	report::{Row, Table},
};
use pallet_attestation::{accumulator::next, presence::drawn, types::Parameters};
use pallet_providers::runs::Uptime;
use terminal_primitives::Digest;

/// What all machines of a run do.
#[derive(Clone, Copy)]
pub enum Habit {
	/// Off for so many slots, once in so many slots of being on (0: never).
	Fails { slots: u32, once_in: u64 },
	/// Away for so many slots after each pass: what it has proven is safe, and nothing else is due.
	Leaves { slots: u32 },
	/// Offline and online again after one pass in so many (0: never). Always there.
	Toggles { one_in: u64 },
}

/// A challenge that is open.
struct Open {
	machine: usize,
	issued: u32,
	issued_ms: u64,
	gap_cap_ms: u64,
	committed: Option<u32>,
}

/// Machines under one habit, and a clock.
struct World {
	params: Parameters,
	habit: Habit,
	random: Random,
	acc: Digest,
	machines: u32,
	proven: Vec<Uptime>,
	away_until: Vec<u32>,
	challenged: Vec<bool>,
	open: Vec<Open>,
	away_slots: u64,
	passes: u64,
	misses: u64,
}

impl World {
	fn new(name: &str, params: Parameters, habit: Habit, machines: u32) -> Self {
		let mut anchored = Uptime::default();
		anchored.pass(0, params.gap_cap_ms(machines, SLOT_MS));
		Self {
			params,
			habit,
			random: Random::new(name),
			acc: [0; 32],
			machines,
			proven: vec![anchored; machines as usize],
			away_until: vec![0; machines as usize],
			challenged: vec![false; machines as usize],
			open: Vec::new(),
			away_slots: 0,
			passes: 0,
			misses: 0,
		}
	}

	fn block(&mut self, block: u32, now_ms: u64) {
		self.acc = next(&self.acc, block, Some(self.random.digest()));
		let most = MOST_PER_BLOCK;
		for index in drawn(&self.params, &self.acc, self.machines, SLOT_MS, most) {
			let machine = index as usize;
			if !std::mem::replace(&mut self.challenged[machine], true) {
				self.open.push(Open {
					machine,
					issued: block,
					issued_ms: now_ms,
					gap_cap_ms: self.params.gap_cap_ms(self.machines, SLOT_MS),
					committed: None,
				});
			}
		}
		let mut open = std::mem::take(&mut self.open);
		open.retain_mut(|challenge| self.proceed(challenge, block));
		self.open = open;
		self.fail(block);
	}

	/// What happens to an open challenge in this block: whether it stays open.
	fn proceed(&mut self, challenge: &mut Open, block: u32) -> bool {
		let params = &self.params;
		let there = self.away_until[challenge.machine] <= block;
		let commit_by = challenge.issued + params.commit_window_blocks;
		let delay = params.draw_delay_blocks;
		let passed = match challenge.committed {
			None if block > commit_by => false,
			None => {
				if there && block >= challenge.issued + HELD - delay - 2 {
					challenge.committed = Some(block);
				}
				return true;
			},
			Some(_) if block > commit_by + params.answer_window_blocks => false,
			Some(at) if there && block >= at + delay + 2 => true,
			Some(_) => return true,
		};
		self.resolve(challenge, block, passed);
		false
	}

	fn resolve(&mut self, challenge: &Open, block: u32, passed: bool) {
		let machine = challenge.machine;
		self.challenged[machine] = false;
		let proven = &mut self.proven[machine];
		if !passed {
			self.misses += 1;
			return proven.miss(challenge.issued_ms);
		}
		self.passes += 1;
		let waited = challenge.committed.map(|at| at - challenge.issued);
		let late = waited > Some(self.params.prompt_blocks);
		let gap_cap_ms = if late { 0 } else { challenge.gap_cap_ms };
		proven.pass(challenge.issued_ms, gap_cap_ms);
		match self.habit {
			Habit::Leaves { slots } => {
				self.away_until[machine] = block + 1 + slots;
				self.away_slots += u64::from(slots);
			},
			Habit::Toggles { one_in } if one_in > 0 && self.random.once(1, one_in) => {
				proven.close()
			},
			Habit::Toggles { .. } | Habit::Fails { .. } => (),
		}
	}

	/// As many machines fail in a slot as do in the mean.
	fn fail(&mut self, block: u32) {
		let Habit::Fails { slots, once_in } = self.habit else {
			return;
		};
		if once_in == 0 {
			return;
		}
		let machines = u64::from(self.machines);
		let more = self.random.once(machines % once_in, once_in);
		for _ in 0..machines / once_in + u64::from(more) {
			let machine = self.random.below(machines) as usize;
			if self.away_until[machine] <= block {
				self.away_until[machine] = block + 1 + slots;
				self.away_slots += u64::from(slots);
			}
		}
	}

	/// Milliseconds proven, and milliseconds until the last challenge that was resolved.
	fn paid(&self) -> (u64, u64) {
		let sums = self.proven.iter().fold((0, 0), |(paid, all), uptime| {
			(paid + uptime.total_ms(), all + uptime.resolved)
		});
		sums
	}
}

fn measure(table: &mut Table, section: &'static str, what: &str, world: World, blocks: u32) {
	let (paid, all) = world.paid();
	let row = Row::new(section, what).with("machines", world.machines);
	let row = match world.habit {
		Habit::Fails { slots, .. } | Habit::Leaves { slots } => row.with("slots", slots),
		Habit::Toggles { one_in } => row.with("one_in", one_in),
	};
	let row = row
		.with("blocks", blocks)
		.with("away_slots", world.away_slots);
	let row = row
		.with("passes", world.passes)
		.with("misses", world.misses);
	table.add(row.with("paid_ms", paid).with("of_ms", all));
}

fn run(name: &str, params: Parameters, habit: Habit, machines: u32, blocks: u32) -> World {
	let mut world = World::new(name, params, habit, machines);
	for block in 0..blocks {
		world.block(block, u64::from(block) * SLOT_MS);
	}
	world
}

impl Habit {
	/// On for 999 of 1,000 slots, in outages of so many slots.
	fn honest(outage: u32) -> Self {
		Habit::Fails {
			slots: outage,
			once_in: u64::from(outage) * 999,
		}
	}
}

/// Machines that are on for 999 of 1,000 slots, in outages of so many slots.
pub fn honest(table: &mut Table, machines: u32, outage: u32, blocks: u32) {
	let habit = Habit::honest(outage);
	let what = format!("{machines} machines, outages of {} s", outage * 6);
	let world = run(&what, Parameters::default(), habit, machines, blocks);
	measure(table, "honest", &what, world, blocks);
}

/// Machines that are never off: what back-pressure takes from them.
pub fn always_on(table: &mut Table, machines: u32, blocks: u32) {
	let habit = Habit::Fails {
		slots: 0,
		once_in: 0,
	};
	let what = format!("{machines} machines, no outage");
	let world = run(&what, Parameters::default(), habit, machines, blocks);
	measure(table, "honest", &what, world, blocks);
}

/// Machines that leave after each pass, for so many slots.
pub fn leaving(table: &mut Table, slots: u32, blocks: u32) {
	let what = format!("away for {} s after each pass", slots * 6);
	let world = run(
		&what,
		Parameters::default(),
		Habit::Leaves { slots },
		100,
		blocks,
	);
	measure(table, "leaving", &what, world, blocks);
}

/// The rule in force and others: what they pay to machines that leave after each pass, and to honest
/// ones.
pub fn proposed(table: &mut Table, blocks: u32) {
	let now = Parameters::default();
	let lenient = Parameters {
		prompt_blocks: now.commit_window_blocks,
		..now.clone()
	};
	let longer = |params: &Parameters| Parameters {
		presence_period_ms: 3 * params.presence_period_ms,
		..params.clone()
	};
	for (name, params) in [
		("as it is: a late commitment credits nothing", now.clone()),
		("a late commitment credits all", lenient.clone()),
		("… and three times the period", longer(&lenient)),
		("as it is, and three times the period", longer(&now)),
	] {
		for slots in [3, 10, 20, 30, 50, 100] {
			let what = format!("{name}: away {slots}");
			let world = run(&what, params.clone(), Habit::Leaves { slots }, 100, blocks);
			measure(table, "proposed", name, world, blocks);
		}
		for outage in [5, 20, 50] {
			let what = format!("{name}: outage {outage}");
			let world = run(&what, params.clone(), Habit::honest(outage), 100, blocks);
			measure(table, "proposed honest", name, world, blocks);
		}
	}
}

/// Machines that go offline and online again after one pass in so many.
pub fn toggling(table: &mut Table, one_in: u64, blocks: u32) {
	let what = match one_in {
		0 => "never".into(),
		1 => "after every pass".into(),
		more => format!("after one pass in {more}"),
	};
	let world = run(
		&what,
		Parameters::default(),
		Habit::Toggles { one_in },
		100,
		blocks,
	);
	measure(table, "toggling", &what, world, blocks);
}

/// The chain stands still for `halt_ms`; all machines are there before and after.
pub fn halted(table: &mut Table, halt_ms: u64, blocks: u32) {
	let machines = 1_000;
	let habit = Habit::Fails {
		slots: 0,
		once_in: 0,
	};
	let what = format!("{} min", halt_ms / 60_000);
	let mut world = World::new(&what, Parameters::default(), habit, machines);
	for block in 0..blocks {
		let halt = if block >= blocks / 2 { halt_ms } else { 0 };
		world.block(block, u64::from(block) * SLOT_MS + halt);
	}
	let from = u64::from(blocks / 2 - 1) * SLOT_MS;
	let to = from + SLOT_MS + halt_ms;
	let paid = |uptime: &&Uptime| uptime.proven_ms(to) - uptime.proven_ms(from) >= halt_ms;
	let credited = world.proven.iter().filter(paid).count();
	let row = Row::new("halted", what).with("machines", machines);
	let row = row.with("halt_ms", halt_ms).with("misses", world.misses);
	table.add(row.with("trials", machines).with("seen", credited));
}

#[cfg(test)]
mod tests {
	use super::*;

	const BLOCKS: u32 = if cfg!(debug_assertions) {
		20_000
	} else {
		200_000
	};

	fn share(row: &Row) -> f64 {
		row.number::<f64>("paid_ms") / row.number::<f64>("of_ms")
	}

	#[test]
	fn an_honest_machine_is_paid_more_than_995_in_1000() {
		let mut table = Table::default();
		for outage in [5, 50, 600] {
			honest(&mut table, 100, outage, BLOCKS);
		}
		for row in table.rows() {
			let least = if cfg!(debug_assertions) { 0.990 } else { 0.995 };
			assert!(share(row) >= least, "{row}");
		}
	}

	#[test]
	fn a_machine_that_is_always_there_is_paid_for_everything_however_many_there_are() {
		let mut table = Table::default();
		always_on(&mut table, 100, BLOCKS);
		always_on(&mut table, 10_000, BLOCKS);
		for row in table.rows() {
			assert_eq!(row.number::<u64>("misses"), 0, "{row}");
			// A gap of more than ten periods comes once in 22,000.
			assert!(share(row) > 0.999, "{row}");
		}
	}

	#[test]
	fn toggling_costs_and_toggling_always_costs_everything() {
		let mut table = Table::default();
		for one_in in [0, 10, 2, 1] {
			toggling(&mut table, one_in, BLOCKS);
		}
		let shares: Vec<_> = table.rows().iter().map(share).collect();
		assert!(shares.is_sorted_by(|more, less| more > less), "{shares:?}");
		// Nothing but what came before the first pass.
		assert!(shares[3] < 0.01, "{shares:?}");
	}

	#[test]
	fn long_absence_is_not_paid() {
		let mut table = Table::default();
		leaving(&mut table, 300, BLOCKS);
		for row in table.rows() {
			let slots = row.number::<f64>("machines") * row.number::<f64>("blocks");
			let there = 1.0 - row.number::<f64>("away_slots") / slots;
			assert!(share(row) < there, "{row}: there for {there}");
		}
	}

	/// A gap is paid where both of its passes were prompt and nothing was missed between them. With
	/// absence beyond the commitment window and beyond `prompt_blocks`, both in periods.
	#[test]
	fn absence_is_paid_as_the_windows_and_the_period_say() {
		for slots in [3u32, 10, 50, 100] {
			let mut table = Table::default();
			leaving(&mut table, slots, BLOCKS);
			let missed = f64::from(slots.saturating_sub(10)) / 100.0;
			let unpaid = f64::from(slots.saturating_sub(3)) / 100.0;
			let paid = (missed - 2.0 * unpaid).exp() * (1.0 + unpaid) / (1.0 + missed);
			for row in table.rows() {
				let apart = share(row) - paid;
				assert!(apart.abs() < 0.02, "{row}: {apart:.3} apart");
			}
		}
	}

	#[test]
	fn a_late_commitment_credits_nothing_and_takes_what_the_window_would_give() {
		let mut table = Table::default();
		proposed(&mut table, BLOCKS / 4);
		let of = |name: &str| {
			table
				.rows()
				.iter()
				.filter(|row| row.is(name))
				.collect::<Vec<_>>()
		};
		let beyond = |row: &&Row| {
			let slots = row.number::<f64>("machines") * row.number::<f64>("blocks");
			share(row) - (1.0 - row.number::<f64>("away_slots") / slots)
		};
		// Away for a minute after each pass.
		let strict = of("as it is: a late commitment credits nothing");
		let lenient = of("a late commitment credits all");
		assert!(beyond(&lenient[1]) > 0.08, "{}", lenient[1]);
		assert!(beyond(&strict[1]) < 0.04, "{}", strict[1]);
	}

	#[test]
	fn a_halt_is_a_miss_for_nobody_and_a_long_one_is_paid_to_nobody() {
		let mut table = Table::default();
		halted(&mut table, 30 * 60_000, 8_000);
		halted(&mut table, 3 * 3_600_000, 8_000);
		let [short, long] = table.rows() else {
			panic!("two halts")
		};
		assert_eq!(
			short.number::<u64>("misses") + long.number::<u64>("misses"),
			0
		);
		assert!(short.number::<u32>("seen") > 980, "{short}");
		assert_eq!(long.number::<u32>("seen"), 0, "{long}");
	}
}
