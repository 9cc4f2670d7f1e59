//! The worst case of every call and hook, and its outcome.

mod setup;

pub use setup::BenchmarkHelper;

use crate::{
	types::{Calibration, Parameters, Phase, MAX_ROSTER},
	*,
};
use alloc::vec;
use frame_benchmarking::v2::*;
use frame_support::{traits::Hooks, BoundedVec};
use frame_system::RawOrigin;
use setup::*;
use terminal_gpu_proof::muster;

#[benchmarks]
mod benches {
	use super::*;

	/// The first of its owner.
	#[benchmark]
	fn enlist() {
		let who = owner::<T>(1);
		roster::<T>(&owner::<T>(0), 0, MAX_ROSTER);
		let machine = machine::<T>(&who, 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), machine);
		let roster = Rosters::<T>::get(&who).unwrap();
		assert_eq!(roster.machines.to_vec(), [machine]);
		assert_eq!(OwnerAt::<T>::get(1), Some(who));
	}

	/// The last of an owner whose place somebody else takes, and it has failed.
	#[benchmark]
	fn discharge() {
		let (who, last) = (owner::<T>(0), owner::<T>(1));
		let machine = roster::<T>(&who, 0, 1)[0];
		roster::<T>(&last, 1, MAX_ROSTER);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), machine);
		assert!(Rosters::<T>::get(&who).is_none());
		assert!(!Summoned::<T>::contains_key(machine) && !Proofs::<T>::contains_key(machine));
		assert_eq!(OwnerAt::<T>::get(0), Some(last));
	}

	/// The largest roster: all idle, proven once, failed since, and of names of their own.
	#[benchmark]
	fn call_muster() {
		let who = owner::<T>(0);
		let machines = roster::<T>(&who, 0, MAX_ROSTER);
		#[extrinsic_call]
		_(RawOrigin::Signed(who));
		assert!(machines.iter().all(is_called::<T>));
		assert_eq!(
			Lines::<T>::get(line::Caller::Owner),
			now_block::<T>() + MAX_ROSTER
		);
	}

	#[benchmark]
	fn commit_muster() {
		let who = owner::<T>(0);
		let machine = roster::<T>(&who, 0, 1)[0];
		summon::<T>(machine, muster::MIN_SIZE, Phase::Computing);
		#[extrinsic_call]
		_(RawOrigin::Signed(who), machine, [7; 32]);
		let phase = Summoned::<T>::get(machine).unwrap().phase;
		assert!(matches!(phase, Phase::Committed { root: [7, ..], .. }));
	}

	/// With one opening.
	#[benchmark]
	fn answer_muster(n: Linear<256, 8_192>) {
		let who = owner::<T>(0);
		let machine = roster::<T>(&who, 0, 1)[0];
		let (_, opening) = committed::<T>(machine, size(n));
		let answer = BoundedVec::truncate_from(vec![opening.try_into().unwrap()]);
		#[extrinsic_call]
		_(RawOrigin::Signed(who), machine, answer);
		assert!(Pallet::<T>::is_proven(machine));
		assert!(!Summoned::<T>::contains_key(machine));
	}

	/// Each further opening of an answer: of a row that is shown, under the longest paths.
	#[benchmark]
	fn check_opening(n: Linear<256, 8_192>) {
		let machine = roster::<T>(&owner::<T>(0), 0, 1)[0];
		let (entry, opening) = committed::<T>(machine, size(n));
		let summons = Summoned::<T>::get(machine).unwrap();
		let Phase::Committed { root, .. } = summons.phase else {
			panic!("it has committed");
		};
		let seed = Pallet::<T>::seed(machine, &summons).unwrap();
		let right;
		#[block]
		{
			right = opening.fits(&summons.shape, &entry)
				&& muster::check(&seed, &summons.shape, &root, &entry, &opening);
		}
		assert!(right);
	}

	#[benchmark]
	fn set_grade() {
		let (name, grade) = (name(0), grade(Calibration::Calibrated));
		#[extrinsic_call]
		_(RawOrigin::Root, name.clone(), Some(grade));
		assert_eq!(Grades::<T>::get(name), Some(grade));
	}

	#[benchmark]
	fn set_params() {
		let parameters = Parameters {
			drawn: 7,
			..Default::default()
		};
		#[extrinsic_call]
		_(RawOrigin::Root, parameters);
		assert_eq!(Params::<T>::get(), parameters);
	}

	/// A round of as many owners as may be, in whose rosters are so many machines: all in the state of
	/// `call_muster`.
	#[benchmark]
	fn on_initialize(m: Linear<0, 256>) {
		let places = round::<T>();
		let mut machines = vec![];
		let mut left = m;
		for (number, place) in (0..).zip(places) {
			let count = left.min(MAX_ROSTER);
			left -= count;
			if count > 0 {
				machines.extend(roster::<T>(&owner::<T>(number), place, count));
			}
		}
		let now = frame_system::Pallet::<T>::block_number();
		#[block]
		{
			Pallet::<T>::on_initialize(now);
		}
		assert_eq!(machines.len() as u32, m);
		assert!(machines.iter().all(is_called::<T>));
	}

	/// All machines of the largest roster are gone, and somebody else takes its owner's place.
	#[benchmark]
	fn forget_owner() {
		let (who, last) = (owner::<T>(0), owner::<T>(1));
		let machines = roster::<T>(&who, 0, MAX_ROSTER);
		roster::<T>(&last, 1, MAX_ROSTER);
		for machine in machines {
			T::BenchmarkHelper::remove(machine);
		}
		let struck;
		#[block]
		{
			struck = Pallet::<T>::strike_gone(&who);
		}
		assert_eq!(struck, (0, MAX_ROSTER));
		assert!(Rosters::<T>::get(&who).is_none());
		assert_eq!(OwnerAt::<T>::get(0), Some(last));
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::build(crate::mock::PARAMETERS),
		crate::mock::Test
	);
}
