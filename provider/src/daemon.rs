//! The loop: at each best block, look at the chain and do what is next.
//!
//! The chain is the only state that decides. Every step is safe to repeat: the runtime refuses it
//! the second time. So a restart, a lost transaction and a reorganisation are one case.

use crate::{
	chain::{
		terminal, At, Chain, ChallengeView, Lease, LeaseId, MachineId, MachineStatus, MachineView,
		MeteredView, Pause, PhaseView, PresencePhase, Receipt, Status, Task, PAGE,
	},
	config::Config,
	evidence::{self, Doors, Limiter, Reader, Server, Shelf, Tenancy, Times},
	fetch::Fetcher,
	job_task::{JobTask, JobWork},
	presence::Product,
	store::{JobStage, Store, StoredReceipt},
};
use anyhow::{anyhow, bail, Context};
use std::{
	collections::{HashMap, HashSet},
	sync::Arc,
	time::Duration,
};
use subxt::utils::AccountId32;
use subxt_signer::sr25519::Keypair;
use terminal_primitives::market::JobSpec;
use tokio::sync::{mpsc, watch};

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
	/// Leases below this number are closed for good.
	settled_below: u64,
	/// The block in which the attestors were read last.
	attestors_read: Option<u64>,
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
			settled_below: 0,
			attestors_read: None,
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

		let mut open = HashSet::new();
		let mut from = self.settled_below;
		let mut lowest = None;
		loop {
			let page = self.chain.leases(at, &self.provider, from).await?;
			let full = page.len() == PAGE;
			if let Some(last) = page.last() {
				from = last.id.0.saturating_add(1);
			}
			for lease in page {
				if lease.machine.0 != self.config.machine || lease.status == Status::Closed {
					continue;
				}
				lowest = lowest.or(Some(lease.id.0));
				open.insert(lease.id.0);
				self.lease(at, block, &lease).await?;
			}
			if !full {
				break;
			}
		}
		// What lies below the lowest open lease is over and need not be read again.
		self.settled_below = lowest.unwrap_or(from);
		self.shelf.retain_jobs(|lease| open.contains(&lease));
		self.shelf.retain_tenancies(|lease| open.contains(&lease));
		Ok(())
	}

	// --- presence -----------------------------------------------------------------------------

	async fn presence(&mut self, challenge: Option<ChallengeView>, block: u64) {
		let Some(challenge) = challenge else {
			self.products.clear();
			return;
		};
		let id = challenge.id.0;
		self.products.retain(|known, _| *known == id);
		let Some(product) = self.products.get(&id) else {
			self.compute(challenge);
			return;
		};
		match (&challenge.phase, &challenge.entries) {
			(PresencePhase::AwaitingCommit, _) => {
				let call = terminal::transactions()
					.attestation()
					.commit_presence(challenge.id, product.root());
				self.chain
					.send(format!("commit_presence {id}"), block, call)
					.await;
			},
			(PresencePhase::AwaitingAnswer { root, .. }, Some(entries)) => {
				if *root != product.root() {
					tracing::error!(
						challenge = id,
						"another root was committed for this machine"
					);
					return;
				}
				let Some(pieces) = product.answer(entries) else {
					return;
				};
				let pieces = pieces
					.into_iter()
					.map(|piece| crate::chain::piece(piece.entries, piece.path))
					.collect();
				let call = terminal::transactions()
					.attestation()
					.answer_presence(challenge.id, crate::chain::bounded(pieces));
				self.chain
					.send(format!("answer_presence {id}"), block, call)
					.await;
			},
			(PresencePhase::AwaitingAnswer { .. }, None) => {},
		}
	}

	fn compute(&mut self, challenge: ChallengeView) {
		let id = challenge.id.0;
		if !self.busy.insert(format!("product {id}")) {
			return;
		}
		let done = self.done.0.clone();
		tokio::task::spawn_blocking(move || {
			let product = Product::compute(&challenge.seed, challenge.n, &challenge.seed);
			let _ = done.send(Done::Product {
				challenge: id,
				product,
			});
		});
	}

	// --- leases -------------------------------------------------------------------------------

	async fn lease(&mut self, at: &At, block: u64, lease: &Lease) -> anyhow::Result<()> {
		match (&lease.status, lease.job.is_some()) {
			(Status::Offered, true) | (Status::Running, true) => self.job(block, lease).await,
			(Status::Committed, true) | (Status::Delivering, true) => {
				self.deliver(at, block, lease).await
			},
			(Status::Offered, false) => {
				let call = terminal::transactions()
					.leases()
					.accept(LeaseId(lease.id.0));
				self.chain
					.send(format!("accept {}", lease.id.0), block, call)
					.await;
				Ok(())
			},
			(Status::Accepted, false) => self.start(block, lease).await,
			(Status::Active | Status::Paused | Status::Closing | Status::Disputed, false) => {
				self.meter(block, lease).await
			},
			_ => Ok(()),
		}
	}

	async fn job(&mut self, block: u64, lease: &Lease) -> anyhow::Result<()> {
		let id = lease.id.0;
		let Some(details) = &lease.job else {
			return Ok(());
		};
		let record = self.store.job(id)?;
		let offered = lease.status == Status::Offered;
		match record.map(|record| record.stage) {
			Some(JobStage::Failed { .. }) => {},
			Some(JobStage::Fetched) if offered => {
				let call = terminal::transactions().leases().accept(LeaseId(id));
				self.chain.send(format!("accept {id}"), block, call).await;
			},
			Some(JobStage::Computed { root }) if !offered && self.shelf.job(id).is_some() => {
				let call = terminal::transactions()
					.leases()
					.commit_result(LeaseId(id), root);
				self.chain
					.send(format!("commit_result {id}"), block, call)
					.await;
			},
			_ => {
				let work = if offered {
					JobWork::Fetch
				} else {
					JobWork::Run
				};
				self.work(id, spec_of(details), details, work);
			},
		}
		Ok(())
	}

	/// Fetch and check, or run, in the background.
	fn work(&mut self, id: u64, spec: JobSpec, details: &crate::chain::JobDetails, work: JobWork) {
		if !self.busy.insert(format!("job {id}")) {
			return;
		}
		let job = JobTask {
			id,
			spec,
			context: details.context,
			input_url: details.input_url.clone(),
			weights_url: details.weights_url.clone(),
			folder: self.config.data.clone(),
			store: self.store.clone(),
			shelf: self.shelf.clone(),
			fetcher: self.fetcher.clone(),
		};
		let done = self.done.0.clone();
		tokio::spawn(async move {
			let outcome = job
				.perform(work)
				.await
				.map_err(|error| format!("{error:#}"));
			let _ = done.send(Done::Job { lease: id, outcome });
		});
	}

	/// Serve evidence, answer demands and data challenges, and collect the payment.
	async fn deliver(&mut self, at: &At, block: u64, lease: &Lease) -> anyhow::Result<()> {
		let id = lease.id.0;
		let Some(details) = &lease.job else {
			return Ok(());
		};
		let Some(served) = self.shelf.job(id) else {
			// After a restart: compute again what is not in memory.
			self.work(id, spec_of(details), details, JobWork::Run);
			return Ok(());
		};
		if details.result_root != Some(served.finished.root()) {
			self.refuse(id, "another result was committed for this machine");
			return Ok(());
		}
		let task = self.chain.task(at, id).await?;
		self.shelf
			.roster()
			.set_readers(id, readers(lease, task.as_ref()));
		for demand in &details.demands {
			if let Some(leaf) = served.finished.leaf(demand.index) {
				let call = terminal::transactions()
					.leases()
					.answer_demand(LeaseId(id), subxt::utils::Static(leaf));
				self.chain
					.send(format!("answer_demand {id} {}", demand.index), block, call)
					.await;
			}
		}
		if let Some(task) = task {
			if let PhaseView::DataChallenge { indices, .. } = &task.phase {
				let leaves: Vec<_> = indices
					.iter()
					.take(MAX_ANSWERED)
					.filter_map(|index| served.finished.leaf(*index))
					.map(subxt::utils::Static)
					.collect();
				let name = format!("answer_data_challenge {id} {:?}", indices.first());
				let call = terminal::transactions()
					.attestation()
					.answer_data_challenge(
						task.id,
						crate::chain::bounded(leaves),
						crate::chain::bounded(served.weights.clone()),
					);
				self.chain.send(name, block, call).await;
			}
		}
		let over = lease
			.until_block
			.is_some_and(|until| block > u64::from(until));
		if lease.status == Status::Delivering && over && details.demands.is_empty() {
			let call = terminal::transactions().leases().finish(LeaseId(id));
			self.chain.send(format!("finish {id}"), block, call).await;
		}
		Ok(())
	}

	/// Start a metered lease once the tenant shook hands.
	async fn start(&mut self, block: u64, lease: &Lease) -> anyhow::Result<()> {
		let id = lease.id.0;
		let Some(metered) = &lease.metered else {
			return Ok(());
		};
		if self.shelf.tenancy(id).is_none() {
			self.shelf.put_tenancy(
				id,
				Tenancy {
					tenant: metered.tenant,
					consumer: lease.consumer.0,
					segment: 0,
					since: None,
					grace_ms: metered.grace_ms.unwrap_or(0),
					acknowledged_ms: 0,
				},
			);
		}
		let receipts = self.store.receipts(id)?;
		let handshake = receipts.into_iter().find(|receipt| receipt.segment == 0);
		let awaited = metered.tenant.is_some() && !metered.handshake_shown;
		if awaited && handshake.is_none() {
			return Ok(());
		}
		let call = terminal::transactions().leases().start(
			LeaseId(id),
			handshake.filter(|_| metered.tenant.is_some()).map(on_chain),
		);
		self.chain.send(format!("start {id}"), block, call).await;
		Ok(())
	}

	/// Serve a running metered lease, settle now and then, resume it after maintenance, and finish
	/// it when it is over.
	async fn meter(&mut self, block: u64, lease: &Lease) -> anyhow::Result<()> {
		let id = lease.id.0;
		let Some(metered) = &lease.metered else {
			return Ok(());
		};
		let receipts = self.store.receipts(id)?;
		let Some(segment) = metered.segments.last() else {
			return Ok(());
		};
		if matches!(lease.status, Status::Active | Status::Paused) {
			let runs = lease.status == Status::Active;
			let shown = receipts
				.iter()
				.find(|receipt| receipt.segment == segment.number);
			self.shelf.put_tenancy(
				id,
				Tenancy {
					tenant: segment.tenant,
					consumer: lease.consumer.0,
					segment: segment.number,
					since: runs.then_some(segment.from),
					grace_ms: metered.grace_ms.unwrap_or(0),
					acknowledged_ms: shown.map_or(segment.acknowledged_ms, |receipt| {
						receipt.milliseconds.max(segment.acknowledged_ms)
					}),
				},
			);
		} else {
			self.shelf.retain_tenancies(|lease| lease != id);
		}
		if let Some(receipt) = news(block, lease, &receipts) {
			let name = format!("settle {id} {} {}", receipt.segment, receipt.milliseconds);
			let call = terminal::transactions()
				.leases()
				.settle(LeaseId(id), Some(on_chain(receipt)));
			self.chain.send(name, block, call).await;
			return Ok(());
		}
		let leases = terminal::transactions().leases();
		match lease.status {
			Status::Active if is_over(metered.ends_at) => {
				let call = leases.close(LeaseId(id));
				self.chain.send(format!("close {id}"), block, call).await;
			},
			Status::Paused if is_over(metered.pause_over_at) => {
				let call = leases.close(LeaseId(id));
				self.chain.send(format!("close {id}"), block, call).await;
			},
			Status::Paused if is_over(maintained_until(metered)) => {
				let call = leases.resume(LeaseId(id));
				self.chain.send(format!("resume {id}"), block, call).await;
			},
			Status::Closing | Status::Disputed if is_final(block, lease) => {
				let call = leases.finish(LeaseId(id));
				self.chain.send(format!("finish {id}"), block, call).await;
			},
			_ => {},
		}
		Ok(())
	}
}

