//! Which calls are refused, and what proxies may do.

use super::{account, chain::*, on};
use crate::{
	configs::governance::ProxyType, Address, Balances, CallFilter, RuntimeCall, RuntimeOrigin,
	System, UNIT,
};
use frame_support::{
	assert_noop, assert_ok,
	traits::{Contains, InstanceFilter},
};
use sp_keyring::Sr25519Keyring;
use sp_runtime::traits::Dispatchable;

fn burn() -> RuntimeCall {
	RuntimeCall::Balances(pallet_balances::Call::burn {
		value: UNIT,
		keep_alive: true,
	})
}

fn force_set_balance() -> RuntimeCall {
	RuntimeCall::Balances(pallet_balances::Call::force_set_balance {
		who: Address::Id(account(Sr25519Keyring::Bob)),
		new_free: 0,
	})
}

fn force_adjust_total_issuance() -> RuntimeCall {
	RuntimeCall::Balances(pallet_balances::Call::force_adjust_total_issuance {
		direction: pallet_balances::AdjustmentDirection::Increase,
		delta: UNIT,
	})
}

/// The calls that change issuance past the ledger.
pub fn past_the_ledger() -> [RuntimeCall; 3] {
	[burn(), force_set_balance(), force_adjust_total_issuance()]
}

fn bond() -> RuntimeCall {
	RuntimeCall::Staking(pallet_staking::Call::bond_extra {
		max_additional: UNIT,
	})
}

fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
	RuntimeCall::Utility(pallet_utility::Call::batch_all { calls })
}

#[test]
fn that_change_issuance_past_the_ledger_are_refused() {
	on("local", || {
		for call in past_the_ledger() {
			assert!(!CallFilter::contains(&call));
			assert_noop!(
				call.dispatch(RuntimeOrigin::signed(account(Sr25519Keyring::Alice))),
				frame_system::Error::<crate::Runtime>::CallFiltered
			);
		}
		assert!(CallFilter::contains(&transfer(UNIT)));
	});
}

#[test]
fn that_are_refused_are_refused_in_a_batch() {
	on("local", || {
		let origin = RuntimeOrigin::signed(account(Sr25519Keyring::Alice));
		let issuance = Balances::total_issuance();
		assert!(batch(vec![transfer(UNIT), burn()])
			.dispatch(origin)
			.is_err());
		assert_eq!(Balances::total_issuance(), issuance);
	});
}

#[test]
fn of_a_proxy_are_limited_to_its_type() {
	use ProxyType::*;
	let remark = RuntimeCall::System(frame_system::Call::remark { remark: vec![] });
	for (kind, transfers, stakes, remarks) in [
		(Any, true, true, true),
		(NonTransfer, false, true, true),
		(Marketplace, false, false, false),
		(ProviderAgent, false, false, false),
		(Staking, false, true, false),
	] {
		assert_eq!(
			kind.filter(&transfer(1)),
			transfers,
			"{kind:?} and transfers"
		);
		assert_eq!(kind.filter(&bond()), stakes, "{kind:?} and staking");
		assert_eq!(kind.filter(&remark), remarks, "{kind:?} and remarks");
		assert!(kind.filter(&batch(vec![])), "{kind:?} and batches");
	}
}

