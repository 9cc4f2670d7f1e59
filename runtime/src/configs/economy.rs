//! Money: balances, the burn ledger and emission, transaction fees, the treasury.

use crate::{
	times, AccountId, Authorship, Balance, Balances, Runtime, RuntimeEvent, RuntimeFreezeReason,
	RuntimeHoldReason, Supply, System, Treasury, MICRO, MILLI, UNIT,
};
use frame_support::{
	parameter_types,
	traits::{
		fungible::{Balanced, Credit},
		tokens::{PayFromAccount, UnityAssetBalanceConversion},
		ConstU32, ConstU8, Get, OnUnbalanced, VariantCountOf,
	},
	weights::{ConstantMultiplier, IdentityFee},
	PalletId,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess};
use pallet_transaction_payment::{FungibleAdapter, Multiplier, TargetedFeeAdjustment};
use sp_runtime::{
	traits::{Bounded, IdentityLookup},
	FixedPointNumber, Permill, Perquintill,
};
use terminal_primitives::ledger::{BurnLedger, BurnSource};

/// The deposit for `items` storage items of `bytes` bytes together: 0.02 TCT an item and 0.0001
/// TCT a byte, so a full block of state (5 MiB) binds about 500 TCT for as long as it stays.
pub const fn storage_deposit(items: u32, bytes: u32) -> Balance {
	(items as Balance) * 20 * MILLI + (bytes as Balance) * 100 * MICRO
}

parameter_types! {
	/// A thousandth of a TCT keeps an account alive: dust, but a million empty accounts bind a
	/// thousand TCT.
	pub const ExistentialDeposit: Balance = MILLI;
}

impl pallet_balances::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
	type Balance = Balance;
	// Burned, by name.
	type DustRemoval = pallet_supply::BurnDust<Runtime>;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
	type ReserveIdentifier = [u8; 8];
	type FreezeIdentifier = RuntimeFreezeReason;
	// Locks and named reserves are the older way: few pallets still use them.
	type MaxLocks = ConstU32<50>;
	type MaxReserves = ConstU32<50>;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
	type DoneSlashHandler = ();
}

/// Funds without an owner yet.
pub type RuntimeCredit = Credit<AccountId, Balances>;

/// Credits the treasury's share of marketplace fees.
///
/// If the treasury's account was emptied and the share is less than the existential deposit, it
/// cannot be received; then it is burned like the burned share, by name, rather than dropped past
/// the ledger.
pub struct ToTreasury;

impl OnUnbalanced<RuntimeCredit> for ToTreasury {
	fn on_nonzero_unbalanced(credit: RuntimeCredit) {
		if let Err(credit) = Balances::resolve(&TreasuryAccount::get(), credit) {
			<Supply as BurnLedger<_>>::burn(BurnSource::LeaseFee, credit);
		}
	}
}

/// Who made this block.
pub struct BlockAuthor;

impl Get<Option<AccountId>> for BlockAuthor {
	fn get() -> Option<AccountId> {
		Authorship::author()
	}
}

parameter_types! {
	/// The most that is ever issued, genesis included: a thousand million TCT. A burn reopens
	/// nothing.
	pub const SupplyCap: Balance = 1_000_000_000 * UNIT;
}

impl pallet_supply::Config for Runtime {
	type Currency = Balances;
	type Cap = SupplyCap;
	type TreasuryAccount = TreasuryAccount;
	type Author = BlockAuthor;
	type WeightInfo = pallet_supply::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// One TCT buys one second of computing: a base unit is a picosecond of declared weight.
	/// (See `WeightToFee`.) A byte costs as much as a microsecond, so that a block filled with
	/// bytes costs more than one filled with work.
	pub const TransactionByteFee: Balance = MICRO;
	/// Fees rise when ordinary transactions fill more than a quarter of the weight that is theirs.
	pub const TargetBlockFullness: Perquintill = Perquintill::from_percent(25);
	/// How fast: a block full of them raises the fee by 0.0056 %, so that full blocks double it in
	/// twenty and a half hours of production (12,323 blocks).
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(75, 1_000_000);
	/// A tenth at least: the multiplier can always come back up from there.
	pub MinimumMultiplier: Multiplier = Multiplier::saturating_from_rational(1, 10);
	/// No upper bound.
	pub MaximumMultiplier: Multiplier = Bounded::max_value();
}

impl pallet_transaction_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	// Most of the base fee is burned, the rest and the tip go to the author.
	type OnChargeTransaction = FungibleAdapter<Balances, pallet_supply::DealWithFees<Runtime>>;
	type WeightToFee = IdentityFee<Balance>;
	type LengthToFee = ConstantMultiplier<Balance, TransactionByteFee>;
	type FeeMultiplierUpdate = TargetedFeeAdjustment<
		Runtime,
		TargetBlockFullness,
		AdjustmentVariable,
		MinimumMultiplier,
		MaximumMultiplier,
	>;
	// Proofs and votes come before ordinary transactions at equal fees.
	type OperationalFeeMultiplier = ConstU8<5>;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// From which the treasury's account is derived.
	pub const TreasuryPalletId: PalletId = PalletId(*b"tct/trsy");
	/// The treasury burns nothing that it did not spend: burning has its own ledger.
	pub const TreasuryBurn: Permill = Permill::zero();
	/// The treasury's account.
	pub TreasuryAccount: AccountId = Treasury::account_id();
	/// Root may spend any amount.
	pub const MaxSpend: Balance = Balance::MAX;
}

impl pallet_treasury::Config for Runtime {
	type Currency = Balances;
	type RejectOrigin = EnsureRoot<AccountId>;
	type RuntimeEvent = RuntimeEvent;
	// One day, whatever the slot.
	type SpendPeriod = times::Blocks<Runtime, { 24 * 60 * 60 }>;
	type Burn = TreasuryBurn;
	type PalletId = TreasuryPalletId;
	// Never reached, as `Burn` is zero.
	type BurnDestination = ();
	type WeightInfo = pallet_treasury::weights::SubstrateWeight<Runtime>;
	type SpendFunds = ();
	type MaxApprovals = ConstU32<100>;
	type SpendOrigin = EnsureRootWithSuccess<AccountId, MaxSpend>;
	// TCT only, so the kind of asset says nothing.
	type AssetKind = ();
	type Beneficiary = AccountId;
	type BeneficiaryLookup = IdentityLookup<AccountId>;
	type Paymaster = PayFromAccount<Balances, TreasuryAccount>;
	type BalanceConverter = UnityAssetBalanceConversion;
	// Thirty days to claim what was approved.
	type PayoutPeriod = times::Blocks<Runtime, { 30 * 24 * 60 * 60 }>;
	type BlockNumberProvider = System;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = benchmarking::TreasuryArguments;
}

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking {
	use super::*;

	/// Makes arguments for the treasury's benchmarks.
	pub struct TreasuryArguments;

	impl pallet_treasury::ArgumentsFactory<(), AccountId> for TreasuryArguments {
		fn create_asset_kind(_: u32) {}

		fn create_beneficiary(seed: [u8; 32]) -> AccountId {
			AccountId::from(seed)
		}
	}
}
