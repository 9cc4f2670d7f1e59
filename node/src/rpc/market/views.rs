//! The market's views in JSON: names of hardware as text, shares as billionths.

use pallet_market::{
	runtime_api::{
		OfferPage, OfferQuote, OfferView, OrderPage, OrderStatus, OrderView, ReservationPage,
		ReservationStatus, ReservationView,
	},
	Bid,
};
use serde::Serialize;
use terminal_primitives::{
	market::{HardwareClass, LeaseTerms, Requirements, Slug},
	AssetId, Balance, BlockNumber, Digest, Moment,
};
use terminal_runtime::AccountId;

/// What a machine must be.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Wanted {
	class: HardwareClass,
	accelerators: Vec<String>,
	min_memory_mib: u32,
	region: Option<String>,
	interconnect: Option<String>,
	min_driver: Option<String>,
}

impl From<Requirements> for Wanted {
	fn from(wanted: Requirements) -> Self {
		Self {
			class: wanted.class,
			accelerators: wanted.accelerators.iter().map(text).collect(),
			min_memory_mib: wanted.min_memory_mib,
			region: wanted.region.as_ref().map(text),
			interconnect: wanted.interconnect.as_ref().map(text),
			min_driver: wanted.min_driver.as_ref().map(text),
		}
	}
}

/// Stored names are ASCII by the checks of the calls, so nothing is lost.
fn text(slug: &Slug) -> String {
	String::from_utf8_lossy(slug).into_owned()
}

/// What both sides agree besides price, named as in a lease's `agreement`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
	spot_notice_ms: Option<u64>,
	max_duration_ms: u64,
	early_close_ms: u64,
	sla_target: Option<u32>,
	sla_credit: Option<u32>,
	arbiter: Option<AccountId>,
	arbiter_fee: Option<Balance>,
}

impl From<LeaseTerms<AccountId>> for Terms {
	fn from(terms: LeaseTerms<AccountId>) -> Self {
		let (arbiter, arbiter_fee) = terms
			.arbiter
			.map(|arbiter| (arbiter.account, arbiter.fee))
			.unzip();
		Self {
			spot_notice_ms: terms.spot_notice_ms,
			max_duration_ms: terms.max_duration_ms,
			early_close_ms: terms.early_close_ms,
			sla_target: terms.sla.map(|sla| sla.target.deconstruct()),
			sla_credit: terms.sla.map(|sla| sla.credit.deconstruct()),
			arbiter,
			arbiter_fee,
		}
	}
}

/// A stretch of time in which an offer's leases lie.
#[derive(Clone, Debug, Serialize)]
pub struct Window {
	from: Moment,
	until: Moment,
}

/// An offer.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
	id: u64,
	hash: Digest,
	provider: AccountId,
	machine: u64,
	asset: Option<AssetId>,
	rate: Balance,
	units: u32,
	free_units: u32,
	online: bool,
	min_duration_seconds: u32,
	max_duration_seconds: u32,
	terms: Terms,
	windows: Vec<Window>,
	reservation_deposit: Option<Balance>,
	document: Digest,
}

impl From<OfferView<AccountId>> for Offer {
	fn from(view: OfferView<AccountId>) -> Self {
		let windows = view.windows.into_iter();
		Self {
			id: view.id.0,
			hash: view.hash,
			provider: view.provider,
			machine: view.machine.0,
			asset: view.asset,
			rate: view.rate,
			units: view.units,
			free_units: view.free_units,
			online: view.online,
			min_duration_seconds: view.min_duration_seconds,
			max_duration_seconds: view.max_duration_seconds,
			terms: view.terms.into(),
			windows: windows
				.map(|(from, until)| Window { from, until })
				.collect(),
			reservation_deposit: view.reservation_deposit,
			document: view.document,
		}
	}
}

/// A page of offers.
#[derive(Clone, Debug, Serialize)]
pub struct Offers {
	offers: Vec<Offer>,
	next: Option<u64>,
}

impl From<OfferPage<AccountId>> for Offers {
	fn from(page: OfferPage<AccountId>) -> Self {
		Self {
			offers: page.offers.into_iter().map(Offer::from).collect(),
			next: page.next.map(|next| next.0),
		}
	}
}

/// How far an order is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum OrderStage {
	/// Takes bids.
	Fresh,
	/// Takes bids and matches.
	Open,
	/// Takes bids and matches; bids stand.
	Firm,
	/// Awaits closing.
	Due,
}

impl From<OrderStatus> for OrderStage {
	fn from(status: OrderStatus) -> Self {
		match status {
			OrderStatus::Fresh => Self::Fresh,
			OrderStatus::Open => Self::Open,
			OrderStatus::Firm => Self::Firm,
			OrderStatus::Due => Self::Due,
		}
	}
}

/// A bid.
#[derive(Clone, Debug, Serialize)]
pub struct OrderBid {
	provider: AccountId,
	machine: u64,
	rate: Balance,
	deposit: Balance,
}

