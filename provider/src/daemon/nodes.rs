//! Which node is asked: one after the other, with waits that grow while none of them serves.

use std::time::Duration;

/// A node that was asked for so long before it was lost is a good one.
const GOOD: Duration = Duration::from_secs(60);
/// A node that has not answered after so long is given up.
const PATIENCE: Duration = Duration::from_secs(90);
/// Before the second round, milliseconds. Doubled for each round more.
const FIRST_WAIT_MS: u64 = 500;
/// No wait is longer, milliseconds.
const LONGEST_WAIT_MS: u64 = 30_000;

/// The nodes of the configuration.
pub(super) struct Nodes {
	urls: Vec<String>,
	/// How many were left since the start.
	left: usize,
	/// How many were left in a row that did not answer or were lost soon.
	failed: usize,
}

impl Nodes {
	/// The first of `urls` is asked first. There must be one.
	pub(super) fn new(urls: Vec<String>) -> Self {
		Self {
			urls,
			left: 0,
			failed: 0,
		}
	}

	/// What `open` makes of the next node that answers, and the node.
	pub(super) async fn connect<Opened>(
		&mut self,
		open: impl AsyncFn(&str) -> anyhow::Result<Opened>,
	) -> (Opened, String) {
		loop {
			tokio::time::sleep(self.wait()).await;
			let node = self.next();
			let error = match tokio::time::timeout(PATIENCE, open(&node)).await {
				Ok(Ok(opened)) => return (opened, node),
				Ok(Err(error)) => format!("{error:#}"),
				Err(_) => format!("no answer for {} s", PATIENCE.as_secs()),
			};
			tracing::warn!(%node, error, "no connection");
			self.leave();
		}
	}

	/// The node that answered last is lost, after it was asked for so long.
	pub(super) fn lost(&mut self, asked: Duration) {
		if asked >= GOOD {
			self.failed = 0;
		}
		self.leave();
	}

	fn leave(&mut self) {
		self.left = self.left.wrapping_add(1);
		self.failed = self.failed.saturating_add(1);
	}

	fn next(&self) -> String {
		let position = self.left.checked_rem(self.urls.len());
		let next = position.and_then(|position| self.urls.get(position));
		next.cloned().unwrap_or_default()
	}

	/// Each node is tried at once; then all of them again, after a while.
	fn wait(&self) -> Duration {
		let (rounds, within) = match self.urls.len() {
			0 => (self.failed, 0),
			nodes => (self.failed / nodes, self.failed % nodes),
		};
		if rounds == 0 || within != 0 {
			return Duration::ZERO;
		}
		let doublings = u32::try_from(rounds.saturating_sub(1)).unwrap_or(u32::MAX);
		let wait = FIRST_WAIT_MS.saturating_mul(2u64.saturating_pow(doublings));
		Duration::from_millis(wait.min(LONGEST_WAIT_MS))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn nodes() -> Nodes {
		Nodes::new(vec!["a".into(), "b".into()])
	}

	/// Who is asked after what wait, in milliseconds, if nobody answers.
	fn asked(nodes: &mut Nodes, times: usize) -> Vec<(String, u128)> {
		let ask = |_| {
			let found = (nodes.next(), nodes.wait().as_millis());
			nodes.leave();
			found
		};
		(0..times).map(ask).collect()
	}

	#[test]
	fn all_are_tried_at_once_and_then_again_after_a_while() {
		let asked = asked(&mut nodes(), 16);
		let names: String = asked.iter().map(|(name, _)| name.as_str()).collect();
		assert_eq!(names, "abababababababab");
		let waits: Vec<u128> = asked.iter().map(|(_, wait)| *wait).collect();
		let rounds = [0, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
		assert_eq!(waits, rounds.map(|wait| [wait, 0]).concat());
	}

	#[test]
	fn the_one_that_was_lost_is_the_last_to_be_asked_again() {
		let mut nodes = nodes();
		nodes.lost(GOOD);
		assert_eq!(asked(&mut nodes, 2), [("b".into(), 0), ("a".into(), 500)]);
	}

	#[test]
	fn those_that_are_lost_soon_are_asked_more_and_more_seldom() {
		let mut nodes = nodes();
		for _ in 0..6 {
			nodes.lost(GOOD - Duration::from_millis(1));
		}
		assert_eq!(nodes.wait().as_millis(), 2_000);
		nodes.lost(GOOD);
		assert_eq!(nodes.wait().as_millis(), 0);
	}

	#[tokio::test]
	async fn the_next_one_is_asked_when_one_does_not_answer() {
		let open = async |node: &str| match node {
			"b" => Ok(5),
			other => Err(anyhow::anyhow!("{other} is off")),
		};
		let opened = nodes().connect(open).await;
		assert_eq!(opened, (5, "b".into()));
	}
}
