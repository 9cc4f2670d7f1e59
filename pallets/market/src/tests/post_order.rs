use super::*;
use crate::Orders;
use terminal_primitives::market::Arbiter;

#[test]
fn holds_all_that_a_winner_needs() {
	run(|| {
		posted();
		assert_eq!(
			events(),
			vec![Event::OrderPosted {
				order: ORDER,
				consumer: consumer(),
				asset: None,
				funds: WHOLE,
				opening: OPENING,
				deadline: DEADLINE,
			}]
		);
		assert_eq!(
			on_hold(HoldReason::OrderFunds, &consumer()),
			WHOLE + OPENING
		);
		assert_eq!(on_hold(HoldReason::OrderDeposit, &consumer()), 200 * MILLI);
		let order = Orders::<Test>::get(ORDER).expect("it stands");
		assert_eq!(
			(order.bids_only_until, order.firm_from, order.deadline),
			(3, 19, 21)
		);
	})
}

#[test]
fn holds_no_more_than_the_whole_time_costs() {
	run(|| {
		let rich = OrderDraft {
			funds: 900 * UNIT,
			..order()
		};
		assert_ok!(post(consumer(), rich));
		assert_eq!(
			on_hold(HoldReason::OrderFunds, &consumer()),
			WHOLE + OPENING
		);
	})
}

#[test]
fn takes_frozen_funds() {
	run(|| {
		freeze(&consumer());
		posted();
		assert_ok!(bid(0, RATE / 2));
		to_block(DEADLINE + 1);
		assert_ok!(Market::close_order(signed(stranger()), ORDER));
		assert_eq!(FakeLeases::count(), 1);
	})
}

#[test]
fn needs_the_least_funds_with_the_early_close_reserve() {
	run(|| {
		let poor = |funds, early_close_ms| {
			let mut draft = order();
			draft.funds = funds;
			draft.terms.early_close_ms = early_close_ms;
			draft
		};
		let least = WHOLE / 10;
		assert_noop!(
			post(consumer(), poor(least - 1, 0)),
			Error::<Test>::FundsTooLow
		);
		assert_ok!(post(consumer(), poor(least, 0)));
		// 60 s of 2 units.
		let reserve = 60 * 2 * RATE;
		assert_noop!(
			post(consumer(), poor(least + reserve - 1, 60_000)),
			Error::<Test>::FundsTooLow
		);
		assert_ok!(post(consumer(), poor(least + reserve, 60_000)));
	})
}

#[test]
fn refuses_what_nobody_could_fill() {
	run(|| {
		let refused = |change: fn(&mut OrderDraft<AccountId>), error: Error<Test>| {
			let mut draft = order();
			change(&mut draft);
			assert_noop!(post(consumer(), draft), error);
		};
		refused(|draft| draft.units = 0, Error::UnitsOutOfRange);
		refused(|draft| draft.max_rate = 0, Error::RateIsZero);
		refused(|draft| draft.deadline = 10, Error::DeadlineOutOfRange);
		refused(|draft| draft.deadline = 0, Error::DeadlineOutOfRange);
		refused(|draft| draft.deadline = 102, Error::DeadlineOutOfRange);
		refused(
			|draft| draft.wanted.region = Some(Default::default()),
			Error::RequirementsInvalid,
		);
		refused(|draft| draft.terms.max_duration_ms = 1, Error::TermsInvalid);
		refused(
			|draft| {
				draft.terms.arbiter = Some(Arbiter {
					account: consumer(),
					fee: 0,
				})
			},
			Error::ArbiterIsParty,
		);
		for deadline in [11, 101] {
			let draft = OrderDraft {
				deadline,
				..order()
			};
			assert_ok!(post(consumer(), draft));
		}
		let cheap = OrderDraft {
			max_rate: 499,
			..order()
		};
		assert_noop!(post(consumer(), cheap), REFUSED);
	})
}

#[test]
fn needs_the_funds() {
	run(|| {
		let all = WHOLE + OPENING + 200 * MILLI;
		leave(&consumer(), all + MILLI - 1);
		assert_noop!(
			post(consumer(), order()),
			Error::<Test>::InsufficientBalance
		);
		leave(&consumer(), all + MILLI);
		posted();
	})
}
