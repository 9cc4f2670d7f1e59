use super::*;
use crate::{types::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::Perbill;
use terminal_primitives::market::Arbiter;
use terminal_test_support::{mocks::LeaseSignal, MockLeased, MockRoyalties, MILLI, UNIT};

/// Disputed after ten minutes that are worth 1.5 and of which nothing was paid.
fn disputed(fee: u128) {
	active_with(|lease| {
		lease.terms.arbiter = Some(Arbiter {
			account: author(),
			fee,
		})
	});
	serve(100);
	assert_ok!(Leases::dispute(signed(consumer()), LEASE, [5; 32]));
}

fn arbitrate(who: AccountId, percent: u32) -> frame_support::dispatch::DispatchResult {
	Leases::arbitrate(signed(who), LEASE, Perbill::from_percent(percent))
}

#[test]
fn splits_what_is_held_after_the_fee() {
	run(|| {
		disputed(UNIT / 2);
		let before = free(&consumer());
		events();
		assert_ok!(arbitrate(author(), 40));
		// Of 1.5 half a TCT is the arbiter's, 0.4 the provider's and the model's, 0.6 returns.
		assert_eq!(free(&author()), ENDOWMENT + UNIT / 2);
		assert_eq!(books().arbitration, UNIT / 2);
		assert_eq!(books().provider_gross(), 320 * MILLI);
		assert_eq!(books().royalty_gross(), 80 * MILLI);
		assert_eq!(MockRoyalties::<Balances>::accrued(VERSION), 78_400_000_000);
		assert_eq!(free(&consumer()), before + 600 * MILLI + 100 * MILLI);
		assert_eq!(outcome(), Outcome::Arbitrated);
		assert_eq!(
			events()[1],
			Event::LeaseArbitrated {
				lease: LEASE,
				arbiter: author(),
				provider_share: Perbill::from_percent(40),
				fee: UNIT / 2
			}
		);
		assert_eq!(
			MockLeased::log(),
			vec![LeaseSignal::Started(MACHINE), LeaseSignal::Ended(MACHINE)]
		);
	})
}

#[test]
fn gives_all_to_either_side() {
	run(|| {
		disputed(0);
		assert_ok!(arbitrate(author(), 100));
		assert_eq!((books().drawn(), books().held), (cost(600_000), 0));
	});
	run(|| {
		disputed(0);
		assert_ok!(arbitrate(author(), 0));
		assert_eq!(books().refunded, 9 * UNIT);
	})
}

#[test]
fn costs_no_more_than_is_held() {
	run(|| {
		disputed(100 * UNIT);
		assert_ok!(arbitrate(author(), 50));
		assert_eq!(books().arbitration, 1_500 * MILLI);
		assert_eq!(books().drawn(), 0);
	})
}

#[test]
fn reaches_nothing_that_was_paid_before() {
	run(|| {
		active_with(|lease| {
			lease.terms.arbiter = Some(Arbiter {
				account: author(),
				fee: 0,
			})
		});
		serve(100);
		acknowledge(0, 300_000);
		let paid = free(&provider());
		assert_ok!(Leases::dispute(signed(consumer()), LEASE, [5; 32]));
		assert_ok!(arbitrate(author(), 0));
		assert_eq!(free(&provider()), paid);
		assert_eq!(books().drawn(), cost(360_000));
	})
}

#[test]
fn is_remembered_of_who_got_less_than_half() {
	let lost = |percent| {
		let mut lost = (0, 0);
		run(|| {
			disputed(0);
			assert_ok!(arbitrate(author(), percent));
			lost = (
				Leases::record_of(provider()).provider.disputes_lost,
				Leases::record_of(consumer()).consumer.disputes_lost,
			);
		});
		lost
	};
	assert_eq!(lost(49), (1, 0));
	assert_eq!(lost(50), (0, 0));
	assert_eq!(lost(51), (0, 1));
}

#[test]
fn is_the_arbiters_in_its_time() {
	run(|| {
		assert_noop!(arbitrate(author(), 50), Error::<Test>::UnknownLease);
		disputed(0);
		for who in [consumer(), provider(), agent(), stranger()] {
			assert_noop!(arbitrate(who, 50), Error::<Test>::NotArbiter);
		}
		jump(151);
		assert_noop!(arbitrate(author(), 50), Error::<Test>::ArbitrationOver);
	});
	run(|| {
		active();
		assert_noop!(arbitrate(author(), 50), Error::<Test>::LeaseNotDisputed);
	})
}
