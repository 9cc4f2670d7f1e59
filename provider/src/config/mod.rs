//! The daemon's TOML configuration: one file, documented where `init` writes it.

mod executors;
mod file;
mod market;
mod watching;

pub use executors::{Docker, Executors, Wasm};
pub use file::ConfigFile;
pub use market::Market;
pub use watching::Watching;

use serde::{Deserialize, Serialize};
use std::{
	net::SocketAddr,
	path::{Path, PathBuf},
};

/// What can be wrong with a configuration file, each with its remedy.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
	#[error(
		"cannot read {path}: {source}; write one with `terminal-provider init --config {path}`"
	)]
	Read {
		path: String,
		source: std::io::Error,
	},
	#[error("{path} is not valid: {source}; compare it with what `terminal-provider init` writes")]
	Parse {
		path: String,
		source: Box<toml::de::Error>,
	},
	#[error("{path} exists already; remove it or name another file with --config")]
	Exists { path: String },
	#[error("cannot write {path}: {source}")]
	Write {
		path: String,
		source: std::io::Error,
	},
	#[error("{field}: {problem}")]
	Value {
		field: &'static str,
		problem: String,
	},
}

/// Everything the daemon needs to know. Paths are relative to the file's folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
	/// The chain's WebSocket endpoints, asked in turn.
	pub nodes: Vec<String>,
	/// Machine number on chain, as `providers.registerMachine` reported it.
	pub machine: u64,
	/// Secret of the hot key (agent): a file holding a `//Path`, a mnemonic or a 0x seed.
	pub agent_key_file: PathBuf,
	/// Folder of the embedded database and of fetched files.
	pub data: PathBuf,
	/// Where evidence is served.
	#[serde(default)]
	pub evidence: Evidence,
	/// Limits on the work this daemon takes.
	#[serde(default)]
	pub limits: Limits,
	/// Bidding on open orders.
	#[serde(default)]
	pub market: Market,
	/// What is counted, for Prometheus.
	#[serde(default)]
	pub metrics: Watching,
	/// What runs jobs besides integer networks.
	#[serde(default)]
	pub executors: Executors,
}

/// The evidence server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Evidence {
	/// Address and port to listen on.
	pub listen: SocketAddr,
	/// Who may read leaves and weights.
	pub serve: Serve,
	/// Requests served at the same time to each of signers, strangers and tenants; more wait.
	pub concurrent: usize,
	/// Unsigned requests answered per second and client address; more get 429.
	pub per_second: u32,
	/// Unsigned requests for evidence answered per second in all; more get 429.
	pub strangers_per_second: u32,
	/// Signed requests for evidence answered per second and account; more get 429.
	pub signer_per_second: u32,
	/// Open connections; beyond, the oldest without a signed request is cut.
	pub connections: usize,
	/// The same, of one client address.
	pub connections_per_address: usize,
}

/// Who may read leaves and weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Serve {
	/// Everybody: signers at their own rate, strangers at a lower one.
	#[default]
	Anyone,
	/// Attestors and the job's consumer, by signed requests.
	Signed,
}

impl Default for Evidence {
	fn default() -> Self {
		Self {
			listen: SocketAddr::from(([127, 0, 0, 1], 8711)),
			serve: Serve::Anyone,
			concurrent: 64,
			per_second: 50,
			strangers_per_second: 200,
			signer_per_second: 500,
			connections: 512,
			connections_per_address: 128,
		}
	}
}

/// What the daemon refuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
	/// Bytes of one fetched file (inputs or weights).
	pub fetch_bytes: u64,
	/// Seconds that one fetch may take.
	pub fetch_seconds: u64,
	/// Bytes of weights and modules that are kept for jobs to come; 0 keeps none.
	pub cache_bytes: u64,
	/// Whether jobs may be fetched from paths of this machine (`file:`): for test networks only.
	pub allow_files: bool,
	/// Whether jobs may be fetched from loopback and private addresses: for local networks only.
	pub allow_private_fetch: bool,
	/// Bytes of memory for states of a muster that is computed. With more of them an answer is sooner
	/// there.
	pub muster_bytes: u64,
	/// Worker threads; 0 means one per core.
	pub threads: usize,
}

