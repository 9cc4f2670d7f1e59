//! What each subcommand does.

use sc_cli::{Error, Result, SubstrateCli};
use sc_network::config::NetworkBackendType;
use sc_service::{Configuration, PartialComponents};
use sp_core::crypto::{set_default_ss58_version, Ss58AddressFormat};
use terminal_runtime::{opaque::Block, SS58_PREFIX};

use crate::{
	cli::{Cli, Command},
	service::{self, FullBackend, FullClient},
};

/// Parse the arguments and run what they ask for.
pub fn run() -> Result<()> {
	let cli = Cli::from_args();
	// Every network of this chain uses one prefix, so addresses can be printed before a
	// specification is loaded.
	set_default_ss58_version(Ss58AddressFormat::custom(SS58_PREFIX));
	match &cli.subcommand {
		None => run_node(&cli),
		Some(command) => run_command(&cli, command),
	}
}

fn run_node(cli: &Cli) -> Result<()> {
	let runner = cli.create_runner(&cli.run)?;
	check_backend(runner.config())?;
	let cache = cli.wasm_cache.as_deref();
	runner.run_node_until_exit(|config| async move {
		service::new_full(config, cache).map_err(Error::from)
	})
}

/// Refuse the backend that this binary leaves out.
fn check_backend(config: &Configuration) -> Result<()> {
	match config.network.network_backend {
		NetworkBackendType::Litep2p => Ok(()),
		NetworkBackendType::Libp2p => Err(Error::Input(
			"this node has the litep2p backend only: leave out `--network-backend libp2p`".into(),
		)),
	}
}

fn run_command(cli: &Cli, command: &Command) -> Result<()> {
	let cache = cli.wasm_cache.as_deref();
	match command {
		Command::Key(cmd) => cmd.run(cli),
		Command::BuildSpec(cmd) => cli
			.create_runner(cmd)?
			.sync_run(|config| cmd.run(config.chain_spec, config.network)),
		Command::ExportChainSpec(cmd) => cmd.run(cli.load_spec(&cmd.chain)?),
		Command::CheckBlock(cmd) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents {
				client,
				task_manager,
				import_queue,
				..
			} = service::new_partial(&config, cache)?;
			Ok((cmd.run(client, import_queue), task_manager))
		}),
		Command::ExportBlocks(cmd) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents {
				client,
				task_manager,
				..
			} = service::new_partial(&config, cache)?;
			Ok((cmd.run(client, config.database), task_manager))
		}),
		Command::ImportBlocks(cmd) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents {
				client,
				task_manager,
				import_queue,
				..
			} = service::new_partial(&config, cache)?;
			Ok((cmd.run(client, import_queue), task_manager))
		}),
		Command::ExportState(cmd) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents {
				client,
				task_manager,
				..
			} = service::new_partial(&config, cache)?;
			Ok((
				cmd.run::<Block, FullBackend, FullClient>(client, config.chain_spec),
				task_manager,
			))
		}),
		Command::Revert(cmd) => revert(cli, cmd),
		Command::PurgeChain(cmd) => cli
			.create_runner(cmd)?
			.sync_run(|config| cmd.run(config.database)),
		Command::ChainInfo(cmd) => cli
			.create_runner(cmd)?
			.sync_run(|config| cmd.run::<Block>(&config)),
	}
}

/// Revert blocks together with what BABE and GRANDPA noted about them.
fn revert(cli: &Cli, cmd: &sc_cli::RevertCmd) -> Result<()> {
	let cache = cli.wasm_cache.as_deref();
	cli.create_runner(cmd)?.async_run(|config| {
		let PartialComponents {
			client,
			task_manager,
			backend,
			..
		} = service::new_partial(&config, cache)?;
		let revert_consensus = Box::new(
			|client: std::sync::Arc<FullClient>, backend: std::sync::Arc<FullBackend>, blocks| {
				sc_consensus_babe::revert(client.clone(), backend, blocks)?;
				sc_consensus_grandpa::revert(client, blocks)?;
				Ok(())
			},
		);
		Ok((
			cmd.run(client, backend, Some(revert_consensus)),
			task_manager,
		))
	})
}
