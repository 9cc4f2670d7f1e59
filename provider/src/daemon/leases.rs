//! Leases: sends the calls that [`crate::decide`] asks for, and keeps the shelf of what is served.

use super::{Daemon, Done};
use crate::{
	chain::{
		terminal, At, JobDetails, Lease, LeaseId, PhaseView, Receipt, Run, Status, Task, Which,
	},
	decide::{
		jobs::{self, Delivery},
		metered,
		prices::{self, AssetPrice},
		reservations, Now,
	},
	evidence::{Reader, Served},
	fetch::FetchError,
	job_task::{JobTask, JobWork},
	metrics::Refusal,
	store::StoredReceipt,
};
use std::{collections::HashSet, sync::atomic::Ordering};
use terminal_primitives::market::JobSpec;

/// Leaves in one answer to a data challenge, as the runtime bounds them.
const MAX_ANSWERED: usize = 16;

/// What a block says of the machine, as far as its leases ask for it.
#[derive(Default)]
struct Seen {
	/// When it was proven.
	runs: Vec<Run>,
	/// What it costs in assets.
	prices: Vec<AssetPrice>,
}

impl Daemon {
	/// Do what is next for each open lease of this machine.
	pub(super) async fn leases(&mut self, at: &At, now: Now) -> anyhow::Result<()> {
		let machine = self.config.machine;
		let is_here = |lease: &Lease| lease.machine.0 == machine;
		let leases = self
			.chain
			.leases(at, &self.provider, Which::Open, is_here)
			.await?;
		let seen = self.seen(at, &leases).await?;
		let mut open = HashSet::new();
		let mut short = Vec::new();
		for lease in &leases {
			open.insert(lease.id.0);
			short.extend(reservations::out_of_funds(lease));
			self.lease(at, now, lease, &seen).await?;
		}
		self.market.short = short;
		self.open_leases = Some(leases.len());
		self.count(at, &leases).await;
		self.shelf.retain_jobs(|lease| open.contains(&lease));
		self.shelf.retain_tenancies(|lease| open.contains(&lease));
		Ok(())
	}

	/// Count the open leases, and what those paid that are closed since. What cannot be read now is
	/// at the next block.
	async fn count(&self, at: &At, leases: &[Lease]) {
		for id in self.metrics.has_leases(leases) {
			match self.chain.lease(at, id).await {
				Ok(lease) => self.metrics.is_over(id, lease.as_ref()),
				Err(error) => {
					tracing::debug!(error = format!("{error:#}"), "a lease is not counted")
				},
			}
		}
	}

	/// What of the machine must be known to decide on `leases`.
	async fn seen(&self, at: &At, leases: &[Lease]) -> anyhow::Result<Seen> {
		let machine = self.config.machine;
		let mut seen = Seen::default();
		if leases.iter().any(|lease| lease.metered.is_some()) {
			let uptime = self.chain.uptime(at, machine).await?;
			seen.runs = uptime.map(|uptime| uptime.runs).unwrap_or_default();
		}
		if leases.iter().any(prices::is_offered_in_an_asset) {
			seen.prices = self.chain.asset_prices(at, machine).await?;
		}
		Ok(seen)
	}

	/// Do what is next for one lease.
	async fn lease(&mut self, at: &At, now: Now, lease: &Lease, seen: &Seen) -> anyhow::Result<()> {
		if self.draining && lease.status == Status::Offered {
			let reason = "the machine drains and takes nothing new: `drain --undo` ends that";
			self.refuse(lease.id.0, Refusal::Draining, reason);
			return Ok(());
		}
		if prices::is_offered_in_an_asset(lease) && !prices::is_on_sale(lease, &seen.prices) {
			let reason =
				"the machine is not sold at that price in that asset; if it should be, call \
			              providers.setAssetPrice";
			self.refuse(lease.id.0, Refusal::Price, reason);
			return Ok(());
		}
		match (&lease.job, &lease.status) {
			(None, _) => self.metered(now, lease, &seen.runs).await,
			(Some(details), Status::Offered | Status::Running) => {
				self.job(now, lease, details).await
			},
			(Some(details), Status::Committed | Status::Delivering) => {
				self.deliver(at, now, lease, details).await
			},
			(Some(_), _) => Ok(()),
		}
	}

	async fn metered(&mut self, now: Now, lease: &Lease, runs: &[Run]) -> anyhow::Result<()> {
		let id = lease.id.0;
		let receipts = self.store.receipts(id)?;
		match metered::tenancy(lease, &receipts) {
			Some(tenancy) => self.shelf.put_tenancy(id, tenancy),
			None => self.shelf.retain_tenancies(|lease| lease != id),
		}
		let Some(step) = metered::next(now, lease, &receipts, runs) else {
			return Ok(());
		};
		let leases = terminal::transactions().leases();
		let (chain, block) = (&self.chain, now.block);
		match step {
			metered::Step::Accept => {
				let call = leases.accept(LeaseId(id));
				chain.send(format!("accept {id}"), block, call).await
			},
			// Its tenant would take from the muster what it needs to be in time.
			metered::Step::Start(_)
				if self.mustering.load(Ordering::Relaxed)
					&& metered::may_start_later(now, lease) =>
			{
				false
			},
			metered::Step::Start(handshake) => {
				let call = leases.start(LeaseId(id), handshake.map(on_chain));
				chain.send(format!("start {id}"), block, call).await
			},
			metered::Step::Settle(receipt) => {
				let name = format!("settle {id} {} {}", receipt.segment, receipt.milliseconds);
				let call = leases.settle(LeaseId(id), Some(on_chain(receipt)));
				chain.send(name, block, call).await
			},
			metered::Step::Count => {
				let call = leases.settle(LeaseId(id), None);
				chain.send(format!("count {id}"), block, call).await
			},
			metered::Step::Withdraw => {
				let call = leases.withdraw(LeaseId(id));
				chain.send(format!("withdraw {id}"), block, call).await
			},
			metered::Step::Close => {
				let call = leases.close(LeaseId(id));
				chain.send(format!("close {id}"), block, call).await
			},
			metered::Step::Resume => {
				let call = leases.resume(LeaseId(id));
				chain.send(format!("resume {id}"), block, call).await
			},
			metered::Step::Finish => {
				let call = leases.finish(LeaseId(id));
				chain.send(format!("finish {id}"), block, call).await
			},
		};
		Ok(())
	}

