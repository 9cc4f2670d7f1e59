//! `[executors]`: what runs jobs besides integer networks, and within which limits.

use super::ConfigError;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Executors. All are off but integer networks, which are always served.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Executors {
	/// WebAssembly modules.
	pub wasm: Wasm,
	/// Container images.
	pub docker: Docker,
}

/// Limits on WebAssembly modules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Wasm {
	/// Whether modules are run.
	pub enabled: bool,
	/// Bytes of a module.
	pub module_bytes: u64,
	/// Fuel of an item: about one a WebAssembly instruction.
	pub fuel: u64,
	/// Bytes of memory of an item; below 4 GiB.
	pub memory_bytes: u64,
	/// Bytes of an item's output.
	pub output_bytes: usize,
	/// Seconds that a job may take, with all its items.
	pub seconds: u64,
	/// Items run at a time. Memory is needed for each.
	pub threads: usize,
}

impl Default for Wasm {
	fn default() -> Self {
		Self {
			enabled: false,
			module_bytes: 16 << 20,
			fuel: 10_000_000_000,
			memory_bytes: 512 << 20,
			output_bytes: 1 << 20,
			seconds: 600,
			threads: 1,
		}
	}
}

/// The Docker engine, and limits on containers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Docker {
	/// Whether containers are run.
	pub enabled: bool,
	/// The engine's socket. Whoever may open it is root on this machine.
	pub socket: PathBuf,
	/// Graphics cards that a container gets, by index or UUID.
	pub gpus: Vec<String>,
	/// Bytes of a container's memory, swap and `/tmp` included.
	pub memory_bytes: u64,
	/// Bytes of `/tmp`, the only place that can be written.
	pub scratch_bytes: u64,
	/// Processor cores.
	pub cpus: u16,
	/// Processes and threads.
	pub pids: u32,
	/// Bytes of an item's output.
	pub output_bytes: usize,
	/// Seconds that a job may take, with all its items.
	pub seconds: u64,
	/// Whether containers reach the network: everything that this machine reaches.
	pub network: bool,
}

impl Default for Docker {
	fn default() -> Self {
		Self {
			enabled: false,
			socket: "/var/run/docker.sock".into(),
			gpus: Vec::new(),
			memory_bytes: 4 << 30,
			scratch_bytes: 64 << 20,
			cpus: 1,
			pids: 256,
			output_bytes: 1 << 20,
			seconds: 600,
			network: false,
		}
	}
}

impl Executors {
	pub(super) fn check(&self) -> Result<(), ConfigError> {
		let (wasm, docker) = (&self.wasm, &self.docker);
		let some = "must be at least 1";
		let rules = [
			(wasm.module_bytes > 0, "executors.wasm.module_bytes", some),
			(wasm.fuel > 0, "executors.wasm.fuel", some),
			(
				(65_536..1 << 32).contains(&wasm.memory_bytes),
				"executors.wasm.memory_bytes",
				"must be at least 65536, one page, and less than 4294967296",
			),
			(wasm.output_bytes > 0, "executors.wasm.output_bytes", some),
			(
				(1..=86_400).contains(&wasm.seconds),
				"executors.wasm.seconds",
				"must be between 1 and 86400, a day",
			),
			(
				(1..=256).contains(&wasm.threads),
				"executors.wasm.threads",
				"must be between 1 and 256",
			),
			(
				(6 << 20..1 << 62).contains(&docker.memory_bytes),
				"executors.docker.memory_bytes",
				"must be at least 6291456, the least that the engine takes",
			),
			(
				docker.scratch_bytes > 0 && docker.scratch_bytes <= docker.memory_bytes,
				"executors.docker.scratch_bytes",
				"must be at least 1 and no more than memory_bytes, which it is part of",
			),
			(docker.cpus > 0, "executors.docker.cpus", some),
			(docker.pids > 0, "executors.docker.pids", some),
			(
				docker.output_bytes > 0,
				"executors.docker.output_bytes",
				some,
			),
			(
				(1..=86_400).contains(&docker.seconds),
				"executors.docker.seconds",
				"must be between 1 and 86400, a day",
			),
		];
		match rules.into_iter().find(|(holds, ..)| !holds) {
			Some((_, field, problem)) => Err(ConfigError::Value {
				field,
				problem: problem.into(),
			}),
			None => Ok(()),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn nothing_is_executed_by_default_and_no_network_is_granted() {
		let executors = Executors::default();
		executors.check().unwrap();
		assert!(!executors.wasm.enabled && !executors.docker.enabled);
		assert!(!executors.docker.network && executors.docker.gpus.is_empty());
	}

	#[test]
	fn limits_that_limit_nothing_are_refused_with_their_name() {
		let refused = |change: fn(&mut Executors)| {
			let mut executors = Executors::default();
			change(&mut executors);
			executors.check().unwrap_err().to_string()
		};
		for (change, name) in [
			((|all| all.wasm.fuel = 0) as fn(&mut Executors), "wasm.fuel"),
			(|all| all.wasm.module_bytes = 0, "wasm.module_bytes"),
			(|all| all.wasm.memory_bytes = 1 << 32, "wasm.memory_bytes"),
			(|all| all.wasm.memory_bytes = 65_535, "wasm.memory_bytes"),
			(|all| all.wasm.output_bytes = 0, "wasm.output_bytes"),
			(|all| all.wasm.seconds = 0, "wasm.seconds"),
			(|all| all.wasm.seconds = 86_401, "wasm.seconds"),
			(|all| all.wasm.threads = 0, "wasm.threads"),
			(|all| all.docker.memory_bytes = 1, "docker.memory_bytes"),
			(
				|all| all.docker.scratch_bytes = u64::MAX,
				"docker.scratch_bytes",
			),
			(|all| all.docker.cpus = 0, "docker.cpus"),
			(|all| all.docker.pids = 0, "docker.pids"),
			(|all| all.docker.output_bytes = 0, "docker.output_bytes"),
			(|all| all.docker.seconds = 0, "docker.seconds"),
		] {
			let told = refused(change);
			assert!(told.contains(&format!("executors.{name}: ")), "{told}");
		}
	}
}
