//! Each invariant, broken on purpose.

use super::*;
use crate::{invariants::check, types::*, Claims, Expiries, LeasesOf, NextLeaseId, Params};
use frame_support::{assert_ok, traits::fungible::MutateHold};
use sp_runtime::TryRuntimeError;
use terminal_primitives::wheel::DueBlock;
use terminal_test_support::{MockUptime, UNIT};

/// Break something on a chain with a running lease and a job in delivery with a demand.
fn broken(change: impl FnOnce()) -> String {
	let mut found = String::new();
	build(params()).execute_with(|| {
		active();
		assert_ok!(open_job(job()));
		let id = LeaseId(1);
		assert_ok!(Leases::accept(signed(agent()), id));
		let root = batch::Batch::new(10).result_root(id);
		assert_ok!(Leases::commit_result(signed(agent()), id, root));
		use terminal_primitives::market::{Jobs, Verdict};
		assert_ok!(<Leases as Jobs<AccountId>>::conclude(
			id,
			Verdict::Pass,
			None
		));
		assert_ok!(Leases::demand_leaf(signed(consumer()), id, 1));
		jump(10);
		MockUptime::prove(MACHINE, START, START + 60_000);
		assert_ok!(collect(agent(), Some(receipt(60_000))));
		assert_eq!(check::<Test>(), Ok(()));
		change();
		match check::<Test>() {
			Err(TryRuntimeError::Other(text)) => found = text.into(),
			other => panic!("not noticed: {other:?}"),
		}
	});
	found
}

fn change(id: LeaseId, change: impl FnOnce(&mut Lease<AccountId>)) {
	crate::Leases::<Test>::mutate(id, |lease| change(lease.as_mut().expect("it exists")))
}

fn release(why: crate::HoldReason) {
	use frame_support::traits::tokens::Precision;
	assert_ok!(Balances::release(
		&why.into(),
		&consumer(),
		1,
		Precision::Exact
	));
}

#[test]
fn lease_1_notices_books_that_do_not_add_up() {
	let found = broken(|| change(LEASE, |lease| lease.books.paid += 1));
	assert!(found.starts_with("LEASE-1:"), "{found}");
}

#[test]
fn lease_2_notices_an_escrow_that_is_not_on_hold() {
	let found = broken(|| release(crate::HoldReason::Escrow));
	assert!(found.starts_with("LEASE-2:"), "{found}");
}

#[test]
fn lease_3_notices_a_deposit_that_is_not_on_hold() {
	let found = broken(|| release(crate::HoldReason::OpeningDeposit));
	assert!(found.starts_with("LEASE-3:"), "{found}");
}

#[test]
fn lease_4_notices_a_posting_that_is_not_on_hold() {
	let found = broken(|| release(crate::HoldReason::Posting));
	assert!(found.starts_with("LEASE-4:"), "{found}");
}

#[test]
fn lease_5_notices_a_closed_lease_that_holds_funds() {
	let found = broken(|| {
		change(LEASE, |lease| {
			lease.state = State::Closed {
				outcome: Outcome::Completed,
				closed_at: 1,
			}
		})
	});
	assert!(found.starts_with("LEASE-5:"), "{found}");
}

#[test]
fn lease_6_notices_a_counter_that_fell_behind() {
	let found = broken(|| NextLeaseId::<Test>::put(LeaseId(0)));
	assert!(found.starts_with("LEASE-6:"), "{found}");
}

#[test]
fn lease_7_notices_a_metered_lease_in_a_jobs_state() {
	let found = broken(|| change(LEASE, |lease| lease.state = State::Running { deadline: 9 }));
	assert!(found.starts_with("LEASE-7:"), "{found}");
}

#[test]
fn lease_8_notices_an_overcharge() {
	let found = broken(|| {
		change(LEASE, |lease| {
			lease.books.paid += 9 * UNIT;
			lease.books.deposited += 9 * UNIT;
		})
	});
	assert!(found.starts_with("LEASE-8:"), "{found}");
}

