//! Leases paid in an asset: all that holds for TCT, and what an issuer could do to them.

use super::*;
use crate::{types::*, Claims, Error, Event, HoldReason};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult, BoundedVec};
use sp_runtime::{Perbill, TokenError};
use terminal_primitives::market::{AgreedLease, Arbiter, Jobs, Sla, Verdict};
use terminal_test_support::{
	account, MockAttestorFees, MockBonds, MockMachines, MockModels, MockRoyalties, MockUptime,
	TreasuryAccount, MILLI, UNIT,
};

/// Agree on the usual lease in the stablecoin with these changes, and start it.
fn active_tusd(change: impl FnOnce(&mut AgreedLease<AccountId>)) {
	with_tusd();
	let mut lease = agreement_tusd();
	change(&mut lease);
	agree(lease).expect("the agreement is fine");
	assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
}

/// Ten minutes of it were served and acknowledged, nothing was paid.
fn served(change: impl FnOnce(&mut AgreedLease<AccountId>)) {
	active_tusd(change);
	serve(100);
}

fn settle() -> DispatchResult {
	collect(stranger(), Some(receipt(600_000)))
}

fn end() {
	assert_ok!(Leases::close(signed(consumer()), LEASE));
	assert_ok!(Leases::finish(signed(agent()), LEASE));
}

fn freeze_asset() {
	assert_ok!(Assets::freeze_asset(signed(issuer()), TUSD.into()));
}

fn thaw_asset() {
	assert_ok!(Assets::thaw_asset(signed(issuer()), TUSD.into()));
}

fn block(who: AccountId) {
	assert_ok!(Assets::block(signed(issuer()), TUSD.into(), who));
}

fn claim(who: AccountId) -> DispatchResult {
	Leases::claim(signed(stranger()), who, Some(TUSD))
}

fn claimable(who: AccountId) -> u128 {
	Leases::claimable(who, Some(TUSD))
}

/// Of ten minutes: 98 % of 2.4 and of 0.6 dollars, and the rest.
const PAID: u128 = 2_352_000;
const ROYALTY: u128 = 588_000;
const FEE: u128 = 60_000;

#[test]
fn hold_pay_and_refund_in_the_asset_alone() {
	run(|| {
		let tct = [consumer(), provider(), author()].map(|who| free(&who));
		active_tusd(|_| ());
		assert_eq!(tusd(&consumer()), TUSD_ENDOWMENT - 18 * USD);
		assert_eq!(tusd_on_hold(HoldReason::Escrow, &consumer()), 18 * USD);
		assert_eq!(on_hold(HoldReason::Escrow, &consumer()), 0);
		// The opening deposit is in TCT; half of it paid the anchor.
		assert_eq!(
			on_hold(HoldReason::OpeningDeposit, &consumer()),
			100 * MILLI
		);
		serve(100);
		events();
		assert_ok!(settle());
		assert_eq!(
			events().last(),
			Some(&Event::LeasePaid {
				lease: LEASE,
				asset: Some(TUSD),
				paid: PAID,
				royalty: ROYALTY,
				burned: 0,
				treasury: FEE,
				attestors: 0,
			})
		);
		assert_eq!(tusd(&provider()), TUSD_ENDOWMENT + PAID);
		assert_eq!(tusd(&author()), TUSD_ENDOWMENT + ROYALTY);
		assert_eq!(tusd(&TreasuryAccount::get()), FEE);
		assert_eq!(MockRoyalties::<Balances>::accrued(VERSION), 0);
		assert_eq!(Assets::total_supply(TUSD), 10 * TUSD_ENDOWMENT);
		end();
		assert_eq!(tusd(&consumer()), TUSD_ENDOWMENT - 3 * USD);
		assert_eq!(tusd_on_hold(HoldReason::Escrow, &consumer()), 0);
		// Only the anchor's compensation and the finisher's reward moved in TCT.
		let after = [consumer(), provider(), author()].map(|who| free(&who));
		assert_eq!(after, [tct[0] - 120 * MILLI, tct[1], tct[2]]);
		assert_eq!(Leases::record_of(provider()).provider.paid, 0);
		assert_eq!(Leases::record_of(provider()).provider.leases, 1);
	})
}

