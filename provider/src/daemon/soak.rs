//! A day in a quarter of an hour: the daemon beside a chain that makes blocks as fast as it may, calls on the
//! machine all the time, forks, forgets transactions and hangs up. No window may be missed, and nothing
//! may grow.
//!
//! TERMINAL_SOAK_BLOCKS says for how many blocks; `scripts/soak` runs a day of them.

use super::*;
use crate::{
	chain::{
		openings,
		terminal::runtime_types::{
			self as types,
			pallet_leases::runtime_api::LeasePage,
			pallet_muster::types::{MusterId, Summons},
		},
		Called, ChallengeView, Lease, LeaseId, MusterPhase, PresencePhase, Run, Status, UptimeView,
	},
	daemon::tests::daemon_over,
	decide::samples::{self, MACHINE},
	mock_node::{at_once, encoded, Answer, MockNode},
	presence::Product,
};
use parking_lot::Mutex;
use terminal_gpu_proof::{
	hash::blake2_256,
	muster::{self, Shape},
	product, Hash,
};
use types::terminal_primitives::ids::ChallengeId;

/// Blocks in the form that always runs.
const SHORT: u64 = 300;
/// Time between two blocks.
const SLOT: Duration = Duration::from_millis(if cfg!(debug_assertions) { 100 } else { 20 });
/// Blocks for a commitment, and again for an answer.
const WINDOW: u64 = 40;
/// A presence challenge begins at every so-many-eth block, if none is open.
const CHALLENGED_EVERY: u64 = 20;
/// So does a lease.
const LEASED_EVERY: u64 = 30;
/// So does a muster.
const MUSTERED_EVERY: u64 = 150;
/// Every so many commitments one was in a block that a fork took back.
const FORKED_EVERY: u64 = 5;
/// The node closes its streams at every so-many-eth block.
const HANGS_UP_EVERY: u64 = 1_000;
/// Rows of a product.
const N: u32 = 64;
/// The work of a muster.
const SHAPE: Shape = Shape {
	n: 256,
	steps: 1,
	units: 1,
};
/// By how much the process may grow after its first tenth.
const GROWTH_MIB: u64 = 48;

/// What the machine is asked for, and the calls that it should send.
#[derive(Clone)]
struct Asked {
	id: u64,
	/// The block until which the call has to be there.
	by: u64,
	commit: Vec<u8>,
	answer: Vec<u8>,
	root: Hash,
	committed: bool,
	/// The commitment was taken back once.
	forked: bool,
}

/// The lease that is open, and the call that is awaited for it.
#[derive(Clone)]
struct Leased {
	lease: Lease,
	by: u64,
	call: Vec<u8>,
}

#[derive(Default)]
struct World {
	challenge: Option<Asked>,
	muster: Option<Asked>,
	lease: Option<Leased>,
	next: u64,
	done: [u64; 3],
	missed: Vec<String>,
}

fn seed(what: &[u8], id: u64) -> Hash {
	blake2_256(&[what, &id.to_le_bytes()])
}

/// Of a product of that size.
fn entries(root: &Hash) -> Vec<u32> {
	product::draw_entries(root, N, 5)
}

fn drawn(root: &Hash) -> Vec<muster::Drawn> {
	muster::draw(root, &SHAPE, 4)
}

fn challenge(asked: &Asked) -> ChallengeView {
	let at = |block: u64| u32::try_from(block).expect("few blocks");
	ChallengeView {
		id: ChallengeId(asked.id),
		machine: MachineId(MACHINE),
		seed: seed(b"challenge", asked.id),
		n: N,
		issued_at: 1,
		issued_block: 1,
		commit_by: at(asked.by),
		answer_by: at(asked.by.saturating_add(WINDOW)),
		phase: match asked.committed {
			false => PresencePhase::AwaitingCommit,
			true => PresencePhase::AwaitingAnswer {
				root: asked.root,
				commit_block: 1,
			},
		},
		entries: asked.committed.then(|| entries(&asked.root)),
	}
}

fn called(asked: &Asked) -> Called {
	let at = |block: u64| u32::try_from(block).expect("few blocks");
	let entry = |one: muster::Drawn| types::terminal_gpu_proof::muster::Drawn {
		unit: one.unit,
		step: one.step,
		row: one.row,
		column: one.column,
	};
	let shown = drawn(&asked.root).into_iter().map(entry).collect();
	Called {
		summons: Summons {
			muster: MusterId(asked.id),
			shape: types::terminal_gpu_proof::muster::Shape {
				n: SHAPE.n,
				steps: SHAPE.steps,
				units: SHAPE.units,
			},
			drawn: 4,
			called_block: 1,
			called_at: 1,
			window_ms: 1,
			commit_by: at(asked.by),
			draw_delay: 2,
			answer_by: at(asked.by.saturating_add(WINDOW)),
			phase: match asked.committed {
				false => MusterPhase::Computing,
				true => MusterPhase::Committed {
					root: asked.root,
					block: 1,
					late: false,
				},
			},
		},
		seed: Some(seed(b"muster", asked.id)),
		drawn: asked.committed.then_some(shown),
	}
}

