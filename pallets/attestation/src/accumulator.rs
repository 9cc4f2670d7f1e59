//! The randomness of every draw. Writes `Accumulators` and `Latest`.
//!
//! `acc_h = H("tct/acc" | acc_{h−1} | h | VRF output of block h)`. The output of block h is known
//! to the runtime in block h + 1 (`pallet-babe` stores it when block h ends), so `acc_h` is stored
//! at the start of block h + 1. A draw waits for the accumulator of a block at least two after the
//! commitment: what it depends on exists only after everything a party could choose.

use crate::{types::ACCUMULATORS_KEPT, Accumulators, Config, Latest, Pallet};
use frame_support::traits::Get;
use terminal_gpu_proof::hash::blake2_256;
use terminal_primitives::{
	capability::Beacon, BlockNumber, ChallengeId, Digest, MachineId, TaskId,
};

impl<T: Config> Pallet<T> {
	/// Take the VRF output of the block before `now` into the accumulator.
	pub(crate) fn accumulate(now: BlockNumber) {
		let block = now.saturating_sub(1);
		let (_, last) = Latest::<T>::get();
		let acc = next(&last, block, T::Vrf::get());
		Latest::<T>::put((block, acc));
		Accumulators::<T>::insert(block, acc);
		if let Some(old) = block.checked_sub(ACCUMULATORS_KEPT) {
			Accumulators::<T>::remove(old);
		}
	}

	/// The accumulator of `block`: `None` before block `block + 1` and once it is too old.
	pub(crate) fn accumulator(block: BlockNumber) -> Option<Digest> {
		Accumulators::<T>::get(block)
	}

	/// See [`committee_seed`].
	pub(crate) fn committee_seed(task: TaskId, attempt: u8, acc: &Digest) -> Digest {
		committee_seed(&Self::genesis(), task, attempt, acc)
	}

	/// See [`presence_seed`].
	pub(crate) fn presence_seed(id: ChallengeId, machine: MachineId, acc: &Digest) -> Digest {
		presence_seed(&Self::genesis(), id, machine, acc)
	}
}

impl<T: Config> Beacon for Pallet<T> {
	fn accumulator(block: BlockNumber) -> Option<Digest> {
		Self::accumulator(block)
	}
}

/// The accumulator of `block`, given the one before it and the block's VRF output.
pub fn next(last: &Digest, block: BlockNumber, vrf: Option<[u8; 32]>) -> Digest {
	match vrf {
		Some(output) => blake2_256(&[b"tct/acc", last, &block.to_le_bytes(), &output]),
		// Cannot happen while every slot carries a VRF. Predictable, so never worse than that.
		None => blake2_256(&[b"tct/acc", last, &block.to_le_bytes()]),
	}
}

/// The seed of a committee and its public sample: genesis, counter id, attempt, randomness.
pub fn committee_seed(genesis: &Digest, task: TaskId, attempt: u8, acc: &Digest) -> Digest {
	blake2_256(&[
		b"tct/committee",
		genesis,
		&task.0.to_le_bytes(),
		&[attempt],
		acc,
	])
}

/// The seed of a presence challenge's matrices.
pub fn presence_seed(
	genesis: &Digest,
	id: ChallengeId,
	machine: MachineId,
	acc: &Digest,
) -> Digest {
	let (id, machine) = (id.0.to_le_bytes(), machine.0.to_le_bytes());
	blake2_256(&[b"tct/presence", genesis, &id, &machine, acc])
}

/// The seed of the entries that an answer must show. The challenge's own seed stands for genesis,
/// id and machine.
pub fn entries_seed(challenge: &Digest, acc: &Digest) -> Digest {
	blake2_256(&[b"tct/entries", challenge, acc])
}

/// A number under `bound` (0 if that is 0), by the `counter`-th hash of a seed. The bias is below
/// `bound` / 2⁶⁴.
pub fn number(domain: &[u8], seed: &Digest, counter: u32, bound: u64) -> u64 {
	let hash = blake2_256(&[domain, seed, &counter.to_le_bytes()]);
	let mut word = [0u8; 8];
	for (to, from) in word.iter_mut().zip(hash.iter()) {
		*to = *from;
	}
	u64::from_le_bytes(word)
		.checked_rem(bound)
		.unwrap_or_default()
}
