//! How orders and reservations move from stage to stage. [`next_order`] and [`next_reservation`]
//! are the whole truth; no call decides for itself what a stage allows. An offer has no stages: it
//! stands or is gone, and what was made from it has a copy of all it needs.
//!
//! An order's stage follows from the block number alone:
//!
//! ```text
//!    posted                                             deadline
//!      │  bids_only_blocks  │                │ firm_blocks │
//!      ▼                    ▼                ▼             ▼
//!    Fresh ──────────────▶ Open ──────────▶ Firm ───────▶ Due
//!      │ Accept, Cancel     │ … Match        │ … Match     │ Close
//!      └────────────────────┴────────────────┴─────────────┴──────▶ Gone
//!
//!    Fresh: bids come and go      Open: offers match too
//!    Firm:  bids only come        Due:  anyone closes it, nothing else happens
//! ```
//!
//! A reservation:
//!
//! ```text
//!                Open                      Start, NeverStart, End (backstop)
//!    Reserved ──────────────▶ Opened ──────────────────────────────────────▶ Gone
//!      │    │                    ▲                                             ▲
//!      │    │ Arrive             │ Open                                        │
//!      │    └────────▶ Arrived ──┘                                             │
//!      │                  └──────── End ───────────────────────────────────────┤
//!      └───────────────── Cancel, End ─────────────────────────────────────────┘
//! ```

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::types::*;
use terminal_primitives::BlockNumber;

/// How far an order is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OrderStage {
	/// Takes bids, no matches yet.
	Fresh,
	/// Takes bids and matches.
	Open,
	/// Takes bids and matches; bids stand.
	Firm,
	/// The deadline is over.
	Due,
	/// Filled, cancelled or closed.
	Gone,
}

/// What may happen to an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OrderStep {
	/// A provider bids.
	Bid,
	/// A provider takes a bid back.
	Withdraw,
	/// The consumer takes a bid.
	Accept,
	/// Somebody names an offer that fits.
	Match,
	/// The consumer wants it no more.
	Cancel,
	/// The deadline is over: the cheapest valid bid wins, or nobody.
	Close,
}

/// How far a reservation is: a [`ReservationState`] without its data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReservationStage {
	/// See [`ReservationState::Reserved`].
	Reserved,
	/// See [`ReservationState::Arrived`].
	Arrived,
	/// See [`ReservationState::Opened`].
	Opened,
	/// Over.
	Gone,
}

/// What may happen to a reservation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReservationStep {
	/// The consumer is there and the lease opens.
	Open,
	/// The consumer is there and the machine cannot take it.
	Arrive,
	/// The first second of the lease runs.
	Start,
	/// The lease ended before its first second.
	NeverStart,
	/// A side cancels.
	Cancel,
	/// The present stage's time is over, or nothing can come of it any more.
	End,
}

/// The step does not exist in that stage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IllegalStep;

impl<AccountId> Order<AccountId> {
	/// How far it is in block `now`.
	pub fn stage(&self, now: BlockNumber) -> OrderStage {
		if now > self.deadline {
			OrderStage::Due
		} else if now >= self.firm_from {
			OrderStage::Firm
		} else if now > self.bids_only_until {
			OrderStage::Open
		} else {
			OrderStage::Fresh
		}
	}
}

impl ReservationState {
	/// Which stage this is.
	pub fn stage(&self) -> ReservationStage {
		match self {
			ReservationState::Reserved => ReservationStage::Reserved,
			ReservationState::Arrived { .. } => ReservationStage::Arrived,
			ReservationState::Opened { .. } => ReservationStage::Opened,
		}
	}
}

/// The stage that follows; the stage itself where the order stays. Every pair is listed: a new
/// stage or step does not compile until it is decided here.
pub fn next_order(stage: OrderStage, step: OrderStep) -> Result<OrderStage, IllegalStep> {
	use OrderStep::*;
	match stage {
		OrderStage::Fresh => match step {
			Bid | Withdraw => Ok(OrderStage::Fresh),
			Accept | Cancel => Ok(OrderStage::Gone),
			Match | Close => Err(IllegalStep),
		},
		OrderStage::Open => match step {
			Bid | Withdraw => Ok(OrderStage::Open),
			Accept | Match | Cancel => Ok(OrderStage::Gone),
			Close => Err(IllegalStep),
		},
		OrderStage::Firm => match step {
			Bid => Ok(OrderStage::Firm),
			Accept | Match | Cancel => Ok(OrderStage::Gone),
			Withdraw | Close => Err(IllegalStep),
		},
		OrderStage::Due => match step {
			Close => Ok(OrderStage::Gone),
			Bid | Withdraw | Accept | Match | Cancel => Err(IllegalStep),
		},
		OrderStage::Gone => match step {
			Bid | Withdraw | Accept | Match | Cancel | Close => Err(IllegalStep),
		},
	}
}

/// The stage that follows. Every pair is listed.
pub fn next_reservation(
	stage: ReservationStage,
	step: ReservationStep,
) -> Result<ReservationStage, IllegalStep> {
	use ReservationStep::*;
	match stage {
		ReservationStage::Reserved => match step {
			Open => Ok(ReservationStage::Opened),
			Arrive => Ok(ReservationStage::Arrived),
			Cancel | End => Ok(ReservationStage::Gone),
			Start | NeverStart => Err(IllegalStep),
		},
		ReservationStage::Arrived => match step {
			Open => Ok(ReservationStage::Opened),
			End => Ok(ReservationStage::Gone),
			Arrive | Start | NeverStart | Cancel => Err(IllegalStep),
		},
		ReservationStage::Opened => match step {
			Start | NeverStart | End => Ok(ReservationStage::Gone),
			Open | Arrive | Cancel => Err(IllegalStep),
		},
		ReservationStage::Gone => match step {
			Open | Arrive | Start | NeverStart | Cancel | End => Err(IllegalStep),
		},
	}
}
