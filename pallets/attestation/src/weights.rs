//! Weights. Provisional, replaced by frame-omni-bencher's output: the time of the work itself is
//! estimated from above in microseconds, reads and writes are counted at their worst.

use crate::types::{MAX_ATTEMPTS, MAX_ATTESTORS};
use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, RuntimeDbWeight, Weight},
};

/// The weight of each call and hook.
pub trait WeightInfo {
	/// `commit_presence`.
	fn commit_presence() -> Weight;
	/// `answer_presence` with `k` pieces of a product of size `n`.
	fn answer_presence(k: u32, n: u32) -> Weight;
	/// Entering `s` votes with `p` KiB of proofs, without what a refutation costs.
	fn submit_votes(s: u32, p: u32) -> Weight;
	/// Checking `s` votes with `p` KiB of proofs.
	fn authorize_submit_votes(s: u32, p: u32) -> Weight;
	/// `prove_fault` with `p` KiB of leaf and weights, and all attestors refuted.
	fn prove_fault(p: u32) -> Weight;
	/// `answer_data_challenge` with `l` leaves, `p` KiB of leaves and weights.
	fn answer_data_challenge(l: u32, p: u32) -> Weight;
	/// `report_double_vote`.
	fn report_double_vote() -> Weight;
	/// `bond_attestor`.
	fn bond_attestor() -> Weight;
	/// `unbond_attestor`.
	fn unbond_attestor() -> Weight;
	/// `withdraw_attestor`.
	fn withdraw_attestor() -> Weight;
	/// `claim_reward`.
	fn claim_reward() -> Weight;
	/// `advance`.
	fn advance() -> Weight;
	/// `cancel_slash`.
	fn cancel_slash() -> Weight;
	/// `set_params`.
	fn set_params() -> Weight;
	/// The start of a block with `c` challenges and `t` tasks due and `d` draws.
	fn on_initialize(c: u32, t: u32, d: u32) -> Weight;
	/// `OnMachineLeased::on_lease_started`.
	fn on_lease_started() -> Weight;
	/// `OnMachineLeased::on_lease_ended`.
	fn on_lease_ended() -> Weight;
	/// `OnJobProgress::on_committed`.
	fn on_committed() -> Weight;
	/// `OnJobProgress::on_closed`.
	fn on_closed() -> Weight;
	/// `OnAttestorFee::on_attestor_fee`.
	fn on_attestor_fee() -> Weight;
}

/// Microseconds of work, reads and writes.
fn cost(db: RuntimeDbWeight, micros: u64, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(micros.saturating_mul(1_000_000), 0)
		.saturating_add(db.reads_writes(reads, writes))
}

/// Offenders of one refutation: the last attempt's whole set and two drawn committees.
const OFFENDERS: u64 = MAX_ATTESTORS as u64 + 2 * 32;
const ATTEMPTS: u64 = MAX_ATTEMPTS as u64;

macro_rules! provisional {
	($db:expr) => {
		fn commit_presence() -> Weight {
			cost($db, 25, 4, 2)
		}
		fn answer_presence(k: u32, n: u32) -> Weight {
			let entry = 60u64.saturating_add(u64::from(n) / 25);
			cost(
				$db,
				60u64.saturating_add(entry.saturating_mul(u64::from(k))),
				14,
				11,
			)
		}
		fn submit_votes(s: u32, p: u32) -> Weight {
			let (s, p) = (u64::from(s), u64::from(p));
			let micros = 40u64
				.saturating_add(s.saturating_mul(60))
				.saturating_add(p.saturating_mul(40));
			cost($db, micros, 4 + 8 * s, 2 + 7 * s)
		}
		fn authorize_submit_votes(s: u32, p: u32) -> Weight {
			let (s, p) = (u64::from(s), u64::from(p));
			let micros = 90u64
				.saturating_add(s.saturating_mul(15))
				.saturating_add(p.saturating_mul(4));
			cost($db, micros, 4 + 3 * s, 0)
		}
		fn prove_fault(p: u32) -> Weight {
			let micros = 300u64.saturating_add(u64::from(p).saturating_mul(40));
			cost($db, micros, 20 + 3 * OFFENDERS, 16 + 4 * OFFENDERS)
		}
		fn answer_data_challenge(l: u32, p: u32) -> Weight {
			let (l, p) = (u64::from(l), u64::from(p));
			let each = 20u64.saturating_add(p.saturating_mul(30));
			// All attestors were falsely unavailable and pay.
			let payers = u64::from(MAX_ATTESTORS);
			cost(
				$db,
				100u64.saturating_add(l.saturating_mul(each)),
				16 + 3 * payers,
				12 + 3 * payers,
			)
		}
		fn report_double_vote() -> Weight {
			cost($db, 250, 12, 8)
		}
		fn bond_attestor() -> Weight {
			cost($db, 80, 8, 5)
		}
		fn unbond_attestor() -> Weight {
			cost($db, 60, 7, 4)
		}
		fn withdraw_attestor() -> Weight {
			cost($db, 120, 70, 68)
		}
		fn claim_reward() -> Weight {
			cost($db, 80, 8, 6)
		}
		fn advance() -> Weight {
			cost($db, 250, 16, 12)
		}
		fn cancel_slash() -> Weight {
			cost($db, 15, 1, 1)
		}
		fn set_params() -> Weight {
			let attestors = u64::from(MAX_ATTESTORS);
			cost($db, 600, 8 + attestors, 4 + 2 * attestors)
		}
		fn on_initialize(c: u32, t: u32, d: u32) -> Weight {
			let items = u64::from(c)
				.saturating_add(u64::from(t))
				.saturating_add(u64::from(d));
			let base = cost($db, 20, 8, 6);
			base.saturating_add(cost($db, 250, 16, 12).saturating_mul(items))
		}
		fn on_lease_started() -> Weight {
			cost($db, 60, 12, 9)
		}
		fn on_lease_ended() -> Weight {
			cost($db, 20, 4, 5)
		}
		fn on_committed() -> Weight {
			cost($db, 60, 8, 5)
		}
		fn on_closed() -> Weight {
			cost($db, 40, 1, 4 + 2 * ATTEMPTS)
		}
		fn on_attestor_fee() -> Weight {
			cost($db, 100, 12 + 32, 8 + 32)
		}
	};
}

/// For the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	provisional!(T::DbWeight::get());
}

/// For tests.
impl WeightInfo for () {
	provisional!(RocksDbWeight::get());
}
