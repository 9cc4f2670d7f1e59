//! The expiry wheel.

use super::*;
use crate::{types::*, Expiries};
use frame_support::{assert_ok, traits::Hooks, weights::Weight};
use terminal_primitives::{wheel::DueBlock, BlockNumber};
use terminal_test_support::{set_time_ms, MockBonds, MockMachines, MockUptime, MILLI, UNIT};

fn is_closed(id: LeaseId) -> bool {
	matches!(lease(id).state, State::Closed { .. })
}

#[test]
fn returns_an_offer_that_nobody_took() {
	run(|| {
		assert_ok!(open_metered(metered()));
		blocks(50);
		assert!(!is_closed(LEASE));
		blocks(2);
		assert!(is_closed(LEASE));
		// No finisher, no reward.
		assert_eq!(free(&consumer()), ENDOWMENT);
	})
}

#[test]
fn ends_an_acceptance_without_a_start_and_pays_the_hold_fee() {
	run(|| {
		accepted_metered();
		blocks(22);
		assert!(is_closed(LEASE));
		assert_eq!(MockMachines::free_units(MACHINE), 4);
		// 20 thousandths less 2 %, and no finisher's reward.
		assert_eq!(free(&provider()), ENDOWMENT + 19_600_000_000);
		assert_eq!(free(&consumer()), ENDOWMENT - 20 * MILLI);
	})
}

#[test]
fn carries_a_metered_lease_from_its_end_to_oblivion() {
	run(|| {
		active();
		blocks(600);
		assert!(matches!(lease(LEASE).state, State::Active { .. }));
		blocks(3);
		assert!(matches!(lease(LEASE).state, State::Closing { .. }));
		MockUptime::prove(MACHINE, START, now_ms());
		assert_ok!(collect(agent(), Some(receipt(3_600_000))));
		blocks(105);
		assert!(is_closed(LEASE));
		assert_eq!(books().drawn(), cost(3_600_000));
		blocks(205);
		assert_eq!(crate::Leases::<Test>::get(LEASE), None);
		assert_eq!(crate::LeasesOf::<Test>::iter().count(), 0);
	})
}

#[test]
fn tries_again_while_the_end_is_unresolved() {
	run(|| {
		active();
		blocks(603);
		blocks(200);
		assert!(matches!(lease(LEASE).state, State::Closing { .. }));
		MockUptime::set_resolved(MACHINE, START + 3_600_000);
		blocks(60);
		assert!(is_closed(LEASE));
	})
}

#[test]
fn refunds_a_job_past_its_deadline_and_pays_one_past_its_window() {
	run(|| {
		running();
		blocks(22);
		assert!(is_closed(LEASE));
		assert_eq!(MockBonds::at_risk(&provider()), 0);
		assert_eq!(free(&consumer()), ENDOWMENT);
	});
	run(|| {
		delivering();
		blocks(33);
		assert!(is_closed(LEASE));
		assert_eq!(books().drawn(), JOB_PRICE + JOB_ROYALTY);
	})
}

#[test]
fn never_touches_a_job_that_awaits_its_verdict() {
	run(|| {
		committed();
		blocks(300);
		assert!(matches!(lease(LEASE).state, State::Committed { .. }));
	})
}

/// Weight for so many entries and the look after the last of them.
fn room_for(entries: u64) -> Weight {
	let look = crate::hooks::look_weight::<Test>();
	let each = crate::hooks::entry_weight::<Test>();
	look.saturating_mul(entries + 1)
		.saturating_add(each.saturating_mul(entries))
}

fn idle(limit: Weight) -> Weight {
	let used = Leases::on_idle(System::block_number(), limit);
	assert!(used.all_lte(limit));
	used
}

