use super::*;
use crate::{OfferCount, Offers, OffersOf};

#[test]
fn holds_the_deposit_and_says_what_is_offered() {
	run(|| {
		published();
		let offer_hash = Market::offer_hash(OFFER).expect("it stands");
		assert_eq!(
			events(),
			vec![Event::OfferPublished {
				offer: OFFER,
				provider: provider(),
				machine: MACHINE,
				asset: None,
				rate: RATE,
				offer_hash,
			}]
		);
		assert_eq!(on_hold(HoldReason::OfferDeposit, &provider()), UNIT);
		assert!(OffersOf::<Test>::contains_key(provider(), OFFER));
		assert_eq!(OfferCount::<Test>::get(provider()), 1);
	})
}

#[test]
fn is_for_the_cold_account() {
	run(|| {
		for who in [agent(), stranger()] {
			assert_noop!(publish(who, offer()), Error::<Test>::NotProvider);
		}
		let nowhere = OfferDraft {
			machine: NO_MACHINE,
			..offer()
		};
		assert_noop!(publish(provider(), nowhere), Error::<Test>::UnknownMachine);
	})
}

#[test]
fn refuses_what_nobody_could_take() {
	run(|| {
		let refused = |change: fn(&mut OfferDraft<AccountId>), error: Error<Test>| {
			let mut draft = offer();
			change(&mut draft);
			assert_noop!(publish(provider(), draft), error);
		};
		refused(|draft| draft.rate = 0, Error::RateIsZero);
		refused(|draft| draft.units = 0, Error::UnitsOutOfRange);
		refused(|draft| draft.units = 5, Error::UnitsOutOfRange);
		refused(
			|draft| draft.min_duration_seconds = 0,
			Error::DurationOutOfRange,
		);
		refused(
			|draft| draft.min_duration_seconds = 3_601,
			Error::DurationOutOfRange,
		);
		refused(
			|draft| draft.terms.max_duration_ms = 3_599_999,
			Error::TermsInvalid,
		);
		refused(
			|draft| draft.terms.early_close_ms = 7_200_001,
			Error::TermsInvalid,
		);
		refused(
			|draft| draft.reservation_deposit = Some(UNIT - 1),
			Error::DepositTooLow,
		);
		refused(
			|draft| {
				draft.terms.arbiter = Some(terminal_primitives::market::Arbiter {
					account: provider(),
					fee: 0,
				})
			},
			Error::ArbiterIsParty,
		);
		let cheap = OfferDraft {
			rate: 249,
			..offer()
		};
		assert_noop!(publish(provider(), cheap), REFUSED);
		let at_the_edge = OfferDraft {
			rate: 250,
			units: 4,
			max_duration_seconds: 7_200,
			reservation_deposit: Some(UNIT),
			..offer()
		};
		assert_ok!(publish(provider(), at_the_edge));
	})
}

#[test]
fn takes_windows_only_in_order_and_to_come() {
	run(|| {
		let with = |windows: &[(u64, u64)]| {
			let windows = windows
				.iter()
				.map(|(from, until)| (START + from, START + until));
			OfferDraft {
				windows: windows.collect::<Vec<_>>().try_into().expect("a few"),
				..offer()
			}
		};
		for bad in [
			&[(5, 5)][..],
			&[(9, 5)],
			&[(5, 9), (9, 12)],
			&[(5, 9), (7, 12)],
			&[(20, 30), (5, 9)],
		] {
			assert_noop!(
				publish(provider(), with(bad)),
				Error::<Test>::WindowsInvalid
			);
		}
		blocks(1);
		// Over a millisecond ago.
		assert_noop!(
			publish(provider(), with(&[(5, 6_000)])),
			Error::<Test>::WindowsInvalid
		);
		assert_ok!(publish(provider(), with(&[(5, 9), (10, 6_001)])));
	})
}

#[test]
fn has_a_limit_for_each_provider() {
	let few = Parameters {
		max_offers: 2,
		..params()
	};
	run_with(few, || {
		published();
		published();
		assert_noop!(publish(provider(), offer()), Error::<Test>::TooManyOffers);
		let others = OfferDraft {
			machine: OTHER,
			..offer()
		};
		assert_ok!(publish(rival(), others));
		assert_ok!(Market::withdraw_offer(signed(provider()), OFFER));
		published();
		assert_eq!(Offers::<Test>::iter().count(), 3);
	})
}

#[test]
fn needs_the_deposit_and_leaves_the_account_alive() {
	run(|| {
		leave(&provider(), UNIT);
		assert_noop!(
			publish(provider(), offer()),
			Error::<Test>::InsufficientBalance
		);
		leave(&provider(), UNIT + MILLI);
		published();
	})
}

#[test]
fn gives_each_offer_a_hash_of_its_own() {
	run(|| {
		published();
		published();
		assert_ne!(Market::offer_hash(OFFER), Market::offer_hash(OfferId(1)));
		assert_eq!(Market::offer_hash(OfferId(2)), None);
		let mut seen = vec![Market::offer_hash(OFFER).expect("it stands")];
		let base = Offers::<Test>::get(OFFER).expect("it stands");
		type Change = fn(&mut Offer<AccountId>);
		let changes: [Change; 10] = [
			|offer| offer.provider = rival(),
			|offer| offer.machine = OTHER,
			|offer| offer.rate += 1,
			|offer| offer.units -= 1,
			|offer| offer.min_duration_seconds += 1,
			|offer| offer.max_duration_seconds += 1,
			|offer| offer.terms.spot_notice_ms = Some(1),
			|offer| offer.windows = vec![(1, 2)].try_into().expect("one"),
			|offer| offer.reservation_deposit = None,
			|offer| offer.document = [4; 32],
		];
		for change in changes {
			let mut other = base.clone();
			change(&mut other);
			let hash = other.hash(OFFER);
			assert!(!seen.contains(&hash));
			seen.push(hash);
		}
	})
}
