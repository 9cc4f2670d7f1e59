//! What leases ask of models and providers, and what attestation asks of leases.

use crate::{Balance, BlockNumber, Digest, LeaseId, MachineId, VersionId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::dispatch::DispatchResult;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What a model version costs and what it is pinned to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModelTerms<AccountId> {
	/// Who listed the version.
	pub owner: AccountId,
	/// Base units for one fixed job that uses it.
	pub price_per_job: Balance,
	/// Base units per leased second.
	pub price_per_second: Balance,
	/// Root over the weights' chunks (`terminal-gpu-proof`), if the format can be re-executed.
	pub weights_root: Option<Digest>,
	/// A yanked version serves running leases only.
	pub yanked: bool,
}

/// Reading the model registry. `()` knows no model.
pub trait ModelRegistry<AccountId> {
	/// The terms of `version`, if there is one.
	fn terms(version: VersionId) -> Option<ModelTerms<AccountId>>;
}

impl<AccountId> ModelRegistry<AccountId> for () {
	fn terms(_: VersionId) -> Option<ModelTerms<AccountId>> {
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
	/// Units no lease has reserved.
	pub free_units: u32,
	/// Whether it takes work.
	pub status: MachineStatus,
	/// Asking price, base units per second and unit.
	pub price_per_second: Balance,
	/// Blake2b-256 of the terms a consumer agrees to (see `pallet-providers`).
	pub terms_hash: Digest,
}

/// Reading machines and reserving their capacity. Implemented by `pallet-providers`.
pub trait Machines<AccountId> {
	/// The machine, if it is registered.
	fn machine(id: MachineId) -> Option<MachineSummary<AccountId>>;
	/// Reserve `units`. Fails if the machine is not online or has not so many free.
	fn reserve(id: MachineId, units: u32) -> DispatchResult;
	/// Give `units` back. Total: giving back more than was reserved is logged and clamped.
	fn release(id: MachineId, units: u32);
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
	/// Multiplications per item, as agreed: bounds what the runtime may have to re-execute.
	pub multiplications: u32,
	/// Which runner's rules define the output. 1 is `integer-network` version 1.
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
