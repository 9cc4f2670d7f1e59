//! A chain for tests: it answers each runtime API from [`fixtures`] and remembers what it was asked.

use super::{
	market::{TerminalMarket, TerminalMarketApiServer},
	terminal::{Terminal, TerminalApiServer},
};
use jsonrpsee::RpcModule;
use pallet_leases::{
	runtime_api::{self as leases, LeasesApi},
	Record, Side,
};
use pallet_market::{
	runtime_api::{self as market, MarketApi},
	OfferId, OrderId, ReservationId,
};
use pallet_models::runtime_api::{self as models, ModelsApi};
use pallet_providers::runtime_api::{self as providers, ProvidersApi};
use pallet_supply::{runtime_api::SupplyApi, SupplyView};
use serde_json::{json, Value};
use sp_api::{ApiRef, ProvideRuntimeApi};
use sp_blockchain::{BlockStatus, HeaderBackend, Info};
use sp_runtime::traits::{Block as BlockT, NumberFor};
use std::sync::{Arc, Mutex};
use terminal_primitives::{AssetId, Balance, Digest, LeaseId, MachineId, VersionId};
use terminal_runtime::{opaque::Block, AccountId, Hash};

pub mod fixtures;

/// The best block.
pub const BEST: Hash = Hash::repeat_byte(0xbe);

/// What the runtime was asked, oldest first.
type Heard = Arc<Mutex<Vec<String>>>;

/// A chain whose only state is the fixtures.
#[derive(Clone, Default)]
pub struct MockChain {
	heard: Heard,
}

/// Its runtime.
pub struct MockApi {
	heard: Heard,
}

impl MockApi {
	fn hear(&self, question: impl std::fmt::Debug) {
		let question = format!("{question:?}");
		self.heard
			.lock()
			.expect("no test panics in it")
			.push(question);
	}
}

impl ProvideRuntimeApi<Block> for MockChain {
	type Api = MockApi;

	fn runtime_api(&self) -> ApiRef<'_, MockApi> {
		let heard = self.heard.clone();
		MockApi { heard }.into()
	}
}

type Known<T> = sp_blockchain::Result<Option<T>>;

impl HeaderBackend<Block> for MockChain {
	fn header(&self, _: Hash) -> Known<<Block as BlockT>::Header> {
		Ok(None)
	}

	fn info(&self) -> Info<Block> {
		Info {
			best_hash: BEST,
			best_number: 9,
			genesis_hash: Hash::zero(),
			finalized_hash: Hash::zero(),
			finalized_number: 0,
			finalized_state: None,
			number_leaves: 1,
			block_gap: None,
		}
	}

	fn status(&self, _: Hash) -> sp_blockchain::Result<BlockStatus> {
		Ok(BlockStatus::Unknown)
	}

	fn number(&self, _: Hash) -> Known<NumberFor<Block>> {
		Ok(None)
	}

	fn hash(&self, _: NumberFor<Block>) -> Known<Hash> {
		Ok(None)
	}
}

