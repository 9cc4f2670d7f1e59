use super::*;

#[test]
fn releases_exactly_what_is_due() {
	ExtBuilder::default().run(|| {
		register();
		assert_ok!(Providers::unbond(signed(provider()), 3 * UNIT));
		at_block(5);
		assert_ok!(Providers::unbond(signed(provider()), 4 * UNIT));
		events();

		at_block(20);
		let early = Providers::withdraw_unbonded(signed(provider()));
		assert_noop!(early, Error::<Test>::NothingToWithdraw);
		at_block(21);
		assert_ok!(Providers::withdraw_unbonded(signed(provider())));
		assert_eq!(held(), BOND - 3 * UNIT);
		assert_eq!(
			books().unlocking.to_vec(),
			[Unlocking {
				amount: 4 * UNIT,
				at: 25
			}]
		);
		assert_eq!(
			events(),
			[Event::Withdrawn {
				provider: provider(),
				amount: 3 * UNIT
			}]
		);

		let twice = Providers::withdraw_unbonded(signed(provider()));
		assert_noop!(twice, Error::<Test>::NothingToWithdraw);
	})
}

#[test]
fn of_everything_ends_the_provider() {
	ExtBuilder::default().run(|| {
		register();
		assert_ok!(Providers::unbond(signed(provider()), BOND));
		events();
		at_block(21);
		assert_ok!(Providers::withdraw_unbonded(signed(provider())));
		assert_eq!(held(), 0);
		assert_eq!(free(&provider()), ENDOWMENT);
		assert!(!crate::Providers::<Test>::contains_key(provider()));
		assert_eq!(
			events(),
			[
				Event::Withdrawn {
					provider: provider(),
					amount: BOND
				},
				Event::ProviderRemoved {
					provider: provider()
				},
			]
		);
	})
}

#[test]
fn lets_a_provider_slashed_to_nothing_leave() {
	ExtBuilder::default().run(|| {
		register();
		assert_eq!(Providers::slash(&provider(), BOND, None), BOND);
		events();
		assert_ok!(Providers::withdraw_unbonded(signed(provider())));
		assert_eq!(
			events(),
			[Event::ProviderRemoved {
				provider: provider()
			}]
		);
		assert_ok!(Providers::register_provider(signed(provider()), BOND));
	})
}

#[test]
fn keeps_a_slashed_provider_with_open_jobs() {
	ExtBuilder::default().run(|| {
		register();
		assert_ok!(Providers::put_at_risk(&provider(), UNIT));
		Providers::slash(&provider(), BOND, None);
		let leaving = Providers::withdraw_unbonded(signed(provider()));
		assert_noop!(leaving, Error::<Test>::NothingToWithdraw);
		Providers::take_off_risk(&provider(), UNIT);
		assert_ok!(Providers::withdraw_unbonded(signed(provider())));
	})
}

#[test]
fn is_for_providers() {
	ExtBuilder::default().run(|| {
		assert_noop!(
			Providers::withdraw_unbonded(signed(stranger())),
			Error::<Test>::NotProvider
		);
		assert_noop!(
			Providers::withdraw_unbonded(RuntimeOrigin::none()),
			BadOrigin
		);
	})
}
