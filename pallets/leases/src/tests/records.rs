//! What is remembered of both sides.

use super::*;
use crate::types::*;
use frame_support::assert_ok;
use terminal_test_support::{MockUptime, UNIT};

fn records() -> (ProviderRecord, ConsumerRecord) {
	(
		Leases::record_of(provider()).provider,
		Leases::record_of(consumer()).consumer,
	)
}

#[test]
fn count_promised_and_proven_time_and_what_was_paid() {
	run(|| {
		active();
		jump(100);
		MockUptime::prove(MACHINE, START, START + 500_000);
		MockUptime::set_resolved(MACHINE, now_ms());
		acknowledge(0, 600_000);
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		assert_eq!(records(), Default::default());
		assert_ok!(Leases::finish(signed(stranger()), LEASE));
		let provided = ProviderRecord {
			leases: 1,
			promised_ms: 600_000,
			proven_ms: 500_000,
			paid: books().paid,
			..Default::default()
		};
		let consumed = ConsumerRecord {
			leases: 1,
			..Default::default()
		};
		assert_eq!(records(), (provided, consumed));
	})
}

#[test]
fn count_who_ran_out_of_funds() {
	run(|| {
		active_with(|lease| lease.funds = UNIT);
		serve(100);
		acknowledge(0, 600_000);
		assert_ok!(Leases::pause(signed(stranger()), LEASE));
		jump(100);
		assert_ok!(Leases::close(signed(stranger()), LEASE));
		assert_ok!(Leases::finish(signed(stranger()), LEASE));
		assert_eq!(records().1.exhausted, 1);
	})
}

#[test]
fn count_missing_calls_against_who_had_to_make_them() {
	let forfeits = |history: fn()| {
		let mut found = (0, 0);
		run(|| {
			history();
			let (provider, consumer) = records();
			assert_eq!((provider.leases, consumer.leases), (0, 0));
			found = (provider.forfeits, consumer.forfeits);
		});
		found
	};
	// No handshake.
	let no_handshake = forfeits(|| {
		accepted_metered();
		jump(21);
		assert_ok!(Leases::cancel(signed(stranger()), LEASE));
	});
	assert_eq!(no_handshake, (0, 1));
	// A handshake, and no start.
	let no_start = forfeits(|| {
		let mut lease = agreement();
		lease.shown = true;
		assert_ok!(agree(lease));
		jump(21);
		assert_ok!(Leases::cancel(signed(stranger()), LEASE));
	});
	assert_eq!(no_start, (1, 0));
	// No result.
	let no_result = forfeits(|| {
		running();
		jump(21);
		assert_ok!(Leases::finish(signed(stranger()), LEASE));
	});
	assert_eq!(no_result, (1, 0));
	// A side that says in time that it leaves forfeits nothing.
	let cancelled = forfeits(|| {
		accepted_metered();
		assert_ok!(Leases::cancel(signed(provider()), LEASE));
	});
	assert_eq!(cancelled, (0, 0));
}

#[test]
fn count_jobs_that_were_delivered_and_those_that_were_not() {
	run(|| {
		delivering();
		jump(31);
		assert_ok!(Leases::finish(signed(stranger()), LEASE));
		let (provider, consumer) = records();
		assert_eq!((provider.leases, provider.forfeits), (1, 0));
		assert_eq!((provider.paid, consumer.leases), (98 * UNIT, 1));
	});
	run(|| {
		delivering();
		assert_ok!(Leases::demand_leaf(signed(consumer()), LEASE, 1));
		jump(11);
		assert_ok!(Leases::finish(signed(stranger()), LEASE));
		assert_eq!(records().0.forfeits, 1);
	})
}
