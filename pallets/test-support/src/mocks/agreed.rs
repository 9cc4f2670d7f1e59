use super::REFUSED;
use crate::{AccountId, Balance, MILLI};
use codec::{Decode, Encode};
use frame_support::{ensure, pallet_prelude::ValueQuery, storage_alias, weights::Weight};
use sp_runtime::DispatchError;
use terminal_primitives::{
	hooks::OnLeaseBegun,
	market::{AgreedLease, LeaseBook, LeaseTerms},
	AssetId, LeaseId, VersionId,
};

#[storage_alias]
type AgreedLeases = StorageValue<Mock, Vec<AgreedLease<AccountId>>, ValueQuery>;
#[storage_alias]
type AgreedRefusal = StorageValue<Mock, bool, ValueQuery>;
#[storage_alias]
type BegunLog = StorageValue<Mock, Vec<Begun>, ValueQuery>;

/// Records agreed leases; moves no funds and reserves nothing.
pub struct MockLeaseBook;

impl MockLeaseBook {
	/// The opening deposit of every lease.
	pub const DEPOSIT: Balance = 100 * MILLI;

	/// Every lease opened. The ids are 0, 1, 2, …
	pub fn opened() -> Vec<AgreedLease<AccountId>> {
		AgreedLeases::get()
	}

	/// Make `open_agreed` fail from now on (or not any more).
	pub fn refuse(refuse: bool) {
		AgreedRefusal::put(refuse)
	}
}

impl LeaseBook<AccountId> for MockLeaseBook {
	fn open_agreed(lease: AgreedLease<AccountId>) -> Result<LeaseId, DispatchError> {
		ensure!(!AgreedRefusal::get(), REFUSED);
		let id = AgreedLeases::decode_len().unwrap_or_default();
		AgreedLeases::append(lease);
		Ok(LeaseId(id as u64))
	}

	/// The least is a tenth of the whole, rounded down, and the early-close fee.
	fn price(
		_: Option<AssetId>,
		units: u32,
		rate: Balance,
		duration_ms: u64,
		_: Option<VersionId>,
		terms: &LeaseTerms<AccountId>,
	) -> Result<(Balance, Balance, Balance), DispatchError> {
		let cost = |milliseconds: u64| {
			rate.checked_mul(units.into())
				.and_then(|per_second| per_second.checked_mul(milliseconds.into()))
				.map(|thousandths| thousandths.div_ceil(1_000))
		};
		let whole = cost(duration_ms).ok_or(REFUSED)?;
		let early = cost(terms.early_close_ms).ok_or(REFUSED)?;
		Ok(((whole / 10 + early).min(whole), whole, Self::DEPOSIT))
	}
}

/// What leases told the market of an agreed lease.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Begun {
	/// `on_started`.
	Started(LeaseId),
	/// `on_never_started`.
	NeverStarted(LeaseId),
}

/// Records `OnLeaseBegun`.
pub struct MockBegun;

impl MockBegun {
	/// Every call, oldest first.
	pub fn log() -> Vec<Begun> {
		BegunLog::get()
	}
}

impl OnLeaseBegun for MockBegun {
	fn on_started(lease: LeaseId) {
		BegunLog::append(Begun::Started(lease))
	}
	fn on_never_started(lease: LeaseId) {
		BegunLog::append(Begun::NeverStarted(lease))
	}
	fn weight() -> Weight {
		Weight::zero()
	}
}
