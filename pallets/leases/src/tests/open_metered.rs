use super::*;
use crate::{types::*, Error, Event, HoldReason};
use frame_support::{assert_noop, assert_ok};
use terminal_primitives::{market::MachineStatus, VersionId};
use terminal_test_support::{MockMachines, MockModels, UNIT};

#[test]
fn holds_funds_and_deposit_and_offers_the_lease() {
	run(|| {
		assert_ok!(open_metered(metered()));

		assert_eq!(on_hold(HoldReason::Escrow, &consumer()), 9_000_000_000_000);
		assert_eq!(
			on_hold(HoldReason::OpeningDeposit, &consumer()),
			200_000_000_000
		);
		assert_eq!(
			events(),
			vec![Event::LeaseOffered {
				lease: LEASE,
				consumer: consumer(),
				provider: provider(),
				machine: MACHINE,
				asset: None,
				held: 9_000_000_000_000,
				deposit: 200_000_000_000,
				expires_at: 51,
			}]
		);
	})
}

#[test]
fn holds_no_more_than_the_whole_time_costs() {
	run(|| {
		assert_ok!(open_metered(MeteredOrder {
			funds: 500 * UNIT,
			..metered()
		}));
		assert_eq!(on_hold(HoldReason::Escrow, &consumer()), 9 * UNIT);
	})
}

#[test]
fn reserves_no_capacity() {
	run(|| {
		assert_ok!(open_metered(metered()));
		assert_eq!(MockMachines::free_units(MACHINE), 4);
	})
}

#[test]
fn snapshots_the_price_it_was_opened_at() {
	run(|| {
		assert_ok!(open_metered(metered()));
		MockMachines::change(MACHINE, |machine| machine.price_per_second = 77 * UNIT);
		let Work::Metered(work) = lease(LEASE).work else {
			panic!("a metered lease")
		};
		assert_eq!((work.rate, work.royalty_rate), (RATE, ROYALTY_RATE));
	})
}

#[test]
fn needs_a_known_machine() {
	run(|| {
		let order = MeteredOrder {
			machine: NO_MACHINE,
			..metered()
		};
		assert_noop!(open_metered(order), Error::<Test>::UnknownMachine);
	})
}

#[test]
fn needs_an_online_machine() {
	run(|| {
		MockMachines::change(MACHINE, |machine| machine.status = MachineStatus::Draining);
		assert_noop!(open_metered(metered()), Error::<Test>::MachineNotOnline);
	})
}

#[test]
fn refuses_terms_that_changed_since_they_were_read() {
	run(|| {
		MockMachines::change(MACHINE, |machine| machine.terms_hash = [8; 32]);
		assert_noop!(open_metered(metered()), Error::<Test>::TermsChanged);
	})
}

#[test]
fn refuses_a_price_raised_in_the_same_block() {
	run(|| {
		MockMachines::change(MACHINE, |machine| machine.price_per_second = RATE + 1);
		assert_noop!(open_metered(metered()), Error::<Test>::RateAboveMaximum);
	})
}

#[test]
fn refuses_dust_rates() {
	run(|| {
		MockMachines::change(MACHINE, |machine| machine.price_per_second = 499);
		let order = MeteredOrder {
			version: None,
			..metered()
		};
		assert_noop!(open_metered(order.clone()), Error::<Test>::RateTooLow);
		MockMachines::change(MACHINE, |machine| machine.price_per_second = 500);
		assert_ok!(open_metered(order));
	})
}

#[test]
fn refuses_no_units_and_more_than_are_free() {
	run(|| {
		for units in [0, 5] {
			let order = MeteredOrder { units, ..metered() };
			assert_noop!(open_metered(order), Error::<Test>::UnitsUnavailable);
		}
	})
}

#[test]
fn refuses_durations_outside_the_limits() {
	run(|| {
		for duration_seconds in [0, 59, 365 * 24 * 3_600 + 1] {
			let order = MeteredOrder {
				duration_seconds,
				..metered()
			};
			assert_noop!(open_metered(order), Error::<Test>::DurationOutOfRange);
		}
	})
}

#[test]
fn refuses_less_than_the_least_funds() {
	run(|| {
		let least = 60 * PER_SECOND;
		let order = MeteredOrder {
			funds: least - 1,
			..metered()
		};
		assert_noop!(open_metered(order), Error::<Test>::FundsTooLow);
		assert_ok!(open_metered(MeteredOrder {
			funds: least,
			..metered()
		}));
	})
}

#[test]
fn refuses_prices_beyond_all_money() {
	run(|| {
		MockMachines::change(MACHINE, |machine| machine.price_per_second = u128::MAX / 8);
		let order = MeteredOrder {
			max_rate: u128::MAX,
			..metered()
		};
		assert_noop!(open_metered(order), Error::<Test>::PriceOverflow);
	})
}

#[test]
fn refuses_unknown_and_yanked_versions() {
	run(|| {
		let order = MeteredOrder {
			version: Some(VersionId(9)),
			..metered()
		};
		assert_noop!(open_metered(order), Error::<Test>::UnknownVersion);
		MockModels::yank(VERSION);
		assert_noop!(open_metered(metered()), Error::<Test>::VersionYanked);
	})
}

#[test]
fn says_so_when_the_balance_is_too_small() {
	run(|| {
		// All but the deposit and the existential deposit can be held, not more.
		let rest = ENDOWMENT - 9 * UNIT;
		assert_ok!(pallet_balances::Pallet::<Test>::transfer_allow_death(
			signed(consumer()),
			stranger(),
			rest
		));
		assert_noop!(open_metered(metered()), Error::<Test>::InsufficientBalance);
	})
}

#[test]
fn needs_a_machine_that_has_proven_what_it_is_called() {
	run(|| {
		MockMachines::set_proven(MACHINE, false);
		assert_noop!(open_metered(metered()), Error::<Test>::CapabilityNotProven);
		MockMachines::set_proven(MACHINE, true);
		assert_ok!(open_metered(metered()));
	})
}
