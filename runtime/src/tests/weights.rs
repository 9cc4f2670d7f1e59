//! What things weigh, and what that costs.

use super::{account, chain::*, on};
use crate::{
	configs::consensus::ElectionLimits,
	times::SlotDuration,
	weights::{block::MAXIMUM_BLOCK_WEIGHT, BlockWeights},
	Balances, Runtime, RuntimeCall, System, TransactionPayment, MILLI, UNIT,
};
use codec::Encode;
use frame_election_provider_support::WeightInfo as _;
use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo},
	traits::Get,
	weights::Weight,
};
use pallet_attestation::{presence::answer_weight, WeightInfo as _};
use pallet_transaction_payment::Multiplier;
use sp_keyring::Sr25519Keyring;
use sp_runtime::traits::{Convert, One};

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

#[test]
fn of_full_blocks_doubles_the_fee_in_twenty_hours_and_a_half() {
	type Update = <Runtime as pallet_transaction_payment::Config>::FeeMultiplierUpdate;
	on("testnet", || {
		let normal = BlockWeights::get()
			.get(DispatchClass::Normal)
			.max_total
			.expect("the class is bounded");
		System::register_extra_weight_unchecked(normal, DispatchClass::Normal);
		let (mut multiplier, mut blocks) = (Multiplier::one(), 0);
		while multiplier < Multiplier::from(2) {
			multiplier = <Update as Convert<_, _>>::convert(multiplier);
			blocks += 1;
		}
		assert_eq!(blocks, 12_323);
		let minutes = blocks * SlotDuration::<Runtime>::get() / 60_000;
		assert_eq!(minutes, 20 * 60 + 32);
	});
}

#[test]
fn of_presence_leaves_room_among_operational_calls() {
	type Weights = <Runtime as pallet_attestation::Config>::WeightInfo;
	on("testnet", || {
		let limits = BlockWeights::get();
		let class = limits.get(DispatchClass::Operational);
		let params = pallet_attestation::Params::<Runtime>::get();
		let answer = answer_weight::<Runtime>(params.presence_entries, params.presence_n);
		let challenge = Weights::commit_presence()
			.saturating_add(answer)
			.saturating_add(class.base_extrinsic.saturating_mul(2))
			.ref_time();
		let kept = class.reserved.expect("room is kept").ref_time();
		// What is drawn takes half of it at most, all that one block may begin no more than it.
		assert!(challenge * u64::from(params.max_draws) * 2 <= kept);
		let most: u32 = <Runtime as pallet_attestation::Config>::MaxChallengesPerBlock::get();
		assert!(challenge * u64::from(most) <= kept);
	});
}

#[test]
fn of_calls_of_assets_count_what_hangs_on_them() {
	use pallet_assets::WeightInfo;
	type Here = crate::weights::AssetsWeight<Runtime>;
	type Sdk = pallet_assets::weights::SubstrateWeight<Runtime>;
	let db = crate::weights::DbWeight::get();
	let more = |here: Weight, sdk: Weight| here.checked_sub(&sdk).expect("it is no less");
	// Each account that dies: both entries of the holder's, read and removed.
	for count in [1, 1_000] {
		let added = more(Here::destroy_accounts(count), Sdk::destroy_accounts(count));
		let least = db.reads_writes(2, 2).saturating_mul(count.into());
		assert!(added.all_gte(least), "{count}: {added:?}");
	}
	let added = more(Here::finish_destroy(), Sdk::finish_destroy());
	assert!(added.all_gte(db.reads_writes(2, 3)));
	for (here, sdk) in [
		(Here::burn(), Sdk::burn()),
		(Here::transfer(), Sdk::transfer()),
		(Here::force_transfer(), Sdk::force_transfer()),
		(Here::transfer_approved(), Sdk::transfer_approved()),
		(Here::transfer_all(), Sdk::transfer_all()),
		(Here::refund(), Sdk::refund()),
		(Here::refund_other(), Sdk::refund_other()),
	] {
		assert!(more(here, sdk).all_gte(db.reads_writes(2, 2)));
	}
	let added = more(Here::transfer_keep_alive(), Sdk::transfer_keep_alive());
	assert_eq!(added, db.reads(1));
	// And the runtime asks for them.
	let call = pallet_assets::Call::<Runtime>::destroy_accounts { id: 1.into() };
	assert_eq!(
		call.get_dispatch_info().call_weight,
		Here::destroy_accounts(1_000)
	);
}
