//! Connections to public addresses only.
//!
//! Consumers say where a job's files are. Without this one could make the daemon ask its operator's
//! own network, or a cloud's metadata service. Every address of a name is checked before one is
//! connected to, so a name that changes its mind between two lookups gains nothing.

use hyper_util::{
	client::legacy::connect::{
		dns::{GaiResolver, Name},
		HttpConnector,
	},
	rt::TokioIo,
};
use std::{
	future::Future,
	net::{IpAddr, Ipv6Addr, SocketAddr},
	pin::Pin,
	task::{Context, Poll},
	time::Duration,
	vec,
};
use terminal_primitives::reach;
use tokio::net::TcpStream;
use tower_service::Service;

type BoxError = Box<dyn std::error::Error + Send + Sync>;
type Answer<T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send>>;

/// Until a connection stands.
const CONNECT: Duration = Duration::from_secs(10);

/// Why an address is not asked.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error(
	"{ip} is {kind}, not on the public internet: name a public address, or on a local network set \
	 allow_private_fetch = true under [limits]"
)]
pub struct Private {
	/// The address.
	pub ip: IpAddr,
	/// What it is.
	pub kind: &'static str,
}

/// Whether `ip` may be connected to.
pub fn check(ip: IpAddr, allow_private: bool) -> Result<(), Private> {
	reach::check(ip, allow_private).map_err(|kind| Private { ip, kind })
}

/// The address that `host` spells out, if it is not a name.
fn literal(host: &str) -> Option<IpAddr> {
	match host
		.strip_prefix('[')
		.and_then(|rest| rest.strip_suffix(']'))
	{
		Some(inner) => inner.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
		None => host.parse().ok(),
	}
}

/// The system's resolver, of whose answers every one must be allowed: an honest host has no reason
/// to mix public and private ones.
#[derive(Clone)]
struct Resolver {
	system: GaiResolver,
	allow_private: bool,
}

impl Service<Name> for Resolver {
	type Response = vec::IntoIter<SocketAddr>;
	type Error = BoxError;
	type Future = Answer<Self::Response>;

	fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
		Poll::Ready(Ok(()))
	}

	fn call(&mut self, name: Name) -> Self::Future {
		let looking_up = self.system.call(name);
		let allow_private = self.allow_private;
		Box::pin(async move {
			let found: Vec<SocketAddr> = looking_up.await?.collect();
			for address in &found {
				check(address.ip(), allow_private)?;
			}
			Ok(found.into_iter())
		})
	}
}

/// Connects to what [`check`] lets through, and to nothing else.
#[derive(Clone)]
pub struct Connector {
	tcp: HttpConnector<Resolver>,
	allow_private: bool,
}

impl Connector {
	/// A connector that asks the system for names.
	pub fn new(allow_private: bool) -> Self {
		let mut tcp = HttpConnector::new_with_resolver(Resolver {
			system: GaiResolver::new(),
			allow_private,
		});
		// The TLS layer above hands `https` addresses down.
		tcp.enforce_http(false);
		tcp.set_connect_timeout(Some(CONNECT));
		Self { tcp, allow_private }
	}
}

impl Service<http::Uri> for Connector {
	type Response = TokioIo<TcpStream>;
	type Error = BoxError;
	type Future = Answer<Self::Response>;

	fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
		self.tcp.poll_ready(cx).map_err(Into::into)
	}

	fn call(&mut self, uri: http::Uri) -> Self::Future {
		// Addresses that are spelled out never reach the resolver.
		let spelled_out = uri.host().and_then(literal);
		if let Some(Err(refused)) = spelled_out.map(|ip| check(ip, self.allow_private)) {
			return Box::pin(async move { Err(refused.into()) });
		}
		let connecting = self.tcp.call(uri);
		Box::pin(async move { Ok(connecting.await?) })
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_host_is_an_address_only_if_it_spells_one_out() {
		let loopback: IpAddr = "127.0.0.1".parse().unwrap();
		assert_eq!(literal("127.0.0.1"), Some(loopback));
		assert_eq!(literal("[::1]"), Some("::1".parse().unwrap()));
		for name in [
			"localhost",
			"provider.example",
			"127.1",
			"0x7f000001",
			"::1",
		] {
			let found = literal(name).filter(|ip| ip.is_ipv4());
			assert_eq!(found, None, "{name} is the resolver's");
		}
	}

	#[test]
	fn the_refusal_names_the_address_and_the_remedy() {
		let error = check("169.254.169.254".parse().unwrap(), true).unwrap_err();
		let told = error.to_string();
		assert!(told.contains("169.254.169.254 is link-local"), "{told}");
		assert!(told.contains("allow_private_fetch"), "{told}");
	}
}
