//! Client, database, pool and import queue: what a node and the chain tools have in common.

use sc_consensus_babe::{BabeBlockImport, BabeLink, BabeWorkerHandle, ImportQueueParams};
use sc_consensus_grandpa::{GrandpaBlockImport, GrandpaPruningFilter, LinkHalf};
use sc_service::{error::Error, Configuration, TFullBackend, TFullClient, TaskManager};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool::TransactionPoolHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_babe::{
	inherents::{BabeCreateInherentDataProviders, InherentDataProvider},
	SlotDuration,
};
use std::{path::Path, sync::Arc};
use terminal_runtime::{opaque::Block, RuntimeApi};

use super::executor::{cache_folder, new_executor, Executor};

/// The client of a full node.
pub type FullClient = TFullClient<Block, RuntimeApi, Executor>;
/// The database of a full node.
pub type FullBackend = TFullBackend<Block>;
/// The fork-aware pool, or another that the command line asks for.
pub type FullPool = TransactionPoolHandle<Block, FullClient>;
/// The longest chain; BABE's import decides which of two heads is best, GRANDPA what is final.
pub type FullSelectChain = sc_consensus::LongestChain<FullBackend, Block>;
/// GRANDPA's part of block import.
pub type GrandpaImport = GrandpaBlockImport<FullBackend, Block, FullClient, FullSelectChain>;
/// What ties GRANDPA's import to its voter.
pub type GrandpaLink = LinkHalf<Block, FullClient, FullSelectChain>;
/// The whole of block import: BABE around GRANDPA.
pub type BabeImport = BabeBlockImport<
	Block,
	FullClient,
	GrandpaImport,
	BabeCreateInherentDataProviders<Block>,
	FullSelectChain,
>;

/// Blocks between two justifications that a node keeps for warp sync.
pub const JUSTIFICATION_PERIOD: u32 = 512;

/// What consensus needs of block import later on.
pub struct ConsensusParts {
	/// Where authored blocks go.
	pub block_import: BabeImport,
	/// For the voter.
	pub grandpa_link: GrandpaLink,
	/// For the author.
	pub babe_link: BabeLink<Block>,
	/// For RPC.
	pub babe_worker: BabeWorkerHandle<Block>,
	/// The telemetry connection, if an address was given.
	pub telemetry: Option<Telemetry>,
}

/// The parts that every command on a chain needs.
pub type PartialComponents = sc_service::PartialComponents<
	FullClient,
	FullBackend,
	FullSelectChain,
	sc_consensus::DefaultImportQueue<Block>,
	FullPool,
	ConsensusParts,
>;

/// Open the database and build everything that does not need peers. Compiled runtimes are kept in
/// `cache`, or else in the base path.
pub fn new_partial(
	config: &Configuration,
	cache: Option<&Path>,
) -> Result<PartialComponents, Error> {
	let connection = connect_telemetry(config)?;
	let cache = cache_folder(cache, config.base_path.path())?;
	let (client, backend, keystore_container, task_manager) =
		sc_service::new_full_parts::<Block, RuntimeApi, Executor>(
			config,
			connection.as_ref().map(|(_, telemetry)| telemetry.handle()),
			new_executor(&config.executor, cache),
			// Justified blocks survive pruning, so pruned nodes can serve warp sync.
			vec![Arc::new(GrandpaPruningFilter)],
		)?;
	let client = Arc::new(client);
	let telemetry = connection.map(|(worker, telemetry)| {
		task_manager
			.spawn_handle()
			.spawn("telemetry", Some("telemetry"), worker.run());
		telemetry
	});
	let select_chain = sc_consensus::LongestChain::new(backend.clone());
	let transaction_pool = new_pool(config, &task_manager, client.clone());

	let (grandpa_import, grandpa_link) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry.as_ref().map(|telemetry| telemetry.handle()),
	)?;
	// The runtime says how long a slot is: genesis sets it, one binary serves every network.
	let babe_config = sc_consensus_babe::configuration(&*client)?;
	let slot_duration = babe_config.slot_duration();
	let (block_import, babe_link) = sc_consensus_babe::block_import(
		babe_config,
		grandpa_import.clone(),
		client.clone(),
		inherents(slot_duration),
		select_chain.clone(),
		OffchainTransactionPoolFactory::new(transaction_pool.clone()),
	)?;
	let (import_queue, babe_worker) = sc_consensus_babe::import_queue(ImportQueueParams {
		link: babe_link.clone(),
		block_import: block_import.clone(),
		justification_import: Some(Box::new(grandpa_import)),
		client: client.clone(),
		slot_duration,
		spawner: &task_manager.spawn_essential_handle(),
		registry: config.prometheus_registry(),
		telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
	})?;
	Ok(PartialComponents {
		client,
		backend,
		task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other: ConsensusParts {
			block_import,
			grandpa_link,
			babe_link,
			babe_worker,
			telemetry,
		},
	})
}

/// Telemetry is off unless the command line or the specification names an address.
fn connect_telemetry(
	config: &Configuration,
) -> Result<Option<(TelemetryWorker, Telemetry)>, Error> {
	let Some(endpoints) = config
		.telemetry_endpoints
		.clone()
		.filter(|list| !list.is_empty())
	else {
		return Ok(None);
	};
	let worker = TelemetryWorker::new(16)?;
	let telemetry = worker.handle().new_telemetry(endpoints);
	Ok(Some((worker, telemetry)))
}

fn new_pool(
	config: &Configuration,
	task_manager: &TaskManager,
	client: Arc<FullClient>,
) -> Arc<FullPool> {
	let pool = sc_transaction_pool::Builder::new(
		task_manager.spawn_essential_handle(),
		client,
		config.role.is_authority().into(),
	)
	.with_options(config.transaction_pool.clone())
	.with_prometheus(config.prometheus_registry())
	.build();
	Arc::new(pool)
}

/// What a block must say by itself: its slot and its time.
fn inherents(slot_duration: SlotDuration) -> BabeCreateInherentDataProviders<Block> {
	Arc::new(move |_, ()| async move {
		let timestamp = sp_timestamp::InherentDataProvider::from_system_time();
		let slot =
			InherentDataProvider::from_timestamp_and_slot_duration(*timestamp, slot_duration);
		Ok((slot, timestamp))
	})
}
