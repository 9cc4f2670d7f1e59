use super::*;
use crate::{types::*, Event};
use frame_support::assert_ok;
use terminal_test_support::MockMachines;

/// Eight leases of one unit each: five run, of which one is closed for good; three are offers.
fn eight() {
	MockMachines::change(MACHINE, |machine| {
		(machine.units, machine.free_units) = (8, 8)
	});
	for number in 0..8 {
		let id = LeaseId(number);
		assert_ok!(open_metered(MeteredOrder {
			units: 1,
			..metered()
		}));
		if number < 5 {
			assert_ok!(Leases::accept(signed(agent()), id));
			let handshake = Some(receipt_for(id, 0, 0));
			assert_ok!(Leases::start(signed(agent()), id, handshake));
		}
	}
	assert_ok!(Leases::close(signed(consumer()), LEASE));
	terminal_test_support::MockUptime::set_resolved(MACHINE, START);
	assert_ok!(Leases::finish(signed(provider()), LEASE));
	serve(100);
}

fn withdraw(after: Option<LeaseId>, limit: u32) -> (u32, Option<LeaseId>) {
	events();
	assert_ok!(Leases::withdraw_many(
		signed(stranger()),
		provider(),
		after,
		limit
	));
	match events().pop() {
		Some(Event::Withdrawn { seen, last, .. }) => (seen, last),
		other => panic!("withdrawn: {other:?}"),
	}
}

/// What is due of one unit for a minute's grace.
fn due() -> u128 {
	60 * (RATE + ROYALTY_RATE)
}

#[test]
fn pays_all_that_is_due_to_a_provider() {
	run(|| {
		eight();
		assert_eq!(withdraw(None, 32).0, 8);
		assert_eq!(books().drawn(), 0);
		for id in 1..5 {
			assert_eq!(lease(LeaseId(id)).books.drawn(), due());
		}
		for id in 5..8 {
			assert_eq!(lease(LeaseId(id)).books.drawn(), 0);
		}
	})
}

#[test]
fn goes_on_where_it_stopped() {
	run(|| {
		eight();
		let (mut after, mut seen) = (None, Vec::new());
		loop {
			let (count, last) = withdraw(after, 3);
			if count == 0 {
				assert_eq!(last, None);
				break;
			}
			seen.push(count);
			after = last;
		}
		assert_eq!(seen, vec![3, 3, 2]);
		for id in 1..5 {
			assert_eq!(lease(LeaseId(id)).books.drawn(), due());
		}
	})
}

#[test]
fn looks_at_no_more_than_the_limit() {
	run(|| {
		eight();
		assert_eq!(withdraw(None, 0), (0, None));
		assert_eq!(withdraw(None, u32::MAX).0, 8);
	})
}
