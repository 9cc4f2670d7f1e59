//! Each invariant broken on purpose.

use super::*;
use crate::{runs::Run, Machines, MachinesOf, NextMachine, Providers as Books, Uptimes};

#[test]
fn provider_1_books_that_differ_from_the_hold() {
	ExtBuilder::run_broken("PROVIDER-1", || {
		register();
		Books::<Test>::mutate_extant(provider(), |books| books.bond += 1);
	});
	ExtBuilder::run_broken("PROVIDER-1", || {
		register();
		Books::<Test>::mutate_extant(provider(), |books| {
			books.unlocking = vec![Unlocking { amount: 0, at: 9 }].try_into().unwrap();
		});
	});
}

#[test]
fn provider_2_miscounted_machines() {
	ExtBuilder::run_broken("PROVIDER-2", || {
		online_machine();
		Books::<Test>::mutate_extant(provider(), |books| books.units += 1);
	});
	ExtBuilder::run_broken("PROVIDER-2", || {
		let machine = online_machine();
		MachinesOf::<Test>::remove(provider(), machine);
	});
	ExtBuilder::run_broken("PROVIDER-2", || {
		MachinesOf::<Test>::insert(provider(), MachineId(3), ());
	});
	ExtBuilder::run_broken("PROVIDER-2", || {
		online_machine();
		Books::<Test>::remove(provider());
	});
}

#[test]
fn provider_3_risk_without_bond() {
	ExtBuilder::run_broken("PROVIDER-3", || {
		register();
		Books::<Test>::mutate_extant(provider(), |books| books.at_risk = BOND + 1);
	})
}

#[test]
fn provider_4_more_units_lent_than_there_are_or_lent_offline() {
	ExtBuilder::run_broken("PROVIDER-4", || {
		let machine = online_machine();
		Machines::<Test>::mutate_extant(machine, |entry| entry.reserved = 5);
	});
	ExtBuilder::run_broken("PROVIDER-4", || {
		let machine = online_machine();
		Machines::<Test>::mutate_extant(machine, |entry| {
			entry.reserved = 1;
			entry.status = MachineStatus::Offline;
		});
	});
}

#[test]
fn provider_5_an_id_from_nowhere_or_a_hot_cold_account() {
	ExtBuilder::run_broken("PROVIDER-5", || {
		online_machine();
		NextMachine::<Test>::put(MachineId(0));
	});
	ExtBuilder::run_broken("PROVIDER-5", || {
		let machine = online_machine();
		Machines::<Test>::mutate_extant(machine, |entry| entry.agent = provider());
	});
}

#[test]
fn provider_6_runs_that_overlap_or_have_no_machine() {
	ExtBuilder::run_broken("PROVIDER-6", || {
		let machine = online_machine();
		Uptimes::<Test>::mutate(machine, |uptime| {
			uptime.resolved = 100;
			uptime.runs = vec![
				Run {
					from: 0,
					to: 50,
					before: 0,
				},
				Run {
					from: 40,
					to: 60,
					before: 50,
				},
			]
			.try_into()
			.unwrap();
		});
	});
	ExtBuilder::run_broken("PROVIDER-6", || {
		Uptimes::<Test>::mutate(MachineId(4), |uptime| uptime.close());
	});
}
