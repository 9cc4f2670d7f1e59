#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![warn(missing_docs)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod bids;
mod clock;
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
use terminal_primitives::BlockNumber;

pub(crate) const LOG_TARGET: &str = "runtime::market";

/// Funds on their way from a hold to whom they are for.
pub type CreditOf<T> =
	fungible::Credit<<T as frame_system::Config>::AccountId, <T as Config>::Currency>;

/// The block being built.
pub(crate) fn now_block<T: frame_system::Config>() -> BlockNumber {
	frame_system::Pallet::<T>::block_number().saturated_into()
}

#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(storage::storage)]
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
			Time,
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
		Balance, Digest, LeaseId, MachineId, Moment, VersionId,
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

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Offer leases on a machine. An offer never changes: publish another, withdraw the old.
		///
		/// Signed by the machine's provider (the cold account), whose deposit is held while the
		/// offer stands. `rate` is base units per second and unit; `units` the most of one lease;
		/// a lease lies in one of `windows` (none: always), counted from its taking. With a
		/// `reservation_deposit` the offer can be reserved: that much is then held *on each side*.
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
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let draft = OfferDraft {
				machine,
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
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let draft = OrderDraft {
				wanted,
				units,
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

		/// Pay what waits in the pot for `beneficiary`.
		///
		/// Signed by anyone. Emits `ClaimPaid`. Fails with `NothingToClaim`, `CannotReceive`.
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::claim())]
		pub fn claim(origin: OriginFor<T>, beneficiary: T::AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim(beneficiary)
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

		/// What waits in the pot for an account, in base units.
		pub fn claimable(account: T::AccountId) -> Balance {
			Claims::<T>::get(account).unwrap_or_default()
		}
	}
}
