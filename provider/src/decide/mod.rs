//! What to do next, decided from what the chain says. Pure: nothing here asks, waits or sends, so
//! that each decision is tested by itself. [`crate::daemon`] does what is decided.
//!
//! | file | decides |
//! |---|---|
//! | `metered.rs` | the next call of a metered lease, and whom to serve |
//! | `prices.rs` | whether a lease in an asset is still at a price of the machine |
//! | `jobs.rs` | the next step of a fixed job |
//! | `reservations.rs` | whether to honour or to end a reservation |
//! | `bids/` | which orders to bid on, how low, and which bids to take back |
//! | `drain.rs` | the machine's status while its owner wishes it drained |
//! | `room.rs` | what of a machine is free when |

pub mod bids;
pub mod drain;
pub mod jobs;
pub mod metered;
pub mod prices;
pub mod reservations;
pub mod room;
#[cfg(test)]
pub mod samples;

/// The moment of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
	/// The best block.
	pub block: u64,
	/// This machine's clock, milliseconds since the Unix epoch.
	pub ms: u64,
}

impl Now {
	/// At `block`, by this machine's clock.
	pub fn at(block: u64) -> Self {
		let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
		Self {
			block,
			ms: since.map_or(0, |time| time.as_millis() as u64),
		}
	}

	/// Whether the last block that a state allows is past.
	fn is_past(self, until: Option<u32>) -> bool {
		until.is_some_and(|until| self.block > u64::from(until))
	}

	/// Whether a call sent now can still be in a block no later than `until`.
	fn is_in_time(self, until: Option<u32>) -> bool {
		until.is_none_or(|until| self.block < u64::from(until))
	}

	/// Whether that moment was and is past.
	fn is_after(self, moment: Option<u64>) -> bool {
		moment.is_some_and(|moment| self.ms > moment)
	}
}
