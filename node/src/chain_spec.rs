//! The networks that this binary knows by name, and specifications from files.
//!
//! Genesis itself lives in the runtime's presets: a specification is made from one.

use sc_chain_spec::{ChainSpecExtension, ChainType, Properties};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sp_genesis_builder::DEV_RUNTIME_PRESET;
use std::path::PathBuf;
use terminal_runtime::{
	opaque::Block,
	presets::{self, LOCAL_RUNTIME_PRESET, TESTNET_RUNTIME_PRESET},
	SS58_PREFIX, WASM_BINARY,
};

/// A chain specification with the extensions that the node reads.
pub type ChainSpec = sc_service::GenericChainSpec<Extensions>;

/// Prefix of the network protocol names that have no genesis hash in them.
const PROTOCOL_ID: &str = "tct";

/// What a specification may carry besides genesis.
#[derive(Default, Clone, Debug, Serialize, Deserialize, ChainSpecExtension)]
#[serde(rename_all = "camelCase")]
pub struct Extensions {
	/// Blocks whose hash is known.
	pub fork_blocks: sc_client_api::ForkBlocks<Block>,
	/// Blocks that must not be imported.
	pub bad_blocks: sc_client_api::BadBlocks<Block>,
	/// Where a light client starts. Written by the RPC `sync_state_genSyncSpec`.
	pub light_sync_state: sc_sync_state_rpc::LightSyncStateExtension,
}

/// A network that is built into the binary.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Network {
	/// One validator (Alice), short times. `--dev` or `--chain dev`.
	Development,
	/// Four validators (Alice to Dave) on one machine, short times. `--chain local`.
	Local,
	/// Production's times with test tokens. `--chain testnet`.
	Testnet,
}

impl Network {
	/// Every network, in the order in which help texts list them.
	pub const ALL: [Network; 3] = [Network::Development, Network::Local, Network::Testnet];

	/// What `--chain` calls it.
	pub fn argument(self) -> &'static str {
		match self {
			Network::Development => "dev",
			Network::Local => "local",
			Network::Testnet => "testnet",
		}
	}

	/// The runtime's genesis preset.
	pub fn preset(self) -> &'static str {
		match self {
			Network::Development => DEV_RUNTIME_PRESET,
			Network::Local => LOCAL_RUNTIME_PRESET,
			Network::Testnet => TESTNET_RUNTIME_PRESET,
		}
	}

	/// What the preset says.
	fn genesis(self) -> Result<Value, String> {
		let preset = presets::preset(&self.preset().into())
			.ok_or_else(|| format!("the runtime has no preset {:?}", self.preset()))?;
		serde_json::from_slice(&preset)
			.map_err(|error| format!("the runtime's preset {:?}: {error}", self.preset()))
	}

	/// Name for people.
	fn name(self) -> &'static str {
		match self {
			Network::Development => "The Core Terminal Development",
			Network::Local => "The Core Terminal Local",
			Network::Testnet => "The Core Terminal Testnet",
		}
	}

	/// Id for machines: the folder under `chains/` in the base path.
	fn id(self) -> &'static str {
		match self {
			Network::Development => "terminal_dev",
			Network::Local => "terminal_local",
			Network::Testnet => "terminal_testnet",
		}
	}

	fn chain_type(self) -> ChainType {
		match self {
			Network::Development => ChainType::Development,
			Network::Local => ChainType::Local,
			Network::Testnet => ChainType::Live,
		}
	}

	fn from_argument(argument: &str) -> Option<Self> {
		Self::ALL
			.into_iter()
			.find(|network| network.argument() == argument)
	}

	/// The network's specification. Fails when the binary was built without the runtime's Wasm.
	pub fn spec(self) -> Result<ChainSpec, String> {
		let wasm = WASM_BINARY.ok_or_else(|| {
			"this binary was built with SKIP_WASM_BUILD, so it has no genesis of its own: build it \
			 without that variable, or pass a specification file with --chain"
				.to_string()
		})?;
		Ok(ChainSpec::builder(wasm, Extensions::default())
			.with_name(self.name())
			.with_id(self.id())
			.with_chain_type(self.chain_type())
			.with_protocol_id(PROTOCOL_ID)
			.with_properties(properties())
			// Natively: asking the Wasm for it would mean compiling the Wasm.
			.with_genesis_config_patch(self.genesis()?)
			.build())
	}
}

/// What wallets need to show amounts and addresses.
fn properties() -> Properties {
	Properties::from_iter([
		("tokenSymbol".to_string(), "TCT".into()),
		("tokenDecimals".to_string(), 12.into()),
		("ss58Format".to_string(), SS58_PREFIX.into()),
	])
}

/// The specification that `--chain` names: a built-in network or the path of a JSON file.
pub fn load(id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
	if id.is_empty() {
		return Err(
			"no chain given: pass --dev, or --chain with dev, local, testnet or the path of \
		            a specification file"
				.into(),
		);
	}
	if let Some(network) = Network::from_argument(id) {
		return Ok(Box::new(network.spec()?));
	}
	ChainSpec::from_json_file(PathBuf::from(id))
		.map(|spec| Box::new(spec) as Box<dyn sc_service::ChainSpec>)
		.map_err(|error| {
			format!("{id:?} is neither dev, local, testnet nor a readable specification: {error}")
		})
}

/// Whether off-chain workers may fetch evidence from loopback and private addresses. True only
/// where the whole chain is one developer's.
pub fn allows_private_evidence_hosts(spec: &dyn sc_service::ChainSpec) -> bool {
	match spec.chain_type() {
		ChainType::Development | ChainType::Local => true,
		ChainType::Live | ChainType::Custom(_) => false,
	}
}

#[cfg(test)]
mod tests;
