//! How fast this machine makes the steps of a muster: what a grade is calibrated by, and whether a machine
//! would be in time.

use super::Threads;
use std::time::{Duration, Instant};
use terminal_gpu_proof::{
	hash::blake2_256,
	muster::{unit_seed, work::Device, Shape},
};

/// What was measured: some steps of one unit's chain, with their hashing, on all of the machine.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
	/// Rows of a state.
	pub n: u32,
	/// How many steps.
	pub steps: u32,
	/// How long they took together.
	pub took: Duration,
}

impl Pace {
	/// How long the work of a machine of this shape would take, its units one after the other.
	pub fn of(&self, shape: &Shape) -> Duration {
		let work = shape.multiplications() as f64 * f64::from(shape.units);
		let measured = Shape {
			n: self.n,
			steps: self.steps.max(1),
			units: 1,
		};
		let ratio = work / measured.multiplications() as f64;
		Duration::try_from_secs_f64(self.took.as_secs_f64() * ratio).unwrap_or(Duration::MAX)
	}

	/// 10¹² operations a second: a multiplication and an addition for each product.
	pub fn tera_operations(&self) -> f64 {
		let cube = f64::from(self.n).powi(3);
		2.0 * cube * f64::from(self.steps) / self.took.as_secs_f64().max(1e-9) / 1e12
	}
}

/// Make steps of size `n`, of a chain that no muster asks for, for `time` at least and one step at least.
/// `n` must be a size.
pub fn rehearse(n: u32, time: Duration) -> Pace {
	let mut device = Threads::default();
	device.begin(&unit_seed(&blake2_256(&[b"rehearsal"]), 0), n);
	let began = Instant::now();
	let mut steps = 0u32;
	while steps == 0 || began.elapsed() < time {
		device.advance();
		steps = steps.saturating_add(1);
	}
	Pace {
		n,
		steps,
		took: began.elapsed(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_pace_tells_the_time_of_other_work() {
		let pace = Pace {
			n: 1_000,
			steps: 10,
			took: Duration::from_secs(2),
		};
		assert_eq!(pace.tera_operations(), 0.01);
		let shape = |n, steps, units| Shape { n, steps, units };
		let close = |shape: Shape, seconds: f64| {
			let told = pace.of(&shape).as_secs_f64();
			assert!((told - seconds).abs() < 1e-6, "{told} {seconds}");
		};
		close(shape(1_000, 10, 1), 2.0);
		close(shape(1_000, 100, 3), 60.0);
		close(shape(2_000, 10, 1), 16.0);
	}

	#[test]
	fn a_step_is_made_whatever_the_time() {
		let pace = rehearse(256, Duration::ZERO);
		assert_eq!((pace.n, pace.steps), (256, 1));
		assert!(pace.took > Duration::ZERO);
	}
}
