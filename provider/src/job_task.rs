//! A fixed job's background work: fetch and check, then run and keep the result on the shelf.

use crate::{
	evidence::{Served, Shelf},
	fetch::Fetcher,
	network_job::{self, Files},
	store::{JobRecord, JobStage, Store},
};
use std::{
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
		let weights = files.weights.clone();
		let (spec, context) = (self.spec.clone(), self.context);
		let finished = with_progress(spec.items, move |done| {
			network_job::run(&spec, &context, &files, done)
		})
		.await?;
		let root = finished.root();
		self.shelf.put_job(self.id, Served { finished, weights });
		self.store
			.put_job(self.id, &record(JobStage::Computed { root }))?;
		tracing::info!(lease = self.id, items = self.spec.items, "job computed");
		Ok(())
	}

	/// From the data folder, or fetched and then kept there. Checked either way.
	async fn files(&self) -> anyhow::Result<Files> {
		let folder = self.folder.join("jobs").join(self.id.to_string());
		let bytes = u64::from(self.spec.items).saturating_mul(u64::from(self.spec.input_bytes));
		let inputs = self
			.cached(&folder.join("inputs"), &self.input_url, bytes)
			.await?;
		let weights_bytes = u64::from(self.spec.weights_bytes);
		let weights = self
			.cached(&folder.join("weights"), &self.weights_url, weights_bytes)
			.await?;
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
		if let Some(folder) = file.parent() {
			tokio::fs::create_dir_all(folder).await?;
		}
		// Written aside and renamed, so that a crash leaves no half file.
		let aside = file.with_extension("part");
		tokio::fs::write(&aside, &bytes).await?;
		tokio::fs::rename(&aside, file).await?;
		Ok(bytes)
	}
}

/// Run `work` on the blocking pool, with a bar when somebody is watching and the work is long.
async fn with_progress<T: Send + 'static>(
	items: u32,
	work: impl FnOnce(&AtomicU32) -> T + Send + 'static,
) -> anyhow::Result<T> {
	let done = Arc::new(AtomicU32::new(0));
	let counter = done.clone();
	let mut running = tokio::task::spawn_blocking(move || work(&counter));
	if !std::io::stderr().is_terminal() {
		return Ok(running.await?);
	}
	let bar = indicatif::ProgressBar::new(u64::from(items));
	loop {
		tokio::select! {
			finished = &mut running => {
				bar.finish_and_clear();
				return Ok(finished?);
			},
			_ = tokio::time::sleep(Duration::from_millis(200)) => {
				bar.set_position(u64::from(done.load(Ordering::Relaxed)));
			},
		}
	}
}