/// The next receipt to be shown on chain. Of the segment that runs, about every minute of service;
/// of one that is over, at once, before its claim window is. A sealed one takes none any more.
fn news(block: u64, lease: &Lease, receipts: &[StoredReceipt]) -> Option<StoredReceipt> {
	// Nothing is taken after the claim window: what waits for it would wait for ever.
	if lease
		.until_block
		.is_some_and(|until| block > u64::from(until))
	{
		return None;
	}
	let metered = lease.metered.as_ref()?;
	let is_news = |receipt: &&StoredReceipt| {
		let segment = metered
			.segments
			.iter()
			.find(|segment| segment.number == receipt.segment && !segment.sealed);
		segment.is_some_and(|segment| {
			let more = receipt.milliseconds.saturating_sub(segment.acknowledged_ms);
			let is_open = lease.status == Status::Active && segment.to.is_none();
			more > 0 && (!is_open || more >= SETTLE_EVERY_MS)
		})
	};
	receipts.iter().find(is_news).cloned()
}

/// Until when the maintenance lasts by plan that a lease is paused for.
fn maintained_until(metered: &MeteredView) -> Option<u64> {
	match metered.paused {
		Some(Pause::Maintenance { until }) => Some(until),
		Some(Pause::Funds) | None => None,
	}
}