#[test]
fn pay_the_hold_fee_in_the_asset_at_the_official_rate() {
	run(|| {
		with_tusd();
		assert_ok!(open_metered(metered_tusd()));
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		assert_ok!(Leases::cancel(signed(consumer()), LEASE));
		// 0.02 TCT are 0.002 dollars.
		assert_eq!(tusd(&provider()), TUSD_ENDOWMENT + 1_960);
		assert_eq!(tusd(&consumer()), TUSD_ENDOWMENT - 2_000);
		// 40 base units are too few to open the treasury's account.
		assert_eq!(claimable(TreasuryAccount::get()), 40);
	})
}

#[test]
fn pay_a_delivered_job() {
	run(|| {
		with_tusd();
		assert_ok!(open_job(job_tusd()));
		assert_eq!(tusd_on_hold(HoldReason::Escrow, &consumer()), 12 * USD);
		// With a fifth of two per cent of a hundred TCT for the attestors.
		let deposit = on_hold(HoldReason::OpeningDeposit, &consumer());
		assert_eq!(deposit, 200 * MILLI + 400 * MILLI);
		let quote = Leases::quote_job(MACHINE, 10 * USD, Some(VERSION), Some(TUSD));
		assert_eq!(quote.map(|quote| quote.deposit), Ok(deposit));
		let tct = free(&consumer());
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		// The bond is in TCT: ten dollars are a hundred.
		assert_eq!(MockBonds::at_risk(&provider()), 100 * UNIT);
		let root = batch::Batch::new(10).result_root(LEASE);
		assert_ok!(Leases::commit_result(signed(agent()), LEASE, root));
		assert_ok!(<Leases as Jobs<AccountId>>::conclude(
			LEASE,
			Verdict::Pass,
			None
		));
		assert_ok!(Leases::demand_leaf(signed(consumer()), LEASE, 1));
		// A posting is in TCT.
		assert_eq!(on_hold(HoldReason::Posting, &consumer()), 100 * MILLI);
		let leaf = batch::Batch::new(10).leaf(LEASE, 1);
		assert_ok!(Leases::answer_demand(signed(agent()), LEASE, leaf));
		jump(31);
		assert_ok!(Leases::finish(signed(stranger()), LEASE));
		assert_eq!(tusd(&provider()), TUSD_ENDOWMENT + 9_800_000);
		assert_eq!(tusd(&author()), TUSD_ENDOWMENT + 1_960_000);
		assert_eq!(tusd(&TreasuryAccount::get()), 240_000);
		assert_eq!(MockBonds::at_risk(&provider()), 0);
		assert_eq!(MockAttestorFees::<Balances>::received(LEASE), 400 * MILLI);
		// The finisher has its reward, whoever answered the posting; the rest returned.
		assert_eq!(free(&consumer()), tct + (200 - 20 - 100) * MILLI);
		assert_eq!(on_hold(HoldReason::OpeningDeposit, &consumer()), 0);
	})
}

#[test]
fn refund_a_job_with_a_fault_and_slash_what_it_was_worth() {
	run(|| {
		with_tusd();
		assert_ok!(open_job(job_tusd()));
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		assert_ok!(Leases::approve_asset(
			RuntimeOrigin::root(),
			TUSD,
			AssetTerms {
				per_tct: 50,
				..TUSD_TERMS
			}
		));
		let root = batch::Batch::new(10).result_root(LEASE);
		assert_ok!(Leases::commit_result(signed(agent()), LEASE, root));
		assert_ok!(<Leases as Jobs<AccountId>>::conclude(
			LEASE,
			Verdict::Fault,
			Some(&stranger())
		));
		assert_eq!(tusd(&consumer()), TUSD_ENDOWMENT);
		// As in TCT, attestors are paid for what is paid.
		assert_eq!(MockAttestorFees::<Balances>::received(LEASE), 0);
		assert_eq!(free(&consumer()), ENDOWMENT);
		// What was put at risk comes off again, whatever the asset is said to be worth by now.
		assert_eq!(MockBonds::at_risk(&provider()), 0);
		assert_eq!(
			MockBonds::slashes(),
			vec![(provider(), 100 * UNIT, Some(stranger()))]
		);
	})
}

