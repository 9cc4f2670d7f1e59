//! What a lease must be funded with. Pure.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::types::FeeShares;
use sp_runtime::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};
use terminal_primitives::Balance;

/// What a lease costs, as leases say it, with the reserve for an early close. Base units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Price {
	/// The least funds.
	pub least: Balance,
	/// The funds for all of it.
	pub whole: Balance,
	/// The opening deposit, on top.
	pub opening: Balance,
}

impl Price {
	/// `asked` is what leases say: least, whole, opening deposit. The escrow always keeps the
	/// early-close fee in reserve, so it adds to the least; never beyond the whole, which no fee
	/// exceeds. Rounded up: who brings the least is never refused for a base unit.
	pub fn new(
		asked: (Balance, Balance, Balance),
		units: u32,
		rate: Balance,
		early_close_ms: u64,
	) -> Self {
		let (least, whole, opening) = asked;
		let per_second = rate.saturating_mul(units.into());
		let reserve = multiply_by_rational_with_rounding(
			per_second,
			early_close_ms.into(),
			1_000,
			Rounding::Up,
		)
		.unwrap_or(Balance::MAX);
		Self {
			least: least.saturating_add(reserve).min(whole.max(least)),
			whole,
			opening,
		}
	}
}

/// Of `total`: the protocol's fee, rounded up, and what of that is burned.
pub fn fee(shares: FeeShares, total: Balance) -> (Balance, Balance) {
	let fee = shares.fee.mul_ceil(total);
	let kept = shares
		.treasury
		.mul_floor(fee)
		.saturating_add(shares.attestors.mul_floor(fee));
	(fee, fee.saturating_sub(kept))
}
