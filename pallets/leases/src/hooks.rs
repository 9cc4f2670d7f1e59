//! The expiry wheel, and what attestation may do to a job.
//!
//! The wheel is a convenience: it does only what anyone could do by a call, when `on_idle` has
//! weight to spare. Nothing depends on it being in time or on an entry being there.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{types::*, weights::WeightInfo, Config, Error, Expiries, ExpiryCursor, Leases, Pallet};
use frame_support::{
	dispatch::DispatchResult,
	storage::with_storage_layer,
	traits::Time,
	weights::{Weight, WeightMeter},
};
use terminal_primitives::{
	hooks::{OnJobProgress, OnLeaseBegun, OnMachineLeased},
	market::{JobView, Jobs, Verdict},
	BlockNumber, LeaseId, Moment,
};

/// How many buckets are tried when the wanted one is full.
pub(crate) const BUCKETS_TRIED: u32 = 8;
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

/// Put a lease on the wheel for when its state's time is up. Returns the bucket.
pub(crate) fn schedule<T: Config>(id: LeaseId, lease: &Lease<T::AccountId>) -> Option<BlockNumber> {
	let now = crate::now_block::<T>();
	put::<T>(id, due_at::<T>(lease, now)?)
}

fn put<T: Config>(id: LeaseId, wanted: BlockNumber) -> Option<BlockNumber> {
	let last = wanted.saturating_add(BUCKETS_TRIED);
	let bucket = (wanted..last).find(|bucket| Expiries::<T>::try_append(bucket, id).is_ok());
	if bucket.is_none() {
		log::debug!(target: crate::LOG_TARGET, "no room on the wheel for lease {}", id.0);
	}
	bucket
}

/// The most that `finish` may weigh, whatever it ends, with what listens.
pub(crate) fn finish_weight<T: Config>() -> Weight {
	T::WeightInfo::finish()
		.max(T::WeightInfo::finish_job())
		.max(T::WeightInfo::finish_undelivered())
		.saturating_add(T::OnMachineLeased::weight())
		.saturating_add(T::OnJobProgress::weight())
}

/// The most that one entry of the wheel may weigh, with what listens.
pub(crate) fn entry_weight<T: Config>() -> Weight {
	T::WeightInfo::expire_lease()
		.saturating_add(T::OnMachineLeased::weight())
		.saturating_add(T::OnJobProgress::weight())
		.max(finish_weight::<T>())
		.max(T::WeightInfo::cancel())
		.max(T::WeightInfo::pause())
		.max(T::WeightInfo::resume())
		.max(T::WeightInfo::resume_and_end())
		.saturating_add(T::OnLeaseBegun::weight())
}

/// Drain the buckets that are due, as far as `meter` allows.
pub(crate) fn drain<T: Config>(now: BlockNumber, meter: &mut WeightMeter) {
	while meter.try_consume(T::WeightInfo::expire_bucket()).is_ok() {
		let bucket = ExpiryCursor::<T>::get();
		if bucket > now {
			return;
		}
		let mut entries = Expiries::<T>::take(bucket);
		let each = entry_weight::<T>();
		while !entries.is_empty() && meter.try_consume(each).is_ok() {
			if let Some(id) = entries.pop() {
				expire::<T>(id, bucket, now);
			}
		}
		if !entries.is_empty() {
			Expiries::<T>::insert(bucket, entries);
			return;
		}
		ExpiryCursor::<T>::put(bucket.saturating_add(1));
	}
}

/// Do what one entry asks for. An entry that fails is undone alone, and tried again later.
fn expire<T: Config>(id: LeaseId, bucket: BlockNumber, now: BlockNumber) {
	let is_live = Leases::<T>::get(id).is_some_and(|lease| lease.wake_at == bucket);
	if !is_live {
		return;
	}
	let done = with_storage_layer(|| Pallet::<T>::do_expire(id));
	if let Err(error) = done {
		log::debug!(target: crate::LOG_TARGET, "lease {} not over yet: {:?}", id.0, error);
	}
	// Whatever did not move on gets a new entry.
	Leases::<T>::mutate(id, |lease| {
		if let Some(lease) = lease.as_mut().filter(|lease| lease.wake_at == bucket) {
			let again = due_at::<T>(lease, now).unwrap_or_default();
			let retry = now.saturating_add(RETRY_BLOCKS);
			let again = match lease.state {
				// Its funds may be gone, but the proof of it is not there yet. Its end is certain.
				State::Active { ends_at } => again.max(retry.min(block_at::<T>(now, ends_at))),
				_ => again.max(retry),
			};
			lease.wake_at = put::<T>(id, again).unwrap_or(0);
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
