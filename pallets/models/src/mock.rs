//! A chain with this pallet and three funded accounts.

use crate as pallet_models;
use crate::{invariants, Details, Format, HoldReason, Prices};
use frame_support::{
	assert_ok, construct_runtime, parameter_types,
	traits::{
		fungible::{Inspect, InspectHold},
		ConstU32,
	},
	BoundedVec, PalletId,
};
use sp_runtime::BuildStorage;
use terminal_primitives::{Balance, BlockNumber, Digest, VersionId, UNIT};
use terminal_test_support::{
	account, externalities, genesis, impl_balances, impl_system, impl_timestamp, AccountId,
	MockBurn,
};

construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Models: pallet_models,
	}
);

impl_system!(Test);
impl_timestamp!(Test);
impl_balances!(Test);

parameter_types! {
	pub const ModelsPalletId: PalletId = PalletId(*b"tct/modl");
}

impl pallet_models::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Burn = MockBurn<Balances>;
	type PalletId = ModelsPalletId;
	type WeightInfo = ();
}

/// Who lists in the tests.
pub fn owner() -> AccountId {
	account(1)
}
/// Who would like to have listed it.
pub fn thief() -> AccountId {
	account(2)
}

/// What every funded account starts with.
pub const ENDOWMENT: Balance = 1_000 * UNIT;
/// The salt of the tests.
pub const SALT: [u8; 32] = [5; 32];
/// What [`list`] asks.
pub const PRICES: Prices = Prices {
	per_job: 5 * UNIT,
	per_second: 2_000,
	per_call: 30,
};

#[derive(Default)]
pub struct ExtBuilder;

impl ExtBuilder {
	pub fn build(self) -> sp_io::TestExternalities {
		let balances = [owner(), thief()].map(|who| (who, ENDOWMENT));
		let mut storage = genesis::<Test>(&balances);
		pallet_models::GenesisConfig::<Test>::default()
			.assimilate_storage(&mut storage)
			.expect("the default parameters are valid");
		externalities::<Test>(storage)
	}

	/// Run `test`, then check every invariant.
	pub fn run(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			assert_ok!(invariants::check::<Test>());
		})
	}

	/// Run `test`, which breaks an invariant, and check that it is noticed under this number.
	pub fn run_broken(number: &str, test: impl FnOnce()) {
		Self.build().execute_with(|| {
			assert_ok!(invariants::check::<Test>());
			test();
			let found = format!("{:?}", invariants::check::<Test>());
			assert!(found.contains(number), "{number} expected, found {found}");
		})
	}
}

pub fn text<const N: u32>(text: &str) -> BoundedVec<u8, ConstU32<N>> {
	text.as_bytes()
		.to_vec()
		.try_into()
		.expect("the text is short enough")
}

pub fn details() -> Details {
	Details {
		manifest: [1; 32],
		weights_root: Some([2; 32]),
		format: Format::IntegerNetwork,
		bytes: 2_560,
		licence: text("Apache-2.0"),
		card_hash: [3; 32],
		name: text("digits/mlp-64-32-10"),
	}
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn skip_blocks(count: BlockNumber) {
	System::set_block_number(System::block_number() + count);
}

/// Commit as `who` to `details`.
pub fn commit(who: AccountId, details: &Details) -> Digest {
	let commitment = details.commitment(&who, &SALT);
	assert_ok!(Models::commit_listing(signed(who), commitment));
	commitment
}

/// List `details` as [`owner`], by commitment and reveal.
pub fn list_details(details: Details) -> VersionId {
	let version = crate::NextVersion::<Test>::get();
	commit(owner(), &details);
	skip_blocks(10);
	assert_ok!(Models::list_version(signed(owner()), SALT, details, PRICES));
	version
}

/// List [`details`] as [`owner`].
pub fn list() -> VersionId {
	list_details(details())
}

pub fn held(reason: HoldReason, who: &AccountId) -> Balance {
	Balances::balance_on_hold(&reason.into(), who)
}

pub fn free(who: &AccountId) -> Balance {
	Balances::balance(who)
}
