//! The `terminal_…` methods: what clients show of the marketplace, without SCALE. Those of offers,
//! orders and reservations are in [`super::market`]; docs/RPC.md shows each with an example.
//!
//! Each method asks one runtime API at one block. Amounts are decimal strings of base units
//! (10⁻¹² TCT), hashes and keys `0x` and hex, accounts SS58, times milliseconds since the Unix
//! epoch. `at` is a block hash; without it the best block is asked. What is best may still change:
//! pass a finalised hash where that matters. Calls run on the RPC server's blocking threads.

use jsonrpsee::proc_macros::rpc;
use pallet_leases::{
	runtime_api::{JobQuote, LeasePage, LeaseView, LeasesApi, MeteredQuote, QuoteError, Which},
	Record, Side,
};
use pallet_models::runtime_api::{ModelsApi, VersionPage, VersionView};
use pallet_muster::runtime_api::{MusterApi, StandingView};
use pallet_providers::runtime_api::{
	CalendarView, MachineFilter, MachinePage, MachineView, ProviderView, ProvidersApi, UptimeView,
};
use pallet_supply::{runtime_api::SupplyApi, SupplyView};
use serde::Serialize;
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use std::sync::Arc;
use terminal_primitives::{AssetId, LeaseId, MachineId, VersionId};
use terminal_runtime::{opaque::Block, AccountId, Hash};

use super::{
	arguments::{at_least_one, digest, page_limit, MachinesWanted},
	chain::Chain,
	error::Error,
	json::{Amount, Exact},
};

/// A machine with what it has proven.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MachineStatus {
	/// The machine as in the book.
	pub machine: MachineView<AccountId>,
	/// Its runs of verified uptime.
	pub uptime: Option<UptimeView>,
	/// What its units have proven to be, and until when.
	pub capability: Option<StandingView>,
}

