use super::*;
use crate::Params;

#[test]
fn changes_what_new_jobs_pay() {
	ExtBuilder.run(|| {
		let version = list();
		events();
		let prices = Prices {
			per_job: 0,
			per_second: 1_000,
		};
		assert_ok!(Models::set_prices(signed(owner()), version, prices));
		let terms = Models::terms(version).expect("the version is listed");
		assert_eq!((terms.price_per_job, terms.price_per_second), (0, 1_000));
		assert_eq!(events(), [Event::PricesSet { version, prices }]);
	})
}

#[test]
fn keeps_prices_in_their_range() {
	ExtBuilder.run(|| {
		let version = list();
		let most = Params::<Test>::get().max_price;
		for (per_job, per_second) in [(most + 1, 0), (0, most + 1), (0, 999)] {
			let prices = Prices {
				per_job,
				per_second,
			};
			let refused = Models::set_prices(signed(owner()), version, prices);
			assert_noop!(refused, Error::<Test>::PriceOutOfRange);
		}
	})
}

#[test]
fn is_for_the_owner_of_a_version_on_offer() {
	ExtBuilder.run(|| {
		let version = list();
		let set = |who, version| Models::set_prices(signed(who), version, PRICES);
		assert_noop!(set(thief(), version), Error::<Test>::NotVersionOwner);
		assert_noop!(set(owner(), VersionId(9)), Error::<Test>::VersionNotFound);
		assert_ok!(Models::yank(signed(owner()), version));
		assert_noop!(set(owner(), version), Error::<Test>::Yanked);
		let unsigned = Models::set_prices(RuntimeOrigin::none(), version, PRICES);
		assert_noop!(unsigned, BadOrigin);
	})
}
