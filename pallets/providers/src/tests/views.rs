use super::*;
use crate::{
	calendar::{Booking, Lent},
	runtime_api::{CalendarView, MachineFilter},
	windows::Window,
};
use terminal_primitives::market::{HardwareClass, Requirements};

#[test]
fn shows_a_machine_as_people_read_it() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::reserve(machine, 1, LATER));
		Providers::record_pass(machine, 5, 100);
		Providers::record_pass(machine, 50, 100);
		let view = Providers::machine_view(machine).expect("the machine is registered");
		assert_eq!(view.hardware.accelerator, "h100-sxm");
		assert_eq!(
			view.endpoints,
			["https://gpu.example.org:8443", "http://192.0.2.7:8711"]
		);
		assert_eq!(
			(view.free_units, view.open_for_leases, view.proven_ms),
			(3, true, 45)
		);
		assert_eq!(Providers::machine_view(MachineId(9)), None);
	})
}

#[test]
fn says_whether_a_lease_could_be_opened() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let open = || Providers::machine_view(machine).map(|view| view.open_for_leases);
		assert_ok!(Providers::reserve(machine, 4, LATER));
		assert_eq!(open(), Some(false));
		Providers::release(machine, 4);
		assert_eq!(open(), Some(true));
		Providers::slash(&provider(), 800 * UNIT, None);
		assert_eq!(open(), Some(false));
	})
}

#[test]
fn says_that_booked_units_are_not_open() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::reserve(machine, 1, GENESIS_MS + 9));
		assert_ok!(Providers::book(machine, 3, GENESIS_MS + 5, GENESIS_MS + 7));
		let open = || Providers::machine_view(machine).map(|view| view.open_for_leases);
		for (ms, expected) in [(4, true), (5, false), (6, false), (7, true)] {
			at_ms(ms);
			assert_eq!(open(), Some(expected), "after {ms} ms");
		}
		let at = Providers::earliest_start(machine, 3, 1);
		assert_eq!(at, Some(GENESIS_MS + 7));
	})
}

#[test]
fn pages_through_what_meets_requirements() {
	ExtBuilder::default().run(|| {
		register();
		for _ in 0..3 {
			register_machine(1);
		}
		let mut wanted = Requirements {
			class: HardwareClass::Gpu,
			accelerators: Default::default(),
			min_memory_mib: 81_559,
			region: None,
			interconnect: None,
			min_driver: None,
		};
		let ids = |wanted: &Requirements, from| {
			let page = Providers::machines_that_meet(wanted.clone(), MachineId(from), 2);
			let ids: Vec<u64> = page.machines.iter().map(|view| view.id.0).collect();
			(ids, page.next.map(|next| next.0))
		};
		assert_eq!(ids(&wanted, 0), (vec![0, 1], Some(2)));
		assert_eq!(ids(&wanted, 2), (vec![2], None));
		wanted.min_memory_mib += 1;
		assert_eq!(ids(&wanted, 0), (vec![], None));
	})
}

#[test]
fn finds_what_all_filters_let_through() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		register_machine(1);
		let all = MachineFilter {
			provider: None,
			wanted: None,
			max_price: None,
			free_units: None,
		};
		let ids = |filter: &MachineFilter<_>| {
			let page = Providers::find_machines(filter.clone(), MachineId(0), 100);
			assert_eq!(page.next, None);
			page.machines
				.iter()
				.map(|view| view.id.0)
				.collect::<Vec<_>>()
		};
		assert_eq!(ids(&all), [0, 1]);
		let of = |who| MachineFilter {
			provider: Some(who),
			..all.clone()
		};
		assert_eq!(
			(ids(&of(provider())), ids(&of(stranger()))),
			(vec![0, 1], vec![])
		);
		let price = Providers::machine_view(machine).map(|view| view.price_per_second);
		let asking = |max_price| MachineFilter {
			max_price,
			..all.clone()
		};
		assert_eq!(ids(&asking(price)), [0, 1]);
		assert_eq!(ids(&asking(price.map(|price| price - 1))), [0u64; 0]);
		let mut wanted = Requirements {
			class: HardwareClass::Gpu,
			accelerators: Default::default(),
			min_memory_mib: 0,
			region: None,
			interconnect: None,
			min_driver: None,
		};
		let meeting = |wanted: &Requirements| MachineFilter {
			wanted: Some(wanted.clone()),
			..all.clone()
		};
		assert_eq!(ids(&meeting(&wanted)), [0, 1]);
		wanted.class = HardwareClass::Fpga;
		assert_eq!(ids(&meeting(&wanted)), [0u64; 0]);
	})
}

