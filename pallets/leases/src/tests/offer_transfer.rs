use super::*;
use crate::{Error, Event};
use frame_support::{assert_noop, assert_ok};

#[test]
fn changes_nothing_before_it_is_taken() {
	run(|| {
		active();
		events();
		assert_ok!(Leases::offer_transfer(
			signed(consumer()),
			LEASE,
			Some(stranger())
		));
		assert_eq!(
			events(),
			vec![Event::TransferOffered {
				lease: LEASE,
				to: Some(stranger())
			}]
		);
		assert_eq!(lease(LEASE).consumer, consumer());
		assert_eq!(work().offered_to, Some(stranger()));
	})
}

#[test]
fn can_be_taken_back() {
	run(|| {
		active();
		assert_ok!(Leases::offer_transfer(
			signed(consumer()),
			LEASE,
			Some(stranger())
		));
		assert_ok!(Leases::offer_transfer(signed(consumer()), LEASE, None));
		assert_noop!(
			Leases::take_transfer(signed(stranger()), LEASE, None),
			Error::<Test>::NotOfferedToYou
		);
	})
}

#[test]
fn is_the_consumers_of_a_running_lease() {
	run(|| {
		let offer = |who| Leases::offer_transfer(signed(who), LEASE, Some(stranger()));
		assert_noop!(offer(consumer()), Error::<Test>::UnknownLease);
		accepted_metered();
		assert_noop!(offer(consumer()), Error::<Test>::LeaseNotActive);
		assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
		assert_noop!(offer(provider()), Error::<Test>::NotConsumer);
		assert_ok!(Leases::close(signed(consumer()), LEASE));
		assert_noop!(offer(consumer()), Error::<Test>::LeaseNotActive);
	})
}
