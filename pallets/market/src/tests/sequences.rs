//! Calls in any order, by anyone, with machines coming and going, leases beginning or not, time
//! passing and standing still: after each of them no token has appeared or vanished, all invariants
//! hold, what is booked is what is reserved, and nobody lost more than it put up.

use super::*;
use crate::{invariants, lifecycle::ReservationStage, Offers, Orders, Reservations};
use frame_support::{
	dispatch::DispatchResult,
	storage::with_storage_layer,
	traits::{
		fungible::{Inspect, InspectHold},
		Hooks,
	},
	weights::Weight,
};
use proptest::prelude::*;
use terminal_primitives::market::{MachineStatus, Machines};
use terminal_test_support::{account, MockBurn};

/// One thing that may happen. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Action {
	Publish {
		by: u64,
		rate: u128,
		spot: bool,
		reservable: bool,
	},
	Withdraw(u64, u64),
	Take(u64, u64, u32),
	Post {
		by: u64,
		rate: u128,
		units: u32,
		auto: bool,
		last: u32,
		funds: u128,
	},
	Bid {
		n: u64,
		order: u64,
		rate: u128,
	},
	Unbid(u64, u64),
	Accept(u64, u64),
	Cancel(u64),
	Close(u64, u64),
	Match(u64, Vec<(u64, u64)>),
	Reserve {
		by: u64,
		offer: u64,
		lead: u64,
		units: u32,
	},
	Arrive(u64, u128, bool),
	Honour(u64, u64),
	Uncommit(u64, bool),
	End(u64),
	Lease(u64, u8),
	Claim(u64),
	Toggle(u64),
	Freeze(u64),
	Royalty(u128),
	Wait(u32),
	Stall(u64),
	Idle,
}

fn actions() -> impl Strategy<Value = Action> {
	use Action::*;
	let id = any::<u64>();
	let two = (any::<u64>(), any::<u64>());
	prop_oneof![
		3 => (id, 1u128..12, any::<bool>(), any::<bool>()).prop_map(|(by, rate, spot, reservable)|
			Publish { by, rate: rate * RATE / 10, spot, reservable }),
		1 => two.prop_map(|(by, offer)| Withdraw(by, offer)),
		2 => (two, 0u32..5).prop_map(|((by, offer), units)| Take(by, offer, units)),
		4 => (id, 3u128..12, 1u32..4, any::<bool>(), 8u32..40, 1u128..12).prop_map(
			|(by, rate, units, auto, last, funds)|
				Post { by, rate: rate * RATE / 10, units, auto, last, funds: funds * UNIT }),
		12 => (id, id, 1u128..12).prop_map(|(n, order, rate)|
			Bid { n, order, rate: rate * RATE / 10 }),
		1 => two.prop_map(|(order, bid)| Unbid(order, bid)),
		2 => two.prop_map(|(order, bid)| Accept(order, bid)),
		1 => id.prop_map(Cancel),
		3 => two.prop_map(|(by, order)| Close(by, order)),
		3 => (id, prop::collection::vec(two, 1..4)).prop_map(|(by, pairs)| Match(by, pairs)),
		6 => (id, id, 0u64..900, 1u32..4).prop_map(|(by, offer, lead, units)|
			Reserve { by, offer, lead: lead * 1_000, units }),
		6 => (id, 0u128..12, any::<bool>()).prop_map(|(id, funds, model)|
			Arrive(id, funds * UNIT / 10, model)),
		2 => two.prop_map(|(by, id)| Honour(by, id)),
		1 => (id, any::<bool>()).prop_map(|(id, consumer)| Uncommit(id, consumer)),
		3 => id.prop_map(End),
		4 => (id, 0u8..3).prop_map(|(id, how)| Lease(id, how)),
		1 => id.prop_map(Claim),
		2 => id.prop_map(Toggle),
		1 => id.prop_map(Freeze),
		1 => (0u128..4).prop_map(|royalty| Royalty(royalty * RATE)),
		8 => prop_oneof![6 => 1u32..6, 2 => 6u32..25].prop_map(Wait),
		1 => (20_000u64..300_000).prop_map(Stall),
		2 => Just(Idle),
	]
}

