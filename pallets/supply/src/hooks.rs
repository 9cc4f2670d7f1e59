//! Handlers that the runtime ties to other pallets: every way by which issuance may change. Funds
//! move in this file only (and in `calls` for `burn`).

use crate::{Config, CreditOf, DebtOf, MintSource, Pallet, Params, LOG_TARGET};
use core::marker::PhantomData;
use frame_support::traits::{
	fungible::Balanced, tokens::imbalance::TryMerge, Get, Imbalance, OnUnbalanced,
};
use terminal_primitives::ledger::{BurnLedger, BurnSource};

impl<T: Config> BurnLedger<CreditOf<T>> for Pallet<T> {
	fn burn(source: BurnSource, credit: CreditOf<T>) {
		let amount = credit.peek();
		// Dropping a credit is what lowers issuance.
		drop(credit);
		Self::note_burned(source, amount);
	}
}

/// Transaction fees: `pallet_transaction_payment::FungibleAdapter<Balances, DealWithFees<Runtime>>`.
///
/// Of the base fee [`crate::Parameters::fee_burn_share`] is burned (rounded up) and the block's
/// author gets the rest; the tip is the author's. What the author cannot be given (no author is
/// known, or its account is dead and the amount below the existential deposit) is burned too.
pub struct DealWithFees<T>(PhantomData<T>);

impl<T: Config> DealWithFees<T> {
	fn deal(fee: CreditOf<T>, tip: CreditOf<T>) {
		let burned = Params::<T>::get().fee_burn_share.mul_ceil(fee.peek());
		let (mut burn, reward) = fee.split(burned);
		let reward = reward.merge(tip);
		if reward.peek() > 0 {
			let left = match T::Author::get() {
				Some(author) => T::Currency::resolve(&author, reward),
				None => Err(reward),
			};
			if let Err(left) = left {
				burn.subsume(left);
			}
		}
		<Pallet<T> as BurnLedger<_>>::burn(BurnSource::TransactionFee, burn);
	}
}

impl<T: Config> OnUnbalanced<CreditOf<T>> for DealWithFees<T> {
	/// The fee, then the tip if there is one.
	fn on_unbalanceds(mut credits: impl Iterator<Item = CreditOf<T>>)
	where
		CreditOf<T>: TryMerge,
	{
		let fee = credits.next().unwrap_or_default();
		let tip = credits.fold(CreditOf::<T>::zero(), Imbalance::merge);
		Self::deal(fee, tip)
	}

	fn on_nonzero_unbalanced(fee: CreditOf<T>) {
		Self::deal(fee, CreditOf::<T>::zero())
	}
}

/// Rewards that staking has put into accounts and nobody has issued yet: staking's `Reward`.
pub struct StakingRewards<T>(PhantomData<T>);

impl<T: Config> OnUnbalanced<DebtOf<T>> for StakingRewards<T> {
	fn on_nonzero_unbalanced(debt: DebtOf<T>) {
		let amount = debt.peek();
		// Dropping a debt is what raises issuance.
		drop(debt);
		Pallet::<T>::note_promise_kept(amount);
		Pallet::<T>::note_minted(MintSource::StakingReward, amount);
	}
}

/// The part of an era's emission that is not the stakers': staking's `RewardRemainder`. It goes to
/// [`Config::TreasuryAccount`]; if that account cannot take it, it is not minted at all and its room
/// under the cap stays open.
pub struct EraRemainder<T>(PhantomData<T>);

impl<T: Config> OnUnbalanced<CreditOf<T>> for EraRemainder<T> {
	fn on_nonzero_unbalanced(credit: CreditOf<T>) {
		let amount = credit.peek();
		Pallet::<T>::note_remainder(amount);
		match T::Currency::resolve(&T::TreasuryAccount::get(), credit) {
			Ok(()) => Pallet::<T>::note_minted(MintSource::EraRemainder, amount),
			Err(credit) => {
				log::warn!(target: LOG_TARGET, "the treasury cannot take {amount} of an era");
				// Issued a moment ago and never entered: dropping it restores issuance.
				drop(credit)
			},
		}
	}
}

/// What staking slashes: staking's `Slash`.
pub struct BurnSlash<T>(PhantomData<T>);

impl<T: Config> OnUnbalanced<CreditOf<T>> for BurnSlash<T> {
	fn on_nonzero_unbalanced(credit: CreditOf<T>) {
		<Pallet<T> as BurnLedger<_>>::burn(BurnSource::Slash, credit)
	}
}

/// What is left of an account under the existential deposit: balances' `DustRemoval`.
pub struct BurnDust<T>(PhantomData<T>);

impl<T: Config> OnUnbalanced<CreditOf<T>> for BurnDust<T> {
	fn on_nonzero_unbalanced(credit: CreditOf<T>) {
		<Pallet<T> as BurnLedger<_>>::burn(BurnSource::Dust, credit)
	}
}
