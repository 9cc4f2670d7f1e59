//! Hold × freeze × existential deposit × slash: every way in which funds leave a hold, from accounts
//! in every condition. No case panics, blocks anybody or loses a unit, and all lead to the end.

use super::*;
use crate::types::*;
use frame_support::{
	assert_ok,
	dispatch::DispatchResult,
	storage::with_storage_layer,
	traits::{
		fungible::{Inspect, InspectHold},
		LockableCurrency, WithdrawReasons,
	},
};
use sp_runtime::Perbill;
use terminal_primitives::{
	ledger::BurnSource,
	market::{Arbiter, Jobs, Verdict},
};
use terminal_test_support::{
	account, MockBurn, MockMachines, MockUptime, EXISTENTIAL_DEPOSIT as ED, MILLI,
};

/// What leaves a hold.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Happens {
	/// Escrow to provider, model, fee.
	Withdraw,
	/// Escrow to the consumer's free balance.
	Close,
	/// Escrow to both; deposit to consumer and finisher.
	Finish,
	/// Escrow and deposit to the consumer.
	Cancel,
	/// Escrow to the provider: the hold fee.
	Leave,
	/// Deposit to the agent.
	Start,
	/// Escrow and deposit to another account's hold.
	Transfer,
	/// Escrow to arbiter, provider and consumer.
	Arbitrate,
	/// Posting to the agent.
	Answer,
	/// Posting, escrow and deposit to the consumer.
	Undelivered,
	/// Escrow to the provider of a job.
	Deliver,
	/// Escrow of a job to the consumer, while its provider's bond is slashed.
	Slash,
}

const METERED: [Happens; 8] = [
	Happens::Withdraw,
	Happens::Close,
	Happens::Finish,
	Happens::Cancel,
	Happens::Leave,
	Happens::Start,
	Happens::Transfer,
	Happens::Arbitrate,
];
/// Those in which the provider is paid.
const PAYING: [Happens; 4] = [
	Happens::Withdraw,
	Happens::Finish,
	Happens::Leave,
	Happens::Arbitrate,
];
const OF_JOBS: [Happens; 4] = [
	Happens::Answer,
	Happens::Undelivered,
	Happens::Deliver,
	Happens::Slash,
];
/// What the consumer has free. Below the existential deposit only who has another reason to live.
const FREE: [u128; 5] = [0, 1, ED - 1, ED, 10 * ED];

/// What is frozen of the consumer's funds.
#[derive(Clone, Copy, Debug)]
enum Frozen {
	Nothing,
	All,
	MoreThanAll,
}

const FROZEN: [Frozen; 3] = [Frozen::Nothing, Frozen::All, Frozen::MoreThanAll];

/// Whether sums are usual, or all below the existential deposit.
#[derive(Clone, Copy, Debug)]
enum Sums {
	Usual,
	Dust,
}

#[derive(Clone, Copy, Debug)]
struct Case {
	happens: Happens,
	free: u128,
	frozen: Frozen,
	sums: Sums,
	/// Whether the provider's account has anything.
	payee_lives: bool,
}

fn cases() -> Vec<Case> {
	let mut cases = Vec::new();
	for sums in [Sums::Usual, Sums::Dust] {
		for frozen in FROZEN {
			for free in FREE {
				let case = |payee_lives| {
					move |happens| Case {
						happens,
						free,
						frozen,
						sums,
						payee_lives,
					}
				};
				cases.extend(METERED.map(case(true)));
				cases.extend(PAYING.map(case(false)));
				cases.extend(OF_JOBS.map(case(true)));
			}
		}
	}
	cases
}

fn parameters(sums: Sums) -> Parameters {
	match sums {
		Sums::Usual => params(),
		Sums::Dust => Parameters {
			opening_deposit: ED / 2,
			anchor_compensation: ED / 4,
			finish_reward: ED / 8,
			hold_fee: 1_000,
			posting_fee: ED / 2,
			min_job_price: 1_000,
			..params()
		},
	}
}

fn agree_on(case: Case) {
	let mut lease = agreement();
	lease.terms.arbiter = Some(Arbiter {
		account: author(),
		fee: MILLI / 100,
	});
	if !case.payee_lives {
		MockMachines::change(MACHINE, |machine| machine.provider = account(77));
		lease.provider = account(77);
	}
	if let Sums::Dust = case.sums {
		(lease.rate, lease.version) = (params().min_rate, None);
	}
	assert_ok!(agree(lease));
}

fn start() -> DispatchResult {
	Leases::start(signed(agent()), LEASE, Some(receipt(0)))
}

/// A job, at its delivery window; with a leaf demanded.
fn demand(case: Case) {
	let mut order = job();
	if let Sums::Dust = case.sums {
		(order.price, order.version) = (5_000, None);
	}
	assert_ok!(open_job(order));
	assert_ok!(Leases::accept(signed(agent()), LEASE));
	let root = batch::Batch::new(10).result_root(LEASE);
	assert_ok!(Leases::commit_result(signed(agent()), LEASE, root));
	assert_ok!(conclude(Verdict::Pass));
	if case.happens != Happens::Deliver {
		assert_ok!(Leases::demand_leaf(signed(consumer()), LEASE, 3));
	}
}

