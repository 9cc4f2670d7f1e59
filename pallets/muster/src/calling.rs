//! Calling machines. Writes `Summoned`, `NextMuster` and a roster's `retry_at`.
//!
//! All idle machines of an owner are called in the same block and have the same window, so no unit can
//! stand for two of them. A machine with a lease is left alone, for its units are the tenant's; it keeps
//! its proof until that is too old. The seed is the accumulator of the block of the call, which exists
//! from the next block on: whoever calls cannot know what it will have to compute.

use crate::{
	line::Caller,
	now_block,
	types::{Failure, MusterId, Phase, Summons},
	Config, Error, Event, NextMuster, OwnerAt, OwnerCount, Pallet, Params, Proofs, Rosters,
	Summoned,
};
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{Get, Time},
};
use terminal_gpu_proof::hash::blake2_256;
use terminal_primitives::{
	capability::Beacon,
	market::{Availability, Machines},
	BlockNumber, Digest, MachineId, Moment,
};

/// What a round took.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Round {
	/// Machines that were called, or could not be.
	pub(crate) machines: u32,
	/// Owners whose rosters had machines that are gone.
	pub(crate) gone: u32,
}

impl<T: Config> Pallet<T> {
	/// See the call `call_muster`.
	pub(crate) fn do_call_muster(who: T::AccountId) -> DispatchResult {
		let now = now_block::<T>();
		let roster = Rosters::<T>::get(&who).ok_or(Error::<T>::NotEnlisted)?;
		ensure!(now >= roster.retry_at, Error::<T>::TooSoon);
		Self::call(&who, Caller::Owner, now, T::Time::now())?;
		// nothing fails from here
		let retry_at = now.saturating_add(Params::<T>::get().retry_blocks);
		Rosters::<T>::mutate(&who, |roster| {
			if let Some(roster) = roster {
				roster.retry_at = retry_at;
			}
		});
		Ok(())
	}

	/// Call owners by chance, about once in `round_period_blocks`: all that are drawn, in the same block.
	/// Rosters are rid of machines that are gone before. Returns what that took.
	pub(crate) fn begin_round(now: BlockNumber) -> Round {
		let mut round = Round::default();
		// When a block begins, the clock still shows the time of the one before.
		let at = T::Time::now().saturating_add(T::SlotMillis::get());
		// The last first: who leaves gives its place to the last of all, who has had its turn then.
		for place in Self::drawn_places(now).into_iter().rev() {
			let Some(owner) = OwnerAt::<T>::get(place) else {
				continue;
			};
			let (kept, gone) = Self::strike_gone(&owner);
			round.machines = round.machines.saturating_add(kept);
			round.gone = round.gone.saturating_add(u32::from(gone > 0));
			if kept == 0 {
				continue;
			}
			if let Err(error) = Self::call(&owner, Caller::Round, now, at) {
				log::debug!(target: crate::LOG_TARGET, "{owner:?} not called: {error:?}");
			}
		}
		round
	}

	/// Places of the owners that a round in this block calls, ascending; none if there is no round.
	pub(crate) fn drawn_places(now: BlockNumber) -> BTreeSet<u32> {
		let (params, owners) = (Params::<T>::get(), OwnerCount::<T>::get());
		// The latest that is known: of the block before.
		let beacon = T::Beacon::accumulator(now.saturating_sub(1));
		let may = owners > 0 && params.round_owners > 0;
		let Some(acc) = beacon.filter(|_| may && Self::is_empty(Caller::Round, now)) else {
			return BTreeSet::new();
		};
		if number(b"tct/round", &acc, 0, params.round_period_blocks.into()) != 0 {
			return BTreeSet::new();
		}
		// Drawn twice is called once: rounds of few owners are smaller now and then.
		(0..params.round_owners)
			.map(|counter| number(b"tct/round-owner", &acc, counter, owners.into()))
			.filter_map(|place| u32::try_from(place).ok())
			.collect()
	}

