//! What fits what. Pure: reads nothing, writes nothing.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::types::*;
use frame_support::ensure;
use terminal_primitives::{market::LeaseTerms, Moment};

/// Why terms cannot be agreed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadTerms {
	/// A lease of that length would be longer than the terms allow at all.
	TooShort,
	/// The early-close fee is for more time than a lease has.
	FeeTooLong,
	/// A party would be its own judge.
	ArbiterIsParty,
}

/// Whether `terms` can stand in leases of up to `duration_ms` by `party`.
pub fn check_terms<AccountId: PartialEq>(
	terms: &LeaseTerms<AccountId>,
	duration_ms: u64,
	party: &AccountId,
) -> Result<(), BadTerms> {
	ensure!(terms.max_duration_ms >= duration_ms, BadTerms::TooShort);
	ensure!(
		terms.early_close_ms <= terms.max_duration_ms,
		BadTerms::FeeTooLong
	);
	ensure!(!is_arbiter(terms, party), BadTerms::ArbiterIsParty);
	Ok(())
}

/// Whether `who` would judge.
pub fn is_arbiter<AccountId: PartialEq>(terms: &LeaseTerms<AccountId>, who: &AccountId) -> bool {
	terms
		.arbiter
		.as_ref()
		.is_some_and(|arbiter| &arbiter.account == who)
}

/// Whether a consumer that wants `wanted` has nothing to regret with `offered`: no less notice, no
/// shorter extension, no weaker SLA, and exactly the judge and the early-close fee it named: a lower
/// fee would be its gain where it leaves early, and its loss where the provider does.
pub fn satisfies<AccountId: PartialEq>(
	offered: &LeaseTerms<AccountId>,
	wanted: &LeaseTerms<AccountId>,
) -> bool {
	let notice = match (offered.spot_notice_ms, wanted.spot_notice_ms) {
		(None, _) => true,
		(Some(_), None) => false,
		(Some(offered), Some(wanted)) => offered >= wanted,
	};
	let sla = match (&offered.sla, &wanted.sla) {
		(_, None) => true,
		(None, Some(_)) => false,
		(Some(offered), Some(wanted)) => {
			offered.target >= wanted.target && offered.credit >= wanted.credit
		},
	};
	notice
		&& sla && offered.max_duration_ms >= wanted.max_duration_ms
		&& offered.early_close_ms == wanted.early_close_ms
		&& offered.arbiter == wanted.arbiter
}

/// Whether windows are in order, apart from each other, not empty, and not all over.
pub fn are_windows(windows: &Windows, now: Moment) -> bool {
	let real = windows.iter().all(|(from, until)| from < until);
	let ordered = windows
		.iter()
		.zip(windows.iter().skip(1))
		.all(|((_, until), (from, _))| until < from);
	real && ordered && windows.last().is_none_or(|(_, until)| *until > now)
}

/// Whether `from` to `until` lies in one of the windows, or there are none.
pub fn is_available(windows: &Windows, from: Moment, until: Moment) -> bool {
	windows.is_empty()
		|| windows
			.iter()
			.any(|(opens, closes)| *opens <= from && until <= *closes)
}
