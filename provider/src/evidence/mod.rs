//! What the daemon shows over HTTP: leaves and weights of fixed jobs to validators and consumers,
//! and the metered service to tenants who keep their receipts up.
//!
//! | request | answer |
//! |---|---|
//! | `GET /v1/health` | JSON: machine, leases served |
//! | `GET /v1/leases/{lease}/leaves?indices=1,2,3` | SCALE `Vec<Leaf>`, at most 80 |
//! | `GET /v1/leases/{lease}/weights` | the weights |
//! | `POST /v1/leases/{lease}/receipts` | JSON receipt in, `{"accepted": bool}` out |
//! | `PUT /v1/leases/{lease}/model` | weights for a metered lease, signed by the tenant |
//! | `POST /v1/leases/{lease}/infer` | one input in, its output out; 402 when receipts lag |
//!
//! Refusals are plain text that name the remedy: 400 malformed, 401 signature, 402 receipts,
//! 404 unknown lease or leaf, 413 too large, 429 too many requests.

mod limit;
mod shelf;
mod tenant;

pub use limit::Limiter;
pub use shelf::{Served, Shelf, Tenancy};

use axum::{
	extract::{ConnectInfo, DefaultBodyLimit, Path, Query, Request, State},
	http::{header, StatusCode},
	middleware::{self, Next},
	response::{IntoResponse, Response},
	routing::{get, post, put},
	Router,
};
use codec::Encode;
use std::{collections::HashMap, net::SocketAddr, sync::Arc};

/// Most leaves in one answer: the public sample and a member's own.
pub const MAX_LEAVES: usize = 80;
/// Largest body a tenant may send: one model.
const MAX_BODY: usize = 4 << 20;

/// A refusal: a status and a sentence.
pub type Refusal = (StatusCode, String);

/// Shared by all handlers.
pub struct Server {
	pub shelf: Shelf,
	pub store: Arc<crate::store::Store>,
	pub limiter: Limiter,
	pub machine: u64,
}

/// The routes.
pub fn router(server: Arc<Server>) -> Router {
	Router::new()
		.route("/v1/health", get(health))
		.route("/v1/leases/{lease}/leaves", get(leaves))
		.route("/v1/leases/{lease}/weights", get(weights))
		.route("/v1/leases/{lease}/receipts", post(tenant::receipt))
		.route("/v1/leases/{lease}/model", put(tenant::model))
		.route("/v1/leases/{lease}/infer", post(tenant::infer))
		.layer(DefaultBodyLimit::max(MAX_BODY))
		.layer(middleware::from_fn_with_state(server.clone(), admit))
		.with_state(server)
}

/// Serve until `stop` resolves.
pub async fn serve(
	listener: tokio::net::TcpListener,
	server: Arc<Server>,
	stop: impl std::future::Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
	axum::serve(
		listener,
		router(server).into_make_service_with_connect_info::<SocketAddr>(),
	)
	.with_graceful_shutdown(stop)
	.await
}

/// Rate per client, number at once, and a deadline on the whole request.
async fn admit(
	State(server): State<Arc<Server>>,
	ConnectInfo(client): ConnectInfo<SocketAddr>,
	request: Request,
	next: Next,
) -> Response {
	let Some(_seat) = server.limiter.enter(client.ip()).await else {
		return (
			StatusCode::TOO_MANY_REQUESTS,
			"too many requests: wait a second",
		)
			.into_response();
	};
	match tokio::time::timeout(std::time::Duration::from_secs(10), next.run(request)).await {
		Ok(response) => response,
		Err(_) => (StatusCode::REQUEST_TIMEOUT, "the request took over 10 s").into_response(),
	}
}

async fn health(State(server): State<Arc<Server>>) -> Response {
	let body = serde_json::json!({
		"machine": server.machine,
		"jobs": server.shelf.job_count(),
		"tenancies": server.shelf.tenancy_count(),
	});
	(
		[(header::CONTENT_TYPE, "application/json")],
		body.to_string(),
	)
		.into_response()
}

fn bytes(body: Vec<u8>) -> Response {
	([(header::CONTENT_TYPE, "application/octet-stream")], body).into_response()
}

async fn leaves(
	State(server): State<Arc<Server>>,
	Path(lease): Path<u64>,
	Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Refusal> {
	let indices = parse_indices(query.get("indices").map_or("", String::as_str))?;
	let served = job(&server, lease)?;
	let found: Option<Vec<_>> = indices
		.iter()
		.map(|index| served.finished.leaf(*index))
		.collect();
	let found = found.ok_or((
		StatusCode::NOT_FOUND,
		"the job has no such leaf".to_string(),
	))?;
	Ok(bytes(found.encode()))
}

async fn weights(
	State(server): State<Arc<Server>>,
	Path(lease): Path<u64>,
) -> Result<Response, Refusal> {
	Ok(bytes(job(&server, lease)?.weights.clone()))
}

fn job(server: &Server, lease: u64) -> Result<Arc<Served>, Refusal> {
	server.shelf.job(lease).ok_or_else(|| {
		(
			StatusCode::NOT_FOUND,
			format!("no finished job of lease {lease} here"),
		)
	})
}

/// `1,2,3` → indices: at least one, at most [`MAX_LEAVES`].
fn parse_indices(text: &str) -> Result<Vec<u32>, Refusal> {
	let bad = |problem: String| (StatusCode::BAD_REQUEST, problem);
	let parsed: Vec<u32> = text
		.split(',')
		.take(MAX_LEAVES + 1)
		.map(|part| part.parse())
		.collect::<Result<_, _>>()
		.map_err(|_| bad("ask like ?indices=1,2,3".into()))?;
	if parsed.len() > MAX_LEAVES {
		return Err(bad(format!("at most {MAX_LEAVES} leaves a request")));
	}
	Ok(parsed)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn indices_parse_or_say_why() {
		assert_eq!(parse_indices("1,2,3").unwrap(), vec![1, 2, 3]);
		for bad in ["", "1,,2", "-1", "4294967296", "a"] {
			assert_eq!(
				parse_indices(bad).unwrap_err().0,
				StatusCode::BAD_REQUEST,
				"{bad}"
			);
		}
		let many = vec!["1"; MAX_LEAVES + 1].join(",");
		assert_eq!(parse_indices(&many).unwrap_err().0, StatusCode::BAD_REQUEST);
	}
}
