use crate::{
	mock::*,
	types::{Offence, Outcome, SignedVotes},
	Attestors,
};
use frame_support::{assert_noop, assert_ok};
use terminal_primitives::TaskId;

fn votes(n: u64, id: TaskId, outcome: Outcome) -> SignedVotes<AccountId> {
	signed_votes(n, &batch(n, vec![statement(id, outcome)], vec![]))
}

#[test]
fn ejects_and_later_slashes_who_signed_both() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let (pass, fail) = (votes(1, id, Outcome::Pass), votes(1, id, Outcome::Fail));

		assert_ok!(Attestation::report_double_vote(
			signed(REPORTER),
			pass,
			fail,
			id,
			0
		));

		let (member, reporter) = (account(1), account(REPORTER));
		let (amount, apply_at) = (100 * UNIT, now() + 4);
		let offence = Offence::DoubleVote;
		assert_eq!(
			events(),
			vec![
				Event::DoubleVoteReported {
					member: member.clone(),
					task: id,
					attempt: 0,
					reporter
				},
				Event::SlashDeferred {
					slash: 0,
					who: member.clone(),
					amount,
					offence,
					apply_at
				},
			]
		);
		assert_eq!(Attestors::<Test>::get().len(), 3);
		run(4);
		let slashed = Event::AttestorSlashed {
			slash: 0,
			who: member,
			amount,
			rewarded: 10 * UNIT,
		};
		assert!(events().contains(&slashed));
		assert_eq!(on_hold(1), BOND - 100 * UNIT);
		assert_eq!(Balances::free_balance(account(REPORTER)), 10_010 * UNIT);
	})
}

#[test]
fn works_after_the_lease_is_closed_and_within_one_batch() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let both = vec![statement(id, Outcome::Pass), statement(id, Outcome::Fail)];
		let both = signed_votes(1, &batch(1, both, vec![]));
		<Attestation as terminal_primitives::hooks::OnJobProgress>::on_closed(LEASE);
		let call = Attestation::report_double_vote;
		assert_ok!(call(signed(REPORTER), both.clone(), both, id, 0));
	})
}

#[test]
fn pays_once() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let (pass, fail) = (votes(1, id, Outcome::Pass), votes(1, id, Outcome::Fail));
		let call = Attestation::report_double_vote;
		assert_ok!(call(signed(REPORTER), pass.clone(), fail.clone(), id, 0));
		let again = call(signed(REPORTER), fail, pass, id, 0);
		assert_noop!(again, Error::AlreadyReported);
	})
}

#[test]
fn unavailable_then_pass_is_no_offence() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let first = votes(1, id, unavailable(&[3]));
		let call = Attestation::report_double_vote;
		for second in [Outcome::Pass, Outcome::Fail, unavailable(&[4])] {
			let second = votes(1, id, second);
			let report = call(signed(REPORTER), first.clone(), second, id, 0);
			assert_noop!(report, Error::NoDoubleVote);
		}
	})
}

#[test]
fn another_root_attempt_or_block_is_another_subject() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let pass = votes(1, id, Outcome::Pass);
		let call = Attestation::report_double_vote;
		for change in 0..4 {
			let mut other = statement(id, Outcome::Fail);
			match change {
				0 => other.root = [1; 32],
				1 => other.attempt = 1,
				2 => other.committed_at += 1,
				_ => other.scheme += 1,
			}
			let other = signed_votes(1, &batch(1, vec![other], vec![]));
			let report = call(signed(REPORTER), pass.clone(), other, id, 0);
			assert_noop!(report, Error::NoDoubleVote);
		}
	})
}

#[test]
fn refuses_forgeries() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let pass = votes(1, id, Outcome::Pass);
		let call = Attestation::report_double_vote;

		let other_member = votes(2, id, Outcome::Fail);
		let report = call(signed(REPORTER), pass.clone(), other_member, id, 0);
		assert_noop!(report, Error::NoDoubleVote);

		let mut forged = votes(1, id, Outcome::Fail);
		forged.signature = pass.signature.clone();
		assert_noop!(
			call(signed(REPORTER), pass.clone(), forged, id, 0),
			Error::BadSignature
		);

		// A key that the member never had.
		let with_key = |outcome| {
			let mut batch = batch(1, vec![statement(id, outcome)], vec![]);
			batch.key = key(90);
			signed_votes(90, &batch)
		};
		let (one, two) = (with_key(Outcome::Pass), with_key(Outcome::Fail));
		assert_noop!(call(signed(REPORTER), one, two, id, 0), Error::NotAMember);
	})
}
