//! Fetching what a job names: over HTTP(S), or from a file where the configuration allows it.
//! Bytes are capped while they arrive; digests are checked by whoever knows what they must be.

use crate::config::Limits;
use http_body_util::{BodyExt, Empty};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use std::{path::PathBuf, time::Duration};

#[derive(Debug, thiserror::Error)]
pub enum FetchError {
	#[error("{0} is not an address this daemon fetches from: use http(s)://{1}")]
	Address(String, &'static str),
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
	client: Client<
		hyper_rustls::HttpsConnector<hyper_util::client::legacy::connect::HttpConnector>,
		Empty<bytes::Bytes>,
	>,
}

impl Fetcher {
	pub fn new(limits: Limits) -> std::io::Result<Self> {
		let https = hyper_rustls::HttpsConnectorBuilder::new()
			.with_native_roots()?
			.https_or_http()
			.enable_http1()
			.build();
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
			.map_err(|error| failed(error.to_string()))?;
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
			fetcher(false).fetch(&address, 10).await,
			Err(FetchError::TimedOut(..))
		));
	}
}
