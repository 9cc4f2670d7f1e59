use super::*;
use crate::Orders;
use sp_runtime::{DispatchError, Perbill};
use terminal_primitives::market::{Arbiter, Sla};

fn propose(pairs: &[(u64, u64)]) -> frame_support::dispatch::DispatchResult {
	let pairs = pairs
		.iter()
		.map(|(order, offer)| (OrderId(*order), OfferId(*offer)));
	let matches = pairs.collect::<Vec<_>>().try_into().expect("at most 16");
	Market::propose_matches(signed(stranger()), matches)
}

/// Why the first match failed.
fn refusal() -> DispatchError {
	events();
	assert_ok!(propose(&[(0, 0)]));
	match last_event() {
		Event::MatchFailed {
			order: ORDER,
			offer: OFFER,
			error,
		} => error,
		other => panic!("not refused: {other:?}"),
	}
}

/// The usual order and offer, when matches are taken.
fn ready() {
	published();
	posted();
	set_block(4);
}

#[test]
fn opens_the_lease_by_the_offer_and_rewards_the_matcher() {
	run(|| {
		published();
		posted();
		assert_ok!(bid(0, RATE));
		set_block(4);
		events();
		assert_ok!(propose(&[(0, 0)]));
		assert_eq!(
			events(),
			vec![Event::OrderFilled {
				order: ORDER,
				lease: LEASE,
				machine: MACHINE,
				rate: RATE,
				rewarded: Some(stranger()),
				reward: 100 * MILLI,
			}]
		);
		assert_eq!(free(&stranger()), ENDOWMENT + 100 * MILLI);
		assert_eq!(free(&consumer()), ENDOWMENT - WHOLE - OPENING - 100 * MILLI);
		assert_eq!(free(&bidder(0)), ENDOWMENT);
		let agreed = FakeLeases::get(LEASE).agreed;
		assert_eq!(
			agreed.terms_hash,
			Market::offer_hash(OFFER).expect("it stands")
		);
		assert!(!agreed.shown);
	})
}

#[test]
fn fail_one_by_one() {
	run(|| {
		published();
		for _ in 0..3 {
			posted();
		}
		set_block(4);
		events();
		// The machine has units for two of the three; one order is named twice, one is none.
		assert_ok!(propose(&[(0, 0), (0, 0), (9, 0), (1, 7), (1, 0), (2, 0)]));
		let failed = |order, offer, error: DispatchError| Event::MatchFailed {
			order: OrderId(order),
			offer: OfferId(offer),
			error,
		};
		let seen = events();
		assert_eq!(seen.len(), 6);
		assert_eq!(seen[1], failed(0, 0, Error::<Test>::UnknownOrder.into()));
		assert_eq!(seen[2], failed(9, 0, Error::<Test>::UnknownOrder.into()));
		assert_eq!(seen[3], failed(1, 7, Error::<Test>::UnknownOffer.into()));
		assert_eq!(seen[5], failed(2, 0, stored(REFUSED)));
		assert_eq!(FakeLeases::open(), vec![LeaseId(0), LeaseId(1)]);
		assert!(Orders::<Test>::contains_key(OrderId(2)));
		assert_eq!(free(&stranger()), ENDOWMENT + 200 * MILLI);
	})
}

#[test]
fn wait_until_bids_had_their_time() {
	run(|| {
		ready();
		set_block(3);
		assert_eq!(refusal(), Error::<Test>::MatchTooEarly.into());
		set_block(DEADLINE + 1);
		assert_eq!(refusal(), Error::<Test>::BiddingOver.into());
		set_block(DEADLINE);
		assert_ok!(propose(&[(0, 0)]));
		assert_eq!(FakeLeases::count(), 1);
	})
}

#[test]
fn pass_no_cheaper_bid_over() {
	run(|| {
		ready();
		assert_ok!(bid(0, RATE - 1));
		assert_eq!(refusal(), Error::<Test>::NotCheapest.into());
		assert_ok!(Market::withdraw_bid(
			signed(bidder(0)),
			ORDER,
			bidders_machine(0)
		));
		assert_ok!(bid(0, RATE));
		assert_ok!(propose(&[(0, 0)]));
		assert_eq!(FakeLeases::count(), 1);
	})
}