fn answer(call: &str, world: &World) -> Answer {
	let bytes = match call {
		"AttestationApi_open_challenge" => {
			let open = world.challenge.as_ref().map(challenge);
			encoded("AttestationApi", "open_challenge", open)
		},
		"MusterApi_called" => {
			let open = world.muster.as_ref().map(called);
			encoded("MusterApi", "called", open)
		},
		"LeasesApi_own_leases" => {
			let leases = world.lease.iter().map(|open| open.lease.clone());
			let page = LeasePage {
				leases: leases.collect(),
				next: None,
			};
			encoded("LeasesApi", "own_leases", page)
		},
		"ProvidersApi_machine" => encoded("ProvidersApi", "machine", Some(samples::machine(8))),
		"ProvidersApi_uptime" => encoded(
			"ProvidersApi",
			"uptime",
			Some(UptimeView {
				runs: vec![Run {
					from: 1,
					to: 2,
					before: 0,
				}],
				open: true,
				gap_cap_ms: 0,
				total_ms: 1,
				resolved_until: 0,
			}),
		),
		"AttestationApi_attestors" => return at_once(Vec::<u8>::new()),
		_ => return at_once(None::<u8>),
	};
	Box::pin(async move { bytes })
}

/// Calls as the daemon sends them.
struct Calls {
	chain: Arc<Chain>,
}

impl Calls {
	async fn bytes<Call: subxt::tx::Payload>(&self, call: Call) -> Vec<u8> {
		let transactions = self.chain.client().transactions().await;
		let transactions = transactions.expect("it answers");
		transactions.call_data(&call).expect("it has that call")
	}

	async fn challenge(&self, id: u64, block: u64) -> Asked {
		let seed = seed(b"challenge", id);
		let product = Product::compute(&seed, N, &seed).expect("a valid size");
		let root = product.root();
		let shown = product.answer(&entries(&root)).expect("they are in it");
		let shown = shown.into_iter();
		let pieces = shown.map(|one| crate::chain::piece(one.entries, one.path));
		let api = terminal::transactions().attestation();
		let (machine, challenge) = (MachineId(MACHINE), ChallengeId(id));
		let commit = api.commit_presence(machine.clone(), challenge.clone(), root);
		let pieces = crate::chain::bounded(pieces.collect());
		let answer = api.answer_presence(machine, challenge, pieces);
		self.asked(id, block, root, commit, answer).await
	}

	async fn muster(&self, id: u64, block: u64) -> Asked {
		let seed = seed(b"muster", id);
		let work = terminal_provider::muster::compute(&seed, &SHAPE, 0, || true);
		let work = work.expect("nobody gives up");
		let root = work.root();
		let shown = terminal_provider::muster::show(&work, &drawn(&root));
		let shown = openings(shown.expect("they are of the work"));
		let api = terminal::transactions().muster();
		let commit = api.commit_muster(MachineId(MACHINE), root);
		let answer = api.answer_muster(MachineId(MACHINE), shown);
		self.asked(id, block, root, commit, answer).await
	}

	async fn asked(
		&self,
		id: u64,
		block: u64,
		root: Hash,
		commit: impl subxt::tx::Payload,
		answer: impl subxt::tx::Payload,
	) -> Asked {
		Asked {
			id,
			by: block.saturating_add(WINDOW),
			commit: self.bytes(commit).await,
			answer: self.bytes(answer).await,
			root,
			committed: false,
			forked: false,
		}
	}

	/// What is awaited of a lease in that state.
	async fn lease(&self, id: u64, status: Status, block: u64) -> Leased {
		let api = terminal::transactions().leases();
		let call = match status {
			Status::Offered => self.bytes(api.accept(LeaseId(id))).await,
			Status::Accepted => self.bytes(api.start(LeaseId(id), None)).await,
			Status::Active => self.bytes(api.close(LeaseId(id))).await,
			_ => self.bytes(api.finish(LeaseId(id))).await,
		};
		let mut lease = samples::lease(status);
		lease.id = LeaseId(id);
		if let Some(metered) = lease.metered.as_mut() {
			metered.tenant = None;
			// Over as soon as it has begun.
			metered.ends_at = Some(1);
			metered.segments = vec![samples::segment(0, 1, Some(1))];
			metered.resolved_until = 1;
		}
		Leased {
			lease,
			by: block.saturating_add(WINDOW),
			call,
		}
	}
}

/// What comes of one that is asked for at `block`: whether it goes on.
fn judge(asked: &mut Asked, block: u64, sent: &[Vec<u8>], missed: &mut Vec<String>) -> bool {
	let has = |call: &[u8]| sent.iter().any(|one| contains(one, call));
	if !asked.committed && has(&asked.commit) {
		asked.committed = true;
		asked.by = block.saturating_add(WINDOW);
	} else if asked.committed && !asked.forked && asked.id.is_multiple_of(FORKED_EVERY) {
		(asked.committed, asked.forked) = (false, true);
	} else if asked.committed && has(&asked.answer) {
		return false;
	}
	if block > asked.by {
		missed.push(format!("{} at block {block}", asked.id));
		return false;
	}
	true
}

