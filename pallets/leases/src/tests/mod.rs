//! Promises, by call.

mod accept;
mod accept_change;
mod answer_demand;
mod approve_asset;
mod arbitrate;
mod asset_prices;
mod assets;
mod attacks;
pub(crate) mod batch;
mod cancel;
mod claim;
mod close;
mod commit_result;
mod conclude;
mod demand_leaf;
mod dispute;
mod early_close;
mod escrow;
mod extend;
mod finish;
mod frozen;
mod invariants;
mod lifecycle;
mod matrix;
mod meter;
mod migrate;
mod offer_transfer;
mod open_agreed;
mod open_calls;
mod open_job;
mod open_metered;
mod pause;
mod pricing;
mod propose_change;
mod reclaim;
mod records;
mod redeem;
mod redeem_many;
mod reference;
mod remove_asset;
mod resume;
mod sequences;
mod serving;
mod set_auto_top_up;
mod set_params;
mod settle;
mod settle_many;
mod sla;
mod start;
mod stuck;
mod take_transfer;
mod top_up;
mod views;
mod wheel;
mod withdraw;
mod withdraw_change;
mod withdraw_many;

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

/// How many random histories are tried: `SEQUENCES`, or a few for every day.
fn cases(usual: u32) -> u32 {
	std::env::var("SEQUENCES")
		.ok()
		.and_then(|count| count.parse().ok())
		.unwrap_or(usual)
}
