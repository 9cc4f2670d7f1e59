use super::*;
use terminal_primitives::ledger::BurnSource;
use terminal_test_support::account;

fn burned() -> u128 {
	MockBurn::<Balances>::burned(BurnSource::Slash)
}

#[test]
fn takes_half_pays_the_reporter_and_burns_the_rest() {
	ExtBuilder::default().run(|| {
		register();
		events();
		let issuance = pallet_balances::TotalIssuance::<Test>::get();
		assert_eq!(
			Providers::slash(&provider(), UNIT, Some(&stranger())),
			500 * UNIT
		);
		assert_eq!(held(), 500 * UNIT);
		assert_eq!(free(&stranger()), ENDOWMENT + 50 * UNIT);
		assert_eq!(burned(), 450 * UNIT);
		assert_eq!(
			pallet_balances::TotalIssuance::<Test>::get(),
			issuance - 450 * UNIT
		);
		assert_eq!((books().bond, books().slashed), (500 * UNIT, 500 * UNIT));
		assert_eq!(
			events(),
			[Event::ProviderSlashed {
				provider: provider(),
				amount: 500 * UNIT,
				reporter: Some(stranger()),
				reward: 50 * UNIT,
			}]
		);
	})
}

#[test]
fn takes_at_least_the_value_and_at_most_everything() {
	ExtBuilder::default().run(|| {
		register();
		assert_eq!(Providers::slash(&provider(), 700 * UNIT, None), 700 * UNIT);
		assert_eq!(Providers::slash(&provider(), 700 * UNIT, None), 300 * UNIT);
		assert_eq!(Providers::slash(&provider(), 700 * UNIT, None), 0);
		assert_eq!((held(), burned()), (0, BOND));
	})
}

#[test]
fn reaches_what_is_on_its_way_out_first() {
	ExtBuilder::default().run(|| {
		register();
		assert_ok!(Providers::unbond(signed(provider()), 200 * UNIT));
		at_block(2);
		assert_ok!(Providers::unbond(signed(provider()), 400 * UNIT));
		assert_eq!(Providers::slash(&provider(), UNIT, None), 500 * UNIT);
		assert_eq!(
			books().unlocking.to_vec(),
			[Unlocking {
				amount: 100 * UNIT,
				at: 22
			}]
		);
		assert_eq!(books().bond, 400 * UNIT);
	})
}

#[test]
fn cannot_be_fled_by_unbonding() {
	ExtBuilder::default().run(|| {
		register();
		assert_ok!(Providers::unbond(signed(provider()), BOND));
		at_block(20);
		assert_eq!(Providers::slash(&provider(), BOND, None), BOND);
		at_block(21);
		// nothing is left to take along
		assert_ok!(Providers::withdraw_unbonded(signed(provider())));
		assert_eq!(free(&provider()), ENDOWMENT - BOND);
	})
}

#[test]
fn rewards_neither_the_offender_nor_an_account_too_small_to_live() {
	ExtBuilder::default().run(|| {
		register();
		events();
		Providers::slash(&provider(), UNIT, Some(&provider()));
		assert_eq!(free(&provider()), ENDOWMENT - BOND);
		assert_eq!(burned(), 500 * UNIT);
		let slashed = |amount| Event::ProviderSlashed {
			provider: provider(),
			amount,
			reporter: None,
			reward: 0,
		};
		assert_eq!(events(), [slashed(500 * UNIT)]);
	});
	// a tenth of a bond of two units cannot bring an account to life
	ExtBuilder::params(Parameters {
		min_bond: 2,
		..parameters()
	})
	.run(|| {
		assert_ok!(Providers::register_provider(signed(provider()), 20));
		assert_eq!(Providers::slash(&provider(), 20, Some(&account(77))), 20);
		assert_eq!((burned(), free(&account(77))), (20, 0));
	})
}

#[test]
fn leaves_the_risk_to_the_end_of_the_job() {
	ExtBuilder::default().run(|| {
		register();
		assert_ok!(Providers::put_at_risk(&provider(), 400 * UNIT));
		Providers::slash(&provider(), 400 * UNIT, None);
		assert_eq!(books().at_risk, 400 * UNIT);
		// over the limit of the smaller bond: no unbonding, no new job
		assert_noop!(
			Providers::unbond(signed(provider()), 1),
			Error::<Test>::ValueAtRiskTooHigh
		);
		assert_noop!(
			Providers::put_at_risk(&provider(), 1),
			Error::<Test>::ValueAtRiskTooHigh
		);
		Providers::take_off_risk(&provider(), 400 * UNIT);
		assert_ok!(Providers::put_at_risk(&provider(), 250 * UNIT));
	})
}

#[test]
fn of_a_stranger_takes_nothing() {
	ExtBuilder::default().run(|| {
		assert_eq!(Providers::slash(&stranger(), UNIT, None), 0);
		assert_eq!(free(&stranger()), ENDOWMENT);
		assert_eq!(events(), []);
	})
}
