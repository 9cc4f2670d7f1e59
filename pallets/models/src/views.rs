//! Reading for clients: view functions and runtime API. Writes nothing.

use crate::{
	now_block,
	pallet::*,
	runtime_api::{VersionPage, VersionView, MAX_PAGE},
	types::Version,
};
use alloc::string::String;
use sp_core::H256;
use terminal_primitives::{BlockNumber, Digest, VersionId};

impl<T: Config> Pallet<T> {
	/// A version as clients show it.
	pub fn version_view(id: VersionId) -> Option<VersionView<T::AccountId>> {
		Versions::<T>::get(id).map(|version| view_of(id, version, now_block::<T>()))
	}

	/// The version with this manifest.
	pub fn version_view_by_digest(manifest: Digest) -> Option<VersionView<T::AccountId>> {
		VersionByDigest::<T>::get(manifest).and_then(Self::version_view)
	}

	/// At most `limit` versions from id `from` on. Ids have no gaps: none is ever removed.
	pub fn version_page(from: VersionId, limit: u32) -> VersionPage<T::AccountId> {
		let end = NextVersion::<T>::get();
		let to = from
			.0
			.saturating_add(limit.clamp(1, MAX_PAGE).into())
			.min(end.0);
		let versions = (from.0..to)
			.map(VersionId)
			.filter_map(Self::version_view)
			.collect();
		VersionPage {
			versions,
			next: (to < end.0).then_some(VersionId(to)),
		}
	}
}

fn view_of<AccountId>(
	id: VersionId,
	version: Version<AccountId>,
	now: BlockNumber,
) -> VersionView<AccountId> {
	let (prices, rise) = version.prices_at(now);
	let details = version.details;
	VersionView {
		id,
		owner: version.owner,
		name: text(&details.name),
		licence: text(&details.licence),
		manifest: H256(details.manifest),
		weights_root: details.weights_root.map(H256),
		format: details.format,
		bytes: details.bytes,
		card_hash: H256(details.card_hash),
		prices,
		rise,
		first_seen: version.first_seen,
		listed_at: version.listed_at,
		yanked: version.yanked,
	}
}

/// Stored texts are ASCII by the checks of the calls, so nothing is lost.
fn text(bytes: &[u8]) -> String {
	String::from_utf8_lossy(bytes).into_owned()
}
