//! Each invariant is broken on purpose once, and found.

use crate::{
	invariants::check,
	mock::*,
	types::{Ballot, Indices, Outcome, PendingSlash, Phase},
	Accumulators, Attestors, Ballots, Committees, LeasedCount, OpenChallenge, OpenVotes, Owed,
	Params, PendingSlashes, Records, TaskOfLease, Tasks,
};
use terminal_primitives::MachineId;

fn broken(number: &str, break_it: impl FnOnce()) {
	ExtBuilder::default().build().execute_with(|| {
		start_lease(MACHINE);
		let (_, id) = drawn(&[]);
		vote(1, id, Outcome::Pass);
		assert_eq!(check::<Test>(), Ok(()));
		break_it();
		let error: &'static str = check::<Test>().unwrap_err().into();
		assert!(
			error.starts_with(&format!("{number}:")),
			"{number}: found {error}"
		);
	})
}

fn only() -> terminal_primitives::TaskId {
	Tasks::<Test>::iter_keys().next().unwrap()
}

#[test]
fn each_is_found() {
	broken("ATT-1", || LeasedCount::<Test>::put(2));
	broken("ATT-2", || {
		OpenChallenge::<Test>::insert(MachineId(9), terminal_primitives::ChallengeId(0))
	});
	broken("ATT-3", || TaskOfLease::<Test>::remove(LEASE));
	broken("ATT-3", || {
		let committee = Committees::<Test>::get(only(), 0).unwrap();
		Committees::<Test>::insert(only(), 2, committee)
	});
	broken("ATT-4", || {
		Ballots::<Test>::mutate(only(), 0, |ballots| {
			let seat = ballots[0].0;
			ballots.try_push((seat, Ballot::Pass)).unwrap()
		})
	});
	broken("ATT-4", || OpenVotes::<Test>::remove(only()));
	broken("ATT-5", || {
		Tasks::<Test>::mutate(only(), |task| {
			OpenVotes::<Test>::remove(only());
			task.as_mut().unwrap().phase = Phase::DataChallenge {
				indices: Indices::new(),
				shown: 0,
				until: 9,
				cause: crate::types::Cause::Void,
			}
		})
	});
	broken("ATT-6", || {
		Records::<Test>::mutate(account(1), |record| record.as_mut().unwrap().bond += 1)
	});
	broken("ATT-7", || {
		Records::<Test>::mutate(account(1), |record| {
			record.as_mut().unwrap().ejected_until = 99
		})
	});
	broken("ATT-7", || {
		Attestors::<Test>::mutate(|active| {
			let first = active[0].clone();
			active.try_push(first).unwrap()
		})
	});
	broken("ATT-8", || Owed::<Test>::put(1));
	broken("ATT-9", || {
		Params::<Test>::mutate(|params| params.sample = 0)
	});
	broken("ATT-10", || {
		let slash = PendingSlash {
			offender: account(1),
			amount: 1,
			reporter: None,
			offence: crate::types::Offence::DoubleVote,
			apply_at: 1,
		};
		PendingSlashes::<Test>::insert(0, slash)
	});
	broken("ATT-11", || {
		Accumulators::<Test>::insert(crate::Latest::<Test>::get().0, [0; 32])
	});
}
