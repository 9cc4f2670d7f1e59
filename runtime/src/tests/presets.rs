//! The presets.

use super::{account, check_invariants, externalities_of, genesis_of};
use crate::{
	configs::marketplace::{LeaseLimits, LongestWindow},
	presets,
	times::SlotDuration,
	Attestation, Babe, Balances, Grandpa, Leases, Market, Runtime, RuntimeOrigin, Session, Staking,
	Treasury, UNIT,
};
use frame_support::{assert_noop, assert_ok, traits::Get};
use sp_consensus_babe::AllowedSlots;
use sp_keyring::Sr25519Keyring;

const ALL: [&str; 3] = ["development", "local", "testnet"];

#[test]
fn are_listed() {
	assert_eq!(presets::names(), ALL);
	assert_eq!(presets::preset(&"local_testnet".into()), None);
}

#[test]
fn build_and_hold_every_invariant() {
	for preset in ALL {
		externalities_of(preset).execute_with(|| {
			check_invariants().expect("every invariant holds at genesis");
			let validators = if preset == "development" { 1 } else { 4 };
			assert_eq!(Session::validators().len(), validators, "{preset}");
			assert_eq!(Babe::authorities().len(), validators, "{preset}");
			assert_eq!(Grandpa::grandpa_authorities().len(), validators, "{preset}");
			assert_eq!(
				Babe::epoch_config().map(|config| config.allowed_slots),
				Some(AllowedSlots::PrimaryAndSecondaryVRFSlots),
				"{preset}: every block carries a VRF output"
			);
			assert!(
				pallet_staking::Invulnerables::<Runtime>::get().is_empty(),
				"{preset}"
			);
			assert!(
				Balances::free_balance(Treasury::account_id()) >= UNIT,
				"{preset}"
			);
			let attestors = Attestation::attestors();
			assert_eq!(
				attestors.len(),
				validators,
				"{preset}: every validator attests"
			);
			assert!(attestors
				.iter()
				.all(|attestor| attestor.active && attestor.bond > 0));
			for validator in Session::validators() {
				let ledger = Staking::ledger(validator.clone().into()).expect("it staked");
				assert_eq!(ledger.active, 100_000 * UNIT);
				// Enough left for fees.
				assert!(Balances::usable_balance(validator) >= UNIT);
			}
		});
	}
}

#[test]
fn know_a_sudo_key_outside_the_public_network_only() {
	let alice = account(Sr25519Keyring::Alice);
	assert_eq!(genesis_of("development").sudo.key, Some(alice.clone()));
	assert_eq!(genesis_of("local").sudo.key, Some(alice));
	assert_eq!(genesis_of("testnet").sudo.key, None);
}

#[test]
fn have_a_stablecoin_to_try_things_with_where_nothing_is_worth_anything() {
	for preset in ["development", "local"] {
		externalities_of(preset).execute_with(|| {
			let approved = crate::Leases::approved_assets();
			assert_eq!(approved.len(), 1, "{preset}");
			let (asset, terms) = approved[0];
			assert_eq!((asset, terms.min_rate, terms.per_tct), (1, 1_000, 100_000));
			let alice = account(Sr25519Keyring::Alice);
			assert_eq!(crate::Assets::balance(asset, &alice), 100_000_000_000);
			let metadata = pallet_assets::Metadata::<Runtime>::get(asset);
			assert_eq!((&metadata.symbol[..], metadata.decimals), (&b"tUSD"[..], 6));
		});
	}
	externalities_of("testnet").execute_with(|| {
		assert_eq!(crate::Leases::approved_assets(), vec![]);
		assert_eq!(pallet_assets::Asset::<Runtime>::iter().count(), 0);
	});
}

#[test]
fn for_tests_have_short_windows_and_the_public_network_productions() {
	externalities_of("local").execute_with(|| {
		let attestation = pallet_attestation::Params::<Runtime>::get();
		assert_eq!(attestation.presence_n, 256);
		assert_eq!(attestation.presence_period_ms, 20_000);
		assert_eq!(attestation.commit_window_blocks, 10);
		assert_eq!(pallet_leases::Params::<Runtime>::get().delivery_blocks, 12);
		assert_eq!(pallet_market::Params::<Runtime>::get().show_ms, 30_000);
		assert_eq!(
			pallet_models::Params::<Runtime>::get().reveal_delay_blocks,
			2
		);
		assert_eq!(pallet_supply::Params::<Runtime>::get().max_era_ms, 240_000);
		assert_eq!(LongestWindow::get(), 3 * (2 + 12) + 2 * 10 + 12 + 6);
	});
	externalities_of("testnet").execute_with(|| {
		assert_eq!(
			pallet_attestation::Params::<Runtime>::get(),
			Default::default()
		);
		assert_eq!(pallet_leases::Params::<Runtime>::get(), Default::default());
		assert_eq!(pallet_market::Params::<Runtime>::get(), Default::default());
		assert_eq!(pallet_models::Params::<Runtime>::get(), Default::default());
		assert_eq!(
			pallet_providers::Params::<Runtime>::get(),
			Default::default()
		);
		// Two eras of six hours.
		assert_eq!(
			pallet_supply::Params::<Runtime>::get().max_era_ms,
			12 * 60 * 60 * 1_000
		);
	});
}

