//! What is true between any two calls. Numbers as in the README.

use crate::{AwaitedRemainder, Config, Genesis, Pallet, Params, Promised};
use frame_support::{
	ensure,
	traits::{fungible::Inspect, Get},
};
use sp_runtime::TryRuntimeError;
use terminal_primitives::Balance;

/// Check all of them.
pub fn check<T: Config>() -> Result<(), TryRuntimeError> {
	ledger_is_exact::<T>()?;
	cap_is_kept::<T>()?;
	ensure!(
		Params::<T>::get().validate().is_ok(),
		"SUPPLY-3: the parameters are out of range"
	);
	ensure!(
		!AwaitedRemainder::<T>::exists(),
		"SUPPLY-4: staking never issued a remainder"
	);
	Ok(())
}

fn sum(parts: &[Balance]) -> Result<Balance, TryRuntimeError> {
	parts
		.iter()
		.try_fold(0, |sum: Balance, part| sum.checked_add(*part))
		.ok_or(TryRuntimeError::Other("SUPPLY-1: a sum overflows"))
}

fn ledger_is_exact<T: Config>() -> Result<(), TryRuntimeError> {
	let issued = sum(&[Genesis::<T>::get(), Pallet::<T>::total_minted()])?;
	let explained = sum(&[T::Currency::total_issuance(), Pallet::<T>::total_burned()])?;
	if issued != explained {
		log::error!(
			target: crate::LOG_TARGET,
			"SUPPLY-1: genesis + minted = {issued}, issuance + burned = {explained}",
		);
	}
	ensure!(
		issued == explained,
		"SUPPLY-1: genesis + minted - burned is not total issuance"
	);
	Ok(())
}

fn cap_is_kept<T: Config>() -> Result<(), TryRuntimeError> {
	let committed = sum(&[
		Genesis::<T>::get(),
		Pallet::<T>::total_minted(),
		Promised::<T>::get(),
	])?;
	ensure!(
		committed <= T::Cap::get(),
		"SUPPLY-2: genesis + minted + promised is above the cap"
	);
	Ok(())
}
