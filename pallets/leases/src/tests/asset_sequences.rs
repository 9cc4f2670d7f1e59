//! Calls in any order, by anyone, on leases paid in an asset, whose issuer freezes, blocks and thaws in
//! between: no call fails for that which need not, nothing appears or vanishes, and once
//! everything is thawed everybody has what is theirs.

mod actions;

use super::*;
use crate::{invariants, types::AssetTerms, Claims};
use actions::{act, actions, start, Action, OTHER_MACHINE, UNITS};
use frame_support::{
	assert_ok, dispatch::DispatchResult, storage::with_storage_layer, traits::fungibles::Inspect,
};
use proptest::prelude::*;
use terminal_primitives::market::{Jobs, Verdict};
use terminal_test_support::{
	account, MockBonds, MockMachines, MockModels, TreasuryAccount, EXISTENTIAL_DEPOSIT, UNIT,
};

/// One thing that may happen.
#[derive(Clone, Debug)]
enum Step {
	Lease(Action),
	FreezeAsset,
	ThawAsset,
	Freeze(u8),
	Block(u8),
	Thaw(u8),
	/// All that is free goes to another.
	Spend(u8, u8),
	Claim(u8),
	/// Off the list, or on it again.
	Approve(bool),
}

fn steps() -> impl Strategy<Value = Step> {
	let who = 0u8..12;
	prop_oneof![
		60 => actions().prop_map(Step::Lease),
		1 => Just(Step::FreezeAsset),
		3 => Just(Step::ThawAsset),
		1 => who.clone().prop_map(Step::Freeze),
		2 => who.clone().prop_map(Step::Block),
		3 => who.clone().prop_map(Step::Thaw),
		1 => (who.clone(), who.clone()).prop_map(|(from, to)| Step::Spend(from, to)),
		3 => who.prop_map(Step::Claim),
		1 => prop::bool::weighted(0.8).prop_map(Step::Approve),
	]
}

/// Everybody, the treasury and the pot.
fn somebody(number: u8) -> AccountId {
	match number {
		10 => TreasuryAccount::get(),
		11 => Leases::pot_account(),
		number => account(u64::from(number) + 1),
	}
}

fn everybody() -> impl Iterator<Item = AccountId> {
	(0..12).map(somebody)
}

fn take(step: Step) -> DispatchResult {
	let by = signed(issuer());
	let id = TUSD.into();
	match step {
		Step::Lease(action) => act(action),
		Step::FreezeAsset => Assets::freeze_asset(by, id),
		Step::ThawAsset => Assets::thaw_asset(by, id),
		Step::Freeze(who) => Assets::freeze(by, id, somebody(who)),
		Step::Block(who) => Assets::block(by, id, somebody(who)),
		Step::Thaw(who) => Assets::thaw(by, id, somebody(who)),
		Step::Spend(from, to) => {
			Assets::transfer_all(signed(somebody(from)), id, somebody(to), false)
		},
		Step::Claim(who) => Leases::claim(signed(stranger()), somebody(who), Some(TUSD)),
		Step::Approve(true) => Leases::approve_asset(RuntimeOrigin::root(), TUSD, terms()),
		Step::Approve(false) => Leases::remove_asset(RuntimeOrigin::root(), TUSD),
	}
}

/// As good as TCT, so that the same numbers make sense.
fn terms() -> AssetTerms {
	AssetTerms {
		min_rate: 1_000,
		per_tct: UNIT,
	}
}

/// A chain on which all leases are paid in the asset.
fn start_in_asset() -> sp_io::TestExternalities {
	let mut ext = start();
	ext.execute_with(|| {
		let root = RuntimeOrigin::root();
		let least = EXISTENTIAL_DEPOSIT;
		assert_ok!(Assets::force_create(
			root,
			TUSD.into(),
			issuer(),
			true,
			least
		));
		for number in 1..=ACCOUNTS {
			give_tusd(account(number), ENDOWMENT);
		}
		assert_ok!(take(Step::Approve(true)));
		MockMachines::set_price_in(MACHINE, TUSD, Some(RATE));
		MockMachines::set_price_in(OTHER_MACHINE, TUSD, Some(RATE / 2));
		MockModels::set_prices_in(VERSION, TUSD, Some((JOB_ROYALTY, ROYALTY_RATE)));
	});
	ext
}

/// All of the asset, wherever it lies.
fn all_tusd() -> u128 {
	everybody()
		.map(|who| Assets::total_balance(TUSD, &who))
		.sum()
}

fn all_tct() -> u128 {
	pallet_balances::TotalIssuance::<Test>::get()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(cases(32)))]

	#[test]
	fn conserve_the_asset_and_keep_every_invariant(
		history in prop::collection::vec(steps(), 1..160)
	) {
		start_in_asset().execute_with(|| pay_in(TUSD, || {
			let (before, tct) = (all_tusd(), all_tct());
			for step in history {
				let shown = format!("{step:?}");
				let done = with_storage_layer(|| take(step));
				prop_assert_ne!(done, Err(crate::Error::<Test>::EscrowShort.into()));
				prop_assert_ne!(done, Err(crate::Error::<Test>::IllegalStep.into()));
				prop_assert_eq!(all_tusd(), before, "after {}", shown);
				prop_assert_eq!(Assets::total_issuance(TUSD), before, "after {}", shown);
				// No TCT is burned where no lease is paid in it.
				prop_assert_eq!(all_tct(), tct, "after {}", shown);
				let state = invariants::check::<Test>();
				prop_assert!(state.is_ok(), "after {}: {:?}", shown, state);
			}
			Ok(())
		}))?;
	}

	#[test]
	fn leave_nothing_locked_whatever_is_frozen(
		history in prop::collection::vec(steps(), 1..160)
	) {
		start_in_asset().execute_with(|| pay_in(TUSD, || {
			for step in history {
				let _ = with_storage_layer(|| take(step));
			}
			let _ = take(Step::FreezeAsset);
			let last = crate::NextLeaseId::<Test>::get().0;
			for id in (0..last).map(LeaseId) {
				let _ = <Leases as Jobs<AccountId>>::conclude(id, Verdict::Unanswered, None);
			}
			jump(14_400);
			for id in (0..last).map(LeaseId) {
				let _ = Leases::cancel(signed(stranger()), id);
				let _ = Leases::close(signed(stranger()), id);
			}
			jump(14_400);
			for id in (0..last).map(LeaseId) {
				let _ = Leases::finish(signed(stranger()), id);
			}
			prop_assert_eq!(MockMachines::free_units(MACHINE), UNITS);
			prop_assert_eq!(MockMachines::free_units(OTHER_MACHINE), UNITS);
			prop_assert_eq!(MockBonds::at_risk(&provider()), 0);
			for who in everybody() {
				prop_assert_eq!(tusd_on_hold(crate::HoldReason::Escrow, &who), 0);
			}
			// Thawed, and with a place for it, everybody gets what they are owed.
			prop_assert!(take(Step::ThawAsset).is_ok());
			for number in 0..12 {
				let _ = take(Step::Thaw(number));
				give_tusd(somebody(number), EXISTENTIAL_DEPOSIT);
				let _ = take(Step::Claim(number));
			}
			prop_assert_eq!(Claims::<Test>::iter().count(), 0);
			prop_assert_eq!(tusd_on_hold(crate::HoldReason::Claim, &Leases::pot_account()), 0);
			let state = invariants::check::<Test>();
			prop_assert!(state.is_ok(), "{:?}", state);
			Ok(())
		}))?;
	}
}
