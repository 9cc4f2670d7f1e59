//! The loop: at the newest block, look at the chain and do what is next.
//!
//! The chain is the only state that decides. Every step is safe to repeat: the runtime refuses it
//! the second time. So a restart, a lost transaction and a reorganisation are one case.
//!
//! What to do is decided in [`crate::decide`], which is pure; here it is done.
//!
//! | file | does |
//! |---|---|
//! | `mod.rs` | the loop, what every block needs |
//! | `nodes.rs` | which node is asked |
//! | `heads.rs` | the newest block |
//! | `counts.rs` | what the metrics say of blocks and challenges |
//! | `presence.rs` | presence challenges, beside the loop: they wait for nothing |
//! | `muster.rs` | musters, beside the loop as well |
//! | `leases.rs` | fixed jobs and metered leases |
//! | `market.rs` | reservations and bids |
//! | `reload.rs` | prices of the configuration file, when it changes |
//! | `drain.rs` | the machine's status while its owner wishes it drained |

mod counts;
mod drain;
mod heads;
mod leases;
mod market;
mod muster;
mod nodes;
mod presence;
mod reload;
#[cfg(test)]
mod soak;
#[cfg(test)]
mod tests;

use crate::{
	cache::Cache,
	chain::{terminal, At, Chain, Machine, MachineId, MachineStatus},
	config::{Config, ConfigFile},
	decide::{drain::Why, Now},
	evidence::{self, Doors, Limiter, Reader, Server, Shelf, Times},
	executor::Executors,
	fetch::Fetcher,
	metrics::{self, Metrics, Refusal},
	store::Store,
};
use anyhow::{bail, Context};
use axum::Router;
use heads::Newest;
use market::MarketMemory;
use muster::Musters;
use nodes::Nodes;
use presence::Presence;
use std::{
	collections::HashSet,
	future::Future,
	net::SocketAddr,
	path::PathBuf,
	sync::{atomic::AtomicBool, Arc},
	time::{Duration, Instant},
};
use subxt::utils::AccountId32;
use subxt_signer::sr25519::Keypair;
use tokio::{
	net::TcpListener,
	sync::{mpsc, watch},
	task::{JoinHandle, JoinSet},
};

/// Blocks after which the attestors are read again. Committees are read at each block.
const ATTESTORS_EVERY: u64 = 5;

/// A node that shows no new block for so long is lost: ten slots.
const STALLED: Duration = Duration::from_secs(60);

/// How long a stop waits for what is being sent.
const SENDING: Duration = Duration::from_secs(5);

/// Open connections to the port of the metrics.
const METRICS_CONNECTIONS: usize = 16;

/// What a job's background work tells the loop.
struct Done {
	lease: u64,
	outcome: Result<(), (Refusal, String)>,
}

/// Runs until `stop` turns true or the connection is lost.
pub struct Daemon {
	config: Config,
	file: ConfigFile,
	chain: Arc<Chain>,
	store: Arc<Store>,
	shelf: Shelf,
	fetcher: Arc<Fetcher>,
	metrics: Arc<Metrics>,
	cache: Arc<Cache>,
	executors: Arc<Executors>,
	provider: AccountId32,
	/// Leases whose job is being worked on in the background.
	busy: HashSet<u64>,
	/// Whether the machine was seen to take leases since the start.
	online: bool,
	/// Whether its owner wishes it drained: nothing new is taken.
	draining: bool,
	/// What draining waits for, as told last.
	waits_for: Option<Why>,
	/// How many of its leases are open, once they were read.
	open_leases: Option<usize>,
	/// The block in which the attestors were read last.
	attestors_read: Option<u64>,
	/// A node that shows no new block for so long is lost.
	stalled: Duration,
	/// Whether all of the machine computes for a muster.
	mustering: Arc<AtomicBool>,
	/// What is known of the market.
	market: MarketMemory,
	done: (mpsc::UnboundedSender<Done>, mpsc::UnboundedReceiver<Done>),
}

/// What stays when the node changes.
#[derive(Clone)]
struct Kept {
	store: Arc<Store>,
	shelf: Shelf,
	fetcher: Arc<Fetcher>,
	metrics: Arc<Metrics>,
	/// The configuration file.
	file: PathBuf,
}

