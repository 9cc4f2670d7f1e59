//! Sinks of credits. Each counts what it got, so that a test can say where every unit went.

use crate::{AccountId, AttestorAccount, Balance, RoyaltyAccount};
use core::marker::PhantomData;
use frame_support::{
	pallet_prelude::ValueQuery,
	storage_alias,
	traits::{
		fungible::{Balanced, Credit},
		Imbalance,
	},
	Twox64Concat,
};
use terminal_primitives::{
	hooks::OnAttestorFee,
	ledger::{BurnLedger, BurnSource},
	market::Royalties,
	LeaseId, VersionId,
};

#[storage_alias]
type RoyaltySums = StorageMap<Mock, Twox64Concat, VersionId, Balance, ValueQuery>;
#[storage_alias]
type AttestorSums = StorageMap<Mock, Twox64Concat, LeaseId, Balance, ValueQuery>;
#[storage_alias]
type BurnSums = StorageMap<Mock, Twox64Concat, BurnSource, Balance, ValueQuery>;

/// Accrues royalties in [`RoyaltyAccount`].
pub struct MockRoyalties<Currency>(PhantomData<Currency>);

impl<Currency> MockRoyalties<Currency> {
	/// What was accrued for `version`.
	pub fn accrued(version: VersionId) -> Balance {
		RoyaltySums::get(version)
	}
}

impl<Currency> Royalties<Credit<AccountId, Currency>> for MockRoyalties<Currency>
where
	Currency: Balanced<AccountId, Balance = Balance>,
{
	fn accrue(version: VersionId, credit: Credit<AccountId, Currency>) {
		RoyaltySums::mutate(version, |sum| *sum = sum.saturating_add(credit.peek()));
		let resolved = Currency::resolve(&RoyaltyAccount::get(), credit);
		assert!(resolved.is_ok(), "the royalty account exists");
	}
}

/// Keeps attestors' fees in [`AttestorAccount`].
pub struct MockAttestorFees<Currency>(PhantomData<Currency>);

impl<Currency> MockAttestorFees<Currency> {
	/// What `lease` brought the attestors.
	pub fn received(lease: LeaseId) -> Balance {
		AttestorSums::get(lease)
	}
}

impl<Currency> OnAttestorFee<Credit<AccountId, Currency>> for MockAttestorFees<Currency>
where
	Currency: Balanced<AccountId, Balance = Balance>,
{
	fn on_attestor_fee(lease: LeaseId, credit: Credit<AccountId, Currency>) {
		AttestorSums::mutate(lease, |sum| *sum = sum.saturating_add(credit.peek()));
		let resolved = Currency::resolve(&AttestorAccount::get(), credit);
		assert!(resolved.is_ok(), "the attestor account exists");
	}
}

/// Drops (burns) credits and counts them by source.
pub struct MockBurn<Currency>(PhantomData<Currency>);

impl<Currency> MockBurn<Currency> {
	/// What was burned under the name `source`.
	pub fn burned(source: BurnSource) -> Balance {
		BurnSums::get(source)
	}
}

impl<Currency> BurnLedger<Credit<AccountId, Currency>> for MockBurn<Currency>
where
	Currency: Balanced<AccountId, Balance = Balance>,
{
	fn burn(source: BurnSource, credit: Credit<AccountId, Currency>) {
		BurnSums::mutate(source, |sum| *sum = sum.saturating_add(credit.peek()));
		drop(credit)
	}
}
