//! One run's requests, as the runtime sees them: the rules of `sp_core::offchain::Externalities`.

use super::{
	client::{GuardedClient, Head, Piece},
	error::Failure,
	target, LOG_TARGET,
};
use bytes::{Buf, Bytes};
use futures::{
	executor::block_on,
	future::{select, Either},
	pin_mut,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};
use http_body_util::Full;
use sp_core::offchain::{HttpError, HttpRequestId, HttpRequestStatus, Timestamp};
use std::{
	collections::HashMap,
	future::{pending, Future},
	sync::Arc,
	time::{Duration, SystemTime},
};
use tokio::{runtime::Handle, sync::mpsc, task::AbortHandle};

/// Ends its exchange when it goes: nothing outlives the run that asked.
struct Running(AbortHandle);

impl Drop for Running {
	fn drop(&mut self) {
		self.0.abort();
	}
}

/// Where a request is.
enum Entry {
	/// Being written. The body is kept until it is complete, then all is sent at once.
	Preparing {
		request: Request<()>,
		body: Option<Vec<u8>>,
	},
	/// Sent; no answer yet.
	Waiting(Running),
	/// The head has come.
	Answered(Answer),
	/// It failed, which the next call that asks is told.
	Failed,
}

struct Answer {
	status: u16,
	headers: HeaderMap,
	body: mpsc::Receiver<Piece>,
	/// What is left of the piece being read.
	rest: Bytes,
	_running: Running,
}

type Event = (HttpRequestId, Result<Head, Failure>);

/// The requests of one worker run.
pub struct Requests {
	client: Arc<GuardedClient>,
	handle: Handle,
	entries: HashMap<HttpRequestId, Entry>,
	next_id: u16,
	started: usize,
	events: mpsc::UnboundedReceiver<Event>,
	event_sender: mpsc::UnboundedSender<Event>,
}

impl Requests {
	/// No requests yet. Exchanges will run on `handle`.
	pub fn new(client: Arc<GuardedClient>, handle: Handle) -> Self {
		let (event_sender, events) = mpsc::unbounded_channel();
		// A random start, so that no runtime is written with fixed ids.
		let [low, high, ..] = sp_core::H256::random().0;
		let next_id = u16::from_le_bytes([low, high]) % 2000;
		let entries = HashMap::new();
		Self {
			client,
			handle,
			entries,
			next_id,
			started: 0,
			events,
			event_sender,
		}
	}

	/// Begin a request. A target that can be refused without resolving its name is refused here.
	pub fn start(&mut self, method: &str, uri: &str) -> Result<HttpRequestId, ()> {
		let mut request = Request::new(());
		*request.method_mut() = Method::from_bytes(method.as_bytes()).map_err(drop)?;
		*request.uri_mut() = uri.parse::<Uri>().map_err(drop)?;
		let policy = self.client.policy();
		let allowed = target::check_method(request.method())
			.and_then(|()| target::check(request.uri(), policy));
		if let Err(refusal) = allowed {
			tracing::debug!(target: LOG_TARGET, %uri, %refusal, "Refused");
			return Err(());
		}
		if self.started >= policy.limits.requests_per_run {
			tracing::debug!(target: LOG_TARGET, %uri, "Refused: too many requests in this run");
			return Err(());
		}
		let id = HttpRequestId(self.next_id);
		self.next_id = self.next_id.checked_add(1).ok_or(())?;
		self.started = self.started.saturating_add(1);
		self.entries.insert(
			id,
			Entry::Preparing {
				request,
				body: None,
			},
		);
		Ok(id)
	}

	/// Append a header. Only before the body is begun.
	pub fn add_header(&mut self, id: HttpRequestId, name: &str, value: &str) -> Result<(), ()> {
		let Some(Entry::Preparing {
			request,
			body: None,
		}) = self.entries.get_mut(&id)
		else {
			return Err(());
		};
		let name = HeaderName::try_from(name).map_err(drop)?;
		let value = HeaderValue::try_from(value).map_err(drop)?;
		request
			.headers_mut()
			.try_append(name, value)
			.map(drop)
			.map_err(drop)
	}

