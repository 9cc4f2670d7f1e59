//! Fetching: one event loop for all requests of a run. Knows nothing of leaves or votes.
//!
//! A host cannot delay another one: nobody is waited for longer than a slice, bodies are read one
//! piece each in turn, and every request has its own two deadlines.

use super::error::FetchError;
use alloc::{string::String, vec, vec::Vec};
use core::mem;
use sp_core::offchain::{Duration, HttpError, HttpRequestId, HttpRequestStatus, Timestamp};
use sp_io::offchain;

/// How long headers are waited for at a time.
const SLICE: Duration = Duration::from_millis(50);
/// The same while bodies are being read.
const READING_SLICE: Duration = Duration::from_millis(10);
/// From the request to the last header.
pub const HEADER_TIMEOUT: Duration = Duration::from_millis(2_000);
/// From the request to the last byte.
pub const BODY_TIMEOUT: Duration = Duration::from_millis(4_000);
/// Bytes read of one body before the next one's turn.
const PIECE: usize = 64 * 1024;

/// A request to be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Order {
	/// The whole address.
	pub url: String,
	/// Headers, by name.
	pub headers: Vec<(&'static str, String)>,
	/// The longest acceptable body, in bytes.
	pub most_bytes: usize,
	/// Not before this moment.
	pub start_at: Timestamp,
	/// The last moment for its last byte, if sooner than [`BODY_TIMEOUT`] after its start.
	pub end_by: Timestamp,
}

/// A whole body of exactly the announced length, or why there is none.
pub type Fetched = Result<Vec<u8>, FetchError>;

enum Stage {
	Queued(Order),
	Asked {
		id: HttpRequestId,
		most_bytes: usize,
		headers_by: Timestamp,
		body_by: Timestamp,
	},
	Reading {
		id: HttpRequestId,
		length: usize,
		body: Vec<u8>,
		body_by: Timestamp,
	},
}

/// What came of an order.
pub struct Arrival<Token> {
	/// Whose order it was.
	pub token: Token,
	/// The body, or why there is none.
	pub fetched: Fetched,
	/// Bytes of a body that were read, also of one that is not had.
	pub read: usize,
}

/// What became of a stage when it was looked at.
enum Step {
	Open(Stage),
	/// With the bytes read.
	Done(Fetched, usize),
}

impl Step {
	/// Over before a body came.
	fn failed(error: FetchError) -> Self {
		Self::Done(Err(error), 0)
	}
}

/// The requests of one run. `Token` tells the caller's requests apart.
pub struct Fetches<Token> {
	open: Vec<(Token, Stage)>,
	buffer: Vec<u8>,
}

impl<Token: Copy> Fetches<Token> {
	/// None yet.
	pub fn new() -> Self {
		Self {
			open: Vec::new(),
			buffer: vec![0; PIECE],
		}
	}

	/// Add a request. It starts inside [`Self::arrivals`].
	pub fn add(&mut self, token: Token, order: Order) {
		self.open.push((token, Stage::Queued(order)));
	}

	/// Whether no request is left.
	pub fn is_empty(&self) -> bool {
		self.open.is_empty()
	}

	/// Wait until one is done or more, or until `wake_at`; return all that are done.
	pub fn arrivals(&mut self, wake_at: Timestamp) -> Vec<Arrival<Token>> {
		loop {
			let now = offchain::timestamp();
			let mut done = Vec::new();
			let progress = self.look(now, &mut done);
			if !done.is_empty() || self.is_empty() || now >= wake_at {
				return done;
			}
			self.wait(now, progress);
		}
	}

	/// Look at each request once, without waiting. Returns whether any body grew.
	fn look(&mut self, now: Timestamp, done: &mut Vec<Arrival<Token>>) -> bool {
		let mut progress = false;
		for (token, stage) in mem::take(&mut self.open) {
			let step = match stage {
				Stage::Queued(order) if now >= order.start_at => start(order, now),
				Stage::Queued(order) => Step::Open(Stage::Queued(order)),
				Stage::Asked {
					id,
					most_bytes,
					headers_by,
					body_by,
				} => answer(id, most_bytes, headers_by, body_by, now),
				Stage::Reading {
					id,
					length,
					body,
					body_by,
				} => {
					let before = body.len();
					let step = read(id, length, body, body_by, now, &mut self.buffer);
					progress |= match &step {
						Step::Open(Stage::Reading { body, .. }) => body.len() > before,
						_ => true,
					};
					step
				},
			};
			match step {
				Step::Open(stage) => self.open.push((token, stage)),
				Step::Done(fetched, read) => done.push(Arrival {
					token,
					fetched,
					read,
				}),
			}
		}
		progress
	}

