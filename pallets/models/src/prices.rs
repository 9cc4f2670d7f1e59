//! The writer of `AssetPrices`: what a version costs in other money than TCT.

use crate::{pallet::*, types::Prices};
use frame_support::{dispatch::DispatchResult, ensure, traits::ConstU32, BoundedVec};
use terminal_primitives::{market::ModelPrices, AssetId, VersionId};

/// The most assets in which one version has prices.
pub const MAX_ASSET_PRICES: u32 = 8;

/// Prices in an asset's base units, by asset.
pub type AssetPriceList = BoundedVec<(AssetId, Prices), ConstU32<MAX_ASSET_PRICES>>;

impl<T: Config> Pallet<T> {
	/// Call 7.
	pub(crate) fn do_set_asset_prices(
		who: T::AccountId,
		version: VersionId,
		asset: AssetId,
		prices: Option<Prices>,
	) -> DispatchResult {
		let entry = Self::listed(version)?;
		ensure!(entry.owner == who, Error::<T>::NotVersionOwner);
		ensure!(!entry.yanked, Error::<T>::Yanked);
		let most = Params::<T>::get().max_price;
		let bounded =
			prices.is_none_or(|prices| prices.per_job <= most && prices.per_second <= most);
		ensure!(bounded, Error::<T>::PriceOutOfRange);
		let mut list = AssetPrices::<T>::get(version);
		list.retain(|(known, _)| *known != asset);
		if let Some(prices) = prices {
			list.try_push((asset, prices))
				.map_err(|_| Error::<T>::TooManyAssetPrices)?;
		}
		// nothing fails from here
		match list.is_empty() {
			true => AssetPrices::<T>::remove(version),
			false => AssetPrices::<T>::insert(version, list),
		}
		Self::deposit_event(Event::AssetPricesSet {
			version,
			asset,
			prices,
		});
		Ok(())
	}

	pub(crate) fn asset_prices_of(version: VersionId, asset: AssetId) -> Option<ModelPrices> {
		let list = AssetPrices::<T>::get(version);
		let found = list.iter().find(|(known, _)| *known == asset);
		found.map(|(_, prices)| ModelPrices {
			per_job: prices.per_job,
			per_second: prices.per_second,
		})
	}
}
