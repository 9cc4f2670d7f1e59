use super::*;

#[test]
fn adds_to_the_hold() {
	ExtBuilder::default().run(|| {
		register();
		events();
		assert_ok!(Providers::bond(signed(provider()), UNIT));
		assert_eq!(held(), BOND + UNIT);
		assert_eq!(
			events(),
			[Event::Bonded {
				provider: provider(),
				amount: UNIT,
				bond: BOND + UNIT
			}]
		);
	})
}

#[test]
fn refuses_nothing_strangers_and_empty_purses() {
	ExtBuilder::default().run(|| {
		register();
		assert_noop!(
			Providers::bond(signed(provider()), 0),
			Error::<Test>::ZeroAmount
		);
		assert_noop!(
			Providers::bond(signed(stranger()), UNIT),
			Error::<Test>::NotProvider
		);
		assert_noop!(Providers::bond(RuntimeOrigin::none(), UNIT), BadOrigin);
		drain(&provider());
		assert!(Providers::bond(signed(provider()), BOND).is_err());
	})
}

#[test]
fn brings_back_a_provider_on_its_way_out_only_with_the_minimum() {
	ExtBuilder::default().run(|| {
		register();
		assert_ok!(Providers::unbond(signed(provider()), BOND));
		let little = Providers::bond(signed(provider()), UNIT);
		assert_noop!(little, Error::<Test>::BondBelowMinimum);
		assert_ok!(Providers::bond(signed(provider()), 100 * UNIT));
	})
}