impl Default for Limits {
	fn default() -> Self {
		Self {
			fetch_bytes: 256 << 20,
			fetch_seconds: 60,
			cache_bytes: 4 << 30,
			allow_files: false,
			allow_private_fetch: false,
			muster_bytes: 1 << 30,
			threads: 0,
		}
	}
}

impl Evidence {
	fn check(&self) -> Result<(), ConfigError> {
		let numbers = [
			("evidence.concurrent", self.concurrent),
			("evidence.per_second", self.per_second as usize),
			(
				"evidence.strangers_per_second",
				self.strangers_per_second as usize,
			),
			(
				"evidence.signer_per_second",
				self.signer_per_second as usize,
			),
			("evidence.connections", self.connections),
			(
				"evidence.connections_per_address",
				self.connections_per_address,
			),
		];
		match numbers.iter().find(|(_, number)| *number == 0) {
			Some((field, _)) => Err(ConfigError::Value {
				field,
				problem: "must be at least 1".into(),
			}),
			None => Ok(()),
		}
	}
}

/// What `init` writes.
pub const TEMPLATE: &str = r#"# The Core Terminal provider daemon. `terminal-provider doctor` checks this file.

# WebSocket endpoints of nodes of one chain. The next one is asked when one does not answer, is lost or
# shows no new block for a minute.
nodes = ["ws://127.0.0.1:9944"]

# The machine's number on chain: the event providers.MachineRegistered tells it.
machine = 0

# The hot key that signs for this machine: a file with a mnemonic, a 0x seed or a //Dev path.
# It cannot unbond, change the payout or move the host. Keep it readable by you alone (chmod 600).
agent_key_file = "agent.key"

# The embedded database and fetched files.
data = "data"

[evidence]
# Validators fetch evidence here: the machine's endpoint on chain must lead to it.
listen = "0.0.0.0:8711"
# Who may read: "anyone", or "signed" for attestors and the job's consumer only. Signed requests
# have their own rate and seats either way: strangers cannot starve them.
serve = "anyone"
# Requests at once to each of signers, strangers and tenants.
concurrent = 64
# Unsigned requests per second and address, and for evidence from all strangers together.
per_second = 50
strangers_per_second = 200
# Signed requests per second and account.
signer_per_second = 500
# Open connections, in all and of one address. Keep the limit of open files well above.
connections = 512
connections_per_address = 128

[limits]
fetch_bytes = 268435456
fetch_seconds = 60
# Weights and modules kept for jobs to come; what was used longest ago goes first.
cache_bytes = 4294967296
# Jobs may name files of this machine: for test networks only.
allow_files = false
# Jobs may name addresses of the own machine and of private networks: for local networks only.
# Elsewhere a consumer could read through the daemon what only this network may read.
allow_private_fetch = false
# Memory for the states of a muster while it is computed. With more of it an answer is sooner there.
muster_bytes = 1073741824
# 0: one thread per core.
threads = 0

[market]
# Bid on open orders. The hot key signs; each bid holds a deposit in the cold account while it stands.
# All bids of this machine are the daemon's then: it lowers and withdraws them.
bid = false
# The floor, in base units per second and unit (10^12 are one TCT). The machine's asking price on
# chain is a floor too: the chain takes no bid below it from the hot key.
min_rate = 0
# What a bid begins at; cheaper bids of others lower it step by step to the floor. 0: at the floor.
first_rate = 0
# Bids that stand at a time.
max_open_bids = 4
# Leases to bid for, in seconds; the longest with the extensions that the order allows.
min_seconds = 600
max_seconds = 604800
# Bid only on orders that name one of these accelerators, like ["h100-sxm"]. Empty: on any that the
# machine meets.
accelerators = []
# Arbiters you trust, by address. An arbiter can give away all that a disputed lease holds, so
# orders that name another one get no bid.
arbiters = []
# Bid on orders that ask for a credit when too little time is proven.
accept_sla = false