/// Serve the machine of `config`, which `file` held, until `stop`, by one node after the other. Then
/// what is being sent goes out, what is being answered is, and the listeners are closed: in a
/// quarter of a minute at most.
pub async fn run(
	file: PathBuf,
	config: Config,
	signer: Keypair,
	stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
	let store = Arc::new(Store::open(&config.data)?);
	let metrics = Arc::new(Metrics::new()?);
	let listener = bind(config.evidence.listen).await?;
	let watching = match config.metrics.listen {
		Some(listen) => {
			let router = metrics::router(metrics.clone(), store.clone());
			Some(show(bind(listen).await?, router, stop.clone()))
		},
		None => None,
	};
	let mut nodes = Nodes::new(config.nodes.clone());
	let mut stopped = stop.clone();
	let connecting = nodes.connect(async |node| Chain::connect(node, signer.clone()).await);
	let Some((chain, first)) = unless(&mut stopped, connecting).await else {
		return closed(watching).await;
	};
	if !store.bind_genesis(&chain.genesis())? {
		bail!(
			"the data folder {} belongs to another chain: name another one",
			config.data.display()
		);
	}
	let shelf = Shelf::new(chain.genesis());
	let server = Arc::new(Server {
		shelf: shelf.clone(),
		store: store.clone(),
		limiter: Limiter::new(&config.evidence),
		serve: config.evidence.serve,
		machine: config.machine,
	});
	let doors = Doors::new(
		config.evidence.connections_per_address,
		config.evidence.connections,
	);
	let serving = tokio::spawn(evidence::serve(
		listener,
		evidence::router(server),
		doors,
		Times::default(),
		stop.clone(),
	));
	tracing::info!(listen = %config.evidence.listen, node = %first, "serving");

	let genesis = chain.genesis();
	let kept = Kept {
		store,
		shelf,
		fetcher: Arc::new(Fetcher::new(config.limits.clone())?),
		metrics,
		file,
	};
	let make = async |chain| Daemon::new(&config, chain, kept.clone()).await;
	let open = async |node: &str| {
		let chain = Chain::connect(node, signer.clone()).await?;
		if chain.genesis() != genesis {
			bail!("it is a node of another chain: take it out of the configuration");
		}
		make(chain).await
	};
	// What is wrong with the first one is told at once.
	if let Some(daemon) = unless(&mut stopped, make(chain)).await {
		by_turns(daemon?, nodes, open, stop).await;
	}
	serving.await?;
	closed(watching).await
}

/// Serve the metrics.
fn show(listener: TcpListener, router: Router, stop: watch::Receiver<bool>) -> JoinHandle<()> {
	let doors = Doors::new(METRICS_CONNECTIONS, METRICS_CONNECTIONS);
	let serving = evidence::serve(listener, router, doors, Times::default(), stop);
	tokio::spawn(serving)
}

/// Wait until a server has closed its listener, if there is one.
async fn closed(server: Option<JoinHandle<()>>) -> anyhow::Result<()> {
	match server {
		Some(server) => Ok(server.await?),
		None => Ok(()),
	}
}

/// What `work` comes to, unless `stop` turns true before.
async fn unless<T>(stop: &mut watch::Receiver<bool>, work: impl Future<Output = T>) -> Option<T> {
	tokio::select! {
		done = work => Some(done),
		_ = stop.wait_for(|stop| *stop) => None,
	}
}

async fn bind(listen: SocketAddr) -> anyhow::Result<TcpListener> {
	TcpListener::bind(listen)
		.await
		.with_context(|| format!("cannot listen on {listen}: is the port taken?"))
}

/// Serve until `stop`: with `daemon`, and when its node is lost with what `open` makes of the next.
async fn by_turns(
	mut daemon: Daemon,
	mut nodes: Nodes,
	open: impl AsyncFn(&str) -> anyhow::Result<Daemon>,
	mut stop: watch::Receiver<bool>,
) {
	loop {
		let since = Instant::now();
		let metrics = daemon.metrics.clone();
		metrics.is_connected(true);
		let ended = daemon.follow(stop.clone()).await;
		metrics.is_connected(false);
		let Err(error) = ended else {
			return;
		};
		let error = format!("{error:#}");
		tracing::warn!(error, "the node is lost; asking the next one");
		nodes.lost(since.elapsed());
		tokio::select! {
			(next, node) = nodes.connect(&open) => {
				tracing::info!(%node, "asked from now on");
				daemon = next;
			},
			_ = stop.wait_for(|stop| *stop) => return,
		}
	}
}

impl Daemon {
	async fn new(config: &Config, chain: Arc<Chain>, kept: Kept) -> anyhow::Result<Self> {
		let machine = registered(&chain, config.machine).await?;
		if machine.agent != chain.agent() {
			bail!(
				"machine {} is signed for by {}, not by this key ({}): call providers.setAgent or \
				 use the other key",
				config.machine,
				machine.agent,
				chain.agent()
			);
		}
		let cache = Cache::new(config.data.join("cache"), config.limits.cache_bytes);
		Ok(Self {
			config: config.clone(),
			file: ConfigFile::new(kept.file),
			provider: machine.provider,
			chain,
			store: kept.store,
			shelf: kept.shelf,
			fetcher: kept.fetcher,
			metrics: kept.metrics,
			cache: Arc::new(cache),
			executors: Arc::new(Executors::new(&config.executors)?),
			busy: HashSet::new(),
			online: false,
			draining: false,
			waits_for: None,
			open_leases: None,
			attestors_read: None,
			stalled: STALLED,
			mustering: Arc::default(),
			market: MarketMemory::default(),
			done: mpsc::unbounded_channel(),
		})
	}

