//! The smallest chain in which the worker runs: its state is put there by hand.

use crate::types::Endpoints;
use frame_support::{
	construct_runtime,
	pallet_prelude::ValueQuery,
	parameter_types, storage_alias,
	traits::{ConstU32, ConstU64},
	PalletId, Twox64Concat,
};
use frame_system::offchain::{
	CreateAuthorizedTransaction, CreateTransaction, CreateTransactionBase,
};
use terminal_primitives::MachineId;
use terminal_test_support::{MockBurn, MockJobs, MockMachines, MockUptime};

construct_runtime!(
	pub enum Runtime {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Attestation: crate,
	}
);

terminal_test_support::impl_system!(Runtime);
terminal_test_support::impl_timestamp!(Runtime);
terminal_test_support::impl_balances!(Runtime);

/// A transaction of this chain.
pub type Transaction = frame_system::mocking::MockUncheckedExtrinsic<Runtime>;

impl<C> CreateTransactionBase<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type RuntimeCall = RuntimeCall;
	type Extrinsic = Transaction;
}

impl<C> CreateTransaction<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type Extension = ();
	fn create_transaction(call: RuntimeCall, extension: ()) -> Transaction {
		Transaction::new_transaction(call, extension)
	}
}

impl<C> CreateAuthorizedTransaction<C> for Runtime
where
	RuntimeCall: From<C>,
{
	fn create_extension() {}
}

parameter_types! {
	pub const PotId: PalletId = PalletId(*b"tct/attn");
	pub Vrf: Option<[u8; 32]> = Some([5; 32]);
}

impl crate::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Machines = MockMachines;
	type Endpoints = Hosts;
	type Uptime = MockUptime;
	type Jobs = MockJobs;
	type Burn = MockBurn<Balances>;
	type Time = Timestamp;
	type Vrf = Vrf;
	type SlotMillis = ConstU64<6_000>;
	type LeaseWindows = ();
	type PotId = PotId;
	type MaxChallengesPerBlock = ConstU32<200>;
	type MaxDuePerBlock = ConstU32<400>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

#[storage_alias]
type HostsOf = StorageMap<Mock, Twox64Concat, MachineId, Vec<Vec<u8>>, ValueQuery>;

/// Endpoints that tests put there.
pub struct Hosts;

impl Hosts {
	pub fn put(machine: MachineId, endpoints: &[&str]) {
		let bytes = endpoints.iter().map(|one| one.as_bytes().to_vec());
		HostsOf::insert(machine, bytes.collect::<Vec<_>>())
	}
}

impl Endpoints for Hosts {
	fn endpoints(machine: MachineId) -> Vec<Vec<u8>> {
		HostsOf::get(machine)
	}
}
