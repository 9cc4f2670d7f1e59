//! Weights of pallet-assets' calls with what hangs on them here.
//!
//! The SDK measured them without a `Holder` and without a callback. Here pallet-assets-holder is asked
//! what is on hold whenever an account is debited, and when one dies it looks at both its entries and
//! removes them: for each of up to a thousand accounts in one `destroy_accounts`, which anybody may
//! send once an owner has begun to destroy an asset. `finish_destroy` tells leases.
//!
//! Counted, not measured: reads and writes at their price, and a few microseconds for the rest.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};
use pallet_assets::{weights::SubstrateWeight as Sdk, WeightInfo};

/// The SDK's, with reads and writes of the holder and of leases.
pub struct AssetsWeight<T>(PhantomData<T>);

/// What the holder does for so many accounts that die: `Holds` and `BalancesOnHold` are read and
/// removed.
fn dying<T: frame_system::Config>(accounts: u32) -> Weight {
	Weight::from_parts(5_000_000, 0)
		.saturating_add(T::DbWeight::get().reads_writes(2, 2))
		.saturating_mul(accounts.into())
}

/// What leases do for an asset that is gone: its approval, their count, and its id for ever.
fn forgotten<T: frame_system::Config>() -> Weight {
	Weight::from_parts(15_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(2, 3))
}

/// Those on which nothing hangs.
macro_rules! as_measured {
	($($name:ident($($component:ident),*);)*) => {
		$(fn $name($($component: u32),*) -> Weight {
			Sdk::<T>::$name($($component),*)
		})*
	};
}

impl<T: frame_system::Config> WeightInfo for AssetsWeight<T> {
	fn start_destroy() -> Weight {
		Sdk::<T>::start_destroy().saturating_add(T::DbWeight::get().reads(1))
	}
	fn destroy_accounts(c: u32) -> Weight {
		Sdk::<T>::destroy_accounts(c).saturating_add(dying::<T>(c))
	}
	fn finish_destroy() -> Weight {
		Sdk::<T>::finish_destroy().saturating_add(forgotten::<T>())
	}
	fn burn() -> Weight {
		Sdk::<T>::burn().saturating_add(dying::<T>(1))
	}
	fn transfer() -> Weight {
		Sdk::<T>::transfer().saturating_add(dying::<T>(1))
	}
	fn transfer_keep_alive() -> Weight {
		Sdk::<T>::transfer_keep_alive().saturating_add(T::DbWeight::get().reads(1))
	}
	fn force_transfer() -> Weight {
		Sdk::<T>::force_transfer().saturating_add(dying::<T>(1))
	}
	fn transfer_approved() -> Weight {
		Sdk::<T>::transfer_approved().saturating_add(dying::<T>(1))
	}
	fn refund() -> Weight {
		Sdk::<T>::refund().saturating_add(dying::<T>(1))
	}
	fn refund_other() -> Weight {
		Sdk::<T>::refund_other().saturating_add(dying::<T>(1))
	}
	fn transfer_all() -> Weight {
		Sdk::<T>::transfer_all().saturating_add(dying::<T>(1))
	}
	fn balance() -> Weight {
		Sdk::<T>::balance().saturating_add(T::DbWeight::get().reads(1))
	}

	as_measured! {
		create();
		force_create();
		destroy_approvals(a);
		mint();
		freeze();
		thaw();
		freeze_asset();
		thaw_asset();
		transfer_ownership();
		set_team();
		set_reserves(n);
		set_metadata(n, s);
		clear_metadata();
		force_set_metadata(n, s);
		force_clear_metadata();
		force_asset_status();
		approve_transfer();
		cancel_approval();
		force_cancel_approval();
		set_min_balance();
		touch();
		touch_other();
		block();
		total_issuance();
		allowance();
		migration_v2_foreign_asset_set_reserve_weight();
		get_metadata();
	}
}
