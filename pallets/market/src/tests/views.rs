use super::*;
use crate::runtime_api::*;

fn ids(filter: OfferFilter) -> Vec<u64> {
	let page = Market::offers(filter, OFFER, 100);
	page.offers.into_iter().map(|offer| offer.id.0).collect()
}

/// Offers 0 (usual), 1 (cheap spot, not reservable), 2 (the rival's, dear).
fn three() {
	published();
	let mut spot = offer();
	spot.rate = RATE / 2;
	spot.terms.spot_notice_ms = Some(60_000);
	spot.reservation_deposit = None;
	spot.units = 1;
	assert_ok!(publish(provider(), spot));
	let dear = OfferDraft {
		machine: OTHER,
		rate: 2 * RATE,
		..offer()
	};
	assert_ok!(publish(rival(), dear));
}

#[test]
fn of_offers_are_filtered() {
	run(|| {
		three();
		let none = OfferFilter::default;
		assert_eq!(ids(none()), [0, 1, 2]);
		let max_rate = Some(RATE);
		assert_eq!(ids(OfferFilter { max_rate, ..none() }), [0, 1]);
		let spot = Some(true);
		assert_eq!(ids(OfferFilter { spot, ..none() }), [1]);
		let spot = Some(false);
		assert_eq!(ids(OfferFilter { spot, ..none() }), [0, 2]);
		let reservable = Some(true);
		assert_eq!(
			ids(OfferFilter {
				reservable,
				..none()
			}),
			[0, 2]
		);
		let free_units = Some(2);
		assert_eq!(
			ids(OfferFilter {
				free_units,
				..none()
			}),
			[0, 2]
		);
		MockMachines::change(MACHINE, |machine| machine.free_units = 1);
		assert_eq!(
			ids(OfferFilter {
				free_units,
				..none()
			}),
			[2]
		);
		set_online(OTHER, false);
		assert_eq!(
			ids(OfferFilter {
				free_units,
				..none()
			}),
			[0u64; 0]
		);
		MockMachines::set_meets(MACHINE, false);
		let wanted = Some(wanted());
		assert_eq!(ids(OfferFilter { wanted, ..none() }), [2]);
	})
}

#[test]
fn of_offers_are_filtered_by_what_leases_are_paid_in() {
	run(|| {
		with_tusd();
		published();
		let in_tusd = OfferDraft {
			asset: Some(TUSD),
			reservation_deposit: None,
			..offer()
		};
		assert_ok!(publish(provider(), in_tusd));
		let ids = |paid_in| {
			ids(OfferFilter {
				paid_in,
				..OfferFilter::default()
			})
		};
		assert_eq!(ids(PaidIn::Any), [0, 1]);
		assert_eq!(ids(PaidIn::Tct), [0]);
		assert_eq!(ids(PaidIn::Asset(TUSD)), [1]);
		assert_eq!(ids(PaidIn::Asset(TUSD + 1)), [0u64; 0]);
	})
}

#[test]
fn of_offers_come_in_pages() {
	run(|| {
		three();
		let page = Market::offers(OfferFilter::default(), OFFER, 2);
		assert_eq!(page.offers.len(), 2);
		assert_eq!(page.next, Some(OfferId(2)));
		let page = Market::offers(OfferFilter::default(), OfferId(2), 2);
		assert_eq!(page.offers.len(), 1);
		assert_eq!(page.next, None);
		let offer = &page.offers[0];
		assert_eq!(Some(offer.hash), Market::offer_hash(OfferId(2)));
		assert_eq!((offer.free_units, offer.online), (4, true));
	})
}

#[test]
fn of_orders_show_bids_and_what_a_machine_could_bid_on() {
	run(|| {
		posted();
		let wide = OrderDraft {
			units: 3,
			funds: 2 * WHOLE,
			..order()
		};
		assert_ok!(post(stranger(), wide));
		assert_ok!(bid(3, RATE));
		assert_ok!(bid(4, RATE / 2));
		let view = Market::order(ORDER).expect("it stands");
		assert_eq!(view.status, OrderStatus::Fresh);
		let rates: Vec<u128> = view.bids.iter().map(|bid| bid.rate).collect();
		assert_eq!(rates, [RATE / 2, RATE]);
		let ids = |machine| {
			let page = Market::orders(machine, ORDER, 100);
			page.orders
				.into_iter()
				.map(|order| order.id.0)
				.collect::<Vec<_>>()
		};
		assert_eq!(ids(None), [0, 1]);
		MockMachines::change(MACHINE, |machine| machine.units = 2);
		assert_eq!(ids(Some(MACHINE)), [0]);
		set_block(DEADLINE + 1);
		assert_eq!(ids(Some(OTHER)), [0u64; 0]);
		assert_eq!(
			Market::order(ORDER).expect("it stands").status,
			OrderStatus::Due
		);
		let own = Market::own_orders(stranger(), None, 100);
		assert_eq!((own.orders.len(), own.next), (1, None));
	})
}

