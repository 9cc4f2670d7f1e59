use super::*;
use crate::Params;

#[test]
fn is_for_root() {
	ExtBuilder.run(|| {
		let params = Parameters {
			reveal_delay_blocks: 3,
			..Default::default()
		};
		assert_noop!(
			Models::set_params(signed(owner()), params.clone()),
			BadOrigin
		);
		assert_ok!(Models::set_params(RuntimeOrigin::root(), params.clone()));
		assert_eq!(Params::<Test>::get(), params);
		assert_eq!(events(), [Event::ParametersSet { params }]);
	})
}

#[test]
fn refuses_parameters_that_contradict_each_other() {
	ExtBuilder.run(|| {
		let good = Parameters::default();
		for bad in [
			Parameters {
				reveal_delay_blocks: 0,
				..good.clone()
			},
			Parameters {
				commitment_life_blocks: 10,
				..good.clone()
			},
			Parameters {
				commitment_deposit: 0,
				..good.clone()
			},
			Parameters {
				commitment_deposit: u128::MAX,
				..good.clone()
			},
			Parameters {
				listing_deposit: 0,
				..good.clone()
			},
			Parameters {
				listing_deposit: u128::MAX,
				..good.clone()
			},
			Parameters {
				max_price: 999,
				..good.clone()
			},
			Parameters {
				max_price: u128::MAX,
				..good.clone()
			},
			Parameters {
				price_rise_blocks: 63,
				..good
			},
		] {
			let refused = Models::set_params(RuntimeOrigin::root(), bad);
			assert_noop!(refused, Error::<Test>::InvalidParameters);
		}
	})
}

#[test]
fn leaves_deposits_on_hold_alone() {
	ExtBuilder.run(|| {
		let version = list();
		let commitment = commit(
			owner(),
			&Details {
				manifest: [9; 32],
				..details()
			},
		);
		let params = Parameters {
			commitment_deposit: 3 * UNIT,
			listing_deposit: 30 * UNIT,
			..Default::default()
		};
		assert_ok!(Models::set_params(RuntimeOrigin::root(), params));
		assert_ok!(Models::withdraw_commitment(signed(owner()), commitment));
		assert_eq!(held(HoldReason::Commitment, &owner()), 0);
		assert_eq!(held(HoldReason::Listing, &owner()), 10 * UNIT);
		assert_ok!(Models::yank(signed(owner()), version));
	})
}
