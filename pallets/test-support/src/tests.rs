use crate::*;
use frame_support::{
	assert_noop, assert_ok, construct_runtime,
	traits::fungible::{Balanced, Inspect, Mutate},
};
use terminal_primitives::{
	ledger::{BurnLedger, BurnSource},
	market::{AgreedLease, Availability, Bookings, LeaseBook, LeaseTerms, Machines, Royalties},
	uptime::{UptimeRecorder, VerifiedUptime},
	LeaseId, MachineId, VersionId,
};

construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
	}
);
impl_system!(Test);
impl_timestamp!(Test);
impl_balances!(Test);

fn run(test: impl FnOnce()) {
	externalities::<Test>(genesis::<Test>(&[(account(1), 5 * UNIT)])).execute_with(test)
}

#[test]
fn blocks_move_the_clock() {
	run(|| {
		run_to_block::<Test, AllPalletsWithSystem>(4);
		assert_eq!(System::block_number(), 4);
		assert_eq!(
			pallet_timestamp::Now::<Test>::get(),
			GENESIS_MS + 3 * BLOCK_MS
		);
	})
}

#[test]
fn events_are_taken_once() {
	run(|| {
		assert_ok!(Balances::mint_into(&account(1), 1));
		let minted = pallet_balances::Event::<Test>::Minted {
			who: account(1),
			amount: 1,
		};
		assert_eq!(
			take_events::<Test, pallet_balances::Event<Test>>(),
			vec![minted]
		);
		assert!(events::<Test, pallet_balances::Event<Test>>().is_empty());
	})
}

#[test]
fn credits_arrive_or_burn() {
	run(|| {
		let royalty = Balances::issue(7);
		MockRoyalties::<Balances>::accrue(VersionId(3), royalty);
		assert_eq!(MockRoyalties::<Balances>::accrued(VersionId(3)), 7);
		assert_eq!(
			Balances::balance(&RoyaltyAccount::get()),
			EXISTENTIAL_DEPOSIT + 7
		);

		let before = Balances::total_issuance();
		MockBurn::<Balances>::burn(BurnSource::LeaseFee, Balances::issue(9));
		assert_eq!(Balances::total_issuance(), before);
		assert_eq!(MockBurn::<Balances>::burned(BurnSource::LeaseFee), 9);
	})
}

#[test]
fn machines_lend_what_is_free() {
	run(|| {
		let machine = MachineId(1);
		MockMachines::add(machine, account(1), account(2), 4, 10);
		assert_ok!(MockMachines::reserve(machine, 3, 50));
		assert_noop!(MockMachines::reserve(machine, 2, 50), mocks::REFUSED);
		MockMachines::release(machine, 9);
		assert_eq!(MockMachines::free_units(machine), 4);
	})
}

#[test]
fn machines_lend_nothing_that_is_booked() {
	run(|| {
		let machine = MachineId(1);
		MockMachines::add(machine, account(1), account(2), 4, 10);
		assert_ok!(MockMachines::book(machine, 3, 100, 200));
		assert_noop!(MockMachines::book(machine, 2, 150, 250), mocks::REFUSED);
		assert_ok!(MockMachines::book(machine, 2, 200, 250));
		assert_noop!(MockMachines::reserve(machine, 2, 101), mocks::REFUSED);
		assert_ok!(MockMachines::reserve(machine, 2, 100));
		assert_noop!(MockMachines::extend(machine, 2, 101), mocks::REFUSED);
		assert_eq!(MockMachines::extendable_until(machine, 2, 300), Some(100));
		MockMachines::unbook(machine, 3, 100, 200);
		MockMachines::unbook(machine, 3, 100, 200);
		assert_ok!(MockMachines::extend(machine, 2, 300));
		assert_eq!(MockMachines::until(machine), Some(300));
		assert_eq!(MockMachines::bookings(machine), [(2, 200, 250)]);
	})
}

#[test]
fn agreed_leases_are_recorded_in_order() {
	run(|| {
		let lease = AgreedLease {
			consumer: account(1),
			provider: account(2),
			machine: MachineId(3),
			asset: None,
			units: 4,
			rate: 5,
			duration_ms: 6,
			version: None,
			tenant: None,
			funds: 7,
			terms: LeaseTerms::plain(8),
			terms_hash: [9; 32],
			shown: false,
		};
		assert_eq!(MockLeaseBook::open_agreed(lease.clone()), Ok(LeaseId(0)));
		assert_eq!(MockLeaseBook::open_agreed(lease.clone()), Ok(LeaseId(1)));
		MockLeaseBook::refuse(true);
		assert_noop!(MockLeaseBook::open_agreed(lease.clone()), mocks::REFUSED);
		assert_eq!(MockLeaseBook::opened(), [lease.clone(), lease]);
		assert_eq!(
			MockLeaseBook::price(None, 2, 10, 1_001, None, &LeaseTerms::plain(8)),
			Ok((2, 21, MockLeaseBook::DEPOSIT))
		);
		let early = LeaseTerms {
			early_close_ms: 500,
			..LeaseTerms::plain(8)
		};
		assert_eq!(
			MockLeaseBook::price(None, 2, 10, 1_001, None, &early),
			Ok((12, 21, MockLeaseBook::DEPOSIT))
		);
		assert!(MockLeaseBook::price(None, 2, u128::MAX, 1, None, &early).is_err());
	})
}

#[test]
fn passes_extend_a_run_and_a_miss_closes_it() {
	run(|| {
		let machine = MachineId(1);
		for (at, missed) in [
			(100, false),
			(150, false),
			(160, true),
			(200, false),
			(230, false),
		] {
			match missed {
				true => MockUptime::record_miss(machine, at),
				false => MockUptime::record_pass(machine, at, 60),
			}
		}
		assert_eq!(MockUptime::runs(machine), vec![(100, 150), (200, 230)]);
		assert_eq!(MockUptime::proven_ms(machine, 210), 60);
		assert_eq!(MockUptime::resolved_until(machine), 230);
	})
}
