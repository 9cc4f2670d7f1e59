//! The genesis of the networks that we ship.
//!
//! | preset | validators | slot | epoch | era | sudo |
//! |---|---|---|---|---|---|
//! | `development` | Alice | 2 s | 30 slots | 2 epochs | Alice |
//! | `local` | Alice, Bob, Charlie, Dave | 2 s | 30 slots | 2 epochs | Alice |
//! | `testnet` | Alice, Bob, Charlie, Dave | 6 s | 600 slots | 6 epochs | none |
//!
//! The keys are the SDK's well-known ones in all three. In `testnet` they are placeholders: export
//! the spec and put the operators' own `session.keys`, `staking.stakers` and `balances` in their
//! place before a launch.

use crate::{
	configs::economy::ExistentialDeposit, times::Times, AccountId, AssetsConfig, Attestation,
	AttestationConfig, BabeConfig, Balance, BalancesConfig, ChainTimesConfig, Leases, LeasesConfig,
	Market, MarketConfig, ModelsConfig, MusterConfig, ProvidersConfig, RuntimeGenesisConfig,
	SessionConfig, SessionKeys, StakingConfig, SudoConfig, SupplyConfig, Treasury, UNIT,
};
use alloc::{vec, vec::Vec};
use frame_support::build_struct_json_patch;
use pallet_leases::AssetTerms;
use pallet_muster::types::{Calibration, Grade};
use pallet_staking::StakerStatus;
use serde_json::Value;
use sp_consensus_babe::{AllowedSlots, BabeEpochConfiguration};
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::Perbill;
use terminal_primitives::{market::Slug, AssetId};

/// The preset of a network with four validators on one machine.
pub const LOCAL_RUNTIME_PRESET: &str = "local";
/// The preset of a public test network.
pub const TESTNET_RUNTIME_PRESET: &str = "testnet";

/// A quarter of the slots has a primary author; the others have a secondary one, also with a VRF:
/// attestation draws its randomness from every block.
pub const BABE_GENESIS_EPOCH_CONFIG: BabeEpochConfiguration = BabeEpochConfiguration {
	c: (1, 4),
	allowed_slots: AllowedSlots::PrimaryAndSecondaryVRFSlots,
};

/// What every development account owns.
const ENDOWMENT: Balance = 1_000_000 * UNIT;
/// What a validator stakes.
const STAKE: Balance = 100_000 * UNIT;
/// What a validator bonds as an attestor, besides its stake.
const ATTESTOR_BOND: Balance = 10_000 * UNIT;

/// The example of an asset, on networks for development: a dollar with six decimals that nothing
/// backs. Alice issues, freezes and seizes it.
const TEST_USD: AssetId = 1;
/// Base units of one.
const USD: Balance = 1_000_000;
/// What every development account has of it.
const USD_ENDOWMENT: Balance = 100_000 * USD;
/// Ten TCT count as one dollar; a second costs at least a thousandth of one.
const USD_TERMS: AssetTerms = AssetTerms {
	min_rate: 1_000,
	per_tct: USD / 10,
};

/// Units of this name have to be proven on networks for development, by what one core does in a second
/// or two: to try musters out without the devices that they are for.
const TEST_UNIT: &[u8] = b"test-unit";
/// That work.
const TEST_GRADE: Grade = Grade {
	n: 256,
	steps: 48,
	window_blocks: 10,
	calibration: Calibration::Calibrated,
};

/// Which presets there are.
pub fn names() -> Vec<PresetId> {
	vec![
		PresetId::from(DEV_RUNTIME_PRESET),
		PresetId::from(LOCAL_RUNTIME_PRESET),
		PresetId::from(TESTNET_RUNTIME_PRESET),
	]
}

/// A preset, as a JSON patch of the default genesis.
pub fn preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		DEV_RUNTIME_PRESET => development(),
		LOCAL_RUNTIME_PRESET => local(),
		TESTNET_RUNTIME_PRESET => testnet(),
		_ => return None,
	};
	serde_json::to_vec(&patch).ok()
}

fn development() -> Value {
	genesis(&VALIDATORS[..1], Network::fast())
}

fn local() -> Value {
	genesis(&VALIDATORS, Network::fast())
}

fn testnet() -> Value {
	genesis(&VALIDATORS, Network::production())
}

/// One validator: its stash, and the seed of its session keys.
struct Validator {
	stash: Sr25519Keyring,
	session: Sr25519Keyring,
	finality: Ed25519Keyring,
}

const VALIDATORS: [Validator; 4] = [
	Validator {
		stash: Sr25519Keyring::AliceStash,
		session: Sr25519Keyring::Alice,
		finality: Ed25519Keyring::Alice,
	},
	Validator {
		stash: Sr25519Keyring::BobStash,
		session: Sr25519Keyring::Bob,
		finality: Ed25519Keyring::Bob,
	},
	Validator {
		stash: Sr25519Keyring::CharlieStash,
		session: Sr25519Keyring::Charlie,
		finality: Ed25519Keyring::Charlie,
	},
	Validator {
		stash: Sr25519Keyring::DaveStash,
		session: Sr25519Keyring::Dave,
		finality: Ed25519Keyring::Dave,
	},
];

