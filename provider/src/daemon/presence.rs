//! Presence challenges: compute in the background, commit, answer.

use super::{Daemon, Done};
use crate::{
	chain::{terminal, ChallengeView, PresencePhase},
	presence::Product,
};

impl Daemon {
	pub(super) async fn presence(&mut self, challenge: Option<ChallengeView>, block: u64) {
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
				let Some(pieces) = product.answer(entries) else {
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
		if !self.busy.insert(format!("product {id}")) {
			return;
		}
		let done = self.done.0.clone();
		tokio::task::spawn_blocking(move || {
			let product = Product::compute(&challenge.seed, challenge.n, &challenge.seed);
			let _ = done.send(Done::Product {
				challenge: id,
				product,
			});
		});
	}
}
