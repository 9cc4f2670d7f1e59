use crate::{
	lifecycle::Kind,
	mock::*,
	types::{Ballot, Batch, Cause, Outcome, Phase},
	weights::WeightInfo,
	Ballots, Call, Tasks,
};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo, Pays, PostDispatchInfo},
	pallet_prelude::{
		InvalidTransaction, TransactionSource, TransactionValidityError, ValidTransaction,
	},
	traits::Authorize,
	weights::Weight,
};
use frame_system::RawOrigin;
use sp_runtime::{traits::Dispatchable, DispatchError};
use terminal_primitives::{hooks::OnJobProgress, market::Verdict, LeaseId};

type Authorized = Result<ValidTransaction, TransactionValidityError>;

fn call(batch: Batch<AccountId>, signer: u64) -> RuntimeCall {
	let signature = sign(signer, &batch);
	RuntimeCall::Attestation(Call::submit_votes { batch, signature })
}

fn authorize(call: &RuntimeCall) -> Authorized {
	call.authorize(TransactionSource::External)
		.expect("this call has an authorization")
		.map(|(valid, _)| valid)
}

/// Let the batch be taken and heard.
fn submit(call: RuntimeCall) -> Authorized {
	let valid = authorize(&call)?;
	assert_ok!(call.dispatch(RawOrigin::Authorized.into()));
	hear();
	Ok(valid)
}

fn refused(code: u8) -> Authorized {
	Err(InvalidTransaction::Custom(code).into())
}

#[test]
fn enters_votes_without_a_fee_as_operational() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let call = call(batch(1, vec![statement(id, Outcome::Pass)], vec![]), 1);
		assert_eq!(call.get_dispatch_info().class, DispatchClass::Operational);

		let valid = submit(call).unwrap();

		assert_eq!(valid.longevity, 64);
		assert_eq!(valid.provides.len(), 1);
		assert!(valid.propagate);
		assert_eq!(
			Ballots::<Test>::get(id, 0).cast.into_inner(),
			vec![(seat(1, id), Ballot::Pass)]
		);
		let member = account(1);
		let event = Event::VotesSubmitted {
			member,
			sequence: 1,
			votes: 1,
		};
		assert_eq!(events(), vec![event]);
	})
}

fn seat(n: u64, id: terminal_primitives::TaskId) -> u8 {
	crate::Committees::<Test>::get(id, task(id).attempt)
		.unwrap()
		.seat(&account(n))
		.unwrap()
}

#[test]
fn a_batch_built_later_replaces_the_same_sequence() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let one = authorize(&call(
			batch(1, vec![statement(id, Outcome::Pass)], vec![]),
			1,
		))
		.unwrap();
		run(1);
		let two = authorize(&call(
			batch(1, vec![statement(id, Outcome::Pass)], vec![]),
			1,
		))
		.unwrap();
		assert_eq!(one.provides, two.provides);
		assert!(two.priority > one.priority);
	})
}

#[test]
fn needs_its_own_authorization() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let batch = batch(1, vec![statement(id, Outcome::Pass)], vec![]);
		let signature = sign(1, &batch);
		for origin in [signed(1), RuntimeOrigin::none(), RuntimeOrigin::root()] {
			assert_noop!(
				Attestation::submit_votes(origin, batch.clone(), signature.clone()),
				DispatchError::BadOrigin
			);
		}
	})
}

#[test]
fn refuses_forged_stale_and_empty_batches() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let pass = statement(id, Outcome::Pass);
		let good = || batch(1, vec![pass.clone()], vec![]);

		// Signed by another member, or changed after signing.
		let bad_proof: Authorized = Err(InvalidTransaction::BadProof.into());
		assert_eq!(authorize(&call(good(), 2)), bad_proof);
		let signature = sign(1, &good());
		let mut changed = good();
		changed.sequence = 9;
		let changed = RuntimeCall::Attestation(Call::submit_votes {
			batch: changed,
			signature,
		});
		assert_eq!(authorize(&changed), bad_proof);

		assert_eq!(authorize(&call(batch(1, vec![], vec![]), 1)), refused(1));

		let mut future = good();
		future.block = now() + 1;
		assert_eq!(authorize(&call(future, 1)), refused(2));

		let stranger = batch(90, vec![pass.clone()], vec![]);
		assert_eq!(authorize(&call(stranger, 90)), refused(3));
		let mut other_key = good();
		other_key.key = key(2);
		assert_eq!(authorize(&call(other_key, 2)), refused(3));

		let mut zero = good();
		zero.sequence = 0;
		assert_eq!(
			authorize(&call(zero, 1)),
			Err(InvalidTransaction::Stale.into())
		);

		let mut other_root = pass.clone();
		other_root.root = [1; 32];
		assert_eq!(
			authorize(&call(batch(1, vec![other_root], vec![]), 1)),
			refused(6)
		);

		let mut old = good();
		old.block = 1;
		run(62);
		assert_eq!(authorize(&call(old, 1)), refused(2));
	})
}

