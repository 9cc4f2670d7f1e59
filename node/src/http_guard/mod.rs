//! The node's own HTTP for off-chain workers: a guard between the runtime and the internet.
//!
//! The SDK's client resolves and connects to anything, reads without limit and waits for ever.
//! The hosts that our workers ask are chosen by strangers (a machine's `endpoints` are on-chain
//! data), so this one
//!
//! - speaks `http` and `https` only, takes no userinfo and no system port but 80 and 443;
//! - checks **every** address a name resolves to, connects only to a checked one and looks at the
//!   peer again once connected, so a name that changes its mind gains nothing;
//! - follows no redirect (a 3xx is an answer like any other);
//! - bounds headers, bodies, times and the number of requests, per host and in all;
//! - ends a request at the deadline of its last write, and whatever is still open when the worker's
//!   run ends.
//!
//! It is registered as `OffchainWorkerExt` through `custom_extensions`, which the SDK registers
//! after its own, so ours takes its place. Hand `enable_http_requests: false` to the SDK: should
//! the replacement ever be lost, its own client refuses instead of serving unguarded.
//!
//! | file | role |
//! |---|---|
//! | `policy.rs` | what is allowed, and the numbers |
//! | `address.rs` | which addresses may be asked: pure |
//! | `target.rs` | which URIs may be asked: pure |
//! | `resolver.rs` | names to checked addresses |
//! | `connector.rs` | connections to checked addresses |
//! | `admission.rs` | how many at once |
//! | `client.rs` | one exchange within its limits |
//! | `requests.rs` | one run's requests, as the runtime sees them |
//! | `externalities.rs` | the trait that host functions call |

mod address;
mod admission;
mod client;
mod connector;
mod error;
mod externalities;
mod policy;
mod requests;
mod resolver;
mod target;
#[cfg(test)]
mod tests;

pub use policy::Policy;

use client::GuardedClient;
use externalities::GuardedExternalities;
use requests::Requests;
use resolver::{NameSource, SystemNames};
use sc_offchain::NetworkProvider;
use sp_core::offchain::{Capabilities, LimitedExternalities, OffchainWorkerExt};
use sp_externalities::Extension;
use std::sync::Arc;
use tokio::runtime::Handle;

const LOG_TARGET: &str = "http-guard";

/// Makes the guarded extension of each worker run. Cheap to clone; the client is shared.
#[derive(Clone)]
pub struct GuardedHttp {
	client: Arc<GuardedClient>,
	handle: Handle,
	network: Arc<dyn NetworkProvider + Send + Sync>,
	is_validator: bool,
}

impl GuardedHttp {
	/// A guard under `policy`, whose exchanges run on `handle`.
	///
	/// # Errors
	///
	/// Without CA certificates on this machine (install `ca-certificates`), as the SDK's own client.
	pub fn new(
		policy: Policy,
		handle: Handle,
		network: Arc<dyn NetworkProvider + Send + Sync>,
		is_validator: bool,
	) -> std::io::Result<Self> {
		Self::with_names(policy, handle, network, is_validator, Arc::new(SystemNames))
	}

	/// As [`Self::new`], with another source of names.
	fn with_names(
		policy: Policy,
		handle: Handle,
		network: Arc<dyn NetworkProvider + Send + Sync>,
		is_validator: bool,
		names: Arc<dyn NameSource>,
	) -> std::io::Result<Self> {
		let client = Arc::new(GuardedClient::new(policy, names)?);
		Ok(Self {
			client,
			handle,
			network,
			is_validator,
		})
	}

	/// The extension of one worker run: `custom_extensions: move |_| vec![guard.extension()]`.
	pub fn extension(&self) -> Box<dyn Extension> {
		let externalities = GuardedExternalities::new(
			self.network.clone(),
			self.is_validator,
			Requests::new(self.client.clone(), self.handle.clone()),
		);
		let limited = LimitedExternalities::new(Capabilities::all(), externalities);
		Box::new(OffchainWorkerExt::new(limited))
	}
}
