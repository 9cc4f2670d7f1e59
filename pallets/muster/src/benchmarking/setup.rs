//! What the benchmarks begin with: full rosters of machines that have failed, openings under the longest
//! paths.

use crate::{
	types::{
		Calibration, Grade, MusterId, Parameters, Phase, Proof, Roster, Summons, MAX_ROSTER,
		MAX_ROUND,
	},
	*,
};
use alloc::{collections::BTreeMap, vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::BoundedVec;
use terminal_gpu_proof::{
	merkle,
	muster::{self, Drawn, Opening, Shape, PIECE},
	product::Seed,
};
use terminal_primitives::{
	market::{Slug, MAX_SLUG},
	Digest, MachineId,
};

/// Makes what benchmarks need of other pallets.
pub trait BenchmarkHelper<AccountId> {
	/// A new machine of `provider` whose units are called `name`: idle, with as many bookings as there
	/// may be. The provider signs for it.
	fn machine(provider: &AccountId, name: Slug) -> MachineId;
	/// Let a machine be gone.
	fn remove(machine: MachineId);
	/// Let the accumulator of a block be known.
	fn reveal(block: BlockNumber);
}

/// Late enough for what was called before to be over.
const NOW: BlockNumber = 200;

/// An owner. The clock stands at [`NOW`].
pub fn owner<T: Config>(number: u32) -> T::AccountId {
	frame_system::Pallet::<T>::set_block_number(NOW.into());
	account("owner", number, 0)
}

/// The name of a kind, as long as it may be. No two are the same.
pub fn name(number: u32) -> Slug {
	let mut bytes = vec![b'a'; MAX_SLUG as usize];
	for (place, byte) in bytes.iter_mut().take(8).enumerate() {
		*byte += (number >> (4 * place)) as u8 & 15;
	}
	BoundedVec::truncate_from(bytes)
}

pub fn grade(calibration: Calibration) -> Grade {
	Grade {
		n: muster::MAX_SIZE,
		steps: 4_000_000,
		window_blocks: 10,
		calibration,
	}
}

/// A machine of a kind of its own, for which there is a grade.
pub fn machine<T: Config>(who: &T::AccountId, number: u32) -> MachineId {
	let name = name(number);
	Grades::<T>::insert(&name, grade(Calibration::Calibrated));
	T::BenchmarkHelper::machine(who, name)
}

/// An owner's roster at a place of the index: each machine has a proof, and has failed in a muster since.
pub fn roster<T: Config>(who: &T::AccountId, index: u32, count: u32) -> Vec<MachineId> {
	let number = |place: u32| index.wrapping_mul(MAX_ROSTER).wrapping_add(place);
	let machines = (0..count).map(|place| machine::<T>(who, number(place)));
	let mut machines: Vec<_> = machines.collect();
	machines.sort();
	for machine in &machines {
		summon::<T>(*machine, muster::MIN_SIZE, Phase::Computing);
		Summoned::<T>::mutate_extant(machine, |summons| {
			(summons.commit_by, summons.answer_by) = (11, 51);
		});
		let (muster, proven_at) = (MusterId(0), 0);
		Proofs::<T>::insert(machine, Proof { muster, proven_at });
	}
	let roster = Roster {
		machines: BoundedVec::truncate_from(machines.clone()),
		index,
		retry_at: NOW,
	};
	Rosters::<T>::insert(who, roster);
	OwnerAt::<T>::insert(index, who.clone());
	OwnerCount::<T>::mutate(|count| *count = (*count).max(index.saturating_add(1)));
	machines
}

/// Call a machine to a chain of so large states that is as long as may be.
pub fn summon<T: Config>(machine: MachineId, n: u32, phase: Phase) {
	let now = now_block::<T>();
	let called_block = now.saturating_sub(10);
	T::BenchmarkHelper::reveal(called_block);
	let summons = Summons {
		muster: MusterId(0),
		shape: Shape {
			n,
			steps: u32::MAX,
			units: 1,
		},
		drawn: 1,
		called_block,
		called_at: 0,
		window_ms: u64::MAX,
		commit_by: now + 10,
		draw_delay: 2,
		answer_by: now + 50,
		phase,
	};
	NextMuster::<T>::put(MusterId(u64::from(u32::MAX)));
	Summoned::<T>::insert(machine, summons);
}

/// Whether a machine is called in this block.
pub fn is_called<T: Config>(machine: &MachineId) -> bool {
	let summons = Summoned::<T>::get(machine);
	let proven = Proofs::<T>::contains_key(machine);
	!proven && summons.is_some_and(|summons| summons.called_block == now_block::<T>())
}

/// Let this block begin a round. Returns the places of its owners.
pub fn round<T: Config>() -> Vec<u32> {
	owner::<T>(0);
	Params::<T>::put(Parameters {
		round_period_blocks: 1,
		round_owners: MAX_ROUND,
		..Default::default()
	});
	T::BenchmarkHelper::reveal(NOW - 1);
	// Of so many, eight are never drawn twice.
	OwnerCount::<T>::put(u32::MAX);
	let places: Vec<u32> = Pallet::<T>::drawn_places(NOW).into_iter().collect();
	assert_eq!(places.len(), MAX_ROUND as usize);
	places
}

/// The size that `n` stands for.
pub fn size(n: u32) -> u32 {
	let next = n.next_power_of_two();
	if next == n {
		n
	} else {
		next / 2
	}
}

/// Let a machine have committed to nothing but one entry, the one that is drawn, with the row it follows from.
pub fn committed<T: Config>(machine: MachineId, n: u32) -> (Drawn, Opening) {
	let block = now_block::<T>() - 5;
	let phase = |root| Phase::Committed {
		root,
		block,
		late: false,
	};
	T::BenchmarkHelper::reveal(block + 2);
	summon::<T>(machine, n, phase([0; 32]));
	let mut summons = Summoned::<T>::get(machine).unwrap();
	let (seed, drawn) = Pallet::<T>::drawn(machine, &summons).unwrap();
	// The first step has no row before it, and is drawn once in four thousand million times.
	assert!(drawn[0].step > 1);
	let (root, opening) = open(&seed, &summons.shape, &drawn[0]);
	summons.phase = phase(root);
	Summoned::<T>::insert(machine, summons);
	(drawn[0], opening)
}

/// A commitment to a row of numbers and to the entry that follows from it, with the opening of both.
fn open(machine: &Digest, shape: &Shape, drawn: &Drawn) -> (Digest, Opening) {
	let (n, pieces) = (shape.n, shape.n * shape.n / PIECE as u32);
	let seed = muster::unit_seed(machine, drawn.unit);
	let bytes = |entries: &[i8]| {
		entries
			.iter()
			.map(|entry| *entry as u8)
			.collect::<Vec<u8>>()
	};
	let line: Vec<i8> = (0..n).map(|k| (k * 7 % 255) as u8 as i8).collect();
	let first = drawn.column * n / PIECE as u32;
	let (before, mut paths) = state(&seed, pieces, first, &line);
	let line_path = paths.remove(&first).unwrap();
	let inner = (n / PIECE as u32).trailing_zeros() as usize;
	let place = drawn.row * n + drawn.column;
	let mut piece = [1i8; PIECE];
	piece[place as usize % PIECE] = muster::entry_of(&seed, n, drawn, &line);
	let index = place / PIECE as u32;
	let (after, mut paths_after) = state(&seed, pieces, index, &piece);
	let leaf = |t, state| muster::step_leaf(machine, drawn.unit, t, state);
	let at = drawn.unit * shape.steps + drawn.step - 1;
	let steps = [
		(at - 1, leaf(drawn.step - 1, &before)),
		(at, leaf(drawn.step, &after)),
	];
	let (root, mut steps) = merkle::sparse(shape.all_steps(), &BTreeMap::from(steps));
	let opening = Opening {
		line: bytes(&line),
		line_path: line_path[inner..].to_vec(),
		before_path: steps.remove(&(at - 1)).unwrap(),
		piece: bytes(&piece),
		piece_path: paths_after.remove(&index).unwrap(),
		step_path: steps.remove(&at).unwrap(),
	};
	(root, opening)
}

/// The root of a state of nothing but these entries, from piece `first` on, and the paths of their pieces.
fn state(
	seed: &Seed,
	pieces: u32,
	first: u32,
	entries: &[i8],
) -> (Digest, BTreeMap<u32, Vec<Digest>>) {
	let leaves = (first..).zip(entries.chunks(PIECE));
	let leaves = leaves.map(|(index, piece)| (index, muster::piece_leaf(seed, index, piece)));
	merkle::sparse(pieces, &leaves.collect())
}
