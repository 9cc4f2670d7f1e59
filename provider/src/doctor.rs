//! `doctor`: what is wrong, and what to do about it.

use crate::{
	chain::{At, Chain},
	config::{Config, Limits, Market},
	executor,
	fetch::FetchError,
	keys, presence,
};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Below this balance the hot key may run out of fees: one TCT.
const LOW_BALANCE: u128 = 1_000_000_000_000;
/// Below this much free disk a job's files may not fit.
const LOW_DISK_BYTES: u64 = 1 << 30;

struct Report {
	good: bool,
}

impl Report {
	fn say(&mut self, what: &str, outcome: Result<String, String>) {
		match outcome {
			Ok(detail) => println!("ok    {what}: {detail}"),
			Err(remedy) => {
				self.good = false;
				println!("BAD   {what}: {remedy}");
			},
		}
	}
}

/// Check everything that can be checked from here. Whether all is well.
pub async fn doctor(config: &Config) -> anyhow::Result<bool> {
	let mut report = Report { good: true };
	report.say("disk", disk(config));
	report.say("evidence port", port(config));
	report.say("fetching", Ok(fetching(&config.limits)));
	report.say("presence", Ok(presence::computer().describe()));
	for (kind, outcome) in executor::command::probe(&config.executors).await {
		report.say(&format!("executor {kind}"), outcome);
	}
	let signer = match keys::load(&config.agent_key_file) {
		Ok(signer) => {
			report.say(
				"hot key",
				Ok(signer.public_key().to_account_id().to_string()),
			);
			signer
		},
		Err(error) => {
			report.say("hot key", Err(format!("{error:#}")));
			return Ok(false);
		},
	};
	let mut connected = None;
	for node in &config.nodes {
		match Chain::connect(node, signer.clone()).await {
			Ok(chain) => {
				report.say(node, Ok("answers".into()));
				connected = connected.or(Some(chain));
			},
			Err(error) => report.say(node, Err(format!("{error:#}"))),
		}
	}
	let Some(chain) = connected else {
		return Ok(false);
	};
	let at = chain.client().at_current_block().await?;
	report.say("clock", clock(&at).await);
	let balance = chain.balance(&at, chain.agent()).await?;
	report.say(
		"balance of the hot key",
		if balance < LOW_BALANCE {
			Err(format!(
				"{balance} base units: send it at least 1 TCT for fees"
			))
		} else {
			Ok(format!("{balance} base units"))
		},
	);
	check_machine(&mut report, config, &chain, &at).await?;
	Ok(report.good)
}

/// What the chain says of the machine, and what follows from it.
async fn check_machine(
	report: &mut Report,
	config: &Config,
	chain: &Chain,
	at: &At,
) -> anyhow::Result<()> {
	match chain.machine(at, config.machine).await? {
		None => report.say(
			"machine",
			Err(format!(
				"{} is not registered: call providers.registerMachine",
				config.machine
			)),
		),
		Some(machine) => {
			report.say(
				"machine",
				if machine.agent == chain.agent() {
					Ok(format!("{} of {}", config.machine, machine.provider))
				} else {
					Err(format!(
						"its agent is {}: call providers.setAgent",
						machine.agent
					))
				},
			);
			for endpoint in &machine.endpoints {
				report.say("endpoint", reachable(config, endpoint).await);
			}
			report.say("hosts", enough(machine.endpoints.len()));
			let deposit = chain.market_params(at).await?.bid_deposit;
			let free = chain.balance(at, machine.provider).await?;
			let asking = machine.price_per_second;
			report.say("market", bidding(&config.market, asking, deposit, free));
		},
	}
	Ok(())
}

/// What jobs may name.
fn fetching(limits: &Limits) -> String {
	let private = match limits.allow_private_fetch {
		true => "from private addresses too (for local networks only)",
		false => "from public addresses only",
	};
	let files = match limits.allow_files {
		true => ", and files of this machine (for test networks only)",
		false => "",
	};
	format!("{private}{files}")
}

/// Whether the daemon bids and can. `asking`: the machine's price; `deposit`: what each bid holds in
/// the cold account, which has `free`. All in base units.
fn bidding(market: &Market, asking: u128, deposit: u128, free: u128) -> Result<String, String> {
	if !market.bid {
		return Ok("does not bid ([market] bid = false)".into());
	}
	let held = deposit.saturating_mul(market.max_open_bids.into());
	if free < held {
		return Err(format!(
			"{} bids hold {held} base units in the cold account, which has {free}: send it the \
			 rest, or lower [market] max_open_bids",
			market.max_open_bids
		));
	}
	let floor = asking.max(market.min_rate.into());
	let whose = match asking > market.min_rate.into() {
		true => "the machine's asking price on chain",
		false => "[market] min_rate",
	};
	Ok(format!(
		"bids no less than {floor} base units per second and unit ({whose})"
	))
}

