//! Benchmarks: each builds the worst case and asserts its outcome.

use super::*;
use crate::types::{MAX_LICENCE, MAX_NAME};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::fungible::{Balanced, Inspect, Mutate},
	BoundedVec,
};
use frame_system::RawOrigin;
use terminal_primitives::{market::Royalties, BlockNumber, Digest, VersionId, UNIT};

const SALT: [u8; 32] = [5; 32];

/// With funds on hold for both reasons.
fn owner<T: Config>() -> Result<T::AccountId, BenchmarkError> {
	let who: T::AccountId = whitelisted_caller();
	T::Currency::set_balance(&who, 1_000_000 * UNIT);
	for reason in [HoldReason::Commitment, HoldReason::Listing] {
		Pallet::<T>::hold(reason, &who, UNIT)?;
	}
	Ok(who)
}

fn prices() -> Prices {
	Prices {
		per_job: UNIT,
		per_second: UNIT,
		per_call: UNIT,
	}
}

/// As long as they may be.
fn details() -> Details {
	Details {
		manifest: [1; 32],
		weights_root: Some([2; 32]),
		format: Format::IntegerNetwork,
		bytes: u64::MAX,
		licence: BoundedVec::truncate_from(alloc::vec![b'a'; MAX_LICENCE as usize]),
		card_hash: [3; 32],
		name: BoundedVec::truncate_from(alloc::vec![b'a'; MAX_NAME as usize]),
	}
}

fn commit<T: Config>(who: &T::AccountId) -> Result<Digest, BenchmarkError> {
	let commitment = details().commitment(who, &SALT);
	Pallet::<T>::commit_listing(RawOrigin::Signed(who.clone()).into(), commitment)?;
	let now = frame_system::Pallet::<T>::block_number();
	let delay = Params::<T>::get().reveal_delay_blocks;
	frame_system::Pallet::<T>::set_block_number(now + delay.into());
	Ok(commitment)
}

fn list<T: Config>() -> Result<(T::AccountId, VersionId), BenchmarkError> {
	let who = owner::<T>()?;
	commit::<T>(&who)?;
	let version = NextVersion::<T>::get();
	let origin = RawOrigin::Signed(who.clone()).into();
	Pallet::<T>::list_version(origin, SALT, details(), prices())?;
	Ok((who, version))
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn commit_listing() -> Result<(), BenchmarkError> {
		let who = owner::<T>()?;
		let commitment = details().commitment(&who, &SALT);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), commitment);

		assert!(Commitments::<T>::contains_key(&who, commitment));
		Ok(())
	}

	#[benchmark]
	fn withdraw_commitment() -> Result<(), BenchmarkError> {
		let who = owner::<T>()?;
		let commitment = commit::<T>(&who)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), commitment);

		assert!(!Commitments::<T>::contains_key(&who, commitment));
		Ok(())
	}

	#[benchmark]
	fn list_version() -> Result<(), BenchmarkError> {
		let who = owner::<T>()?;
		commit::<T>(&who)?;
		let version = NextVersion::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), SALT, details(), prices());

		assert_eq!(
			Versions::<T>::get(version).map(|entry| entry.owner),
			Some(who)
		);
		Ok(())
	}

	#[benchmark]
	fn set_prices() -> Result<(), BenchmarkError> {
		let (who, version) = list::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who), version, Prices::default());

		assert_eq!(
			Versions::<T>::get(version).map(|entry| entry.prices),
			Some(Prices::default())
		);
		Ok(())
	}

	/// One more asset than there were, the most.
	#[benchmark]
	fn set_asset_prices() -> Result<(), BenchmarkError> {
		let (who, version) = list::<T>()?;
		// All of them raised.
		let others = (1..crate::MAX_ASSET_PRICES).map(|asset| AssetPrice {
			asset,
			prices: Some(prices()),
			rise: Some(PriceRise {
				prices: prices(),
				from: BlockNumber::MAX,
			}),
		});
		AssetPrices::<T>::insert(version, BoundedVec::truncate_from(others.collect()));

		#[extrinsic_call]
		_(RawOrigin::Signed(who), version, 0, Some(prices()));

		assert_eq!(
			AssetPrices::<T>::get(version).len(),
			crate::MAX_ASSET_PRICES as usize
		);
		Ok(())
	}

	#[benchmark]
	fn yank() -> Result<(), BenchmarkError> {
		let (who, version) = list::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who), version);

		assert_eq!(
			Versions::<T>::get(version).map(|entry| entry.yanked),
			Some(true)
		);
		Ok(())
	}

	#[benchmark]
	fn claim_royalties() -> Result<(), BenchmarkError> {
		let (who, version) = list::<T>()?;
		let pot = Pallet::<T>::pot();
		T::Currency::set_balance(&pot, T::Currency::minimum_balance());
		<Pallet<T> as Royalties<CreditOf<T>>>::accrue(version, T::Currency::issue(UNIT));

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		assert_eq!((Claims::<T>::get(&who), Owed::<T>::get()), (0, 0));
		Ok(())
	}

	#[benchmark]
	fn set_params() {
		let params = Parameters {
			reveal_delay_blocks: 3,
			..Default::default()
		};

		#[extrinsic_call]
		_(RawOrigin::Root, params.clone());

		assert_eq!(Params::<T>::get(), params);
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
