//! The Core Terminal's runtime: which pallets there are, and how they are wired.
//!
//! | module | what it holds |
//! |---|---|
//! | [`configs`] | the configuration of every pallet, by subject |
//! | [`times`] | slot, epoch and era lengths, set at genesis |
//! | [`transactions`] | the shape of a transaction |
//! | [`apis`] | what the node and its clients may ask |
//! | [`presets`] | genesis of the `development`, `local` and `testnet` networks |
//! | [`weights`] | block limits and database costs |
#![cfg_attr(not(feature = "std"), no_std)]
// The pallet enum's macros nest deeply.
#![recursion_limit = "512"]

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

extern crate alloc;

pub mod apis;
pub mod configs;
pub mod presets;
pub mod times;
pub mod transactions;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
#[cfg(test)]
mod tests;

// Named by the macros below.
use alloc::vec::Vec;
use sp_runtime::{
	generic, impl_opaque_keys,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};
use sp_version::RuntimeVersion;

pub use apis::RuntimeApi;
pub use configs::system::{BlockHashCount, CallFilter};
pub use pallet_session::historical as pallet_session_historical;
pub use terminal_primitives::{Balance, BlockNumber, Moment, MILLI, UNIT};
pub use transactions::{SignedPayload, TxExtension, UncheckedExtrinsic};

/// A millionth of one TCT, in base units.
pub const MICRO: Balance = MILLI / 1_000;

/// Prefix of addresses. 42 is Substrate's generic prefix: our own is registered before a public
/// launch, since wallets refuse prefixes that they do not know.
pub const SS58_PREFIX: u16 = 42;

/// Account ids are public keys, or hashes of them.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// How a transaction names an account.
pub type Address = MultiAddress<AccountId, ()>;
/// A transaction's number within its account.
pub type Nonce = u32;
/// The hash of blocks, transactions and state.
pub type Hash = sp_core::H256;
/// A transaction's signature: sr25519, ed25519 or ecdsa.
pub type Signature = MultiSignature;
/// A block's header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// A block together with its justifications' type, as consensus code asks for it.
pub type BlockId = generic::BlockId<Block>;

/// Types that know of transactions only that they are bytes: all the node needs.
pub mod opaque {
	use super::*;
	pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

	/// A block's header.
	pub type Header = super::Header;
	/// A block of opaque transactions.
	pub type Block = generic::Block<Header, UncheckedExtrinsic>;
	/// What names a block.
	pub type BlockId = generic::BlockId<Block>;
	/// The hash of a block.
	pub type Hash = super::Hash;
}

impl_opaque_keys! {
	/// A validator's keys. Their order is part of what is stored: changing it takes a migration by
	/// `Session::upgrade_keys`.
	pub struct SessionKeys {
		/// Makes blocks.
		pub babe: Babe,
		/// Finalises them.
		pub grandpa: Grandpa,
		/// Signs the addresses at which the validator is found.
		pub authority_discovery: AuthorityDiscovery,
		/// Signs votes on results. An attestor's bond answers for it, not its stake.
		pub attestation: Attestation,
	}
}

/// The runtime's version.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: alloc::borrow::Cow::Borrowed("core-terminal"),
	impl_name: alloc::borrow::Cow::Borrowed("core-terminal"),
	// Counts what consensus uses to make blocks.
	authoring_version: 1,
	// Raised with every change of metadata or behaviour.
	spec_version: 1,
	impl_version: 1,
	apis: apis::RUNTIME_API_VERSIONS,
	// Raised when transactions change their shape.
	transaction_version: 1,
	system_version: 1,
};

/// Migrations that run in the first block of a new version. None yet.
pub type SingleBlockMigrations = ();

/// Executes blocks.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

// Hooks and genesis run in the order of the indices. What must come before what:
//
// - ChainTimes right after System: others read their lengths from it at genesis.
// - Authorship before Session, so that points go to who was a validator.
// - Balances, then Staking, then Session, then those who hold session keys (except Babe, which
//   must see a block before Session does).
// - Muster after Attestation, whose accumulator of the block before it draws from.
// - Supply after everything that endows an account at genesis: it notes the genesis issuance.
#[frame_support::runtime]
mod runtime {
	/// The runtime.
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	// The ground.
	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type ChainTimes = times;
	#[runtime::pallet_index(2)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(3)]
	pub type Babe = pallet_babe;
	#[runtime::pallet_index(4)]
	pub type Authorship = pallet_authorship;
	#[runtime::pallet_index(5)]
	pub type MultiBlockMigrations = pallet_migrations;

	// Money.
	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(11)]
	pub type TransactionPayment = pallet_transaction_payment;
	#[runtime::pallet_index(12)]
	pub type Treasury = pallet_treasury;
	#[runtime::pallet_index(13)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(14)]
	pub type AssetsHolder = pallet_assets_holder;

	// Consensus.
	#[runtime::pallet_index(20)]
	pub type Staking = pallet_staking;
	#[runtime::pallet_index(21)]
	pub type VoterList = pallet_bags_list<Instance1>;
	#[runtime::pallet_index(22)]
	pub type Offences = pallet_offences;
	#[runtime::pallet_index(23)]
	pub type Historical = pallet_session_historical;
	#[runtime::pallet_index(24)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(25)]
	pub type Grandpa = pallet_grandpa;
	#[runtime::pallet_index(26)]
	pub type AuthorityDiscovery = pallet_authority_discovery;

	// Calls in another's name, later, or together.
	#[runtime::pallet_index(30)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(31)]
	pub type Multisig = pallet_multisig;
	#[runtime::pallet_index(32)]
	pub type Proxy = pallet_proxy;
	#[runtime::pallet_index(33)]
	pub type Preimage = pallet_preimage;
	#[runtime::pallet_index(34)]
	pub type Scheduler = pallet_scheduler;
	#[runtime::pallet_index(35)]
	pub type Sudo = pallet_sudo;

	// The marketplace, in the direction of knowledge.
	#[runtime::pallet_index(40)]
	pub type Models = pallet_models;
	#[runtime::pallet_index(41)]
	pub type Providers = pallet_providers;
	#[runtime::pallet_index(42)]
	pub type Leases = pallet_leases;
	#[runtime::pallet_index(43)]
	pub type Attestation = pallet_attestation;
	#[runtime::pallet_index(44)]
	pub type Market = pallet_market;
	#[runtime::pallet_index(45)]
	pub type Muster = pallet_muster;

	// Last of those that know money: notes the genesis issuance.
	#[runtime::pallet_index(49)]
	pub type Supply = pallet_supply;
}
