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

use crate::{Claims, Config, CreditOf, Error, Event, HoldReason, Pallet};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{
		fungible::{Balanced, BalancedHold, Inspect, Mutate, MutateHold},
		tokens::{Fortitude, Precision, Preservation},
		Get, Imbalance,
	},
};
use sp_runtime::traits::{AccountIdConversion, Zero};
use terminal_primitives::{
	ledger::{BurnLedger, BurnSource},
	Balance,
};

impl<T: Config> Pallet<T> {
	/// Where claims lie. The chain's genesis endows it with one existential deposit.
	pub fn pot_account() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Put funds of `who` on hold. Frozen funds will do: a hold takes them nowhere.
	pub(crate) fn hold(who: &T::AccountId, why: HoldReason, amount: Balance) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		let liquid = T::Currency::reducible_balance(who, Preservation::Protect, Fortitude::Force);
		ensure!(amount <= liquid, Error::<T>::InsufficientBalance);
		T::Currency::hold(&why.into(), who, amount)
	}

	/// Put a deposit of a provider on hold, who is not the one that signed.
	pub(crate) fn hold_of_provider(
		provider: &T::AccountId,
		why: HoldReason,
		amount: Balance,
	) -> DispatchResult {
		Self::hold(provider, why, amount).map_err(|_| Error::<T>::ProviderShort.into())
	}

	/// Let `amount` of a hold go free. Where the account cannot take it (its free balance is zero
	/// and this is dust), it becomes a claim.
	pub(crate) fn release(who: &T::AccountId, why: HoldReason, amount: Balance) {
		if amount.is_zero() {
			return;
		}
		if T::Currency::release(&why.into(), who, amount, Precision::Exact).is_err() {
			let credit = Self::take(who, why, amount);
			Self::give(who, credit);
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
			let credit = Self::take(from, why, amount);
			Self::give(to, credit);
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
	pub(crate) fn do_claim(beneficiary: T::AccountId) -> DispatchResult {
		let amount = Claims::<T>::take(&beneficiary).ok_or(Error::<T>::NothingToClaim)?;
		let pot = Self::pot_account();
		T::Currency::transfer(&pot, &beneficiary, amount, Preservation::Preserve)
			.map_err(|_| Error::<T>::CannotReceive)?;
		Self::deposit_event(Event::ClaimPaid {
			beneficiary,
			amount,
		});
		Ok(())
	}

	/// Take `amount` out of a hold as a credit. By MARKET-1 to MARKET-6 the hold covers it.
	fn take(who: &T::AccountId, why: HoldReason, amount: Balance) -> CreditOf<T> {
		let (credit, missing) = T::Currency::slash(&why.into(), who, amount);
		if !missing.is_zero() {
			log::error!(target: crate::LOG_TARGET, "a hold is {missing} short: report it");
		}
		credit
	}

	/// Give a credit to `who`, or else to the pot, with a claim for `who`.
	fn give(who: &T::AccountId, credit: CreditOf<T>) {
		if credit.peek().is_zero() {
			return;
		}
		let Err(credit) = T::Currency::resolve(who, credit) else {
			return;
		};
		let amount = credit.peek();
		match T::Currency::resolve(&Self::pot_account(), credit) {
			Ok(()) => {
				Claims::<T>::mutate(who, |claim| {
					*claim = Some(claim.unwrap_or_default().saturating_add(amount))
				});
				Self::deposit_event(Event::ClaimRecorded {
					beneficiary: who.clone(),
					amount,
				});
			},
			// Dust for an account that does not exist, and a pot that does not either.
			Err(credit) => T::Burn::burn(BurnSource::Dust, credit),
		}
	}
}
