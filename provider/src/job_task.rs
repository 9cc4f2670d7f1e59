//! A fixed job's background work: fetch and check, then run and keep the result on the shelf.

use crate::{
	cache::Cache,
	evidence::{Served, Shelf},
	executor::{Executors, Kind, Work},
	fetch::Fetcher,
	network_job::{self, Files, Mismatch},
	store::{JobRecord, JobStage, Store},
};
use std::{
	future::Future,
	io::IsTerminal,
	path::{Path, PathBuf},
	sync::{
		atomic::{AtomicU32, Ordering},
		Arc,
	},
	time::Duration,
};
use terminal_primitives::market::JobSpec;

/// How far background work goes.
#[derive(Clone, Copy)]
pub enum JobWork {
	/// Fetch and check, so that the job can be accepted.
	Fetch,
	/// The above if need be, then run and keep the result on the shelf.
	Run,
}

/// A job's background work.
pub struct JobTask {
	pub id: u64,
	pub spec: JobSpec,
	pub context: [u8; 32],
	pub input_url: String,
	pub weights_url: String,
	pub folder: PathBuf,
	pub store: Arc<Store>,
	pub shelf: Shelf,
	pub fetcher: Arc<Fetcher>,
	pub cache: Arc<Cache>,
	pub executors: Arc<Executors>,
}

impl JobTask {
	/// Do it. An error says why the job cannot be done.
	pub async fn perform(self, work: JobWork) -> anyhow::Result<()> {
		let record = |stage| JobRecord {
			stage,
			items: self.spec.items,
			input_bytes: self.spec.input_bytes,
		};
		let files = match self.files().await {
			Ok(files) => files,
			Err(error) => {
				// What was not accepted is not owed; what was is refunded at its deadline.
				if matches!(work, JobWork::Fetch) {
					let reason = format!("{error:#}");
					self.store
						.put_job(self.id, &record(JobStage::Failed { reason }))?;
				}
				return Err(error);
			},
		};
		if matches!(work, JobWork::Fetch) {
			self.store.put_job(self.id, &record(JobStage::Fetched))?;
			return Ok(());
		}
		let Files { inputs, weights } = files;
		let outputs = self.outputs(&inputs, &weights).await?;
		let (spec, context) = (self.spec.clone(), self.context);
		let finish = move || network_job::finish(&spec, &context, inputs, outputs);
		let finished = tokio::task::spawn_blocking(finish).await?;
		let root = finished.root();
		self.shelf.put_job(self.id, Served { finished, weights });
		self.store
			.put_job(self.id, &record(JobStage::Computed { root }))?;
		tracing::info!(lease = self.id, items = self.spec.items, "job computed");
		Ok(())
	}

	/// One output for each input.
	async fn outputs(&self, inputs: &[u8], weights: &[u8]) -> anyhow::Result<Vec<Vec<u8>>> {
		let spec = &self.spec;
		let kind = Kind::of_runner(spec.runner).ok_or(Mismatch::Runner(spec.runner))?;
		let work = Work {
			program: weights.to_vec().into(),
			inputs: inputs.to_vec().into(),
			item_bytes: (spec.input_bytes as usize).max(1),
			output_bytes: spec.output_bytes as usize,
			done: Arc::default(),
		};
		let done = work.done.clone();
		let running = self.executors.get(kind)?.execute(work);
		Ok(with_progress(spec.items, &done, running).await?)
	}

	/// From the data folder, or fetched and then kept there. Checked either way.
	async fn files(&self) -> anyhow::Result<Files> {
		let folder = self.folder.join("jobs").join(self.id.to_string());
		let bytes = u64::from(self.spec.items).saturating_mul(u64::from(self.spec.input_bytes));
		let inputs = self
			.cached(&folder.join("inputs"), &self.input_url, bytes)
			.await?;
		let weights = self.weights(&folder.join("weights")).await?;
		match network_job::check(&self.spec, inputs, weights) {
			Ok(files) => Ok(files),
			Err(mismatch) => {
				let _ = tokio::fs::remove_dir_all(&folder).await;
				Err(mismatch.into())
			},
		}
	}

	async fn cached(&self, file: &Path, url: &str, cap: u64) -> anyhow::Result<Vec<u8>> {
		if let Ok(bytes) = tokio::fs::read(file).await {
			return Ok(bytes);
		}
		let bytes = self.fetcher.fetch(url, cap).await?;
		keep(file, &bytes).await?;
		Ok(bytes)
	}

	/// The weights. The job keeps a copy of its own: the cache may drop them while it is owed.
	async fn weights(&self, file: &Path) -> anyhow::Result<Vec<u8>> {
		if let Ok(bytes) = tokio::fs::read(file).await {
			return Ok(bytes);
		}
		let (root, cap) = (&self.spec.weights_root, self.spec.weights_bytes.into());
		let bytes = self
			.cache
			.get(root, &self.weights_url, cap, &self.fetcher)
			.await?;
		keep(file, &bytes).await?;
		Ok(bytes)
	}
}

/// Write `file` aside and rename it, so that a crash leaves no half file.
async fn keep(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
	if let Some(folder) = file.parent() {
		tokio::fs::create_dir_all(folder).await?;
	}
	let aside = file.with_extension("part");
	tokio::fs::write(&aside, bytes).await?;
	tokio::fs::rename(&aside, file).await
}

/// Wait for `work`, with a bar of what is `done` when somebody is watching and the work is long.
async fn with_progress<T>(items: u32, done: &AtomicU32, work: impl Future<Output = T>) -> T {
	if !std::io::stderr().is_terminal() {
		return work.await;
	}
	let bar = indicatif::ProgressBar::new(u64::from(items));
	let mut work = std::pin::pin!(work);
	loop {
		tokio::select! {
			finished = &mut work => {
				bar.finish_and_clear();
				return finished;
			},
			_ = tokio::time::sleep(Duration::from_millis(200)) => {
				bar.set_position(u64::from(done.load(Ordering::Relaxed)));
			},
		}
	}
}
