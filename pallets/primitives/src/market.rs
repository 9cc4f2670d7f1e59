//! What leases ask of models and providers, and what attestation asks of leases.

pub use crate::{
	agreement::{AgreedLease, Arbiter, LeaseBook, LeaseTerms, Sla},
	hardware::{
		is_driver_at_least, is_slug, HardwareClass, Requirements, Slug, MAX_ACCELERATORS, MAX_SLUG,
	},
};

use crate::{AssetId, Balance, BlockNumber, Digest, LeaseId, MachineId, Moment, VersionId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::dispatch::DispatchResult;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::DispatchError;

/// What a model version costs and what it is pinned to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModelTerms<AccountId> {
	/// Who listed the version.
	pub owner: AccountId,
	/// Base units for one fixed job that uses it.
	pub price_per_job: Balance,
	/// Base units per leased second.
	pub price_per_second: Balance,
	/// Base units for one call of it.
	pub price_per_call: Balance,
	/// Root over the weights' chunks (`terminal-gpu-proof`), if the format can be re-executed.
	pub weights_root: Option<Digest>,
	/// A yanked version serves running leases only.
	pub yanked: bool,
}

/// What a model version costs in an asset.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ModelPrices {
	/// The asset's base units for one fixed job that uses it.
	pub per_job: Balance,
	/// The asset's base units per leased second.
	pub per_second: Balance,
	/// The asset's base units for one call of it.
	pub per_call: Balance,
}

/// Reading the model registry. `()` knows no model.
pub trait ModelRegistry<AccountId> {
	/// The terms of `version`, if there is one. Prices are in TCT.
	fn terms(version: VersionId) -> Option<ModelTerms<AccountId>>;
	/// What `version` costs in `asset`; `None` if its owner does not take it.
	fn prices_in(version: VersionId, asset: AssetId) -> Option<ModelPrices>;
}

impl<AccountId> ModelRegistry<AccountId> for () {
	fn terms(_: VersionId) -> Option<ModelTerms<AccountId>> {
		None
	}
	fn prices_in(_: VersionId, _: AssetId) -> Option<ModelPrices> {
		None
	}
}

/// Crediting royalties. Accrual cannot fail: the payee claims later. `()` drops (burns) the credit.
pub trait Royalties<Credit> {
	/// Add `credit` to what the owner of `version` may claim.
	fn accrue(version: VersionId, credit: Credit);
}

impl<Credit> Royalties<Credit> for () {
	fn accrue(_: VersionId, credit: Credit) {
		drop(credit)
	}
}

/// Whether a machine takes work.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum MachineStatus {
	/// Takes new leases.
	Online,
	/// Serves what it has, takes nothing new.
	Draining,
	/// Serves nothing; its run of verified uptime is closed.
	Offline,
}

/// What a lease needs to know of a machine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MachineSummary<AccountId> {
	/// The cold account that is paid and holds the bond.
	pub provider: AccountId,
	/// The hot account that signs for this machine.
	pub agent: AccountId,
	/// Units in all (accelerators, or slices).
	pub units: u32,
	/// Whether it takes work.
	pub status: MachineStatus,
	/// Asking price in TCT, base units per second and unit.
	pub price_per_second: Balance,
	/// Blake2b-256 of the terms a consumer agrees to (see `pallet-providers`).
	pub terms_hash: Digest,
}

/// Reading machines and reserving their capacity. Implemented by `pallet-providers`.
pub trait Machines<AccountId> {
	/// The machine, if it is registered.
	fn machine(id: MachineId) -> Option<MachineSummary<AccountId>>;
	/// Its asking price in `asset`, base units per second and unit; `None` if its provider does not
	/// take it.
	fn price_in(id: MachineId, asset: AssetId) -> Option<Balance>;
	/// Whether its units have proven to be what they are called, where that is asked for. Who is not
	/// registered has proven nothing.
	fn is_proven(id: MachineId) -> bool;
	/// Reserve `units` now; they are agreed until `until`, though only `release` gives them back.
	/// Fails if the machine is not online, has not so many free, or has booked them for a time
	/// before `until`. Name the latest end agreed so far; `extend` notes a later one.
	fn reserve(id: MachineId, units: u32, until: Moment) -> DispatchResult;
	/// The same `units` of a running lease, agreed until `until`. Fails if they are booked before
	/// then. Nothing is ever shortened: an earlier `until` changes nothing.
	fn extend(id: MachineId, units: u32, until: Moment) -> DispatchResult;
	/// Give `units` back. Total: giving back more than was reserved is logged and clamped.
	fn release(id: MachineId, units: u32);
}

/// Booking capacity for a time to come. Implemented by `pallet-providers`. `()` books nothing.
///
/// Only whoever booked knows what for: a booking stays until it is unbooked, however long ago its
/// time was, and while it does its machine cannot be removed.
pub trait Bookings {
	/// Book `units` from `from` to `until` (not included). Fails unless the machine is online and
	/// as many units will be free all that time.
	fn book(id: MachineId, units: u32, from: Moment, until: Moment) -> DispatchResult;
	/// Take `units` off what is booked for exactly this time. Total: more than was booked is logged
	/// and clamped.
	fn unbook(id: MachineId, units: u32, from: Moment, until: Moment);
}

