//! What becomes of a called machine. Pure.
//!
//! ```text
//!            commitment in its window          right answer in its window
//! Computing ──────────────────────────▶ Committed ─────────────────────▶ Passed
//!     │                                     │ └─ the same, but late ───▶ Inconclusive
//!     │ window over                         │ window over, or wrong answer
//!     └──────────▶ Failed ◀─────────────────┘
//! ```
//!
//! Nothing has to happen for a machine to fail: it has failed from the block after its window on,
//! whether or not somebody wrote it down. So no hook, no full block and nobody's silence can delay it.
//!
//! *Inconclusive*: the commitment was in its window of blocks, but these took longer than planned, so that a
//! slower machine would have been in time as well. It proves nothing and costs nothing, provided the
//! answer is right: else waiting for a skipped slot would be a way out.

use crate::types::{Failure, Phase, Summons};
use terminal_primitives::{BlockNumber, Moment};

/// How a muster of one machine ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
	/// It is what it is called.
	Passed,
	/// It did the work, but nobody knows how fast.
	Inconclusive,
	/// It did not show what was asked for. Takes the proof, slashes nothing.
	Failed(Failure),
}

impl Summons {
	/// Why the machine has failed by block `now`, if it has.
	pub fn overdue(&self, now: BlockNumber) -> Option<Failure> {
		match self.phase {
			Phase::Computing => (now > self.commit_by).then_some(Failure::NotCommitted),
			Phase::Committed { .. } => (now > self.answer_by).then_some(Failure::NotAnswered),
		}
	}

	/// Whether it may still pass.
	pub fn is_open(&self, now: BlockNumber) -> bool {
		self.overdue(now).is_none()
	}

	/// The phase after a commitment in block `block` at the time `at`.
	pub fn committed(&self, root: [u8; 32], block: BlockNumber, at: Moment) -> Phase {
		let late = at.saturating_sub(self.called_at) > self.window_ms;
		Phase::Committed { root, block, late }
	}
}

/// The outcome of an answer.
pub fn outcome(right: bool, late: bool) -> Outcome {
	match (right, late) {
		(true, false) => Outcome::Passed,
		(true, true) => Outcome::Inconclusive,
		(false, _) => Outcome::Failed(Failure::WrongEntry),
	}
}
