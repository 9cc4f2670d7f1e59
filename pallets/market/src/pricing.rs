//! What the protocol takes of a lease's price. Pure.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::types::FeeShares;
use terminal_primitives::Balance;

/// Of `total`: the protocol's fee, rounded up, and what of that is burned.
pub fn fee(shares: FeeShares, total: Balance) -> (Balance, Balance) {
	let fee = shares.fee.mul_ceil(total);
	let kept = shares
		.treasury
		.mul_floor(fee)
		.saturating_add(shares.attestors.mul_floor(fee));
	(fee, fee.saturating_sub(kept))
}
