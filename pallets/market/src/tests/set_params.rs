use super::*;
use crate::{Orders, Params};
use sp_runtime::DispatchError;

#[test]
fn is_for_root() {
	run(|| {
		assert_noop!(
			Market::set_params(signed(consumer()), params()),
			DispatchError::BadOrigin
		);
		let params = Parameters {
			bid_deposit: 7,
			..params()
		};
		assert_ok!(Market::set_params(RuntimeOrigin::root(), params.clone()));
		assert_eq!(Params::<Test>::get(), params);
		assert_eq!(events(), vec![Event::ParametersSet { params }]);
	})
}

#[test]
fn does_not_touch_what_exists() {
	run(|| {
		posted();
		assert_ok!(bid(0, RATE));
		reserved();
		let order = Orders::<Test>::get(ORDER);
		let other = Parameters {
			order_deposit: 9 * UNIT,
			bid_deposit: 9 * UNIT,
			offer_deposit: 9 * UNIT,
			min_reservation_deposit: 9 * UNIT,
			..Default::default()
		};
		assert_ok!(Market::set_params(RuntimeOrigin::root(), other));
		assert_eq!(Orders::<Test>::get(ORDER), order);
		assert_ok!(Market::cancel_order(signed(consumer()), ORDER));
		assert_ok!(Market::cancel_reservation(signed(consumer()), RESERVATION));
		assert_ok!(Market::withdraw_offer(signed(provider()), OFFER));
		let half = RESERVATION_DEPOSIT / 2;
		assert_eq!(free(&consumer()), ENDOWMENT - half);
		assert_eq!(free(&provider()), ENDOWMENT + half);
		assert_eq!(free(&bidder(0)), ENDOWMENT);
	})
}

#[test]
fn refuses_what_does_not_fit_together() {
	let changes: [fn(&mut Parameters); 18] = [
		|p| p.max_offers = 0,
		|p| p.close_reward = p.order_deposit + 1,
		|p| p.matcher_reward = p.order_deposit + 1,
		|p| p.bid_deposit = 0,
		|p| p.min_order_blocks = p.bids_only_blocks + p.firm_blocks,
		|p| p.firm_blocks = u32::MAX,
		|p| p.max_order_blocks = p.min_order_blocks - 1,
		|p| p.min_reservation_deposit = 0,
		|p| p.show_ms = 0,
		|p| p.honour_ms = 0,
		|p| p.slack_ms = p.honour_ms - 1,
		|p| p.cancel_notice_ms = p.early_ms - 1,
		|p| p.min_lead_ms = p.cancel_notice_ms,
		|p| p.max_lead_ms = p.min_lead_ms - 1,
		|p| p.max_lead_ms = u64::MAX,
		|p| p.stall_ms = p.block_ms,
		|p| p.backstop_ms = 0,
		|p| {
			p.block_ms = 0;
			p.stall_ms = 1
		},
	];
	run(|| {
		for change in changes {
			let mut params = params();
			change(&mut params);
			assert_noop!(
				Market::set_params(RuntimeOrigin::root(), params),
				Error::<Test>::InvalidParameters
			);
		}
		assert_eq!(Parameters::default().validate(), Ok(()));
	})
}
