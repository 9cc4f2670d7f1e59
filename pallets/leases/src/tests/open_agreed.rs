use super::*;
use crate::{types::*, Error, Event, HoldReason};
use frame_support::{assert_noop, assert_ok};
use terminal_primitives::market::{AgreedLease, Arbiter, LeaseBook, LeaseTerms};
use terminal_test_support::{
	mocks::{Begun, REFUSED},
	MockBegun, MockMachines, MockUptime, MILLI, UNIT,
};

/// The usual agreement with a change.
fn with(change: impl FnOnce(&mut AgreedLease<AccountId>)) -> AgreedLease<AccountId> {
	let mut lease = agreement();
	change(&mut lease);
	lease
}

#[test]
fn reserves_the_units_and_holds_the_funds_at_once() {
	run(|| {
		assert_eq!(agree(agreement()), Ok(LEASE));
		assert_eq!(
			lease(LEASE).state,
			State::Accepted {
				start_by: 21,
				shown: false,
				reserved_until: START + 3_720_000
			}
		);
		assert_eq!(MockMachines::free_units(MACHINE), 2);
		assert_eq!(MockMachines::until(MACHINE), Some(START + 3_720_000));
		assert_eq!(on_hold(HoldReason::Escrow, &consumer()), 9 * UNIT);
		assert_eq!(
			on_hold(HoldReason::OpeningDeposit, &consumer()),
			200 * MILLI
		);
		assert_eq!(
			events(),
			vec![Event::LeaseAgreed {
				lease: LEASE,
				consumer: consumer(),
				provider: provider(),
				machine: MACHINE,
				asset: None,
				held: 9 * UNIT,
				deposit: 200 * MILLI,
			}]
		);
	})
}

#[test]
fn tells_the_market_when_the_first_second_runs() {
	run(|| {
		assert_ok!(agree(agreement()));
		assert_eq!(MockBegun::log(), vec![]);
		assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
		assert_eq!(MockBegun::log(), vec![Begun::Started(LEASE)]);
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		MockUptime::set_resolved(MACHINE, now_ms());
		assert_ok!(Leases::finish(signed(provider()), LEASE));
		assert_eq!(MockBegun::log(), vec![Begun::Started(LEASE)]);
	})
}

#[test]
fn tells_the_market_when_it_never_began() {
	run(|| {
		assert_ok!(agree(agreement()));
		assert_ok!(Leases::cancel(signed(provider()), LEASE));
		assert_eq!(MockBegun::log(), vec![Begun::NeverStarted(LEASE)]);
	});
	run(|| {
		assert_ok!(agree(agreement()));
		blocks(23);
		assert_eq!(MockBegun::log(), vec![Begun::NeverStarted(LEASE)]);
	})
}

#[test]
fn tells_the_market_nothing_of_leases_it_did_not_agree() {
	run(|| {
		active();
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		accepted_again();
		assert_ok!(Leases::cancel(signed(provider()), LeaseId(1)));
		assert_eq!(MockBegun::log(), vec![]);
	})
}

fn accepted_again() {
	assert_ok!(open_metered(metered()));
	assert_ok!(Leases::accept(signed(agent()), LeaseId(1)));
}

#[test]
fn starts_without_a_handshake_where_it_was_shown() {
	run(|| {
		assert_ok!(agree(with(|lease| lease.shown = true)));
		let view = Leases::lease(LEASE).expect("it is open");
		assert!(view.metered.is_some_and(|metered| metered.handshake_shown));
		assert_ok!(Leases::start(signed(agent()), LEASE, None));
		// Receipts go on as always.
		serve(10);
		acknowledge(0, 30_000);
		assert_eq!(books().drawn(), cost(60_000));
	});
	run(|| {
		assert_ok!(agree(agreement()));
		assert_noop!(
			Leases::start(signed(agent()), LEASE, None),
			Error::<Test>::HandshakeMissing
		);
	})
}

#[test]
fn lets_no_consumer_that_has_arrived_leave_and_blame_the_provider() {
	run(|| {
		assert_ok!(agree(with(|lease| lease.shown = true)));
		assert_noop!(
			Leases::cancel(signed(consumer()), LEASE),
			Error::<Test>::StartAwaited
		);
		jump(21);
		assert_ok!(Leases::cancel(signed(consumer()), LEASE));
		// The provider did not come: no hold fee.
		assert_eq!(free(&provider()), ENDOWMENT);
		assert_eq!(books().refunded, 9 * UNIT);
		assert_eq!(outcome(), Outcome::Expired);
	});
	run(|| {
		assert_ok!(agree(with(|lease| lease.shown = true)));
		blocks(23);
		assert_eq!(books().refunded, 9 * UNIT);
	})
}

