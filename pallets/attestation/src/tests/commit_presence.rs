use crate::{
	mock::*,
	types::{Parameters, PresencePhase},
	Challenges, PresenceDue,
};
use frame_support::{assert_noop, assert_ok};
use terminal_primitives::{ChallengeId, MachineId};

#[test]
fn stores_the_root_and_names_the_block_of_the_answer() {
	ExtBuilder::default().execute(|| {
		let id = start_lease(MACHINE);
		run(4);
		events();

		assert_ok!(Attestation::commit_presence(
			signed(AGENT),
			MACHINE,
			id,
			[9; 32]
		));

		let phase = Challenges::<Test>::get(MACHINE).unwrap().phase;
		assert_eq!(
			phase,
			PresencePhase::AwaitingAnswer {
				root: [9; 32],
				commit_block: 5
			}
		);
		let event = Event::PresenceCommitted {
			challenge: id,
			machine: MACHINE,
			answer_from: 5 + 2 + 1,
		};
		assert_eq!(events(), vec![event]);
	})
}

#[test]
fn keeps_the_gaps_beside_it_only_if_it_is_prompt() {
	let cap_after = |blocks| {
		let mut cap = None;
		ExtBuilder::default().execute(|| {
			start_lease(MACHINE);
			// What is open keeps what it began with.
			let generous = Parameters {
				prompt_blocks: 10,
				..params()
			};
			assert_ok!(Attestation::set_params(RuntimeOrigin::root(), generous));
			run(blocks);
			commit_product(MACHINE);
			cap = Challenges::<Test>::get(MACHINE).map(|challenge| challenge.gap_cap_ms);
		});
		cap.unwrap()
	};
	assert_eq!(cap_after(0), 6_000_000);
	assert_eq!(cap_after(3), 6_000_000);
	assert_eq!(cap_after(4), 0);
	assert_eq!(cap_after(10), 0);
}

#[test]
fn is_open_to_the_provider_too() {
	ExtBuilder::default().execute(|| {
		let id = start_lease(MACHINE);
		assert_ok!(Attestation::commit_presence(
			signed(PROVIDER),
			MACHINE,
			id,
			[9; 32]
		));
	})
}

#[test]
fn refuses_strangers_unknown_ids_and_second_commitments() {
	ExtBuilder::default().execute(|| {
		let id = start_lease(MACHINE);
		let call = Attestation::commit_presence;
		assert_noop!(
			call(signed(CONSUMER), MACHINE, id, [9; 32]),
			Error::NotTheAgent
		);
		for (machine, id) in [(MACHINE, ChallengeId(99)), (MachineId(9), id)] {
			assert_noop!(
				call(signed(AGENT), machine, id, [9; 32]),
				Error::UnknownChallenge
			);
		}
		assert_ok!(call(signed(AGENT), MACHINE, id, [9; 32]));
		assert_noop!(
			call(signed(AGENT), MACHINE, id, [8; 32]),
			Error::AlreadyCommitted
		);
	})
}

#[test]
fn refuses_a_machine_that_is_registered_no_more() {
	ExtBuilder::default().execute(|| {
		let machine = MachineId(9);
		let id = start_lease(machine);
		let call = Attestation::commit_presence(signed(AGENT), machine, id, [9; 32]);
		assert_noop!(call, Error::UnknownMachine);
	})
}

#[test]
fn is_taken_in_the_last_block_of_its_window_and_not_after() {
	ExtBuilder::default().execute(|| {
		let id = start_lease(MACHINE);
		let last = Challenges::<Test>::get(MACHINE).unwrap().commit_by;
		assert_eq!(last, 11);
		run_to(last);
		assert_ok!(Attestation::commit_presence(
			signed(AGENT),
			MACHINE,
			id,
			[9; 32]
		));
	});
	ExtBuilder::default().execute(|| {
		let id = start_lease(MACHINE);
		run_to(12);
		let late = Attestation::commit_presence(signed(AGENT), MACHINE, id, [9; 32]);
		frame_support::assert_err!(late, Error::UnknownChallenge);
	})
}

#[test]
fn is_late_after_its_window_also_where_no_block_ended_the_challenge() {
	ExtBuilder::default().execute(|| {
		let id = start_lease(MACHINE);
		let _ = PresenceDue::<Test>::clear(u32::MAX, None);
		run_to(12);
		let late = Attestation::commit_presence(signed(AGENT), MACHINE, id, [9; 32]);
		assert_noop!(late, Error::TooLate);
	})
}