#[test]
fn of_a_providers_agent_neither_release_a_bond_nor_move_a_machine() {
	use pallet_leases::Call as Lease;
	use pallet_market::Call as Trade;
	use pallet_providers::Call as Provide;
	use terminal_primitives::{market::MachineStatus, LeaseId, MachineId};
	let machine = MachineId(0);
	let lease = LeaseId(0);
	for (call, agents) in [
		(
			Provide::set_status {
				machine,
				status: MachineStatus::Online,
			}
			.into(),
			true,
		),
		(Provide::unbond { amount: UNIT }.into(), false),
		(Provide::withdraw_unbonded {}.into(), false),
		(
			Provide::set_endpoints {
				machine,
				endpoints: Default::default(),
			}
			.into(),
			false,
		),
		(
			Provide::set_agent {
				machine,
				agent: account(Sr25519Keyring::Eve),
			}
			.into(),
			false,
		),
		(Provide::remove_machine { machine }.into(), false),
		(
			Provide::update_machine {
				machine,
				price_per_second: 1_000,
				document: [0; 32],
			}
			.into(),
			false,
		),
		(Lease::accept { lease }.into(), true),
		(
			Lease::settle {
				lease,
				receipt: None,
			}
			.into(),
			true,
		),
		(Lease::withdraw { lease }.into(), true),
		(
			Lease::commit_result {
				lease,
				result_root: [0; 32],
			}
			.into(),
			true,
		),
		(
			Lease::top_up {
				lease,
				amount: UNIT,
			}
			.into(),
			false,
		),
		(Lease::pause { lease }.into(), true),
		(Lease::resume { lease }.into(), true),
		(Lease::reclaim { lease }.into(), true),
		(
			Lease::settle_many {
				batch: Default::default(),
			}
			.into(),
			true,
		),
		(
			Lease::withdraw_many {
				provider: account(Sr25519Keyring::Eve),
				after: None,
				limit: 1,
			}
			.into(),
			true,
		),
		(
			Lease::propose_change {
				lease,
				change: pallet_leases::Change {
					rate: 1,
					units: 1,
					acknowledged_ms: 0,
				},
			}
			.into(),
			false,
		),
		(
			Trade::honour {
				reservation: pallet_market::ReservationId(0),
			}
			.into(),
			true,
		),
		(
			Trade::place_bid {
				order: pallet_market::OrderId(0),
				machine,
				rate: 1,
			}
			.into(),
			false,
		),
		(
			pallet_attestation::Call::unbond_attestor { amount: UNIT }.into(),
			false,
		),
		(pallet_supply::Call::burn { amount: UNIT }.into(), false),
		(
			Lease::redeem {
				lease,
				voucher: pallet_leases::Voucher {
					calls: 1,
					signature: Sr25519Keyring::Eve.sign(b"").into(),
				},
			}
			.into(),
			true,
		),
		(
			Lease::redeem_many {
				batch: Default::default(),
			}
			.into(),
			true,
		),
		(
			Lease::open_calls {
				machine,
				price: 1,
				max_per_call: 1,
				duration_blocks: 10,
				version: None,
				key: account(Sr25519Keyring::Eve),
				funds: 1,
				terms_hash: [0; 32],
				asset: None,
			}
			.into(),
			false,
		),
	] as [(RuntimeCall, bool); 25]
	{
		assert_eq!(ProxyType::ProviderAgent.filter(&call), agents, "{call:?}");
		let market = !matches!(call, RuntimeCall::Supply(..));
		assert_eq!(ProxyType::Marketplace.filter(&call), market, "{call:?}");
		assert!(!ProxyType::NonTransfer.filter(&call), "{call:?}");
	}
}

#[test]
fn that_make_or_approve_an_asset_are_roots_alone() {
	use crate::Assets;
	use sp_runtime::DispatchError::BadOrigin;
	on("local", || {
		let alice = || RuntimeOrigin::signed(account(Sr25519Keyring::Alice));
		let owner = || Address::Id(account(Sr25519Keyring::Alice));
		assert_noop!(Assets::create(alice(), 9.into(), owner(), 1), BadOrigin);
		let forced = Assets::force_create(alice(), 9.into(), owner(), true, 1);
		assert_noop!(forced, BadOrigin);
		let terms = pallet_leases::AssetTerms {
			min_rate: 1_000,
			per_tct: 1_000,
		};
		let approved = crate::Leases::approve_asset(alice(), 1, terms);
		assert_noop!(approved, BadOrigin);
		assert_noop!(crate::Leases::remove_asset(alice(), 1), BadOrigin);
		assert_ok!(Assets::force_create(
			RuntimeOrigin::root(),
			9.into(),
			owner(),
			true,
			1
		));
		assert_ok!(crate::Leases::approve_asset(
			RuntimeOrigin::root(),
			9,
			terms
		));
		// With the asset goes the approval.
		assert_ok!(Assets::start_destroy(alice(), 9.into()));
		assert_ok!(Assets::finish_destroy(alice(), 9.into()));
		assert!(!pallet_leases::ApprovedAssets::<crate::Runtime>::contains_key(9));
	});
}

