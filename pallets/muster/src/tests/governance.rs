//! `set_grade`, `set_params` and genesis.

use crate::{
	mock::*,
	types::{Grade, Parameters},
	Error, Event, Grades, Params,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;

fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

#[test]
fn grades_are_set_and_taken_back_by_root() {
	run(|| {
		let grade = Grade { n: 4_096, ..GRADE };
		assert_ok!(Muster::set_grade(root(), slug("gpu-2"), Some(grade)));
		assert_eq!(Grades::<Test>::get(slug("gpu-2")), Some(grade));
		assert_ok!(Muster::set_grade(root(), slug("gpu-2"), None));
		assert_eq!(Grades::<Test>::get(slug("gpu-2")), None);
		let set = |grade| Event::GradeSet {
			accelerator: slug("gpu-2"),
			grade,
		};
		assert_eq!(take_events(), vec![set(Some(grade)), set(None)]);
		assert_noop!(
			Muster::set_grade(signed(owner()), slug(GPU), None),
			BadOrigin
		);
	})
}

#[test]
fn grades_out_of_range_are_refused() {
	run(|| {
		for (name, grade) in [
			("", GRADE),
			("x", Grade { n: 255, ..GRADE }),
			("x", Grade { n: 16_384, ..GRADE }),
			("x", Grade { steps: 0, ..GRADE }),
			// Machines of 1,024 units could never prove it.
			(
				"x",
				Grade {
					steps: 4_194_304,
					..GRADE
				},
			),
			(
				"x",
				Grade {
					window_blocks: 1,
					..GRADE
				},
			),
			(
				"x",
				Grade {
					window_blocks: 101,
					..GRADE
				},
			),
		] {
			assert_noop!(
				Muster::set_grade(root(), slug(name), Some(grade)),
				Error::<Test>::InvalidGrade
			);
		}
	})
}

#[test]
fn an_open_muster_goes_on_as_it_began() {
	run(|| {
		enlist_all();
		call();
		let before = summons(A);
		assert_ok!(Muster::set_grade(root(), slug(GPU), None));
		assert_eq!(summons(A), before);
		let work = commit(A);
		step(3);
		assert_ok!(Muster::answer_muster(signed(agent()), A, work.answer(A)));
		assert!(Muster::is_proven(A));
	})
}

#[test]
fn parameters_are_set_by_root() {
	run(|| {
		let parameters = Parameters::default();
		assert_noop!(Muster::set_params(signed(owner()), parameters), BadOrigin);
		assert_ok!(Muster::set_params(root(), parameters));
		assert_eq!(Params::<Test>::get(), parameters);
		assert_eq!(take_events(), vec![Event::ParametersSet { parameters }]);
	})
}

#[test]
fn parameters_out_of_range_are_refused() {
	let wrong = |change: fn(&mut Parameters)| {
		let mut parameters = Parameters::default();
		change(&mut parameters);
		parameters
	};
	run(|| {
		for parameters in [
			wrong(|p| p.drawn = 0),
			wrong(|p| p.drawn = 65),
			wrong(|p| p.draw_delay_blocks = 1),
			wrong(|p| p.draw_delay_blocks = 33),
			wrong(|p| p.answer_window_blocks = 3),
			wrong(|p| p.answer_window_blocks = 101),
			wrong(|p| p.validity_blocks = 200),
			wrong(|p| p.retry_blocks = 0),
			wrong(|p| p.retry_blocks = 100_801),
			wrong(|p| p.round_period_blocks = 0),
			wrong(|p| p.round_owners = 9),
		] {
			assert_noop!(
				Muster::set_params(root(), parameters),
				Error::<Test>::InvalidParameters
			);
		}
	})
}

/// Nothing overflows, and what is drawn can be known until the last block that takes an answer.
#[test]
fn the_widest_parameters_leave_musters_as_they_are() {
	use crate::types::{MAX_RETRY, MAX_ROUND, MAX_WINDOW};
	let widest = Parameters {
		drawn: 64,
		draw_delay_blocks: 32,
		answer_window_blocks: MAX_WINDOW,
		validity_blocks: u32::MAX,
		retry_blocks: MAX_RETRY,
		round_period_blocks: u32::MAX,
		round_owners: MAX_ROUND,
	};
	let grade = Grade {
		window_blocks: MAX_WINDOW,
		..GRADE
	};
	run(|| {
		assert_ok!(Muster::set_params(root(), widest));
		assert_ok!(Muster::set_grade(root(), slug(GPU), Some(grade)));
		enlist_all();
		call();
		let called = summons(A);
		step(MAX_WINDOW - 1);
		let work = commit(A);
		step(MAX_WINDOW);
		assert_eq!(System::block_number(), called.answer_by);
		// Attestation keeps 256 accumulators.
		assert!(called.answer_by - called.called_block < 256);
		assert_ok!(Muster::answer_muster(signed(agent()), A, work.answer(A)));
		assert!(Muster::is_proven(A));
		assert_noop!(Muster::call_muster(signed(owner())), Error::<Test>::TooSoon);
		assert_ok!(crate::invariants::check::<Test>());
	})
}

/// What remains: who passed what was easier counts as proven until that is too old.
#[test]
fn a_harder_grade_asks_nothing_of_who_has_proven_an_easier_one() {
	run(|| {
		enlist_all();
		prove(A);
		let harder = Grade { steps: 9, ..GRADE };
		assert_ok!(Muster::set_grade(root(), slug(GPU), Some(harder)));
		assert!(Muster::is_proven(A));
		System::set_block_number(2 + PARAMETERS.validity_blocks);
		assert!(!Muster::is_proven(A));
	})
}

#[test]
#[should_panic(expected = "muster.parameters")]
fn genesis_refuses_wild_parameters() {
	build(Parameters {
		drawn: 0,
		..PARAMETERS
	});
}

#[test]
fn the_grades_to_begin_with_are_valid_and_bind_nobody() {
	use crate::types::Calibration;
	let grades = crate::grades::provisional();
	assert_eq!(grades.len(), 4);
	for (name, grade) in grades {
		assert!(grade.is_valid() && grade.shape(8).is_valid(), "{name:?}");
		assert_eq!(grade.calibration, Calibration::Provisional);
	}
}
