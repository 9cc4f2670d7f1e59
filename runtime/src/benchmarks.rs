//! What `frame-omni-bencher` may measure: our own pallets, and the SDK's transfer as the yardstick.

use crate::{
	configs::economy::ExistentialDeposit, AccountId, AllPalletsWithSystem, Assets, AssetsHolder,
	Attestation, Balances, Leases, Market, Models, Providers, Runtime, RuntimeHoldReason,
	RuntimeOrigin, Supply, System, UNIT,
};
use alloc::{string::String, vec, vec::Vec};
use frame_benchmarking::{define_benchmarks, BenchmarkBatch, BenchmarkConfig, BenchmarkList};
use frame_support::{
	assert_ok,
	traits::{
		fungible::{Mutate, MutateHold},
		fungibles::MutateHold as _,
		Get, StorageInfo, StorageInfoTrait, WhitelistedStorageKeys,
	},
	BoundedVec,
};
use frame_system_benchmarking::Pallet as SystemBench;
use pallet_providers::{
	calendar::{Booking, Calendar, Lent, MAX_BOOKINGS, MAX_LENT},
	runs::{Run, Uptime, MAX_RUNS},
	types::{MAX_ENDPOINT, MAX_ENDPOINTS},
	windows::{Window, Windows, MAX_WINDOWS},
	Unlocking,
};
use terminal_primitives::{
	market::{JobView, MachineStatus, Machines, ProviderBonds, Requirements, Slug, MAX_SLUG},
	AssetId, BlockNumber, Digest, LeaseId, MachineId, Moment, VersionId,
};

