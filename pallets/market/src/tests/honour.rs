use super::*;
use crate::{ReservationOfLease, Reservations};

fn honour(who: AccountId) -> frame_support::dispatch::DispatchResult {
	Market::honour(signed(who), RESERVATION)
}

#[test]
fn opens_the_lease_that_waited() {
	for who in [provider(), agent(), consumer()] {
		run(|| {
			arrived();
			set_online(MACHINE, true);
			until_ms(FROM + 60_000);
			// The consumer cannot make it fail: its funds are on hold.
			leave(&consumer(), MILLI);
			events();
			assert_ok!(honour(who));
			assert_eq!(
				events(),
				vec![Event::ReservationOpened {
					reservation: RESERVATION,
					lease: LEASE,
				}]
			);
			assert_eq!(ReservationOfLease::<Test>::get(LEASE), Some(RESERVATION));
			assert_eq!(FakeLeases::get(LEASE).held, RESERVED_WHOLE + OPENING);
			assert!(MockMachines::bookings(MACHINE).is_empty());
		})
	}
}

#[test]
fn is_for_the_parties_and_until_the_end() {
	run(|| {
		arrived();
		set_online(MACHINE, true);
		assert_noop!(honour(stranger()), Error::<Test>::NotParty);
		until_ms(FROM + 120_001);
		assert_noop!(honour(provider()), Error::<Test>::WindowOver);
	});
	run(|| {
		arrived();
		set_online(MACHINE, true);
		until_ms(FROM + 120_000);
		assert_ok!(honour(provider()));
	})
}

#[test]
fn needs_the_machine() {
	run(|| {
		arrived();
		assert_noop!(honour(provider()), Error::<Test>::MachineNotOnline);
		set_online(MACHINE, true);
		MockMachines::change(MACHINE, |machine| machine.free_units = 1);
		assert_noop!(honour(provider()), REFUSED);
	})
}

#[test]
fn is_for_arrivals() {
	run(|| {
		reserved();
		assert_noop!(honour(provider()), Error::<Test>::WrongStage);
		until_ms(FROM);
		assert_ok!(arrive(consumer()));
		assert_noop!(honour(provider()), Error::<Test>::WrongStage);
	})
}

/// The consumer arrived with a model while the machine was offline.
fn arrived_with_a_model() {
	reserved();
	until_ms(FROM);
	set_online(MACHINE, false);
	assert_ok!(Market::arrive(
		signed(consumer()),
		RESERVATION,
		Some(VERSION),
		None,
		RESERVED_WHOLE / 10,
	));
	events();
}

fn is_void() -> bool {
	last_event()
		== Event::ReservationEnded {
			reservation: RESERVATION,
			how: ReservationEnd::Void,
			to_consumer: 0,
			to_provider: 0,
		}
}

#[test]
fn blames_nobody_for_a_model_that_is_gone_or_dearer() {
	for gone in [true, false] {
		run(|| {
			arrived_with_a_model();
			match gone {
				true => FakeLeases::yank(),
				false => FakeLeases::set_royalty(1_000),
			}
			// An absent provider cannot hide behind that.
			assert_noop!(honour(provider()), Error::<Test>::MachineNotOnline);
			set_online(MACHINE, true);
			assert_ok!(honour(agent()));
			assert!(is_void());
			assert_eq!(free(&consumer()), ENDOWMENT);
			assert_eq!(free(&provider()), ENDOWMENT - UNIT);
			assert_eq!(FakeLeases::count(), 0);
			assert_eq!(MockMachines::free_units(MACHINE), 4);
			assert!(MockMachines::bookings(MACHINE).is_empty());
			assert_eq!(Reservations::<Test>::iter().count(), 0);
		})
	}
}

#[test]
fn pays_no_model_that_became_dearer_since_the_arrival() {
	for (royalty, opens) in [(0, true), (1, false)] {
		run(|| {
			reserved();
			until_ms(FROM);
			set_online(MACHINE, false);
			assert_ok!(Market::arrive(
				signed(consumer()),
				RESERVATION,
				Some(VERSION),
				None,
				RESERVED_WHOLE,
			));
			// By so little that the funds would still do.
			FakeLeases::set_royalty(royalty);
			set_online(MACHINE, true);
			assert_ok!(honour(provider()));
			assert_eq!(FakeLeases::count(), u64::from(opens));
			if !opens {
				assert!(is_void());
				assert_eq!(free(&consumer()), ENDOWMENT);
			}
		})
	}
}
