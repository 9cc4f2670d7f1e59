use super::*;
use crate::{runtime_api::*, types::*};
use frame_support::assert_ok;
use sp_core::Pair;
use terminal_primitives::VersionId;
use terminal_test_support::{MockMachines, MockModels, MockUptime, UNIT};

#[test]
fn show_what_a_metered_lease_will_cost() {
	run(|| {
		MockMachines::set_earliest_start(MACHINE, Some(START + 5));
		let quote = Leases::quote_metered(MACHINE, 2, 3_600, Some(VERSION), None).expect("a quote");
		assert_eq!(
			quote,
			MeteredQuote {
				asset: None,
				rate: RATE,
				royalty_rate: ROYALTY_RATE,
				per_second: 2_500_000_000,
				total: 9_000_000_000_000,
				least_funds: 150_000_000_000,
				fee: 180_000_000_000,
				burned: 90_000_000_000,
				deposit: 200_000_000_000,
				terms_hash: [7; 32],
				free_units: 4,
				earliest_start: Some(START + 5),
			}
		);
		assert_ok!(open_metered(MeteredOrder {
			funds: quote.least_funds,
			..metered()
		}));
	})
}

#[test]
fn show_what_a_job_will_cost() {
	run(|| {
		let quote = Leases::quote_job(MACHINE, JOB_PRICE, Some(VERSION), None).expect("a quote");
		assert_eq!((quote.total, quote.fee), (102 * UNIT, 2_040_000_000_000));
		assert_eq!((quote.royalty, quote.burned), (2 * UNIT, 1_020_000_000_000));
	})
}

#[test]
fn say_why_there_is_no_quote() {
	run(|| {
		assert_eq!(
			Leases::quote_job(NO_MACHINE, 1, None, None),
			Err(QuoteError::UnknownMachine)
		);
		let unknown = Some(VersionId(9));
		assert_eq!(
			Leases::quote_metered(MACHINE, 1, 60, unknown, None),
			Err(QuoteError::UnknownVersion)
		);
		MockModels::yank(VERSION);
		assert_eq!(
			Leases::quote_metered(MACHINE, 1, 60, Some(VERSION), None),
			Err(QuoteError::VersionYanked)
		);
		assert_eq!(
			Leases::quote_job(MACHINE, u128::MAX, None, None).map(|quote| quote.total),
			Ok(u128::MAX)
		);
	})
}

#[test]
fn show_a_running_lease_with_its_seconds_of_funding_left() {
	run(|| {
		active();
		jump(100);
		MockUptime::prove(MACHINE, START, START + 600_000);
		assert_ok!(collect(agent(), Some(receipt(300_000))));
		jump(10);
		MockUptime::prove(MACHINE, START, START + 660_000);
		let view = Leases::lease(LEASE).expect("the lease exists");
		assert_eq!((view.status, view.outcome), (Status::Active, None));
		let metered = view.metered.expect("a metered lease");
		// 360 s are due and paid, 3,240 s are left.
		assert_eq!((metered.due, metered.payable), (cost(360_000), 0));
		assert_eq!(metered.seconds_of_funding_left, 3_240);
		assert_eq!(
			metered.segments,
			vec![SegmentView {
				number: 0,
				tenant: Some(tenant().public().0),
				rate: 2 * RATE,
				from: START,
				to: None,
				counted_to: START + 600_000,
				proven_ms: 660_000,
				acknowledged_ms: 300_000,
				credited_ms: 360_000,
				sealed: false,
			}]
		);
	})
}

#[test]
fn show_a_paused_lease_with_what_was_agreed() {
	run(|| {
		active_with(|lease| {
			lease.terms.early_close_ms = 300_000;
			lease.terms.spot_notice_ms = Some(60_000);
			lease.funds = 2 * UNIT;
		});
		serve(100);
		acknowledge(0, 600_000);
		let auto = Some(AutoTopUp { step: 1, cap: 2 });
		assert_ok!(Leases::pause(signed(stranger()), LEASE));
		assert_ok!(Leases::set_auto_top_up(signed(consumer()), LEASE, auto));
		let view = Leases::lease(LEASE).expect("the lease exists");
		assert_eq!((view.status, view.continues), (Status::Paused, None));
		let agreed = view.agreement.expect("a metered lease");
		assert_eq!(
			(agreed.spot_notice_ms, agreed.early_close_ms),
			(Some(60_000), 300_000)
		);
		assert_eq!((agreed.sla_target, agreed.arbiter), (None, None));
		let metered = view.metered.expect("a metered lease");
		assert_eq!(metered.paused, Some(Pause::Funds));
		assert_eq!((metered.left_ms, metered.ends_at), (Some(3_000_000), None));
		assert_eq!(metered.pause_over_at, Some(START + 1_200_000));
		assert_eq!(metered.early_close_fee, 300 * 2 * RATE);
		assert_eq!((metered.auto_top_up, metered.reclaimed), (auto, false));
		// 1.5 is due, of which the fee's worth is kept back; with the fee it is all there is.
		assert_eq!((metered.due, metered.payable), (cost(600_000), 0));
		assert_eq!(metered.seconds_of_funding_left, 0);
	})
}

