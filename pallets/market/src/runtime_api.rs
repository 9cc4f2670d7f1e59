//! What clients read: offers, orders, reservations, quotes.

use crate::types::{Bid, OfferId, OrderId, ReservationId, Tenant};
use alloc::vec::Vec;
use codec::{Codec, Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use terminal_primitives::{
	market::{LeaseTerms, Requirements},
	AssetId, Balance, BlockNumber, Digest, LeaseId, MachineId, Moment, VersionId,
};

/// What leases are paid in, as filters ask for it.
#[derive(
	Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo,
)]
pub enum PaidIn {
	/// Whatever it is.
	#[default]
	Any,
	/// TCT.
	Tct,
	/// This asset.
	Asset(AssetId),
}

impl PaidIn {
	/// Whether what is paid in `asset` (`None`: TCT) is asked for.
	pub fn is(self, asset: Option<AssetId>) -> bool {
		match self {
			Self::Any => true,
			Self::Tct => asset.is_none(),
			Self::Asset(id) => asset == Some(id),
		}
	}
}

/// Which offers to show. Nothing set: all.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct OfferFilter {
	/// Whose machine meets these.
	pub wanted: Option<Requirements>,
	/// That cost no more, base units per second and unit.
	pub max_rate: Option<Balance>,
	/// Spot only, or on demand only.
	pub spot: Option<bool>,
	/// Whose machine is online with so many free units now, that one lease may have.
	pub free_units: Option<u32>,
	/// That can be reserved, or cannot.
	pub reservable: Option<bool>,
	/// Whose leases are paid in this.
	pub paid_in: PaidIn,
}

/// An offer and what its machine has free.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct OfferView<AccountId> {
	/// The offer.
	pub id: OfferId,
	/// What to send as `offer_hash`.
	pub hash: Digest,
	/// Who is paid.
	pub provider: AccountId,
	/// Where leases run.
	pub machine: MachineId,
	/// What its leases are paid in. None: TCT.
	pub asset: Option<AssetId>,
	/// Base units of that per second and unit.
	pub rate: Balance,
	/// The most units of one lease.
	pub units: u32,
	/// Units of the machine that are free now.
	pub free_units: u32,
	/// Whether the machine takes leases now.
	pub online: bool,
	/// The shortest lease, in seconds.
	pub min_duration_seconds: u32,
	/// The longest lease, in seconds.
	pub max_duration_seconds: u32,
	/// What is agreed besides price.
	pub terms: LeaseTerms<AccountId>,
	/// When a lease may lie, milliseconds. Empty: always.
	pub windows: Vec<(Moment, Moment)>,
	/// What a reservation holds on each side, base units. None: not reservable.
	pub reservation_deposit: Option<Balance>,
	/// SHA-256 of the text of the provider's terms.
	pub document: Digest,
}

/// Some offers.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct OfferPage<AccountId> {
	/// Ascending.
	pub offers: Vec<OfferView<AccountId>>,
	/// Where the next page begins, if there may be one.
	pub next: Option<OfferId>,
}

/// The stages of an order that can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum OrderStatus {
	/// Takes bids.
	Fresh,
	/// Takes bids and matches.
	Open,
	/// Takes bids and matches; bids stand.
	Firm,
	/// Awaits closing.
	Due,
}

/// An order with its bids.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct OrderView<AccountId> {
	/// The order.
	pub id: OrderId,
	/// How far it is.
	pub status: OrderStatus,
	/// Who pays.
	pub consumer: AccountId,
	/// What the machine must be.
	pub wanted: Requirements,
	/// How many units.
	pub units: u32,
	/// What it pays in. None: TCT.
	pub asset: Option<AssetId>,
	/// The most it pays, base units per second and unit.
	pub max_rate: Balance,
	/// For how long, in seconds.
	pub duration_seconds: u32,
	/// The model version to pay.
	pub version: Option<VersionId>,
	/// Who signs receipts. None: receipts off.
	pub tenant: Tenant,
	/// What the lease would say besides price.
	pub terms: LeaseTerms<AccountId>,
	/// Whether the cheapest valid bid wins at the deadline and offers may match it.
	pub auto: bool,
	/// For the escrow, base units.
	pub funds: Balance,
	/// The last block of bidding.
	pub deadline: BlockNumber,
	/// The first block in which bids stand.
	pub firm_from: BlockNumber,
	/// What closing it pays, base units.
	pub close_reward: Balance,
	/// What matching it pays, base units.
	pub matcher_reward: Balance,
	/// The bids, cheapest first.
	pub bids: Vec<Bid<AccountId>>,
}

/// Some orders.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct OrderPage<AccountId> {
	/// Ascending; an account's own in no particular order.
	pub orders: Vec<OrderView<AccountId>>,
	/// Where the next page begins, if there may be one.
	pub next: Option<OrderId>,
}

