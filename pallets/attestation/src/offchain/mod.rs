//! The off-chain worker of an attestor: a guest in the node.
//!
//! At every new best block it looks up what its keys still have to vote on, asks the providers for
//! leaves, re-executes them and votes. It may fail, lag or be lied to; it never moves money, and
//! the chain believes none of its words without a quorum or a proof.
//!
//! | file | role |
//! |---|---|
//! | `mod.rs` | one run, from assignments to votes |
//! | `fetch.rs` | the event loop over all requests of a run |
//! | `look.rs` | one task, from its first request to a finding: pure |
//! | `evidence.rs` | what to ask for, and what bytes show: pure |
//! | `slip.rs` | what was found and signed, and who works on it |
//! | `weights.rs` | weights kept by their root |
//! | `sign.rs` | signed requests, signed batches |
//! | `error.rs` | what goes wrong |
//!
//! Rules (design §7, "OCW discipline"): all requests of a run in flight, waited for in slices of
//! 50 ms; headers within 2 s, bodies within 4 s, the run within 5 s; exact lengths; votes of a run
//! share a batch, and none is kept back for longer than a quarter of a slot; a claim per task instead
//! of one lock; the slip persisted before the key signs; only finalised commitments. Which addresses
//! may be asked is the node's business. A machine's hosts are asked in turn, within what one of them
//! may take: see `look.rs`.

mod error;
pub mod evidence;
mod fetch;
mod look;
mod sign;
mod slip;
#[cfg(test)]
mod tests;
mod weights;

pub use error::WorkerError;

use crate::{
	tasks::runner_of,
	types::{Assignment, AuthorityId, Endpoints, Outcome, Statement, MAX_STATEMENTS},
	Config, Pallet, Params,
};
use alloc::{string::String, vec::Vec};
use codec::Encode;
use core::mem;
use fetch::Fetches;
use frame_support::traits::Get;
use frame_system::pallet_prelude::BlockNumberFor;
use look::{Finding, Look, Manners, Next, Subject, Want};
use sign::Vote;
use slip::{sample_digest, Conclusion, Decision, Plan, SlipKey};
use sp_application_crypto::RuntimeAppPublic;
use sp_core::offchain::{Duration, Timestamp};
use sp_io::offchain;
use sp_runtime::{offchain::storage::StorageValueRef, SaturatedConversion};
use terminal_gpu_proof::{hash::blake2_256, result::Job, runner::Runner};
use terminal_primitives::{BlockNumber, Digest};

const LOG_TARGET: &str = "runtime::attestation::offchain";
/// Where the node notes the finalised block: SCALE of `(u32, [u8; 32])`.
pub const FINALIZED_KEY: &[u8] = b"terminal/finalized";
/// Most that one run looks at, in tasks of integer networks: as many as fit into a batch.
const MAX_LOAD: u32 = 64;
/// The whole run.
const RUN: Duration = Duration::from_millis(5_000);
/// Kept of it for examining and sending what comes last.
const RESERVE: Duration = Duration::from_millis(500);
/// Members of a committee do not all ask in the same instant.
const JITTER_MS: u64 = 300;

/// What a run did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Report {
	/// Tasks it looked at.
	pub looked: u32,
	/// Votes it handed to the transaction pool or tried to.
	pub voted: u32,
}

/// The hook's whole work: everything that goes wrong ends in the log.
pub fn run<T: Config>(block: BlockNumberFor<T>) {
	match work::<T>(block.saturated_into()) {
		Ok(Report {
			looked: 0,
			voted: 0,
		}) => (),
		Ok(report) => log::debug!(target: LOG_TARGET, "Block {block:?}: {report:?}"),
		Err(error) => log::debug!(target: LOG_TARGET, "Nothing done at {block:?}: {error}"),
	}
}

