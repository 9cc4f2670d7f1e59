//! Implementations of the traits in `terminal-primitives` with settable, recorded state.
//!
//! The state is in storage (prefix `Mock`), so call them inside externalities.

mod agreed;
mod bonds;
mod credits;
mod jobs;
mod leased;
mod machines;
mod models;
mod uptime;

pub use agreed::{Begun, MockBegun, MockLeaseBook};
pub use bonds::{MockBonds, Slash};
pub use credits::{MockAttestorFees, MockBurn, MockRoyalties};
pub use jobs::{Conclusion, MockJobProgress, MockJobs, Progress};
pub use leased::{LeaseSignal, MockGuard, MockLeased};
pub use machines::{MockMachine, MockMachines};
pub use models::MockModels;
pub use uptime::{MockProven, MockUptime, Run, UptimeRecord};

use sp_runtime::DispatchError;

/// What mocks fail with when they are told to.
pub const REFUSED: DispatchError = DispatchError::Other("refused by the mock");
