//! One module per call or capability; each name is a promise.

mod claim_royalties;
mod commit_listing;
mod genesis;
mod invariants;
mod list_version;
mod registry;
mod royalties;
mod set_asset_prices;
mod set_params;
mod set_prices;
mod views;
mod withdraw_commitment;
mod yank;

pub(crate) use crate::{mock::*, Details, Error, Event, Format, HoldReason, Parameters, Prices};
pub(crate) use frame_support::{
	assert_noop, assert_ok,
	traits::fungible::{Balanced, Mutate},
};
pub(crate) use sp_runtime::DispatchError::BadOrigin;
pub(crate) use terminal_primitives::{
	market::{ModelRegistry as _, Royalties},
	VersionId, UNIT,
};
pub(crate) use terminal_test_support::{account, MockBurn, EXISTENTIAL_DEPOSIT};

/// This pallet's events since the last look.
pub(crate) fn events() -> Vec<Event<Test>> {
	terminal_test_support::take_events::<Test, Event<Test>>()
}

pub(crate) fn accrue(version: VersionId, amount: u128) {
	Models::accrue(version, Balances::issue(amount))
}