/// One run.
pub fn work<T: Config>(now: BlockNumber) -> Result<Report, WorkerError> {
	if is_upgrading::<T>() {
		return Err(WorkerError::Upgrading);
	}
	let keys = AuthorityId::all();
	if keys.is_empty() {
		return Err(WorkerError::NoKeys);
	}
	let finalized = finalized_block::<T>(now)?;
	let mut run = Run::<T>::new(now);
	let mut resent = Vec::new();
	let window = Params::<T>::get().vote_window_blocks;
	for assignment in run.in_random_order(Pallet::<T>::assignments(&keys)) {
		// Commitment and draw must be final: on another fork the public sample would be another, and
		// a Pass signed for this one could be shown there.
		let drawn_at = assignment.until.saturating_sub(window);
		if drawn_at.max(assignment.task.committed_at) > finalized {
			continue;
		}
		match run.begin(assignment) {
			Ok(vote) => resent.extend(vote),
			Err(error) => log::trace!(target: LOG_TARGET, "Left for later: {error}"),
		}
	}
	run.finish(resent);
	Ok(run.report)
}

/// After an upgrade was enacted and before its first block, the new code would read old storage.
fn is_upgrading<T: Config>() -> bool {
	let running = <T as frame_system::Config>::Version::get().spec_version;
	frame_system::LastRuntimeUpgrade::<T>::get().is_some_and(|last| last.spec_version.0 != running)
}

/// The finalised height, if the fork that ends in block `now` holds the finalised block.
fn finalized_block<T: Config>(now: BlockNumber) -> Result<BlockNumber, WorkerError> {
	let note = StorageValueRef::persistent(FINALIZED_KEY).get::<(u32, Digest)>();
	let (number, hash) = note.ok().flatten().ok_or(WorkerError::NotFinal)?;
	if number > now {
		// This run is late: a newer block is final, and whether over this one it cannot tell.
		return Err(WorkerError::NotFinal);
	}
	let here = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::from(number));
	// Hashes that are too old are not kept; so old a fork is not the node's best one.
	if here != Default::default() && here.as_ref() != hash.as_slice() {
		return Err(WorkerError::NotFinal);
	}
	Ok(number)
}

/// A task under way in this run.
struct Open<AccountId> {
	assignment: Assignment<AccountId>,
	slip: SlipKey,
	look: Look,
	done: bool,
}

/// One run of the worker.
struct Run<T: Config> {
	now: BlockNumber,
	genesis: Digest,
	/// Unpredictable outside this run.
	seed: Digest,
	/// Names this run in claims.
	id: u64,
	begun: Timestamp,
	open: Vec<Open<T::AccountId>>,
	/// Of [`MAX_LOAD`].
	load: u32,
	fetches: Fetches<(usize, Want)>,
	report: Report,
}

impl<T: Config> Run<T> {
	fn new(now: BlockNumber) -> Self {
		let seed = offchain::random_seed();
		Self {
			now,
			genesis: Pallet::<T>::genesis(),
			id: number_of(&blake2_256(&[b"run", &seed])),
			seed,
			begun: offchain::timestamp(),
			open: Vec::new(),
			load: 0,
			fetches: Fetches::new(),
			report: Report::default(),
		}
	}

	/// So that no task is always the last one.
	fn in_random_order(
		&self,
		mut list: Vec<Assignment<T::AccountId>>,
	) -> Vec<Assignment<T::AccountId>> {
		list.sort_by_cached_key(|one| self.secret(b"order", one));
		list
	}

	/// A secret of this run for one task.
	fn secret(&self, purpose: &[u8], assignment: &Assignment<T::AccountId>) -> Digest {
		let Assignment {
			id, task, member, ..
		} = assignment;
		let subject = (id, task.attempt, &member.key).encode();
		blake2_256(&[b"terminal/look", purpose, &self.seed, &subject])
	}

