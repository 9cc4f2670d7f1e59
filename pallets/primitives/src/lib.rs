//! What the pallets share: ids, units, and the narrow traits by which they meet.
//!
//! No pallet depends on another of ours. Knowledge flows one way (design §2):
//!
//! ```text
//! models  <-  leases  <-  attestation
//! providers <- leases  <-  attestation
//! providers, leases  <-  market
//! ```
//!
//! Along the arrows go the traits of [`market`] and [`uptime`]; against them go only the hooks of
//! [`hooks`], which the runtime ties to whoever listens.
//!
//! Units: [`Balance`] is in base units (10⁻¹² TCT, or an asset's own where one is named), [`Moment`] in milliseconds since the Unix
//! epoch, block numbers are plain `u32`, rates are base units per second and unit of hardware.
#![cfg_attr(not(feature = "std"), no_std)]

pub mod agreement;
pub mod capability;
pub mod hardware;
pub mod hooks;
pub mod ids;
pub mod ledger;
pub mod market;
pub mod purse;
pub mod reach;
pub mod uptime;
pub mod wheel;

pub use ids::{AssetId, ChallengeId, Digest, LeaseId, MachineId, TaskId, VersionId};

/// An amount in base units: 10¹² of them are one TCT.
pub type Balance = u128;
/// Milliseconds since the Unix epoch, as `pallet-timestamp` keeps them.
pub type Moment = u64;
/// The height of a block.
pub type BlockNumber = u32;

/// One TCT in base units.
pub const UNIT: Balance = 1_000_000_000_000;
/// A thousandth of one TCT.
pub const MILLI: Balance = UNIT / 1_000;
