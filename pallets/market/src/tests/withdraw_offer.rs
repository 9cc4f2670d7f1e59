use super::*;
use crate::{OfferCount, Offers};

#[test]
fn gives_the_deposit_back() {
	run(|| {
		published();
		events();
		assert_ok!(Market::withdraw_offer(signed(provider()), OFFER));
		assert_eq!(events(), vec![Event::OfferWithdrawn { offer: OFFER }]);
		assert_eq!(free(&provider()), ENDOWMENT);
		assert_eq!(Offers::<Test>::iter().count(), 0);
		assert!(!OfferCount::<Test>::contains_key(provider()));
		assert_noop!(
			Market::withdraw_offer(signed(provider()), OFFER),
			Error::<Test>::UnknownOffer
		);
	})
}

#[test]
fn is_for_the_provider_while_the_machine_is_there() {
	run(|| {
		published();
		for who in [agent(), stranger()] {
			assert_noop!(
				Market::withdraw_offer(signed(who), OFFER),
				Error::<Test>::NotProvider
			);
		}
		MockMachines::change(MACHINE, |machine| machine.provider = rival());
		assert_ok!(Market::withdraw_offer(signed(stranger()), OFFER));
		assert_eq!(free(&provider()), ENDOWMENT);
	})
}

#[test]
fn leaves_reservations_alone() {
	run(|| {
		reserved();
		assert_ok!(Market::withdraw_offer(signed(provider()), OFFER));
		until_ms(FROM);
		assert_ok!(arrive(consumer()));
		assert_eq!(FakeLeases::get(LEASE).agreed.rate, RATE);
	})
}
