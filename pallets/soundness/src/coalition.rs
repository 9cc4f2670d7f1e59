//! Coalitions of authors: what who authors h … h + d knows, and how far who may give up its block
//! can turn a draw.
//!
//! One author a slot, of the coalition with its share's chance, independently. Its members know
//! their own VRF outputs and their own next slots; what others will reveal, nobody knows. A block
//! given up is a slot without a block.

use crate::{
	chance::Random,
	presence::GENESIS,
	report::{Row, Table},
	results::ITEMS,
};
use pallet_attestation::{
	accumulator::{committee_seed, next},
	presence::drawn,
	tasks::draw,
	types::{sample_indices, Parameters},
};
use terminal_primitives::{Digest, TaskId};

pub const PERCENT: [u32; 3] = [10, 20, 33];
/// As far as a coalition looks ahead. A run of more slots is rarer than 2 in a million.
const AHEAD: usize = 12;

/// Whether an accumulator is one that the coalition wants.
type Wish<'a> = &'a dyn Fn(&Digest) -> bool;

/// Slots ahead: of the coalition or not, each with its VRF output.
struct Slots {
	percent: u32,
	random: Random,
	ahead: Vec<(bool, Digest)>,
}

impl Slots {
	fn new(name: &str, percent: u32) -> Self {
		Self {
			percent,
			random: Random::new(&format!("{name} {percent}")),
			ahead: Vec::new(),
		}
	}

	fn slot(&mut self, at: usize) -> (bool, Digest) {
		while self.ahead.len() <= at {
			let ours = self.random.once(u64::from(self.percent), 100);
			self.ahead.push((ours, self.random.digest()));
		}
		self.ahead[at]
	}
}

/// Whether publishing some of the slots from `at` on, and giving up others, ends `blocks` blocks
/// later in an accumulator that is `good`: over slots of the coalition alone. Counts outcomes seen.
fn can_reach(
	slots: &mut Slots,
	at: usize,
	acc: &Digest,
	block: u32,
	blocks: u32,
	good: Wish<'_>,
) -> bool {
	if blocks == 0 {
		return good(acc);
	}
	let (ours, output) = slots.slot(at);
	if !ours || at >= AHEAD {
		return false;
	}
	let after = next(acc, block, Some(output));
	can_reach(slots, at + 1, &after, block + 1, blocks - 1, good)
		|| can_reach(slots, at + 1, acc, block, blocks, good)
}

/// Play the `blocks` blocks of one draw: whether it ends as the coalition wants, and how many
/// blocks it gave up for that.
fn play(slots: &mut Slots, blocks: u32, good: Wish<'_>) -> (bool, u32) {
	slots.ahead.clear();
	let mut acc = slots.random.digest();
	let (mut at, mut block, mut left, mut given_up) = (0, 0, blocks, 0);
	while left > 0 {
		let (ours, output) = slots.slot(at);
		let after = next(&acc, block, Some(output));
		// Where neither gets there by its own slots, the last reveal is left to somebody honest.
		let publish = !ours
			|| can_reach(slots, at + 1, &after, block + 1, left - 1, good)
			|| (left > 1 && !can_reach(slots, at + 1, &acc, block, left, good));
		if publish {
			(acc, block, left) = (after, block + 1, left - 1);
		} else {
			given_up += 1;
		}
		at += 1;
		if at >= AHEAD {
			// Start looking ahead anew from here.
			slots.ahead.drain(..at);
			at = 0;
		}
	}
	(good(&acc), given_up)
}

