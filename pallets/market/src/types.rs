//! What is stored: offers, orders with their bids, reservations.

use codec::{CompactAs, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_io::hashing::blake2_256;
use sp_runtime::Perbill;
use terminal_primitives::{
	market::{LeaseTerms, Requirements},
	AssetId, Balance, BlockNumber, Digest, LeaseId, MachineId, Moment, VersionId,
};

pub use crate::params::Parameters;

/// The most bids on one order.
pub const MAX_BIDS: u32 = 16;
/// The most windows in which an offer is available.
pub const MAX_WINDOWS: u32 = 8;
/// The most matches proposed in one call.
pub const MAX_MATCHES: u32 = 16;
/// Standstills of the chain that are remembered.
pub const MAX_STALLS: u32 = 32;

macro_rules! id {
	($(#[$doc:meta])* $name:ident) => {
		$(#[$doc])*
		#[derive(
			Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Encode, Decode,
			DecodeWithMemTracking, CompactAs, MaxEncodedLen, TypeInfo, Serialize, Deserialize,
		)]
		pub struct $name(pub u64);

		impl $name {
			/// The id that follows, or `None` when the counter is used up.
			pub fn next(self) -> Option<Self> {
				self.0.checked_add(1).map(Self)
			}
		}
	};
}

id!(
	/// A provider's offer, counted from zero, never used again.
	OfferId
);
id!(
	/// A consumer's order, counted from zero, never used again.
	OrderId
);
id!(
	/// A reservation, counted from zero, never used again.
	ReservationId
);

/// Stretches of time, `(from, until)` in milliseconds, in order and apart from each other.
pub type Windows = BoundedVec<(Moment, Moment), ConstU32<MAX_WINDOWS>>;
/// The bids on an order: cheapest first, the first placed among equals.
pub type Bids<AccountId> = BoundedVec<Bid<AccountId>, ConstU32<MAX_BIDS>>;
/// Matches to be verified.
pub type Matches = BoundedVec<(OrderId, OfferId), ConstU32<MAX_MATCHES>>;
/// The key whose receipts a lease pays (sr25519). `None`: receipts off.
pub type Tenant = Option<[u8; 32]>;

/// What a provider offers on one machine. It never changes: another price is another offer.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Offer<AccountId> {
	/// Who is paid. Holds the deposit.
	pub provider: AccountId,
	/// Where leases run.
	pub machine: MachineId,
	/// What its leases are paid in. `None`: TCT. Deposits are in TCT always.
	pub asset: Option<AssetId>,
	/// Base units of that per second and unit.
	pub rate: Balance,
	/// The most units one lease may have.
	pub units: u32,
	/// The shortest lease, in seconds.
	pub min_duration_seconds: u32,
	/// The longest lease, in seconds.
	pub max_duration_seconds: u32,
	/// What both sides agree besides price.
	pub terms: LeaseTerms<AccountId>,
	/// When it is available: a lease lies in one of these. Empty: always.
	pub windows: Windows,
	/// What a reservation holds in both accounts, in base units. `None`: not reservable.
	pub reservation_deposit: Option<Balance>,
	/// SHA-256 of the text of the provider's terms, zero for none.
	pub document: Digest,
	/// On hold in the provider's account while the offer stands, in base units.
	pub deposit: Balance,
}

impl<AccountId: Encode> Offer<AccountId> {
	/// What a consumer agrees to: Blake2b-256 of the SCALE encoding of (`b"tct/offer/v1"`, offer
	/// id, and all fields but the deposit, in their order).
	pub fn hash(&self, id: OfferId) -> Digest {
		let what = (&self.provider, self.machine.0, self.asset, self.rate);
		let what = (what, self.units);
		let how_long = (self.min_duration_seconds, self.max_duration_seconds);
		let how = (
			&self.terms,
			&self.windows,
			self.reservation_deposit,
			self.document,
		);
		(b"tct/offer/v1", id.0, what, how_long, how).using_encoded(blake2_256)
	}
}

impl<AccountId> Offer<AccountId> {
	/// Whether `units` for `seconds` is a lease it offers.
	pub fn offers(&self, units: u32, seconds: u32) -> bool {
		(1..=self.units).contains(&units)
			&& (self.min_duration_seconds..=self.max_duration_seconds).contains(&seconds)
	}
}

/// A provider's bid on an order.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Bid<AccountId> {
	/// Who is paid. Holds the deposit.
	pub provider: AccountId,
	/// Where the lease would run.
	pub machine: MachineId,
	/// Base units per second and unit.
	pub rate: Balance,
	/// On hold in the provider's account while the bid stands, in base units.
	pub deposit: Balance,
}

