//! The configurations that every mock repeats. Written out, because `derive_impl` does not work
//! inside `macro_rules`.

/// `frame_system` with [`crate::AccountId`], `u32` block numbers and balances' account data;
/// `blocks = W` sets `BlockWeights`.
#[macro_export]
macro_rules! impl_system {
	($runtime:ident) => {
		$crate::impl_system!($runtime, blocks = ());
	};
	($runtime:ident, blocks = $blocks:ty) => {
		impl frame_system::Config for $runtime {
			type RuntimeEvent = RuntimeEvent;
			type BaseCallFilter = frame_support::traits::Everything;
			type BlockWeights = $blocks;
			type BlockLength = ();
			type RuntimeOrigin = RuntimeOrigin;
			type RuntimeCall = RuntimeCall;
			type RuntimeTask = RuntimeTask;
			type Nonce = u32;
			type Hash = $crate::Hash;
			type Hashing = $crate::Hashing;
			type AccountId = $crate::AccountId;
			type Lookup = $crate::Lookup;
			type Block = $crate::Block<$runtime>;
			type BlockHashCount = frame_support::traits::ConstU32<10>;
			type DbWeight = ();
			type Version = ();
			type PalletInfo = PalletInfo;
			type AccountData = pallet_balances::AccountData<$crate::Balance>;
			type OnNewAccount = ();
			type OnKilledAccount = ();
			type SystemWeightInfo = ();
			type ExtensionsWeightInfo = ();
			type SS58Prefix = ();
			type OnSetCode = ();
			type MaxConsumers = frame_support::traits::ConstU32<16>;
			type SingleBlockMigrations = ();
			type MultiBlockMigrator = ();
			type PreInherents = ();
			type PostInherents = ();
			type PostTransactions = ();
		}
	};
}

/// `pallet_timestamp` without a listener.
#[macro_export]
macro_rules! impl_timestamp {
	($runtime:ident) => {
		impl pallet_timestamp::Config for $runtime {
			type Moment = $crate::Moment;
			type OnTimestampSet = ();
			type MinimumPeriod = frame_support::traits::ConstU64<1>;
			type WeightInfo = ();
		}
	};
}

/// `pallet_assets` and `pallet_assets_holder`: created by root alone, `$forget` hears of what is
/// destroyed.
#[macro_export]
macro_rules! impl_assets {
	($runtime:ident) => {
		$crate::impl_assets!($runtime, forget = ());
	};
	($runtime:ident, forget = $forget:ty) => {
		impl pallet_assets::Config for $runtime {
			type RuntimeEvent = RuntimeEvent;
			type Balance = $crate::Balance;
			type RemoveItemsLimit = frame_support::traits::ConstU32<1000>;
			type AssetId = terminal_primitives::AssetId;
			type AssetIdParameter = codec::Compact<terminal_primitives::AssetId>;
			type ReserveData = ();
			type Currency = Balances;
			type CreateOrigin = frame_support::traits::AsEnsureOriginWithArg<
				frame_system::EnsureNever<$crate::AccountId>,
			>;
			type ForceOrigin = frame_system::EnsureRoot<$crate::AccountId>;
			type AssetDeposit = frame_support::traits::ConstU128<0>;
			type AssetAccountDeposit = $crate::ExistentialDeposit;
			type MetadataDepositBase = frame_support::traits::ConstU128<0>;
			type MetadataDepositPerByte = frame_support::traits::ConstU128<0>;
			type ApprovalDeposit = $crate::ExistentialDeposit;
			type StringLimit = frame_support::traits::ConstU32<32>;
			type Freezer = ();
			type Holder = AssetsHolder;
			type Extra = ();
			type CallbackHandle = $forget;
			type AssetIdAllocator = ();
			type WeightInfo = ();
			#[cfg(feature = "runtime-benchmarks")]
			type BenchmarkHelper = ();
		}

		impl pallet_assets_holder::Config for $runtime {
			type RuntimeHoldReason = RuntimeHoldReason;
			type RuntimeEvent = RuntimeEvent;
		}
	};
}

/// `pallet_balances` with production's existential deposit; `dust = H` sets `DustRemoval`.
#[macro_export]
macro_rules! impl_balances {
	($runtime:ident) => {
		$crate::impl_balances!($runtime, dust = ());
	};
	($runtime:ident, dust = $dust:ty) => {
		impl pallet_balances::Config for $runtime {
			type RuntimeEvent = RuntimeEvent;
			type RuntimeHoldReason = RuntimeHoldReason;
			type RuntimeFreezeReason = RuntimeFreezeReason;
			type WeightInfo = ();
			type Balance = $crate::Balance;
			type DustRemoval = $dust;
			type ExistentialDeposit = $crate::ExistentialDeposit;
			type AccountStore = frame_system::Pallet<$runtime>;
			type ReserveIdentifier = [u8; 8];
			type FreezeIdentifier = RuntimeFreezeReason;
			type MaxLocks = frame_support::traits::ConstU32<50>;
			type MaxReserves = frame_support::traits::ConstU32<50>;
			type MaxFreezes = frame_support::traits::VariantCountOf<RuntimeFreezeReason>;
			type DoneSlashHandler = ();
		}
	};
}
