use super::*;
use crate::Claims;
use terminal_test_support::{account, MockBurn, EXISTENTIAL_DEPOSIT};

fn small() -> Parameters {
	Parameters {
		close_reward: MILLI / 2,
		..params()
	}
}

fn dead() -> AccountId {
	account(77)
}

#[test]
fn pays_who_could_not_receive() {
	run_with(small(), || {
		posted();
		set_block(DEADLINE + 1);
		assert_ok!(Market::close_order(signed(dead()), ORDER));
		assert_eq!(Claims::<Test>::get(dead(), None::<u32>), Some(MILLI / 2));
		assert_noop!(
			Market::claim(signed(stranger()), dead(), None),
			Error::<Test>::CannotReceive
		);
		assert_ok!(Balances::transfer_keep_alive(
			signed(stranger()),
			dead(),
			EXISTENTIAL_DEPOSIT
		));
		events();
		assert_ok!(Market::claim(signed(stranger()), dead(), None));
		assert_eq!(
			events(),
			vec![Event::ClaimPaid {
				beneficiary: dead(),
				amount: MILLI / 2,
				asset: None,
			}]
		);
		assert_eq!(free(&dead()), EXISTENTIAL_DEPOSIT + MILLI / 2);
		assert_noop!(
			Market::claim(signed(dead()), dead(), None),
			Error::<Test>::NothingToClaim
		);
	})
}

#[test]
fn is_named_where_it_arises() {
	run_with(small(), || {
		posted();
		set_block(DEADLINE + 1);
		events();
		assert_ok!(Market::close_order(signed(dead()), ORDER));
		assert_eq!(
			events(),
			vec![
				Event::ClaimRecorded {
					beneficiary: dead(),
					amount: MILLI / 2,
					asset: None,
				},
				Event::OrderEnded {
					order: ORDER,
					why: OrderEnd::Unfilled,
					rewarded: Some(dead()),
					reward: MILLI / 2,
				}
			]
		);
	})
}

#[test]
fn adds_up() {
	run_with(small(), || {
		for _ in 0..2 {
			posted();
		}
		set_block(DEADLINE + 1);
		for order in [ORDER, OrderId(1)] {
			assert_ok!(Market::close_order(signed(dead()), order));
		}
		// The second half makes an existential deposit of it, but only in the pot's hands.
		assert_eq!(Claims::<Test>::get(dead(), None::<u32>), Some(MILLI));
		assert_ok!(Market::claim(signed(stranger()), dead(), None));
		assert_eq!(free(&dead()), MILLI);
	})
}

#[test]
fn is_not_possible_where_there_is_no_pot_and_the_dust_burns() {
	run_with(small(), || {
		leave(&Market::pot_account(), 0);
		posted();
		set_block(DEADLINE + 1);
		assert_ok!(Market::close_order(signed(dead()), ORDER));
		assert_eq!(Claims::<Test>::get(dead(), None::<u32>), None);
		let burned = MockBurn::<Balances>::burned(terminal_primitives::ledger::BurnSource::Dust);
		assert_eq!(burned, MILLI / 2);
	})
}