#[test]
fn lease_9_notices_a_segment_that_counts_more_than_its_time() {
	let found = broken(|| {
		change(LEASE, |lease| {
			if let Work::Metered(work) = &mut lease.work {
				work.meter.segments[0].counted_ms += 1;
			}
		})
	});
	assert!(found.starts_with("LEASE-9:"), "{found}");
}

#[test]
fn lease_10_notices_claims_that_nothing_covers() {
	let found = broken(|| Claims::<Test>::insert(stranger(), None::<u32>, UNIT));
	assert!(found.starts_with("LEASE-10:"), "{found}");
}

#[test]
fn lease_11_notices_an_index_and_a_wheel_that_disagree() {
	let found = broken(|| LeasesOf::<Test>::remove(consumer(), LEASE));
	assert!(found.starts_with("LEASE-11:"), "{found}");
	let found = broken(|| LeasesOf::<Test>::remove(provider(), LEASE));
	assert!(found.starts_with("LEASE-11:"), "{found}");
	let found = broken(|| LeasesOf::<Test>::insert(stranger(), LEASE, ()));
	assert!(found.starts_with("LEASE-11:"), "{found}");
	let found = broken(|| change(LEASE, |lease| lease.wake_at += 1));
	assert!(found.starts_with("LEASE-11:"), "{found}");
	// An entry that no lease names.
	let found = broken(|| Expiries::<Test>::insert(DueBlock::from(9_999), LEASE, ()));
	assert!(found.starts_with("LEASE-11:"), "{found}");
	let found = broken(|| change(LEASE, |lease| lease.wake_at = 0));
	assert!(found.starts_with("LEASE-11:"), "{found}");
}

#[test]
fn lease_12_notices_parameters_that_do_not_fit() {
	let found = broken(|| Params::<Test>::mutate(|params| params.block_ms = 0));
	assert!(found.starts_with("LEASE-12:"), "{found}");
	let found = broken(|| Params::<Test>::mutate(|params| params.block_ms = 2_000));
	assert!(found.contains("the rest of the chain"), "{found}");
}

#[test]
fn lease_13_notices_a_lease_that_left_its_terms() {
	let work = |change: fn(&mut MeteredWork<AccountId>)| {
		broken(|| {
			self::change(LEASE, |lease| {
				if let Work::Metered(work) = &mut lease.work {
					change(work)
				}
			})
		})
	};
	let found = work(|work| work.terms.max_duration_ms = work.duration_ms - 1);
	assert!(found.starts_with("LEASE-13:"), "{found}");
	let found = work(|work| work.reclaimed = true);
	assert!(found.starts_with("LEASE-13:"), "{found}");
	let found = work(|work| {
		let account = consumer();
		work.terms.arbiter = Some(terminal_primitives::market::Arbiter { account, fee: 0 });
	});
	assert!(found.starts_with("LEASE-13:"), "{found}");
}

/// As [`broken`], on a chain with a running lease that is paid in an asset and owes its provider.
fn broken_in_asset(change: impl FnOnce()) -> String {
	broken(|| {
		with_tusd();
		assert_ok!(agree(agreement_tusd()));
		let (by, id) = (signed(issuer()), TUSD.into());
		assert_ok!(pallet_assets::Pallet::<Test>::block(by, id, provider()));
		let id = LeaseId(2);
		assert_ok!(Leases::start(
			signed(agent()),
			id,
			Some(receipt_for(id, 0, 0))
		));
		serve(10);
		let shown = Some(receipt_for(id, 0, 60_000));
		assert_ok!(Leases::settle(signed(agent()), id, shown));
		assert_ok!(Leases::withdraw(signed(agent()), id));
		assert!(Leases::claimable(provider(), Some(TUSD)) > 0);
		assert_eq!(check::<Test>(), Ok(()));
		change()
	})
}

