use super::*;
use crate::decide::samples::{
	account, arbiter, bid, booking, calendar, machine, now, order, slug, MACHINE,
};

/// Units of the machine.
const UNITS: u32 = 8;

fn policy() -> Policy {
	Policy {
		bid: true,
		min_rate: 100,
		first_rate: 200,
		max_open_bids: 3,
		min_seconds: 600,
		max_seconds: 7_200,
		..Policy::default()
	}
}

/// What is decided in block 10 at 1,000,000 ms on a free machine whose asking price is 90.
fn decide(policy: &Policy, orders: &[Order]) -> Vec<Step> {
	decide_with(policy, orders, |_, _| ())
}

fn decide_with(
	policy: &Policy,
	orders: &[Order],
	change: impl Fn(&mut Machine, &mut CalendarView),
) -> Vec<Step> {
	let (mut machine, mut calendar) = (machine(UNITS), calendar(UNITS));
	change(&mut machine, &mut calendar);
	let market = Market {
		now: now(10, 1_000_000),
		block_ms: 6_000,
		slack_ms: 1_800_000,
		draining: false,
		machine: &machine,
		calendar: &calendar,
		orders,
		tried: &HashMap::new(),
	};
	next(policy, market)
}

fn place(order: u64, rate: u128) -> Step {
	Step::Place { order, rate }
}

fn pass(order: u64, why: Reason) -> Step {
	Step::Pass { order, why }
}

fn withdraw(order: u64, why: Reason) -> Step {
	Step::Withdraw { order, why }
}

/// An order with a bid of this machine at `rate`.
fn with_own(id: u64, units: u32, rate: u128) -> Order {
	let mut order = order(id, units, 300);
	order.bids = vec![bid(account(1), MACHINE, rate)];
	order
}

#[test]
fn a_bid_begins_at_the_first_rate() {
	assert_eq!(decide(&policy(), &[order(1, 2, 300)]), [place(1, 200)]);
}

#[test]
fn what_pays_in_an_asset_gets_no_bid() {
	let in_asset = |mut order: Order| {
		order.asset = Some(1_984);
		order
	};
	assert_eq!(
		decide(&policy(), &[in_asset(order(1, 2, 300))]),
		[pass(1, Reason::Asset(1_984))]
	);
	assert_eq!(
		decide(&policy(), &[in_asset(with_own(1, 2, 200))]),
		[withdraw(1, Reason::Asset(1_984))]
	);
}

#[test]
fn no_bid_is_above_what_the_order_pays() {
	assert_eq!(decide(&policy(), &[order(1, 2, 150)]), [place(1, 150)]);
}

#[test]
fn no_bid_is_below_the_floor_of_the_configuration_or_the_asking_price() {
	let below = pass(1, Reason::BelowFloor(99, 100));
	assert_eq!(decide(&policy(), &[order(1, 2, 99)]), [below]);
	assert_eq!(decide(&policy(), &[order(1, 2, 100)]), [place(1, 100)]);
	let asking = |machine: &mut Machine, _: &mut _| machine.price_per_second = 150;
	let below = pass(1, Reason::BelowFloor(149, 150));
	assert_eq!(decide_with(&policy(), &[order(1, 2, 149)], asking), [below]);
	let free = Policy {
		first_rate: 0,
		..policy()
	};
	assert_eq!(
		decide_with(&free, &[order(1, 2, 300)], asking),
		[place(1, 150)]
	);
}

#[test]
fn a_cheaper_bid_of_another_is_beaten_by_a_twentieth_down_to_the_floor() {
	let with_other = |rate| {
		let mut order = order(1, 2, 300);
		order.bids = vec![bid(account(2), 99, rate)];
		order
	};
	assert_eq!(decide(&policy(), &[with_other(250)]), [place(1, 200)]);
	assert_eq!(decide(&policy(), &[with_other(200)]), [place(1, 190)]);
	assert_eq!(decide(&policy(), &[with_other(102)]), [place(1, 100)]);
	let beaten = pass(1, Reason::Beaten(100, 100));
	assert_eq!(decide(&policy(), &[with_other(100)]), [beaten]);
}

#[test]
fn a_bid_that_was_beaten_is_lowered_and_one_that_leads_is_left() {
	let mut order = with_own(1, 2, 200);
	order.bids.push(bid(account(2), 99, 200));
	assert_eq!(
		decide(&policy(), &[order.clone()]),
		[],
		"first among equals"
	);
	order.bids.reverse();
	assert_eq!(decide(&policy(), &[order.clone()]), [place(1, 190)]);
	order.bids[0].rate = 100;
	assert_eq!(decide(&policy(), &[order]), [], "kept as a second choice");
}

#[test]
fn the_providers_other_machines_are_not_outbid() {
	let mut order = order(1, 2, 300);
	order.bids = vec![bid(account(1), 99, 120)];
	assert_eq!(decide(&policy(), &[order.clone()]), [place(1, 200)]);
	order.bids.push(bid(account(1), MACHINE, 200));
	assert_eq!(decide(&policy(), &[order]), []);
}

