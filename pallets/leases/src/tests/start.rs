use super::*;
use crate::{types::*, Error, Event, HoldReason};
use frame_support::{assert_noop, assert_ok};
use sp_core::{sr25519, Pair};
use terminal_gpu_proof::receipt::{FRAME_BEGINS, FRAME_ENDS};
use terminal_test_support::{
	mocks::{LeaseSignal, REFUSED},
	MockLeased, MILLI,
};

#[test]
fn runs_from_now_on_and_anchors_the_machine() {
	run(|| {
		accepted_metered();
		events();
		assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
		let ends_at = START + 3_600_000;
		assert_eq!(lease(LEASE).state, State::Active { ends_at });
		assert_eq!(MockLeased::log(), vec![LeaseSignal::Started(MACHINE)]);
		assert_eq!(
			events(),
			vec![Event::LeaseStarted {
				lease: LEASE,
				from: START,
				ends_at
			}]
		);
	})
}

#[test]
fn pays_the_anchor_out_of_the_opening_deposit() {
	run(|| {
		active();
		assert_eq!(free(&agent()), ENDOWMENT + 100 * MILLI);
		assert_eq!(
			on_hold(HoldReason::OpeningDeposit, &consumer()),
			100 * MILLI
		);
	})
}

#[test]
fn takes_no_handshake_without_the_frame_of_wallets() {
	run(|| {
		accepted_metered();
		let framed = crate::receipts::message::<Test>(LEASE, 0, 0);
		let bare = framed
			.strip_prefix(FRAME_BEGINS)
			.and_then(|rest| rest.strip_suffix(FRAME_ENDS));
		let handshake = |message: &[u8]| Receipt {
			segment: 0,
			milliseconds: 0,
			signature: tenant().sign(message),
		};
		let start = |shown| Leases::start(signed(agent()), LEASE, Some(shown));
		let without = handshake(bare.expect("it has the frame"));
		assert_noop!(start(without), Error::<Test>::ReceiptInvalid);
		assert_ok!(start(handshake(&framed)));
	})
}

#[test]
fn needs_a_handshake_by_the_tenant() {
	run(|| {
		accepted_metered();
		let start = |handshake| Leases::start(signed(agent()), LEASE, handshake);
		assert_noop!(start(None), Error::<Test>::HandshakeMissing);
		let other = sr25519::Pair::from_seed(&[2; 32]);
		let message = crate::receipts::message::<Test>(LEASE, 0, 0);
		let forged = Receipt {
			segment: 0,
			milliseconds: 0,
			signature: other.sign(&message),
		};
		assert_noop!(start(Some(forged)), Error::<Test>::ReceiptInvalid);
		assert_noop!(
			start(Some(receipt_for(LeaseId(1), 0, 0))),
			Error::<Test>::ReceiptInvalid
		);
		assert_noop!(
			start(Some(receipt_for(LEASE, 1, 0))),
			Error::<Test>::UnknownSegment
		);
		let raised = Receipt {
			milliseconds: 1,
			..receipt(0)
		};
		assert_noop!(start(Some(raised)), Error::<Test>::ReceiptInvalid);
	})
}

#[test]
fn needs_none_where_receipts_are_off() {
	run(|| {
		assert_ok!(open_metered(MeteredOrder {
			tenant: None,
			..metered()
		}));
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		assert_noop!(
			Leases::start(signed(agent()), LEASE, Some(receipt(0))),
			Error::<Test>::ReceiptsOff
		);
		assert_ok!(Leases::start(signed(agent()), LEASE, None));
	})
}

#[test]
fn comes_inside_the_window_after_acceptance_by_the_provider() {
	run(|| {
		let start = |who| Leases::start(signed(who), LEASE, Some(receipt(0)));
		assert_noop!(start(agent()), Error::<Test>::UnknownLease);
		assert_ok!(open_metered(metered()));
		assert_noop!(start(agent()), Error::<Test>::LeaseNotAccepted);
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		assert_noop!(start(consumer()), Error::<Test>::NotProvider);
		jump(21);
		assert_noop!(start(agent()), Error::<Test>::StartWindowOver);
	})
}

#[test]
fn waits_for_a_block_that_can_anchor_it() {
	run(|| {
		accepted_metered();
		MockLeased::refuse_starts(true);
		assert_noop!(
			Leases::start(signed(agent()), LEASE, Some(receipt(0))),
			REFUSED
		);
	})
}
