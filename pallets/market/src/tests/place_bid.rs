use super::*;
use crate::Orders;
use terminal_primitives::market::Arbiter;

fn bids() -> Vec<(MachineId, u128)> {
	let order = Orders::<Test>::get(ORDER).expect("it stands");
	order
		.bids
		.iter()
		.map(|bid| (bid.machine, bid.rate))
		.collect()
}

fn place(
	who: AccountId,
	machine: MachineId,
	rate: u128,
) -> frame_support::dispatch::DispatchResult {
	Market::place_bid(signed(who), ORDER, machine, rate)
}

#[test]
fn holds_the_deposit_of_the_provider() {
	run(|| {
		posted();
		events();
		assert_ok!(place(agent(), MACHINE, RATE));
		assert_eq!(
			events(),
			vec![Event::BidPlaced {
				order: ORDER,
				machine: MACHINE,
				provider: provider(),
				rate: RATE,
			}]
		);
		assert_eq!(on_hold(HoldReason::BidDeposit, &provider()), UNIT);
		assert_eq!(free(&agent()), ENDOWMENT);
	})
}

#[test]
fn keeps_the_cheapest_first_and_the_first_among_equals() {
	run(|| {
		posted();
		for (n, rate) in [(0, 500), (1, 300), (2, 500), (3, 300), (4, 400)] {
			assert_ok!(bid(n, rate * 1_000));
		}
		let order: Vec<u64> = bids()
			.into_iter()
			.map(|(machine, _)| machine.0 - 100)
			.collect();
		assert_eq!(order, [1, 3, 4, 0, 2]);
	})
}

#[test]
fn lets_an_agent_go_no_lower_than_the_asking_price() {
	run(|| {
		let dear = OrderDraft {
			max_rate: 2 * RATE,
			funds: 2 * WHOLE,
			..order()
		};
		assert_ok!(post(consumer(), dear));
		assert_noop!(
			place(agent(), MACHINE, RATE - 1),
			Error::<Test>::RateBelowAsking
		);
		assert_ok!(place(agent(), MACHINE, RATE));
		assert_ok!(place(provider(), MACHINE, RATE - 1));
	})
}

#[test]
fn is_one_per_machine_and_only_goes_down() {
	run(|| {
		posted();
		assert_ok!(bid(0, 500_000));
		for rate in [500_000, 600_000] {
			assert_noop!(bid(0, rate), Error::<Test>::BidNotLower);
		}
		assert_ok!(bid(1, 500_000));
		assert_ok!(bid(0, 400_000));
		assert_eq!(bids().len(), 2);
		assert_eq!(bids()[0], (bidders_machine(0), 400_000));
		assert_eq!(on_hold(HoldReason::BidDeposit, &bidder(0)), UNIT);
	})
}

#[test]
fn clears_away_what_a_machines_former_provider_bid() {
	run(|| {
		posted();
		assert_ok!(bid(0, 400_000));
		let machine = bidders_machine(0);
		let heir = bidder(1);
		MockMachines::change(machine, |m| m.provider = heir.clone());
		events();
		// Dearer than the old bid, which nobody could accept any more.
		assert_ok!(place(heir.clone(), machine, 500_000));
		assert_eq!(
			events(),
			vec![
				Event::BidReleased {
					order: ORDER,
					machine,
					why: BidEnd::Displaced,
				},
				Event::BidPlaced {
					order: ORDER,
					machine,
					provider: heir.clone(),
					rate: 500_000,
				},
			]
		);
		assert_eq!(bids(), [(machine, 500_000)]);
		// Each has its own deposit, and neither the other's.
		assert_eq!(free(&bidder(0)), ENDOWMENT);
		assert_eq!(on_hold(HoldReason::BidDeposit, &bidder(0)), 0);
		assert_eq!(on_hold(HoldReason::BidDeposit, &heir), UNIT);
	})
}

#[test]
fn clears_nothing_away_if_the_new_bid_fails() {
	run(|| {
		posted();
		assert_ok!(bid(0, 400_000));
		let machine = bidders_machine(0);
		MockMachines::change(machine, |m| m.provider = bidder(1));
		leave(&bidder(1), UNIT);
		assert_noop!(
			place(bidder(1), machine, 300_000),
			Error::<Test>::ProviderShort
		);
		assert_eq!(on_hold(HoldReason::BidDeposit, &bidder(0)), UNIT);
	})
}

