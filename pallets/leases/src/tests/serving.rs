//! A lease for calls, by the calls that it shares with the others.

use super::*;
use crate::{types::*, Error, Event, HoldReason};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use terminal_primitives::{ledger::BurnSource, market::Availability};
use terminal_test_support::{
	account, MockAttestorFees, MockBurn, MockMachines, MockModels, MockRoyalties, TreasuryAccount,
	EXISTENTIAL_DEPOSIT, MILLI, UNIT,
};

fn withdraw() -> DispatchResult {
	plain(Leases::withdraw(signed(stranger()), LEASE))
}

fn close(who: AccountId) -> DispatchResult {
	plain(Leases::close(signed(who), LEASE))
}

fn finish(who: AccountId) -> DispatchResult {
	Leases::finish(signed(who), LEASE)
}

fn top_up(who: AccountId, amount: u128) -> DispatchResult {
	plain(Leases::top_up(signed(who), LEASE, amount))
}

/// Nothing is on hold for the lease any more.
fn assert_closed(how: Outcome) {
	assert_eq!(outcome(), how);
	assert_eq!(on_hold(HoldReason::Escrow, &consumer()), 0);
	assert_eq!(on_hold(HoldReason::OpeningDeposit, &consumer()), 0);
}

#[test]
fn begins_when_the_provider_accepts_and_reserves_nothing() {
	run(|| {
		assert_ok!(open_calls(calls()));
		assert_noop!(
			Leases::accept(signed(consumer()), LEASE),
			Error::<Test>::NotProvider
		);
		events();
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		assert_eq!(lease(LEASE).state, State::Serving { until: 1_001 });
		assert_eq!(MockMachines::reserved_units(MACHINE), 0);
		assert_eq!(
			events(),
			vec![Event::LeaseAccepted {
				lease: LEASE,
				provider: provider()
			}]
		);
	})
}

#[test]
fn pays_as_every_lease_does() {
	run(|| {
		serving();
		assert_ok!(redeem(100));
		events();
		assert_ok!(withdraw());
		// 1 TCT for the provider, a half for the model; 2 % of each is the fee.
		assert_eq!(
			events(),
			vec![Event::LeasePaid {
				lease: LEASE,
				asset: None,
				paid: 980 * MILLI,
				royalty: 490 * MILLI,
				burned: 15 * MILLI,
				treasury: 9 * MILLI,
				attestors: 6 * MILLI,
			}]
		);
		assert_eq!(free(&provider()), ENDOWMENT + 980 * MILLI);
		assert_eq!(MockRoyalties::<Balances>::accrued(VERSION), 490 * MILLI);
		let treasury = free(&TreasuryAccount::get());
		assert_eq!(treasury, EXISTENTIAL_DEPOSIT + 9 * MILLI);
		assert_eq!(MockAttestorFees::<Balances>::received(LEASE), 6 * MILLI);
		let burned = [BurnSource::LeaseFee, BurnSource::ModelFee].map(MockBurn::<Balances>::burned);
		assert_eq!(burned, [10 * MILLI, 5 * MILLI]);
	})
}

#[test]
fn pays_in_an_asset_alone() {
	run(|| {
		with_tusd();
		MockModels::set_price_per_call(VERSION, Some(TUSD), 300);
		assert_ok!(open_calls(CallsOrder {
			price: 700,
			max_per_call: 1_000,
			funds: USD,
			asset: Some(TUSD),
			..calls()
		}));
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		let tct = [provider(), author()].map(|who| free(&who));
		assert_ok!(redeem(500));
		assert_ok!(withdraw());
		assert_eq!(tusd(&provider()), TUSD_ENDOWMENT + 343_000);
		assert_eq!(tusd(&author()), TUSD_ENDOWMENT + 147_000);
		assert_eq!([provider(), author()].map(|who| free(&who)), tct);
		assert_eq!(books().lease_fee + books().model_fee, 10_000);
		assert_ok!(close(provider()));
		assert_ok!(finish(provider()));
		assert_eq!(tusd(&consumer()), TUSD_ENDOWMENT - 500_000);
		assert_eq!(Leases::record_of(provider()).provider.paid, 0);
		assert_eq!(Leases::record_of(provider()).provider.leases, 1);
	})
}

#[test]
fn pays_the_same_in_one_step_and_in_many() {
	run(|| {
		serving();
		assert_ok!(open_calls(CallsOrder {
			price: 33,
			..calls()
		}));
		assert_ok!(Leases::accept(signed(agent()), LeaseId(1)));
		assert_ok!(open_calls(CallsOrder {
			price: 33,
			..calls()
		}));
		assert_ok!(Leases::accept(signed(agent()), LeaseId(2)));
		let pay = |id, calls| {
			assert_ok!(Leases::redeem(signed(agent()), id, voucher_for(id, calls)));
			assert_ok!(Leases::withdraw(signed(agent()), id));
			// Again in the same block.
			assert_ok!(Leases::withdraw(signed(stranger()), id));
		};
		for calls in [1, 2, 3, 50, 77] {
			pay(LeaseId(1), calls);
		}
		pay(LeaseId(2), 77);
		let books = [1, 2].map(|id| lease(LeaseId(id)).books);
		assert_eq!(books[0], books[1]);
		// 2 % of 2,541, rounded up once.
		assert_eq!((books[0].provider_gross(), books[0].lease_fee), (2_541, 51));
	})
}

