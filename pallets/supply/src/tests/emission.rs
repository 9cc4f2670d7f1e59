use crate::{era_emission, mock::*, Event, Parameters, Promised, YEAR_MS};
use frame_support::traits::fungible::Inspect;
use proptest::prelude::*;
use sp_runtime::Perbill;
use sp_staking::EraPayout;
use terminal_test_support::{EXISTENTIAL_DEPOSIT, UNIT};

/// A thousandth of a year: 8.766 hours.
const ERA_MS: u64 = 31_557_600;

#[test]
fn is_a_share_of_the_gap_by_time() {
	run(|| {
		set_gap(1_000_000 * UNIT);
		assert_eq!(end_era(ERA_MS), 84 * UNIT);
		assert_eq!(
			Balances::balance(&Treasury::get()),
			EXISTENTIAL_DEPOSIT + 18 * UNIT
		);
		assert_eq!(Supply::gap(), (1_000_000 - 84 - 18) * UNIT);
		let emitted = Event::EraEmitted {
			counted_ms: ERA_MS,
			stakers: 84 * UNIT,
			treasury: 18 * UNIT,
			unclaimed: 18 * UNIT,
		};
		let minted = Event::Minted {
			source: crate::MintSource::EraRemainder,
			amount: 18 * UNIT,
		};
		assert_eq!(take_events(), vec![emitted, minted]);
	})
}

#[test]
fn of_a_chain_that_stood_still_is_clamped() {
	run(|| {
		set_gap(1_000_000 * UNIT);
		let two_days = Parameters::default().max_era_ms;
		let longest = Supply::era_payout(0, 0, two_days);
		assert_eq!(longest, (459_958_932_238_192, 98_562_628_336_755));
		set_gap(1_000_000 * UNIT);
		assert_eq!(Supply::era_payout(0, 0, u64::MAX), longest);
		// Staking issues the remainder next.
		use frame_support::traits::{fungible::Balanced, OnUnbalanced};
		crate::EraRemainder::<Test>::on_unbalanced(Balances::issue(longest.1));
	})
}

#[test]
fn ends_at_the_cap() {
	run(|| {
		set_gap(0);
		assert_eq!(end_era(ERA_MS), 0);
		assert_eq!(Promised::<Test>::get(), 0);
		// A cap below what exists (a mistake of an upgrade) emits nothing either.
		Cap::set(Balances::total_issuance() - 1);
		assert_eq!(Supply::era_payout(0, 0, ERA_MS), (0, 0));
		Cap::set(Balances::total_issuance());
	})
}

#[test]
fn shrinks_as_the_gap_does() {
	run(|| {
		let mut last = end_era(ERA_MS);
		for _ in 0..50 {
			let next = end_era(ERA_MS);
			assert!(next < last, "{next} after {last}");
			last = next;
		}
	})
}

#[test]
fn of_a_tiny_gap_rounds_down() {
	let parameters = Parameters {
		max_era_ms: YEAR_MS,
		..Default::default()
	};
	let emission = era_emission(&parameters, 9, YEAR_MS);
	assert_eq!(
		(emission.stakers, emission.treasury, emission.unclaimed),
		(0, 0, 1)
	);
	assert_eq!(era_emission(&parameters, 8, YEAR_MS).unclaimed, 0);
}

proptest! {
	#[test]
	fn never_exceeds_its_share_of_the_gap(
		gap in any::<u128>(),
		elapsed in any::<u64>(),
		max_era_ms in 1..=YEAR_MS,
		yearly in 0..=1_000_000_000u32,
		stakers in 0..=1_000_000_000u32,
		treasury in 0..=1_000_000_000u32,
	) {
		let parameters = Parameters {
			yearly_share: Perbill::from_parts(yearly),
			stakers_share: Perbill::from_parts(stakers),
			treasury_share: Perbill::from_parts(treasury),
			max_era_ms,
			..Default::default()
		};
		let emission = era_emission(&parameters, gap, elapsed);
		let total = emission.stakers + emission.treasury + emission.unclaimed;
		prop_assert!(total <= parameters.yearly_share.mul_floor(gap));
		prop_assert!(emission.counted_ms <= max_era_ms);
	}

	#[test]
	fn is_monotone_in_time(gap in 0..=10u128.pow(21), a in any::<u64>(), b in any::<u64>()) {
		let parameters = Parameters::default();
		let (short, long) = (a.min(b), a.max(b));
		let (short, long) =
			(era_emission(&parameters, gap, short), era_emission(&parameters, gap, long));
		prop_assert!(short.stakers <= long.stakers && short.treasury <= long.treasury);
	}
}
