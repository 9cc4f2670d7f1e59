use super::*;
use crate::Machines;

#[test]
fn moves_the_daemon_and_not_the_terms() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let before = Machines::<Test>::get(machine).map(|entry| entry.terms_hash(machine));
		events();
		let endpoint = text("http://[::1]:80");
		assert_ok!(Providers::set_endpoint(
			signed(provider()),
			machine,
			text("http://[::1]:80")
		));
		let after = Machines::<Test>::get(machine).expect("the machine is registered");
		assert_eq!(after.endpoint, endpoint);
		assert_eq!(Some(after.terms_hash(machine)), before);
		assert_eq!(events(), [Event::EndpointChanged { machine, endpoint }]);
	})
}

#[test]
fn waits_for_an_open_challenge() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		MockGuard::set_open(machine, true);
		let during = Providers::set_endpoint(signed(provider()), machine, endpoint());
		assert_noop!(during, Error::<Test>::ChallengeOpen);
		MockGuard::set_open(machine, false);
		assert_ok!(Providers::set_endpoint(
			signed(provider()),
			machine,
			endpoint()
		));
	})
}

#[test]
fn is_not_for_the_hot_key() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		for who in [agent(), stranger()] {
			let refused = Providers::set_endpoint(signed(who), machine, endpoint());
			assert_noop!(refused, Error::<Test>::NotMachineOwner);
		}
	})
}

#[test]
fn refuses_what_is_no_endpoint_or_no_machine() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let bad = Providers::set_endpoint(signed(provider()), machine, text("gpu.example.org"));
		assert_noop!(bad, Error::<Test>::InvalidEndpoint);
		let unknown = Providers::set_endpoint(signed(provider()), MachineId(9), endpoint());
		assert_noop!(unknown, Error::<Test>::MachineNotFound);
	})
}