/// The stages of a reservation that can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum ReservationStatus {
	/// The consumer is awaited.
	Reserved,
	/// The provider is awaited, until this moment.
	Arrived {
		/// Milliseconds.
		until: Moment,
	},
	/// The lease's first second is awaited.
	Opened {
		/// The lease.
		lease: LeaseId,
	},
}

/// A reservation.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct ReservationView<AccountId> {
	/// The reservation.
	pub id: ReservationId,
	/// How far it is.
	pub status: ReservationStatus,
	/// Who will pay.
	pub consumer: AccountId,
	/// Who will be paid.
	pub provider: AccountId,
	/// The offer it was made from.
	pub offer: OfferId,
	/// Where it will run.
	pub machine: MachineId,
	/// How many units.
	pub units: u32,
	/// Base units per second and unit.
	pub rate: Balance,
	/// For how long, in seconds.
	pub duration_seconds: u32,
	/// What the lease will say besides price.
	pub terms: LeaseTerms<AccountId>,
	/// On hold on each side, base units.
	pub deposit: Balance,
	/// Until when either side may cancel, milliseconds.
	pub cancel_until: Moment,
	/// What cancelling costs, base units.
	pub cancel_cost: Balance,
	/// The earliest arrival, milliseconds.
	pub opens_at: Moment,
	/// The agreed time, milliseconds.
	pub from: Moment,
	/// The latest arrival, milliseconds.
	pub closes_at: Moment,
	/// The least funds to bring without a model version, base units. None: leases refuse it now.
	pub least_funds: Option<Balance>,
}

/// Some reservations of an account.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct ReservationPage<AccountId> {
	/// In no particular order.
	pub reservations: Vec<ReservationView<AccountId>>,
	/// Where the next page begins, if there is more.
	pub next: Option<ReservationId>,
}

/// What a lease by an offer would cost, base units.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct OfferQuote {
	/// What to send as `offer_hash`.
	pub offer_hash: Digest,
	/// What the other amounts are in, but for the deposits. None: TCT.
	pub asset: Option<AssetId>,
	/// Per second and unit, for the provider.
	pub rate: Balance,
	/// For the whole time, the model version's price included: the most that is ever held.
	pub total: Balance,
	/// The least the escrow must hold.
	pub least_funds: Balance,
	/// Of the total: the protocol's fee.
	pub fee: Balance,
	/// Of the fee: burned.
	pub burned: Balance,
	/// The opening deposit of the lease, on top; what is left of it returns.
	pub opening_deposit: Balance,
	/// What a reservation holds on each side. None: not reservable.
	pub reservation_deposit: Option<Balance>,
	/// When it could begin at the earliest, milliseconds; now if it can be taken at once. None: not
	/// within what the calendar and the offer's windows show.
	pub earliest_start: Option<Moment>,
}

/// Why there is no quote. The errors of the same names say what to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum QuoteError {
	/// No such offer.
	UnknownOffer,
	/// Zero units, or more than the offer has.
	UnitsOutOfRange,
	/// The offer has no such duration.
	DurationOutOfRange,
	/// Leases refuse it: the model version is unknown or yanked, or the rate too low.
	Refused,
}

sp_api::decl_runtime_apis! {
	/// Reading the lease market.
	pub trait MarketApi<AccountId> where AccountId: Codec {
		/// The offers that `filter` lets through, ascending from `from` on, at most `limit` and at
		/// most 100.
		fn offers(filter: OfferFilter, from: OfferId, limit: u32) -> OfferPage<AccountId>;
		/// One offer.
		fn offer(offer: OfferId) -> Option<OfferView<AccountId>>;
		/// What a consumer agrees to when it takes the offer.
		fn offer_hash(offer: OfferId) -> Option<Digest>;
		/// The orders, ascending from `from` on, at most `limit` and at most 100; with `machine`
		/// only those it could bid on.
		fn orders(machine: Option<MachineId>, from: OrderId, limit: u32) -> OrderPage<AccountId>;
		/// One order with its bids.
		fn order(order: OrderId) -> Option<OrderView<AccountId>>;
		/// The orders of a consumer, in no particular order, at most `limit` and at most 100. Go on
		/// at `next`, which stays a place to go on from when that order is gone.
		fn own_orders(
			account: AccountId,
			from: Option<OrderId>,
			limit: u32,
		) -> OrderPage<AccountId>;
		/// The reservations of an account as consumer or provider, in no particular order, at most
		/// `limit` and at most 100. Go on at `next`, as with orders.
		fn own_reservations(
			account: AccountId,
			from: Option<ReservationId>,
			limit: u32,
		) -> ReservationPage<AccountId>;
		/// What a lease by that offer would cost now, and when it could begin.
		fn quote(
			offer: OfferId,
			units: u32,
			duration_seconds: u32,
			version: Option<VersionId>,
		) -> Result<OfferQuote, QuoteError>;
		/// What waits in the pot for an account, base units.
		fn claimable(account: AccountId, asset: Option<AssetId>) -> Balance;
	}
}
