//! Before a request reaches its handler: who asks, whether there is room, and a deadline.

use super::{
	answer,
	limit::{origin, Seat},
	listen::Pass,
	signed::{Claim, Denied},
	Server,
};
use crate::config::Serve;
use axum::{
	extract::{ConnectInfo, Extension, Path, Request, State},
	http::{HeaderMap, StatusCode},
	middleware::Next,
	response::{IntoResponse, Response},
};
use std::{
	future::Future,
	net::{IpAddr, SocketAddr},
	sync::Arc,
	time::Duration,
};
use tokio::time::timeout;

/// For a seat, and again for the request's body and the work on it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Who asks for evidence.
#[derive(Debug, PartialEq, Eq)]
enum Asker {
	/// The account whose key signed the request.
	Signer([u8; 32]),
	/// Somebody.
	Stranger,
}

/// Leaves and weights: signers through their own gate, strangers, where they are served, through
/// theirs.
pub async fn reader(
	State(server): State<Arc<Server>>,
	ConnectInfo(client): ConnectInfo<SocketAddr>,
	Extension(pass): Extension<Arc<Pass>>,
	Path(lease): Path<u64>,
	request: Request,
	next: Next,
) -> Response {
	let origin = origin(client.ip());
	let limiter = &server.limiter;
	match asker(&server, request.headers(), lease, origin) {
		Ok(Asker::Signer(account)) => {
			pass.vouch();
			seated(limiter.signers.enter(account), request, next).await
		},
		Ok(Asker::Stranger) => seated(limiter.strangers.enter(origin), request, next).await,
		Err(denied) => (denied.status(), denied.to_string()).into_response(),
	}
}

/// What everybody may ask.
pub async fn stranger(
	State(server): State<Arc<Server>>,
	ConnectInfo(client): ConnectInfo<SocketAddr>,
	request: Request,
	next: Next,
) -> Response {
	let seat = server.limiter.strangers.enter(origin(client.ip()));
	seated(seat, request, next).await
}

/// The metered service.
pub async fn tenant(
	State(server): State<Arc<Server>>,
	ConnectInfo(client): ConnectInfo<SocketAddr>,
	request: Request,
	next: Next,
) -> Response {
	let seat = server.limiter.tenants.enter(origin(client.ip()));
	seated(seat, request, next).await
}

/// Who asks. The cheapest checks come first, and a forger's signatures are checked only so often:
/// so a bad request costs at most one signature check.
fn asker(
	server: &Server,
	headers: &HeaderMap,
	lease: u64,
	origin: IpAddr,
) -> Result<Asker, Denied> {
	let strangers_read = match server.serve {
		Serve::Anyone => true,
		Serve::Signed => false,
	};
	let Some(claim) = Claim::parse(headers)? else {
		return strangers_read
			.then_some(Asker::Stranger)
			.ok_or(Denied::Unsigned);
	};
	let roster = server.shelf.roster();
	let Some(height) = roster.height() else {
		// Whoever signs may be who it says, and gets no less than a stranger.
		return strangers_read
			.then_some(Asker::Stranger)
			.ok_or(Denied::Deaf);
	};
	claim.check(lease, height, roster)?;
	if server.limiter.forges(&origin) {
		return Err(Denied::Forger);
	}
	if let Err(denied) = claim.check_signature(server.shelf.genesis(), lease) {
		server.limiter.note_forgery(origin);
		return Err(denied);
	}
	Ok(Asker::Signer(claim.account()))
}

/// Wait for a seat, run the handler, and let the answer keep the seat until it is taken.
async fn seated(
	enter: impl Future<Output = Option<Seat>>,
	request: Request,
	next: Next,
) -> Response {
	let seat = match timeout(PATIENCE, enter).await {
		Ok(Some(seat)) => seat,
		Ok(None) => {
			let refusal = "too many requests: wait a second";
			return (StatusCode::TOO_MANY_REQUESTS, refusal).into_response();
		},
		Err(_) => {
			let refusal = "no room for 10 s: ask for less at once, or again later";
			return (StatusCode::SERVICE_UNAVAILABLE, refusal).into_response();
		},
	};
	match timeout(PATIENCE, next.run(request)).await {
		Ok(response) => answer::hold(response, seat),
		Err(_) => {
			let refusal = "the request took over 10 s: send it faster";
			(StatusCode::REQUEST_TIMEOUT, refusal).into_response()
		},
	}
}
