//! Promises, by call.

mod accept_bid;
mod arrive;
mod assets;
mod begun;
mod cancel_order;
mod cancel_reservation;
mod claim;
mod clock;
mod close_order;
mod end_reservation;
mod honour;
mod invariants;
mod lifecycle;
mod matching;
mod nothing_stuck;
mod place_bid;
mod post_order;
mod pricing;
mod propose_matches;
mod publish_offer;
mod reserve;
mod sequences;
mod set_params;
mod take_offer;
mod views;
mod wheel;
mod withdraw_bid;
mod withdraw_offer;

use crate::{mock::*, types::*, Error, Event, HoldReason};
use frame_support::{assert_noop, assert_ok};
use terminal_primitives::{LeaseId, MachineId};
use terminal_test_support::{mocks::REFUSED, AccountId, MockMachines, MILLI, UNIT};

/// A machine that no test registers.
const NO_MACHINE: MachineId = MachineId(99);

fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// An error as it comes out of an event: without the texts that are not encoded.
fn stored(error: sp_runtime::DispatchError) -> sp_runtime::DispatchError {
	use codec::{Decode, Encode};
	sp_runtime::DispatchError::decode(&mut &error.encode()[..]).expect("it was encoded")
}

/// Make the account's funds frozen, all of them.
fn freeze(who: &AccountId) {
	use frame_support::traits::{LockableCurrency, WithdrawReasons};
	Balances::set_lock(*b"tests   ", who, ENDOWMENT, WithdrawReasons::all());
}

/// Leave the account with exactly `amount` free.
fn leave(who: &AccountId, amount: u128) {
	use frame_support::traits::fungible::Mutate;
	Balances::set_balance(who, amount);
}
