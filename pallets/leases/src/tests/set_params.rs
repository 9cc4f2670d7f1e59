use super::*;
use crate::{types::*, Error, Event, Params};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, Perbill};
use terminal_test_support::UNIT;

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

/// What root hears if it sets the tests' parameters with that change.
fn set(change: impl FnOnce(&mut Parameters)) -> Result<(), BrokenRule> {
	let before = Params::<Test>::get();
	let mut params = params();
	change(&mut params);
	let told = Leases::set_params(RuntimeOrigin::root(), params.clone());
	let rule = [
		BrokenRule::FeeAboveHalf,
		BrokenRule::SharesAboveFee,
		BrokenRule::DepositTooLow,
		BrokenRule::PriceIsZero,
		BrokenRule::TimeIsZero,
		BrokenRule::ItemsAreZero,
		BrokenRule::DurationsCrossed,
		BrokenRule::DeadlinesCrossed,
		BrokenRule::AnswerTooLong,
		BrokenRule::DemandsOutOfRange,
		BrokenRule::SpotNoticeTooLong,
		BrokenRule::BlockIsNoSlot,
		BrokenRule::StartWindowTooLong,
		BrokenRule::BackstopTooShort,
		BrokenRule::DeliveryTooLong,
		BrokenRule::ProofTooLarge,
		BrokenRule::HoldFeeVanishes,
		BrokenRule::DeliveryTooShort,
	]
	.into_iter()
	.find(|rule| told == Err(Error::<Test>::InvalidParameters(*rule).into()));
	let Some(rule) = rule else {
		assert_ok!(told);
		assert_eq!(Params::<Test>::get(), params);
		return Ok(());
	};
	assert_eq!(Params::<Test>::get(), before);
	Err(rule)
}

#[test]
fn names_the_rule_that_is_broken() {
	use BrokenRule::*;
	type Change = fn(&mut Parameters);
	let bad: [(Change, BrokenRule); 28] = [
		(|p| p.fee = Perbill::from_percent(51), FeeAboveHalf),
		(
			|p| p.treasury_share = Perbill::from_percent(81),
			SharesAboveFee,
		),
		(|p| p.opening_deposit = 1, DepositTooLow),
		(|p| p.finish_reward = u128::MAX, DepositTooLow),
		(|p| p.min_rate = 0, PriceIsZero),
		(|p| p.min_job_price = 0, PriceIsZero),
		(|p| p.block_ms = 0, TimeIsZero),
		(|p| p.resolve_backstop_ms = 0, TimeIsZero),
		(|p| p.pause_ms = 0, TimeIsZero),
		(|p| p.min_funded_seconds = 0, TimeIsZero),
		(|p| p.min_duration_seconds = 0, TimeIsZero),
		(|p| p.offer_blocks = 0, TimeIsZero),
		(|p| p.start_blocks = 0, TimeIsZero),
		(|p| p.claim_blocks = 0, TimeIsZero),
		(|p| p.min_deadline_blocks = 0, TimeIsZero),
		(|p| p.answer_blocks = 0, TimeIsZero),
		(|p| p.arbitration_blocks = 0, TimeIsZero),
		(|p| p.proposal_blocks = 0, TimeIsZero),
		(|p| p.max_items = 0, ItemsAreZero),
		(|p| p.max_duration_seconds = 59, DurationsCrossed),
		(|p| p.max_deadline_blocks = 4, DeadlinesCrossed),
		(|p| p.answer_blocks = 30, AnswerTooLong),
		(|p| p.max_open_demands = 0, DemandsOutOfRange),
		(|p| p.max_open_demands = 9, DemandsOutOfRange),
		(
			|p| p.min_spot_notice_ms = 365 * 24 * 3_600_000 + 1,
			SpotNoticeTooLong,
		),
		(
			|p| {
				p.max_duration_seconds = p.min_duration_seconds;
				p.min_spot_notice_ms = 60_001;
			},
			SpotNoticeTooLong,
		),
		(|p| p.block_ms = 5_999, BlockIsNoSlot),
		(|p| p.block_ms = 12_000, BlockIsNoSlot),
	];
	run(|| {
		for (number, (change, rule)) in bad.into_iter().enumerate() {
			assert_eq!(set(change), Err(rule), "change {number}");
		}
		assert_eq!(set(|p| p.min_spot_notice_ms = 365 * 24 * 3_600_000), Ok(()));
	})
}

#[test]
fn asks_the_market_attestation_and_the_clock() {
	use BrokenRule::*;
	// The tests' parameters touch each of them.
	let exact = Limits {
		slot_ms: Some(6_000),
		start_window_ms: 20 * 6_000,
		proof_ms: 6 * 3_600_000,
		delivery_blocks: 30 + 10,
		proof_bytes: 65_536,
		vote_blocks: 30,
	};
	run(|| {
		MockLimits::set(exact.clone());
		assert_eq!(set(|_| ()), Ok(()));
		assert_eq!(set(|p| p.start_blocks += 1), Err(StartWindowTooLong));
		assert_eq!(set(|p| p.start_blocks = u32::MAX), Err(StartWindowTooLong));
		assert_eq!(set(|p| p.resolve_backstop_ms -= 1), Err(BackstopTooShort));
		assert_eq!(set(|p| p.delivery_blocks += 1), Err(DeliveryTooLong));
		assert_eq!(set(|p| p.answer_blocks += 1), Err(DeliveryTooLong));
		assert_eq!(set(|p| p.delivery_blocks = u32::MAX), Err(DeliveryTooLong));
		assert_eq!(set(|p| p.max_proof_bytes += 1), Err(ProofTooLarge));
		assert_eq!(set(|p| p.delivery_blocks -= 1), Err(DeliveryTooShort));
		// Where blocks have no plan, any is right.
		let unplanned = Limits {
			slot_ms: None,
			..exact
		};
		MockLimits::set(unplanned);
		assert_eq!(set(|p| p.block_ms = 2_000), Ok(()));
	})
}

#[test]
#[should_panic(expected = "parameters do not fit: BlockIsNoSlot")]
fn is_not_the_only_way_in_genesis_asks_the_clock_too() {
	let params = Parameters {
		block_ms: 2_000,
		..params()
	};
	run_with(params, || ());
}

#[test]
#[should_panic(expected = "parameters do not fit: ProofTooLarge")]
fn is_not_the_only_way_in_genesis_asks_for_the_bytes_of_proofs_too() {
	MockLimits::set(Limits {
		proof_bytes: params().max_proof_bytes - 1,
		..MockLimits::get()
	});
	run(|| ());
}

#[test]
fn asks_every_approved_asset_what_the_hold_fee_is_worth() {
	run(|| {
		with_tusd();
		// A millionth of a dollar is a hundred thousandth of a TCT.
		let least = UNIT / 100_000;
		assert_eq!(set(|p| p.hold_fee = least), Ok(()));
		let vanishes = Err(BrokenRule::HoldFeeVanishes);
		assert_eq!(set(|p| p.hold_fee = least - 1), vanishes);
		assert_eq!(set(|p| p.hold_fee = 0), Ok(()));
		assert_ok!(Leases::remove_asset(RuntimeOrigin::root(), TUSD));
		assert_eq!(set(|p| p.hold_fee = 1), Ok(()));
	})
}

#[test]
fn starts_with_productions_values() {
	assert_eq!(Parameters::default().validate(), Ok(()));
}
