//! What the calls do once their origin is checked.

use crate::{Config, Error, Event, Pallet, Parameters, Params, LOG_TARGET};
use frame_support::{
	ensure,
	traits::{
		fungible::{Balanced, Inspect},
		tokens::{Fortitude, Precision, Preservation},
	},
};
use sp_runtime::DispatchResult;
use terminal_primitives::{
	ledger::{BurnLedger, BurnSource},
	Balance,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_burn(who: &T::AccountId, amount: Balance) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::NothingToBurn);
		let (keep, force) = (Preservation::Preserve, Fortitude::Polite);
		let spendable = T::Currency::reducible_balance(who, keep, force);
		ensure!(amount <= spendable, Error::<T>::InsufficientFunds);

		let credit = T::Currency::withdraw(who, amount, Precision::Exact, keep, force)?;
		// From here on nothing fails.
		<Self as BurnLedger<_>>::burn(BurnSource::Voluntary, credit);
		Ok(())
	}

	pub(crate) fn do_set_params(parameters: Parameters) -> DispatchResult {
		parameters.validate().map_err(|why| {
			log::debug!(target: LOG_TARGET, "refused parameters: {why}");
			Error::<T>::InvalidParameters
		})?;

		// From here on nothing fails.
		Params::<T>::put(parameters);
		Self::deposit_event(Event::ParametersSet { parameters });
		Ok(())
	}
}
