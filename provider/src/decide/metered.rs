//! Metered leases: accept, start, settle, count and withdraw now and then, resume after maintenance,
//! close, finish.

use super::Now;
use crate::{
	chain::{Lease, MeteredView, Pause, Run, Status},
	evidence::Tenancy,
	store::StoredReceipt,
};

/// Settle while a lease runs when so much more was acknowledged, in milliseconds.
const SETTLE_EVERY_MS: u64 = 60_000;
/// Withdraw while a lease runs when as much is to be had as it earns in so many seconds. What is due
/// is safe in the escrow until the end, when `finish` pays it.
const WITHDRAW_EVERY_SECONDS: u128 = 3_600;
/// As above, where an arbiter could split what is still held.
const WITHDRAW_BEFORE_ARBITER_SECONDS: u128 = 600;
/// The chain forgets the oldest of a machine's sixteen runs, and with it what of a lease was proven
/// and is not on record. So many that are not are put there: half of them, for calls may be late.
const COUNT_AFTER_RUNS: usize = 8;

/// The next call of a metered lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
	/// Take it.
	Accept,
	/// Begin, with the tenant's handshake where there is one.
	Start(Option<StoredReceipt>),
	/// Show a receipt, which puts on record what it acknowledges.
	Settle(StoredReceipt),
	/// Put on record what is proven, without a receipt.
	Count,
	/// Be paid what is due.
	Withdraw,
	/// End it: its time or its pause is over.
	Close,
	/// Go on after maintenance.
	Resume,
	/// Collect what is left.
	Finish,
}

/// What is next for `lease`, given the best receipts of its tenants and what the chain remembers of
/// when its machine was proven. `None`: wait.
pub fn next(now: Now, lease: &Lease, receipts: &[StoredReceipt], runs: &[Run]) -> Option<Step> {
	let metered = lease.metered.as_ref()?;
	if let Some(receipt) = news(now, lease, receipts) {
		return Some(Step::Settle(receipt));
	}
	if is_forgotten_soon(lease, metered, runs) {
		return Some(Step::Count);
	}
	match lease.status {
		Status::Offered => now.is_in_time(lease.until_block).then_some(Step::Accept),
		Status::Accepted if now.is_in_time(lease.until_block) => start(metered, receipts),
		Status::Active if now.is_after(metered.ends_at) => Some(Step::Close),
		Status::Active => {
			let is_worth_it =
				is_worth_withdrawing(lease, metered) || may_ask_the_wallet(now, metered);
			is_worth_it.then_some(Step::Withdraw)
		},
		Status::Paused if now.is_after(metered.pause_over_at) => Some(Step::Close),
		Status::Paused => now
			.is_after(maintained_until(metered))
			.then_some(Step::Resume),
		Status::Closing | Status::Disputed => is_final(now, lease).then_some(Step::Finish),
		// Over, too late to start, or no state of a metered lease.
		_ => None,
	}
}

/// A lease starts once its consumer was there: by the tenant's first receipt or, if it arrived on
/// chain or receipts are off, at once.
fn start(metered: &MeteredView, receipts: &[StoredReceipt]) -> Option<Step> {
	let handshake = receipts.iter().find(|receipt| receipt.segment == 0);
	match (metered.tenant, handshake) {
		(None, _) => Some(Step::Start(None)),
		(Some(_), Some(handshake)) => Some(Step::Start(Some(handshake.clone()))),
		(Some(_), None) => metered.handshake_shown.then_some(Step::Start(None)),
	}
}

