//! Off-chain workers: the finality note that they read, and the guarded HTTP that they use.

use futures::FutureExt;
use sc_network::service::traits::NetworkService;
use sc_offchain::{OffchainWorkerOptions, OffchainWorkers};
use sc_service::{error::Error, Configuration};
use std::sync::Arc;
use terminal_runtime::opaque::Block;

use super::{offchain_storage, Shared};
use crate::{
	chain_spec, finality_note,
	http_guard::{GuardedHttp, Policy},
};

/// Start the workers. Fails on a machine without CA certificates: install `ca-certificates`.
pub fn start(
	config: &Configuration,
	shared: &Shared,
	network: Arc<dyn NetworkService>,
) -> Result<(), Error> {
	let storage = offchain_storage(shared)?;
	// Before the workers, so that their first run already knows what is final.
	shared.spawn.spawn(
		"finality-note",
		Some("offchain-worker"),
		finality_note::run::<Block, _, _>(shared.client.clone(), storage.clone()),
	);

	let is_validator = config.role.is_authority();
	let network_provider = Arc::new(network);
	let guard = GuardedHttp::new(
		Policy::new(chain_spec::allows_private_evidence_hosts(
			&*config.chain_spec,
		)),
		config.tokio_handle.clone(),
		network_provider.clone(),
		is_validator,
	)?;
	let workers = OffchainWorkers::new(OffchainWorkerOptions {
		runtime_api_provider: shared.client.clone(),
		keystore: Some(shared.keystore.clone()),
		offchain_db: Some(storage),
		transaction_pool: Some(shared.pool_factory()),
		network_provider,
		is_validator,
		// The SDK's own client follows no policy. Ours replaces it; should the replacement ever be
		// lost, requests fail instead of going out unguarded.
		enable_http_requests: false,
		custom_extensions: move |_| vec![guard.extension()],
	})?;
	shared.spawn.spawn(
		"offchain-workers-runner",
		Some("offchain-worker"),
		workers
			.run(shared.client.clone(), shared.spawn.clone())
			.boxed(),
	);
	Ok(())
}
