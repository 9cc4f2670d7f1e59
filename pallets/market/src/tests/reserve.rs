use super::*;
use crate::{Reservations, ReservationsOf};

#[test]
fn books_the_units_and_holds_a_deposit_on_each_side() {
	run(|| {
		published();
		events();
		assert_ok!(reserve(consumer(), wish()));
		assert_eq!(
			events(),
			vec![Event::ReservationMade {
				reservation: RESERVATION,
				consumer: consumer(),
				provider: provider(),
				machine: MACHINE,
				opens_at: FROM - 60_000,
				from: FROM,
				closes_at: FROM + 120_000,
				deposit: RESERVATION_DEPOSIT,
			}]
		);
		for who in [consumer(), provider()] {
			assert_eq!(
				on_hold(HoldReason::ReservationDeposit, &who),
				RESERVATION_DEPOSIT
			);
			assert!(ReservationsOf::<Test>::contains_key(who, RESERVATION));
		}
		// From the agreed time to the latest end: window, ten minutes, slack.
		let until = FROM + 120_000 + 600_000 + 120_000;
		assert_eq!(MockMachines::bookings(MACHINE), vec![(2, FROM, until)]);
	})
}

#[test]
fn needs_an_offer_that_can_be_reserved_as_it_was_read() {
	run(|| {
		published();
		assert_ok!(publish(
			provider(),
			OfferDraft {
				reservation_deposit: None,
				..offer()
			}
		));
		let unreservable = Wish {
			offer: OfferId(1),
			offer_hash: Market::offer_hash(OfferId(1)).expect("it stands"),
			..wish()
		};
		assert_noop!(
			reserve(consumer(), unreservable),
			Error::<Test>::NotReservable
		);
		let misread = Wish {
			offer_hash: [0; 32],
			..wish()
		};
		assert_noop!(reserve(consumer(), misread), Error::<Test>::OfferChanged);
		let cheap = Wish {
			max_rate: RATE - 1,
			..wish()
		};
		assert_noop!(reserve(consumer(), cheap), Error::<Test>::RateAboveMaximum);
		for (units, duration_seconds, error) in [
			(0, 600, Error::<Test>::UnitsOutOfRange),
			(5, 600, Error::<Test>::UnitsOutOfRange),
			(2, 59, Error::<Test>::DurationOutOfRange),
		] {
			let wish = Wish {
				units,
				duration_seconds,
				..wish()
			};
			assert_noop!(reserve(consumer(), wish), error);
		}
	})
}

#[test]
fn leaves_the_provider_time_to_cancel() {
	run(|| {
		published();
		let at = |from| Wish { from, ..wish() };
		for from in [0, START, START + 179_999, START + 3_600_001] {
			assert_noop!(reserve(consumer(), at(from)), Error::<Test>::LeadOutOfRange);
		}
		for from in [START + 180_000, START + 3_600_000] {
			assert_ok!(reserve(consumer(), at(from)));
		}
		let soon = Reservations::<Test>::get(RESERVATION).expect("it stands");
		assert!(soon.cancel_until > START);
	})
}

#[test]
fn lies_in_a_window() {
	run(|| {
		let windowed = OfferDraft {
			windows: vec![(FROM, FROM + 600_000)].try_into().expect("one"),
			..offer()
		};
		assert_ok!(publish(provider(), windowed));
		for from in [FROM - 1, FROM + 1] {
			let wish = Wish { from, ..wish() };
			assert_noop!(reserve(consumer(), wish), Error::<Test>::OutsideWindows);
		}
		assert_ok!(reserve(consumer(), wish()));
	})
}

#[test]
fn books_no_more_than_there_is() {
	run(|| {
		reserved();
		let more = Wish { units: 3, ..wish() };
		assert_noop!(reserve(stranger(), more.clone()), REFUSED);
		assert_ok!(reserve(stranger(), wish()));
		// Behind the first booking's slack there is room again.
		let later = Wish {
			from: FROM + 840_000,
			..more
		};
		assert_ok!(reserve(stranger(), later));
	})
}

#[test]
fn needs_a_machine_that_is_there() {
	run(|| {
		published();
		set_online(MACHINE, false);
		assert_noop!(reserve(consumer(), wish()), Error::<Test>::MachineNotOnline);
		set_online(MACHINE, true);
		MockMachines::change(MACHINE, |machine| machine.provider = rival());
		assert_noop!(reserve(consumer(), wish()), Error::<Test>::MachineChanged);
	})
}

#[test]
fn costs_whoever_reserves_for_others_to_find_nothing() {
	run(|| {
		published();
		leave(&stranger(), RESERVATION_DEPOSIT);
		assert_noop!(
			reserve(stranger(), wish()),
			Error::<Test>::InsufficientBalance
		);
		leave(&provider(), RESERVATION_DEPOSIT);
		assert_noop!(reserve(consumer(), wish()), Error::<Test>::ProviderShort);
		assert!(MockMachines::bookings(MACHINE).is_empty());
	})
}

#[test]
fn of_ones_own_machine_moves_nothing() {
	run(|| {
		published();
		assert_ok!(reserve(provider(), wish()));
		assert_eq!(
			on_hold(HoldReason::ReservationDeposit, &provider()),
			2 * RESERVATION_DEPOSIT
		);
		crate::invariants::check::<Test>().expect("both sides are one account");
		until_ms(FROM + 120_001);
		assert_ok!(Market::end_reservation(signed(stranger()), RESERVATION));
		assert_eq!(free(&provider()), ENDOWMENT - UNIT);
	})
}
