//! One member's look at one task, from the first request to a finding. Pure: it is handed answers
//! and hands out orders.

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
use frame_support::BoundedVec;
use sp_core::offchain::Timestamp;
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
	Ask(Order),
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
	/// `http(s)://host[:port]`.
	pub endpoint: String,
	/// The headers by which the member signs its requests.
	pub headers: Vec<(&'static str, String)>,
	/// Not before.
	pub start_at: Timestamp,
	/// Everything until then.
	pub end_by: Timestamp,
}

/// A look under way.
pub struct Look {
	subject: Subject,
	manners: Manners,
	leaf_bound: usize,
	/// The portion being fetched or examined.
	asked: Vec<u32>,
	/// The portions after it.
	rest: VecDeque<Vec<u32>>,
	/// The portion's body, while the weights are awaited.
	body: Option<Vec<u8>>,
	weights: Option<Vec<u8>>,
	/// The weights came from the host in this look.
	learned: bool,
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
		let mut rest: VecDeque<_> = evidence::portions(&asked, leaf_bound).into();
		let asked = rest.pop_front()?;
		let look = Self {
			subject,
			manners,
			leaf_bound,
			asked,
			rest,
			body: None,
			weights,
			learned: false,
			missing: Vec::new(),
		};
		let mut orders = Vec::from([(Want::Leaves, look.leaves_order())]);
		if look.weights.is_none() {
			orders.push((Want::Weights, look.weights_order()));
		}
		Some((look, orders))
	}

	/// An answer has come, or will not.
	pub fn take(&mut self, want: Want, fetched: Fetched) -> Next {
		match (want, fetched) {
			(Want::Weights, Ok(weights)) if evidence::weights_fit(&self.subject.spec, &weights) => {
				self.weights = Some(weights);
				self.learned = true;
				self.examine()
			},
			(Want::Leaves, Ok(body)) => {
				self.body = Some(body);
				self.examine()
			},
			// Without weights, or without a whole portion, nothing of it can be checked.
			(Want::Weights | Want::Leaves, _) => self.give_up(),
		}
	}

	/// Checked weights that were not known before this look.
	pub fn learned_weights(&self) -> Option<&[u8]> {
		self.weights.as_deref().filter(|_| self.learned)
	}

	/// Examine the portion if everything for it is there.
	fn examine(&mut self) -> Next {
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
		self.missing.extend(missing);
		self.body = None;
		match self.rest.pop_front() {
			Some(asked) => {
				self.asked = asked;
				Next::Ask(self.leaves_order())
			},
			None if self.missing.is_empty() => Next::Found(Finding::Pass),
			None => self.unavailable(),
		}
	}

	/// The portion under way counts as missing, and those after it, which are not asked for any more:
	/// whoever refuses the first must not be spared the others.
	fn give_up(&mut self) -> Next {
		let asked = core::mem::take(&mut self.asked);
		self.missing.extend(asked);
		self.missing.extend(self.rest.drain(..).flatten());
		self.unavailable()
	}

	fn unavailable(&self) -> Next {
		let Subject { secret, sample, .. } = &self.subject;
		let named = evidence::name_some(secret, &self.missing, sample, MAX_NAMED);
		Next::Found(Finding::Unavailable(BoundedVec::truncate_from(named)))
	}

	fn leaves_order(&self) -> Order {
		let indices: Vec<String> = self.asked.iter().map(ToString::to_string).collect();
		let path = format!("leaves?indices={}", indices.join(","));
		self.order(
			&path,
			evidence::body_bound(self.asked.len(), self.leaf_bound),
		)
	}

	fn weights_order(&self) -> Order {
		self.order("weights", self.subject.spec.weights_bytes as usize)
	}

	fn order(&self, path: &str, most_bytes: usize) -> Order {
		let Manners {
			endpoint,
			headers,
			start_at,
			end_by,
		} = &self.manners;
		Order {
			url: format!("{endpoint}/v1/leases/{}/{path}", self.subject.lease.0),
			headers: headers.clone(),
			most_bytes,
			start_at: *start_at,
			end_by: *end_by,
		}
	}
}
