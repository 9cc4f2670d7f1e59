//! `[metrics]`: where Prometheus reads what is counted.

use super::ConfigError;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;

/// The port for Prometheus. Off where the file does not name one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Watching {
	/// A loopback address and port.
	pub listen: Option<SocketAddr>,
}

impl Watching {
	pub(super) fn check(&self) -> Result<(), ConfigError> {
		match self.listen {
			Some(listen) if !listen.ip().is_loopback() => Err(ConfigError::Value {
				field: "metrics.listen",
				problem: format!(
					"{listen} is not on the loopback: what is earned is nobody else's business. \
					 Name one like 127.0.0.1:9616 and let a Prometheus on this machine, or a tunnel, read it"
				),
			}),
			_ => Ok(()),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn only_the_loopback_is_taken() {
		let at = |listen: &str| {
			let listen = Some(listen.parse().unwrap());
			Watching { listen }
				.check()
				.map_err(|error| error.to_string())
		};
		assert!(at("127.0.0.1:9616").is_ok() && at("[::1]:9616").is_ok());
		assert!(Watching::default().check().is_ok());
		for open in ["0.0.0.0:9616", "192.168.0.7:9616", "[::]:9616"] {
			assert!(at(open).unwrap_err().contains("127.0.0.1:9616"), "{open}");
		}
	}
}
