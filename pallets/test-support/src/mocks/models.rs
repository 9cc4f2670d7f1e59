use crate::{AccountId, Balance};
use frame_support::{pallet_prelude::ValueQuery, storage_alias, Twox64Concat};
use terminal_primitives::{
	market::{ModelPrices, ModelRegistry, ModelTerms},
	AssetId, Digest, VersionId,
};

type Stored = (AccountId, Balance, Balance, Option<Digest>, bool);

#[storage_alias]
type VersionMap = StorageMap<Mock, Twox64Concat, VersionId, Stored>;

#[storage_alias]
type VersionAssetPrices = StorageMap<Mock, Twox64Concat, (VersionId, AssetId), (Balance, Balance)>;

/// Per call, by what it is paid in.
#[storage_alias]
type VersionCallPrices =
	StorageMap<Mock, Twox64Concat, (VersionId, Option<AssetId>), Balance, ValueQuery>;

/// Model versions that tests put there.
pub struct MockModels;

impl MockModels {
	/// Set all of a version.
	pub fn put(version: VersionId, terms: ModelTerms<AccountId>) {
		let ModelTerms {
			owner,
			price_per_job,
			price_per_second,
			price_per_call,
			weights_root,
			yanked,
		} = terms;
		Self::set_price_per_call(version, None, price_per_call);
		VersionMap::insert(
			version,
			(owner, price_per_job, price_per_second, weights_root, yanked),
		)
	}

	/// A version that is not yanked; calls of it are free.
	pub fn add(
		version: VersionId,
		owner: AccountId,
		price_per_job: Balance,
		price_per_second: Balance,
		weights_root: Option<Digest>,
	) {
		let yanked = false;
		Self::put(
			version,
			ModelTerms {
				owner,
				price_per_job,
				price_per_second,
				price_per_call: 0,
				weights_root,
				yanked,
			},
		)
	}

	/// Set or take back prices in an asset: for a job, and for a second.
	pub fn set_prices_in(version: VersionId, asset: AssetId, prices: Option<(Balance, Balance)>) {
		VersionAssetPrices::set((version, asset), prices)
	}

	/// Set what a call costs, in TCT (`None`) or in an asset in which the version has prices.
	pub fn set_price_per_call(version: VersionId, asset: Option<AssetId>, price: Balance) {
		VersionCallPrices::insert((version, asset), price)
	}

	/// Yank a version.
	pub fn yank(version: VersionId) {
		let mut terms = Self::terms(version).expect("yank is called on a known version");
		terms.yanked = true;
		Self::put(version, terms)
	}
}

impl ModelRegistry<AccountId> for MockModels {
	fn terms(version: VersionId) -> Option<ModelTerms<AccountId>> {
		let (owner, price_per_job, price_per_second, weights_root, yanked) =
			VersionMap::get(version)?;
		Some(ModelTerms {
			owner,
			price_per_job,
			price_per_second,
			price_per_call: VersionCallPrices::get((version, None::<AssetId>)),
			weights_root,
			yanked,
		})
	}

	fn prices_in(version: VersionId, asset: AssetId) -> Option<ModelPrices> {
		VersionAssetPrices::get((version, asset)).map(|(per_job, per_second)| ModelPrices {
			per_job,
			per_second,
			per_call: VersionCallPrices::get((version, Some(asset))),
		})
	}
}
