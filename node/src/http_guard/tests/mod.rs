//! Hostile hosts, each with a positive control: every promise of the module's page.

mod extension;
mod hostile;
mod names;
mod server;

use super::{
	client::GuardedClient,
	policy::{Limits, Policy},
	requests::{now, Requests},
	resolver::{NameSource, SystemNames},
};
use sp_core::offchain::{
	Duration as Millis, HttpError, HttpRequestId, HttpRequestStatus, Timestamp,
};
use std::{collections::HashMap, net::IpAddr, sync::Arc, time::Duration};
use tokio::runtime::{Builder, Runtime};

/// Names as a test tells them.
pub struct ToldNames(pub HashMap<&'static str, Vec<IpAddr>>);

impl NameSource for ToldNames {
	fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, String> {
		self.0
			.get(host)
			.cloned()
			.ok_or_else(|| "unknown name".into())
	}
}

/// A run of a worker on a runtime of its own.
pub struct Run {
	pub requests: Requests,
	/// Kept so that its exchanges go on.
	_runtime: Runtime,
}

/// Short limits, so that tests are quick.
pub fn short_limits() -> Limits {
	Limits {
		connect: Duration::from_millis(500),
		headers: Duration::from_millis(600),
		total: Duration::from_millis(1500),
		body_bytes: 300_000,
		..Limits::default()
	}
}

pub fn run_with(policy: Policy, names: Arc<dyn NameSource>) -> Run {
	let runtime = Builder::new_multi_thread()
		.worker_threads(2)
		.enable_all()
		.build()
		.expect("a runtime");
	let client = Arc::new(GuardedClient::new(policy, names).expect("CA certificates"));
	Run {
		requests: Requests::new(client, runtime.handle().clone()),
		_runtime: runtime,
	}
}

pub fn local_run() -> Run {
	run_with(
		Policy {
			allow_private: true,
			limits: short_limits(),
		},
		Arc::new(SystemNames),
	)
}

pub fn within(millis: u64) -> Option<Timestamp> {
	Some(now().add(Millis::from_millis(millis)))
}

impl Run {
	/// Start and send a GET.
	pub fn get(&mut self, uri: &str) -> HttpRequestId {
		let id = self.requests.start("GET", uri).expect("an allowed target");
		self.requests.write_body(id, &[], None).expect("sent");
		id
	}

	/// The status after at most `millis`.
	pub fn status(&mut self, id: HttpRequestId, millis: u64) -> HttpRequestStatus {
		self.requests.wait(&[id], within(millis))[0]
	}

	/// All of the body, or what went wrong after how many bytes.
	pub fn body(&mut self, id: HttpRequestId, millis: u64) -> Result<Vec<u8>, (HttpError, usize)> {
		let (mut body, mut buffer) = (Vec::new(), [0u8; 4096]);
		let deadline = within(millis);
		loop {
			match self.requests.read_body(id, &mut buffer, deadline) {
				Ok(0) => return Ok(body),
				Ok(read) => body.extend_from_slice(&buffer[..read]),
				Err(error) => return Err((error, body.len())),
			}
		}
	}
}