/// Draws of committees and samples, turned by giving up blocks.
pub fn bias(table: &mut Table, trials: u32) {
	let params = Parameters::default();
	let clean = |acc: &Digest| {
		// 50 wrong leaves; which ones makes no difference.
		let seed = committee_seed(&GENESIS, TaskId(0), 0, acc);
		let sample = sample_indices(&seed, ITEMS, params.sample);
		sample.iter().all(|index| *index >= 50)
	};
	for percent in PERCENT {
		// Of a hundred attestors as many are its own as it authors slots.
		let taken = |acc: &Digest| {
			let seed = committee_seed(&GENESIS, TaskId(0), 0, acc);
			let members = draw(&seed, (0..100u32).collect(), params.committee);
			let own = members.iter().filter(|member| **member < percent).count();
			own >= params.quorum as usize
		};
		let wishes: [(_, Wish<'_>); 2] = [
			("a public sample without one of 50 wrong leaves", &clean),
			("a quorum of its own", &taken),
		];
		for (wish, good) in wishes {
			let mut slots = Slots::new(wish, percent);
			let (mut granted, mut given_up) = (0, 0);
			let (mut base, mut random) = (0, Random::new(&format!("{wish} without {percent}")));
			for _ in 0..trials {
				let (got, cost) = play(&mut slots, params.draw_delay_blocks, good);
				granted += u32::from(got);
				given_up += cost;
				base += u32::from(good(&random.digest()));
			}
			let row = Row::new("bias", wish).with("percent", percent);
			let row = row.with("trials", trials).with("honest", base);
			table.add(row.with("seen", granted).with("given_up", given_up));
		}
	}
}

/// How many slots a provider waits until its coalition authors h … h + d in a row.
pub fn knows_sample(table: &mut Table, trials: u32) {
	let run = Parameters::default().draw_delay_blocks + 1;
	for percent in PERCENT {
		let mut random = Random::new(&format!("a run of {percent}"));
		let (mut waited, mut at_once) = (0u64, 0);
		for _ in 0..trials {
			let (mut in_a_row, mut slots) = (0, 0u64);
			while in_a_row < run {
				in_a_row = match random.once(u64::from(percent), 100) {
					true => in_a_row + 1,
					false => 0,
				};
				slots += 1;
			}
			waited += slots;
			at_once += u32::from(slots == u64::from(run));
		}
		let row = Row::new("known", "the public sample before the commitment")
			.with("percent", percent)
			.with("run", run);
		let row = row.with("trials", trials).with("seen", at_once);
		table.add(row.with("slots", waited));
	}
}

/// How long a machine's owner that also authors blocks goes without a challenge, if it gives up
/// each block whose VRF output would draw its machine. All in slots.
pub fn escapes_draws(table: &mut Table, slots: u32) {
	let params = Parameters::default();
	let machines = 1_000;
	for percent in PERCENT {
		let mut random = Random::new(&format!("escape {percent}"));
		let (mut acc, mut block, mut challenged, mut given_up) = ([0; 32], 0, 0u32, 0u32);
		for _ in 0..slots {
			let after = next(&acc, block, Some(random.digest()));
			let hit = drawn(&params, &after, machines, 6_000, 64).any(|index| index == 0);
			if hit && random.once(u64::from(percent), 100) {
				given_up += 1;
				continue;
			}
			challenged += u32::from(hit);
			(acc, block) = (after, block + 1);
		}
		let row = Row::new("escape", "a machine whose owner authors blocks")
			.with("percent", percent)
			.with("machines", machines);
		let row = row.with("trials", slots).with("seen", challenged);
		table.add(row.with("given_up", given_up));
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn who_authors_nothing_turns_nothing() {
		let good = |acc: &Digest| acc[0] < 128;
		let mut slots = Slots::new("nobody", 0);
		let won = (0..1_000).filter(|_| play(&mut slots, 2, &good).0).count();
		assert!((430..570).contains(&won), "{won}");
	}

	#[test]
	fn who_authors_everything_gets_what_it_wants() {
		let good = |acc: &Digest| acc[0] < 128;
		let mut slots = Slots::new("all", 100);
		let won = (0..200).filter(|_| play(&mut slots, 2, &good).0).count();
		assert_eq!(won, 200);
	}

	/// Every second slot, a wish of one in two: one in two draws as it comes, half of the others
	/// once more at least.
	#[test]
	fn an_author_of_half_the_slots_turns_a_coin() {
		let good = |acc: &Digest| acc[0] < 128;
		let mut slots = Slots::new("half", 50);
		let won = (0..2_000).filter(|_| play(&mut slots, 2, &good).0).count();
		assert!((1_300..1_700).contains(&won), "{won}");
	}

	#[test]
	fn an_author_escapes_its_own_share_of_draws() {
		let slots = 50_000;
		let mut table = Table::default();
		escapes_draws(&mut table, slots);
		for row in table.rows() {
			let percent: f64 = row.number("percent");
			// One slot in a hundred draws it.
			let expected = f64::from(slots) / 100.0 * (1.0 - percent / 100.0);
			let seen: f64 = row.number("seen");
			assert!((seen - expected).abs() < 5.0 * expected.sqrt(), "{row}");
		}
	}
}
