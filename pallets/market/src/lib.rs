#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![warn(missing_docs)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod bids;
mod clock;
mod dispatch;
mod errors;
mod escrow;
mod events;
mod hooks;
#[cfg(any(feature = "std", feature = "try-runtime"))]
pub mod invariants;
pub mod lifecycle;
pub mod matching;
#[cfg(test)]
mod mock;
mod offers;
mod orders;
mod params;
pub mod pricing;
mod reservations;
pub mod runtime_api;
mod storage;
#[cfg(test)]
mod tests;
pub mod types;
mod views;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::{pallet_macros::import_section, traits::fungible};
use sp_runtime::SaturatedConversion;
use terminal_primitives::{
	purse::{Funds, Purse},
	BlockNumber,
};

pub(crate) const LOG_TARGET: &str = "runtime::market";

type AccountIdOf<T> = <T as frame_system::Config>::AccountId;

/// TCT on its way from a hold to whom it is for.
pub type CreditOf<T> = fungible::Credit<AccountIdOf<T>, <T as Config>::Currency>;

/// TCT or an asset on its way from a hold to whom it is for.
pub(crate) type FundsOf<T> = Funds<AccountIdOf<T>, <T as Config>::Currency, <T as Config>::Assets>;

/// All that moves funds.
pub(crate) type PurseOf<T> = Purse<
	AccountIdOf<T>,
	<T as Config>::Currency,
	<T as Config>::Assets,
	<T as Config>::AssetHolds,
>;

/// The block being built.
pub(crate) fn now_block<T: frame_system::Config>() -> BlockNumber {
	frame_system::Pallet::<T>::block_number().saturated_into()
}

#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(storage::storage)]
#[import_section(dispatch::dispatch)]
#[frame_support::pallet]
#[allow(clippy::too_many_arguments)] // Calls are flat, so that wallets show each argument by name.
pub mod pallet {
	use super::*;
	use crate::runtime_api::{
		OfferFilter, OfferPage, OfferQuote, OfferView, OrderPage, OrderView, QuoteError,
		ReservationPage,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{Balanced, BalancedHold, Inspect, Mutate, MutateHold},
			fungibles, Time,
		},
		weights::WeightMeter,
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use terminal_primitives::{
		ledger::BurnLedger,
		market::{
			Availability, Bookings, LeaseBook, LeaseTerms, MachineMatch, Machines, Requirements,
		},
		wheel::DueBlock,
		AssetId, Balance, Digest, LeaseId, MachineId, Moment, VersionId,
	};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The runtime's hold reasons.
		type RuntimeHoldReason: From<HoldReason>;

		/// TCT.
		type Currency: Inspect<Self::AccountId, Balance = Balance>
			+ Mutate<Self::AccountId>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ Balanced<Self::AccountId>
			+ BalancedHold<Self::AccountId>;

		/// Assets, some of which leases are paid in.
		type Assets: fungibles::Inspect<Self::AccountId, AssetId = AssetId, Balance = Balance>
			+ fungibles::Balanced<Self::AccountId>;

		/// Their holds.
		type AssetHolds: fungibles::Inspect<Self::AccountId, AssetId = AssetId, Balance = Balance>
			+ fungibles::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ fungibles::UnbalancedHold<Self::AccountId>;

		/// The clock, in milliseconds.
		type Time: Time<Moment = Moment>;

		/// Machines, read only: leases reserve their units.
		type Machines: Machines<Self::AccountId>;

		/// Their capacity for a time to come.
		type Bookings: Bookings;

		/// What is free when, for quotes.
		type Availability: Availability;

		/// Whether a machine is what an order asks for.
		type MachineMatch: MachineMatch;

		/// Where leases are opened.
		type LeaseBook: LeaseBook<Self::AccountId>;

		/// Milliseconds in which leases let an agreed lease be started.
		type StartWindow: Get<Moment>;

		/// What the protocol takes of a lease's price, for quotes.
		type Fees: Get<FeeShares>;

		/// Who burns dust that nobody can receive.
		type Burn: BurnLedger<CreditOf<Self>>;

		/// Names the account that keeps what a payee could not receive.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Builds what benchmarks need of other pallets.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			T::WeightInfo::watch_clock()
		}

		fn on_finalize(_: BlockNumberFor<T>) {
			clock::tick::<T>()
		}

		fn on_idle(now: BlockNumberFor<T>, remaining: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(remaining);
			hooks::drain::<T>(now.saturated_into(), &mut meter);
			meter.consumed()
		}

		fn integrity_test() {
			assert_eq!(
				Parameters::default().validate(T::StartWindow::get()),
				Ok(())
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			invariants::check::<T>()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The offers that `filter` lets through, ascending from `from` on, at most `limit` and at
		/// most 100. `next` is where to go on.
		pub fn offers(filter: OfferFilter, from: OfferId, limit: u32) -> OfferPage<T::AccountId> {
			views::offers::<T>(filter, from, limit)
		}

		/// One offer.
		pub fn offer(offer: OfferId) -> Option<OfferView<T::AccountId>> {
			views::offer::<T>(offer)
		}

		/// What a consumer agrees to when it takes the offer.
		pub fn offer_hash(offer: OfferId) -> Option<Digest> {
			Offers::<T>::get(offer).map(|found| found.hash(offer))
		}

		/// The orders, ascending from `from` on, at most `limit` and at most 100; with `machine`
		/// only those it could bid on.
		pub fn orders(
			machine: Option<MachineId>,
			from: OrderId,
			limit: u32,
		) -> OrderPage<T::AccountId> {
			views::orders::<T>(machine, from, limit)
		}

		/// One order with its bids.
		pub fn order(order: OrderId) -> Option<OrderView<T::AccountId>> {
			views::order::<T>(order)
		}

		/// The orders of a consumer, in no particular order: see the runtime API.
		pub fn own_orders(
			account: T::AccountId,
			from: Option<OrderId>,
			limit: u32,
		) -> OrderPage<T::AccountId> {
			views::own_orders::<T>(account, from, limit)
		}

		/// The reservations of an account, in no particular order: see the runtime API.
		pub fn own_reservations(
			account: T::AccountId,
			from: Option<ReservationId>,
			limit: u32,
		) -> ReservationPage<T::AccountId> {
			views::own_reservations::<T>(account, from, limit)
		}

		/// What a lease by that offer would cost now, and when it could begin.
		pub fn quote(
			offer: OfferId,
			units: u32,
			duration_seconds: u32,
			version: Option<VersionId>,
		) -> Result<OfferQuote, QuoteError> {
			views::quote::<T>(offer, units, duration_seconds, version)
		}

		/// What waits in the pot for an account, in base units of `asset` (`None`: TCT).
		pub fn claimable(account: T::AccountId, asset: Option<AssetId>) -> Balance {
			Claims::<T>::get(account, asset).unwrap_or_default()
		}
	}
}
