//! Sending calls: once under a name for some blocks, one after the other, each with the next nonce.
//!
//! Whether a call did what it should is seen in the chain's state, not here. So what is lost is sent
//! again, and what is refused the second time did no harm.

use super::{nonces::Nonces, Chain, Config};
use anyhow::anyhow;
use parking_lot::Mutex;
use std::{collections::HashMap, sync::Arc, time::Duration};
use subxt::{
	client::OnlineClientAtBlockImpl, config::DefaultExtrinsicParamsBuilder, ext::codec::Decode,
	tx::TransactionProgress,
};
use tokio::sync::OwnedMutexGuard;

/// After so many blocks a call that changed nothing is sent again: the pool may have lost it.
const RESEND_AFTER: u64 = 6;
/// Blocks for which a transaction is valid.
const MORTAL: u64 = 64;

/// What was sent over one connection.
#[derive(Default)]
pub(super) struct Outbox {
	/// By name, and in which block.
	sent: Mutex<HashMap<String, u64>>,
	/// One at a time: each takes the next nonce.
	nonces: Arc<tokio::sync::Mutex<Nonces>>,
}

impl Outbox {
	/// Whether a call of that name may go out now. If so it counts as sent.
	fn take(&self, name: &str, block: u64) -> bool {
		let mut sent = self.sent.lock();
		sent.retain(|_, at| block < at.saturating_add(RESEND_AFTER));
		if sent.contains_key(name) {
			return false;
		}
		sent.insert(name.into(), block);
		true
	}

	/// What was sent in `block` under that name is lost: it may go out again at once.
	fn lost(&self, name: &str, block: u64) {
		let mut sent = self.sent.lock();
		if sent.get(name) == Some(&block) {
			sent.remove(name);
		}
	}
}

impl Chain {
	/// Send `call` unless it was sent under the same name in one of the last blocks. Whether it did
	/// what it should is seen in the chain's state, not here: a failure is logged and the next block
	/// decides anew. Returns whether it went out.
	///
	/// Once it is a call's turn it is seen through, also if nobody waits for it any more.
	pub async fn send<Call>(self: &Arc<Self>, name: String, block: u64, call: Call) -> bool
	where
		Call: subxt::tx::Payload + Send + Sync + 'static,
		Call::CallData: Send + Sync,
	{
		if !self.outbox.take(&name, block) {
			return false;
		}
		let turn = self.outbox.nonces.clone().lock_owned().await;
		let chain = self.clone();
		let sending = tokio::spawn(async move { chain.perform(turn, name, block, call).await });
		sending.await.unwrap_or(false)
	}

	/// Wait until what is being sent has gone out, no longer than `patience`.
	pub async fn finish_sending(&self, patience: Duration) {
		let turn = self.outbox.nonces.lock();
		if tokio::time::timeout(patience, turn).await.is_err() {
			tracing::warn!("a call did not go out in time: it is sent after the next start");
		}
	}

	async fn perform<Call: subxt::tx::Payload>(
		self: Arc<Self>,
		mut turn: OwnedMutexGuard<Nonces>,
		name: String,
		block: u64,
		call: Call,
	) -> bool {
		let progress = match self.submit(&mut turn, &name, block, &call).await {
			Ok(progress) => progress,
			Err(error) => {
				self.outbox.lost(&name, block);
				tracing::warn!(call = %name, error = format!("{error:#}"), "could not be sent");
				return false;
			},
		};
		tokio::spawn(async move {
			let error = match progress.wait_for_finalized().await {
				Ok(done) => match done.wait_for_success().await {
					Ok(_) => return tracing::info!(call = %name, "done"),
					Err(error) => error.to_string(),
				},
				Err(error) => {
					// It never was in a block that stayed: dropped, replaced or out of date.
					self.outbox.lost(&name, block);
					error.to_string()
				},
			};
			tracing::warn!(call = %name, error, "failed on chain");
		});
		true
	}

