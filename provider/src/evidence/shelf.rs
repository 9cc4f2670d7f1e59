//! What is being served: finished jobs and running tenancies, shared between the chain loop, which
//! writes, and the HTTP handlers, which read.

use super::roster::Roster;
use crate::network_job::Finished;
use parking_lot::RwLock;
use std::{collections::HashMap, sync::Arc};

/// One finished job.
pub struct Served {
	pub finished: Finished,
	pub weights: Vec<u8>,
}

/// A metered lease whose tenant is served.
#[derive(Clone, Debug)]
pub struct Tenancy {
	/// Signs receipts; `None` when the lease has receipts off.
	pub tenant: Option<[u8; 32]>,
	/// The account that pays.
	pub consumer: [u8; 32],
	/// The open segment.
	pub segment: u32,
	/// When it began, ms since the epoch; `None` before the start and while it is paused: receipts
	/// are taken, nothing is served.
	pub since: Option<u64>,
	/// Milliseconds served beyond the last receipt.
	pub grace_ms: u64,
	/// Milliseconds the best receipt of this segment acknowledges.
	pub acknowledged_ms: u64,
}

impl Tenancy {
	/// Whose signature the model needs: the tenant's, or with receipts off the consumer's.
	pub fn owner(&self) -> [u8; 32] {
		self.tenant.unwrap_or(self.consumer)
	}

	/// Whether the service goes on at `now`: the tenant is at most one grace behind.
	pub fn is_paid_up(&self, now: u64) -> bool {
		match (self.tenant, self.since) {
			(_, None) => false,
			(None, Some(_)) => true,
			(Some(_), Some(since)) => {
				now.saturating_sub(since) <= self.acknowledged_ms.saturating_add(self.grace_ms)
			},
		}
	}
}

#[derive(Default)]
struct Inner {
	jobs: HashMap<u64, Arc<Served>>,
	tenancies: HashMap<u64, Tenancy>,
	models: HashMap<u64, Arc<Vec<u8>>>,
}

/// The shared shelf.
#[derive(Clone, Default)]
pub struct Shelf {
	inner: Arc<RwLock<Inner>>,
	news: Arc<tokio::sync::Notify>,
	roster: Roster,
	genesis: [u8; 32],
}

impl Shelf {
	/// A shelf for the chain with this genesis hash.
	pub fn new(genesis: [u8; 32]) -> Self {
		Self {
			genesis,
			..Self::default()
		}
	}

	pub fn genesis(&self) -> &[u8; 32] {
		&self.genesis
	}

	/// Whose signature opens the evidence.
	pub fn roster(&self) -> &Roster {
		&self.roster
	}

	/// Wakes the chain loop: a tenant showed a receipt.
	pub fn news(&self) -> &tokio::sync::Notify {
		&self.news
	}

	pub fn job(&self, lease: u64) -> Option<Arc<Served>> {
		self.inner.read().jobs.get(&lease).cloned()
	}

	pub fn put_job(&self, lease: u64, served: Served) {
		self.inner.write().jobs.insert(lease, Arc::new(served));
	}

	/// Keep only jobs that `alive` names, and their readers.
	pub fn retain_jobs(&self, alive: impl Fn(u64) -> bool) {
		self.inner.write().jobs.retain(|lease, _| alive(*lease));
		self.roster.retain(alive);
	}

	pub fn job_count(&self) -> usize {
		self.inner.read().jobs.len()
	}

	pub fn tenancy(&self, lease: u64) -> Option<Tenancy> {
		self.inner.read().tenancies.get(&lease).cloned()
	}

	/// Serve `tenancy` from now on. Whoever takes a lease over brings a model of their own: that of
	/// the tenant before is forgotten.
	pub fn put_tenancy(&self, lease: u64, tenancy: Tenancy) {
		let mut inner = self.inner.write();
		let owner = tenancy.owner();
		let before = inner.tenancies.insert(lease, tenancy);
		if before.is_some_and(|before| before.owner() != owner) {
			inner.models.remove(&lease);
		}
	}

	/// Keep only tenancies that `alive` names, and their models.
	pub fn retain_tenancies(&self, alive: impl Fn(u64) -> bool) {
		let mut inner = self.inner.write();
		inner.tenancies.retain(|lease, _| alive(*lease));
		inner.models.retain(|lease, _| alive(*lease));
	}

	pub fn tenancy_count(&self) -> usize {
		self.inner.read().tenancies.len()
	}

	pub fn acknowledge(&self, lease: u64, segment: u32, milliseconds: u64) {
		if let Some(tenancy) = self.inner.write().tenancies.get_mut(&lease) {
			if tenancy.segment == segment {
				tenancy.acknowledged_ms = tenancy.acknowledged_ms.max(milliseconds);
			}
		}
	}

	pub fn model(&self, lease: u64) -> Option<Arc<Vec<u8>>> {
		self.inner.read().models.get(&lease).cloned()
	}

	pub fn put_model(&self, lease: u64, weights: Vec<u8>) {
		self.inner.write().models.insert(lease, Arc::new(weights));
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn service_stops_one_grace_after_the_last_receipt() {
		let mut tenancy = Tenancy {
			tenant: Some([1; 32]),
			consumer: [2; 32],
			segment: 0,
			since: Some(1_000),
			grace_ms: 500,
			acknowledged_ms: 2_000,
		};
		assert!(tenancy.is_paid_up(3_500));
		assert!(!tenancy.is_paid_up(3_501));
		tenancy.tenant = None;
		assert!(tenancy.is_paid_up(u64::MAX), "receipts are off");
		tenancy.since = None;
		assert!(!tenancy.is_paid_up(0), "nothing is served before the start");
	}

	#[test]
	fn a_pause_keeps_the_model_and_another_tenant_does_not_get_it() {
		let shelf = Shelf::new([0; 32]);
		let tenancy = |key, since| Tenancy {
			tenant: Some([key; 32]),
			consumer: [2; 32],
			segment: 0,
			since,
			grace_ms: 500,
			acknowledged_ms: 0,
		};
		shelf.put_tenancy(1, tenancy(1, Some(1_000)));
		shelf.put_model(1, vec![7]);
		shelf.put_tenancy(1, tenancy(1, None));
		assert!(shelf.model(1).is_some());
		shelf.put_tenancy(1, tenancy(3, Some(2_000)));
		assert!(shelf.model(1).is_none());
	}
}
