//! One member's look at one task, from the first request to a finding. Pure: it is handed answers
//! and hands out orders.
//!
//! A machine's hosts are asked in turn: the next one only for what those before it did not show, and
//! only when they are done or out of time. However many there are, and whatever they answer,
//!
//! - two requests are under way at most;
//! - no request takes more than its share of the time left, which is the same for every host not yet
//!   given up: the dead ones leave time for the last one;
//! - of bytes there are as many as one good answer can have, and one portion to be read in vain.
//!
//! A leaf is worth the same whoever shows it: it fits the roots or it does not. What several hosts
//! show adds up, and missing is only what none of them showed.

use super::{
	evidence::{self, Shown},
	fetch::{Fetched, Order},
};
use crate::types::{FaultProof, Indices, MAX_NAMED};
use alloc::{
	collections::VecDeque,
	format,
	string::{String, ToString},
	vec::Vec,
};
use core::mem;
use frame_support::BoundedVec;
use sp_core::offchain::{Duration, Timestamp};
use terminal_gpu_proof::result::Job;
use terminal_primitives::{market::JobSpec, Digest, LeaseId, TaskId};

/// What an order of a look was for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Want {
	/// The portion of leaves that is under way.
	Leaves,
	/// The job's weights.
	Weights,
}

/// What was found. Becomes a vote only after the slip agrees.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Finding {
	/// Every leaf that was looked at is committed and correct.
	Pass,
	/// This one is wrong.
	Fail(FaultProof),
	/// These could not be had.
	Unavailable(Indices<MAX_NAMED>),
}

/// What to do next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Next {
	/// Wait for what is under way.
	Wait,
	/// Make this request.
	Ask(Want, Order),
	/// It is over.
	Found(Finding),
}

/// What a look is about.
pub struct Subject {
	/// The task.
	pub task: TaskId,
	/// Its lease, as the daemon's paths name it.
	pub lease: LeaseId,
	/// The job's sizes and roots.
	pub spec: JobSpec,
	/// What leaves are checked against.
	pub job: Job,
	/// The public sample.
	pub sample: Vec<u32>,
	/// This member's own secret for this look.
	pub secret: Digest,
}

/// How a look asks.
pub struct Manners {
	/// `http(s)://host[:port]` of each host, in the order in which they are asked.
	pub hosts: Vec<String>,
	/// The headers by which the member signs its requests.
	pub headers: Vec<(&'static str, String)>,
	/// Not before.
	pub start_at: Timestamp,
	/// Everything until then.
	pub end_by: Timestamp,
}

/// Where one of the two things wanted is asked for.
#[derive(Default)]
struct Source {
	/// How many hosts were asked before, in vain.
	host: usize,
	/// Bytes set aside for what is under way.
	reserved: usize,
}

/// A look under way.
pub struct Look {
	subject: Subject,
	manners: Manners,
	leaf_bound: usize,
	/// Bytes that may still be read, less those set aside.
	bytes_left: usize,
	leaves_from: Source,
	weights_from: Source,
	/// The portion being fetched or examined.
	asked: Vec<u32>,
	/// The portions after it.
	rest: VecDeque<Vec<u32>>,
	/// The portion's body, while the weights are awaited.
	body: Option<Vec<u8>>,
	weights: Option<Vec<u8>>,
	/// The weights came from a host in this look.
	learned: bool,
	/// What the host that is asked for leaves now did not show.
	missing: Vec<u32>,
}

impl Look {
	/// Begin, with the weights if they are known already. `None` if the job cannot be fetched.
	pub fn begin(
		subject: Subject,
		manners: Manners,
		weights: Option<Vec<u8>>,
	) -> Option<(Self, Vec<(Want, Order)>)> {
		let leaf_bound = evidence::leaf_bound(&subject.spec)?;
		let asked = evidence::indices_to_ask(&subject.secret, subject.spec.items, &subject.sample);
		let portions = evidence::portions(&asked, leaf_bound);
		let bounds = portions
			.iter()
			.map(|portion| evidence::body_bound(portion.len(), leaf_bound));
		let all_leaves = bounds.fold(0usize, usize::saturating_add);
		let spare = evidence::PORTION_BYTES;
		let bytes_left = all_leaves
			.saturating_add(subject.spec.weights_bytes as usize)
			.saturating_add(spare);
		let mut rest = VecDeque::from(portions);
		let asked = rest.pop_front()?;
		let now = manners.start_at;
		let mut look = Self {
			subject,
			manners,
			leaf_bound,
			bytes_left,
			leaves_from: Source::default(),
			weights_from: Source::default(),
			asked,
			rest,
			body: None,
			weights,
			learned: false,
			missing: Vec::new(),
		};
		let mut orders = Vec::from([(Want::Leaves, look.order(Want::Leaves, now)?)]);
		if look.weights.is_none() {
			orders.push((Want::Weights, look.order(Want::Weights, now)?));
		}
		Some((look, orders))
	}

