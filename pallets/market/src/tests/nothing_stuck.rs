//! Every state is moved on by somebody with a reason to, until nothing is on hold.

use super::*;
use crate::{Expiries, Offers, Orders, Reservations};
use frame_support::traits::fungible::InspectHold;
use terminal_test_support::account;

fn accounts() -> impl Iterator<Item = AccountId> {
	(1..=5).chain(100..120).map(account)
}

/// Nothing is stored but the wheel's stale entries, nothing is on hold, nothing is booked.
fn nothing_is_left() {
	assert_eq!(Offers::<Test>::iter().count(), 0);
	assert_eq!(Orders::<Test>::iter().count(), 0);
	assert_eq!(Reservations::<Test>::iter().count(), 0);
	for lease in FakeLeases::open() {
		FakeLeases::end(lease);
	}
	for who in accounts() {
		assert_eq!(Balances::total_balance_on_hold(&who), 0, "{who:?}");
	}
	for machine in [MACHINE, OTHER]
		.into_iter()
		.chain((0..20).map(bidders_machine))
	{
		assert!(MockMachines::bookings(machine).is_empty());
		assert_eq!(MockMachines::free_units(machine), 4);
	}
}

/// From each way to get there, each way out, by who is named; then by nobody but the wheel.
fn walk(into: &[fn()], out: &[(&str, fn())]) {
	for (number, into) in into.iter().enumerate() {
		for (name, out) in out {
			build(params()).execute_with(|| {
				into();
				out();
				if Offers::<Test>::contains_key(OFFER) {
					assert_ok!(Market::withdraw_offer(signed(provider()), OFFER));
				}
				nothing_is_left();
				crate::invariants::check::<Test>()
					.unwrap_or_else(|error| panic!("{number} {name}: {error:?}"));
			});
		}
	}
}

fn full() {
	posted();
	for n in 0..16 {
		assert_ok!(bid(n, RATE));
	}
}

fn manual() {
	let manual = OrderDraft {
		auto: false,
		..order()
	};
	assert_ok!(post(consumer(), manual));
	assert_ok!(bid(0, RATE));
}

fn nobody_can_serve() {
	full();
	FakeLeases::refuse(true);
}

#[test]
fn offers() {
	walk(
		&[published],
		&[
			("provider", || ()),
			("anyone, once the machine is gone", || {
				MockMachines::change(MACHINE, |machine| machine.provider = rival());
				assert_ok!(Market::withdraw_offer(signed(stranger()), OFFER));
			}),
		],
	)
}

#[test]
fn orders_before_their_deadline() {
	walk(
		&[posted, full, manual, nobody_can_serve],
		&[
			("consumer, at once", || {
				assert_ok!(Market::cancel_order(signed(consumer()), ORDER));
			}),
			("consumer, in the last block", || {
				set_block(DEADLINE);
				assert_ok!(Market::cancel_order(signed(consumer()), ORDER));
			}),
		],
	);
	walk(
		&[full, manual],
		&[("consumer, who accepts", || {
			assert_ok!(Market::accept_bid(
				signed(consumer()),
				ORDER,
				bidders_machine(0),
				RATE
			));
		})],
	);
	walk(
		&[posted, full],
		&[("a matcher", || {
			published();
			set_block(DEADLINE);
			let one = vec![(ORDER, OFFER)].try_into().expect("one");
			assert_ok!(Market::propose_matches(signed(stranger()), one));
		})],
	);
}

#[test]
fn orders_after_their_deadline() {
	walk(
		&[posted, full, manual, nobody_can_serve],
		&[
			("anyone", || {
				set_block(DEADLINE + 1);
				assert_ok!(Market::close_order(signed(stranger()), ORDER));
			}),
			("a bidder", || {
				set_block(DEADLINE + 1);
				assert_ok!(Market::close_order(signed(bidder(0)), ORDER));
			}),
			("the consumer", || {
				set_block(DEADLINE + 1);
				assert_ok!(Market::close_order(signed(consumer()), ORDER));
			}),
			("the wheel", || blocks(DEADLINE + 10)),
		],
	)
}

fn honoured() {
	arrived();
	set_online(MACHINE, true);
	assert_ok!(Market::honour(signed(agent()), RESERVATION));
}

fn stalled() {
	reserved();
	stand_still(2_000_000);
}

#[test]
fn reservations_nobody_came_to() {
	walk(
		&[reserved, stalled],
		&[
			("anyone", || {
				until_ms(FROM + 120_001);
				assert_ok!(Market::end_reservation(signed(stranger()), RESERVATION));
			}),
			("the wheel", || blocks(200)),
		],
	);
	walk(
		&[reserved],
		&[
			("the consumer", || {
				assert_ok!(Market::cancel_reservation(signed(consumer()), RESERVATION));
			}),
			("the provider", || {
				assert_ok!(Market::cancel_reservation(signed(provider()), RESERVATION));
			}),
		],
	);
}

#[test]
fn reservations_with_an_arrival() {
	walk(
		&[arrived],
		&[
			("the consumer", || {
				until_ms(FROM + 120_001);
				assert_ok!(Market::end_reservation(signed(consumer()), RESERVATION));
			}),
			("the wheel", || blocks(100)),
			("the consumer, whose model is gone", || {
				set_online(MACHINE, true);
				assert_ok!(Market::honour(signed(consumer()), RESERVATION));
				FakeLeases::start(LEASE);
			}),
		],
	)
}

#[test]
fn reservations_with_a_lease() {
	walk(
		&[opened, honoured],
		&[
			("leases, by a start", || FakeLeases::start(LEASE)),
			("leases, without one", || FakeLeases::never_start(LEASE)),
			("anyone", || {
				until_ms(now_ms() + 600_001);
				assert_ok!(Market::end_reservation(signed(stranger()), RESERVATION));
			}),
			("the wheel", || blocks(200)),
		],
	)
}

#[test]
fn the_wheel_forgets_what_it_has_passed() {
	run(|| {
		full();
		reserved();
		blocks(400);
		assert_eq!(Expiries::<Test>::iter().count(), 0);
	})
}

/// Whoever ends what is over gains by it: nobody has to be kind.
#[test]
fn pays_somebody_for_moving_it_on() {
	type Walk = (fn(), fn(), AccountId);
	let walks: [Walk; 8] = [
		// The provider has its deposit back.
		(
			published,
			|| {
				assert_ok!(Market::withdraw_offer(signed(provider()), OFFER));
			},
			provider(),
		),
		// Before its deadline an order is the consumer's to end, and its funds return.
		(
			full,
			|| {
				assert_ok!(Market::cancel_order(signed(consumer()), ORDER));
			},
			consumer(),
		),
		// After it anyone is rewarded, filled or not, and bidders have their deposits back.
		(full, closed_by_a_stranger, stranger()),
		(nobody_can_serve, closed_by_a_stranger, stranger()),
		(full, closed_by_a_stranger, bidder(15)),
		// The side that is not to blame has the other's deposit.
		(reserved, ended_by_a_stranger, provider()),
		(arrived, ended_by_a_stranger, consumer()),
		(opened, || FakeLeases::never_start(LEASE), consumer()),
	];
	for (into, out, gains) in walks {
		run(|| {
			into();
			let before = free(&gains);
			out();
			assert!(free(&gains) > before, "{gains:?} gains nothing");
		})
	}
}

fn closed_by_a_stranger() {
	set_block(DEADLINE + 1);
	assert_ok!(Market::close_order(signed(stranger()), ORDER));
}

fn ended_by_a_stranger() {
	until_ms(FROM + 120_001);
	assert_ok!(Market::end_reservation(signed(stranger()), RESERVATION));
}
