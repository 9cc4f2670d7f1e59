//! Jobs over layered networks: a hostile provider is refuted by one piece, a hostile attestor refutes
//! nothing.

use crate::{
	mock::*,
	types::{Outcome, Phase, SCHEME_LAYERED_NETWORK},
	votes::{weight_of_leaves, weight_of_proof},
	weights::WeightInfo,
};
use codec::{Decode, Encode};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult, BoundedVec};
use terminal_gpu_proof::layered::PieceProof;
use terminal_primitives::{market::Verdict, TaskId};

/// The task of a layered job, with its committee drawn.
fn drawn(wrong: &[u32]) -> (Job, TaskId) {
	let job = Job::layered(LEASE, wrong);
	let id = job.draw();
	System::reset_events();
	assert_eq!(task(id).scheme, SCHEME_LAYERED_NETWORK);
	(job, id)
}

fn prove(job: &Job, id: TaskId, index: u32, evidence: Vec<u8>) -> DispatchResult {
	let evidence = BoundedVec::try_from(evidence).unwrap();
	Attestation::prove_fault(signed(REPORTER), id, job.leaf(index), evidence)
}

fn evidence(job: &Job, index: u32) -> Vec<u8> {
	job.proof(TaskId(0), index).evidence.into_inner()
}

/// A leaf of the public sample with an even, and one with an odd index: one lies about its values, one
/// about a piece before them.
fn both_lies(id: TaskId) -> [u32; 2] {
	let sample = sample(id);
	[0, 1].map(|odd| *sample.iter().find(|index| *index % 2 == odd).unwrap())
}

#[test]
fn a_wrong_value_and_a_wrong_piece_are_faults_that_override_a_quorum() {
	for lie in [0, 1] {
		ExtBuilder::default().execute(|| {
			let all: Vec<u32> = (0..ITEMS).collect();
			let (job, id) = drawn(&all);
			for n in 1..=3 {
				vote(n, id, Outcome::Pass);
			}
			let index = both_lies(id)[lie];
			assert_ok!(prove(&job, id, index, evidence(&job, index)));
			assert_eq!(task(id).phase, Phase::Faulted);
			let (lease, verdict, _) = MockJobs::conclusions().pop().unwrap();
			assert_eq!((lease, verdict), (LEASE, Verdict::Fault));
		})
	}
}

#[test]
fn a_fail_carries_a_piece() {
	ExtBuilder::default().execute(|| {
		let all: Vec<u32> = (0..ITEMS).collect();
		let (job, id) = drawn(&all);
		fail(1, &job, id, both_lies(id)[1]);
		assert_eq!(task(id).phase, Phase::Faulted);
	})
}

#[test]
fn an_attestor_that_fails_an_honest_leaf_proves_nothing() {
	ExtBuilder::default().execute(|| {
		let (job, id) = drawn(&[4]);
		// What refutes leaf 4 is shown about leaf 6, which is right.
		let mut proof = job.proof(id, 4);
		proof.leaf = job.leaf(6);
		let fail = statement(id, Outcome::Fail);
		let batch = batch(1, vec![fail], vec![proof]);
		let signature = sign(1, &batch);
		assert_ok!(Attestation::submit_votes_signed(
			signed(REPORTER),
			batch,
			signature
		));
		let member = account(1);
		assert!(events().contains(&Event::FailUnproven { task: id, member }));
		assert!(MockJobs::conclusions().is_empty());
	})
}

#[test]
fn evidence_that_shows_no_fault_is_refused() {
	ExtBuilder::default().execute(|| {
		let (job, id) = drawn(&[4, 5]);
		let right = evidence(&job, 4);
		let changed = |change: &dyn Fn(&mut PieceProof)| {
			let mut proof = PieceProof::decode(&mut &right[..]).unwrap();
			change(&mut proof);
			proof.encode()
		};
		// The weights, as scheme 1 has it; nothing; something after the proof.
		for bytes in [job.weights.clone(), Vec::new(), [&right[..], &[0]].concat()] {
			assert_noop!(prove(&job, id, 4, bytes), Error::PieceNotShown);
		}
		// A piece that is right, one that is not there, values that the leaf does not list.
		assert_noop!(prove(&job, id, 5, right.clone()), Error::PieceNotShown);
		let first = changed(&|proof| {
			proof.piece = 0;
			proof.before.clear();
		});
		assert_noop!(prove(&job, id, 4, first), Error::LeafIsCorrect);
		let outside = changed(&|proof| proof.piece = 3);
		assert_noop!(prove(&job, id, 4, outside), Error::PieceNotShown);
		let altered = changed(&|proof| proof.before[0] ^= 1);
		assert_noop!(prove(&job, id, 4, altered), Error::PieceNotShown);
		// Weights that are not the job's.
		let header = changed(&|proof| proof.header.bytes[9] ^= 1);
		assert_noop!(prove(&job, id, 4, header), Error::WrongWeights);
		let rows = changed(&|proof| *proof.rows.bytes.last_mut().unwrap() ^= 1);
		assert_noop!(prove(&job, id, 4, rows), Error::WrongWeights);
		// A leaf that was not committed.
		let leaf = {
			let mut leaf = job.leaf(4);
			leaf.output[1] ^= 1;
			leaf
		};
		let bounded = BoundedVec::try_from(right.clone()).unwrap();
		assert_noop!(
			Attestation::prove_fault(signed(REPORTER), id, leaf, bounded),
			Error::LeafNotCommitted
		);

		assert_ok!(prove(&job, id, 4, right));
	})
}

#[test]
fn a_data_challenge_runs_its_leaves_whole() {
	for wrong in [&[][..], &[7]] {
		ExtBuilder::default().execute(|| {
			let (job, id) = drawn(wrong);
			vote(1, id, unavailable(&[7]));
			vote(2, id, unavailable(&[7]));
			// When the votes end.
			run_to(10);
			let leaves = BoundedVec::try_from(vec![job.leaf(7)]).unwrap();
			let weights = job.bounded_weights();
			assert_ok!(Attestation::answer_data_challenge(
				signed(AGENT),
				id,
				leaves,
				weights
			));
			let verdict = if wrong.is_empty() {
				Verdict::Pass
			} else {
				Verdict::Fault
			};
			assert_eq!(MockJobs::conclusions().pop().unwrap().1, verdict);
		})
	}
}

/// A network of the greatest work costs more to show than its bytes alone, and each leaf of it again.
#[test]
fn leaves_weigh_by_the_work_of_the_header() {
	ExtBuilder::default().execute(|| {
		let (integer, layered) = (Job::new(LEASE, &[]), Job::layered(LEASE, &[]));
		let of = |job: &Job, count| {
			let leaves: Vec<_> = (0..count).map(|index| job.leaf(index)).collect();
			weight_of_leaves::<Test>(&leaves, &job.weights)
		};
		type Weights = <Test as crate::Config>::WeightInfo;
		let (leaf, run) = (Weights::check_leaf(1), Weights::check_layered_leaf(1));
		assert_eq!(of(&integer, 3) - of(&integer, 1), leaf * 2);
		assert_eq!(of(&layered, 3) - of(&layered, 1), (leaf + run) * 2);
		let proof = weight_of_proof::<Test>(&integer.leaf(0), &integer.weights);
		let piece = Weights::check_piece();
		assert_eq!(proof, Weights::prove_fault(1) + piece);
	})
}
