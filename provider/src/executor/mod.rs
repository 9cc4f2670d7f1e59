//! Executors: what runs a job's items. One trait, one folder or file each.
//!
//! | executor | runs | serves today |
//! |---|---|---|
//! | [`network`] | integer networks, exactly | fixed jobs of the chain (runner 1) |
//! | [`wasm`] | a WebAssembly module, byte for byte the same everywhere | `terminal-provider execute` |
//! | [`docker`] | a container image by digest, with GPUs | `terminal-provider execute` |
//!
//! Every item is run by itself: its output depends on the program and on the item, never on its
//! neighbours. So one item can be run again to check it.

pub mod command;
mod docker;
mod network;
mod wasm;

use crate::config;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use std::sync::{atomic::AtomicU32, Arc};

/// An executor's name, as it is configured and told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
	/// Integer networks.
	IntegerNetwork,
	/// WebAssembly modules.
	Wasm,
	/// Container images.
	Docker,
}

impl Kind {
	/// What runs jobs of the chain's `runner`; `None` where this daemon has nothing for it.
	pub fn of_runner(runner: u16) -> Option<Self> {
		match runner {
			1 => Some(Self::IntegerNetwork),
			_ => None,
		}
	}
}

impl std::fmt::Display for Kind {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		f.write_str(match self {
			Self::IntegerNetwork => "integer-network",
			Self::Wasm => "wasm",
			Self::Docker => "docker",
		})
	}
}

/// A batch of items for one program.
#[derive(Clone)]
pub struct Work {
	/// The network's weights, the module, or the image's reference as text.
	pub program: Bytes,
	/// The items, one after the other.
	pub inputs: Bytes,
	/// Bytes of an item; 0: everything is one item.
	pub item_bytes: usize,
	/// The most bytes that one item's output may have. The executor's own bound holds too.
	pub output_bytes: usize,
	/// Counts finished items for whoever shows progress.
	pub done: Arc<AtomicU32>,
}

impl Work {
	/// The items, in order.
	fn items(&self) -> Vec<Bytes> {
		if self.item_bytes == 0 {
			return vec![self.inputs.clone()];
		}
		self.inputs
			.chunks(self.item_bytes)
			.map(|item| self.inputs.slice_ref(item))
			.collect()
	}
}

/// Why a job has no result. Each says what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum ExecutorError {
	#[error("the executor {0} is off: set enabled = true in [executors.{0}]")]
	Disabled(Kind),
	#[error("item {item} used up its {limit} of fuel: the job is larger than agreed, or raise [executors.wasm] fuel")]
	Fuel { item: usize, limit: u64 },
	#[error("item {item} asked for more than {limit} bytes of memory: make the job smaller, or raise [executors.{kind}] memory_bytes")]
	Memory { kind: Kind, item: usize, limit: u64 },
	#[error("the job was not done in {seconds} s: give it fewer items, or raise [executors.{kind}] seconds")]
	Time { kind: Kind, seconds: u64 },
	#[error("item {item} wrote more than {limit} bytes: agree on longer outputs, or raise [executors.{kind}] output_bytes")]
	Output {
		kind: Kind,
		item: usize,
		limit: usize,
	},
	#[error("item {item} ended with exit code {code}: the program failed; it said: {said}")]
	Exit {
		item: usize,
		code: i64,
		said: String,
	},
	#[error("item {item} broke off: {reason}; the program is at fault")]
	Trap { item: usize, reason: String },
	#[error("the module is refused: {0}")]
	Module(String),
	#[error("the module imports {module}.{name}, which is not offered: build it for wasm32-wasip1 without threads, sockets or extensions")]
	Import { module: String, name: String },
	#[error(
		"{0} is no image by digest: name it like registry/name@sha256:<64 hexadecimal digits>"
	)]
	Reference(String),
	#[error("the image {0} is not on this machine: `docker pull` it, if you trust it")]
	ImageMissing(String),
	#[error("the image {0} declares volumes, which no limit bounds: build it without VOLUME")]
	Volumes(String),
	#[error("the Docker engine failed while it was to {step}: {reason}; see that it runs and that this user may open [executors.docker] socket")]
	Engine { step: &'static str, reason: String },
	#[error("the container's removal failed: {0}; remove those that `docker ps -a --filter label=terminal-provider` lists")]
	Removal(String),
	#[error("the executor {0} cannot be set up: {1}")]
	Setup(Kind, String),
	#[error("the job was given up by whoever asked for it")]
	Abandoned,
	#[error("the executor {0} gave {1} where {2} is right: take it out of service and report it")]
	Wrong(Kind, String, String),
}