#[test]
fn an_identical_resubmission_is_refused() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let call = call(batch(1, vec![statement(id, Outcome::Pass)], vec![]), 1);
		assert_ok!(submit(call.clone()));
		assert_eq!(submit(call), Err(InvalidTransaction::Stale.into()));
	})
}

#[test]
fn a_vote_cannot_be_flipped() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		vote(1, id, unavailable(&[3]));
		let again = batch(1, vec![statement(id, Outcome::Pass)], vec![]);
		assert_eq!(submit(call(again, 1)), refused(6));
	})
}

#[test]
fn stale_entries_are_skipped_and_live_ones_counted() {
	ExtBuilder::default().execute(|| {
		let done = Job::new(LeaseId(1), &[]).commit();
		let open = Job::new(LeaseId(2), &[]).commit();
		run(3);
		for n in 1..=4 {
			vote(n, done, Outcome::Pass);
		}
		events();
		let statements = vec![
			statement(done, Outcome::Pass),
			statement(open, Outcome::Pass),
		];
		assert_ok!(submit(call(batch(1, statements, vec![]), 1)));
		assert_eq!(Ballots::<Test>::get(done, 0).cast.len(), 4);
		assert_eq!(Ballots::<Test>::get(open, 0).cast.len(), 1);
		let member = account(1);
		let event = Event::VotesSubmitted {
			member,
			sequence: 2,
			votes: 2,
		};
		assert_eq!(events(), vec![event]);
	})
}

#[test]
fn votes_after_the_window_do_not_count() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		run(5);
		vote(1, id, Outcome::Pass);
		let late = statement(id, Outcome::Pass);
		run(1);
		assert_eq!(submit(call(batch(2, vec![late], vec![]), 2)), refused(6));
	})
}

#[test]
fn late_passes_are_recorded_and_change_nothing() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		for n in 1..=4 {
			vote(n, id, Outcome::Pass);
		}
		assert_eq!(Ballots::<Test>::get(id, 0).cast.len(), 4);
		assert_eq!(MockJobs::conclusions(), vec![(LEASE, Verdict::Pass, None)]);
		run(6);
		assert_eq!(crate::OpenVotes::<Test>::iter().count(), 0);
	})
}

#[test]
fn a_fail_with_its_proof_decides_alone() {
	ExtBuilder::default().execute(|| {
		let (job, id) = drawn(&[5]);
		fail(1, &job, id, 5);
		assert_eq!(
			MockJobs::conclusions(),
			vec![(LEASE, Verdict::Fault, Some(account(1)))]
		);
		assert_eq!(task(id).phase, Phase::Faulted);
		assert_eq!(
			Ballots::<Test>::get(id, 0).cast.into_inner(),
			vec![(seat(1, id), Ballot::Fail)]
		);
	})
}

#[test]
fn a_fail_without_a_proof_is_no_vote() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[5]);
		let bare = batch(1, vec![statement(id, Outcome::Fail)], vec![]);
		assert_eq!(submit(call(bare, 1)), refused(6));
	})
}

#[test]
fn a_fail_with_a_proof_of_nothing_uses_up_the_vote() {
	ExtBuilder::default().execute(|| {
		let (job, id) = drawn(&[5]);
		fail(1, &job, id, 6);
		assert_eq!(Kind::of(&task(id).phase), Kind::Voting);
		let ballots = Ballots::<Test>::get(id, 0).cast.into_inner();
		assert_eq!(ballots, vec![(seat(1, id), Ballot::Unproven)]);
		assert!(events().contains(&Event::FailUnproven {
			task: id,
			member: account(1)
		}));
		let again = batch(1, vec![statement(id, Outcome::Pass)], vec![]);
		assert_eq!(submit(call(again, 1)), refused(6));
	})
}

#[test]
fn proofs_are_part_of_what_is_signed() {
	ExtBuilder::default().execute(|| {
		let (job, id) = drawn(&[5]);
		let mut stripped = batch(
			1,
			vec![statement(id, Outcome::Fail)],
			vec![job.proof(id, 5)],
		);
		let signature = sign(1, &stripped);
		stripped.proofs = Default::default();
		let call = RuntimeCall::Attestation(Call::submit_votes {
			batch: stripped,
			signature,
		});
		assert_eq!(authorize(&call), Err(InvalidTransaction::BadProof.into()));
	})
}

