//! Bonds: the writer of `Providers`. Every movement of funds of this pallet is in this file.
//!
//! Rounding: the risk limit rounds down, the slashed share up, the reporter's part down; the rest
//! of a slash is burned.

use crate::{now_block, pallet::*, types::Provider, types::Unlocking, CreditOf};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{
		fungible::{Balanced, BalancedHold, MutateHold},
		tokens::Precision,
		Get, Imbalance,
	},
};
use sp_runtime::DispatchError;
use terminal_primitives::{
	ledger::{BurnLedger, BurnSource},
	market::ProviderBonds,
	Balance,
};

impl<T: Config> Pallet<T> {
	/// The books of `who`.
	pub(crate) fn provider_of(who: &T::AccountId) -> Result<Provider, DispatchError> {
		Providers::<T>::get(who).ok_or_else(|| Error::<T>::NotProvider.into())
	}

	/// Call 0.
	pub(crate) fn do_register_provider(who: T::AccountId, bond: Balance) -> DispatchResult {
		ensure!(
			!Providers::<T>::contains_key(&who),
			Error::<T>::AlreadyProvider
		);
		ensure!(
			bond >= Params::<T>::get().min_bond,
			Error::<T>::BondBelowMinimum
		);
		T::Currency::hold(&HoldReason::Bond.into(), &who, bond)?;
		// nothing fails from here
		Providers::<T>::insert(&who, Provider::new(bond, now_block::<T>()));
		Self::deposit_event(Event::ProviderRegistered {
			provider: who,
			bond,
		});
		Ok(())
	}

	/// Call 1.
	pub(crate) fn do_bond(who: T::AccountId, amount: Balance) -> DispatchResult {
		let mut provider = Self::provider_of(&who)?;
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let bond = provider.bond.saturating_add(amount);
		ensure!(
			bond >= Params::<T>::get().min_bond,
			Error::<T>::BondBelowMinimum
		);
		T::Currency::hold(&HoldReason::Bond.into(), &who, amount)?;
		// nothing fails from here
		provider.bond = bond;
		Providers::<T>::insert(&who, provider);
		Self::deposit_event(Event::Bonded {
			provider: who,
			amount,
			bond,
		});
		Ok(())
	}

	/// Call 2.
	pub(crate) fn do_unbond(who: T::AccountId, amount: Balance) -> DispatchResult {
		let mut provider = Self::provider_of(&who)?;
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let rest = provider
			.bond
			.checked_sub(amount)
			.ok_or(Error::<T>::BondTooSmall)?;
		let params = Params::<T>::get();
		ensure!(
			provider.at_risk <= Provider::risk_limit(rest, &params),
			Error::<T>::ValueAtRiskTooHigh
		);
		if provider.machines > 0 {
			let required = Provider::required_bond(provider.units, &params);
			ensure!(rest >= required, Error::<T>::BondBelowUnits);
		}
		ensure!(
			rest == 0 || rest >= params.min_bond,
			Error::<T>::BondBelowMinimum
		);
		let delay = params.unbonding_delay_blocks.max(T::LongestWindow::get());
		let at = now_block::<T>().saturating_add(delay);
		match provider.unlocking.iter_mut().find(|chunk| chunk.at == at) {
			Some(chunk) => chunk.amount = chunk.amount.saturating_add(amount),
			None => provider
				.unlocking
				.try_push(Unlocking { amount, at })
				.map_err(|_| Error::<T>::TooManyUnlocking)?,
		}
		// nothing fails from here
		provider.bond = rest;
		Providers::<T>::insert(&who, provider);
		Self::deposit_event(Event::Unbonded {
			provider: who,
			amount,
			withdrawable_at: at,
		});
		Ok(())
	}

