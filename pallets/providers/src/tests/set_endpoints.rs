use super::*;
use crate::Machines;

#[test]
fn moves_the_daemon_and_not_the_terms() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let before = Machines::<Test>::get(machine).map(|entry| entry.terms_hash(machine));
		events();
		let endpoints = hosts(&["http://[::1]:80", "https://a.example", "http://a.example"]);
		assert_ok!(Providers::set_endpoints(
			signed(provider()),
			machine,
			endpoints.clone()
		));
		let after = Machines::<Test>::get(machine).expect("the machine is registered");
		assert_eq!(after.endpoints, endpoints);
		assert_eq!(Some(after.terms_hash(machine)), before);
		assert_eq!(events(), [Event::EndpointsChanged { machine, endpoints }]);
	})
}

#[test]
fn waits_for_an_open_challenge() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		MockGuard::set_open(machine, true);
		let during = Providers::set_endpoints(signed(provider()), machine, endpoints());
		assert_noop!(during, Error::<Test>::ChallengeOpen);
		MockGuard::set_open(machine, false);
		assert_ok!(Providers::set_endpoints(
			signed(provider()),
			machine,
			endpoints()
		));
	})
}

#[test]
fn is_not_for_the_hot_key() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		for who in [agent(), stranger()] {
			let refused = Providers::set_endpoints(signed(who), machine, endpoints());
			assert_noop!(refused, Error::<Test>::NotMachineOwner);
		}
	})
}

#[test]
fn refuses_what_is_no_endpoint_or_no_machine() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let set =
			|list: &[&str]| Providers::set_endpoints(signed(provider()), machine, hosts(list));
		assert_noop!(set(&[]), Error::<Test>::NoEndpoint);
		for bad in [
			&["gpu.example.org"][..],
			&["http://a", ""],
			&["http://a", "http://b/"],
		] {
			assert_noop!(set(bad), Error::<Test>::InvalidEndpoint);
		}
		for twice in [
			&["http://a", "http://a"][..],
			&["http://a", "http://b", "http://A"],
		] {
			assert_noop!(set(twice), Error::<Test>::EndpointTwice);
		}
		let unknown = Providers::set_endpoints(signed(provider()), MachineId(9), endpoints());
		assert_noop!(unknown, Error::<Test>::MachineNotFound);
	})
}
