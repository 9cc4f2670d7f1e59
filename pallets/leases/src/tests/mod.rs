//! Promises, by call.

mod accept;
mod answer_demand;
pub(crate) mod batch;
mod cancel;
mod claim;
mod close;
mod commit_result;
mod conclude;
mod demand_leaf;
mod escrow;
mod finish;
mod invariants;
mod lifecycle;
mod meter;
mod open_job;
mod open_metered;
mod pricing;
mod sequences;
mod set_params;
mod settle;
mod start;
mod top_up;
mod views;
mod wheel;

use crate::mock::*;
use terminal_primitives::{LeaseId, MachineId};
use terminal_test_support::AccountId;

/// An id that no test uses.
const NOBODY: LeaseId = LeaseId(99);
/// A machine that no test registers.
const NO_MACHINE: MachineId = MachineId(99);

fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}
