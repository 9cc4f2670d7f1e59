use super::*;
use crate::{meter::amount, types::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use terminal_primitives::market::Arbiter;
use terminal_test_support::MockUptime;

/// A third of an hour later, all of it proven.
fn proven_third() {
	jump(200);
	MockUptime::prove(MACHINE, START, START + 1_200_000);
}

#[test]
fn records_what_is_acknowledged_and_proven_and_moves_no_money() {
	run(|| {
		active();
		proven_third();
		let auto = Some(AutoTopUp { step: 1, cap: 1 });
		assert_ok!(Leases::set_auto_top_up(signed(consumer()), LEASE, auto));
		let before = (books(), free(&consumer()), free(&provider()));
		events();
		let shown = Some(receipt(1_000_000));
		assert_ok!(Leases::settle(signed(stranger()), LEASE, shown));
		assert_eq!((books(), free(&consumer()), free(&provider())), before);
		let segment = work().meter.segments[0];
		assert_eq!(segment.acknowledged_ms, 1_000_000);
		assert_eq!(
			(segment.counted_to, segment.counted_ms),
			(START + 1_200_000, 1_200_000)
		);
		assert_eq!(
			events(),
			vec![Event::ReceiptShown {
				lease: LEASE,
				segment: 0,
				milliseconds: 1_000_000
			}]
		);
	})
}

#[test]
fn counts_what_is_proven_without_a_receipt_and_says_nothing() {
	run(|| {
		active();
		proven_third();
		events();
		assert_ok!(Leases::settle(signed(stranger()), LEASE, None));
		assert_eq!(work().meter.segments[0].counted_ms, 1_200_000);
		assert_eq!(events(), vec![]);
	})
}

#[test]
fn counts_no_time_that_may_still_be_proven() {
	run(|| {
		active();
		proven_third();
		MockUptime::set_resolved(MACHINE, START + 700_000);
		assert_ok!(Leases::settle(signed(stranger()), LEASE, None));
		let segment = work().meter.segments[0];
		assert_eq!(
			(segment.counted_to, segment.counted_ms),
			(START + 700_000, 700_000)
		);
	})
}

#[test]
fn counts_no_time_after_the_end() {
	run(|| {
		active();
		proven_third();
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		jump(50);
		MockUptime::prove(MACHINE, START, START + 1_500_000);
		assert_ok!(Leases::settle(signed(stranger()), LEASE, None));
		assert_eq!(work().meter.segments[0].counted_ms, 1_200_000);
	})
}

#[test]
fn counts_what_is_proven_of_a_disputed_lease() {
	run(|| {
		active_with(|lease| {
			lease.terms.arbiter = Some(Arbiter {
				account: author(),
				fee: 0,
			})
		});
		jump(200);
		assert_ok!(Leases::dispute(signed(consumer()), LEASE, [1; 32]));
		MockUptime::prove(MACHINE, START, START + 1_200_000);
		assert_ok!(Leases::settle(signed(stranger()), LEASE, None));
		// The machine forgets it.
		MockUptime::set_runs(MACHINE, &[]);
		jump(20_000);
		MockUptime::set_resolved(MACHINE, now_ms());
		assert_ok!(Leases::finish(signed(provider()), LEASE));
		assert_eq!(books().drawn(), cost(60_000));
	})
}

#[test]
fn loses_no_history_where_uptime_forgets_old_runs() {
	run(|| {
		active();
		proven_third();
		assert_ok!(Leases::settle(signed(stranger()), LEASE, None));
		// The run of the first third is gone; a later one begins.
		jump(200);
		MockUptime::set_runs(MACHINE, &[(START + 2_000_000, START + 2_400_000)]);
		MockUptime::set_resolved(MACHINE, START + 2_400_000);
		assert_ok!(collect(agent(), Some(receipt(2_400_000))));
		assert_eq!(books().drawn(), cost(1_600_000));
	})
}

#[test]
fn forgets_no_receipt_for_an_older_one() {
	run(|| {
		active();
		proven_third();
		assert_ok!(Leases::settle(
			signed(agent()),
			LEASE,
			Some(receipt(900_000))
		));
		assert_ok!(Leases::settle(signed(consumer()), LEASE, Some(receipt(10))));
		assert_eq!(work().meter.segments[0].acknowledged_ms, 900_000);
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		assert_ok!(Leases::withdraw(signed(provider()), LEASE));
		assert_eq!(books().drawn(), amount(PER_SECOND, 960_000));
	})
}

#[test]
fn refuses_foreign_forged_and_misplaced_receipts() {
	run(|| {
		active();
		proven_third();
		let settle = |shown| Leases::settle(signed(agent()), LEASE, Some(shown));
		assert_noop!(
			settle(receipt_for(LeaseId(1), 0, 1_000)),
			Error::<Test>::ReceiptInvalid
		);
		let raised = Receipt {
			milliseconds: 9,
			..receipt(1)
		};
		assert_noop!(settle(raised), Error::<Test>::ReceiptInvalid);
		assert_noop!(
			settle(receipt_for(LEASE, 1, 1_000)),
			Error::<Test>::UnknownSegment
		);
	})
}

#[test]
fn is_for_metered_leases_that_run() {
	run(|| {
		let settle = || Leases::settle(signed(agent()), LEASE, None);
		assert_noop!(settle(), Error::<Test>::UnknownLease);
		assert_ok!(open_metered(metered()));
		assert_noop!(settle(), Error::<Test>::LeaseNotActive);
		assert_ok!(Leases::cancel(signed(consumer()), LEASE));
		assert_noop!(settle(), Error::<Test>::LeaseNotActive);
	});
	run(|| {
		running();
		assert_noop!(
			Leases::settle(signed(agent()), LEASE, None),
			Error::<Test>::NotMetered
		);
	})
}

#[test]
fn takes_no_receipt_after_the_claim_window() {
	run(|| {
		active();
		proven_third();
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		jump(101);
		assert_noop!(
			Leases::settle(signed(agent()), LEASE, Some(receipt(1_200_000))),
			Error::<Test>::ClaimWindowOver
		);
		assert_ok!(collect(agent(), None));
		assert_eq!(books().drawn(), cost(60_000));
	})
}
