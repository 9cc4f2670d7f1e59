use super::*;
use crate::{Commitments, NextVersion, Params, Version, VersionByDigest, Versions};

fn reveal(details: Details) -> sp_runtime::DispatchResult {
	Models::list_version(signed(owner()), SALT, details, PRICES)
}

#[test]
fn lists_what_was_committed_to() {
	ExtBuilder.run(|| {
		let commitment = commit(owner(), &details());
		skip_blocks(10);
		events();
		assert_ok!(reveal(details()));
		let expected = Version {
			owner: owner(),
			details: details(),
			rise: None,
			prices: PRICES,
			first_seen: 1,
			listed_at: 11,
			deposit: 10 * UNIT,
			yanked: false,
		};
		assert_eq!(Versions::<Test>::get(VersionId(0)), Some(expected));
		assert_eq!(VersionByDigest::<Test>::get([1; 32]), Some(VersionId(0)));
		assert_eq!(NextVersion::<Test>::get(), VersionId(1));
		assert!(!Commitments::<Test>::contains_key(owner(), commitment));
		let holds = [HoldReason::Commitment, HoldReason::Listing];
		assert_eq!(holds.map(|reason| held(reason, &owner())), [0, 10 * UNIT]);
		assert_eq!(
			events(),
			[Event::VersionListed {
				version: VersionId(0),
				owner: owner(),
				manifest: [1; 32]
			}]
		);
	})
}

#[test]
fn cannot_be_front_run() {
	ExtBuilder.run(|| {
		commit(owner(), &details());
		skip_blocks(10);
		// the thief sees the reveal waiting and copies it: it fits no commitment of theirs
		let copied = Models::list_version(signed(thief()), SALT, details(), PRICES);
		assert_noop!(copied, Error::<Test>::NotCommitted);
		// nor does a commitment in the same block help
		commit(thief(), &details());
		let rushed = Models::list_version(signed(thief()), SALT, details(), PRICES);
		assert_noop!(rushed, Error::<Test>::RevealTooEarly);
		assert_ok!(reveal(details()));
		skip_blocks(10);
		let late = Models::list_version(signed(thief()), SALT, details(), PRICES);
		assert_noop!(late, Error::<Test>::AlreadyListed);
	})
}

#[test]
fn refuses_a_second_listing_of_a_digest_for_ever() {
	ExtBuilder.run(|| {
		let version = list();
		let again = Details {
			name: text("another name"),
			..details()
		};
		commit(owner(), &again);
		skip_blocks(10);
		assert_noop!(reveal(again.clone()), Error::<Test>::AlreadyListed);
		assert_ok!(Models::yank(signed(owner()), version));
		assert_noop!(reveal(again), Error::<Test>::AlreadyListed);
	})
}

#[test]
fn waits_for_the_delay_and_not_for_ever() {
	ExtBuilder.run(|| {
		commit(owner(), &details());
		skip_blocks(9);
		assert_noop!(reveal(details()), Error::<Test>::RevealTooEarly);
		System::set_block_number(1 + 14_401);
		assert_noop!(reveal(details()), Error::<Test>::CommitmentExpired);
		System::set_block_number(1 + 14_400);
		assert_ok!(reveal(details()));
	})
}

#[test]
fn needs_exactly_what_was_committed_to() {
	ExtBuilder.run(|| {
		commit(owner(), &details());
		skip_blocks(10);
		let other = Details {
			bytes: 1,
			..details()
		};
		assert_noop!(reveal(other), Error::<Test>::NotCommitted);
		let salted = Models::list_version(signed(owner()), [6; 32], details(), PRICES);
		assert_noop!(salted, Error::<Test>::NotCommitted);
		let root = Models::list_version(RuntimeOrigin::root(), SALT, details(), PRICES);
		assert_noop!(root, BadOrigin);
	})
}

#[test]
fn refuses_details_that_say_nothing() {
	ExtBuilder.run(|| {
		let long = "x".repeat(64);
		let cases = [
			(
				Details {
					name: text(""),
					..details()
				},
				Error::<Test>::InvalidName,
			),
			(
				Details {
					name: text(" digits"),
					..details()
				},
				Error::<Test>::InvalidName,
			),
			(
				Details {
					name: text("digits "),
					..details()
				},
				Error::<Test>::InvalidName,
			),
			(
				Details {
					name: text("di\ngits"),
					..details()
				},
				Error::<Test>::InvalidName,
			),
			(
				Details {
					name: text("dıgits"),
					..details()
				},
				Error::<Test>::InvalidName,
			),
			(
				Details {
					licence: text(""),
					..details()
				},
				Error::<Test>::InvalidLicence,
			),
			(
				Details {
					licence: text("Apache 2"),
					..details()
				},
				Error::<Test>::InvalidLicence,
			),
			(
				Details {
					bytes: 0,
					..details()
				},
				Error::<Test>::NoBytes,
			),
			(
				Details {
					weights_root: None,
					..details()
				},
				Error::<Test>::NoWeightsRoot,
			),
		];
		for (details, _) in &cases {
			commit(owner(), details);
		}
		let good = Details {
			name: text(&long),
			licence: text(&long),
			weights_root: None,
			format: Format::Safetensors,
			..details()
		};
		commit(owner(), &good);
		skip_blocks(10);
		for (details, error) in cases {
			assert_noop!(reveal(details), error);
		}
		assert_ok!(reveal(good));
	})
}

#[test]
fn refuses_prices_outside_the_range() {
	ExtBuilder.run(|| {
		commit(owner(), &details());
		skip_blocks(10);
		let most = Params::<Test>::get().max_price;
		for (per_job, per_second, per_call) in [
			(most + 1, 0, 0),
			(0, most + 1, 0),
			(0, 1, 0),
			(0, 999, 0),
			(0, 0, most + 1),
		] {
			let prices = Prices {
				per_job,
				per_second,
				per_call,
			};
			assert_noop!(
				Models::list_version(signed(owner()), SALT, details(), prices),
				Error::<Test>::PriceOutOfRange
			);
		}
		let free = Prices {
			per_job: 0,
			per_second: 0,
			per_call: 0,
		};
		assert_ok!(Models::list_version(signed(owner()), SALT, details(), free));
	})
}

#[test]
fn needs_the_deposit_and_leaves_the_commitment_without_it() {
	ExtBuilder.run(|| {
		let commitment = commit(owner(), &details());
		skip_blocks(10);
		Balances::set_balance(&owner(), UNIT);
		assert_noop!(reveal(details()), sp_runtime::TokenError::FundsUnavailable);
		assert!(Commitments::<Test>::contains_key(owner(), commitment));
	})
}

#[test]
fn stops_when_ids_are_used_up() {
	ExtBuilder.build().execute_with(|| {
		commit(owner(), &details());
		skip_blocks(10);
		NextVersion::<Test>::put(VersionId(u64::MAX));
		assert_noop!(reveal(details()), Error::<Test>::IdsExhausted);
	})
}
