//! What the metrics say of the chain: the newest block and what became of presence challenges. A
//! task of its own that only reads; nothing of the service hangs on it.

use super::heads::{self, Newest};
use crate::{
	chain::{At, Chain},
	decide::Now,
	metrics::Metrics,
};
use std::sync::Arc;

/// Look at each new block, for ever: a look that fails is one less.
pub(super) async fn follow(
	chain: Arc<Chain>,
	machine: u64,
	metrics: Arc<Metrics>,
	mut newest: Newest,
) -> anyhow::Result<()> {
	loop {
		heads::changed(&mut newest).await;
		let head = newest.borrow_and_update().clone();
		let Some(head) = head else {
			continue;
		};
		metrics.heard(head.number());
		let look = async {
			let at = head.at().await?;
			challenges(&chain, machine, &metrics, &at, Now::at(head.number())).await
		};
		if let Err(error) = look.await {
			tracing::debug!(error = format!("{error:#}"), "challenges are not counted");
		}
	}
}

async fn challenges(
	chain: &Chain,
	machine: u64,
	metrics: &Metrics,
	at: &At,
	now: Now,
) -> anyhow::Result<()> {
	let challenge = chain.challenge(at, machine).await?;
	let over = metrics.challenge(now, challenge.as_ref());
	if over.is_empty() {
		return Ok(());
	}
	let uptime = chain.uptime(at, machine).await?;
	let runs = uptime.map(|uptime| uptime.runs).unwrap_or_default();
	for one in over {
		metrics.is_judged(one, &runs);
	}
	Ok(())
}