#[test]
fn need_an_order_that_allows_it() {
	run(|| {
		published();
		let manual = OrderDraft {
			auto: false,
			..order()
		};
		assert_ok!(post(consumer(), manual));
		set_block(4);
		assert_eq!(refusal(), Error::<Test>::NotAuto.into());
	})
}

#[test]
fn verify_price_size_length_and_machine() {
	let refused = |change: fn(&mut OrderDraft<AccountId>), error: Error<Test>| {
		run(|| {
			published();
			let mut draft = order();
			change(&mut draft);
			assert_ok!(post(consumer(), draft));
			set_block(4);
			assert_eq!(refusal(), error.into());
		})
	};
	refused(|order| order.max_rate = RATE - 1, Error::RateAboveMaximum);
	refused(
		|order| {
			order.units = 5;
			order.funds *= 3;
		},
		Error::UnitsOutOfRange,
	);
	refused(
		|order| order.duration_seconds = 3_601,
		Error::DurationOutOfRange,
	);
	refused(|order| order.terms.max_duration_ms += 1, Error::TermsNotMet);
	run(|| {
		ready();
		MockMachines::set_meets(MACHINE, false);
		assert_eq!(refusal(), Error::<Test>::RequirementsNotMet.into());
		set_online(MACHINE, false);
		assert_eq!(refusal(), Error::<Test>::MachineNotOnline.into());
	});
	run(|| {
		let late = OfferDraft {
			windows: vec![(START + 1_000_000, START + 9_000_000)]
				.try_into()
				.expect("one"),
			..offer()
		};
		assert_ok!(publish(provider(), late));
		posted();
		set_block(4);
		assert_eq!(refusal(), Error::<Test>::OutsideWindows.into());
	})
}

#[test]
fn give_the_consumer_the_offers_terms_where_they_are_better() {
	run(|| {
		let judge = Arbiter {
			account: rival(),
			fee: UNIT,
		};
		let mut good = offer();
		good.terms.sla = Some(Sla {
			target: Perbill::from_percent(99),
			credit: Perbill::from_percent(50),
		});
		good.terms.arbiter = Some(judge.clone());
		good.terms.early_close_ms = 60_000;
		assert_ok!(publish(provider(), good.clone()));
		let mut modest = order();
		modest.terms.spot_notice_ms = Some(60_000);
		modest.terms.early_close_ms = 60_000;
		modest.terms.arbiter = Some(judge);
		assert_ok!(post(consumer(), modest));
		set_block(4);
		assert_ok!(propose(&[(0, 0)]));
		assert_eq!(FakeLeases::get(LEASE).agreed.terms, good.terms);
	})
}

#[test]
fn of_ones_own_order_gain_nothing() {
	run(|| {
		ready();
		let own = vec![(ORDER, OFFER)].try_into().expect("one");
		assert_ok!(Market::propose_matches(signed(consumer()), own));
		assert_eq!(free(&consumer()), ENDOWMENT - WHOLE - OPENING);
		assert!(matches!(
			last_event(),
			Event::OrderFilled {
				rewarded: None,
				reward: 0,
				..
			}
		));
	})
}

#[test]
fn cost_the_consumer_no_more_than_the_deposit() {
	run(|| {
		ready();
		// The provider itself matches, after the reward was raised for later orders.
		assert_ok!(Market::set_params(
			RuntimeOrigin::root(),
			Parameters {
				order_deposit: 9 * UNIT,
				matcher_reward: 9 * UNIT,
				..params()
			}
		));
		let own = vec![(ORDER, OFFER)].try_into().expect("one");
		assert_ok!(Market::propose_matches(signed(provider()), own));
		assert_eq!(free(&provider()), ENDOWMENT - UNIT + 100 * MILLI);
	})
}
