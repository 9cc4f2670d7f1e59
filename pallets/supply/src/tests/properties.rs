//! Any order of everything that moves issuance keeps the ledger exact.

use crate::{invariants::check, mock::*, BurnSlash, Promised};
use frame_support::traits::{
	fungible::{Balanced, Inspect},
	tokens::{Fortitude, Precision, Preservation},
	OnUnbalanced,
};
use proptest::prelude::*;
use sp_runtime::Percent;
use terminal_test_support::{account, AccountId, EXISTENTIAL_DEPOSIT, UNIT};

#[derive(Clone, Debug)]
enum Step {
	Fee {
		fee: u128,
		tip: u128,
		author: Option<u64>,
	},
	Era {
		elapsed_ms: u64,
		kept: u8,
	},
	Reward {
		who: u64,
		parts: u32,
	},
	Slash {
		who: u64,
		amount: u128,
	},
	Burn {
		who: u64,
		amount: u128,
	},
	Move {
		from: u64,
		to: u64,
		amount: u128,
	},
}

fn step() -> impl Strategy<Value = Step> {
	let who = 1..5u64;
	let amount = prop_oneof![0..2 * EXISTENTIAL_DEPOSIT, 0..1_500 * UNIT];
	prop_oneof![
		(
			amount.clone(),
			amount.clone(),
			proptest::option::of(1..8u64)
		)
			.prop_map(|(fee, tip, author)| Step::Fee { fee, tip, author }),
		(any::<u64>(), 0..=100u8).prop_map(|(elapsed_ms, kept)| Step::Era { elapsed_ms, kept }),
		(who.clone(), 0..1_000u32).prop_map(|(who, parts)| Step::Reward { who, parts }),
		(who.clone(), amount.clone()).prop_map(|(who, amount)| Step::Slash { who, amount }),
		(who.clone(), amount.clone()).prop_map(|(who, amount)| Step::Burn { who, amount }),
		(who.clone(), who, amount).prop_map(|(from, to, amount)| Step::Move { from, to, amount }),
	]
}

fn spendable(who: &AccountId) -> u128 {
	Balances::reducible_balance(who, Preservation::Preserve, Fortitude::Polite)
}

fn take(step: Step) {
	match step {
		Step::Fee { fee, tip, author } => {
			Author::set(author.map(account));
			let fee = fee.min(spendable(&alice()));
			let tip = tip.min(spendable(&alice()) - fee);
			charge(&alice(), fee, tip);
		},
		Step::Era { elapsed_ms, kept } => {
			end_era_keeping(elapsed_ms, Percent::from_percent(kept));
		},
		Step::Reward { who, parts } => {
			let amount = Promised::<Test>::get() / 1_000 * u128::from(parts);
			if Balances::total_balance(&account(who)) > 0 {
				pay_reward(&account(who), amount)
			}
		},
		Step::Slash { who, amount } => {
			let (best, expendable) = (Precision::BestEffort, Preservation::Expendable);
			let taken =
				Balances::withdraw(&account(who), amount, best, expendable, Fortitude::Force);
			if let Ok(credit) = taken {
				BurnSlash::<Test>::on_unbalanced(credit)
			}
		},
		Step::Burn { who, amount } => {
			let _ = Supply::burn(RuntimeOrigin::signed(account(who)), amount);
		},
		Step::Move { from, to, amount } => {
			let from = RuntimeOrigin::signed(account(from));
			let _ = Balances::transfer_allow_death(from, account(to), amount);
		},
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(128))]
	#[test]
	fn any_order_of_steps_keeps_every_invariant(
		steps in proptest::collection::vec(step(), 1..60),
		gap in prop_oneof![Just(1_000_000_000 * UNIT), 0..10 * UNIT],
	) {
		externalities().execute_with(|| {
			set_gap(gap);
			let cap = Cap::get();
			for step in steps {
				take(step.clone());
				if let Err(broken) = check::<Test>() {
					panic!("{broken:?} after {step:?}");
				}
				assert!(Balances::total_issuance() <= cap);
			}
		})
	}
}
