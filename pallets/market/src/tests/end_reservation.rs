use super::*;

fn end() -> frame_support::dispatch::DispatchResult {
	Market::end_reservation(signed(stranger()), RESERVATION)
}

fn ended(how: ReservationEnd) {
	let (to_consumer, to_provider) = match how {
		ReservationEnd::ConsumerAbsent => (0, RESERVATION_DEPOSIT),
		ReservationEnd::ProviderAbsent => (RESERVATION_DEPOSIT, 0),
		_ => (0, 0),
	};
	assert_eq!(
		last_event(),
		Event::ReservationEnded {
			reservation: RESERVATION,
			how,
			to_consumer,
			to_provider,
		}
	);
	assert_eq!(free(&consumer()), ENDOWMENT + to_consumer - to_provider);
	assert_eq!(
		free(&provider()),
		ENDOWMENT - UNIT + to_provider - to_consumer
	);
	assert!(MockMachines::bookings(MACHINE).is_empty());
}

#[test]
fn gives_an_absent_consumers_deposit_to_the_provider() {
	run(|| {
		reserved();
		until_ms(FROM + 120_000);
		assert_noop!(end(), Error::<Test>::ReservationNotOver);
		until_ms(FROM + 120_001);
		assert_ok!(end());
		ended(ReservationEnd::ConsumerAbsent);
		assert_noop!(end(), Error::<Test>::UnknownReservation);
	})
}

#[test]
fn gives_an_absent_providers_deposit_to_the_consumer_with_its_funds() {
	run(|| {
		arrived();
		until_ms(FROM + 120_000);
		assert_noop!(end(), Error::<Test>::ReservationNotOver);
		until_ms(FROM + 120_001);
		assert_ok!(end());
		ended(ReservationEnd::ProviderAbsent);
	})
}

#[test]
fn blames_nobody_for_a_window_in_which_the_chain_stood_still() {
	run(|| {
		reserved();
		until_ms(FROM - 120_000);
		stand_still(600_000);
		// In the very first block after it, before that block is noted.
		assert_ok!(end());
		ended(ReservationEnd::Void);
	});
	run(|| {
		arrived();
		stand_still(600_000);
		until_ms(now_ms() + 60_000);
		assert_ok!(end());
		ended(ReservationEnd::Void);
	})
}

#[test]
fn counts_an_absence_if_the_chain_ran_half_of_the_window() {
	// The window lasts 180 s.
	for (stood, how) in [
		(90_000, ReservationEnd::ConsumerAbsent),
		(96_000, ReservationEnd::Void),
	] {
		run(|| {
			reserved();
			until_ms(FROM);
			stand_still(stood);
			until_ms(FROM + 120_001);
			assert_ok!(end());
			ended(how);
		})
	}
}

#[test]
fn does_not_count_a_standstill_outside_the_window() {
	run(|| {
		reserved();
		stand_still(300_000);
		until_ms(FROM + 120_001);
		stand_still(900_000);
		assert_ok!(end());
		ended(ReservationEnd::ConsumerAbsent);
	})
}

#[test]
fn lets_go_of_a_lease_that_was_never_heard_of_again() {
	run(|| {
		opened();
		until_ms(FROM + 600_000);
		assert_noop!(end(), Error::<Test>::ReservationNotOver);
		until_ms(FROM + 600_001);
		assert_ok!(end());
		FakeLeases::end(LEASE);
		ended(ReservationEnd::Void);
	})
}
