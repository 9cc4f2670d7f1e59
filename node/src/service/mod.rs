//! A running node, part by part.
//!
//! ```text
//! executor   Wasm, compiled once
//! partial    client, database, pool, import queue        (all that chain tools need)
//! network    peers, sync, warp sync, GRANDPA's protocol
//! offchain   finality note, off-chain workers with guarded HTTP
//! (here)     RPC server, Prometheus, telemetry
//! consensus  authority discovery, BABE, GRANDPA
//! ```

mod consensus;
mod executor;
mod network;
mod offchain;
mod partial;

use sc_client_api::Backend;
use sc_consensus_grandpa::{FinalityProofProvider, SharedVoterState};
use sc_service::{
	error::Error, Configuration, PartialComponents, SpawnEssentialTaskHandle, SpawnTaskHandle,
	SpawnTasksParams, TaskManager,
};
use sc_telemetry::TelemetryHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_keystore::KeystorePtr;
use std::{path::Path, sync::Arc};
use substrate_prometheus_endpoint::Registry;
use terminal_runtime::opaque::Block;

use crate::{market_metrics, rpc};
pub use partial::{new_partial, FullBackend, FullClient, FullPool, FullSelectChain};

/// What every part of the service shares. Cheap to clone.
#[derive(Clone)]
pub struct Shared {
	/// Reads and writes the chain.
	pub client: Arc<FullClient>,
	/// The database.
	pub backend: Arc<FullBackend>,
	/// Transactions waiting for a block.
	pub pool: Arc<FullPool>,
	/// The node's keys.
	pub keystore: KeystorePtr,
	/// Which head to build and vote on.
	pub select_chain: FullSelectChain,
	/// Where metrics are registered, unless Prometheus is off.
	pub registry: Option<Registry>,
	/// Where telemetry goes, if an address was given.
	pub telemetry: Option<TelemetryHandle>,
	/// Spawns tasks that may end.
	pub spawn: SpawnTaskHandle,
	/// Spawns tasks whose end stops the node.
	pub spawn_essential: SpawnEssentialTaskHandle,
}

impl Shared {
	/// How runtime calls made by consensus and off-chain workers reach the pool.
	pub fn pool_factory(&self) -> OffchainTransactionPoolFactory<Block> {
		OffchainTransactionPoolFactory::new(self.pool.clone())
	}
}

/// Start a node: all of its tasks belong to the returned manager. Compiled runtimes are kept in
/// `cache`, or else in the base path.
pub fn new_full(config: Configuration, cache: Option<&Path>) -> Result<TaskManager, Error> {
	let PartialComponents {
		client,
		backend,
		mut task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other: parts,
	} = new_partial(&config, cache)?;
	let (grandpa_link, mut telemetry) = (parts.grandpa_link, parts.telemetry);
	let shared = Shared {
		client,
		backend,
		pool: transaction_pool,
		keystore: keystore_container.keystore(),
		select_chain,
		registry: config.prometheus_registry().cloned(),
		telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
		spawn: task_manager.spawn_handle(),
		spawn_essential: task_manager.spawn_essential_handle(),
	};
	let settings = consensus::Settings::new(&config);
	let voter_state = SharedVoterState::empty();

	let network = network::start(&config, &shared, import_queue, &grandpa_link)?;
	if config.offchain_worker.enabled {
		offchain::start(&config, &shared, network.service.clone())?;
	}
	start_market_metrics(&shared)?;
	let rpc_builder = rpc_builder(
		&config,
		&shared,
		&grandpa_link,
		&voter_state,
		parts.babe_worker,
	);
	sc_service::spawn_tasks(SpawnTasksParams {
		config,
		backend: shared.backend.clone(),
		client: shared.client.clone(),
		keystore: shared.keystore.clone(),
		network: network.service.clone(),
		sync_service: network.sync.clone(),
		rpc_builder,
		transaction_pool: shared.pool.clone(),
		task_manager: &mut task_manager,
		system_rpc_tx: network.system_rpc_tx.clone(),
		tx_handler_controller: network.tx_handler,
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;

	let peers = consensus::Peers {
		service: network.service,
		sync: network.sync,
	};
	let links = consensus::Links {
		block_import: parts.block_import,
		babe: parts.babe_link,
		grandpa: grandpa_link,
		voter_state,
		protocol: network.grandpa,
	};
	consensus::start(&settings, &shared, peers, links)?;
	Ok(task_manager)
}

/// Count the marketplace, unless Prometheus is off.
fn start_market_metrics(shared: &Shared) -> Result<(), Error> {
	let Some(registry) = &shared.registry else {
		return Ok(());
	};
	let metrics = market_metrics::Metrics::new(registry)?;
	shared.spawn.spawn_blocking(
		"market-metrics",
		Some("prometheus"),
		market_metrics::run(shared.client.clone(), metrics),
	);
	Ok(())
}

/// Makes the RPC groups that this chain adds to the SDK's. Called once for the server and once for
/// in-process use.
type RpcBuilder = Box<dyn Fn(sc_rpc::SubscriptionTaskExecutor) -> Result<rpc::Extension, Error>>;

fn rpc_builder(
	config: &Configuration,
	shared: &Shared,
	grandpa_link: &partial::GrandpaLink,
	voter_state: &SharedVoterState,
	babe_worker: sc_consensus_babe::BabeWorkerHandle<Block>,
) -> RpcBuilder {
	let shared = shared.clone();
	let voter_state = voter_state.clone();
	let chain_spec = config.chain_spec.cloned_box();
	let authority_set = grandpa_link.shared_authority_set().clone();
	let justifications = grandpa_link.justification_stream();
	let finality =
		FinalityProofProvider::new_for_service(shared.backend.clone(), Some(authority_set.clone()));
	Box::new(move |executor| {
		rpc::create(rpc::Deps {
			client: shared.client.clone(),
			pool: shared.pool.clone(),
			select_chain: shared.select_chain.clone(),
			keystore: shared.keystore.clone(),
			chain_spec: chain_spec.cloned_box(),
			babe_worker: babe_worker.clone(),
			grandpa: rpc::GrandpaDeps {
				voter_state: voter_state.clone(),
				authority_set: authority_set.clone(),
				justifications: justifications.clone(),
				finality: finality.clone(),
				executor,
			},
		})
		.map_err(Error::Application)
	})
}

/// The database's store for off-chain workers, which is always there in a full node.
fn offchain_storage(
	shared: &Shared,
) -> Result<<FullBackend as Backend<Block>>::OffchainStorage, Error> {
	shared
		.backend
		.offchain_storage()
		.ok_or_else(|| Error::Other("the database has no off-chain storage".into()))
}
