//! The same, paid in a stablecoin.

use super::*;

/// The networks' stablecoin for tests, and what a second of the machine costs in it.
const TEST_USD: terminal_primitives::AssetId = 1;
const PRICE_IN_USD: u128 = 2_000;

fn usd(who: &crate::AccountId) -> u128 {
	crate::Assets::balance(TEST_USD, who)
}

#[test]
fn pays_a_lease_in_a_stablecoin_and_its_fee_to_the_treasury() {
	on("local", || {
		let mut chain = market();
		let set_price = pallet_providers::Call::set_asset_price {
			machine: MACHINE,
			asset: TEST_USD,
			price: Some(PRICE_IN_USD),
		};
		send(&mut chain, PROVIDER, set_price);
		let quote = Leases::quote_metered(MACHINE, 1, 60, None, Some(TEST_USD));
		let quote = quote.expect("the machine is priced");
		assert_eq!(
			(quote.asset, quote.total, quote.burned),
			(Some(TEST_USD), 120_000, 0)
		);
		let open = pallet_leases::Call::open_metered {
			machine: MACHINE,
			units: 1,
			duration_seconds: 60,
			max_rate: PRICE_IN_USD,
			terms_hash: terms_hash(),
			version: None,
			tenant: None,
			funds: quote.total,
			asset: Some(TEST_USD),
		};
		let issued = crate::Assets::total_supply(TEST_USD);
		let (provider, consumer) = (account(PROVIDER), account(CONSUMER));
		let treasury = crate::Treasury::account_id();
		let before = (usd(&provider), usd(&consumer));
		send(&mut chain, CONSUMER, open);
		assert_eq!(usd(&consumer), before.1 - quote.total);
		send(
			&mut chain,
			AGENT,
			pallet_leases::Call::accept { lease: LEASE },
		);
		let start = pallet_leases::Call::start {
			lease: LEASE,
			handshake: None,
		};
		send(&mut chain, AGENT, start);
		for _ in 0..24 {
			present(&mut chain);
		}
		send(
			&mut chain,
			CONSUMER,
			pallet_leases::Call::close { lease: LEASE },
		);
		for _ in 0..140 {
			if lease().status == Status::Closed {
				break;
			}
			present(&mut chain);
		}
		let closed = lease();
		assert_eq!(
			(closed.status, closed.asset),
			(Status::Closed, Some(TEST_USD))
		);
		let books = closed.books;
		assert!(books.paid > 0 && books.held == 0);
		assert_eq!(usd(&provider), before.0 + books.paid);
		assert_eq!(usd(&consumer), before.1 - books.paid - books.lease_fee);
		// Less than a cent opens no account: it waits for the treasury.
		let waiting = Leases::claimable(treasury.clone(), Some(TEST_USD));
		assert_eq!(usd(&treasury) + waiting, books.lease_fee);
		assert_eq!(crate::Assets::total_supply(TEST_USD), issued);
		let burned = pallet_supply::Burned::<Runtime>::get(BurnSource::LeaseFee);
		assert_eq!(burned, 0, "no TCT was paid, so none is burned");
	});
}

#[test]
fn takes_an_offer_in_a_stablecoin() {
	on("local", || {
		let mut chain = market();
		let publish = pallet_market::Call::publish_offer {
			machine: MACHINE,
			rate: PRICE_IN_USD,
			units: 1,
			min_duration_seconds: 10,
			max_duration_seconds: 600,
			terms: terminal_primitives::market::LeaseTerms::plain(600_000),
			windows: Default::default(),
			reservation_deposit: None,
			document: [0; 32],
			asset: Some(TEST_USD),
		};
		send(&mut chain, PROVIDER, publish);
		let offer = pallet_market::OfferId(0);
		let take = pallet_market::Call::take_offer {
			offer,
			offer_hash: crate::Market::offer_hash(offer).expect("it stands"),
			units: 1,
			duration_seconds: 60,
			max_rate: PRICE_IN_USD,
			version: None,
			tenant: None,
			funds: 120_000,
		};
		let before = usd(&account(CONSUMER));
		send(&mut chain, CONSUMER, take);
		assert_eq!(
			(lease().asset, lease().books.held),
			(Some(TEST_USD), 120_000)
		);
		assert_eq!(usd(&account(CONSUMER)), before - 120_000);
	});
}

#[test]
fn pays_the_committee_of_a_job_in_a_stablecoin() {
	on("local", || {
		let mut chain = market();
		let set_price = pallet_providers::Call::set_asset_price {
			machine: MACHINE,
			asset: TEST_USD,
			price: Some(PRICE_IN_USD),
		};
		send(&mut chain, PROVIDER, set_price);
		let usd_before = usd(&account(PROVIDER));
		commit_in(&mut chain, Some(TEST_USD), None, honest);
		while matches!(
			Attestation::task(TaskId(0)).expect("it is open").phase,
			PhaseView::AwaitingDraw { .. }
		) {
			chain.blocks(1);
		}
		let results = chain.block(votes(Outcome::Pass));
		assert!(
			results.iter().all(|result| result == &Ok(Ok(()))),
			"{results:?}"
		);
		check_invariants().expect("every invariant holds");
		// Votes are heard when the next block begins.
		chain.blocks(1);
		assert_eq!(lease().status, Status::Delivering);
		let waiting = lease().deposit;
		assert_eq!(Balances::reserved_balance(account(CONSUMER)), waiting);
		chain.blocks(14);
		check_invariants().expect("every invariant holds");
		let closed = lease();
		assert_eq!(
			(closed.status, closed.asset),
			(Status::Closed, Some(TEST_USD))
		);
		assert_eq!(usd(&account(PROVIDER)), usd_before + closed.books.paid);
		assert_eq!(Balances::reserved_balance(account(CONSUMER)), 0);
		// A fifth of two per cent of ten TCT, and nothing of the stablecoin.
		let attestors = Attestation::attestors();
		let paid: u128 = attestors.iter().map(|attestor| attestor.claimable).sum();
		assert_eq!(paid, 40 * MILLI);
		assert!(attestors.iter().all(|attestor| attestor.claimable > 0));
	});
}
