//! How many exchanges may be open at once. One more fails at once: a worker asks again in a later
//! block, and a queue would let one host's silence delay the others.

use parking_lot::Mutex;
use std::{collections::HashMap, sync::Arc};

/// Counts open exchanges.
#[derive(Clone)]
pub struct Admission {
	counts: Arc<Mutex<Counts>>,
	in_all: usize,
	per_host: usize,
}

#[derive(Default)]
struct Counts {
	in_all: usize,
	per_host: HashMap<String, usize>,
}

impl Admission {
	/// At most `in_all` exchanges, and `per_host` with each host.
	pub fn new(in_all: usize, per_host: usize) -> Self {
		Self {
			counts: Arc::default(),
			in_all,
			per_host,
		}
	}

	/// Admit one exchange with `host` for as long as the ticket is kept.
	pub fn enter(&self, host: &str) -> Option<Ticket> {
		let mut counts = self.counts.lock();
		let with_host = counts.per_host.get(host).copied().unwrap_or(0);
		if counts.in_all >= self.in_all || with_host >= self.per_host {
			return None;
		}
		counts.in_all = counts.in_all.saturating_add(1);
		counts
			.per_host
			.insert(host.to_owned(), with_host.saturating_add(1));
		Some(Ticket {
			counts: self.counts.clone(),
			host: host.to_owned(),
		})
	}
}

/// One admitted exchange.
pub struct Ticket {
	counts: Arc<Mutex<Counts>>,
	host: String,
}

impl Drop for Ticket {
	fn drop(&mut self) {
		let mut counts = self.counts.lock();
		counts.in_all = counts.in_all.saturating_sub(1);
		if let Some(with_host) = counts.per_host.get_mut(&self.host) {
			*with_host = with_host.saturating_sub(1);
			if *with_host == 0 {
				counts.per_host.remove(&self.host);
			}
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn one_host_cannot_take_every_place() {
		let admission = Admission::new(3, 2);
		let first = admission.enter("a");
		let second = admission.enter("a");
		assert!(first.is_some() && second.is_some());
		assert!(admission.enter("a").is_none());
		let other = admission.enter("b");
		assert!(other.is_some());
		assert!(admission.enter("c").is_none());
		drop(first);
		assert!(admission.enter("a").is_some());
	}

	#[test]
	fn places_come_back() {
		let admission = Admission::new(1, 1);
		for _ in 0..3 {
			drop(admission.enter("a").expect("a free place"));
		}
		assert!(admission.counts.lock().per_host.is_empty());
	}
}