fn contains(all: &[u8], part: &[u8]) -> bool {
	all.windows(part.len()).any(|some| some == part)
}

/// Resident memory of this process, mebibytes.
fn memory_mib() -> u64 {
	let told = std::fs::read_to_string("/proc/self/statm").expect("Linux");
	let pages = told
		.split(' ')
		.nth(1)
		.and_then(|pages| pages.parse::<u64>().ok());
	pages.expect("a number") * 4 / 1_024
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_window_is_missed_and_nothing_grows() {
	let blocks = std::env::var("TERMINAL_SOAK_BLOCKS").ok();
	let blocks = blocks.map_or(SHORT, |blocks| blocks.parse().expect("a number of blocks"));
	let world = Arc::new(Mutex::new(World::default()));
	let seen = world.clone();
	let node = MockNode::new(move |call, _| answer(call, &seen.lock()));
	let folder = tempfile::tempdir().expect("there is room");
	let store = Arc::new(Store::open(folder.path()).expect("the folder is empty"));
	let first = daemon_over(&node, folder.path(), store.clone()).await;
	let open = async |_: &str| Ok(daemon_over(&node, folder.path(), store.clone()).await);
	let calls = Calls {
		chain: node.connect().await,
	};
	let play = async {
		let mut before = 0;
		let mut sent_ever = 0u32;
		for block in 1..=blocks {
			let sent = node.take_sent();
			// What is in a block is in no pool any more; of the rest nothing is left either.
			sent_ever = sent_ever.saturating_add(u32::try_from(sent.len()).unwrap_or(u32::MAX));
			node.set_nonces(sent_ever, sent_ever);
			node.drop_all();
			turn(&world, &calls, block, &sent).await;
			if block.is_multiple_of(HANGS_UP_EVERY) {
				node.hang_up();
			}
			node.author();
			if block == blocks / 10 {
				before = memory_mib();
			}
			tokio::time::sleep(SLOT).await;
		}
		(before, memory_mib())
	};
	let (_stopper, stop) = watch::channel(false);
	let nodes = Nodes::new(vec!["one".into()]);
	let (before, after) = tokio::select! {
		() = by_turns(first, nodes, open, stop) => panic!("nobody stopped it"),
		memory = play => memory,
	};
	let world = world.lock();
	let [challenges, musters, leases] = world.done;
	println!(
		"{blocks} blocks: {challenges} challenges, {musters} musters and {leases} leases, missed {}; \
		 memory {before} → {after} MiB",
		world.missed.len()
	);
	assert_eq!(world.missed, Vec::<String>::new());
	assert!(
		challenges > blocks / 100 && leases > blocks / 400,
		"too little came of it"
	);
	assert!(musters > 0 || blocks < 2 * MUSTERED_EVERY);
	assert!(
		after <= before + GROWTH_MIB,
		"{before} MiB grew to {after} MiB"
	);
}

/// What the chain makes of the transactions that came for block `block`, and what it asks for next.
async fn turn(world: &Mutex<World>, calls: &Calls, block: u64, sent: &[Vec<u8>]) {
	let (challenge, muster, lease) = {
		let world = world.lock();
		(
			world.challenge.clone(),
			world.muster.clone(),
			world.lease.clone(),
		)
	};
	let mut missed = Vec::new();
	let mut done = [0; 3];
	let mut next = |asked: Option<Asked>, kind: usize| {
		let mut asked = asked?;
		let count = missed.len();
		if judge(&mut asked, block, sent, &mut missed) {
			return Some(asked);
		}
		done[kind] += u64::from(missed.len() == count);
		None
	};
	let (mut challenge, mut muster) = (next(challenge, 0), next(muster, 1));
	let mut open = None;
	if let Some(Leased { lease, by, call }) = lease {
		if sent.iter().any(|one| contains(one, &call)) {
			let status = match lease.status {
				Status::Offered => Some(Status::Accepted),
				Status::Accepted => Some(Status::Active),
				Status::Active => Some(Status::Closing),
				_ => None,
			};
			match status {
				Some(status) => open = Some(calls.lease(lease.id.0, status, block).await),
				None => done[2] += 1,
			}
		} else if block > by {
			missed.push(format!("lease {} at block {block}", lease.id.0));
		} else {
			open = Some(Leased { lease, by, call });
		}
	}
	let id = world.lock().next;
	if challenge.is_none() && block.is_multiple_of(CHALLENGED_EVERY) {
		challenge = Some(calls.challenge(id, block).await);
	}
	if muster.is_none() && block.is_multiple_of(MUSTERED_EVERY) {
		muster = Some(calls.muster(id, block).await);
	}
	if open.is_none() && block.is_multiple_of(LEASED_EVERY) {
		open = Some(calls.lease(id, Status::Offered, block).await);
	}
	let mut world = world.lock();
	(world.challenge, world.muster, world.lease) = (challenge, muster, open);
	world.next = id.saturating_add(1);
	world.missed.extend(missed);
	for (sum, more) in world.done.iter_mut().zip(done) {
		*sum += more;
	}
}
