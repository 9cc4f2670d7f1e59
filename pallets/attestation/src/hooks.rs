//! What other pallets and the block tell this one, and what it tells them.

use crate::{
	tally, types::Due, Challenges, Config, CreditOf, Error, IssuedThisBlock, Pallet, PresenceDue,
	TaskDue, TaskOfLease, Tasks, WeightInfo,
};
use frame_support::{
	dispatch::DispatchResult, pallet_prelude::DispatchError, storage::with_storage_layer,
	traits::Get, weights::Weight,
};
use terminal_primitives::{
	hooks::{MachineGuard, OnAttestorFee, OnJobProgress, OnMachineLeased},
	BlockNumber, LeaseId, MachineId,
};

/// The most that something due may weigh. Of a task: a draw, a data challenge that nobody answered,
/// or one that begins when the votes end; an attempt that lapses is less than a draw.
pub(crate) fn weight_of<T: Config>(due: &Due) -> Weight {
	match due {
		Due::Task(_) => {
			// Besides the data challenge: the task, its votes, whether it takes any or its committee, and
			// what waits.
			let doubt = T::WeightInfo::conclude_doubt().saturating_add(T::DbWeight::get().reads(5));
			T::WeightInfo::advance_draw()
				.max(T::WeightInfo::advance_silence())
				.max(doubt)
		},
		Due::Slash(_) => T::WeightInfo::advance_slash(),
		Due::Presence { .. } => T::WeightInfo::advance_challenge(),
	}
}

/// Whether `advance` fails so where there is nothing to do: it has read two records at most.
fn nothing_to_do<T: Config>(error: DispatchError) -> bool {
	[
		Error::<T>::NotDue,
		Error::UnknownTask,
		Error::UnknownSlash,
		Error::UnknownChallenge,
	]
	.into_iter()
	.any(|idle| error == idle.into())
}

impl<T: Config> Pallet<T> {
	/// The work at the start of block `now`: bounded by the buckets, by the most draws and by what the
	/// tally may take. Votes are heard before windows end.
	pub(crate) fn begin_block(now: BlockNumber) -> Weight {
		Self::accumulate(now);
		IssuedThisBlock::<T>::kill();
		// Before the anchors that wait: nobody's leases take the room of the surprises.
		let draws = Self::draw_presence(now);
		let tally = Self::tally(tally::limit::<T>());
		let begun = T::WeightInfo::on_initialize(draws).saturating_add(tally);
		let windows = PresenceDue::<T>::take(now).into_iter();
		windows
			.map(|(machine, challenge)| Due::Presence { machine, challenge })
			.chain(TaskDue::<T>::take(now))
			.fold(begun, |weight, due| {
				weight.saturating_add(Self::handle(due, now))
			})
	}

	/// Handle one thing that is due. A failure of one never touches another. Returns what it
	/// weighs.
	fn handle(due: Due, now: BlockNumber) -> Weight {
		let done = with_storage_layer(|| match due {
			Due::Presence { machine, challenge } => Self::do_reach_window(machine, challenge, now),
			Due::Task(_) | Due::Slash(_) => Self::do_advance(due, now),
		});
		match done {
			Ok(()) => weight_of::<T>(&due),
			Err(error) => {
				log::debug!(target: crate::LOG_TARGET, "{due:?} in block {now}: {error:?}");
				if error == Error::<T>::VotesWaiting.into() {
					Self::again(due, now);
				}
				// Mostly: it was answered or moved on before its deadline.
				if nothing_to_do::<T>(error) {
					T::WeightInfo::advance_nothing()
				} else {
					weight_of::<T>(&due)
				}
			},
		}
	}

	/// Votes from inside the window wait: its end does, too.
	fn again(due: Due, now: BlockNumber) {
		Self::schedule_or_log(due, now.saturating_add(1))
	}

	/// See the call `advance`.
	pub(crate) fn do_advance(due: Due, now: BlockNumber) -> DispatchResult {
		match due {
			Due::Task(id) => Self::do_advance_task(id, now),
			Due::Slash(id) => Self::do_apply_slash(id, now),
			Due::Presence { machine, challenge } => Self::do_end_window(machine, challenge, now),
		}
	}
}

impl<T: Config> OnMachineLeased for Pallet<T> {
	fn on_lease_started(machine: MachineId) -> DispatchResult {
		Self::do_lease_started(machine)
	}

	fn on_lease_ended(machine: MachineId) {
		Self::do_lease_ended(machine)
	}

	fn weight() -> Weight {
		T::WeightInfo::on_lease_started().max(T::WeightInfo::on_lease_ended())
	}
}

impl<T: Config> OnJobProgress for Pallet<T> {
	fn on_committed(lease: LeaseId) -> DispatchResult {
		Self::do_open_task(lease)
	}

	fn on_closed(lease: LeaseId) {
		Self::do_close_task(lease)
	}

	fn holds_open(lease: LeaseId) -> bool {
		TaskOfLease::<T>::get(lease)
			.and_then(|id| Tasks::<T>::get(id).map(|task| Self::is_pending(id, &task)))
			.unwrap_or_default()
	}

	/// Covers a fee of the same lease, too: `OnAttestorFee` has no weight of its own. And what
	/// `holds_open` reads besides the task: whether it takes votes, these, and what waits.
	fn weight() -> Weight {
		T::WeightInfo::on_committed()
			.max(T::WeightInfo::on_closed())
			.saturating_add(T::WeightInfo::on_attestor_fee())
			.saturating_add(T::DbWeight::get().reads(4))
	}
}

impl<T: Config> OnAttestorFee<CreditOf<T>> for Pallet<T> {
	fn on_attestor_fee(lease: LeaseId, credit: CreditOf<T>) {
		Self::do_attestor_fee(lease, credit)
	}
}

impl<T: Config> MachineGuard for Pallet<T> {
	fn has_open_challenge(machine: MachineId) -> bool {
		Challenges::<T>::contains_key(machine)
	}
}

/// Guards against a misconfigured runtime.
pub(crate) fn check_config<T: Config>() {
	assert!(
		T::MaxDuePerBlock::get() >= T::MaxChallengesPerBlock::get().saturating_mul(2),
		"each challenge ends two windows: buckets must hold twice the challenges of a block",
	);
	assert!(
		T::MaxChallengesPerBlock::get() >= 2,
		"draws and anchors share a block"
	);
	assert!(T::SlotMillis::get() > 0, "a slot takes time");
	let batch = T::WeightInfo::tally().saturating_add(tally::most_of_batch::<T>());
	assert!(
		batch.all_lte(tally::limit::<T>()),
		"each tally must find room for a full batch: blocks are too small",
	);
}
