#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![warn(missing_docs)]

extern crate alloc;

mod agreed;
mod assets;
mod batches;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
pub mod changes;
mod closing;
mod dispatch;
mod disputes;
mod errors;
mod escrow;
mod events;
pub mod funding;
mod hooks;
#[cfg(any(feature = "std", feature = "try-runtime"))]
pub mod invariants;
pub mod lifecycle;
pub mod meter;
#[cfg(test)]
mod mock;
mod moving;
mod opening;
mod orders;
mod params;
pub mod pricing;
mod receipts;
mod records;
mod running;
pub mod runtime_api;
#[cfg(test)]
mod tests;
pub mod types;
mod views;
mod vouchers;
pub mod weights;
mod worst;

pub use batches::{Batch, Vouchers, MAX_BATCH};
#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::{pallet_macros::import_section, traits::fungible};
use sp_runtime::SaturatedConversion;
use terminal_primitives::{
	purse::{Funds, Purse},
	uptime::VerifiedUptime,
	BlockNumber,
};

pub(crate) const LOG_TARGET: &str = "runtime::leases";

/// TCT on its way from a hold to whom it is for.
pub type CreditOf<T> =
	fungible::Credit<<T as frame_system::Config>::AccountId, <T as Config>::Currency>;

/// TCT or an asset on its way from a hold to whom it is for.
pub(crate) type FundsOf<T> =
	Funds<<T as frame_system::Config>::AccountId, <T as Config>::Currency, <T as Config>::Assets>;

/// All that moves funds.
pub(crate) type PurseOf<T> = Purse<
	<T as frame_system::Config>::AccountId,
	<T as Config>::Currency,
	<T as Config>::Assets,
	<T as Config>::AssetHolds,
>;

/// What a machine has proven: read once in a call and handed down.
pub(crate) type ProvenOf<T> = <<T as Config>::Uptime as VerifiedUptime>::Proven;

/// The block being built.
pub(crate) fn now_block<T: frame_system::Config>() -> BlockNumber {
	frame_system::Pallet::<T>::block_number().saturated_into()
}

