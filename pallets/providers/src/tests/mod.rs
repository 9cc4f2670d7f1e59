//! One module per call or capability; each name is a promise.

mod announce_maintenance;
mod bond;
mod bonds_at_risk;
mod bookings;
mod calendar;
mod cancel_maintenance;
mod capacity;
mod genesis;
mod invariants;
mod register_machine;
mod register_provider;
mod remove_machine;
mod requirements;
mod runs;
mod set_agent;
mod set_asset_price;
mod set_endpoints;
mod set_params;
mod set_status;
mod slash;
mod unbond;
mod update_machine;
mod uptime;
mod views;
mod windows;
mod withdraw_unbonded;

pub(crate) use crate::{mock::*, Error, Event, Parameters, Provider, Unlocking};
pub(crate) use frame_support::{assert_noop, assert_ok};
pub(crate) use sp_runtime::DispatchError::BadOrigin;
pub(crate) use terminal_primitives::{
	market::{Availability as _, Bookings as _, MachineStatus, Machines as _, ProviderBonds as _},
	uptime::{UptimeRecorder as _, VerifiedUptime as _},
	MachineId, Moment, UNIT,
};
pub(crate) use terminal_test_support::{set_time_ms, MockBurn, MockGuard, GENESIS_MS};

/// When units reserved in tests are agreed to be free again: an hour after the start.
pub(crate) const LATER: Moment = GENESIS_MS + HOUR;
/// An hour in milliseconds.
pub(crate) const HOUR: u64 = 3_600_000;
/// Noon of the second day: two days' notice for what begins then.
pub(crate) const NOON: Moment = GENESIS_MS + 48 * HOUR;

/// This pallet's events since the last look.
pub(crate) fn events() -> Vec<Event<Test>> {
	terminal_test_support::take_events::<Test, Event<Test>>()
}

/// Move the clock to so many milliseconds after [`GENESIS_MS`].
pub(crate) fn at_ms(ms: u64) {
	set_time_ms::<Test>(GENESIS_MS + ms)
}

pub(crate) fn books() -> Provider {
	crate::Providers::<Test>::get(provider()).expect("the provider is registered")
}
