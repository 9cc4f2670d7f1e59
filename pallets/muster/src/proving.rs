//! Commitments, answers, and what they prove. Writes `Summoned` and `Proofs`.

use crate::{
	lifecycle::{outcome, Outcome},
	now_block,
	types::{Answer, Calibration, CalledView, Phase, Proof, StandingView, Summons},
	Config, Error, Event, Grades, Pallet, Params, Proofs, Rosters, Summoned, WeightInfo,
};
use alloc::vec::Vec;
use frame_support::{
	dispatch::DispatchResult, ensure, pallet_prelude::DispatchError, traits::Time, weights::Weight,
};
use terminal_gpu_proof::{
	hash::blake2_256,
	muster::{self, Drawn, Opening, MAX_SIZE, MIN_SIZE},
};
use terminal_primitives::{
	capability::{Accelerators, Beacon, Capability},
	market::{Machines, Slug},
	BlockNumber, Digest, MachineId,
};

/// The weight of an answer: grows with the longest row in it, which none other than of the right length
/// is computed with.
pub fn weight_of_answer<T: Config>(answer: &Answer) -> Weight {
	let lines = answer.iter().map(|shown| shown.line.len());
	let longest = u32::try_from(lines.max().unwrap_or_default()).unwrap_or(MAX_SIZE);
	// Of a seeded row nothing is shown, and it may be of any size.
	let seeded = answer.iter().any(|shown| shown.line.is_empty());
	let n = if seeded { MAX_SIZE } else { longest };
	let n = n.clamp(MIN_SIZE, MAX_SIZE);
	let further = u64::try_from(answer.len().saturating_sub(1)).unwrap_or(u64::MAX);
	let one = T::WeightInfo::check_opening(n);
	T::WeightInfo::answer_muster(n).saturating_add(one.saturating_mul(further))
}

impl<T: Config> Pallet<T> {
	/// The summons of a machine that may still pass, if the signer serves it.
	fn served(
		who: &T::AccountId,
		machine: MachineId,
		now: BlockNumber,
	) -> Result<Summons, DispatchError> {
		let summons = Summoned::<T>::get(machine).ok_or(Error::<T>::NotCalled)?;
		let summary = T::Machines::machine(machine).ok_or(Error::<T>::UnknownMachine)?;
		let serves = summary.agent == *who || summary.provider == *who;
		ensure!(serves, Error::<T>::NotTheAgent);
		ensure!(summons.is_open(now), Error::<T>::TooLate);
		Ok(summons)
	}

	/// See the call `commit_muster`.
	pub(crate) fn do_commit(who: T::AccountId, machine: MachineId, root: Digest) -> DispatchResult {
		let now = now_block::<T>();
		let mut summons = Self::served(&who, machine, now)?;
		ensure!(
			matches!(summons.phase, Phase::Computing),
			Error::<T>::AlreadyCommitted
		);
		// Nobody can have computed anything yet.
		ensure!(now > summons.called_block, Error::<T>::TooEarly);
		// nothing fails from here
		summons.phase = summons.committed(root, now, T::Time::now());
		Summoned::<T>::insert(machine, summons);
		Self::deposit_event(Event::Committed {
			muster: summons.muster,
			machine,
			answer_from: now.saturating_add(summons.draw_delay).saturating_add(1),
		});
		Ok(())
	}

	/// See the call `answer_muster`.
	pub(crate) fn do_answer(
		who: T::AccountId,
		machine: MachineId,
		answer: Answer,
	) -> DispatchResult {
		let summons = Self::served(&who, machine, now_block::<T>())?;
		let Phase::Committed { root, late, .. } = summons.phase else {
			return Err(Error::<T>::NotCommitted.into());
		};
		let (seed, drawn) = Self::drawn(machine, &summons).ok_or(Error::<T>::TooEarly)?;
		ensure!(answer.len() == drawn.len(), Error::<T>::WrongCount);
		let openings: Vec<Opening> = answer.into_iter().map(Opening::from).collect();
		// Of another shape is a mistake, not a wrong entry: refused before anything is hashed.
		let fits = |(drawn, opening): (&Drawn, &Opening)| opening.fits(&summons.shape, drawn);
		ensure!(
			drawn.iter().zip(&openings).all(fits),
			Error::<T>::WrongShape
		);
		let check = |(drawn, opening): (&Drawn, &Opening)| {
			muster::check(&seed, &summons.shape, &root, drawn, opening)
		};
		let right = drawn.iter().zip(&openings).all(check);
		// nothing fails from here
		Self::conclude(machine, &summons, outcome(right, late));
		Ok(())
	}

