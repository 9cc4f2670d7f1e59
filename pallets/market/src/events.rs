//! The events: a section of the pallet module, imported by `lib.rs`.

use frame_support::pallet_macros::pallet_section;

/// The events of the pallet.
#[pallet_section]
mod events {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A provider offers leases on a machine.
		OfferPublished {
			/// The offer.
			offer: OfferId,
			/// Who is paid.
			provider: T::AccountId,
			/// Where leases run.
			machine: MachineId,
			/// What it is paid in. `None`: TCT.
			asset: Option<AssetId>,
			/// Base units of that per second and unit.
			rate: Balance,
			/// What a consumer agrees to.
			offer_hash: Digest,
		},
		/// An offer stands no more. Reservations made from it stay.
		OfferWithdrawn {
			/// The offer.
			offer: OfferId,
		},
		/// A consumer took an offer: the lease is accepted and may be started.
		OfferTaken {
			/// The offer.
			offer: OfferId,
			/// The lease.
			lease: LeaseId,
			/// Who pays.
			consumer: T::AccountId,
		},
		/// A consumer wants a lease.
		OrderPosted {
			/// The order.
			order: OrderId,
			/// Who pays.
			consumer: T::AccountId,
			/// What it pays in. `None`: TCT.
			asset: Option<AssetId>,
			/// Base units of that on hold for the lease.
			funds: Balance,
			/// Base units of TCT on hold for its opening deposit.
			opening: Balance,
			/// The last block of bidding.
			deadline: BlockNumber,
		},
		/// A provider bids on an order, or lowers its bid.
		BidPlaced {
			/// The order.
			order: OrderId,
			/// Where the lease would run.
			machine: MachineId,
			/// Who is paid.
			provider: T::AccountId,
			/// Base units per second and unit.
			rate: Balance,
		},
		/// A bid stands no more; its deposit is back.
		BidReleased {
			/// The order.
			order: OrderId,
			/// Whose bid.
			machine: MachineId,
			/// Why.
			why: BidEnd,
		},
		/// A bid could not become a lease at the deadline; the next one was tried.
		BidFailed {
			/// The order.
			order: OrderId,
			/// Whose bid.
			machine: MachineId,
			/// Why.
			error: DispatchError,
		},
		/// An order became a lease, accepted and ready to be started. All bids' deposits are back.
		OrderFilled {
			/// The order.
			order: OrderId,
			/// The lease.
			lease: LeaseId,
			/// Where it runs.
			machine: MachineId,
			/// Base units per second and unit.
			rate: Balance,
			/// Who closed or matched it, if not the consumer.
			rewarded: Option<T::AccountId>,
			/// Base units of the order's deposit that it got.
			reward: Balance,
		},
		/// An order ended without a lease. Funds and all deposits are back.
		OrderEnded {
			/// The order.
			order: OrderId,
			/// Why.
			why: OrderEnd,
			/// Who closed it, if not the consumer.
			rewarded: Option<T::AccountId>,
			/// Base units of the order's deposit that it got.
			reward: Balance,
		},
		/// A proposed match is none; the others are not touched by that.
		MatchFailed {
			/// The order.
			order: OrderId,
			/// The offer.
			offer: OfferId,
			/// Why.
			error: DispatchError,
		},
		/// Capacity is booked, a deposit is on hold on each side.
		ReservationMade {
			/// The reservation.
			reservation: ReservationId,
			/// Who will pay.
			consumer: T::AccountId,
			/// Who will be paid.
			provider: T::AccountId,
			/// Where it will run.
			machine: MachineId,
			/// The earliest arrival, milliseconds.
			opens_at: Moment,
			/// The agreed time, milliseconds.
			from: Moment,
			/// The latest arrival, milliseconds.
			closes_at: Moment,
			/// Base units on hold on each side.
			deposit: Balance,
		},
		/// The consumer is there and the machine could not take it: the provider is awaited.
		ConsumerArrived {
			/// The reservation.
			reservation: ReservationId,
			/// The last moment for the provider, milliseconds.
			until: Moment,
			/// Why the machine could not take it.
			error: DispatchError,
		},
		/// A reservation became a lease, accepted and ready to be started.
		ReservationOpened {
			/// The reservation.
			reservation: ReservationId,
			/// The lease.
			lease: LeaseId,
		},
		/// A reservation is over.
		ReservationEnded {
			/// The reservation.
			reservation: ReservationId,
			/// How.
			how: ReservationEnd,
			/// Base units of the provider's deposit that went to the consumer.
			to_consumer: Balance,
			/// Base units of the consumer's deposit that went to the provider.
			to_provider: Balance,
		},
		/// The chain stood still: absences in that time do not count.
		ChainStalled {
			/// The last block before it, milliseconds.
			from: Moment,
			/// The first block after it, milliseconds.
			until: Moment,
		},
		/// A payee could not receive: the amount waits in the pot.
		ClaimRecorded {
			/// For whom.
			beneficiary: T::AccountId,
			/// Base units.
			amount: Balance,
			/// Of what. `None`: TCT.
			asset: Option<AssetId>,
		},
		/// A claim was paid.
		ClaimPaid {
			/// To whom.
			beneficiary: T::AccountId,
			/// Base units.
			amount: Balance,
			/// Of what. `None`: TCT.
			asset: Option<AssetId>,
		},
		/// Governance changed the parameters. What exists keeps its own.
		ParametersSet {
			/// What holds from now on.
			params: Parameters,
		},
	}
}