fn hold_tusd(why: crate::HoldReason) {
	use frame_support::traits::fungibles::MutateHold;
	assert_ok!(AssetsHolder::hold(TUSD, &why.into(), &consumer(), 1));
}

#[test]
fn lease_2_notices_an_escrow_in_an_asset_that_is_not_on_hold() {
	let found = broken_in_asset(|| hold_tusd(crate::HoldReason::Escrow));
	assert!(found.starts_with("LEASE-2:"), "{found}");
}

#[test]
fn lease_14_notices_a_pot_that_holds_other_than_is_claimed() {
	let found = broken_in_asset(|| Claims::<Test>::insert(stranger(), Some(TUSD), UNIT));
	assert!(found.starts_with("LEASE-14:"), "{found}");
	let found = broken_in_asset(|| Claims::<Test>::remove(provider(), Some(TUSD)));
	assert!(found.starts_with("LEASE-14:"), "{found}");
}

#[test]
fn lease_15_notices_a_fee_that_would_be_burned() {
	let found = broken_in_asset(|| {
		change(LeaseId(2), |lease| lease.terms = params().terms());
	});
	assert!(found.starts_with("LEASE-15:"), "{found}");
	let found = broken_in_asset(|| {
		change(LeaseId(2), |lease| lease.terms.min_rate = 999);
	});
	assert!(found.starts_with("LEASE-15:"), "{found}");
}

#[test]
fn lease_16_notices_a_deposit_in_an_asset() {
	for why in [
		crate::HoldReason::OpeningDeposit,
		crate::HoldReason::Posting,
	] {
		let found = broken_in_asset(|| hold_tusd(why));
		assert!(found.starts_with("LEASE-16:"), "{found}");
	}
}

#[test]
fn lease_18_notices_a_job_in_an_asset_that_could_not_pay_its_attestors() {
	let found = broken_in_asset(|| {
		assert_ok!(open_job(job_tusd()));
		assert_eq!(check::<Test>(), Ok(()));
		change(LeaseId(3), |lease| lease.deposit = lease.attestation() - 1);
	});
	assert!(found.starts_with("LEASE-18:"), "{found}");
}

#[test]
fn lease_17_notices_an_approved_asset_that_is_none() {
	let found = broken_in_asset(|| crate::ApprovedAssets::<Test>::insert(99, TUSD_TERMS));
	assert!(found.starts_with("LEASE-17:"), "{found}");
	let found = broken_in_asset(|| crate::DestroyedAssets::<Test>::insert(TUSD, ()));
	assert!(found.starts_with("LEASE-17:"), "{found}");
	let found = broken_in_asset(|| {
		let terms = AssetTerms {
			min_rate: 1,
			..TUSD_TERMS
		};
		crate::ApprovedAssets::<Test>::insert(TUSD, terms)
	});
	assert!(found.starts_with("LEASE-17:"), "{found}");
}

#[test]
fn lease_19_notices_calls_that_cost_nothing_or_were_not_signed_for() {
	let changes: [fn(&mut CallsWork); 4] = [
		|work| (work.price, work.royalty) = (0, 0),
		|work| work.calls -= 1,
		// As much in all, but one got the other's.
		|work| (work.price, work.royalty) = (work.price - 1, work.royalty + 1),
		|work| (work.price, work.calls) = (u128::MAX, 3),
	];
	for broken_by in changes {
		let found = broken(|| {
			let id = LeaseId(2);
			assert_ok!(open_calls(calls()));
			assert_ok!(Leases::accept(signed(agent()), id));
			assert_ok!(Leases::redeem(signed(agent()), id, voucher_for(id, 10)));
			assert_ok!(Leases::withdraw(signed(agent()), id));
			assert_eq!(check::<Test>(), Ok(()));
			change(id, |lease| {
				let Work::Calls(mut work) = lease.work.clone() else {
					panic!("a lease for calls")
				};
				broken_by(&mut work);
				lease.work = Work::Calls(work);
			});
		});
		assert!(found.starts_with("LEASE-19:"), "{found}");
	}
}