/// One of the five main accounts.
fn who(number: u64) -> AccountId {
	account(number % 5 + 1)
}

fn choose<T: Clone>(number: u64, of: &[T]) -> Option<T> {
	let position = number.checked_rem(of.len() as u64)?;
	of.get(position as usize).cloned()
}

fn offer_id(number: u64) -> OfferId {
	let mut ids: Vec<OfferId> = Offers::<Test>::iter_keys().collect();
	ids.sort_unstable();
	choose(number, &ids).unwrap_or(OfferId(number % 3))
}

fn order_id(number: u64) -> OrderId {
	let mut ids: Vec<OrderId> = Orders::<Test>::iter_keys().collect();
	ids.sort_unstable();
	choose(number, &ids).unwrap_or(OrderId(number % 3))
}

fn reservation_id(number: u64, stages: &[ReservationStage]) -> ReservationId {
	let mut ids: Vec<ReservationId> = Reservations::<Test>::iter()
		.filter(|(_, found)| stages.contains(&found.state.stage()))
		.map(|(id, _)| id)
		.collect();
	ids.sort_unstable();
	choose(number, &ids).unwrap_or(ReservationId(number % 3))
}

fn bid_of(order: OrderId, number: u64) -> Bid<AccountId> {
	Orders::<Test>::get(order)
		.and_then(|order| choose(number, &order.bids))
		.unwrap_or(Bid {
			provider: provider(),
			machine: MACHINE,
			rate: RATE,
			deposit: 0,
		})
}

/// Offers, and what is made of them.
fn market(action: Action) -> DispatchResult {
	match action {
		Action::Publish {
			by,
			rate,
			spot,
			reservable,
		} => {
			let (machine, owner) = match by % 2 {
				0 => (MACHINE, provider()),
				_ => (OTHER, rival()),
			};
			let mut draft = OfferDraft {
				machine,
				rate,
				reservation_deposit: reservable.then_some(RESERVATION_DEPOSIT),
				..offer()
			};
			draft.terms.spot_notice_ms = spot.then_some(60_000);
			let by = if by % 11 == 0 { who(by) } else { owner };
			publish(by, draft)
		},
		Action::Withdraw(by, offer) => {
			let id = offer_id(offer);
			let owner = Offers::<Test>::get(id).map_or_else(provider, |offer| offer.provider);
			let by = if by % 3 == 0 { who(by) } else { owner };
			Market::withdraw_offer(signed(by), id)
		},
		Action::Take(by, offer, units) => {
			let id = offer_id(offer);
			let taking = Taking {
				offer: id,
				offer_hash: Market::offer_hash(id).unwrap_or_default(),
				units,
				duration_seconds: 600,
				max_rate: RATE,
				funds: UNIT * 2,
				..taking()
			};
			take(who(by), taking)
		},
		Action::Reserve {
			by,
			offer,
			lead,
			units,
		} => {
			let id = offer_id(offer);
			let wish = Wish {
				offer: id,
				offer_hash: Market::offer_hash(id).unwrap_or_default(),
				units,
				duration_seconds: 60,
				from: now_ms() + 150_000 + lead,
				max_rate: 2 * RATE,
			};
			reserve(who(by), wish)
		},
		other => ordering(other),
	}
}

