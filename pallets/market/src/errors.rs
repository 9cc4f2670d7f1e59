//! The errors: a section of the pallet module, imported by `lib.rs`.

use frame_support::pallet_macros::pallet_section;

/// The errors of the pallet.
#[pallet_section]
mod errors {
	/// Why a call failed, and what to do.
	#[pallet::error]
	pub enum Error<T> {
		/// No such offer, or it was withdrawn. Take the id from the offers page.
		UnknownOffer,
		/// No such order, or it was filled, cancelled or closed. Take the id from the orders page.
		UnknownOrder,
		/// No such reservation, or it is over. Read `own_reservations`.
		UnknownReservation,
		/// No such machine. Take the id from the provider book.
		UnknownMachine,
		/// The machine takes no new work. Choose another or wait until it is online.
		MachineNotOnline,
		/// The machine does not belong to who offered it any more. Choose another.
		MachineChanged,
		/// The machine is not what the order asks for. Read its requirements.
		RequirementsNotMet,
		/// No machine can ever meet that: a name is no slug, or the driver no version. Correct it.
		RequirementsInvalid,
		/// Only the machine's provider may do this. Sign with its cold account.
		NotProvider,
		/// Only the machine's provider or agent may do this. Sign with one of them.
		NotMachineSigner,
		/// Only the consumer may do this. Sign with the account that posted or reserved it.
		NotConsumer,
		/// Only a party may do this. Sign as consumer, provider or agent.
		NotParty,
		/// The offer is not the one you read. Read it again, send its hash.
		OfferChanged,
		/// The price is above the maximum. Raise `max_rate`, bid less, or choose another.
		RateAboveMaximum,
		/// An agent may not go below the machine's asking price. Sign with the provider's account.
		RateBelowAsking,
		/// A rate of zero pays nobody. Ask for more.
		RateIsZero,
		/// Zero units, or more than the machine or the offer has. Ask for fewer.
		UnitsOutOfRange,
		/// The duration is not one that the offer has. Ask for one inside its limits.
		DurationOutOfRange,
		/// The windows are not in order, empty, over, or overlap. Send future ones, sorted.
		WindowsInvalid,
		/// The lease would not lie in one of the offer's windows. Ask for a time inside one.
		OutsideWindows,
		/// The terms allow no lease of that length, or charge for more. Raise `max_duration_ms` or
		/// lower `early_close_ms`.
		TermsInvalid,
		/// A party cannot be its own arbiter. Name another account.
		ArbiterIsParty,
		/// The offer's terms are not as good as the order's. Choose another offer.
		TermsNotMet,
		/// So many offers may not stand at once. Withdraw one.
		TooManyOffers,
		/// The deadline is too near or too far. Choose one inside the limits in `Params`.
		DeadlineOutOfRange,
		/// The model became dearer since. Cancel the order and post it anew; a reservation is void.
		ModelDearer,
		/// The funds do not cover the least time. `quote` says how much is needed.
		FundsTooLow,
		/// Your balance does not cover it. Fund the account, leaving the existential deposit free.
		InsufficientBalance,
		/// The provider's balance does not cover its deposit. It must fund its account first.
		ProviderShort,
		/// The order's bidding is over. It can be closed, by anyone.
		BiddingOver,
		/// The order's bidding is not over. Wait for its deadline.
		BiddingOpen,
		/// Bids stand now until the deadline. Close the order after it.
		BidsFirm,
		/// The order takes bids only for now. Propose the match later.
		MatchTooEarly,
		/// The order is for its consumer to fill. Only bid on it.
		NotAuto,
		/// A bid is cheaper than that offer. Propose a cheaper one.
		NotCheapest,
		/// The order has 16 bids that are no dearer. Bid less.
		BidsFull,
		/// The machine has a bid that is no dearer. Withdraw it or bid less.
		BidNotLower,
		/// The machine has no bid on that order. Read its bids.
		UnknownBid,
		/// Offer and order are in different money. Match others.
		OtherAsset,
		/// The offer cannot be reserved (offers in an asset never can). Take it at once, or choose
		/// another.
		NotReservable,
		/// The deposit is below the least in `Params`. Ask for more, or for none at all.
		DepositTooLow,
		/// The time is too near or too far. Choose one inside the limits in `Params`.
		LeadOutOfRange,
		/// The window has not opened. Come at `opens_at`.
		WindowNotOpen,
		/// The window is over. End the reservation.
		WindowOver,
		/// The reservation awaits something else now. Read its state.
		WrongStage,
		/// It is too late to cancel. Come, or lose the deposit.
		TooLateToCancel,
		/// The reservation's time is not over. Wait.
		ReservationNotOver,
		/// The parameters do not fit together. See `Parameters::validate`.
		InvalidParameters,
		/// Nothing waits for that account.
		NothingToClaim,
		/// The beneficiary still cannot receive. Fund it with the existential deposit first.
		CannotReceive,
		/// Amounts or ids are used up. Ask for less.
		Overflow,
	}
}
