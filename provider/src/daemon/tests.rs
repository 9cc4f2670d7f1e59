//! The daemon against a chain on which somebody opened and cancelled thousands of leases.

use super::*;
use crate::{
	chain::{
		terminal::runtime_types::pallet_leases::runtime_api::LeasePage, Lease, LeaseId, Status,
		Which,
	},
	config::{Limits, TEMPLATE},
	decide::samples::{self, account, MACHINE},
	mock_node::{at_once, encoded, Answer, MockNode},
	presence::Product,
};
use std::path::Path;
use subxt::ext::codec::Decode;
use tokio::sync::Semaphore;

/// Closed leases of the provider; one more is open.
const CLOSED: u64 = 5_000;
/// Leases at which the runtime looks for one page.
const LOOKED_AT: u64 = 1_000;
/// Pages that this makes.
const PAGES: usize = 6;
/// Of the open challenge.
const SEED: [u8; 32] = [9; 32];
/// Rows and columns that it asks for.
const SIZE: u32 = 128;

/// What the runtime answers: all but pages of leases at once, those when `reading` permits.
fn answer(call: &str, given: Vec<u8>, reading: &Arc<Semaphore>) -> Answer {
	match call {
		"LeasesApi_own_leases" => {
			let (page, reading) = (page(&given), reading.clone());
			Box::pin(async move {
				reading.acquire().await.expect("it stays open").forget();
				page
			})
		},
		"AttestationApi_open_challenge" => at_once(Some(challenge())),
		"AttestationApi_attestors" => at_once(Vec::<u8>::new()),
		"ProvidersApi_machine"
		| "ProvidersApi_calendar"
		| "ProvidersApi_uptime"
		| "MusterApi_called"
		| "MusterApi_standing" => at_once(None::<u8>),
		other => panic!("nobody should ask for {other}"),
	}
}

/// The open lease is where the runtime looks last.
fn page(mut given: &[u8]) -> Vec<u8> {
	type Asked = ([u8; 32], Option<u8>, u8, Option<u64>, u32);
	let (_, side, which, from, _) = Asked::decode(&mut given).expect("five parameters");
	assert_eq!((side, which), (Some(1), 1), "a provider's open ones");
	let next = from.unwrap_or(0).saturating_add(LOOKED_AT);
	let page = match next > CLOSED {
		true => LeasePage {
			leases: vec![Lease {
				id: LeaseId(CLOSED),
				..samples::lease(Status::Active)
			}],
			next: None,
		},
		false => LeasePage {
			leases: Vec::new(),
			next: Some(LeaseId(next)),
		},
	};
	encoded("LeasesApi", "own_leases", page)
}

/// A challenge of this machine that awaits its commitment, as `ChallengeView` is encoded.
fn challenge() -> impl subxt::ext::codec::Encode {
	let (id, issued_at) = (3u64, 1u64);
	let (issued_block, commit_by, answer_by) = (1u32, 100u32, 200u32);
	let (awaiting_commit, entries) = (0u8, None::<Vec<u32>>);
	let blocks = (issued_block, commit_by, answer_by);
	(
		id,
		MACHINE,
		SEED,
		SIZE,
		issued_at,
		blocks,
		awaiting_commit,
		entries,
	)
}

pub(super) async fn daemon(node: &MockNode, folder: &Path) -> Daemon {
	let store = Store::open(folder).expect("the folder is empty");
	daemon_over(node, folder, Arc::new(store)).await
}

pub(super) async fn daemon_over(node: &MockNode, folder: &Path, store: Arc<Store>) -> Daemon {
	let mut config: Config = toml::from_str(TEMPLATE).expect("the template is valid");
	config.machine = MACHINE;
	config.data = folder.into();
	config.metrics = Default::default();
	let chain = node.connect().await;
	Daemon {
		shelf: Shelf::new(chain.genesis()),
		store,
		fetcher: Arc::new(Fetcher::new(Limits::default()).expect("it can be made")),
		metrics: Arc::new(Metrics::new().expect("names differ")),
		cache: Arc::new(Cache::new(folder.join("cache"), 0)),
		executors: Arc::new(Executors::new(&Default::default()).expect("they can be made")),
		provider: account(1),
		file: ConfigFile::new(folder.join("provider.toml")),
		config,
		chain,
		busy: HashSet::new(),
		online: false,
		draining: false,
		waits_for: None,
		open_leases: None,
		attestors_read: None,
		stalled: Duration::from_secs(60),
		mustering: Arc::default(),
		market: MarketMemory::default(),
		done: mpsc::unbounded_channel(),
	}
}

