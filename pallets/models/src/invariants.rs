//! What always holds. The table is in the README; each is broken on purpose by a test.

use crate::pallet::*;
use alloc::{collections::BTreeMap, vec::Vec};
use codec::Encode;
use frame_support::{
	ensure,
	traits::fungible::{Inspect, InspectHold},
};
use sp_runtime::TryRuntimeError;
use terminal_primitives::Balance;

/// Check all of them.
pub fn check<T: Config>() -> Result<(), TryRuntimeError> {
	claims_are_owed::<T>()?;
	pot_is_solvent::<T>()?;
	digests_are_indexed::<T>()?;
	deposits_are_on_hold::<T>()?;
	asset_prices_are_of_versions::<T>()
}

/// MODEL-1.
fn claims_are_owed<T: Config>() -> Result<(), TryRuntimeError> {
	let claims: Balance = Claims::<T>::iter_values().fold(0, Balance::saturating_add);
	ensure!(
		claims == Owed::<T>::get(),
		"MODEL-1: claims do not add up to what is owed"
	);
	Ok(())
}

/// MODEL-2.
fn pot_is_solvent<T: Config>() -> Result<(), TryRuntimeError> {
	let needed = Owed::<T>::get().saturating_add(T::Currency::minimum_balance());
	let pot = T::Currency::balance(&Pallet::<T>::pot());
	ensure!(
		pot >= needed,
		"MODEL-2: the pot has less than it owes and lives on"
	);
	Ok(())
}

/// MODEL-3.
fn digests_are_indexed<T: Config>() -> Result<(), TryRuntimeError> {
	let next = NextVersion::<T>::get().0;
	let mut versions: u64 = 0;
	for (id, version) in Versions::<T>::iter() {
		let found = VersionByDigest::<T>::get(version.details.manifest);
		ensure!(
			found == Some(id),
			"MODEL-3: a version is not found by its digest"
		);
		ensure!(id.0 < next, "MODEL-3: a version's id was never given out");
		versions = versions.saturating_add(1);
	}
	ensure!(versions == next, "MODEL-3: a version is missing");
	let digests = u64::try_from(VersionByDigest::<T>::iter_keys().count());
	ensure!(digests == Ok(next), "MODEL-3: a digest leads to no version");
	Ok(())
}

/// MODEL-4.
fn deposits_are_on_hold<T: Config>() -> Result<(), TryRuntimeError> {
	let mut sums = BTreeMap::<Vec<u8>, (T::AccountId, Balance, Balance)>::new();
	for (who, _, commitment) in Commitments::<T>::iter() {
		let sum = sums.entry(who.encode()).or_insert((who, 0, 0));
		sum.1 = sum.1.saturating_add(commitment.deposit);
	}
	for version in Versions::<T>::iter_values() {
		let sum = sums
			.entry(version.owner.encode())
			.or_insert((version.owner, 0, 0));
		sum.2 = sum.2.saturating_add(version.deposit);
	}
	sums.into_values()
		.try_for_each(|(who, commitments, listings)| {
			let held = |reason: HoldReason| T::Currency::balance_on_hold(&reason.into(), &who);
			ensure!(
				held(HoldReason::Commitment) == commitments
					&& held(HoldReason::Listing) == listings,
				"MODEL-4: deposits differ from the holds"
			);
			Ok(())
		})
}

/// MODEL-5.
fn asset_prices_are_of_versions<T: Config>() -> Result<(), TryRuntimeError> {
	AssetPrices::<T>::iter().try_for_each(|(version, prices)| {
		ensure!(
			Versions::<T>::contains_key(version),
			"MODEL-5: asset prices of no version"
		);
		let once = prices
			.iter()
			.enumerate()
			.all(|(at, one)| prices.iter().take(at).all(|other| other.asset != one.asset));
		let named = prices
			.iter()
			.all(|one| one.prices.is_some() || one.rise.is_some());
		ensure!(
			once && named && !prices.is_empty(),
			"MODEL-5: an asset has no prices, or two"
		);
		Ok(())
	})
}
