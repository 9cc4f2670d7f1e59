//! Benchmarks of the calls.

use super::*;
use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungible::{Balanced, Inspect},
	tokens::Precision,
};
use frame_system::RawOrigin;
use terminal_primitives::{ledger::BurnSource, Balance};

/// An account with a thousand existential deposits.
fn funded<T: Config>() -> T::AccountId {
	let who: T::AccountId = account("burner", 0, 0);
	let amount = T::Currency::minimum_balance().saturating_mul(1_000);
	let debt = T::Currency::deposit(&who, amount, Precision::Exact);
	assert!(debt.is_ok(), "the account can be funded");
	who
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn burn() {
		let who = funded::<T>();
		let amount: Balance = T::Currency::minimum_balance();
		let before = Burned::<T>::get(BurnSource::Voluntary);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), amount);

		assert_eq!(
			Burned::<T>::get(BurnSource::Voluntary),
			before.saturating_add(amount)
		);
	}

	#[benchmark]
	fn set_params() {
		let parameters = Parameters {
			max_era_ms: YEAR_MS,
			..Default::default()
		};

		#[extrinsic_call]
		_(RawOrigin::Root, parameters);

		assert_eq!(Params::<T>::get(), parameters);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::externalities(), crate::mock::Test);
}
