use super::*;
use crate::{Claims, Owed};
use terminal_primitives::ledger::BurnSource;

#[test]
fn accrue_to_the_owner_down_to_the_last_unit() {
	ExtBuilder.run(|| {
		let version = list();
		events();
		accrue(version, 1);
		accrue(version, 41);
		assert_eq!(
			(Claims::<Test>::get(owner()), Owed::<Test>::get()),
			(42, 42)
		);
		assert_eq!(free(&Models::pot()), EXISTENTIAL_DEPOSIT + 42);
		let accrued = |amount| Event::RoyaltyAccrued {
			version,
			owner: owner(),
			amount,
		};
		assert_eq!(events(), [accrued(1), accrued(41)]);
	})
}

#[test]
fn reach_a_dead_owner_as_a_claim() {
	ExtBuilder.run(|| {
		let version = list();
		Balances::set_balance(&owner(), 0);
		accrue(version, 5);
		assert_eq!(Claims::<Test>::get(owner()), 5);
	})
}

#[test]
fn of_nothing_leave_no_trace() {
	ExtBuilder.run(|| {
		let version = list();
		events();
		accrue(version, 0);
		assert!(!Claims::<Test>::contains_key(owner()));
		assert_eq!(events(), []);
	})
}

#[test]
fn of_an_unknown_version_are_burned_by_name() {
	ExtBuilder.run(|| {
		let issuance = pallet_balances::TotalIssuance::<Test>::get();
		accrue(VersionId(9), 5);
		assert_eq!(MockBurn::<Balances>::burned(BurnSource::ModelFee), 5);
		assert_eq!(pallet_balances::TotalIssuance::<Test>::get(), issuance);
	})
}

#[test]
fn without_a_pot_are_burned_and_never_owed() {
	ExtBuilder.build().execute_with(|| {
		let version = list();
		Balances::set_balance(&Models::pot(), 0);
		accrue(version, 5);
		assert_eq!((Claims::<Test>::get(owner()), Owed::<Test>::get()), (0, 0));
		assert_eq!(MockBurn::<Balances>::burned(BurnSource::ModelFee), 5);
	})
}

proptest::proptest! {
	/// Whatever accrues and is claimed in any order, the pot owes exactly the open claims.
	#[test]
	fn claims_add_up(steps in proptest::collection::vec((0u128..5_000_000_000, proptest::bool::ANY), 0..20)) {
		ExtBuilder.run(|| {
			let version = list();
			let start = free(&owner());
			let mut total = 0;
			for (amount, claim) in steps {
				accrue(version, amount);
				total += amount;
				if claim {
					let _ = Models::claim_royalties(signed(owner()));
				}
				assert_eq!(free(&owner()) - start + Claims::<Test>::get(owner()), total);
				assert_ok!(crate::invariants::check::<Test>());
			}
		})
	}
}