/// Runs batches within the limits it was made with.
#[async_trait::async_trait]
pub trait Executor: Send + Sync {
	/// The output of each item, in order; or why there is none. Who drops the future ends the work
	/// soon; integer networks run to their end.
	async fn execute(&self, work: Work) -> Result<Vec<Vec<u8>>, ExecutorError>;

	/// Run something whose result is known, as far as that is possible; says what was shown.
	async fn probe(&self) -> Result<String, ExecutorError>;
}

/// The executors that the configuration switches on.
pub struct Executors {
	network: network::IntegerNetwork,
	wasm: Option<wasm::Wasm>,
	docker: Option<docker::Docker>,
}

impl Executors {
	/// Make those that are on.
	pub fn new(config: &config::Executors) -> Result<Self, ExecutorError> {
		let wasm = config.wasm.enabled.then(|| wasm::Wasm::new(&config.wasm));
		let docker = &config.docker;
		Ok(Self {
			network: network::IntegerNetwork,
			wasm: wasm.transpose()?,
			docker: docker.enabled.then(|| docker::Docker::new(docker)),
		})
	}

	/// The executor of that name, if it is on.
	pub fn get(&self, kind: Kind) -> Result<&dyn Executor, ExecutorError> {
		let off = ExecutorError::Disabled(kind);
		match kind {
			Kind::IntegerNetwork => Ok(&self.network),
			Kind::Wasm => self.wasm.as_ref().map(|one| one as _).ok_or(off),
			Kind::Docker => self.docker.as_ref().map(|one| one as _).ok_or(off),
		}
	}
}

/// What a probe must give, else it is an error that says so.
fn expect(kind: Kind, got: &[u8], right: &[u8]) -> Result<(), ExecutorError> {
	if got == right {
		return Ok(());
	}
	let told = |bytes: &[u8]| hex::encode(bytes.get(..32).unwrap_or(bytes));
	Err(ExecutorError::Wrong(kind, told(got), told(right)))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn only_integer_networks_run_unless_more_is_switched_on() {
		let executors = Executors::new(&config::Executors::default()).unwrap();
		assert!(executors.get(Kind::IntegerNetwork).is_ok());
		for kind in [Kind::Wasm, Kind::Docker] {
			let refused = executors.get(kind).err().unwrap().to_string();
			assert!(
				refused.contains(&format!("[executors.{kind}]")),
				"{refused}"
			);
		}
	}

	#[test]
	fn the_chain_has_one_runner_that_is_served() {
		assert_eq!(Kind::of_runner(1), Some(Kind::IntegerNetwork));
		assert_eq!(Kind::of_runner(0), None);
		assert_eq!(Kind::of_runner(2), None);
	}

	#[test]
	fn a_batch_is_cut_into_its_items() {
		let work = |item_bytes, inputs: &'static [u8]| Work {
			program: Bytes::new(),
			inputs: Bytes::from_static(inputs),
			item_bytes,
			output_bytes: 1,
			done: Default::default(),
		};
		assert_eq!(work(2, b"abcde").items(), [&b"ab"[..], b"cd", b"e"]);
		assert_eq!(work(0, b"abcde").items(), [&b"abcde"[..]]);
		assert_eq!(work(0, b"").items(), [&b""[..]], "no input is an input");
	}

	#[tokio::test]
	async fn a_probe_tells_right_from_wrong() {
		let executors = Executors::new(&config::Executors::default()).unwrap();
		let network = executors.get(Kind::IntegerNetwork).unwrap();
		network.probe().await.unwrap();
		assert!(expect(Kind::Wasm, b"1", b"2").is_err());
	}
}
