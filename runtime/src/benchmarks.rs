//! What `frame-omni-bencher` may measure: our own pallets, and the SDK's transfer as the yardstick.

use crate::{
	AccountId, AllPalletsWithSystem, Balances, Leases, Models, Providers, Runtime,
	RuntimeHoldReason, RuntimeOrigin, System, UNIT,
};
use alloc::{string::String, vec::Vec};
use frame_benchmarking::{define_benchmarks, BenchmarkBatch, BenchmarkConfig, BenchmarkList};
use frame_support::{
	assert_ok,
	traits::{
		fungible::{Mutate, MutateHold},
		StorageInfo, StorageInfoTrait, WhitelistedStorageKeys,
	},
	BoundedVec,
};
use frame_system_benchmarking::Pallet as SystemBench;
use terminal_primitives::{
	market::{JobView, MachineStatus, ProviderBonds},
	uptime::UptimeRecorder,
	Digest, LeaseId, MachineId, Moment, VersionId,
};

define_benchmarks!(
	[frame_system, SystemBench::<Runtime>]
	[pallet_balances, Balances]
	[pallet_models, Models]
	[pallet_providers, Providers]
	[pallet_leases, Leases]
	[pallet_attestation, crate::Attestation]
	[pallet_supply, crate::Supply]
);

impl frame_system_benchmarking::Config for Runtime {}

/// Which benchmarks there are.
pub fn metadata(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
	let mut list = Vec::new();
	list_benchmarks!(list, extra);
	(list, AllPalletsWithSystem::storage_info())
}

/// Run one.
pub fn dispatch(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
	let whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
	let mut batches = Vec::new();
	let params = (&config, &whitelist);
	add_benchmarks!(params, batches);
	Ok(batches)
}

/// Builds in one pallet what another pallet's benchmarks need.
pub struct Helper;

/// The price of one unit's second.
const PRICE: u128 = UNIT / 1_000;
/// The bond of a provider: answers for 50,000 TCT of jobs.
const BOND: u128 = 100_000 * UNIT;

fn text<S: frame_support::traits::Get<u32>>(text: &[u8]) -> BoundedVec<u8, S> {
	BoundedVec::truncate_from(text.to_vec())
}

/// An online machine under the next id.
fn machine(provider: &AccountId, agent: &AccountId, units: u32) -> MachineId {
	for account in [provider, agent] {
		assert_ok!(Balances::mint_into(account, 1_000_000 * UNIT));
	}
	let owner = RuntimeOrigin::signed(provider.clone());
	if pallet_providers::Providers::<Runtime>::get(provider).is_none() {
		assert_ok!(Providers::register_provider(owner.clone(), BOND));
	}
	let id = pallet_providers::NextMachine::<Runtime>::get();
	let hardware = pallet_providers::Hardware {
		class: pallet_providers::HardwareClass::Gpu,
		accelerator: text(b"h100-sxm"),
		count: units,
		memory_mib: 81_559,
		vcpus: 16,
		ram_mib: 131_072,
		disk_gib: 512,
		region: text(b"eu-west"),
		interconnect: text(b"nvlink-4"),
		driver: text(b"nvidia-570.86"),
	};
	assert_ok!(Providers::register_machine(
		owner.clone(),
		hardware,
		agent.clone(),
		text(b"https://machine.example:9000"),
		PRICE,
		[1; 32],
	));
	assert_ok!(Providers::set_status(owner, id, MachineStatus::Online));
	id
}

impl pallet_leases::BenchmarkHelper<AccountId> for Helper {
	fn machine(provider: &AccountId, agent: &AccountId, units: u32) -> MachineId {
		machine(provider, agent, units)
	}

	fn version(owner: &AccountId, weights_root: Digest) -> VersionId {
		assert_ok!(Balances::mint_into(owner, 1_000 * UNIT));
		let id = pallet_models::NextVersion::<Runtime>::get();
		let details = pallet_models::Details {
			manifest: [2; 32],
			weights_root: Some(weights_root),
			format: pallet_models::Format::IntegerNetwork,
			bytes: 4_096,
			licence: text(b"Apache-2.0"),
			card_hash: [3; 32],
			name: text(b"benchmark"),
		};
		let salt = [4; 32];
		let prices = pallet_models::Prices {
			per_job: UNIT,
			per_second: PRICE,
		};
		let commitment = details.commitment(owner, &salt);
		let origin = RuntimeOrigin::signed(owner.clone());
		let now = System::block_number();
		let delay = pallet_models::Params::<Runtime>::get().reveal_delay_blocks;
		assert_ok!(Models::commit_listing(origin.clone(), commitment));
		System::set_block_number(now.saturating_add(delay));
		assert_ok!(Models::list_version(origin, salt, details, prices));
		System::set_block_number(now);
		id
	}

	fn prove(machine: MachineId, from: Moment, to: Moment) {
		Providers::record_pass(machine, from, 1);
		Providers::record_pass(machine, to, to.saturating_sub(from));
	}

	fn set_time(now: Moment) {
		// Past BABE, which would compare it with the slot.
		pallet_timestamp::Now::<Runtime>::put(now);
	}
}

impl pallet_attestation::BenchmarkHelper<AccountId> for Helper {
	fn machine(id: MachineId, provider: &AccountId, agent: &AccountId) {
		pallet_providers::NextMachine::<Runtime>::put(id);
		machine(provider, agent, 4);
	}

	fn job(lease: LeaseId, job: JobView<AccountId>) {
		use pallet_leases::{Books, HoldReason, JobWork, Lease, State, Work};
		let terms = pallet_leases::Params::<Runtime>::get().terms();
		let (price, deposit) = (10 * UNIT, UNIT);
		let hold = |reason: HoldReason, amount| {
			assert_ok!(Balances::hold(
				&RuntimeHoldReason::from(reason),
				&job.consumer,
				amount
			));
		};
		assert_ok!(Balances::mint_into(&job.consumer, 1_000 * UNIT));
		hold(HoldReason::Escrow, price);
		hold(HoldReason::OpeningDeposit, deposit);
		if pallet_providers::Providers::<Runtime>::get(&job.provider).is_none() {
			machine(&job.provider, &job.agent, 4);
		}
		assert_ok!(Providers::put_at_risk(&job.provider, price));
		let committed_at = job.committed_at.unwrap_or_default();
		let record = Lease {
			consumer: job.consumer,
			provider: job.provider,
			machine: job.machine,
			terms_hash: [0; 32],
			version: None,
			opened_at: committed_at,
			terms,
			deposit,
			books: Books {
				deposited: price,
				held: price,
				..Default::default()
			},
			work: Work::Job(JobWork {
				spec: job.spec,
				price,
				royalty: 0,
				deadline_blocks: 100,
				manifest: [0; 32],
				input_url: Default::default(),
				weights_url: Default::default(),
			}),
			state: State::Committed {
				root: job.result_root.unwrap_or_default(),
				committed_at,
			},
			wake_at: 0,
		};
		pallet_leases::Leases::<Runtime>::insert(lease, record);
	}
}
