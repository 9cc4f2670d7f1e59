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
//! | `presence.rs` | presence challenges, beside the loop: they wait for nothing |
//! | `leases.rs` | fixed jobs and metered leases |
//! | `market.rs` | reservations and bids |

mod heads;
mod leases;
mod market;
mod nodes;
mod presence;
#[cfg(test)]
mod tests;

use crate::{
	cache::Cache,
	chain::{terminal, At, Chain, Machine, MachineId, MachineStatus},
	config::Config,
	decide::Now,
	evidence::{self, Doors, Limiter, Reader, Server, Shelf, Times},
	executor::Executors,
	fetch::Fetcher,
	store::Store,
};
use anyhow::{bail, Context};
use heads::Newest;
use market::MarketMemory;
use nodes::Nodes;
use presence::Presence;
use std::{
	collections::HashSet,
	sync::Arc,
	time::{Duration, Instant},
};
use subxt::utils::AccountId32;
use subxt_signer::sr25519::Keypair;
use tokio::{
	sync::{mpsc, watch},
	task::JoinSet,
};

/// Blocks after which the attestors are read again. Committees are read at each block.
const ATTESTORS_EVERY: u64 = 5;

/// A node that shows no new block for so long is lost: ten slots.
const STALLED: Duration = Duration::from_secs(60);

/// What a job's background work tells the loop.
struct Done {
	lease: u64,
	outcome: Result<(), String>,
}

/// Runs until `stop` turns true or the connection is lost.
pub struct Daemon {
	config: Config,
	chain: Arc<Chain>,
	store: Arc<Store>,
	shelf: Shelf,
	fetcher: Arc<Fetcher>,
	cache: Arc<Cache>,
	executors: Arc<Executors>,
	provider: AccountId32,
	/// Leases whose job is being worked on in the background.
	busy: HashSet<u64>,
	/// Whether the machine was seen to take leases since the start.
	online: bool,
	/// The block in which the attestors were read last.
	attestors_read: Option<u64>,
	/// A node that shows no new block for so long is lost.
	stalled: Duration,
	/// What is known of the market.
	market: MarketMemory,
	done: (mpsc::UnboundedSender<Done>, mpsc::UnboundedReceiver<Done>),
}

/// Serve the machine until `stop`, by one node after the other.
pub async fn run(
	config: Config,
	signer: Keypair,
	stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
	let store = Arc::new(Store::open(&config.data)?);
	let listener = tokio::net::TcpListener::bind(config.evidence.listen)
		.await
		.with_context(|| {
			format!(
				"cannot listen on {}: is the port taken?",
				config.evidence.listen
			)
		})?;
	let mut nodes = Nodes::new(config.nodes.clone());
	let mut stopped = stop.clone();
	let (chain, first) = tokio::select! {
		found = nodes.connect(async |node| Chain::connect(node, signer.clone()).await) => found,
		_ = stopped.wait_for(|stop| *stop) => bail!("stopped before a node answered"),
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
		server,
		doors,
		Times::default(),
		stop.clone(),
	));
	tracing::info!(listen = %config.evidence.listen, node = %first, "serving");

	let fetcher = Arc::new(Fetcher::new(config.limits.clone())?);
	let genesis = chain.genesis();
	let (store, shelf) = (&store, &shelf);
	let make = async |chain| {
		let (store, shelf) = (store.clone(), shelf.clone());
		Daemon::new(&config, chain, store, shelf, fetcher.clone()).await
	};
	let open = async |node: &str| {
		let chain = Chain::connect(node, signer.clone()).await?;
		if chain.genesis() != genesis {
			bail!("it is a node of another chain: take it out of the configuration");
		}
		make(chain).await
	};
	// What is wrong with the first one is told at once.
	let daemon = make(chain).await?;
	by_turns(daemon, nodes, open, stop).await;
	serving.await?;
	Ok(())
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
		let Err(error) = daemon.follow(stop.clone()).await else {
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
	async fn new(
		config: &Config,
		chain: Arc<Chain>,
		store: Arc<Store>,
		shelf: Shelf,
		fetcher: Arc<Fetcher>,
	) -> anyhow::Result<Self> {
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
			provider: machine.provider,
			chain,
			store,
			shelf,
			fetcher,
			cache: Arc::new(cache),
			executors: Arc::new(Executors::new(&config.executors)?),
			busy: HashSet::new(),
			online: false,
			attestors_read: None,
			stalled: STALLED,
			market: MarketMemory::default(),
			done: mpsc::unbounded_channel(),
		})
	}

	/// Follow the chain by this connection until `stop`; or until it is of no use any more: an error.
	async fn follow(&mut self, mut stop: watch::Receiver<bool>) -> anyhow::Result<()> {
		let (tell, newest) = watch::channel(None);
		// Both end when this does, and end by an error only.
		let mut beside = JoinSet::new();
		beside.spawn(heads::follow(self.chain.clone(), tell, self.stalled));
		let presence = Presence::new(self.chain.clone(), self.config.machine);
		beside.spawn(presence.follow(newest.clone()));
		tokio::select! {
			_ = stop.wait_for(|stop| *stop) => Ok(()),
			Some(ended) = beside.join_next() => ended?,
			ended = self.serve(newest) => ended,
		}
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
		if let Err(reason) = outcome {
			self.refuse(lease, &reason);
		}
	}

	fn refuse(&self, lease: u64, reason: &str) {
		match self.store.note_refusal(lease, reason) {
			Ok(true) => tracing::warn!(lease, reason, "refused"),
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
			self.chain.send("set_status".into(), block, call).await;
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
		if !self.online {
			self.come_online(at, block).await?;
		}
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
