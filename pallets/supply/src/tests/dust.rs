use crate::{mock::*, Burned, Event};
use frame_support::{assert_ok, traits::fungible::Inspect};
use terminal_primitives::ledger::BurnSource;
use terminal_test_support::{account, EXISTENTIAL_DEPOSIT};

#[test]
fn of_a_dying_account_is_burned_by_name() {
	run(|| {
		let poor = account(3);
		let give = RuntimeOrigin::signed(alice());
		assert_ok!(Balances::transfer_allow_death(
			give,
			poor.clone(),
			EXISTENTIAL_DEPOSIT + 5
		));
		let issuance = Balances::total_issuance();
		take_events();
		// Leaves one unit less than the existential deposit.
		assert_ok!(Balances::transfer_allow_death(
			RuntimeOrigin::signed(poor.clone()),
			bob(),
			6
		));
		let dust = EXISTENTIAL_DEPOSIT - 1;
		assert_eq!(Balances::total_balance(&poor), 0);
		assert_eq!(Balances::total_issuance(), issuance - dust);
		assert_eq!(Burned::<Test>::get(BurnSource::Dust), dust);
		let burned = Event::Burned {
			source: BurnSource::Dust,
			amount: dust,
		};
		assert_eq!(take_events(), vec![burned]);
	})
}