/// Until `seen`, at most a minute.
pub(super) async fn until(what: &str, mut seen: impl FnMut() -> bool) {
	for _ in 0..1_200 {
		if seen() {
			return;
		}
		tokio::time::sleep(Duration::from_millis(50)).await;
	}
	panic!("{what} was not seen within a minute");
}

/// Do `play` while the daemon follows the chain of `node`.
async fn beside(node: &MockNode, play: impl Future<Output = ()>) {
	let folder = tempfile::tempdir().expect("there is room");
	let mut daemon = daemon(node, folder.path()).await;
	let (_stopper, stop) = watch::channel(false);
	tokio::select! {
		ended = daemon.follow(stop) => panic!("it went on for ever: {ended:?}"),
		() = play => {},
	}
}

#[tokio::test]
async fn the_next_node_is_asked_when_one_stalls_or_hangs_up() {
	let reading = Arc::new(Semaphore::new(Semaphore::MAX_PERMITS));
	let make = || {
		let gate = reading.clone();
		MockNode::new(move |call, given| answer(call, given, &gate))
	};
	let (one, other) = (make(), make());
	let folder = tempfile::tempdir().expect("there is room");
	let first = Daemon {
		stalled: Duration::from_millis(200),
		..daemon(&one, folder.path()).await
	};
	let store = first.store.clone();
	let open = async |node: &str| {
		let node = if node == "one" { &one } else { &other };
		Ok(Daemon {
			stalled: Duration::from_secs(2),
			..daemon_over(node, folder.path(), store.clone()).await
		})
	};
	let looked = |node: &MockNode| node.asked("AttestationApi_open_challenge");
	let play = async {
		// The first one never makes a block.
		until("a look at the other node", || {
			other.author();
			looked(&other) > 0
		})
		.await;
		assert_eq!(looked(&one), 0);
		other.hang_up();
		until("a look at the first node", || {
			one.author();
			looked(&one) > 0
		})
		.await;
	};
	let (_stopper, stop) = watch::channel(false);
	let nodes = Nodes::new(vec!["one".into(), "other".into()]);
	tokio::select! {
		() = by_turns(first, nodes, open, stop) => panic!("nobody stopped it"),
		() = play => {},
	}
}

#[tokio::test]
async fn leases_are_read_in_few_calls_whatever_was_closed() {
	let reading = Arc::new(Semaphore::new(Semaphore::MAX_PERMITS));
	let node = MockNode::new(move |call, given| answer(call, given, &reading));
	let chain = node.connect().await;
	let at = chain.client().at_current_block().await.expect("it answers");
	let found = chain.leases(&at, &account(1), Which::Open, |_| true).await;
	let ids: Vec<u64> = found
		.expect("pages end")
		.iter()
		.map(|lease| lease.id.0)
		.collect();
	assert_eq!(ids, [CLOSED]);
	assert_eq!(node.asked("LeasesApi_own_leases"), PAGES);
}

#[tokio::test]
async fn presence_is_committed_while_leases_are_still_read() {
	// One page, and then none.
	let reading = Arc::new(Semaphore::new(1));
	let gate = reading.clone();
	let node = MockNode::new(move |call, given| answer(call, given, &gate));
	let root = Product::compute(&SEED, SIZE, &SEED)
		.expect("a valid size")
		.root();
	let pages = || node.asked("LeasesApi_own_leases");
	let play = async {
		until("the commitment", || {
			node.author();
			pages() == 2 && node.has_got(&root)
		})
		.await;
	};
	beside(&node, play).await;
	assert_eq!(pages(), 2, "leases are still being read");
}

