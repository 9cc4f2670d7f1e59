use super::*;

#[test]
fn replaces_a_lost_hot_key() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		events();
		assert_ok!(Providers::set_agent(
			signed(provider()),
			machine,
			stranger()
		));
		assert_eq!(
			events(),
			[Event::AgentChanged {
				machine,
				agent: stranger()
			}]
		);
		let status = |who| Providers::set_status(signed(who), machine, MachineStatus::Draining);
		assert_noop!(status(agent()), Error::<Test>::NotMachineSigner);
		assert_ok!(status(stranger()));
	})
}

#[test]
fn waits_for_an_open_challenge() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		MockGuard::set_open(machine, true);
		let during = Providers::set_agent(signed(provider()), machine, stranger());
		assert_noop!(during, Error::<Test>::ChallengeOpen);
	})
}

#[test]
fn is_not_for_the_hot_key_itself() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		for who in [agent(), stranger()] {
			let refused = Providers::set_agent(signed(who), machine, stranger());
			assert_noop!(refused, Error::<Test>::NotMachineOwner);
		}
	})
}

#[test]
fn refuses_the_cold_account_and_unknown_machines() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let cold = Providers::set_agent(signed(provider()), machine, provider());
		assert_noop!(cold, Error::<Test>::AgentIsProvider);
		let unknown = Providers::set_agent(signed(provider()), MachineId(9), agent());
		assert_noop!(unknown, Error::<Test>::MachineNotFound);
	})
}
