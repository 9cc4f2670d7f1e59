//! Peers: sync, warp sync, transactions, and GRANDPA's gossip protocol, over litep2p.

use sc_consensus_grandpa::warp_proof::NetworkProvider;
use sc_network::{
	config::FullNetworkConfiguration, service::traits::NetworkService, Litep2pNetworkBackend,
	NetworkBackend, NotificationService, ProtocolName,
};
use sc_network_sync::SyncingService;
use sc_network_transactions::TransactionsHandlerController;
use sc_service::{error::Error, BuildNetworkParams, Configuration, WarpSyncConfig};
use sc_utils::mpsc::TracingUnboundedSender;
use sp_runtime::traits::Block as BlockT;
use std::sync::Arc;
use terminal_runtime::opaque::Block;

use super::{partial::GrandpaLink, Shared};

type Hash = <Block as BlockT>::Hash;

/// GRANDPA's side of the network.
pub struct GrandpaProtocol {
	/// Its name, which holds the genesis hash and the fork id.
	pub name: ProtocolName,
	/// Its messages.
	pub notifications: Box<dyn NotificationService>,
}

/// A running network.
pub struct Network {
	/// Peers, events, distributed hash table.
	pub service: Arc<dyn NetworkService>,
	/// Block sync.
	pub sync: Arc<SyncingService<Block>>,
	/// For the system RPC group.
	pub system_rpc_tx: TracingUnboundedSender<sc_rpc::system::Request<Block>>,
	/// Announces transactions.
	pub tx_handler: TransactionsHandlerController<Hash>,
	/// For the voter.
	pub grandpa: GrandpaProtocol,
}

/// Start the network.
pub fn start(
	config: &Configuration,
	shared: &Shared,
	import_queue: sc_consensus::DefaultImportQueue<Block>,
	grandpa_link: &GrandpaLink,
) -> Result<Network, Error> {
	let mut net_config = FullNetworkConfiguration::<Block, Hash, Litep2pNetworkBackend>::new(
		&config.network,
		shared.registry.clone(),
	);
	let metrics =
		<Litep2pNetworkBackend as NetworkBackend<Block, Hash>>::register_notification_metrics(
			shared.registry.as_ref(),
		);

	let genesis_hash = shared.client.chain_info().genesis_hash;
	let name = sc_consensus_grandpa::protocol_standard_name(&genesis_hash, &config.chain_spec);
	let (grandpa_config, notifications) =
		sc_consensus_grandpa::grandpa_peers_set_config::<Block, Litep2pNetworkBackend>(
			name.clone(),
			metrics.clone(),
			net_config.peer_store_handle(),
		);
	net_config.add_notification_protocol(grandpa_config);

	let warp_sync = Arc::new(NetworkProvider::new(
		shared.backend.clone(),
		grandpa_link.shared_authority_set().clone(),
		Vec::new(),
	));
	let (service, system_rpc_tx, tx_handler, sync, _bitswap) =
		sc_service::build_network(BuildNetworkParams {
			config,
			net_config,
			client: shared.client.clone(),
			transaction_pool: shared.pool.clone(),
			spawn_handle: shared.spawn.clone(),
			spawn_essential_handle: shared.spawn_essential.clone(),
			import_queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;
	Ok(Network {
		service,
		sync,
		system_rpc_tx,
		tx_handler,
		grandpa: GrandpaProtocol {
			name,
			notifications,
		},
	})
}
