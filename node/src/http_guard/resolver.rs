//! Names to checked addresses: one lookup per name at a time, every answer checked.

use super::{address, error::Refusal, policy::Policy};
use futures::{
	future::{BoxFuture, Shared},
	FutureExt,
};
use hyper_util::client::legacy::connect::dns::Name;
use parking_lot::Mutex;
use std::{
	collections::HashMap,
	net::{IpAddr, SocketAddr, ToSocketAddrs},
	sync::Arc,
	task::{Context, Poll},
	vec,
};
use tokio::sync::Semaphore;
use tower_service::Service;

/// Where names come from. Blocking; called on a thread that may block.
pub trait NameSource: Send + Sync + 'static {
	/// Every address of `host`.
	fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, String>;
}

/// The system's resolver.
pub struct SystemNames;

impl NameSource for SystemNames {
	fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, String> {
		let found = (host, 0)
			.to_socket_addrs()
			.map_err(|error| error.to_string())?;
		Ok(found.map(|address| address.ip()).collect())
	}
}

type Answer = Result<Vec<IpAddr>, Refusal>;
type Lookup = Shared<BoxFuture<'static, Answer>>;

/// Resolves names and refuses all of a name if any of its addresses is refused: an honest host has
/// no reason to mix public and private ones, a rebinding one has.
#[derive(Clone)]
pub struct GuardedResolver {
	policy: Policy,
	names: Arc<dyn NameSource>,
	/// Lookups under way, so that many requests to one host cost one.
	running: Arc<Mutex<HashMap<String, Lookup>>>,
	/// A blocking lookup cannot be cancelled: its permit comes back when it really ends.
	permits: Arc<Semaphore>,
}

impl GuardedResolver {
	/// A resolver over `names`.
	pub fn new(policy: Policy, names: Arc<dyn NameSource>) -> Self {
		let permits = Arc::new(Semaphore::new(policy.limits.lookups));
		Self {
			policy,
			names,
			running: Arc::default(),
			permits,
		}
	}

	/// The addresses of `host`, all of them checked.
	async fn resolve(self, host: String) -> Answer {
		let lookup = {
			let mut running = self.running.lock();
			match running.get(&host) {
				Some(lookup) => lookup.clone(),
				None => {
					let lookup = self.clone().look_up(host.clone()).boxed().shared();
					running.insert(host, lookup.clone());
					lookup
				},
			}
		};
		let found = lookup.await?;
		if found.is_empty() {
			return Err(Refusal::NoAddress);
		}
		for ip in &found {
			address::check(*ip, self.policy.allow_private)?;
		}
		Ok(found)
	}

	/// One blocking lookup, on a task of its own so that it leaves the list even if nobody waits.
	async fn look_up(self, host: String) -> Answer {
		let Ok(permit) = self.permits.clone().try_acquire_owned() else {
			self.running.lock().remove(&host);
			return Err(Refusal::LookupsBusy);
		};
		let task = tokio::task::spawn_blocking(move || {
			let answer = self.names.addresses(&host).map_err(Refusal::Lookup);
			self.running.lock().remove(&host);
			drop(permit);
			answer
		});
		task.await
			.unwrap_or_else(|error| Err(Refusal::Lookup(error.to_string())))
	}
}

impl Service<Name> for GuardedResolver {
	type Response = vec::IntoIter<SocketAddr>;
	type Error = Refusal;
	type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

	fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Refusal>> {
		Poll::Ready(Ok(()))
	}

	fn call(&mut self, name: Name) -> Self::Future {
		let resolver = self.clone();
		let host = name.as_str().to_ascii_lowercase();
		async move {
			let found = resolver.resolve(host).await?;
			// The connector puts the port in.
			let addresses: Vec<_> = found.into_iter().map(|ip| SocketAddr::new(ip, 0)).collect();
			Ok(addresses.into_iter())
		}
		.boxed()
	}
}