/// Offers that run out in block 52. None has anything to do with another.
fn offers(count: u64) -> impl Fn() -> usize {
	use frame_support::traits::fungible::Mutate;
	let first = crate::NextLeaseId::<Test>::get().0;
	Balances::set_balance(&consumer(), 1_000_000 * UNIT);
	for _ in 0..count {
		assert_ok!(open_metered(MeteredOrder {
			funds: 60 * PER_SECOND,
			..metered()
		}));
	}
	move || {
		(first..first + count)
			.filter(|id| is_closed(LeaseId(*id)))
			.count()
	}
}

fn waiting() -> Vec<(BlockNumber, LeaseId)> {
	let keys = Expiries::<Test>::iter_keys();
	keys.map(|(due, id)| (due.number(), id)).collect()
}

#[test]
fn stays_inside_its_weight_and_resumes() {
	run(|| {
		let closed = offers(4);
		jump(51);
		assert_eq!(idle(room_for(2)), room_for(2));
		assert_eq!(closed(), 2);
		idle(room_for(1));
		assert_eq!(closed(), 3);
		idle(Weight::MAX);
		assert_eq!(closed(), 4);
	})
}

#[test]
fn leaves_all_as_it_is_in_a_block_without_weight_to_spare() {
	run(|| {
		let closed = offers(2);
		jump(51);
		let before = waiting();
		assert_eq!(idle(Weight::zero()), Weight::zero());
		// Enough to look, not enough for what was found.
		let look = crate::hooks::look_weight::<Test>();
		let each = crate::hooks::entry_weight::<Test>();
		assert_eq!(idle(each), look);
		assert_eq!((closed(), waiting()), (0, before));
		idle(Weight::MAX);
		assert_eq!(closed(), 2);
	})
}

#[test]
fn drains_any_number_that_is_due_in_one_block() {
	run(|| {
		let closed = offers(1_000);
		assert!(waiting().iter().all(|(due, _)| *due == 52));
		jump(51);
		for done in 1..=10 {
			idle(room_for(100));
			assert_eq!(closed(), done * 100);
			jump(1);
		}
		// The same thousand again, each once: when they are forgotten.
		assert_eq!(waiting().len(), 1_000);
	})
}

#[test]
fn serves_first_what_is_due_first() {
	run(|| {
		let early = offers(1);
		jump(1);
		let crowd = offers(50);
		jump(1);
		let late = offers(1);
		jump(100);
		let mut turns = Vec::new();
		for _ in 0..52 {
			idle(room_for(1));
			turns.push((early(), crowd(), late()));
		}
		assert_eq!(turns[0], (1, 0, 0));
		assert_eq!(turns[50], (1, 50, 0));
		assert_eq!(turns[51], (1, 50, 1));
	})
}

/// With weight for one entry per block, nothing starves behind what fails again and again.
#[test]
fn puts_what_fails_behind_all_that_is_due() {
	run(|| {
		let _failing = offers(20);
		// They cannot expire: as if their offers lasted much longer than their entries.
		crate::Leases::<Test>::translate_values(|mut lease: Lease<AccountId>| {
			lease.state = State::Offered { expires_at: 5_000 };
			Some(lease)
		});
		jump(10);
		let honest = offers(1);
		jump(52);
		for _ in 0..20 {
			assert_eq!(honest(), 0);
			idle(room_for(1));
			jump(1);
		}
		idle(room_for(1));
		assert_eq!(honest(), 1);
		assert_eq!(waiting().len(), 21);
	})
}

#[test]
fn pays_for_no_block_in_which_nothing_was_due() {
	run(|| {
		let closed = offers(2);
		// As if no block had had weight to spare for years.
		jump(5_000_000);
		idle(room_for(2));
		assert_eq!(closed(), 2);
		let look = crate::hooks::look_weight::<Test>();
		assert_eq!(idle(Weight::MAX), look);
	})
}

