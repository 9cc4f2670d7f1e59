use super::*;
use crate::{types::*, Error, Event, Params};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, Perbill};

#[test]
fn is_for_root() {
	run(|| {
		assert_noop!(
			Leases::set_params(signed(consumer()), params()),
			DispatchError::BadOrigin
		);
		let params = Parameters {
			fee: Perbill::from_percent(3),
			..params()
		};
		assert_ok!(Leases::set_params(RuntimeOrigin::root(), params.clone()));
		assert_eq!(Params::<Test>::get(), params);
		assert_eq!(events(), vec![Event::ParametersSet { params }]);
	})
}

#[test]
fn does_not_touch_open_leases() {
	run(|| {
		assert_ok!(open_metered(metered()));
		let before = lease(LEASE);
		let params = Parameters {
			fee: Perbill::from_percent(30),
			hold_fee: 0,
			..params()
		};
		assert_ok!(Leases::set_params(RuntimeOrigin::root(), params));
		assert_eq!(lease(LEASE), before);
	})
}

#[test]
fn refuses_what_does_not_fit_together() {
	run(|| {
		let bad = [
			Parameters {
				fee: Perbill::from_percent(51),
				..params()
			},
			Parameters {
				treasury_share: Perbill::from_percent(81),
				..params()
			},
			Parameters {
				opening_deposit: 1,
				..params()
			},
			Parameters {
				min_rate: 0,
				..params()
			},
			Parameters {
				min_job_price: 0,
				..params()
			},
			Parameters {
				block_ms: 0,
				..params()
			},
			Parameters {
				resolve_backstop_ms: 0,
				..params()
			},
			Parameters {
				claim_blocks: 0,
				..params()
			},
			Parameters {
				answer_blocks: 0,
				..params()
			},
			Parameters {
				answer_blocks: 30,
				..params()
			},
			Parameters {
				max_open_demands: 0,
				..params()
			},
			Parameters {
				max_open_demands: 9,
				..params()
			},
			Parameters {
				max_duration_seconds: 59,
				..params()
			},
			Parameters {
				max_deadline_blocks: 4,
				..params()
			},
		];
		for params in bad {
			assert_noop!(
				Leases::set_params(RuntimeOrigin::root(), params),
				Error::<Test>::InvalidParameters
			);
		}
	})
}

#[test]
fn starts_with_productions_values() {
	assert_eq!(Parameters::default().validate(), Ok(()));
}
