//! Every movement of funds. Nothing outside this file touches a hold.
//!
//! Deposits and funds stay in the account of whoever put them there, under a hold each for its
//! reason. Only putting funds on hold can fail. Giving them back or forfeiting them cannot: a payee
//! that cannot receive gets a claim on the pot, and nobody else's release ever waits for it.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{Claims, Config, CreditOf, Error, Event, FundsOf, HoldReason, Pallet, PurseOf};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{
		tokens::{Fortitude, Preservation},
		Get, Imbalance,
	},
};
use sp_runtime::traits::{AccountIdConversion, Zero};
use terminal_primitives::{
	ledger::{BurnLedger, BurnSource},
	purse::Funds,
	AssetId, Balance,
};

impl<T: Config> Pallet<T> {
	/// Where claims lie. The chain's genesis endows it with one existential deposit.
	pub fn pot_account() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Put TCT of `who` on hold. Frozen funds will do: a hold takes them nowhere.
	pub(crate) fn hold(who: &T::AccountId, why: HoldReason, amount: Balance) -> DispatchResult {
		Self::hold_in(None, who, why, amount)
	}

	/// As [`Self::hold`], of TCT or of an asset; what its issuer has frozen will not do.
	pub(crate) fn hold_in(
		asset: Option<AssetId>,
		who: &T::AccountId,
		why: HoldReason,
		amount: Balance,
	) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		let liquid = PurseOf::<T>::liquid(asset, who, Preservation::Protect, Fortitude::Force);
		ensure!(amount <= liquid, Error::<T>::InsufficientBalance);
		PurseOf::<T>::hold(asset, &why.into(), who, amount)
	}

	/// Put a deposit of a provider on hold, who is not the one that signed.
	pub(crate) fn hold_of_provider(
		provider: &T::AccountId,
		why: HoldReason,
		amount: Balance,
	) -> DispatchResult {
		Self::hold(provider, why, amount).map_err(|_| Error::<T>::ProviderShort.into())
	}

	/// Let `amount` of a hold of TCT go free.
	pub(crate) fn release(who: &T::AccountId, why: HoldReason, amount: Balance) {
		Self::release_in(None, who, why, amount)
	}

	/// Let `amount` of a hold go free. Where the account cannot take it (its free balance is zero
	/// and this is dust; it is blocked, or the asset is frozen), it becomes a claim.
	pub(crate) fn release_in(
		asset: Option<AssetId>,
		who: &T::AccountId,
		why: HoldReason,
		amount: Balance,
	) {
		if amount.is_zero() {
			return;
		}
		if PurseOf::<T>::release(asset, &why.into(), who, amount).is_err() {
			Self::give(who, Self::take(asset, who, why, amount));
		}
	}

	/// Let `amount` of what `from` holds go to `to`, whatever freezes there are.
	pub(crate) fn forfeit(
		from: &T::AccountId,
		why: HoldReason,
		to: &T::AccountId,
		amount: Balance,
	) {
		if from == to {
			return Self::release(from, why, amount);
		}
		if !amount.is_zero() {
			Self::give(to, Self::take(None, from, why, amount));
		}
	}

	/// Give a deposit back, less `reward`, which goes to `rewarded`.
	pub(crate) fn return_deposit(
		who: &T::AccountId,
		why: HoldReason,
		deposit: Balance,
		rewarded: Option<&T::AccountId>,
		reward: Balance,
	) {
		let reward = reward.min(deposit);
		let paid = rewarded.map_or(0, |rewarded| {
			Self::forfeit(who, why, rewarded, reward);
			reward
		});
		Self::release(who, why, deposit.saturating_sub(paid));
	}

	/// Pay a claim out of the pot.
	pub(crate) fn do_claim(beneficiary: T::AccountId, asset: Option<AssetId>) -> DispatchResult {
		let amount = Claims::<T>::take(&beneficiary, asset).ok_or(Error::<T>::NothingToClaim)?;
		let (pot, why) = (Self::pot_account(), HoldReason::Claim.into());
		PurseOf::<T>::pay_out(asset, &why, &pot, &beneficiary, amount)
			.map_err(|_| Error::<T>::CannotReceive)?;
		Self::deposit_event(Event::ClaimPaid {
			beneficiary,
			amount,
			asset,
		});
		Ok(())
	}

	/// What the pot keeps for claims, in base units; of TCT with its own existential deposit.
	#[cfg(any(feature = "std", feature = "try-runtime"))]
	pub(crate) fn in_pot(asset: Option<AssetId>) -> Balance {
		PurseOf::<T>::kept(asset, &HoldReason::Claim.into(), &Self::pot_account())
	}

	/// What of an account is on hold for this reason.
	#[cfg(any(feature = "std", feature = "try-runtime"))]
	pub(crate) fn on_hold(asset: Option<AssetId>, who: &T::AccountId, why: HoldReason) -> Balance {
		PurseOf::<T>::on_hold(asset, &why.into(), who)
	}

	/// Take `amount` out of a hold as a credit. By MARKET-1 to MARKET-6 the hold covers it.
	fn take(
		asset: Option<AssetId>,
		who: &T::AccountId,
		why: HoldReason,
		amount: Balance,
	) -> Option<FundsOf<T>> {
		let taken = PurseOf::<T>::take(asset, &why.into(), who, amount);
		if taken.is_none() {
			log::error!(target: crate::LOG_TARGET, "a hold does not cover {amount}: report it");
		}
		taken
	}

	/// Give funds to `who`, or else to the pot, with a claim for `who`.
	fn give(who: &T::AccountId, funds: Option<FundsOf<T>>) {
		let Some(funds) = funds.filter(|funds| !funds.amount().is_zero()) else {
			return;
		};
		let Err(funds) = PurseOf::<T>::give(who, funds) else {
			return;
		};
		let (amount, asset) = (funds.amount(), funds.asset());
		match PurseOf::<T>::keep(&HoldReason::Claim.into(), &Self::pot_account(), funds) {
			Ok(()) => {
				Claims::<T>::mutate(who, asset, |claim| {
					*claim = Some(claim.unwrap_or_default().saturating_add(amount))
				});
				Self::deposit_event(Event::ClaimRecorded {
					beneficiary: who.clone(),
					amount,
					asset,
				});
			},
			// Dust for an account that does not exist, and a pot that does not either.
			Err(Funds::Native(credit)) => Self::burn(credit),
			// Entering a hold of the pot cannot fail: its reasons are as many as there are.
			Err(Funds::Asset(credit)) => log::error!(
				target: crate::LOG_TARGET,
				"{} of asset {} burned: report it",
				credit.peek(),
				credit.asset(),
			),
		}
	}

	fn burn(credit: CreditOf<T>) {
		if !credit.peek().is_zero() {
			T::Burn::burn(BurnSource::Dust, credit);
		}
	}
}
