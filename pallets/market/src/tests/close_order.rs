use super::*;
use crate::{Claims, Orders, WeightInfo};
use frame_support::storage::with_storage_layer;
use sp_runtime::{DispatchError, TransactionalError};

fn close(who: AccountId) -> frame_support::dispatch::DispatchResultWithPostInfo {
	Market::close_order(signed(who), ORDER)
}

#[test]
fn gives_the_lease_to_the_cheapest_and_the_reward_to_the_caller() {
	run(|| {
		posted();
		assert_ok!(bid(0, RATE));
		assert_ok!(bid(1, RATE / 2));
		assert_ok!(bid(2, RATE / 2));
		set_block(DEADLINE + 1);
		events();
		let info = close(stranger()).expect("it is due");
		assert_eq!(info.actual_weight, Some(<() as WeightInfo>::close_order(1)));
		assert_eq!(
			events(),
			vec![Event::OrderFilled {
				order: ORDER,
				lease: LEASE,
				machine: bidders_machine(1),
				rate: RATE / 2,
				rewarded: Some(stranger()),
				reward: 20 * MILLI,
			}]
		);
		assert_eq!(free(&stranger()), ENDOWMENT + 20 * MILLI);
		assert_eq!(
			free(&consumer()),
			ENDOWMENT - WHOLE / 2 - OPENING - 20 * MILLI
		);
		for n in 0..3 {
			assert_eq!(free(&bidder(n)), ENDOWMENT);
		}
	})
}

#[test]
fn is_refused_in_the_deadlines_block_and_taken_in_the_next() {
	run(|| {
		posted();
		set_block(DEADLINE);
		assert_noop!(close(stranger()), Error::<Test>::BiddingOpen);
		set_block(DEADLINE + 1);
		assert_ok!(close(stranger()));
		assert_noop!(close(stranger()), Error::<Test>::UnknownOrder);
	})
}

#[test]
fn passes_over_whoever_cannot_serve_any_more_and_names_them() {
	run(|| {
		posted();
		for n in 0..5 {
			assert_ok!(bid(n, RATE / 10 * u128::from(n + 1)));
		}
		set_online(bidders_machine(0), false);
		MockMachines::change(bidders_machine(1), |machine| machine.provider = rival());
		MockMachines::set_meets(bidders_machine(2), false);
		MockMachines::change(bidders_machine(3), |machine| machine.free_units = 1);
		set_block(DEADLINE + 1);
		events();
		assert_ok!(close(stranger()));
		let failed = |n: u64, error: DispatchError| Event::BidFailed {
			order: ORDER,
			machine: bidders_machine(n),
			error,
		};
		let events = events();
		assert_eq!(
			events[..4],
			[
				failed(0, Error::<Test>::MachineNotOnline.into()),
				failed(1, Error::<Test>::MachineChanged.into()),
				failed(2, Error::<Test>::RequirementsNotMet.into()),
				failed(3, stored(REFUSED)),
			]
		);
		assert_eq!(FakeLeases::get(LEASE).agreed.machine, bidders_machine(4));
		for n in 0..5 {
			assert_eq!(free(&bidder(n)), ENDOWMENT);
		}
		// What failed left nothing behind.
		assert_eq!(MockMachines::free_units(bidders_machine(3)), 1);
	})
}

#[test]
fn gives_everything_back_where_nobody_can_serve() {
	run(|| {
		posted();
		assert_ok!(bid(0, RATE));
		FakeLeases::refuse(true);
		set_block(DEADLINE + 1);
		events();
		assert_ok!(close(stranger()));
		assert_eq!(
			last_event(),
			Event::OrderEnded {
				order: ORDER,
				why: OrderEnd::Unfilled,
				rewarded: Some(stranger()),
				reward: 20 * MILLI,
			}
		);
		assert_eq!(free(&consumer()), ENDOWMENT - 20 * MILLI);
		assert_eq!(free(&bidder(0)), ENDOWMENT);
	})
}

#[test]
fn gives_a_manual_order_to_nobody() {
	run(|| {
		let manual = OrderDraft {
			auto: false,
			..order()
		};
		assert_ok!(post(consumer(), manual));
		assert_ok!(bid(0, RATE));
		set_block(DEADLINE + 1);
		assert_ok!(close(consumer()));
		assert_eq!(FakeLeases::count(), 0);
		// The consumer's own reward is no reward.
		assert_eq!(free(&consumer()), ENDOWMENT);
		assert_eq!(free(&bidder(0)), ENDOWMENT);
	})
}

#[test]
fn needs_nothing_of_a_consumer_whose_funds_are_frozen() {
	run(|| {
		posted();
		assert_ok!(bid(0, RATE));
		freeze(&consumer());
		freeze(&bidder(0));
		set_block(DEADLINE + 1);
		assert_ok!(close(stranger()));
		assert_eq!(FakeLeases::count(), 1);
		assert_eq!(free(&stranger()), ENDOWMENT + 20 * MILLI);
	})
}

#[test]
fn cannot_be_made_to_fail_the_bids_from_deep_inside() {
	run(|| {
		posted();
		assert_ok!(bid(0, RATE));
		set_block(DEADLINE + 1);
		fn nested(depth: u32) -> Result<(), DispatchError> {
			with_storage_layer(|| match depth {
				0 => close(stranger()).map(|_| ()).map_err(|error| error.error),
				_ => nested(depth - 1),
			})
		}
		// Too deep first, then less and less: the call fails, or fills the order.
		let limit = DispatchError::Transactional(TransactionalError::LimitReached);
		for depth in (200..270).rev() {
			match nested(depth) {
				Ok(()) => break,
				Err(error) => assert_eq!(error, limit),
			}
			assert!(Orders::<Test>::contains_key(ORDER));
		}
		assert_eq!(FakeLeases::count(), 1);
	})
}

#[test]
fn pays_a_reward_that_cannot_be_received_into_the_pot() {
	let small = Parameters {
		close_reward: MILLI / 2,
		..params()
	};
	run_with(small, || {
		posted();
		assert_ok!(bid(0, RATE));
		set_block(DEADLINE + 1);
		let dead = terminal_test_support::account(77);
		assert_ok!(close(dead.clone()));
		assert_eq!(Claims::<Test>::get(&dead, None::<u32>), Some(MILLI / 2));
		assert_eq!(free(&bidder(0)), ENDOWMENT);
		assert_eq!(FakeLeases::count(), 1);
	})
}

#[test]
fn pays_no_model_that_became_dearer_since_the_order_was_posted() {
	for (royalty, filled) in [(RATE, true), (RATE - 1, true), (RATE + 1, false)] {
		run(|| {
			FakeLeases::set_royalty(RATE);
			let modelled = OrderDraft {
				version: Some(VERSION),
				funds: 2 * WHOLE,
				..order()
			};
			assert_ok!(post(consumer(), modelled));
			assert_ok!(bid(0, RATE / 2));
			// Its owner waits for the deadline. What is saved by a cheap bid is not the owner's either.
			FakeLeases::set_royalty(royalty);
			set_block(DEADLINE + 1);
			events();
			assert_ok!(close(consumer()));
			assert_eq!(FakeLeases::count(), u64::from(filled));
			if !filled {
				let failed = Event::BidFailed {
					order: ORDER,
					machine: bidders_machine(0),
					error: stored(Error::<Test>::ModelDearer.into()),
				};
				assert_eq!(events().first(), Some(&failed));
				assert_eq!(free(&consumer()), ENDOWMENT);
			}
		})
	}
}
