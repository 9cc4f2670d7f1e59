//! The newest block. One task drains the node's stream of best blocks; whoever is slower than the
//! chain finds the newest block when it looks again, never those that it missed.

use crate::chain::{At, Chain, Config};
use anyhow::{anyhow, bail};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// A best block.
#[derive(Clone)]
pub struct Head(Arc<subxt::client::Block<Config>>);

impl Head {
	/// Its number.
	pub fn number(&self) -> u64 {
		self.0.number()
	}

	/// A client that reads at it.
	pub async fn at(&self) -> anyhow::Result<At> {
		Ok(self.0.at().await?)
	}
}

/// The newest block, once one was seen.
pub type Newest = watch::Receiver<Option<Head>>;

/// Wait for a newer block. When there are no more, [`follow`] says why, so this waits for ever.
pub async fn changed(newest: &mut Newest) {
	if newest.changed().await.is_err() {
		std::future::pending().await
	}
}

/// Tell the best blocks of `chain`, until its node closes the stream or shows no new one for so long
/// as `stalled`: an error.
pub async fn follow(
	chain: Arc<Chain>,
	newest: watch::Sender<Option<Head>>,
	stalled: Duration,
) -> anyhow::Result<()> {
	// The stream begins with blocks that are final already: what they say is old.
	let first = chain.client().at_current_block().await?.block_number();
	let mut blocks = chain.client().stream_best_blocks().await?;
	loop {
		let Ok(block) = tokio::time::timeout(stalled, blocks.next()).await else {
			bail!("no block for {} s: is the node cut off?", stalled.as_secs());
		};
		let block = block.ok_or_else(|| anyhow!("the node closed the stream of blocks"))??;
		if block.number() >= first {
			newest.send_replace(Some(Head(Arc::new(block))));
		}
	}
}
