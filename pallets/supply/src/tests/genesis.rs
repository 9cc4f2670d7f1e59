use crate::{mock::*, Genesis, Parameters, Params};
use frame_support::assert_ok;
use sp_runtime::Perbill;
use terminal_test_support::{EXISTENTIAL_DEPOSIT, UNIT};

#[test]
fn enters_all_issuance() {
	run(|| {
		assert_eq!(
			Genesis::<Test>::get(),
			2_001 * UNIT + 3 * EXISTENTIAL_DEPOSIT
		);
		assert_eq!(Genesis::<Test>::get(), Balances::total_issuance());
	})
}

#[test]
fn counts_nothing_that_the_ledger_has_already() {
	run(|| {
		let genesis = Genesis::<Test>::get();
		pay_reward(&alice(), 5 * UNIT);
		assert_ok!(Supply::burn(RuntimeOrigin::signed(bob()), 2 * UNIT));
		Supply::open_ledger();
		assert_eq!(Genesis::<Test>::get(), genesis);
	})
}

#[test]
fn sets_the_rates() {
	let parameters = Parameters {
		max_era_ms: 120_000,
		..Default::default()
	};
	externalities_with(parameters).execute_with(|| assert_eq!(Params::<Test>::get(), parameters));
}

#[test]
#[should_panic(expected = "above 100 % together")]
fn refuses_rates_out_of_range() {
	externalities_with(Parameters {
		stakers_share: Perbill::one(),
		..Default::default()
	});
}

#[test]
#[should_panic(expected = "above the cap")]
fn refuses_more_issuance_than_the_cap() {
	use sp_runtime::BuildStorage;
	let mut storage = terminal_test_support::genesis::<Test>(&[(alice(), 1_000_000_001 * UNIT)]);
	let _ = crate::GenesisConfig::<Test>::default().assimilate_storage(&mut storage);
}
