//! Connections to checked addresses.

use super::{address, policy::Policy, resolver::GuardedResolver, target};
use futures::{future::BoxFuture, FutureExt};
use http::Uri;
use hyper_util::{client::legacy::connect::HttpConnector, rt::TokioIo};
use std::{
	error::Error,
	task::{Context, Poll},
};
use tokio::net::TcpStream;
use tower_service::Service;

type BoxError = Box<dyn Error + Send + Sync>;

/// Checks the target, connects to an address that the resolver has checked, and checks the peer.
#[derive(Clone)]
pub struct GuardedConnector {
	tcp: HttpConnector<GuardedResolver>,
	policy: Policy,
}

impl GuardedConnector {
	/// A connector that takes its addresses from `resolver`.
	pub fn new(policy: Policy, resolver: GuardedResolver) -> Self {
		let mut tcp = HttpConnector::new_with_resolver(resolver);
		// The TLS layer above hands `https` URIs down.
		tcp.enforce_http(false);
		tcp.set_nodelay(true);
		tcp.set_connect_timeout(Some(policy.limits.connect));
		Self { tcp, policy }
	}
}

impl Service<Uri> for GuardedConnector {
	type Response = TokioIo<TcpStream>;
	type Error = BoxError;
	type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

	fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
		self.tcp.poll_ready(cx).map_err(Into::into)
	}

	fn call(&mut self, uri: Uri) -> Self::Future {
		let policy = self.policy;
		// Addresses that are spelled out never reach the resolver, so they are checked here too.
		if let Err(refusal) = target::check(&uri, &policy) {
			return async move { Err(refusal.into()) }.boxed();
		}
		let connecting = self.tcp.call(uri);
		async move {
			let stream = connecting.await?;
			address::check(stream.inner().peer_addr()?.ip(), policy.allow_private)?;
			Ok(stream)
		}
		.boxed()
	}
}
