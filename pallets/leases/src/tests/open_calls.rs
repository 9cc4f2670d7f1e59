use super::*;
use crate::{types::*, Error, Event, HoldReason};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;
use terminal_primitives::{market::MachineStatus, VersionId};
use terminal_test_support::{MockMachines, MockModels, MILLI, UNIT};

#[test]
fn holds_the_funds_and_the_deposit() {
	run(|| {
		events();
		assert_ok!(open_calls(calls()));
		assert_eq!(on_hold(HoldReason::Escrow, &consumer()), 15 * UNIT);
		let deposit = on_hold(HoldReason::OpeningDeposit, &consumer());
		assert_eq!(deposit, 200 * MILLI);
		let work = CallsWork {
			price: 10 * MILLI,
			royalty: 5 * MILLI,
			key: calls().key,
			duration_blocks: 1_000,
			calls: 0,
		};
		assert_eq!(lease(LEASE).work, Work::Calls(work));
		assert_eq!(
			events(),
			vec![Event::LeaseOffered {
				lease: LEASE,
				consumer: consumer(),
				provider: provider(),
				machine: MACHINE,
				asset: None,
				held: 15 * UNIT,
				deposit: 200 * MILLI,
				expires_at: 51,
			}]
		);
	})
}

#[test]
fn is_paid_in_an_asset_that_machine_and_model_have_a_price_in() {
	run(|| {
		with_tusd();
		MockModels::set_price_per_call(VERSION, Some(TUSD), 30);
		let order = || CallsOrder {
			price: 70,
			max_per_call: 100,
			funds: USD,
			asset: Some(TUSD),
			..calls()
		};
		assert_ok!(open_calls(order()));
		assert_eq!(tusd_on_hold(HoldReason::Escrow, &consumer()), USD);
		assert_eq!(on_hold(HoldReason::Escrow, &consumer()), 0);
		let deposit = on_hold(HoldReason::OpeningDeposit, &consumer());
		assert_eq!(deposit, 200 * MILLI);
		MockMachines::set_price_in(MACHINE, TUSD, None);
		assert_noop!(open_calls(order()), Error::<Test>::MachineNotPriced);
		MockMachines::set_price_in(MACHINE, TUSD, Some(TUSD_RATE));
		MockModels::set_prices_in(VERSION, TUSD, None);
		assert_noop!(open_calls(order()), Error::<Test>::VersionNotPriced);
		MockModels::set_prices_in(VERSION, TUSD, Some((0, 0)));
		assert_ok!(Leases::remove_asset(RuntimeOrigin::root(), TUSD));
		assert_noop!(open_calls(order()), Error::<Test>::AssetNotApproved);
	})
}

#[test]
fn may_be_free_of_one_of_both_and_not_of_both() {
	run(|| {
		assert_ok!(open_calls(CallsOrder {
			price: 0,
			..calls()
		}));
		let without = |price| CallsOrder {
			price,
			version: None,
			..calls()
		};
		assert_ok!(open_calls(without(1)));
		assert_noop!(open_calls(without(0)), Error::<Test>::PriceTooLow);
	})
}

#[test]
fn never_costs_more_per_call_than_the_consumer_said() {
	run(|| {
		// The model became dearer since the consumer signed.
		MockModels::set_price_per_call(VERSION, None, CALL_ROYALTY + 1);
		assert_noop!(open_calls(calls()), Error::<Test>::PriceAboveMaximum);
		let order = CallsOrder {
			price: u128::MAX,
			max_per_call: u128::MAX,
			..calls()
		};
		assert_noop!(open_calls(order), Error::<Test>::PriceOverflow);
	})
}

#[test]
fn needs_funds_for_a_call_that_the_consumer_has() {
	run(|| {
		let with = |funds| open_calls(CallsOrder { funds, ..calls() });
		assert_noop!(with(15 * MILLI - 1), Error::<Test>::FundsTooLow);
		assert_noop!(with(ENDOWMENT + 1), Error::<Test>::InsufficientBalance);
		assert_ok!(with(15 * MILLI));
	})
}

#[test]
fn lasts_as_long_as_leases_may() {
	run(|| {
		let of = |duration_blocks| {
			open_calls(CallsOrder {
				duration_blocks,
				..calls()
			})
		};
		// A minute, and a year, of blocks of six seconds.
		for wrong in [0, 9, 5_256_001, u32::MAX] {
			assert_noop!(of(wrong), Error::<Test>::DurationOutOfRange);
		}
		assert_ok!(of(10));
		assert_ok!(of(5_256_000));
	})
}

#[test]
fn needs_a_known_online_machine_with_the_terms_read_and_a_version_on_offer() {
	run(|| {
		let order = CallsOrder {
			machine: NO_MACHINE,
			..calls()
		};
		assert_noop!(open_calls(order), Error::<Test>::UnknownMachine);
		let order = CallsOrder {
			terms_hash: [8; 32],
			..calls()
		};
		assert_noop!(open_calls(order), Error::<Test>::TermsChanged);
		let order = CallsOrder {
			version: Some(VersionId(9)),
			..calls()
		};
		assert_noop!(open_calls(order), Error::<Test>::UnknownVersion);
		MockModels::yank(VERSION);
		assert_noop!(open_calls(calls()), Error::<Test>::VersionYanked);
		MockMachines::change(MACHINE, |machine| machine.status = MachineStatus::Draining);
		assert_noop!(open_calls(calls()), Error::<Test>::MachineNotOnline);
	})
}

#[test]
fn is_signed() {
	run(|| {
		let order = calls();
		let unsigned = Leases::open_calls(
			RuntimeOrigin::none(),
			order.machine,
			order.price,
			order.max_per_call,
			order.duration_blocks,
			order.version,
			order.key,
			order.funds,
			order.terms_hash,
			order.asset,
		);
		assert_noop!(unsigned, DispatchError::BadOrigin);
	})
}

#[test]
fn needs_a_machine_that_has_proven_what_it_is_called() {
	run(|| {
		MockMachines::set_proven(MACHINE, false);
		assert_noop!(open_calls(calls()), Error::<Test>::CapabilityNotProven);
		MockMachines::set_proven(MACHINE, true);
		assert_ok!(open_calls(calls()));
	})
}
