//! Who gets in: so many at once, and so many a second from one address.

use parking_lot::Mutex;
use std::{
	collections::HashMap,
	net::IpAddr,
	sync::Arc,
	time::{Duration, Instant},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Addresses remembered at once. A flood from more of them resets the count, never the memory.
const MAX_ADDRESSES: usize = 4_096;

/// Counts per second and address, and seats.
pub struct Limiter {
	per_second: u32,
	seats: Arc<Semaphore>,
	seen: Mutex<(Instant, HashMap<IpAddr, u32>)>,
}

impl Limiter {
	pub fn new(per_second: u32, concurrent: usize) -> Self {
		Self {
			per_second,
			seats: Arc::new(Semaphore::new(concurrent)),
			seen: Mutex::new((Instant::now(), HashMap::new())),
		}
	}

	/// A seat, or `None` for an address that asked too often this second.
	pub async fn enter(&self, address: IpAddr) -> Option<OwnedSemaphorePermit> {
		if !self.count(address) {
			return None;
		}
		self.seats.clone().acquire_owned().await.ok()
	}

	fn count(&self, address: IpAddr) -> bool {
		let mut guard = self.seen.lock();
		let (since, counts) = &mut *guard;
		if since.elapsed() >= Duration::from_secs(1) || counts.len() >= MAX_ADDRESSES {
			*since = Instant::now();
			counts.clear();
		}
		let count = counts.entry(address).or_default();
		*count = count.saturating_add(1);
		*count <= self.per_second
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[tokio::test]
	async fn one_address_is_limited_and_others_are_not() {
		let limiter = Limiter::new(2, 8);
		let (one, two) = (IpAddr::from([1, 1, 1, 1]), IpAddr::from([2, 2, 2, 2]));
		assert!(limiter.enter(one).await.is_some());
		assert!(limiter.enter(one).await.is_some());
		assert!(limiter.enter(one).await.is_none());
		assert!(limiter.enter(two).await.is_some());
	}
}
