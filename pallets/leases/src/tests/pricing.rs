use crate::{
	funding::Funding,
	meter::Due,
	pricing::{attestation, draw, fee, metered, split, split_fee, Draw},
	types::*,
};
use proptest::prelude::*;
use sp_runtime::Perbill;

#[test]
fn rounds_the_fee_up_once_however_many_payments_it_takes() {
	let share = Perbill::from_percent(2);
	let (mut before, mut charged) = (0, 0);
	for _ in 0..100 {
		charged += fee(share, before, charged, 1);
		before += 1;
	}
	assert_eq!(charged, 2);
	assert_eq!(fee(share, 0, 0, 1), 1);
	assert_eq!(fee(share, 0, 0, 0), 0);
}

#[test]
fn gives_what_rounding_leaves_to_the_burn() {
	let terms = Parameters::default().terms();
	let split = split_fee(&terms, 9);
	assert_eq!((split.treasury, split.attestors, split.burned), (2, 1, 6));
}

#[test]
fn pays_the_attestors_of_a_job_in_an_asset_what_one_in_tct_pays_them() {
	let terms = Parameters::default().terms();
	// Two per cent of 201 are 4.02: a fee of 5, of which one is theirs.
	assert_eq!(attestation(&terms, 201), 1);
	for worth in 0..1_000 {
		let fee = fee(terms.fee, 0, 0, worth);
		assert_eq!(attestation(&terms, worth), split_fee(&terms, fee).attestors);
	}
}

#[test]
fn knows_no_price_beyond_all_money() {
	let params = Parameters::default();
	assert!(metered(&params.terms(), u32::MAX, u128::MAX, 0, 1_000, 0).is_none());
	assert!(metered(&params.terms(), 1, u128::MAX / 2, 0, 3_600_000, 0).is_none());
	assert!(metered(&params.terms(), 1, u128::MAX / 100_000, 0, 3_600_000, 0).is_none());
	let price = metered(&params.terms(), 3, 7, 5, 100_000, 0).expect("small numbers fit");
	assert_eq!(
		(price.per_second, price.whole, price.least),
		(26, 2_600, 2_600)
	);
}

#[test]
fn lets_no_part_pay_for_what_the_other_drew_too_much() {
	let books = Books {
		deposited: 200,
		held: 100,
		paid: 80,
		royalty: 20,
		..Default::default()
	};
	let due = Due {
		provider: 70,
		royalty: 25,
	};
	let drawn = draw(due, &books, 0);
	assert_eq!((drawn.provider, drawn.royalty), (0, 5));
}

#[test]
fn leaves_what_is_kept_back_in_the_escrow_and_rounds_the_royalty_down() {
	let books = Books {
		deposited: 100,
		held: 100,
		..Default::default()
	};
	let due = Due {
		provider: 150,
		royalty: 50,
	};
	// Of 69, a quarter is the royalty: 17.25.
	let drawn = draw(due, &books, 31);
	assert_eq!((drawn.provider, drawn.royalty), (52, 17));
}

#[test]
fn rounds_an_arbiters_split_down_twice() {
	// Half of 101 is 50.5, and 3 of 8 parts of 50 are 18.75.
	let drawn = split(101, Perbill::from_percent(50), 5, 3);
	assert_eq!((drawn.provider, drawn.royalty), (32, 18));
}

#[test]
fn funds_last_as_long_as_what_is_neither_due_nor_kept_back() {
	let funding = Funding {
		due: 100,
		reserve: 50,
		greatest: 1_000,
		per_second: 10,
	};
	assert_eq!(funding.lasts_ms(250), 10_000);
	assert_eq!(funding.lasts_ms(120), 0);
	assert_eq!(funding.lasts_ms(1_000), u64::MAX);
}

proptest! {
	#[test]
	fn never_draws_more_than_is_held_nor_more_than_is_due(
		held in 0u128..u64::MAX as u128,
		provider in 0u128..u64::MAX as u128,
		royalty in 0u128..u64::MAX as u128,
	) {
		let books = Books { deposited: held, held, ..Default::default() };
		let due = Due { provider, royalty };
		let drawn = draw(due, &books, 0);
		prop_assert_eq!(drawn.total(), held.min(provider + royalty));
		prop_assert!(drawn.royalty <= royalty);
		prop_assert!(drawn.provider <= provider);
	}

	#[test]
	fn draws_the_same_in_many_parts_as_at_once(
		mut dues in prop::collection::vec((0u128..1 << 40, 0u128..1 << 40), 1..20),
		held in 0u128..1 << 42,
	) {
		dues.sort();
		let mut books = Books { deposited: held, held, ..Default::default() };
		let mut last = Due::default();
		for (provider, royalty) in dues {
			// What is due never falls.
			last = Due {
				provider: last.provider.max(provider),
				royalty: last.royalty.max(royalty),
			};
			let Draw { provider, royalty } = draw(last, &books, 0);
			books.held -= provider + royalty;
			books.paid += provider;
			books.royalty += royalty;
			prop_assert!(books.balanced());
		}
		prop_assert_eq!(books.drawn(), held.min(last.total()));
		if held >= last.total() {
			prop_assert_eq!((books.paid, books.royalty), (last.provider, last.royalty));
		}
	}

	#[test]
	fn splits_every_fee_without_a_rest(amount in any::<u128>()) {
		let split = split_fee(&Parameters::default().terms(), amount);
		prop_assert_eq!(split.treasury + split.attestors + split.burned, amount);
	}
}
