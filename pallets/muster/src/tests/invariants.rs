//! Each invariant is broken on purpose.

use crate::{
	line::Caller,
	mock::*,
	types::{MusterId, Parameters, Proof},
	Grades, Lines, OwnerAt, OwnerCount, Params, Proofs, Rosters, Summoned,
};
use terminal_primitives::MachineId;

fn change_summons(change: impl FnOnce(&mut crate::types::Summons)) {
	Summoned::<Test>::mutate(A, |summons| change(summons.as_mut().unwrap()))
}

#[test]
fn muster_1_breaks_when_the_index_has_a_gap() {
	run_broken("MUSTER-1", || OwnerCount::<Test>::put(2));
	run_broken("MUSTER-1", || OwnerAt::<Test>::insert(1, other()));
	run_broken("MUSTER-1", || OwnerAt::<Test>::insert(0, other()));
}

#[test]
fn muster_1_breaks_when_a_roster_is_empty_or_out_of_order() {
	run_broken("MUSTER-1", || {
		Rosters::<Test>::mutate(owner(), |roster| {
			roster.as_mut().unwrap().machines = vec![B, A].try_into().unwrap()
		})
	});
	run_broken("MUSTER-1", || {
		Rosters::<Test>::mutate(owner(), |roster| roster.as_mut().unwrap().machines.clear())
	});
}

#[test]
fn muster_1_breaks_when_a_machine_is_on_two_rosters() {
	run_broken("MUSTER-1", || {
		let mut roster = Rosters::<Test>::get(owner()).unwrap();
		roster.index = 1;
		Rosters::<Test>::insert(other(), roster);
		OwnerAt::<Test>::insert(1, other());
		OwnerCount::<Test>::put(2);
	});
}

#[test]
fn muster_2_breaks_when_a_summons_is_impossible() {
	run_broken("MUSTER-2", || change_summons(|s| s.muster = MusterId(9)));
	run_broken("MUSTER-2", || change_summons(|s| s.called_block = 9));
	run_broken("MUSTER-2", || change_summons(|s| s.commit_by = 0));
	run_broken("MUSTER-2", || change_summons(|s| s.answer_by = s.commit_by));
	run_broken("MUSTER-2", || change_summons(|s| s.shape.steps = 0));
	run_broken("MUSTER-2", || {
		let summons = Summoned::<Test>::get(A).unwrap();
		Summoned::<Test>::insert(MachineId(404), summons)
	});
}

#[test]
fn muster_3_breaks_when_machines_of_one_muster_were_not_called_together() {
	run_broken("MUSTER-3", || change_summons(|s| s.called_block = 0));
}

#[test]
fn muster_4_breaks_when_a_proof_comes_from_nowhere() {
	let proof = |muster, proven_at| Proof {
		muster: MusterId(muster),
		proven_at,
	};
	run_broken("MUSTER-4", || {
		Proofs::<Test>::insert(MachineId(404), proof(0, 1))
	});
	run_broken("MUSTER-4", || Proofs::<Test>::insert(A, proof(9, 1)));
	run_broken("MUSTER-4", || Proofs::<Test>::insert(A, proof(0, 2)));
}

#[test]
fn muster_5_breaks_on_wild_parameters_and_grades() {
	run_broken("MUSTER-5", || {
		Params::<Test>::put(Parameters {
			drawn: 0,
			..PARAMETERS
		})
	});
	run_broken("MUSTER-5", || {
		let grade = crate::types::Grade { n: 1, ..GRADE };
		Grades::<Test>::insert(slug(GPU), grade)
	});
}

#[test]
fn muster_6_breaks_when_too_many_are_called_ahead() {
	run_broken("MUSTER-6", || {
		Lines::<Test>::insert(Caller::Owner, 2 + Caller::Owner.most_ahead() + 1)
	});
	run_broken("MUSTER-6", || {
		Lines::<Test>::insert(Caller::Round, 2 + Caller::Round.most_ahead() + 1)
	});
}
