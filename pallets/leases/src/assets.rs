//! What leases may be paid in besides TCT. The writer of `ApprovedAssets` and `DestroyedAssets`.
//!
//! Approval is for *opening*. What is open keeps its asset and a copy of its terms to the end,
//! whatever becomes of the list.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{types::*, ApprovedAssets, Config, DestroyedAssets, Error, Event, Pallet, Params};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{
		fungibles::Inspect,
		tokens::{DepositConsequence, Provenance},
	},
};
use terminal_primitives::{
	market::{MachineSummary, Machines, ModelRegistry, ModelTerms},
	AssetId, Balance, MachineId, VersionId,
};

/// The most assets that may be approved at once.
pub const MAX_ASSETS: u32 = 32;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_approve_asset(asset: AssetId, terms: AssetTerms) -> DispatchResult {
		ensure!(
			!DestroyedAssets::<T>::contains_key(asset),
			Error::<T>::AssetDestroyed
		);
		ensure!(T::Assets::asset_exists(asset), Error::<T>::UnknownAsset);
		ensure!(!Self::is_dying(asset), Error::<T>::AssetDestroyed);
		ensure!(
			terms.are_sound(Params::<T>::get().hold_fee),
			Error::<T>::AssetTermsOutOfRange
		);
		let known = ApprovedAssets::<T>::contains_key(asset);
		ensure!(
			known || ApprovedAssets::<T>::count() < MAX_ASSETS,
			Error::<T>::TooManyAssets
		);
		ApprovedAssets::<T>::insert(asset, terms);
		Self::deposit_event(Event::AssetApproved { asset, terms });
		Ok(())
	}

	pub(crate) fn do_remove_asset(asset: AssetId) -> DispatchResult {
		ensure!(
			ApprovedAssets::<T>::contains_key(asset),
			Error::<T>::AssetNotApproved
		);
		ApprovedAssets::<T>::remove(asset);
		Self::deposit_event(Event::AssetRemoved { asset });
		Ok(())
	}

	/// Whether an asset that exists takes no deposits any more, because it is being destroyed.
	fn is_dying(asset: AssetId) -> bool {
		let pot = Self::pot_account();
		T::Assets::can_deposit(asset, &pot, 1, Provenance::Extant)
			== DepositConsequence::UnknownAsset
	}

	/// An asset does not exist any more. Approval is not for another one of the same id, now or ever:
	/// machines, models and offers may still name prices in the one that was.
	pub fn forget_asset(asset: AssetId) {
		DestroyedAssets::<T>::insert(asset, ());
		if ApprovedAssets::<T>::contains_key(asset) {
			ApprovedAssets::<T>::remove(asset);
			Self::deposit_event(Event::AssetRemoved { asset });
		}
	}

	/// What a lease that is opened now carries with it if it is paid in `asset`.
	pub(crate) fn terms_in(params: &Parameters, asset: Option<AssetId>) -> Result<Terms, Error<T>> {
		let Some(asset) = asset else {
			return Ok(params.terms());
		};
		let approved = ApprovedAssets::<T>::get(asset).ok_or(Error::<T>::AssetNotApproved)?;
		Ok(params.terms_in(&approved))
	}

	/// TCT base units that `amount` is worth: what a bond answers for.
	pub(crate) fn worth(asset: Option<AssetId>, amount: Balance) -> Result<Balance, Error<T>> {
		let Some(asset) = asset else {
			return Ok(amount);
		};
		let approved = ApprovedAssets::<T>::get(asset).ok_or(Error::<T>::AssetNotApproved)?;
		Ok(approved.worth(amount))
	}

	/// What a machine asks, in base units of `asset` per second and unit.
	pub(crate) fn asking(
		id: MachineId,
		machine: &MachineSummary<T::AccountId>,
		asset: Option<AssetId>,
	) -> Option<Balance> {
		match asset {
			None => Some(machine.price_per_second),
			Some(asset) => T::Machines::price_in(id, asset),
		}
	}

	/// The terms of a version, with its prices in `asset`. `None` if it is not to be had for that:
	/// its owner named no price, and it is not free.
	pub(crate) fn priced_in(
		version: VersionId,
		terms: ModelTerms<T::AccountId>,
		asset: Option<AssetId>,
	) -> Option<ModelTerms<T::AccountId>> {
		let Some(asset) = asset else {
			return Some(terms);
		};
		let costs = [
			terms.price_per_job,
			terms.price_per_second,
			terms.price_per_call,
		];
		let free = costs.into_iter().all(|price| price == 0);
		let prices = match T::Models::prices_in(version, asset) {
			Some(prices) => prices,
			None if free => Default::default(),
			None => return None,
		};
		Some(ModelTerms {
			price_per_job: prices.per_job,
			price_per_second: prices.per_second,
			price_per_call: prices.per_call,
			..terms
		})
	}
}