/// What a consumer wants. Once it is filled, cancelled or over, it is gone.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Order<AccountId> {
	/// Who pays.
	pub consumer: AccountId,
	/// What the machine must be.
	pub wanted: Requirements,
	/// How many units.
	pub units: u32,
	/// What it pays in. `None`: TCT. Rates and funds are in it; deposits are in TCT always.
	pub asset: Option<AssetId>,
	/// The most it pays, base units per second and unit, without the model's price.
	pub max_rate: Balance,
	/// For how long, in seconds.
	pub duration_seconds: u32,
	/// The model version to pay.
	pub version: Option<VersionId>,
	/// Who signs receipts.
	pub tenant: Tenant,
	/// What the lease would say besides price.
	pub terms: LeaseTerms<AccountId>,
	/// Whether the cheapest valid bid wins at the deadline, and others may match it before.
	pub auto: bool,
	/// For the lease's escrow, on hold in the consumer's account, in base units.
	pub funds: Balance,
	/// For the lease's opening deposit, on hold besides the funds, in base units of TCT.
	pub opening: Balance,
	/// What the whole time at `max_rate` cost when it was posted, with the model, in base units. Its
	/// model may not be dearer when a lease is made of it.
	pub whole: Balance,
	/// The order's own deposit, on hold in the consumer's account: pays who closes or matches it.
	pub deposit: Balance,
	/// Of the deposit: for who closes it after the deadline.
	pub close_reward: Balance,
	/// Of the deposit: for who matches it with an offer.
	pub matcher_reward: Balance,
	/// The last block in which it takes bids only, no matches.
	pub bids_only_until: BlockNumber,
	/// The first block in which bids cannot be withdrawn any more.
	pub firm_from: BlockNumber,
	/// The last block of bidding. From the next on it can be closed and nothing else.
	pub deadline: BlockNumber,
	/// The bids.
	pub bids: Bids<AccountId>,
	/// The block under which the expiry wheel holds its only entry, 0 for none.
	pub wake_at: BlockNumber,
}

impl<AccountId> Order<AccountId> {
	/// The duration in milliseconds.
	pub fn duration_ms(&self) -> u64 {
		u64::from(self.duration_seconds).saturating_mul(1_000)
	}

	/// All that is on hold for the lease, by what it is in: escrow and opening deposit.
	pub fn held_funds(&self) -> [(Option<AssetId>, Balance); 2] {
		[(self.asset, self.funds), (None, self.opening)]
	}
}

impl<AccountId: Encode> Order<AccountId> {
	/// What a bidder agrees to: Blake2b-256 of the SCALE encoding of (`b"tct/order/v1"`, order id,
	/// consumer, requirements, units, asset, duration in seconds, version, terms).
	pub fn hash(&self, id: OrderId) -> Digest {
		let what = (&self.consumer, &self.wanted, self.units, self.asset);
		let how = (self.duration_seconds, self.version, &self.terms);
		(b"tct/order/v1", id.0, what, how).using_encoded(blake2_256)
	}
}

/// What a consumer brings when it arrives.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Arrival {
	/// The model version to pay.
	pub version: Option<VersionId>,
	/// Who signs receipts.
	pub tenant: Tenant,
	/// For the lease's escrow, on hold, in base units.
	pub funds: Balance,
	/// For the lease's opening deposit, on hold together with the funds, in base units.
	pub opening: Balance,
	/// What the whole time cost when the consumer arrived, with the model, in base units. Its model
	/// may not be dearer when the lease is opened.
	pub whole: Balance,
}

impl Arrival {
	/// All that is on hold for the lease: escrow and opening deposit.
	pub fn held_funds(&self) -> Balance {
		self.funds.saturating_add(self.opening)
	}
}

/// How far a reservation is. The diagram is in [`crate::lifecycle`].
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum ReservationState {
	/// Capacity is booked; the consumer is awaited.
	#[codec(index = 0)]
	Reserved,
	/// The consumer was there, the machine could not take it: the provider is awaited.
	#[codec(index = 1)]
	Arrived {
		/// When the consumer was there, milliseconds.
		at: Moment,
		/// The last moment in which the provider may honour it, milliseconds.
		until: Moment,
		/// What the consumer brought.
		arrival: Arrival,
	},
	/// The lease is open; its first second is awaited.
	#[codec(index = 2)]
	Opened {
		/// The lease.
		lease: LeaseId,
		/// When it was opened, milliseconds.
		at: Moment,
	},
}

/// Capacity for a time to come, with a deposit on each side. Once it is over, it is gone.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Reservation<AccountId> {
	/// Who will pay.
	pub consumer: AccountId,
	/// Who will be paid.
	pub provider: AccountId,
	/// The offer it was made from. It may be gone.
	pub offer: OfferId,
	/// The hash of that offer.
	pub offer_hash: Digest,
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
	/// On hold in *each* of the two accounts, in base units.
	pub deposit: Balance,
	/// When the consumer may arrive at the earliest, milliseconds.
	pub opens_at: Moment,
	/// When the capacity is agreed for, milliseconds.
	pub from: Moment,
	/// When the consumer may arrive at the latest, milliseconds.
	pub closes_at: Moment,
	/// Until when the capacity is booked, milliseconds.
	pub booked_until: Moment,
	/// Until when either side may cancel, milliseconds.
	pub cancel_until: Moment,
	/// What cancelling costs of the own deposit. Rounded up.
	pub cancel_share: Perbill,
	/// Milliseconds that the provider has at least from an arrival on.
	pub honour_ms: u64,
	/// The share of a window in which the chain must have run for an absence to count.
	pub live_share: Perbill,
	/// Milliseconds after which an opened lease that was never heard of again costs nobody.
	pub backstop_ms: u64,
	/// How far it is.
	pub state: ReservationState,
	/// The block under which the expiry wheel holds its only entry, 0 for none.
	pub wake_at: BlockNumber,
}

