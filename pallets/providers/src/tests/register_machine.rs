use super::*;
use crate::{Endpoints, Hardware, Machine, Machines, MachinesOf, NextMachine};
use terminal_test_support::AccountId;

fn call(
	hardware: Hardware,
	agent: AccountId,
	endpoints: Endpoints,
	price: u128,
) -> sp_runtime::DispatchResult {
	Providers::register_machine(
		signed(provider()),
		hardware,
		agent,
		endpoints,
		price,
		DOCUMENT,
	)
}

#[test]
fn stores_it_offline_with_all_units_free() {
	ExtBuilder::default().run(|| {
		register();
		events();
		assert_ok!(call(hardware(4), agent(), endpoints(), PRICE));
		let expected = Machine {
			provider: provider(),
			agent: agent(),
			hardware: hardware(4),
			endpoints: endpoints(),
			price_per_second: PRICE,
			document: DOCUMENT,
			status: MachineStatus::Offline,
			status_since: 1,
			registered_at: 1,
		};
		assert_eq!(Machines::<Test>::get(MachineId(0)), Some(expected));
		assert!(MachinesOf::<Test>::contains_key(provider(), MachineId(0)));
		assert_eq!((books().machines, books().units), (1, 4));
		assert_eq!(NextMachine::<Test>::get(), MachineId(1));
		assert_eq!(
			events(),
			[Event::MachineRegistered {
				machine: MachineId(0),
				provider: provider(),
				agent: agent(),
				units: 4
			}]
		);
	})
}

#[test]
fn needs_bond_for_every_unit_of_all_machines() {
	ExtBuilder::default().run(|| {
		register();
		assert_noop!(
			call(hardware(11), agent(), endpoints(), PRICE),
			Error::<Test>::BondBelowUnits
		);
		assert_ok!(call(hardware(6), agent(), endpoints(), PRICE));
		assert_noop!(
			call(hardware(5), agent(), endpoints(), PRICE),
			Error::<Test>::BondBelowUnits
		);
		assert_ok!(call(hardware(4), agent(), endpoints(), PRICE));
	})
}

#[test]
fn does_not_count_bond_on_its_way_out() {
	ExtBuilder::default().run(|| {
		register();
		assert_ok!(Providers::unbond(signed(provider()), 100 * UNIT));
		assert_noop!(
			call(hardware(10), agent(), endpoints(), PRICE),
			Error::<Test>::BondBelowUnits
		);
	})
}

#[test]
fn refuses_the_cold_account_as_agent() {
	ExtBuilder::default().run(|| {
		register();
		let refused = call(hardware(1), provider(), endpoints(), PRICE);
		assert_noop!(refused, Error::<Test>::AgentIsProvider);
	})
}

#[test]
fn refuses_endpoints_that_hide_something() {
	ExtBuilder::default().run(|| {
		register();
		for bad in [
			"",
			"https://user@a",
			"https://a/path",
			"file://a",
			"https://a:0",
		] {
			let refused = call(hardware(1), agent(), hosts(&["https://a", bad]), PRICE);
			assert_noop!(refused, Error::<Test>::InvalidEndpoint);
		}
	})
}

#[test]
fn needs_hosts_and_each_once() {
	ExtBuilder::default().run(|| {
		register();
		let nowhere = call(hardware(1), agent(), hosts(&[]), PRICE);
		assert_noop!(nowhere, Error::<Test>::NoEndpoint);
		let twice = call(
			hardware(1),
			agent(),
			hosts(&["http://a", "http://a"]),
			PRICE,
		);
		assert_noop!(twice, Error::<Test>::EndpointTwice);
	})
}

#[test]
fn refuses_hardware_without_names_or_units() {
	ExtBuilder::default().run(|| {
		register();
		let nameless = Hardware {
			accelerator: text(""),
			..hardware(1)
		};
		let nowhere = Hardware {
			region: text(""),
			..hardware(1)
		};
		let loud = Hardware {
			driver: text("NVIDIA"),
			..hardware(1)
		};
		for bad in [nameless, nowhere, loud] {
			let refused = call(bad, agent(), endpoints(), PRICE);
			assert_noop!(refused, Error::<Test>::InvalidHardware);
		}
		for count in [0, 1_025] {
			let refused = call(hardware(count), agent(), endpoints(), PRICE);
			assert_noop!(refused, Error::<Test>::UnitsOutOfRange);
		}
		let plain = Hardware {
			interconnect: text(""),
			driver: text(""),
			..hardware(1)
		};
		assert_ok!(call(plain, agent(), endpoints(), PRICE));
	})
}

#[test]
fn refuses_prices_outside_the_range() {
	ExtBuilder::default().run(|| {
		register();
		for price in [0, 999, 1_000 * UNIT + 1] {
			let refused = call(hardware(1), agent(), endpoints(), price);
			assert_noop!(refused, Error::<Test>::PriceOutOfRange);
		}
		assert_ok!(call(hardware(1), agent(), endpoints(), 1_000));
	})
}

#[test]
fn is_bounded() {
	ExtBuilder::params(Parameters {
		max_machines: 2,
		..parameters()
	})
	.run(|| {
		register();
		register_machine(1);
		register_machine(1);
		let third = call(hardware(1), agent(), endpoints(), PRICE);
		assert_noop!(third, Error::<Test>::TooManyMachines);
	})
}

#[test]
fn stops_when_ids_are_used_up() {
	ExtBuilder::default().run(|| {
		register();
		NextMachine::<Test>::put(MachineId(u64::MAX));
		let last = call(hardware(1), agent(), endpoints(), PRICE);
		assert_noop!(last, Error::<Test>::IdsExhausted);
	})
}

#[test]
fn is_for_providers() {
	ExtBuilder::default().run(|| {
		let refused = call(hardware(1), agent(), endpoints(), PRICE);
		assert_noop!(refused, Error::<Test>::NotProvider);
	})
}
