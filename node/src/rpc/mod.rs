//! The JSON-RPC groups that this node adds to the SDK's own: system, payment, babe, grandpa,
//! sync-state, and `terminal`.

mod arguments;
mod chain;
mod error;
mod json;
mod market;
#[cfg(test)]
mod mock;
mod terminal;
#[cfg(test)]
mod tests;

use jsonrpsee::RpcModule;
use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
use sc_consensus_babe::BabeWorkerHandle;
use sc_consensus_babe_rpc::{Babe, BabeApiServer};
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_rpc::SubscriptionTaskExecutor;
use sc_sync_state_rpc::{SyncState, SyncStateApiServer};
use sp_keystore::KeystorePtr;
use std::sync::Arc;
use substrate_frame_rpc_system::{System, SystemApiServer};
use terminal_runtime::{opaque::Block, BlockNumber, Hash};

use crate::service::{FullBackend, FullClient, FullPool, FullSelectChain};
use market::{TerminalMarket, TerminalMarketApiServer};
use terminal::{Terminal, TerminalApiServer};

/// All groups together.
pub type Extension = RpcModule<()>;

/// What the GRANDPA group needs.
pub struct GrandpaDeps {
	/// The voter's rounds.
	pub voter_state: SharedVoterState,
	/// Who votes.
	pub authority_set: SharedAuthoritySet<Hash, BlockNumber>,
	/// Justifications as they arrive.
	pub justifications: GrandpaJustificationStream<Block>,
	/// Proofs of finality.
	pub finality: Arc<FinalityProofProvider<FullBackend, Block>>,
	/// Runs the subscriptions.
	pub executor: SubscriptionTaskExecutor,
}

/// What the groups need.
pub struct Deps {
	/// Reads the chain.
	pub client: Arc<FullClient>,
	/// Transactions waiting for a block, for nonces.
	pub pool: Arc<FullPool>,
	/// The head that BABE builds on.
	pub select_chain: FullSelectChain,
	/// Whose slots the BABE group tells.
	pub keystore: KeystorePtr,
	/// The specification that sync-state completes.
	pub chain_spec: Box<dyn sc_chain_spec::ChainSpec>,
	/// BABE's epochs.
	pub babe_worker: BabeWorkerHandle<Block>,
	/// GRANDPA's parts.
	pub grandpa: GrandpaDeps,
}

/// Make all groups.
pub fn create(deps: Deps) -> Result<Extension, Box<dyn std::error::Error + Send + Sync>> {
	let Deps {
		client,
		pool,
		select_chain,
		keystore,
		chain_spec,
		babe_worker,
		grandpa,
	} = deps;
	let mut module = RpcModule::new(());
	module.merge(System::new(client.clone(), pool).into_rpc())?;
	module.merge(TransactionPayment::new(client.clone()).into_rpc())?;
	module
		.merge(Babe::new(client.clone(), babe_worker.clone(), keystore, select_chain).into_rpc())?;
	module.merge(
		Grandpa::new(
			grandpa.executor,
			grandpa.authority_set.clone(),
			grandpa.voter_state,
			grandpa.justifications,
			grandpa.finality,
		)
		.into_rpc(),
	)?;
	module.merge(
		SyncState::new(
			chain_spec,
			client.clone(),
			grandpa.authority_set,
			babe_worker,
		)?
		.into_rpc(),
	)?;
	module.merge(Terminal::new(client.clone()).into_rpc())?;
	module.merge(TerminalMarket::new(client).into_rpc())?;
	Ok(module)
}
