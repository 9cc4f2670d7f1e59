//! What leases tell.

use super::*;
use crate::{ReservationOfLease, Reservations};
use terminal_primitives::hooks::OnLeaseBegun;

#[test]
fn of_the_first_second_gives_both_deposits_back() {
	run(|| {
		opened();
		events();
		FakeLeases::start(LEASE);
		assert_eq!(
			events(),
			vec![Event::ReservationEnded {
				reservation: RESERVATION,
				how: ReservationEnd::Kept,
				to_consumer: 0,
				to_provider: 0,
			}]
		);
		FakeLeases::end(LEASE);
		assert_eq!(free(&consumer()), ENDOWMENT);
		assert_eq!(free(&provider()), ENDOWMENT - UNIT);
		assert_eq!(Reservations::<Test>::iter().count(), 0);
		assert_eq!(ReservationOfLease::<Test>::iter().count(), 0);
	})
}

#[test]
fn of_a_lease_never_started_gives_the_consumer_the_providers_deposit() {
	run(|| {
		opened();
		until_ms(FROM + 60_000);
		FakeLeases::never_start(LEASE);
		assert_eq!(free(&consumer()), ENDOWMENT + RESERVATION_DEPOSIT);
		assert_eq!(free(&provider()), ENDOWMENT - UNIT - RESERVATION_DEPOSIT);
	})
}

#[test]
fn of_a_lease_that_could_not_be_started_blames_nobody() {
	run(|| {
		opened();
		stand_still(120_000);
		FakeLeases::never_start(LEASE);
		assert_eq!(free(&consumer()), ENDOWMENT);
		assert_eq!(free(&provider()), ENDOWMENT - UNIT);
	})
}

#[test]
fn twice_or_of_other_leases_changes_nothing() {
	run(|| {
		published();
		assert_ok!(take(stranger(), taking()));
		FakeLeases::start(LEASE);
		opened_second();
		FakeLeases::start(LeaseId(1));
		let before = free(&consumer());
		Market::on_started(LeaseId(1));
		Market::on_never_started(LeaseId(1));
		Market::on_never_started(LeaseId(9));
		assert_eq!(free(&consumer()), before);
	})
}

fn opened_second() {
	assert_ok!(reserve(consumer(), wish()));
	until_ms(FROM);
	assert_ok!(arrive(consumer()));
}
