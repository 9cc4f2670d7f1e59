//! A chain of system, timestamp, balances and supply.

use crate as pallet_supply;
use crate::*;
use frame_support::{construct_runtime, parameter_types};
use sp_runtime::BuildStorage;
use terminal_test_support::{account, AccountId, Balance, TreasuryAccount, UNIT};

construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Supply: pallet_supply,
	}
);

terminal_test_support::impl_system!(Test);
terminal_test_support::impl_timestamp!(Test);
terminal_test_support::impl_balances!(Test, dust = BurnDust<Test>);

parameter_types! {
	pub static Cap: Balance = 1_000_000_000 * UNIT;
	pub static Author: Option<AccountId> = None;
	pub static Treasury: AccountId = TreasuryAccount::get();
}

impl Config for Test {
	type Currency = Balances;
	type Cap = Cap;
	type TreasuryAccount = Treasury;
	type Author = Author;
	type WeightInfo = ();
}

pub fn alice() -> AccountId {
	account(1)
}
pub fn bob() -> AccountId {
	account(2)
}
pub fn author() -> AccountId {
	account(9)
}

/// Alice and Bob own 1,000 TCT, the author 1 TCT; the author writes every block.
pub fn externalities() -> sp_io::TestExternalities {
	externalities_with(Parameters::default())
}

pub fn externalities_with(parameters: Parameters) -> sp_io::TestExternalities {
	// Tests that share a thread must not see each other's settings.
	Cap::set(1_000_000_000 * UNIT);
	Author::set(Some(author()));
	Treasury::set(TreasuryAccount::get());
	let balances = [
		(alice(), 1_000 * UNIT),
		(bob(), 1_000 * UNIT),
		(author(), UNIT),
	];
	let mut storage = terminal_test_support::genesis::<Test>(&balances);
	GenesisConfig::<Test> {
		parameters,
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.expect("the ledger opens");
	terminal_test_support::externalities::<Test>(storage)
}

/// Run a test, then check every invariant.
pub fn run(test: impl FnOnce()) {
	externalities().execute_with(|| {
		test();
		invariants::check::<Test>().expect("every invariant holds");
	})
}

/// This pallet's events since the last call.
pub fn take_events() -> Vec<Event<Test>> {
	terminal_test_support::take_events::<Test, Event<Test>>()
}

/// Make the gap to the cap exactly this wide.
pub fn set_gap(gap: Balance) {
	Cap::set(Cap::get() - Supply::gap() + gap)
}

/// End an era as staking's `end_era` does, of which `kept` is the stakers' part that
/// `MaxStakedRewards` lets stand. Returns what stakers are owed.
pub fn end_era_keeping(elapsed_ms: u64, kept: sp_runtime::Percent) -> Balance {
	use frame_support::traits::{fungible::Balanced, OnUnbalanced};
	use sp_staking::EraPayout;
	let (stakers, remainder) = Supply::era_payout(0, 0, elapsed_ms);
	let total = stakers + remainder;
	let stakers = stakers.min(kept * total);
	EraRemainder::<Test>::on_unbalanced(Balances::issue(total - stakers));
	stakers
}

pub fn end_era(elapsed_ms: u64) -> Balance {
	end_era_keeping(elapsed_ms, sp_runtime::Percent::one())
}

/// Pay a reward as staking's `payout_stakers` does.
pub fn pay_reward(who: &AccountId, amount: Balance) {
	use frame_support::traits::{fungible::Balanced, tokens::Precision, OnUnbalanced};
	let debt = Balances::deposit(who, amount, Precision::Exact).expect("the account exists");
	StakingRewards::<Test>::on_unbalanced(debt)
}

/// Charge a fee and a tip as `FungibleAdapter` does.
pub fn charge(who: &AccountId, fee: Balance, tip: Balance) {
	use frame_support::traits::{
		fungible::Balanced,
		tokens::{Fortitude, Precision, Preservation},
		Imbalance, OnUnbalanced,
	};
	let (exact, keep, polite) = (Precision::Exact, Preservation::Preserve, Fortitude::Polite);
	let credit =
		Balances::withdraw(who, fee + tip, exact, keep, polite).expect("the fee can be paid");
	let (tip, fee) = credit.split(tip);
	DealWithFees::<Test>::on_unbalanceds([fee, tip].into_iter())
}
