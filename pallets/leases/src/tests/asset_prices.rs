//! Prices in an asset are prices in that asset: what holds for those in TCT holds for them.

use super::*;
use crate::{types::*, Error};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use terminal_test_support::MockMachines;

/// An active lease at the usual rate in the stablecoin, ten minutes of it acknowledged.
fn active_tusd() {
	with_tusd();
	agree(agreement_tusd()).expect("the agreement is fine");
	assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
	serve(100);
	acknowledge(0, 600_000);
}

fn propose(who: AccountId, rate: u128) -> DispatchResult {
	let change = Change {
		rate,
		units: 2,
		acknowledged_ms: 600_000,
	};
	Leases::propose_change(signed(who), LEASE, change)
}

fn accept(who: AccountId) -> DispatchResult {
	let hash = Leases::proposal_hash(LEASE).expect("proposed");
	Leases::accept_change(signed(who), LEASE, hash)
}

#[test]
fn are_not_given_away_by_a_hot_key() {
	run(|| {
		active_tusd();
		let cheap = TUSD_RATE - 1;
		// What the machine asks in TCT is less of other units.
		MockMachines::change(MACHINE, |machine| machine.price_per_second = 1);
		assert_noop!(propose(agent(), cheap), Error::<Test>::RateBelowAsking);
		assert_ok!(propose(consumer(), cheap));
		assert_noop!(accept(agent()), Error::<Test>::RateBelowAsking);
		// The cold key asks less of everybody, so may the hot one.
		MockMachines::set_price_in(MACHINE, TUSD, Some(cheap));
		assert_ok!(accept(agent()));
		let Work::Metered(work) = lease(LEASE).work else {
			panic!("a metered lease")
		};
		assert_eq!(work.rate, cheap);
	})
}

#[test]
fn that_are_no_more_leave_the_leases_own() {
	run(|| {
		active_tusd();
		MockMachines::set_price_in(MACHINE, TUSD, None);
		assert_noop!(
			propose(agent(), TUSD_RATE - 1),
			Error::<Test>::RateBelowAsking
		);
		assert_ok!(propose(agent(), TUSD_RATE));
		assert_ok!(propose(provider(), TUSD_RATE - 1));
	})
}
