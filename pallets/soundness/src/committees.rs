//! Committees: how often hostile attestors take one, or stop one, by the pallet's own draw, sizes,
//! quorum and redraws.

use crate::{
	chance::Random,
	presence::GENESIS,
	report::{Row, Table},
};
use pallet_attestation::{
	accumulator::committee_seed,
	lifecycle::Step,
	tasks::{committee_size, draw},
	types::{Parameters, MAX_ATTEMPTS},
	votes::decides,
};
use terminal_primitives::TaskId;

/// Attestors to draw from. The chain keeps at most 128; more are what its functions would do.
pub const SIZES: [u32; 4] = [20, 100, 128, 1_000];
/// Percent of them that are hostile.
pub const HOSTILE: [u32; 3] = [10, 20, 33];

/// How many of a committee drawn from `attestors` are among the first `hostile`; its seats and
/// quorum.
fn hostile_seats(
	params: &Parameters,
	task: u64,
	attempt: u8,
	attestors: u32,
	hostile: u32,
	random: &mut Random,
) -> (u32, u32, u32) {
	let seed = committee_seed(&GENESIS, TaskId(task), attempt, &random.digest());
	let (seats, quorum) = committee_size(params, attestors, attempt);
	let members = draw(&seed, (0..attestors).collect(), seats);
	let taken = members.iter().filter(|member| **member < hostile).count();
	(taken as u32, seats, quorum)
}

pub fn capture_and_liveness(table: &mut Table, trials: u32) {
	let params = Parameters::default();
	for attestors in SIZES {
		for percent in HOSTILE {
			let hostile = attestors * percent / 100;
			let mut random = Random::new(&format!("committee {attestors} {percent}"));
			let mut captured = 0;
			let mut lapsed = [0u32; MAX_ATTEMPTS as usize];
			for trial in 0..trials {
				for attempt in 0..MAX_ATTEMPTS {
					let (taken, seats, quorum) = hostile_seats(
						&params,
						u64::from(trial),
						attempt,
						attestors,
						hostile,
						&mut random,
					);
					let of_hostile = decides(seats, quorum, taken, 0);
					captured += u32::from(attempt == 0 && of_hostile == Some(Step::Quorum));
					// The hostile ones keep silent, the others pass.
					if decides(seats, quorum, seats - taken, 0) == Some(Step::Quorum) {
						break;
					}
					lapsed[usize::from(attempt)] += 1;
				}
			}
			let (seats, quorum) = committee_size(&params, attestors, 0);
			let (all, of_all) = committee_size(&params, attestors, MAX_ATTEMPTS - 1);
			let row = Row::new("committees", format!("{percent} % of {attestors}"))
				.with("attestors", attestors)
				.with("hostile", hostile)
				.with("percent", percent);
			let row = row.with("seats", seats).with("quorum", quorum);
			let row = row.with("all", all).with("quorum_of_all", of_all);
			let row = row.with("trials", trials).with("captured", captured);
			let [first, second, last] = lapsed;
			table.add(
				row.with("lapsed", first)
					.with("twice", second)
					.with("void", last),
			);
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chance::sigmas;

	/// The chance that at least `least` of the `seats` drawn from `attestors` are hostile.
	fn at_least(least: u32, seats: u32, hostile: u32, attestors: u32) -> f64 {
		let choose = |of: u32, k: u32| {
			(0..k).fold(1.0, |product, i| {
				product * f64::from(of - i) / f64::from(i + 1)
			})
		};
		let honest = attestors - hostile;
		(least..=seats.min(hostile))
			.filter(|taken| seats - taken <= honest)
			.map(|taken| choose(hostile, taken) * choose(honest, seats - taken))
			.sum::<f64>()
			/ choose(attestors, seats)
	}

	#[test]
	fn committees_are_taken_and_stopped_as_often_as_without_replacement() {
		let trials = if cfg!(debug_assertions) { 200 } else { 5_000 };
		let mut table = Table::default();
		capture_and_liveness(&mut table, trials);
		for row in table.rows() {
			let number = |name| row.number::<u32>(name);
			let (attestors, hostile) = (number("attestors"), number("hostile"));
			let (seats, quorum) = (number("seats"), number("quorum"));
			let captured = at_least(quorum, seats, hostile, attestors);
			let stopped = at_least(seats - quorum + 1, seats, hostile, attestors);
			for (name, chance) in [
				("captured", captured),
				("lapsed", stopped),
				("twice", stopped * stopped),
			] {
				let seen = number(name);
				// Where little is expected, one is not many deviations.
				let apart = sigmas(seen, trials, chance.clamp(1e-12, 1.0 - 1e-12));
				assert!(apart.abs() < 4.0 || seen <= 2, "{row}: {name} {apart:.1}");
			}
			// The whole set decides as long as two thirds of it are honest.
			assert_eq!(number("void"), 0, "{row}");
		}
	}
}
