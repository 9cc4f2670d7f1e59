//! Each invariant broken on purpose.

use super::*;
use crate::{Claims, Commitments, Owed, VersionByDigest, Versions};

#[test]
fn model_1_claims_that_do_not_add_up() {
	ExtBuilder::run_broken("MODEL-1", || Claims::<Test>::insert(owner(), 1));
}

#[test]
fn model_2_a_pot_that_owes_more_than_it_has() {
	ExtBuilder::run_broken("MODEL-2", || {
		Claims::<Test>::insert(owner(), 1);
		Owed::<Test>::put(1);
	});
}

#[test]
fn model_3_versions_that_are_not_found() {
	ExtBuilder::run_broken("MODEL-3", || {
		list();
		VersionByDigest::<Test>::remove([1; 32]);
	});
	ExtBuilder::run_broken("MODEL-3", || {
		let version = list();
		Versions::<Test>::remove(version);
	});
	ExtBuilder::run_broken("MODEL-3", || {
		VersionByDigest::<Test>::insert([8; 32], VersionId(0));
	});
}

#[test]
fn model_4_deposits_that_are_not_on_hold() {
	ExtBuilder::run_broken("MODEL-4", || {
		let commitment = commit(owner(), &details());
		Commitments::<Test>::remove(owner(), commitment);
		Commitments::<Test>::insert(owner(), commitment, crate::Commitment { at: 1, deposit: 2 });
	});
	ExtBuilder::run_broken("MODEL-4", || {
		let version = list();
		Versions::<Test>::mutate_extant(version, |entry| entry.deposit = 1);
	});
}

#[test]
fn a_gift_to_the_pot_breaks_nothing() {
	ExtBuilder.run(|| {
		assert_ok!(Balances::mint_into(&Models::pot(), UNIT));
	})
}

#[test]
fn model_5_asset_prices_of_nothing() {
	let priced = |assets: &[u32], prices| {
		let list = assets.iter().map(|asset| crate::AssetPrice {
			asset: *asset,
			prices,
			rise: None,
		});
		crate::AssetPriceList::truncate_from(list.collect())
	};
	let prices = |assets: &[u32]| priced(assets, Some(PRICES));
	ExtBuilder::run_broken("MODEL-5", || {
		crate::AssetPrices::<Test>::insert(VersionId(7), prices(&[1]));
	});
	for assets in [&[][..], &[1, 1]] {
		ExtBuilder::run_broken("MODEL-5", move || {
			crate::AssetPrices::<Test>::insert(list(), prices(assets));
		});
	}
	ExtBuilder::run_broken("MODEL-5", || {
		crate::AssetPrices::<Test>::insert(list(), priced(&[1], None));
	});
}