/// Orders, bids and matches.
fn ordering(action: Action) -> DispatchResult {
	match action {
		Action::Post {
			by,
			rate,
			units,
			auto,
			last,
			funds,
		} => {
			let draft = OrderDraft {
				units,
				max_rate: rate,
				deadline: System::block_number() + last,
				funds,
				auto,
				version: auto.then_some(VERSION),
				..order()
			};
			post(who(by), draft)
		},
		Action::Bid { n, order, rate } => {
			let id = order_id(order);
			let n = n % 20;
			// Mostly what the order can pay.
			let most = Orders::<Test>::get(id).map_or(rate, |order| order.max_rate);
			let rate = if n == 0 { rate } else { rate.min(most) };
			Market::place_bid(signed(bidder(n)), id, bidders_machine(n), rate)
		},
		Action::Unbid(order, bid) => {
			let id = order_id(order);
			let bid = bid_of(id, bid);
			Market::withdraw_bid(signed(bid.provider), id, bid.machine)
		},
		Action::Accept(order, bid) => {
			let id = order_id(order);
			let bid = bid_of(id, bid);
			let by = Orders::<Test>::get(id).map_or_else(stranger, |order| order.consumer);
			Market::accept_bid(signed(by), id, bid.machine, bid.rate)
		},
		Action::Cancel(order) => {
			let id = order_id(order);
			let by = Orders::<Test>::get(id).map_or_else(stranger, |order| order.consumer);
			Market::cancel_order(signed(by), id)
		},
		Action::Close(by, order) => Market::close_order(signed(who(by)), order_id(order))
			.map(|_| ())
			.map_err(|error| error.error),
		Action::Match(by, pairs) => {
			let pairs = pairs
				.into_iter()
				.map(|(order, offer)| (order_id(order), offer_id(offer)));
			let matches = pairs.collect::<Vec<_>>().try_into().expect("a few");
			Market::propose_matches(signed(who(by)), matches)
		},
		other => later(other),
	}
}

/// Reservations, leases, claims.
fn later(action: Action) -> DispatchResult {
	use ReservationStage::*;
	match action {
		Action::Arrive(id, funds, model) => {
			let id = reservation_id(id, &[Reserved]);
			let found = Reservations::<Test>::get(id);
			if let Some(found) = &found {
				// Mostly in time.
				if funds % 3 != 0 {
					until_ms(found.opens_at);
				}
			}
			let by = found.map_or_else(stranger, |found| found.consumer);
			Market::arrive(signed(by), id, model.then_some(VERSION), None, funds)
		},
		Action::Honour(by, id) => {
			let id = reservation_id(id, &[Arrived]);
			let owner = Reservations::<Test>::get(id).map_or_else(agent, |found| found.provider);
			let by = if by % 3 == 0 { who(by) } else { owner };
			Market::honour(signed(by), id)
		},
		Action::Uncommit(id, consumer) => {
			let id = reservation_id(id, &[Reserved]);
			let by = Reservations::<Test>::get(id).map_or_else(stranger, |found| match consumer {
				true => found.consumer,
				false => found.provider,
			});
			Market::cancel_reservation(signed(by), id)
		},
		Action::End(id) => Market::end_reservation(
			signed(stranger()),
			reservation_id(id, &[Reserved, Arrived, Opened]),
		),
		Action::Lease(id, how) => {
			if let Some(lease) = choose(id, &FakeLeases::open()) {
				match how {
					0 => FakeLeases::start(lease),
					1 => FakeLeases::never_start(lease),
					_ => FakeLeases::end(lease),
				}
			}
			Ok(())
		},
		Action::Claim(by) => Market::claim(signed(stranger()), who(by), None),
		other => world(other),
	}
}

/// What is not a call.
fn world(action: Action) -> DispatchResult {
	match action {
		Action::Toggle(id) => {
			let machine = match id % 4 {
				0 => MACHINE,
				1 => OTHER,
				_ => bidders_machine(id % 20),
			};
			let online = MockMachines::machine(machine)
				.is_some_and(|machine| machine.status == MachineStatus::Online);
			set_online(machine, !online);
		},
		Action::Freeze(by) => freeze(&who(by)),
		Action::Royalty(royalty) => FakeLeases::set_royalty(royalty),
		Action::Wait(count) => until_ms(now_ms() + u64::from(count) * 6_000),
		Action::Stall(milliseconds) => stand_still(milliseconds),
		_ => {
			Market::on_idle(System::block_number(), Weight::MAX);
		},
	}
	Ok(())
}

fn accounts() -> impl Iterator<Item = AccountId> {
	(1..=5).chain(100..120).map(account)
}

/// Everything that exists, wherever it lies.
fn all_money() -> u128 {
	accounts()
		.chain([Market::pot_account()])
		.map(|who| Balances::total_balance(&who))
		.sum()
}

