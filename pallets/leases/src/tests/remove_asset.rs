use super::*;
use crate::{types::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;
use terminal_test_support::{account, MockMachines};

fn remove() {
	assert_ok!(Leases::remove_asset(RuntimeOrigin::root(), TUSD));
}

#[test]
fn stops_new_leases() {
	run(|| {
		with_tusd();
		events();
		remove();
		assert_eq!(events(), vec![Event::AssetRemoved { asset: TUSD }]);
		let gone = Error::<Test>::AssetNotApproved;
		assert_noop!(open_metered(metered_tusd()), gone);
		assert_noop!(open_job(job_tusd()), Error::<Test>::AssetNotApproved);
		assert_eq!(
			agree(agreement_tusd()),
			Err(Error::<Test>::AssetNotApproved.into())
		);
		assert_ok!(open_metered(metered()));
	})
}

#[test]
fn leaves_what_is_open_alone() {
	run(|| {
		with_tusd();
		let mut lease = agreement_tusd();
		lease.funds = 2 * USD;
		assert_ok!(agree(lease));
		remove();
		assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
		assert_ok!(Leases::top_up(signed(stranger()), LEASE, USD));
		assert_ok!(Leases::extend(
			signed(consumer()),
			LEASE,
			60,
			TUSD_RATE,
			USD
		));
		let change = Change {
			rate: TUSD_RATE / 2,
			units: 2,
			acknowledged_ms: 0,
		};
		assert_ok!(Leases::propose_change(signed(provider()), LEASE, change));
		let hash = Leases::proposal_hash(LEASE).expect("it is proposed");
		assert_ok!(Leases::accept_change(signed(consumer()), LEASE, hash));
		let to = Some(stranger());
		assert_ok!(Leases::offer_transfer(signed(consumer()), LEASE, to));
		let tenant = metered().tenant;
		assert_ok!(Leases::take_transfer(signed(stranger()), LEASE, tenant));
		serve(50);
		acknowledge(2, 300_000);
		assert!(books().paid > 0);
		assert_ok!(Leases::close(signed(stranger()), LEASE));
		assert_ok!(Leases::finish(signed(agent()), LEASE));
		assert_eq!(outcome(), Outcome::CancelledByConsumer);
	})
}

#[test]
fn leaves_who_would_migrate_the_way_out() {
	run(|| {
		with_tusd();
		let other = MachineId(1);
		MockMachines::add(other, account(4), account(4), 4, RATE);
		MockMachines::set_price_in(other, TUSD, Some(TUSD_RATE));
		assert_ok!(agree(agreement_tusd()));
		assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
		remove();
		let by = || signed(consumer());
		let tenant = metered().tenant;
		assert_noop!(
			Leases::migrate(by(), LEASE, other, TUSD_RATE, [7; 32], tenant),
			Error::<Test>::AssetNotApproved
		);
		assert_ok!(Leases::close(by(), LEASE));
	})
}

#[test]
fn is_for_root_and_for_what_is_on_the_list() {
	run(|| {
		with_tusd();
		assert_noop!(Leases::remove_asset(signed(issuer()), TUSD), BadOrigin);
		remove();
		assert_noop!(
			Leases::remove_asset(RuntimeOrigin::root(), TUSD),
			Error::<Test>::AssetNotApproved
		);
	})
}
