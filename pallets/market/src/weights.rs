//! Weights of the calls: provisional, counted from reads and writes; to be replaced by the output
//! of `frame-omni-bencher` (`scripts/bench`).

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// Weights of the calls, the hooks and the expiry wheel. What leases and providers do inside a call
/// is part of it.
pub trait WeightInfo {
	/// `publish_offer` with all windows.
	fn publish_offer() -> Weight;
	/// `withdraw_offer`.
	fn withdraw_offer() -> Weight;
	/// `take_offer` with a model version.
	fn take_offer() -> Weight;
	/// `post_order` with the longest requirements.
	fn post_order() -> Weight;
	/// `place_bid` that displaces another.
	fn place_bid() -> Weight;
	/// `withdraw_bid`.
	fn withdraw_bid() -> Weight;
	/// `accept_bid` with `b` bids of as many providers.
	fn accept_bid(b: u32) -> Weight;
	/// `cancel_order` with `b` bids of as many providers.
	fn cancel_order(b: u32) -> Weight;
	/// `close_order` of a full order, of whose bids `b` are tried.
	fn close_order(b: u32) -> Weight;
	/// `propose_matches` of `m` full orders.
	fn propose_matches(m: u32) -> Weight;
	/// `reserve`.
	fn reserve() -> Weight;
	/// `arrive`, where the lease opens.
	fn arrive() -> Weight;
	/// `honour`, where the lease opens.
	fn honour() -> Weight;
	/// `cancel_reservation`.
	fn cancel_reservation() -> Weight;
	/// `end_reservation` of an arrival.
	fn end_reservation() -> Weight;
	/// `claim`.
	fn claim() -> Weight;
	/// `set_params`.
	fn set_params() -> Weight;
	/// What each block costs: whether the chain stood still.
	fn watch_clock() -> Weight;
	/// What leases tell of one lease.
	fn lease_begun() -> Weight;
	/// One look at the wheel.
	fn expire_bucket() -> Weight;
	/// One entry of the wheel, at most.
	fn expire_one() -> Weight;
}

/// For a runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

/// Reference time of `micros` microseconds and the database's part.
macro_rules! weight {
	($db:expr, $micros:expr, $reads:expr, $writes:expr) => {
		Weight::from_parts(1_000_000u64.saturating_mul($micros), 0)
			.saturating_add($db.reads_writes($reads, $writes))
	};
}

macro_rules! weights {
	($db:expr) => {
		// Parameters, machine, leases' parameters, count, counter, account + holds.
		fn publish_offer() -> Weight {
			weight!($db, 70, 9, 6)
		}
		// Offer, machine, count, account + holds.
		fn withdraw_offer() -> Weight {
			weight!($db, 45, 5, 5)
		}
		// Offer, machine, provider, calendar; lease, version, counter, account + holds, wheel.
		fn take_offer() -> Weight {
			weight!($db, 130, 23, 14)
		}
		// Parameters, leases' parameters, version, counter, account + holds, wheel.
		fn post_order() -> Weight {
			weight!($db, 105, 15, 11)
		}
		// Order, machine, leases' parameters, version, parameters, two accounts + holds.
		fn place_bid() -> Weight {
			weight!($db, 90, 13, 5)
		}
		// Order, machine, account + holds.
		fn withdraw_bid() -> Weight {
			weight!($db, 45, 4, 3)
		}
		// As take_offer, with order and index; per bid an account + holds.
		fn accept_bid(b: u32) -> Weight {
			weight!($db, 185, 28, 22)
				.saturating_add(weight!($db, 25, 2, 2).saturating_mul(b.into()))
		}
		fn cancel_order(b: u32) -> Weight {
			weight!($db, 85, 9, 8).saturating_add(weight!($db, 25, 2, 2).saturating_mul(b.into()))
		}
		// As accept_bid with all bids released; per bid tried a machine, its owner, its calendar.
		fn close_order(b: u32) -> Weight {
			weight!($db, 595, 64, 56)
				.saturating_add(weight!($db, 60, 4, 0).saturating_mul(b.into()))
		}
		fn propose_matches(m: u32) -> Weight {
			weight!($db, 10, 1, 0)
				.saturating_add(weight!($db, 625, 66, 56).saturating_mul(m.into()))
		}
		// Parameters, offer, machine, provider, calendar, leases' parameters, counter, two
		// accounts + holds, wheel.
		fn reserve() -> Weight {
			weight!($db, 120, 14, 10)
		}
		// Reservation, wheel, and as take_offer with a calendar that changes.
		fn arrive() -> Weight {
			weight!($db, 150, 19, 14)
		}
		fn honour() -> Weight {
			weight!($db, 150, 19, 14)
		}
		// Reservation, calendar, two accounts + holds, indexes.
		fn cancel_reservation() -> Weight {
			weight!($db, 110, 8, 8)
		}
		fn end_reservation() -> Weight {
			weight!($db, 130, 10, 9)
		}
		// Claim, pot, beneficiary.
		fn claim() -> Weight {
			weight!($db, 75, 8, 7)
		}
		fn set_params() -> Weight {
			weight!($db, 10, 0, 1)
		}
		// Clock, last block, parameters; rarely the standstills.
		fn watch_clock() -> Weight {
			weight!($db, 5, 4, 2)
		}
		// As end_reservation.
		fn lease_begun() -> Weight {
			weight!($db, 130, 11, 10)
		}
		fn expire_bucket() -> Weight {
			weight!($db, 5, 2, 2)
		}
		// As close_order with all bids tried, and a new entry on the wheel.
		fn expire_one() -> Weight {
			weight!($db, 1_570, 130, 58)
		}
	};
}

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	weights!(T::DbWeight::get());
}

impl WeightInfo for () {
	weights!(ParityDbWeight::get());
}
