//! Fetching what a job names: over HTTP(S), or from a file where the configuration allows it.
//! Bytes are capped while they arrive; digests are checked by whoever knows what they must be. Only
//! public addresses are asked, unless the configuration allows private ones ([`guard`]).

mod guard;

pub use guard::Private;

use crate::config::Limits;
use guard::Connector;
use http_body_util::{BodyExt, Empty};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use std::{path::PathBuf, time::Duration};

#[derive(Debug, thiserror::Error)]
pub enum FetchError {
	#[error("{0} is not an address this daemon fetches from: use http(s)://{1}")]
	Address(String, &'static str),
	#[error("{0} is not fetched: {1}")]
	Private(String, Private),
	#[error("{0} did not answer as hoped: {1}")]
	Failed(String, String),
	#[error("{0} has more than the {1} bytes allowed")]
	TooLarge(String, u64),
	#[error("{0} took longer than {1} s")]
	TimedOut(String, u64),
}

/// A small fetcher that follows no redirect.
pub struct Fetcher {
	limits: Limits,
	client: Client<hyper_rustls::HttpsConnector<Connector>, Empty<bytes::Bytes>>,
}

impl Fetcher {
	pub fn new(limits: Limits) -> std::io::Result<Self> {
		let https = hyper_rustls::HttpsConnectorBuilder::new()
			.with_native_roots()?
			.https_or_http()
			.enable_http1()
			.wrap_connector(Connector::new(limits.allow_private_fetch));
		Ok(Self {
			limits,
			client: Client::builder(TokioExecutor::new()).build(https),
		})
	}

	/// The bytes at `address`, at most `cap` of them and never more than the limits allow.
	pub async fn fetch(&self, address: &str, cap: u64) -> Result<Vec<u8>, FetchError> {
		let cap = cap.min(self.limits.fetch_bytes);
		let seconds = self.limits.fetch_seconds;
		tokio::time::timeout(
			Duration::from_secs(seconds),
			self.fetch_untimed(address, cap),
		)
		.await
		.unwrap_or_else(|_| Err(FetchError::TimedOut(address.into(), seconds)))
	}

	async fn fetch_untimed(&self, address: &str, cap: u64) -> Result<Vec<u8>, FetchError> {
		let hint = if self.limits.allow_files {
			" or file:///path"
		} else {
			""
		};
		let url =
			url::Url::parse(address).map_err(|_| FetchError::Address(address.into(), hint))?;
		match url.scheme() {
			"http" | "https" => self.fetch_http(address, cap).await,
			"file" if self.limits.allow_files => {
				let path: PathBuf = url
					.to_file_path()
					.map_err(|()| FetchError::Address(address.into(), hint))?;
				let failed =
					|error: std::io::Error| FetchError::Failed(address.into(), error.to_string());
				let length = tokio::fs::metadata(&path).await.map_err(failed)?.len();
				if length > cap {
					return Err(FetchError::TooLarge(address.into(), cap));
				}
				tokio::fs::read(&path).await.map_err(failed)
			},
			_ => Err(FetchError::Address(address.into(), hint)),
		}
	}

