//! What is allowed, and the numbers.

use std::time::Duration;

/// What a worker's requests may do on this node.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
	/// Loopback and private networks may be asked: for development and local networks only.
	/// Link-local (cloud metadata), shared, multicast and reserved ranges stay refused.
	pub allow_private: bool,
	/// The numbers.
	pub limits: Limits,
}

impl Policy {
	/// The usual limits, with private addresses allowed or not.
	pub fn new(allow_private: bool) -> Self {
		Self {
			allow_private,
			limits: Limits::default(),
		}
	}
}

/// Bounds on requests. The runtime sets shorter deadlines of its own; these hold whatever it does.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
	/// Requests that one run may start.
	pub requests_per_run: usize,
	/// Exchanges open at once on this node; one more fails at once instead of waiting.
	pub open_in_all: usize,
	/// Exchanges open at once with one host.
	pub open_per_host: usize,
	/// Names being looked up at once: a lookup cannot be cancelled, so it is not started.
	pub lookups: usize,
	/// Until the connection stands.
	pub connect: Duration,
	/// From the start until the answer's headers are complete.
	pub headers: Duration,
	/// From the start until the answer's last byte.
	pub total: Duration,
	/// Bytes of the answer's headers in all (and of one piece of its body).
	pub header_bytes: usize,
	/// Headers of the answer.
	pub header_count: usize,
	/// Bytes of the answer's body.
	pub body_bytes: u64,
	/// Bytes of the request's body.
	pub request_bytes: usize,
}

impl Default for Limits {
	fn default() -> Self {
		Self {
			// 64 tasks, for each leaves and weights at three hosts; and portions of large jobs.
			requests_per_run: 512,
			open_in_all: 512,
			open_per_host: 128,
			lookups: 64,
			connect: Duration::from_secs(2),
			headers: Duration::from_secs(4),
			total: Duration::from_secs(8),
			header_bytes: 32 * 1024,
			header_count: 64,
			body_bytes: 8 * 1024 * 1024,
			request_bytes: 256 * 1024,
		}
	}
}
