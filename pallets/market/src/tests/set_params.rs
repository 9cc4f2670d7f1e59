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
	let changes: [fn(&mut Parameters); 26] = [
		|p| p.max_offers = 0,
		|p| p.offer_deposit = 0,
		|p| {
			p.order_deposit = 0;
			p.close_reward = 0;
			p.matcher_reward = 0;
		},
		|p| p.bids_only_blocks = 0,
		|p| p.firm_blocks = 0,
		|p| p.close_reward = p.order_deposit + 1,
		|p| p.matcher_reward = p.order_deposit + 1,
		|p| p.bid_deposit = 0,
		|p| p.min_order_blocks = p.bids_only_blocks + p.firm_blocks,
		|p| p.firm_blocks = u32::MAX,
		|p| p.max_order_blocks = p.min_order_blocks - 1,
		|p| p.min_reservation_deposit = 0,
		|p| p.show_ms = 0,
		|p| p.honour_ms = 0,
		|p| p.slack_ms = p.honour_ms + START_WINDOW_MS - 1,
		|p| p.honour_ms = u64::MAX,
		|p| p.cancel_share = Default::default(),
		|p| p.cancel_notice_ms = p.early_ms - 1,
		|p| p.min_lead_ms = p.cancel_notice_ms,
		|p| p.max_lead_ms = p.min_lead_ms - 1,
		|p| p.max_lead_ms = u64::MAX,
		|p| p.stall_ms = 2 * p.block_ms,
		|p| p.stall_ms = p.honour_ms + 1,
		|p| p.live_share = Default::default(),
		|p| p.backstop_ms = START_WINDOW_MS,
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
		assert_eq!(Parameters::default().validate(START_WINDOW_MS), Ok(()));
	})
}

#[test]
fn follows_the_start_window_of_leases() {
	let edge = Parameters {
		slack_ms: 180_000,
		honour_ms: 60_000,
		backstop_ms: 120_001,
		..params()
	};
	assert_eq!(edge.validate(120_000), Ok(()));
	assert_eq!(
		edge.validate(120_001),
		Err("slack_ms must not be shorter than honour_ms and leases' start window together")
	);
	let early = Parameters {
		backstop_ms: 120_000,
		..edge
	};
	assert_eq!(
		early.validate(120_000),
		Err("backstop_ms must be longer than leases' start window")
	);
	assert!(early.validate(u64::MAX).is_err());
}

#[test]
#[should_panic(expected = "market.params: live_share must not be zero")]
fn holds_at_genesis_too() {
	let _ = build(Parameters {
		live_share: Default::default(),
		..params()
	});
}