#[test]
fn of_own_orders_go_on_where_a_page_ended() {
	run(|| {
		for _ in 0..5 {
			assert_ok!(post(consumer(), order()));
		}
		let mut seen = Vec::new();
		let mut from = None;
		loop {
			let page = Market::own_orders(consumer(), from, 2);
			assert!(page.orders.len() <= 2);
			seen.extend(page.orders.iter().map(|order| order.id.0));
			// What the next page begins with may be gone by then: nothing else is skipped.
			match page.next {
				Some(next) if from.is_none() => {
					assert_ok!(Market::cancel_order(signed(consumer()), next));
					seen.push(next.0);
					from = Some(next);
				},
				Some(next) => from = Some(next),
				None => break,
			}
		}
		seen.sort_unstable();
		assert_eq!(seen, [0, 1, 2, 3, 4]);
		assert_eq!(Market::own_orders(consumer(), None, 0).orders.len(), 1);
	})
}

#[test]
fn of_one_offer_is_that_of_its_page() {
	run(|| {
		three();
		let page = Market::offers(OfferFilter::default(), OfferId(1), 1);
		assert_eq!(Market::offer(OfferId(1)), page.offers.first().cloned());
		assert_eq!(Market::offer(OfferId(3)), None);
	})
}

#[test]
fn of_reservations_are_shown_to_both_sides() {
	run(|| {
		arrived();
		for who in [consumer(), provider()] {
			let page = Market::own_reservations(who.clone(), None, 100);
			assert_eq!((page.reservations.len(), page.next), (1, None));
			let view = &page.reservations[0];
			let there = Market::own_reservations(who, Some(RESERVATION), 1);
			assert_eq!(there.reservations, page.reservations);
			assert_eq!(
				view.status,
				ReservationStatus::Arrived {
					until: FROM + 120_000
				}
			);
			assert_eq!(view.cancel_cost, RESERVATION_DEPOSIT / 2);
			assert_eq!(view.least_funds, Some(RESERVED_WHOLE / 10));
		}
		let none = Market::own_reservations(stranger(), None, 100);
		assert!(none.reservations.is_empty());
	})
}

#[test]
fn of_a_price_say_all_of_it() {
	run(|| {
		published();
		MockMachines::set_earliest_start(MACHINE, Some(START + 5));
		let quote = Market::quote(OFFER, 2, 3_600, None).expect("it is offered");
		assert_eq!(
			quote,
			OfferQuote {
				asset: None,
				offer_hash: Market::offer_hash(OFFER).expect("it stands"),
				rate: RATE,
				total: WHOLE,
				least_funds: WHOLE / 10,
				fee: WHOLE / 50,
				burned: WHOLE / 100,
				opening_deposit: OPENING,
				reservation_deposit: Some(RESERVATION_DEPOSIT),
				earliest_start: Some(START + 5),
			}
		);
		let refused = |units, seconds, version| {
			Market::quote(OFFER, units, seconds, version).expect_err("it is refused")
		};
		assert_eq!(refused(0, 60, None), QuoteError::UnitsOutOfRange);
		assert_eq!(refused(1, 1, None), QuoteError::DurationOutOfRange);
		FakeLeases::yank();
		assert_eq!(refused(1, 60, Some(VERSION)), QuoteError::Refused);
		assert_eq!(
			Market::quote(OfferId(9), 1, 60, None),
			Err(QuoteError::UnknownOffer)
		);
	})
}

#[test]
fn of_the_earliest_start_keep_to_the_windows() {
	run(|| {
		let windows = vec![(START, START + 50_000), (START + 100_000, START + 200_000)];
		let windowed = OfferDraft {
			windows: windows.try_into().expect("two"),
			..offer()
		};
		assert_ok!(publish(provider(), windowed));
		let earliest = |seconds| {
			let quote = Market::quote(OFFER, 1, seconds, None).expect("it is offered");
			quote.earliest_start
		};
		assert_eq!(earliest(60), None);
		MockMachines::set_earliest_start(MACHINE, Some(START));
		assert_eq!(earliest(60), Some(START + 100_000));
		MockMachines::set_earliest_start(MACHINE, Some(START + 130_000));
		assert_eq!(earliest(60), Some(START + 130_000));
		assert_eq!(earliest(90), None);
	})
}
