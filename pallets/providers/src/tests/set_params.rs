use super::*;
use crate::Params;
use sp_runtime::Perbill;

#[test]
fn is_for_root() {
	ExtBuilder::default().run(|| {
		let params = Parameters {
			min_bond: UNIT,
			..parameters()
		};
		let foreign = Providers::set_params(signed(provider()), params.clone());
		assert_noop!(foreign, BadOrigin);
		assert_ok!(Providers::set_params(RuntimeOrigin::root(), params.clone()));
		assert_eq!(Params::<Test>::get(), params);
		assert_eq!(events(), [Event::ParametersSet { params }]);
	})
}

#[test]
fn refuses_parameters_that_contradict_each_other() {
	ExtBuilder::default().run(|| {
		let good = parameters();
		for bad in [
			Parameters {
				min_bond: 0,
				..good.clone()
			},
			Parameters {
				min_bond: u128::MAX,
				..good.clone()
			},
			Parameters {
				bond_per_unit: u128::MAX,
				..good.clone()
			},
			Parameters {
				removal_delay_blocks: 0,
				..good.clone()
			},
			Parameters {
				unbonding_delay_blocks: 4,
				..good.clone()
			},
			Parameters {
				risk_share: Perbill::zero(),
				..good.clone()
			},
			Parameters {
				slash_share: Perbill::zero(),
				..good.clone()
			},
			Parameters {
				reporter_share: Perbill::from_percent(51),
				..good.clone()
			},
			Parameters {
				max_machines: 0,
				..good.clone()
			},
			Parameters {
				max_units: 0,
				..good.clone()
			},
			Parameters {
				max_machines: 1 << 20,
				max_units: 1 << 20,
				..good.clone()
			},
			Parameters {
				min_price_per_second: 999,
				..good.clone()
			},
			Parameters {
				max_price_per_second: 999,
				..good.clone()
			},
			Parameters {
				max_price_per_second: u128::MAX,
				..good.clone()
			},
			Parameters {
				maintenance_notice_ms: 0,
				..good.clone()
			},
			Parameters {
				maintenance_notice_ms: good.max_ahead_ms,
				..good.clone()
			},
			Parameters {
				max_maintenance_ms: good.maintenance_budget_ms + 1,
				..good.clone()
			},
			Parameters {
				maintenance_budget_ms: 37 * 24 * HOUR,
				..good.clone()
			},
			Parameters {
				max_ahead_ms: 366 * 24 * HOUR,
				..good
			},
		] {
			let refused = Providers::set_params(RuntimeOrigin::root(), bad);
			assert_noop!(refused, Error::<Test>::InvalidParameters);
		}
	})
}

#[test]
fn leaves_parts_on_their_way_out_alone() {
	ExtBuilder::default().run(|| {
		register();
		assert_ok!(Providers::unbond(signed(provider()), UNIT));
		let params = Parameters {
			unbonding_delay_blocks: 100_000,
			..parameters()
		};
		assert_ok!(Providers::set_params(RuntimeOrigin::root(), params));
		assert_eq!(
			books().unlocking.to_vec(),
			[Unlocking {
				amount: UNIT,
				at: 21
			}]
		);
	})
}

#[test]
fn leaves_announced_maintenance_alone() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let announce =
			|from, until| Providers::announce_maintenance(signed(agent()), machine, from, until);
		assert_ok!(announce(NOON, NOON + 12 * HOUR));
		let params = Parameters {
			maintenance_budget_ms: HOUR,
			max_maintenance_ms: HOUR,
			..parameters()
		};
		assert_ok!(Providers::set_params(RuntimeOrigin::root(), params));
		assert_noop!(
			announce(NOON + 24 * HOUR, NOON + 25 * HOUR),
			Error::<Test>::MaintenanceOverBudget
		);
		assert_eq!(
			Providers::calendar(machine).map(|view| view.maintenance_left_ms),
			Some(0)
		);
	})
}
