//! What both sides of a lease agree besides its price, and how an agreed lease is opened.

use crate::{AssetId, Balance, Digest, LeaseId, MachineId, VersionId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{DispatchError, Perbill};

/// A credit for the consumer if too little of the promised time was proven.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Sla {
	/// The share of the promised time that must be proven.
	pub target: Perbill,
	/// The share of what is due that is not paid if less was.
	pub credit: Perbill,
}

/// Who may split what is still held, if the sides fall out.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Arbiter<AccountId> {
	/// Signs the split, and is paid for it.
	pub account: AccountId,
	/// The price of a split in base units of what the lease is paid in, out of what is held; never
	/// more than that.
	pub fee: Balance,
}

/// What both sides of a metered lease agree besides its price. Each lease keeps its own copy.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct LeaseTerms<AccountId> {
	/// A spot lease: the provider may reclaim it with this notice in milliseconds. `None`: on
	/// demand, never reclaimed.
	pub spot_notice_ms: Option<u64>,
	/// The consumer may extend up to this length in milliseconds without asking.
	pub max_duration_ms: u64,
	/// The fee for ending early: the price of this many milliseconds, at most of those left. Zero:
	/// none.
	pub early_close_ms: u64,
	/// The credit for too little proven time, if one is agreed.
	pub sla: Option<Sla>,
	/// Who judges, if anybody may. Without an arbiter there is nothing to judge.
	pub arbiter: Option<Arbiter<AccountId>>,
}

impl<AccountId> LeaseTerms<AccountId> {
	/// On demand, of at most `max_duration_ms`, and nothing else agreed.
	pub fn plain(max_duration_ms: u64) -> Self {
		Self {
			spot_notice_ms: None,
			max_duration_ms,
			early_close_ms: 0,
			sla: None,
			arbiter: None,
		}
	}
}

/// A metered lease that both sides have agreed to, ready to be opened.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct AgreedLease<AccountId> {
	/// Who pays.
	pub consumer: AccountId,
	/// Who is paid: the machine's cold account, as it was when they agreed.
	pub provider: AccountId,
	/// Where it runs.
	pub machine: MachineId,
	/// How many units.
	pub units: u32,
	/// What it is paid in. `None`: TCT. Rate, funds and the arbiter's fee are in it; the opening
	/// deposit is in TCT.
	pub asset: Option<AssetId>,
	/// Base units per second and unit.
	pub rate: Balance,
	/// The agreed length in milliseconds.
	pub duration_ms: u64,
	/// The model version it uses, if any.
	pub version: Option<VersionId>,
	/// The key by which the tenant signs receipts. `None`: the machine's presence alone is paid.
	pub tenant: Option<[u8; 32]>,
	/// What goes into the escrow, in base units. The opening deposit comes on top.
	pub funds: Balance,
	/// What they agree besides.
	pub terms: LeaseTerms<AccountId>,
	/// The document both agreed to; which hash that is, is said where it was agreed.
	pub terms_hash: Digest,
	/// The consumer's handshake is on chain already: none is asked for at the start.
	pub shown: bool,
}

/// Opening leases that were agreed elsewhere. Implemented by `pallet-leases`. `()` refuses.
pub trait LeaseBook<AccountId> {
	/// Open a metered lease that both sides have agreed to: straight into `Accepted`, its units
	/// reserved, its funds and opening deposit held. The origin of both agreements is the caller's
	/// to check. All or nothing: call it in a storage layer.
	fn open_agreed(lease: AgreedLease<AccountId>) -> Result<LeaseId, DispatchError>;
	/// What a lease of `duration_ms` on these terms costs, in base units of `asset`: (the least
	/// funds, the funds for all of it), and the opening deposit in those of TCT. The least has the
	/// early-close fee in it. Refuses what `open_agreed` would refuse for its asset, its rate, its
	/// length or its terms.
	fn price(
		asset: Option<AssetId>,
		units: u32,
		rate: Balance,
		duration_ms: u64,
		version: Option<VersionId>,
		terms: &LeaseTerms<AccountId>,
	) -> Result<(Balance, Balance, Balance), DispatchError>;
}

impl<AccountId> LeaseBook<AccountId> for () {
	fn open_agreed(_: AgreedLease<AccountId>) -> Result<LeaseId, DispatchError> {
		Err(DispatchError::Unavailable)
	}
	fn price(
		_: Option<AssetId>,
		_: u32,
		_: Balance,
		_: u64,
		_: Option<VersionId>,
		_: &LeaseTerms<AccountId>,
	) -> Result<(Balance, Balance, Balance), DispatchError> {
		Err(DispatchError::Unavailable)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn plain_terms_agree_to_nothing_but_a_length() {
		let terms = LeaseTerms::<u64>::plain(7);
		assert_eq!(
			terms.encode(),
			[vec![0], 7u64.encode(), vec![0; 10]].concat()
		);
		assert_eq!(LeaseTerms::decode(&mut &terms.encode()[..]), Ok(terms));
	}

	#[test]
	fn the_longest_terms_are_bounded() {
		let terms = LeaseTerms {
			spot_notice_ms: Some(u64::MAX),
			max_duration_ms: u64::MAX,
			early_close_ms: u64::MAX,
			sla: Some(Sla {
				target: Perbill::one(),
				credit: Perbill::one(),
			}),
			arbiter: Some(Arbiter {
				account: [7u8; 32],
				fee: u128::MAX,
			}),
		};
		assert_eq!(terms.encode().len(), 83);
		assert!(terms.encode().len() <= LeaseTerms::<[u8; 32]>::max_encoded_len());
	}

	#[test]
	fn nothing_opens_a_lease() {
		assert_eq!(
			<() as LeaseBook<u64>>::price(None, 1, 1_000, 1, None, &LeaseTerms::plain(1)),
			Err(DispatchError::Unavailable)
		);
	}
}
