//! Who may do what in another's name: sudo on test networks, proxies, the scheduler and its
//! preimages.

use crate::{
	weights, AccountId, Balance, Balances, OriginCaller, Preimage, Runtime, RuntimeCall,
	RuntimeEvent, RuntimeHoldReason, RuntimeOrigin, System,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{
		fungible::HoldConsideration, ConstU128, ConstU32, EqualPrivilegeOnly, InstanceFilter,
		LinearStoragePrice,
	},
	weights::Weight,
};
use frame_system::EnsureRoot;
use scale_info::TypeInfo;
use sp_runtime::{traits::BlakeTwo256, Perbill};

use super::economy::storage_deposit;

impl pallet_sudo::Config for Runtime {
	// The key is set in the development and local presets only. Without one no call succeeds.
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}

/// What a proxy may do for its principal.
#[derive(
	Copy,
	Clone,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ProxyType {
	/// Everything.
	#[default]
	#[codec(index = 0)]
	Any,
	/// Nothing that moves the principal's funds. (Staking can still name another payee of rewards
	/// to come.)
	#[codec(index = 1)]
	NonTransfer,
	/// All of the marketplace: list, lease, provide, settle, bond.
	#[codec(index = 2)]
	Marketplace,
	/// What a provider's daemon signs for its machines. It can neither unbond nor change where a
	/// machine is reached or who is paid.
	#[codec(index = 3)]
	ProviderAgent,
	/// Stake, nominate, validate, and set session keys.
	#[codec(index = 4)]
	Staking,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		// Calls inside a batch are filtered again, so a batch is allowed to everybody.
		let batch = matches!(call, RuntimeCall::Utility(..));
		match self {
			Self::Any => true,
			// A list of what is allowed: a pallet that comes later is refused until it is read.
			Self::NonTransfer => {
				batch
					|| matches!(
						call,
						RuntimeCall::System(..)
							| RuntimeCall::Staking(..)
							| RuntimeCall::Session(..)
							| RuntimeCall::VoterList(..)
							| RuntimeCall::Multisig(..)
							| RuntimeCall::Preimage(..)
					)
			},
			Self::Marketplace => batch || super::marketplace::is_marketplace(call),
			Self::ProviderAgent => batch || super::marketplace::is_agents(call),
			Self::Staking => {
				batch
					|| matches!(
						call,
						RuntimeCall::Staking(..)
							| RuntimeCall::Session(..)
							| RuntimeCall::VoterList(..)
					)
			},
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		match (self, other) {
			(a, b) if a == b => true,
			(Self::Any, _) => true,
			(Self::NonTransfer, Self::Staking) => true,
			(Self::Marketplace, Self::ProviderAgent) => true,
			_ => false,
		}
	}
}

impl pallet_proxy::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type ProxyType = ProxyType;
	// One item of account, proxy type and delay; the factor is one more entry in it.
	type ProxyDepositBase = ConstU128<{ storage_deposit(1, 8) }>;
	type ProxyDepositFactor = ConstU128<{ storage_deposit(0, 37) }>;
	// A provider with many machines may want one agent for each.
	type MaxProxies = ConstU32<32>;
	type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
	type MaxPending = ConstU32<32>;
	type CallHasher = BlakeTwo256;
	type AnnouncementDepositBase = ConstU128<{ storage_deposit(1, 8) }>;
	type AnnouncementDepositFactor = ConstU128<{ storage_deposit(0, 66) }>;
	type BlockNumberProvider = System;
}

parameter_types! {
	/// The hold on a preimage.
	pub const PreimageHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Preimage(pallet_preimage::HoldReason::Preimage);
	/// The price of one stored preimage.
	pub const PreimageBaseDeposit: Balance = storage_deposit(2, 64);
	/// The price of one of its bytes.
	pub const PreimageByteDeposit: Balance = storage_deposit(0, 1);
}

impl pallet_preimage::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_preimage::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type ManagerOrigin = EnsureRoot<AccountId>;
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		PreimageHoldReason,
		LinearStoragePrice<PreimageBaseDeposit, PreimageByteDeposit, Balance>,
	>;
}

parameter_types! {
	/// Four fifths of a block: scheduled calls never crowd out inherents.
	pub MaximumSchedulerWeight: Weight =
		Perbill::from_percent(80) * weights::BlockWeights::get().max_block;
}

impl pallet_scheduler::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type PalletsOrigin = OriginCaller;
	type RuntimeCall = RuntimeCall;
	type MaximumWeight = MaximumSchedulerWeight;
	// Root only: a schedule open to all would need a deposit and a fee.
	type ScheduleOrigin = EnsureRoot<AccountId>;
	type OriginPrivilegeCmp = EqualPrivilegeOnly;
	// Benchmarks fill a block's agenda to this.
	#[cfg(feature = "runtime-benchmarks")]
	type MaxScheduledPerBlock = ConstU32<512>;
	#[cfg(not(feature = "runtime-benchmarks"))]
	type MaxScheduledPerBlock = ConstU32<50>;
	type WeightInfo = pallet_scheduler::weights::SubstrateWeight<Runtime>;
	type Preimages = Preimage;
	type BlockNumberProvider = System;
}
