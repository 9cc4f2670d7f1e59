use crate::{mock::*, MintSource};
use frame_support::assert_ok;
use terminal_primitives::ledger::BurnSource;
use terminal_test_support::{EXISTENTIAL_DEPOSIT, UNIT};

#[test]
fn show_the_whole_state() {
	run(|| {
		set_gap(1_000_000 * UNIT);
		end_era(31_557_600);
		pay_reward(&alice(), 4 * UNIT);
		assert_ok!(Supply::burn(RuntimeOrigin::signed(bob()), UNIT));
		let view = Supply::supply();
		let genesis = 2_001 * UNIT + 3 * EXISTENTIAL_DEPOSIT;
		assert_eq!(view.genesis, genesis);
		assert_eq!(view.cap, genesis + 1_000_000 * UNIT);
		assert_eq!(view.minted, 22 * UNIT);
		assert_eq!(view.burned, UNIT);
		assert_eq!(view.issuance, genesis + 21 * UNIT);
		assert_eq!(view.promised, 80 * UNIT);
		assert_eq!(view.gap, 999_898 * UNIT);
		assert_eq!(view.yearly_emission, 119_987_760_000_000_000);
		assert_eq!(
			view.minted_by,
			vec![
				(MintSource::StakingReward, 4 * UNIT),
				(MintSource::EraRemainder, 18 * UNIT)
			],
		);
		assert!(view.burned_by.contains(&(BurnSource::Voluntary, UNIT)));
		assert_eq!(view.burned_by.len(), BurnSource::ALL.len());
	})
}

#[test]
fn round_the_yearly_emission_down() {
	run(|| {
		set_gap(1_001);
		// Twelve per cent of it are 120.12.
		assert_eq!(Supply::supply().yearly_emission, 120);
	})
}