#[test]
fn too_many_unavailables_open_a_data_challenge_on_what_they_named_when_the_votes_end() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		vote(1, id, unavailable(&[40, 50]));
		// Of 4 with quorum 3, two make a quorum impossible.
		vote(2, id, unavailable(&[7]));
		// The others are heard before anything is decided.
		vote(3, id, unavailable(&[50]));
		run_to(9);
		assert_eq!(Kind::of(&task(id).phase), Kind::Voting);
		events();
		run(1);
		assert_eq!(
			events(),
			vec![Event::DataChallenged {
				task: id,
				cause: Cause::Unavailable,
				indices: vec![7, 40, 50],
				until: now() + 10
			}]
		);
		let Phase::DataChallenge {
			indices,
			shown,
			until,
			cause,
		} = task(id).phase
		else {
			panic!()
		};
		assert_eq!(indices.into_inner(), vec![7, 40, 50]);
		assert_eq!((shown, until, cause), (0, now() + 10, Cause::Unavailable));
		assert!(<Attestation as OnJobProgress>::holds_open(LEASE));
	})
}

#[test]
fn an_unavailable_must_name_leaves_of_the_job_in_order() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		for named in [&[][..], &[ITEMS], &[4, 4], &[5, 4]] {
			let bad = batch(1, vec![statement(id, unavailable(named))], vec![]);
			assert_eq!(submit(call(bad, 1)), refused(6));
		}
		vote(1, id, unavailable(&[ITEMS - 1]));
	})
}

#[test]
fn votes_survive_a_session_change_and_a_new_key() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		// Validator 1 leaves, validator 2 gets the key 62.
		let validators = [
			(account(2), key(62)),
			(account(3), key(3)),
			(account(4), key(4)),
		];
		Attestation::set_validators(validators.into_iter());
		vote(1, id, Outcome::Pass);
		vote(2, id, Outcome::Pass);
		let mut new_key = batch(2, vec![statement(id, Outcome::Pass)], vec![]);
		new_key.key = key(62);
		assert_eq!(submit(call(new_key, 62)), refused(6));
		vote(3, id, Outcome::Pass);
		assert_eq!(MockJobs::conclusions(), vec![(LEASE, Verdict::Pass, None)]);
	})
}

#[test]
fn members_of_other_committees_have_no_vote() {
	ExtBuilder::default().attestors(40).execute(|| {
		let (_, id) = drawn(&[]);
		let committee = crate::Committees::<Test>::get(id, 0).unwrap();
		let outsider = (1..=40)
			.find(|n| committee.seat(&account(*n)).is_none())
			.unwrap();
		let vote = batch(outsider, vec![statement(id, Outcome::Pass)], vec![]);
		assert_eq!(submit(call(vote, outsider)), refused(6));
	})
}

#[test]
fn the_signed_fallback_checks_the_same_and_gives_the_fee_back() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let batch = batch(1, vec![statement(id, Outcome::Pass)], vec![]);
		let call = Attestation::submit_votes_signed;
		let forged = call(signed(90), batch.clone(), sign(2, &batch));
		assert_noop!(forged, Error::BadSignature);
		let done = call(signed(90), batch.clone(), sign(1, &batch)).unwrap();
		assert_eq!(done.pays_fee, Pays::No);
		assert_noop!(
			call(signed(90), batch.clone(), sign(1, &batch)),
			Error::BatchOldSequence
		);
		let signature = sign(1, &batch);
		let none = call(RuntimeOrigin::none(), batch, signature);
		assert_noop!(none, DispatchError::BadOrigin);
	})
}

#[test]
fn the_signed_fallback_names_why_a_batch_is_refused() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let pass = statement(id, Outcome::Pass);
		let call = |signer, batch: Batch<AccountId>| {
			let signature = sign(signer, &batch);
			Attestation::submit_votes_signed(signed(90), batch, signature)
		};

		assert_noop!(call(1, batch(1, vec![], vec![])), Error::BatchMalformed);

		let mut future = batch(1, vec![pass.clone()], vec![]);
		future.block = now() + 1;
		assert_noop!(call(1, future), Error::BatchWrongBlock);

		let stranger = batch(90, vec![pass.clone()], vec![]);
		assert_noop!(call(90, stranger), Error::NotAMember);

		let mut other_root = pass;
		other_root.root = [1; 32];
		let dead = batch(1, vec![other_root], vec![]);
		assert_noop!(call(1, dead), Error::NoLiveVote);
	})
}

#[test]
fn a_refused_verdict_leaves_the_vote_uncounted_and_the_sequence_used() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		vote(1, id, Outcome::Pass);
		vote(2, id, Outcome::Pass);
		MockJobs::refuse(true);
		vote(3, id, Outcome::Pass);
		assert_eq!(Kind::of(&task(id).phase), Kind::Voting);
		assert_eq!(Ballots::<Test>::get(id, 0).cast.len(), 2);
		MockJobs::refuse(false);
		vote(3, id, Outcome::Pass);
		assert_eq!(Kind::of(&task(id).phase), Kind::Passed);
	})
}

