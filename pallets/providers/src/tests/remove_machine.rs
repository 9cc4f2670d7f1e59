use super::*;
use crate::{Machines, MachinesOf, Uptimes};

fn offline_machine() -> MachineId {
	let machine = online_machine();
	let offline = MachineStatus::Offline;
	assert_ok!(Providers::set_status(signed(provider()), machine, offline));
	machine
}

#[test]
fn forgets_everything_after_the_delay() {
	ExtBuilder::default().run(|| {
		let machine = offline_machine();
		Providers::record_pass(machine, 1_000, 600_000);
		events();
		at_block(5);
		let early = Providers::remove_machine(signed(provider()), machine);
		assert_noop!(early, Error::<Test>::RemovalTooEarly);
		at_block(6);
		assert_ok!(Providers::remove_machine(signed(provider()), machine));
		assert!(!Machines::<Test>::contains_key(machine));
		assert!(!MachinesOf::<Test>::contains_key(provider(), machine));
		assert!(!Uptimes::<Test>::contains_key(machine));
		assert_eq!((books().machines, books().units), (0, 0));
		assert_eq!(
			events(),
			[Event::MachineRemoved {
				machine,
				provider: provider()
			}]
		);
	})
}

#[test]
fn frees_the_bond() {
	ExtBuilder::default().run(|| {
		let machine = offline_machine();
		at_block(6);
		assert_noop!(
			Providers::unbond(signed(provider()), BOND),
			Error::<Test>::BondBelowUnits
		);
		assert_ok!(Providers::remove_machine(signed(provider()), machine));
		assert_ok!(Providers::unbond(signed(provider()), BOND));
	})
}

#[test]
fn leaves_unfinished_leases_with_a_final_uptime_of_nothing() {
	ExtBuilder::default().run(|| {
		let machine = offline_machine();
		at_block(6);
		assert_ok!(Providers::remove_machine(signed(provider()), machine));
		// the mock's neighbour would not, but nothing comes of it
		Providers::record_pass(machine, 1_000, 600_000);
		Providers::record_miss(machine, 1_000);
		assert_eq!(Providers::proven_ms(machine, u64::MAX), 0);
		assert_eq!(
			Providers::resolved_until(machine),
			pallet_timestamp::Now::<Test>::get()
		);
		Providers::release(machine, 1);
	})
}

#[test]
fn needs_it_offline_and_unchallenged() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		at_block(100);
		let remove = || Providers::remove_machine(signed(provider()), machine);
		assert_noop!(remove(), Error::<Test>::MachineNotOffline);
		assert_ok!(Providers::reserve(machine, 4, LATER));
		let draining = MachineStatus::Draining;
		assert_ok!(Providers::set_status(signed(provider()), machine, draining));
		assert_noop!(remove(), Error::<Test>::MachineNotOffline);
		Providers::release(machine, 4);
		let offline = MachineStatus::Offline;
		assert_ok!(Providers::set_status(signed(provider()), machine, offline));
		at_block(200);
		MockGuard::set_open(machine, true);
		assert_noop!(remove(), Error::<Test>::ChallengeOpen);
		MockGuard::set_open(machine, false);
		assert_ok!(remove());
		assert_noop!(remove(), Error::<Test>::MachineNotFound);
	})
}

#[test]
fn needs_every_booking_gone_and_draining_brings_no_new_ones() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let (from, until) = (GENESIS_MS + 10, GENESIS_MS + 20);
		assert_ok!(Providers::book(machine, 1, from, until));
		let offline = MachineStatus::Offline;
		assert_ok!(Providers::set_status(signed(provider()), machine, offline));
		at_block(6);
		// a booking long past is still one: only its reservation knows that it is over
		at_ms(1_000_000);
		let remove = || Providers::remove_machine(signed(provider()), machine);
		assert_noop!(remove(), Error::<Test>::UnitsBooked);
		let again = Providers::book(machine, 1, GENESIS_MS + 2_000_000, u64::MAX);
		assert_noop!(again, Error::<Test>::MachineNotOnline);
		Providers::unbook(machine, 1, from, until);
		assert_ok!(remove());
		// nothing to take back, nothing to break
		Providers::unbook(machine, 1, from, until);
	})
}

#[test]
fn forgets_its_maintenance() {
	ExtBuilder::default().run(|| {
		let machine = offline_machine();
		let announced =
			Providers::announce_maintenance(signed(agent()), machine, NOON, NOON + HOUR);
		assert_ok!(announced);
		at_block(6);
		assert_ok!(Providers::remove_machine(signed(provider()), machine));
		assert!(!crate::MaintenanceWindows::<Test>::contains_key(machine));
	})
}

#[test]
fn counts_the_delay_from_the_last_time_online() {
	ExtBuilder::default().run(|| {
		let machine = offline_machine();
		at_block(50);
		let set = |status| Providers::set_status(signed(provider()), machine, status);
		assert_ok!(set(MachineStatus::Online));
		assert_ok!(set(MachineStatus::Offline));
		at_block(54);
		let early = Providers::remove_machine(signed(provider()), machine);
		assert_noop!(early, Error::<Test>::RemovalTooEarly);
	})
}

#[test]
fn is_for_the_owner() {
	ExtBuilder::default().run(|| {
		let machine = offline_machine();
		at_block(6);
		for who in [agent(), stranger()] {
			let refused = Providers::remove_machine(signed(who), machine);
			assert_noop!(refused, Error::<Test>::NotMachineOwner);
		}
	})
}

#[test]
fn waits_until_no_lease_can_be_claimed_whatever_the_parameters_say() {
	ExtBuilder::default().run(|| {
		let machine = offline_machine();
		ClaimWindow::set(10);
		let remove = || Providers::remove_machine(signed(provider()), machine);
		// leases take receipts up to block 11
		at_block(11);
		assert_noop!(remove(), Error::<Test>::RemovalTooEarly);
		at_block(12);
		assert_ok!(remove());
	})
}
