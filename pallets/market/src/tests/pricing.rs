use crate::{pricing::*, types::FeeShares};
use sp_runtime::Perbill;

#[test]
fn the_fee_rounds_up_and_the_burn_gets_what_is_left() {
	let shares = FeeShares {
		fee: Perbill::from_percent(2),
		treasury: Perbill::from_percent(30),
		attestors: Perbill::from_percent(20),
	};
	assert_eq!(fee(shares, 1_000), (20, 10));
	// A fee of 21: 6 to the treasury, 4 to the attestors.
	assert_eq!(fee(shares, 1_001), (21, 11));
	assert_eq!(fee(shares, 0), (0, 0));
	assert_eq!(fee(FeeShares::default(), 1_000), (0, 0));
}
