//! What may be signed after what.

use super::host::World;
use crate::{
	offchain::{error::WorkerError, slip::*},
	types::{FaultProof, Outcome, Statement},
};
use frame_support::BoundedVec;
use proptest::prelude::*;
use sp_core::offchain::{StorageKind, Timestamp};
use std::collections::BTreeSet;
use terminal_gpu_proof::result::Leaf;
use terminal_primitives::TaskId;

const SAMPLE: [u8; 32] = [1; 32];
const OTHER_SAMPLE: [u8; 32] = [2; 32];

fn world() -> World {
	World::new(|_| super::host::Behaviour::Refused)
}

fn key_of(task: u64) -> SlipKey {
	let statement = Statement {
		task: TaskId(task),
		attempt: 0,
		scheme: 1,
		root: [5; 32],
		committed_at: 3,
		outcome: Outcome::Pass,
	};
	SlipKey::new(&[9; 32], &[7; 32], &statement)
}

fn unavailable(index: u32) -> Decision {
	Decision::Unavailable(BoundedVec::truncate_from(vec![index]))
}

fn at(millis: u64) -> Timestamp {
	Timestamp::from_unix_millis(1_000_000 + millis)
}

#[test]
fn pass_and_fail_never_replace_each_other() {
	for (first, second) in [
		(Decision::Pass, Decision::Fail),
		(Decision::Fail, Decision::Pass),
	] {
		let mut slip = Slip::default();
		let vote = Conclusion::Vote(first.clone());
		assert_eq!(
			slip.conclude(first.clone(), &SAMPLE, 10, 30),
			Ok(vote.clone())
		);
		let before = slip.clone();
		assert_eq!(
			slip.conclude(second, &SAMPLE, 11, 30),
			Err(WorkerError::Contradiction)
		);
		assert_eq!(slip, before);
		// Silence after a vote changes nothing and vouches for nothing.
		assert_eq!(
			slip.conclude(unavailable(1), &OTHER_SAMPLE, 12, 30),
			Ok(Conclusion::Later)
		);
		assert_eq!(slip, before);
		assert_eq!(slip.conclude(first, &SAMPLE, 13, 30), Ok(vote));
	}
}

#[test]
fn unavailable_is_voted_at_the_second_try_and_may_be_corrected() {
	let mut slip = Slip::default();
	assert_eq!(
		slip.conclude(unavailable(1), &SAMPLE, 10, 30),
		Ok(Conclusion::Later)
	);
	assert_eq!(slip.decision, None);
	assert_eq!(slip.plan(&SAMPLE, 11, 30), Plan::Rest);
	assert_eq!(slip.plan(&SAMPLE, 12, 30), Plan::Look);
	let vote = Conclusion::Vote(unavailable(2));
	assert_eq!(slip.conclude(unavailable(2), &SAMPLE, 12, 30), Ok(vote));
	for upgrade in [Decision::Pass, Decision::Fail] {
		let vote = Conclusion::Vote(upgrade.clone());
		assert_eq!(slip.clone().conclude(upgrade, &SAMPLE, 15, 30), Ok(vote));
	}
}

#[test]
fn the_last_blocks_leave_no_time_for_a_second_try() {
	let vote = Conclusion::Vote(unavailable(1));
	assert_eq!(
		Slip::default().conclude(unavailable(1), &SAMPLE, 28, 30),
		Ok(vote)
	);
	let later = Ok(Conclusion::Later);
	assert_eq!(
		Slip::default().conclude(unavailable(1), &SAMPLE, 27, 30),
		later
	);
}

#[test]
fn plans_follow_what_is_written() {
	let fresh = Slip::default();
	assert_eq!(fresh.plan(&SAMPLE, 10, 30), Plan::Look);
	assert_eq!(fresh.plan(&SAMPLE, 30, 30), Plan::Rest);

	let decided = Slip {
		decision: Some(Decision::Pass),
		sample: SAMPLE,
		..Slip::default()
	};
	assert_eq!(decided.plan(&SAMPLE, 10, 30), Plan::Resend(Decision::Pass));
	// Another fork drew another sample: look at that one before vouching for it.
	assert_eq!(decided.plan(&OTHER_SAMPLE, 10, 30), Plan::Look);

	let sent = Slip {
		sent_at: Some(10),
		..decided
	};
	assert_eq!(sent.plan(&SAMPLE, 12, 30), Plan::Rest);
	assert_eq!(sent.plan(&SAMPLE, 13, 30), Plan::Resend(Decision::Pass));

	let silent = Slip {
		decision: Some(unavailable(1)),
		..sent
	};
	assert_eq!(silent.plan(&SAMPLE, 13, 30), Plan::Look);
}

#[test]
fn a_task_has_one_run_at_a_time() {
	world().execute(|| {
		let key = key_of(1);
		assert!(key.claim(1, at(0)).is_ok());
		assert_eq!(key.claim(2, at(1)), Err(WorkerError::Claimed));
		// Another task is another claim.
		assert!(key_of(2).claim(2, at(1)).is_ok());
		assert_eq!(key.settle(2, |_| Ok(())), Err(WorkerError::Claimed));
		assert_eq!(key.settle(1, |_| Ok(())), Ok(()));
		assert!(key.claim(2, at(2)).is_ok());
		// A run that died gives way in the end, and must not write afterwards.
		assert!(key.claim(3, at(2 + CLAIM_MS)).is_ok());
		assert_eq!(key.settle(2, |_| Ok(())), Err(WorkerError::Claimed));
		// A clock that was set back does not lock the task.
		assert!(key
			.claim(
				4,
				at(0).sub(sp_core::offchain::Duration::from_millis(500_000))
			)
			.is_ok());
	});
}

