use super::*;
use terminal_primitives::market::MachineSummary;

fn summary(machine: MachineId) -> Option<MachineSummary<terminal_test_support::AccountId>> {
	<Providers as terminal_primitives::market::Machines<_>>::machine(machine)
}

#[test]
fn shows_what_a_lease_must_know() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::reserve(machine, 3, LATER));
		let entry = crate::Machines::<Test>::get(machine).expect("the machine is registered");
		let expected = MachineSummary {
			provider: provider(),
			agent: agent(),
			units: 4,
			status: MachineStatus::Online,
			price_per_second: PRICE,
			terms_hash: entry.terms_hash(machine),
		};
		assert_eq!(summary(machine), Some(expected));
		assert_eq!(Providers::reserved_units(machine), 3);
		assert_eq!(summary(MachineId(9)), None);
		assert_eq!(Providers::reserved_units(MachineId(9)), 0);
	})
}

#[test]
fn lends_no_more_than_is_free() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::reserve(machine, 3, LATER));
		for units in [0, 2, u32::MAX] {
			assert_noop!(
				Providers::reserve(machine, units, LATER),
				Error::<Test>::NotEnoughUnits
			);
		}
		assert_ok!(Providers::reserve(machine, 1, LATER));
		assert_noop!(
			Providers::reserve(machine, 1, LATER),
			Error::<Test>::NotEnoughUnits
		);
		Providers::release(machine, 4);
		assert_ok!(Providers::reserve(machine, 4, LATER));
	})
}

#[test]
fn clamps_what_is_given_back() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::reserve(machine, 1, LATER));
		Providers::release(machine, 9);
		assert_eq!(Providers::reserved_units(machine), 0);
	})
}

#[test]
fn lends_only_online_machines() {
	ExtBuilder::default().run(|| {
		register();
		let machine = register_machine(4);
		assert_noop!(
			Providers::reserve(machine, 1, LATER),
			Error::<Test>::MachineNotOnline
		);
		let set = |status| Providers::set_status(signed(agent()), machine, status);
		assert_ok!(set(MachineStatus::Online));
		assert_ok!(set(MachineStatus::Draining));
		assert_noop!(
			Providers::reserve(machine, 1, LATER),
			Error::<Test>::MachineNotOnline
		);
		assert_noop!(
			Providers::reserve(MachineId(9), 1, LATER),
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
			Providers::reserve(machine, 1, LATER),
			Error::<Test>::BondBelowUnits
		);
		assert_eq!(Providers::earliest_start(machine, 1, 1), None);
		assert_ok!(Providers::bond(signed(provider()), 100 * UNIT));
		assert_ok!(Providers::reserve(machine, 1, LATER));
	})
}

#[test]
fn lends_only_until_a_booking_needs_the_units() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let (from, until) = (GENESIS_MS + 100, GENESIS_MS + 200);
		assert_ok!(Providers::book(machine, 3, from, until));
		assert_noop!(
			Providers::reserve(machine, 2, from + 1),
			Error::<Test>::Booked
		);
		assert_ok!(Providers::reserve(machine, 2, from));
		assert_ok!(Providers::reserve(machine, 1, until));
		// the last unit is free, though not beyond `from`
		assert_noop!(
			Providers::reserve(machine, 1, from + 1),
			Error::<Test>::Booked
		);
		assert_ok!(Providers::reserve(machine, 1, from));
		assert_noop!(
			Providers::reserve(machine, 1, from),
			Error::<Test>::NotEnoughUnits
		);
	})
}

#[test]
fn lends_nothing_to_others_while_a_booking_waits_for_its_arrival() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::book(
			machine,
			4,
			GENESIS_MS + 10,
			GENESIS_MS + 20
		));
		at_ms(10);
		// even an end that is past does not slip through
		for until in [0, GENESIS_MS, GENESIS_MS + 11, u64::MAX] {
			let refused = Providers::reserve(machine, 1, until);
			assert_noop!(refused, Error::<Test>::Booked);
		}
		Providers::unbook(machine, 4, GENESIS_MS + 10, GENESIS_MS + 20);
		assert_ok!(Providers::reserve(machine, 4, GENESIS_MS + 20));
	})
}

#[test]
fn extends_until_a_booking_needs_the_units() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let from = GENESIS_MS + 100;
		assert_ok!(Providers::reserve(machine, 2, GENESIS_MS + 50));
		assert_ok!(Providers::book(machine, 3, from, from + 100));
		let latest = |units| Providers::extendable_until(machine, units, from + 500);
		assert_noop!(
			Providers::extend(machine, 2, from + 1),
			Error::<Test>::Booked
		);
		assert_eq!((latest(2), latest(1)), (Some(from), Some(from + 500)));
		assert_ok!(Providers::extend(machine, 1, from + 500));
		assert_ok!(Providers::extend(machine, 2, from));
		assert_eq!(
			Providers::extend(machine, 2, from + 1),
			Err(Error::<Test>::Booked.into())
		);
		Providers::unbook(machine, 3, from, from + 100);
		assert_ok!(Providers::extend(machine, 2, from + 500));
	})
}

