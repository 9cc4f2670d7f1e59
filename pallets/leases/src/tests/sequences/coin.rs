//! The model's leases in a stablecoin: on which terms, at which prices.

use super::{model::*, world::*};
use crate::{
	mock::TUSD,
	types::{AssetTerms, Parameters},
};
use sp_runtime::Perbill;
use terminal_primitives::AssetId;
use terminal_test_support::{coin::May, UNIT};

/// The number of the treasury's account.
pub const TREASURY: Who = 0xF001;
/// The least of it that an account may have.
pub const LEAST: u128 = 2_000_000_000;
/// Its terms: one TCT is a little more than 0.7 of it.
pub const TERMS: AssetTerms = AssetTerms {
	min_rate: 1_000,
	per_tct: 700_000_000_001,
};

/// TCT's base units that so much of it is worth: a bond answers for them.
pub fn worth(asset: Option<AssetId>, amount: u128) -> u128 {
	match asset {
		None => amount,
		Some(_) => (amount * UNIT).div_ceil(TERMS.per_tct),
	}
}

impl Model {
	/// The rules of a lease in that money.
	pub fn rules_in(&self, asset: Option<AssetId>) -> Option<Parameters> {
		let Some(asset) = asset else {
			return Some(self.rules.clone());
		};
		when(asset == TUSD && self.approved)?;
		Some(Parameters {
			treasury_share: Perbill::one(),
			hold_fee: self.rules.hold_fee * TERMS.per_tct / UNIT,
			min_rate: TERMS.min_rate,
			..self.rules.clone()
		})
	}

	/// What the attestors of a job in coins get besides, of TCT.
	pub fn attestation(&self, l: &Lease) -> u128 {
		let parts = |share: Perbill| u128::from(share.deconstruct());
		match (l.asset, &l.work) {
			(Some(_), Work::Job { at_risk, .. }) => {
				let fee = (at_risk * parts(l.rules.fee)).div_ceil(1_000_000_000);
				fee * parts(l.rules.attestor_share) / 1_000_000_000
			},
			_ => 0,
		}
	}

	/// Whether the issuer keeps the consumer of a lease from its coins.
	pub fn is_frozen(&self, l: &Lease) -> bool {
		let purse = self.coin.purses.get(&l.consumer);
		let barred = purse.is_some_and(|purse| purse.may != May::All && purse.free.is_some());
		l.asset.is_some() && (self.coin.frozen || barred)
	}

	/// What a machine asks in that money.
	pub fn asking(&self, machine: usize, asset: Option<AssetId>) -> Option<u128> {
		let machine = self.machines.get(machine)?;
		match asset {
			None => Some(machine.rate),
			Some(asset) => machine.coins.filter(|_| asset == TUSD),
		}
	}

	/// What a model asks in that money.
	pub fn royalties_in(&self, version: usize, asset: Option<AssetId>) -> Option<Royalties> {
		let version = self.versions.get(version)?;
		match asset {
			None => Some(version.tct),
			Some(asset) => version.coins.filter(|_| asset == TUSD),
		}
	}
}