#[test]
fn pays_what_is_held_and_the_rest_after_a_top_up() {
	run(|| {
		serving();
		assert_ok!(redeem(1_500));
		assert_ok!(withdraw());
		assert_eq!(books().drawn(), 15 * UNIT);
		assert_ok!(withdraw());
		assert_eq!(books().drawn(), 15 * UNIT);
		events();
		assert_ok!(top_up(stranger(), 8 * UNIT));
		let event = Event::LeaseToppedUp {
			lease: LEASE,
			donor: stranger(),
			amount: 8 * UNIT,
		};
		assert_eq!(events(), vec![event]);
		assert_ok!(withdraw());
		assert_eq!(books().provider_gross(), 15 * UNIT);
		assert_eq!(books().royalty_gross(), 7_500 * MILLI);
		// What is not used is the consumer's.
		assert_eq!(books().held, 500 * MILLI);
	})
}

#[test]
fn shares_a_short_escrow_by_the_prices() {
	run(|| {
		assert_ok!(open_calls(CallsOrder {
			funds: 20 * MILLI + 1,
			..calls()
		}));
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		assert_ok!(redeem(2));
		assert_ok!(withdraw());
		assert_eq!(books().held, 0);
		// A third, rounded down; the provider has the rest.
		assert_eq!(books().royalty_gross(), 6_666_666_667);
		assert_eq!(books().provider_gross(), 13_333_333_334);
	})
}

#[test]
fn takes_funds_before_and_in_service_and_not_after_it() {
	run(|| {
		assert_ok!(open_calls(calls()));
		assert_ok!(top_up(consumer(), UNIT));
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		assert_ok!(top_up(consumer(), UNIT));
		assert_eq!(books().held, 17 * UNIT);
		assert_noop!(top_up(consumer(), 0), Error::<Test>::AlreadyFunded);
		assert_noop!(
			top_up(consumer(), ENDOWMENT),
			Error::<Test>::InsufficientBalance
		);
		assert_ok!(close(consumer()));
		assert_noop!(top_up(consumer(), UNIT), Error::<Test>::LeaseNotActive);
	})
}

#[test]
fn returns_everything_while_it_is_offered() {
	run(|| {
		for (who, how) in [
			(consumer(), Outcome::CancelledByConsumer),
			(provider(), Outcome::CancelledByProvider),
		] {
			let before = free(&consumer());
			let id = crate::NextLeaseId::<Test>::get();
			assert_ok!(open_calls(calls()));
			assert_ok!(Leases::cancel(signed(who), id));
			assert_eq!(free(&consumer()), before);
			let closed = matches!(lease(id).state, State::Closed { outcome, .. } if outcome == how);
			assert!(closed, "{how:?}");
		}
		assert_ok!(open_calls(calls()));
		assert_ok!(Leases::accept(signed(agent()), LeaseId(2)));
		assert_noop!(
			Leases::cancel(signed(consumer()), LeaseId(2)),
			Error::<Test>::TooLateToCancel
		);
	})
}

#[test]
fn gives_nothing_back_before_the_provider_could_redeem() {
	run(|| {
		serving();
		let before = free(&consumer());
		events();
		assert_ok!(close(consumer()));
		assert_eq!(
			events(),
			vec![Event::LeaseEnded {
				lease: LEASE,
				end: START,
				claim_until: 101,
				outcome: Outcome::CancelledByConsumer,
				refunded: 0,
			}]
		);
		assert_eq!((free(&consumer()), books().held), (before, 15 * UNIT));
		for who in [consumer(), stranger()] {
			assert_noop!(finish(who), Error::<Test>::ClaimWindowOpen);
		}
		assert_noop!(close(consumer()), Error::<Test>::LeaseNotActive);
		jump(100);
		assert_noop!(finish(consumer()), Error::<Test>::ClaimWindowOpen);
		assert_ok!(redeem(200));
		jump(1);
		events();
		assert_ok!(finish(stranger()));
		assert_closed(Outcome::CancelledByConsumer);
		assert_eq!(books().drawn(), 3 * UNIT);
		assert_eq!(books().refunded, 12 * UNIT);
		assert_eq!(free(&stranger()), ENDOWMENT + 20 * MILLI);
		assert_noop!(finish(stranger()), Error::<Test>::LeaseAlreadyClosed);
	})
}

