//! Hosts as a test tells them, and a clock that moves only while somebody waits.

use parking_lot::Mutex;
use sp_core::{
	offchain::{
		testing::TestOffchainExt, DbExternalities, Externalities, HttpError, HttpRequestId,
		HttpRequestStatus, OffchainDbExt, OffchainWorkerExt, OpaqueNetworkState, Timestamp,
	},
	OpaquePeerId,
};
use sp_io::TestExternalities;
use std::{collections::BTreeMap, sync::Arc};

/// What a host does with a request.
#[derive(Clone)]
pub enum Behaviour {
	/// The node refuses the address.
	Refused,
	/// The connection fails after so many milliseconds.
	Breaks { after: u64 },
	/// No answer, ever.
	Silent,
	/// An answer.
	Answers(Answer),
}

#[derive(Clone)]
pub struct Answer {
	/// Milliseconds until the headers are there.
	pub after: u64,
	pub status: u16,
	pub headers: Vec<(&'static str, String)>,
	pub body: Vec<u8>,
	/// Milliseconds per byte of the body: 0 for all at once.
	pub ms_per_byte: u64,
	/// The connection breaks instead of ending.
	pub breaks: bool,
}

/// A good answer: 200, after 20 ms, with its exact length.
pub fn good(body: Vec<u8>) -> Answer {
	let headers = vec![("Content-Length", body.len().to_string())];
	Answer {
		after: 20,
		status: 200,
		headers,
		body,
		ms_per_byte: 0,
		breaks: false,
	}
}

pub fn answers(body: &[u8]) -> Behaviour {
	Behaviour::Answers(good(body.to_vec()))
}

/// A request as a host saw it.
#[derive(Clone)]
pub struct Asked {
	pub url: String,
	pub headers: Vec<(String, String)>,
	pub at: u64,
}

struct Open {
	behaviour: Behaviour,
	sent_at: Option<u64>,
	read: usize,
	seen: usize,
}

type Rule = Arc<dyn Fn(&str) -> Behaviour + Send + Sync>;

pub struct State {
	pub clock: u64,
	pub asked: Vec<Asked>,
	rule: Rule,
	open: BTreeMap<u16, Open>,
	next: u16,
	seeds: u8,
}

/// The world outside, shared with the test.
#[derive(Clone)]
pub struct World(pub Arc<Mutex<State>>);

/// When the clock starts.
pub const BEGIN: u64 = 1_700_000_000_000;

impl World {
	/// Hosts that answer by `rule`.
	pub fn new(rule: impl Fn(&str) -> Behaviour + Send + Sync + 'static) -> Self {
		Self(Arc::new(Mutex::new(State {
			clock: BEGIN,
			asked: Vec::new(),
			rule: Arc::new(rule),
			open: BTreeMap::new(),
			next: 7,
			seeds: 0,
		})))
	}

	/// From now on they answer by another rule.
	pub fn tell(&self, rule: impl Fn(&str) -> Behaviour + Send + Sync + 'static) {
		self.0.lock().rule = Arc::new(rule);
	}

	/// Milliseconds since the beginning.
	pub fn elapsed(&self) -> u64 {
		self.0.lock().clock - BEGIN
	}

	pub fn pass_time(&self, millis: u64) {
		self.0.lock().clock += millis;
	}

	/// What was asked since the last call.
	pub fn take_asked(&self) -> Vec<Asked> {
		std::mem::take(&mut self.0.lock().asked)
	}

	/// Put this world, and an off-chain database, around `ext`.
	pub fn surround(&self, ext: &mut TestExternalities) -> impl DbExternalities + Clone {
		let (database, _) = TestOffchainExt::new();
		ext.register_extension(OffchainWorkerExt::new(self.clone()));
		ext.register_extension(OffchainDbExt::new(database.clone()));
		database
	}

	/// Run `test` in this world.
	pub fn execute<R>(&self, test: impl FnOnce() -> R) -> R {
		let mut ext = TestExternalities::default();
		self.surround(&mut ext);
		ext.execute_with(test)
	}
}

impl State {
	fn status(&mut self, id: u16) -> HttpRequestStatus {
		let clock = self.clock;
		let Some(Open {
			behaviour,
			sent_at: Some(sent),
			..
		}) = self.open.get(&id)
		else {
			return HttpRequestStatus::Invalid;
		};
		match behaviour {
			Behaviour::Answers(answer) if clock >= sent + answer.after => {
				HttpRequestStatus::Finished(answer.status)
			},
			Behaviour::Breaks { after } if clock >= sent + after => {
				self.open.remove(&id);
				HttpRequestStatus::IoError
			},
			_ => HttpRequestStatus::DeadlineReached,
		}
	}

