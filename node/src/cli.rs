//! The command line. Doc comments here are the help texts.

use clap::{Parser, Subcommand};
use sc_cli::SubstrateCli;
use std::path::PathBuf;

use crate::chain_spec;

/// Arguments of the node: a subcommand, or the options of a run.
#[derive(Debug, Parser)]
pub struct Cli {
	#[allow(missing_docs)]
	#[command(subcommand)]
	pub subcommand: Option<Command>,

	#[allow(missing_docs)]
	#[clap(flatten)]
	pub run: sc_cli::RunCmd,

	/// Keep compiled runtimes in this folder, so that the next start need not compile them.
	///
	/// By default a folder of the base path. Several nodes of one operator may share one. Whoever
	/// may write there decides what this node executes: guard it as you guard the binary.
	#[arg(long, global = true, value_name = "FOLDER")]
	pub wasm_cache: Option<PathBuf>,
}

/// Everything the binary does besides running a node.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Make, inspect and insert keys.
	#[command(subcommand)]
	Key(sc_cli::KeySubcommand),

	/// Print a chain specification (older spelling of export-chain-spec, with a default bootnode).
	BuildSpec(sc_cli::BuildSpecCmd),

	/// Write a chain specification, plain or raw, to a file or to the output.
	ExportChainSpec(sc_cli::ExportChainSpecCmd),

	/// Execute a stored block again and check it.
	CheckBlock(sc_cli::CheckBlockCmd),

	/// Write blocks to a file.
	ExportBlocks(sc_cli::ExportBlocksCmd),

	/// Read blocks from a file.
	ImportBlocks(sc_cli::ImportBlocksCmd),

	/// Write the state of a block as a raw chain specification.
	ExportState(sc_cli::ExportStateCmd),

	/// Take back the last blocks that are not final.
	Revert(sc_cli::RevertCmd),

	/// Delete the chain's database.
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Print best, finalised and genesis block of the database.
	ChainInfo(sc_cli::ChainInfoCmd),
}

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"The Core Terminal".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	fn description() -> String {
		"Node of The Core Terminal: validators, RPC nodes, chain tools.\n\n\
		 terminal-node --dev                     one validator, throw-away chain\n\
		 terminal-node --chain local --alice     one of the four validators of a local network\n\
		 terminal-node --chain testnet           follow the public test network\n\
		 terminal-node --chain spec.json         follow the chain of a specification file"
			.into()
	}

	fn author() -> String {
		"The Core Terminal's contributors".into()
	}

	fn support_url() -> String {
		"the repository's README.md and docs/".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
		chain_spec::load(id)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::CommandFactory;

	#[test]
	fn arguments_are_consistent() {
		Cli::command().debug_assert();
	}

	#[test]
	fn every_usual_subcommand_is_there() {
		let command = Cli::command();
		let names: Vec<_> = command
			.get_subcommands()
			.map(|sub| sub.get_name())
			.collect();
		assert_eq!(
			names,
			[
				"key",
				"build-spec",
				"export-chain-spec",
				"check-block",
				"export-blocks",
				"import-blocks",
				"export-state",
				"revert",
				"purge-chain",
				"chain-info",
			],
		);
	}
}
