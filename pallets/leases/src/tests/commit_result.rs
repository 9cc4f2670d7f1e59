use super::*;
use crate::{types::*, Error, Event};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo},
};
use terminal_primitives::market::Jobs;
use terminal_test_support::{
	mocks::{Progress, REFUSED},
	MockBonds, MockJobProgress, MockMachines,
};

#[test]
fn binds_the_result_frees_the_machine_and_tells_attestation() {
	run(|| {
		running();
		jump(5);
		events();
		assert_ok!(Leases::commit_result(signed(agent()), LEASE, [5; 32]));
		assert_eq!(
			lease(LEASE).state,
			State::Committed {
				root: [5; 32],
				committed_at: 6
			}
		);
		assert_eq!(MockMachines::free_units(MACHINE), 4);
		assert_eq!(MockBonds::at_risk(&provider()), JOB_PRICE);
		assert_eq!(MockJobProgress::log(), vec![Progress::Committed(LEASE)]);
		assert_eq!(
			events(),
			vec![Event::ResultCommitted {
				lease: LEASE,
				root: [5; 32]
			}]
		);
		let view = <Leases as Jobs<AccountId>>::job(LEASE).expect("a committed job");
		assert_eq!(
			(view.result_root, view.committed_at),
			(Some([5; 32]), Some(6))
		);
		assert_eq!((view.provider, view.agent), (provider(), agent()));
	})
}

#[test]
fn comes_once_and_in_time() {
	run(|| {
		let commit = || Leases::commit_result(signed(agent()), LEASE, [5; 32]);
		assert_noop!(commit(), Error::<Test>::UnknownLease);
		assert_ok!(open_job(job()));
		assert_noop!(commit(), Error::<Test>::LeaseNotRunning);
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		jump(21);
		assert_noop!(commit(), Error::<Test>::DeadlinePassed);
	});
	run(|| {
		committed();
		assert_noop!(
			Leases::commit_result(signed(agent()), LEASE, [6; 32]),
			Error::<Test>::LeaseNotRunning
		);
	})
}

#[test]
fn is_for_the_provider_and_its_agent_only() {
	run(|| {
		running();
		for who in [consumer(), stranger()] {
			assert_noop!(
				Leases::commit_result(signed(who), LEASE, [5; 32]),
				Error::<Test>::NotProvider
			);
		}
	})
}

#[test]
fn waits_for_a_block_in_which_attestation_has_room() {
	run(|| {
		running();
		MockJobProgress::refuse(true);
		assert_noop!(
			Leases::commit_result(signed(agent()), LEASE, [5; 32]),
			REFUSED
		);
	})
}

#[test]
fn and_answers_find_room_in_a_full_block() {
	let commit = crate::Call::<Test>::commit_result {
		lease: LEASE,
		result_root: [0; 32],
	};
	assert_eq!(commit.get_dispatch_info().class, DispatchClass::Operational);
	let leaf = build(params()).execute_with(|| batch::Batch::new(10).leaf(LEASE, 1));
	let answer = crate::Call::<Test>::answer_demand { lease: LEASE, leaf };
	assert_eq!(answer.get_dispatch_info().class, DispatchClass::Operational);
	let settle = crate::Call::<Test>::settle {
		lease: LEASE,
		receipt: None,
	};
	assert_eq!(settle.get_dispatch_info().class, DispatchClass::Normal);
}
