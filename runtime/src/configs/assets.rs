//! Other money than TCT: what leases may be paid in, if governance approves it.
//!
//! Nobody makes an asset for a fee here. Root creates one (`force_create`: a stablecoin, or what a
//! bridge brings) and names who issues and freezes it; `leases.approve_asset`, root again, lets new
//! leases be paid in it. Both are one step each, because an issuer can take and freeze what lies
//! free in any account: an asset that anybody could make would be a way to sell consumers and
//! providers something worthless under a good name. What is on hold for a lease no issuer reaches
//! (pallet-leases, LEASE-2 and LEASE-14).

use crate::{
	AccountId, AssetsHolder, Balance, Balances, Leases, Runtime, RuntimeEvent, RuntimeHoldReason,
	MILLI,
};
use codec::Compact;
use frame_support::{
	parameter_types,
	traits::{AsEnsureOriginWithArg, ConstU32},
};
use frame_system::{EnsureNever, EnsureRoot};
use pallet_assets::AssetsCallback;
use terminal_primitives::AssetId;

use super::economy::storage_deposit;

parameter_types! {
	/// Never asked for: root creates assets without one.
	pub const AssetDeposit: Balance = storage_deposit(1, 190);
	/// For an account of an asset that does not keep accounts alive by itself.
	pub const AssetAccountDeposit: Balance = storage_deposit(1, 84);
	/// For a name of an asset that its owner gives.
	pub const MetadataDepositBase: Balance = storage_deposit(1, 68);
	/// For each byte of it.
	pub const MetadataDepositPerByte: Balance = storage_deposit(0, 1);
	/// For a leave to spend another's.
	pub const ApprovalDeposit: Balance = storage_deposit(1, 116) + MILLI;
}

/// Tells leases what is gone for good.
pub struct ForgetAsset;

impl AssetsCallback<AssetId, AccountId> for ForgetAsset {
	fn destroyed(id: &AssetId) -> Result<(), ()> {
		Leases::forget_asset(*id);
		Ok(())
	}
}

impl pallet_assets::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Balance = Balance;
	// As on Polkadot's system chains: what one call of `destroy_accounts` may weigh.
	type RemoveItemsLimit = ConstU32<1000>;
	type AssetId = AssetId;
	type AssetIdParameter = Compact<AssetId>;
	type ReserveData = ();
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureNever<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetDeposit = AssetDeposit;
	type AssetAccountDeposit = AssetAccountDeposit;
	type MetadataDepositBase = MetadataDepositBase;
	type MetadataDepositPerByte = MetadataDepositPerByte;
	type ApprovalDeposit = ApprovalDeposit;
	type StringLimit = ConstU32<32>;
	type Freezer = ();
	// Escrows: an asset that is held anywhere cannot be destroyed.
	type Holder = AssetsHolder;
	type Extra = ();
	type CallbackHandle = ForgetAsset;
	type AssetIdAllocator = ();
	type WeightInfo = crate::weights::AssetsWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

impl pallet_assets_holder::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeEvent = RuntimeEvent;
}
