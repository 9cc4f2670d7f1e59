use crate::{
	mock::*,
	types::{LeaseWindows, Parameters},
	Attestors, Params,
};
use frame_support::{assert_noop, assert_ok};
use frame_system::limits::BlockWeights;
use sp_runtime::{DispatchError, Perbill};

#[test]
fn takes_valid_ones_from_root() {
	ExtBuilder::default().execute(|| {
		let changed = Parameters {
			sample: 32,
			..params()
		};
		let call = Attestation::set_params;
		assert_noop!(call(signed(1), changed.clone()), DispatchError::BadOrigin);
		assert_ok!(call(RuntimeOrigin::root(), changed.clone()));
		assert_eq!(Params::<Test>::get(), changed);
		assert_eq!(events(), vec![Event::ParamsSet { params: changed }]);
	})
}

#[test]
fn a_larger_least_bond_takes_effect_at_once() {
	ExtBuilder::default().execute(|| {
		let changed = Parameters {
			min_bond: BOND + 1,
			..params()
		};
		assert_ok!(Attestation::set_params(RuntimeOrigin::root(), changed));
		assert_eq!(Attestors::<Test>::get().len(), 0);
	})
}

#[test]
fn leaves_half_of_the_operational_space_to_others_than_presence() {
	ExtBuilder::default().execute(|| {
		let call = |max_draws| {
			let changed = Parameters {
				max_draws,
				..params()
			};
			Attestation::set_params(RuntimeOrigin::root(), changed)
		};
		assert_ok!(call(16));

		// A quarter is kept for Operational transactions: room for four challenges and a half.
		let challenge = Attestation::challenge_weight(&params());
		let block = challenge.saturating_mul(18).set_proof_size(u64::MAX);
		let blocks = BlockWeights::with_sensible_defaults(block, Perbill::from_percent(75));
		MockBlocks::set(&blocks);
		assert_noop!(call(3), Error::InvalidParams);
		assert_ok!(call(2));

		// Nor may a larger product come in behind the same number.
		let larger = Parameters {
			presence_n: 16_384,
			presence_entries: 32,
			..params()
		};
		assert_eq!(larger.validate(), Ok(()));
		let call = Attestation::set_params(RuntimeOrigin::root(), larger);
		assert_noop!(call, Error::InvalidParams);
	})
}

#[test]
fn asks_how_long_leases_wait() {
	ExtBuilder::default().execute(|| {
		let changed = Parameters {
			unbonding_blocks: 10_000,
			..params()
		};
		let call = |change: fn(&mut Parameters)| {
			let mut changed = changed.clone();
			change(&mut changed);
			Attestation::set_params(RuntimeOrigin::root(), changed)
		};
		// They wait for exactly as long as these parameters need.
		let windows = u64::from(changed.commit_window_blocks + changed.answer_window_blocks);
		let gap_ms = changed.presence_period_ms * u64::from(changed.gap_periods);
		let votes = 3 * (changed.draw_delay_blocks + changed.vote_window_blocks);
		MockLeases::set(Some(LeaseWindows {
			resolve_backstop_ms: gap_ms + 6_000 * windows,
			delivery_blocks: 9_999 - 10 - votes - 2 * changed.data_window_blocks,
			answer_blocks: 10,
		}));
		assert_ok!(call(|_| ()));
		let longer: [fn(&mut Parameters); 7] = [
			|p| p.presence_period_ms += 1,
			|p| p.gap_periods += 1,
			|p| p.commit_window_blocks += 1,
			|p| p.answer_window_blocks += 1,
			|p| p.vote_window_blocks += 1,
			|p| p.data_window_blocks += 1,
			|p| p.unbonding_blocks -= 1,
		];
		for change in longer {
			assert_noop!(call(change), Error::InvalidParams);
		}
		MockLeases::set(None);
		for change in longer {
			assert_ok!(call(change));
		}
	})
}

#[test]
fn asks_that_a_job_is_not_delivered_before_all_have_voted() {
	ExtBuilder::default().execute(|| {
		let call = |vote_window_blocks| {
			let changed = Parameters {
				unbonding_blocks: 10_000,
				vote_window_blocks,
				..params()
			};
			Attestation::set_params(RuntimeOrigin::root(), changed)
		};
		MockLeases::set(Some(LeaseWindows {
			resolve_backstop_ms: u64::MAX,
			delivery_blocks: 30,
			answer_blocks: 10,
		}));
		assert_ok!(call(30));
		assert_noop!(call(31), Error::InvalidParams);
	})
}

#[test]
fn production_values_are_valid() {
	assert_eq!(Parameters::default().validate(), Ok(()));
}

#[test]
fn refuses_what_does_not_fit() {
	let bad: Vec<fn(&mut Parameters)> = vec![
		|p| p.draw_delay_blocks = 1,
		|p| p.presence_period_ms = 0,
		|p| p.max_draws = 0,
		|p| p.max_draws = 101,
		|p| p.presence_n = 65,
		|p| p.presence_entries = 33,
		|p| p.commit_window_blocks = 9,
		|p| p.prompt_blocks = 0,
		|p| p.prompt_blocks = p.commit_window_blocks + 1,
		|p| p.answer_window_blocks = 3,
		|p| p.gap_periods = 0,
		|p| p.sample = 65,
		|p| p.committee = 21,
		|p| p.small_set = 129,
		|p| p.quorum = 7,
		|p| p.quorum = 16,
		|p| p.vote_window_blocks = 1,
		|p| p.batch_longevity_blocks = 1,
		|p| p.data_window_blocks = 4,
		|p| p.posting_fee = p.posting_fee_cap + 1,
		|p| p.posting_fee_cap = p.min_bond + 1,
		|p| p.unbonding_blocks = 2 * p.slash_delay_blocks,
		|p| p.slash_delay_blocks = 0,
		|p| p.refuted_slash_max_ppm = 1_000_001,
		|p| p.refuted_slash_ppm = p.refuted_slash_max_ppm + 1,
		|p| p.double_vote_slash_ppm = 1_000_001,
		|p| p.reporter_ppm = 1_000_001,
		|p| p.breaker_window_blocks = 0,
		|p| p.breaker_ppm = 1_000_001,
	];
	ExtBuilder::default().execute(|| {
		for (number, change) in bad.into_iter().enumerate() {
			let mut changed = params();
			change(&mut changed);
			let call = Attestation::set_params(RuntimeOrigin::root(), changed);
			assert!(
				call == Err(Error::InvalidParams.into()),
				"change {number} was taken"
			);
		}
	})
}
