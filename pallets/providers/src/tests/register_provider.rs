use super::*;

#[test]
fn holds_the_bond_and_opens_the_books() {
	ExtBuilder::default().run(|| {
		assert_ok!(Providers::register_provider(signed(provider()), BOND));
		assert_eq!(held(), BOND);
		assert_eq!(free(&provider()), ENDOWMENT - BOND);
		assert_eq!(books(), Provider::new(BOND, 1));
		assert_eq!(
			events(),
			[Event::ProviderRegistered {
				provider: provider(),
				bond: BOND
			}]
		);
	})
}

#[test]
fn takes_no_less_than_the_minimum() {
	ExtBuilder::default().run(|| {
		let call = |bond| Providers::register_provider(signed(provider()), bond);
		assert_noop!(call(100 * UNIT - 1), Error::<Test>::BondBelowMinimum);
		assert_ok!(call(100 * UNIT));
	})
}

#[test]
fn works_once_per_account() {
	ExtBuilder::default().run(|| {
		register();
		let again = Providers::register_provider(signed(provider()), BOND);
		assert_noop!(again, Error::<Test>::AlreadyProvider);
	})
}

#[test]
fn needs_the_funds_and_a_signature() {
	ExtBuilder::default().run(|| {
		drain(&provider());
		let poor = Providers::register_provider(signed(provider()), BOND);
		assert_noop!(poor, sp_runtime::TokenError::FundsUnavailable);
		assert_noop!(
			Providers::register_provider(RuntimeOrigin::root(), BOND),
			BadOrigin
		);
	})
}