/// Who owns something at genesis: Alice to Ferdie to play the roles, and the stashes, which do
/// nothing but stake.
const ENDOWED: [Sr25519Keyring; 10] = [
	Sr25519Keyring::Alice,
	Sr25519Keyring::Bob,
	Sr25519Keyring::Charlie,
	Sr25519Keyring::Dave,
	Sr25519Keyring::Eve,
	Sr25519Keyring::Ferdie,
	Sr25519Keyring::AliceStash,
	Sr25519Keyring::BobStash,
	Sr25519Keyring::CharlieStash,
	Sr25519Keyring::DaveStash,
];

impl Validator {
	fn account(&self) -> AccountId {
		self.stash.to_account_id()
	}

	// A node started with `--alice` puts these keys into its keystore.
	fn keys(&self) -> SessionKeys {
		SessionKeys {
			babe: self.session.public().into(),
			grandpa: self.finality.public().into(),
			authority_discovery: self.session.public().into(),
			attestation: self.session.public().into(),
		}
	}
}

/// What differs between the networks besides their validators.
struct Network {
	times: Times,
	sudo: Option<AccountId>,
	/// Whether there is a stablecoin to try things out with.
	test_usd: bool,
	treasury: Balance,
	models: pallet_models::Parameters,
	providers: pallet_providers::Parameters,
	leases: pallet_leases::Parameters,
	attestation: pallet_attestation::types::Parameters,
	market: pallet_market::Parameters,
	muster: pallet_muster::types::Parameters,
	/// What units of a name have to do, besides those of data sheets.
	grades: Vec<(Slug, Grade)>,
}

impl Network {
	/// Everything short, so that a test sees sessions, eras and windows pass. A block is two
	/// seconds, the least window that the chain allows ten blocks.
	fn fast() -> Self {
		Self {
			times: Times {
				slot_duration_ms: 2_000,
				// The least there may be: a session a minute.
				epoch_slots: 30,
				sessions_per_era: 2,
				bonding_eras: 3,
				slash_defer_eras: 1,
			},
			sudo: Some(Sr25519Keyring::Alice.to_account_id()),
			test_usd: true,
			treasury: 1_000 * UNIT,
			models: fast_models(),
			providers: fast_providers(),
			leases: fast_leases(),
			attestation: fast_attestation(),
			market: fast_market(),
			muster: fast_muster(),
			grades: vec![(Slug::truncate_from(TEST_UNIT.to_vec()), TEST_GRADE)],
		}
	}

	/// Production's values and nobody above the rules.
	fn production() -> Self {
		Self {
			times: Times::default(),
			sudo: None,
			test_usd: false,
			treasury: 20_000_000 * UNIT,
			models: Default::default(),
			providers: Default::default(),
			leases: Default::default(),
			attestation: Default::default(),
			market: Default::default(),
			muster: Default::default(),
			grades: vec![],
		}
	}
}

fn fast_models() -> pallet_models::Parameters {
	pallet_models::Parameters {
		reveal_delay_blocks: 2,
		..Default::default()
	}
}

fn fast_providers() -> pallet_providers::Parameters {
	pallet_providers::Parameters {
		// Two minutes after a machine went offline; longer than a claim window.
		removal_delay_blocks: 60,
		unbonding_delay_blocks: 120,
		maintenance_notice_ms: 20_000,
		..Default::default()
	}
}

fn fast_leases() -> pallet_leases::Parameters {
	pallet_leases::Parameters {
		min_funded_seconds: 10,
		min_duration_seconds: 10,
		offer_blocks: 150,
		start_blocks: 30,
		// Half a minute for the last receipt.
		claim_blocks: 15,
		grace_ms: 5_000,
		// The gap cap is ten periods of twenty seconds: wait a little longer than that.
		resolve_backstop_ms: 240_000,
		min_deadline_blocks: 5,
		// Long enough for a client that waits for finality before it demands a leaf.
		delivery_blocks: 12,
		answer_blocks: 6,
		// Half an hour to look at a closed lease.
		retention_blocks: 900,
		block_ms: 2_000,
		// A minute to bring funds, or to come back from maintenance.
		pause_ms: 60_000,
		min_spot_notice_ms: 10_000,
		arbitration_blocks: 30,
		proposal_blocks: 60,
		..Default::default()
	}
}

fn fast_market() -> pallet_market::Parameters {
	pallet_market::Parameters {
		min_order_blocks: 10,
		bids_only_blocks: 3,
		firm_blocks: 3,
		early_ms: 10_000,
		show_ms: 30_000,
		honour_ms: 20_000,
		// `honour_ms` and leases' start window of a minute, and a little more.
		slack_ms: 90_000,
		cancel_notice_ms: 20_000,
		min_lead_ms: 30_000,
		stall_ms: 20_000,
		// Longer than leases' start window.
		backstop_ms: 120_000,
		block_ms: 2_000,
		..Default::default()
	}
}

