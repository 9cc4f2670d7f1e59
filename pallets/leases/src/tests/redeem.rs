use super::*;
use crate::{types::*, Error, Event};
use codec::Encode;
use frame_support::{assert_noop, assert_ok};
use sp_core::{ecdsa, ed25519, Pair};
use sp_runtime::{traits::IdentifyAccount, DispatchError, MultiSignature, MultiSigner};
use terminal_test_support::MockModels;

/// Calls on record.
fn on_record() -> u64 {
	match lease(LEASE).work {
		Work::Calls(work) => work.calls,
		Work::Metered(_) | Work::Job(_) => panic!("a lease for calls"),
	}
}

fn show(voucher: Voucher) -> frame_support::dispatch::DispatchResult {
	Leases::redeem(signed(stranger()), LEASE, voucher)
}

#[test]
fn records_the_calls_and_moves_no_money() {
	run(|| {
		serving();
		let before = (books(), free(&consumer()), free(&provider()));
		events();
		assert_ok!(show(voucher(100)));
		assert_eq!((books(), free(&consumer()), free(&provider())), before);
		assert_eq!(on_record(), 100);
		assert_eq!(
			events(),
			vec![Event::VoucherRedeemed {
				lease: LEASE,
				calls: 100
			}]
		);
	})
}

#[test]
fn is_changed_by_no_old_voucher_and_by_none_twice() {
	run(|| {
		serving();
		assert_ok!(show(voucher(100)));
		events();
		for calls in [100, 99, 0] {
			assert_ok!(show(voucher(calls)));
			assert_eq!((on_record(), events()), (100, vec![]));
		}
		assert_ok!(show(voucher(101)));
		assert_eq!(on_record(), 101);
	})
}

type Sign<'a> = &'a dyn Fn(&[u8]) -> MultiSignature;

#[test]
fn takes_every_kind_of_key() {
	let (edwards, curve) = (
		ed25519::Pair::from_seed(&[3; 32]),
		ecdsa::Pair::from_seed(&[3; 32]),
	);
	let keys: [(MultiSigner, Sign<'_>); 3] = [
		(caller().public().into(), &|message| {
			caller().sign(message).into()
		}),
		(edwards.public().into(), &|message| {
			edwards.sign(message).into()
		}),
		(curve.public().into(), &|message| curve.sign(message).into()),
	];
	for (key, sign) in keys {
		run(|| {
			let key = key.into_account();
			assert_ok!(open_calls(CallsOrder { key, ..calls() }));
			assert_ok!(Leases::accept(signed(agent()), LEASE));
			let signature = sign(&Leases::voucher_message(LEASE, 7));
			assert_ok!(show(Voucher {
				calls: 7,
				signature
			}));
			assert_eq!(on_record(), 7);
		})
	}
}

#[test]
fn refuses_what_the_key_did_not_sign() {
	run(|| {
		serving();
		let signature = |message: &[u8]| caller().sign(message).into();
		let bare = Leases::voucher_message(LEASE, 9)
			.strip_prefix(b"<Bytes>")
			.and_then(|rest| rest.strip_suffix(b"</Bytes>"))
			.expect("it is framed")
			.to_vec();
		let other_chain = terminal_gpu_proof::voucher::message(&[1; 32], 0, 9);
		let genesis = crate::receipts::genesis_hash::<Test>();
		let message = terminal_gpu_proof::voucher::message(&genesis, 0, 9);
		assert_eq!(message, Leases::voucher_message(LEASE, 9));
		for signature in [
			// Of another key, another lease, another number, another chain, a receipt, without a frame.
			tenant().sign(&message).into(),
			voucher_for(LeaseId(1), 9).signature,
			voucher(8).signature,
			signature(&other_chain),
			signature(&Leases::receipt_message(LEASE, 0, 9)),
			signature(&bare),
			// Of another kind, and none at all.
			MultiSignature::Ed25519(ed25519::Signature::from_raw([7; 64])),
			MultiSignature::Ecdsa(ecdsa::Signature::from_raw([255; 65])),
		] {
			let forged = Voucher {
				calls: 9,
				signature,
			};
			assert_noop!(show(forged), Error::<Test>::VoucherInvalid);
		}
	})
}

#[test]
fn refuses_more_than_there_is_money() {
	run(|| {
		with_tusd();
		let price = 1 << 65;
		give_tusd(consumer(), price);
		MockModels::set_price_per_call(VERSION, Some(TUSD), 0);
		assert_ok!(open_calls(CallsOrder {
			price,
			max_per_call: price,
			funds: price,
			asset: Some(TUSD),
			..calls()
		}));
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		let too_large = voucher(u64::MAX);
		assert_noop!(show(too_large), Error::<Test>::VoucherTooLarge);
		assert_ok!(show(voucher(u64::MAX >> 2)));
		assert_ok!(Leases::withdraw(signed(stranger()), LEASE));
		assert_eq!(books().drawn(), price);
	})
}

#[test]
fn is_for_a_lease_for_calls_in_service() {
	run(|| {
		assert_noop!(show(voucher(1)), Error::<Test>::UnknownLease);
		active();
		assert_noop!(show(voucher(1)), Error::<Test>::NotForCalls);
		assert_ok!(open_calls(calls()));
		let id = LeaseId(1);
		let redeem = || Leases::redeem(signed(stranger()), id, voucher_for(id, 1));
		assert_noop!(redeem(), Error::<Test>::LeaseNotActive);
		assert_ok!(Leases::cancel(signed(consumer()), id));
		assert_noop!(redeem(), Error::<Test>::LeaseNotActive);
		let unsigned = Leases::redeem(RuntimeOrigin::none(), id, voucher_for(id, 1));
		assert_noop!(unsigned, DispatchError::BadOrigin);
	})
}

#[test]
fn is_in_time_until_the_claim_window_is_over() {
	run(|| {
		serving();
		// Nobody has ended it, though its last block is over.
		jump(1_001);
		assert_ok!(show(voucher(1)));
		assert_ok!(Leases::close(signed(stranger()), LEASE));
		jump(100);
		assert_ok!(show(voucher(2)));
		jump(1);
		assert_noop!(show(voucher(3)), Error::<Test>::ClaimWindowOver);
		assert_eq!(on_record(), 2);
	})
}

#[test]
fn encodes_a_voucher_as_clients_do() {
	// Calls, little endian; then a byte for the kind of key and its signature.
	let signature = MultiSignature::Sr25519(sp_core::sr25519::Signature::from_raw([7; 64]));
	let voucher = Voucher {
		calls: 258,
		signature,
	};
	let expected = [&[2, 1, 0, 0, 0, 0, 0, 0, 1][..], &[7; 64]].concat();
	assert_eq!(voucher.encode(), expected);
}