fn disk(config: &Config) -> Result<String, String> {
	std::fs::create_dir_all(&config.data)
		.map_err(|error| format!("{} cannot be made: {error}", config.data.display()))?;
	let output = std::process::Command::new("df")
		.args(["-Pk"])
		.arg(&config.data)
		.output()
		.map_err(|error| format!("df does not run: {error}"))?;
	let text = String::from_utf8_lossy(&output.stdout);
	let free = text
		.lines()
		.nth(1)
		.and_then(|line| line.split_whitespace().nth(3))
		.and_then(|field| field.parse::<u64>().ok())
		.map(|kib| kib.saturating_mul(1024))
		.ok_or("df's answer was not understood")?;
	if free < LOW_DISK_BYTES {
		return Err(format!(
			"only {free} bytes are free under {}: make room",
			config.data.display()
		));
	}
	Ok(format!(
		"{} GiB free under {}",
		free >> 30,
		config.data.display()
	))
}

fn port(config: &Config) -> Result<String, String> {
	match std::net::TcpListener::bind(config.evidence.listen) {
		Ok(_) => Ok(format!("{} is free", config.evidence.listen)),
		Err(error) => Err(format!(
			"{}: {error}; a running daemon holds it, or choose another in [evidence] listen",
			config.evidence.listen
		)),
	}
}

async fn clock(at: &At) -> Result<String, String> {
	let address = crate::chain::terminal::storage().timestamp().now();
	let block = at
		.storage()
		.fetch(address, ())
		.await
		.map_err(|error| error.to_string())?
		.decode()
		.map_err(|error| error.to_string())?;
	let now = SystemTime::now()
		.duration_since(UNIX_EPOCH)
		.map_or(0, |time| time.as_millis() as u64);
	let apart = now.abs_diff(block);
	if apart > 60_000 {
		return Err(format!(
			"{apart} ms from the chain's: set the clock, or the node is behind"
		));
	}
	Ok(format!("{apart} ms from the finalised block's"))
}

async fn reachable(config: &Config, endpoint: &str) -> Result<String, String> {
	let fetcher = crate::fetch::Fetcher::new(Limits {
		fetch_seconds: 5,
		..config.limits.clone()
	})
	.map_err(|error| error.to_string())?;
	let url = format!("{}/v1/health", endpoint.trim_end_matches('/'));
	match tokio::time::timeout(Duration::from_secs(6), fetcher.fetch(&url, 4_096)).await {
		Ok(Ok(_)) => Ok(format!("{endpoint} answers")),
		Ok(Err(error @ FetchError::Private(..))) => Err(format!(
			"{error}. Validators refuse it too, so call providers.setEndpoints"
		)),
		Ok(Err(error)) => Err(format!(
			"{endpoint}: {error}; start the daemon, open the port, or call providers.setEndpoints"
		)),
		Err(_) => Err(format!(
			"{endpoint} does not answer; open the port, or call providers.setEndpoints"
		)),
	}
}

/// What follows from the number of hosts.
fn enough(hosts: usize) -> Result<String, String> {
	match hosts {
		0 => Err("the machine serves nowhere: call providers.setEndpoints".into()),
		1 => Ok("one: whoever blocks it keeps results from being checked; \
			 providers.setEndpoints takes up to three"
			.into()),
		more => Ok(format!("{more}, asked in turn")),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_single_host_is_told_what_it_risks() {
		assert!(enough(0).unwrap_err().contains("setEndpoints"));
		assert!(enough(1).unwrap().contains("up to three"));
		assert_eq!(enough(3).unwrap(), "3, asked in turn");
	}

	#[test]
	fn what_may_be_fetched_is_told() {
		assert_eq!(fetching(&Limits::default()), "from public addresses only");
		let local = Limits {
			allow_private_fetch: true,
			allow_files: true,
			..Limits::default()
		};
		assert!(fetching(&local).contains("private addresses too"));
		assert!(fetching(&local).contains("files of this machine"));
	}

	#[test]
	fn a_bidder_needs_the_deposits_of_all_its_bids() {
		let market = Market {
			bid: true,
			min_rate: 100,
			max_open_bids: 4,
			..Market::default()
		};
		assert!(bidding(&Market::default(), 90, 10, 0).is_ok());
		let short = bidding(&market, 90, 10, 39).unwrap_err();
		assert!(short.contains("hold 40") && short.contains("max_open_bids"));
		let floor = |asking| bidding(&market, asking, 10, 40).unwrap();
		assert!(floor(90).contains("100 base units") && floor(90).contains("min_rate"));
		assert!(floor(150).contains("150 base units") && floor(150).contains("asking price"));
	}
}