#[test]
fn run_out_pause_and_resume() {
	run(|| {
		active_tusd(|lease| lease.funds = 2 * USD);
		// 400 s are funded.
		serve(100);
		assert_ok!(settle());
		assert_ok!(Leases::pause(signed(stranger()), LEASE));
		assert_eq!(books().drawn(), 2 * USD);
		assert_ok!(Leases::top_up(signed(stranger()), LEASE, 5 * USD));
		assert!(matches!(lease(LEASE).state, State::Active { .. }));
		assert_eq!(tusd(&stranger()), TUSD_ENDOWMENT - 5 * USD);
		assert_eq!(books().deposited, 7 * USD);
	})
}

#[test]
fn pull_from_the_wallet_what_was_allowed() {
	run(|| {
		active_tusd(|lease| lease.funds = 2 * USD);
		let auto = Some(AutoTopUp {
			step: USD,
			cap: 2 * USD,
		});
		assert_ok!(Leases::set_auto_top_up(signed(consumer()), LEASE, auto));
		serve(60);
		acknowledge(0, 360_000);
		assert_eq!(books().deposited, 3 * USD);
		// From a frozen account nothing is pulled, and that is no error.
		assert_ok!(Assets::freeze(signed(issuer()), TUSD.into(), consumer()));
		serve(60);
		acknowledge(0, 720_000);
		assert_eq!(books().deposited, 3 * USD);
		assert_eq!(books().drawn(), 3 * USD);
		assert_ok!(Leases::pause(signed(stranger()), LEASE));
	})
}

#[test]
fn keep_back_what_a_service_level_says() {
	run(|| {
		active_tusd(|lease| {
			lease.terms.sla = Some(Sla {
				target: Perbill::from_percent(90),
				credit: Perbill::from_percent(50),
			})
		});
		// Half of ten minutes is proven.
		jump(100);
		MockUptime::prove(MACHINE, START, START + 300_000);
		MockUptime::set_resolved(MACHINE, now_ms());
		assert_ok!(settle());
		assert_eq!(books().provider_gross(), 600_000);
		end();
		assert_eq!(books().provider_gross(), 600_000);
		assert_eq!(books().royalty_gross(), 300_000);
		assert_eq!(tusd(&consumer()), TUSD_ENDOWMENT - 900_000);
	})
}

#[test]
fn pay_the_fee_for_ending_early() {
	run(|| {
		served(|lease| lease.terms.early_close_ms = 300_000);
		assert_ok!(settle());
		end();
		// Five minutes besides.
		assert_eq!(books().provider_gross(), 2_400_000 + 1_200_000);
	})
}

#[test]
fn pay_the_arbiter_and_split_the_rest() {
	run(|| {
		served(|lease| {
			lease.terms.arbiter = Some(Arbiter {
				account: author(),
				fee: USD,
			})
		});
		assert_ok!(Leases::dispute(signed(consumer()), LEASE, [1; 32]));
		let half = Perbill::from_percent(50);
		assert_ok!(Leases::arbitrate(signed(author()), LEASE, half));
		// Three dollars were at most due: one the arbiter's, one the provider's and the model's.
		assert_eq!(books().arbitration, USD);
		assert_eq!(books().drawn(), USD);
		assert_eq!(tusd(&author()), TUSD_ENDOWMENT + USD + 196_000);
		assert_eq!(tusd(&consumer()), TUSD_ENDOWMENT - 2 * USD);
	})
}