	/// The only place where a proof is made.
	fn conclude(machine: MachineId, summons: &Summons, outcome: Outcome) {
		let muster = summons.muster;
		match outcome {
			Outcome::Passed => {
				let proven_at = summons.called_block;
				Summoned::<T>::remove(machine);
				Proofs::<T>::insert(machine, Proof { muster, proven_at });
				Self::deposit_event(Event::Passed { muster, machine });
			},
			Outcome::Inconclusive => {
				Summoned::<T>::remove(machine);
				Self::deposit_event(Event::Inconclusive { muster, machine });
			},
			Outcome::Failed(reason) => Self::fail(machine, muster, reason),
		}
	}

	/// The machine's seed and the entries that its answer must show: `None` before they can be known.
	pub fn drawn(machine: MachineId, summons: &Summons) -> Option<(Digest, Vec<Drawn>)> {
		let Phase::Committed { block, .. } = summons.phase else {
			return None;
		};
		let seed = Self::seed(machine, summons)?;
		let acc = T::Beacon::accumulator(block.saturating_add(summons.draw_delay))?;
		let draw = blake2_256(&[b"tct/muster-entries", &seed, &acc]);
		Some((seed, muster::draw(&draw, &summons.shape, summons.drawn)))
	}

	/// See the view function `called`.
	pub(crate) fn called_view(machine: MachineId) -> Option<CalledView> {
		let summons = Summoned::<T>::get(machine)?;
		summons.is_open(now_block::<T>()).then(|| CalledView {
			summons,
			seed: Self::seed(machine, &summons),
			drawn: Self::drawn(machine, &summons).map(|(_, drawn)| drawn),
		})
	}

	/// See the view function `standing`.
	pub(crate) fn standing_view(machine: MachineId) -> Option<StandingView> {
		let accelerator = T::Accelerators::accelerator(machine)?;
		let owner = T::Machines::machine(machine)?.provider;
		let roster = Rosters::<T>::get(owner);
		let proof = Proofs::<T>::get(machine);
		Some(StandingView {
			grade: Grades::<T>::get(&accelerator),
			enlisted: roster.is_some_and(|roster| roster.machines.contains(&machine)),
			proof,
			proven: Self::is_proven(machine),
			proven_until: proof.map(|proof| Self::counts_until(&proof)),
			may_serve: Self::may_serve(machine, &accelerator),
		})
	}

	/// The last block in which a proof counts, by the parameters in force.
	fn counts_until(proof: &Proof) -> BlockNumber {
		let validity = Params::<T>::get().validity_blocks;
		proof.proven_at.saturating_add(validity)
	}

	/// Whether the machine has proven what it is called, not too long ago, and has not failed since.
	pub fn is_proven(machine: MachineId) -> bool {
		let now = now_block::<T>();
		let fresh =
			Proofs::<T>::get(machine).is_some_and(|proof| now <= Self::counts_until(&proof));
		fresh && Summoned::<T>::get(machine).is_none_or(|summons| summons.is_open(now))
	}
}

impl<T: Config> Capability for Pallet<T> {
	fn may_serve(id: MachineId, accelerator: &Slug) -> bool {
		match Grades::<T>::get(accelerator).map(|grade| grade.calibration) {
			None | Some(Calibration::Provisional) => true,
			Some(Calibration::Calibrated) => Self::is_proven(id),
		}
	}
}