fn fast_attestation() -> pallet_attestation::types::Parameters {
	pallet_attestation::types::Parameters {
		presence_period_ms: 20_000,
		// Four validators and a daemon share two cores.
		presence_n: 256,
		commit_window_blocks: 10,
		// Twelve seconds, on those two cores.
		prompt_blocks: 6,
		answer_window_blocks: 10,
		// No longer than leases' delivery.
		vote_window_blocks: 12,
		data_window_blocks: 10,
		slash_delay_blocks: 10,
		ejection_blocks: 30,
		breaker_window_blocks: 300,
		// Longer than two slash delays and than a batch lives.
		unbonding_blocks: 100,
		..Default::default()
	}
}

fn fast_muster() -> pallet_muster::types::Parameters {
	pallet_muster::types::Parameters {
		answer_window_blocks: 20,
		// Half an hour.
		validity_blocks: 900,
		// A minute.
		retry_blocks: 30,
		..Default::default()
	}
}

fn assets(test_usd: bool) -> AssetsConfig {
	if !test_usd {
		return AssetsConfig::default();
	}
	let issuer = Sr25519Keyring::Alice.to_account_id();
	AssetsConfig {
		// Sufficient: it keeps an account alive without TCT. A cent at least.
		assets: vec![(TEST_USD, issuer, true, USD / 100)],
		metadata: vec![(TEST_USD, b"Test dollar".to_vec(), b"tUSD".to_vec(), 6)],
		accounts: ENDOWED
			.iter()
			.map(|account| (TEST_USD, account.to_account_id(), USD_ENDOWMENT))
			.collect(),
		next_asset_id: None,
		reserves: vec![],
	}
}

fn genesis(validators: &[Validator], network: Network) -> Value {
	let balances = ENDOWED
		.iter()
		.map(|account| (account.to_account_id(), ENDOWMENT))
		.chain([(Treasury::account_id(), network.treasury)])
		// Pots that hold what waits to be claimed: alive from the start, so that no first small
		// credit is lost as dust. The pot of models endows itself.
		.chain(
			[
				Leases::pot_account(),
				Attestation::pot(),
				Market::pot_account(),
			]
			.map(|pot| (pot, ExistentialDeposit::get())),
		)
		.collect::<Vec<_>>();
	let validator_count = validators.len() as u32;
	let approved: Vec<_> = network
		.test_usd
		.then_some((TEST_USD, USD_TERMS))
		.into_iter()
		.collect();
	build_struct_json_patch!(RuntimeGenesisConfig {
		chain_times: ChainTimesConfig {
			times: network.times
		},
		balances: BalancesConfig { balances },
		assets: assets(network.test_usd),
		babe: BabeConfig {
			epoch_config: BABE_GENESIS_EPOCH_CONFIG
		},
		session: SessionConfig {
			keys: validators
				.iter()
				.map(|validator| (validator.account(), validator.account(), validator.keys()))
				.collect::<Vec<_>>(),
		},
		staking: StakingConfig {
			validator_count,
			minimum_validator_count: 1,
			// Nobody is above slashing, in tests neither.
			invulnerables: vec![],
			// Staking drops the reward of a reporter that cannot receive it past every hook, and the
			// burn ledger would miss it (SUPPLY-1): reporters of equivocations are validators, who
			// are paid for their vigilance by not being slashed with the rest.
			slash_reward_fraction: Perbill::zero(),
			stakers: validators
				.iter()
				.map(|validator| {
					(
						validator.account(),
						validator.account(),
						STAKE,
						StakerStatus::<AccountId>::Validator,
					)
				})
				.collect::<Vec<_>>(),
			min_validator_bond: 10_000 * UNIT,
			min_nominator_bond: 10 * UNIT,
		},
		sudo: SudoConfig { key: network.sudo },
		supply: SupplyConfig {
			parameters: pallet_supply::Parameters {
				// Two eras: a chain that stood still mints for no more.
				max_era_ms: network.times.era_ms() * 2,
				..Default::default()
			},
		},
		models: ModelsConfig {
			params: network.models
		},
		providers: ProvidersConfig {
			params: network.providers
		},
		leases: LeasesConfig {
			params: network.leases,
			assets: approved,
		},
		attestation: AttestationConfig {
			params: network.attestation,
			attestors: validators
				.iter()
				.map(|validator| (validator.account(), ATTESTOR_BOND))
				.collect::<Vec<_>>(),
		},
		market: MarketConfig {
			params: network.market
		},
		muster: MusterConfig {
			parameters: network.muster,
			grades: [pallet_muster::grades::provisional(), network.grades].concat(),
		},
	})
}