#[test]
fn move_to_another_consumer_on_hold() {
	run(|| {
		served(|_| ());
		let by = || signed(consumer());
		assert_ok!(Leases::offer_transfer(by(), LEASE, Some(stranger())));
		let tenant = metered().tenant;
		let take = || Leases::take_transfer(signed(stranger()), LEASE, tenant);
		// Whoever has none of an asset cannot hold it.
		let everything = tusd(&stranger());
		let to = account(9);
		assert_ok!(Assets::transfer(
			signed(stranger()),
			TUSD.into(),
			to,
			everything
		));
		assert_noop!(take(), TokenError::CannotCreate);
		give_tusd(stranger(), USD);
		assert_ok!(take());
		assert_eq!(tusd_on_hold(HoldReason::Escrow, &consumer()), 0);
		assert_eq!(tusd_on_hold(HoldReason::Escrow, &stranger()), 18 * USD);
		assert_ok!(Leases::close(signed(stranger()), LEASE));
	})
}

#[test]
fn move_to_another_machine_in_the_same_money() {
	run(|| {
		served(|_| ());
		assert_ok!(settle());
		let other = MachineId(1);
		MockMachines::add(other, account(4), account(4), 4, RATE);
		let migrate = || {
			let tenant = metered().tenant;
			Leases::migrate(signed(consumer()), LEASE, other, RATE, [7; 32], tenant)
		};
		// Its price in TCT is none in dollars.
		assert_noop!(migrate(), Error::<Test>::MachineNotPriced);
		MockMachines::set_price_in(other, TUSD, Some(TUSD_RATE / 2));
		// What the model costs in TCT says nothing; in dollars it may not cost more than it did.
		let royalty = |rate| MockModels::set_prices_in(VERSION, TUSD, Some((0, rate)));
		royalty(TUSD_ROYALTY_RATE + 1);
		assert_noop!(migrate(), Error::<Test>::RateAboveMaximum);
		royalty(TUSD_ROYALTY_RATE);
		let before = tusd(&consumer());
		assert_ok!(migrate());
		// 3,000 s at 3,000: 9 of the 15 that are left move, 6 return.
		let new = lease(LeaseId(1));
		assert_eq!((new.asset, new.books.moved_in), (Some(TUSD), 9 * USD));
		assert_eq!(tusd(&consumer()), before + 6 * USD);
		assert_eq!(tusd_on_hold(HoldReason::Escrow, &consumer()), 9 * USD);
	})
}

#[test]
fn owe_a_blocked_payee_and_pay_the_others() {
	run(|| {
		served(|_| ());
		block(provider());
		block(author());
		give_tusd(TreasuryAccount::get(), LEAST_TUSD);
		block(TreasuryAccount::get());
		events();
		assert_ok!(settle());
		assert_eq!(claimable(provider()), PAID);
		assert_eq!(claimable(author()), ROYALTY);
		assert_eq!(tusd(&provider()), TUSD_ENDOWMENT);
		assert!(events().contains(&Event::ClaimRecorded {
			beneficiary: provider(),
			amount: PAID,
			asset: Some(TUSD),
		}));
		assert_noop!(claim(provider()), Error::<Test>::CannotReceive);
		assert_ok!(Assets::thaw(signed(issuer()), TUSD.into(), provider()));
		assert_ok!(claim(provider()));
		assert_eq!(tusd(&provider()), TUSD_ENDOWMENT + PAID);
		assert_noop!(claim(provider()), Error::<Test>::NothingToClaim);
		// In TCT there is none.
		assert_eq!(Leases::claimable(author(), None), 0);
		end();
	})
}

#[test]
fn owe_a_payee_that_has_no_account_for_so_little() {
	run(|| {
		with_tusd();
		let everything = TUSD_ENDOWMENT;
		assert_ok!(Assets::transfer(
			signed(provider()),
			TUSD.into(),
			stranger(),
			everything
		));
		assert_ok!(open_metered(metered_tusd()));
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		assert_ok!(Leases::cancel(signed(consumer()), LEASE));
		assert_eq!(claimable(provider()), 1_960);
		assert_noop!(claim(provider()), Error::<Test>::CannotReceive);
		give_tusd(provider(), LEAST_TUSD);
		assert_ok!(claim(provider()));
		assert_eq!(tusd(&provider()), LEAST_TUSD + 1_960);
	})
}

