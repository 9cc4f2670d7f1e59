//! Each invariant broken on purpose.

use super::*;
use crate::{
	calendar::{Booking, Calendar, Lent},
	runs::Run,
	windows::{Window, Windows},
	Calendars, Machines, MachinesOf, MaintenanceWindows, NextMachine, Providers as Books, Uptimes,
};

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
		Calendars::<Test>::mutate(machine, |calendar| calendar.reserved = 5);
	});
	ExtBuilder::run_broken("PROVIDER-4", || {
		let machine = online_machine();
		Calendars::<Test>::mutate(machine, |calendar| calendar.reserved = 1);
		Machines::<Test>::mutate_extant(machine, |entry| entry.status = MachineStatus::Offline);
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

fn calendar(lent: &[(Moment, u32)], bookings: &[(Moment, Moment, u32)]) -> Calendar {
	let lent = lent.iter().map(|&(until, units)| Lent { until, units });
	let booked = |&(from, until, units): &(Moment, Moment, u32)| Booking { from, until, units };
	Calendar {
		reserved: 3,
		lent: lent.collect::<Vec<_>>().try_into().unwrap(),
		bookings: bookings
			.iter()
			.map(booked)
			.collect::<Vec<_>>()
			.try_into()
			.unwrap(),
	}
}

#[test]
fn provider_7_a_calendar_that_promises_too_much_or_is_out_of_order() {
	let at = |ms| GENESIS_MS + ms;
	let broken = |calendar: Calendar| {
		ExtBuilder::run_broken("PROVIDER-7", move || {
			let machine = online_machine();
			Calendars::<Test>::insert(machine, calendar);
		})
	};
	broken(calendar(&[(at(9), 3)], &[(at(8), at(10), 2)]));
	broken(calendar(&[], &[(at(1), at(5), 2), (at(4), at(6), 3)]));
	broken(calendar(&[(at(9), 4)], &[]));
	broken(calendar(&[(at(9), 1), (at(9), 1)], &[]));
	broken(calendar(&[(at(9), 1), (at(8), 1)], &[]));
	broken(calendar(&[(at(9), 0)], &[]));
	broken(calendar(&[], &[(at(1), at(1), 1)]));
	broken(calendar(&[], &[(at(1), at(2), 0)]));
	broken(calendar(&[], &[(at(3), at(4), 1), (at(1), at(2), 1)]));
	broken(Calendar::default());
	ExtBuilder::run_broken("PROVIDER-7", || {
		Calendars::<Test>::insert(MachineId(4), calendar(&[], &[(at(1), at(2), 1)]));
	});
}

#[test]
fn provider_8_maintenance_that_overlaps_or_was_not_allowed() {
	let windows = |allowed_ms, windows: &[(Moment, Moment)]| Windows {
		kept: windows
			.iter()
			.map(|&(from, until)| Window { from, until })
			.collect::<Vec<_>>()
			.try_into()
			.unwrap(),
		allowed_ms,
	};
	let broken = |windows: Windows| {
		ExtBuilder::run_broken("PROVIDER-8", move || {
			MaintenanceWindows::<Test>::insert(online_machine(), windows);
		})
	};
	broken(windows(19, &[(NOON, NOON + 10), (NOON + 10, NOON + 20)]));
	broken(windows(99, &[(NOON, NOON + 10), (NOON + 9, NOON + 20)]));
	broken(windows(99, &[(NOON, NOON + 10), (NOON - 10, NOON)]));
	broken(windows(99, &[(NOON, NOON)]));
	let nine: Vec<_> = (0..9).map(|n| (NOON + 2 * n, NOON + 2 * n + 1)).collect();
	broken(windows(99, &nine));
	ExtBuilder::run_broken("PROVIDER-8", || {
		MaintenanceWindows::<Test>::insert(MachineId(4), windows(99, &[(NOON, NOON + 1)]));
	});
}

#[test]
fn provider_9_asset_prices_of_nothing() {
	let prices = |list: &[(u32, u128)]| crate::AssetPriceList::truncate_from(list.to_vec());
	ExtBuilder::run_broken("PROVIDER-9", || {
		crate::AssetPrices::<Test>::insert(MachineId(4), prices(&[(1, 1)]));
	});
	for list in [&[][..], &[(1, 0)], &[(1, 1), (1, 2)]] {
		ExtBuilder::run_broken("PROVIDER-9", move || {
			crate::AssetPrices::<Test>::insert(online_machine(), prices(list));
		});
	}
}

#[test]
fn provider_10_a_machine_without_hosts_or_with_one_twice() {
	for broken in [
		&[][..],
		&["ftp://a"],
		&["http://a", ""],
		&["http://a", "http://b", "http://A"],
	] {
		ExtBuilder::run_broken("PROVIDER-10", move || {
			let machine = online_machine();
			Machines::<Test>::mutate_extant(machine, |entry| entry.endpoints = hosts(broken));
		});
	}
}
