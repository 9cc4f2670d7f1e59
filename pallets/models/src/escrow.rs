//! Deposits and royalties: the writer of `Claims` and `Owed`. Every movement of funds of this
//! pallet is in this file.
//!
//! The pot keeps the existential deposit it was endowed with at genesis for ever, so that it always
//! can receive: a royalty smaller than that arrives too.

use crate::{pallet::*, CreditOf};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{
		fungible::{Balanced, Inspect, Mutate, MutateHold},
		tokens::{Precision, Preservation},
		Get, Imbalance,
	},
};
use sp_runtime::{traits::AccountIdConversion, DispatchError};
use terminal_primitives::{
	ledger::{BurnLedger, BurnSource},
	market::Royalties,
	Balance, VersionId,
};

impl<T: Config> Pallet<T> {
	/// The account that keeps royalties until they are claimed.
	pub fn pot() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Give the pot its existential deposit, at genesis, unless the balances there include it.
	pub(crate) fn endow_pot() -> Result<(), DispatchError> {
		let pot = Self::pot();
		let least = T::Currency::minimum_balance();
		match T::Currency::balance(&pot) < least {
			true => T::Currency::mint_into(&pot, least).map(drop),
			false => Ok(()),
		}
	}

	/// Put `amount` of `who` on hold.
	pub(crate) fn hold(reason: HoldReason, who: &T::AccountId, amount: Balance) -> DispatchResult {
		T::Currency::hold(&reason.into(), who, amount)
	}

	/// Give `amount` on hold back to `who`.
	pub(crate) fn release(
		reason: HoldReason,
		who: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		T::Currency::release(&reason.into(), who, amount, Precision::Exact).map(drop)
	}

	/// Call 5.
	pub(crate) fn do_claim_royalties(who: T::AccountId) -> DispatchResult {
		let amount = Claims::<T>::get(&who);
		ensure!(amount > 0, Error::<T>::NothingToClaim);
		T::Currency::transfer(&Self::pot(), &who, amount, Preservation::Preserve)?;
		// nothing fails from here
		Claims::<T>::remove(&who);
		Owed::<T>::mutate(|owed| *owed = owed.saturating_sub(amount));
		Self::deposit_event(Event::RoyaltiesClaimed { owner: who, amount });
		Ok(())
	}
}

impl<T: Config> Royalties<CreditOf<T>> for Pallet<T> {
	/// A credit for a version that does not exist is burned; leases name none such.
	fn accrue(version: VersionId, credit: CreditOf<T>) {
		let amount = credit.peek();
		if amount == 0 {
			return;
		}
		let Some(owner) = Versions::<T>::get(version).map(|entry| entry.owner) else {
			log::error!(target: "runtime::models", "royalty for unknown {version:?} burned");
			return T::Burn::burn(BurnSource::ModelFee, credit);
		};
		match T::Currency::resolve(&Self::pot(), credit) {
			Ok(()) => {
				Claims::<T>::mutate(&owner, |claim| *claim = claim.saturating_add(amount));
				Owed::<T>::mutate(|owed| *owed = owed.saturating_add(amount));
				Self::deposit_event(Event::RoyaltyAccrued {
					version,
					owner,
					amount,
				});
			},
			// the pot holds its existential deposit (MODEL-2), so that it always can receive
			Err(credit) => {
				log::error!(target: "runtime::models", "royalty for {version:?} burned: no pot");
				T::Burn::burn(BurnSource::ModelFee, credit)
			},
		}
	}
}
