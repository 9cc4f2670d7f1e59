//! Every way by which issuance falls has a name and passes through one trait.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Why total issuance fell.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum BurnSource {
	/// The burned share of a transaction's base fee.
	TransactionFee,
	/// The burned share of the fee on a settled lease.
	LeaseFee,
	/// The burned share of the fee on a model sale.
	ModelFee,
	/// A validator's, provider's or attestor's slashed funds.
	Slash,
	/// Somebody burned their own funds.
	Voluntary,
	/// An account fell under the existential deposit and its rest was dropped.
	Dust,
}

impl BurnSource {
	/// Every source, in the order in which views list them.
	pub const ALL: [BurnSource; 6] = [
		BurnSource::TransactionFee,
		BurnSource::LeaseFee,
		BurnSource::ModelFee,
		BurnSource::Slash,
		BurnSource::Voluntary,
		BurnSource::Dust,
	];
}

/// Burns a credit (drops it, so that issuance falls) and enters it in the ledger.
///
/// `()` only drops the credit: for mocks without a ledger.
pub trait BurnLedger<Credit> {
	/// Burn all of `credit` under the name `source`.
	fn burn(source: BurnSource, credit: Credit);
}

impl<Credit> BurnLedger<Credit> for () {
	fn burn(_: BurnSource, credit: Credit) {
		drop(credit)
	}
}
