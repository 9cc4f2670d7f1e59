use super::*;
use crate::{types::*, Claims, Error, Event};
use frame_support::{assert_noop, assert_ok};
use terminal_primitives::ledger::BurnSource;
use terminal_test_support::{account, MockBurn, MockMachines, EXISTENTIAL_DEPOSIT, MILLI};

fn dead() -> AccountId {
	account(77)
}

/// A lease on the machine of an account that does not exist; its consumer left before the start.
fn paid_to_the_dead() {
	MockMachines::change(MACHINE, |machine| machine.provider = dead());
	// The hold fee, after the protocol's, is below the existential deposit.
	assert_ok!(open_metered(metered()));
	assert_ok!(Leases::accept(signed(agent()), LEASE));
	assert_ok!(Leases::cancel(signed(consumer()), LEASE));
}

fn small() -> Parameters {
	Parameters {
		hold_fee: MILLI / 2,
		..params()
	}
}

#[test]
fn waits_for_a_payee_that_could_not_receive_and_fails_nobody_else() {
	run_with(small(), || {
		paid_to_the_dead();
		assert_eq!(Claims::<Test>::get(dead(), None::<u32>), Some(490_000_000));
		assert!(events().contains(&Event::ClaimRecorded {
			beneficiary: dead(),
			amount: 490_000_000,
			asset: None,
		}));
		assert_eq!(
			free(&Leases::pot_account()),
			EXISTENTIAL_DEPOSIT + 490_000_000
		);
		assert_noop!(
			Leases::claim(signed(stranger()), dead(), None),
			Error::<Test>::CannotReceive
		);
		assert_ok!(pallet_balances::Pallet::<Test>::transfer_keep_alive(
			signed(stranger()),
			dead(),
			EXISTENTIAL_DEPOSIT
		));
		events();
		assert_ok!(Leases::claim(signed(stranger()), dead(), None));
		assert_eq!(free(&dead()), EXISTENTIAL_DEPOSIT + 490_000_000);
		assert_eq!(
			events(),
			vec![Event::ClaimPaid {
				beneficiary: dead(),
				amount: 490_000_000,
				asset: None,
			}]
		);
		assert_noop!(
			Leases::claim(signed(dead()), dead(), None),
			Error::<Test>::NothingToClaim
		);
	})
}

#[test]
fn burns_dust_where_there_is_not_even_a_pot() {
	run_with(small(), || {
		assert_ok!(pallet_balances::Pallet::<Test>::transfer_allow_death(
			signed(Leases::pot_account()),
			stranger(),
			EXISTENTIAL_DEPOSIT
		));
		paid_to_the_dead();
		assert_eq!(Claims::<Test>::get(dead(), None::<u32>), None);
		assert_eq!(MockBurn::<Balances>::burned(BurnSource::Dust), 490_000_000);
	})
}