#[test]
fn is_finished_by_its_provider_at_once() {
	run(|| {
		serving();
		assert_noop!(finish(provider()), Error::<Test>::LeaseNotOver);
		assert_ok!(redeem(200));
		assert_ok!(close(agent()));
		assert_ok!(finish(agent()));
		assert_closed(Outcome::CancelledByProvider);
		assert_eq!(books().drawn(), 3 * UNIT);
		// The reward out of the deposit.
		assert_eq!(free(&agent()), ENDOWMENT + 20 * MILLI);
	})
}

#[test]
fn rewards_no_provider_that_was_owed_nothing() {
	run(|| {
		let before = [consumer(), provider()].map(|who| free(&who));
		serving();
		assert_ok!(close(provider()));
		assert_ok!(finish(provider()));
		assert_closed(Outcome::CancelledByProvider);
		assert_eq!([consumer(), provider()].map(|who| free(&who)), before);
		assert_eq!(Leases::record_of(provider()), Default::default());
		assert_eq!(Leases::record_of(consumer()), Default::default());
	})
}

#[test]
fn is_ended_by_anyone_after_its_last_block() {
	run(|| {
		serving();
		jump(1_000);
		assert_noop!(close(stranger()), Error::<Test>::NotParty);
		jump(1);
		assert_ok!(close(stranger()));
		assert_eq!(outcome(), Outcome::Completed);
	})
}

#[test]
fn is_ended_paid_and_forgotten_by_the_wheel() {
	run(|| {
		serving();
		assert_ok!(redeem(200));
		blocks(1_000);
		assert_eq!(lease(LEASE).state, State::Serving { until: 1_001 });
		blocks(2);
		let state = State::Redeeming {
			until: 1_102,
			outcome: Outcome::Completed,
		};
		assert_eq!(lease(LEASE).state, state);
		blocks(101);
		assert_closed(Outcome::Completed);
		assert_eq!(books().drawn(), 3 * UNIT);
		let record = Leases::record_of(provider()).provider;
		assert_eq!((record.leases, record.paid), (1, 1_960 * MILLI));
		assert_eq!(Leases::record_of(consumer()).consumer.leases, 1);
		blocks(201);
		assert_eq!(Leases::lease(LEASE), None);
	})
}

#[test]
fn has_nothing_of_metered_leases_and_jobs() {
	run(|| {
		serving();
		let metered = Error::<Test>::NotMetered;
		let inactive = Error::<Test>::LeaseNotActive;
		let (who, to) = (|| signed(consumer()), account(9));
		assert_noop!(Leases::settle(who(), LEASE, None), metered);
		assert_noop!(
			Leases::set_auto_top_up(who(), LEASE, None),
			Error::<Test>::NotMetered
		);
		assert_noop!(
			Leases::dispute(who(), LEASE, [1; 32]),
			Error::<Test>::NotMetered
		);
		assert_noop!(Leases::pause(who(), LEASE), inactive);
		let start = Leases::start(signed(agent()), LEASE, None);
		assert_noop!(start, Error::<Test>::LeaseNotAccepted);
		assert_noop!(
			Leases::offer_transfer(who(), LEASE, Some(to)),
			Error::<Test>::LeaseNotActive
		);
		let moved = Leases::migrate(who(), LEASE, MACHINE, RATE, [7; 32], None);
		assert_noop!(moved, Error::<Test>::LeaseNotActive);
		let commit = Leases::commit_result(signed(agent()), LEASE, [1; 32]);
		assert_noop!(commit, Error::<Test>::LeaseNotRunning);
	})
}

#[test]
fn is_paid_with_all_others_of_its_provider() {
	run(|| {
		serving();
		assert_ok!(redeem(10));
		assert_ok!(open_calls(calls()));
		let id = LeaseId(1);
		assert_ok!(Leases::accept(signed(agent()), id));
		assert_ok!(Leases::redeem(signed(agent()), id, voucher_for(id, 20)));
		assert_ok!(Leases::close(signed(consumer()), id));
		let all = Leases::withdraw_many(signed(stranger()), provider(), None, 32);
		assert_ok!(all);
		assert_eq!(books().drawn(), 150 * MILLI);
		assert_eq!(lease(id).books.drawn(), 300 * MILLI);
	})
}

