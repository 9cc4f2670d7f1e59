use super::*;
use terminal_primitives::market::MachineSummary;

fn summary(machine: MachineId) -> Option<MachineSummary<terminal_test_support::AccountId>> {
	<Providers as terminal_primitives::market::Machines<_>>::machine(machine)
}

#[test]
fn shows_what_a_lease_must_know() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::reserve(machine, 3));
		let entry = crate::Machines::<Test>::get(machine).expect("the machine is registered");
		let expected = MachineSummary {
			provider: provider(),
			agent: agent(),
			units: 4,
			free_units: 1,
			status: MachineStatus::Online,
			price_per_second: PRICE,
			terms_hash: entry.terms_hash(machine),
		};
		assert_eq!(summary(machine), Some(expected));
		assert_eq!(summary(MachineId(9)), None);
	})
}

#[test]
fn lends_no_more_than_is_free() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::reserve(machine, 3));
		for units in [0, 2, u32::MAX] {
			assert_noop!(
				Providers::reserve(machine, units),
				Error::<Test>::NotEnoughUnits
			);
		}
		assert_ok!(Providers::reserve(machine, 1));
		assert_noop!(
			Providers::reserve(machine, 1),
			Error::<Test>::NotEnoughUnits
		);
		Providers::release(machine, 4);
		assert_ok!(Providers::reserve(machine, 4));
	})
}

#[test]
fn clamps_what_is_given_back() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::reserve(machine, 1));
		Providers::release(machine, 9);
		assert_eq!(summary(machine).map(|summary| summary.free_units), Some(4));
	})
}

#[test]
fn lends_only_online_machines() {
	ExtBuilder::default().run(|| {
		register();
		let machine = register_machine(4);
		assert_noop!(
			Providers::reserve(machine, 1),
			Error::<Test>::MachineNotOnline
		);
		let set = |status| Providers::set_status(signed(agent()), machine, status);
		assert_ok!(set(MachineStatus::Online));
		assert_ok!(set(MachineStatus::Draining));
		assert_noop!(
			Providers::reserve(machine, 1),
			Error::<Test>::MachineNotOnline
		);
		assert_noop!(
			Providers::reserve(MachineId(9), 1),
			Error::<Test>::MachineNotFound
		);
	})
}

#[test]
fn lends_nothing_on_a_slashed_bond_until_it_is_filled_up() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		Providers::slash(&provider(), 700 * UNIT, None);
		assert_noop!(
			Providers::reserve(machine, 1),
			Error::<Test>::BondBelowUnits
		);
		assert_ok!(Providers::bond(signed(provider()), 100 * UNIT));
		assert_ok!(Providers::reserve(machine, 1));
	})
}
