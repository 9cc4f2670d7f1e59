//! Musters: compute in the background, commit, show what is drawn. A task of its own, as presence is: a
//! muster's windows are short, and it needs nothing of the rest.
//!
//! Work is known by its seed, which the fork that called the machine decides: after a reorganisation it
//! is computed anew. So it is after a restart; what was computed before is not kept on disk, since no
//! disk is as fast as the chain.

use super::heads::{self, Newest};
use crate::{
	chain::{terminal, Called, Chain, MachineId, MusterPhase, Standing},
	metrics::{Metrics, Mustered},
};
use std::{
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc,
	},
	time::Instant,
};
use terminal_gpu_proof::{
	muster::{work::Work, Drawn, Opening, Shape},
	Hash,
};
use terminal_provider::muster;
use tokio::sync::mpsc;

/// A muster that was not seen for so many blocks is over: short forks bring none back.
const OVER_AFTER: u64 = 8;

/// What is known of the machine's muster.
pub(super) struct Musters {
	chain: Arc<Chain>,
	metrics: Arc<Metrics>,
	machine: u64,
	/// The most that kept states may take.
	bytes: u64,
	/// Whether all of the machine is at it. Others look at this.
	computes: Arc<AtomicBool>,
	work: Option<Ours>,
	told: Told,
	done: (mpsc::UnboundedSender<Done>, mpsc::UnboundedReceiver<Done>),
}

/// What is computed, or was, for the muster with this seed.
struct Ours {
	seed: Hash,
	state: State,
	/// Set when nobody waits for it any more.
	given_up: Arc<AtomicBool>,
}

enum State {
	/// The work, or what shows it, is being computed.
	Busy,
	Ready(Arc<Work>),
	/// With what was drawn.
	Shown(Arc<Work>, Vec<Drawn>, Vec<Opening>),
	/// The machine does not compute the same twice.
	Wrong,
}

impl Ours {
	/// Whether something remains to be computed.
	fn is_not_over(&self) -> bool {
		matches!(self.state, State::Busy | State::Ready(_))
	}
}

impl Drop for Ours {
	fn drop(&mut self) {
		self.given_up.store(true, Ordering::Relaxed);
	}
}

struct Done {
	seed: Hash,
	state: State,
}

/// The muster that is counted, and how far it was seen.
#[derive(Default)]
struct Told(Option<Counted>);

struct Counted {
	id: u64,
	committed: bool,
	/// The block in which it was seen last.
	seen: u64,
}

impl Musters {
	pub(super) fn new(
		chain: Arc<Chain>,
		metrics: Arc<Metrics>,
		machine: u64,
		bytes: u64,
		computes: Arc<AtomicBool>,
	) -> Self {
		Self {
			chain,
			metrics,
			machine,
			bytes,
			computes,
			work: None,
			told: Told::default(),
			done: mpsc::unbounded_channel(),
		}
	}

	/// Do what the newest block asks for, until the chain cannot be read: an error.
	pub(super) async fn follow(mut self, mut newest: Newest) -> anyhow::Result<()> {
		loop {
			tokio::select! {
				_ = heads::changed(&mut newest) => {},
				Some(done) = self.done.1.recv() => self.note(done),
			}
			let head = newest.borrow_and_update().clone();
			let Some(head) = head else {
				continue;
			};
			let at = head.at().await?;
			let called = self.chain.called(&at, self.machine).await?;
			let standing = async || self.chain.standing(&at, self.machine).await;
			let outcomes = self
				.told
				.look(head.number(), called.as_ref(), standing)
				.await?;
			for outcome in outcomes {
				self.metrics.mustered(outcome);
			}
			self.meet(called, head.number()).await;
			let computes = self.work.as_ref().is_some_and(Ours::is_not_over);
			self.computes.store(computes, Ordering::Relaxed);
		}
	}

	fn note(&mut self, done: Done) {
		if let Some(ours) = self.work.as_mut().filter(|ours| ours.seed == done.seed) {
			if matches!(done.state, State::Wrong) {
				tracing::error!(
					"a muster's work cannot be shown: this machine does not compute the same twice; \
					 test its memory"
				);
			}
			ours.state = done.state;
		}
	}

