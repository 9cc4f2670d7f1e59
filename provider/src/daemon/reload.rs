//! Prices of the configuration file, while the daemon runs. They are those of its bids: what the
//! machine asks on chain is set by the cold account, whose key is not here.

use super::Daemon;
use crate::config::Config;

impl Daemon {
	/// Look whether the file has changed. `[market]` holds from now on: bids that stand are lowered
	/// or taken back accordingly, new ones placed. A file that is broken changes nothing.
	pub(super) fn reload(&mut self) {
		let new = match self.file.look() {
			None => return,
			Some(Err(error)) => {
				tracing::error!(%error, "the configuration file is not taken; what was, holds");
				return;
			},
			Some(Ok(new)) => new,
		};
		let Config { market, .. } = new.clone();
		let rest = Config {
			market: self.config.market.clone(),
			..new
		};
		if rest != self.config {
			tracing::warn!("only [market] is taken while the daemon runs: restart it for the rest");
		}
		if market == self.config.market {
			return;
		}
		tracing::info!(
			bid = market.bid,
			min_rate = market.min_rate,
			first_rate = market.first_rate,
			"[market] has changed and holds from now on"
		);
		self.config.market = market;
		self.market.begin_anew();
	}
}

#[cfg(test)]
mod tests {
	use crate::{
		config::{Config, TEMPLATE},
		daemon::tests::daemon,
		mock_node::{at_once, MockNode},
	};

	#[tokio::test]
	async fn new_prices_hold_at_once_and_a_broken_file_keeps_the_old_ones() {
		let node = MockNode::new(|_, _| at_once(()));
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("provider.toml");
		std::fs::write(&path, TEMPLATE).unwrap();
		let mut daemon = daemon(&node, folder.path()).await;
		daemon.config = Config::load(&path).unwrap();
		daemon.reload();
		assert!(!daemon.config.market.bid);
		let priced = TEMPLATE
			.replace("bid = false", "bid = true")
			.replace("min_rate = 0", "min_rate = 7");
		std::fs::write(&path, &priced).unwrap();
		daemon.reload();
		assert!(daemon.config.market.bid);
		assert_eq!(daemon.config.market.min_rate, 7);
		for broken in [
			"",
			"min_rate = 8",
			&priced.replace("min_rate = 7", "min_rate = 0"),
		] {
			std::fs::write(&path, broken).unwrap();
			daemon.reload();
			assert_eq!(daemon.config.market.min_rate, 7, "{broken}");
		}
		std::fs::remove_file(&path).unwrap();
		daemon.reload();
		assert_eq!(daemon.config.market.min_rate, 7);
		let other = priced.replace("machine = 0", "machine = 3");
		std::fs::write(&path, other.replace("min_rate = 7", "min_rate = 9")).unwrap();
		daemon.reload();
		assert_eq!(daemon.config.market.min_rate, 9);
		assert_eq!(daemon.config.machine, 0, "that needs a restart");
	}
}
