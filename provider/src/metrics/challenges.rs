//! What became of the machine's presence challenges, told from looks at the chain alone: so it is
//! counted right whoever committed, and whether or not this daemon computed anything.

use crate::{
	chain::{ChallengeView, PresencePhase, Run},
	decide::Now,
};
use std::collections::BTreeMap;

/// A challenge that was not seen for so many blocks is over: short forks bring none back.
const OVER_AFTER: u64 = 8;

/// What is new about the open challenge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum News {
	/// There is one.
	Seen,
	/// Its commitment is on chain.
	Committed {
		/// Seconds since it was issued, where it was seen without a commitment before.
		seconds: Option<f64>,
	},
}

/// A challenge that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Over {
	/// Its number.
	pub id: u64,
	/// When it was issued, milliseconds since the epoch.
	pub issued_at: u64,
}

impl Over {
	/// Whether it was answered: a pass extends a run, or begins one, at the moment of its issue.
	pub fn is_in(self, runs: &[Run]) -> bool {
		runs.iter()
			.any(|run| (run.from..=run.to).contains(&self.issued_at))
	}
}

struct Known {
	issued_at: u64,
	committed: bool,
	/// The block in which it was seen last.
	seen: u64,
}

/// The challenges that are not judged, by number.
#[derive(Default)]
pub struct Challenges(BTreeMap<u64, Known>);

impl Challenges {
	/// Look at the open challenge. Returns what is new, and which ones are over.
	pub fn look(&mut self, now: Now, challenge: Option<&ChallengeView>) -> (Vec<News>, Vec<Over>) {
		let mut news = Vec::new();
		if let Some(challenge) = challenge {
			let is_new = !self.0.contains_key(&challenge.id.0);
			let known = self.0.entry(challenge.id.0).or_insert(Known {
				issued_at: challenge.issued_at,
				committed: false,
				seen: now.block,
			});
			known.seen = now.block;
			if is_new {
				news.push(News::Seen);
			}
			let is_committed = matches!(challenge.phase, PresencePhase::AwaitingAnswer { .. });
			if is_committed && !known.committed {
				known.committed = true;
				let ms = now.ms.saturating_sub(challenge.issued_at);
				let seconds = (!is_new).then_some(ms as f64 / 1_000.0);
				news.push(News::Committed { seconds });
			}
		}
		let over = |known: &Known| now.block.saturating_sub(known.seen) >= OVER_AFTER;
		let over = self.0.iter().filter(|(_, known)| over(known));
		let over = over.map(|(id, known)| Over {
			id: *id,
			issued_at: known.issued_at,
		});
		(news, over.collect())
	}

	/// Whether it was known. From now on it is not.
	pub fn forget(&mut self, id: u64) -> bool {
		self.0.remove(&id).is_some()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::{terminal::runtime_types::terminal_primitives::ids::ChallengeId, MachineId},
		decide::samples::{now, MACHINE},
	};

	fn challenge(id: u64, phase: PresencePhase) -> ChallengeView {
		ChallengeView {
			id: ChallengeId(id),
			machine: MachineId(MACHINE),
			seed: [1; 32],
			n: 128,
			issued_at: 10_000,
			issued_block: 1,
			commit_by: 10,
			answer_by: 20,
			phase,
			entries: None,
		}
	}

	fn committed() -> PresencePhase {
		PresencePhase::AwaitingAnswer {
			root: [2; 32],
			commit_block: 4,
		}
	}

	#[test]
	fn a_challenge_is_seen_and_committed_once() {
		let mut known = Challenges::default();
		let open = challenge(3, PresencePhase::AwaitingCommit);
		assert_eq!(known.look(now(2, 11_000), Some(&open)).0, [News::Seen]);
		assert_eq!(known.look(now(3, 17_000), Some(&open)).0, []);
		let open = challenge(3, committed());
		let seconds = Some(13.5);
		assert_eq!(
			known.look(now(4, 23_500), Some(&open)).0,
			[News::Committed { seconds }]
		);
		assert_eq!(known.look(now(5, 29_000), Some(&open)).0, []);
	}

	#[test]
	fn no_time_is_told_of_a_commitment_that_was_there_before() {
		let mut known = Challenges::default();
		let open = challenge(3, committed());
		let news = known.look(now(2, 900_000), Some(&open)).0;
		assert_eq!(news, [News::Seen, News::Committed { seconds: None }]);
	}

	#[test]
	fn a_short_fork_ends_no_challenge_and_counts_none_twice() {
		let mut known = Challenges::default();
		let open = challenge(3, PresencePhase::AwaitingCommit);
		known.look(now(10, 0), Some(&open));
		let gone = known.look(now(10 + OVER_AFTER - 1, 0), None);
		assert_eq!(gone, (vec![], vec![]));
		let back = known.look(now(10 + OVER_AFTER, 0), Some(&open));
		assert_eq!(back, (vec![], vec![]));
		let over = Over {
			id: 3,
			issued_at: 10_000,
		};
		let gone = known.look(now(10 + 2 * OVER_AFTER, 0), None);
		assert_eq!(gone, (vec![], vec![over]));
		assert!(known.forget(3));
		assert!(!known.forget(3));
		assert_eq!(known.look(now(99, 0), None), (vec![], vec![]));
	}

	#[test]
	fn what_a_run_goes_to_was_answered() {
		let over = Over {
			id: 3,
			issued_at: 10_000,
		};
		let run = |from, to| Run {
			from,
			to,
			before: 0,
		};
		assert!(over.is_in(&[run(1, 2), run(4_000, 10_000)]), "extended");
		assert!(over.is_in(&[run(10_000, 10_000)]), "the first of its run");
		assert!(over.is_in(&[run(4_000, 90_000)]), "later ones passed too");
		assert!(!over.is_in(&[run(4_000, 9_999), run(10_001, 90_000)]));
		assert!(!over.is_in(&[]));
	}
}
