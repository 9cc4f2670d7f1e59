//! The calls: a section of the pallet module, imported by `lib.rs`. Each checks its origin; what it
//! does is in the module of its role.

use frame_support::pallet_macros::pallet_section;

/// The calls of the pallet.
#[pallet_section]
mod dispatch {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Offer leases on a machine. An offer never changes: publish another, withdraw the old.
		///
		/// Signed by the machine's provider (the cold account), whose deposit is held while the
		/// offer stands. `rate` is base units per second and unit; `units` the most of one lease;
		/// a lease lies in one of `windows` (none: always), counted from its taking. With a
		/// `reservation_deposit` the offer can be reserved: that much is then held *on each side*.
		/// `asset` is what its leases are paid in (`None`: TCT); reservable are offers in TCT alone.
		///
		/// Emits `OfferPublished`. Fails with `UnknownMachine`, `NotProvider`, `RateIsZero`,
		/// `UnitsOutOfRange`, `DurationOutOfRange`, `TermsInvalid`, `ArbiterIsParty`,
		/// `WindowsInvalid`, `DepositTooLow`, `TooManyOffers`, `InsufficientBalance`, or as leases
		/// refuse the price.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::publish_offer())]
		pub fn publish_offer(
			origin: OriginFor<T>,
			machine: MachineId,
			rate: Balance,
			units: u32,
			min_duration_seconds: u32,
			max_duration_seconds: u32,
			terms: LeaseTerms<T::AccountId>,
			windows: Windows,
			reservation_deposit: Option<Balance>,
			document: Digest,
			asset: Option<AssetId>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let draft = OfferDraft {
				machine,
				asset,
				rate,
				units,
				min_duration_seconds,
				max_duration_seconds,
				terms,
				windows,
				reservation_deposit,
				document,
			};
			Self::do_publish_offer(who, draft)
		}

		/// Take an offer off the market; its deposit returns. Reservations made from it stay.
		///
		/// Signed by the provider; by anyone once the machine is gone.
		///
		/// Emits `OfferWithdrawn`. Fails with `UnknownOffer`, `NotProvider`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::withdraw_offer())]
		pub fn withdraw_offer(origin: OriginFor<T>, offer: OfferId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_offer(who, offer)
		}

		/// Take an offer: opens a lease that is accepted at once.
		///
		/// Signed by the consumer, from whose account leases hold `funds` and the opening deposit.
		/// `offer_hash` is the offer as it was read, `max_rate` the most it pays per second and
		/// unit. The provider may start the lease with the tenant's handshake.
		///
		/// Emits `OfferTaken`. Fails with `UnknownOffer`, `OfferChanged`, `RateAboveMaximum`,
		/// `UnitsOutOfRange`, `DurationOutOfRange`, `OutsideWindows`, `UnknownMachine`,
		/// `MachineChanged`, `MachineNotOnline`, `ArbiterIsParty`, or as leases refuse.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::take_offer())]
		pub fn take_offer(
			origin: OriginFor<T>,
			offer: OfferId,
			offer_hash: Digest,
			units: u32,
			duration_seconds: u32,
			max_rate: Balance,
			version: Option<VersionId>,
			tenant: Tenant,
			funds: Balance,
		) -> DispatchResult {
			let consumer = ensure_signed(origin)?;
			let taking = Taking {
				offer,
				offer_hash,
				units,
				duration_seconds,
				max_rate,
				version,
				tenant,
				funds,
			};
			Self::do_take_offer(consumer, taking)
		}

		/// Ask for a lease that providers bid on until `deadline` (its last block).
		///
		/// Signed by the consumer. Holds `funds` (or what the whole time costs at `max_rate`, if
		/// that is less), what leases ask as opening deposit, and the order's deposit. With `auto`
		/// the cheapest valid bid wins at the deadline, and before it anyone may match the order
		/// with an offer that fits; without, only the consumer fills it.
		///
		/// Emits `OrderPosted`. Fails with `RequirementsInvalid`, `UnitsOutOfRange`, `RateIsZero`,
		/// `DeadlineOutOfRange`, `TermsInvalid`, `ArbiterIsParty`, `FundsTooLow`,
		/// `InsufficientBalance`, or as leases refuse the price.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::post_order())]
		pub fn post_order(
			origin: OriginFor<T>,
			wanted: Requirements,
			units: u32,
			max_rate: Balance,
			duration_seconds: u32,
			deadline: BlockNumber,
			version: Option<VersionId>,
			tenant: Tenant,
			funds: Balance,
			terms: LeaseTerms<T::AccountId>,
			auto: bool,
			asset: Option<AssetId>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let draft = OrderDraft {
				wanted,
				units,
				asset,
				max_rate,
				duration_seconds,
				deadline,
				version,
				tenant,
				funds,
				terms,
				auto,
			};
			Self::do_post_order(who, draft)
		}

