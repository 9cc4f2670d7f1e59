use super::*;
use crate::{types::*, Error, Event};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult, BoundedVec};
use sp_runtime::DispatchError;

/// Two leases for calls.
fn two() {
	serving();
	assert_ok!(open_calls(calls()));
	assert_ok!(Leases::accept(signed(agent()), LeaseId(1)));
}

fn redeem_many(batch: Vec<(LeaseId, Voucher)>) -> DispatchResult {
	let batch = BoundedVec::try_from(batch).expect("it is short");
	Leases::redeem_many(signed(stranger()), batch)
}

fn on_record(id: LeaseId) -> u64 {
	Leases::lease(id)
		.and_then(|lease| lease.calls)
		.map_or(0, |calls| calls.calls)
}

#[test]
fn redeems_each_as_if_it_were_alone() {
	run(|| {
		two();
		assert_ok!(redeem_many(vec![
			(LEASE, voucher(3)),
			(LeaseId(1), voucher_for(LeaseId(1), 5)),
			(LEASE, voucher(2)),
		]));
		assert_eq!((on_record(LEASE), on_record(LeaseId(1))), (3, 5));
		assert_eq!(books().drawn(), 0);
	})
}

#[test]
fn names_what_fails_and_goes_on() {
	run(|| {
		two();
		events();
		assert_ok!(redeem_many(vec![
			(NOBODY, voucher(1)),
			// Signed for another lease.
			(LEASE, voucher_for(LeaseId(1), 5)),
			(LeaseId(1), voucher_for(LeaseId(1), 5)),
		]));
		let failed = |lease, error: Error<Test>| Event::SettleFailed {
			lease,
			error: error.into(),
		};
		assert_eq!(
			events(),
			vec![
				failed(NOBODY, Error::UnknownLease),
				failed(LEASE, Error::VoucherInvalid),
				Event::VoucherRedeemed {
					lease: LeaseId(1),
					calls: 5
				},
			]
		);
	})
}

#[test]
fn is_signed() {
	run(|| {
		let unsigned = Leases::redeem_many(RuntimeOrigin::none(), Default::default());
		assert_noop!(unsigned, DispatchError::BadOrigin);
	})
}