#[import_section(dispatch::dispatch)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[frame_support::pallet]
#[allow(clippy::too_many_arguments)] // Calls are flat, so that wallets show each argument by name.
pub mod pallet {
	use super::*;
	use crate::runtime_api::{JobQuote, LeasePage, LeaseView, MeteredQuote, QuoteError, Which};
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{Balanced, BalancedHold, Inspect, Mutate, MutateHold},
			fungibles, OnUnbalanced, Time,
		},
		weights::WeightMeter,
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::{AccountId32, Perbill};
	use terminal_gpu_proof::result::Leaf;
	use terminal_primitives::{
		hooks::{OnAttestorFee, OnJobProgress, OnLeaseBegun, OnMachineLeased},
		ledger::BurnLedger,
		market::{
			Availability, JobSpec, Machines, Maintenance, ModelRegistry, ProviderBonds, Royalties,
			Verdict,
		},
		uptime::VerifiedUptime,
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

		/// Assets, of which governance approves some for payment.
		type Assets: fungibles::Inspect<Self::AccountId, AssetId = AssetId, Balance = Balance>
			+ fungibles::Balanced<Self::AccountId>;

		/// Their holds.
		type AssetHolds: fungibles::Inspect<Self::AccountId, AssetId = AssetId, Balance = Balance>
			+ fungibles::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ fungibles::UnbalancedHold<Self::AccountId>;

		/// Who gets the fee of what is paid in an asset: all of it, because an asset is not ours to
		/// burn.
		type TreasuryAccount: Get<Self::AccountId>;

		/// The clock, in milliseconds.
		type Time: Time<Moment = Moment>;

		/// Machines and their capacity.
		type Machines: Machines<Self::AccountId>;

		/// Until when their capacity is free.
		type Availability: Availability;

		/// What providers have announced.
		type Maintenance: Maintenance;

		/// The meter's V(t).
		type Uptime: VerifiedUptime;

		/// Providers' bonds, which answer for fixed jobs.
		type Bonds: ProviderBonds<Self::AccountId>;

		/// Model versions and their prices.
		type Models: ModelRegistry<Self::AccountId>;

		/// Who accrues royalties.
		type Royalties: Royalties<CreditOf<Self>>;

		/// Who burns.
		type Burn: BurnLedger<CreditOf<Self>>;

		/// The treasury's share of the fee.
		type Treasury: OnUnbalanced<CreditOf<Self>>;

		/// The attestors' share of the fee.
		type AttestorFee: OnAttestorFee<CreditOf<Self>>;

		/// Who anchors metered leases by presence challenges.
		type OnMachineLeased: OnMachineLeased;

		/// Who attests results.
		type OnJobProgress: OnJobProgress;

		/// Who agreed leases and waits for their beginning.
		type OnLeaseBegun: OnLeaseBegun;

		/// What the clock, the market and attestation bear of the parameters. `()` bears anything.
		type Limits: Get<Limits>;

		/// Names the account that keeps what a payee could not receive.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Builds what benchmarks need of other pallets.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}

	/// Why funds of a consumer are on hold.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The escrow that leases are paid from.
		#[codec(index = 0)]
		Escrow,
		/// Opening deposits: pay the anchoring challenge and whoever finishes.
		#[codec(index = 1)]
		OpeningDeposit,
		/// Prepaid postings of demanded leaves.
		#[codec(index = 2)]
		Posting,
		/// In the pot: assets that a payee could not receive.
		#[codec(index = 3)]
		Claim,
	}

	/// What governance set. Written by `set_params` and genesis.
	#[pallet::storage]
	pub type Params<T: Config> = StorageValue<_, Parameters, ValueQuery>;

	/// The id of the next lease. Written by the opening calls.
	#[pallet::storage]
	pub type NextLeaseId<T: Config> = StorageValue<_, LeaseId, ValueQuery>;

	/// Every lease, open or closed not long ago. Written by the modules of the calls; its state by
	/// `lifecycle` alone, its books, deposit and consumer by `escrow` alone.
	#[pallet::storage]
	pub type Leases<T: Config> =
		StorageMap<_, Twox64Concat, LeaseId, Lease<T::AccountId>, OptionQuery>;

	/// The leases of an account, as consumer or as provider. One that ends without having been
	/// accepted leaves the provider's at once, all others both when they are forgotten. Written by
	/// `opening`, `moving` and `closing`.
	#[pallet::storage]
	pub type LeasesOf<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, LeaseId, (), OptionQuery>;

	/// The expiry wheel: by block, leases whose state's time will be up, the earliest first. Written
	/// by `hooks`.
	#[pallet::storage]
	pub type Expiries<T: Config> =
		StorageDoubleMap<_, Identity, DueBlock, Twox64Concat, LeaseId, (), OptionQuery>;

	/// What lies in the pot for an account that could not be paid, by what it is in (`None`: TCT). Written by `escrow`.
	#[pallet::storage]
	pub type Claims<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Twox64Concat,
		Option<AssetId>,
		Balance,
		OptionQuery,
	>;

	/// The assets that new leases may be paid in. Written by `assets`.
	#[pallet::storage]
	pub type ApprovedAssets<T: Config> =
		CountedStorageMap<_, Twox64Concat, AssetId, AssetTerms, OptionQuery>;

	/// The ids of assets that were destroyed: none of them is approved again, or another asset would
	/// find the old one's prices and offers. As many as root made assets and let be destroyed.
	/// Written by `assets`.
	#[pallet::storage]
	pub type DestroyedAssets<T: Config> = StorageMap<_, Twox64Concat, AssetId, (), OptionQuery>;

	/// What became of an account's leases. Written by `records`.
	#[pallet::storage]
	pub type Records<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Record, ValueQuery>;

	/// The parameters the chain starts with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// See [`Parameters`].
		pub params: Parameters,
		/// The assets approved from the start.
		pub assets: Vec<(AssetId, AssetTerms)>,
		#[serde(skip)]
		#[doc(hidden)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			// What else they have to fit, but for the clock and the code's own bound on proofs, is told
			// by pallets whose genesis comes later: they ask then.
			let limits = T::Limits::get();
			let known = Limits {
				slot_ms: limits.slot_ms,
				proof_bytes: limits.proof_bytes,
				..Default::default()
			};
			let fits = self.params.validate();
			if let Err(rule) = fits.and_then(|()| self.params.fit(&known)) {
				panic!("leases: parameters do not fit: {rule:?}");
			}
			Params::<T>::put(&self.params);
			for (asset, terms) in &self.assets {
				assert!(
					Pallet::<T>::do_approve_asset(*asset, *terms).is_ok(),
					"leases: asset {asset} cannot be approved"
				);
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(now: BlockNumberFor<T>, remaining: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(remaining);
			hooks::drain::<T>(now.saturated_into(), &mut meter);
			meter.consumed()
		}

		fn integrity_test() {
			assert!(Parameters::default().validate().is_ok());
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			invariants::check::<T>()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A lease with all that clients show.
		pub fn lease(id: LeaseId) -> Option<LeaseView<T::AccountId>> {
			views::lease::<T>(id)
		}

		/// The leases of an account on both sides or on one, in no particular order, at most `limit`
		/// and at most 100. Looks at 1,000 at most, so a page may be empty and not the last; go on at
		/// `next`.
		pub fn own_leases(
			account: T::AccountId,
			side: Option<Side>,
			which: Which,
			from: Option<LeaseId>,
			limit: u32,
		) -> LeasePage<T::AccountId> {
			views::own_leases::<T>(account, side, which, from, limit)
		}

		/// What a metered lease would cost now, paid in `asset` (`None`: TCT).
		pub fn quote_metered(
			machine: MachineId,
			units: u32,
			duration_seconds: u32,
			version: Option<VersionId>,
			asset: Option<AssetId>,
		) -> Result<MeteredQuote, QuoteError> {
			views::quote_metered::<T>(machine, units, duration_seconds, version, asset)
		}

		/// What a fixed job at `price` would cost now, paid in `asset` (`None`: TCT).
		pub fn quote_job(
			machine: MachineId,
			price: Balance,
			version: Option<VersionId>,
			asset: Option<AssetId>,
		) -> Result<JobQuote, QuoteError> {
			views::quote_job::<T>(machine, price, version, asset)
		}

		/// The bytes that a tenant signs to acknowledge service.
		pub fn receipt_message(lease: LeaseId, segment: u32, milliseconds: u64) -> Vec<u8> {
			receipts::message::<T>(lease, segment, milliseconds)
		}

		/// The bytes that a consumer's voucher key signs to owe so many calls in all.
		pub fn voucher_message(lease: LeaseId, calls: u64) -> Vec<u8> {
			vouchers::message::<T>(lease, calls)
		}

		/// What ties the result leaves of a job to this chain, the lease and its provider
		/// (`terminal_gpu_proof::result::context`).
		pub fn result_context(lease: LeaseId) -> Option<Digest> {
			Leases::<T>::get(lease).map(|found| Self::job_context(lease, &found.provider))
		}

		/// What became of an account's leases: plain counters.
		pub fn record_of(account: T::AccountId) -> Record {
			Records::<T>::get(account)
		}

		/// What to send to `accept_change` for the change proposed now, if there is one.
		pub fn proposal_hash(lease: LeaseId) -> Option<Digest> {
			views::proposal_hash::<T>(lease)
		}

		/// What waits in the pot for an account, in base units of `asset` (`None`: TCT).
		pub fn claimable(account: T::AccountId, asset: Option<AssetId>) -> Balance {
			Claims::<T>::get(account, asset).unwrap_or_default()
		}

		/// The assets that new leases may be paid in, and on what terms.
		pub fn approved_assets() -> Vec<(AssetId, AssetTerms)> {
			ApprovedAssets::<T>::iter().collect()
		}
	}
}
