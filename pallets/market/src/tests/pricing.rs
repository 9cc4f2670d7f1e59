use crate::{pricing::*, types::FeeShares};
use sp_runtime::Perbill;

#[test]
fn the_reserve_adds_to_the_least_up_to_the_whole() {
	let price = |early_ms| Price::new((100, 1_000, 7), 3, 10, early_ms);
	assert_eq!(
		price(0),
		Price {
			least: 100,
			whole: 1_000,
			opening: 7
		}
	);
	// 30 base units a second, rounded up.
	assert_eq!(price(2_000).least, 160);
	assert_eq!(price(1).least, 101);
	assert_eq!(price(29_999).least, 1_000);
	assert_eq!(price(90_000).least, 1_000);
	assert_eq!(price(u64::MAX).least, 1_000);
	let huge = Price::new((1, u128::MAX, 0), u32::MAX, u128::MAX, u64::MAX);
	assert_eq!(huge.least, u128::MAX);
}

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