#[test]
fn ends_when_it_was_planned_where_what_follows_is_booked() {
	use terminal_primitives::market::{Bookings, Machines};
	run(|| {
		assert_ok!(agree(agreement()));
		// All four units, from the planned end on.
		let planned = START + 3_720_000;
		MockMachines::release(MACHINE, 2);
		assert_ok!(MockMachines::book(MACHINE, 4, planned, planned + 1));
		MockMachines::change(MACHINE, |machine| machine.free_units = 2);
		// Twenty blocks took ten minutes instead of two.
		terminal_test_support::skip_time_ms::<Test>(600_000);
		assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
		assert_eq!(lease(LEASE).state, State::Active { ends_at: planned });
	})
}

#[test]
fn refuses_what_an_opening_refuses() {
	run(|| {
		let refused = |change: fn(&mut AgreedLease<AccountId>), error: Error<Test>| {
			assert_noop!(agree(with(change)), error);
		};
		refused(|l| l.machine = NO_MACHINE, Error::UnknownMachine);
		refused(|l| l.provider = stranger(), Error::TermsChanged);
		refused(|l| l.units = 0, Error::UnitsUnavailable);
		refused(|l| l.duration_ms = 59_999, Error::DurationOutOfRange);
		refused(|l| l.rate = u128::MAX, Error::PriceOverflow);
		refused(|l| (l.rate, l.version) = (499, None), Error::RateTooLow);
		refused(|l| l.funds = 60 * PER_SECOND - 1, Error::FundsTooLow);
		refused(
			|l| l.version = Some(terminal_primitives::VersionId(9)),
			Error::UnknownVersion,
		);
		assert_noop!(agree(with(|l| l.units = 5)), REFUSED);
	})
}

#[test]
fn refuses_terms_that_do_not_fit() {
	run(|| {
		let refused = |change: fn(&mut LeaseTerms<AccountId>), error: Error<Test>| {
			assert_noop!(agree(with(|lease| change(&mut lease.terms))), error);
		};
		refused(|t| t.max_duration_ms = 3_599_999, Error::TermsOutOfRange);
		refused(|t| t.max_duration_ms = u64::MAX, Error::TermsOutOfRange);
		refused(|t| t.early_close_ms = 7_200_001, Error::TermsOutOfRange);
		refused(|t| t.spot_notice_ms = Some(59_999), Error::TermsOutOfRange);
		for party in [consumer, provider, agent] {
			let arbiter = Arbiter {
				account: party(),
				fee: 0,
			};
			let lease = with(|lease| lease.terms.arbiter = Some(arbiter));
			assert_noop!(agree(lease), Error::<Test>::ArbiterIsParty);
		}
	})
}

#[test]
fn wants_the_early_close_fee_in_the_escrow_from_the_start() {
	run(|| {
		let funds = 60 * PER_SECOND + 600 * 2 * RATE;
		let lease = |funds| {
			with(|lease| {
				lease.terms.early_close_ms = 600_000;
				lease.funds = funds;
			})
		};
		assert_noop!(agree(lease(funds - 1)), Error::<Test>::FundsTooLow);
		assert_ok!(agree(lease(funds)));
	})
}

#[test]
fn says_the_price_beforehand() {
	run(|| {
		let price = |rate, duration_ms, terms: LeaseTerms<AccountId>| {
			<Leases as LeaseBook<AccountId>>::price(
				None,
				2,
				rate,
				duration_ms,
				Some(VERSION),
				&terms,
			)
		};
		let plain = LeaseTerms::plain(7_200_000);
		assert_eq!(
			price(RATE, 3_600_000, plain.clone()),
			Ok((150 * MILLI, 9 * UNIT, 200 * MILLI))
		);
		let early = |early_close_ms| LeaseTerms {
			early_close_ms,
			..plain.clone()
		};
		assert_eq!(
			price(RATE, 3_600_000, early(600_000)),
			Ok((150 * MILLI + 600 * 2 * RATE, 9 * UNIT, 200 * MILLI))
		);
		let refused = |rate, duration_ms, terms, error: Error<Test>| {
			assert_eq!(price(rate, duration_ms, terms), Err(error.into()));
		};
		refused(RATE, 59_999, plain.clone(), Error::DurationOutOfRange);
		refused(RATE, 7_200_001, plain.clone(), Error::TermsOutOfRange);
		refused(RATE, 60_000, early(7_200_001), Error::TermsOutOfRange);
		refused(u128::MAX, 60_000, plain.clone(), Error::PriceOverflow);
		assert_eq!(
			<Leases as LeaseBook<AccountId>>::price(None, 2, 499, 60_000, None, &plain),
			Err(Error::<Test>::RateTooLow.into())
		);
	})
}
