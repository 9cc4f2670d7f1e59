//! What clients show of models.
//!
//! Texts are `String`s and hashes `H256`s, so that JSON shows them as people read them; amounts are
//! in base units.

use crate::types::{Details, Format, PriceRise, Prices};
use alloc::{string::String, vec::Vec};
use codec::{Codec, Decode, Encode};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;
use terminal_primitives::{Balance, BlockNumber, Digest, VersionId};

/// The most versions on one page.
pub const MAX_PAGE: u32 = 100;

/// A listed version.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VersionView<AccountId> {
	/// Its id.
	pub id: VersionId,
	/// Who listed it and is paid.
	pub owner: AccountId,
	/// What it is called.
	pub name: String,
	/// SPDX or OpenRAIL id.
	pub licence: String,
	/// SHA-256 of the manifest.
	pub manifest: H256,
	/// Root over the weights' chunks, if the format can be re-executed.
	pub weights_root: Option<H256>,
	/// How the weights are written.
	pub format: Format,
	/// Size of all files in bytes.
	pub bytes: u64,
	/// SHA-256 of the model card.
	pub card_hash: H256,
	/// What it costs new jobs and leases now.
	pub prices: Prices,
	/// What it will cost, if a rise was announced.
	pub rise: Option<PriceRise>,
	/// The block of the commitment.
	pub first_seen: BlockNumber,
	/// The block of the listing.
	pub listed_at: BlockNumber,
	/// Whether it serves running leases only.
	pub yanked: bool,
}

/// A page of versions.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VersionPage<AccountId> {
	/// Versions in the order of their ids.
	pub versions: Vec<VersionView<AccountId>>,
	/// Where the next page starts; nothing after the last one.
	pub next: Option<VersionId>,
}

sp_api::decl_runtime_apis! {
	/// The model registry.
	pub trait ModelsApi<AccountId> where AccountId: Codec {
		/// A version, if it is listed.
		fn version(version: VersionId) -> Option<VersionView<AccountId>>;
		/// The version with this manifest (SHA-256), if it is listed.
		fn version_by_digest(manifest: Digest) -> Option<VersionView<AccountId>>;
		/// At most `limit` versions, and 100, from id `from` on; go on at `next`.
		fn versions(from: VersionId, limit: u32) -> VersionPage<AccountId>;
		/// Royalties that an account may claim.
		fn claimable(account: AccountId) -> Balance;
		/// What `account` commits to before it lists `details` with `salt`. A node that answers
		/// this learns the details: compute it locally where that matters.
		fn commitment(account: AccountId, salt: [u8; 32], details: Details) -> Digest;
	}
}