[metrics]
# Prometheus reads http://ADDRESS/metrics here, and `terminal-provider status` why leases were refused.
# On the loopback only. Without this line nothing listens.
listen = "127.0.0.1:9616"

# What runs jobs besides integer networks. `terminal-provider execute` runs a job by hand and
# `terminal-provider doctor` tries what is on; the chain has no such jobs yet.
[executors.wasm]
enabled = false
module_bytes = 16777216
# Of an item: about one a WebAssembly instruction.
fuel = 10000000000
# Of an item, below 4 GiB.
memory_bytes = 536870912
output_bytes = 1048576
# Of a job, with all its items.
seconds = 600
# Items at a time; each needs memory_bytes.
threads = 1

[executors.docker]
enabled = false
# Whoever may open it is root on this machine.
socket = "/var/run/docker.sock"
# Graphics cards that a container gets, by index or UUID, like ["0"].
gpus = []
# Of a container, with swap and /tmp, which has scratch_bytes and is all that can be written.
memory_bytes = 4294967296
scratch_bytes = 67108864
cpus = 1
pids = 256
output_bytes = 1048576
# Of a job, with all its items.
seconds = 600
# Containers would reach everything that this machine reaches, your own network too.
network = false
"#;

impl Config {
	/// Read and check `path`; relative paths inside become relative to its folder.
	pub fn load(path: &Path) -> Result<Self, ConfigError> {
		Self::parse(path, &Self::read(path)?)
	}

	fn read(path: &Path) -> Result<String, ConfigError> {
		std::fs::read_to_string(path).map_err(|source| ConfigError::Read {
			path: path.display().to_string(),
			source,
		})
	}

	fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
		let mut config: Config = toml::from_str(text).map_err(|source| ConfigError::Parse {
			path: path.display().to_string(),
			source: Box::new(source),
		})?;
		let folder = path.parent().unwrap_or(Path::new("."));
		config.agent_key_file = folder.join(&config.agent_key_file);
		config.data = folder.join(&config.data);
		config.check()?;
		Ok(config)
	}

	fn check(&self) -> Result<(), ConfigError> {
		let value = |field, problem: &str| {
			Err(ConfigError::Value {
				field,
				problem: problem.into(),
			})
		};
		if self.nodes.is_empty() {
			return value(
				"nodes",
				"name at least one WebSocket endpoint, like ws://127.0.0.1:9944",
			);
		}
		for node in &self.nodes {
			match url::Url::parse(node) {
				Ok(url) if matches!(url.scheme(), "ws" | "wss") => {},
				_ => {
					return value("nodes", &format!("{node} is not a ws:// or wss:// address"));
				},
			}
		}
		self.evidence.check()?;
		if self.limits.fetch_bytes == 0 || self.limits.fetch_seconds == 0 {
			return value("limits", "fetch_bytes and fetch_seconds must be at least 1");
		}
		self.metrics.check()?;
		self.market.check()?;
		self.executors.check()
	}

	/// Write the template. Refuses to overwrite.
	pub fn write_template(path: &Path) -> Result<(), ConfigError> {
		let shown = path.display().to_string();
		if path.exists() {
			return Err(ConfigError::Exists { path: shown });
		}
		if let Some(folder) = path.parent() {
			std::fs::create_dir_all(folder).map_err(|source| ConfigError::Write {
				path: shown.clone(),
				source,
			})?;
		}
		std::fs::write(path, TEMPLATE).map_err(|source| ConfigError::Write {
			path: shown,
			source,
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn load(text: &str) -> Result<Config, ConfigError> {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("provider.toml");
		std::fs::write(&path, text).unwrap();
		Config::load(&path)
	}

	#[test]
	fn the_template_is_valid() {
		let config = load(TEMPLATE).unwrap();
		assert_eq!(config.machine, 0);
		assert!(config.data.is_absolute(), "paths are relative to the file");
	}

	#[test]
	fn a_typo_is_refused_with_its_name() {
		let error = load(&TEMPLATE.replace("machine =", "machin ="))
			.unwrap_err()
			.to_string();
		assert!(error.contains("machin"), "{error}");
	}

	#[test]
	fn an_http_endpoint_is_refused_with_the_remedy() {
		let error = load(&TEMPLATE.replace("ws://", "http://"))
			.unwrap_err()
			.to_string();
		assert!(error.contains("ws://"), "{error}");
	}

	#[test]
	fn the_template_says_the_defaults_of_the_evidence_server() {
		let config = load(TEMPLATE).unwrap();
		let defaults = Evidence {
			listen: config.evidence.listen,
			..Evidence::default()
		};
		assert_eq!(format!("{:?}", config.evidence), format!("{defaults:?}"));
	}

	#[test]
	fn the_template_says_the_defaults_of_all_else() {
		let config = load(TEMPLATE).unwrap();
		assert_eq!(
			format!("{:?}", config.limits),
			format!("{:?}", Limits::default())
		);
		assert_eq!(
			format!("{:?}", config.market),
			format!("{:?}", Market::default())
		);
		assert_eq!(
			format!("{:?}", config.executors),
			format!("{:?}", Executors::default())
		);
	}

	#[test]
	fn nothing_is_listened_on_for_prometheus_unless_the_file_says_so() {
		let config = load(TEMPLATE).unwrap();
		assert_eq!(config.metrics.listen.map(|at| at.port()), Some(9616));
		let line = "listen = \"127.0.0.1:9616\"\n";
		let config = load(&TEMPLATE.replace(line, "")).unwrap();
		assert_eq!(config.metrics.listen, None);
		let open = TEMPLATE.replace(line, "listen = \"0.0.0.0:9616\"\n");
		let error = load(&open).unwrap_err().to_string();
		assert!(error.contains("metrics.listen"), "{error}");
	}

	#[test]
	fn arbiters_are_named_by_address() {
		let address = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
		let named = format!("arbiters = [\"{address}\"]");
		let config = load(&TEMPLATE.replace("arbiters = []", &named)).unwrap();
		assert_eq!(config.market.arbiters.len(), 1);
		assert!(load(&TEMPLATE.replace("arbiters = []", "arbiters = [\"Alice\"]")).is_err());
	}

	#[test]
	fn strangers_are_refused_where_the_file_says_so() {
		let text = TEMPLATE.replace("\"anyone\"\n", "\"signed\"\n");
		assert_eq!(load(&text).unwrap().evidence.serve, Serve::Signed);
		let error = load(&TEMPLATE.replace("\"anyone\"\n", "\"nobody\"\n")).unwrap_err();
		assert!(error.to_string().contains("anyone"), "{error}");
	}

	#[test]
	fn a_zero_in_the_evidence_server_is_refused_with_its_name() {
		for field in [
			"concurrent",
			"per_second",
			"strangers_per_second",
			"signer_per_second",
			"connections",
			"connections_per_address",
		] {
			let text: Vec<String> = TEMPLATE
				.lines()
				.map(|line| match line.starts_with(&format!("{field} =")) {
					true => format!("{field} = 0"),
					false => line.into(),
				})
				.collect();
			let error = load(&text.join("\n")).unwrap_err().to_string();
			assert!(error.contains(&format!("evidence.{field}: ")), "{error}");
		}
	}

	#[test]
	fn init_never_overwrites() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("new/provider.toml");
		Config::write_template(&path).unwrap();
		assert!(matches!(
			Config::write_template(&path),
			Err(ConfigError::Exists { .. })
		));
	}
}
