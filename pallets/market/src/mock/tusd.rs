//! A stablecoin for the mock chain.

use super::*;

/// A stablecoin, the only asset in which the fake opens leases.
pub const TUSD: AssetId = 7;
/// Its least balance.
pub const LEAST_TUSD: Balance = 10_000;
/// What consumer, provider and rival have of it.
pub const TUSD_ENDOWMENT: Balance = 1_000 * UNIT;

/// Who issues and freezes it.
pub fn issuer() -> AccountId {
	stranger()
}

/// Create the stablecoin, give some to who needs it, price the usual machines in it.
pub fn with_tusd() {
	Assets::force_create(
		RuntimeOrigin::root(),
		TUSD.into(),
		issuer(),
		true,
		LEAST_TUSD,
	)
	.expect("the id is free");
	for who in [consumer(), provider(), rival()] {
		Assets::mint(
			RuntimeOrigin::signed(issuer()),
			TUSD.into(),
			who,
			TUSD_ENDOWMENT,
		)
		.expect("it can receive");
	}
	MockMachines::set_price_in(MACHINE, TUSD, Some(RATE));
	for n in 0..20 {
		MockMachines::set_price_in(bidders_machine(n), TUSD, Some(RATE));
	}
}

/// Free stablecoins.
pub fn tusd(who: &AccountId) -> Balance {
	Assets::balance(TUSD, who)
}

/// Stablecoins on hold.
pub fn tusd_on_hold(why: crate::HoldReason, who: &AccountId) -> Balance {
	use frame_support::traits::fungibles::InspectHold;
	AssetsHolder::balance_on_hold(TUSD, &why.into(), who)
}
