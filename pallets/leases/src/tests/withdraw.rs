use super::*;
use crate::{types::*, Error, Event};
use frame_support::{
	assert_noop, assert_ok,
	traits::{LockableCurrency, WithdrawReasons},
};
use terminal_primitives::{ledger::BurnSource, market::Arbiter};
use terminal_test_support::{
	MockAttestorFees, MockBurn, MockRoyalties, MockUptime, TreasuryAccount, EXISTENTIAL_DEPOSIT,
	UNIT,
};

/// A third of an hour later, all of it proven.
fn proven_third() {
	jump(200);
	MockUptime::prove(MACHINE, START, START + 1_200_000);
}

#[test]
fn pays_only_proven_and_acknowledged_time() {
	run(|| {
		active();
		proven_third();
		events();
		assert_ok!(collect(stranger(), Some(receipt(1_000_000))));
		// 1,000 s acknowledged + 60 s of grace: 2,120 for the provider, 530 for the model, in
		// thousandths; 2 % of each is the fee.
		assert_eq!(
			events(),
			vec![
				Event::ReceiptShown {
					lease: LEASE,
					segment: 0,
					milliseconds: 1_000_000
				},
				Event::LeasePaid {
					lease: LEASE,
					asset: None,
					paid: 2_077_600_000_000,
					royalty: 519_400_000_000,
					burned: 26_500_000_000,
					treasury: 15_900_000_000,
					attestors: 10_600_000_000,
				}
			]
		);
		assert_eq!(free(&provider()), ENDOWMENT + 2_077_600_000_000);
		assert_eq!(MockRoyalties::<Balances>::accrued(VERSION), 519_400_000_000);
		assert_eq!(
			free(&TreasuryAccount::get()),
			EXISTENTIAL_DEPOSIT + 15_900_000_000
		);
		assert_eq!(
			MockAttestorFees::<Balances>::received(LEASE),
			10_600_000_000
		);
		assert_eq!(
			MockBurn::<Balances>::burned(BurnSource::LeaseFee),
			21_200_000_000
		);
		assert_eq!(
			MockBurn::<Balances>::burned(BurnSource::ModelFee),
			5_300_000_000
		);
	})
}

#[test]
fn pays_no_time_that_the_machine_did_not_prove() {
	run(|| {
		active();
		jump(200);
		MockUptime::set_runs(
			MACHINE,
			&[
				(START, START + 100_000),
				(START + 900_000, START + 1_000_000),
			],
		);
		assert_ok!(collect(agent(), Some(receipt(1_200_000))));
		assert_eq!(books().drawn(), cost(200_000));
	})
}

#[test]
fn pays_a_grace_beyond_the_handshake_and_no_more() {
	run(|| {
		active();
		proven_third();
		assert_ok!(collect(agent(), None));
		assert_eq!(books().drawn(), cost(60_000));
		assert_ok!(collect(agent(), None));
		assert_eq!(books().drawn(), cost(60_000));
	})
}

#[test]
fn pays_presence_alone_where_receipts_are_off() {
	run(|| {
		assert_ok!(open_metered(MeteredOrder {
			tenant: None,
			..metered()
		}));
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		assert_ok!(Leases::start(signed(agent()), LEASE, None));
		proven_third();
		assert_ok!(collect(agent(), None));
		assert_eq!(books().drawn(), cost(1_200_000));
		assert_noop!(
			collect(agent(), Some(receipt(1))),
			Error::<Test>::ReceiptsOff
		);
	})
}

#[test]
fn twice_in_a_block_pays_once() {
	run(|| {
		active();
		proven_third();
		assert_ok!(collect(agent(), Some(receipt(1_200_000))));
		let once = (free(&provider()), books());
		events();
		assert_ok!(collect(agent(), Some(receipt(1_200_000))));
		assert_ok!(collect(stranger(), None));
		assert_eq!((free(&provider()), books()), once);
		assert_eq!(events(), vec![]);
	})
}

#[test]
fn two_hours_late_charges_the_same_as_on_time() {
	let down = [
		(START, START + 700_000),
		(START + 1_900_000, START + 3_000_000),
	];
	let late = [down[0], down[1], (START + 3_700_000, START + 20_000_000)];
	let charged = |settle_each_minute: bool| {
		let mut charged = Books::default();
		run(|| {
			active();
			for minute in 1..=60u64 {
				jump(10);
				let now = START + minute * 60_000;
				let so_far: Vec<_> = down
					.iter()
					.filter(|run| run.0 < now)
					.map(|run| (run.0, run.1.min(now)))
					.collect();
				MockUptime::set_runs(MACHINE, &so_far);
				MockUptime::set_resolved(MACHINE, now);
				if settle_each_minute {
					let shown = Some(receipt(minute * 60_000));
					assert_ok!(collect(agent(), shown));
				}
			}
			// Two hours in which the machine is up again, after the agreed time.
			jump(1_200);
			MockUptime::set_runs(MACHINE, &late);
			MockUptime::set_resolved(MACHINE, START + 10_000_000);
			assert_ok!(collect(agent(), Some(receipt(3_600_000))));
			charged = books();
		});
		charged
	};
	let on_time = charged(true);
	assert_eq!(on_time.drawn(), cost(1_800_000));
	assert_eq!(charged(false), on_time);
}

