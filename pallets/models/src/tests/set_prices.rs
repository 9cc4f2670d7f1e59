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
			per_call: 1,
		};
		assert_ok!(Models::set_prices(signed(owner()), version, prices));
		let from = crate::now_block::<Test>();
		assert_eq!(
			events(),
			[Event::PricesSet {
				version,
				prices,
				from
			}]
		);
		assert_eq!(paid(version), (0, 1_000));
		let terms = Models::terms(version).expect("the version is listed");
		assert_eq!(terms.price_per_call, 1);
	})
}

/// Per job and per second.
fn paid(version: VersionId) -> (u128, u128) {
	let terms = Models::terms(version).expect("the version is listed");
	(terms.price_per_job, terms.price_per_second)
}

fn set(version: VersionId, per_job: u128, per_second: u128) -> u64 {
	let prices = Prices {
		per_job,
		per_second,
		per_call: 0,
	};
	events();
	assert_ok!(Models::set_prices(signed(owner()), version, prices));
	let told = events();
	let [Event::PricesSet { from, .. }] = told.as_slice() else {
		panic!("another event than expected: {told:?}");
	};
	u64::from(*from)
}

#[test]
fn lowers_at_once_and_raises_after_the_life_of_a_transaction() {
	ExtBuilder.run(|| {
		let version = list();
		let now = || System::block_number();
		set(version, 0, 0);
		assert_eq!(paid(version), (0, 0));
		// Nobody who signed for nothing pays.
		let from = set(version, 5, 7_000);
		assert_eq!(from, u64::from(now()) + 600);
		skip_blocks(599);
		assert_eq!(paid(version), (0, 0));
		let view = Models::version_view(version).expect("the version is listed");
		let announced = view
			.rise
			.map(|rise| (rise.prices.per_job, u64::from(rise.from)));
		assert_eq!((view.prices.per_job, announced), (0, Some((5, from))));
		skip_blocks(1);
		assert_eq!(paid(version), (5, 7_000));
		let view = Models::version_view(version).expect("the version is listed");
		assert_eq!((view.prices.per_job, view.rise), (5, None));
		// One rises, the other falls: each by its own rule.
		set(version, 9, 6_000);
		assert_eq!(paid(version), (5, 6_000));
		// A new call replaces the rise, and its wait begins anew.
		skip_blocks(500);
		set(version, 8, 6_000);
		skip_blocks(100);
		assert_eq!(paid(version), (5, 6_000));
		skip_blocks(500);
		assert_eq!(paid(version), (8, 6_000));
		// Lowering before it comes takes it back.
		set(version, 9, 6_000);
		assert_eq!(set(version, 3, 6_000), u64::from(now()));
		skip_blocks(600);
		assert_eq!(paid(version), (3, 6_000));
	})
}

#[test]
fn announces_what_a_call_will_cost() {
	ExtBuilder.run(|| {
		let version = list();
		let per_call = || Models::terms(version).map(|terms| terms.price_per_call);
		let ask = |per_call| {
			let prices = Prices { per_call, ..PRICES };
			assert_ok!(Models::set_prices(signed(owner()), version, prices));
		};
		ask(31);
		skip_blocks(599);
		assert_eq!(per_call(), Some(30));
		skip_blocks(1);
		assert_eq!(per_call(), Some(31));
		ask(0);
		assert_eq!(per_call(), Some(0));
	})
}

#[test]
fn keeps_prices_in_their_range() {
	ExtBuilder.run(|| {
		let version = list();
		let most = Params::<Test>::get().max_price;
		for (per_job, per_second, per_call) in [
			(most + 1, 0, 0),
			(0, most + 1, 0),
			(0, 999, 0),
			(0, 0, most + 1),
		] {
			let prices = Prices {
				per_job,
				per_second,
				per_call,
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
