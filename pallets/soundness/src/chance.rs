//! Numbers that look random and are the same on every run, and the chances that are expected.
//!
//! Only integers are drawn: a logarithm may differ between two machines in its last bit.

use rand_chacha::{
	rand_core::{RngCore, SeedableRng},
	ChaCha8Rng,
};
use terminal_gpu_proof::hash::blake2_256;
use terminal_primitives::Digest;

/// A generator named by what it is for.
pub struct Random(ChaCha8Rng);

impl Random {
	pub fn new(name: &str) -> Self {
		Self(ChaCha8Rng::from_seed(blake2_256(&[
			b"soundness",
			name.as_bytes(),
		])))
	}

	/// What a VRF would have given, or any other secret.
	pub fn digest(&mut self) -> Digest {
		let mut out = [0; 32];
		self.0.fill_bytes(&mut out);
		out
	}

	/// A number under `bound`, which is not 0.
	pub fn below(&mut self, bound: u64) -> u64 {
		((u128::from(self.0.next_u64()) * u128::from(bound)) >> 64) as u64
	}

	/// `true` once in `of` / `times`.
	pub fn once(&mut self, times: u64, of: u64) -> bool {
		self.below(of) < times
	}

	/// `count` distinct numbers under `bound`, in no order.
	pub fn some(&mut self, count: u32, bound: u32) -> Vec<u32> {
		let mut all: Vec<u32> = (0..bound).collect();
		for at in 0..count {
			let other = u64::from(at) + self.below(u64::from(bound - at));
			all.swap(at as usize, other as usize);
		}
		all.truncate(count as usize);
		all
	}
}

/// The chance that none of `wrong` among `items` is in a draw of `looked` without replacement.
#[cfg(test)]
pub fn untouched(items: u32, wrong: u32, looked: u32) -> f64 {
	(0..looked).fold(1.0, |chance, drawn| {
		let left = f64::from(items - drawn);
		chance * (left - f64::from(wrong)).max(0.0) / left
	})
}

/// The chance of at most `most` successes in `of` tries that succeed with chance `each`.
#[cfg(test)]
pub fn at_most(most: u32, of: u32, each: f64) -> f64 {
	let mut term = (1.0 - each).powi(of as i32);
	let mut sum = term;
	for k in 0..most {
		term *= f64::from(of - k) / f64::from(k + 1) * each / (1.0 - each);
		sum += term;
	}
	sum
}

/// How many standard deviations `seen` in `trials` lies from a chance. Panics where the chance is
/// certain and something else was seen.
#[cfg(test)]
pub fn sigmas(seen: u32, trials: u32, chance: f64) -> f64 {
	let (seen, trials) = (f64::from(seen), f64::from(trials));
	let deviation = (trials * chance * (1.0 - chance)).sqrt();
	let apart = seen - trials * chance;
	if apart.abs() < 1e-6 {
		return 0.0;
	}
	assert!(
		deviation > 0.0,
		"{seen} of {trials} where {chance} was sure"
	);
	apart / deviation
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn chances_are_those_of_the_books() {
		assert!((untouched(10, 1, 5) - 0.5).abs() < 1e-12);
		assert!((at_most(5, 10, 0.5) - 638.0 / 1024.0).abs() < 1e-12);
		assert_eq!(sigmas(60, 100, 0.5), 2.0);
	}

	#[test]
	fn some_are_distinct() {
		let mut drawn = Random::new("some").some(40, 50);
		drawn.sort_unstable();
		drawn.dedup();
		assert_eq!(drawn.len(), 40);
		assert!(drawn.iter().all(|number| *number < 50));
	}
}
