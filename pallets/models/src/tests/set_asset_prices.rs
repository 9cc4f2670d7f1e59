use super::*;
use crate::{AssetPrices, Params, MAX_ASSET_PRICES};
use terminal_primitives::market::ModelPrices;

#[test]
fn changes_what_new_leases_pay_in_an_asset() {
	ExtBuilder.run(|| {
		let version = list();
		events();
		assert_eq!(Models::prices_in(version, 7), None);
		let prices = Some(Prices {
			per_job: 5,
			per_second: 3,
		});
		assert_ok!(Models::set_asset_prices(
			signed(owner()),
			version,
			7,
			prices
		));
		assert_eq!(
			Models::prices_in(version, 7),
			Some(ModelPrices {
				per_job: 5,
				per_second: 3
			})
		);
		assert_eq!(Models::prices_in(version, 8), None);
		assert_eq!(
			events(),
			[Event::AssetPricesSet {
				version,
				asset: 7,
				prices
			}]
		);
		assert_ok!(Models::set_asset_prices(signed(owner()), version, 7, None));
		assert_eq!(Models::prices_in(version, 7), None);
		assert!(!AssetPrices::<Test>::contains_key(version));
	})
}

#[test]
fn keeps_prices_and_their_number_in_range() {
	ExtBuilder.run(|| {
		let version = list();
		let most = Params::<Test>::get().max_price;
		for (per_job, per_second) in [(most + 1, 0), (0, most + 1)] {
			let prices = Some(Prices {
				per_job,
				per_second,
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
