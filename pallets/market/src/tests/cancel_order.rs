use super::*;

#[test]
fn gives_everything_back() {
	run(|| {
		posted();
		assert_ok!(bid(0, RATE));
		assert_ok!(bid(1, RATE));
		events();
		assert_ok!(Market::cancel_order(signed(consumer()), ORDER));
		assert_eq!(
			events(),
			vec![Event::OrderEnded {
				order: ORDER,
				why: OrderEnd::Cancelled,
				rewarded: None,
				reward: 0,
			}]
		);
		for who in [consumer(), bidder(0), bidder(1)] {
			assert_eq!(free(&who), ENDOWMENT);
		}
	})
}

#[test]
fn is_for_the_consumer_and_until_the_deadline() {
	run(|| {
		posted();
		assert_noop!(
			Market::cancel_order(signed(stranger()), ORDER),
			Error::<Test>::NotConsumer
		);
		set_block(DEADLINE + 1);
		assert_noop!(
			Market::cancel_order(signed(consumer()), ORDER),
			Error::<Test>::BiddingOver
		);
		set_block(DEADLINE);
		assert_ok!(Market::cancel_order(signed(consumer()), ORDER));
	})
}