#[test]
fn finds_machines_with_room_for_a_lease_now() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let with_room = |units| {
			let filter = MachineFilter {
				provider: None,
				wanted: None,
				max_price: None,
				free_units: Some(units),
			};
			!Providers::find_machines(filter, machine, 1)
				.machines
				.is_empty()
		};
		assert_eq!((with_room(4), with_room(5)), (true, false));
		assert_ok!(Providers::reserve(machine, 1, GENESIS_MS + 9));
		assert_eq!((with_room(3), with_room(4)), (true, false));
		assert_ok!(Providers::book(machine, 2, GENESIS_MS + 5, GENESIS_MS + 7));
		at_ms(5);
		assert_eq!((with_room(1), with_room(2)), (true, false));
		at_ms(7);
		assert_eq!((with_room(3), with_room(4)), (true, false));
		Providers::slash(&provider(), 800 * UNIT, None);
		assert!(!with_room(1));
	})
}

#[test]
fn shows_what_is_lent_booked_and_announced() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_eq!(Providers::calendar(MachineId(9)), None);
		assert_ok!(Providers::reserve(machine, 1, GENESIS_MS + 10));
		assert_ok!(Providers::reserve(machine, 2, GENESIS_MS + 20));
		assert_ok!(Providers::book(
			machine,
			2,
			GENESIS_MS + 20,
			GENESIS_MS + 30
		));
		for from in [NOON, NOON + 24 * HOUR] {
			let until = from + HOUR;
			let announced = Providers::announce_maintenance(signed(agent()), machine, from, until);
			assert_ok!(announced);
		}
		at_ms(10);
		let window = |from| Window {
			from,
			until: from + HOUR,
		};
		let shown = CalendarView {
			units: 4,
			late: 1,
			lent: vec![Lent {
				until: GENESIS_MS + 20,
				units: 2,
			}],
			bookings: vec![Booking {
				from: GENESIS_MS + 20,
				until: GENESIS_MS + 30,
				units: 2,
			}],
			maintenance: vec![window(NOON), window(NOON + 24 * HOUR)],
			maintenance_left_ms: 70 * HOUR,
		};
		assert_eq!(Providers::calendar(machine), Some(shown));
		// past: no longer shown, still counted; a year later it counts no more
		set_time_ms::<Test>(NOON + 25 * HOUR);
		let left = || {
			let view = Providers::calendar(machine).expect("the machine is registered");
			(view.maintenance.len(), view.maintenance_left_ms)
		};
		assert_eq!(left(), (0, 70 * HOUR));
		set_time_ms::<Test>(NOON + 365 * 24 * HOUR);
		assert_eq!(left(), (0, 71 * HOUR));
	})
}

#[test]
fn pages_through_the_book() {
	ExtBuilder::default().run(|| {
		register();
		for _ in 0..5 {
			register_machine(1);
		}
		at_block(10);
		assert_ok!(Providers::remove_machine(signed(provider()), MachineId(1)));
		let ids = |from, limit| {
			let page = Providers::machine_page(MachineId(from), limit);
			let ids: Vec<u64> = page.machines.iter().map(|view| view.id.0).collect();
			(ids, page.next.map(|next| next.0))
		};
		assert_eq!(ids(0, 2), (vec![0, 2], Some(3)));
		assert_eq!(ids(3, 2), (vec![3, 4], None));
		assert_eq!(ids(3, 0), (vec![3], Some(4)));
		assert_eq!(ids(0, u32::MAX), (vec![0, 2, 3, 4], None));
		assert_eq!(ids(99, 2), (vec![], None));
		let of = |who| {
			Providers::machine_page_of(&who, MachineId(0), 9)
				.machines
				.len()
		};
		assert_eq!((of(provider()), of(stranger())), (4, 0));
	})
}

#[test]
fn shows_books_and_limits() {
	ExtBuilder::default().run(|| {
		online_machine();
		assert_ok!(Providers::put_at_risk(&provider(), 7));
		assert_ok!(Providers::unbond(signed(provider()), 100 * UNIT));
		let view = Providers::provider_view(&provider()).expect("the provider is registered");
		assert_eq!((view.bond, view.required_bond), (900 * UNIT, 400 * UNIT));
		assert_eq!((view.at_risk, view.risk_limit), (7, 450 * UNIT));
		assert_eq!(
			view.unlocking,
			[Unlocking {
				amount: 100 * UNIT,
				at: 21
			}]
		);
		assert_eq!(Providers::provider_view(&stranger()), None);
	})
}

#[test]
fn shows_runs_and_what_is_final() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		Providers::record_pass(machine, GENESIS_MS, 100);
		set_time_ms::<Test>(GENESIS_MS + 50);
		let view = Providers::uptime_view(machine).expect("the machine is registered");
		assert_eq!((view.total_ms, view.resolved_until), (0, GENESIS_MS));
		assert_eq!(
			(view.runs.len(), view.open, view.gap_cap_ms),
			(1, true, 100)
		);
		assert_eq!(Providers::uptime_view(MachineId(9)), None);
	})
}
