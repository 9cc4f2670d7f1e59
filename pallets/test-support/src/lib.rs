//! What the pallets' mocks and tests share. Dev-only: no runtime code depends on it.
//!
//! A mock is a `construct_runtime!` plus three lines:
//!
//! ```ignore
//! construct_runtime!(pub enum Test { System: frame_system, Timestamp: pallet_timestamp,
//!     Balances: pallet_balances, Leases: pallet_leases });
//! terminal_test_support::impl_system!(Test);
//! terminal_test_support::impl_timestamp!(Test);
//! terminal_test_support::impl_balances!(Test); // or (Test, dust = SomeHandler)
//! ```
//!
//! [`mocks`] has an implementation of every trait of `terminal-primitives`. Their state lives in
//! the externalities, so that it is rolled back with a failed call, is part of what `assert_noop!`
//! compares, and is fresh in each test.

mod blocks;
pub mod coin;
mod externalities;
mod macros;
pub mod mocks;

pub use blocks::{run_blocks, run_to_block, set_time_ms, skip_time_ms, BLOCK_MS, GENESIS_MS};
pub use externalities::{account, contents, events, externalities, genesis, take_events};
pub use mocks::{
	MockAttestorFees, MockBegun, MockBonds, MockBurn, MockGuard, MockJobProgress, MockJobs,
	MockLeaseBook, MockLeased, MockMachines, MockModels, MockRoyalties, MockUptime,
};
/// Storage without a trie, for tests that read and write millions of times: what the SDK's
/// [`sp_io::TestExternalities`] has above its trie, alone. No roots, no proofs.
pub use sp_state_machine::BasicExternalities;
pub use terminal_primitives::{Balance, BlockNumber, Moment, MILLI, UNIT};

use sp_runtime::{
	traits::{IdentifyAccount, Verify},
	MultiSignature,
};

/// As the runtime's: so that encoded accounts have the length they have in production.
pub type AccountId = <<MultiSignature as Verify>::Signer as IdentifyAccount>::AccountId;
/// The mocks' block: its number is a `u32`, as the runtime's.
pub type Block<Runtime> = frame_system::mocking::MockBlockU32<Runtime>;
/// As the runtime's.
pub type Hash = sp_core::H256;
/// As the runtime's.
pub type Hashing = sp_runtime::traits::BlakeTwo256;
/// Accounts are looked up as themselves.
pub type Lookup = sp_runtime::traits::IdentityLookup<AccountId>;

/// A thousandth of one TCT, as in production.
pub const EXISTENTIAL_DEPOSIT: Balance = 1_000_000_000;

frame_support::parameter_types! {
	/// [`EXISTENTIAL_DEPOSIT`] as a `Get`.
	pub const ExistentialDeposit: Balance = EXISTENTIAL_DEPOSIT;
	/// Where mocks send the treasury's share. Endowed with one existential deposit.
	pub TreasuryAccount: AccountId = account(0xF001);
	/// Where [`MockRoyalties`] sends royalties. Endowed with one existential deposit.
	pub RoyaltyAccount: AccountId = account(0xF002);
	/// Where [`MockAttestorFees`] sends fees. Endowed with one existential deposit.
	pub AttestorAccount: AccountId = account(0xF003);
}

#[cfg(test)]
mod tests;