/// Whether `finish` pays what is due: uptime is final, and no arbiter is waited for.
fn is_final(block: u64, lease: &Lease) -> bool {
	let resolved = lease.metered.as_ref().is_some_and(|metered| {
		let end = metered.segments.last().and_then(|segment| segment.to);
		end.is_some_and(|end| metered.resolved_until >= end)
	});
	let decided = lease.status != Status::Disputed
		|| lease
			.until_block
			.is_some_and(|until| block > u64::from(until));
	resolved && decided
}

/// The machine at a final block. A registration may be in a block that is not final yet, so a minute
/// is waited for it.
async fn registered(chain: &Chain, machine: u64) -> anyhow::Result<MachineView<AccountId32>> {
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

/// Who may read the evidence of one job: the task's committee, with the keys it was drawn with, and
/// the consumer, whose account is its key.
fn readers(lease: &Lease, task: Option<&Task>) -> Vec<Reader> {
	let seats = task.map(|task| task.seats.as_slice()).unwrap_or_default();
	let members = seats.iter().map(|seat| Reader {
		account: seat.account.0,
		key: seat.key,
	});
	members.chain([Reader::own(lease.consumer.0)]).collect()
}

/// Blocks after which the attestors are read again. Committees are read at each block.
const ATTESTORS_EVERY: u64 = 5;
/// Settle while a lease runs when so much more was acknowledged, in milliseconds.
const SETTLE_EVERY_MS: u64 = 60_000;
/// Leaves in one answer to a data challenge, as the runtime bounds them.
const MAX_ANSWERED: usize = 16;

fn is_over(ends_at: Option<u64>) -> bool {
	let now = std::time::SystemTime::now()
		.duration_since(std::time::UNIX_EPOCH)
		.map_or(0, |time| time.as_millis() as u64);
	ends_at.is_some_and(|end| now > end)
}

fn on_chain(receipt: StoredReceipt) -> Receipt {
	Receipt {
		segment: receipt.segment,
		milliseconds: receipt.milliseconds,
		signature: receipt.signature,
	}
}

fn spec_of(details: &crate::chain::JobDetails) -> JobSpec {
	JobSpec {
		input_root: details.input_root,
		weights_root: details.weights_root,
		items: details.items,
		weights_bytes: details.weights_bytes,
		input_bytes: details.input_bytes,
		output_bytes: details.output_bytes,
		multiplications: details.multiplications,
		runner: details.runner,
	}
}
