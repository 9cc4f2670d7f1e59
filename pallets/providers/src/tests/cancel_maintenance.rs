use super::*;
use crate::MaintenanceWindows;
use terminal_primitives::market::Maintenance;

fn announce(machine: MachineId, from: Moment, hours: u64) -> sp_runtime::DispatchResult {
	Providers::announce_maintenance(signed(provider()), machine, from, from + hours * HOUR)
}

fn cancel(machine: MachineId, from: Moment) -> sp_runtime::DispatchResult {
	Providers::cancel_maintenance(signed(agent()), machine, from)
}

#[test]
fn gives_the_budget_back() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		for day in 0..6 {
			assert_ok!(announce(machine, NOON + day * 24 * HOUR, 12));
		}
		let next = NOON + 6 * 24 * HOUR;
		assert_noop!(
			announce(machine, next, 1),
			Error::<Test>::MaintenanceOverBudget
		);
		events();
		assert_ok!(cancel(machine, NOON));
		assert_eq!(
			events(),
			[Event::MaintenanceCancelled {
				machine,
				from: NOON,
				until: NOON + 12 * HOUR
			}]
		);
		assert_eq!(Providers::window(machine, NOON), None);
		assert_ok!(announce(machine, next, 12));
	})
}

#[test]
fn leaves_nothing_behind_if_it_was_the_last() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(announce(machine, NOON, 1));
		assert_ok!(cancel(machine, NOON));
		assert!(!MaintenanceWindows::<Test>::contains_key(machine));
		assert_noop!(cancel(machine, NOON), Error::<Test>::MaintenanceNotFound);
	})
}

#[test]
fn is_for_maintenance_that_has_not_begun() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(announce(machine, NOON, 1));
		assert_noop!(
			cancel(machine, NOON + 1),
			Error::<Test>::MaintenanceNotFound
		);
		for now in [NOON, NOON + HOUR, NOON + 999 * HOUR] {
			set_time_ms::<Test>(now);
			assert_noop!(cancel(machine, NOON), Error::<Test>::MaintenanceBegun);
		}
	})
}

#[test]
fn is_for_provider_and_agent() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		assert_ok!(announce(machine, NOON, 1));
		let by = |who| Providers::cancel_maintenance(signed(who), machine, NOON);
		assert_noop!(by(stranger()), Error::<Test>::NotMachineSigner);
		assert_noop!(cancel(MachineId(9), NOON), Error::<Test>::MachineNotFound);
		assert_ok!(by(provider()));
		assert_ok!(announce(machine, NOON, 1));
		assert_ok!(by(agent()));
	})
}