#[test]
fn never_pays_beyond_the_agreed_time() {
	run(|| {
		active();
		jump(2_000);
		MockUptime::prove(MACHINE, START, START + 12_000_000);
		assert_ok!(collect(agent(), Some(receipt(u64::MAX))));
		assert_eq!(books().drawn(), 9 * UNIT);
	})
}

#[test]
fn never_pays_more_than_is_held_and_divides_what_there_is() {
	run(|| {
		assert_ok!(open_metered(MeteredOrder {
			funds: UNIT,
			..metered()
		}));
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		assert_ok!(Leases::start(signed(agent()), LEASE, Some(receipt(0))));
		proven_third();
		assert_ok!(collect(agent(), Some(receipt(1_200_000))));
		assert_eq!(books().held, 0);
		// A fifth of it is the model's.
		assert_eq!(books().provider_gross(), 800_000_000_000);
		assert_eq!(books().royalty_gross(), 200_000_000_000);
	})
}

#[test]
fn cannot_be_blocked_by_a_consumers_lock() {
	run(|| {
		active();
		proven_third();
		Balances::set_lock(*b"anything", &consumer(), ENDOWMENT, WithdrawReasons::all());
		assert_ok!(collect(agent(), Some(receipt(1_200_000))));
		assert_eq!(books().drawn(), cost(1_200_000));
	})
}

#[test]
fn pays_the_same_whoever_settled_and_withdrew_how_often_before() {
	let paid = |settlements: u64, withdrawals: u64| {
		let mut paid = Books::default();
		run(|| {
			active();
			for part in 1..=60u64 {
				jump(10);
				let now = START + part * 60_000;
				MockUptime::set_runs(MACHINE, &[(START, now.min(START + 2_000_007))]);
				MockUptime::set_resolved(MACHINE, now);
				if part % settlements == 0 {
					let shown = Some(receipt(part * 60_000));
					assert_ok!(Leases::settle(signed(stranger()), LEASE, shown));
				}
				if part % withdrawals == 0 {
					assert_ok!(Leases::withdraw(signed(stranger()), LEASE));
				}
			}
			assert_ok!(collect(agent(), Some(receipt(3_600_000))));
			paid = books();
		});
		paid
	};
	let once = paid(61, 61);
	assert_eq!(once.drawn(), cost(2_000_007));
	for (settlements, withdrawals) in [(1, 1), (1, 61), (7, 11), (61, 1), (12, 5)] {
		assert_eq!(
			paid(settlements, withdrawals),
			once,
			"{settlements} {withdrawals}"
		);
	}
}

#[test]
fn pulls_an_auto_top_up_first_where_funds_run_short() {
	run(|| {
		active_with(|lease| lease.funds = cost(60_000));
		let auto = Some(AutoTopUp {
			step: UNIT,
			cap: UNIT,
		});
		assert_ok!(Leases::set_auto_top_up(signed(consumer()), LEASE, auto));
		serve(20);
		assert_ok!(Leases::settle(
			signed(agent()),
			LEASE,
			Some(receipt(120_000))
		));
		assert_eq!(work().auto_top_up, auto);
		assert_ok!(Leases::withdraw(signed(agent()), LEASE));
		assert_eq!(work().auto_top_up, None);
		assert_eq!(books().deposited, cost(60_000) + UNIT);
		assert_eq!(books().drawn(), cost(120_000));
	})
}

#[test]
fn pays_nothing_of_a_disputed_lease() {
	run(|| {
		active_with(|lease| {
			lease.terms.arbiter = Some(Arbiter {
				account: author(),
				fee: UNIT,
			})
		});
		proven_third();
		assert_ok!(Leases::dispute(signed(consumer()), LEASE, [1; 32]));
		assert_ok!(collect(agent(), Some(receipt(1_200_000))));
		assert_eq!(books().drawn(), 0);
	})
}

#[test]
fn is_for_metered_leases_that_run() {
	run(|| {
		let withdraw = || Leases::withdraw(signed(agent()), LEASE);
		assert_noop!(withdraw(), Error::<Test>::UnknownLease);
		assert_ok!(open_metered(metered()));
		assert_noop!(withdraw(), Error::<Test>::LeaseNotActive);
		assert_ok!(Leases::accept(signed(agent()), LEASE));
		assert_noop!(withdraw(), Error::<Test>::LeaseNotActive);
		assert_ok!(Leases::cancel(signed(consumer()), LEASE));
		assert_noop!(withdraw(), Error::<Test>::LeaseNotActive);
	});
	run(|| {
		running();
		let withdraw = Leases::withdraw(signed(agent()), LEASE);
		assert_noop!(withdraw, Error::<Test>::NotMetered);
	})
}
