//! The configurations that every mock repeats.

/// `frame_system` with [`crate::AccountId`], `u32` block numbers and balances' account data.
#[macro_export]
macro_rules! impl_system {
	($runtime:ident) => {
		#[frame_support::derive_impl(frame_system::config_preludes::TestDefaultConfig)]
		impl frame_system::Config for $runtime {
			type Block = $crate::Block<$runtime>;
			type AccountId = $crate::AccountId;
			type Lookup = $crate::Lookup;
			type AccountData = pallet_balances::AccountData<$crate::Balance>;
		}
	};
}

/// `pallet_timestamp` without a listener.
#[macro_export]
macro_rules! impl_timestamp {
	($runtime:ident) => {
		#[frame_support::derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
		impl pallet_timestamp::Config for $runtime {
			type Moment = $crate::Moment;
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
		#[frame_support::derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
		impl pallet_balances::Config for $runtime {
			type Balance = $crate::Balance;
			type ExistentialDeposit = $crate::ExistentialDeposit;
			type AccountStore = frame_system::Pallet<$runtime>;
			type DustRemoval = $dust;
		}
	};
}