#[test]
fn keeps_sixteen_and_not_one_more() {
	run(|| {
		posted();
		for n in 0..15 {
			assert_ok!(bid(n, 900_000));
		}
		assert_eq!(bids().len(), 15);
		assert_ok!(bid(15, 950_000));
		assert_eq!(bids().len(), 16);
		// The seventeenth: no cheaper than the dearest, then cheaper.
		for rate in [950_000, 960_000] {
			assert_noop!(bid(16, rate), Error::<Test>::BidsFull);
		}
		events();
		assert_ok!(bid(16, 949_999));
		assert_eq!(
			events(),
			vec![
				Event::BidReleased {
					order: ORDER,
					machine: bidders_machine(15),
					why: BidEnd::Displaced,
				},
				Event::BidPlaced {
					order: ORDER,
					machine: bidders_machine(16),
					provider: bidder(16),
					rate: 949_999,
				},
			]
		);
		assert_eq!(bids().len(), 16);
		assert_eq!(free(&bidder(15)), ENDOWMENT);
		// Its own bid it may lower without displacing anybody.
		assert_ok!(bid(0, 100_000));
		assert_eq!(bids().len(), 16);
		assert!(bids().contains(&(bidders_machine(16), 949_999)));
	})
}

#[test]
fn displaces_the_last_placed_of_the_dearest() {
	run(|| {
		posted();
		for n in 0..16 {
			assert_ok!(bid(n, 900_000));
		}
		assert_ok!(bid(16, 800_000));
		let machines: Vec<u64> = bids().into_iter().map(|(machine, _)| machine.0).collect();
		assert!(machines.contains(&100) && !machines.contains(&115));
	})
}

#[test]
fn asks_for_a_machine_that_could_serve() {
	run(|| {
		posted();
		let refused = |error: Error<Test>| {
			assert_noop!(place(provider(), MACHINE, RATE), error);
		};
		assert_noop!(
			place(provider(), NO_MACHINE, RATE),
			Error::<Test>::UnknownMachine
		);
		assert_noop!(
			place(stranger(), MACHINE, RATE),
			Error::<Test>::NotMachineSigner
		);
		MockMachines::set_meets(MACHINE, false);
		refused(Error::RequirementsNotMet);
		MockMachines::set_meets(MACHINE, true);
		set_online(MACHINE, false);
		refused(Error::MachineNotOnline);
		set_online(MACHINE, true);
		MockMachines::change(MACHINE, |machine| machine.units = 1);
		refused(Error::UnitsOutOfRange);
		MockMachines::change(MACHINE, |machine| machine.units = 2);
		assert_ok!(place(provider(), MACHINE, RATE));
	})
}

#[test]
fn stays_between_what_leases_take_and_what_the_consumer_pays() {
	run(|| {
		posted();
		assert_noop!(place(provider(), MACHINE, 0), Error::<Test>::RateIsZero);
		assert_noop!(
			place(provider(), MACHINE, RATE + 1),
			Error::<Test>::RateAboveMaximum
		);
		assert_noop!(place(provider(), MACHINE, 499), REFUSED);
		assert_ok!(place(provider(), MACHINE, 500));
	})
}

#[test]
fn is_refused_to_the_orders_arbiter() {
	run(|| {
		let mut judged = order();
		judged.terms.arbiter = Some(Arbiter {
			account: provider(),
			fee: UNIT,
		});
		assert_ok!(post(consumer(), judged));
		assert_noop!(
			place(provider(), MACHINE, RATE),
			Error::<Test>::ArbiterIsParty
		);
	})
}

#[test]
fn ends_with_the_deadlines_block() {
	run(|| {
		posted();
		set_block(DEADLINE);
		assert_ok!(bid(0, RATE));
		set_block(DEADLINE + 1);
		assert_noop!(bid(1, RATE), Error::<Test>::BiddingOver);
		assert_noop!(
			Market::place_bid(signed(provider()), OrderId(9), MACHINE, RATE),
			Error::<Test>::UnknownOrder
		);
	})
}

#[test]
fn needs_the_deposit() {
	run(|| {
		posted();
		leave(&provider(), UNIT);
		assert_noop!(place(agent(), MACHINE, RATE), Error::<Test>::ProviderShort);
	})
}