	/// Append to the body, or send the request by an empty chunk. Never blocks. What is sent is over at
	/// `deadline`, answered or not: a runtime that asks elsewhere then leaves no connection behind.
	pub fn write_body(
		&mut self,
		id: HttpRequestId,
		chunk: &[u8],
		deadline: Option<Timestamp>,
	) -> Result<(), HttpError> {
		self.take_events();
		match self.entries.get_mut(&id) {
			Some(Entry::Preparing { body, .. }) if !chunk.is_empty() => {
				let body = body.get_or_insert_with(Vec::new);
				let length = body.len().saturating_add(chunk.len());
				if length > self.client.policy().limits.request_bytes {
					self.entries.remove(&id);
					return Err(HttpError::IoError);
				}
				body.extend_from_slice(chunk);
				Ok(())
			},
			Some(Entry::Preparing { .. }) => {
				self.dispatch(id, deadline);
				Ok(())
			},
			Some(Entry::Failed) => {
				self.entries.remove(&id);
				Err(HttpError::IoError)
			},
			Some(Entry::Waiting(_) | Entry::Answered(_)) | None => Err(HttpError::Invalid),
		}
	}

	/// Send what is not sent yet, then wait until all of `ids` are answered or `deadline`.
	pub fn wait(
		&mut self,
		ids: &[HttpRequestId],
		deadline: Option<Timestamp>,
	) -> Vec<HttpRequestStatus> {
		ids.iter().for_each(|id| self.dispatch(*id, None));
		let handle = self.handle.clone();
		let _context = handle.enter();
		block_on(async {
			let deadline = reached(deadline);
			pin_mut!(deadline);
			self.take_events();
			while ids
				.iter()
				.any(|id| matches!(self.entries.get(id), Some(Entry::Waiting(_))))
			{
				match next_event(&mut self.events, deadline.as_mut()).await {
					Some(event) => self.note(event),
					None => break,
				}
			}
		});
		ids.iter().map(|id| self.status(*id)).collect()
	}

	/// The headers of an answer, if it has come.
	pub fn headers(&mut self, id: HttpRequestId) -> Vec<(Vec<u8>, Vec<u8>)> {
		self.dispatch(id, None);
		self.take_events();
		let Some(Entry::Answered(answer)) = self.entries.get(&id) else {
			return Vec::new();
		};
		let pair = |(name, value): (&HeaderName, &HeaderValue)| {
			(name.as_str().as_bytes().to_vec(), value.as_bytes().to_vec())
		};
		answer.headers.iter().map(pair).collect()
	}

	/// Read some of the body. `Ok(0)` is the end; after it or an I/O error the request is gone.
	pub fn read_body(
		&mut self,
		id: HttpRequestId,
		buffer: &mut [u8],
		deadline: Option<Timestamp>,
	) -> Result<usize, HttpError> {
		match self.wait(&[id], deadline).first() {
			Some(HttpRequestStatus::Finished(_)) => (),
			Some(HttpRequestStatus::DeadlineReached) => return Err(HttpError::DeadlineReached),
			Some(HttpRequestStatus::IoError) => return Err(HttpError::IoError),
			Some(HttpRequestStatus::Invalid) | None => return Err(HttpError::Invalid),
		}
		let handle = self.handle.clone();
		let Some(Entry::Answered(answer)) = self.entries.get_mut(&id) else {
			return Err(HttpError::Invalid);
		};
		if answer.rest.is_empty() {
			let _context = handle.enter();
			match block_on(answer.next_piece(deadline)) {
				Ok(Piece::Data(data)) => answer.rest = data,
				Ok(Piece::End) => {
					self.entries.remove(&id);
					return Ok(0);
				},
				Ok(Piece::Cut(failure)) => {
					tracing::debug!(target: LOG_TARGET, id = id.0, %failure, "Body cut");
					self.entries.remove(&id);
					return Err(HttpError::IoError);
				},
				Err(error) => return Err(error),
			}
		}
		let length = buffer.len().min(answer.rest.len());
		answer.rest.copy_to_slice(&mut buffer[..length]);
		Ok(length)
	}