#[test]
fn owe_a_payee_that_does_not_exist_on_the_chain() {
	run(|| {
		let root = RuntimeOrigin::root;
		with_tusd();
		// From now on an account needs TCT first.
		assert_ok!(Assets::force_asset_status(
			root(),
			TUSD.into(),
			issuer(),
			issuer(),
			issuer(),
			issuer(),
			LEAST_TUSD,
			false,
			false
		));
		let nobody = account(77);
		MockMachines::change(MACHINE, |machine| machine.provider = nobody.clone());
		let mut lease = agreement_tusd();
		lease.provider = nobody.clone();
		assert_ok!(agree(lease));
		assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
		serve(100);
		assert_ok!(settle());
		assert_eq!(claimable(nobody.clone()), PAID);
		let endow = Balances::transfer_allow_death(signed(stranger()), nobody.clone(), UNIT);
		assert_ok!(endow);
		assert_ok!(claim(nobody));
	})
}

#[test]
fn go_on_to_their_end_while_the_whole_asset_is_frozen() {
	run(|| {
		served(|_| ());
		freeze_asset();
		// No part of the life cycle waits for the issuer.
		assert_ok!(settle());
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		assert_ok!(Leases::finish(signed(agent()), LEASE));
		assert_eq!(lease(LEASE).books.held, 0);
		assert_eq!(tusd_on_hold(HoldReason::Escrow, &consumer()), 0);
		let pot = Leases::pot_account();
		assert_eq!(tusd_on_hold(HoldReason::Claim, &pot), 18 * USD);
		assert_noop!(claim(provider()), Error::<Test>::CannotReceive);
		crate::invariants::check::<Test>().expect("nothing is lost");
		thaw_asset();
		for who in [provider(), author(), consumer(), TreasuryAccount::get()] {
			assert_ok!(claim(who));
		}
		assert_eq!(tusd_on_hold(HoldReason::Claim, &pot), 0);
		assert_eq!(tusd(&provider()), TUSD_ENDOWMENT + PAID);
		assert_eq!(tusd(&consumer()), TUSD_ENDOWMENT - 3 * USD);
		assert_eq!(tusd(&TreasuryAccount::get()), FEE);
		assert_eq!(Assets::total_supply(TUSD), 10 * TUSD_ENDOWMENT);
		assert_eq!(Claims::<Test>::iter().count(), 0);
	})
}

#[test]
fn of_a_frozen_asset_are_not_opened_nor_funded() {
	run(|| {
		active_tusd(|lease| lease.funds = 2 * USD);
		freeze_asset();
		let short = Error::<Test>::InsufficientBalance;
		assert_noop!(open_metered(metered_tusd()), short);
		let top_up = Leases::top_up(signed(consumer()), LEASE, USD);
		assert_noop!(top_up, Error::<Test>::InsufficientBalance);
		let top_up = Leases::top_up(signed(stranger()), LEASE, USD);
		assert_noop!(top_up, Error::<Test>::InsufficientBalance);
	})
}

#[test]
fn of_a_frozen_asset_stop_no_batch_and_no_wheel() {
	run(|| {
		served(|_| ());
		assert_ok!(open_metered(metered()));
		let paid_in_tct = LeaseId(1);
		assert_ok!(Leases::accept(signed(agent()), paid_in_tct));
		let handshake = Some(receipt_for(paid_in_tct, 0, 0));
		assert_ok!(Leases::start(signed(agent()), paid_in_tct, handshake));
		serve(100);
		freeze_asset();
		let batch = vec![
			(LEASE, Some(receipt(600_000))),
			(paid_in_tct, Some(receipt_for(paid_in_tct, 0, 600_000))),
		];
		let batch = BoundedVec::try_from(batch).expect("it is short");
		events();
		assert_ok!(Leases::settle_many(signed(stranger()), batch));
		assert_ok!(Leases::withdraw_many(
			signed(stranger()),
			provider(),
			None,
			32
		));
		let failed = events()
			.into_iter()
			.any(|event| matches!(event, Event::SettleFailed { .. }));
		assert!(!failed);
		// Ten minutes and a grace.
		assert_eq!(claimable(provider()), 2_587_200);
		assert!(lease(paid_in_tct).books.paid > 0);
		// The time is over, nobody calls: the wheel ends and finishes both.
		serve(1_200);
		blocks(60);
		serve(200);
		blocks(60);
		for id in [LEASE, paid_in_tct] {
			assert!(matches!(lease(id).state, State::Closed { .. }), "{id:?}");
		}
	})
}

