use super::*;
use crate::{Machines, Uptimes};

fn set(status: MachineStatus) -> sp_runtime::DispatchResult {
	Providers::set_status(signed(agent()), MachineId(0), status)
}

#[test]
fn is_for_provider_and_agent() {
	ExtBuilder::default().run(|| {
		register();
		let machine = register_machine(1);
		events();
		at_block(3);
		assert_ok!(Providers::set_status(
			signed(agent()),
			machine,
			MachineStatus::Online
		));
		assert_ok!(Providers::set_status(
			signed(provider()),
			machine,
			MachineStatus::Draining
		));
		assert_noop!(
			Providers::set_status(signed(stranger()), machine, MachineStatus::Online),
			Error::<Test>::NotMachineSigner
		);
		assert_eq!(
			events(),
			[
				Event::StatusChanged {
					machine,
					status: MachineStatus::Online
				},
				Event::StatusChanged {
					machine,
					status: MachineStatus::Draining
				},
			]
		);
		let entry = Machines::<Test>::get(machine).expect("the machine is registered");
		assert_eq!(
			(entry.status, entry.status_since),
			(MachineStatus::Draining, 3)
		);
	})
}

#[test]
fn leaving_online_closes_the_run_at_the_last_pass() {
	for status in [MachineStatus::Draining, MachineStatus::Offline] {
		ExtBuilder::default().run(|| {
			let machine = online_machine();
			Providers::record_pass(machine, 1_000, 600_000);
			Providers::record_pass(machine, 2_000, 600_000);
			assert_ok!(set(status));
			assert!(!Uptimes::<Test>::get(machine).open);
			// the next pass opens a new run: the time between is not credited
			Providers::record_pass(machine, 9_000, 600_000);
			assert_eq!(Providers::proven_ms(machine, 10_000), 1_000);
		})
	}
}

#[test]
fn cannot_dodge_an_open_challenge() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		MockGuard::set_open(machine, true);
		for status in [MachineStatus::Draining, MachineStatus::Offline] {
			assert_noop!(set(status), Error::<Test>::ChallengeOpen);
		}
	})
}

#[test]
fn cannot_credit_the_time_between_two_passes_by_toggling() {
	// offline right after a pass, online just before the next: the gap is not credited
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		Providers::record_pass(machine, 1_000, 600_000);
		assert_ok!(set(MachineStatus::Offline));
		assert_ok!(set(MachineStatus::Online));
		Providers::record_pass(machine, 500_000, 600_000);
		assert_eq!(Providers::proven_ms(machine, 500_000), 0);
	})
}

#[test]
fn keeps_leased_machines_reachable() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(Providers::reserve(machine, 1, LATER));
		assert_noop!(set(MachineStatus::Offline), Error::<Test>::UnitsLeased);
		assert_ok!(set(MachineStatus::Draining));
		assert_noop!(set(MachineStatus::Offline), Error::<Test>::UnitsLeased);
		Providers::release(machine, 1);
		assert_ok!(set(MachineStatus::Offline));
	})
}

#[test]
fn refuses_changes_that_are_none() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_noop!(set(MachineStatus::Online), Error::<Test>::StatusUnchanged);
		assert_ok!(set(MachineStatus::Offline));
		assert_noop!(set(MachineStatus::Draining), Error::<Test>::NothingToDrain);
		let unknown = MachineId(machine.0 + 1);
		assert_noop!(
			Providers::set_status(signed(agent()), unknown, MachineStatus::Online),
			Error::<Test>::MachineNotFound
		);
	})
}
