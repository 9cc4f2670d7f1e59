//! One exchange within its limits.

use super::{
	admission::Admission,
	connector::GuardedConnector,
	error::Failure,
	policy::{Limits, Policy},
	resolver::{GuardedResolver, NameSource},
	target,
};
use bytes::Bytes;
use http::{header::CONTENT_LENGTH, HeaderMap, Request};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
	client::legacy::Client,
	rt::{TokioExecutor, TokioTimer},
};
use std::{error::Error, sync::Arc, time::Duration};
use tokio::{
	sync::mpsc,
	time::{timeout, timeout_at, Instant},
};

/// Pieces of a body that wait to be read; then the host waits.
const BUFFERED_PIECES: usize = 3;
/// A connection kept for the next request of the same committee's task.
const IDLE_PER_HOST: usize = 2;
const IDLE: Duration = Duration::from_secs(15);

/// The head of an answer. Its body follows in pieces.
pub struct Head {
	/// The status, whatever it is: a redirect is not followed.
	pub status: u16,
	/// The headers.
	pub headers: HeaderMap,
	/// The body, piece by piece.
	pub body: mpsc::Receiver<Piece>,
}

/// What follows the head. A body is whole only if `End` came: a channel that closes without it
/// was cut.
pub enum Piece {
	/// Some bytes.
	Data(Bytes),
	/// There is no more.
	End,
	/// There would have been more.
	Cut(Failure),
}

/// The HTTP client that all runs share.
pub struct GuardedClient {
	http: Client<HttpsConnector<GuardedConnector>, Full<Bytes>>,
	admission: Admission,
	policy: Policy,
}

impl GuardedClient {
	/// A client with the machine's own CA certificates.
	pub fn new(policy: Policy, names: Arc<dyn NameSource>) -> std::io::Result<Self> {
		let connector = GuardedConnector::new(policy, GuardedResolver::new(policy, names));
		// HTTP/1.1 only: the evidence server needs no more, and every frame of HTTP/2 is one more
		// thing that a hostile host can send without end.
		let https = HttpsConnectorBuilder::new()
			.with_native_roots()?
			.https_or_http()
			.enable_http1()
			.wrap_connector(connector);
		let http = Client::builder(TokioExecutor::new())
			.pool_timer(TokioTimer::new())
			.pool_idle_timeout(IDLE)
			.pool_max_idle_per_host(IDLE_PER_HOST)
			.http1_max_buf_size(policy.limits.header_bytes)
			.http1_max_headers(policy.limits.header_count)
			.build(https);
		let admission = Admission::new(policy.limits.open_in_all, policy.limits.open_per_host);
		Ok(Self {
			http,
			admission,
			policy,
		})
	}

	/// The rules of this client.
	pub fn policy(&self) -> &Policy {
		&self.policy
	}

	/// Ask, hand the head to `answered`, then the body through its channel. It takes `most` at most,
	/// and no longer than the policy allows.
	pub async fn exchange(
		self: Arc<Self>,
		request: Request<Full<Bytes>>,
		most: Duration,
		answered: impl FnOnce(Result<Head, Failure>),
	) {
		let end = Instant::now() + self.policy.limits.total.min(most);
		let host = request
			.uri()
			.host()
			.unwrap_or_default()
			.to_ascii_lowercase();
		let Some(_ticket) = self.admission.enter(&host) else {
			return answered(Err(Failure::Busy));
		};
		let asked = timeout_at(end, self.ask(request)).await;
		let (head, body) = match asked.unwrap_or(Err(Failure::TooSlow)) {
			Err(failure) => return answered(Err(failure)),
			Ok(response) => response.into_parts(),
		};
		let (pieces, receiver) = mpsc::channel(BUFFERED_PIECES);
		answered(Ok(Head {
			status: head.status.as_u16(),
			headers: head.headers,
			body: receiver,
		}));
		let last = match timeout_at(end, pump(body, &pieces, &self.policy.limits)).await {
			Ok(last) => last,
			Err(_) => Piece::Cut(Failure::TooSlow),
		};
		// A full channel loses this, and its reader then sees a channel closed without `End`.
		let _ = timeout_at(end, pieces.send(last)).await;
	}

	/// The answer's head, within its limits.
	async fn ask(
		&self,
		request: Request<Full<Bytes>>,
	) -> Result<http::Response<Incoming>, Failure> {
		target::check(request.uri(), &self.policy)?;
		let limits = &self.policy.limits;
		let response = timeout(limits.headers, self.http.request(request))
			.await
			.map_err(|_| Failure::TooSlow)?
			.map_err(|error| Failure::Io(root_cause(&error)))?;
		let declared = response.headers().get(CONTENT_LENGTH);
		let declared = declared.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
		if declared.is_some_and(|length| length > limits.body_bytes) {
			return Err(Failure::TooLong);
		}
		Ok(response)
	}
}

/// Move the body into the channel as fast as it is read there. Returns the last piece.
async fn pump(mut body: Incoming, pieces: &mpsc::Sender<Piece>, limits: &Limits) -> Piece {
	let mut left = limits.body_bytes;
	while let Some(frame) = body.frame().await {
		let data = match frame.map(|frame| frame.into_data()) {
			Ok(Ok(data)) => data,
			// Trailers mean nothing here.
			Ok(Err(_)) => continue,
			Err(error) => return Piece::Cut(Failure::Io(root_cause(&error))),
		};
		left = match left.checked_sub(data.len() as u64) {
			Some(left) => left,
			None => return Piece::Cut(Failure::TooLong),
		};
		if !data.is_empty() && pieces.send(Piece::Data(data)).await.is_err() {
			break;
		}
	}
	Piece::End
}

/// The innermost reason, which names the refusal or the system's error.
fn root_cause(error: &(dyn Error + 'static)) -> String {
	let mut cause = error;
	while let Some(inner) = cause.source() {
		cause = inner;
	}
	cause.to_string()
}
