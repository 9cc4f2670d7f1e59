use crate::{mock::*, BurnSlash, Burned, Event, MintSource, Minted, Promised};
use frame_support::traits::{
	fungible::{Balanced, Inspect},
	tokens::{Fortitude, Precision, Preservation},
	OnUnbalanced,
};
use sp_runtime::Percent;
use terminal_primitives::ledger::BurnSource;
use terminal_test_support::{account, EXISTENTIAL_DEPOSIT, UNIT};

const ERA_MS: u64 = 31_557_600;

#[test]
fn a_promise_counts_against_the_cap_before_it_is_minted() {
	run(|| {
		set_gap(1_000_000 * UNIT);
		let issuance = Balances::total_issuance();
		let stakers = end_era(ERA_MS);
		assert_eq!(Promised::<Test>::get(), stakers);
		assert_eq!(Balances::total_issuance(), issuance + 18 * UNIT);
	})
}

#[test]
fn a_reward_turns_promised_into_minted() {
	run(|| {
		set_gap(1_000_000 * UNIT);
		end_era(ERA_MS);
		let (issuance, gap) = (Balances::total_issuance(), Supply::gap());
		take_events();
		pay_reward(&alice(), 80 * UNIT);
		assert_eq!(Balances::total_issuance(), issuance + 80 * UNIT);
		assert_eq!(Minted::<Test>::get(MintSource::StakingReward), 80 * UNIT);
		assert_eq!(Promised::<Test>::get(), 4 * UNIT);
		assert_eq!(Supply::gap(), gap);
		let minted = Event::Minted {
			source: MintSource::StakingReward,
			amount: 80 * UNIT,
		};
		assert_eq!(take_events(), vec![minted]);
	})
}

#[test]
fn a_reward_of_one_base_unit_is_entered() {
	run(|| {
		set_gap(1_000_000 * UNIT);
		end_era(ERA_MS);
		take_events();
		pay_reward(&alice(), 1);
		assert_eq!(Minted::<Test>::get(MintSource::StakingReward), 1);
		let minted = Event::Minted {
			source: MintSource::StakingReward,
			amount: 1,
		};
		assert_eq!(take_events(), vec![minted]);
	})
}

#[test]
fn a_payout_that_rounds_up_ends_the_promise_at_zero() {
	run(|| {
		set_gap(1_000_000 * UNIT);
		let stakers = end_era(ERA_MS);
		pay_reward(&alice(), stakers + 3);
		assert_eq!(Promised::<Test>::get(), 0);
		assert_eq!(Supply::gap(), (1_000_000 - 84 - 18) * UNIT - 3);
	})
}

#[test]
fn what_max_staked_rewards_moves_to_the_treasury_is_promised_no_more() {
	run(|| {
		set_gap(1_000_000 * UNIT);
		// Half of the 102 TCT that are paid out at all.
		let stakers = end_era_keeping(ERA_MS, Percent::from_percent(50));
		assert_eq!(stakers, 51 * UNIT);
		assert_eq!(Promised::<Test>::get(), 51 * UNIT);
		assert_eq!(Minted::<Test>::get(MintSource::EraRemainder), 51 * UNIT);
		assert_eq!(
			Balances::balance(&Treasury::get()),
			EXISTENTIAL_DEPOSIT + 51 * UNIT
		);
	})
}

#[test]
fn a_remainder_that_the_treasury_cannot_take_is_not_minted() {
	run(|| {
		Treasury::set(account(404));
		set_gap(1_000 * EXISTENTIAL_DEPOSIT);
		let issuance = Balances::total_issuance();
		end_era(ERA_MS);
		assert_eq!(Balances::total_issuance(), issuance);
		assert_eq!(Minted::<Test>::get(MintSource::EraRemainder), 0);
	})
}

#[test]
fn a_slash_is_burned() {
	run(|| {
		let (exact, expendable) = (Precision::Exact, Preservation::Expendable);
		let slashed =
			Balances::withdraw(&bob(), 5 * UNIT, exact, expendable, Fortitude::Force).unwrap();
		take_events();
		BurnSlash::<Test>::on_unbalanced(slashed);
		assert_eq!(Burned::<Test>::get(BurnSource::Slash), 5 * UNIT);
		let burned = Event::Burned {
			source: BurnSource::Slash,
			amount: 5 * UNIT,
		};
		assert_eq!(take_events(), vec![burned]);
	})
}

#[test]
fn nothing_leaves_no_trace() {
	run(|| {
		take_events();
		Supply::note_minted(MintSource::StakingReward, 0);
		Supply::note_burned(BurnSource::Slash, 0);
		assert_eq!(take_events(), vec![]);
		assert!(!Minted::<Test>::contains_key(MintSource::StakingReward));
		assert!(!Burned::<Test>::contains_key(BurnSource::Slash));
	})
}
