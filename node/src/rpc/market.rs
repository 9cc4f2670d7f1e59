//! The `terminal_…` methods of the lease market: offers, orders, reservations and their prices.
//!
//! Units and `at` are as in [`super::terminal`].

use jsonrpsee::proc_macros::rpc;
use pallet_market::{
	runtime_api::{MarketApi, OfferFilter, QuoteError},
	OfferId, OrderId, ReservationId,
};
use pallet_providers::runtime_api::ProvidersApi;
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use std::sync::Arc;
use terminal_primitives::{MachineId, VersionId};
use terminal_runtime::{opaque::Block, AccountId, Hash};

use super::{
	arguments::{at_least_one, page_limit, OffersWanted},
	chain::Chain,
	error::Error,
	json::Exact,
};

mod views;

use views::{Offer, Offers, Order, Orders, Quote, Reservations};

/// The group's methods about the market.
#[rpc(server, namespace = "terminal")]
pub trait TerminalMarketApi {
	/// A page of the offers that `filter` lets through, ascending from id `from` (default 0) on, at
	/// most `limit` (default 50, at most 100). A page looks at 1,000 ids at most, so it may be empty
	/// and still have a `next`: go on there until it is null.
	#[method(name = "offers", blocking)]
	fn offers(
		&self,
		filter: Option<OffersWanted>,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<Offers>, Error>;

	/// One offer. Error 7007 if there is none.
	#[method(name = "offer", blocking)]
	fn offer(&self, id: u64, at: Option<Hash>) -> Result<Exact<Offer>, Error>;

	/// A page of the orders, with `machine` only those it could bid on, ascending from id `from`
	/// (default 0) on, at most `limit` (default 50, at most 100). Looks at 1,000 ids at most, as
	/// offers do. Error 7003 if there is no such machine.
	#[method(name = "orders", blocking)]
	fn orders(
		&self,
		machine: Option<u64>,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<Orders>, Error>;

	/// One order with its bids, cheapest first. Error 7008 if there is none.
	#[method(name = "order", blocking)]
	fn order(&self, id: u64, at: Option<Hash>) -> Result<Exact<Order>, Error>;

	/// A page of a consumer's orders, in no particular order, at most `limit` (default 50, at most
	/// 100). Go on at the answer's `next` until it is null.
	#[method(name = "ordersOf", blocking)]
	fn orders_of(
		&self,
		account: AccountId,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<Orders>, Error>;

	/// A page of an account's reservations, as consumer or provider, in no particular order, at most
	/// `limit` (default 50, at most 100). Go on at the answer's `next` until it is null.
	#[method(name = "reservationsOf", blocking)]
	fn reservations_of(
		&self,
		account: AccountId,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<Reservations>, Error>;

	/// What a lease of `units` for `duration_seconds` by an offer would cost now, with a model
	/// version or without, and when it could begin at the earliest. Error 7006 says why there is no
	/// quote.
	#[method(name = "quoteOffer", blocking)]
	fn quote_offer(
		&self,
		offer: u64,
		units: u32,
		duration_seconds: u32,
		version: Option<u64>,
		at: Option<Hash>,
	) -> Result<Exact<Quote>, Error>;
}

/// Answers the market's methods from a client.
pub struct TerminalMarket<Client> {
	chain: Chain<Client>,
}

impl<Client> TerminalMarket<Client>
where
	Client: ProvideRuntimeApi<Block> + HeaderBackend<Block>,
{
	/// Answers from `client`.
	pub fn new(client: Arc<Client>) -> Self {
		Self {
			chain: Chain::new(client),
		}
	}
}

impl<Client> TerminalMarketApiServer for TerminalMarket<Client>
where
	Client: ProvideRuntimeApi<Block> + HeaderBackend<Block> + Send + Sync + 'static,
	Client::Api: MarketApi<Block, AccountId> + ProvidersApi<Block, AccountId>,
{
	fn offers(
		&self,
		filter: Option<OffersWanted>,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<Offers>, Error> {
		let filter = OfferFilter::try_from(filter.unwrap_or_default())?;
		let from = OfferId(from.unwrap_or(0));
		let limit = page_limit(limit)?;
		self.chain
			.ask(at, |api, at| api.offers(at, filter, from, limit))
			.map(|page| Exact(page.into()))
	}

	fn offer(&self, id: u64, at: Option<Hash>) -> Result<Exact<Offer>, Error> {
		self.chain
			.ask(at, |api, at| api.offer(at, OfferId(id)))?
			.map(|offer| Exact(offer.into()))
			.ok_or(Error::UnknownOffer(id))
	}

	fn orders(
		&self,
		machine: Option<u64>,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<Orders>, Error> {
		let from = OrderId(from.unwrap_or(0));
		let limit = page_limit(limit)?;
		// Both from one block, even if a new one arrives in between.
		let at = Some(self.chain.block(at));
		if let Some(id) = machine {
			self.chain
				.ask(at, |api, at| api.machine(at, MachineId(id)))?
				.ok_or(Error::UnknownMachine(id))?;
		}
		self.chain
			.ask(at, |api, at| {
				api.orders(at, machine.map(MachineId), from, limit)
			})
			.map(|page| Exact(page.into()))
	}

	fn order(&self, id: u64, at: Option<Hash>) -> Result<Exact<Order>, Error> {
		self.chain
			.ask(at, |api, at| api.order(at, OrderId(id)))?
			.map(|order| Exact(order.into()))
			.ok_or(Error::UnknownOrder(id))
	}

	fn orders_of(
		&self,
		account: AccountId,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<Orders>, Error> {
		let from = from.map(OrderId);
		let limit = page_limit(limit)?;
		self.chain
			.ask(at, |api, at| api.own_orders(at, account, from, limit))
			.map(|page| Exact(page.into()))
	}

	fn reservations_of(
		&self,
		account: AccountId,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<Reservations>, Error> {
		let from = from.map(ReservationId);
		let limit = page_limit(limit)?;
		self.chain
			.ask(at, |api, at| api.own_reservations(at, account, from, limit))
			.map(|page| Exact(page.into()))
	}

	fn quote_offer(
		&self,
		offer: u64,
		units: u32,
		duration_seconds: u32,
		version: Option<u64>,
		at: Option<Hash>,
	) -> Result<Exact<Quote>, Error> {
		let units = at_least_one("units", units)?;
		let duration_seconds = at_least_one("durationSeconds", duration_seconds)?;
		self.chain
			.ask(at, |api, at| {
				let version = version.map(VersionId);
				api.quote(at, OfferId(offer), units, duration_seconds, version)
			})?
			.map(|quote| Exact(quote.into()))
			.map_err(|reason| no_quote(reason, offer))
	}
}

/// Why the runtime gave no quote, with what to do.
fn no_quote(reason: QuoteError, offer: u64) -> Error {
	let why = match reason {
		QuoteError::UnknownOffer => return Error::UnknownOffer(offer),
		QuoteError::UnitsOutOfRange => {
			"the offer has not so many units: ask for at most the units that terminal_offer shows"
		},
		QuoteError::DurationOutOfRange => {
			"the offer has no such duration: keep to the minDurationSeconds and \
			 maxDurationSeconds that terminal_offer shows"
		},
		QuoteError::Refused => {
			"no lease would be opened at that price: name a model version that is listed and not \
			 yanked (terminal_model), or none; without a version the offer's rate is too low or \
			 too high for a lease, so take another offer"
		},
	};
	Error::NoQuote(why.into())
}

#[cfg(test)]
mod tests;
