//! What consumers ask for.

use crate::types::TenantKey;
use alloc::vec::Vec;
use sp_runtime::AccountId32;
use terminal_primitives::{
	market::JobSpec, AssetId, Balance, BlockNumber, Digest, MachineId, VersionId,
};

/// What a consumer asks for when opening a metered lease.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MeteredOrder {
	/// On which machine.
	pub machine: MachineId,
	/// How many of its units.
	pub units: u32,
	/// For how long.
	pub duration_seconds: u32,
	/// The most the consumer pays, base units per second and unit, without the model's price.
	pub max_rate: Balance,
	/// The machine's terms the consumer has read.
	pub terms_hash: Digest,
	/// The model version to pay.
	pub version: Option<VersionId>,
	/// Who signs receipts.
	pub tenant: Option<TenantKey>,
	/// Base units for the escrow.
	pub funds: Balance,
	/// What it is paid in. `None`: TCT.
	pub asset: Option<AssetId>,
}

/// What a consumer asks for when opening a fixed job.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JobOrder {
	/// On which machine.
	pub machine: MachineId,
	/// What runs.
	pub spec: JobSpec,
	/// Base units for the provider, before the fee.
	pub price: Balance,
	/// The most the consumer pays for provider and model together.
	pub max_total: Balance,
	/// Blocks from acceptance to the commitment.
	pub deadline_blocks: BlockNumber,
	/// The model version to pay.
	pub version: Option<VersionId>,
	/// SHA-256 of the job's manifest.
	pub manifest: Digest,
	/// Where the inputs lie.
	pub input_url: Vec<u8>,
	/// Where the weights lie.
	pub weights_url: Vec<u8>,
	/// The machine's terms the consumer has read.
	pub terms_hash: Digest,
	/// What it is paid in. `None`: TCT.
	pub asset: Option<AssetId>,
}

/// What a consumer asks for when opening a lease for calls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallsOrder {
	/// Where they are served.
	pub machine: MachineId,
	/// Base units per call for the provider, before the fee.
	pub price: Balance,
	/// The most the consumer pays per call for provider and model together.
	pub max_per_call: Balance,
	/// Blocks from acceptance to the last one.
	pub duration_blocks: BlockNumber,
	/// The model version to pay.
	pub version: Option<VersionId>,
	/// The account of the key that signs vouchers.
	pub key: AccountId32,
	/// Base units for the escrow.
	pub funds: Balance,
	/// The machine's terms the consumer has read.
	pub terms_hash: Digest,
	/// What it is paid in. `None`: TCT.
	pub asset: Option<AssetId>,
}
