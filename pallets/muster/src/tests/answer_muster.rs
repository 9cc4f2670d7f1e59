use crate::{
	mock::*,
	types::{Failure, MusterId, Proof},
	Error, Event, Proofs, Summoned,
};
use frame_support::{assert_noop, assert_ok};
use terminal_test_support::skip_time_ms;

const MUSTER: MusterId = MusterId(0);

#[test]
fn proves_what_the_machine_is() {
	run(|| {
		enlist_all();
		call();
		let work = commit(A);
		step(3);
		take_events();
		assert_ok!(Muster::answer_muster(signed(agent()), A, work.answer(A)));
		assert_eq!(Summoned::<Test>::get(A), None);
		let proof = Proof {
			muster: MUSTER,
			proven_at: 1,
		};
		assert_eq!(Proofs::<Test>::get(A), Some(proof));
		let passed = Event::Passed {
			muster: MUSTER,
			machine: A,
		};
		assert_eq!(take_events(), vec![passed]);
	})
}

#[test]
fn a_wrong_entry_takes_the_proof() {
	run(|| {
		enlist_all();
		prove(A);
		step(60);
		call();
		let work = commit(A);
		step(3);
		let mut answer = work.answer(A);
		let place = answer[31].piece.len() - 1;
		answer[31].piece[place] ^= 1;
		take_events();
		assert_ok!(Muster::answer_muster(signed(agent()), A, answer));
		let failed = Event::Failed {
			muster: MusterId(1),
			machine: A,
			reason: Failure::WrongEntry,
		};
		assert_eq!(take_events(), vec![failed]);
		assert!(!Muster::is_proven(A));
		assert_eq!(Summoned::<Test>::get(A), None);
	})
}

/// Whoever sees a commitment in the pool gains nothing by sending it, too.
#[test]
fn the_root_of_another_machine_cannot_be_opened() {
	run(|| {
		enlist_all();
		assert_ok!(Muster::enlist(signed(other()), OTHERS));
		assert_ok!(Muster::call_muster(signed(other())));
		call();
		let work = commit(B);
		let copied = work.root();
		assert_ok!(Muster::commit_muster(signed(agent()), OTHERS, copied));
		step(3);
		assert_ok!(Muster::answer_muster(signed(agent()), B, work.answer(B)));
		let answer = work.answer(OTHERS);
		assert_ok!(Muster::answer_muster(signed(agent()), OTHERS, answer));
		assert!(Muster::is_proven(B) && !Muster::is_proven(OTHERS));
	})
}

/// Two units are two chains.
#[test]
fn the_work_of_one_unit_cannot_be_shown_as_that_of_two() {
	run(|| {
		enlist_all();
		call();
		let called = summons(A);
		let seed = Muster::seed(A, &called).unwrap();
		let work = Work::by(&seed, called.shape, |_| 0);
		assert_ok!(Muster::commit_muster(signed(agent()), A, work.root()));
		step(3);
		assert_ok!(Muster::answer_muster(signed(agent()), A, work.answer(A)));
		assert!(!Muster::is_proven(A));
	})
}

#[test]
fn a_right_answer_to_a_late_commitment_changes_nothing() {
	run(|| {
		enlist_all();
		prove(A);
		let before = Proofs::<Test>::get(A);
		step(60);
		call();
		skip_time_ms::<Test>(60_000);
		let work = commit(A);
		step(3);
		take_events();
		assert_ok!(Muster::answer_muster(signed(agent()), A, work.answer(A)));
		let inconclusive = Event::Inconclusive {
			muster: MusterId(1),
			machine: A,
		};
		assert_eq!(take_events(), vec![inconclusive]);
		assert_eq!(Proofs::<Test>::get(A), before);
		assert_eq!(Summoned::<Test>::get(A), None);
	})
}

/// Or a skipped slot would be a way out of a muster.
#[test]
fn a_late_commitment_without_work_fails_all_the_same() {
	run(|| {
		enlist_all();
		prove(A);
		step(60);
		call();
		skip_time_ms::<Test>(60_000);
		let work = Work::of(A);
		assert_ok!(Muster::commit_muster(signed(agent()), A, [1; 32]));
		step(3);
		assert_ok!(Muster::answer_muster(signed(agent()), A, work.answer(A)));
		assert!(!Muster::is_proven(A));
	})
}

#[test]
fn mistakes_are_refused_and_cost_no_proof() {
	run(|| {
		enlist_all();
		call();
		let empty = || Default::default();
		assert_noop!(
			Muster::answer_muster(signed(agent()), A, empty()),
			Error::<Test>::NotCommitted
		);
		let work = commit(A);
		step(2);
		assert_noop!(
			Muster::answer_muster(signed(agent()), A, empty()),
			Error::<Test>::TooEarly
		);
		step(1);
		assert_noop!(
			Muster::answer_muster(signed(other()), A, work.answer(A)),
			Error::<Test>::NotTheAgent
		);
		let mut answer = work.answer(A);
		answer.pop();
		assert_noop!(
			Muster::answer_muster(signed(agent()), A, answer),
			Error::<Test>::WrongCount
		);
		let mut answer = work.answer(A);
		answer[0].piece_path.pop();
		assert_noop!(
			Muster::answer_muster(signed(agent()), A, answer),
			Error::<Test>::WrongShape
		);
		step(27);
		assert_noop!(
			Muster::answer_muster(signed(agent()), A, work.answer(A)),
			Error::<Test>::TooLate
		);
	})
}

#[test]
fn weighs_as_much_as_its_longest_row_may_cost() {
	use crate::{
		types::{Answer, Shown},
		weight_of_answer, WeightInfo,
	};
	let shown = |length: usize| Shown {
		line: vec![0; length].try_into().unwrap(),
		line_path: Default::default(),
		before_path: Default::default(),
		piece: Default::default(),
		piece_path: Default::default(),
		step_path: Default::default(),
	};
	let weight = |lengths: &[usize]| {
		let answer: Vec<Shown> = lengths.iter().map(|length| shown(*length)).collect();
		weight_of_answer::<Test>(&Answer::try_from(answer).unwrap())
	};
	let expected = |further: u64, n| {
		let one = <()>::check_opening(n);
		<()>::answer_muster(n).saturating_add(one.saturating_mul(further))
	};
	assert_eq!(weight(&[4_096, 4_096]), expected(1, 4_096));
	assert_eq!(weight(&[256, 4_096, 256]), expected(2, 4_096));
	// Rows of step 1 are not shown.
	assert_eq!(weight(&[256, 0]), expected(1, 8_192));
	assert_eq!(weight(&[1]), expected(0, 256));
	assert_eq!(weight(&[]), expected(0, 256));
}
