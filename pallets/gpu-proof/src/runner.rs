//! Whose rules make an output of weights and an input: a job names them by number.

use crate::{
	layered, network,
	result::{self, Job, Leaf, LeafCheck},
};
use alloc::vec::Vec;

/// The rules that the runtime, its off-chain workers and the daemon can execute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runner {
	/// Number 1, `integer-network`: [`crate::network`]. A fault is shown by a leaf and all weights.
	IntegerNetwork,
	/// Number 2, `layered-network`: [`crate::layered`]. A fault is shown by a leaf and one piece.
	LayeredNetwork,
}

impl Runner {
	/// The runner of that number.
	pub fn of(number: u16) -> Option<Self> {
		match number {
			1 => Some(Self::IntegerNetwork),
			2 => Some(Self::LayeredNetwork),
			_ => None,
		}
	}

	/// Its number.
	pub fn number(self) -> u16 {
		match self {
			Self::IntegerNetwork => 1,
			Self::LayeredNetwork => 2,
		}
	}

	/// What `weights` make of `input`; the empty output where the runner's page says so. Total.
	pub fn evaluate(self, weights: &[u8], input: &[u8], limit: usize) -> Vec<u8> {
		match self {
			Self::IntegerNetwork => network::evaluate(weights, input, limit),
			Self::LayeredNetwork => layered::evaluate(weights, input, limit),
		}
	}

	/// [`result::check`] by this runner's rules: the leaf is run whole. Total.
	pub fn check(self, job: &Job, weights: &[u8], leaf: &Leaf) -> LeafCheck {
		match self {
			Self::IntegerNetwork => result::check(job, weights, leaf),
			Self::LayeredNetwork => layered::check(job, weights, leaf),
		}
	}

	/// The most bytes, besides the leaf, that show a fault of a job with so many bytes of weights.
	pub fn evidence_bound(self, weights_bytes: u32) -> usize {
		match self {
			Self::IntegerNetwork => weights_bytes as usize,
			Self::LayeredNetwork => layered::PieceProof::encoded_bound(weights_bytes),
		}
	}
}