	/// When this request's next word comes, if one comes.
	fn ready_at(&self, id: u16) -> u64 {
		match self.open.get(&id) {
			Some(Open {
				behaviour: Behaviour::Answers(answer),
				sent_at: Some(sent),
				..
			}) => sent + answer.after,
			Some(Open {
				behaviour: Behaviour::Breaks { after },
				sent_at: Some(sent),
				..
			}) => sent + after,
			Some(_) => u64::MAX,
			None => 0,
		}
	}
}

impl Externalities for World {
	fn is_validator(&self) -> bool {
		true
	}

	fn network_state(&self) -> Result<OpaqueNetworkState, ()> {
		Err(())
	}

	fn timestamp(&mut self) -> Timestamp {
		Timestamp::from_unix_millis(self.0.lock().clock)
	}

	fn sleep_until(&mut self, deadline: Timestamp) {
		let mut state = self.0.lock();
		state.clock = state.clock.max(deadline.unix_millis());
	}

	fn random_seed(&mut self) -> [u8; 32] {
		let mut state = self.0.lock();
		state.seeds += 1;
		[state.seeds; 32]
	}

	fn http_request_start(
		&mut self,
		method: &str,
		uri: &str,
		_: &[u8],
	) -> Result<HttpRequestId, ()> {
		assert_eq!(method, "GET");
		let mut state = self.0.lock();
		let behaviour = (state.rule)(uri);
		if matches!(behaviour, Behaviour::Refused) {
			return Err(());
		}
		let (id, at) = (state.next, state.clock);
		state.next += 1;
		state.asked.push(Asked {
			url: uri.into(),
			headers: Vec::new(),
			at,
		});
		let seen = state.asked.len() - 1;
		state.open.insert(
			id,
			Open {
				behaviour,
				sent_at: None,
				read: 0,
				seen,
			},
		);
		Ok(HttpRequestId(id))
	}

	fn http_request_add_header(
		&mut self,
		id: HttpRequestId,
		name: &str,
		value: &str,
	) -> Result<(), ()> {
		let mut state = self.0.lock();
		let seen = state.open.get(&id.0).ok_or(())?.seen;
		state.asked[seen].headers.push((name.into(), value.into()));
		Ok(())
	}

	fn http_request_write_body(
		&mut self,
		id: HttpRequestId,
		chunk: &[u8],
		_: Option<Timestamp>,
	) -> Result<(), HttpError> {
		assert!(chunk.is_empty());
		let mut state = self.0.lock();
		let clock = state.clock;
		state.open.get_mut(&id.0).ok_or(HttpError::Invalid)?.sent_at = Some(clock);
		Ok(())
	}

	fn http_response_wait(
		&mut self,
		ids: &[HttpRequestId],
		deadline: Option<Timestamp>,
	) -> Vec<HttpRequestStatus> {
		let mut state = self.0.lock();
		let deadline = deadline
			.expect("the worker never waits for ever")
			.unix_millis();
		let all = ids.iter().map(|id| state.ready_at(id.0)).max().unwrap_or(0);
		state.clock = state.clock.max(all.min(deadline));
		ids.iter().map(|id| state.status(id.0)).collect()
	}

	fn http_response_headers(&mut self, id: HttpRequestId) -> Vec<(Vec<u8>, Vec<u8>)> {
		let state = self.0.lock();
		let Some(Open {
			behaviour: Behaviour::Answers(answer),
			..
		}) = state.open.get(&id.0)
		else {
			return Vec::new();
		};
		let pair =
			|(name, value): &(&str, String)| (name.as_bytes().to_vec(), value.as_bytes().to_vec());
		answer.headers.iter().map(pair).collect()
	}

	fn http_response_read_body(
		&mut self,
		id: HttpRequestId,
		buffer: &mut [u8],
		deadline: Option<Timestamp>,
	) -> Result<usize, HttpError> {
		let mut state = self.0.lock();
		let clock = state.clock;
		assert_eq!(
			deadline,
			Some(Timestamp::from_unix_millis(clock)),
			"reading must not wait"
		);
		let open = state.open.get_mut(&id.0).ok_or(HttpError::Invalid)?;
		let (Behaviour::Answers(answer), Some(sent)) = (&open.behaviour, open.sent_at) else {
			return Err(HttpError::Invalid);
		};
		let since = clock.saturating_sub(sent + answer.after);
		let come = since.checked_div(answer.ms_per_byte).unwrap_or(u64::MAX);
		let come = answer.body.len().min(come.try_into().unwrap_or(usize::MAX));
		let count = buffer.len().min(come - open.read);
		if count > 0 {
			buffer[..count].copy_from_slice(&answer.body[open.read..open.read + count]);
			open.read += count;
			return Ok(count);
		}
		if open.read < answer.body.len() {
			return Err(HttpError::DeadlineReached);
		}
		let breaks = answer.breaks;
		state.open.remove(&id.0);
		if breaks {
			return Err(HttpError::IoError);
		}
		Ok(0)
	}

	fn set_authorized_nodes(&mut self, _: Vec<OpaquePeerId>, _: bool) {}
}
