use crate::matching::*;
use sp_runtime::Perbill;
use terminal_primitives::market::{Arbiter, LeaseTerms, Sla};

type Terms = LeaseTerms<u64>;

fn terms(change: impl FnOnce(&mut Terms)) -> Terms {
	let mut terms = Terms {
		spot_notice_ms: Some(60_000),
		max_duration_ms: 1_000,
		early_close_ms: 100,
		sla: Some(Sla {
			target: Perbill::from_percent(90),
			credit: Perbill::from_percent(10),
		}),
		arbiter: Some(Arbiter { account: 7, fee: 5 }),
	};
	change(&mut terms);
	terms
}

#[test]
fn terms_that_are_no_worse_satisfy() {
	let wanted = terms(|_| ());
	type Change = fn(&mut Terms);
	let good: [Change; 6] = [
		|_| (),
		|terms| terms.spot_notice_ms = None,
		|terms| terms.spot_notice_ms = Some(60_001),
		|terms| terms.max_duration_ms = 1_001,
		|terms| terms.sla.as_mut().expect("agreed").target = Perbill::one(),
		|terms| terms.sla.as_mut().expect("agreed").credit = Perbill::one(),
	];
	for change in good {
		let offered = terms(change);
		assert!(satisfies(&offered, &wanted), "{offered:?}");
	}
}

#[test]
fn terms_that_are_worse_in_one_thing_do_not() {
	let wanted = terms(|_| ());
	type Change = fn(&mut Terms);
	let bad: [Change; 10] = [
		|terms| terms.spot_notice_ms = Some(59_999),
		|terms| terms.max_duration_ms = 999,
		|terms| terms.early_close_ms = 101,
		// The fee is also what a provider owes that leaves early.
		|terms| terms.early_close_ms = 99,
		|terms| terms.sla = None,
		|terms| terms.sla.as_mut().expect("agreed").target = Perbill::from_percent(89),
		|terms| terms.sla.as_mut().expect("agreed").credit = Perbill::from_percent(9),
		|terms| terms.arbiter = None,
		|terms| terms.arbiter.as_mut().expect("named").account = 8,
		|terms| terms.arbiter.as_mut().expect("named").fee = 4,
	];
	for change in bad {
		let offered = terms(change);
		assert!(!satisfies(&offered, &wanted), "{offered:?}");
	}
	// Nobody who wants on demand gets spot, nor a judge it did not name.
	let plain = Terms::plain(1_000);
	assert!(!satisfies(&terms(|terms| terms.arbiter = None), &plain));
	let judged = terms(|terms| {
		terms.spot_notice_ms = None;
		terms.early_close_ms = 0;
	});
	assert!(!satisfies(&judged, &plain));
	assert!(satisfies(
		&Terms {
			arbiter: None,
			..judged
		},
		&plain
	));
}

#[test]
fn terms_are_checked_at_their_edges() {
	let fine = terms(|_| ());
	assert_eq!(check_terms(&fine, 1_000, &1), Ok(()));
	assert_eq!(check_terms(&fine, 1_001, &1), Err(BadTerms::TooShort));
	assert_eq!(check_terms(&fine, 1, &7), Err(BadTerms::ArbiterIsParty));
	let greedy = terms(|terms| terms.early_close_ms = 1_001);
	assert_eq!(check_terms(&greedy, 1, &1), Err(BadTerms::FeeTooLong));
	let edge = terms(|terms| terms.early_close_ms = 1_000);
	assert_eq!(check_terms(&edge, 1, &1), Ok(()));
}

#[test]
fn a_lease_lies_in_one_window_and_not_in_two() {
	let windows: crate::Windows = vec![(10, 20), (21, 30)].try_into().expect("two");
	for (from, until) in [(10, 20), (12, 13), (21, 30)] {
		assert!(is_available(&windows, from, until));
	}
	for (from, until) in [(9, 20), (10, 21), (15, 25), (20, 21), (31, 32)] {
		assert!(!is_available(&windows, from, until));
	}
	assert!(is_available(&Default::default(), 0, u64::MAX));
}