	/// An answer has come at `now`, or will not; of its body `read` bytes were read.
	pub fn take(&mut self, want: Want, fetched: Fetched, read: usize, now: Timestamp) -> Next {
		let reserved = mem::take(&mut self.source(want).reserved);
		let left = self.bytes_left.saturating_add(reserved);
		self.bytes_left = left.saturating_sub(read);
		match (want, fetched) {
			(Want::Weights, Ok(weights)) if evidence::weights_fit(&self.subject.spec, &weights) => {
				self.weights = Some(weights);
				self.learned = true;
				self.examine(now)
			},
			(Want::Weights, _) => {
				self.weights_from.host = self.weights_from.host.saturating_add(1);
				self.ask(want, now)
			},
			(Want::Leaves, Ok(body)) => {
				self.body = Some(body);
				self.examine(now)
			},
			(Want::Leaves, Err(_)) => self.ask_next_host(now),
		}
	}

	/// Checked weights that were not known before this look.
	pub fn learned_weights(&self) -> Option<&[u8]> {
		self.weights.as_deref().filter(|_| self.learned)
	}

	/// Examine the portion if everything for it is there.
	fn examine(&mut self, now: Timestamp) -> Next {
		let (Some(weights), Some(body)) = (&self.weights, &self.body) else {
			return Next::Wait;
		};
		let Shown { wrong, missing } =
			evidence::examine(&self.subject.job, weights, &self.asked, body);
		if let Some(leaf) = wrong {
			return match BoundedVec::try_from(weights.clone()) {
				Ok(weights) => Next::Found(Finding::Fail(FaultProof {
					task: self.subject.task,
					leaf,
					weights,
				})),
				// A proof that the chain cannot take proves nothing: the job was too large to open.
				Err(_) => self.give_up(),
			};
		}
		self.body = None;
		let showed_none = missing.len() == self.asked.len();
		if showed_none && self.leaves_from.host.saturating_add(1) < self.manners.hosts.len() {
			return self.ask_next_host(now);
		}
		self.missing.extend(missing);
		match self.rest.pop_front() {
			Some(asked) => {
				self.asked = asked;
				self.ask(Want::Leaves, now)
			},
			None if self.missing.is_empty() => Next::Found(Finding::Pass),
			None => {
				self.asked.clear();
				self.ask_next_host(now)
			},
		}
	}

	/// The host is done, or was given up: what is missing by now is wanted of the next one.
	fn ask_next_host(&mut self, now: Timestamp) -> Next {
		self.leaves_from.host = self.leaves_from.host.saturating_add(1);
		if self.leaves_from.host >= self.manners.hosts.len() {
			return self.give_up();
		}
		let wanted = self.take_missing();
		self.rest = evidence::portions(&wanted, self.leaf_bound).into();
		self.asked = self.rest.pop_front().unwrap_or_default();
		self.ask(Want::Leaves, now)
	}

	/// Ask for it, if there is somebody to ask and room for an answer.
	fn ask(&mut self, want: Want, now: Timestamp) -> Next {
		match self.order(want, now) {
			Some(order) => Next::Ask(want, order),
			// Without weights, or without a whole portion, nothing of it can be checked.
			None => self.give_up(),
		}
	}

	/// Everything that was not shown, ascending. The portion under way is part of it, and those after
	/// it, which are not asked for any more: whoever refuses the first must not be spared the others.
	fn take_missing(&mut self) -> Vec<u32> {
		let mut missing = mem::take(&mut self.missing);
		missing.append(&mut self.asked);
		missing.extend(self.rest.drain(..).flatten());
		missing
	}

	fn give_up(&mut self) -> Next {
		let missing = self.take_missing();
		let Subject { secret, sample, .. } = &self.subject;
		let named = evidence::name_some(secret, &missing, sample, MAX_NAMED);
		Next::Found(Finding::Unavailable(BoundedVec::truncate_from(named)))
	}

	fn source(&mut self, want: Want) -> &mut Source {
		match want {
			Want::Leaves => &mut self.leaves_from,
			Want::Weights => &mut self.weights_from,
		}
	}

	/// A request at `now`, to the host whose turn it is. Sets aside the bytes of its answer.
	fn order(&mut self, want: Want, now: Timestamp) -> Option<Order> {
		let (path, most_bytes) = match want {
			Want::Leaves => {
				let indices: Vec<String> = self.asked.iter().map(ToString::to_string).collect();
				let bound = evidence::body_bound(self.asked.len(), self.leaf_bound);
				(format!("leaves?indices={}", indices.join(",")), bound)
			},
			Want::Weights => (
				String::from("weights"),
				self.subject.spec.weights_bytes as usize,
			),
		};
		let bytes_left = self.bytes_left.checked_sub(most_bytes)?;
		let host = self.source(want).host;
		let Manners {
			hosts,
			headers,
			start_at,
			end_by,
		} = &self.manners;
		let url = format!(
			"{}/v1/leases/{}/{path}",
			hosts.get(host)?,
			self.subject.lease.0
		);
		let to_ask = u64::try_from(hosts.len().saturating_sub(host)).ok()?;
		let left = end_by.diff(&now).millis();
		let share = left.checked_div(to_ask).filter(|share| *share > 0)?;
		let order = Order {
			url,
			headers: headers.clone(),
			most_bytes,
			start_at: *start_at,
			end_by: now.add(Duration::from_millis(share)),
		};
		self.bytes_left = bytes_left;
		self.source(want).reserved = most_bytes;
		Some(order)
	}
}