#[test]
fn holds_one_entry_of_a_lease_that_moves_and_none_of_one_that_is_gone() {
	run(|| {
		let due = || lease(LEASE).wake_at;
		assert_ok!(open_metered(metered()));
		assert_eq!(waiting(), [(52, LEASE)]);
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		assert_eq!(waiting(), [(22, LEASE)]);
		assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
		assert_eq!(waiting(), [(due(), LEASE)]);
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		assert_eq!(waiting(), [(due(), LEASE)]);
		MockUptime::set_resolved(MACHINE, START + 3_600_000);
		blocks(110);
		assert!(is_closed(LEASE));
		assert_eq!(waiting(), [(due(), LEASE)]);
		blocks(210);
		assert_eq!(crate::Leases::<Test>::get(LEASE), None);
		assert_eq!(waiting(), []);
	})
}

#[test]
fn holds_no_entry_of_a_job_that_awaits_its_verdict() {
	run(|| {
		committed();
		assert_eq!(waiting(), []);
	})
}

#[test]
fn drops_an_entry_that_no_lease_names() {
	run(|| {
		let closed = offers(1);
		for (due, id) in [(51, LEASE), (51, NOBODY)] {
			Expiries::<Test>::insert(DueBlock::from(due), id, ());
		}
		jump(50);
		idle(Weight::MAX);
		assert_eq!((closed(), waiting()), (0, vec![(52, LEASE)]));
	})
}

/// The block for which the wheel has entered the lease, at a clock that does not keep to the plan.
fn wake_at(now: u64) {
	System::set_block_number(lease(LEASE).wake_at);
	set_time_ms::<Test>(now);
	idle(Weight::MAX);
}

#[test]
fn ends_a_lease_in_the_very_moment_its_time_is_over() {
	run(|| {
		active();
		wake_at(START + 3_600_000);
		assert_eq!(outcome(), Outcome::Completed);
	})
}

#[test]
fn ends_a_pause_in_the_very_moment_it_is_over() {
	run(|| {
		active_with(|lease| lease.funds = UNIT);
		serve(100);
		acknowledge(0, 600_000);
		assert_ok!(Leases::pause(signed(stranger()), LEASE));
		wake_at(START + 1_200_000);
		assert_eq!(outcome(), Outcome::Exhausted);
	})
}

#[test]
fn lets_maintenance_last_as_long_as_it_was_announced() {
	run(|| {
		active();
		let until = START + 600_000;
		MockMachines::set_window(MACHINE, Some((START, until)));
		assert_ok!(Leases::pause(signed(agent()), LEASE));
		wake_at(until - 1);
		assert!(matches!(lease(LEASE).state, State::Paused { .. }));
		wake_at(until);
		assert!(matches!(lease(LEASE).state, State::Active { .. }));
	})
}

/// Closed by the consumer after ten minutes; the last receipt is still to come.
fn closing() {
	active();
	jump(100);
	assert_ok!(Leases::close(signed(consumer()), LEASE));
	MockUptime::prove(MACHINE, START, START + 600_000);
}

#[test]
fn ends_nothing_before_its_time() {
	type Case = (fn(), fn(&mut State));
	let cases: [Case; 3] = [
		(
			|| open_metered(metered()).expect("the usual order is fine"),
			|state| {
				if let State::Offered { expires_at } = state {
					*expires_at = 5_000
				}
			},
		),
		(accepted_metered, |state| {
			if let State::Accepted { start_by, .. } = state {
				*start_by = 5_000
			}
		}),
		(closing, |state| {
			if let State::Closing { claim_until, .. } = state {
				*claim_until = 5_000
			}
		}),
	];
	for (reach, prolong) in cases {
		run(|| {
			reach();
			// As if its entry came long before.
			crate::Leases::<Test>::mutate(LEASE, |lease| {
				prolong(&mut lease.as_mut().expect("it exists").state)
			});
			let before = lease(LEASE).state;
			jump(200);
			idle(Weight::MAX);
			assert_eq!(lease(LEASE).state, before);
			assert_eq!(waiting(), [(5_001, LEASE)]);
		})
	}
}
