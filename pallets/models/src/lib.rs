#![cfg_attr(not(feature = "std"), no_std)]
#![doc = include_str!("../README.md")]

extern crate alloc;

mod calls;
mod escrow;
mod prices;
pub mod runtime_api;
pub mod types;
mod views;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(any(feature = "std", feature = "try-runtime"))]
pub mod invariants;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use pallet::*;
pub use prices::{AssetPrice, AssetPriceList, MAX_ASSET_PRICES};
pub use types::{
	Commitment, Details, Format, Licence, Name, Parameters, PriceRise, Prices, Version,
};
pub use weights::WeightInfo;

use frame_support::traits::fungible::Credit;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::SaturatedConversion;
use terminal_primitives::BlockNumber;

/// Royalties on their way to a claim.
pub type CreditOf<T> =
	Credit<<T as frame_system::Config>::AccountId, <T as pallet::Config>::Currency>;

/// The current height as a plain number.
pub(crate) fn now_block<T: frame_system::Config>() -> BlockNumber {
	let now: BlockNumberFor<T> = frame_system::Pallet::<T>::block_number();
	now.saturated_into()
}

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use crate::runtime_api::VersionView;
	use frame_support::{
		pallet_prelude::*,
		traits::fungible::{Balanced, Inspect, Mutate, MutateHold},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use terminal_primitives::{ledger::BurnLedger, AssetId, Balance, Digest, VersionId};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the runtime supplies.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The runtime's hold reasons.
		type RuntimeHoldReason: From<HoldReason>;
		/// The currency of deposits and royalties.
		type Currency: Inspect<Self::AccountId, Balance = Balance>
			+ Mutate<Self::AccountId>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ Balanced<Self::AccountId>;
		/// Where a royalty goes that nobody could ever claim. It cannot happen: see `escrow.rs`.
		type Burn: BurnLedger<CreditOf<Self>>;
		/// The account that keeps royalties until they are claimed.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// Why this pallet holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// For a commitment, until it is revealed or withdrawn.
		#[codec(index = 0)]
		Commitment,
		/// For a listed version, for ever.
		#[codec(index = 1)]
		Listing,
	}

	/// The parameters in force. Written by `set_params`.
	#[pallet::storage]
	pub type Params<T: Config> = StorageValue<_, Parameters, ValueQuery>;

	/// Open commitments. Written by `calls.rs`.
	#[pallet::storage]
	pub type Commitments<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Blake2_128Concat,
		Digest,
		Commitment,
		OptionQuery,
	>;

	/// The id of the next version. Written by `calls.rs`.
	#[pallet::storage]
	pub type NextVersion<T: Config> = StorageValue<_, VersionId, ValueQuery>;

	/// Versions by id. None is ever removed. Written by `calls.rs`.
	#[pallet::storage]
	pub type Versions<T: Config> =
		StorageMap<_, Twox64Concat, VersionId, Version<T::AccountId>, OptionQuery>;

	/// Versions by the SHA-256 of their manifest. None is ever removed. Written by `calls.rs`.
	#[pallet::storage]
	pub type VersionByDigest<T: Config> =
		StorageMap<_, Blake2_128Concat, Digest, VersionId, OptionQuery>;

	/// What versions cost new jobs and leases in assets. Written by `prices.rs`.
	#[pallet::storage]
	pub type AssetPrices<T: Config> =
		StorageMap<_, Twox64Concat, VersionId, AssetPriceList, ValueQuery>;

	/// Royalties that an account may claim, in base units. Written by `escrow.rs`.
	#[pallet::storage]
	pub type Claims<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Balance, ValueQuery>;

	/// The sum of all claims, in base units. Written by `escrow.rs`.
	#[pallet::storage]
	pub type Owed<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// Parameters at genesis.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The parameters in force from block 1; production's if left out.
		pub params: Parameters,
		#[serde(skip)]
		#[doc(hidden)]
		pub _marker: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			if let Err(rule) = self.params.validate() {
				panic!("models.params: {rule}");
			}
			Params::<T>::put(&self.params);
			if let Err(error) = Pallet::<T>::endow_pot() {
				panic!("models: the royalty pot could not be endowed: {error:?}");
			}
		}
	}

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An account committed to a listing.
		ListingCommitted {
			/// Who.
			owner: T::AccountId,
			/// To what: see `Details::commitment`.
			commitment: Digest,
			/// The first block in which it can be revealed.
			revealable_at: BlockNumber,
		},
		/// A commitment was withdrawn and its deposit released.
		CommitmentWithdrawn {
			/// Whose it was.
			owner: T::AccountId,
			/// Which.
			commitment: Digest,
		},
		/// A version was listed.
		VersionListed {
			/// Its id.
			version: VersionId,
			/// Who is paid for it.
			owner: T::AccountId,
			/// SHA-256 of its manifest.
			manifest: Digest,
		},
		/// The owner set prices for new jobs and leases.
		PricesSet {
			/// Which version.
			version: VersionId,
			/// What was asked for.
			prices: Prices,
			/// The block from which all of it is in effect: later than now if a price rises.
			from: BlockNumber,
		},
		/// The owner set prices in an asset for new jobs and leases.
		AssetPricesSet {
			/// Which version.
			version: VersionId,
			/// In what.
			asset: AssetId,
			/// What was asked for; nothing: not taken any more.
			prices: Option<Prices>,
			/// The block from which all of it is in effect: later than now if a price rises, or is the
			/// first in that asset.
			from: BlockNumber,
		},
		/// A version was yanked: it serves running leases only.
		VersionYanked {
			/// Which version.
			version: VersionId,
		},
		/// A royalty was credited.
		RoyaltyAccrued {
			/// For which version.
			version: VersionId,
			/// Who may claim it.
			owner: T::AccountId,
			/// How much, in base units.
			amount: Balance,
		},
		/// An account claimed its royalties.
		RoyaltiesClaimed {
			/// Who.
			owner: T::AccountId,
			/// How much, in base units.
			amount: Balance,
		},
		/// Governance changed the parameters.
		ParametersSet {
			/// The parameters now.
			params: Parameters,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The account has this commitment open already. Reveal it, or use another salt.
		AlreadyCommitted,
		/// The account has no such commitment. Check account, salt and details, or commit first.
		NotCommitted,
		/// The commitment is too fresh. Wait until the block in `ListingCommitted`.
		RevealTooEarly,
		/// The commitment has expired. Withdraw it and commit again.
		CommitmentExpired,
		/// A version with this manifest is listed. Look it up by its digest.
		AlreadyListed,
		/// The name is empty, starts or ends with a space, or is not printable ASCII.
		InvalidName,
		/// The licence is empty or has other characters than `A-Z a-z 0-9 . + -`.
		InvalidLicence,
		/// The version has no bytes. State the size of all its files.
		NoBytes,
		/// An integer network is re-executed by its root over chunks. Name its weights root.
		NoWeightsRoot,
		/// A price is above `max_price` of `Params`, or a price per second is neither zero nor at
		/// least 1000 base units.
		PriceOutOfRange,
		/// The version has prices in eight assets. Take one back first.
		TooManyAssetPrices,
		/// No version id is left.
		IdsExhausted,
		/// There is no such version. Check the id.
		VersionNotFound,
		/// The version is another account's. Sign with its owner's.
		NotVersionOwner,
		/// The version is yanked already, or yanked versions have no price to set.
		Yanked,
		/// The account has nothing to claim.
		NothingToClaim,
		/// The parameters contradict each other. See `Parameters::validate` for the rules.
		InvalidParameters,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			crate::invariants::check::<T>()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Commit to listing a version, without showing it.
		///
		/// `commitment` is `Details::commitment` of the caller, a secret salt and the details. The
		/// block counts as the version's `first_seen`. Origin: signed. Holds
		/// `commitment_deposit`. Errors: `AlreadyCommitted`, too little free balance. Event:
		/// `ListingCommitted`.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::commit_listing())]
		pub fn commit_listing(origin: OriginFor<T>, commitment: Digest) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_commit_listing(who, commitment)
		}

		/// Withdraw a commitment, at any time.
		///
		/// Origin: who made it. Releases its deposit. Errors: `NotCommitted`. Event:
		/// `CommitmentWithdrawn`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::withdraw_commitment())]
		pub fn withdraw_commitment(origin: OriginFor<T>, commitment: Digest) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_commitment(who, commitment)
		}

		/// Reveal a commitment and list the version it was for. The caller becomes its owner.
		///
		/// Origin: who committed. Releases the commitment's deposit, holds `listing_deposit` for
		/// ever. Errors: `NotCommitted`, `RevealTooEarly`, `CommitmentExpired`, `AlreadyListed`,
		/// `InvalidName`, `InvalidLicence`, `NoBytes`, `NoWeightsRoot`, `PriceOutOfRange`, too
		/// little free balance. Event: `VersionListed`.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::list_version())]
		pub fn list_version(
			origin: OriginFor<T>,
			salt: [u8; 32],
			details: Details,
			prices: Prices,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_list_version(who, salt, details, prices)
		}

		/// Set what new jobs and leases pay. Open ones keep what they agreed. A lower price holds at
		/// once, a higher one after `price_rise_blocks`; a new call replaces a rise to come.
		///
		/// Origin: the owner. Errors: `VersionNotFound`, `NotVersionOwner`, `Yanked`,
		/// `PriceOutOfRange`. Event: `PricesSet`.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::set_prices())]
		pub fn set_prices(
			origin: OriginFor<T>,
			#[pallet::compact] version: VersionId,
			prices: Prices,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_prices(who, version, prices)
		}

		/// Stop offering a version, for good. It serves running leases; entry, digest and deposit
		/// stay, so that nobody else can list it.
		///
		/// Origin: the owner, or root. Errors: `VersionNotFound`, `NotVersionOwner`, `Yanked`.
		/// Event: `VersionYanked`.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::yank())]
		pub fn yank(origin: OriginFor<T>, #[pallet::compact] version: VersionId) -> DispatchResult {
			let who = ensure_signed_or_root(origin)?;
			Self::do_yank(who, version)
		}

		/// Claim all royalties of the caller.
		///
		/// Origin: signed. Errors: `NothingToClaim`; a dead account that claims less than the
		/// existential deposit is refused and can claim later. Event: `RoyaltiesClaimed`.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::claim_royalties())]
		pub fn claim_royalties(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_claim_royalties(who)
		}

		/// Change the parameters. Deposits on hold keep their amounts.
		///
		/// Origin: root. Errors: `InvalidParameters`. Event: `ParametersSet`.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::set_params())]
		pub fn set_params(origin: OriginFor<T>, params: Parameters) -> DispatchResult {
			ensure_root(origin)?;
			Self::do_set_params(params)
		}

		/// Set what new jobs and leases that are paid in an asset pay; `None`: the version is not to be
		/// had for it. A version that costs nothing in TCT needs no price: it is free. A lower price, or
		/// none, holds at once, a higher or a first one after `price_rise_blocks`; a new call replaces a
		/// rise to come.
		///
		/// Such royalties are not collected here: each settlement pays them to the owner. Origin: the
		/// owner. Errors: `VersionNotFound`, `NotVersionOwner`, `Yanked`, `PriceOutOfRange`,
		/// `TooManyAssetPrices`. Event: `AssetPricesSet`.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::set_asset_prices())]
		pub fn set_asset_prices(
			origin: OriginFor<T>,
			#[pallet::compact] version: VersionId,
			#[pallet::compact] asset: AssetId,
			prices: Option<Prices>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_asset_prices(who, version, asset, prices)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A version, if it is listed.
		pub fn version(version: VersionId) -> Option<VersionView<T::AccountId>> {
			Self::version_view(version)
		}

		/// The version with this manifest, if it is listed.
		pub fn version_by_digest(manifest: Digest) -> Option<VersionView<T::AccountId>> {
			Self::version_view_by_digest(manifest)
		}

		/// What a version costs in assets, in their base units, and what it will cost.
		pub fn asset_prices(version: VersionId) -> alloc::vec::Vec<AssetPrice> {
			Self::asset_prices_now(version)
		}

		/// Royalties that an account may claim, in base units.
		pub fn claimable(account: T::AccountId) -> Balance {
			Claims::<T>::get(account)
		}

		/// What `account` commits to before it lists `details` with `salt`.
		pub fn commitment(account: T::AccountId, salt: [u8; 32], details: Details) -> Digest {
			details.commitment(&account, &salt)
		}
	}
}