/// The next receipt to be shown on chain. Of the segment that runs, about every minute of service;
/// of one that is over, at once, before its claim window is. A sealed one takes none any more.
pub fn news(now: Now, lease: &Lease, receipts: &[StoredReceipt]) -> Option<StoredReceipt> {
	match lease.status {
		Status::Active | Status::Paused | Status::Closing | Status::Disputed => (),
		_ => return None,
	}
	// Nothing is taken after the claim window: what waits for it would wait for ever.
	if now.is_past(lease.until_block) {
		return None;
	}
	let metered = lease.metered.as_ref()?;
	let is_news = |receipt: &&StoredReceipt| {
		let segment = metered
			.segments
			.iter()
			.find(|segment| segment.number == receipt.segment && !segment.sealed);
		segment.is_some_and(|segment| {
			let more = receipt.milliseconds.saturating_sub(segment.acknowledged_ms);
			let is_open = lease.status == Status::Active && segment.to.is_none();
			more > 0 && (!is_open || more >= SETTLE_EVERY_MS)
		})
	};
	receipts.iter().find(is_news).cloned()
}

/// Whether so much is due that it is worth a call. When a pause or the end comes, it is paid anyway.
fn is_worth_withdrawing(lease: &Lease, metered: &MeteredView) -> bool {
	let agreement = lease.agreement.as_ref();
	let has_arbiter = agreement.is_some_and(|agreement| agreement.arbiter.is_some());
	let seconds = match has_arbiter {
		true => WITHDRAW_BEFORE_ARBITER_SECONDS,
		false => WITHDRAW_EVERY_SECONDS,
	};
	let per_second = metered
		.rate
		.saturating_mul(metered.units.into())
		.saturating_add(metered.royalty_rate);
	metered.payable > 0 && metered.payable >= per_second.saturating_mul(seconds)
}

/// Whether a withdrawal would pull more from the consumer's wallet, however little is due: funds are
/// so short that the chain lets it, and end before the agreed time. An empty wallet may be filled
/// again, so it is asked until the chain pauses the lease.
fn may_ask_the_wallet(now: Now, metered: &MeteredView) -> bool {
	let left_ms = metered.seconds_of_funding_left.saturating_mul(1_000);
	let last_to_the_end = metered
		.ends_at
		.is_some_and(|end| now.ms.saturating_add(left_ms) >= end);
	metered.auto_top_up.is_some()
		&& metered.seconds_of_funding_left < metered.min_funded_seconds
		&& !last_to_the_end
}

/// Whether what a segment has proven and is not on record is about to be forgotten.
fn is_forgotten_soon(lease: &Lease, metered: &MeteredView, runs: &[Run]) -> bool {
	let is_measured = matches!(
		lease.status,
		Status::Active | Status::Paused | Status::Closing | Status::Disputed
	);
	let is_full = metered.segments.iter().any(|segment| {
		let end = segment.to.unwrap_or(u64::MAX);
		let uncounted = runs
			.iter()
			.filter(|run| run.to > segment.counted_to && run.from < end);
		uncounted.count() >= COUNT_AFTER_RUNS
	});
	is_measured && is_full
}

/// Until when the maintenance lasts by plan that a lease is paused for.
fn maintained_until(metered: &MeteredView) -> Option<u64> {
	match metered.paused {
		Some(Pause::Maintenance { until }) => Some(until),
		Some(Pause::Funds) | None => None,
	}
}

/// Whether `finish` pays what is due: uptime is final, and no arbiter is waited for.
pub fn is_final(now: Now, lease: &Lease) -> bool {
	let resolved = lease.metered.as_ref().is_some_and(|metered| {
		let end = metered.segments.last().and_then(|segment| segment.to);
		end.is_some_and(|end| metered.resolved_until >= end)
	});
	resolved && (lease.status != Status::Disputed || now.is_past(lease.until_block))
}

