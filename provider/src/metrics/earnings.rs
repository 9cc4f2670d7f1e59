//! What leases paid since the daemon began: the growth of each lease's books.

use std::collections::HashMap;

/// What each open lease had paid when it was seen last, base units.
#[derive(Default)]
pub struct Earnings(HashMap<u64, u128>);

impl Earnings {
	/// A lease has paid `paid` so far. Returns its money and by how much that is more than before.
	/// What it had paid when it was seen first is of the time before.
	pub fn look(&mut self, id: u64, asset: Option<u32>, paid: u128) -> Option<(Option<u32>, u128)> {
		let before = self.0.insert(id, paid)?;
		let more = paid.saturating_sub(before);
		(more > 0).then_some((asset, more))
	}

	/// The leases that were seen and are not `open` any more, ascending.
	pub fn gone(&self, open: impl Fn(u64) -> bool) -> Vec<u64> {
		let mut gone: Vec<u64> = self.0.keys().copied().filter(|id| !open(*id)).collect();
		gone.sort_unstable();
		gone
	}

	/// Lease `id` pays no more.
	pub fn forget(&mut self, id: u64) {
		self.0.remove(&id);
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_was_paid_before_the_start_is_not_counted() {
		let mut earnings = Earnings::default();
		assert_eq!(earnings.look(1, None, 500), None);
		assert_eq!(earnings.look(1, None, 520), Some((None, 20)));
		assert_eq!(earnings.look(1, None, 520), None);
	}

	#[test]
	fn what_a_fork_takes_back_is_counted_no_second_time_backwards() {
		let mut earnings = Earnings::default();
		earnings.look(1, Some(7), 100);
		assert_eq!(earnings.look(1, Some(7), 90), None);
		assert_eq!(earnings.look(1, Some(7), 95), Some((Some(7), 5)));
	}

	#[test]
	fn a_lease_is_gone_until_it_is_forgotten() {
		let mut earnings = Earnings::default();
		earnings.look(2, None, 0);
		earnings.look(1, None, 0);
		assert!(earnings.gone(|_| true).is_empty());
		assert_eq!(earnings.gone(|_| false), [1, 2]);
		earnings.forget(1);
		assert_eq!(earnings.gone(|_| false), [2]);
	}
}
