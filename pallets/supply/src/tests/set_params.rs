use crate::{mock::*, Error, Event, Parameters, Params, YEAR_MS};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, Perbill};

#[test]
fn replaces_the_rates() {
	run(|| {
		let parameters = Parameters {
			yearly_share: Perbill::from_percent(5),
			..Default::default()
		};
		assert_ok!(Supply::set_params(RuntimeOrigin::root(), parameters));
		assert_eq!(Params::<Test>::get(), parameters);
		assert_eq!(take_events(), vec![Event::ParametersSet { parameters }]);
	})
}

#[test]
fn is_for_root_only() {
	run(|| {
		let signed = RuntimeOrigin::signed(alice());
		assert_noop!(
			Supply::set_params(signed, Parameters::default()),
			DispatchError::BadOrigin
		);
	})
}

#[test]
fn refuses_what_is_out_of_range() {
	run(|| {
		let valid = Parameters::default();
		let invalid = [
			Parameters {
				stakers_share: Perbill::from_percent(86),
				..valid
			},
			Parameters {
				treasury_share: Perbill::from_percent(31),
				..valid
			},
			Parameters {
				max_era_ms: 0,
				..valid
			},
			Parameters {
				max_era_ms: YEAR_MS + 1,
				..valid
			},
		];
		for parameters in invalid {
			let call = Supply::set_params(RuntimeOrigin::root(), parameters);
			assert_noop!(call, Error::<Test>::InvalidParameters);
		}
	})
}
