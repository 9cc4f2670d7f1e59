//! Whether what a lease is paid in is still what the machine is sold for.

use crate::chain::{Lease, Status};

/// What the machine costs in an asset: its id, and base units per second and unit.
pub type AssetPrice = (u32, u128);

/// Whether that lease waits to be accepted and is paid in an asset: [`is_on_sale`] has to be asked.
pub fn is_offered_in_an_asset(lease: &Lease) -> bool {
	lease.status == Status::Offered && lease.asset.is_some()
}

/// Whether the machine, which costs `prices`, is sold like that. An asset may have lost its worth,
/// and its price been taken back, since the lease was opened. In TCT the chain's own rule is enough:
/// the numbers keep their meaning.
pub fn is_on_sale(lease: &Lease, prices: &[AssetPrice]) -> bool {
	let Some(asset) = lease.asset else {
		return true;
	};
	let asking = prices.iter().find(|(priced, _)| *priced == asset);
	asking.is_some_and(|(_, asking)| match &lease.metered {
		Some(metered) => metered.rate >= *asking,
		// A job has a price of its own.
		None => true,
	})
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::decide::samples::{job, lease};

	/// Paid in asset 7, for 1,000 per second and unit.
	fn in_asset(mut lease: Lease) -> Lease {
		lease.asset = Some(7);
		lease
	}

	#[test]
	fn what_is_paid_in_an_asset_without_a_price_is_not_accepted() {
		for offered in [lease(Status::Offered), job(Status::Offered)] {
			let offered = in_asset(offered);
			assert!(is_offered_in_an_asset(&offered));
			assert!(!is_on_sale(&offered, &[]));
			assert!(!is_on_sale(&offered, &[(8, 1)]), "that is another asset");
			assert!(is_on_sale(&offered, &[(8, 1), (7, 1_000)]));
		}
	}

	#[test]
	fn what_pays_less_than_the_price_in_its_asset_is_not_accepted() {
		let offered = in_asset(lease(Status::Offered));
		assert!(is_on_sale(&offered, &[(7, 1_000)]));
		assert!(!is_on_sale(&offered, &[(7, 1_001)]));
		let job = in_asset(job(Status::Offered));
		assert!(is_on_sale(&job, &[(7, 1_001)]), "its price is its own");
	}

	#[test]
	fn what_is_paid_in_tct_and_what_was_accepted_is_not_asked_about() {
		assert!(is_on_sale(&lease(Status::Offered), &[]));
		assert!(!is_offered_in_an_asset(&lease(Status::Offered)));
		assert!(!is_offered_in_an_asset(&in_asset(lease(Status::Accepted))));
	}
}
