//! Parameters, sources of issuance and the view that clients get.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::Perbill;
use terminal_primitives::{ledger::BurnSource, Balance, Moment};

use crate::emission::YEAR_MS;

/// Why total issuance rose.
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
pub enum MintSource {
	/// An era's reward, when a validator and its nominators were paid out.
	StakingReward,
	/// The part of an era's emission that went to the treasury.
	EraRemainder,
}

impl MintSource {
	/// Every source, in the order in which views list them.
	pub const ALL: [MintSource; 2] = [MintSource::StakingReward, MintSource::EraRemainder];
}

/// The rates that governance may change. Defaults are production's.
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
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct Parameters {
	/// Share of the remaining gap to the cap that a whole year emits. Default 12 %.
	pub yearly_share: Perbill,
	/// Share of an era's emission for stakers. Default 70 %.
	pub stakers_share: Perbill,
	/// Share of an era's emission for the treasury. Default 15 %. What these two leave of 100 % is
	/// set aside for verified work; until it can be claimed it stays in the gap.
	pub treasury_share: Perbill,
	/// The most milliseconds an era may count for, so that a chain that stood still does not mint
	/// for the time it stood. Above zero, at most a year. Set to two eras; default two days.
	pub max_era_ms: Moment,
	/// Share of a transaction's base fee that is burned, rounded up; the author gets the rest and
	/// the whole tip. Default 80 %.
	pub fee_burn_share: Perbill,
}

impl Default for Parameters {
	fn default() -> Self {
		Self {
			yearly_share: Perbill::from_percent(12),
			stakers_share: Perbill::from_percent(70),
			treasury_share: Perbill::from_percent(15),
			max_era_ms: 2 * 24 * 60 * 60 * 1_000,
			fee_burn_share: Perbill::from_percent(80),
		}
	}
}

impl Parameters {
	/// Whether all values are in range; if not, which rule is broken.
	pub fn validate(&self) -> Result<(), &'static str> {
		let shares = self
			.stakers_share
			.deconstruct()
			.checked_add(self.treasury_share.deconstruct());
		if shares.is_none_or(|parts| parts > Perbill::one().deconstruct()) {
			return Err("stakers_share and treasury_share are above 100 % together");
		}
		if self.max_era_ms == 0 || self.max_era_ms > YEAR_MS {
			return Err("max_era_ms is not between 1 and one year");
		}
		Ok(())
	}
}

/// The whole state of supply. All amounts in base units.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SupplyView {
	/// The most that may ever be issued.
	pub cap: Balance,
	/// Total issuance now: `genesis + minted - burned`.
	pub issuance: Balance,
	/// Issuance at genesis.
	pub genesis: Balance,
	/// Ever minted since.
	pub minted: Balance,
	/// Ever minted, by source.
	pub minted_by: Vec<(MintSource, Balance)>,
	/// Ever burned.
	pub burned: Balance,
	/// Ever burned, by source.
	pub burned_by: Vec<(BurnSource, Balance)>,
	/// Owed to stakers and not minted yet.
	pub promised: Balance,
	/// What may still be promised or minted: `cap - genesis - minted - promised`.
	pub gap: Balance,
	/// What a year would emit from this gap: stakers, treasury and verified work together.
	pub yearly_emission: Balance,
	/// The rates in force.
	pub parameters: Parameters,
}
