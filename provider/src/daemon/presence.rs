//! Presence challenges: compute in the background, commit, answer. A task of its own, which reads
//! the challenge and nothing else: whatever leases and orders take to be read, it is in time.

use super::heads::{self, Newest};
use crate::{
	chain::{terminal, Chain, ChallengeView, PresencePhase},
	presence::{self, Product},
};
use std::{
	collections::{HashMap, HashSet},
	sync::Arc,
};
use tokio::sync::mpsc;

/// What is known of the machine's challenges.
pub(super) struct Presence {
	chain: Arc<Chain>,
	machine: u64,
	products: HashMap<u64, Arc<Product>>,
	/// Challenges whose product is being computed.
	busy: HashSet<u64>,
	done: (mpsc::UnboundedSender<Done>, mpsc::UnboundedReceiver<Done>),
}

/// A challenge and its product, unless the chain would never ask for it.
type Done = (u64, Option<Product>);

impl Presence {
	pub(super) fn new(chain: Arc<Chain>, machine: u64) -> Self {
		// So that the first challenge need not wait until a GPU is looked for.
		tokio::task::spawn_blocking(presence::computer);
		Self {
			chain,
			machine,
			products: HashMap::new(),
			busy: HashSet::new(),
			done: mpsc::unbounded_channel(),
		}
	}

	/// Do what the newest block asks for, until the chain cannot be read: an error.
	pub(super) async fn follow(mut self, mut newest: Newest) -> anyhow::Result<()> {
		loop {
			tokio::select! {
				_ = heads::changed(&mut newest) => {},
				Some((challenge, product)) = self.done.1.recv() => {
					self.busy.remove(&challenge);
					self.products.extend(product.map(|product| (challenge, Arc::new(product))));
				},
			}
			let head = newest.borrow_and_update().clone();
			let Some(head) = head else {
				continue;
			};
			let challenge = self
				.chain
				.challenge(&head.at().await?, self.machine)
				.await?;
			self.meet(challenge, head.number()).await;
		}
	}

	async fn meet(&mut self, challenge: Option<ChallengeView>, block: u64) {
		let Some(challenge) = challenge else {
			self.products.clear();
			return;
		};
		let id = challenge.id.0;
		self.products.retain(|known, _| *known == id);
		let Some(product) = self.products.get(&id) else {
			self.compute(challenge);
			return;
		};
		match (&challenge.phase, &challenge.entries) {
			(PresencePhase::AwaitingCommit, _) => {
				let call = terminal::transactions().attestation().commit_presence(
					challenge.machine,
					challenge.id,
					product.root(),
				);
				self.chain
					.send(format!("commit_presence {id}"), block, call)
					.await;
			},
			(PresencePhase::AwaitingAnswer { root, .. }, Some(entries)) => {
				if *root != product.root() {
					tracing::error!(
						challenge = id,
						"another root was committed for this machine"
					);
					return;
				}
				let (product, entries) = (product.clone(), entries.clone());
				let opened = tokio::task::spawn_blocking(move || product.answer(&entries));
				let Some(pieces) = opened.await.ok().flatten() else {
					tracing::error!(
						challenge = id,
						"the commitment cannot be opened at the drawn entries: the GPU computed \
						 wrong; test its memory, or set CUDA_VISIBLE_DEVICES to nothing to keep to \
						 the CPU"
					);
					return;
				};
				let pieces = pieces
					.into_iter()
					.map(|piece| crate::chain::piece(piece.entries, piece.path))
					.collect();
				let call = terminal::transactions().attestation().answer_presence(
					challenge.machine,
					challenge.id,
					crate::chain::bounded(pieces),
				);
				self.chain
					.send(format!("answer_presence {id}"), block, call)
					.await;
			},
			(PresencePhase::AwaitingAnswer { .. }, None) => {},
		}
	}

	fn compute(&mut self, challenge: ChallengeView) {
		let id = challenge.id.0;
		if !self.busy.insert(id) {
			return;
		}
		let done = self.done.0.clone();
		tokio::task::spawn_blocking(move || {
			let product = Product::compute(&challenge.seed, challenge.n, &challenge.seed);
			let _ = done.send((id, product));
		});
	}
}
