//! Prices, quotes and how a payment is divided. Pure.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{meter::Due, types::*};
use sp_runtime::{helpers_128bit::multiply_by_rational_with_rounding, Perbill, Rounding};
use terminal_primitives::Balance;

/// What one settlement takes out of the escrow, before fees.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Draw {
	/// For the provider.
	pub provider: Balance,
	/// For the model version.
	pub royalty: Balance,
}

impl Draw {
	/// Both together.
	pub fn total(&self) -> Balance {
		self.provider.saturating_add(self.royalty)
	}
}

/// `min(held, due − drawn)`, divided between provider and model version.
///
/// The royalty is kept in proportion to what could be paid of the whole, rounded down; the
/// provider gets the rest. Everything is computed from the beginning, so that it does not matter
/// how often anyone settled before.
pub fn draw(due: Due, books: &Books) -> Draw {
	let total = due.total();
	let payable = total.min(books.drawn().saturating_add(books.held));
	let pay = payable.saturating_sub(books.drawn());
	let royalty_so_far = if payable == total {
		due.royalty
	} else {
		multiply_by_rational_with_rounding(due.royalty, payable, total, Rounding::Down)
			.unwrap_or_default()
	};
	let royalty = royalty_so_far
		.saturating_sub(books.royalty_gross())
		.min(pay);
	Draw {
		provider: pay.saturating_sub(royalty),
		royalty,
	}
}

/// The fee on `now`, when `before` was charged `charged` already. Rounds the sum up, once, however
/// many payments it takes.
pub fn fee(share: Perbill, before: Balance, charged: Balance, now: Balance) -> Balance {
	share
		.mul_ceil(before.saturating_add(now))
		.saturating_sub(charged)
		.min(now)
}

/// A fee's parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FeeSplit {
	/// Rounded down.
	pub treasury: Balance,
	/// Rounded down.
	pub attestors: Balance,
	/// The rest.
	pub burned: Balance,
}

/// Divide a fee.
pub fn split_fee(terms: &Terms, fee: Balance) -> FeeSplit {
	let treasury = terms.treasury_share.mul_floor(fee);
	let attestors = terms
		.attestor_share
		.mul_floor(fee)
		.min(fee.saturating_sub(treasury));
	let burned = fee.saturating_sub(treasury).saturating_sub(attestors);
	FeeSplit {
		treasury,
		attestors,
		burned,
	}
}

/// What a metered lease costs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MeteredPrice {
	/// Base units per second, all units and the model together.
	pub per_second: Balance,
	/// Base units for the whole agreed time.
	pub whole: Balance,
	/// The least that must be put into the escrow.
	pub least: Balance,
}

/// Price a metered lease. `None` if a product does not fit (no such sum exists anyway).
pub fn metered(
	params: &Parameters,
	units: u32,
	rate: Balance,
	royalty_rate: Balance,
	duration_seconds: u32,
) -> Option<MeteredPrice> {
	let per_second = rate.checked_mul(units.into())?.checked_add(royalty_rate)?;
	// A thousand times that must fit too: the meter multiplies by milliseconds.
	let whole = per_second.checked_mul(duration_seconds.into())?;
	whole.checked_mul(1_000)?;
	let funded = params.min_funded_seconds.min(duration_seconds);
	// Whatever happens before the start, the hold fee can be paid.
	let least = per_second
		.checked_mul(funded.into())?
		.max(params.hold_fee.min(whole));
	Some(MeteredPrice {
		per_second,
		whole,
		least,
	})
}
