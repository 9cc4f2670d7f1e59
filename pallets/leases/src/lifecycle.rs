//! How a lease moves from state to state. [`next`] is the whole truth; `Pallet::enter` is the
//! only writer of `Lease::state`.
//!
//! ```text
//!              ┌── cancel, expire ────────────────────────────────────────────┐
//!              │                                ┌─┐ Adjust                    │
//!              │                           ┌────┴─▼─┐ Pause  ┌────────┐ Adjust│
//!  Offered ────┤  AcceptMetered      Start │ Active ├───────▶│ Paused ├─┐     │
//!              ├───────────▶ Accepted ────▶│        │◀───────┤        │◀┘     │
//!              │               │           └───┬────┘ Resume └───┬────┘       │
//!              │               │               │ Close           │ Close      │
//!              │               │           ┌───▼─────────────────▼──┐ Finish  │
//!              │               │           │        Closing         ├─────────┤
//!              │               │           └───────────┬────────────┘         │
//!              │               │                       │ Dispute              │
//!              │               │           ┌───────────▼────────────┐         │
//!              │               │           │        Disputed        ├─────────┤ Arbitrate,
//!              │               │           └────────────────────────┘         │ Finish
//!              │               └── cancel, expire ────────────────────────────┼────────▶ Closed
//!              │  AcceptJob         Commit         Pass                       │
//!              ├───────────▶ Running ───▶ Committed ───▶ Delivering ──────────┤ Finish, Fail
//!              │                │             └── Fail ───────────────────────┤
//!              │                └── cancel, expire ───────────────────────────┤
//!              │  AcceptCalls        Close                                    │
//!              └───────────▶ Serving ─────▶ Redeeming ────────────────────────┘ Finish
//! ```

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{hooks, types::*, Config, Error, Pallet};
use terminal_primitives::LeaseId;

/// A [`State`] without its data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
	/// See [`State::Offered`].
	Offered,
	/// See [`State::Accepted`].
	Accepted,
	/// See [`State::Active`].
	Active,
	/// See [`State::Paused`].
	Paused,
	/// See [`State::Closing`].
	Closing,
	/// See [`State::Disputed`].
	Disputed,
	/// See [`State::Running`].
	Running,
	/// See [`State::Committed`].
	Committed,
	/// See [`State::Delivering`].
	Delivering,
	/// See [`State::Serving`].
	Serving,
	/// See [`State::Redeeming`].
	Redeeming,
	/// See [`State::Closed`].
	Closed,
}

/// What may happen to a lease.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
	/// The provider takes a metered lease.
	AcceptMetered,
	/// The provider takes a fixed job.
	AcceptJob,
	/// The provider takes a lease for calls.
	AcceptCalls,
	/// The handshake was shown.
	Start,
	/// The agreed time becomes longer or, for a reclaimed spot lease, shorter.
	Adjust,
	/// The escrow is used up, or announced maintenance begins.
	Pause,
	/// There are funds again, or the maintenance is over.
	Resume,
	/// Time is up, funds are used up, or a side wants out.
	Close,
	/// A side calls the arbiter.
	Dispute,
	/// The arbiter has split what was held.
	Arbitrate,
	/// The result's root is on chain.
	Commit,
	/// Attestation passed the result.
	Pass,
	/// Attestation or an unanswered demand failed it.
	Fail,
	/// A side leaves before anything was due.
	Cancel,
	/// The next step was not done in time.
	Expire,
	/// What is due is final: pay and refund.
	Finish,
}

/// The step does not exist in that stage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IllegalStep;

impl State {
	/// Which stage this is.
	pub fn stage(&self) -> Stage {
		match self {
			State::Offered { .. } => Stage::Offered,
			State::Accepted { .. } => Stage::Accepted,
			State::Active { .. } => Stage::Active,
			State::Paused { .. } => Stage::Paused,
			State::Closing { .. } => Stage::Closing,
			State::Disputed { .. } => Stage::Disputed,
			State::Running { .. } => Stage::Running,
			State::Committed { .. } => Stage::Committed,
			State::Delivering { .. } => Stage::Delivering,
			State::Serving { .. } => Stage::Serving,
			State::Redeeming { .. } => Stage::Redeeming,
			State::Closed { .. } => Stage::Closed,
		}
	}
}

