//! What is stored, and which module writes it: a section of the pallet module, imported by `lib.rs`.

use frame_support::pallet_macros::pallet_section;

/// The storage of the pallet.
#[pallet_section]
mod storage {
	/// Why funds are on hold.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// A provider's standing offers.
		#[codec(index = 0)]
		OfferDeposit,
		/// A consumer's funds for the leases that its orders ask for.
		#[codec(index = 1)]
		OrderFunds,
		/// A consumer's orders: pays who closes or matches them.
		#[codec(index = 2)]
		OrderDeposit,
		/// A provider's bids.
		#[codec(index = 3)]
		BidDeposit,
		/// Either side of a reservation.
		#[codec(index = 4)]
		ReservationDeposit,
		/// A consumer's funds for a lease, while the provider is awaited.
		#[codec(index = 5)]
		ArrivalFunds,
		/// In the pot: assets that a payee could not receive.
		#[codec(index = 6)]
		Claim,
	}

	/// What governance set. Written by `params` and genesis.
	#[pallet::storage]
	pub type Params<T: Config> = StorageValue<_, Parameters, ValueQuery>;

	/// The id of the next offer. Written by `offers`.
	#[pallet::storage]
	pub type NextOfferId<T: Config> = StorageValue<_, OfferId, ValueQuery>;

	/// The standing offers. Written by `offers`.
	#[pallet::storage]
	pub type Offers<T: Config> =
		StorageMap<_, Twox64Concat, OfferId, Offer<T::AccountId>, OptionQuery>;

	/// The standing offers of a provider. Written by `offers`.
	#[pallet::storage]
	pub type OffersOf<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, OfferId, (), OptionQuery>;

	/// How many offers of a provider stand. Written by `offers`.
	#[pallet::storage]
	pub type OfferCount<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// The id of the next order. Written by `orders`.
	#[pallet::storage]
	pub type NextOrderId<T: Config> = StorageValue<_, OrderId, ValueQuery>;

	/// The orders that are not filled, cancelled or closed. Written by `orders`; their bids by
	/// `bids`, their place on the wheel by `hooks`.
	#[pallet::storage]
	pub type Orders<T: Config> =
		StorageMap<_, Twox64Concat, OrderId, Order<T::AccountId>, OptionQuery>;

	/// The orders of a consumer. Written by `orders`.
	#[pallet::storage]
	pub type OrdersOf<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, OrderId, (), OptionQuery>;

	/// The id of the next reservation. Written by `reservations`.
	#[pallet::storage]
	pub type NextReservationId<T: Config> = StorageValue<_, ReservationId, ValueQuery>;

	/// The reservations that are not over. Written by `reservations`; their place on the wheel by
	/// `hooks`.
	#[pallet::storage]
	pub type Reservations<T: Config> =
		StorageMap<_, Twox64Concat, ReservationId, Reservation<T::AccountId>, OptionQuery>;

	/// The reservations of an account, as consumer or as provider. Written by `reservations`.
	#[pallet::storage]
	pub type ReservationsOf<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Twox64Concat,
		ReservationId,
		(),
		OptionQuery,
	>;

	/// The reservation that a lease was opened from, until its first second. Written by
	/// `reservations`.
	#[pallet::storage]
	pub type ReservationOfLease<T: Config> =
		StorageMap<_, Twox64Concat, LeaseId, ReservationId, OptionQuery>;

	/// The expiry wheel: by block, what will be over, the earliest first. Written by `hooks`.
	#[pallet::storage]
	pub type Expiries<T: Config> =
		StorageDoubleMap<_, Identity, DueBlock, Twox64Concat, Expiring, (), OptionQuery>;

	/// When the last block was built, milliseconds. Written by `clock`.
	#[pallet::storage]
	pub type LastBlockAt<T: Config> = StorageValue<_, Moment, ValueQuery>;

	/// The last standstills of the chain, `(last block before, first block after)`, oldest first.
	/// Written by `clock`.
	#[pallet::storage]
	pub type Stalls<T: Config> =
		StorageValue<_, BoundedVec<(Moment, Moment), ConstU32<MAX_STALLS>>, ValueQuery>;

	/// What lies in the pot for an account that could not be paid, by what it is in (`None`: TCT).
	/// Written by `escrow`.
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

	/// The parameters the chain starts with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// See [`Parameters`].
		pub params: Parameters,
		#[serde(skip)]
		#[doc(hidden)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			if let Err(rule) = self.params.validate(T::StartWindow::get()) {
				panic!("market.params: {rule}");
			}
			Params::<T>::put(&self.params);
		}
	}
}