	/// Let time pass: until something was heard from all that were asked, a slice at most.
	fn wait(&self, now: Timestamp, progress: bool) {
		if progress {
			return;
		}
		let reading = self
			.open
			.iter()
			.any(|(_, stage)| matches!(stage, Stage::Reading { .. }));
		let until = now.add(if reading { READING_SLICE } else { SLICE });
		let asked: Vec<_> = self
			.open
			.iter()
			.filter_map(|(_, stage)| match stage {
				Stage::Asked { id, .. } => Some(*id),
				Stage::Queued(_) | Stage::Reading { .. } => None,
			})
			.collect();
		if asked.is_empty() {
			offchain::sleep_until(until);
			return;
		}
		// Who failed is told here once and is unknown afterwards, which `answer` takes the same way.
		let _ = offchain::http_response_wait(&asked, Some(until));
	}
}

/// Send a request.
fn start(order: Order, now: Timestamp) -> Step {
	let Ok(id) = offchain::http_request_start("GET", &order.url, &[]) else {
		return Step::failed(FetchError::Refused);
	};
	let body_by = now.add(BODY_TIMEOUT).min(order.end_by);
	for (name, value) in &order.headers {
		if offchain::http_request_add_header(id, name, value).is_err() {
			return Step::failed(FetchError::Refused);
		}
	}
	// Our node ends the exchange at this deadline: a host that was given up holds no connection.
	if offchain::http_request_write_body(id, &[], Some(body_by)).is_err() {
		return Step::failed(FetchError::Broken);
	}
	let headers_by = now.add(HEADER_TIMEOUT).min(body_by);
	Step::Open(Stage::Asked {
		id,
		most_bytes: order.most_bytes,
		headers_by,
		body_by,
	})
}

/// See whether the head has come.
fn answer(
	id: HttpRequestId,
	most_bytes: usize,
	headers_by: Timestamp,
	body_by: Timestamp,
	now: Timestamp,
) -> Step {
	let status = offchain::http_response_wait(&[id], Some(now))
		.into_iter()
		.next();
	match status {
		Some(HttpRequestStatus::Finished(200)) => (),
		Some(HttpRequestStatus::Finished(other)) => return Step::failed(FetchError::Status(other)),
		Some(HttpRequestStatus::DeadlineReached) if now < headers_by => {
			return Step::Open(Stage::Asked {
				id,
				most_bytes,
				headers_by,
				body_by,
			})
		},
		Some(HttpRequestStatus::DeadlineReached) => return Step::failed(FetchError::TooSlow),
		Some(HttpRequestStatus::IoError | HttpRequestStatus::Invalid) | None => {
			return Step::failed(FetchError::Broken)
		},
	}
	match announced_length(&offchain::http_response_headers(id)) {
		Some(length) if length <= most_bytes => Step::Open(Stage::Reading {
			id,
			length,
			body: Vec::new(),
			body_by,
		}),
		_ => Step::failed(FetchError::Length),
	}
}

/// Read one piece of a body.
fn read(
	id: HttpRequestId,
	length: usize,
	mut body: Vec<u8>,
	body_by: Timestamp,
	now: Timestamp,
	buffer: &mut [u8],
) -> Step {
	let had = body.len();
	match offchain::http_response_read_body(id, buffer, Some(now)) {
		Ok(0) if had == length => return Step::Done(Ok(body), had),
		Ok(0) => return Step::Done(Err(FetchError::Length), had),
		Ok(count) => {
			let piece = buffer.get(..count as usize).unwrap_or_default();
			let have = had.saturating_add(piece.len());
			if have > length {
				return Step::Done(Err(FetchError::Length), have);
			}
			body.extend_from_slice(piece);
		},
		Err(HttpError::DeadlineReached) => (),
		Err(HttpError::IoError | HttpError::Invalid) => {
			return Step::Done(Err(FetchError::Broken), had)
		},
	}
	if now >= body_by {
		return Step::Done(Err(FetchError::TooSlow), body.len());
	}
	Step::Open(Stage::Reading {
		id,
		length,
		body,
		body_by,
	})
}

/// The one `Content-Length`, if the body comes as it is: not chunked, not compressed. Pure.
pub fn announced_length(headers: &[(Vec<u8>, Vec<u8>)]) -> Option<usize> {
	let mut length = None;
	for (name, value) in headers {
		if name.eq_ignore_ascii_case(b"content-length") {
			if length.replace(parse_length(value)?).is_some() {
				return None;
			}
		} else if name.eq_ignore_ascii_case(b"transfer-encoding")
			|| (name.eq_ignore_ascii_case(b"content-encoding")
				&& !value.eq_ignore_ascii_case(b"identity"))
		{
			return None;
		}
	}
	length
}

/// Digits only: no sign, no blank, no list.
fn parse_length(value: &[u8]) -> Option<usize> {
	if value.is_empty() || value.len() > 10 || !value.iter().all(u8::is_ascii_digit) {
		return None;
	}
	core::str::from_utf8(value).ok()?.parse().ok()
}