/// Whom to serve for `lease`: its tenant, from its start to its end. `None`: nobody.
pub fn tenancy(lease: &Lease, receipts: &[StoredReceipt]) -> Option<Tenancy> {
	let metered = lease.metered.as_ref()?;
	let served = Tenancy {
		tenant: metered.tenant,
		consumer: lease.consumer.0,
		segment: 0,
		since: None,
		grace_ms: metered.grace_ms.unwrap_or(0),
		acknowledged_ms: 0,
	};
	match lease.status {
		Status::Accepted => Some(served),
		Status::Active | Status::Paused => {
			let segment = metered.segments.last()?;
			let shown = receipts
				.iter()
				.find(|receipt| receipt.segment == segment.number)
				.map_or(0, |receipt| receipt.milliseconds);
			Some(Tenancy {
				tenant: segment.tenant,
				segment: segment.number,
				since: (lease.status == Status::Active).then_some(segment.from),
				acknowledged_ms: shown.max(segment.acknowledged_ms),
				..served
			})
		},
		_ => None,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::terminal::runtime_types::pallet_leases::types::AutoTopUp;
	use crate::decide::samples::{account, agreement, lease, now, receipt, segment, TENANT};

	/// What is next where the machine was proven without a gap.
	fn next(now: Now, lease: &Lease, receipts: &[StoredReceipt]) -> Option<Step> {
		super::next(now, lease, receipts, &[])
	}

	/// A lease in `status`, whose second segment is the last.
	fn two_segments(status: Status) -> Lease {
		let mut lease = lease(status);
		let metered = lease.metered.as_mut().unwrap();
		metered.segments = vec![segment(0, 1_000, Some(50_000)), segment(1, 60_000, None)];
		lease
	}

	fn ended(status: Status) -> Lease {
		let mut lease = two_segments(status);
		lease.metered.as_mut().unwrap().segments[1].to = Some(90_000);
		lease
	}

	#[test]
	fn an_offered_lease_is_accepted_while_there_is_time() {
		let mut lease = lease(Status::Offered);
		lease.until_block = Some(100);
		assert_eq!(next(now(99, 0), &lease, &[]), Some(Step::Accept));
		assert_eq!(next(now(100, 0), &lease, &[]), None, "too late for a block");
	}

	#[test]
	fn a_start_waits_for_the_tenants_handshake() {
		let lease = lease(Status::Accepted);
		assert_eq!(next(now(5, 0), &lease, &[]), None);
		assert_eq!(next(now(5, 0), &lease, &[receipt(1, 7)]), None, "another's");
		let handshake = receipt(0, 0);
		let step = next(now(5, 0), &lease, std::slice::from_ref(&handshake));
		assert_eq!(step, Some(Step::Start(Some(handshake))));
	}

	#[test]
	fn a_consumer_who_arrived_on_chain_needs_no_handshake() {
		let mut lease = lease(Status::Accepted);
		lease.metered.as_mut().unwrap().handshake_shown = true;
		assert_eq!(next(now(5, 0), &lease, &[]), Some(Step::Start(None)));
	}

	#[test]
	fn with_receipts_off_a_lease_starts_at_once() {
		let mut lease = lease(Status::Accepted);
		lease.metered.as_mut().unwrap().tenant = None;
		let step = next(now(5, 0), &lease, &[receipt(0, 0)]);
		assert_eq!(step, Some(Step::Start(None)));
	}

	#[test]
	fn nothing_is_started_after_the_start_window() {
		let mut lease = lease(Status::Accepted);
		lease.metered.as_mut().unwrap().tenant = None;
		lease.until_block = Some(10);
		assert_eq!(next(now(9, 0), &lease, &[]), Some(Step::Start(None)));
		assert_eq!(next(now(10, 0), &lease, &[]), None);
	}

	#[test]
	fn a_running_segment_is_settled_about_every_minute() {
		let lease = two_segments(Status::Active);
		let early = [receipt(1, SETTLE_EVERY_MS - 1)];
		assert_eq!(news(now(5, 0), &lease, &early), None);
		let late = [receipt(1, SETTLE_EVERY_MS)];
		assert_eq!(news(now(5, 0), &lease, &late), Some(late[0].clone()));
	}

	#[test]
	fn a_segment_that_is_over_is_settled_at_once_and_first() {
		let lease = two_segments(Status::Active);
		let receipts = [receipt(0, 1), receipt(1, SETTLE_EVERY_MS)];
		assert_eq!(news(now(5, 0), &lease, &receipts), Some(receipt(0, 1)));
	}

	#[test]
	fn a_paused_lease_is_settled_at_once() {
		let lease = two_segments(Status::Paused);
		assert_eq!(
			news(now(5, 0), &lease, &[receipt(1, 1)]),
			Some(receipt(1, 1))
		);
	}

	#[test]
	fn a_receipt_the_chain_has_is_no_news() {
		let mut lease = two_segments(Status::Closing);
		lease.metered.as_mut().unwrap().segments[0].acknowledged_ms = 40_000;
		assert_eq!(news(now(5, 0), &lease, &[receipt(0, 40_000)]), None);
		assert!(news(now(5, 0), &lease, &[receipt(0, 40_001)]).is_some());
	}

	#[test]
	fn a_sealed_segment_and_an_unknown_one_take_no_receipt() {
		let mut lease = two_segments(Status::Closing);
		lease.metered.as_mut().unwrap().segments[0].sealed = true;
		let receipts = [receipt(0, 40_000), receipt(7, 40_000)];
		assert_eq!(news(now(5, 0), &lease, &receipts), None);
	}

	#[test]
	fn nothing_is_shown_after_the_claim_window() {
		let mut lease = ended(Status::Closing);
		lease.until_block = Some(20);
		let receipts = [receipt(1, 30_000)];
		assert!(news(now(20, 0), &lease, &receipts).is_some());
		assert_eq!(news(now(21, 0), &lease, &receipts), None);
	}

	#[test]
	fn a_lease_is_closed_when_its_time_is_over_and_its_receipts_are_shown() {
		let mut lease = two_segments(Status::Active);
		lease.metered.as_mut().unwrap().ends_at = Some(100_000);
		assert_eq!(next(now(5, 100_000), &lease, &[]), None);
		assert_eq!(next(now(5, 100_001), &lease, &[]), Some(Step::Close));
		let fresh = [receipt(1, SETTLE_EVERY_MS)];
		let step = next(now(5, 100_001), &lease, &fresh);
		assert_eq!(step, Some(Step::Settle(fresh[0].clone())));
	}

	#[test]
	fn a_running_lease_is_paid_about_every_hour() {
		let mut lease = two_segments(Status::Active);
		let metered = lease.metered.as_mut().unwrap();
		(metered.units, metered.royalty_rate) = (2, 500);
		metered.payable = 2_500 * WITHDRAW_EVERY_SECONDS - 1;
		assert_eq!(next(now(5, 0), &lease, &[]), None);
		lease.metered.as_mut().unwrap().payable += 1;
		assert_eq!(next(now(5, 0), &lease, &[]), Some(Step::Withdraw));
		let fresh = [receipt(1, SETTLE_EVERY_MS)];
		let step = next(now(5, 0), &lease, &fresh);
		assert_eq!(step, Some(Step::Settle(fresh[0].clone())), "receipts first");
	}

	#[test]
	fn a_running_lease_with_an_arbiter_is_paid_more_often() {
		let mut lease = two_segments(Status::Active);
		lease.agreement = Some(agreement(Some(account(7))));
		lease.metered.as_mut().unwrap().payable = 1_000 * WITHDRAW_BEFORE_ARBITER_SECONDS;
		assert_eq!(next(now(5, 0), &lease, &[]), Some(Step::Withdraw));
		lease.agreement = Some(agreement(None));
		assert_eq!(next(now(5, 0), &lease, &[]), None);
	}

	#[test]
	fn a_running_lease_that_may_pull_from_its_consumers_wallet_is_paid_when_funds_are_short() {
		let mut lease = two_segments(Status::Active);
		let metered = lease.metered.as_mut().unwrap();
		metered.ends_at = Some(3_600_000);
		metered.payable = 60_000;
		metered.seconds_of_funding_left = 59;
		assert_eq!(
			next(now(5, 0), &lease, &[]),
			None,
			"nothing could be pulled"
		);
		let metered = lease.metered.as_mut().unwrap();
		metered.auto_top_up = Some(AutoTopUp { step: 1, cap: 1 });
		assert_eq!(next(now(5, 0), &lease, &[]), Some(Step::Withdraw));
		let at_the_end = now(5, 3_600_000 - 59_000);
		assert_eq!(next(at_the_end, &lease, &[]), None, "no more is needed");
		lease.metered.as_mut().unwrap().seconds_of_funding_left = 60;
		assert_eq!(
			next(now(5, 0), &lease, &[]),
			None,
			"the chain pulls nothing"
		);
	}

	#[test]
	fn a_lease_with_less_left_than_the_threshold_still_asks_the_wallet() {
		let mut lease = two_segments(Status::Active);
		let metered = lease.metered.as_mut().unwrap();
		metered.auto_top_up = Some(AutoTopUp { step: 1, cap: 1 });
		metered.ends_at = Some(3_600_000);
		metered.payable = 10_000;
		metered.seconds_of_funding_left = 0;
		assert_eq!(next(now(5, 0), &lease, &[]), Some(Step::Withdraw));
		lease.metered.as_mut().unwrap().payable = 0;
		assert_eq!(next(now(5, 0), &lease, &[]), Some(Step::Withdraw));
	}

	/// So many runs of ten seconds each, a minute apart, from `from` on.
	fn runs(from: u64, many: u64) -> Vec<Run> {
		let run = |number: u64| Run {
			from: from + number * 60_000,
			to: from + number * 60_000 + 10_000,
			before: number * 10_000,
		};
		(0..many).map(run).collect()
	}

	#[test]
	fn a_lease_without_receipts_is_counted_before_runs_are_forgotten() {
		let next = |lease: &Lease, runs: &[Run]| super::next(now(5, 0), lease, &[], runs);
		let mut lease = lease(Status::Active);
		let metered = lease.metered.as_mut().unwrap();
		metered.segments = vec![segment(0, 60_000, None)];
		metered.segments[0].tenant = None;
		assert_eq!(next(&lease, &runs(60_000, 7)), None);
		assert_eq!(next(&lease, &runs(60_000, 8)), Some(Step::Count));
		// One of them was there before the lease, and proves nothing of it.
		assert_eq!(next(&lease, &runs(0, 8)), None);
		// Six are on record.
		lease.metered.as_mut().unwrap().segments[0].counted_to = 400_000;
		assert_eq!(next(&lease, &runs(60_000, 13)), None);
		assert_eq!(next(&lease, &runs(60_000, 14)), Some(Step::Count));
	}

	#[test]
	fn a_lease_that_is_over_is_counted_for_its_own_time_only() {
		let next = |lease: &Lease, runs: &[Run]| super::next(now(5, 0), lease, &[], runs);
		let mut lease = lease(Status::Disputed);
		lease.until_block = Some(100);
		let to = Some(60_000 + 7 * 60_000 + 1);
		lease.metered.as_mut().unwrap().segments = vec![segment(0, 60_000, to)];
		assert_eq!(next(&lease, &runs(60_000, 16)), Some(Step::Count));
		let to = Some(60_000 + 7 * 60_000);
		lease.metered.as_mut().unwrap().segments = vec![segment(0, 60_000, to)];
		assert_eq!(next(&lease, &runs(60_000, 16)), None);
		lease.status = Status::Closed;
		assert_eq!(next(&lease, &runs(0, 16)), None);
	}

	#[test]
	fn nothing_is_withdrawn_of_a_lease_that_costs_and_owes_nothing() {
		let mut lease = two_segments(Status::Active);
		lease.metered.as_mut().unwrap().rate = 0;
		assert_eq!(next(now(5, 0), &lease, &[]), None);
	}

	#[test]
	fn a_lease_in_maintenance_is_resumed_when_the_window_is_over() {
		let mut lease = two_segments(Status::Paused);
		let metered = lease.metered.as_mut().unwrap();
		metered.paused = Some(Pause::Maintenance { until: 200_000 });
		metered.pause_over_at = Some(300_000);
		assert_eq!(next(now(5, 200_000), &lease, &[]), None);
		assert_eq!(next(now(5, 200_001), &lease, &[]), Some(Step::Resume));
		assert_eq!(next(now(5, 300_001), &lease, &[]), Some(Step::Close));
	}

	#[test]
	fn a_lease_without_funds_is_the_consumers_to_resume_until_the_pause_is_over() {
		let mut lease = two_segments(Status::Paused);
		let metered = lease.metered.as_mut().unwrap();
		metered.paused = Some(Pause::Funds);
		metered.pause_over_at = Some(300_000);
		assert_eq!(next(now(5, 300_000), &lease, &[]), None);
		assert_eq!(next(now(5, 300_001), &lease, &[]), Some(Step::Close));
	}

	#[test]
	fn a_lease_is_finished_when_its_uptime_is_final() {
		let mut lease = ended(Status::Closing);
		lease.metered.as_mut().unwrap().resolved_until = 89_999;
		assert_eq!(next(now(5, 0), &lease, &[]), None);
		lease.metered.as_mut().unwrap().resolved_until = 90_000;
		assert_eq!(next(now(5, 0), &lease, &[]), Some(Step::Finish));
	}

	#[test]
	fn a_dispute_waits_for_its_arbiter() {
		let mut lease = ended(Status::Disputed);
		lease.metered.as_mut().unwrap().resolved_until = 90_000;
		lease.until_block = Some(50);
		assert!(!is_final(now(50, 0), &lease));
		assert!(is_final(now(51, 0), &lease));
		lease.until_block = None;
		assert!(!is_final(now(51, 0), &lease), "and without a date for ever");
	}

	#[test]
	fn a_lease_that_never_ran_is_not_final() {
		let mut lease = lease(Status::Closing);
		lease.metered.as_mut().unwrap().segments.clear();
		assert!(!is_final(now(5, 0), &lease));
	}

	#[test]
	fn the_tenant_is_known_before_the_start_and_served_after_it() {
		let waiting = tenancy(&lease(Status::Accepted), &[]).unwrap();
		assert_eq!((waiting.tenant, waiting.since), (Some(TENANT), None));
		let lease = two_segments(Status::Active);
		let served = tenancy(&lease, &[receipt(0, 9_000), receipt(1, 5_000)]).unwrap();
		assert_eq!((served.segment, served.since), (1, Some(60_000)));
		assert_eq!(served.acknowledged_ms, 5_000);
	}

	#[test]
	fn what_the_chain_has_counts_where_the_database_is_behind() {
		let mut lease = two_segments(Status::Active);
		lease.metered.as_mut().unwrap().segments[1].acknowledged_ms = 8_000;
		let served = tenancy(&lease, &[receipt(1, 5_000)]).unwrap();
		assert_eq!(served.acknowledged_ms, 8_000);
	}

	#[test]
	fn a_paused_lease_keeps_its_tenant_unserved_and_an_ended_one_has_none() {
		let paused = tenancy(&two_segments(Status::Paused), &[]).unwrap();
		assert_eq!((paused.segment, paused.since), (1, None));
		for over in [
			Status::Offered,
			Status::Closing,
			Status::Disputed,
			Status::Closed,
		] {
			assert!(tenancy(&ended(over), &[]).is_none());
		}
	}

	#[test]
	fn a_segment_of_another_tenant_is_served_by_its_key() {
		let mut lease = two_segments(Status::Active);
		lease.metered.as_mut().unwrap().segments[1].tenant = Some([9; 32]);
		assert_eq!(tenancy(&lease, &[]).unwrap().tenant, Some([9; 32]));
	}
}
