//! The expiry wheel, and what attestation may do to a job.
//!
//! The wheel is a convenience: it does only what anyone could do by a call, when `on_idle` has
//! weight to spare. Nothing depends on it being in time.
//!
//! **Order.** It is a map without a cap by (block, lease), and its keys lie in the order of blocks
//! ([`DueBlock`]): the first key is what is due first. Blocks in which nothing is due cost nothing,
//! also after a standstill; there is no cursor, and entering a lease reads and decodes no other.
//!
//! **Weight.** A look at the next key is paid for before it is read, an entry's worst case before it
//! is touched. A block without weight to spare leaves all as it is; the next goes on at the same key.
//!
//! **One entry each.** A lease has the entry that `wake_at` names and no other. Whatever moves or
//! ends it takes the old one out by one write. Left behind, it would cost the same write later, two
//! reads besides and a worst case of weight; and whoever moves one lease often would fill the wheel.
//! So there are never more entries than leases, each of which holds its opening deposit or waits out
//! its retention. Keys that calls took out in this very block are stepped over by the first look;
//! that is less than what each such call paid for its write.
//!
//! **Fairness.** Who enters a million leases for one block makes no block heavier than others, and
//! delays whatever is due after that block by the blocks that the million takes, once: an entry is
//! served after those that are due before it or with it, and what fails comes back `RETRY_BLOCKS`
//! later (at the agreed end, if that is nearer), behind all that is due by then. Among those of one
//! block the order is by hash. Who does not want to wait calls; which pallet's `on_idle` comes first
//! changes with every block.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{types::*, weights::WeightInfo, worst, Config, Error, Expiries, Leases, Pallet};
use frame_support::{
	dispatch::DispatchResult,
	storage::with_storage_layer,
	traits::{Get, Time},
	weights::{Weight, WeightMeter},
};
use terminal_primitives::{
	hooks::{OnJobProgress, OnLeaseBegun, OnMachineLeased},
	market::{JobView, Jobs, Verdict},
	wheel::DueBlock,
	BlockNumber, LeaseId, Moment,
};

/// Blocks after which something that could not be done is tried again.
const RETRY_BLOCKS: BlockNumber = 50;

/// The block in which the present state's time will be up, if it has one.
fn due_at<T: Config>(lease: &Lease<T::AccountId>, now: BlockNumber) -> Option<BlockNumber> {
	let last = match &lease.state {
		State::Offered { expires_at } => *expires_at,
		State::Accepted { start_by, .. } => *start_by,
		State::Active { ends_at } => {
			// When its funds run out, if that comes first.
			let lasts = Pallet::<T>::funding(lease)
				.map_or(u64::MAX, |funding| funding.lasts_ms(lease.books.funded()));
			block_at::<T>(now, (*ends_at).min(T::Time::now().saturating_add(lasts)))
		},
		State::Paused { why, until, .. } => match why {
			Pause::Maintenance { until: planned } if T::Time::now() < *planned => {
				block_at::<T>(now, *planned)
			},
			Pause::Maintenance { .. } | Pause::Funds => block_at::<T>(now, *until),
		},
		State::Closing { claim_until, .. } => *claim_until,
		State::Disputed { until, .. } => *until,
		State::Running { deadline } => *deadline,
		State::Committed { .. } => return None,
		State::Delivering { until, .. } => *until,
		State::Serving { until } | State::Redeeming { until, .. } => *until,
		State::Closed { closed_at, .. } => closed_at.saturating_add(lease.terms.retention_blocks),
	};
	Some(last.max(now).saturating_add(1))
}

/// The block that will be built at `moment`, by plan.
fn block_at<T: Config>(now: BlockNumber, moment: Moment) -> BlockNumber {
	let left_ms = moment.saturating_sub(T::Time::now());
	let blocks = left_ms.div_ceil(crate::Params::<T>::get().block_ms.max(1));
	now.saturating_add(blocks.try_into().unwrap_or(BlockNumber::MAX))
}

/// Put a lease on the wheel for when its state's time is up, in place of where it was. Returns the
/// block.
pub(crate) fn schedule<T: Config>(id: LeaseId, lease: &Lease<T::AccountId>) -> Option<BlockNumber> {
	let due = due_at::<T>(lease, crate::now_block::<T>());
	if due != Some(lease.wake_at) {
		forget::<T>(id, lease);
		due.into_iter().for_each(|due| put::<T>(id, due));
	}
	due
}

/// Take a lease off the wheel.
pub(crate) fn forget<T: Config>(id: LeaseId, lease: &Lease<T::AccountId>) {
	if lease.wake_at > 0 {
		Expiries::<T>::remove(DueBlock::from(lease.wake_at), id);
	}
}