#[test]
fn keep_bonds_longer_than_any_window_and_machines_longer_than_any_claim() {
	for preset in ALL {
		externalities_of(preset).execute_with(|| {
			let providers = pallet_providers::Params::<Runtime>::get();
			let leases = pallet_leases::Params::<Runtime>::get();
			let attestation = pallet_attestation::Params::<Runtime>::get();
			assert!(
				providers.unbonding_delay_blocks >= LongestWindow::get(),
				"{preset}"
			);
			assert!(
				providers.removal_delay_blocks > leases.claim_blocks,
				"{preset}"
			);
			assert!(
				attestation.unbonding_blocks > LongestWindow::get(),
				"{preset}"
			);
			assert_eq!(leases.fit(&LeaseLimits::get()), Ok(()), "{preset}");
			assert_eq!(leases.block_ms, SlotDuration::<Runtime>::get(), "{preset}");
			let market = pallet_market::Params::<Runtime>::get();
			assert_eq!(market.block_ms, leases.block_ms, "{preset}");
		});
	}
}

#[test]
fn hold_the_market_to_the_start_window_of_leases() {
	for preset in ALL {
		externalities_of(preset).execute_with(|| {
			let leases = pallet_leases::Params::<Runtime>::get();
			let start_ms = u64::from(leases.start_blocks) * leases.block_ms;
			let market = pallet_market::Params::<Runtime>::get();
			let set = |params| Market::set_params(RuntimeOrigin::root(), params);
			// A lease that starts as late as it may is over before the next booking begins.
			let slack_ms = market.honour_ms + start_ms;
			let edge = pallet_market::Parameters {
				slack_ms,
				..market.clone()
			};
			assert_ok!(set(edge));
			let short = pallet_market::Parameters {
				slack_ms: slack_ms - 1,
				..market.clone()
			};
			let refused = || pallet_market::Error::<Runtime>::InvalidParameters;
			assert_noop!(set(short), refused());
			// Nobody's deposit returns before leases could say whether the lease began.
			let hasty = pallet_market::Parameters {
				backstop_ms: start_ms,
				..market
			};
			assert_noop!(set(hasty), refused());
		});
	}
}

#[test]
fn hold_leases_to_the_clock_the_market_and_attestation() {
	use pallet_leases::BrokenRule;
	for preset in ALL {
		externalities_of(preset).execute_with(|| {
			let leases = pallet_leases::Params::<Runtime>::get();
			let market = pallet_market::Params::<Runtime>::get();
			let attestation = pallet_attestation::Params::<Runtime>::get();
			let set = |change: &dyn Fn(&mut pallet_leases::Parameters)| {
				let mut params = leases.clone();
				change(&mut params);
				Leases::set_params(RuntimeOrigin::root(), params)
			};
			let refused = pallet_leases::Error::<Runtime>::InvalidParameters;

			let other = leases.block_ms * 2;
			assert_noop!(
				set(&|p| p.block_ms = other),
				refused(BrokenRule::BlockIsNoSlot)
			);

			// The market books so much behind a reserved time.
			let room_ms = (market.slack_ms - market.honour_ms).min(market.backstop_ms - 1);
			let start_blocks = (room_ms / leases.block_ms) as u32;
			assert_noop!(
				set(&|p| p.start_blocks = start_blocks + 1),
				refused(BrokenRule::StartWindowTooLong)
			);
			assert_ok!(set(&|p| p.start_blocks = start_blocks));
			// Now the market may not take a millisecond of it back.
			let tighter = pallet_market::Parameters {
				slack_ms: market.honour_ms + leases.block_ms * u64::from(start_blocks) - 1,
				..market
			};
			assert!(Market::set_params(RuntimeOrigin::root(), tighter).is_err());

			let proof_ms = attestation.proof_ms(leases.block_ms);
			assert_noop!(
				set(&|p| p.resolve_backstop_ms = proof_ms - 1),
				refused(BrokenRule::BackstopTooShort)
			);
			assert_ok!(set(&|p| p.resolve_backstop_ms = proof_ms));
			let longer = pallet_attestation::types::Parameters {
				gap_periods: attestation.gap_periods + 1,
				..attestation.clone()
			};
			let told = Attestation::set_params(RuntimeOrigin::root(), longer);
			assert_eq!(
				told,
				Err(pallet_attestation::Error::<Runtime>::InvalidParams.into())
			);

			let votes = attestation.vote_window_blocks;
			let blocks = attestation.unbonding_blocks - 1 - attestation.verdict_blocks();
			let delivery_blocks = blocks - leases.answer_blocks;
			assert_noop!(
				set(&|p| p.delivery_blocks = delivery_blocks + 1),
				refused(BrokenRule::DeliveryTooLong)
			);
			assert_ok!(set(&|p| p.delivery_blocks = delivery_blocks));
			let sooner = pallet_attestation::types::Parameters {
				unbonding_blocks: attestation.unbonding_blocks - 1,
				..attestation
			};
			let told = Attestation::set_params(RuntimeOrigin::root(), sooner);
			assert_eq!(
				told,
				Err(pallet_attestation::Error::<Runtime>::InvalidParams.into())
			);

			// Nor is a job delivered before all members have voted on it.
			let brief = |delivery_blocks| {
				set(&|p| {
					p.answer_blocks = 1;
					p.delivery_blocks = delivery_blocks;
				})
			};
			assert_noop!(brief(votes - 1), refused(BrokenRule::DeliveryTooShort));
			assert_ok!(brief(votes));

			assert_noop!(
				set(&|p| p.max_proof_bytes = pallet_attestation::types::MAX_WEIGHTS + 1),
				refused(BrokenRule::ProofTooLarge)
			);
			assert_ok!(check_invariants());
		});
	}
}
