use super::*;
use crate::{types::*, Error, Event, HoldReason};
use frame_support::{assert_noop, assert_ok};
use terminal_test_support::{account, MockMachines, MockUptime, MILLI, UNIT};

/// Another provider's machine, at half the price.
const OTHER: MachineId = MachineId(1);
const NEXT: LeaseId = LeaseId(1);

fn other() -> AccountId {
	account(4)
}

fn add_other() {
	MockMachines::add(OTHER, other(), other(), 4, RATE / 2);
}

fn migrate() -> frame_support::dispatch::DispatchResult {
	migrate_to(OTHER, RATE)
}

fn migrate_to(machine: MachineId, max_rate: u128) -> frame_support::dispatch::DispatchResult {
	let tenant = Some(tenant_key());
	Leases::migrate(
		signed(consumer()),
		LEASE,
		machine,
		max_rate,
		[7; 32],
		tenant,
	)
}

fn tenant_key() -> TenantKey {
	use sp_core::Pair;
	tenant().public()
}

#[test]
fn moves_the_escrow_from_lease_to_lease_without_touching_the_wallet() {
	run(|| {
		add_other();
		active();
		serve(100);
		acknowledge(0, 600_000);
		let before = free(&consumer());
		events();
		assert_ok!(migrate());
		// 3,000 s at 1.5 a second: 4.5 of the 7.5 that are left move, the rest returns.
		assert_eq!(free(&consumer()), before + 3 * UNIT - 200 * MILLI);
		assert_eq!(on_hold(HoldReason::Escrow, &consumer()), 4_500 * MILLI);
		let old = books();
		assert_eq!((old.moved_out, old.refunded), (4_500 * MILLI, 3 * UNIT));
		let new = lease(NEXT);
		assert_eq!(
			(new.books.moved_in, new.books.deposited),
			(4_500 * MILLI, 0)
		);
		assert_eq!(new.continues, Some(LEASE));
		assert_eq!((new.provider, new.machine), (other(), OTHER));
		assert_eq!(outcome(), Outcome::Migrated);
		let moved = 4_500 * MILLI;
		assert_eq!(
			events().last(),
			Some(&Event::LeaseMigrated {
				lease: LEASE,
				to: NEXT,
				moved
			})
		);
		assert_eq!(MockMachines::free_units(MACHINE), 4);
	})
}

#[test]
fn leaves_the_old_provider_what_was_acknowledged() {
	run(|| {
		add_other();
		active();
		serve(100);
		assert_ok!(migrate());
		acknowledge(0, 600_000);
		assert_ok!(Leases::finish(signed(provider()), LEASE));
		assert_eq!(books().drawn(), cost(600_000));
		assert_ok!(Leases::accept(signed(other()), NEXT));
		let handshake = Some(receipt_for(NEXT, 0, 0));
		assert_ok!(Leases::start(signed(other()), NEXT, handshake));
		jump(500);
		MockUptime::prove(OTHER, START + 600_000, now_ms());
		assert_ok!(Leases::settle(
			signed(other()),
			NEXT,
			Some(receipt_for(NEXT, 0, 3_000_000))
		));
		assert_ok!(Leases::withdraw(signed(other()), NEXT));
		assert_eq!(lease(NEXT).books.held, 0);
	})
}

#[test]
fn returns_all_of_it_where_nobody_accepts() {
	run(|| {
		add_other();
		active();
		serve(100);
		acknowledge(0, 600_000);
		assert_ok!(migrate());
		assert_ok!(Leases::cancel(signed(consumer()), NEXT));
		assert_ok!(Leases::finish(signed(stranger()), LEASE));
		assert_eq!(free(&consumer()), ENDOWMENT - cost(600_000) - 120 * MILLI);
	})
}

#[test]
fn saves_nobody_the_fee_for_leaving() {
	run(|| {
		add_other();
		active_with(|lease| lease.terms.early_close_ms = 600_000);
		serve(200);
		acknowledge(0, 1_200_000);
		assert_ok!(migrate());
		assert_ok!(Leases::cancel(signed(consumer()), NEXT));
		assert_ok!(Leases::finish(signed(provider()), LEASE));
		assert_eq!(books().drawn(), cost(1_200_000) + 600 * 2 * RATE);
	});
	// Neither by going to oneself.
	run(|| {
		active_with(|lease| lease.terms.early_close_ms = 600_000);
		serve(200);
		acknowledge(0, 1_200_000);
		assert_ok!(migrate_to(MACHINE, RATE));
		assert_ok!(Leases::finish(signed(provider()), LEASE));
		assert_eq!(books().drawn(), cost(1_200_000) + 600 * 2 * RATE);
	})
}

#[test]
fn works_for_a_paused_lease() {
	run(|| {
		add_other();
		active();
		MockMachines::set_window(MACHINE, Some((START, START + 3_600_000)));
		serve(100);
		acknowledge(0, 600_000);
		assert_ok!(Leases::pause(signed(agent()), LEASE));
		jump(100);
		assert_ok!(migrate());
		let Work::Metered(next) = lease(NEXT).work else {
			panic!("a metered lease")
		};
		assert_eq!(next.duration_ms, 3_000_000);
	})
}

#[test]
fn needs_funds_for_the_other_machine() {
	run(|| {
		add_other();
		active_with(|lease| lease.funds = cost(120_000));
		serve(20);
		acknowledge(0, 120_000);
		assert_noop!(migrate(), Error::<Test>::FundsTooLow);
		assert_ok!(Leases::top_up(signed(stranger()), LEASE, cost(60_000)));
		assert_ok!(migrate());
	})
}

#[test]
fn is_refused_as_an_opening_is() {
	run(|| {
		add_other();
		assert_noop!(migrate(), Error::<Test>::UnknownLease);
		active();
		assert_noop!(
			Leases::migrate(signed(provider()), LEASE, OTHER, RATE, [7; 32], None),
			Error::<Test>::NotConsumer
		);
		assert_noop!(migrate_to(NO_MACHINE, RATE), Error::<Test>::UnknownMachine);
		assert_noop!(
			migrate_to(OTHER, RATE / 2 - 1),
			Error::<Test>::RateAboveMaximum
		);
		assert_noop!(
			Leases::migrate(signed(consumer()), LEASE, OTHER, RATE, [8; 32], None),
			Error::<Test>::TermsChanged
		);
		MockMachines::change(OTHER, |machine| machine.free_units = 1);
		assert_noop!(migrate(), Error::<Test>::UnitsUnavailable);
		jump(591);
		assert_noop!(migrate_to(MACHINE, RATE), Error::<Test>::DurationOutOfRange);
		jump(9);
		assert_noop!(migrate(), Error::<Test>::TimeIsOver);
		assert_ok!(Leases::close(signed(stranger()), LEASE));
		assert_noop!(migrate(), Error::<Test>::LeaseNotActive);
	})
}
