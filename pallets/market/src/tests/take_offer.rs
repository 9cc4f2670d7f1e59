use super::*;
use terminal_primitives::market::{AgreedLease, Arbiter};

#[test]
fn opens_the_lease_that_was_read() {
	run(|| {
		published();
		events();
		assert_ok!(take(consumer(), taking()));
		assert_eq!(
			events(),
			vec![Event::OfferTaken {
				offer: OFFER,
				lease: LEASE,
				consumer: consumer(),
			}]
		);
		let open = FakeLeases::get(LEASE);
		assert_eq!(
			open.agreed,
			AgreedLease {
				consumer: consumer(),
				provider: provider(),
				machine: MACHINE,
				asset: None,
				units: 2,
				rate: RATE,
				duration_ms: 3_600_000,
				version: None,
				tenant: Some([1; 32]),
				funds: WHOLE,
				terms: terms(),
				terms_hash: Market::offer_hash(OFFER).expect("it stands"),
				shown: false,
			}
		);
		assert_eq!(free(&consumer()), ENDOWMENT - WHOLE - OPENING);
	})
}

#[test]
fn shares_a_machine_up_to_its_units() {
	run(|| {
		published();
		assert_ok!(take(consumer(), taking()));
		assert_ok!(take(stranger(), taking()));
		assert_noop!(take(rival(), taking()), REFUSED);
		assert_eq!(MockMachines::free_units(MACHINE), 0);
	})
}

#[test]
fn cannot_be_sold_something_else() {
	run(|| {
		published();
		let read = taking();
		// The provider puts a dearer one in its place, in the same block.
		assert_ok!(Market::withdraw_offer(signed(provider()), OFFER));
		assert_ok!(publish(
			provider(),
			OfferDraft {
				rate: 2 * RATE,
				..offer()
			}
		));
		assert_noop!(take(consumer(), read.clone()), Error::<Test>::UnknownOffer);
		let other = Taking {
			offer: OfferId(1),
			..read.clone()
		};
		assert_noop!(take(consumer(), other), Error::<Test>::OfferChanged);
		let dear = Taking {
			offer: OfferId(1),
			offer_hash: Market::offer_hash(OfferId(1)).expect("it stands"),
			..read
		};
		assert_noop!(take(consumer(), dear), Error::<Test>::RateAboveMaximum);
	})
}

#[test]
fn stays_inside_what_is_offered() {
	run(|| {
		published();
		for (units, seconds, error) in [
			(0, 60, Error::<Test>::UnitsOutOfRange),
			(5, 60, Error::<Test>::UnitsOutOfRange),
			(1, 59, Error::<Test>::DurationOutOfRange),
			(1, 3_601, Error::<Test>::DurationOutOfRange),
		] {
			let taking = Taking {
				units,
				duration_seconds: seconds,
				..taking()
			};
			assert_noop!(take(consumer(), taking), error);
		}
		for (units, duration_seconds) in [(1, 60), (1, 3_600)] {
			let taking = Taking {
				units,
				duration_seconds,
				..taking()
			};
			assert_ok!(take(consumer(), taking));
		}
	})
}

#[test]
fn lies_in_a_window_to_the_millisecond() {
	run(|| {
		let windows = vec![(START, START + 60_000), (START + 90_000, START + 150_000)];
		let windowed = OfferDraft {
			windows: windows.try_into().expect("two"),
			..offer()
		};
		assert_ok!(publish(provider(), windowed));
		let minute = |seconds| Taking {
			units: 1,
			duration_seconds: seconds,
			..taking()
		};
		assert_noop!(take(consumer(), minute(61)), Error::<Test>::OutsideWindows);
		assert_ok!(take(consumer(), minute(60)));
		blocks(1);
		assert_noop!(take(consumer(), minute(60)), Error::<Test>::OutsideWindows);
		blocks(14);
		assert_eq!(now_ms(), START + 90_000);
		assert_ok!(take(consumer(), minute(60)));
	})
}

#[test]
fn asks_for_the_machine_as_it_is_now() {
	run(|| {
		published();
		set_online(MACHINE, false);
		assert_noop!(take(consumer(), taking()), Error::<Test>::MachineNotOnline);
		set_online(MACHINE, true);
		MockMachines::change(MACHINE, |machine| machine.provider = rival());
		assert_noop!(take(consumer(), taking()), Error::<Test>::MachineChanged);
	})
}

#[test]
fn is_refused_to_the_offers_own_arbiter() {
	run(|| {
		let mut judged = offer();
		judged.terms.arbiter = Some(Arbiter {
			account: stranger(),
			fee: UNIT,
		});
		assert_ok!(publish(provider(), judged));
		assert_noop!(take(stranger(), taking()), Error::<Test>::ArbiterIsParty);
		assert_ok!(take(consumer(), taking()));
	})
}
