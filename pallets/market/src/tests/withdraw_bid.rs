use super::*;
use crate::Orders;

fn withdraw(who: AccountId) -> frame_support::dispatch::DispatchResult {
	Market::withdraw_bid(signed(who), ORDER, MACHINE)
}

fn bid_on_machine() {
	posted();
	assert_ok!(Market::place_bid(signed(provider()), ORDER, MACHINE, RATE));
}

#[test]
fn gives_the_deposit_back() {
	run(|| {
		bid_on_machine();
		events();
		assert_ok!(withdraw(agent()));
		assert_eq!(
			events(),
			vec![Event::BidReleased {
				order: ORDER,
				machine: MACHINE,
				why: BidEnd::Withdrawn,
			}]
		);
		assert_eq!(free(&provider()), ENDOWMENT);
		assert!(Orders::<Test>::get(ORDER)
			.expect("it stands")
			.bids
			.is_empty());
		assert_noop!(withdraw(provider()), Error::<Test>::UnknownBid);
	})
}

#[test]
fn is_for_who_bid() {
	run(|| {
		bid_on_machine();
		for who in [consumer(), stranger(), rival()] {
			assert_noop!(withdraw(who), Error::<Test>::NotMachineSigner);
		}
		// Whoever has the machine later did not bid with it.
		MockMachines::change(MACHINE, |machine| machine.provider = rival());
		for who in [rival(), agent()] {
			assert_noop!(withdraw(who), Error::<Test>::NotMachineSigner);
		}
		assert_ok!(withdraw(provider()));
	})
}

#[test]
fn is_too_late_in_the_last_blocks() {
	run(|| {
		bid_on_machine();
		set_block(19);
		assert_noop!(withdraw(provider()), Error::<Test>::BidsFirm);
		set_block(DEADLINE);
		assert_noop!(withdraw(provider()), Error::<Test>::BidsFirm);
		set_block(DEADLINE + 1);
		assert_noop!(withdraw(provider()), Error::<Test>::BiddingOver);
		set_block(18);
		assert_ok!(withdraw(provider()));
	})
}