	/// Take up a task: ask its host, or return the vote that must be sent again.
	fn begin(
		&mut self,
		assignment: Assignment<T::AccountId>,
	) -> Result<Option<Vote<T::AccountId>>, WorkerError> {
		let Assignment {
			task,
			member,
			sample,
			until,
			..
		} = &assignment;
		let Some(runner) = runner_of(task.scheme) else {
			return Ok(None);
		};
		let key = SlipKey::new(
			&self.genesis,
			&member.key.encode(),
			&statement(&assignment, None),
		);
		match key.read()?.plan(&sample_digest(sample), self.now, *until) {
			Plan::Rest => return Ok(None),
			Plan::Resend(decision) => {
				let proof = key.proof();
				if decision != Decision::Fail || proof.is_some() {
					return Ok(Some(vote(&assignment, key, decision, proof)));
				}
				// The proof was lost with part of the database: find it again.
			},
			Plan::Look => (),
		}
		let load = self.load.saturating_add(load_of(runner));
		if load > MAX_LOAD {
			return Ok(None);
		}
		let mut hosts = hosts::<T>(&assignment);
		if hosts.is_empty() {
			return Ok(None);
		}
		let headers = sign::evidence_headers(&self.genesis, task.lease, member, self.now)?;
		let slip = key.claim(self.id, offchain::timestamp())?;
		let first = usize::from(slip.turn.unwrap_or_default()).checked_rem(hosts.len());
		hosts.rotate_left(first.unwrap_or_default());
		self.load = load;
		self.look(assignment, runner, key, hosts, headers);
		Ok(None)
	}

