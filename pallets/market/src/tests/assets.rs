//! Offers and orders that are paid in an asset.

use super::*;
use crate::{invariants::check, Claims};
use terminal_test_support::account;

fn offer_in_tusd() -> OfferDraft<AccountId> {
	OfferDraft {
		asset: Some(TUSD),
		reservation_deposit: None,
		..offer()
	}
}

fn order_in_tusd() -> OrderDraft<AccountId> {
	OrderDraft {
		asset: Some(TUSD),
		..order()
	}
}

fn posted_in_tusd() {
	with_tusd();
	assert_ok!(post(consumer(), order_in_tusd()));
}

fn freeze() {
	assert_ok!(Assets::freeze_asset(signed(issuer()), TUSD.into()));
}

#[test]
fn an_offer_names_what_its_leases_are_paid_in() {
	run(|| {
		with_tusd();
		assert_ok!(publish(provider(), offer_in_tusd()));
		assert_eq!(
			Market::quote(OFFER, 2, 3_600, None).map(|quote| quote.asset),
			Ok(Some(TUSD))
		);
		assert_eq!(
			Market::quote(OFFER, 2, 3_600, None).map(|quote| quote.burned),
			Ok(0)
		);
		assert_ok!(take(consumer(), taking()));
		let lease = FakeLeases::get(LeaseId(0));
		assert_eq!(lease.agreed.asset, Some(TUSD));
		assert_eq!(tusd(&consumer()), TUSD_ENDOWMENT - WHOLE);
		assert_eq!(free(&consumer()), ENDOWMENT - OPENING);
	})
}

#[test]
fn the_same_numbers_in_other_money_are_another_offer() {
	run(|| {
		with_tusd();
		assert_ok!(publish(provider(), offer_in_tusd()));
		let in_tct = OfferDraft {
			asset: None,
			..offer_in_tusd()
		};
		let stored = crate::Offers::<Test>::get(OFFER).expect("it stands");
		let mut other = stored.clone();
		other.asset = in_tct.asset;
		assert_ne!(stored.hash(OFFER), other.hash(OFFER));
		let taking = Taking {
			offer_hash: other.hash(OFFER),
			..taking()
		};
		assert_noop!(take(consumer(), taking), Error::<Test>::OfferChanged);
	})
}

#[test]
fn an_offer_in_an_asset_cannot_be_reserved() {
	run(|| {
		with_tusd();
		let reservable = OfferDraft {
			asset: Some(TUSD),
			..offer()
		};
		assert_noop!(
			publish(provider(), reservable),
			Error::<Test>::NotReservable
		);
	})
}

#[test]
fn an_offer_in_an_asset_that_leases_refuse_is_refused() {
	run(|| {
		let unknown = OfferDraft {
			asset: Some(8),
			..offer_in_tusd()
		};
		assert!(publish(provider(), unknown).is_err());
		let unknown = OrderDraft {
			asset: Some(8),
			..order_in_tusd()
		};
		assert!(post(consumer(), unknown).is_err());
	})
}

#[test]
fn an_order_holds_its_funds_in_what_it_pays() {
	run(|| {
		with_tusd();
		events();
		assert_ok!(post(consumer(), order_in_tusd()));
		assert_eq!(tusd_on_hold(HoldReason::OrderFunds, &consumer()), WHOLE);
		assert_eq!(on_hold(HoldReason::OrderFunds, &consumer()), OPENING);
		assert_eq!(
			events(),
			vec![Event::OrderPosted {
				order: ORDER,
				consumer: consumer(),
				asset: Some(TUSD),
				funds: WHOLE,
				opening: OPENING,
				deadline: DEADLINE,
			}]
		);
		assert_ok!(Market::cancel_order(signed(consumer()), ORDER));
		assert_eq!(tusd(&consumer()), TUSD_ENDOWMENT);
		assert_eq!(free(&consumer()), ENDOWMENT);
	})
}

#[test]
fn the_cheapest_bid_becomes_a_lease_in_the_orders_money() {
	run(|| {
		posted_in_tusd();
		assert_ok!(bid(0, RATE / 2));
		assert_ok!(bid(1, RATE / 4));
		set_block(DEADLINE + 1);
		assert_ok!(Market::close_order(signed(stranger()), ORDER));
		let lease = FakeLeases::get(LeaseId(0));
		assert_eq!(
			(lease.agreed.asset, lease.agreed.rate),
			(Some(TUSD), RATE / 4)
		);
		assert_eq!(tusd(&consumer()), TUSD_ENDOWMENT - WHOLE / 4);
		assert_eq!(tusd_on_hold(HoldReason::OrderFunds, &consumer()), 0);
	})
}