#[test]
fn refund_a_blocked_consumer_by_a_claim() {
	run(|| {
		served(|_| ());
		block(consumer());
		assert_ok!(settle());
		end();
		assert_eq!(claimable(consumer()), 15 * USD);
		assert_eq!(tusd(&provider()), TUSD_ENDOWMENT + PAID);
		assert_ok!(Assets::thaw(signed(issuer()), TUSD.into(), consumer()));
		assert_ok!(claim(consumer()));
		assert_eq!(tusd(&consumer()), TUSD_ENDOWMENT - 3 * USD);
	})
}

#[test]
fn pay_a_provider_out_of_a_frozen_account() {
	run(|| {
		served(|_| ());
		// A consumer that its issuer freezes owes what it owes.
		assert_ok!(Assets::freeze(signed(issuer()), TUSD.into(), consumer()));
		assert_ok!(settle());
		assert_eq!(tusd(&provider()), TUSD_ENDOWMENT + PAID);
		end();
		// The rest returns to where it is frozen.
		assert_eq!(tusd(&consumer()), TUSD_ENDOWMENT - 3 * USD);
	})
}

#[test]
fn are_no_way_out_of_a_frozen_account() {
	run(|| {
		served(|_| ());
		let to = Some(stranger());
		assert_ok!(Leases::offer_transfer(signed(consumer()), LEASE, to));
		assert_ok!(Assets::freeze(signed(issuer()), TUSD.into(), consumer()));
		let take = || Leases::take_transfer(signed(stranger()), LEASE, metered().tenant);
		assert_noop!(take(), TokenError::Frozen);
		assert_ok!(Assets::thaw(signed(issuer()), TUSD.into(), consumer()));
		freeze_asset();
		assert_noop!(take(), TokenError::Frozen);
		thaw_asset();
		block(stranger());
		assert_noop!(take(), TokenError::CannotCreate);
	})
}

#[test]
fn cannot_be_seized_by_the_issuer() {
	run(|| {
		served(|_| ());
		let by = || signed(issuer());
		// What is free may be.
		assert_ok!(Assets::burn(by(), TUSD.into(), consumer(), u128::MAX));
		assert_eq!(tusd(&consumer()), LEAST_TUSD);
		let seize = Assets::force_transfer(by(), TUSD.into(), consumer(), issuer(), LEAST_TUSD);
		assert!(seize.is_err());
		assert_eq!(tusd_on_hold(HoldReason::Escrow, &consumer()), 18 * USD);
		assert_ok!(settle());
		end();
		assert_eq!(tusd(&consumer()), LEAST_TUSD + 15 * USD);
	})
}

#[test]
fn outlive_every_wish_to_destroy_the_asset() {
	run(|| {
		served(|_| ());
		let destroy = || Assets::start_destroy(signed(issuer()), TUSD.into());
		let refused = pallet_assets::Error::<Test>::ContainsHolds;
		assert_noop!(destroy(), refused);
		let by_root = Assets::start_destroy(RuntimeOrigin::root(), TUSD.into());
		assert_noop!(by_root, pallet_assets::Error::<Test>::ContainsHolds);
		// Neither can it be while somebody is owed some.
		block(provider());
		assert_ok!(settle());
		end();
		assert_noop!(destroy(), pallet_assets::Error::<Test>::ContainsHolds);
		assert_ok!(Assets::thaw(signed(issuer()), TUSD.into(), provider()));
		assert_ok!(claim(provider()));
		assert_ok!(destroy());
	})
}

#[test]
fn keep_their_account_alive_while_they_hold() {
	run(|| {
		served(|_| ());
		let everything = tusd(&consumer());
		let by = || signed(consumer());
		let away = Assets::transfer(by(), TUSD.into(), stranger(), everything);
		assert!(away.is_err());
		let to = stranger();
		assert_ok!(Assets::transfer_all(by(), TUSD.into(), to, false));
		assert_eq!(tusd(&consumer()), LEAST_TUSD);
		assert_ok!(settle());
		end();
		assert_eq!(tusd(&consumer()), LEAST_TUSD + 15 * USD);
	})
}