#[tokio::test]
async fn blocks_challenges_and_the_connection_are_counted() {
	let reading = Arc::new(Semaphore::new(Semaphore::MAX_PERMITS));
	let node = MockNode::new(move |call, given| answer(call, given, &reading));
	let folder = tempfile::tempdir().expect("there is room");
	let mut daemon = daemon(&node, folder.path()).await;
	daemon.config.metrics.listen = Some(([127, 0, 0, 1], 0).into());
	let metrics = daemon.metrics.clone();
	let shows = |line: &str| {
		let text = metrics.text().expect("it can be written");
		let text = String::from_utf8(text).expect("it is text");
		text.lines().any(|one| one == line)
	};
	let play = async {
		until("the challenge, counted", || {
			node.author();
			shows("terminal_provider_challenges_total{outcome=\"seen\"} 1")
		})
		.await;
		assert!(shows("terminal_provider_node_connected 1"));
		assert!(!shows("terminal_provider_block 0"));
		until("the lease, counted", || {
			node.author();
			shows("terminal_provider_leases{state=\"active\"} 1")
		})
		.await;
	};
	let (_stopper, stop) = watch::channel(false);
	let nodes = Nodes::new(vec!["one".into()]);
	let open = async |_: &str| anyhow::bail!("nobody asks for another one");
	tokio::select! {
		() = by_turns(daemon, nodes, open, stop) => panic!("nobody stopped it"),
		() = play => {},
	}
	assert!(shows(
		"terminal_provider_challenges_total{outcome=\"seen\"} 1"
	));
}

#[tokio::test]
async fn a_stop_waits_for_what_is_being_sent() {
	let reading = Arc::new(Semaphore::new(Semaphore::MAX_PERMITS));
	let node = MockNode::new(move |call, given| answer(call, given, &reading));
	let root = Product::compute(&SEED, SIZE, &SEED)
		.expect("a valid size")
		.root();
	let folder = tempfile::tempdir().expect("there is room");
	let mut daemon = daemon(&node, folder.path()).await;
	let gate = node.hold();
	let (stopper, stop) = watch::channel(false);
	let play = async {
		until("a call on its way", || {
			node.author();
			node.held() > 0
		})
		.await;
		stopper.send_replace(true);
		tokio::time::sleep(Duration::from_millis(100)).await;
		assert!(!node.has_got(&root));
		gate.add_permits(100);
	};
	let (ended, ()) = tokio::join!(daemon.follow(stop), play);
	ended.expect("it was stopped");
	assert!(node.has_got(&root));
}

#[tokio::test]
async fn a_stop_before_any_node_answers_closes_the_listeners_and_is_no_error() {
	let folder = tempfile::tempdir().expect("there is room");
	let free = || {
		let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
		listener.local_addr().expect("it has one")
	};
	let mut config: Config = toml::from_str(TEMPLATE).expect("the template is valid");
	config.nodes = vec![format!("ws://{}", free())];
	config.data = folder.path().into();
	config.evidence.listen = free();
	config.metrics.listen = Some(free());
	let listens = [Some(config.evidence.listen), config.metrics.listen];
	let listens = listens.map(|listen| listen.expect("both do"));
	let (stopper, stop) = watch::channel(false);
	let signer = subxt_signer::sr25519::dev::alice();
	let file = folder.path().join("provider.toml");
	let running = tokio::time::timeout(Duration::from_secs(90), run(file, config, signer, stop));
	let play = async {
		until("the metrics, while no node answers", || {
			std::net::TcpStream::connect(listens[1]).is_ok()
		})
		.await;
		stopper.send_replace(true);
		Instant::now()
	};
	let (ended, stopped) = tokio::join!(running, play);
	ended.expect("in time").expect("a stop is no error");
	assert!(stopped.elapsed() < Duration::from_secs(20));
	for listen in listens {
		std::net::TcpListener::bind(listen).expect("it is closed");
	}
}

#[tokio::test]
async fn who_was_late_goes_on_at_the_newest_block() {
	let reading = Arc::new(Semaphore::new(0));
	let gate = reading.clone();
	let node = MockNode::new(move |call, given| answer(call, given, &gate));
	let pages = || node.asked("LeasesApi_own_leases");
	let play = async {
		until("the first look at leases", || {
			node.author();
			pages() == 1
		})
		.await;
		for _ in 0..100 {
			node.author();
		}
		tokio::time::sleep(Duration::from_millis(500)).await;
		reading.add_permits(100 * PAGES);
		until("a second look at leases", || pages() >= 2 * PAGES).await;
		tokio::time::sleep(Duration::from_millis(500)).await;
	};
	beside(&node, play).await;
	assert_eq!(pages(), 2 * PAGES, "once for all blocks that were missed");
}