	/// What is next for the open muster.
	async fn meet(&mut self, called: Option<Called>, block: u64) {
		let Some(called) = called else {
			self.work = None;
			return;
		};
		// In the block of the call nobody knows it.
		let Some(seed) = called.seed else {
			return;
		};
		let Some(ours) = self.work.as_ref().filter(|ours| ours.seed == seed) else {
			self.compute(seed, called.shape());
			return;
		};
		match (&ours.state, &called.summons.phase, called.drawn()) {
			(State::Ready(work), MusterPhase::Computing, _) => {
				let call = terminal::transactions()
					.muster()
					.commit_muster(MachineId(self.machine), work.root());
				let name = format!("commit_muster {}", called.id());
				self.chain.send(name, block, call).await;
			},
			(
				State::Ready(work) | State::Shown(work, ..),
				MusterPhase::Committed { root, .. },
				_,
			) if *root != work.root() => {
				tracing::error!(
					muster = called.id(),
					"another root was committed for this machine"
				);
			},
			(State::Shown(_, known, openings), _, Some(drawn)) if *known == drawn => {
				let call = terminal::transactions().muster().answer_muster(
					MachineId(self.machine),
					crate::chain::openings(openings.clone()),
				);
				let name = format!("answer_muster {}", called.id());
				self.chain.send(name, block, call).await;
			},
			(State::Ready(work) | State::Shown(work, ..), _, Some(drawn)) => {
				let work = work.clone();
				self.show(seed, work, drawn);
			},
			_ => {},
		}
	}

	fn compute(&mut self, seed: Hash, shape: Shape) {
		let (done, bytes) = (self.done.0.clone(), self.bytes);
		let given_up = self.busy(seed);
		tokio::task::spawn_blocking(move || {
			let began = Instant::now();
			let goes_on = || !given_up.load(Ordering::Relaxed);
			// Given up: nobody hears of it.
			if let Some(work) = muster::compute(&seed, &shape, bytes, goes_on) {
				tracing::info!(
					seconds = began.elapsed().as_secs(),
					"a muster's work is done"
				);
				let state = State::Ready(Arc::new(work));
				let _ = done.send(Done { seed, state });
			}
		});
	}

	fn show(&mut self, seed: Hash, work: Arc<Work>, drawn: Vec<Drawn>) {
		let done = self.done.0.clone();
		self.busy(seed);
		tokio::task::spawn_blocking(move || {
			let state = match muster::show(&work, &drawn) {
				Some(openings) => State::Shown(work, drawn, openings),
				None => State::Wrong,
			};
			let _ = done.send(Done { seed, state });
		});
	}

	/// From now on something is computed for that seed. What is set when it need not go on.
	fn busy(&mut self, seed: Hash) -> Arc<AtomicBool> {
		let given_up = Arc::<AtomicBool>::default();
		self.work = Some(Ours {
			seed,
			state: State::Busy,
			given_up: given_up.clone(),
		});
		given_up
	}
}

impl Told {
	/// Look at the open muster. Returns what is new; `standing` is asked when one is over.
	async fn look(
		&mut self,
		block: u64,
		called: Option<&Called>,
		standing: impl AsyncFnOnce() -> anyhow::Result<Option<Standing>>,
	) -> anyhow::Result<Vec<Mustered>> {
		let mut news = Vec::new();
		let id = called.map(Called::id);
		let over = |known: &Counted| match id {
			Some(id) => id != known.id,
			None => block.saturating_sub(known.seen) >= OVER_AFTER,
		};
		if let Some(known) = self.0.take_if(|known| over(known)) {
			let proof = standing().await?.and_then(|standing| standing.proof);
			let passed = proof.is_some_and(|proof| proof.muster.0 == known.id);
			news.push(if passed {
				Mustered::Passed
			} else {
				Mustered::NotPassed
			});
		}
		if let Some(called) = called {
			let is_new = self.0.is_none();
			let known = self.0.get_or_insert(Counted {
				id: called.id(),
				committed: false,
				seen: block,
			});
			known.seen = block;
			if is_new {
				news.push(Mustered::Called);
			}
			let committed = matches!(called.summons.phase, MusterPhase::Committed { .. });
			if committed && !known.committed {
				known.committed = true;
				news.push(Mustered::Committed);
			}
		}
		Ok(news)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::{openings, terminal::runtime_types as types, Calibration, MusterPhase},
		daemon::tests::{daemon, until},
		decide::samples::{self, MACHINE},
		mock_node::{at_once, encoded, Answer, MockNode},
	};
	use parking_lot::Mutex;
	use terminal_gpu_proof::muster as proof;
	use types::pallet_muster::types::{MusterId, Proof, Summons};

	const SEED: Hash = [9; 32];
	const SHAPE: Shape = Shape {
		n: 256,
		steps: 2,
		units: 2,
	};

	/// What the chain says, as a test changes it.
	#[derive(Default)]
	struct World {
		called: Option<Called>,
		passed: bool,
	}