/// What a batch says it weighs at most, and what it took: by its call, and by its check.
fn weights(batch: Batch<AccountId>, signer: u64) -> ([Weight; 2], [Weight; 2]) {
	let call = call(batch, signer);
	let declared = [
		call.get_dispatch_info().call_weight,
		call.weight_of_authorize(),
	];
	let checked = call.authorize(TransactionSource::External);
	let (_, unspent) = checked.expect("it has one").expect("it is valid");
	let done = call.dispatch(RawOrigin::Authorized.into());
	let taken = done.expect("it never fails").actual_weight;
	let taken = [taken.expect("it says"), declared[1] - unspent];
	assert!(taken.iter().zip(declared).all(|(t, d)| t.all_lte(d)));
	(declared, taken)
}

#[test]
fn a_batch_weighs_the_same_whatever_its_passes_come_to() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let before = Tasks::<Test>::get(id);
		for (n, outcome) in [(1, Outcome::Pass), (2, unavailable(&[3]))] {
			let vote = batch(n, vec![statement(id, outcome)], vec![]);
			let ([declared, check], [taken, checked]) = weights(vote, n);
			assert_eq!(taken, <()>::submit_votes(1));
			assert_eq!(declared, taken);
			// There was one vote to look at.
			assert_eq!(checked, check);
			assert_eq!(checked, <()>::authorize_submit_votes(1, 0));
		}
		assert_eq!(Tasks::<Test>::get(id), before);
	})
}

#[test]
fn a_proof_keeps_its_weight_whatever_it_proves() {
	for index in [5, 6] {
		ExtBuilder::default().execute(|| {
			let (job, id) = drawn(&[5]);
			let fail = vec![statement(id, Outcome::Fail)];
			let fail = batch(1, fail, vec![job.proof(id, index)]);
			let ([declared, check], [taken, checked]) = weights(fail, 1);
			assert_eq!(taken, declared);
			// The mock's database weighs nothing.
			let proof = <()>::prove_fault(1) + <()>::check_piece() + <()>::look_at_vote();
			assert_eq!(declared, <()>::submit_votes(1) + proof);
			assert_eq!(check, checked);
			assert_eq!(check, <()>::authorize_submit_votes(1, 1));
		})
	}
}

#[test]
fn a_verdict_that_was_undone_keeps_its_weight() {
	ExtBuilder::default().execute(|| {
		let (job, id) = drawn(&[5]);
		MockJobs::refuse(true);
		let fail = vec![statement(id, Outcome::Fail)];
		let fail = batch(1, fail, vec![job.proof(id, 5)]);
		let ([declared, _], [taken, _]) = weights(fail, 1);
		assert_eq!(taken, declared);
		assert_eq!(Ballots::<Test>::get(id, 0).cast.len(), 0);
	})
}

#[test]
fn a_proof_that_is_not_executed_gives_its_weight_back() {
	ExtBuilder::default().execute(|| {
		let (job, done) = drawn(&[5]);
		let open = Job::new(LeaseId(9), &[]).draw();
		assert_ok!(Attestation::prove_fault(
			signed(REPORTER),
			done,
			job.leaf(5),
			job.bounded_weights()
		));
		let statements = vec![
			statement(open, Outcome::Pass),
			statement(done, Outcome::Fail),
		];
		let fail = batch(1, statements, vec![job.proof(done, 5)]);
		let (_, [taken, _]) = weights(fail, 1);
		assert_eq!(taken, <()>::submit_votes(2));
	})
}

#[test]
fn what_was_skipped_is_looked_at_and_not_decided() {
	ExtBuilder::default().execute(|| {
		let done = Job::new(LeaseId(1), &[]).commit();
		let open = Job::new(LeaseId(2), &[]).commit();
		run(3);
		vote(1, done, Outcome::Pass);
		// The first does not count any more: the check looks at the second as well.
		let statements = vec![
			statement(done, Outcome::Pass),
			statement(open, Outcome::Pass),
		];
		let (declared, taken) = weights(batch(1, statements, vec![]), 1);
		assert_eq!(taken, [<()>::submit_votes(2), declared[1]]);
	})
}

#[test]
fn the_signed_fallback_gives_weight_back_with_the_fee() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let batch = batch(1, vec![statement(id, Outcome::Pass)], vec![]);
		let signature = sign(1, &batch);
		let done = Attestation::submit_votes_signed(signed(90), batch, signature);
		let taken = <()>::submit_votes(1) + <()>::authorize_submit_votes(1, 0);
		let info = PostDispatchInfo {
			actual_weight: Some(taken),
			pays_fee: Pays::No,
		};
		assert_eq!(done, Ok(info));
	})
}
