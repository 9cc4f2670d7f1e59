//! Benchmarks of calls that need no machine: the others need machines of `pallet-providers` and an
//! accumulator, which the runtime's setting makes.

use super::*;
use crate::types::{Calibration, Grade, Parameters};
use frame_benchmarking::v2::*;
use frame_support::BoundedVec;
use frame_system::RawOrigin;
use terminal_primitives::market::Slug;

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn set_grade() {
		let name: Slug = BoundedVec::truncate_from(vec![b'x'; 32]);
		let grade = Grade {
			n: 4_096,
			steps: 1,
			window_blocks: 10,
			calibration: Calibration::Provisional,
		};

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

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::build(Default::default()),
		crate::mock::Test
	);
}
