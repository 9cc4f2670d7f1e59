//! The one call that belongs neither to bonds ([`crate::escrow`]) nor to machines.

use crate::{pallet::*, types::Parameters};
use frame_support::dispatch::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Call 10. Writes `Params`.
	pub(crate) fn do_set_params(params: Parameters) -> DispatchResult {
		params.validate().map_err(|rule| {
			log::info!(target: "runtime::providers", "parameters refused: {rule}");
			Error::<T>::InvalidParameters
		})?;
		// nothing fails from here
		Params::<T>::put(&params);
		Self::deposit_event(Event::ParametersSet { params });
		Ok(())
	}
}
