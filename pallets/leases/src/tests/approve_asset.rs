use super::*;
use crate::{assets::MAX_ASSETS, types::*, ApprovedAssets, Error, Event};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;
use terminal_test_support::{MockModels, UNIT};

fn approve(asset: u32, terms: AssetTerms) -> frame_support::dispatch::DispatchResult {
	Leases::approve_asset(RuntimeOrigin::root(), asset, terms)
}

#[test]
fn lets_new_leases_be_paid_in_an_asset() {
	run(|| {
		let refused = open_job(job_tusd());
		assert_eq!(refused, Err(Error::<Test>::AssetNotApproved.into()));
		with_tusd();
		events();
		assert_ok!(open_metered(metered_tusd()));
		assert_ok!(open_job(job_tusd()));
		assert_ok!(agree(agreement_tusd()));
		assert_eq!(Leases::approved_assets(), vec![(TUSD, TUSD_TERMS)]);
	})
}

#[test]
fn changes_the_terms_of_new_leases_alone() {
	run(|| {
		with_tusd();
		assert_ok!(open_metered(metered_tusd()));
		let terms = AssetTerms {
			min_rate: 5_001,
			per_tct: 200_000,
		};
		events();
		assert_ok!(approve(TUSD, terms));
		assert_eq!(events(), vec![Event::AssetApproved { asset: TUSD, terms }]);
		assert_noop!(open_metered(metered_tusd()), Error::<Test>::RateTooLow);
		// 0.02 TCT, at ten and at five TCT a dollar.
		assert_eq!(lease(LEASE).terms.hold_fee, 2_000);
		assert_eq!(lease(LEASE).terms.min_rate, 1_000);
		assert_eq!(params().terms_in(&terms).hold_fee, 4_000);
	})
}

#[test]
fn wants_an_asset_that_exists_and_terms_that_make_sense() {
	run(|| {
		assert_noop!(approve(TUSD, TUSD_TERMS), Error::<Test>::UnknownAsset);
		with_tusd();
		// 0.02 TCT is nothing where fewer than 50 base units are one.
		for (min_rate, per_tct) in [(999, 50), (1_000, 0), (1_000, 49)] {
			let terms = AssetTerms { min_rate, per_tct };
			assert_noop!(approve(TUSD, terms), Error::<Test>::AssetTermsOutOfRange);
		}
		let coarsest = AssetTerms {
			min_rate: 1_000,
			per_tct: 50,
		};
		assert_ok!(approve(TUSD, coarsest));
		for who in [consumer(), provider(), issuer()] {
			let by = signed(who);
			assert_noop!(Leases::approve_asset(by, TUSD, TUSD_TERMS), BadOrigin);
		}
	})
}

#[test]
fn keeps_the_list_short() {
	run(|| {
		with_tusd();
		for id in 100..100 + MAX_ASSETS {
			let root = RuntimeOrigin::root();
			assert_ok!(Assets::force_create(root, id.into(), issuer(), true, 1));
			if id + 1 < 100 + MAX_ASSETS {
				assert_ok!(approve(id, TUSD_TERMS));
			}
		}
		let last = 99 + MAX_ASSETS;
		assert_noop!(approve(last, TUSD_TERMS), Error::<Test>::TooManyAssets);
		// One that is on it can still be changed.
		assert_ok!(approve(TUSD, TUSD_TERMS));
		assert_ok!(Leases::remove_asset(RuntimeOrigin::root(), TUSD));
		assert_ok!(approve(last, TUSD_TERMS));
	})
}

