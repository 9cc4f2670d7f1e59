use crate::{mock::*, types::Outcome, Attestors, PendingSlashes};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn spares_the_bond_and_keeps_the_ejection() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let votes = |outcome| signed_votes(1, &batch(1, vec![statement(id, outcome)], vec![]));
		let (pass, fail) = (votes(Outcome::Pass), votes(Outcome::Fail));
		assert_ok!(Attestation::report_double_vote(
			signed(REPORTER),
			pass,
			fail,
			id,
			0
		));
		assert_noop!(
			Attestation::cancel_slash(signed(1), 0),
			DispatchError::BadOrigin
		);
		events();
		assert_ok!(Attestation::cancel_slash(RuntimeOrigin::root(), 0));
		assert_eq!(
			events(),
			vec![Event::SlashCancelled {
				slash: 0,
				who: account(1)
			}]
		);
		assert_noop!(
			Attestation::cancel_slash(RuntimeOrigin::root(), 0),
			Error::UnknownSlash
		);
		run(10);
		assert_eq!(on_hold(1), BOND);
		assert_eq!(PendingSlashes::<Test>::iter().count(), 0);
		assert_eq!(Attestors::<Test>::get().len(), 3);
	})
}