define_benchmarks!(
	[frame_system, SystemBench::<Runtime>]
	[pallet_balances, Balances]
	[pallet_models, Models]
	[pallet_providers, Providers]
	[pallet_leases, Leases]
	[pallet_attestation, Attestation]
	[pallet_market, Market]
	[pallet_supply, Supply]
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
/// The bond of a provider: answers for 500,000 TCT of jobs, and for as many units as are built.
const BOND: u128 = 1_000_000 * UNIT;

/// As long as it may be.
fn longest<S: Get<u32>>() -> BoundedVec<u8, S> {
	BoundedVec::truncate_from(vec![b'a'; S::get() as usize])
}

/// A driver as long as it may be, whose version has the most numbers.
fn longest_driver() -> Slug {
	let numbers = b"a-1".iter().chain(b".1".iter().cycle()).copied();
	BoundedVec::truncate_from(numbers.take(MAX_SLUG as usize - 1).collect())
}

/// As many hosts as there may be, with names as long as they may be.
fn longest_endpoints() -> pallet_providers::Endpoints {
	let endpoint = |first: u8| {
		let labels = b"n-endpoint-with-the-longest.a";
		let bytes = b"https://".iter().copied().chain([first]);
		let bytes = bytes.chain(labels.iter().cycle().copied());
		bytes.take(MAX_ENDPOINT as usize).collect::<Vec<_>>()
	};
	let firsts = (b'a'..).take(MAX_ENDPOINTS as usize);
	let all = firsts.map(|first| BoundedVec::truncate_from(endpoint(first)));
	BoundedVec::truncate_from(all.collect())
}

/// An online machine under the next id: so many units are free, others are lent.
fn machine(provider: &AccountId, agent: &AccountId, units: u32) -> MachineId {
	let owner = RuntimeOrigin::signed(provider.clone());
	if pallet_providers::Providers::<Runtime>::get(provider).is_none() {
		assert_ok!(Balances::mint_into(provider, 2 * BOND));
		assert_ok!(Providers::register_provider(owner.clone(), BOND));
	}
	assert_ok!(Balances::mint_into(agent, 1_000 * UNIT));
	let id = pallet_providers::NextMachine::<Runtime>::get();
	let hardware = pallet_providers::Hardware {
		class: pallet_providers::HardwareClass::Gpu,
		accelerator: longest(),
		count: units + MAX_LENT,
		memory_mib: 81_559,
		vcpus: 16,
		ram_mib: 131_072,
		disk_gib: 512,
		region: longest(),
		interconnect: longest(),
		driver: longest_driver(),
	};
	assert_ok!(Providers::register_machine(
		owner.clone(),
		hardware,
		agent.clone(),
		longest_endpoints(),
		PRICE,
		[1; 32],
	));
	assert_ok!(Providers::set_status(owner, id, MachineStatus::Online));
	assert_ok!(<Providers as Machines<AccountId>>::reserve(
		id,
		MAX_LENT,
		Moment::MAX
	));
	fill_unlocking(provider);
	id
}

/// As many parts of a bond on their way out as there may be.
fn fill_unlocking(provider: &AccountId) {
	pallet_providers::Providers::<Runtime>::mutate_extant(provider, |books| {
		let (amount, at) = (UNIT, BlockNumber::MAX);
		while books.unlocking.try_push(Unlocking { amount, at }).is_ok() {
			books.bond -= amount;
		}
	});
}

/// The first of the assets in which leases are paid in benchmarks. No preset has it.
const ASSET: AssetId = 4_000_000_000;

/// Put `one` at the end of a list that is filled up with `other`.
fn last_of_all<V: Clone, S: Get<u32>>(list: &mut BoundedVec<V, S>, one: V, other: V) {
	while list.try_push(other.clone()).is_ok() {}
	list.as_mut().rotate_left(1);
	if let Some(last) = list.iter_mut().last() {
		*last = one;
	}
}

/// Who issues and freezes them.
fn issuer() -> AccountId {
	[250; 32].into()
}

/// Create an asset with the existential deposit as its least balance, unless there is one.
fn create(asset: AssetId) {
	if !pallet_assets::Asset::<Runtime>::contains_key(asset) {
		let (root, owner) = (RuntimeOrigin::root(), issuer().into());
		let least = ExistentialDeposit::get();
		assert_ok!(Assets::force_create(root, asset.into(), owner, true, least));
	}
}

/// Mint ten million times 10¹² base units of an asset for an account.
fn give(asset: AssetId, who: &AccountId) {
	let (issuer, to) = (RuntimeOrigin::signed(issuer()), who.clone().into());
	assert_ok!(Assets::mint(issuer, asset.into(), to, 10_000_000 * UNIT));
}

/// Let its issuer block an account, if that has some of an asset.
fn block(asset: AssetId, who: &AccountId) {
	if pallet_assets::Account::<Runtime>::contains_key(asset, who) {
		let (issuer, who) = (RuntimeOrigin::signed(issuer()), who.clone().into());
		assert_ok!(Assets::block(issuer, asset.into(), who));
	}
}

/// Fill a machine's calendar from `from` on: as many ends of what others have lent as there may be,
/// and, with those that are there, as many bookings less `room`, of so many units each.
fn crowd_calendar(machine: MachineId, from: Moment, units: u32, room: u32) {
	pallet_providers::Calendars::<Runtime>::mutate(machine, |calendar| {
		let lent = (0..u64::from(MAX_LENT)).map(|after| Lent {
			until: from + 1_000 + after,
			units: 1,
		});
		let mut bookings = core::mem::take(&mut calendar.bookings).into_inner();
		let missing = (MAX_BOOKINGS - room) as usize - bookings.len();
		bookings.extend((from..).take(missing).map(|from| Booking {
			from,
			until: from + 1,
			units,
		}));
		bookings.sort_by_key(|booking| (booking.from, booking.until));
		*calendar = Calendar {
			reserved: calendar.reserved,
			lent: BoundedVec::truncate_from(lent.collect()),
			bookings: BoundedVec::truncate_from(bookings),
		};
	});
}

/// All units of a machine, those that others have lent among them.
fn all_units(machine: MachineId) -> u32 {
	let entry = pallet_providers::Machines::<Runtime>::get(machine);
	entry.expect("it is registered").hardware.count
}

impl pallet_leases::BenchmarkHelper<AccountId> for Helper {
	fn machine(provider: &AccountId, agent: &AccountId, units: u32) -> MachineId {
		machine(provider, agent, units)
	}

	fn version(owner: &AccountId, weights_root: Digest) -> VersionId {
		assert_ok!(Balances::mint_into(owner, 1_000 * UNIT));
		let id = pallet_models::NextVersion::<Runtime>::get();
		// No two versions are the same.
		let mut manifest = [2; 32];
		manifest[..8].copy_from_slice(&id.0.to_le_bytes());
		let details = pallet_models::Details {
			manifest,
			weights_root: Some(weights_root),
			format: pallet_models::Format::IntegerNetwork,
			bytes: 4_096,
			licence: longest(),
			card_hash: [3; 32],
			name: longest(),
		};
		let salt = [4; 32];
		let prices = pallet_models::Prices {
			per_job: UNIT,
			per_second: PRICE,
			per_call: PRICE,
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

	fn crowd(machine: MachineId, from: Moment, tight: bool) {
		pallet_providers::Calendars::<Runtime>::mutate(machine, |calendar| {
			calendar.bookings = Default::default();
		});
		let units = if tight { all_units(machine) } else { 1 };
		crowd_calendar(machine, from, units, 0);
	}

	fn announce(machine: MachineId, at: Moment) {
		let windows = (1..=u64::from(MAX_WINDOWS)).rev().map(|before| Window {
			from: at + 1 - before,
			until: at + 2 - before,
		});
		pallet_providers::MaintenanceWindows::<Runtime>::insert(
			machine,
			Windows {
				kept: BoundedVec::truncate_from(windows.collect()),
				allowed_ms: u64::from(MAX_WINDOWS),
			},
		);
	}

	fn prove(machine: MachineId, from: Moment, to: Moment) {
		let earlier = (1..u64::from(MAX_RUNS)).rev().map(|before| {
			let began = from - before * 10_000;
			(began, began + 1_000)
		});
		let (mut runs, mut before) = (Vec::new(), 0);
		for (from, to) in earlier.chain([(from, to)]) {
			runs.push(Run { from, to, before });
			before += to - from;
		}
		pallet_providers::Uptimes::<Runtime>::insert(
			machine,
			Uptime {
				runs: BoundedVec::truncate_from(runs),
				open: true,
				resolved: to,
				gap_cap_ms: 1_000,
			},
		);
	}

	fn ruin(provider: &AccountId) {
		Providers::slash(provider, u128::MAX, None);
		Balances::set_balance(provider, 0);
		assert_eq!(Balances::free_balance(provider), 0);
	}

	fn attested(lease: LeaseId) {
		let task = pallet_attestation::TaskOfLease::<Runtime>::get(lease);
		pallet_attestation::Tasks::<Runtime>::mutate_extant(
			task.expect("it was committed"),
			|task| {
				task.phase = pallet_attestation::types::Phase::Passed { votes_until: 0 };
			},
		);
	}

	fn asset(number: u32, machine: MachineId, version: VersionId) -> AssetId {
		let asset = ASSET + number;
		// As many as there may be: the preset's own give way.
		let others: Vec<_> = pallet_leases::ApprovedAssets::<Runtime>::iter_keys()
			.filter(|other| *other < ASSET)
			.collect();
		for other in others {
			assert_ok!(Leases::remove_asset(RuntimeOrigin::root(), other));
		}
		create(asset);
		let terms = pallet_leases::AssetTerms {
			min_rate: 1_000,
			per_tct: UNIT,
		};
		assert_ok!(Leases::approve_asset(RuntimeOrigin::root(), asset, terms));
		let machines = pallet_providers::Machines::<Runtime>::get(machine);
		let price = machines.expect("it exists").price_per_second;
		pallet_providers::AssetPrices::<Runtime>::mutate(machine, |prices| {
			last_of_all(prices, (asset, price), (0, 1));
		});
		let versions = pallet_models::Versions::<Runtime>::get(version);
		let prices = versions.expect("it exists").prices;
		// Raised, as if its notice were over.
		let priced = |asset| pallet_models::AssetPrice {
			asset,
			prices: Some(prices),
			rise: Some(pallet_models::PriceRise { prices, from: 0 }),
		};
		pallet_models::AssetPrices::<Runtime>::mutate(version, |prices| {
			last_of_all(prices, priced(asset), priced(0));
		});
		asset
	}

	fn give(asset: AssetId, who: &AccountId) {
		give(asset, who)
	}

	fn block(asset: AssetId, who: &AccountId) {
		block(asset, who)
	}

	fn set_time(now: Moment) {
		// Past BABE, which would compare it with the slot.
		pallet_timestamp::Now::<Runtime>::put(now);
	}
}

impl pallet_market::BenchmarkHelper<AccountId> for Helper {
	fn machine(provider: &AccountId, agent: &AccountId, units: u32) -> MachineId {
		machine(provider, agent, units)
	}

	fn version(owner: &AccountId) -> VersionId {
		<Self as pallet_leases::BenchmarkHelper<AccountId>>::version(owner, [9; 32])
	}

	fn wanted() -> Requirements {
		// The accelerator that will do comes last.
		let mut accelerators = vec![BoundedVec::truncate_from(vec![b'b'; MAX_SLUG as usize]); 7];
		accelerators.push(longest());
		Requirements {
			class: pallet_providers::HardwareClass::Gpu,
			accelerators: BoundedVec::truncate_from(accelerators),
			min_memory_mib: 81_559,
			region: Some(longest()),
			interconnect: Some(longest()),
			min_driver: Some(longest_driver()),
		}
	}

	fn asset(number: u32, machine: MachineId, version: VersionId) -> AssetId {
		<Self as pallet_leases::BenchmarkHelper<AccountId>>::asset(number, machine, version)
	}

	fn give(asset: AssetId, who: &AccountId) {
		give(asset, who)
	}

	fn block(asset: AssetId, who: &AccountId) {
		block(asset, who)
	}

	fn crowd(machine: MachineId, from: Moment, room: u32, tight: bool) {
		let units = if tight { all_units(machine) } else { 1 };
		crowd_calendar(machine, from, units, room);
	}

	fn set_time(now: Moment) {
		<Self as pallet_leases::BenchmarkHelper<AccountId>>::set_time(now)
	}
}

impl pallet_attestation::BenchmarkHelper<AccountId> for Helper {
	fn machine(id: MachineId, provider: &AccountId, agent: &AccountId) {
		pallet_providers::NextMachine::<Runtime>::put(id);
		machine(provider, agent, 4);
	}

	/// Paid in an asset of its own, whose issuer has blocked the consumer: a refund becomes a claim.
	fn job(lease: LeaseId, job: JobView<AccountId>, delivering: bool) {
		use pallet_leases::{
			Books, Demand, HoldReason, JobWork, Lease, State, Work, MAX_OPEN_DEMANDS,
		};
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
		let asset = ASSET + u32::try_from(lease.0).expect("a few");
		create(asset);
		give(asset, &job.consumer);
		let escrow = RuntimeHoldReason::from(HoldReason::Escrow);
		assert_ok!(AssetsHolder::hold(asset, &escrow, &job.consumer, price));
		block(asset, &job.consumer);
		hold(HoldReason::OpeningDeposit, deposit);
		if pallet_providers::Providers::<Runtime>::get(&job.provider).is_none() {
			machine(&job.provider, &job.agent, 4);
		}
		assert_ok!(Providers::put_at_risk(&job.provider, price));
		let committed_at = job.committed_at.unwrap_or_default();
		let root = job.result_root.unwrap_or_default();
		let state = if delivering {
			let (until, posting) = (committed_at + terms.delivery_blocks, terms.posting_fee);
			let demands = (0..MAX_OPEN_DEMANDS).map(|index| {
				hold(HoldReason::Posting, posting);
				Demand {
					index,
					answer_by: until,
					posting,
				}
			});
			State::Delivering {
				root,
				committed_at,
				until,
				demands: BoundedVec::truncate_from(demands.collect()),
			}
		} else {
			State::Committed { root, committed_at }
		};
		let record = Lease {
			consumer: job.consumer,
			provider: job.provider,
			machine: job.machine,
			asset: Some(asset),
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
				at_risk: price,
				royalty: 0,
				deadline_blocks: 100,
				manifest: [0; 32],
				input_url: longest(),
				weights_url: longest(),
			}),
			state,
			wake_at: 0,
			continues: None,
		};
		pallet_leases::Leases::<Runtime>::insert(lease, record);
	}
}
