use crate::{mock::*, types::MissReason, Challenges, PresenceDue};
use frame_support::{assert_noop, assert_ok};
use terminal_primitives::{uptime::VerifiedUptime, MachineId};
use terminal_test_support::{mocks::UptimeRecord, GENESIS_MS};

fn committed() -> (terminal_primitives::ChallengeId, Product) {
	let id = start_lease(MACHINE);
	let product = commit_product(MACHINE);
	run(3);
	System::reset_events();
	(id, product)
}

#[test]
fn passes_the_right_product() {
	ExtBuilder::default().execute(|| {
		let (id, product) = committed();
		let answer = pieces(MACHINE, &product);
		assert_eq!(answer.len(), 8);

		assert_ok!(Attestation::answer_presence(
			signed(AGENT),
			MACHINE,
			id,
			answer.try_into().unwrap()
		));

		// Ten periods of ten minutes.
		let pass = UptimeRecord::Pass(MACHINE, GENESIS_MS, 10 * 600_000);
		assert_eq!(MockUptime::log(), vec![pass]);
		assert_eq!(MockUptime::resolved_until(MACHINE), GENESIS_MS);
		assert_eq!(Challenges::<Test>::get(MACHINE), None);
		let event = Event::PresencePassed {
			challenge: id,
			machine: MACHINE,
			issued_at: GENESIS_MS,
		};
		assert_eq!(events(), vec![event]);
	})
}

#[test]
fn passes_after_a_late_commitment_and_credits_nothing() {
	ExtBuilder::default().execute(|| {
		let id = start_lease(MACHINE);
		run(4);
		let product = commit_product(MACHINE);
		run(3);
		events();
		let answer = pieces(MACHINE, &product).try_into().unwrap();
		let call = Attestation::answer_presence(signed(AGENT), MACHINE, id, answer);
		assert_ok!(call);
		let pass = UptimeRecord::Pass(MACHINE, GENESIS_MS, 0);
		assert_eq!(MockUptime::log(), vec![pass]);
		let event = Event::PresencePassed {
			challenge: id,
			machine: MACHINE,
			issued_at: GENESIS_MS,
		};
		assert_eq!(events(), vec![event]);
	})
}

#[test]
fn misses_at_a_wrong_entry() {
	ExtBuilder::default().execute(|| {
		let (id, product) = committed();
		let mut answer = pieces(MACHINE, &product);
		answer[7].entries[3] ^= 1;

		assert_ok!(Attestation::answer_presence(
			signed(AGENT),
			MACHINE,
			id,
			answer.try_into().unwrap()
		));

		assert_eq!(
			MockUptime::log(),
			vec![UptimeRecord::Miss(MACHINE, GENESIS_MS)]
		);
		let event = Event::PresenceMissed {
			challenge: id,
			machine: MACHINE,
			issued_at: GENESIS_MS,
			reason: MissReason::WrongEntry,
		};
		assert_eq!(events(), vec![event]);
	})
}

#[test]
fn misses_at_the_product_of_another_seed() {
	ExtBuilder::default().execute(|| {
		let id = start_lease(MACHINE);
		let product = Product::of([1; 32], 64);
		assert_ok!(Attestation::commit_presence(
			signed(AGENT),
			MACHINE,
			id,
			product.root()
		));
		run(3);
		let answer = pieces(MACHINE, &product);
		assert_ok!(Attestation::answer_presence(
			signed(AGENT),
			MACHINE,
			id,
			answer.try_into().unwrap()
		));
		assert_eq!(
			MockUptime::log(),
			vec![UptimeRecord::Miss(MACHINE, GENESIS_MS)]
		);
	})
}

#[test]
fn refuses_strangers_and_wrong_counts() {
	ExtBuilder::default().execute(|| {
		let (id, product) = committed();
		let answer = pieces(MACHINE, &product);
		let call = Attestation::answer_presence;
		let full: frame_support::BoundedVec<_, _> = answer.clone().try_into().unwrap();
		assert_noop!(
			call(signed(CONSUMER), MACHINE, id, full),
			Error::NotTheAgent
		);
		let less = answer[..7].to_vec().try_into().unwrap();
		assert_noop!(
			call(signed(AGENT), MACHINE, id, less),
			Error::WrongPieceCount
		);
	})
}

#[test]
fn waits_for_the_commitment_and_for_the_draw() {
	ExtBuilder::default().execute(|| {
		let id = start_lease(MACHINE);
		let call = || Attestation::answer_presence(signed(AGENT), MACHINE, id, Default::default());
		assert_noop!(call(), Error::NotCommitted);
		commit_product(MACHINE);
		assert_noop!(call(), Error::TooEarly);
		run(2);
		assert_noop!(call(), Error::TooEarly);
		run(1);
		assert_noop!(call(), Error::WrongPieceCount);
	})
}

#[test]
fn can_follow_a_commitment_in_the_last_block() {
	ExtBuilder::default().execute(|| {
		let id = start_lease(MACHINE);
		run_to(11);
		let product = commit_product(MACHINE);
		run_to(21);
		let answer = pieces(MACHINE, &product);
		assert_ok!(Attestation::answer_presence(
			signed(AGENT),
			MACHINE,
			id,
			answer.try_into().unwrap()
		));
		assert_eq!(MockUptime::log().len(), 1);
	})
}

#[test]
fn of_an_earlier_challenge_never_answers_the_one_that_is_open() {
	ExtBuilder::default().execute(|| {
		// The first is missed; a second lease brings another to the same machine.
		let old = start_lease(MACHINE);
		run_to(12);
		let id = start_lease(MACHINE);
		assert!(old != id);
		let stale = || Attestation::commit_presence(signed(AGENT), MACHINE, old, [9; 32]);
		assert_noop!(stale(), Error::UnknownChallenge);
		let product = commit_product(MACHINE);
		assert_noop!(stale(), Error::UnknownChallenge);
		run(3);
		// Right in all but the id.
		let answer = pieces(MACHINE, &product);
		let call = |machine, id| {
			let answer = answer.clone().try_into().unwrap();
			Attestation::answer_presence(signed(AGENT), machine, id, answer)
		};
		assert_noop!(call(MACHINE, old), Error::UnknownChallenge);
		assert_noop!(call(MachineId(9), id), Error::UnknownChallenge);
		assert_ok!(call(MACHINE, id));
		assert_noop!(call(MACHINE, id), Error::UnknownChallenge);
	})
}

#[test]
fn is_late_after_its_window_also_where_no_block_ended_the_challenge() {
	ExtBuilder::default().execute(|| {
		let (id, product) = committed();
		let _ = PresenceDue::<Test>::clear(u32::MAX, None);
		run_to(22);
		let answer = pieces(MACHINE, &product).try_into().unwrap();
		let late = Attestation::answer_presence(signed(AGENT), MACHINE, id, answer);
		assert_noop!(late, Error::TooLate);
	})
}