		/// Bid on an order with a machine, or lower that machine's bid.
		///
		/// Signed by the provider, or by the machine's agent at no less than the machine's asking
		/// price. The deposit is held in the provider's account and always returns. An order keeps
		/// 16 bids: a cheaper one displaces the dearest.
		///
		/// Emits `BidPlaced`, `BidReleased`. Fails with `UnknownOrder`, `BiddingOver`,
		/// `UnknownMachine`, `NotMachineSigner`, `MachineNotOnline`, `UnitsOutOfRange`,
		/// `RequirementsNotMet`, `RateIsZero`, `RateAboveMaximum`, `RateBelowAsking`,
		/// `ArbiterIsParty`, `BidNotLower`, `BidsFull`, `ProviderShort`, or as leases refuse the
		/// price.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::place_bid())]
		pub fn place_bid(
			origin: OriginFor<T>,
			order: OrderId,
			machine: MachineId,
			rate: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_place_bid(who, order, machine, rate)
		}

		/// Take a bid back, before the order's last blocks; its deposit returns.
		///
		/// Signed by the provider or the machine's agent.
		///
		/// Emits `BidReleased`. Fails with `UnknownOrder`, `BidsFirm`, `BiddingOver`, `UnknownBid`,
		/// `NotMachineSigner`.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::withdraw_bid())]
		pub fn withdraw_bid(
			origin: OriginFor<T>,
			order: OrderId,
			machine: MachineId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_bid(who, order, machine)
		}

		/// Make a bid the lease. All other bids' deposits return.
		///
		/// Signed by the consumer. `max_rate` is the most it pays per second and unit.
		///
		/// Emits `OrderFilled`. Fails with `UnknownOrder`, `BiddingOver`, `NotConsumer`,
		/// `UnknownBid`, `RateAboveMaximum`, `UnknownMachine`, `MachineChanged`,
		/// `MachineNotOnline`, `RequirementsNotMet`, `ModelDearer`, or as leases refuse.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::accept_bid(MAX_BIDS))]
		pub fn accept_bid(
			origin: OriginFor<T>,
			order: OrderId,
			machine: MachineId,
			max_rate: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_accept_bid(who, order, machine, max_rate)
		}

		/// Want it no more: funds and all deposits return.
		///
		/// Signed by the consumer, until the deadline.
		///
		/// Emits `OrderEnded`. Fails with `UnknownOrder`, `BiddingOver`, `NotConsumer`.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::cancel_order(MAX_BIDS))]
		pub fn cancel_order(origin: OriginFor<T>, order: OrderId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel_order(who, order)
		}

		/// Close an order after its deadline, for a reward out of its deposit: the cheapest bid
		/// that is still valid becomes the lease, the first placed among equals; if there is none,
		/// or the order is not `auto`, everything returns.
		///
		/// Signed by anyone. What is not used of the weight returns.
		///
		/// Emits `BidFailed`, `OrderFilled`, `OrderEnded`. Fails with `UnknownOrder`,
		/// `BiddingOpen`.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::close_order(MAX_BIDS))]
		pub fn close_order(origin: OriginFor<T>, order: OrderId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let tried = Self::do_close_order(Some(&who), order)?;
			Ok(Some(T::WeightInfo::close_order(tried)).into())
		}

