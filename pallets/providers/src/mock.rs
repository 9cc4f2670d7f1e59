//! A chain with this pallet, mocked neighbours and three funded accounts.

use crate as pallet_providers;
use crate::{invariants, Endpoints, Hardware, HardwareClass, Parameters};
use frame_support::{
	assert_ok, construct_runtime, parameter_types,
	traits::fungible::{InspectHold, Mutate},
	BoundedVec,
};
use sp_runtime::BuildStorage;
use terminal_primitives::{Balance, BlockNumber, Digest, MachineId, UNIT};
use terminal_test_support::{
	account, externalities, genesis, impl_balances, impl_system, impl_timestamp, AccountId,
	MockBurn, MockGuard,
};

construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Providers: pallet_providers,
	}
);

impl_system!(Test);
impl_timestamp!(Test);
impl_balances!(Test);

parameter_types! {
	/// Longer than a test sets it to.
	pub static LongestWindow: BlockNumber = 10;
	/// Shorter than a machine must be offline before it is removed.
	pub static ClaimWindow: BlockNumber = 3;
}

impl pallet_providers::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Time = Timestamp;
	type Guard = MockGuard;
	type Burn = MockBurn<Balances>;
	type LongestWindow = LongestWindow;
	type ClaimWindow = ClaimWindow;
	type WeightInfo = ();
}

/// The cold account of the tests.
pub fn provider() -> AccountId {
	account(1)
}
/// The hot account of its machines.
pub fn agent() -> AccountId {
	account(2)
}
/// Anybody else, with funds.
pub fn stranger() -> AccountId {
	account(3)
}

/// What every funded account starts with.
pub const ENDOWMENT: Balance = 100_000 * UNIT;
/// The bond that [`register`] makes.
pub const BOND: Balance = 1_000 * UNIT;
/// The price that [`register_machine`] asks.
pub const PRICE: Balance = 2_000_000;
/// The terms that [`register_machine`] names.
pub const DOCUMENT: Digest = [7; 32];

/// Short delays, so that tests can wait them out.
pub fn parameters() -> Parameters {
	Parameters {
		unbonding_delay_blocks: 20,
		removal_delay_blocks: 5,
		..Default::default()
	}
}

pub struct ExtBuilder {
	params: Parameters,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self {
			params: parameters(),
		}
	}
}

impl ExtBuilder {
	pub fn params(params: Parameters) -> Self {
		Self { params }
	}

	pub fn build(self) -> sp_io::TestExternalities {
		let balances = [provider(), agent(), stranger()].map(|who| (who, ENDOWMENT));
		let mut storage = genesis::<Test>(&balances);
		pallet_providers::GenesisConfig::<Test> {
			params: self.params,
			..Default::default()
		}
		.assimilate_storage(&mut storage)
		.expect("the parameters are valid");
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
		Self::default().build().execute_with(|| {
			assert_ok!(invariants::check::<Test>());
			test();
			let found = format!("{:?}", invariants::check::<Test>());
			assert!(found.contains(number), "{number} expected, found {found}");
		})
	}
}

pub fn text<const N: u32>(text: &str) -> BoundedVec<u8, frame_support::traits::ConstU32<N>> {
	text.as_bytes()
		.to_vec()
		.try_into()
		.expect("the text is short enough")
}

/// The endpoints of these texts.
pub fn hosts(texts: &[&str]) -> Endpoints {
	let endpoints = texts.iter().map(|one| text(one)).collect::<Vec<_>>();
	endpoints.try_into().expect("the hosts are few enough")
}

pub fn endpoints() -> Endpoints {
	hosts(&["https://gpu.example.org:8443", "http://192.0.2.7:8711"])
}

pub fn hardware(count: u32) -> Hardware {
	Hardware {
		class: HardwareClass::Gpu,
		accelerator: text("h100-sxm"),
		count,
		memory_mib: 81_559,
		vcpus: 208,
		ram_mib: 1_800_000,
		disk_gib: 28_000,
		region: text("eu-west"),
		interconnect: text("nvlink-4"),
		driver: text("nvidia-570.86"),
	}
}

/// Make [`provider`] a provider.
pub fn register() {
	assert_ok!(Providers::register_provider(
		RuntimeOrigin::signed(provider()),
		BOND
	));
}

/// Register a machine of `count` units for it, offline.
pub fn register_machine(count: u32) -> MachineId {
	let id = crate::NextMachine::<Test>::get();
	assert_ok!(Providers::register_machine(
		RuntimeOrigin::signed(provider()),
		hardware(count),
		agent(),
		endpoints(),
		PRICE,
		DOCUMENT
	));
	id
}

/// A provider with one machine of 4 units, online.
pub fn online_machine() -> MachineId {
	register();
	let id = register_machine(4);
	let online = terminal_primitives::market::MachineStatus::Online;
	assert_ok!(Providers::set_status(
		RuntimeOrigin::signed(agent()),
		id,
		online
	));
	id
}

/// What is on hold as [`provider`]'s bond.
pub fn held() -> Balance {
	Balances::balance_on_hold(&crate::HoldReason::Bond.into(), &provider())
}

/// What [`provider`] could spend.
pub fn free(who: &AccountId) -> Balance {
	use frame_support::traits::fungible::Inspect;
	Balances::balance(who)
}

/// Leave an account with less than nothing to bond.
pub fn drain(who: &AccountId) {
	Balances::set_balance(who, UNIT);
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn at_block(block: BlockNumber) {
	System::set_block_number(block);
}
