//! What the wiring promises. Each file's name and its tests' names read as one sentence.

mod calls;
mod chain;
mod config;
mod market;
mod payments;
mod presets;
mod supply;
mod times;
mod weights;

use crate::{AccountId, Runtime, RuntimeGenesisConfig};
use serde_json::Value;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{BuildStorage, TryRuntimeError};

/// A preset, merged into the default genesis as a chain spec does it.
pub fn genesis_of(preset: &str) -> RuntimeGenesisConfig {
	let default =
		frame_support::genesis_builder_helper::get_preset::<RuntimeGenesisConfig>(&None, |_| None)
			.expect("there is a default genesis");
	let mut genesis: Value = serde_json::from_slice(&default).expect("the default is JSON");
	let patch = crate::presets::preset(&preset.into()).expect("there is such a preset");
	merge(
		&mut genesis,
		serde_json::from_slice(&patch).expect("the preset is JSON"),
	);
	serde_json::from_value(genesis).expect("the merged preset is a genesis")
}

/// RFC 7386.
fn merge(target: &mut Value, patch: Value) {
	match (target, patch) {
		(Value::Object(target), Value::Object(patch)) => {
			for (key, value) in patch {
				if value.is_null() {
					target.remove(&key);
				} else {
					merge(target.entry(key).or_insert(Value::Null), value);
				}
			}
		},
		(target, patch) => *target = patch,
	}
}

/// The state after a preset's genesis.
pub fn externalities_of(preset: &str) -> sp_io::TestExternalities {
	let storage = genesis_of(preset)
		.build_storage()
		.expect("the genesis builds");
	sp_io::TestExternalities::new(storage)
}

/// The invariants of every pallet of ours.
pub fn check_invariants() -> Result<(), TryRuntimeError> {
	pallet_supply::invariants::check::<Runtime>()?;
	pallet_models::invariants::check::<Runtime>()?;
	pallet_providers::invariants::check::<Runtime>()?;
	pallet_leases::invariants::check::<Runtime>()?;
	pallet_market::invariants::check::<Runtime>()?;
	pallet_attestation::invariants::check::<Runtime>()?;
	pallet_muster::invariants::check::<Runtime>()
}

/// Run on a preset's genesis, then check every invariant.
pub fn on<R>(preset: &str, run: impl FnOnce() -> R) -> R {
	externalities_of(preset).execute_with(|| {
		let result = run();
		check_invariants().expect("every invariant holds");
		result
	})
}

/// A well-known account.
pub fn account(of: Sr25519Keyring) -> AccountId {
	of.to_account_id()
}