#[test]
fn that_move_assets_are_the_full_proxys_alone() {
	use pallet_assets::Call as Asset;
	let to = || Address::Id(account(Sr25519Keyring::Bob));
	let (id, amount) = (1.into(), 1);
	let target = to();
	let transfer = Asset::transfer { id, target, amount };
	let delegate = to();
	let approve = Asset::approve_transfer {
		id,
		delegate,
		amount,
	};
	let mint = Asset::mint {
		id,
		beneficiary: to(),
		amount,
	};
	for call in [transfer, approve, mint] {
		let call = RuntimeCall::from(call);
		assert!(ProxyType::Any.filter(&call), "{call:?}");
		use ProxyType::*;
		for kind in [NonTransfer, Marketplace, ProviderAgent, Staking] {
			assert!(!kind.filter(&call), "{kind:?} and {call:?}");
		}
	}
	let price = RuntimeCall::from(pallet_providers::Call::set_asset_price {
		machine: terminal_primitives::MachineId(0),
		asset: 1,
		price: None,
	});
	assert!(ProxyType::Marketplace.filter(&price));
	assert!(!ProxyType::ProviderAgent.filter(&price));
}

#[test]
fn of_a_proxy_never_exceed_those_of_what_it_is_a_subset_of() {
	use ProxyType::*;
	let all = [Any, NonTransfer, Marketplace, ProviderAgent, Staking];
	for a in all {
		for b in all.into_iter().filter(|b| a.is_superset(b)) {
			for call in [transfer(1), bond(), burn(), batch(vec![])] {
				assert!(
					!b.filter(&call) || a.filter(&call),
					"{a:?} holds what {b:?} may"
				);
			}
		}
	}
	assert!(!NonTransfer.is_superset(&Any));
	assert!(!ProviderAgent.is_superset(&Marketplace));
}

#[test]
fn of_a_proxy_are_filtered_inside_a_batch() {
	on("local", || {
		let alice = RuntimeOrigin::signed(account(Sr25519Keyring::Alice));
		let bob = RuntimeOrigin::signed(account(Sr25519Keyring::Bob));
		assert_ok!(crate::Proxy::add_proxy(
			alice,
			Address::Id(account(Sr25519Keyring::Bob)),
			ProxyType::Staking,
			0
		));
		System::set_block_number(1);
		let before = Balances::free_balance(account(Sr25519Keyring::Alice));
		assert_ok!(crate::Proxy::proxy(
			bob,
			Address::Id(account(Sr25519Keyring::Alice)),
			None,
			Box::new(batch(vec![transfer(UNIT)])),
		));
		// The proxy call itself succeeds and reports that what it carried did not.
		assert_eq!(
			Balances::free_balance(account(Sr25519Keyring::Alice)),
			before
		);
	});
}

#[test]
fn of_sudo_need_the_key() {
	let raise = || RuntimeCall::System(frame_system::Call::set_heap_pages { pages: 1_024 });
	on("local", || {
		let call = || Box::new(raise());
		assert_noop!(
			crate::Sudo::sudo(RuntimeOrigin::signed(account(Sr25519Keyring::Bob)), call()),
			pallet_sudo::Error::<crate::Runtime>::RequireSudo
		);
		assert_ok!(crate::Sudo::sudo(
			RuntimeOrigin::signed(account(Sr25519Keyring::Alice)),
			call()
		));
	});
	on("testnet", || {
		for who in [Sr25519Keyring::Alice, Sr25519Keyring::Bob] {
			assert_noop!(
				crate::Sudo::sudo(RuntimeOrigin::signed(account(who)), Box::new(raise())),
				pallet_sudo::Error::<crate::Runtime>::RequireSudo
			);
		}
	});
}