	async fn submit<Call: subxt::tx::Payload>(
		&self,
		nonces: &mut Nonces,
		name: &str,
		block: u64,
		call: &Call,
	) -> anyhow::Result<Progress> {
		let in_pool = self
			.rpc
			.system_account_next_index(&self.agent())
			.await
			.map_err(|error| anyhow!("the node did not tell the next nonce: {error}"))?;
		let chosen = nonces.choose(block, self.nonce_on_chain().await?, in_pool);
		if chosen.tip > 0 {
			tracing::warn!(
				call = %name,
				nonce = chosen.nonce,
				tip = %chosen.tip,
				"a transaction is stuck or lost; its place is taken"
			);
		}
		let params = DefaultExtrinsicParamsBuilder::<Config>::new()
			.nonce(chosen.nonce)
			.tip(chosen.tip)
			.mortal(MORTAL)
			.build();
		let mut transactions = self.client.transactions().await?;
		Ok(transactions
			.sign_and_submit_then_watch(call, &self.signer, params)
			.await?)
	}

	/// How many of the hot key's transactions are in blocks, at the node's best one.
	async fn nonce_on_chain(&self) -> anyhow::Result<u64> {
		let call = "AccountNonceApi_account_nonce";
		let told = self
			.rpc
			.state_call(call, Some(&self.agent().0), None)
			.await
			.map_err(|error| anyhow!("the node did not tell the account's nonce: {error}"))?;
		Ok(u32::decode(&mut &told[..])?.into())
	}
}

type Progress = TransactionProgress<Config, OnlineClientAtBlockImpl<Config>>;

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::terminal,
		mock_node::{at_once, MockNode},
	};
	fn node() -> MockNode {
		MockNode::new(|_, _| at_once(()))
	}

	async fn remark(chain: &Arc<Chain>, name: &str, block: u64) -> bool {
		let call = terminal::transactions().system().remark(vec![7; 40]);
		chain.send(name.into(), block, call).await
	}

	#[tokio::test]
	async fn a_call_goes_out_once_in_some_blocks() {
		let node = node();
		let chain = node.connect().await;
		assert!(remark(&chain, "one", 10).await);
		assert!(!remark(&chain, "one", 10 + RESEND_AFTER - 1).await);
		assert!(remark(&chain, "other", 11).await);
		assert!(remark(&chain, "one", 10 + RESEND_AFTER).await);
		assert_eq!(node.nonces().len(), 3);
	}

	#[tokio::test]
	async fn what_the_pool_drops_goes_out_again_at_once() {
		let node = node();
		let chain = node.connect().await;
		assert!(remark(&chain, "one", 10).await);
		assert!(!remark(&chain, "one", 11).await);
		node.drop_all();
		for _ in 0..200 {
			if remark(&chain, "one", 11).await {
				assert_eq!(node.nonces(), [(0, 0), (0, 0)]);
				return;
			}
			tokio::time::sleep(Duration::from_millis(50)).await;
		}
		panic!("it still counts as sent");
	}

	#[tokio::test]
	async fn what_is_being_sent_is_waited_for_though_nobody_else_waits() {
		let node = node();
		let chain = node.connect().await;
		let gate = node.hold();
		let sending = tokio::spawn({
			let chain = chain.clone();
			async move { remark(&chain, "one", 10).await }
		});
		while node.held() == 0 {
			tokio::time::sleep(Duration::from_millis(10)).await;
		}
		sending.abort();
		let soon = Duration::from_millis(50);
		chain.finish_sending(soon).await;
		assert!(node.nonces().is_empty(), "its time was up");
		gate.add_permits(1);
		chain.finish_sending(Duration::from_secs(30)).await;
		assert_eq!(node.nonces(), [(0, 0)]);
	}

	#[tokio::test]
	async fn what_is_stuck_is_replaced_under_its_nonce() {
		let node = node();
		let chain = node.connect().await;
		node.set_nonces(4, 4);
		assert!(remark(&chain, "one", 10).await);
		// The node holds it, and no block ever has it.
		node.set_nonces(4, 5);
		assert!(remark(&chain, "other", 11).await);
		node.set_nonces(4, 6);
		assert!(remark(&chain, "one", 10 + RESEND_AFTER).await);
		// Both are in blocks.
		node.set_nonces(6, 6);
		assert!(remark(&chain, "one", 30).await);
		assert_eq!(node.nonces(), [(4, 0), (5, 0), (4, 1_000), (6, 0)]);
	}
}