	/// Send a request that is still being prepared. Its exchange ends at `deadline`, if not before.
	fn dispatch(&mut self, id: HttpRequestId, deadline: Option<Timestamp>) {
		let request = match self.entries.remove(&id) {
			Some(Entry::Preparing { request, body }) => {
				request.map(|()| Full::new(Bytes::from(body.unwrap_or_default())))
			},
			Some(other) => {
				self.entries.insert(id, other);
				return;
			},
			None => return,
		};
		let events = self.event_sender.clone();
		let answered = move |answer| {
			// The run may be over: then nobody waits.
			let _ = events.send((id, answer));
		};
		let most = deadline.map_or(Duration::MAX, left);
		let exchange = self.client.clone().exchange(request, most, answered);
		let task = self.handle.spawn(exchange);
		self.entries
			.insert(id, Entry::Waiting(Running(task.abort_handle())));
	}

	/// Enter what has come in the meantime.
	fn take_events(&mut self) {
		while let Ok(event) = self.events.try_recv() {
			self.note(event);
		}
	}

	fn note(&mut self, (id, answer): Event) {
		let Some(Entry::Waiting(running)) = self.entries.remove(&id) else {
			tracing::error!(target: LOG_TARGET, id = id.0, "An answer to nothing");
			return;
		};
		let entry = match answer {
			Ok(Head {
				status,
				headers,
				body,
			}) => Entry::Answered(Answer {
				status,
				headers,
				body,
				rest: Bytes::new(),
				_running: running,
			}),
			Err(failure) => {
				tracing::debug!(target: LOG_TARGET, id = id.0, %failure, "Failed");
				Entry::Failed
			},
		};
		self.entries.insert(id, entry);
	}

	/// A failed request is told once and then gone.
	fn status(&mut self, id: HttpRequestId) -> HttpRequestStatus {
		match self.entries.get(&id) {
			None => HttpRequestStatus::Invalid,
			Some(Entry::Preparing { .. } | Entry::Waiting(_)) => HttpRequestStatus::DeadlineReached,
			Some(Entry::Answered(answer)) => HttpRequestStatus::Finished(answer.status),
			Some(Entry::Failed) => {
				self.entries.remove(&id);
				HttpRequestStatus::IoError
			},
		}
	}
}

impl Answer {
	/// The next piece, waiting for it until `deadline`. What has come already is taken in any case.
	async fn next_piece(&mut self, deadline: Option<Timestamp>) -> Result<Piece, HttpError> {
		let cut = || Piece::Cut(Failure::Io("the exchange ended early".into()));
		let (next, deadline) = (self.body.recv(), reached(deadline));
		pin_mut!(next, deadline);
		match select(next, deadline).await {
			Either::Left((piece, _)) => Ok(piece.unwrap_or_else(cut)),
			Either::Right(_) => Err(HttpError::DeadlineReached),
		}
	}
}

/// The next event before `deadline`. (The channel itself never closes: `Requests` keeps a sender.)
async fn next_event(
	events: &mut mpsc::UnboundedReceiver<Event>,
	deadline: impl Future<Output = ()> + Unpin,
) -> Option<Event> {
	let event = events.recv();
	pin_mut!(event);
	match select(event, deadline).await {
		Either::Left((event, _)) => event,
		Either::Right(_) => None,
	}
}

/// Now, in milliseconds since the Unix epoch.
pub fn now() -> Timestamp {
	let since = SystemTime::now()
		.duration_since(SystemTime::UNIX_EPOCH)
		.unwrap_or_default();
	Timestamp::from_unix_millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// From now until `deadline`: zero if it is over.
pub fn left(deadline: Timestamp) -> Duration {
	Duration::from_millis(deadline.diff(&now()).millis())
}

/// Resolves at `deadline`, never without one. The client's own limits end every exchange, so
/// that even then a wait ends.
async fn reached(deadline: Option<Timestamp>) {
	match deadline.map(left) {
		None => pending().await,
		Some(left) if left.is_zero() => (),
		Some(left) => tokio::time::sleep(left).await,
	}
}
