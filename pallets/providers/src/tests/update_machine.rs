use super::*;

fn summary(
	machine: MachineId,
) -> terminal_primitives::market::MachineSummary<terminal_test_support::AccountId> {
	<Providers as terminal_primitives::market::Machines<_>>::machine(machine)
		.expect("the machine is registered")
}

#[test]
fn changes_price_and_terms_at_once() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let before = summary(machine);
		events();
		assert_ok!(Providers::update_machine(
			signed(provider()),
			machine,
			5_000,
			[8; 32]
		));
		let after = summary(machine);
		assert_eq!(after.price_per_second, 5_000);
		assert_ne!(after.terms_hash, before.terms_hash);
		assert_eq!(
			events(),
			[Event::MachineUpdated {
				machine,
				price_per_second: 5_000,
				terms_hash: after.terms_hash
			}]
		);
	})
}

#[test]
fn changes_the_terms_hash_with_either_part() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let first = summary(machine).terms_hash;
		assert_ok!(Providers::update_machine(
			signed(provider()),
			machine,
			PRICE + 1,
			DOCUMENT
		));
		let dearer = summary(machine).terms_hash;
		assert_ok!(Providers::update_machine(
			signed(provider()),
			machine,
			PRICE,
			[8; 32]
		));
		let other = summary(machine).terms_hash;
		assert_ok!(Providers::update_machine(
			signed(provider()),
			machine,
			PRICE,
			DOCUMENT
		));
		assert_eq!(summary(machine).terms_hash, first);
		assert!(first != dearer && first != other && dearer != other);
	})
}

#[test]
fn leaves_equal_machines_with_different_terms_hashes() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let twin = register_machine(4);
		assert_ne!(summary(machine).terms_hash, summary(twin).terms_hash);
	})
}

#[test]
fn keeps_the_price_in_its_range() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		for price in [0, 999, 1_000 * UNIT + 1] {
			assert_noop!(
				Providers::update_machine(signed(provider()), machine, price, DOCUMENT),
				Error::<Test>::PriceOutOfRange
			);
		}
	})
}

#[test]
fn is_for_the_owner_of_a_known_machine() {
	ExtBuilder::default().run(|| {
		let machine = online_machine();
		let update =
			|who, machine| Providers::update_machine(signed(who), machine, PRICE, DOCUMENT);
		assert_noop!(update(agent(), machine), Error::<Test>::NotMachineOwner);
		assert_noop!(update(stranger(), machine), Error::<Test>::NotMachineOwner);
		assert_noop!(
			update(provider(), MachineId(9)),
			Error::<Test>::MachineNotFound
		);
	})
}
