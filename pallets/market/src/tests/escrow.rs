use super::*;
use crate::Claims;
use terminal_test_support::EXISTENTIAL_DEPOSIT as ED;

/// What an offer's deposit is here: less than an account needs to exist.
const SMALL: u128 = ED * 7 / 10;

fn small() -> Parameters {
	Parameters {
		offer_deposit: SMALL,
		..params()
	}
}

/// An offer stands, and its provider has sent away all but `left` of what is not on hold.
fn published_by_a_wallet_of(left: u128) {
	published();
	let rest = free(&provider()) - left;
	assert_ok!(Balances::transfer_allow_death(
		signed(provider()),
		stranger(),
		rest
	));
	assert_eq!(free(&provider()), left);
	events();
}

#[test]
fn makes_a_claim_of_dust_that_a_wallet_of_dust_gets_back() {
	// Without anything else, and with dust that an existential deposit would come of, for a moment.
	for left in [0, ED * 4 / 10] {
		run_with(small(), || {
			published_by_a_wallet_of(left);
			let issued = Balances::total_issuance();
			assert_ok!(Market::withdraw_offer(signed(provider()), OFFER));
			assert_eq!(Claims::<Test>::get(provider(), None::<u32>), Some(SMALL));
			assert_eq!(
				events(),
				vec![
					Event::ClaimRecorded {
						beneficiary: provider(),
						amount: SMALL,
						asset: None,
					},
					Event::OfferWithdrawn { offer: OFFER },
				]
			);
			// The chain sweeps the wallet's own dust, once nothing keeps it alive, and no more.
			assert_eq!(issued - Balances::total_issuance(), left);
			assert_eq!(free(&Market::pot_account()), ED + SMALL);
		})
	}
}