impl Bookings for () {
	fn book(_: MachineId, _: u32, _: Moment, _: Moment) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
	fn unbook(_: MachineId, _: u32, _: Moment, _: Moment) {}
}

/// Reading what is free when. Implemented by `pallet-providers`. `()` has nothing free.
pub trait Availability {
	/// The latest time up to `until` to which [`Machines::extend`] would take `units` now; `None`
	/// if it would take them to no time at all.
	fn extendable_until(id: MachineId, units: u32, until: Moment) -> Option<Moment>;
	/// The earliest time from now on at which `units` are free for `duration_ms`: now if they can
	/// be reserved, a later time if they can be booked. `None` if that is too far ahead.
	fn earliest_start(id: MachineId, units: u32, duration_ms: u64) -> Option<Moment>;
	/// Units that leases have reserved.
	fn reserved_units(id: MachineId) -> u32;
}

impl Availability for () {
	fn extendable_until(_: MachineId, _: u32, _: Moment) -> Option<Moment> {
		None
	}
	fn earliest_start(_: MachineId, _: u32, _: u64) -> Option<Moment> {
		None
	}
	fn reserved_units(_: MachineId) -> u32 {
		0
	}
}

/// Reading announced maintenance. Implemented by `pallet-providers`. `()` has none.
pub trait Maintenance {
	/// The announced window that contains `at`, as (from, until): `until` is not part of it.
	fn window(id: MachineId, at: Moment) -> Option<(Moment, Moment)>;
}

impl Maintenance for () {
	fn window(_: MachineId, _: Moment) -> Option<(Moment, Moment)> {
		None
	}
}

/// Comparing machines with what is asked for. Implemented by `pallet-providers`. `()` knows no
/// machine, so none meets anything.
pub trait MachineMatch {
	/// Whether the machine is registered and its hardware, as claimed, meets `wanted`.
	fn meets(id: MachineId, wanted: &Requirements) -> bool;
}

impl MachineMatch for () {
	fn meets(_: MachineId, _: &Requirements) -> bool {
		false
	}
}

/// Bonds and the value they answer for. Implemented by `pallet-providers`.
pub trait ProviderBonds<AccountId> {
	/// Put `value` of open fixed jobs at the provider's risk. Fails over bond × k.
	fn put_at_risk(provider: &AccountId, value: Balance) -> DispatchResult;
	/// The job is over: take `value` off again.
	fn take_off_risk(provider: &AccountId, value: Balance);
	/// A fault was proven on a job worth `value`: slash the bond, reward the reporter if there is
	/// one, burn the rest. Returns what was slashed in all.
	fn slash(provider: &AccountId, value: Balance, reporter: Option<&AccountId>) -> Balance;
}

/// A fixed job as a verifier sees it. All of it is agreed at opening, none of it by the result.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct JobSpec {
	/// Root over the inputs (`terminal-gpu-proof::result::input_leaf`).
	pub input_root: Digest,
	/// Root over the weights' chunks (`terminal-gpu-proof::result::weights_root`).
	pub weights_root: Digest,
	/// Number of inputs, so of outputs.
	pub items: u32,
	/// Length of the weights in bytes.
	pub weights_bytes: u32,
	/// Length of each input in bytes.
	pub input_bytes: u32,
	/// Greatest length of an output in bytes.
	pub output_bytes: u32,
	/// Multiplications per item, as agreed: bounds what the runtime may have to re-execute to see a
	/// fault. Of a layered network: the work of its dearest piece.
	pub multiplications: u32,
	/// Which runner's rules define the output (`terminal-gpu-proof::runner`). 1 is `integer-network`
	/// version 1, 2 `layered-network` version 1.
	pub runner: u16,
}

/// A job together with its parties.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct JobView<AccountId> {
	/// Who pays.
	pub consumer: AccountId,
	/// Who is paid.
	pub provider: AccountId,
	/// Who signs for the machine.
	pub agent: AccountId,
	/// Where it runs.
	pub machine: MachineId,
	/// What runs.
	pub spec: JobSpec,
	/// The committed result root, once there is one.
	pub result_root: Option<Digest>,
	/// The block that held the commitment.
	pub committed_at: Option<BlockNumber>,
}

/// What attestation found.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum Verdict {
	/// A quorum passed it, or a data challenge was answered: pay after the delivery window.
	Pass,
	/// A leaf was proven wrong on chain: do not pay, slash the bond.
	Fault,
	/// A data challenge went unanswered: do not pay, slash nothing.
	Unanswered,
}

/// What attestation may read of and do to a job. Implemented by `pallet-leases`.
pub trait Jobs<AccountId> {
	/// The job of a lease that is accepted, committed or in its delivery window.
	fn job(lease: LeaseId) -> Option<JobView<AccountId>>;
	/// Enter a verdict. `reporter` is who proved a fault, if it was not the committee. A fault
	/// overrides an earlier pass until the delivery window is over.
	fn conclude(lease: LeaseId, verdict: Verdict, reporter: Option<&AccountId>) -> DispatchResult;
}