#[test]
fn a_full_order_is_left_unless_the_bid_is_cheaper_than_the_dearest() {
	let mut order = order(1, 2, 300);
	order.bids = (0..16).map(|i| bid(account(1), 50 + i, 200)).collect();
	let full = pass(1, Reason::Full(200));
	assert_eq!(decide(&policy(), &[order.clone()]), [full]);
	order.bids[15].rate = 201;
	assert_eq!(decide(&policy(), &[order]), [place(1, 200)]);
}

#[test]
fn never_more_units_are_promised_than_are_free() {
	let orders = [order(1, 5, 300), order(2, 3, 300), order(3, 1, 300)];
	let decided = decide(&policy(), &orders);
	let none_left = pass(3, Reason::NotFree(1, 0));
	assert_eq!(decided, [place(1, 200), place(2, 200), none_left]);
}

#[test]
fn the_best_paid_orders_come_first() {
	let orders = [order(1, 4, 200), order(2, 4, 300), order(3, 8, 150)];
	let left = |order, units, free| pass(order, Reason::NotFree(units, free));
	let decided = decide(&policy(), &orders);
	// 1,200 a second each; then 800.
	assert_eq!(decided, [place(2, 200), left(3, 8, 4), place(1, 200)]);
}

#[test]
fn bookings_until_the_latest_end_of_the_lease_count() {
	// Block 10 to the deadline in block 50 and one more, slack, an hour: 1,000,000 + 246,000 +
	// 1,800,000 + 3,600,000.
	let end = 6_646_000;
	let booked_at = |from| {
		move |_: &mut Machine, calendar: &mut CalendarView| {
			calendar.bookings = vec![booking(from, from + 1, 7)];
		}
	};
	let orders = [order(1, 2, 300)];
	let taken = pass(1, Reason::NotFree(2, 1));
	assert_eq!(decide_with(&policy(), &orders, booked_at(end - 1)), [taken]);
	assert_eq!(
		decide_with(&policy(), &orders, booked_at(end)),
		[place(1, 200)]
	);
}

#[test]
fn a_bid_that_no_longer_fits_is_taken_back_the_worst_paid_first() {
	let orders = [with_own(1, 2, 110), with_own(2, 2, 200)];
	let lent = |machine: &mut Machine, _: &mut _| machine.free_units = 3;
	let decided = decide_with(&policy(), &orders, lent);
	assert_eq!(decided, [withdraw(1, Reason::NotFree(2, 1))]);
}

#[test]
fn bids_that_stand_for_good_are_promised_first() {
	let mut firm = with_own(1, 2, 110);
	firm.status = OrderStatus::Firm;
	let orders = [firm, with_own(2, 2, 200)];
	let lent = |machine: &mut Machine, _: &mut _| machine.free_units = 3;
	let decided = decide_with(&policy(), &orders, lent);
	assert_eq!(decided, [withdraw(2, Reason::NotFree(2, 1))]);
}

#[test]
fn a_machine_that_goes_off_takes_its_bids_back_where_it_may() {
	let mut firm = with_own(1, 2, 200);
	firm.status = OrderStatus::Firm;
	let orders = [firm, with_own(2, 2, 200), order(3, 1, 300)];
	let draining = |machine: &mut Machine, _: &mut _| machine.status = MachineStatus::Draining;
	let decided = decide_with(&policy(), &orders, draining);
	let off = || Reason::NotOnline;
	assert_eq!(
		decided,
		[pass(1, off()), withdraw(2, off()), pass(3, off())]
	);
}

#[test]
fn a_bid_below_a_raised_floor_is_taken_back() {
	let raised = Policy {
		min_rate: 180,
		..policy()
	};
	let low = withdraw(1, Reason::BidBelowFloor(150, 180));
	assert_eq!(decide(&raised, &[with_own(1, 2, 150)]), [low]);
}

#[test]
fn no_more_bids_stand_than_the_configuration_says() {
	let two = Policy {
		max_open_bids: 2,
		..policy()
	};
	let orders = [with_own(1, 1, 200), order(2, 1, 300), order(3, 1, 290)];
	let decided = decide(&two, &orders);
	assert_eq!(decided, [place(2, 200), pass(3, Reason::TooMany)]);
	let orders = [
		with_own(1, 1, 150),
		with_own(2, 1, 160),
		with_own(3, 1, 170),
	];
	assert_eq!(decide(&two, &orders), [withdraw(1, Reason::TooMany)]);
}

#[test]
fn leases_too_short_or_too_long_get_no_bid() {
	for seconds in [599, 7_201] {
		let mut order = order(1, 1, 300);
		order.duration_seconds = seconds;
		let why = Reason::Duration(seconds);
		assert_eq!(decide(&policy(), &[order]), [pass(1, why)]);
	}
	let mut order = order(1, 1, 300);
	order.terms.max_duration_ms = 7_200_001;
	let why = Reason::Extension(7_201);
	assert_eq!(decide(&policy(), &[order]), [pass(1, why)]);
}

