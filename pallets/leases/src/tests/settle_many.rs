use super::*;
use crate::{types::*, Error, Event};
use frame_support::{assert_ok, BoundedVec};

/// Two leases run for ten minutes.
fn two() {
	active();
	assert_ok!(open_metered(metered()));
	assert_ok!(Leases::accept(signed(agent()), LeaseId(1)));
	let handshake = Some(receipt_for(LeaseId(1), 0, 0));
	assert_ok!(Leases::start(signed(agent()), LeaseId(1), handshake));
	serve(100);
}

fn settle(batch: Vec<(LeaseId, Option<Receipt>)>) -> frame_support::dispatch::DispatchResult {
	let batch = BoundedVec::try_from(batch).expect("it is short");
	Leases::settle_many(signed(stranger()), batch)?;
	assert_eq!(lease(LeaseId(1)).books.drawn() + books().drawn(), 0);
	Ok(())
}

/// Pay what is due of both.
fn withdraw() {
	assert_ok!(Leases::withdraw(signed(stranger()), LEASE));
	assert_ok!(Leases::withdraw(signed(stranger()), LeaseId(1)));
}

#[test]
fn settles_each_as_if_it_were_alone() {
	run(|| {
		two();
		assert_ok!(settle(vec![
			(LEASE, Some(receipt(600_000))),
			(LeaseId(1), Some(receipt_for(LeaseId(1), 0, 300_000))),
		]));
		withdraw();
		assert_eq!(books().drawn(), cost(600_000));
		assert_eq!(lease(LeaseId(1)).books.drawn(), cost(360_000));
	})
}

#[test]
fn names_what_fails_and_goes_on() {
	run(|| {
		two();
		events();
		let forged = Receipt {
			milliseconds: 9,
			..receipt(1)
		};
		assert_ok!(settle(vec![
			(NOBODY, None),
			(LEASE, Some(forged)),
			(LeaseId(1), None),
			(LEASE, None),
		]));
		let failed = events()
			.into_iter()
			.filter_map(|event| match event {
				Event::SettleFailed { lease, error } => Some((lease, error)),
				_ => None,
			})
			.collect::<Vec<_>>();
		assert_eq!(
			failed,
			vec![
				(NOBODY, Error::<Test>::UnknownLease.into()),
				(LEASE, Error::<Test>::ReceiptInvalid.into()),
			]
		);
		withdraw();
		assert_eq!(books().drawn(), cost(60_000));
		assert_eq!(lease(LeaseId(1)).books.drawn(), cost(60_000));
	})
}

#[test]
fn pays_a_lease_once_that_is_named_twice() {
	run(|| {
		two();
		let shown = || Some(receipt(600_000));
		assert_ok!(settle(vec![(LEASE, shown()), (LEASE, shown())]));
		withdraw();
		assert_eq!(books().drawn(), cost(600_000));
	})
}
