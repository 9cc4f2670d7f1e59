//! A lease that runs out of funds because the issuer of what it is paid in froze them.

use super::*;
use crate::types::*;
use frame_support::{assert_noop, assert_ok};

/// Ten minutes' price of two units: what ending early costs here.
const FEE: u128 = 600 * 2 * TUSD_RATE;

fn freeze() {
	assert_ok!(Assets::freeze(signed(issuer()), TUSD.into(), consumer()));
}

fn thaw() {
	assert_ok!(Assets::thaw(signed(issuer()), TUSD.into(), consumer()));
}

fn freeze_asset() {
	assert_ok!(Assets::freeze_asset(signed(issuer()), TUSD.into()));
}

/// Funded for 400 s that were served and acknowledged, with a fee for ending early and a wallet that
/// would pay for the rest. Before it was asked, `meanwhile`.
fn out_of_funds(meanwhile: impl FnOnce()) {
	with_tusd();
	let mut lease = agreement_tusd();
	lease.terms.early_close_ms = 600_000;
	lease.funds = 400 * 5_000 + FEE;
	agree(lease).expect("the agreement is fine");
	assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
	let auto = Some(AutoTopUp {
		step: USD,
		cap: 14 * USD,
	});
	assert_ok!(Leases::set_auto_top_up(signed(consumer()), LEASE, auto));
	meanwhile();
	serve(70);
	acknowledge(0, 400_000);
}

fn pause() {
	assert_ok!(Leases::pause(signed(stranger()), LEASE));
	assert!(matches!(lease(LEASE).state, State::Paused { .. }));
}

/// Once the pause is over.
fn close_late() -> EarlyEnd {
	jump(101);
	close(stranger())
}

fn close(who: AccountId) -> EarlyEnd {
	assert_ok!(Leases::close(signed(who), LEASE));
	match lease(LEASE).state {
		State::Closing { early, .. } => early,
		other => panic!("closing: {other:?}"),
	}
}

#[test]
fn costs_its_consumer_no_fee_whoever_closes_it() {
	for freeze in [freeze, freeze_asset] {
		run(|| {
			out_of_funds(freeze);
			pause();
			assert_eq!(close_late(), EarlyEnd::Free);
		});
		run(|| {
			out_of_funds(freeze);
			pause();
			assert_eq!(close(consumer()), EarlyEnd::Free);
		});
	}
}

#[test]
fn costs_no_fee_though_it_is_thawed_a_moment_before_the_end() {
	run(|| {
		out_of_funds(freeze);
		pause();
		jump(101);
		thaw();
		assert_eq!(close(stranger()), EarlyEnd::Free);
	})
}

#[test]
fn costs_no_fee_where_the_freeze_came_after_the_pause() {
	run(|| {
		out_of_funds(freeze);
		thaw();
		assert_ok!(Leases::set_auto_top_up(signed(consumer()), LEASE, None));
		pause();
		freeze();
		assert_eq!(close(consumer()), EarlyEnd::Free);
	})
}

#[test]
fn goes_on_once_it_is_thawed_and_costs_what_it_did() {
	run(|| {
		out_of_funds(freeze);
		pause();
		thaw();
		assert_ok!(Leases::resume(signed(stranger()), LEASE));
		// The provider could have left for nothing a minute ago; the consumer cannot.
		assert_eq!(close(consumer()), EarlyEnd::ConsumerPays(FEE));
	})
}

#[test]
fn is_not_what_an_empty_wallet_looks_like() {
	run(|| {
		out_of_funds(|| {
			let (by, to) = (signed(consumer()), author());
			assert_ok!(Assets::transfer_all(by, TUSD.into(), to, false));
			// Nobody freezes his own.
			let own = Assets::freeze(signed(consumer()), TUSD.into(), consumer());
			assert_noop!(own, pallet_assets::Error::<Test>::NoPermission);
		});
		pause();
		assert_eq!(close_late(), EarlyEnd::ConsumerPays(FEE));
	})
}

#[test]
fn is_no_excuse_for_leaving_while_it_runs() {
	run(|| {
		out_of_funds(freeze);
		assert_eq!(close(consumer()), EarlyEnd::ConsumerPays(FEE));
	})
}
