//! `terminal-provider`: runs beside a provider's GPUs. See README.md.

mod cache;
mod chain;
mod config;
mod daemon;
mod decide;
mod doctor;
mod drain;
mod evidence;
mod executor;
mod fetch;
mod job_task;
mod keys;
mod metrics;
#[cfg(test)]
mod mock_node;
mod network_job;
mod status;
mod store;

use anyhow::Context;
use clap::{Parser, Subcommand};
use std::{io::IsTerminal, path::PathBuf, process::ExitCode, time::Duration};
use terminal_provider::{
	muster::rehearsal::{rehearse, Pace},
	presence,
};

/// The Core Terminal's provider daemon.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
	/// The configuration file.
	#[arg(long, short, global = true, default_value = "provider.toml")]
	config: PathBuf,
	#[command(subcommand)]
	command: Command,
}

#[derive(Subcommand)]
enum Command {
	/// Write a configuration file and a new hot key.
	Init,
	/// Check configuration, key, node, machine, balance, disk and endpoint; say what to mend.
	Doctor,
	/// Run a job by hand, within the limits of the configuration, and print what came out.
	Execute(executor::command::Execute),
	/// Serve the machine until interrupted.
	Run,
	/// Take nothing new, serve what runs, take the machine offline after the last lease.
	Drain {
		/// Take the machine online again.
		#[arg(long)]
		undo: bool,
	},
	/// Measure how fast this machine makes the steps of a muster, and tell how many a grade may ask for.
	/// Needs neither a configuration nor a node; nothing else should run.
	Rehearse {
		/// Rows and columns of a state: a power of two from 256 to 8,192.
		#[arg(long, default_value_t = 1_024)]
		n: u32,
		/// Seconds to measure for.
		#[arg(long, default_value_t = 10)]
		seconds: u64,
		/// Seconds of the window that steps are counted for.
		#[arg(long, default_value_t = 60)]
		window: u64,
	},
	/// Show the machine, what it has proven and earned, its leases and what was refused.
	Status,
}

fn main() -> ExitCode {
	let cli = Cli::parse();
	log();
	let runtime = match tokio::runtime::Runtime::new() {
		Ok(runtime) => runtime,
		Err(error) => {
			eprintln!("error: no threads can be made: {error}; raise the limit of processes");
			return ExitCode::FAILURE;
		},
	};
	let outcome = runtime.block_on(perform(cli));
	// A job that is being computed is not waited for: it is computed again after the next start.
	runtime.shutdown_background();
	match outcome {
		Ok(true) => ExitCode::SUCCESS,
		Ok(false) => ExitCode::FAILURE,
		Err(error) => {
			eprintln!("error: {error:#}");
			ExitCode::FAILURE
		},
	}
}

/// People at a terminal get lines, machines get JSON.
fn log() {
	let filter = tracing_subscriber::EnvFilter::try_from_default_env()
		.unwrap_or_else(|_| "terminal_provider=info,warn".into());
	let builder = tracing_subscriber::fmt()
		.with_env_filter(filter)
		.with_writer(std::io::stderr);
	if std::io::stderr().is_terminal() {
		builder.init();
	} else {
		builder.json().init();
	}
}

async fn perform(cli: Cli) -> anyhow::Result<bool> {
	if matches!(cli.command, Command::Init) {
		config::Config::write_template(&cli.config)?;
		let key = cli.config.with_file_name("agent.key");
		let account = keys::create(&key)?;
		println!("wrote {} and {}", cli.config.display(), key.display());
		println!("the hot key's account is {account}: fund it and name it as the machine's agent");
		return Ok(true);
	}
	if let Command::Rehearse { n, seconds, window } = cli.command {
		anyhow::ensure!(
			terminal_gpu_proof::muster::valid_size(n),
			"--n {n} is no size: name a power of two from 256 to 8192"
		);
		let pace = rehearse(n, Duration::from_secs(seconds));
		print!("{}", rehearsed(&pace, window));
		return Ok(true);
	}
	let config = config::Config::load(&cli.config)?;
	match cli.command {
		Command::Init | Command::Rehearse { .. } => Ok(true),
		Command::Doctor => doctor::doctor(&config).await,
		Command::Execute(job) => executor::command::execute(&config, job).await,
		Command::Status => status::status(&config).await.map(|()| true),
		Command::Drain { undo } => {
			let (wish, told) = match undo {
				true => (drain::Wish::Undo, UNDONE),
				false => (drain::Wish::Drain, DRAINS),
			};
			wish.write(&config.data).with_context(|| {
				format!(
					"the wish cannot be written into {}: run this as the daemon's user",
					config.data.display()
				)
			})?;
			println!("{told}");
			Ok(true)
		},
		Command::Run => {
			if config.limits.threads > 0 {
				rayon::ThreadPoolBuilder::new()
					.num_threads(config.limits.threads)
					.build_global()
					.context("the worker threads could not be made")?;
			}
			let signer = keys::load(&config.agent_key_file)?;
			let (stopper, stop) = tokio::sync::watch::channel(false);
			tokio::spawn(async move {
				interrupted().await;
				tracing::info!("stopping");
				let _ = stopper.send(true);
			});
			daemon::run(cli.config, config, signer, stop).await?;
			Ok(true)
		},
	}
}

/// What a rehearsal says. A grade asks for 60 % of its window, see docs/VERIFICATION.md.
fn rehearsed(pace: &Pace, window: u64) -> String {
	let step = pace.took.as_secs_f64() / f64::from(pace.steps.max(1));
	format!(
		"device      CPU, {} threads\n\
		 size        {}\n\
		 steps       {} in {:.2} s, {:.3} ms each\n\
		 rate        {:.4} · 10¹² operations a second, hashing included\n\
		 grade       {} steps take 60 % of {window} s\n",
		rayon::current_num_threads(),
		pace.n,
		pace.steps,
		pace.took.as_secs_f64(),
		1e3 * step,
		pace.tera_operations(),
		(0.6 * window as f64 / step) as u64,
	)
}

const DRAINS: &str =
	"from the next block on the daemon takes nothing new; it serves what runs and takes the machine \
	 offline after the last lease, also if it is restarted. The log tells what it waits for, `drain \
	 --undo` takes it back. Offers and reservations are the cold account's to withdraw \
	 (market.withdrawOffer, market.cancelReservation): reservations that stand are served first";
const UNDONE: &str = "the daemon takes the machine online and serves as before";

async fn interrupted() {
	use tokio::signal::unix::{signal, SignalKind};
	let Ok(mut terminate) = signal(SignalKind::terminate()) else {
		let _ = tokio::signal::ctrl_c().await;
		return;
	};
	tokio::select! {
		_ = tokio::signal::ctrl_c() => {},
		_ = terminate.recv() => {},
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn parsed(words: &str) -> Result<Cli, clap::Error> {
		Cli::try_parse_from(words.split(' '))
	}

	#[test]
	fn a_rehearsal_tells_the_steps_of_a_grade() {
		let pace = Pace {
			n: 256,
			steps: 1_000,
			took: Duration::from_secs(2),
		};
		let told = rehearsed(&pace, 60);
		assert!(told.contains("1000 in 2.00 s, 2.000 ms each"), "{told}");
		assert!(told.contains("18000 steps take 60 % of 60 s"), "{told}");
	}

	#[test]
	fn a_job_by_hand_names_one_program() {
		assert!(parsed("terminal-provider execute --module job.wasm --item-bytes 64").is_ok());
		assert!(parsed("terminal-provider execute --input items.bin").is_err());
		assert!(parsed("terminal-provider execute --module a --image b").is_err());
	}
}