#[test]
fn an_arbiter_must_be_trusted() {
	let mut order = order(1, 1, 300);
	order.terms.arbiter = Some(arbiter(account(7)));
	let stranger = pass(1, Reason::Arbiter(account(7)));
	assert_eq!(decide(&policy(), std::slice::from_ref(&order)), [stranger]);
	let trusting = Policy {
		arbiters: vec![account(7)],
		..policy()
	};
	assert_eq!(decide(&trusting, &[order]), [place(1, 200)]);
}

#[test]
fn a_credit_for_lost_time_must_be_agreed_to() {
	let mut order = order(1, 1, 300);
	order.terms.sla = Some(crate::decide::samples::sla());
	assert_eq!(
		decide(&policy(), std::slice::from_ref(&order)),
		[pass(1, Reason::Sla)]
	);
	let accepting = Policy {
		accept_sla: true,
		..policy()
	};
	assert_eq!(decide(&accepting, &[order]), [place(1, 200)]);
}

#[test]
fn only_orders_for_the_named_hardware_get_a_bid() {
	let picky = Policy {
		accelerators: vec!["h100-sxm".into()],
		..policy()
	};
	let mut order = order(1, 1, 300);
	let passed = || pass(1, Reason::Accelerator);
	assert_eq!(decide(&picky, std::slice::from_ref(&order)), [passed()]);
	order.wanted.accelerators.0 = vec![slug("a100")];
	assert_eq!(decide(&picky, std::slice::from_ref(&order)), [passed()]);
	order.wanted.accelerators.0.push(slug("h100-sxm"));
	assert_eq!(decide(&picky, &[order]), [place(1, 200)]);
}

#[test]
fn orders_that_are_due_or_ones_own_get_no_bid() {
	let mut due = order(1, 1, 300);
	due.status = OrderStatus::Due;
	assert_eq!(decide(&policy(), &[due]), []);
	let mut late = order(1, 1, 300);
	late.deadline = 10;
	assert_eq!(decide(&policy(), &[late]), [pass(1, Reason::TooLate)]);
	let mut own = order(1, 1, 300);
	own.consumer = account(1);
	assert_eq!(decide(&policy(), &[own]), [pass(1, Reason::Own)]);
}

#[test]
fn a_bid_on_a_due_order_still_promises_its_units() {
	let mut due = with_own(1, 8, 200);
	due.status = OrderStatus::Due;
	let decided = decide(&policy(), &[due, order(2, 1, 300)]);
	assert_eq!(decided, [pass(2, Reason::NotFree(1, 0))]);
}

#[test]
fn a_bid_that_the_chain_refuses_is_given_up() {
	let (machine, calendar) = (machine(UNITS), calendar(UNITS));
	let decide = |tries| {
		let market = Market {
			now: now(10, 1_000_000),
			block_ms: 6_000,
			slack_ms: 1_800_000,
			draining: false,
			machine: &machine,
			calendar: &calendar,
			orders: &[order(1, 2, 300)],
			tried: &HashMap::from([(1, tries)]),
		};
		next(&policy(), market)
	};
	assert_eq!(decide(MAX_TRIES - 1), [place(1, 200)]);
	assert_eq!(decide(MAX_TRIES), [pass(1, Reason::Refused)]);
}

#[test]
fn a_machine_that_drains_takes_its_bids_back_and_places_none() {
	let (machine, calendar) = (machine(UNITS), calendar(UNITS));
	let mut firm = with_own(3, 1, 200);
	firm.status = OrderStatus::Firm;
	let market = Market {
		now: now(10, 1_000_000),
		block_ms: 6_000,
		slack_ms: 1_800_000,
		draining: true,
		machine: &machine,
		calendar: &calendar,
		orders: &[order(1, 1, 300), with_own(2, 1, 200), firm],
		tried: &HashMap::new(),
	};
	let why = || Reason::Draining;
	let decided = next(&policy(), market);
	assert!(decided.contains(&pass(1, why())));
	assert!(decided.contains(&pass(3, why())), "nobody can take it back");
	let order = 2;
	assert!(decided.contains(&Step::Withdraw { order, why: why() }));
	assert_eq!(decided.len(), 3);
}

#[test]
fn outbidding_ends_at_the_floor_after_a_few_steps() {
	let (mut rate, mut steps) = (1_000_000_000, 0);
	while let Some(lower) = below(rate, 500_000_000) {
		assert!(lower >= 500_000_000);
		(rate, steps) = (lower, steps + 1);
	}
	assert_eq!((rate, steps), (500_000_000, 14));
	assert_eq!(below(1, 0), Some(0));
	assert_eq!(below(0, 0), None);
}
