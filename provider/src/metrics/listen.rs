//! The loopback port: `GET /metrics` for Prometheus, `GET /v1/refusals` for `status`, which cannot
//! open the database while the daemon has it. Both only read.

use super::Metrics;
use crate::store::Store;
use axum::{
	extract::State,
	http::{header, StatusCode},
	response::{IntoResponse, Response},
	routing::get,
	Json, Router,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Most refusals in one answer: the newest.
const MAX_REFUSALS: usize = 100;

/// A lease that was refused, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
	pub lease: u64,
	pub reason: String,
}

impl Refused {
	/// The newest refusals of the database, ascending by lease.
	pub fn newest(store: &Store) -> anyhow::Result<Vec<Self>> {
		let all = store.refusals()?;
		let skipped = all.len().saturating_sub(MAX_REFUSALS);
		let newest = all.into_iter().skip(skipped);
		Ok(newest
			.map(|(lease, reason)| Self { lease, reason })
			.collect())
	}
}

/// The routes.
pub fn router(metrics: Arc<Metrics>, store: Arc<Store>) -> Router {
	Router::new()
		.route("/metrics", get(text).with_state(metrics))
		.route("/v1/refusals", get(refusals).with_state(store))
}

fn failed(error: impl std::fmt::Display) -> (StatusCode, String) {
	(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
}

async fn text(State(metrics): State<Arc<Metrics>>) -> Result<Response, (StatusCode, String)> {
	let text = metrics.text().map_err(failed)?;
	let kind = [(header::CONTENT_TYPE, prometheus::TEXT_FORMAT)];
	Ok((kind, text).into_response())
}

async fn refusals(
	State(store): State<Arc<Store>>,
) -> Result<Json<Vec<Refused>>, (StatusCode, String)> {
	Refused::newest(&store).map(Json).map_err(failed)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		config::Limits,
		evidence::{self, Doors, Times},
		fetch::Fetcher,
		metrics::Refusal,
	};
	use tokio::{net::TcpListener, sync::watch};

	#[tokio::test]
	async fn the_port_tells_the_series_and_the_refusals_until_the_daemon_stops() {
		let folder = tempfile::tempdir().unwrap();
		let store = Arc::new(Store::open(folder.path()).unwrap());
		store.note_refusal(5, "too big").unwrap();
		let metrics = Arc::new(Metrics::new().unwrap());
		metrics.refused(Refusal::Job);
		let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
		let address = listener.local_addr().unwrap();
		let (stopper, stop) = watch::channel(false);
		let serving = tokio::spawn(evidence::serve(
			listener,
			router(metrics, store),
			Doors::new(8, 8),
			Times::default(),
			stop,
		));
		let fetcher = Fetcher::new(Limits {
			allow_private_fetch: true,
			..Limits::default()
		})
		.unwrap();
		let ask = async |path: &str| {
			let url = format!("http://{address}{path}");
			fetcher.fetch(&url, 1 << 20).await
		};
		let text = String::from_utf8(ask("/metrics").await.unwrap()).unwrap();
		let line = "terminal_provider_refusals_total{reason=\"job\"} 1";
		assert!(text.lines().any(|one| one == line), "{text}");
		let told: Vec<Refused> =
			serde_json::from_slice(&ask("/v1/refusals").await.unwrap()).unwrap();
		let reason = "too big".to_string();
		assert_eq!(told, [Refused { lease: 5, reason }]);
		assert!(
			ask("/v1/leases/1/weights").await.is_err(),
			"no evidence here"
		);
		stopper.send(true).unwrap();
		serving.await.unwrap();
		assert!(ask("/metrics").await.is_err());
	}

	#[test]
	fn only_the_newest_refusals_are_told() {
		let folder = tempfile::tempdir().unwrap();
		let store = Store::open(folder.path()).unwrap();
		for lease in 0..=MAX_REFUSALS as u64 {
			store.note_refusal(lease, "no").unwrap();
		}
		let told = Refused::newest(&store).unwrap();
		assert_eq!((told.len(), told[0].lease), (MAX_REFUSALS, 1));
	}
}
