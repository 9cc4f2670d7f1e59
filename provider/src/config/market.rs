//! `[market]`: on which open orders the daemon bids, and how low.

use super::ConfigError;
use serde::{Deserialize, Serialize};
use subxt::utils::AccountId32;

/// Bidding on open orders. Off by default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Market {
	/// Whether to bid. Then all bids of the machine are the daemon's: it lowers and withdraws them.
	pub bid: bool,
	/// The floor: base units per second and unit. The machine's asking price is a floor too.
	pub min_rate: u64,
	/// What a bid begins at, before cheaper ones of others lower it to the floor; 0: at the floor.
	pub first_rate: u64,
	/// The most bids that stand at a time.
	pub max_open_bids: u32,
	/// The shortest lease to bid for, in seconds.
	pub min_seconds: u32,
	/// The longest lease to bid for, in seconds, extensions included that need no asking.
	pub max_seconds: u32,
	/// Bid only on orders that name one of these accelerators. Empty: on any the machine meets.
	pub accelerators: Vec<String>,
	/// Arbiters that this provider trusts. Orders that name another one get no bid.
	pub arbiters: Vec<AccountId32>,
	/// Whether to bid on orders that ask for a credit when too little time is proven.
	pub accept_sla: bool,
}

impl Default for Market {
	fn default() -> Self {
		Self {
			bid: false,
			min_rate: 0,
			first_rate: 0,
			max_open_bids: 4,
			min_seconds: 600,
			max_seconds: 7 * 24 * 3_600,
			accelerators: Vec::new(),
			arbiters: Vec::new(),
			accept_sla: false,
		}
	}
}

impl Market {
	pub(super) fn check(&self) -> Result<(), ConfigError> {
		let rules = [
			(
				!self.bid || self.min_rate > 0,
				"market.min_rate",
				"must be at least 1 where bid = true: base units per second and unit",
			),
			(
				self.first_rate == 0 || self.first_rate >= self.min_rate,
				"market.first_rate",
				"must be 0 or no less than min_rate",
			),
			(
				!self.bid || self.max_open_bids > 0,
				"market.max_open_bids",
				"must be at least 1 where bid = true",
			),
			(
				self.min_seconds <= self.max_seconds,
				"market.max_seconds",
				"must be no less than min_seconds",
			),
		];
		match rules.into_iter().find(|(holds, ..)| !holds) {
			Some((_, field, problem)) => Err(ConfigError::Value {
				field,
				problem: problem.into(),
			}),
			None => Ok(()),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn refused(market: Market) -> String {
		market.check().unwrap_err().to_string()
	}

	#[test]
	fn nothing_is_bid_by_default() {
		let market = Market::default();
		assert!(!market.bid);
		market.check().unwrap();
	}

	#[test]
	fn whoever_bids_names_a_floor() {
		let market = Market {
			bid: true,
			..Market::default()
		};
		assert!(refused(market.clone()).contains("market.min_rate: "));
		let market = Market {
			min_rate: 1,
			..market
		};
		market.check().unwrap();
	}

	#[test]
	fn bounds_that_leave_no_room_are_refused_with_their_name() {
		let good = Market {
			bid: true,
			min_rate: 10,
			..Market::default()
		};
		let low = Market {
			first_rate: 9,
			..good.clone()
		};
		assert!(refused(low).contains("market.first_rate: "));
		let none = Market {
			max_open_bids: 0,
			..good.clone()
		};
		assert!(refused(none).contains("market.max_open_bids: "));
		let short = Market {
			max_seconds: 599,
			..good
		};
		assert!(refused(short).contains("market.max_seconds: "));
	}
}