	async fn fetch_http(&self, address: &str, cap: u64) -> Result<Vec<u8>, FetchError> {
		let failed = |error: String| FetchError::Failed(address.into(), error);
		let uri: http::Uri = address.parse().map_err(|_| failed("bad address".into()))?;
		let response = self
			.client
			.get(uri)
			.await
			.map_err(|error| match refused(&error) {
				Some(refused) => FetchError::Private(address.into(), refused),
				None => failed(reasons(&error)),
			})?;
		if response.status() != http::StatusCode::OK {
			return Err(failed(format!("status {}", response.status())));
		}
		let mut body = response.into_body();
		let mut bytes = Vec::new();
		while let Some(frame) = body.frame().await {
			let frame = frame.map_err(|error| failed(error.to_string()))?;
			if let Some(data) = frame.data_ref() {
				if (bytes.len() as u64).saturating_add(data.len() as u64) > cap {
					return Err(FetchError::TooLarge(address.into(), cap));
				}
				bytes.extend_from_slice(data);
			}
		}
		Ok(bytes)
	}
}

/// The guard's refusal, if that is what `error` comes from.
fn refused(error: &(dyn std::error::Error + 'static)) -> Option<Private> {
	causes(error).find_map(|cause| cause.downcast_ref::<Private>().cloned())
}

/// An error and what it comes from, in words.
fn reasons(error: &(dyn std::error::Error + 'static)) -> String {
	let told: Vec<String> = causes(error).map(ToString::to_string).collect();
	told.join(": ")
}

fn causes<'a>(
	error: &'a (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
	std::iter::successors(Some(error), |error| error.source())
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::io::Write;

	fn fetcher(allow_files: bool) -> Fetcher {
		Fetcher::new(Limits {
			allow_files,
			fetch_seconds: 2,
			..Limits::default()
		})
		.unwrap()
	}

	fn local_fetcher() -> Fetcher {
		Fetcher::new(Limits {
			allow_private_fetch: true,
			fetch_seconds: 2,
			..Limits::default()
		})
		.unwrap()
	}

	/// A server of the loopback that answers each connection with `weights`; the count is of
	/// connections.
	async fn server() -> (u16, std::sync::Arc<std::sync::atomic::AtomicU32>) {
		use tokio::io::{AsyncReadExt, AsyncWriteExt};
		let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
		let port = listener.local_addr().unwrap().port();
		let connections = std::sync::Arc::new(std::sync::atomic::AtomicU32::new(0));
		let counter = connections.clone();
		tokio::spawn(async move {
			while let Ok((mut stream, _)) = listener.accept().await {
				counter.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
				let mut request = [0; 1024];
				let _ = stream.read(&mut request).await;
				let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\nweights";
				let _ = stream.write_all(answer).await;
			}
		});
		(port, connections)
	}

	#[tokio::test]
	async fn private_addresses_are_not_even_connected_to() {
		let (port, connections) = server().await;
		// Spelled out, by name, and as the system's resolver reads shortened ones.
		for host in ["127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433"] {
			let address = format!("http://{host}:{port}/");
			let refused = fetcher(false).fetch(&address, 100).await;
			assert!(
				matches!(&refused, Err(FetchError::Private(..))),
				"{host}: {refused:?}"
			);
		}
		let mapped = format!("http://[::ffff:127.0.0.1]:{port}/");
		for fetcher in [fetcher(false), local_fetcher()] {
			assert!(matches!(
				fetcher.fetch(&mapped, 100).await,
				Err(FetchError::Private(..))
			));
		}
		assert_eq!(connections.load(std::sync::atomic::Ordering::SeqCst), 0);
	}

	#[tokio::test]
	async fn https_to_a_private_address_is_refused_before_the_handshake() {
		let (port, connections) = server().await;
		let address = format!("https://127.0.0.1:{port}/");
		assert!(matches!(
			fetcher(false).fetch(&address, 100).await,
			Err(FetchError::Private(..))
		));
		assert_eq!(connections.load(std::sync::atomic::Ordering::SeqCst), 0);
	}

	#[tokio::test]
	async fn a_local_network_is_asked_where_the_configuration_allows_it() {
		let (port, _) = server().await;
		for host in ["127.0.0.1", "localhost"] {
			let address = format!("http://{host}:{port}/");
			let found = local_fetcher().fetch(&address, 100).await;
			assert_eq!(found.unwrap(), b"weights", "{host}");
		}
	}

	#[tokio::test]
	async fn link_local_addresses_stay_refused_on_a_local_network() {
		let metadata = "http://169.254.169.254/latest/meta-data/";
		assert!(matches!(
			local_fetcher().fetch(metadata, 100).await,
			Err(FetchError::Private(..))
		));
	}

	#[tokio::test]
	async fn files_are_fetched_only_where_allowed() {
		let mut file = tempfile::NamedTempFile::new().unwrap();
		file.write_all(b"weights").unwrap();
		let address = url::Url::from_file_path(file.path()).unwrap().to_string();
		assert_eq!(
			fetcher(true).fetch(&address, 100).await.unwrap(),
			b"weights"
		);
		assert!(matches!(
			fetcher(false).fetch(&address, 100).await,
			Err(FetchError::Address(..))
		));
	}

	#[tokio::test]
	async fn a_file_over_the_cap_is_refused() {
		let mut file = tempfile::NamedTempFile::new().unwrap();
		file.write_all(&[0; 64]).unwrap();
		let address = url::Url::from_file_path(file.path()).unwrap().to_string();
		assert!(matches!(
			fetcher(true).fetch(&address, 63).await,
			Err(FetchError::TooLarge(..))
		));
	}

	#[tokio::test]
	async fn a_silent_server_times_out() {
		let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
		let address = format!("http://{}/", listener.local_addr().unwrap());
		assert!(matches!(
			local_fetcher().fetch(&address, 10).await,
			Err(FetchError::TimedOut(..))
		));
	}
}
