//! What ending before the agreed time costs, where the terms name a fee.

use super::*;
use crate::{types::*, Outcome};
use frame_support::assert_ok;
use terminal_test_support::{MockMachines, MockUptime, UNIT};

/// Ten minutes' price of two units.
const FEE: u128 = 600 * 2 * RATE;

/// A fee of ten minutes for ending early.
fn active_with_fee() {
	active_with(|lease| lease.terms.early_close_ms = 600_000);
}

fn close_and_finish(who: AccountId) {
	assert_ok!(Leases::close(signed(who), LEASE));
	assert_ok!(Leases::finish(signed(provider()), LEASE));
}

#[test]
fn goes_to_the_provider_when_the_consumer_leaves() {
	run(|| {
		active_with_fee();
		serve(200);
		acknowledge(0, 1_200_000);
		close_and_finish(consumer());
		assert_eq!(books().drawn(), cost(1_200_000) + FEE);
		assert_eq!(books().royalty_gross(), 1_200 * ROYALTY_RATE);
	})
}

#[test]
fn is_taken_off_what_is_due_when_the_provider_leaves() {
	run(|| {
		active_with_fee();
		serve(200);
		acknowledge(0, 1_200_000);
		// So much was kept back all the time, so that it cannot be settled away before.
		assert_eq!(books().drawn(), cost(1_200_000) - FEE);
		close_and_finish(agent());
		assert_eq!(books().drawn(), cost(1_200_000) - FEE);
		assert_eq!(books().royalty_gross(), 1_200 * ROYALTY_RATE);
	})
}

#[test]
fn is_nothing_at_the_agreed_end() {
	run(|| {
		active_with_fee();
		serve(600);
		acknowledge(0, 3_600_000);
		close_and_finish(stranger());
		assert_eq!(books().drawn(), 9 * UNIT);
	})
}

#[test]
fn is_never_more_than_the_time_that_is_left() {
	run(|| {
		active_with_fee();
		serve(550);
		acknowledge(0, 3_300_000);
		close_and_finish(consumer());
		assert_eq!(books().drawn(), cost(3_300_000) + 300 * 2 * RATE);
	})
}

#[test]
fn is_not_earned_by_serving_nothing() {
	run(|| {
		active_with_fee();
		serve(100);
		// The provider never served: the tenant acknowledged nothing, and the consumer leaves.
		close_and_finish(consumer());
		assert_eq!(books().drawn(), cost(60_000));
	});
	run(|| {
		active_with_fee();
		jump(100);
		MockUptime::set_resolved(MACHINE, now_ms());
		acknowledge(0, 600_000);
		close_and_finish(consumer());
		assert_eq!(books().drawn(), 0);
	})
}

#[test]
fn grows_with_the_receipts_that_come_in_the_claim_window() {
	run(|| {
		active_with_fee();
		serve(200);
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		acknowledge(0, 300_000);
		assert_eq!(books().drawn(), cost(360_000) + 300 * 2 * RATE);
		acknowledge(0, 900_000);
		assert_eq!(books().drawn(), cost(960_000) + FEE);
	})
}

#[test]
fn stays_in_the_escrow_when_funds_run_out() {
	run(|| {
		active_with(|lease| {
			lease.terms.early_close_ms = 600_000;
			lease.funds = cost(400_000) + FEE;
		});
		serve(100);
		acknowledge(0, 600_000);
		// The consumer's fee and the provider's are both still there; the model's part is paid.
		assert_eq!(books().drawn(), 600 * ROYALTY_RATE);
		assert_ok!(Leases::pause(signed(stranger()), LEASE));
		jump(100);
		// What was served beyond the funds and the fee share what there is.
		close_and_finish(stranger());
		assert_eq!(outcome(), Outcome::Exhausted);
		assert_eq!(books().drawn(), cost(400_000) + FEE);
		assert_eq!(books().held, 0);
	})
}

#[test]
fn is_nobodys_when_the_other_side_was_away() {
	let paused_for_funds = || {
		active_with(|lease| {
			lease.terms.early_close_ms = 600_000;
			lease.funds = cost(400_000) + FEE;
		});
		serve(66);
		acknowledge(0, 396_000);
		serve(1);
		acknowledge(0, 400_000);
		assert_ok!(Leases::pause(signed(stranger()), LEASE));
	};
	let early = || match lease(LEASE).state {
		State::Closing { early, .. } => early,
		other => panic!("closing: {other:?}"),
	};
	run(|| {
		paused_for_funds();
		assert_ok!(Leases::close(signed(provider()), LEASE));
		assert_eq!(early(), EarlyEnd::Free);
	});
	run(|| {
		paused_for_funds();
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		assert_eq!(early(), EarlyEnd::ConsumerPays(FEE));
	});
	run(|| {
		active_with_fee();
		MockMachines::set_window(MACHINE, Some((START, START + 600_000)));
		assert_ok!(Leases::pause(signed(agent()), LEASE));
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		assert_eq!(early(), EarlyEnd::Free);
	});
	run(|| {
		active_with_fee();
		MockMachines::set_window(MACHINE, Some((START, START + 600_000)));
		assert_ok!(Leases::pause(signed(agent()), LEASE));
		assert_ok!(Leases::close(signed(provider()), LEASE));
		assert_eq!(early(), EarlyEnd::ProviderPays(FEE));
	})
}

#[test]
fn is_no_providers_whose_funds_were_used_up() {
	run(|| {
		active_with(|lease| {
			lease.terms.early_close_ms = 600_000;
			lease.funds = cost(60_000) + FEE;
		});
		serve(100);
		acknowledge(0, 600_000);
		assert_ok!(Leases::close(signed(agent()), LEASE));
		assert_eq!(outcome(), Outcome::Exhausted);
		assert_ok!(Leases::finish(signed(agent()), LEASE));
		// It served more than there is: all of it is paid.
		assert_eq!(books().drawn(), cost(60_000) + FEE);
	})
}