#[test]
fn do_not_care_for_a_least_balance_that_rises() {
	run(|| {
		served(|_| ());
		let dearer = 5_000 * USD;
		assert_ok!(Assets::force_asset_status(
			RuntimeOrigin::root(),
			TUSD.into(),
			issuer(),
			issuer(),
			issuer(),
			issuer(),
			dearer,
			true,
			false
		));
		assert_ok!(settle());
		end();
		assert_eq!(tusd(&provider()), TUSD_ENDOWMENT + PAID);
		assert_eq!(tusd(&consumer()), TUSD_ENDOWMENT - 3 * USD);
		// The treasury has no account of it yet, and now it takes more to open one.
		assert_eq!(claimable(TreasuryAccount::get()), FEE);
	})
}

#[test]
fn are_not_topped_up_where_nobody_has_a_place_for_it() {
	run(|| {
		active_tusd(|lease| lease.funds = 2 * USD);
		serve(100);
		assert_ok!(settle());
		// All is drawn: the account may go.
		assert_eq!(tusd_on_hold(HoldReason::Escrow, &consumer()), 0);
		let everything = tusd(&consumer());
		let by = signed(consumer());
		assert_ok!(Assets::transfer(by, TUSD.into(), author(), everything));
		let top_up = || Leases::top_up(signed(stranger()), LEASE, USD);
		assert_noop!(top_up(), TokenError::CannotCreate);
		give_tusd(consumer(), LEAST_TUSD);
		assert_ok!(top_up());
	})
}

#[test]
fn stay_apart_from_those_in_tct() {
	run(|| {
		served(|_| ());
		assert_ok!(open_metered(metered()));
		assert_eq!(on_hold(HoldReason::Escrow, &consumer()), 9 * UNIT);
		assert_eq!(tusd_on_hold(HoldReason::Escrow, &consumer()), 18 * USD);
		assert_ok!(settle());
		assert_eq!(on_hold(HoldReason::Escrow, &consumer()), 9 * UNIT);
		assert_ok!(Leases::cancel(signed(consumer()), LeaseId(1)));
		assert_eq!(tusd_on_hold(HoldReason::Escrow, &consumer()), 15 * USD);
	})
}

#[test]
fn say_what_they_are_paid_in() {
	run(|| {
		with_tusd();
		let quote = |asset| Leases::quote_metered(MACHINE, 2, 3_600, Some(VERSION), asset);
		let dollars = quote(Some(TUSD)).expect("it is priced");
		assert_eq!(dollars.asset, Some(TUSD));
		assert_eq!(
			(dollars.rate, dollars.royalty_rate),
			(TUSD_RATE, TUSD_ROYALTY_RATE)
		);
		assert_eq!((dollars.total, dollars.per_second), (18 * USD, 5_000));
		assert_eq!((dollars.fee, dollars.burned), (360_000, 0));
		assert_eq!(dollars.least_funds, 300_000);
		assert_eq!(dollars.deposit, quote(None).expect("it is priced").deposit);
		let job = Leases::quote_job(MACHINE, 10 * USD, Some(VERSION), Some(TUSD));
		let job = job.expect("it is priced");
		assert_eq!(
			(job.asset, job.total, job.burned),
			(Some(TUSD), 12 * USD, 0)
		);
		assert_ok!(open_metered(metered_tusd()));
		let view = Leases::lease(LEASE).expect("it is open");
		assert_eq!((view.asset, view.books.held), (Some(TUSD), 18 * USD));
		use crate::runtime_api::QuoteError;
		assert_eq!(quote(Some(8)), Err(QuoteError::AssetNotApproved));
		MockMachines::set_price_in(MACHINE, TUSD, None);
		assert_eq!(quote(Some(TUSD)), Err(QuoteError::MachineNotPriced));
	})
}
