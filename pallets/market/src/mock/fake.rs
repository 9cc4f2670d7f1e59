//! Leases that take funds and units, and do nothing else.

use super::*;
use codec::{Decode, Encode};
use frame_support::{
	ensure,
	pallet_prelude::ValueQuery,
	storage_alias,
	traits::{
		fungible::MutateHold,
		fungibles::MutateHold as _,
		tokens::{Fortitude, Precision, Preservation},
	},
	Twox64Concat,
};
use sp_runtime::DispatchError;
use terminal_primitives::{
	hooks::OnLeaseBegun,
	market::{AgreedLease, LeaseBook},
};
use terminal_test_support::mocks::REFUSED;

#[storage_alias]
type FakeBook = StorageMap<Mock, Twox64Concat, LeaseId, Open>;
#[storage_alias]
type FakeNext = StorageValue<Mock, u64, ValueQuery>;
#[storage_alias]
type FakeRefusal = StorageValue<Mock, bool, ValueQuery>;
#[storage_alias]
type FakeRoyalty = StorageValue<Mock, Balance, ValueQuery>;
#[storage_alias]
type FakeLongest = StorageValue<Mock, u64>;
#[storage_alias]
type FakeYanked = StorageValue<Mock, bool, ValueQuery>;

/// An open lease of the fake.
#[derive(Clone, Debug, Encode, Decode)]
pub struct Open {
	/// As it was agreed.
	pub agreed: AgreedLease<AccountId>,
	/// TCT on hold for it.
	pub held: Balance,
	/// Of the asset that it is paid in, on hold for it.
	pub funds: Balance,
}

/// Leases that take funds and units, and do nothing else.
pub struct FakeLeases;

/// The opening deposit of every lease.
pub const OPENING: Balance = 100 * MILLI;
/// Milliseconds in which a lease of the fake may be started.
pub const START_WINDOW_MS: Moment = 60_000;

impl FakeLeases {
	/// Make `open_agreed` fail from now on (or not any more).
	pub fn refuse(refuse: bool) {
		FakeRefusal::put(refuse)
	}

	/// What a second with the model costs besides.
	pub fn set_royalty(per_second: Balance) {
		FakeRoyalty::put(per_second)
	}

	/// Governance lets leases be no longer than that, in milliseconds.
	pub fn set_longest(duration_ms: u64) {
		FakeLongest::put(duration_ms)
	}

	/// Take the model away.
	pub fn yank() {
		FakeYanked::put(true)
	}

	/// Leases opened so far.
	pub fn count() -> u64 {
		FakeNext::get()
	}

	/// An open lease.
	pub fn get(id: LeaseId) -> Open {
		FakeBook::get(id).expect("the lease is open")
	}

	/// The lease begins.
	pub fn start(id: LeaseId) {
		assert!(FakeBook::contains_key(id), "only open leases start");
		Market::on_started(id)
	}

	/// The provider cancels the lease, or lets its start window pass.
	pub fn never_start(id: LeaseId) {
		Self::end(id);
		Market::on_never_started(id)
	}

	/// The lease is over.
	pub fn end(id: LeaseId) {
		let open = FakeBook::take(id).expect("the lease is open");
		if let Some(asset) = open.agreed.asset {
			let (why, who) = (vault::HoldReason::Lease.into(), &open.agreed.consumer);
			AssetsHolder::release(asset, &why, who, open.funds, Precision::Exact)
				.expect("it is on hold and not frozen");
		}
		MockMachines::release(open.agreed.machine, open.agreed.units);
		Balances::release(
			&vault::HoldReason::Lease.into(),
			&open.agreed.consumer,
			open.held,
			Precision::Exact,
		)
		.expect("it is on hold");
	}

	/// All open leases.
	pub fn open() -> Vec<LeaseId> {
		let mut ids: Vec<LeaseId> = FakeBook::iter_keys().collect();
		ids.sort_unstable();
		ids
	}
}

impl LeaseBook<AccountId> for FakeLeases {
	fn open_agreed(lease: AgreedLease<AccountId>) -> Result<LeaseId, DispatchError> {
		ensure!(!FakeRefusal::get(), REFUSED);
		let machine = MockMachines::machine(lease.machine).ok_or(REFUSED)?;
		ensure!(machine.provider == lease.provider, REFUSED);
		ensure!(machine.status == MachineStatus::Online, REFUSED);
		let judges = |who| crate::matching::is_arbiter(&lease.terms, who);
		let parties = [&lease.consumer, &lease.provider, &machine.agent];
		ensure!(!parties.into_iter().any(judges), REFUSED);
		let (least, whole, opening) = Self::price(
			lease.asset,
			lease.units,
			lease.rate,
			lease.duration_ms,
			lease.version,
			&lease.terms,
		)?;
		ensure!(lease.funds >= least, TOO_LOW);
		let until = now_ms() + START_WINDOW_MS + lease.duration_ms;
		MockMachines::reserve(lease.machine, lease.units, until)?;
		let funds = lease.funds.min(whole);
		let mut held = opening;
		match lease.asset {
			None => held += funds,
			Some(asset) => {
				let why = vault::HoldReason::Lease.into();
				AssetsHolder::hold(asset, &why, &lease.consumer, funds)?
			},
		}
		let liquid = <Balances as frame_support::traits::fungible::Inspect<_>>::reducible_balance(
			&lease.consumer,
			Preservation::Protect,
			Fortitude::Force,
		);
		ensure!(held <= liquid, SHORT);
		Balances::hold(&vault::HoldReason::Lease.into(), &lease.consumer, held)?;
		let id = LeaseId(FakeNext::get());
		FakeNext::put(id.0 + 1);
		FakeBook::insert(
			id,
			Open {
				agreed: lease,
				held,
				funds,
			},
		);
		Ok(id)
	}

	/// The least is a tenth of the whole and the early-close fee. Less than 1,000 base units a
	/// second is refused.
	fn price(
		asset: Option<AssetId>,
		units: u32,
		rate: Balance,
		duration_ms: u64,
		version: Option<VersionId>,
		terms: &LeaseTerms<AccountId>,
	) -> Result<(Balance, Balance, Balance), DispatchError> {
		ensure!(asset.is_none_or(|asset| asset == TUSD), REFUSED);
		ensure!(version.is_none() || !FakeYanked::get(), YANKED);
		let longest = FakeLongest::get();
		ensure!(
			longest.is_none_or(|longest| duration_ms <= longest),
			REFUSED
		);
		let royalty = version.map_or(0, |_| FakeRoyalty::get());
		let providers = rate.checked_mul(units.into()).ok_or(REFUSED)?;
		let per_second = providers.checked_add(royalty).ok_or(REFUSED)?;
		ensure!(per_second >= 1_000, REFUSED);
		let whole = per_second
			.checked_mul(duration_ms.into())
			.ok_or(REFUSED)?
			.div_ceil(1_000);
		let early = providers
			.checked_mul(terms.early_close_ms.into())
			.ok_or(REFUSED)?
			.div_ceil(1_000);
		Ok(((whole / 10 + early).min(whole), whole, OPENING))
	}
}

/// The fake's refusals, apart from `REFUSED`.
pub const TOO_LOW: DispatchError = DispatchError::Other("funds too low");
/// The consumer's balance does not cover it.
pub const SHORT: DispatchError = DispatchError::Other("balance too low");
/// The model version is gone.
pub const YANKED: DispatchError = DispatchError::Other("yanked");
