use super::REFUSED;
use crate::{AccountId, Balance};
use frame_support::{
	dispatch::DispatchResult, ensure, pallet_prelude::ValueQuery, storage_alias, Twox64Concat,
};
use terminal_primitives::market::ProviderBonds;

#[storage_alias]
type BondCapacity = StorageMap<Mock, Twox64Concat, AccountId, Balance>;
#[storage_alias]
type BondAtRisk = StorageMap<Mock, Twox64Concat, AccountId, Balance, ValueQuery>;
#[storage_alias]
type BondSlashes = StorageValue<Mock, Vec<(AccountId, Balance, Option<AccountId>)>, ValueQuery>;

/// One recorded slash: provider, value of the job, reporter.
pub type Slash = (AccountId, Balance, Option<AccountId>);

/// Provider bonds: unlimited unless [`MockBonds::set_capacity`] says otherwise.
pub struct MockBonds;

impl MockBonds {
	/// The most value that may be at this provider's risk at once.
	pub fn set_capacity(provider: &AccountId, capacity: Balance) {
		BondCapacity::insert(provider, capacity)
	}

	/// The value at risk now.
	pub fn at_risk(provider: &AccountId) -> Balance {
		BondAtRisk::get(provider)
	}

	/// Every slash, oldest first.
	pub fn slashes() -> Vec<Slash> {
		BondSlashes::get()
	}
}

impl ProviderBonds<AccountId> for MockBonds {
	fn put_at_risk(provider: &AccountId, value: Balance) -> DispatchResult {
		let sum = BondAtRisk::get(provider)
			.checked_add(value)
			.ok_or(REFUSED)?;
		ensure!(
			sum <= BondCapacity::get(provider).unwrap_or(Balance::MAX),
			REFUSED
		);
		BondAtRisk::insert(provider, sum);
		Ok(())
	}

	fn take_off_risk(provider: &AccountId, value: Balance) {
		let left = BondAtRisk::get(provider).checked_sub(value);
		BondAtRisk::insert(
			provider,
			left.expect("no more is taken off risk than was put there"),
		)
	}

	fn slash(provider: &AccountId, value: Balance, reporter: Option<&AccountId>) -> Balance {
		BondSlashes::append((provider.clone(), value, reporter.cloned()));
		value
	}
}
