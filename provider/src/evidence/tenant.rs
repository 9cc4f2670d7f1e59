//! The tenant's side: receipts in, and the metered service out as long as they keep coming.

use super::{bytes, Refusal, Server, Tenancy};
use axum::{
	body::{Body, Bytes},
	extract::{Path, State},
	http::{HeaderMap, StatusCode},
	response::Response,
	Json,
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body as HttpBody;
use serde::Deserialize;
use std::{
	sync::Arc,
	time::{SystemTime, UNIX_EPOCH},
};
use terminal_gpu_proof::{hash::blake2_256, network, receipt};

/// Largest model, in bytes.
const MAX_MODEL: usize = 4 << 20;
/// Largest receipt, in bytes of JSON.
const MAX_RECEIPT: usize = 1_024;
/// Largest output, in bytes.
const MAX_OUTPUT: usize = 1 << 16;

/// A receipt as the tenant's client posts it.
#[derive(Deserialize)]
pub struct PostedReceipt {
	pub segment: u32,
	pub milliseconds: u64,
	/// 64 bytes, hexadecimal.
	pub signature: String,
}

/// Whether `signature` is the tenant's over the receipt.
fn receipt_is_signed(
	tenant: &[u8; 32],
	genesis: &[u8; 32],
	lease: u64,
	segment: u32,
	milliseconds: u64,
	signature: &[u8; 64],
) -> bool {
	signed(
		tenant,
		signature,
		&receipt::message(genesis, lease, segment, milliseconds),
	)
}

fn signed(tenant: &[u8; 32], signature: &[u8; 64], message: &[u8]) -> bool {
	use subxt_signer::sr25519;
	sr25519::verify(
		&sr25519::Signature(*signature),
		message,
		&sr25519::PublicKey(*tenant),
	)
}

fn signature_of(text: &str) -> Result<[u8; 64], Refusal> {
	let mut out = [0; 64];
	hex::decode_to_slice(text.trim_start_matches("0x"), &mut out).map_err(|_| {
		(
			StatusCode::BAD_REQUEST,
			"the signature is 64 bytes in hexadecimal".to_string(),
		)
	})?;
	Ok(out)
}

fn tenancy(server: &Server, lease: u64) -> Result<Tenancy, Refusal> {
	server.shelf.tenancy(lease).ok_or_else(|| {
		(
			StatusCode::NOT_FOUND,
			format!("no metered lease {lease} is open on this machine"),
		)
	})
}

/// Read a body of at most `most` bytes. Handlers do so after all that can be told without it, so
/// that nobody makes the daemon wait for bytes that it does not need.
async fn read(body: Body, most: usize) -> Result<Bytes, Refusal> {
	let too_large = || {
		(
			StatusCode::PAYLOAD_TOO_LARGE,
			format!("send at most {most} bytes here"),
		)
	};
	if HttpBody::size_hint(&body).lower() > u64::try_from(most).unwrap_or(u64::MAX) {
		return Err(too_large());
	}
	match Limited::new(body, most).collect().await {
		Ok(whole) => Ok(whole.to_bytes()),
		Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
		Err(error) => Err((
			StatusCode::BAD_REQUEST,
			format!("the body did not arrive, send it again: {error}"),
		)),
	}
}

/// `POST receipts`: keep the receipt if it is signed and better than the last.
pub async fn receipt(
	State(server): State<Arc<Server>>,
	Path(lease): Path<u64>,
	body: Body,
) -> Result<Json<serde_json::Value>, Refusal> {
	let Tenancy {
		tenant, segment, ..
	} = tenancy(&server, lease)?;
	let tenant = tenant.ok_or((
		StatusCode::BAD_REQUEST,
		"this lease has receipts off: post none".to_string(),
	))?;
	let posted: PostedReceipt =
		serde_json::from_slice(&read(body, MAX_RECEIPT).await?).map_err(|error| {
			let remedy = "send {\"segment\", \"milliseconds\", \"signature\"}";
			(StatusCode::BAD_REQUEST, format!("{error}: {remedy}"))
		})?;
	// Each segment has a key of its own.
	if posted.segment != segment {
		return Err((
			StatusCode::CONFLICT,
			format!("this lease is in segment {segment}: sign receipts over that"),
		));
	}
	let signature = signature_of(&posted.signature)?;
	if !receipt_is_signed(
		&tenant,
		server.shelf.genesis(),
		lease,
		posted.segment,
		posted.milliseconds,
		&signature,
	) {
		return Err((
			StatusCode::UNAUTHORIZED,
			"not signed by the lease's tenant key".into(),
		));
	}
	let stored = crate::store::StoredReceipt {
		segment: posted.segment,
		milliseconds: posted.milliseconds,
		signature,
	};
	let accepted = server
		.store
		.put_receipt(lease, &stored)
		.map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
	if accepted {
		server
			.shelf
			.acknowledge(lease, posted.segment, posted.milliseconds);
		server.shelf.news().notify_one();
	}
	Ok(Json(serde_json::json!({ "accepted": accepted })))
}

/// `PUT model`: weights for the lease, signed by the tenant over
/// `"tct/model/v1" | genesis | lease u64 LE | Blake2b-256(weights)` in `x-terminal-signature`. With
/// receipts off there is no tenant key, and the consumer's account signs.
pub async fn model(
	State(server): State<Arc<Server>>,
	Path(lease): Path<u64>,
	headers: HeaderMap,
	body: Body,
) -> Result<StatusCode, Refusal> {
	let owner = tenancy(&server, lease)?.owner();
	let text = headers
		.get("x-terminal-signature")
		.and_then(|value| value.to_str().ok());
	let signature = signature_of(text.unwrap_or_default())?;
	let weights = read(body, MAX_MODEL).await?;
	let message = [
		&b"tct/model/v1"[..],
		server.shelf.genesis(),
		&lease.to_le_bytes(),
		&blake2_256(&[&weights]),
	]
	.concat();
	if !signed(&owner, &signature, &message) {
		return Err((
			StatusCode::UNAUTHORIZED,
			"not signed by the lease's tenant key (with receipts off: by the consumer's account)"
				.into(),
		));
	}
	network::Network::parse(&weights).map_err(|error| {
		(
			StatusCode::BAD_REQUEST,
			format!("no integer network: {error:?}"),
		)
	})?;
	server.shelf.put_model(lease, weights.to_vec());
	Ok(StatusCode::NO_CONTENT)
}

/// `POST infer`: one input through the lease's model, while receipts keep up.
pub async fn infer(
	State(server): State<Arc<Server>>,
	Path(lease): Path<u64>,
	body: Body,
) -> Result<Response, Refusal> {
	let tenancy = tenancy(&server, lease)?;
	let now = SystemTime::now()
		.duration_since(UNIX_EPOCH)
		.map_or(0, |time| time.as_millis() as u64);
	if tenancy.since.is_none() {
		return Err((
			StatusCode::CONFLICT,
			"the lease does not run: it has not started, or is paused (top it up, or wait for the \
			 end of the maintenance)"
				.into(),
		));
	}
	if !tenancy.is_paid_up(now) {
		return Err((
			StatusCode::PAYMENT_REQUIRED,
			"the last receipt is over a grace old: post a newer one".into(),
		));
	}
	let weights = server.shelf.model(lease).ok_or((
		StatusCode::NOT_FOUND,
		"put a model first: PUT model".to_string(),
	))?;
	let takes = network::Network::parse(&weights).map_or(0, |network| network.input_len());
	let input = read(body, takes).await?;
	if input.len() != takes {
		return Err((
			StatusCode::BAD_REQUEST,
			format!("the model takes {takes} bytes at a time"),
		));
	}
	let output =
		tokio::task::spawn_blocking(move || network::evaluate(&weights, &input, MAX_OUTPUT))
			.await
			.map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
	Ok(bytes(output))
}
