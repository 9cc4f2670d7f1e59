//! Who gets in, and how fast. Signers, strangers and tenants have a gate each, so that a flood at
//! one of them takes neither rate nor seats from the others.

use crate::config::Evidence;
use parking_lot::Mutex;
use std::{
	collections::HashMap,
	hash::Hash,
	net::{IpAddr, Ipv6Addr},
	sync::Arc,
	time::{Duration, Instant},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What is counted is forgotten after so long.
const WINDOW: Duration = Duration::from_secs(1);
/// Shares that nobody uses are swept out when there are so many.
const SHARES_KEPT: usize = 1_024;

/// Under which key a client's requests are counted: its IPv4 address, or the /64 network of its
/// IPv6 address, since whoever has one address of it has all.
pub fn origin(address: IpAddr) -> IpAddr {
	match address.to_canonical() {
		IpAddr::V4(address) => IpAddr::V4(address),
		IpAddr::V6(address) => {
			let network = u128::from(address) & !u128::from(u64::MAX);
			IpAddr::V6(Ipv6Addr::from(network))
		},
	}
}

/// Counts of the current second. Its memory is what one second can bring: everything is forgotten
/// after it, and no key is added that is over the limit of all.
struct Counter<Key> {
	each: u32,
	all: u32,
	window: Mutex<Window<Key>>,
}

struct Window<Key> {
	since: Instant,
	all: u32,
	by_key: HashMap<Key, u32>,
}

impl<Key: Eq + Hash> Counter<Key> {
	fn new(each: u32, all: u32) -> Self {
		Self {
			each,
			all,
			window: Mutex::new(Window {
				since: Instant::now(),
				all: 0,
				by_key: HashMap::new(),
			}),
		}
	}

	/// Count one more of `key`; whether both limits allow it.
	fn take(&self, key: Key, now: Instant) -> bool {
		let mut window = self.window.lock();
		window.roll(now);
		if window.all >= self.all {
			return false;
		}
		let count = window.by_key.entry(key).or_default();
		if *count >= self.each {
			return false;
		}
		*count = count.saturating_add(1);
		window.all = window.all.saturating_add(1);
		true
	}

	/// Whether `key` has none left, without counting.
	fn is_spent(&self, key: &Key, now: Instant) -> bool {
		let mut window = self.window.lock();
		window.roll(now);
		window
			.by_key
			.get(key)
			.is_some_and(|count| *count >= self.each)
	}
}

impl<Key> Window<Key> {
	fn roll(&mut self, now: Instant) {
		if now.saturating_duration_since(self.since) >= WINDOW {
			self.since = now;
			self.all = 0;
			self.by_key.clear();
		}
	}
}

/// One class of clients: a rate per key and for all, and seats, of which one key has a share.
pub struct Gate<Key> {
	counter: Counter<Key>,
	seats: Arc<Semaphore>,
	share: usize,
	shares: Mutex<HashMap<Key, Arc<Semaphore>>>,
}

/// A place in the daemon, held until the last byte of the answer is written.
pub struct Seat {
	_share: OwnedSemaphorePermit,
	_seat: OwnedSemaphorePermit,
}

impl<Key: Clone + Eq + Hash> Gate<Key> {
	fn new(each: u32, all: u32, seats: usize) -> Self {
		Self {
			counter: Counter::new(each, all),
			seats: Arc::new(Semaphore::new(seats.min(Semaphore::MAX_PERMITS))),
			share: seats.div_ceil(4).min(Semaphore::MAX_PERMITS),
			shares: Mutex::default(),
		}
	}

	/// Wait for a seat. `None`, at once, if `key` or everybody together asked too often.
	pub async fn enter(&self, key: Key) -> Option<Seat> {
		if !self.counter.take(key.clone(), Instant::now()) {
			return None;
		}
		let share = self.share_of(key).acquire_owned().await.ok()?;
		let seat = self.seats.clone().acquire_owned().await.ok()?;
		Some(Seat {
			_share: share,
			_seat: seat,
		})
	}

	fn share_of(&self, key: Key) -> Arc<Semaphore> {
		let mut shares = self.shares.lock();
		if shares.len() >= SHARES_KEPT {
			// Whoever holds or awaits a part of a share has a reference to it.
			shares.retain(|_, share| Arc::strong_count(share) > 1);
		}
		shares
			.entry(key)
			.or_insert_with(|| Arc::new(Semaphore::new(self.share)))
			.clone()
	}
}

/// All gates.
pub struct Limiter {
	/// By account: those whose request is signed as it should be. An account has a rate of its
	/// own, too, since a recorded request can be repeated by others while its block is recent.
	pub signers: Gate<[u8; 32]>,
	/// By origin: those who read without a signature.
	pub strangers: Gate<IpAddr>,
	/// By origin: those who use metered leases.
	pub tenants: Gate<IpAddr>,
	forgeries: Counter<IpAddr>,
}

impl Limiter {
	pub fn new(config: &Evidence) -> Self {
		let Evidence {
			concurrent,
			per_second,
			strangers_per_second,
			signer_per_second,
			..
		} = *config;
		Self {
			signers: Gate::new(signer_per_second, u32::MAX, concurrent),
			strangers: Gate::new(per_second, strangers_per_second, concurrent),
			tenants: Gate::new(per_second, u32::MAX, concurrent),
			forgeries: Counter::new(per_second, u32::MAX),
		}
	}

	/// Whether so many wrong signatures came from `origin` this second that no more are checked.
	pub fn forges(&self, origin: &IpAddr) -> bool {
		self.forgeries.is_spent(origin, Instant::now())
	}

	/// A wrong signature came from `origin`.
	pub fn note_forgery(&self, origin: IpAddr) {
		self.forgeries.take(origin, Instant::now());
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const ONE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(1, 1, 1, 1));
	const TWO: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(2, 2, 2, 2));

	#[test]
	fn one_key_is_limited_and_others_are_not() {
		let (counter, now) = (Counter::new(2, 100), Instant::now());
		assert!(counter.take(ONE, now) && counter.take(ONE, now));
		assert!(!counter.take(ONE, now));
		assert!(counter.is_spent(&ONE, now));
		assert!(counter.take(TWO, now));
		assert!(!counter.is_spent(&TWO, now));
	}

	#[test]
	fn all_together_are_limited_and_leave_no_trace_beyond() {
		let (counter, now) = (Counter::new(2, 3), Instant::now());
		let taken = (0..1_000u32).filter(|key| counter.take(*key, now)).count();
		assert_eq!(taken, 3);
		assert_eq!(counter.window.lock().by_key.len(), 3);
	}

	#[test]
	fn a_second_later_everything_is_forgotten() {
		let (counter, now) = (Counter::new(1, 1), Instant::now());
		assert!(counter.take(ONE, now));
		assert!(!counter.take(ONE, now + Duration::from_millis(999)));
		assert!(counter.take(ONE, now + Duration::from_millis(1_000)));
	}

	#[test]
	fn an_ipv6_network_is_one_origin() {
		let of = |text: &str| origin(text.parse().unwrap());
		assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
		assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
		assert_eq!(of("::ffff:1.1.1.1"), ONE);
		assert_ne!(of("::ffff:1.1.1.1"), of("::ffff:1.1.1.2"));
	}

	#[tokio::test]
	async fn one_key_holds_a_quarter_of_the_seats_at_most() {
		let gate = Gate::new(100, 100, 8);
		let mut held = Vec::new();
		for _ in 0..2 {
			held.push(gate.enter(ONE).await.unwrap());
		}
		let third = gate.enter(ONE);
		let waited = tokio::time::timeout(Duration::from_millis(50), third).await;
		assert!(waited.is_err(), "a third seat must wait");
		held.push(gate.enter(TWO).await.unwrap());
		held.remove(0);
		assert!(gate.enter(ONE).await.is_some());
	}

	#[tokio::test]
	async fn shares_that_nobody_uses_are_swept_out() {
		let gate = Gate::new(10, u32::MAX, 8);
		let held = gate.enter(0).await.unwrap();
		for key in 1..3 * SHARES_KEPT {
			drop(gate.enter(key).await.unwrap());
		}
		assert!(gate.shares.lock().len() <= SHARES_KEPT);
		assert!(
			gate.shares.lock().contains_key(&0),
			"a share in use is kept"
		);
		drop(held);
	}
}
