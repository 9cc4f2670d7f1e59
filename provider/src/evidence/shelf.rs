//! What is being served: finished jobs and running tenancies, shared between the chain loop, which
//! writes, and the HTTP handlers, which read.

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
	/// The open segment.
	pub segment: u32,
	/// When it began, ms since the epoch; `None` before the start: only the handshake is taken.
	pub since: Option<u64>,
	/// Milliseconds served beyond the last receipt.
	pub grace_ms: u64,
	/// Milliseconds the best receipt of this segment acknowledges.
	pub acknowledged_ms: u64,
}

impl Tenancy {
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
pub struct Shelf(Arc<RwLock<Inner>>, Arc<tokio::sync::Notify>, [u8; 32]);

impl Shelf {
	/// A shelf for the chain with this genesis hash.
	pub fn new(genesis: [u8; 32]) -> Self {
		Self(Arc::default(), Arc::default(), genesis)
	}

	pub fn genesis(&self) -> &[u8; 32] {
		&self.2
	}

	/// Wakes the chain loop: a tenant showed a receipt.
	pub fn news(&self) -> &tokio::sync::Notify {
		&self.1
	}

	pub fn job(&self, lease: u64) -> Option<Arc<Served>> {
		self.0.read().jobs.get(&lease).cloned()
	}

	pub fn put_job(&self, lease: u64, served: Served) {
		self.0.write().jobs.insert(lease, Arc::new(served));
	}

	/// Keep only jobs that `alive` names.
	pub fn retain_jobs(&self, alive: impl Fn(u64) -> bool) {
		self.0.write().jobs.retain(|lease, _| alive(*lease));
	}

	pub fn job_count(&self) -> usize {
		self.0.read().jobs.len()
	}

	pub fn tenancy(&self, lease: u64) -> Option<Tenancy> {
		self.0.read().tenancies.get(&lease).cloned()
	}

	pub fn put_tenancy(&self, lease: u64, tenancy: Tenancy) {
		self.0.write().tenancies.insert(lease, tenancy);
	}

	/// Keep only tenancies that `alive` names, and their models.
	pub fn retain_tenancies(&self, alive: impl Fn(u64) -> bool) {
		let mut inner = self.0.write();
		inner.tenancies.retain(|lease, _| alive(*lease));
		inner.models.retain(|lease, _| alive(*lease));
	}

	pub fn tenancy_count(&self) -> usize {
		self.0.read().tenancies.len()
	}

	pub fn acknowledge(&self, lease: u64, segment: u32, milliseconds: u64) {
		if let Some(tenancy) = self.0.write().tenancies.get_mut(&lease) {
			if tenancy.segment == segment {
				tenancy.acknowledged_ms = tenancy.acknowledged_ms.max(milliseconds);
			}
		}
	}

	pub fn model(&self, lease: u64) -> Option<Arc<Vec<u8>>> {
		self.0.read().models.get(&lease).cloned()
	}

	pub fn put_model(&self, lease: u64, weights: Vec<u8>) {
		self.0.write().models.insert(lease, Arc::new(weights));
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn service_stops_one_grace_after_the_last_receipt() {
		let mut tenancy = Tenancy {
			tenant: Some([1; 32]),
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
}
