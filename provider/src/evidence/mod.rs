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
//! 404 unknown lease or leaf, 408 too slow, 413 too large, 429 too many requests, 503 no room.
//!
//! | file | role |
//! |---|---|
//! | `mod.rs` | routes, and the handlers of evidence |
//! | `tenant.rs` | the handlers of metered leases |
//! | `listen.rs` | connections: how many, from whom, for how long |
//! | `admit.rs` | who asks, a seat, a deadline |
//! | `signed.rs` | signed requests |
//! | `roster.rs` | whose signature counts, as the chain says |
//! | `limit.rs` | rates and seats |
//! | `answer.rs` | answers that hold their seat |
//! | `shelf.rs` | what is served |
//!
//! Whoever sends the headers of a signed request ([`signed`]) must send right ones, else 401.
//! Active attestors, the committee of the lease's task and the lease's consumer pass a gate of
//! their own, so that no flood of strangers takes rate, seats or connections from them. Without
//! these headers one is a stranger: served at a lower rate, or not at all ([`Serve`]).

mod admit;
mod answer;
mod limit;
mod listen;
mod roster;
mod shelf;
mod signed;
mod tenant;
#[cfg(test)]
mod tests;

pub use limit::Limiter;
pub use listen::{serve, Doors, Times};
pub use roster::Reader;
pub use shelf::{Served, Shelf, Tenancy};

use crate::config::Serve;
use axum::{
	extract::{Path, Query, State},
	http::{header, StatusCode},
	middleware::from_fn_with_state,
	response::{IntoResponse, Response},
	routing::{get, post, put},
	Router,
};
use codec::Encode;
use std::{collections::HashMap, sync::Arc};

/// Most leaves in one answer: the public sample and a member's own.
pub const MAX_LEAVES: usize = 80;

/// A refusal: a status and a sentence.
pub type Refusal = (StatusCode, String);

/// Shared by all handlers.
pub struct Server {
	pub shelf: Shelf,
	pub store: Arc<crate::store::Store>,
	pub limiter: Limiter,
	pub serve: Serve,
	pub machine: u64,
}

/// The routes, each behind its gate.
pub fn router(server: Arc<Server>) -> Router {
	let evidence = Router::new()
		.route("/v1/leases/{lease}/leaves", get(leaves))
		.route("/v1/leases/{lease}/weights", get(weights))
		.layer(from_fn_with_state(server.clone(), admit::reader));
	let metered = Router::new()
		.route("/v1/leases/{lease}/receipts", post(tenant::receipt))
		.route("/v1/leases/{lease}/model", put(tenant::model))
		.route("/v1/leases/{lease}/infer", post(tenant::infer))
		.layer(from_fn_with_state(server.clone(), admit::tenant));
	Router::new()
		.route("/v1/health", get(health))
		.layer(from_fn_with_state(server.clone(), admit::stranger))
		.merge(evidence)
		.merge(metered)
		.with_state(server)
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
