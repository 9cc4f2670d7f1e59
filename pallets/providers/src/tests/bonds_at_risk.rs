use super::*;

#[test]
fn is_at_most_the_share_of_the_bond() {
	ExtBuilder::default().run(|| {
		register();
		assert_ok!(Providers::put_at_risk(&provider(), 300 * UNIT));
		assert_ok!(Providers::put_at_risk(&provider(), 200 * UNIT));
		let more = Providers::put_at_risk(&provider(), 1);
		assert_noop!(more, Error::<Test>::ValueAtRiskTooHigh);
		let huge = Providers::put_at_risk(&provider(), u128::MAX);
		assert_noop!(huge, Error::<Test>::ValueAtRiskTooHigh);
		Providers::take_off_risk(&provider(), 300 * UNIT);
		assert_eq!(books().at_risk, 200 * UNIT);
		assert_ok!(Providers::put_at_risk(&provider(), 300 * UNIT));
	})
}

#[test]
fn does_not_count_bond_on_its_way_out() {
	ExtBuilder::default().run(|| {
		register();
		assert_ok!(Providers::unbond(signed(provider()), 800 * UNIT));
		let more = Providers::put_at_risk(&provider(), 100 * UNIT + 1);
		assert_noop!(more, Error::<Test>::ValueAtRiskTooHigh);
		assert_ok!(Providers::put_at_risk(&provider(), 100 * UNIT));
	})
}

#[test]
fn is_for_providers() {
	ExtBuilder::default().run(|| {
		let refused = Providers::put_at_risk(&stranger(), 1);
		assert_noop!(refused, Error::<Test>::NotProvider);
		Providers::take_off_risk(&stranger(), 1);
		assert!(!crate::Providers::<Test>::contains_key(stranger()));
	})
}

#[test]
fn taking_off_too_much_is_clamped() {
	ExtBuilder::default().run(|| {
		register();
		assert_ok!(Providers::put_at_risk(&provider(), UNIT));
		Providers::take_off_risk(&provider(), 2 * UNIT);
		assert_eq!(books().at_risk, 0);
	})
}