fn conclude(verdict: Verdict) -> DispatchResult {
	<Leases as Jobs<AccountId>>::conclude(LEASE, verdict, None)
}

/// Up to just before it happens.
fn prepare(case: Case) {
	match case.happens {
		Happens::Cancel => {
			let mut order = metered();
			if let Sums::Dust = case.sums {
				MockMachines::change(MACHINE, |machine| {
					machine.price_per_second = params().min_rate
				});
				order.version = None;
			}
			assert_ok!(open_metered(order));
			return;
		},
		Happens::Leave | Happens::Start => return agree_on(case),
		Happens::Answer | Happens::Undelivered | Happens::Deliver | Happens::Slash => {
			return demand(case)
		},
		_ => agree_on(case),
	}
	assert_ok!(start());
	serve(100);
	match case.happens {
		Happens::Finish => {
			acknowledge(0, 300_000);
			assert_ok!(Leases::close(signed(consumer()), LEASE));
			MockUptime::set_resolved(MACHINE, now_ms());
			jump(200);
		},
		Happens::Transfer => {
			let to = Some(stranger());
			assert_ok!(Leases::offer_transfer(signed(consumer()), LEASE, to));
		},
		Happens::Arbitrate => {
			assert_ok!(Leases::dispute(signed(consumer()), LEASE, [1; 32]));
		},
		_ => {},
	}
}

fn happen(what: Happens) -> DispatchResult {
	match what {
		Happens::Withdraw => collect(stranger(), Some(receipt(600_000))),
		Happens::Close => plain(Leases::close(signed(consumer()), LEASE)),
		Happens::Cancel | Happens::Leave => plain(Leases::cancel(signed(consumer()), LEASE)),
		Happens::Start => start(),
		Happens::Transfer => Leases::take_transfer(signed(stranger()), LEASE, metered().tenant),
		Happens::Arbitrate => Leases::arbitrate(signed(author()), LEASE, Perbill::from_percent(40)),
		Happens::Answer => {
			let leaf = batch::Batch::new(10).leaf(LEASE, 3);
			Leases::answer_demand(signed(agent()), LEASE, leaf)
		},
		Happens::Undelivered | Happens::Deliver => {
			jump(100);
			Leases::finish(signed(stranger()), LEASE)
		},
		Happens::Finish => Leases::finish(signed(stranger()), LEASE),
		Happens::Slash => conclude(Verdict::Fault),
	}
}

/// Leave the consumer so much free, and freeze.
fn squeeze(case: Case) {
	if case.free < ED {
		System::inc_providers(&consumer());
	}
	assert_ok!(pallet_balances::Pallet::<Test>::transfer_allow_death(
		signed(consumer()),
		account(9),
		free(&consumer()) - case.free
	));
	assert_eq!(free(&consumer()), case.free);
	let all = <Balances as Inspect<AccountId>>::total_balance(&consumer());
	let amount = match case.frozen {
		Frozen::Nothing => return,
		Frozen::All => all,
		Frozen::MoreThanAll => u128::MAX,
	};
	Balances::set_lock(*b"frozen!!", &consumer(), amount, WithdrawReasons::all());
}

fn burned() -> u128 {
	[BurnSource::LeaseFee, BurnSource::ModelFee, BurnSource::Dust]
		.into_iter()
		.map(MockBurn::<Balances>::burned)
		.sum()
}

/// Everything that there is: issued and not burned by this pallet.
fn there_is() -> u128 {
	let accounts = frame_system::Account::<Test>::iter();
	let sum: u128 = accounts
		.map(|(_, account)| account.data.free + account.data.reserved)
		.sum();
	assert_eq!(
		sum,
		Balances::total_issuance(),
		"what is issued is somebody's"
	);
	sum + burned()
}

fn play(case: Case) {
	prepare(case);
	squeeze(case);
	let before = there_is();
	assert_ok!(with_storage_layer(|| happen(case.happens)));
	for _ in 0..4 {
		crate::invariants::check::<Test>().expect("the invariants hold in between");
		jump(5_000);
		stuck::by_a_stranger();
	}
	for who in [consumer(), stranger()] {
		assert_eq!(Balances::total_balance_on_hold(&who), 0);
	}
	// A wallet below the existential deposit that nothing keeps alive any more is dust of the chain's,
	// not of leases: what they held of it is elsewhere.
	let lost = before - there_is();
	assert!(
		lost == 0 || (case.free < ED && lost == case.free),
		"{lost} lost"
	);
	assert_eq!(MockBurn::<Balances>::burned(BurnSource::Dust), 0);
}

#[test]
fn no_account_in_any_condition_loses_blocks_or_breaks_anything() {
	let cases = cases();
	assert_eq!(cases.len(), 480);
	for case in cases {
		let failed = std::panic::catch_unwind(|| {
			run_with(parameters(case.sums), || play(case));
		});
		assert!(failed.is_ok(), "{case:?}");
	}
}
