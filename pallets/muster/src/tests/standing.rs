//! What leases are told.

use crate::{mock::*, Pallet};
use frame_support::assert_ok;
use terminal_primitives::capability::Capability;

fn may_serve(name: &str) -> bool {
	<Pallet<Test> as Capability>::may_serve(A, &slug(name))
}

#[test]
fn only_calibrated_grades_must_be_proven() {
	run(|| {
		assert!(!may_serve(GPU));
		assert!(may_serve(DRAFT) && may_serve("abacus"));
		enlist_all();
		assert!(!may_serve(GPU));
		prove(A);
		assert!(may_serve(GPU));
	})
}

#[test]
fn a_proof_counts_for_its_time() {
	run(|| {
		enlist_all();
		prove(A);
		let until = 1 + PARAMETERS.validity_blocks;
		System::set_block_number(until);
		assert!(may_serve(GPU));
		System::set_block_number(until + 1);
		assert!(!may_serve(GPU));
	})
}

/// Nobody has to do anything for that.
#[test]
fn silence_takes_the_proof_when_the_window_is_over() {
	run(|| {
		enlist_all();
		prove(A);
		step(60);
		call();
		step(9);
		assert!(may_serve(GPU));
		step(1);
		assert!(!may_serve(GPU));
	})
}

#[test]
fn a_commitment_without_an_answer_takes_it_too() {
	run(|| {
		enlist_all();
		prove(A);
		step(60);
		call();
		commit(A);
		let by = summons(A).answer_by;
		step(by - System::block_number());
		assert!(may_serve(GPU));
		step(1);
		assert!(!may_serve(GPU));
	})
}

#[test]
fn who_failed_can_prove_it_again() {
	run(|| {
		enlist_all();
		call();
		step(60);
		assert!(!may_serve(GPU));
		prove(A);
		assert!(may_serve(GPU));
	})
}

#[test]
fn a_machine_that_is_gone_is_not_called_and_proves_nothing() {
	use crate::{Error, Summoned};
	use frame_support::assert_noop;
	use terminal_primitives::MachineId;
	run(|| {
		assert_ok!(Muster::enlist(signed(owner()), A));
		assert!(!<Pallet<Test> as Capability>::may_serve(
			MachineId(404),
			&slug(GPU)
		));
		unregister(A);
		assert_noop!(
			Muster::call_muster(signed(owner())),
			Error::<Test>::NobodyIdle
		);
		assert!(!Summoned::<Test>::contains_key(A));
		assert_ok!(Muster::discharge(signed(owner()), A));
	})
}

#[test]
fn is_shown_with_what_there_is_to_do() {
	run(|| {
		let standing = || Muster::standing(A).unwrap();
		assert!(!standing().enlisted);
		enlist_all();
		assert!(standing().enlisted);
		assert_eq!(
			(standing().grade, standing().proven_until),
			(Some(GRADE), None)
		);
		assert!(!standing().proven && !standing().may_serve && standing().proof.is_none());
		assert_eq!(Muster::called(A), None);
		assert_ok!(Muster::call_muster(signed(owner())));
		let view = Muster::called(A).unwrap();
		assert_eq!(
			(view.summons, view.seed, view.drawn),
			(summons(A), None, None)
		);
		step(1);
		assert!(Muster::called(A).unwrap().seed.is_some());
		let work = commit(A);
		step(2);
		assert_eq!(Muster::called(A).unwrap().drawn, None);
		step(1);
		assert_eq!(Muster::called(A).unwrap().drawn.unwrap().len(), 32);
		assert_ok!(Muster::answer_muster(signed(agent()), A, work.answer(A)));
		assert_eq!(Muster::called(A), None);
		assert!(standing().proven && standing().may_serve && standing().proof.is_some());
		let until = standing().proof.unwrap().proven_at + PARAMETERS.validity_blocks;
		assert_eq!(standing().proven_until, Some(until));
		// B never committed.
		assert!(Muster::called(B).is_some());
		step(30);
		assert_eq!(Muster::called(B), None);
		assert_eq!(Muster::standing(terminal_primitives::MachineId(404)), None);
	})
}
