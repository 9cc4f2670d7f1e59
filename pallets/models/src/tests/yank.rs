use super::*;
use crate::VersionByDigest;

#[test]
fn keeps_entry_digest_and_deposit() {
	ExtBuilder.run(|| {
		let version = list();
		events();
		assert_ok!(Models::yank(signed(owner()), version));
		assert_eq!(Models::terms(version).map(|terms| terms.yanked), Some(true));
		assert_eq!(VersionByDigest::<Test>::get([1; 32]), Some(version));
		assert_eq!(held(HoldReason::Listing, &owner()), 10 * UNIT);
		assert_eq!(events(), [Event::VersionYanked { version }]);
	})
}

#[test]
fn is_for_owner_and_root_and_for_good() {
	ExtBuilder.run(|| {
		let version = list();
		let foreign = Models::yank(signed(thief()), version);
		assert_noop!(foreign, Error::<Test>::NotVersionOwner);
		assert_noop!(Models::yank(RuntimeOrigin::none(), version), BadOrigin);
		assert_noop!(
			Models::yank(RuntimeOrigin::root(), VersionId(9)),
			Error::<Test>::VersionNotFound
		);
		assert_ok!(Models::yank(RuntimeOrigin::root(), version));
		assert_noop!(
			Models::yank(signed(owner()), version),
			Error::<Test>::Yanked
		);
	})
}

#[test]
fn leaves_royalties_of_running_leases_to_the_owner() {
	ExtBuilder.run(|| {
		let version = list();
		assert_ok!(Models::yank(signed(owner()), version));
		accrue(version, 7);
		assert_ok!(Models::claim_royalties(signed(owner())));
	})
}
