#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod calls;
mod emission;
mod hooks;
#[cfg(any(feature = "std", feature = "try-runtime"))]
pub mod invariants;
mod ledger;
pub mod runtime_api;
mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use emission::{era_emission, Emission, YEAR_MS};
pub use hooks::{BurnDust, BurnSlash, DealWithFees, EraRemainder, StakingRewards};
pub use pallet::*;
pub use types::{MintSource, Parameters, SupplyView};
pub use weights::WeightInfo;

use frame_support::traits::fungible;

/// The currency's credit: issuance that waits for an account.
pub type CreditOf<T> =
	fungible::Credit<<T as frame_system::Config>::AccountId, <T as Config>::Currency>;
/// The currency's debt: an account's balance that waits for issuance.
pub type DebtOf<T> =
	fungible::Debt<<T as frame_system::Config>::AccountId, <T as Config>::Currency>;

/// Where this crate logs.
pub(crate) const LOG_TARGET: &str = "runtime::supply";

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::fungible::{Balanced, Inspect},
	};
	use frame_system::pallet_prelude::*;
	use terminal_primitives::{ledger::BurnSource, Balance};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The native currency. Nothing but this pallet's hooks may change its issuance.
		type Currency: Inspect<Self::AccountId, Balance = Balance> + Balanced<Self::AccountId>;

		/// The most that may ever be issued, genesis included, in base units. Burning reopens none.
		#[pallet::constant]
		type Cap: Get<Balance>;

		/// Who gets the part of an era's emission that is not the stakers'.
		type TreasuryAccount: Get<Self::AccountId>;

		/// The author of this block, if it is known.
		type Author: Get<Option<Self::AccountId>>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// The rates of emission and of the fee's split. Written by `calls`.
	#[pallet::storage]
	pub type Params<T: Config> = StorageValue<_, Parameters, ValueQuery>;

	/// Issuance at genesis, in base units. Never changes. Written at genesis.
	#[pallet::storage]
	pub type Genesis<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// What was ever minted, by source, in base units. Only rises. Written by `ledger`.
	#[pallet::storage]
	pub type Minted<T: Config> = StorageMap<_, Twox64Concat, MintSource, Balance, ValueQuery>;

	/// What was ever burned, by source, in base units. Only rises. Written by `ledger`.
	#[pallet::storage]
	pub type Burned<T: Config> = StorageMap<_, Twox64Concat, BurnSource, Balance, ValueQuery>;

	/// What eras owe to stakers and staking has not minted yet, in base units: counts against the
	/// cap. Rewards nobody claims inside staking's history stay here for ever. Written by `ledger`.
	#[pallet::storage]
	pub type Promised<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// The remainder that staking must issue next, in base units: lives inside one call of staking's
	/// `end_era` only. Written by `ledger`.
	#[pallet::storage]
	pub type AwaitedRemainder<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// Genesis of the ledger.
	///
	/// Issuance is read when this builds, so the pallet must be declared *after* every pallet that
	/// mints at genesis (balances, treasury).
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The rates to begin with.
		pub parameters: Parameters,
		/// No field of its own.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			if let Err(why) = self.parameters.validate() {
				panic!("supply.parameters: {why}");
			}
			Params::<T>::put(self.parameters);
			Pallet::<T>::open_ledger();
			assert!(
				Genesis::<T>::get() <= T::Cap::get(),
				"genesis issuance is above the cap"
			);
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Issuance rose by `amount`.
		Minted {
			/// Why.
			source: MintSource,
			/// Base units.
			amount: Balance,
		},
		/// Issuance fell by `amount`, for ever.
		Burned {
			/// Why.
			source: BurnSource,
			/// Base units.
			amount: Balance,
		},
		/// An era ended and its emission was set.
		EraEmitted {
			/// How long the era counted, in milliseconds: at most `max_era_ms`.
			counted_ms: u64,
			/// Base units promised to stakers, minted when they are paid out.
			stakers: Balance,
			/// Base units for the treasury, minted now.
			treasury: Balance,
			/// Base units set aside for verified work and not claimed: they stay in the gap.
			unclaimed: Balance,
		},
		/// Governance changed the rates.
		ParametersSet {
			/// The new ones.
			parameters: Parameters,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The amount to burn is zero. Burn at least one base unit.
		NothingToBurn,
		/// The account cannot spend the amount and keep its existential deposit. Burn less, or
		/// release what is on hold, locked or frozen first.
		InsufficientFunds,
		/// A share or a time is out of range. See the ranges in `Parameters`.
		InvalidParameters,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				Parameters::default().validate().is_ok(),
				"default parameters are valid"
			);
			assert!(T::Cap::get() > 0, "the cap is above zero");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			invariants::check::<T>()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Burn some of your own free balance: it is gone for ever, and issuance falls by it.
		///
		/// Origin: signed. The account keeps at least its existential deposit.
		///
		/// Errors: [`Error::NothingToBurn`], [`Error::InsufficientFunds`].
		/// Events: [`Event::Burned`] with source `Voluntary`. Deposit: none.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::burn())]
		pub fn burn(origin: OriginFor<T>, #[pallet::compact] amount: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_burn(&who, amount)
		}

		/// Change the rates of emission and of the fee's split. Takes effect at once: an era that is
		/// under way is emitted by the new rates when it ends.
		///
		/// Origin: root. Errors: [`Error::InvalidParameters`]. Events: [`Event::ParametersSet`].
		/// Deposit: none.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_params())]
		pub fn set_params(origin: OriginFor<T>, parameters: Parameters) -> DispatchResult {
			ensure_root(origin)?;
			Self::do_set_params(parameters)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Issuance, cap, what was minted and burned by source, and what is still to come.
		pub fn supply() -> SupplyView {
			Self::supply_view()
		}
	}
}
