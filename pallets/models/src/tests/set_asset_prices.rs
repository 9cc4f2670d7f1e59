use super::*;
use crate::{AssetPrices, Params, MAX_ASSET_PRICES};
use terminal_primitives::{market::ModelPrices, BlockNumber};

#[test]
fn changes_what_new_leases_pay_in_an_asset() {
	ExtBuilder.run(|| {
		let version = list();
		events();
		assert_eq!(Models::prices_in(version, 7), None);
		let prices = Some(Prices {
			per_job: 5,
			per_second: 3,
			per_call: 2,
		});
		assert_ok!(Models::set_asset_prices(
			signed(owner()),
			version,
			7,
			prices
		));
		let from = crate::now_block::<Test>() + 600;
		skip_blocks(600);
		assert_eq!(
			Models::prices_in(version, 7),
			Some(ModelPrices {
				per_job: 5,
				per_second: 3,
				per_call: 2
			})
		);
		assert_eq!(Models::prices_in(version, 8), None);
		assert_eq!(
			events(),
			[Event::AssetPricesSet {
				version,
				asset: 7,
				prices,
				from
			}]
		);
		assert_ok!(Models::set_asset_prices(signed(owner()), version, 7, None));
		assert_eq!(Models::prices_in(version, 7), None);
		assert!(!AssetPrices::<Test>::contains_key(version));
	})
}

/// Per job and per second.
fn paid(version: VersionId) -> Option<(u128, u128)> {
	Models::prices_in(version, 7).map(|prices| (prices.per_job, prices.per_second))
}

/// Returns in how many blocks it holds.
fn set(version: VersionId, prices: Option<(u128, u128)>) -> BlockNumber {
	let prices = prices.map(|(per_job, per_second)| Prices {
		per_job,
		per_second,
		per_call: 0,
	});
	events();
	assert_ok!(Models::set_asset_prices(
		signed(owner()),
		version,
		7,
		prices
	));
	let told = events();
	let [Event::AssetPricesSet { from, .. }] = told.as_slice() else {
		panic!("another event than expected: {told:?}");
	};
	from - crate::now_block::<Test>()
}

#[test]
fn lowers_at_once_and_raises_after_the_life_of_a_transaction() {
	ExtBuilder.run(|| {
		let version = list();
		// The first price is one that nobody has signed for.
		assert_eq!(set(version, Some((5, 3))), 600);
		skip_blocks(599);
		assert_eq!(paid(version), None);
		skip_blocks(1);
		assert_eq!(paid(version), Some((5, 3)));
		// One rises, the other falls: each by its own rule.
		assert_eq!(set(version, Some((9, 2))), 600);
		assert_eq!(paid(version), Some((5, 2)));
		let known = Models::asset_prices(version);
		let rise = known[0].rise.map(|rise| rise.prices.per_job);
		assert_eq!((known.len(), rise), (1, Some(9)));
		skip_blocks(600);
		assert_eq!(paid(version), Some((9, 2)));
		let known = Models::asset_prices(version);
		assert_eq!(known[0].rise, None);
		assert_eq!(known[0].prices.map(|prices| prices.per_job), Some(9));
		// Lowering before a rise comes takes it back.
		set(version, Some((20, 2)));
		assert_eq!(set(version, Some((4, 2))), 0);
		skip_blocks(600);
		assert_eq!(paid(version), Some((4, 2)));
	})
}

#[test]
fn is_not_gone_round_by_taking_a_price_back() {
	ExtBuilder.run(|| {
		let version = list();
		set(version, Some((5, 3)));
		skip_blocks(600);
		assert_eq!(set(version, None), 0);
		assert_eq!(paid(version), None);
		assert_eq!(set(version, Some((50, 3))), 600);
		skip_blocks(599);
		assert_eq!(paid(version), None);
		skip_blocks(1);
		assert_eq!(paid(version), Some((50, 3)));
		// Nor by an announcement that is taken back with it.
		set(version, Some((70, 3)));
		set(version, None);
		skip_blocks(600);
		assert_eq!(paid(version), None);
	})
}

#[test]
fn keeps_prices_and_their_number_in_range() {
	ExtBuilder.run(|| {
		let version = list();
		let most = Params::<Test>::get().max_price;
		for (per_job, per_second, per_call) in
			[(most + 1, 0, 0), (0, most + 1, 0), (0, 0, most + 1)]
		{
			let prices = Some(Prices {
				per_job,
				per_second,
				per_call,
			});
			let refused = Models::set_asset_prices(signed(owner()), version, 7, prices);
			assert_noop!(refused, Error::<Test>::PriceOutOfRange);
		}
		let set = |asset| Models::set_asset_prices(signed(owner()), version, asset, Some(PRICES));
		for asset in 0..MAX_ASSET_PRICES {
			assert_ok!(set(asset));
		}
		assert_noop!(set(99), Error::<Test>::TooManyAssetPrices);
		assert_ok!(set(0));
	})
}

#[test]
fn is_for_the_owner_of_a_version_on_offer() {
	ExtBuilder.run(|| {
		let version = list();
		let set = |who, version| Models::set_asset_prices(signed(who), version, 7, Some(PRICES));
		assert_noop!(set(thief(), version), Error::<Test>::NotVersionOwner);
		assert_noop!(set(owner(), VersionId(9)), Error::<Test>::VersionNotFound);
		assert_ok!(Models::yank(signed(owner()), version));
		assert_noop!(set(owner(), version), Error::<Test>::Yanked);
		let unsigned = Models::set_asset_prices(RuntimeOrigin::none(), version, 7, Some(PRICES));
		assert_noop!(unsigned, BadOrigin);
	})
}
