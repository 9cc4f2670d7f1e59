//! The credit for too little proven time, where the terms name one.

use super::*;
use crate::{pricing::missed, types::*};
use frame_support::assert_ok;
use sp_runtime::Perbill;
use terminal_primitives::market::Sla;
use terminal_test_support::{MockMachines, MockUptime, UNIT};

fn sla() -> Sla {
	Sla {
		target: Perbill::from_percent(99),
		credit: Perbill::from_percent(25),
	}
}

/// Without a model: two units for an hour, 7.2 TCT.
fn active_with_sla() {
	active_with(|lease| {
		lease.version = None;
		lease.funds = 9 * UNIT;
		lease.terms.sla = Some(sla());
	});
}

fn finish() {
	assert_ok!(Leases::close(signed(stranger()), LEASE));
	assert_ok!(Leases::finish(signed(stranger()), LEASE));
}

#[test]
fn is_kept_back_until_the_end_and_paid_if_the_target_was_met() {
	run(|| {
		active_with_sla();
		serve(300);
		acknowledge(0, 1_800_000);
		assert_eq!(books().drawn(), 2_700_000_000_000);
		serve(300);
		acknowledge(0, 3_600_000);
		assert_eq!(books().drawn(), 5_400_000_000_000);
		finish();
		assert_eq!(books().drawn(), 7_200_000_000_000);
	})
}

#[test]
fn goes_back_to_the_consumer_if_it_was_missed() {
	run(|| {
		active_with_sla();
		jump(600);
		// 3,563 s of 3,564 promised.
		MockUptime::prove(MACHINE, START, START + 3_563_000);
		MockUptime::set_resolved(MACHINE, now_ms());
		acknowledge(0, 3_600_000);
		finish();
		// Three quarters of 7.126.
		assert_eq!(books().drawn(), 5_344_500_000_000);
		assert_eq!(books().refunded, 1_855_500_000_000);
	})
}

#[test]
fn is_measured_to_the_millisecond() {
	assert!(!missed(Some(sla()), 3_600_000, 3_564_000));
	assert!(missed(Some(sla()), 3_600_000, 3_563_999));
	assert!(!missed(Some(sla()), 0, 0));
	assert!(!missed(None, 3_600_000, 0));
	let all = Sla {
		target: Perbill::one(),
		..sla()
	};
	assert!(missed(Some(all), u64::MAX, u64::MAX - 1));
}

#[test]
fn promises_nothing_for_maintenance_and_pauses() {
	run(|| {
		active_with_sla();
		MockMachines::set_window(MACHINE, Some((START + 600_000, START + 2_400_000)));
		serve(100);
		acknowledge(0, 600_000);
		assert_ok!(Leases::pause(signed(agent()), LEASE));
		jump(200);
		assert_ok!(Leases::resume(signed(agent()), LEASE));
		let from = now_ms();
		jump(500);
		MockUptime::set_runs(MACHINE, &[(START, START + 600_000), (from, now_ms())]);
		MockUptime::set_resolved(MACHINE, now_ms());
		acknowledge(1, 3_000_000);
		finish();
		assert_eq!(books().drawn(), 7_200_000_000_000);
	})
}

#[test]
fn is_not_dodged_by_reclaiming_or_leaving() {
	run(|| {
		active_with(|lease| {
			lease.version = None;
			lease.terms.sla = Some(sla());
			lease.terms.spot_notice_ms = Some(60_000);
		});
		jump(100);
		MockUptime::prove(MACHINE, START, START + 300_000);
		MockUptime::set_resolved(MACHINE, now_ms());
		assert_ok!(Leases::reclaim(signed(agent()), LEASE));
		jump(10);
		MockUptime::set_resolved(MACHINE, now_ms());
		acknowledge(0, 600_000);
		finish();
		assert_eq!(outcome(), Outcome::Preempted);
		assert_eq!(books().drawn(), 300 * 2 * RATE * 3 / 4);
	})
}

#[test]
fn costs_the_model_nothing() {
	run(|| {
		active_with(|lease| lease.terms.sla = Some(sla()));
		jump(600);
		MockUptime::prove(MACHINE, START, START + 1_800_000);
		MockUptime::set_resolved(MACHINE, now_ms());
		acknowledge(0, 3_600_000);
		finish();
		assert_eq!(books().royalty_gross(), 1_800 * ROYALTY_RATE);
		assert_eq!(books().provider_gross(), 1_800 * 2 * RATE * 3 / 4);
	})
}

#[test]
fn pays_a_shortage_of_funds_as_it_would_have_been_due() {
	run(|| {
		active_with(|lease| {
			lease.version = None;
			lease.funds = 2 * UNIT;
			lease.terms.sla = Some(sla());
		});
		// 1,200 s are worth 2.4: more than there is, less than that after the credit.
		serve(200);
		acknowledge(0, 1_200_000);
		assert_eq!(books().drawn(), 1_800_000_000_000);
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		assert_ok!(Leases::finish(signed(provider()), LEASE));
		assert_eq!(books().drawn(), 2 * UNIT);
	})
}
