use super::*;

#[test]
fn starts_the_delay_and_keeps_the_hold() {
	ExtBuilder::default().run(|| {
		register();
		events();
		assert_ok!(Providers::unbond(signed(provider()), UNIT));
		assert_eq!(held(), BOND);
		assert_eq!(books().bond, BOND - UNIT);
		assert_eq!(
			books().unlocking.to_vec(),
			[Unlocking {
				amount: UNIT,
				at: 21
			}]
		);
		let unbonded = Event::Unbonded {
			provider: provider(),
			amount: UNIT,
			withdrawable_at: 21,
		};
		assert_eq!(events(), [unbonded]);
	})
}

#[test]
fn never_takes_less_than_the_longest_window() {
	ExtBuilder::default().run(|| {
		register();
		LongestWindow::set(500);
		assert_ok!(Providers::unbond(signed(provider()), UNIT));
		assert_eq!(
			books().unlocking.to_vec(),
			[Unlocking {
				amount: UNIT,
				at: 501
			}]
		);
	})
}

#[test]
fn joins_what_is_asked_for_in_one_block() {
	ExtBuilder::default().run(|| {
		register();
		assert_ok!(Providers::unbond(signed(provider()), UNIT));
		assert_ok!(Providers::unbond(signed(provider()), UNIT));
		assert_eq!(
			books().unlocking.to_vec(),
			[Unlocking {
				amount: 2 * UNIT,
				at: 21
			}]
		);
	})
}

#[test]
fn leaves_what_open_jobs_put_at_risk() {
	ExtBuilder::default().run(|| {
		register();
		// half of 1000 may be at risk: 200 at risk need 400
		assert_ok!(Providers::put_at_risk(&provider(), 200 * UNIT));
		let too_much = Providers::unbond(signed(provider()), 600 * UNIT + 1);
		assert_noop!(too_much, Error::<Test>::ValueAtRiskTooHigh);
		assert_ok!(Providers::unbond(signed(provider()), 600 * UNIT));
		let more = Providers::unbond(signed(provider()), 1);
		assert_noop!(more, Error::<Test>::ValueAtRiskTooHigh);
	})
}

#[test]
fn leaves_what_the_units_ask_for() {
	ExtBuilder::default().run(|| {
		register();
		register_machine(4);
		let too_much = Providers::unbond(signed(provider()), 600 * UNIT + 1);
		assert_noop!(too_much, Error::<Test>::BondBelowUnits);
		let all = Providers::unbond(signed(provider()), BOND);
		assert_noop!(all, Error::<Test>::BondBelowUnits);
		assert_ok!(Providers::unbond(signed(provider()), 600 * UNIT));
	})
}

#[test]
fn leaves_the_minimum_or_nothing() {
	ExtBuilder::default().run(|| {
		register();
		let dust = Providers::unbond(signed(provider()), BOND - 1);
		assert_noop!(dust, Error::<Test>::BondBelowMinimum);
		assert_ok!(Providers::unbond(signed(provider()), BOND));
	})
}

#[test]
fn is_bounded() {
	ExtBuilder::default().run(|| {
		register();
		for block in 1..=16 {
			at_block(block);
			assert_ok!(Providers::unbond(signed(provider()), UNIT));
		}
		at_block(17);
		let one_more = Providers::unbond(signed(provider()), UNIT);
		assert_noop!(one_more, Error::<Test>::TooManyUnlocking);
	})
}

#[test]
fn is_not_for_the_hot_key() {
	ExtBuilder::default().run(|| {
		online_machine();
		assert_noop!(
			Providers::unbond(signed(agent()), UNIT),
			Error::<Test>::NotProvider
		);
		assert_noop!(
			Providers::withdraw_unbonded(signed(agent())),
			Error::<Test>::NotProvider
		);
	})
}

#[test]
fn refuses_nothing_and_more_than_there_is() {
	ExtBuilder::default().run(|| {
		register();
		assert_noop!(
			Providers::unbond(signed(provider()), 0),
			Error::<Test>::ZeroAmount
		);
		let more = Providers::unbond(signed(provider()), BOND + 1);
		assert_noop!(more, Error::<Test>::BondTooSmall);
		assert_noop!(Providers::unbond(RuntimeOrigin::none(), 1), BadOrigin);
	})
}
