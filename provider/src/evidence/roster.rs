//! Whose signature opens the evidence: what the chain said last, written by the chain loop. So a
//! request costs no question to the node, whoever sends it.

use parking_lot::RwLock;
use std::{
	collections::{HashMap, HashSet},
	sync::Arc,
	time::{Duration, Instant},
};

/// A height that was heard longer ago is not the chain's any more.
const STALE: Duration = Duration::from_secs(60);

/// An account and the sr25519 key that signs for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reader {
	pub account: [u8; 32],
	pub key: [u8; 32],
}

impl Reader {
	/// An account that is its own sr25519 key.
	pub fn own(account: [u8; 32]) -> Self {
		Self {
			account,
			key: account,
		}
	}
}

#[derive(Default)]
struct Inner {
	head: Option<(u32, Instant)>,
	attestors: HashSet<Reader>,
	of_lease: HashMap<u64, HashSet<Reader>>,
}

/// The shared roster.
#[derive(Clone, Default)]
pub struct Roster(Arc<RwLock<Inner>>);

impl Roster {
	/// The best block has this number.
	pub fn heard(&self, height: u64) {
		self.heard_at(height, Instant::now());
	}

	fn heard_at(&self, height: u64, now: Instant) {
		let height = u32::try_from(height).unwrap_or(u32::MAX);
		self.0.write().head = Some((height, now));
	}

	/// The chain's height, or `None` if nothing was heard of it lately.
	pub fn height(&self) -> Option<u32> {
		self.height_at(Instant::now())
	}

	/// As after a minute without a block.
	#[cfg(test)]
	pub fn forget_height(&self) {
		self.0.write().head = None;
	}

	fn height_at(&self, now: Instant) -> Option<u32> {
		let (height, heard) = self.0.read().head?;
		(now.saturating_duration_since(heard) < STALE).then_some(height)
	}

	/// The active attestors, who may read every job.
	pub fn set_attestors(&self, attestors: impl IntoIterator<Item = Reader>) {
		self.0.write().attestors = attestors.into_iter().collect();
	}

	/// Who else may read the job of `lease`: its committee, with the keys it was drawn with, and
	/// its consumer.
	pub fn set_readers(&self, lease: u64, readers: impl IntoIterator<Item = Reader>) {
		self.0
			.write()
			.of_lease
			.insert(lease, readers.into_iter().collect());
	}

	/// Keep only readers of leases that `alive` names.
	pub fn retain(&self, alive: impl Fn(u64) -> bool) {
		self.0.write().of_lease.retain(|lease, _| alive(*lease));
	}

	/// Whether `reader` may read the job of `lease`.
	pub fn knows(&self, lease: u64, reader: &Reader) -> bool {
		let inner = self.0.read();
		let of_lease = inner.of_lease.get(&lease);
		inner.attestors.contains(reader) || of_lease.is_some_and(|known| known.contains(reader))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn reader(account: u8, key: u8) -> Reader {
		Reader {
			account: [account; 32],
			key: [key; 32],
		}
	}

	#[test]
	fn a_height_is_believed_for_a_minute() {
		let (roster, now) = (Roster::default(), Instant::now());
		assert_eq!(roster.height_at(now), None);
		roster.heard_at(7, now);
		assert_eq!(roster.height_at(now + Duration::from_secs(59)), Some(7));
		assert_eq!(roster.height_at(now + Duration::from_secs(60)), None);
	}

	#[test]
	fn attestors_read_all_jobs_and_a_committee_its_own() {
		let roster = Roster::default();
		roster.set_attestors([reader(1, 11)]);
		roster.set_readers(5, [reader(2, 12), Reader::own([3; 32])]);
		assert!(roster.knows(5, &reader(1, 11)) && roster.knows(6, &reader(1, 11)));
		assert!(roster.knows(5, &reader(2, 12)) && roster.knows(5, &reader(3, 3)));
		assert!(!roster.knows(6, &reader(2, 12)), "another lease's member");
		assert!(!roster.knows(5, &reader(1, 12)), "another member's key");
	}

	#[test]
	fn who_left_is_forgotten() {
		let roster = Roster::default();
		roster.set_attestors([reader(1, 11)]);
		roster.set_attestors([]);
		roster.set_readers(5, [reader(2, 12)]);
		roster.set_readers(6, [reader(2, 12)]);
		roster.retain(|lease| lease == 6);
		assert!(!roster.knows(5, &reader(1, 11)));
		assert!(!roster.knows(5, &reader(2, 12)));
		assert!(roster.knows(6, &reader(2, 12)));
	}
}
