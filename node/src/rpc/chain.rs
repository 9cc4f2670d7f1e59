//! Asking the runtime at one block.

use sp_api::{ApiError, ApiRef, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use std::sync::Arc;
use terminal_runtime::{opaque::Block, Hash};

use super::error::Error;

/// The chain as the methods of the `terminal` group ask it.
pub struct Chain<Client>(Arc<Client>);

impl<Client> Chain<Client>
where
	Client: ProvideRuntimeApi<Block> + HeaderBackend<Block>,
{
	/// Asks `client`.
	pub fn new(client: Arc<Client>) -> Self {
		Self(client)
	}

	/// The block to ask: `at`, or the best one now. Name it where several questions must be answered
	/// by one state.
	pub fn block(&self, at: Option<Hash>) -> Hash {
		at.unwrap_or_else(|| self.0.info().best_hash)
	}

	/// Ask the runtime of `at`, or of the best block.
	pub fn ask<T>(
		&self,
		at: Option<Hash>,
		call: impl FnOnce(ApiRef<'_, Client::Api>, Hash) -> Result<T, ApiError>,
	) -> Result<T, Error> {
		let at = self.block(at);
		call(self.0.runtime_api(), at).map_err(|error| Error::Runtime {
			at,
			cause: error.to_string(),
		})
	}
}