	async fn job(&mut self, now: Now, lease: &Lease, details: &JobDetails) -> anyhow::Result<()> {
		let id = lease.id.0;
		let stage = self.store.job(id)?.map(|record| record.stage);
		let is_on_shelf = self.shelf.job(id).is_some();
		match jobs::next(lease, stage.as_ref(), is_on_shelf) {
			Some(jobs::Step::Fetch) => self.work(id, details, JobWork::Fetch),
			Some(jobs::Step::Run) => self.work(id, details, JobWork::Run),
			Some(jobs::Step::Accept) => {
				let call = terminal::transactions().leases().accept(LeaseId(id));
				self.chain
					.send(format!("accept {id}"), now.block, call)
					.await;
			},
			Some(jobs::Step::Commit(root)) => {
				let call = terminal::transactions()
					.leases()
					.commit_result(LeaseId(id), root);
				self.chain
					.send(format!("commit_result {id}"), now.block, call)
					.await;
			},
			None => {},
		}
		Ok(())
	}

	/// Fetch and check, or run, in the background.
	fn work(&mut self, id: u64, details: &JobDetails, work: JobWork) {
		if !self.busy.insert(id) {
			return;
		}
		let job = JobTask {
			id,
			spec: spec_of(details),
			context: details.context,
			input_url: details.input_url.clone(),
			weights_url: details.weights_url.clone(),
			folder: self.config.data.clone(),
			store: self.store.clone(),
			shelf: self.shelf.clone(),
			fetcher: self.fetcher.clone(),
			cache: self.cache.clone(),
			executors: self.executors.clone(),
		};
		let done = self.done.0.clone();
		tokio::spawn(async move {
			let outcome = job.perform(work).await.map_err(|error| {
				let why = match error.is::<FetchError>() {
					true => Refusal::Fetch,
					false => Refusal::Job,
				};
				(why, format!("{error:#}"))
			});
			let _ = done.send(Done { lease: id, outcome });
		});
	}

	/// Serve evidence, answer demands and data challenges, and collect the payment.
	async fn deliver(
		&mut self,
		at: &At,
		now: Now,
		lease: &Lease,
		details: &JobDetails,
	) -> anyhow::Result<()> {
		let id = lease.id.0;
		let served = self.shelf.job(id);
		let root = served.as_ref().map(|served| served.finished.root());
		match (jobs::delivery(now, lease, root), served) {
			// After a restart: compute again what is not in memory.
			(Some(Delivery::Recompute), _) => self.work(id, details, JobWork::Run),
			(Some(Delivery::Foreign), _) => {
				let reason = "another result was committed for this machine";
				self.refuse(id, Refusal::Foreign, reason)
			},
			(Some(Delivery::Serve { finish }), Some(served)) => {
				let disputed = self.answer(at, now, lease, details, &served).await?;
				// Leaves may be asked for after the verdict, too: nothing is paid before they are shown.
				if finish && !disputed {
					let call = terminal::transactions().leases().finish(LeaseId(id));
					self.chain
						.send(format!("finish {id}"), now.block, call)
						.await;
				}
			},
			_ => {},
		}
		Ok(())
	}

	/// Answer what is asked for on chain. Returns whether a data challenge is open.
	async fn answer(
		&self,
		at: &At,
		now: Now,
		lease: &Lease,
		details: &JobDetails,
		served: &Served,
	) -> anyhow::Result<bool> {
		let id = lease.id.0;
		let task = self.chain.task(at, id).await?;
		self.shelf
			.roster()
			.set_readers(id, readers(lease, task.as_ref()));
		for demand in &details.demands {
			if let Some(leaf) = served.finished.leaf(demand.index) {
				let call = terminal::transactions()
					.leases()
					.answer_demand(LeaseId(id), subxt::utils::Static(leaf));
				let name = format!("answer_demand {id} {}", demand.index);
				self.chain.send(name, now.block, call).await;
			}
		}
		let Some(task) = task else {
			return Ok(false);
		};
		if let PhaseView::DataChallenge { indices, .. } = &task.phase {
			// As many as one call takes: then its fee is given back, where few members asked.
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
			self.chain.send(name, now.block, call).await;
			return Ok(true);
		}
		Ok(false)
	}
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

fn on_chain(receipt: StoredReceipt) -> Receipt {
	Receipt {
		segment: receipt.segment,
		milliseconds: receipt.milliseconds,
		signature: receipt.signature,
	}
}

fn spec_of(details: &JobDetails) -> JobSpec {
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