	/// Ask the hosts of a claimed task, the first one now.
	fn look(
		&mut self,
		assignment: Assignment<T::AccountId>,
		runner: Runner,
		slip: SlipKey,
		hosts: Vec<String>,
		headers: Vec<(&'static str, String)>,
	) {
		let task = &assignment.task;
		let subject = Subject {
			task: assignment.id,
			lease: task.lease,
			spec: task.spec.clone(),
			runner,
			job: Job {
				context: assignment.context,
				input_root: task.spec.input_root,
				result_root: task.root,
				items: task.spec.items,
				input_bytes: task.spec.input_bytes,
				output_bytes: task.spec.output_bytes,
			},
			sample: assignment.sample.clone(),
			secret: self.secret(b"sample", &assignment),
		};
		let jitter = number_of(&self.secret(b"jitter", &assignment)).checked_rem(JITTER_MS);
		let manners = Manners {
			hosts,
			headers,
			start_at: self.begun.add(Duration::from_millis(jitter.unwrap_or(0))),
			end_by: self.begun.add(RUN).sub(RESERVE),
		};
		let known = weights::read(&task.spec.weights_root)
			.filter(|weights| evidence::weights_fit(&task.spec, weights));
		let Some((look, orders)) = Look::begin(subject, manners, known) else {
			return;
		};
		let place = self.open.len();
		for (want, order) in orders {
			self.fetches.add((place, want), order);
		}
		self.open.push(Open {
			assignment,
			slip,
			look,
			done: false,
		});
		self.report.looked = self.report.looked.saturating_add(1);
	}

	/// The event loop: hand answers to their looks, send what they come to. Votes wait a quarter of a
	/// slot for others to share their batch, no longer: a slow machine delays nobody by a block.
	fn finish(&mut self, mut votes: Vec<Vote<T::AccountId>>) {
		let pause = Duration::from_millis(T::SlotMillis::get().saturating_div(4));
		let mut send_at = self.begun.add(pause);
		loop {
			let arrived = self.fetches.arrivals(send_at);
			let now = offchain::timestamp();
			for arrival in arrived {
				let (place, want) = arrival.token;
				if let Err(error) = &arrival.fetched {
					log::debug!(target: LOG_TARGET, "Evidence not had ({want:?}): {error:?}");
				}
				let Some(open) = self.open.get_mut(place).filter(|open| !open.done) else {
					continue;
				};
				match open.look.take(want, arrival.fetched, arrival.read, now) {
					Next::Wait => (),
					Next::Ask(want, order) => self.fetches.add((place, want), order),
					Next::Found(finding) => {
						open.done = true;
						votes.extend(conclude(open, finding, self.id, self.now));
					},
				}
			}
			let over = self.fetches.is_empty() || self.open.iter().all(|open| open.done);
			if over || now >= send_at || votes.len() >= MAX_STATEMENTS as usize {
				self.send(mem::take(&mut votes));
				send_at = now.add(pause);
			}
			if over {
				return;
			}
		}
	}

	fn send(&mut self, votes: Vec<Vote<T::AccountId>>) {
		let count = u32::try_from(votes.len()).unwrap_or(u32::MAX);
		self.report.voted = self.report.voted.saturating_add(count);
		sign::send::<T>(&self.genesis, votes, self.now);
	}
}

/// How many tasks of integer networks one of this runner may be as much work as.
fn load_of(runner: Runner) -> u32 {
	match runner {
		Runner::IntegerNetwork => 1,
		// `layered::MAX_WORK` against the multiplications that leases allow.
		Runner::LayeredNetwork => 16,
	}
}

/// Write a finding on the slip. A vote, if the slip allows one now.
fn conclude<AccountId: Clone + Encode>(
	open: &Open<AccountId>,
	finding: Finding,
	run: u64,
	now: BlockNumber,
) -> Option<Vote<AccountId>> {
	let Open {
		assignment,
		slip,
		look,
		..
	} = open;
	if let Some(checked) = look.learned_weights() {
		weights::keep(&assignment.task.spec.weights_root, checked);
	}
	let decision = Decision::from(&finding);
	let proof = match finding {
		Finding::Fail(proof) => Some(proof),
		Finding::Pass | Finding::Unavailable(_) => None,
	};
	if let Some(proof) = &proof {
		slip.keep_proof(proof);
	}
	let sample = sample_digest(&assignment.sample);
	match slip.settle(run, |slip| {
		slip.conclude(decision, &sample, now, assignment.until)
	}) {
		Ok(Conclusion::Vote(decision)) => Some(vote(assignment, slip.clone(), decision, proof)),
		Ok(Conclusion::Later) => None,
		Err(error) => {
			log::warn!(target: LOG_TARGET, "No vote on {:?}: {error}", assignment.id);
			None
		},
	}
}

fn vote<AccountId: Clone>(
	assignment: &Assignment<AccountId>,
	slip: SlipKey,
	decision: Decision,
	proof: Option<crate::types::FaultProof>,
) -> Vote<AccountId> {
	let proof = proof.filter(|_| decision == Decision::Fail);
	let statement = statement(assignment, Some(decision.into()));
	Vote {
		member: assignment.member.clone(),
		statement,
		proof,
		slip,
	}
}

/// What is said of an assignment. Without an outcome: only its subject.
fn statement<AccountId>(assignment: &Assignment<AccountId>, outcome: Option<Outcome>) -> Statement {
	let Assignment { id, task, .. } = assignment;
	Statement {
		task: *id,
		attempt: task.attempt,
		scheme: task.scheme,
		root: task.root,
		committed_at: task.committed_at,
		outcome: outcome.unwrap_or(Outcome::Pass),
	}
}

/// The machine's endpoints as text. What they may be is checked on chain and again by the node.
fn hosts<T: Config>(assignment: &Assignment<T::AccountId>) -> Vec<String> {
	let endpoints = T::Endpoints::endpoints(assignment.task.machine).into_iter();
	endpoints
		.filter_map(|endpoint| String::from_utf8(endpoint).ok())
		.map(|endpoint| String::from(endpoint.trim_end_matches('/')))
		.collect()
}

/// A number from a digest.
fn number_of(digest: &Digest) -> u64 {
	digest
		.iter()
		.take(8)
		.fold(0, |number, byte| (number << 8) | u64::from(*byte))
}