#[test]
fn is_not_enough_without_a_price_of_machine_and_model() {
	run(|| {
		with_tusd();
		use terminal_test_support::MockMachines;
		MockMachines::set_price_in(MACHINE, TUSD, None);
		assert_noop!(
			open_metered(metered_tusd()),
			Error::<Test>::MachineNotPriced
		);
		// Neither does its provider take it for jobs.
		assert_noop!(open_job(job_tusd()), Error::<Test>::MachineNotPriced);
		MockMachines::set_price_in(MACHINE, TUSD, Some(TUSD_RATE + 1));
		assert_noop!(
			open_metered(metered_tusd()),
			Error::<Test>::RateAboveMaximum
		);
		MockMachines::set_price_in(MACHINE, TUSD, Some(TUSD_RATE));
		MockModels::set_prices_in(VERSION, TUSD, None);
		assert_noop!(
			open_metered(metered_tusd()),
			Error::<Test>::VersionNotPriced
		);
		assert_noop!(open_job(job_tusd()), Error::<Test>::VersionNotPriced);
		let refused = agree(agreement_tusd());
		assert_eq!(refused, Err(Error::<Test>::VersionNotPriced.into()));
		// What is free in TCT is free in anything.
		MockModels::add(VERSION, author(), 0, 0, Some(WEIGHTS_ROOT));
		assert_ok!(open_metered(metered_tusd()));
		assert_eq!(lease(LEASE).books.held, 2 * TUSD_RATE * 3_600);
	})
}

#[test]
fn makes_one_second_worth_a_thousand_base_units() {
	run(|| {
		with_tusd();
		let rate = |rate| {
			agree(terminal_primitives::market::AgreedLease {
				rate,
				units: 1,
				version: None,
				..agreement_tusd()
			})
		};
		assert_eq!(rate(999), Err(Error::<Test>::RateTooLow.into()));
		assert_ok!(rate(1_000));
		let job = |price| {
			open_job(JobOrder {
				price,
				..job_tusd()
			})
		};
		// A thousandth of a TCT is a hundred of them.
		assert_noop!(job(99), Error::<Test>::PriceTooLow);
		assert_ok!(job(100));
	})
}

#[test]
fn ends_with_the_asset() {
	run(|| {
		with_tusd();
		let by = || signed(issuer());
		assert_ok!(Assets::start_destroy(by(), TUSD.into()));
		assert_ok!(Assets::destroy_accounts(by(), TUSD.into()));
		events();
		assert_ok!(Assets::finish_destroy(by(), TUSD.into()));
		assert_eq!(events(), vec![Event::AssetRemoved { asset: TUSD }]);
		assert_eq!(ApprovedAssets::<Test>::count(), 0);
		// Another of the same id is not approved by that.
		let root = RuntimeOrigin::root();
		assert_ok!(Assets::force_create(root, TUSD.into(), stranger(), true, 1));
		assert_noop!(
			open_metered(metered_tusd()),
			Error::<Test>::AssetNotApproved
		);
	})
}

fn destroy() {
	let by = || signed(issuer());
	assert_ok!(Assets::start_destroy(by(), TUSD.into()));
	assert_ok!(Assets::destroy_accounts(by(), TUSD.into()));
	assert_ok!(Assets::finish_destroy(by(), TUSD.into()));
}

#[test]
fn is_refused_for_an_id_that_was_another_assets() {
	for taken_off_before in [false, true] {
		run(|| {
			with_tusd();
			if taken_off_before {
				assert_ok!(Leases::remove_asset(RuntimeOrigin::root(), TUSD));
			}
			destroy();
			assert_noop!(approve(TUSD, TUSD_TERMS), Error::<Test>::AssetDestroyed);
			// The prices of the one that was are still there for another one to find.
			let root = RuntimeOrigin::root();
			assert_ok!(Assets::force_create(root, TUSD.into(), stranger(), true, 1));
			assert_noop!(approve(TUSD, TUSD_TERMS), Error::<Test>::AssetDestroyed);
		})
	}
}

#[test]
fn is_refused_for_an_asset_that_is_being_destroyed() {
	run(|| {
		with_tusd();
		assert_ok!(Leases::remove_asset(RuntimeOrigin::root(), TUSD));
		assert_ok!(Assets::start_destroy(signed(issuer()), TUSD.into()));
		assert_noop!(approve(TUSD, TUSD_TERMS), Error::<Test>::AssetDestroyed);
	})
}

#[test]
fn translates_with_the_rounding_that_favours_the_escrow() {
	let terms = AssetTerms {
		min_rate: 1_000,
		per_tct: 3,
	};
	assert_eq!(terms.worth(1), UNIT / 3 + 1);
	assert_eq!(terms.from_tct(UNIT / 2), 1);
	assert_eq!(terms.worth(u128::MAX), u128::MAX);
	assert_eq!(terms.from_tct(u128::MAX), u128::MAX / UNIT * 3 + 1);
}
