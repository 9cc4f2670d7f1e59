//! One module per call or capability; each name is a promise.

mod bond;
mod bonds_at_risk;
mod capacity;
mod genesis;
mod invariants;
mod register_machine;
mod register_provider;
mod remove_machine;
mod runs;
mod set_agent;
mod set_endpoint;
mod set_params;
mod set_status;
mod slash;
mod unbond;
mod update_machine;
mod uptime;
mod views;
mod withdraw_unbonded;

pub(crate) use crate::{mock::*, Error, Event, Parameters, Provider, Unlocking};
pub(crate) use frame_support::{assert_noop, assert_ok};
pub(crate) use sp_runtime::DispatchError::BadOrigin;
pub(crate) use terminal_primitives::{
	market::{MachineStatus, Machines as _, ProviderBonds as _},
	uptime::{UptimeRecorder as _, VerifiedUptime as _},
	MachineId, UNIT,
};
pub(crate) use terminal_test_support::{MockBurn, MockGuard};

/// This pallet's events since the last look.
pub(crate) fn events() -> Vec<Event<Test>> {
	terminal_test_support::take_events::<Test, Event<Test>>()
}

pub(crate) fn books() -> Provider {
	crate::Providers::<Test>::get(provider()).expect("the provider is registered")
}
