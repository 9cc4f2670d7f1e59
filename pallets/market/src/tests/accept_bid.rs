use super::*;
use crate::{Orders, OrdersOf};

fn accept(machine: MachineId, max_rate: u128) -> frame_support::dispatch::DispatchResult {
	Market::accept_bid(signed(consumer()), ORDER, machine, max_rate)
}

#[test]
fn opens_the_lease_and_releases_everybody() {
	run(|| {
		posted();
		assert_ok!(bid(0, RATE / 4));
		assert_ok!(bid(1, RATE / 2));
		assert_ok!(bid(2, RATE));
		let terms_hash = Orders::<Test>::get(ORDER).expect("it stands").hash(ORDER);
		events();
		assert_ok!(accept(bidders_machine(1), RATE / 2));
		assert_eq!(
			events(),
			vec![Event::OrderFilled {
				order: ORDER,
				lease: LEASE,
				machine: bidders_machine(1),
				rate: RATE / 2,
				rewarded: None,
				reward: 0,
			}]
		);
		let open = FakeLeases::get(LEASE);
		assert_eq!(open.agreed.provider, bidder(1));
		assert_eq!(open.agreed.rate, RATE / 2);
		assert_eq!(open.agreed.terms_hash, terms_hash);
		assert!(!open.agreed.shown);
		// At half the price half the funds are enough; the rest is free again.
		assert_eq!(open.held, WHOLE / 2 + OPENING);
		assert_eq!(free(&consumer()), ENDOWMENT - WHOLE / 2 - OPENING);
		for n in 0..3 {
			assert_eq!(free(&bidder(n)), ENDOWMENT);
		}
		assert_eq!(Orders::<Test>::iter().count(), 0);
		assert_eq!(OrdersOf::<Test>::iter().count(), 0);
		assert_noop!(
			accept(bidders_machine(0), RATE),
			Error::<Test>::UnknownOrder
		);
	})
}

#[test]
fn pays_no_more_than_it_said() {
	run(|| {
		posted();
		assert_ok!(bid(0, RATE / 2));
		assert_noop!(
			accept(bidders_machine(0), RATE / 2 - 1),
			Error::<Test>::RateAboveMaximum
		);
		// A bid taken back and placed again, dearer, in the block of the acceptance.
		assert_ok!(Market::withdraw_bid(
			signed(bidder(0)),
			ORDER,
			bidders_machine(0)
		));
		assert_ok!(bid(0, RATE));
		assert_noop!(
			accept(bidders_machine(0), RATE / 2),
			Error::<Test>::RateAboveMaximum
		);
	})
}

#[test]
fn asks_for_the_machine_as_it_is_now() {
	run(|| {
		posted();
		assert_ok!(bid(0, RATE));
		let machine = bidders_machine(0);
		set_online(machine, false);
		assert_noop!(accept(machine, RATE), Error::<Test>::MachineNotOnline);
		set_online(machine, true);
		MockMachines::change(machine, |machine| machine.provider = rival());
		assert_noop!(accept(machine, RATE), Error::<Test>::MachineChanged);
		MockMachines::change(machine, |machine| machine.provider = bidder(0));
		MockMachines::set_meets(machine, false);
		assert_noop!(accept(machine, RATE), Error::<Test>::RequirementsNotMet);
		MockMachines::set_meets(machine, true);
		MockMachines::change(machine, |machine| machine.free_units = 1);
		assert_noop!(accept(machine, RATE), REFUSED);
		MockMachines::change(machine, |machine| machine.free_units = 2);
		assert_ok!(accept(machine, RATE));
	})
}

#[test]
fn is_for_the_consumer_and_until_the_deadline() {
	run(|| {
		let manual = OrderDraft {
			auto: false,
			..order()
		};
		assert_ok!(post(consumer(), manual));
		assert_ok!(bid(0, RATE));
		let machine = bidders_machine(0);
		assert_noop!(
			Market::accept_bid(signed(stranger()), ORDER, machine, RATE),
			Error::<Test>::NotConsumer
		);
		assert_noop!(accept(MACHINE, RATE), Error::<Test>::UnknownBid);
		set_block(DEADLINE + 1);
		assert_noop!(accept(machine, RATE), Error::<Test>::BiddingOver);
		set_block(DEADLINE);
		assert_ok!(accept(machine, RATE));
	})
}