#[test]
fn show_a_job_with_its_demands() {
	run(|| {
		delivering();
		assert_ok!(Leases::demand_leaf(signed(consumer()), LEASE, 4));
		let view = Leases::lease(LEASE).expect("the lease exists");
		assert_eq!(
			(view.status, view.until_block),
			(Status::Delivering, Some(31))
		);
		let job = view.job.expect("a job");
		assert_eq!(job.input_url, "https://example.org/inputs");
		assert_eq!(job.demands.len(), 1);
		assert_eq!(
			job.result_root,
			Some(batch::Batch::new(10).result_root(LEASE))
		);
		assert_eq!(Some(job.context), Leases::result_context(LEASE));
	})
}

/// The ids on a page, ascending, and where it goes on.
fn own(who: AccountId, side: Option<Side>, from: Option<u64>) -> (Vec<u64>, Option<LeaseId>) {
	let page = Leases::own_leases(who, side, Which::All, from.map(LeaseId), 2);
	let mut ids: Vec<u64> = page.leases.iter().map(|lease| lease.id.0).collect();
	ids.sort_unstable();
	(ids, page.next)
}

#[test]
fn list_the_leases_of_one_side() {
	run(|| {
		assert_ok!(open_metered(metered()));
		assert_ok!(open_metered(metered()));
		let both = (vec![0, 1], None);
		let none = (vec![], None);
		assert_eq!(own(consumer(), None, None), both);
		assert_eq!(own(consumer(), Some(Side::Consumer), None), both);
		assert_eq!(own(consumer(), Some(Side::Provider), None), none);
		assert_eq!(own(provider(), Some(Side::Provider), None), both);
		assert_eq!(own(provider(), Some(Side::Consumer), None), none);
		assert_eq!(own(stranger(), None, None), none);
	})
}

#[test]
fn list_only_open_leases_where_asked_and_look_at_a_thousand_at_a_time() {
	run(|| {
		let order = MeteredOrder {
			funds: UNIT,
			..metered()
		};
		for lease in 0..1_001 {
			assert_ok!(open_metered(order.clone()));
			assert_ok!(Leases::cancel(signed(consumer()), LeaseId(lease)));
		}
		assert_ok!(open_metered(order));
		let (mut open, mut pages, mut from) = (Vec::new(), 0, None);
		loop {
			let page = Leases::own_leases(consumer(), None, Which::Open, from, 100);
			open.extend(page.leases.iter().map(|lease| lease.id));
			pages += 1;
			from = page.next;
			if from.is_none() {
				break;
			}
		}
		assert_eq!((open, pages), (vec![LeaseId(1_001)], 2));
		let all = Leases::own_leases(consumer(), None, Which::All, None, 100);
		assert_eq!((all.leases.len(), all.next.is_some()), (100, true));
	})
}

#[test]
fn list_each_lease_once_even_if_the_next_one_is_gone() {
	run(|| {
		for _ in 0..5 {
			assert_ok!(open_metered(metered()));
		}
		let (mut seen, next) = own(consumer(), None, None);
		let gone = next.expect("five do not fit on a page of two");
		crate::LeasesOf::<Test>::remove(consumer(), gone);
		let mut next = next;
		while let Some(from) = next {
			let (ids, further) = own(consumer(), None, Some(from.0));
			seen.extend(ids);
			next = further;
		}
		seen.push(gone.0);
		seen.sort_unstable();
		assert_eq!(seen, [0, 1, 2, 3, 4]);
		crate::LeasesOf::<Test>::insert(consumer(), gone, ());
	})
}

#[test]
fn hold_one_lease_at_least_and_a_hundred_at_most() {
	run(|| {
		for _ in 0..101 {
			let order = MeteredOrder {
				funds: Leases::quote_metered(MACHINE, 2, 3_600, Some(VERSION), None)
					.map(|quote| quote.least_funds)
					.expect("a quote"),
				..metered()
			};
			assert_ok!(open_metered(order));
		}
		let held = |limit| {
			let page = Leases::own_leases(consumer(), None, Which::All, None, limit);
			(page.leases.len(), page.next.is_some())
		};
		assert_eq!(held(0), (1, true));
		assert_eq!(held(u32::MAX), (100, true));
	})
}

#[test]
fn hand_the_tenant_the_bytes_to_sign() {
	run(|| {
		let message = Leases::receipt_message(LeaseId(3), 1, 5_000);
		let mut expected = b"<Bytes>tct/receipt/v1".to_vec();
		expected.extend([69; 32]);
		expected.extend(3u64.to_le_bytes());
		expected.extend(1u32.to_le_bytes());
		expected.extend(5_000u64.to_le_bytes());
		expected.extend(b"</Bytes>");
		assert_eq!(message, expected);
	})
}
