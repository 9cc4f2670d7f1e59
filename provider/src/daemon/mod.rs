//! The loop: at each best block, look at the chain and do what is next.
//!
//! The chain is the only state that decides. Every step is safe to repeat: the runtime refuses it
//! the second time. So a restart, a lost transaction and a reorganisation are one case.
//!
//! What to do is decided in [`crate::decide`], which is pure; here it is done.
//!
//! | file | does |
//! |---|---|
//! | `mod.rs` | nodes, the loop, what every block needs |
//! | `presence.rs` | presence challenges |
//! | `leases.rs` | fixed jobs and metered leases |
//! | `market.rs` | reservations and bids |

mod leases;
mod market;
mod presence;

use crate::{
	chain::{terminal, At, Chain, Lease, Machine, MachineId, MachineStatus, Status},
	config::Config,
	decide::{reservations, Now},
	evidence::{self, Doors, Limiter, Reader, Server, Shelf, Times},
	fetch::Fetcher,
	presence::Product,
	store::Store,
};
use anyhow::{anyhow, bail, Context};
use market::MarketMemory;
use std::{
	collections::{HashMap, HashSet},
	sync::Arc,
	time::Duration,
};
use subxt::utils::AccountId32;
use subxt_signer::sr25519::Keypair;
use tokio::sync::{mpsc, watch};

/// Blocks after which the attestors are read again. Committees are read at each block.
const ATTESTORS_EVERY: u64 = 5;

/// What background work tells the loop.
enum Done {
	Product {
		challenge: u64,
		product: Option<Product>,
	},
	Job {
		lease: u64,
		outcome: Result<(), String>,
	},
}

/// Runs until `stop` turns true or the connection is lost.
pub struct Daemon {
	config: Config,
	chain: Arc<Chain>,
	store: Arc<Store>,
	shelf: Shelf,
	fetcher: Arc<Fetcher>,
	provider: AccountId32,
	products: HashMap<u64, Product>,
	/// Challenges and leases being worked on in the background.
	busy: HashSet<String>,
	/// Whether the machine was seen to take leases since the start.
	online: bool,
	/// The block in which the attestors were read last.
	attestors_read: Option<u64>,
	/// What is known of the market.
	market: MarketMemory,
	done: (mpsc::UnboundedSender<Done>, mpsc::UnboundedReceiver<Done>),
}

/// Serve the machine until `stop`: connects to one node after the other, with back-off.
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
	let (chain, first) = connect(&config, &signer, &stop).await?;
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
	let mut chain = Some(chain);
	while !*stop.borrow() {
		let current = match chain.take() {
			Some(chain) => chain,
			None => connect(&config, &signer, &stop).await?.0,
		};
		let mut daemon = Daemon::new(
			&config,
			current,
			store.clone(),
			shelf.clone(),
			fetcher.clone(),
		)
		.await?;
		if let Err(error) = daemon.follow(stop.clone()).await {
			tracing::warn!(
				error = format!("{error:#}"),
				"connection lost; trying again"
			);
		}
	}
	serving.await?;
	Ok(())
}

/// The first node that answers. Waits longer after each round, at most half a minute.
async fn connect(
	config: &Config,
	signer: &Keypair,
	stop: &watch::Receiver<bool>,
) -> anyhow::Result<(Arc<Chain>, String)> {
	let mut wait = Duration::from_millis(500);
	loop {
		for node in &config.nodes {
			match Chain::connect(node, signer.clone()).await {
				Ok(chain) => return Ok((chain, node.clone())),
				Err(error) => tracing::warn!(%node, error = format!("{error:#}"), "no connection"),
			}
		}
		let mut stopped = stop.clone();
		tokio::select! {
			_ = tokio::time::sleep(wait) => {},
			_ = stopped.wait_for(|stop| *stop) => bail!("stopped before a node answered"),
		}
		wait = (wait * 2).min(Duration::from_secs(30));
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
		Ok(Self {
			config: config.clone(),
			provider: machine.provider,
			chain,
			store,
			shelf,
			fetcher,
			products: HashMap::new(),
			busy: HashSet::new(),
			online: false,
			attestors_read: None,
			market: MarketMemory::default(),
			done: mpsc::unbounded_channel(),
		})
	}

	async fn follow(&mut self, mut stop: watch::Receiver<bool>) -> anyhow::Result<()> {
		// The stream begins with blocks that are final already: what they say is old.
		let first = self.chain.client().at_current_block().await?.block_number();
		let mut blocks = self.chain.client().stream_best_blocks().await?;
		let news = self.shelf.clone();
		let mut last: Option<(At, u64)> = None;
		loop {
			tokio::select! {
				_ = stop.wait_for(|stop| *stop) => return Ok(()),
				block = tokio::time::timeout(Duration::from_secs(120), blocks.next()) => {
					let block = block
						.map_err(|_| anyhow!("no block for two minutes"))?
						.ok_or_else(|| anyhow!("the node closed the stream of blocks"))??;
					let number = block.number();
					if number < first {
						continue;
					}
					self.shelf.roster().heard(number);
					let at = block.at().await?;
					last = Some((at, number));
				},
				Some(done) = self.done.1.recv() => self.note(done),
				_ = news.news().notified() => {},
			}
			if let Some((at, number)) = &last {
				self.tick(at, *number).await?;
			}
		}
	}

	fn note(&mut self, done: Done) {
		match done {
			Done::Product { challenge, product } => {
				self.busy.remove(&format!("product {challenge}"));
				if let Some(product) = product {
					self.products.insert(challenge, product);
				}
			},
			Done::Job { lease, outcome } => {
				self.busy.remove(&format!("job {lease}"));
				if let Err(reason) = outcome {
					self.refuse(lease, &reason);
				}
			},
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
		let challenge = self.chain.challenge(at, self.config.machine).await?;
		self.presence(challenge, block).await;
		let now = Now::at(block);
		self.leases(at, now).await?;
		// Leases are served whatever becomes of the market; a lost connection shows at the next read.
		if let Err(error) = self.trade(at, now).await {
			tracing::warn!(error = format!("{error:#}"), "the market could not be read");
		}
		Ok(())
	}

	/// Do what is next for each open lease of this machine.
	async fn leases(&mut self, at: &At, now: Now) -> anyhow::Result<()> {
		let mut open = HashSet::new();
		let mut short = Vec::new();
		let machine = self.config.machine;
		let is_open = |lease: &Lease| lease.machine.0 == machine && lease.status != Status::Closed;
		for lease in self.chain.leases(at, &self.provider, is_open).await? {
			open.insert(lease.id.0);
			short.extend(reservations::out_of_funds(&lease));
			self.lease(at, now, &lease).await?;
		}
		self.market.short = short;
		self.shelf.retain_jobs(|lease| open.contains(&lease));
		self.shelf.retain_tenancies(|lease| open.contains(&lease));
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
