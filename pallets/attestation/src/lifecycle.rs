//! What may follow what. Pure: no storage, no clock.
//!
//! ```text
//!                 Draw                    Quorum
//! AwaitingDraw ──────────▶ Voting ─────────────────────▶ Passed
//!      │  ▲                 │ │                           ▲ │ │
//!      │  └──── Lapse ──────┘ │ Doubt, Exhaust            │ │ │
//!      │ NobodyToDraw         ▼                           │ │ │
//!      └──────────────▶ DataChallenge ─────── Show ───────┘ │ │
//!                           │   ▲                           │ │
//!                           │   └───────── Doubt ───────────┘ │
//!                           │ Silence                         │
//!                           ▼                                 │
//!                       Unanswered                            ▼
//!      any of AwaitingDraw, Voting, DataChallenge, Passed ── Refute ──▶ Faulted
//! ```
//!
//! Doubt comes when the vote window ends, out of Voting if so many members could not get leaves that no
//! quorum was possible, out of Passed if any could not: these are shown then. What was shown is passed
//! without a window, and so without another doubt.

use crate::types::Phase;

/// A phase without what it holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
	/// See [`Phase::AwaitingDraw`].
	AwaitingDraw,
	/// See [`Phase::Voting`].
	Voting,
	/// See [`Phase::DataChallenge`].
	DataChallenge,
	/// See [`Phase::Passed`].
	Passed,
	/// See [`Phase::Faulted`].
	Faulted,
	/// See [`Phase::Unanswered`].
	Unanswered,
}

impl Kind {
	/// Every kind, for tests.
	pub const ALL: [Kind; 6] = [
		Kind::AwaitingDraw,
		Kind::Voting,
		Kind::DataChallenge,
		Kind::Passed,
		Kind::Faulted,
		Kind::Unanswered,
	];

	/// The kind of a phase.
	pub fn of(phase: &Phase) -> Self {
		match phase {
			Phase::AwaitingDraw { .. } => Kind::AwaitingDraw,
			Phase::Voting { .. } => Kind::Voting,
			Phase::DataChallenge { .. } => Kind::DataChallenge,
			Phase::Passed { .. } => Kind::Passed,
			Phase::Faulted => Kind::Faulted,
			Phase::Unanswered => Kind::Unanswered,
		}
	}

	/// Whether the verdict is still open.
	pub fn is_open(self) -> bool {
		match self {
			Kind::AwaitingDraw | Kind::Voting | Kind::DataChallenge => true,
			Kind::Passed | Kind::Faulted | Kind::Unanswered => false,
		}
	}
}

/// Why a task moves on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
	/// A committee was drawn.
	Draw,
	/// There is no attestor to draw.
	NobodyToDraw,
	/// Enough members passed it.
	Quorum,
	/// The vote window is over and members could not get leaves: so many that no quorum was possible, or
	/// any of a passed task.
	Doubt,
	/// The vote window is over without a quorum; another attempt is left.
	Lapse,
	/// The vote window of the last attempt is over without a quorum.
	Exhaust,
	/// All disputed leaves were shown and are correct.
	Show,
	/// The window of the data challenge is over.
	Silence,
	/// A leaf was proven wrong.
	Refute,
}

impl Step {
	/// Every step, for tests.
	pub const ALL: [Step; 9] = [
		Step::Draw,
		Step::NobodyToDraw,
		Step::Quorum,
		Step::Doubt,
		Step::Lapse,
		Step::Exhaust,
		Step::Show,
		Step::Silence,
		Step::Refute,
	];
}

/// The phase after `step`, or `None` if `from` does not allow it.
pub fn next(from: Kind, step: Step) -> Option<Kind> {
	match (from, step) {
		(Kind::AwaitingDraw, Step::Draw) => Some(Kind::Voting),
		(Kind::AwaitingDraw, Step::NobodyToDraw) => Some(Kind::DataChallenge),
		(Kind::AwaitingDraw, Step::Refute) => Some(Kind::Faulted),
		(
			Kind::AwaitingDraw,
			Step::Quorum | Step::Doubt | Step::Lapse | Step::Exhaust | Step::Show | Step::Silence,
		) => None,
		(Kind::Voting, Step::Quorum) => Some(Kind::Passed),
		(Kind::Voting, Step::Doubt | Step::Exhaust) => Some(Kind::DataChallenge),
		(Kind::Voting, Step::Lapse) => Some(Kind::AwaitingDraw),
		(Kind::Voting, Step::Refute) => Some(Kind::Faulted),
		(Kind::Voting, Step::Draw | Step::NobodyToDraw | Step::Show | Step::Silence) => None,
		(Kind::DataChallenge, Step::Show) => Some(Kind::Passed),
		(Kind::DataChallenge, Step::Silence) => Some(Kind::Unanswered),
		(Kind::DataChallenge, Step::Refute) => Some(Kind::Faulted),
		(
			Kind::DataChallenge,
			Step::Draw
			| Step::NobodyToDraw
			| Step::Quorum
			| Step::Doubt
			| Step::Lapse
			| Step::Exhaust,
		) => None,
		(Kind::Passed, Step::Doubt) => Some(Kind::DataChallenge),
		(Kind::Passed, Step::Refute) => Some(Kind::Faulted),
		(
			Kind::Passed,
			Step::Draw
			| Step::NobodyToDraw
			| Step::Quorum
			| Step::Lapse
			| Step::Exhaust
			| Step::Show
			| Step::Silence,
		) => None,
		(
			Kind::Faulted | Kind::Unanswered,
			Step::Draw
			| Step::NobodyToDraw
			| Step::Quorum
			| Step::Doubt
			| Step::Lapse
			| Step::Exhaust
			| Step::Show
			| Step::Silence
			| Step::Refute,
		) => None,
	}
}