	/// Call 3.
	pub(crate) fn do_withdraw_unbonded(who: T::AccountId) -> DispatchResult {
		let mut provider = Self::provider_of(&who)?;
		let now = now_block::<T>();
		let before = provider.held();
		let nothing_held = before == 0;
		provider.unlocking.retain(|chunk| chunk.at > now);
		let amount = before.saturating_sub(provider.held());
		let ends = provider.held() == 0 && provider.machines == 0 && provider.at_risk == 0;
		// a provider slashed to nothing has nothing to withdraw but its own entry
		ensure!(
			amount > 0 || (nothing_held && ends),
			Error::<T>::NothingToWithdraw
		);
		if amount > 0 {
			T::Currency::release(&HoldReason::Bond.into(), &who, amount, Precision::Exact)?;
		}
		// nothing fails from here
		match ends {
			true => Providers::<T>::remove(&who),
			false => Providers::<T>::insert(&who, provider),
		}
		if amount > 0 {
			Self::deposit_event(Event::Withdrawn {
				provider: who.clone(),
				amount,
			});
		}
		if ends {
			Self::deposit_event(Event::ProviderRemoved { provider: who });
		}
		Ok(())
	}

	/// Enter a machine of `units` units in its provider's books.
	pub(crate) fn add_machine_to(who: &T::AccountId, mut provider: Provider, units: u32) {
		provider.machines = provider.machines.saturating_add(1);
		provider.units = provider.units.saturating_add(units);
		Providers::<T>::insert(who, provider);
	}

	/// Strike a machine of `units` units from its provider's books.
	pub(crate) fn remove_machine_from(who: &T::AccountId, units: u32) {
		Providers::<T>::mutate_extant(who, |provider| {
			provider.machines = provider.machines.saturating_sub(1);
			provider.units = provider.units.saturating_sub(units);
		});
	}

	/// Pay the reporter its part of `credit`, burn the rest. Returns what the reporter got: nothing
	/// if it is the offender, or an account so empty that the reward could not bring it to life.
	fn share_slash(
		provider: &T::AccountId,
		reporter: Option<&T::AccountId>,
		mut credit: CreditOf<T>,
	) -> Balance {
		let share = Params::<T>::get().reporter_share;
		let paid = match reporter.filter(|reporter| *reporter != provider) {
			Some(reporter) => {
				let reward = credit.extract(share.mul_floor(credit.peek()));
				let amount = reward.peek();
				match T::Currency::resolve(reporter, reward) {
					Ok(()) => amount,
					Err(reward) => {
						credit.subsume(reward);
						0
					},
				}
			},
			None => 0,
		};
		T::Burn::burn(BurnSource::Slash, credit);
		paid
	}
}

impl<T: Config> ProviderBonds<T::AccountId> for Pallet<T> {
	/// Only the bond counts, not what is on its way out.
	fn put_at_risk(provider: &T::AccountId, value: Balance) -> DispatchResult {
		let mut books = Self::provider_of(provider)?;
		let limit = Provider::risk_limit(books.bond, &Params::<T>::get());
		let at_risk = books.at_risk.saturating_add(value);
		ensure!(at_risk <= limit, Error::<T>::ValueAtRiskTooHigh);
		// nothing fails from here
		books.at_risk = at_risk;
		Providers::<T>::insert(provider, books);
		Ok(())
	}

	/// Total: taking off more than was put there is logged and clamped.
	fn take_off_risk(provider: &T::AccountId, value: Balance) {
		Providers::<T>::mutate_extant(provider, |books| {
			if value > books.at_risk {
				log::error!(target: "runtime::providers", "{value} off a risk of {}", books.at_risk);
			}
			books.at_risk = books.at_risk.saturating_sub(value);
		});
	}

	/// `slash_share` of everything held (parts on their way out included), at least `value`, at
	/// most everything. Does not take the job's value off risk: call `take_off_risk` when it ends.
	fn slash(provider: &T::AccountId, value: Balance, reporter: Option<&T::AccountId>) -> Balance {
		let Some(mut books) = Providers::<T>::get(provider) else {
			return 0;
		};
		let held = books.held();
		let wanted = Params::<T>::get()
			.slash_share
			.mul_ceil(held)
			.max(value)
			.min(held);
		let (credit, missing) = T::Currency::slash(&HoldReason::Bond.into(), provider, wanted);
		if missing > 0 {
			log::error!(target: "runtime::providers", "{missing} of a bond were not on hold");
		}
		let amount = credit.peek();
		books.deduct(amount);
		Providers::<T>::insert(provider, books);
		let reward = Self::share_slash(provider, reporter, credit);
		let reporter = reporter.filter(|_| reward > 0).cloned();
		let provider = provider.clone();
		Self::deposit_event(Event::ProviderSlashed {
			provider,
			amount,
			reporter,
			reward,
		});
		amount
	}
}
