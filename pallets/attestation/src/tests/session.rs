use crate::{mock::*, types::MAX_ATTESTORS, Attestors, Records, Validators};
use frame_support::assert_ok;

#[test]
fn only_bonded_validators_are_active() {
	ExtBuilder::default().attestors(4).execute(|| {
		session(6);
		assert_eq!(Validators::<Test>::get().len(), 6);
		assert_eq!(Attestors::<Test>::get().len(), 4);
		session(2);
		assert_eq!(Attestors::<Test>::get().len(), 2);
		session(4);
		assert_eq!(Attestors::<Test>::get().len(), 4);
	})
}

#[test]
fn a_new_key_is_used_from_the_new_session_on() {
	ExtBuilder::default().execute(|| {
		let validators = [(account(1), key(61)), (account(2), key(2))];
		Attestation::set_validators(validators.into_iter());
		let active = Attestors::<Test>::get();
		assert_eq!(active[0].key, key(61));
		assert_eq!(
			Records::<Test>::get(account(1)).unwrap().keys.into_inner(),
			vec![key(1), key(61)]
		);
		// Only the last four are kept.
		for n in 62..70 {
			Attestation::set_validators([(account(1), key(n))].into_iter());
		}
		let keys = Records::<Test>::get(account(1)).unwrap().keys.into_inner();
		assert_eq!(keys, vec![key(66), key(67), key(68), key(69)]);
	})
}

#[test]
fn of_too_many_validators_the_largest_bonds_attest() {
	ExtBuilder::default().execute(|| {
		assert_ok!(Attestation::bond_attestor(signed(150), BOND));
		session(150);
		assert_eq!(Validators::<Test>::get().len(), MAX_ATTESTORS as usize);
		assert_eq!(Attestors::<Test>::get().len(), 5);
	})
}

#[test]
fn a_full_set_takes_new_members_for_those_who_are_gone() {
	ExtBuilder::default().attestors(128).execute(|| {
		for n in 129..=150 {
			assert_ok!(Attestation::bond_attestor(signed(n), BOND));
		}
		Attestation::set_validators((23..=150).map(|n| (account(n), key(n))));
		assert_eq!(Attestors::<Test>::get(), Validators::<Test>::get());
		assert_eq!(Attestors::<Test>::get().len(), MAX_ATTESTORS as usize);
	})
}

#[test]
fn an_ejection_ends_with_a_session_after_its_time() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let votes = |o| signed_votes(1, &batch(1, vec![statement(id, o)], vec![]));
		let (pass, fail) = (
			votes(crate::types::Outcome::Pass),
			votes(crate::types::Outcome::Fail),
		);
		assert_ok!(Attestation::bond_attestor(signed(1), BOND));
		assert_ok!(Attestation::report_double_vote(
			signed(REPORTER),
			pass,
			fail,
			id,
			0
		));
		session(4);
		assert_eq!(Attestors::<Test>::get().len(), 3);
		run(30);
		session(4);
		assert_eq!(Attestors::<Test>::get().len(), 4);
	})
}
