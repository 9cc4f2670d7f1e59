use super::*;

fn cancel(who: AccountId) -> frame_support::dispatch::DispatchResult {
	Market::cancel_reservation(signed(who), RESERVATION)
}

#[test]
fn costs_the_consumer_a_share_that_the_provider_gets() {
	run(|| {
		reserved();
		events();
		assert_ok!(cancel(consumer()));
		let half = RESERVATION_DEPOSIT / 2;
		assert_eq!(
			events(),
			vec![Event::ReservationEnded {
				reservation: RESERVATION,
				how: ReservationEnd::CancelledByConsumer,
				to_consumer: 0,
				to_provider: half,
			}]
		);
		assert_eq!(free(&consumer()), ENDOWMENT - half);
		assert_eq!(free(&provider()), ENDOWMENT - UNIT + half);
		assert!(MockMachines::bookings(MACHINE).is_empty());
	})
}

#[test]
fn costs_the_provider_a_share_that_the_consumer_gets() {
	run(|| {
		reserved();
		assert_ok!(cancel(provider()));
		let half = RESERVATION_DEPOSIT / 2;
		assert_eq!(free(&consumer()), ENDOWMENT + half);
		assert_eq!(free(&provider()), ENDOWMENT - UNIT - half);
	})
}

#[test]
fn rounds_the_share_up() {
	run(|| {
		let odd = OfferDraft {
			reservation_deposit: Some(UNIT + 1),
			..offer()
		};
		assert_ok!(publish(provider(), odd));
		assert_ok!(reserve(consumer(), wish()));
		assert_ok!(cancel(consumer()));
		assert_eq!(free(&consumer()), ENDOWMENT - UNIT / 2 - 1);
	})
}

#[test]
fn is_for_the_parties_but_not_the_hot_key() {
	run(|| {
		reserved();
		for who in [agent(), stranger()] {
			assert_noop!(cancel(who), Error::<Test>::NotParty);
		}
	})
}

#[test]
fn is_possible_until_the_notice_and_not_after() {
	run(|| {
		reserved();
		until_ms(FROM - 119_999);
		for who in [consumer(), provider()] {
			assert_noop!(cancel(who), Error::<Test>::TooLateToCancel);
		}
	});
	run(|| {
		reserved();
		until_ms(FROM - 120_000);
		assert_eq!(now_ms(), FROM - 120_000);
		assert_ok!(cancel(provider()));
	})
}

#[test]
fn is_no_way_out_of_an_arrival_or_a_lease() {
	run(|| {
		arrived();
		assert_noop!(cancel(provider()), Error::<Test>::WrongStage);
	});
	run(|| {
		opened();
		for who in [consumer(), provider()] {
			assert_noop!(cancel(who), Error::<Test>::WrongStage);
		}
	})
}