#[test]
fn extends_nothing_that_is_not_lent() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::reserve(machine, 2, LATER));
		for units in [0, 3, u32::MAX] {
			let refused = Providers::extend(machine, units, LATER);
			assert_noop!(refused, Error::<Test>::NotEnoughUnits);
			assert_eq!(Providers::extendable_until(machine, units, LATER), None);
		}
		let unknown = Providers::extend(MachineId(9), 1, LATER);
		assert_noop!(unknown, Error::<Test>::MachineNotFound);
		assert_eq!(Providers::extendable_until(MachineId(9), 1, LATER), None);
	})
}

#[test]
fn extends_on_a_draining_machine_and_on_a_slashed_bond() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::reserve(machine, 2, LATER));
		let draining = MachineStatus::Draining;
		assert_ok!(Providers::set_status(signed(agent()), machine, draining));
		Providers::slash(&provider(), 700 * UNIT, None);
		assert_ok!(Providers::extend(machine, 2, LATER + 1));
	})
}

#[test]
fn an_earlier_end_shortens_nothing() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::reserve(machine, 2, GENESIS_MS + 100));
		let before = crate::Calendars::<Test>::get(machine);
		assert_ok!(Providers::extend(machine, 2, GENESIS_MS + 50));
		assert_eq!(crate::Calendars::<Test>::get(machine), before);
		at_ms(60);
		assert_ok!(Providers::extend(machine, 2, GENESIS_MS));
		let late = Providers::book(machine, 3, GENESIS_MS + 99, GENESIS_MS + 101);
		assert_noop!(late, Error::<Test>::Booked);
	})
}

#[test]
fn a_lease_past_its_end_stands_against_leases_and_not_against_bookings() {
	// as after a halt of the chain: nobody could close what is over
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let (from, until) = (GENESIS_MS + 1_001, GENESIS_MS + 1_002);
		assert_ok!(Providers::reserve(machine, 4, GENESIS_MS + 10));
		at_ms(1_000);
		assert_noop!(
			Providers::reserve(machine, 1, until),
			Error::<Test>::NotEnoughUnits
		);
		assert_eq!(Providers::earliest_start(machine, 4, 1), Some(from));
		assert_ok!(Providers::book(machine, 4, from, until));
		// it can go on only where nothing is booked
		assert_noop!(
			Providers::extend(machine, 1, from + 1),
			Error::<Test>::Booked
		);
		assert_eq!(Providers::extendable_until(machine, 4, until), Some(from));
		at_ms(1_001);
		assert_noop!(Providers::extend(machine, 1, until), Error::<Test>::Booked);
		assert_eq!(Providers::extendable_until(machine, 4, until), None);
		Providers::unbook(machine, 4, from, until);
		assert_noop!(
			Providers::reserve(machine, 4, until),
			Error::<Test>::NotEnoughUnits
		);
		Providers::release(machine, 4);
		assert_ok!(Providers::reserve(machine, 4, until));
	})
}

#[test]
fn many_short_leases_beside_a_long_one_leave_their_units_to_bookings() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::reserve(machine, 1, GENESIS_MS + 1_000));
		assert_ok!(Providers::reserve(machine, 3, GENESIS_MS + 10));
		assert_ok!(Providers::book(
			machine,
			3,
			GENESIS_MS + 10,
			GENESIS_MS + 20
		));
		assert_eq!(
			Providers::earliest_start(machine, 1, 5),
			Some(GENESIS_MS + 20)
		);
		assert_eq!(
			Providers::earliest_start(machine, 4, 5),
			Some(GENESIS_MS + 1_000)
		);
	})
}

#[test]
fn leaves_no_calendar_when_nothing_is_lent_or_booked() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::reserve(machine, 4, u64::MAX));
		assert!(crate::Calendars::<Test>::contains_key(machine));
		Providers::release(machine, 4);
		assert!(!crate::Calendars::<Test>::contains_key(machine));
	})
}

#[test]
fn takes_nothing_new_as_what_it_has_not_proven() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::reserve(machine, 1, LATER));
		Unproven::set(vec![text("h100-sxm")]);
		assert_noop!(
			Providers::reserve(machine, 1, LATER),
			Error::<Test>::CapabilityNotProven
		);
		assert_noop!(
			Providers::book(machine, 1, LATER, LATER + HOUR),
			Error::<Test>::CapabilityNotProven
		);
		assert_eq!(Providers::earliest_start(machine, 1, HOUR), None);
		// What runs goes on.
		assert_ok!(Providers::extend(machine, 1, LATER + HOUR));
		Providers::release(machine, 1);
		// Of others nothing is asked.
		Unproven::set(vec![text("h200")]);
		assert_ok!(Providers::reserve(machine, 1, LATER));
		Unproven::set(Vec::new());
	})
}

#[test]
fn names_the_units_of_machines_that_are_registered() {
	use terminal_primitives::capability::Accelerators;
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_eq!(Providers::accelerator(machine), Some(text("h100-sxm")));
		assert_eq!(Providers::accelerator(MachineId(9)), None);
	})
}