/// The stage that follows. Every pair is listed: a new stage or step does not compile until it is
/// decided here.
pub fn next(stage: Stage, step: Step) -> Result<Stage, IllegalStep> {
	use Step::*;
	match stage {
		Stage::Offered => match step {
			AcceptMetered => Ok(Stage::Accepted),
			AcceptJob => Ok(Stage::Running),
			AcceptCalls => Ok(Stage::Serving),
			Cancel | Expire => Ok(Stage::Closed),
			Start | Adjust | Pause | Resume | Close | Dispute | Arbitrate | Commit | Pass
			| Fail | Finish => Err(IllegalStep),
		},
		Stage::Accepted => match step {
			Start => Ok(Stage::Active),
			Cancel | Expire => Ok(Stage::Closed),
			AcceptMetered | AcceptJob | AcceptCalls | Adjust | Pause | Resume | Close | Dispute
			| Arbitrate | Commit | Pass | Fail | Finish => Err(IllegalStep),
		},
		Stage::Active => match step {
			Adjust => Ok(Stage::Active),
			Pause => Ok(Stage::Paused),
			Close => Ok(Stage::Closing),
			AcceptMetered | AcceptJob | AcceptCalls | Start | Resume | Dispute | Arbitrate
			| Commit | Pass | Fail | Cancel | Expire | Finish => Err(IllegalStep),
		},
		Stage::Paused => match step {
			Adjust => Ok(Stage::Paused),
			Resume => Ok(Stage::Active),
			Close => Ok(Stage::Closing),
			AcceptMetered | AcceptJob | AcceptCalls | Start | Pause | Dispute | Arbitrate
			| Commit | Pass | Fail | Cancel | Expire | Finish => Err(IllegalStep),
		},
		Stage::Closing => match step {
			Dispute => Ok(Stage::Disputed),
			Finish => Ok(Stage::Closed),
			AcceptMetered | AcceptJob | AcceptCalls | Start | Adjust | Pause | Resume | Close
			| Arbitrate | Commit | Pass | Fail | Cancel | Expire => Err(IllegalStep),
		},
		Stage::Disputed => match step {
			Arbitrate | Finish => Ok(Stage::Closed),
			AcceptMetered | AcceptJob | AcceptCalls | Start | Adjust | Pause | Resume | Close
			| Dispute | Commit | Pass | Fail | Cancel | Expire => Err(IllegalStep),
		},
		Stage::Running => match step {
			Commit => Ok(Stage::Committed),
			Cancel | Expire => Ok(Stage::Closed),
			AcceptMetered | AcceptJob | AcceptCalls | Start | Adjust | Pause | Resume | Close
			| Dispute | Arbitrate | Pass | Fail | Finish => Err(IllegalStep),
		},
		Stage::Committed => match step {
			Pass => Ok(Stage::Delivering),
			Fail => Ok(Stage::Closed),
			AcceptMetered | AcceptJob | AcceptCalls | Start | Adjust | Pause | Resume | Close
			| Dispute | Arbitrate | Commit | Cancel | Expire | Finish => Err(IllegalStep),
		},
		Stage::Delivering => match step {
			Fail | Finish => Ok(Stage::Closed),
			AcceptMetered | AcceptJob | AcceptCalls | Start | Adjust | Pause | Resume | Close
			| Dispute | Arbitrate | Commit | Pass | Cancel | Expire => Err(IllegalStep),
		},
		Stage::Serving => match step {
			Close => Ok(Stage::Redeeming),
			AcceptMetered | AcceptJob | AcceptCalls | Start | Adjust | Pause | Resume | Dispute
			| Arbitrate | Commit | Pass | Fail | Cancel | Expire | Finish => Err(IllegalStep),
		},
		Stage::Redeeming => match step {
			Finish => Ok(Stage::Closed),
			AcceptMetered | AcceptJob | AcceptCalls | Start | Adjust | Pause | Resume | Close
			| Dispute | Arbitrate | Commit | Pass | Fail | Cancel | Expire => Err(IllegalStep),
		},
		Stage::Closed => match step {
			AcceptMetered | AcceptJob | AcceptCalls | Start | Adjust | Pause | Resume | Close
			| Dispute | Arbitrate | Commit | Pass | Fail | Cancel | Expire | Finish => Err(IllegalStep),
		},
	}
}

impl<T: Config> Pallet<T> {
	/// Move `lease` by `step` into `state`, and put it on the expiry wheel for when that state's
	/// time is up. The caller stores the lease.
	pub(crate) fn enter(
		id: LeaseId,
		lease: &mut Lease<T::AccountId>,
		step: Step,
		state: State,
	) -> Result<(), Error<T>> {
		let reached = next(lease.state.stage(), step);
		frame_support::ensure!(reached == Ok(state.stage()), Error::<T>::IllegalStep);
		lease.state = state;
		lease.wake_at = hooks::schedule::<T>(id, lease).unwrap_or(0);
		Ok(())
	}
}