#[test]
fn each_look_begins_with_the_next_host() {
	world().execute(|| {
		let turn_of = |task: u64, run: u64| {
			let key = key_of(task);
			let slip = key.claim(run, at(0)).expect("free");
			key.settle(run, |_| Ok(())).expect("ours");
			slip.turn.expect("drawn")
		};
		let first = turn_of(1, 77);
		assert_eq!(turn_of(1, 400), first.wrapping_add(1));
		assert_eq!(turn_of(1, 9), first.wrapping_add(2));
		// Where the first one begins differs from run to run, and from task to task.
		let runs: BTreeSet<u8> = (0..32).map(|run| turn_of(100 + run, run) % 3).collect();
		let tasks: BTreeSet<u8> = (0..32).map(|task| turn_of(200 + task, 5) % 3).collect();
		assert_eq!((runs.len(), tasks.len()), (3, 3));
	})
}

#[test]
fn what_is_settled_is_read_again() {
	world().execute(|| {
		let key = key_of(1);
		key.claim(1, at(0)).expect("free");
		let conclusion = key.settle(1, |slip| slip.conclude(Decision::Pass, &SAMPLE, 10, 30));
		assert_eq!(conclusion, Ok(Conclusion::Vote(Decision::Pass)));
		key.note_sent(10).expect("written");
		let slip = key.read().expect("readable");
		assert_eq!(
			(slip.decision, slip.sent_at, slip.claim),
			(Some(Decision::Pass), Some(10), None)
		);

		key.claim(2, at(10)).expect("free again");
		let conclusion = key.settle(2, |slip| slip.conclude(Decision::Fail, &SAMPLE, 11, 30));
		assert_eq!(conclusion, Err(WorkerError::Contradiction));
		let slip = key.read().expect("readable");
		assert_eq!((slip.decision, slip.claim), (Some(Decision::Pass), None));
	});
}

#[test]
fn garbage_is_no_permission() {
	world().execute(|| {
		let key = key_of(1);
		key.claim(1, at(0)).expect("free");
		let raw = key.raw().to_vec();
		sp_io::offchain::local_storage_set(StorageKind::PERSISTENT, &raw, b"\xff");
		assert_eq!(key.read(), Err(WorkerError::Storage));
		assert_eq!(key.claim(2, at(1)), Err(WorkerError::Storage));
		assert_eq!(key.settle(1, |_| Ok(())), Err(WorkerError::Storage));
	});
}

#[test]
fn proofs_lie_beside_the_slip() {
	world().execute(|| {
		let leaf = Leaf {
			index: 1,
			input: vec![2],
			output: vec![3],
			input_path: vec![],
			output_path: vec![],
		};
		let proof = FaultProof {
			task: TaskId(1),
			leaf,
			weights: BoundedVec::truncate_from(vec![4]),
		};
		assert_eq!(key_of(1).proof(), None);
		key_of(1).keep_proof(&proof);
		assert_eq!(key_of(1).proof(), Some(proof));
		assert_eq!(key_of(2).proof(), None);
	});
}

#[test]
fn every_field_of_the_subject_makes_another_slip() {
	let base = Statement {
		task: TaskId(1),
		attempt: 0,
		scheme: 1,
		root: [5; 32],
		committed_at: 3,
		outcome: Outcome::Pass,
	};
	let key = |statement: &Statement| SlipKey::new(&[9; 32], &[7; 32], statement);
	for other in [
		Statement {
			task: TaskId(2),
			..base.clone()
		},
		Statement {
			attempt: 1,
			..base.clone()
		},
		Statement {
			scheme: 2,
			..base.clone()
		},
		Statement {
			root: [6; 32],
			..base.clone()
		},
		Statement {
			committed_at: 4,
			..base.clone()
		},
	] {
		assert_ne!(key(&other), key(&base));
	}
	assert_ne!(SlipKey::new(&[8; 32], &[7; 32], &base), key(&base));
	assert_ne!(SlipKey::new(&[9; 32], &[8; 32], &base), key(&base));
	// The outcome does not: that is what the slip guards.
	assert_eq!(
		key(&Statement {
			outcome: Outcome::Fail,
			..base.clone()
		}),
		key(&base)
	);
}

fn any_decision() -> impl Strategy<Value = Decision> {
	prop_oneof![
		Just(Decision::Pass),
		Just(Decision::Fail),
		(0u32..9).prop_map(unavailable),
	]
}

proptest! {
	/// Whatever is found in whatever order, no key ever signs both.
	#[test]
	fn no_history_signs_pass_and_fail(
		history in prop::collection::vec((any_decision(), any::<bool>(), 0u32..40), 0..30),
	) {
		let (mut slip, mut signed) = (Slip::default(), Vec::new());
		for (found, other, now) in history {
			let sample = if other { OTHER_SAMPLE } else { SAMPLE };
			if let Plan::Resend(decision) = slip.plan(&sample, now, 30) {
				signed.push(decision);
			}
			if let Ok(Conclusion::Vote(decision)) = slip.conclude(found, &sample, now, 30) {
				signed.push(decision);
			}
		}
		prop_assert!(!(signed.contains(&Decision::Pass) && signed.contains(&Decision::Fail)));
	}
}