	/// Call all idle machines of an owner. The only place where a muster begins. Fails while one of them is
	/// called already: they are called together or not at all.
	fn call(owner: &T::AccountId, caller: Caller, now: BlockNumber, at: Moment) -> DispatchResult {
		let roster = Rosters::<T>::get(owner).ok_or(Error::<T>::NotEnlisted)?;
		let machines = roster.machines;
		let open = |machine: &MachineId| {
			Summoned::<T>::get(machine).is_some_and(|summons| summons.is_open(now))
		};
		ensure!(!machines.iter().any(open), Error::<T>::MusterOpen);
		let muster = NextMuster::<T>::get();
		let next = muster.0.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		let idle = machines.iter().filter_map(|machine| {
			let summons = Self::summons(muster, *machine, now, at)?;
			Some((*machine, summons))
		});
		let idle: Vec<(MachineId, Summons)> = idle.collect();
		let count = u32::try_from(idle.len()).unwrap_or(u32::MAX);
		ensure!(count > 0, Error::<T>::NobodyIdle);
		Self::take_places(caller, now, count)?;
		// nothing fails from here
		NextMuster::<T>::put(MusterId(next));
		for machine in machines {
			Self::close_overdue(machine, now);
		}
		for (machine, summons) in idle {
			Summoned::<T>::insert(machine, summons);
			Self::deposit_event(Event::Called {
				muster,
				machine,
				commit_by: summons.commit_by,
			});
		}
		Ok(())
	}

	/// What a machine would be called to do now; `None` if it is leased, gone, or nothing is asked of its
	/// kind any more.
	fn summons(
		muster: MusterId,
		machine: MachineId,
		now: BlockNumber,
		at: Moment,
	) -> Option<Summons> {
		let units = T::Machines::machine(machine)?.units;
		let grade = Self::grade_of(machine).ok()?;
		let shape = grade.shape(units);
		let idle = T::Availability::reserved_units(machine) == 0;
		(idle && shape.is_valid()).then_some(())?;
		let params = Params::<T>::get();
		let commit_by = now.saturating_add(grade.window_blocks);
		Some(Summons {
			muster,
			shape,
			drawn: params.drawn,
			called_block: now,
			called_at: at,
			window_ms: T::SlotMillis::get().saturating_mul(grade.window_blocks.into()),
			commit_by,
			draw_delay: params.draw_delay_blocks,
			answer_by: commit_by.saturating_add(params.answer_window_blocks),
			phase: Phase::Computing,
		})
	}

	/// Write down that a machine has failed, if it has.
	pub(crate) fn close_overdue(machine: MachineId, now: BlockNumber) {
		let Some(summons) = Summoned::<T>::get(machine) else {
			return;
		};
		if let Some(reason) = summons.overdue(now) {
			Self::fail(machine, summons.muster, reason);
		}
	}

	/// End a muster of a machine and take its proof.
	pub(crate) fn fail(machine: MachineId, muster: MusterId, reason: Failure) {
		Self::forget(machine);
		Self::deposit_event(Event::Failed {
			muster,
			machine,
			reason,
		});
	}

	/// Neither called nor proven.
	pub(crate) fn forget(machine: MachineId) {
		Summoned::<T>::remove(machine);
		Proofs::<T>::remove(machine);
	}

	/// The key of all that a called machine computes: `None` in the block of the call, and long after.
	pub fn seed(machine: MachineId, summons: &Summons) -> Option<Digest> {
		let acc = T::Beacon::accumulator(summons.called_block)?;
		let genesis = frame_system::Pallet::<T>::block_hash(
			frame_system::pallet_prelude::BlockNumberFor::<T>::default(),
		);
		let (muster, machine) = (summons.muster.0.to_le_bytes(), machine.0.to_le_bytes());
		Some(blake2_256(&[
			b"tct/muster",
			genesis.as_ref(),
			&muster,
			&machine,
			&acc,
		]))
	}
}

/// A number under `bound` (0 if that is 0), by the `counter`-th hash of a seed. The bias is below
/// `bound` / 2⁶⁴.
fn number(domain: &[u8], seed: &Digest, counter: u32, bound: u64) -> u64 {
	let hash = blake2_256(&[domain, seed, &counter.to_le_bytes()]);
	let (word, _) = hash.split_first_chunk::<8>().unwrap_or((&[0; 8], &[]));
	u64::from_le_bytes(*word)
		.checked_rem(bound)
		.unwrap_or_default()
}
