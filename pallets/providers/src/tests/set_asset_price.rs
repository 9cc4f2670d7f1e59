use super::*;
use crate::{AssetPrices, MAX_ASSET_PRICES};
use terminal_primitives::market::Machines as _;

#[test]
fn prices_a_machine_in_an_asset() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		events();
		assert_eq!(Providers::price_in(machine, 7), None);
		let set = |price| Providers::set_asset_price(signed(provider()), machine, 7, price);
		assert_ok!(set(Some(1_500)));
		assert_ok!(set(Some(1_600)));
		assert_eq!(Providers::price_in(machine, 7), Some(1_600));
		assert_eq!(Providers::price_in(machine, 8), None);
		let event = |price| Event::AssetPriceSet {
			machine,
			asset: 7,
			price,
		};
		assert_eq!(events(), [event(Some(1_500)), event(Some(1_600))]);
		assert_ok!(set(None));
		assert!(!AssetPrices::<Test>::contains_key(machine));
	})
}

#[test]
fn keeps_prices_and_their_number_in_range() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let most = crate::Params::<Test>::get().max_price_per_second;
		let set = |asset, price| {
			Providers::set_asset_price(signed(provider()), machine, asset, Some(price))
		};
		assert_noop!(set(7, 0), Error::<Test>::PriceOutOfRange);
		assert_noop!(set(7, most + 1), Error::<Test>::PriceOutOfRange);
		for asset in 0..MAX_ASSET_PRICES {
			assert_ok!(set(asset, 1));
		}
		assert_noop!(set(99, 1), Error::<Test>::TooManyAssetPrices);
		assert_ok!(set(0, 2));
	})
}

#[test]
fn is_for_the_cold_account_alone() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let set = |who, machine| Providers::set_asset_price(signed(who), machine, 7, Some(1));
		assert_noop!(set(agent(), machine), Error::<Test>::NotMachineOwner);
		assert_noop!(
			set(provider(), MachineId(99)),
			Error::<Test>::MachineNotFound
		);
	})
}