impl From<Bid<AccountId>> for OrderBid {
	fn from(bid: Bid<AccountId>) -> Self {
		Self {
			provider: bid.provider,
			machine: bid.machine.0,
			rate: bid.rate,
			deposit: bid.deposit,
		}
	}
}

/// An order with its bids.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
	id: u64,
	status: OrderStage,
	consumer: AccountId,
	wanted: Wanted,
	units: u32,
	asset: Option<AssetId>,
	max_rate: Balance,
	duration_seconds: u32,
	version: Option<u64>,
	tenant: Option<[u8; 32]>,
	terms: Terms,
	auto: bool,
	funds: Balance,
	deadline: BlockNumber,
	firm_from: BlockNumber,
	close_reward: Balance,
	matcher_reward: Balance,
	bids: Vec<OrderBid>,
}

impl From<OrderView<AccountId>> for Order {
	fn from(view: OrderView<AccountId>) -> Self {
		Self {
			id: view.id.0,
			status: view.status.into(),
			consumer: view.consumer,
			wanted: view.wanted.into(),
			units: view.units,
			asset: view.asset,
			max_rate: view.max_rate,
			duration_seconds: view.duration_seconds,
			version: view.version.map(|version| version.0),
			tenant: view.tenant,
			terms: view.terms.into(),
			auto: view.auto,
			funds: view.funds,
			deadline: view.deadline,
			firm_from: view.firm_from,
			close_reward: view.close_reward,
			matcher_reward: view.matcher_reward,
			bids: view.bids.into_iter().map(OrderBid::from).collect(),
		}
	}
}

/// A page of orders.
#[derive(Clone, Debug, Serialize)]
pub struct Orders {
	orders: Vec<Order>,
	next: Option<u64>,
}

impl From<OrderPage<AccountId>> for Orders {
	fn from(page: OrderPage<AccountId>) -> Self {
		Self {
			orders: page.orders.into_iter().map(Order::from).collect(),
			next: page.next.map(|next| next.0),
		}
	}
}

/// How far a reservation is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ReservationStage {
	/// The consumer is awaited.
	Reserved,
	/// The provider is awaited.
	Arrived {
		/// Until then, milliseconds.
		until: Moment,
	},
	/// The lease's first second is awaited.
	Opened {
		/// The lease.
		lease: u64,
	},
}

impl From<ReservationStatus> for ReservationStage {
	fn from(status: ReservationStatus) -> Self {
		match status {
			ReservationStatus::Reserved => Self::Reserved,
			ReservationStatus::Arrived { until } => Self::Arrived { until },
			ReservationStatus::Opened { lease } => Self::Opened { lease: lease.0 },
		}
	}
}

/// A reservation.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reservation {
	id: u64,
	status: ReservationStage,
	consumer: AccountId,
	provider: AccountId,
	offer: u64,
	machine: u64,
	units: u32,
	rate: Balance,
	duration_seconds: u32,
	terms: Terms,
	deposit: Balance,
	cancel_until: Moment,
	cancel_cost: Balance,
	opens_at: Moment,
	from: Moment,
	closes_at: Moment,
	least_funds: Option<Balance>,
}

impl From<ReservationView<AccountId>> for Reservation {
	fn from(view: ReservationView<AccountId>) -> Self {
		Self {
			id: view.id.0,
			status: view.status.into(),
			consumer: view.consumer,
			provider: view.provider,
			offer: view.offer.0,
			machine: view.machine.0,
			units: view.units,
			rate: view.rate,
			duration_seconds: view.duration_seconds,
			terms: view.terms.into(),
			deposit: view.deposit,
			cancel_until: view.cancel_until,
			cancel_cost: view.cancel_cost,
			opens_at: view.opens_at,
			from: view.from,
			closes_at: view.closes_at,
			least_funds: view.least_funds,
		}
	}
}

/// A page of reservations.
#[derive(Clone, Debug, Serialize)]
pub struct Reservations {
	reservations: Vec<Reservation>,
	next: Option<u64>,
}

impl From<ReservationPage<AccountId>> for Reservations {
	fn from(page: ReservationPage<AccountId>) -> Self {
		let reservations = page.reservations.into_iter();
		Self {
			reservations: reservations.map(Reservation::from).collect(),
			next: page.next.map(|next| next.0),
		}
	}
}

/// What a lease by an offer would cost, base units.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Quote {
	offer_hash: Digest,
	asset: Option<AssetId>,
	rate: Balance,
	total: Balance,
	least_funds: Balance,
	fee: Balance,
	burned: Balance,
	opening_deposit: Balance,
	reservation_deposit: Option<Balance>,
	earliest_start: Option<Moment>,
}

impl From<OfferQuote> for Quote {
	fn from(quote: OfferQuote) -> Self {
		Self {
			offer_hash: quote.offer_hash,
			asset: quote.asset,
			rate: quote.rate,
			total: quote.total,
			least_funds: quote.least_funds,
			fee: quote.fee,
			burned: quote.burned,
			opening_deposit: quote.opening_deposit,
			reservation_deposit: quote.reservation_deposit,
			earliest_start: quote.earliest_start,
		}
	}
}
