//! The writer of `AssetPrices`: what a version costs in other money than TCT.
//!
//! As in TCT, what is lower holds at once, what is higher after `price_rise_blocks`. A version that
//! was not to be had in an asset gets its first price as late: or a price could be taken back and
//! named anew, higher, under a buyer who has already signed.

use crate::{
	now_block,
	pallet::*,
	types::{PriceRise, Prices},
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{dispatch::DispatchResult, ensure, traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use terminal_primitives::{market::ModelPrices, AssetId, BlockNumber, VersionId};

/// The most assets in which one version has prices.
pub const MAX_ASSET_PRICES: u32 = 8;

/// What a version costs in one asset, in its base units.
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
#[serde(rename_all = "camelCase")]
pub struct AssetPrice {
	/// In what.
	pub asset: AssetId,
	/// What it costs new jobs and leases, until a rise takes effect. `None`: not to be had for it yet.
	pub prices: Option<Prices>,
	/// What it will cost, or costs since.
	pub rise: Option<PriceRise>,
}

/// What a version costs in assets, an entry for each.
pub type AssetPriceList = BoundedVec<AssetPrice, ConstU32<MAX_ASSET_PRICES>>;

impl AssetPrice {
	fn none_yet(asset: AssetId) -> Self {
		Self {
			asset,
			prices: None,
			rise: None,
		}
	}

	/// As it stands at block `now`: a rise that took effect is what it costs.
	pub fn at(self, now: BlockNumber) -> Self {
		match self.rise {
			Some(rise) if rise.from <= now => Self {
				prices: Some(rise.prices),
				rise: None,
				..self
			},
			_ => self,
		}
	}

	/// Ask for `prices`: a lower one at once, a higher or a first one from block `from` on.
	fn ask(self, prices: Prices, now: BlockNumber, from: BlockNumber) -> Self {
		let present = self.at(now).prices.map(|present| present.min(prices));
		Self {
			prices: present,
			rise: (present != Some(prices)).then_some(PriceRise { prices, from }),
			..self
		}
	}
}

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
		let params = Params::<T>::get();
		let most = params.max_price;
		let bounded = prices.is_none_or(|prices| prices.greatest() <= most);
		ensure!(bounded, Error::<T>::PriceOutOfRange);
		let now = now_block::<T>();
		let mut from = now;
		let mut list = AssetPrices::<T>::get(version);
		let known = list.iter().find(|known| known.asset == asset).copied();
		list.retain(|known| known.asset != asset);
		if let Some(prices) = prices {
			let rises_at = now.saturating_add(params.price_rise_blocks);
			let known = known.unwrap_or(AssetPrice::none_yet(asset));
			let asked = known.ask(prices, now, rises_at);
			from = asked.rise.map_or(now, |rise| rise.from);
			list.try_push(asked)
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
			from,
		});
		Ok(())
	}

	/// What a version costs in assets now, and will cost.
	pub(crate) fn asset_prices_now(version: VersionId) -> alloc::vec::Vec<AssetPrice> {
		let now = now_block::<T>();
		let list = AssetPrices::<T>::get(version);
		list.into_iter().map(|known| known.at(now)).collect()
	}

	pub(crate) fn asset_prices_of(version: VersionId, asset: AssetId) -> Option<ModelPrices> {
		let list = AssetPrices::<T>::get(version);
		let found = list.iter().find(|known| known.asset == asset)?;
		let prices = found.at(now_block::<T>()).prices?;
		Some(ModelPrices {
			per_job: prices.per_job,
			per_second: prices.per_second,
			per_call: prices.per_call,
		})
	}
}