fn put<T: Config>(id: LeaseId, due: BlockNumber) {
	Expiries::<T>::insert(DueBlock::from(due), id, ());
}

/// The most that `finish` may weigh, whatever it ends, with what listens.
pub(crate) fn finish_weight<T: Config>() -> Weight {
	worst::finish::<T>()
		.saturating_add(T::OnMachineLeased::weight())
		.saturating_add(T::OnJobProgress::weight())
}

/// The most that one entry of the wheel may weigh, with what listens.
pub(crate) fn entry_weight<T: Config>() -> Weight {
	worst::expire_lease::<T>()
		.saturating_add(T::OnMachineLeased::weight())
		.saturating_add(T::OnJobProgress::weight())
		.max(finish_weight::<T>())
		.max(worst::cancel::<T>().greatest())
		.max(worst::pause::<T>())
		.max(worst::resume::<T>())
		.saturating_add(T::OnLeaseBegun::weight())
}

/// What one look at the wheel may weigh: the iterator's read of the next key, which benchmarks do
/// not count as one.
pub(crate) fn look_weight<T: Config>() -> Weight {
	T::WeightInfo::look_at_wheel().saturating_add(T::DbWeight::get().reads(1))
}

/// Do what is due, as far as `meter` allows.
pub(crate) fn drain<T: Config>(now: BlockNumber, meter: &mut WeightMeter) {
	let (look, each) = (look_weight::<T>(), entry_weight::<T>());
	let mut entries = Expiries::<T>::iter_keys();
	while meter.try_consume(look).is_ok() {
		// What is entered meanwhile is due after `now`.
		let Some((block, id)) = entries.next().filter(|(block, _)| block.number() <= now) else {
			return;
		};
		if meter.try_consume(each).is_err() {
			return;
		}
		Expiries::<T>::remove(block, id);
		expire::<T>(id, block.number(), now);
	}
}

/// Do what one entry asks for. An entry that fails is undone alone, and tried again later.
fn expire<T: Config>(id: LeaseId, block: BlockNumber, now: BlockNumber) {
	let is_live = Leases::<T>::get(id).is_some_and(|lease| lease.wake_at == block);
	if !is_live {
		return;
	}
	let done = with_storage_layer(|| Pallet::<T>::do_expire(id));
	if let Err(error) = done {
		log::debug!(target: crate::LOG_TARGET, "lease {} not over yet: {:?}", id.0, error);
	}
	// Whatever did not move on gets a new entry.
	Leases::<T>::mutate(id, |lease| {
		if let Some(lease) = lease.as_mut().filter(|lease| lease.wake_at == block) {
			let again = due_at::<T>(lease, now).unwrap_or_default();
			let retry = now.saturating_add(RETRY_BLOCKS);
			let again = match lease.state {
				// Its funds may be gone, but the proof of it is not there yet. Its end is certain.
				State::Active { ends_at } if T::Time::now() < ends_at => {
					again.max(retry.min(block_at::<T>(now, ends_at)))
				},
				_ => again.max(retry),
			};
			put::<T>(id, again);
			lease.wake_at = again;
		}
	});
}

impl<T: Config> Jobs<T::AccountId> for Pallet<T> {
	fn job(id: LeaseId) -> Option<JobView<T::AccountId>> {
		let lease = Leases::<T>::get(id)?;
		let (result_root, committed_at) = match lease.state {
			State::Running { .. } => (None, None),
			State::Committed { root, committed_at }
			| State::Delivering {
				root, committed_at, ..
			} => (Some(root), Some(committed_at)),
			State::Offered { .. }
			| State::Accepted { .. }
			| State::Active { .. }
			| State::Paused { .. }
			| State::Closing { .. }
			| State::Disputed { .. }
			| State::Serving { .. }
			| State::Redeeming { .. }
			| State::Closed { .. } => return None,
		};
		let agent = Self::agent_of(&lease);
		let Work::Job(work) = lease.work else {
			return None;
		};
		Some(JobView {
			consumer: lease.consumer,
			provider: lease.provider,
			agent,
			machine: lease.machine,
			spec: work.spec,
			result_root,
			committed_at,
		})
	}

	fn conclude(id: LeaseId, verdict: Verdict, reporter: Option<&T::AccountId>) -> DispatchResult {
		// A verdict is all or nothing, also when it comes from a hook.
		with_storage_layer(|| {
			let lease = Leases::<T>::get(id).ok_or(Error::<T>::UnknownLease)?;
			Self::do_conclude(id, lease, verdict, reporter)
		})
	}
}
