//! System, time, migrations, and what any account may do with calls: batch, multisig.

use crate::{
	times, weights, AccountId, Babe, Balance, Balances, Block, Hash, MultiBlockMigrations, Nonce,
	PalletInfo, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, RuntimeTask, System,
	SS58_PREFIX, VERSION,
};
use frame_support::{
	derive_impl,
	migrations::FreezeChainOnFailedMigration,
	parameter_types,
	traits::{ConstU128, ConstU32, Contains},
	weights::Weight,
};
use sp_runtime::Perbill;
use sp_version::RuntimeVersion;

parameter_types! {
	/// Hashes kept, so the longest life of a mortal transaction: 4,096 blocks are almost seven
	/// hours in production, and the power of two that wallets round to.
	pub const BlockHashCount: u32 = 4_096;
	/// The runtime's version.
	pub const Version: RuntimeVersion = VERSION;
	/// The address prefix.
	pub const SS58Prefix: u16 = SS58_PREFIX;
}

/// What a transaction may call.
///
/// Refused are the calls of pallet-balances that change total issuance past the burn ledger:
/// `supply.burn` replaces the first, nothing replaces the others.
///
/// Sudo dispatches past this filter, in root's name and in anybody's, and FRAME lets root pass every
/// filter. Refusing these calls to sudo would close nothing: root can batch or schedule them, write
/// the storage, replace the code. So on networks with a sudo key (the development and local presets)
/// that key can break SUPPLY-1, and every `try_state` reports it. On a network without one (testnet)
/// nobody is root.
pub struct CallFilter;

impl Contains<RuntimeCall> for CallFilter {
	fn contains(call: &RuntimeCall) -> bool {
		!matches!(
			call,
			RuntimeCall::Balances(
				pallet_balances::Call::burn { .. }
					| pallet_balances::Call::force_set_balance { .. }
					| pallet_balances::Call::force_adjust_total_issuance { .. }
			)
		)
	}
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
	type BaseCallFilter = CallFilter;
	type Block = Block;
	type BlockWeights = weights::BlockWeights;
	type BlockLength = weights::BlockLength;
	type AccountId = AccountId;
	type Nonce = Nonce;
	type Hash = Hash;
	type Lookup = sp_runtime::traits::AccountIdLookup<AccountId, ()>;
	type BlockHashCount = BlockHashCount;
	type DbWeight = weights::DbWeight;
	type Version = Version;
	type AccountData = pallet_balances::AccountData<Balance>;
	type SS58Prefix = SS58Prefix;
	// Holds, stake, session keys and our own references each take one; sixteen is the SDK's
	// choice for a chain of this kind.
	type MaxConsumers = ConstU32<16>;
	type SystemWeightInfo = frame_system::weights::SubstrateWeight<Runtime>;
	// The default of `()` would charge nothing for the transaction extensions.
	type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Runtime>;
	type SingleBlockMigrations = crate::SingleBlockMigrations;
	type MultiBlockMigrator = MultiBlockMigrations;
}

impl times::Config for Runtime {}

impl pallet_timestamp::Config for Runtime {
	type Moment = u64;
	// BABE checks that the time falls into the slot.
	type OnTimestampSet = Babe;
	type MinimumPeriod = times::MinimumPeriod<Runtime>;
	type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// Four fifths of a block: the rest leaves room for inherents while a migration runs.
	pub MigrationWeight: Weight = Perbill::from_percent(80) * weights::BlockWeights::get().max_block;
}

impl pallet_migrations::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	// None yet: the first version of the chain has nothing to migrate from.
	#[cfg(not(feature = "runtime-benchmarks"))]
	type Migrations = ();
	#[cfg(feature = "runtime-benchmarks")]
	type Migrations = pallet_migrations::mock_helpers::MockedMigrations;
	type CursorMaxLen = ConstU32<65_536>;
	type IdentifierMaxLen = ConstU32<256>;
	type MigrationStatusHandler = ();
	// With escrows half migrated, no transaction is safer than any: validators recover by a code
	// substitute in the chain spec.
	type FailedMigrationHandler = FreezeChainOnFailedMigration;
	type MaxServiceWeight = MigrationWeight;
	type WeightInfo = pallet_migrations::weights::SubstrateWeight<Runtime>;
}

impl pallet_utility::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = crate::OriginCaller;
	type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

impl pallet_multisig::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	// The prices of storage as everywhere: see `economy::storage_deposit`.
	type DepositBase = ConstU128<{ super::economy::storage_deposit(1, 88) }>;
	type DepositFactor = ConstU128<{ super::economy::storage_deposit(0, 32) }>;
	// As on Polkadot.
	type MaxSignatories = ConstU32<100>;
	type WeightInfo = pallet_multisig::weights::SubstrateWeight<Runtime>;
	type BlockNumberProvider = System;
}