#[test]
fn an_agent_bids_no_less_than_the_machines_price_in_that_money() {
	run(|| {
		posted_in_tusd();
		let by_agent = |rate| {
			let agent = account(200);
			Market::place_bid(signed(agent), ORDER, bidders_machine(0), rate)
		};
		assert_noop!(by_agent(RATE - 1), Error::<Test>::RateBelowAsking);
		MockMachines::set_price_in(bidders_machine(0), TUSD, None);
		assert_noop!(by_agent(RATE), Error::<Test>::RateBelowAsking);
		MockMachines::set_price_in(bidders_machine(0), TUSD, Some(RATE / 2));
		assert_ok!(by_agent(RATE / 2));
	})
}

#[test]
fn an_offer_matches_orders_in_the_same_money_alone() {
	run(|| {
		with_tusd();
		assert_ok!(post(consumer(), order_in_tusd()));
		assert_ok!(publish(provider(), offer()));
		assert_ok!(publish(provider(), offer_in_tusd()));
		set_block(DEADLINE - 1);
		let matching = |offer| {
			let pair = vec![(ORDER, OfferId(offer))].try_into().expect("one");
			assert_ok!(Market::propose_matches(signed(stranger()), pair));
			FakeLeases::count()
		};
		events();
		assert_eq!(matching(0), 0);
		assert_eq!(
			last_event(),
			Event::MatchFailed {
				order: ORDER,
				offer: OfferId(0),
				error: Error::<Test>::OtherAsset.into(),
			}
		);
		assert_eq!(matching(1), 1);
	})
}

#[test]
fn an_order_ends_while_the_asset_is_frozen_and_loses_nothing() {
	run(|| {
		posted_in_tusd();
		assert_ok!(bid(0, RATE / 2));
		freeze();
		// What is frozen pays for no lease: the bid is named, its deposit returns.
		set_block(DEADLINE + 1);
		assert_ok!(Market::close_order(signed(stranger()), ORDER));
		assert_eq!(FakeLeases::count(), 0);
		assert_eq!(free(&bidder(0)), ENDOWMENT);
		assert_eq!(Market::claimable(consumer(), Some(TUSD)), WHOLE);
		assert_eq!(check::<Test>(), Ok(()));
		let claim = || Market::claim(signed(stranger()), consumer(), Some(TUSD));
		assert_noop!(claim(), Error::<Test>::CannotReceive);
		assert_ok!(Assets::thaw_asset(signed(issuer()), TUSD.into()));
		assert_ok!(claim());
		assert_eq!(tusd(&consumer()), TUSD_ENDOWMENT);
	})
}

#[test]
fn a_blocked_consumer_gets_its_funds_by_a_claim() {
	run(|| {
		posted_in_tusd();
		assert_ok!(Assets::block(signed(issuer()), TUSD.into(), consumer()));
		assert_ok!(Market::cancel_order(signed(consumer()), ORDER));
		assert_eq!(Market::claimable(consumer(), Some(TUSD)), WHOLE);
		assert_eq!(Claims::<Test>::get(consumer(), None::<u32>), None);
	})
}

#[test]
fn orders_notice_funds_in_an_asset_that_are_not_on_hold() {
	build(params()).execute_with(|| {
		use frame_support::traits::fungibles::MutateHold;
		posted_in_tusd();
		assert_ok!(publish(provider(), offer_in_tusd()));
		assert_eq!(check::<Test>(), Ok(()));
		let broken = |change: &dyn Fn()| {
			frame_support::storage::with_storage_layer(|| {
				change();
				Err::<(), _>(check::<Test>().expect_err("it is noticed"))
			})
			.map_err(|error| format!("{error:?}"))
			.expect_err("it is noticed")
		};
		let hold = |why: HoldReason| {
			assert_ok!(AssetsHolder::hold(TUSD, &why.into(), &consumer(), 1));
		};
		assert!(broken(&|| hold(HoldReason::OrderFunds)).contains("MARKET-2"));
		assert!(broken(&|| hold(HoldReason::OrderDeposit)).contains("MARKET-15"));
		let claimed = || Claims::<Test>::insert(consumer(), Some(TUSD), 1);
		assert!(broken(&claimed).contains("MARKET-14"));
	})
}
