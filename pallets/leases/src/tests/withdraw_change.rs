use super::*;
use crate::{types::*, Error, Event};
use frame_support::{assert_noop, assert_ok};

#[test]
fn takes_back_ones_own_proposal() {
	run(|| {
		active();
		let withdraw = |who| Leases::withdraw_change(signed(who), LEASE);
		assert_noop!(withdraw(consumer()), Error::<Test>::NoProposal);
		let change = Change {
			rate: RATE,
			units: 1,
			acknowledged_ms: 0,
		};
		assert_ok!(Leases::propose_change(signed(provider()), LEASE, change));
		assert_noop!(withdraw(stranger()), Error::<Test>::NotParty);
		assert_noop!(withdraw(consumer()), Error::<Test>::NotProposer);
		events();
		assert_ok!(withdraw(agent()));
		assert_eq!(events(), vec![Event::ChangeWithdrawn { lease: LEASE }]);
		assert_eq!(work().proposal, None);
	})
}
