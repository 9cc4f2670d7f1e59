//! The writer of `AssetPrices`: what a machine costs in other money than TCT.

use crate::pallet::*;
use frame_support::{dispatch::DispatchResult, ensure, traits::ConstU32, BoundedVec};
use terminal_primitives::{AssetId, Balance, MachineId};

/// The most assets in which one machine has a price.
pub const MAX_ASSET_PRICES: u32 = 8;

/// Base units per second and unit, by asset.
pub type AssetPriceList = BoundedVec<(AssetId, Balance), ConstU32<MAX_ASSET_PRICES>>;

impl<T: Config> Pallet<T> {
	/// Call 13.
	pub(crate) fn do_set_asset_price(
		who: T::AccountId,
		machine: MachineId,
		asset: AssetId,
		price: Option<Balance>,
	) -> DispatchResult {
		Self::owned(&who, machine)?;
		let most = Params::<T>::get().max_price_per_second;
		let in_range = price.is_none_or(|price| (1..=most).contains(&price));
		ensure!(in_range, Error::<T>::PriceOutOfRange);
		let mut prices = AssetPrices::<T>::get(machine);
		prices.retain(|(known, _)| *known != asset);
		if let Some(price) = price {
			prices
				.try_push((asset, price))
				.map_err(|_| Error::<T>::TooManyAssetPrices)?;
		}
		// nothing fails from here
		match prices.is_empty() {
			true => AssetPrices::<T>::remove(machine),
			false => AssetPrices::<T>::insert(machine, prices),
		}
		Self::deposit_event(Event::AssetPriceSet {
			machine,
			asset,
			price,
		});
		Ok(())
	}

	pub(crate) fn asset_price(machine: MachineId, asset: AssetId) -> Option<Balance> {
		let prices = AssetPrices::<T>::get(machine);
		let found = prices.iter().find(|(known, _)| *known == asset);
		found.map(|(_, price)| *price)
	}
}