sp_api::mock_impl_runtime_apis! {
	impl ProvidersApi<Block, AccountId> for MockApi {
		fn provider(&self, account: AccountId) -> Option<providers::ProviderView> {
			(account == fixtures::bob()).then(fixtures::provider)
		}

		fn machine(&self, machine: MachineId) -> Option<providers::MachineView<AccountId>> {
			self.hear(("machine", machine));
			(machine == fixtures::MACHINE).then(fixtures::machine)
		}

		fn find_machines(
			&self,
			filter: providers::MachineFilter<AccountId>,
			from: MachineId,
			limit: u32,
		) -> providers::MachinePage<AccountId> {
			self.hear(("find_machines", filter, from, limit));
			providers::MachinePage {
				machines: vec![fixtures::machine()],
				next: None,
			}
		}

		fn uptime(machine: MachineId) -> Option<providers::UptimeView> {
			(machine == fixtures::MACHINE).then(fixtures::uptime)
		}

		fn calendar(machine: MachineId) -> Option<providers::CalendarView> {
			(machine == fixtures::MACHINE).then(fixtures::calendar)
		}
	}

	impl LeasesApi<Block, AccountId> for MockApi {
		fn lease(id: LeaseId) -> Option<leases::LeaseView<AccountId>> {
			match id {
				fixtures::LEASE => Some(fixtures::lease()),
				fixtures::LEASE_FOR_CALLS => Some(fixtures::lease_for_calls()),
				_ => None,
			}
		}

		fn own_leases(
			&self,
			account: AccountId,
			side: Option<Side>,
			which: leases::Which,
			from: Option<LeaseId>,
			limit: u32,
		) -> leases::LeasePage<AccountId> {
			self.hear(("own_leases", account, side, which, from, limit));
			leases::LeasePage {
				leases: vec![fixtures::lease()],
				next: Some(LeaseId(12)),
			}
		}

		fn quote_metered(
			&self,
			machine: MachineId,
			units: u32,
			duration_seconds: u32,
			version: Option<VersionId>,
			asset: Option<AssetId>,
		) -> Result<leases::MeteredQuote, leases::QuoteError> {
			self.hear((
				"quote_metered",
				machine,
				units,
				duration_seconds,
				version,
				asset,
			));
			if machine == fixtures::MACHINE {
				Ok(fixtures::metered_quote())
			} else {
				Err(leases::QuoteError::UnknownMachine)
			}
		}

		fn quote_job(
			&self,
			machine: MachineId,
			price: Balance,
			version: Option<VersionId>,
			asset: Option<AssetId>,
		) -> Result<leases::JobQuote, leases::QuoteError> {
			self.hear(("quote_job", machine, price, version, asset));
			if machine == fixtures::MACHINE {
				Ok(fixtures::job_quote())
			} else {
				Err(leases::QuoteError::UnknownMachine)
			}
		}

		fn record_of(account: AccountId) -> Record {
			if account == fixtures::bob() {
				fixtures::record()
			} else {
				Record::default()
			}
		}
	}

	impl ModelsApi<Block, AccountId> for MockApi {
		fn version(version: VersionId) -> Option<models::VersionView<AccountId>> {
			(version == fixtures::VERSION).then(fixtures::version)
		}

		fn version_by_digest(manifest: Digest) -> Option<models::VersionView<AccountId>> {
			Some(fixtures::version()).filter(|version| version.manifest.0 == manifest)
		}

		fn versions(_from: VersionId, _limit: u32) -> models::VersionPage<AccountId> {
			models::VersionPage {
				versions: vec![fixtures::version()],
				next: None,
			}
		}
	}

	impl SupplyApi<Block> for MockApi {
		fn supply() -> SupplyView {
			fixtures::supply()
		}
	}

	impl MarketApi<Block, AccountId> for MockApi {
		fn offers(
			&self,
			filter: market::OfferFilter,
			from: OfferId,
			limit: u32,
		) -> market::OfferPage<AccountId> {
			self.hear(("offers", filter, from, limit));
			market::OfferPage {
				offers: vec![fixtures::offer()],
				next: Some(OfferId(1_000)),
			}
		}

		fn offer(offer: OfferId) -> Option<market::OfferView<AccountId>> {
			(offer == fixtures::OFFER).then(fixtures::offer)
		}

		fn orders(
			&self,
			machine: Option<MachineId>,
			from: OrderId,
			limit: u32,
		) -> market::OrderPage<AccountId> {
			self.hear(("orders", machine, from, limit));
			market::OrderPage {
				orders: vec![fixtures::order()],
				next: None,
			}
		}

		fn order(order: OrderId) -> Option<market::OrderView<AccountId>> {
			(order == fixtures::ORDER).then(fixtures::order)
		}

		fn own_orders(
			&self,
			account: AccountId,
			from: Option<OrderId>,
			limit: u32,
		) -> market::OrderPage<AccountId> {
			self.hear(("own_orders", account, from, limit));
			market::OrderPage {
				orders: vec![fixtures::order()],
				next: None,
			}
		}

		fn own_reservations(
			&self,
			account: AccountId,
			from: Option<ReservationId>,
			limit: u32,
		) -> market::ReservationPage<AccountId> {
			self.hear(("own_reservations", account, from, limit));
			market::ReservationPage {
				reservations: vec![fixtures::reservation()],
				next: None,
			}
		}

		fn quote(
			&self,
			offer: OfferId,
			units: u32,
			duration_seconds: u32,
			version: Option<VersionId>,
		) -> Result<market::OfferQuote, market::QuoteError> {
			self.hear(("quote", offer, units, duration_seconds, version));
			if offer != fixtures::OFFER {
				return Err(market::QuoteError::UnknownOffer);
			}
			if units > fixtures::offer().units {
				return Err(market::QuoteError::UnitsOutOfRange);
			}
			Ok(fixtures::offer_quote())
		}
	}
}

/// The `terminal` group on a chain of fixtures.
pub struct Node {
	chain: MockChain,
	module: RpcModule<()>,
}

impl Node {
	/// A node that was asked nothing yet.
	pub fn new() -> Self {
		let chain = MockChain::default();
		let client = Arc::new(chain.clone());
		let mut module = RpcModule::new(());
		module
			.merge(Terminal::new(client.clone()).into_rpc())
			.expect("no other method has these names");
		module
			.merge(TerminalMarket::new(client).into_rpc())
			.expect("no other method has these names");
		Self { chain, module }
	}

	/// The methods it has, sorted.
	pub fn methods(&self) -> Vec<String> {
		let mut names: Vec<String> = self.module.method_names().map(String::from).collect();
		names.sort();
		names
	}

	/// What it answers: the result, or the error's object.
	pub async fn answer(&self, method: &str, params: Value) -> Result<Value, Value> {
		let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
		let answered = self.module.raw_json_request(&request.to_string(), 1).await;
		let (response, _) = answered.expect("the request is JSON");
		let mut response: Value =
			serde_json::from_str(response.as_ref()).expect("the response is JSON");
		match response.get_mut("result").map(Value::take) {
			Some(result) => Ok(result),
			None => Err(response["error"].take()),
		}
	}

	/// The runtime's questions so far, oldest first.
	pub fn heard(&self) -> Vec<String> {
		self.chain
			.heard
			.lock()
			.expect("no test panics in it")
			.clone()
	}
}