impl<AccountId> Reservation<AccountId> {
	/// The duration in milliseconds.
	pub fn duration_ms(&self) -> u64 {
		u64::from(self.duration_seconds).saturating_mul(1_000)
	}
}

/// How a reservation ended.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ReservationEnd {
	/// The lease runs: both deposits are back.
	#[codec(index = 0)]
	Kept,
	/// The consumer cancelled in time: a share of its deposit went to the provider.
	#[codec(index = 1)]
	CancelledByConsumer,
	/// The provider cancelled in time: a share of its deposit went to the consumer.
	#[codec(index = 2)]
	CancelledByProvider,
	/// The consumer did not come: its deposit went to the provider.
	#[codec(index = 3)]
	ConsumerAbsent,
	/// The consumer came and no lease began: the provider's deposit went to the consumer.
	#[codec(index = 4)]
	ProviderAbsent,
	/// Nobody can be blamed (the chain stood still, the consumer's model is gone, no word of the
	/// lease): both deposits are back.
	#[codec(index = 5)]
	Void,
}

/// Why an order ended without a lease.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum OrderEnd {
	/// The consumer cancelled it.
	#[codec(index = 0)]
	Cancelled,
	/// The deadline passed without a valid bid, or without the consumer's choice.
	#[codec(index = 1)]
	Unfilled,
}

/// Why a bid's deposit was given back.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum BidEnd {
	/// The bidder took it back.
	#[codec(index = 0)]
	Withdrawn,
	/// A cheaper one took its place, or one of the machine's new provider.
	#[codec(index = 1)]
	Displaced,
}

/// Entry of the expiry wheel.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Expiring {
	/// An order.
	#[codec(index = 0)]
	Order(OrderId),
	/// A reservation.
	#[codec(index = 1)]
	Reservation(ReservationId),
}

/// What the protocol takes of a lease's price, for quotes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FeeShares {
	/// Of the price: the protocol's fee. Rounded up.
	pub fee: Perbill,
	/// Of the fee: to the treasury. Rounded down.
	pub treasury: Perbill,
	/// Of the fee: to the attestors. Rounded down; the burn gets what is left.
	pub attestors: Perbill,
}

/// What a provider publishes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfferDraft<AccountId> {
	/// See [`Offer::machine`].
	pub machine: MachineId,
	/// See [`Offer::asset`].
	pub asset: Option<AssetId>,
	/// See [`Offer::rate`].
	pub rate: Balance,
	/// See [`Offer::units`].
	pub units: u32,
	/// See [`Offer::min_duration_seconds`].
	pub min_duration_seconds: u32,
	/// See [`Offer::max_duration_seconds`].
	pub max_duration_seconds: u32,
	/// See [`Offer::terms`].
	pub terms: LeaseTerms<AccountId>,
	/// See [`Offer::windows`].
	pub windows: Windows,
	/// See [`Offer::reservation_deposit`].
	pub reservation_deposit: Option<Balance>,
	/// See [`Offer::document`].
	pub document: Digest,
}

/// What a consumer takes of an offer at once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taking {
	/// Which offer.
	pub offer: OfferId,
	/// Its hash as the consumer read it.
	pub offer_hash: Digest,
	/// How many units.
	pub units: u32,
	/// For how long.
	pub duration_seconds: u32,
	/// The most it pays, base units per second and unit.
	pub max_rate: Balance,
	/// The model version to pay.
	pub version: Option<VersionId>,
	/// Who signs receipts.
	pub tenant: Tenant,
	/// For the escrow, in base units.
	pub funds: Balance,
}

/// What a consumer posts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderDraft<AccountId> {
	/// See [`Order::wanted`].
	pub wanted: Requirements,
	/// See [`Order::units`].
	pub units: u32,
	/// See [`Order::asset`].
	pub asset: Option<AssetId>,
	/// See [`Order::max_rate`].
	pub max_rate: Balance,
	/// See [`Order::duration_seconds`].
	pub duration_seconds: u32,
	/// See [`Order::deadline`].
	pub deadline: BlockNumber,
	/// See [`Order::version`].
	pub version: Option<VersionId>,
	/// See [`Order::tenant`].
	pub tenant: Tenant,
	/// See [`Order::funds`].
	pub funds: Balance,
	/// See [`Order::terms`].
	pub terms: LeaseTerms<AccountId>,
	/// See [`Order::auto`].
	pub auto: bool,
}

/// What a consumer reserves of an offer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wish {
	/// Which offer.
	pub offer: OfferId,
	/// Its hash as the consumer read it.
	pub offer_hash: Digest,
	/// How many units.
	pub units: u32,
	/// For how long.
	pub duration_seconds: u32,
	/// From when on, milliseconds.
	pub from: Moment,
	/// The most it pays, base units per second and unit.
	pub max_rate: Balance,
}