	fn called(phase: MusterPhase, seed: Option<Hash>) -> Called {
		Called {
			summons: Summons {
				muster: MusterId(3),
				shape: types::terminal_gpu_proof::muster::Shape {
					n: SHAPE.n,
					steps: SHAPE.steps,
					units: SHAPE.units,
				},
				drawn: 2,
				called_block: 1,
				called_at: 1,
				window_ms: 1,
				commit_by: 1_000,
				draw_delay: 2,
				answer_by: 2_000,
				phase,
			},
			seed,
			drawn: None,
		}
	}

	fn answer(call: &str, world: &World) -> Answer {
		let bytes = match call {
			"MusterApi_called" => encoded("MusterApi", "called", world.called.clone()),
			"MusterApi_standing" => {
				let mut standing = samples::standing(Calibration::Calibrated);
				standing.proof = world.passed.then_some(Proof {
					muster: MusterId(3),
					proven_at: 1,
				});
				encoded("MusterApi", "standing", Some(standing))
			},
			"AttestationApi_attestors" => return at_once(Vec::<u8>::new()),
			"LeasesApi_own_leases" => return at_once((Vec::<u8>::new(), None::<u64>)),
			_ => return at_once(None::<u8>),
		};
		Box::pin(async move { bytes })
	}

	async fn bytes<Call: subxt::tx::Payload>(node: &MockNode, call: Call) -> Vec<u8> {
		let chain = node.connect().await;
		let transactions = chain.client().transactions().await.expect("it answers");
		transactions.call_data(&call).expect("it has that call")
	}

	fn outcomes(metrics: &Metrics) -> Vec<String> {
		let text = String::from_utf8(metrics.text().expect("it is text")).expect("it is text");
		let ours = |line: &&str| line.starts_with("terminal_provider_musters_total");
		let counted = |line: &str| line.rsplit(' ').next().map(str::to_owned);
		text.lines().filter(ours).filter_map(counted).collect()
	}

	#[tokio::test]
	async fn a_called_machine_commits_shows_what_is_drawn_and_counts_what_became_of_it() {
		let computing = called(MusterPhase::Computing, None);
		let world = Arc::new(Mutex::new(World {
			called: Some(computing),
			passed: false,
		}));
		let seen = world.clone();
		let node = MockNode::new(move |call, _| answer(call, &seen.lock()));
		let work = muster::compute(&SEED, &SHAPE, 0, || true).expect("nobody gives up");
		let drawn = proof::draw(&[1; 32], &SHAPE, 2);
		let right = muster::show(&work, &drawn).expect("they are of the work");
		let api = terminal::transactions().muster();
		let commit = bytes(&node, api.commit_muster(MachineId(MACHINE), work.root())).await;
		let shown = api.answer_muster(MachineId(MACHINE), openings(right));
		let shown = bytes(&node, shown).await;

		let folder = tempfile::tempdir().expect("there is room");
		let mut daemon = daemon(&node, folder.path()).await;
		let metrics = daemon.metrics.clone();
		let (_stopper, stop) = tokio::sync::watch::channel(false);
		let play = async {
			for _ in 0..5 {
				node.author();
				tokio::time::sleep(std::time::Duration::from_millis(10)).await;
			}
			assert!(!node.has_got(&commit), "the seed is not known yet");
			world.lock().called = Some(called(MusterPhase::Computing, Some(SEED)));
			until("the commitment", || {
				node.author();
				node.has_got(&commit)
			})
			.await;
			let committed = MusterPhase::Committed {
				root: work.root(),
				block: 5,
				late: false,
			};
			let mut next = called(committed, Some(SEED));
			world.lock().called = Some(next.clone());
			let entry = |one: &Drawn| types::terminal_gpu_proof::muster::Drawn {
				unit: one.unit,
				step: one.step,
				row: one.row,
				column: one.column,
			};
			next.drawn = Some(drawn.iter().map(entry).collect());
			world.lock().called = Some(next);
			until("the answer", || {
				node.author();
				node.has_got(&shown)
			})
			.await;
			{
				let mut world = world.lock();
				world.called = None;
				world.passed = true;
			}
			// Called, committed, not passed, passed.
			until("the count", || {
				node.author();
				outcomes(&metrics) == ["1", "1", "0", "1"]
			})
			.await;
		};
		tokio::select! {
			ended = daemon.follow(stop) => panic!("it went on for ever: {ended:?}"),
			() = play => {},
		}
	}

	#[test]
	fn work_that_nobody_waits_for_is_given_up() {
		let given_up = Arc::<AtomicBool>::default();
		let ours = Ours {
			seed: SEED,
			state: State::Busy,
			given_up: given_up.clone(),
		};
		assert!(ours.is_not_over() && !given_up.load(Ordering::Relaxed));
		drop(ours);
		assert!(given_up.load(Ordering::Relaxed));
	}
}