/// The group's methods.
#[rpc(server, namespace = "terminal")]
pub trait TerminalApi {
	/// A page of the provider book: machines that `filter` lets through, ascending from id `from`
	/// (default 0) on, at most `limit` (default 50, at most 100). A page looks at 1,000 ids at most,
	/// so it may be empty and still have a `next`: go on there until it is null.
	#[method(name = "providerBook", blocking)]
	fn provider_book(
		&self,
		filter: Option<MachinesWanted>,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<MachinePage<AccountId>>, Error>;

	/// One machine with its verified uptime and what its units have proven to be. Error 7003 if there
	/// is none.
	#[method(name = "machine", blocking)]
	fn machine(&self, id: u64, at: Option<Hash>) -> Result<Exact<MachineStatus>, Error>;

	/// What is lent, booked and announced of a machine: units and their times, maintenance, and how
	/// much more of it may be announced. Error 7003 if there is none.
	#[method(name = "calendar", blocking)]
	fn calendar(&self, machine: u64, at: Option<Hash>) -> Result<Exact<CalendarView>, Error>;

	/// A provider's bond, what is at risk and what it may take on; null if the account is none.
	#[method(name = "provider", blocking)]
	fn provider(
		&self,
		account: AccountId,
		at: Option<Hash>,
	) -> Result<Exact<Option<ProviderView>>, Error>;

	/// A lease with its books, its meter and the seconds of funding left. Error 7002 if there is
	/// none.
	#[method(name = "leaseStatus", blocking)]
	fn lease_status(&self, id: u64, at: Option<Hash>)
		-> Result<Exact<LeaseView<AccountId>>, Error>;

	/// A page of an account's leases with their seconds of funding left, on both sides or on `side`
	/// ("Consumer" or "Provider"), all that are still listed or those that are open (`which`: "All",
	/// the default, or "Open"), in no particular order, at most `limit` (default 50, at most 100). A
	/// page looks at 1,000 at most, so it may be empty and still have a `next`: go on there until it
	/// is null.
	#[method(name = "leasesOf", blocking)]
	fn leases_of(
		&self,
		account: AccountId,
		side: Option<Side>,
		which: Option<Which>,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<LeasePage<AccountId>>, Error>;

	/// What became of an account's leases, as provider and as consumer: plain counters, zero for an
	/// account that closed none.
	#[method(name = "recordOf", blocking)]
	fn record_of(&self, account: AccountId, at: Option<Hash>) -> Result<Exact<Record>, Error>;

	/// What a metered lease of `units` for `duration_seconds` at the machine's asking price would
	/// cost now, with a model version or without, paid in `asset` or in TCT, and when it could begin
	/// at the earliest. Error 7006 says why there is no quote.
	#[method(name = "quoteMetered", blocking)]
	fn quote_metered(
		&self,
		machine: u64,
		units: u32,
		duration_seconds: u32,
		version: Option<u64>,
		asset: Option<AssetId>,
		at: Option<Hash>,
	) -> Result<Exact<MeteredQuote>, Error>;

	/// What a fixed job at `price` (a decimal string of base units) would cost now, with a model
	/// version or without, paid in `asset` or in TCT. Error 7006 says why there is no quote.
	#[method(name = "quoteJob", blocking)]
	fn quote_job(
		&self,
		machine: u64,
		price: Amount,
		version: Option<u64>,
		asset: Option<AssetId>,
		at: Option<Hash>,
	) -> Result<Exact<JobQuote>, Error>;

	/// The model version whose manifest has this SHA-256 (`0x` and 64 hex digits). Error 7005 if
	/// none is listed.
	#[method(name = "modelByDigest", blocking)]
	fn model_by_digest(
		&self,
		digest: String,
		at: Option<Hash>,
	) -> Result<Exact<VersionView<AccountId>>, Error>;

	/// A model version by its id. Error 7004 if there is none.
	#[method(name = "model", blocking)]
	fn model(&self, version: u64, at: Option<Hash>)
		-> Result<Exact<VersionView<AccountId>>, Error>;

	/// A page of model versions from id `from` (default 0) on, at most `limit` (default 50, at most
	/// 100). Go on at the answer's `next` until it is null.
	#[method(name = "models", blocking)]
	fn models(
		&self,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<VersionPage<AccountId>>, Error>;

	/// Issuance, cap, what was minted and burned by source, and what is still to come.
	#[method(name = "supply", blocking)]
	fn supply(&self, at: Option<Hash>) -> Result<Exact<SupplyView>, Error>;
}

/// Answers the group's methods from a client.
pub struct Terminal<Client> {
	chain: Chain<Client>,
}

impl<Client> Terminal<Client>
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

impl<Client> TerminalApiServer for Terminal<Client>
where
	Client: ProvideRuntimeApi<Block> + HeaderBackend<Block> + Send + Sync + 'static,
	Client::Api: ProvidersApi<Block, AccountId>
		+ LeasesApi<Block, AccountId>
		+ ModelsApi<Block, AccountId>
		+ MusterApi<Block>
		+ SupplyApi<Block>,
{
	fn provider_book(
		&self,
		filter: Option<MachinesWanted>,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<MachinePage<AccountId>>, Error> {
		let filter = MachineFilter::try_from(filter.unwrap_or_default())?;
		let from = MachineId(from.unwrap_or(0));
		let limit = page_limit(limit)?;
		self.chain
			.ask(at, |api, at| api.find_machines(at, filter, from, limit))
			.map(Exact)
	}

	fn machine(&self, id: u64, at: Option<Hash>) -> Result<Exact<MachineStatus>, Error> {
		// Both from one block, even if a new one arrives in between.
		let at = Some(self.chain.block(at));
		let machine = self
			.chain
			.ask(at, |api, at| api.machine(at, MachineId(id)))?
			.ok_or(Error::UnknownMachine(id))?;
		let uptime = self
			.chain
			.ask(at, |api, at| api.uptime(at, MachineId(id)))?;
		let capability = self
			.chain
			.ask(at, |api, at| api.standing(at, MachineId(id)))?;
		Ok(Exact(MachineStatus {
			machine,
			uptime,
			capability,
		}))
	}

	fn calendar(&self, machine: u64, at: Option<Hash>) -> Result<Exact<CalendarView>, Error> {
		self.chain
			.ask(at, |api, at| api.calendar(at, MachineId(machine)))?
			.map(Exact)
			.ok_or(Error::UnknownMachine(machine))
	}

	fn provider(
		&self,
		account: AccountId,
		at: Option<Hash>,
	) -> Result<Exact<Option<ProviderView>>, Error> {
		self.chain
			.ask(at, |api, at| api.provider(at, account))
			.map(Exact)
	}

	fn lease_status(
		&self,
		id: u64,
		at: Option<Hash>,
	) -> Result<Exact<LeaseView<AccountId>>, Error> {
		self.chain
			.ask(at, |api, at| api.lease(at, LeaseId(id)))?
			.map(Exact)
			.ok_or(Error::UnknownLease(id))
	}

	fn leases_of(
		&self,
		account: AccountId,
		side: Option<Side>,
		which: Option<Which>,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<LeasePage<AccountId>>, Error> {
		let which = which.unwrap_or_default();
		let from = from.map(LeaseId);
		let limit = page_limit(limit)?;
		self.chain
			.ask(at, |api, at| {
				api.own_leases(at, account, side, which, from, limit)
			})
			.map(Exact)
	}

	fn record_of(&self, account: AccountId, at: Option<Hash>) -> Result<Exact<Record>, Error> {
		self.chain
			.ask(at, |api, at| api.record_of(at, account))
			.map(Exact)
	}

	fn quote_metered(
		&self,
		machine: u64,
		units: u32,
		duration_seconds: u32,
		version: Option<u64>,
		asset: Option<AssetId>,
		at: Option<Hash>,
	) -> Result<Exact<MeteredQuote>, Error> {
		let units = at_least_one("units", units)?;
		let duration_seconds = at_least_one("durationSeconds", duration_seconds)?;
		self.chain
			.ask(at, |api, at| {
				let (machine, version) = (MachineId(machine), version.map(VersionId));
				api.quote_metered(at, machine, units, duration_seconds, version, asset)
			})?
			.map(Exact)
			.map_err(|reason| no_quote(reason, machine, version))
	}

	fn quote_job(
		&self,
		machine: u64,
		price: Amount,
		version: Option<u64>,
		asset: Option<AssetId>,
		at: Option<Hash>,
	) -> Result<Exact<JobQuote>, Error> {
		self.chain
			.ask(at, |api, at| {
				let (machine, version) = (MachineId(machine), version.map(VersionId));
				api.quote_job(at, machine, price.0, version, asset)
			})?
			.map(Exact)
			.map_err(|reason| no_quote(reason, machine, version))
	}

	fn model_by_digest(
		&self,
		manifest: String,
		at: Option<Hash>,
	) -> Result<Exact<VersionView<AccountId>>, Error> {
		let bytes = digest(&manifest)?;
		self.chain
			.ask(at, |api, at| api.version_by_digest(at, bytes))?
			.map(Exact)
			.ok_or(Error::UnknownDigest(manifest))
	}

	fn model(
		&self,
		version: u64,
		at: Option<Hash>,
	) -> Result<Exact<VersionView<AccountId>>, Error> {
		self.chain
			.ask(at, |api, at| api.version(at, VersionId(version)))?
			.map(Exact)
			.ok_or(Error::UnknownVersion(version))
	}

	fn models(
		&self,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<VersionPage<AccountId>>, Error> {
		let from = VersionId(from.unwrap_or(0));
		let limit = page_limit(limit)?;
		self.chain
			.ask(at, |api, at| api.versions(at, from, limit))
			.map(Exact)
	}

	fn supply(&self, at: Option<Hash>) -> Result<Exact<SupplyView>, Error> {
		self.chain.ask(at, |api, at| api.supply(at)).map(Exact)
	}
}

/// Why the runtime gave no quote, with what to do.
fn no_quote(reason: QuoteError, machine: u64, version: Option<u64>) -> Error {
	match (reason, version) {
		(QuoteError::UnknownMachine, _) => Error::UnknownMachine(machine),
		(QuoteError::UnknownVersion, Some(version)) => Error::UnknownVersion(version),
		(QuoteError::UnknownVersion, None) => Error::NoQuote(
			"the model version is unknown: look it up with terminal_modelByDigest".into(),
		),
		(QuoteError::VersionYanked, _) => Error::NoQuote(
			"the model version was yanked and takes no new leases: name another version, or none"
				.into(),
		),
		(QuoteError::PriceOverflow, _) => Error::NoQuote(
			"the price is more than there is money: ask for a shorter time or fewer units".into(),
		),
		(QuoteError::AssetNotApproved, _) => Error::NoQuote(
			"leases are not paid in that asset: name one that approved_assets lists, or none"
				.into(),
		),
		(QuoteError::MachineNotPriced, _) => Error::NoQuote(
			"the machine has no price in that asset: name another, or none for TCT".into(),
		),
		(QuoteError::VersionNotPriced, _) => Error::NoQuote(
			"the model version is not to be had for that asset: name another, or none for TCT"
				.into(),
		),
	}
}

#[cfg(test)]
mod tests;
