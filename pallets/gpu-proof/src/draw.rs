//! Drawing distinct numbers below a bound from a seed.

use crate::{hash::blake2_256, Hash};
use alloc::{collections::BTreeSet, vec::Vec};
use rand_chacha::{
	rand_core::{RngCore, SeedableRng},
	ChaCha8Rng,
};

/// The most numbers one draw gives: a longer draw is cut to this length, which bounds its memory.
pub const MAX_DRAW: u32 = 65_536;

/// `k` distinct numbers below `bound`, ascending; all of them when `bound <= k`; at most
/// [`MAX_DRAW`].
///
/// Floyd's algorithm (R. W. Floyd, J. Bentley, "A sample of brilliance", CACM 30, 1987): for `j`
/// from `bound - k` to `bound - 1` draw `t` in `0..=j` and take it, or `j` where `t` was taken.
/// `t = (word × (j + 1)) >> 64` with `word` the next `u64` LE of the ChaCha8 keystream, stream 0,
/// whose key is H(`domain` | seed): at most 2⁻³² away from uniform, and without a loop that could
/// run for ever.
pub(crate) fn distinct(domain: &[u8], seed: &Hash, bound: u32, k: u32) -> Vec<u32> {
	let k = k.min(bound).min(MAX_DRAW);
	let mut stream = ChaCha8Rng::from_seed(blake2_256(&[domain, seed]));
	let mut taken = BTreeSet::new();
	for j in bound.saturating_sub(k)..bound {
		let choices = u128::from(j).wrapping_add(1);
		// Below `choices`, so it fits; the product is below 2⁹⁶.
		let t = (u128::from(stream.next_u64()).wrapping_mul(choices) >> 64) as u32;
		if !taken.insert(t) {
			taken.insert(j);
		}
	}
	taken.into_iter().collect()
}
