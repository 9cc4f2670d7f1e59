use crate::{mock::*, types::Outcome, Owed, Rewards, Unallocated};
use frame_support::{
	assert_noop, assert_ok,
	traits::fungible::{Balanced, Inspect},
};
use terminal_primitives::{
	hooks::{OnAttestorFee, OnJobProgress},
	ledger::BurnSource,
	LeaseId,
};

fn fee(lease: LeaseId, amount: Balance) {
	let credit = <Balances as Balanced<_>>::issue(amount);
	<Attestation as OnAttestorFee<_>>::on_attestor_fee(lease, credit);
}

fn claimable(n: u64) -> Balance {
	let views = Attestation::attestors();
	views
		.into_iter()
		.find(|view| view.account == account(n))
		.unwrap()
		.claimable
}

#[test]
fn goes_to_those_who_voted_with_the_outcome() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		vote(4, id, unavailable(&[3]));
		for n in 1..=3 {
			vote(n, id, Outcome::Pass);
		}
		events();
		fee(LEASE, 3 * UNIT + 2);
		assert_eq!(
			events(),
			vec![Event::FeeReceived {
				lease: LEASE,
				amount: 3 * UNIT + 2
			}]
		);
		assert_eq!(Unallocated::<Test>::get(), 2);
		assert_eq!(Owed::<Test>::get(), 3 * UNIT);

		let before = Balances::balance(&account(1));
		assert_ok!(Attestation::claim_reward(signed(1)));
		assert_eq!(Balances::balance(&account(1)), before + UNIT);
		assert_eq!(
			events(),
			vec![Event::RewardClaimed {
				who: account(1),
				amount: UNIT
			}]
		);
		assert_noop!(Attestation::claim_reward(signed(1)), Error::NothingToClaim);
		assert_noop!(Attestation::claim_reward(signed(4)), Error::NothingToClaim);
	})
}

#[test]
fn goes_to_who_voted_in_the_last_block_too() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		for n in 1..=3 {
			vote(n, id, Outcome::Pass);
		}
		run_to(9);
		send(4, id, Outcome::Pass);
		// It waits, and the job is not paid before it is heard.
		assert!(Attestation::holds_open(LEASE));
		run(1);
		assert!(!Attestation::holds_open(LEASE));
		fee(LEASE, 4 * UNIT);
		assert_eq!(claimable(4), UNIT);
	})
}

#[test]
fn of_a_metered_lease_goes_to_all_active_attestors_alike() {
	ExtBuilder::default().execute(|| {
		fee(LeaseId(50), 4 * UNIT + 3);
		assert_eq!(claimable(1), UNIT);
		assert_eq!(Unallocated::<Test>::get(), 3);
		// What was left over is handed out with the next fee.
		fee(LeaseId(50), 1);
		assert_eq!(claimable(2), UNIT + 1);
		assert_eq!(Unallocated::<Test>::get(), 0);
		assert_ok!(Attestation::claim_reward(signed(2)));
		assert_eq!(claimable(2), 0);
	})
}

#[test]
fn of_who_leaves_is_kept_and_who_enters_gets_only_what_follows() {
	ExtBuilder::default().execute(|| {
		fee(LeaseId(50), 4 * UNIT);
		assert_ok!(Attestation::unbond_attestor(signed(1), BOND));
		assert_eq!(Rewards::<Test>::get(account(1)), UNIT);
		fee(LeaseId(50), 3 * UNIT);
		assert_ok!(Attestation::bond_attestor(signed(1), BOND));
		assert_eq!(claimable(1), UNIT);
		assert_eq!(claimable(2), 2 * UNIT);
		fee(LeaseId(50), 4 * UNIT);
		assert_eq!(claimable(1), 2 * UNIT);
		assert_ok!(Attestation::claim_reward(signed(1)));
	})
}

#[test]
fn waits_in_the_pot_while_nobody_is_active() {
	ExtBuilder::default().attestors(0).execute(|| {
		fee(LeaseId(50), UNIT);
		assert_eq!(Unallocated::<Test>::get(), UNIT);
		assert_eq!(MockBurn::<Balances>::burned(BurnSource::LeaseFee), 0);
	})
}

#[test]
fn adds_up_for_any_amount() {
	ExtBuilder::default().attestors(7).execute(|| {
		let (_, id) = drawn(&[]);
		for n in 1..=6 {
			vote(n, id, Outcome::Pass);
		}
		let mut total = 0;
		for step in 1u128..40 {
			let amount = step * step * step * 7_919;
			fee(if step % 3 == 0 { LeaseId(50) } else { LEASE }, amount);
			total += amount;
			assert_eq!(Owed::<Test>::get() + Unallocated::<Test>::get(), total);
		}
	})
}