		/// Name offers that fit `auto` orders, for a reward out of each order's deposit. The chain
		/// verifies each by itself; one that fails is named by an event and stops no other.
		///
		/// Signed by anyone.
		///
		/// Emits `OrderFilled`, `MatchFailed` (with `UnknownOrder`, `MatchTooEarly`, `BiddingOver`,
		/// `NotAuto`, `UnknownOffer`, `RateAboveMaximum`, `NotCheapest`, `UnitsOutOfRange`,
		/// `DurationOutOfRange`, `OutsideWindows`, `TermsNotMet`, `MachineChanged`,
		/// `MachineNotOnline`, `RequirementsNotMet`, `ModelDearer`, or as leases refuse).
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::propose_matches(matches.len() as u32))]
		pub fn propose_matches(origin: OriginFor<T>, matches: Matches) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_propose_matches(who, matches)
		}

		/// Reserve an offer for a time to come: books the units and holds the offer's deposit on
		/// *each* side.
		///
		/// Signed by the consumer. `from` is in milliseconds; the lease lasts `duration_seconds`
		/// from its start on.
		///
		/// Emits `ReservationMade`. Fails with `UnknownOffer`, `OfferChanged`, `RateAboveMaximum`,
		/// `NotReservable`, `LeadOutOfRange`, `UnitsOutOfRange`, `DurationOutOfRange`,
		/// `OutsideWindows`, `UnknownMachine`, `MachineChanged`, `MachineNotOnline`,
		/// `ArbiterIsParty`, `InsufficientBalance`, `ProviderShort`, or as leases refuse the price
		/// or providers the booking.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::reserve())]
		pub fn reserve(
			origin: OriginFor<T>,
			offer: OfferId,
			offer_hash: Digest,
			units: u32,
			duration_seconds: u32,
			from: Moment,
			max_rate: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let wish = Wish {
				offer,
				offer_hash,
				units,
				duration_seconds,
				from,
				max_rate,
			};
			Self::do_reserve(who, wish)
		}

		/// Be there: opens the reserved lease, or, if the machine cannot take it now, puts the funds on
		/// hold and awaits the provider. If the machine would lend the units but leases refuse, or take
		/// such terms from nobody any more, the reservation is void and both deposits return.
		///
		/// Signed by the consumer, from `opens_at` to `closes_at`. This is the handshake.
		///
		/// Emits `ReservationOpened` or `ConsumerArrived`, `ReservationEnded`. Fails with `UnknownReservation`,
		/// `NotConsumer`, `WrongStage`, `WindowNotOpen`, `WindowOver`, `FundsTooLow`,
		/// `InsufficientBalance`, or as leases refuse the model.
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::arrive())]
		pub fn arrive(
			origin: OriginFor<T>,
			reservation: ReservationId,
			version: Option<VersionId>,
			tenant: Tenant,
			funds: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_arrive(who, reservation, version, tenant, funds)
		}

		/// Take the consumer that arrived while the machine could not.
		///
		/// Signed by either side (also the machine's agent), until the moment that
		/// `ConsumerArrived` names. If the machine would lend the units but leases refuse (the
		/// consumer's model version was yanked or is dearer now), the reservation is void and both
		/// deposits return.
		///
		/// Emits `ReservationOpened`, `ReservationEnded`. Fails with `UnknownReservation`,
		/// `WrongStage`, `NotParty`, `WindowOver`, `MachineNotOnline`, or as leases refuse.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::honour())]
		pub fn honour(origin: OriginFor<T>, reservation: ReservationId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_honour(who, reservation)
		}

		/// Cancel in time, for a share of the own deposit, which goes to the other side.
		///
		/// Signed by the consumer or the provider (the cold account), until `cancel_until`.
		///
		/// Emits `ReservationEnded`. Fails with `UnknownReservation`, `NotParty`, `WrongStage`,
		/// `TooLateToCancel`.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::cancel_reservation())]
		pub fn cancel_reservation(
			origin: OriginFor<T>,
			reservation: ReservationId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel_reservation(who, reservation)
		}

		/// End a reservation whose time is over: whoever did not sign in time pays the other its
		/// deposit, unless the chain stood still for most of the window.
		///
		/// Signed by anyone.
		///
		/// Emits `ReservationEnded`. Fails with `UnknownReservation`, `ReservationNotOver`.
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::end_reservation())]
		pub fn end_reservation(origin: OriginFor<T>, reservation: ReservationId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_end_reservation(reservation)
		}

		/// Pay what waits in the pot for `beneficiary`, of TCT (`None`) or of an asset.
		///
		/// Signed by anyone. Emits `ClaimPaid`. Fails with `NothingToClaim`, `CannotReceive`.
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::claim())]
		pub fn claim(
			origin: OriginFor<T>,
			beneficiary: T::AccountId,
			asset: Option<AssetId>,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim(beneficiary, asset)
		}

		/// Set the parameters for what is made from now on.
		///
		/// Root. Emits `ParametersSet`. Fails with `InvalidParameters`.
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::set_params())]
		pub fn set_params(origin: OriginFor<T>, params: Parameters) -> DispatchResult {
			ensure_root(origin)?;
			Self::do_set_params(params)
		}
	}
}