	/// Follow the chain by this connection until `stop`; or until it is of no use any more: an error.
	async fn follow(&mut self, mut stop: watch::Receiver<bool>) -> anyhow::Result<()> {
		let (tell, newest) = watch::channel(None);
		// All end when this does, and end by an error only.
		let mut beside = JoinSet::new();
		beside.spawn(heads::follow(self.chain.clone(), tell, self.stalled));
		let machine = self.config.machine;
		let presence = Presence::new(self.chain.clone(), machine);
		beside.spawn(presence.follow(newest.clone()));
		let (chain, metrics) = (self.chain.clone(), self.metrics.clone());
		let bytes = self.config.limits.muster_bytes;
		let musters = Musters::new(chain, metrics, machine, bytes, self.mustering.clone());
		beside.spawn(musters.follow(newest.clone()));
		if self.config.metrics.listen.is_some() {
			let (chain, metrics) = (self.chain.clone(), self.metrics.clone());
			beside.spawn(counts::follow(chain, machine, metrics, newest.clone()));
		}
		tokio::select! {
			_ = stop.wait_for(|stop| *stop) => {},
			Some(ended) = beside.join_next() => return ended?,
			ended = self.serve(newest) => return ended,
		}
		beside.shutdown().await;
		self.chain.finish_sending(SENDING).await;
		Ok(())
	}

	/// At the newest block, and whenever there is news from the evidence server or from background
	/// work, do what is next.
	async fn serve(&mut self, mut newest: Newest) -> anyhow::Result<()> {
		let news = self.shelf.clone();
		loop {
			tokio::select! {
				_ = heads::changed(&mut newest) => {},
				Some(done) = self.done.1.recv() => self.note(done),
				_ = news.news().notified() => {},
			}
			let head = newest.borrow_and_update().clone();
			if let Some(head) = head {
				self.shelf.roster().heard(head.number());
				self.tick(&head.at().await?, head.number()).await?;
			}
		}
	}

	fn note(&mut self, Done { lease, outcome }: Done) {
		self.busy.remove(&lease);
		if let Err((why, reason)) = outcome {
			self.refuse(lease, why, &reason);
		}
	}

	fn refuse(&self, lease: u64, why: Refusal, reason: &str) {
		match self.store.note_refusal(lease, reason) {
			Ok(true) => {
				self.metrics.refused(why);
				tracing::warn!(lease, reason, "refused")
			},
			Ok(false) => {},
			Err(error) => tracing::error!(lease, %error, "the refusal could not be noted"),
		}
	}

	/// A machine begins Offline, and may have been left so: this daemon serves it now. Once, so that
	/// its owner can take it off later.
	async fn come_online(&mut self, at: &At, block: u64) -> anyhow::Result<()> {
		let machine = self.chain.machine(at, self.config.machine).await?;
		let Some(machine) = machine else {
			return Ok(());
		};
		if machine.status == MachineStatus::Offline {
			let call = terminal::transactions()
				.providers()
				.set_status(MachineId(self.config.machine), MachineStatus::Online);
			self.chain
				.send("set_status Online".into(), block, call)
				.await;
		} else {
			self.online = true;
		}
		Ok(())
	}

	/// Read now and then who may ask for the evidence of every job.
	async fn read_attestors(&mut self, at: &At, block: u64) -> anyhow::Result<()> {
		let fresh = |read: u64| block.abs_diff(read) < ATTESTORS_EVERY;
		if self.attestors_read.is_some_and(fresh) {
			return Ok(());
		}
		let attestors = self.chain.attestors(at).await?;
		let active = attestors.into_iter().filter(|one| one.active);
		self.shelf.roster().set_attestors(active.map(|one| Reader {
			account: one.account.0,
			key: one.key,
		}));
		self.attestors_read = Some(block);
		Ok(())
	}

	async fn tick(&mut self, at: &At, block: u64) -> anyhow::Result<()> {
		self.read_attestors(at, block).await?;
		self.reload();
		self.heed(at, block).await?;
		let now = Now::at(block);
		self.leases(at, now).await?;
		// Leases are served whatever becomes of the market; a lost connection shows at the next read.
		if let Err(error) = self.trade(at, now).await {
			tracing::warn!(error = format!("{error:#}"), "the market could not be read");
		}
		Ok(())
	}
}

/// The machine at a final block. A registration may be in a block that is not final yet, so a minute
/// is waited for it.
async fn registered(chain: &Chain, machine: u64) -> anyhow::Result<Machine> {
	let find = async {
		let mut blocks = chain.client().stream_blocks().await?;
		while let Some(block) = blocks.next().await {
			if let Some(found) = chain.machine(&block?.at().await?, machine).await? {
				return Ok(found);
			}
		}
		bail!("the node closed the stream of blocks")
	};
	tokio::time::timeout(Duration::from_secs(60), find)
		.await
		.unwrap_or_else(|_| {
			bail!(
				"machine {machine} is not registered: call providers.registerMachine and put its \
			 number into the configuration"
			)
		})
}