/// What is booked with providers is what is reserved here.
fn booked_is_reserved() -> bool {
	[MACHINE, OTHER].into_iter().all(|machine| {
		let mut booked = MockMachines::bookings(machine);
		let mut reserved: Vec<_> = Reservations::<Test>::iter_values()
			.filter(|found| found.machine == machine)
			.filter(|found| found.state.stage() != ReservationStage::Opened)
			.map(|found| (found.units, found.from, found.booked_until))
			.collect();
		booked.sort_unstable();
		reserved.sort_unstable();
		booked == reserved
	})
}

fn cases() -> u32 {
	std::env::var("PROPTEST_CASES")
		.ok()
		.and_then(|cases| cases.parse().ok())
		.unwrap_or(24)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(cases()))]

	#[test]
	fn conserve_balances_and_keep_every_invariant(
		history in prop::collection::vec(actions(), 1..120)
	) {
		build(params()).execute_with(|| {
			let before = all_money();
			for action in history {
				let shown = format!("{action:?}");
				let root = sp_io::storage::root(sp_runtime::StateVersion::V1);
				let done = with_storage_layer(|| market(action));
				if done.is_err() {
					let after = sp_io::storage::root(sp_runtime::StateVersion::V1);
					prop_assert_eq!(root, after, "{} failed and left traces", shown);
				}
				let burned =
					MockBurn::<Balances>::burned(terminal_primitives::ledger::BurnSource::Dust);
				prop_assert_eq!(burned, 0);
				prop_assert_eq!(all_money(), before, "after {}", shown);
				let state = invariants::check::<Test>();
				prop_assert!(state.is_ok(), "after {}: {:?}", shown, state);
				prop_assert!(booked_is_reserved(), "after {}", shown);
			}
			Ok(())
		})?;
	}

	#[test]
	fn leave_nothing_on_hold_once_time_has_passed(
		history in prop::collection::vec(actions(), 1..120)
	) {
		build(params()).execute_with(|| {
			for action in history {
				let _ = with_storage_layer(|| market(action));
			}
			// Nobody does anything any more but a stranger, and providers with standing offers.
			until_ms(now_ms() + 2_400_000);
			for id in Orders::<Test>::iter_keys().collect::<Vec<_>>() {
				prop_assert!(Market::close_order(signed(stranger()), id).is_ok());
			}
			for id in Reservations::<Test>::iter_keys().collect::<Vec<_>>() {
				prop_assert!(Market::end_reservation(signed(stranger()), id).is_ok());
			}
			for (id, offer) in Offers::<Test>::iter().collect::<Vec<_>>() {
				prop_assert!(Market::withdraw_offer(signed(offer.provider), id).is_ok());
			}
			for lease in FakeLeases::open() {
				FakeLeases::end(lease);
			}
			for who in accounts() {
				prop_assert_eq!(Balances::total_balance_on_hold(&who), 0);
			}
			prop_assert!(MockMachines::bookings(MACHINE).is_empty());
			prop_assert_eq!(MockMachines::free_units(MACHINE), 4);
			Ok(())
		})?;
	}
}

/// How many calls of random histories succeed: a property test that only fails proves nothing.
#[test]
fn succeed_often_enough() {
	use proptest::{strategy::ValueTree, test_runner::TestRunner};
	let mut runner = TestRunner::deterministic();
	let (mut tried, mut done) = (0u32, 0u32);
	for _ in 0..20 {
		let history = prop::collection::vec(actions(), 100)
			.new_tree(&mut runner)
			.expect("there are histories")
			.current();
		build(params()).execute_with(|| {
			for action in history {
				let is_call = !matches!(
					action,
					Action::Toggle(_)
						| Action::Freeze(_)
						| Action::Royalty(_)
						| Action::Wait(_) | Action::Stall(_)
						| Action::Idle | Action::Lease(..)
				);
				let result = with_storage_layer(|| market(action));
				tried += u32::from(is_call);
				done += u32::from(is_call && result.is_ok());
			}
		});
	}
	println!("{done} of {tried} calls succeeded");
	assert!(done * 100 >= tried * 30, "{done} of {tried}");
}