#[test]
fn shows_what_is_owed_and_how_many_calls_are_covered() {
	run(|| {
		serving();
		assert_ok!(redeem(100));
		let view = Leases::lease(LEASE).expect("it exists");
		let status = crate::runtime_api::Status::Serving;
		assert_eq!((view.status, view.until_block), (status, Some(1_001)));
		let calls = view.calls.expect("it is for calls");
		let (due, payable) = (1_500 * MILLI, 1_500 * MILLI);
		assert_eq!((calls.calls, calls.due, calls.payable), (100, due, payable));
		assert_eq!(calls.covered, 900);
		assert_ok!(withdraw());
		let calls = Leases::lease(LEASE).and_then(|view| view.calls);
		let calls = calls.expect("it is for calls");
		assert_eq!((calls.due, calls.payable, calls.covered), (due, 0, 900));
		assert_ok!(redeem(1_001));
		assert_ok!(close(consumer()));
		let view = Leases::lease(LEASE).expect("it exists");
		assert_eq!(view.status, crate::runtime_api::Status::Redeeming);
		assert_eq!(view.outcome, Some(Outcome::CancelledByConsumer));
		let calls = view.calls.expect("it is for calls");
		assert_eq!((calls.payable, calls.covered), (13_500 * MILLI, 0));
		assert!(view.metered.is_none() && view.job.is_none() && view.agreement.is_none());
	})
}

/// Stories of who would take more than it is owed, or give less.
mod withstands {
	use super::*;

	#[test]
	fn a_consumer_that_uses_its_key_on_several_leases() {
		run(|| {
			serving();
			assert_ok!(open_calls(calls()));
			assert_ok!(Leases::accept(signed(agent()), LeaseId(1)));
			// What was signed for one is nothing to the other, either way.
			let one = voucher_for(LeaseId(1), 50);
			let shown = Leases::redeem(signed(provider()), LEASE, one);
			assert_noop!(shown, Error::<Test>::VoucherInvalid);
			let other = Leases::redeem(signed(provider()), LeaseId(1), voucher(50));
			assert_noop!(other, Error::<Test>::VoucherInvalid);
		})
	}

	#[test]
	fn a_consumer_that_closes_before_a_voucher_is_shown() {
		run(|| {
			serving();
			assert_ok!(close(consumer()));
			assert_ok!(redeem(1_000));
			assert_ok!(finish(provider()));
			assert_eq!(books().provider_gross(), 10 * UNIT);
			assert_eq!(books().refunded, 0);
		})
	}

	#[test]
	fn a_consumer_that_signs_for_more_than_the_escrow() {
		run(|| {
			serving();
			assert_ok!(redeem(u64::MAX));
			// A provider reads it before it serves: nothing is covered.
			let calls = Leases::lease(LEASE).and_then(|view| view.calls);
			assert_eq!(calls.map(|calls| calls.covered), Some(0));
			assert_ok!(withdraw());
			assert_eq!(books().drawn(), 15 * UNIT);
			// And who tops it up pays what is owed, which is to be read too.
			assert_ok!(top_up(stranger(), UNIT));
			assert_ok!(withdraw());
			assert_eq!(books().drawn(), 16 * UNIT);
		})
	}

	#[test]
	fn a_provider_that_redeems_twice_or_after_the_close() {
		run(|| {
			serving();
			assert_ok!(redeem(100));
			assert_ok!(withdraw());
			assert_ok!(redeem(100));
			assert_ok!(withdraw());
			assert_eq!(books().drawn(), 1_500 * MILLI);
			assert_ok!(close(provider()));
			assert_ok!(finish(provider()));
			assert_noop!(redeem(200), Error::<Test>::LeaseNotActive);
			assert_noop!(withdraw(), Error::<Test>::LeaseNotActive);
			// Forgotten, its number is nobody's again: the next lease of the same key has another.
			jump(201);
			assert_ok!(finish(stranger()));
			assert_noop!(redeem(200), Error::<Test>::UnknownLease);
			assert_ok!(open_calls(calls()));
			assert_ok!(Leases::accept(signed(agent()), LeaseId(1)));
			let old = Leases::redeem(signed(provider()), LeaseId(1), voucher(200));
			assert_noop!(old, Error::<Test>::VoucherInvalid);
		})
	}

	#[test]
	fn a_passer_by_that_shows_vouchers_first() {
		run(|| {
			serving();
			for calls in [30, 10, 20] {
				let shown = Leases::redeem(signed(stranger()), LEASE, voucher(calls));
				assert_ok!(shown);
				assert_ok!(withdraw());
			}
			// The provider's own comes too late to change anything, and is not refused.
			assert_ok!(redeem(30));
			assert_eq!(free(&stranger()), ENDOWMENT);
			assert_eq!(books().provider_gross(), 300 * MILLI);
		})
	}

	#[test]
	fn a_provider_whose_machine_is_gone() {
		run(|| {
			serving();
			assert_ok!(redeem(100));
			MockMachines::change(MACHINE, |machine| machine.provider = stranger());
			// Who has the machine now has no say, and the provider keeps its own.
			assert_noop!(close(stranger()), Error::<Test>::NotParty);
			assert_ok!(close(provider()));
			assert_ok!(finish(provider()));
			assert_eq!(books().provider_gross(), UNIT);
		})
	}
}
