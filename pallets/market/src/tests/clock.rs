use super::*;
use crate::{clock::has_run, LastBlockAt, Stalls};
use frame_support::traits::Hooks;
use sp_runtime::Perbill;

const ALL: Perbill = Perbill::from_percent(100);
const HALF: Perbill = Perbill::from_percent(50);

#[test]
fn notes_a_gap_that_is_too_long() {
	run(|| {
		blocks(3);
		events();
		stand_still(20_000);
		Market::on_finalize(System::block_number());
		assert!(Stalls::<Test>::get().is_empty());
		let from = now_ms();
		stand_still(20_001);
		Market::on_finalize(System::block_number());
		let until = from + 20_001;
		assert_eq!(Stalls::<Test>::get().into_inner(), vec![(from, until)]);
		assert_eq!(LastBlockAt::<Test>::get(), until);
		assert_eq!(events(), vec![Event::ChainStalled { from, until }]);
	})
}

#[test]
fn makes_nothing_of_the_first_block() {
	run(|| {
		assert_eq!(LastBlockAt::<Test>::get(), 0);
		Market::on_finalize(1);
		assert!(Stalls::<Test>::get().is_empty());
	})
}

#[test]
fn takes_standing_time_off_a_window() {
	run(|| {
		Stalls::<Test>::put(
			frame_support::BoundedVec::try_from(vec![(100, 200), (300, 350)]).expect("two"),
		);
		assert!(has_run::<Test>(0, 100, ALL));
		assert!(!has_run::<Test>(0, 101, ALL));
		assert!(has_run::<Test>(200, 300, ALL));
		assert!(!has_run::<Test>(120, 180, HALF));
		// 150 of 300 stood.
		assert!(has_run::<Test>(100, 400, HALF));
		assert!(!has_run::<Test>(101, 399, Perbill::from_percent(51)));
		assert!(has_run::<Test>(5, 5, ALL));
	})
}

#[test]
fn blames_nobody_for_what_it_has_forgotten() {
	run(|| {
		for n in 0..=u64::from(MAX_STALLS) {
			stand_still(30_000);
			Market::on_finalize(System::block_number());
			assert_eq!(
				Stalls::<Test>::get().len() as u64,
				(n + 1).min(MAX_STALLS.into())
			);
			until_ms(now_ms() + 600_000);
		}
		let oldest = Stalls::<Test>::get()[0].0;
		assert!(!has_run::<Test>(oldest - 1, oldest + 600_000, HALF));
		assert!(has_run::<Test>(oldest, oldest + 600_000, HALF));
	})
}
