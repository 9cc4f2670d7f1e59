//! What is true between any two calls. Numbers as in the README.

use crate::{
	line::Caller, now_block, Config, Grades, Lines, NextMuster, OwnerAt, OwnerCount, Params,
	Proofs, Rosters, Summoned,
};
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;
use terminal_primitives::MachineId;

/// Check all of them.
pub fn check<T: Config>() -> Result<(), TryRuntimeError> {
	let owners = rosters::<T>()?;
	summons::<T>(&owners)?;
	proofs::<T>(&owners)?;
	ensure!(
		Params::<T>::get().validate().is_ok()
			&& Grades::<T>::iter().all(|(name, grade)| grade.is_valid() && !name.is_empty()),
		"MUSTER-5: a parameter or a grade is out of range"
	);
	let now = now_block::<T>();
	let near = |(caller, until): (Caller, u32)| until.saturating_sub(now) <= caller.most_ahead();
	ensure!(
		Lines::<T>::iter().all(near),
		"MUSTER-6: a line is taken for longer than it may be"
	);
	Ok(())
}

/// Each enlisted machine with the place of its owner.
fn rosters<T: Config>() -> Result<BTreeMap<MachineId, u32>, TryRuntimeError> {
	let count = OwnerCount::<T>::get();
	let (mut owners, mut rosters) = (BTreeMap::new(), 0u32);
	for (owner, roster) in Rosters::<T>::iter() {
		rosters = rosters.saturating_add(1);
		ensure!(
			roster.index < count && OwnerAt::<T>::get(roster.index) == Some(owner),
			"MUSTER-1: a roster is not where the index has it"
		);
		let sorted: BTreeSet<_> = roster.machines.iter().collect();
		ensure!(
			!sorted.is_empty() && sorted.into_iter().eq(roster.machines.iter()),
			"MUSTER-1: a roster is empty or out of order"
		);
		for machine in roster.machines {
			ensure!(
				owners.insert(machine, roster.index).is_none(),
				"MUSTER-1: a machine is on two rosters"
			);
		}
	}
	ensure!(
		rosters == count && OwnerAt::<T>::iter().count() as u64 == u64::from(count),
		"MUSTER-1: the index of owners is not dense"
	);
	Ok(owners)
}

fn summons<T: Config>(owners: &BTreeMap<MachineId, u32>) -> Result<(), TryRuntimeError> {
	let (now, next) = (now_block::<T>(), NextMuster::<T>::get());
	let mut musters = BTreeMap::new();
	for (machine, summons) in Summoned::<T>::iter() {
		ensure!(
			summons.muster < next
				&& summons.called_block <= now
				&& summons.called_block < summons.commit_by
				&& summons.commit_by < summons.answer_by
				&& summons.shape.is_valid(),
			"MUSTER-2: a summons has no muster, no work or no window"
		);
		let owner = owners.get(&machine).ok_or(TryRuntimeError::Other(
			"MUSTER-2: a machine that is on no roster is called",
		))?;
		let together = (*owner, summons.called_block);
		ensure!(
			*musters.entry(summons.muster).or_insert(together) == together,
			"MUSTER-3: a muster calls two owners, or one in two blocks"
		);
	}
	Ok(())
}

fn proofs<T: Config>(owners: &BTreeMap<MachineId, u32>) -> Result<(), TryRuntimeError> {
	let (now, next) = (now_block::<T>(), NextMuster::<T>::get());
	for (machine, proof) in Proofs::<T>::iter() {
		ensure!(
			owners.contains_key(&machine) && proof.muster < next && proof.proven_at < now,
			"MUSTER-4: a proof is of no machine, no muster or no time"
		);
	}
	Ok(())
}
