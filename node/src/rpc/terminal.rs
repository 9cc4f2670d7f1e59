//! The `terminal_…` methods: what clients show of the marketplace, without SCALE.
//!
//! Each method asks one runtime API at one block. Amounts are decimal strings of base units
//! (10⁻¹² TCT), hashes and keys `0x` and hex, accounts SS58, times milliseconds since the Unix
//! epoch. `at` is a block hash; without it the best block is asked. What is best may still change:
//! pass a finalised hash where that matters. Calls run on the RPC server's blocking threads.

use jsonrpsee::proc_macros::rpc;
use pallet_leases::runtime_api::{JobQuote, LeaseView, LeasesApi, MeteredQuote, QuoteError};
use pallet_models::runtime_api::{ModelsApi, VersionPage, VersionView};
use pallet_providers::runtime_api::{
	MachinePage, MachineView, ProviderView, ProvidersApi, UptimeView,
};
use pallet_supply::{runtime_api::SupplyApi, SupplyView};
use serde::Serialize;
use sp_api::{ApiError, ApiRef, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use std::sync::Arc;
use terminal_primitives::{AssetId, Digest, LeaseId, MachineId, VersionId};
use terminal_runtime::{opaque::Block, AccountId, Hash};

use super::{
	error::Error,
	json::{Amount, Exact},
};

/// Machines or leases on a page, unless the caller says otherwise. The runtime caps it at 100.
const PAGE: u32 = 50;

/// A machine with what it has proven.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MachineStatus {
	/// The machine as in the book.
	pub machine: MachineView<AccountId>,
	/// Its runs of verified uptime.
	pub uptime: Option<UptimeView>,
}

/// The group's methods.
#[rpc(server, namespace = "terminal")]
pub trait TerminalApi {
	/// A page of the provider book: machines from id `from` (default 0) on, at most `limit`
	/// (default 50, at most 100). Go on at the answer's `next` until it is null.
	#[method(name = "providerBook", blocking)]
	fn provider_book(
		&self,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<MachinePage<AccountId>>, Error>;

	/// One machine with its verified uptime. Error 7003 if there is none.
	#[method(name = "machine", blocking)]
	fn machine(&self, id: u64, at: Option<Hash>) -> Result<Exact<MachineStatus>, Error>;

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

	/// An account's leases, as consumer or provider, ascending from id `from` (default 0) on, at
	/// most `limit` (default 50, at most 100). Go on after the last id.
	#[method(name = "leasesOf", blocking)]
	fn leases_of(
		&self,
		account: AccountId,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<Vec<LeaseView<AccountId>>>, Error>;

	/// What a metered lease of `units` for `duration_seconds` would cost now, with a model version
	/// or without, paid in `asset` or in TCT. Error 7006 says why there is no quote.
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
	client: Arc<Client>,
}

impl<Client> Terminal<Client>
where
	Client: ProvideRuntimeApi<Block> + HeaderBackend<Block>,
{
	/// Answers from `client`.
	pub fn new(client: Arc<Client>) -> Self {
		Self { client }
	}

	/// Ask the runtime of `at`, or of the best block.
	fn ask<T>(
		&self,
		at: Option<Hash>,
		call: impl FnOnce(ApiRef<'_, Client::Api>, Hash) -> Result<T, ApiError>,
	) -> Result<T, Error> {
		let at = at.unwrap_or_else(|| self.client.info().best_hash);
		call(self.client.runtime_api(), at).map_err(|error| Error::Runtime {
			at,
			cause: error.to_string(),
		})
	}
}

impl<Client> TerminalApiServer for Terminal<Client>
where
	Client: ProvideRuntimeApi<Block> + HeaderBackend<Block> + Send + Sync + 'static,
	Client::Api: ProvidersApi<Block, AccountId>
		+ LeasesApi<Block, AccountId>
		+ ModelsApi<Block, AccountId>
		+ SupplyApi<Block>,
{
	fn provider_book(
		&self,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<MachinePage<AccountId>>, Error> {
		let from = MachineId(from.unwrap_or(0));
		self.ask(at, |api, at| api.machines(at, from, limit.unwrap_or(PAGE)))
			.map(Exact)
	}

	fn machine(&self, id: u64, at: Option<Hash>) -> Result<Exact<MachineStatus>, Error> {
		// Both from one block, even if a new one arrives in between.
		let at = Some(at.unwrap_or_else(|| self.client.info().best_hash));
		let machine = self
			.ask(at, |api, at| api.machine(at, MachineId(id)))?
			.ok_or(Error::UnknownMachine(id))?;
		let uptime = self.ask(at, |api, at| api.uptime(at, MachineId(id)))?;
		Ok(Exact(MachineStatus { machine, uptime }))
	}

	fn provider(
		&self,
		account: AccountId,
		at: Option<Hash>,
	) -> Result<Exact<Option<ProviderView>>, Error> {
		self.ask(at, |api, at| api.provider(at, account)).map(Exact)
	}

	fn lease_status(
		&self,
		id: u64,
		at: Option<Hash>,
	) -> Result<Exact<LeaseView<AccountId>>, Error> {
		self.ask(at, |api, at| api.lease(at, LeaseId(id)))?
			.map(Exact)
			.ok_or(Error::UnknownLease(id))
	}

	fn leases_of(
		&self,
		account: AccountId,
		from: Option<u64>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Exact<Vec<LeaseView<AccountId>>>, Error> {
		let from = LeaseId(from.unwrap_or(0));
		self.ask(at, |api, at| {
			api.leases_of(at, account, from, limit.unwrap_or(PAGE))
		})
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
		self.ask(at, |api, at| {
			let version = version.map(VersionId);
			let machine = MachineId(machine);
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
		self.ask(at, |api, at| {
			let version = version.map(VersionId);
			api.quote_job(at, MachineId(machine), price.0, version, asset)
		})?
		.map(Exact)
		.map_err(|reason| no_quote(reason, machine, version))
	}

	fn model_by_digest(
		&self,
		digest: String,
		at: Option<Hash>,
	) -> Result<Exact<VersionView<AccountId>>, Error> {
		let bytes = parse_digest(&digest)?;
		self.ask(at, |api, at| api.version_by_digest(at, bytes))?
			.map(Exact)
			.ok_or(Error::UnknownDigest(digest))
	}

	fn model(
		&self,
		version: u64,
		at: Option<Hash>,
	) -> Result<Exact<VersionView<AccountId>>, Error> {
		self.ask(at, |api, at| api.version(at, VersionId(version)))?
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
		self.ask(at, |api, at| api.versions(at, from, limit.unwrap_or(PAGE)))
			.map(Exact)
	}

	fn supply(&self, at: Option<Hash>) -> Result<Exact<SupplyView>, Error> {
		self.ask(at, |api, at| api.supply(at)).map(Exact)
	}
}

/// `0x` and 64 hex digits.
fn parse_digest(text: &str) -> Result<Digest, Error> {
	text.strip_prefix("0x")
		.filter(|digits| digits.len() == 64)
		.and_then(|_| sp_core::bytes::from_hex(text).ok())
		.and_then(|bytes| Digest::try_from(bytes).ok())
		.ok_or_else(|| Error::Argument {
			name: "digest",
			remedy: "pass the SHA-256 of the model's manifest as 0x and 64 hex digits".into(),
		})
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
