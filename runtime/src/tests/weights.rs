//! What things weigh, and what that costs.

use super::{account, chain::*, on};
use crate::{
	configs::consensus::ElectionLimits,
	weights::{block::MAXIMUM_BLOCK_WEIGHT, BlockWeights},
	Balances, Runtime, RuntimeCall, TransactionPayment, MILLI, UNIT,
};
use codec::Encode;
use frame_election_provider_support::WeightInfo as _;
use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo},
	weights::Weight,
};
use sp_keyring::Sr25519Keyring;

/// What one transaction takes of a block.
fn weight_of(call: RuntimeCall) -> Weight {
	signed(Sr25519Keyring::Alice, call)
		.get_dispatch_info()
		.total_weight()
		.saturating_add(
			BlockWeights::get()
				.get(DispatchClass::Normal)
				.base_extrinsic,
		)
}

#[test]
fn of_a_block_leaves_room_for_operational_calls() {
	let weights = BlockWeights::get();
	let normal = weights.get(DispatchClass::Normal);
	let operational = weights.get(DispatchClass::Operational);
	assert_eq!(
		normal.max_total.map(|max| max.ref_time()),
		Some(MAXIMUM_BLOCK_WEIGHT.ref_time() / 4 * 3)
	);
	assert_eq!(operational.max_total, Some(MAXIMUM_BLOCK_WEIGHT));
	assert_eq!(
		operational.reserved.map(|reserved| reserved.ref_time()),
		Some(MAXIMUM_BLOCK_WEIGHT.ref_time() / 4)
	);
}

#[test]
fn of_transfers_lets_a_block_carry_thousands() {
	on("local", || {
		let one = weight_of(transfer(UNIT)).ref_time();
		let normal = BlockWeights::get()
			.get(DispatchClass::Normal)
			.max_total
			.expect("the class is bounded");
		let count = normal.ref_time() / one;
		// The SDK's own template carries 1,974; the goal is 2.4 times as many.
		assert!(count * 10 >= 24 * 1_974, "{count} transfers of {one} ps");
	});
}

#[test]
fn of_an_election_fits_a_block() {
	let bounds = ElectionLimits::get();
	let weight = frame_election_provider_support::weights::SubstrateWeight::<Runtime>::phragmen(
		bounds.voters.count.expect("bounded").0,
		bounds.targets.count.expect("bounded").0,
		16,
	);
	assert!(
		weight.ref_time() < MAXIMUM_BLOCK_WEIGHT.ref_time() * 3,
		"{weight:?}"
	);
}

#[test]
fn makes_a_transfer_cost_about_a_thousandth_of_a_tct() {
	on("local", || {
		let transaction = signed(Sr25519Keyring::Alice, transfer(UNIT));
		let length = transaction.encoded_size() as u32;
		let fee = TransactionPayment::query_info(transaction, length).partial_fee;
		assert!((MILLI / 10..2 * MILLI).contains(&fee), "{fee}");
	});
}

#[test]
fn is_charged_to_the_sender() {
	on("local", || {
		let mut chain = Chain::new();
		chain.block(vec![]);
		let before = Balances::free_balance(account(Sr25519Keyring::Alice));
		chain.block(vec![signed(Sr25519Keyring::Alice, transfer(UNIT))]);
		let paid = before - UNIT - Balances::free_balance(account(Sr25519Keyring::Alice));
		assert!((MILLI / 10..2 * MILLI).contains(&paid), "{paid}");
	});
}
