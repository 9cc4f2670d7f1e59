//! Worst cases, each with its outcome asserted.

use crate::{
	hooks, receipts, types::*, Call, Claims, Config, Expiries, ExpiryCursor, Leases, Pallet, Params,
};
use alloc::{collections::BTreeMap, vec};
use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{Balanced, Inspect, Mutate},
		Get,
	},
	weights::WeightMeter,
	BoundedVec,
};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use sp_core::crypto::KeyTypeId;
use sp_io::crypto::{sr25519_generate, sr25519_sign};
use terminal_gpu_proof::{
	merkle,
	result::{context, input_leaf, output_leaf, Leaf},
};
use terminal_primitives::{
	market::{JobSpec, Jobs, Machines, Verdict},
	Balance, BlockNumber, Digest, LeaseId, MachineId, Moment, VersionId, UNIT,
};

/// Builds what benchmarks need of other pallets.
pub trait BenchmarkHelper<AccountId> {
	/// An online machine with so many free units, and a bond that answers for 1,000 TCT of jobs.
	fn machine(provider: &AccountId, agent: &AccountId, units: u32) -> MachineId;
	/// A version with prices above zero, pinned to `weights_root`.
	fn version(owner: &AccountId, weights_root: Digest) -> VersionId;
	/// Prove all time from `from` to `to`, after as many earlier runs as are kept; what lies before
	/// `to` is final.
	fn prove(machine: MachineId, from: Moment, to: Moment);
	/// End attestation of a committed job: no challenge is open on it any more.
	fn attested(lease: LeaseId);
	/// Set the clock.
	fn set_time(now: Moment);
}

const KEYS: KeyTypeId = KeyTypeId(*b"dumy");
const WEIGHTS_ROOT: Digest = [9; 32];
const START: Moment = 1_800_000_000_000;
const HOUR_MS: u64 = 3_600_000;

fn funded<T: Config>(name: &'static str) -> T::AccountId {
	let who = account(name, 0, 0);
	T::Currency::set_balance(&who, 1_000_000 * UNIT);
	who
}

struct Setting<T: Config> {
	consumer: T::AccountId,
	provider: T::AccountId,
	agent: T::AccountId,
	machine: MachineId,
	version: VersionId,
	terms_hash: Digest,
	rate: Balance,
}

/// Parties, machine, version, a pot and production's parameters.
fn setting<T: Config>() -> Setting<T> {
	Params::<T>::put(Parameters::default());
	frame_system::Pallet::<T>::set_block_number(1u32.into());
	T::BenchmarkHelper::set_time(START);
	T::Currency::set_balance(&Pallet::<T>::pot_account(), UNIT);
	let consumer = funded::<T>("consumer");
	let provider = funded::<T>("provider");
	let agent = funded::<T>("agent");
	let machine = T::BenchmarkHelper::machine(&provider, &agent, 4);
	let version = T::BenchmarkHelper::version(&funded::<T>("author"), WEIGHTS_ROOT);
	let summary = T::Machines::machine(machine).expect("it was registered");
	let (terms_hash, rate) = (summary.terms_hash, summary.price_per_second);
	Setting {
		consumer,
		provider,
		agent,
		machine,
		version,
		terms_hash,
		rate,
	}
}

impl<T: Config> Setting<T> {
	fn open_metered(&self) -> (LeaseId, TenantKey) {
		let id = crate::NextLeaseId::<T>::get();
		let tenant = sr25519_generate(KEYS, None);
		Pallet::<T>::do_open_metered(
			self.consumer.clone(),
			MeteredOrder {
				machine: self.machine,
				units: 1,
				duration_seconds: 3_600,
				max_rate: self.rate,
				terms_hash: self.terms_hash,
				version: Some(self.version),
				tenant: Some(tenant),
				funds: 500_000 * UNIT,
			},
		)
		.expect("the order is fine");
		(id, tenant)
	}

	fn active(&self) -> (LeaseId, TenantKey) {
		let (id, tenant) = self.open_metered();
		Pallet::<T>::do_accept(self.agent.clone(), id).expect("the machine is free");
		let handshake = receipt::<T>(id, &tenant, 0);
		Pallet::<T>::do_start(self.agent.clone(), id, Some(handshake)).expect("it starts");
		(id, tenant)
	}

	/// Closed after half an hour, all of it proven, receipts awaited.
	fn closing(&self) -> (LeaseId, TenantKey) {
		let (id, tenant) = self.active();
		T::BenchmarkHelper::set_time(START + HOUR_MS / 2);
		Pallet::<T>::do_close(self.consumer.clone(), id).expect("it runs");
		T::BenchmarkHelper::prove(self.machine, START, START + HOUR_MS / 2);
		(id, tenant)
	}

	fn open_job(&self, spec: JobSpec) -> LeaseId {
		let id = crate::NextLeaseId::<T>::get();
		Pallet::<T>::do_open_job(self.consumer.clone(), self.job(spec)).expect("the order is fine");
		id
	}

	fn job(&self, spec: JobSpec) -> JobOrder {
		JobOrder {
			machine: self.machine,
			spec,
			price: 10 * UNIT,
			max_total: Balance::MAX,
			deadline_blocks: 100,
			version: Some(self.version),
			manifest: [1; 32],
			input_url: vec![b'a'; MAX_LOCATION_BYTES as usize],
			weights_url: vec![b'a'; MAX_LOCATION_BYTES as usize],
			terms_hash: self.terms_hash,
		}
	}

	/// A job passed by attestation, with `open` demands besides the one for leaf 0.
	fn demanded(&self, spec: JobSpec, root: Digest, open: u32) -> LeaseId {
		let id = self.open_job(spec);
		Pallet::<T>::do_accept(self.agent.clone(), id).expect("the machine is free");
		Pallet::<T>::do_commit_result(self.agent.clone(), id, root).expect("in time");
		T::BenchmarkHelper::attested(id);
		Pallet::<T>::conclude(id, Verdict::Pass, None).expect("it was committed");
		for index in (1..=open).rev() {
			Pallet::<T>::do_demand_leaf(self.consumer.clone(), id, index).expect("there is room");
		}
		id
	}
}

fn receipt<T: Config>(id: LeaseId, tenant: &TenantKey, milliseconds: u64) -> Receipt {
	// Wrapped: checked second.
	let message = receipts::wrap(&receipts::message::<T>(id, 0, milliseconds));
	let signature = sr25519_sign(KEYS, tenant, &message).expect("the key was generated");
	Receipt {
		segment: 0,
		milliseconds,
		signature,
	}
}

fn spec(items: u32, input_bytes: u32, input_root: Digest) -> JobSpec {
	JobSpec {
		input_root,
		weights_root: WEIGHTS_ROOT,
		items,
		weights_bytes: 100,
		input_bytes,
		output_bytes: 2,
		multiplications: 1_000,
		runner: RUNNER_INTEGER_NETWORK,
	}
}

fn small_spec() -> JobSpec {
	spec(64, 64, [2; 32])
}

fn set_block<T: Config>(number: BlockNumber) {
	frame_system::Pallet::<T>::set_block_number(BlockNumberFor::<T>::from(number));
}

/// Fill the wheel, so that a lease whose state lasts until block `last` finds room in the last
/// bucket that is tried.
fn crowd<T: Config>(last: BlockNumber) {
	let full = vec![LeaseId(u64::MAX); T::MaxExpiriesPerBlock::get() as usize];
	for bucket in (last + 1..).take(hooks::BUCKETS_TRIED as usize) {
		Expiries::<T>::insert(bucket, BoundedVec::truncate_from(full.clone()));
	}
	Expiries::<T>::mutate(last + hooks::BUCKETS_TRIED, |bucket| bucket.pop());
}

/// As [`crowd`], for a lease that is closed in block `now`.
fn crowd_closed<T: Config>(now: BlockNumber) {
	crowd::<T>(now + Params::<T>::get().retention_blocks)
}

fn state<T: Config>(id: LeaseId) -> State {
	Leases::<T>::get(id).expect("the lease exists").state
}

fn outcome<T: Config>(id: LeaseId) -> Option<Outcome> {
	match state::<T>(id) {
		State::Closed { outcome, .. } => Some(outcome),
		_ => None,
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn open_metered() {
		let s = setting::<T>();
		let tenant = sr25519_generate(KEYS, None);
		crowd::<T>(1 + Params::<T>::get().offer_blocks);
		#[extrinsic_call]
		_(
			RawOrigin::Signed(s.consumer),
			s.machine,
			1,
			3_600,
			s.rate,
			s.terms_hash,
			Some(s.version),
			Some(tenant),
			500_000 * UNIT,
		);
		assert!(matches!(state::<T>(LeaseId(0)), State::Offered { .. }));
	}

	#[benchmark]
	fn open_job() {
		let s = setting::<T>();
		let order = s.job(small_spec());
		crowd::<T>(1 + Params::<T>::get().offer_blocks);
		#[extrinsic_call]
		_(
			RawOrigin::Signed(s.consumer),
			order.machine,
			order.spec,
			order.price,
			order.max_total,
			order.deadline_blocks,
			order.version,
			order.manifest,
			order.input_url,
			order.weights_url,
			order.terms_hash,
		);
		assert!(matches!(state::<T>(LeaseId(0)), State::Offered { .. }));
	}

	#[benchmark]
	fn accept() {
		let s = setting::<T>();
		let id = s.open_job(small_spec());
		crowd::<T>(1 + s.job(small_spec()).deadline_blocks);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), id);
		assert!(matches!(state::<T>(id), State::Running { .. }));
	}

	#[benchmark]
	fn start() {
		let s = setting::<T>();
		let (id, tenant) = s.open_metered();
		Pallet::<T>::do_accept(s.agent.clone(), id).expect("the machine is free");
		let handshake = receipt::<T>(id, &tenant, 0);
		let blocks = HOUR_MS / Params::<T>::get().block_ms;
		crowd::<T>(1 + blocks as BlockNumber);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), id, Some(handshake));
		assert!(matches!(state::<T>(id), State::Active { .. }));
	}

	#[benchmark]
	fn cancel() {
		let s = setting::<T>();
		let (id, _) = s.open_metered();
		Pallet::<T>::do_accept(s.agent.clone(), id).expect("the machine is free");
		set_block::<T>(1_000);
		crowd_closed::<T>(1_000);
		let finisher = funded::<T>("finisher");
		#[extrinsic_call]
		_(RawOrigin::Signed(finisher), id);
		assert_eq!(outcome::<T>(id), Some(Outcome::Expired));
	}

	#[benchmark]
	fn top_up() {
		let s = setting::<T>();
		let (id, _) = s.active();
		let donor = funded::<T>("donor");
		T::BenchmarkHelper::set_time(START + HOUR_MS / 2);
		T::BenchmarkHelper::prove(s.machine, START, START + HOUR_MS / 4);
		// As if it had been opened with less.
		Leases::<T>::mutate(id, |lease| {
			let lease = lease.as_mut().expect("it was opened");
			Pallet::<T>::refund(lease, lease.books.held / 2).expect("it is held");
		});
		let before = Leases::<T>::get(id).expect("it was opened").books.held;
		#[extrinsic_call]
		_(RawOrigin::Signed(donor), id, UNIT);
		assert!(Leases::<T>::get(id).expect("it was opened").books.held > before);
	}

	#[benchmark]
	fn settle() {
		let s = setting::<T>();
		let (id, tenant) = s.closing();
		let shown = receipt::<T>(id, &tenant, HOUR_MS / 4);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), id, Some(shown));
		let books = Leases::<T>::get(id).expect("it runs").books;
		assert!(books.paid > 0 && books.royalty > 0);
	}

	#[benchmark]
	fn close() {
		let s = setting::<T>();
		let (id, _) = s.active();
		T::BenchmarkHelper::set_time(START + HOUR_MS / 2);
		T::BenchmarkHelper::prove(s.machine, START, START + HOUR_MS / 4);
		crowd::<T>(1 + Params::<T>::get().claim_blocks);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.consumer), id);
		assert!(matches!(state::<T>(id), State::Closing { .. }));
	}

	#[benchmark]
	fn finish() {
		let s = setting::<T>();
		let (id, _) = s.closing();
		set_block::<T>(1_000);
		crowd_closed::<T>(1_000);
		let finisher = funded::<T>("finisher");
		#[extrinsic_call]
		_(RawOrigin::Signed(finisher), id);
		assert_eq!(outcome::<T>(id), Some(Outcome::CancelledByConsumer));
		assert!(Leases::<T>::get(id).expect("it is kept").books.paid > 0);
	}

	/// A job that was delivered.
	#[benchmark]
	fn finish_job() {
		let s = setting::<T>();
		let id = s.demanded(small_spec(), [5; 32], 0);
		set_block::<T>(1_000);
		crowd_closed::<T>(1_000);
		let finisher = funded::<T>("finisher");
		#[extrinsic_call]
		finish(RawOrigin::Signed(finisher), id);
		assert_eq!(outcome::<T>(id), Some(Outcome::Completed));
		assert!(Leases::<T>::get(id).expect("it is kept").books.royalty > 0);
	}

	/// A job none of whose demanded leaves was shown.
	#[benchmark]
	fn finish_undelivered() {
		let s = setting::<T>();
		let id = s.demanded(small_spec(), [5; 32], MAX_OPEN_DEMANDS);
		set_block::<T>(1_000);
		crowd_closed::<T>(1_000);
		let finisher = funded::<T>("finisher");
		#[extrinsic_call]
		finish(RawOrigin::Signed(finisher), id);
		assert_eq!(outcome::<T>(id), Some(Outcome::Undelivered));
	}

	#[benchmark]
	fn commit_result() {
		let s = setting::<T>();
		let id = s.open_job(small_spec());
		Pallet::<T>::do_accept(s.agent.clone(), id).expect("the machine is free");
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), id, [5; 32]);
		assert!(matches!(state::<T>(id), State::Committed { .. }));
	}

	#[benchmark]
	fn demand_leaf() {
		let s = setting::<T>();
		let id = s.demanded(small_spec(), [5; 32], MAX_OPEN_DEMANDS - 1);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.consumer), id, 0);
		let State::Delivering { demands, .. } = state::<T>(id) else {
			panic!("delivering")
		};
		assert_eq!(demands.len(), MAX_OPEN_DEMANDS as usize);
	}

	#[benchmark]
	fn answer_demand(b: Linear<0, 60_000>) {
		// The most items, so the longest paths.
		const ITEMS: u32 = 65_536;
		let s = setting::<T>();
		let (input, output) = (vec![1; b as usize], vec![2, 2]);
		let tree = |leaf: Digest| merkle::sparse(ITEMS, &BTreeMap::from([(0, leaf)]));
		let (input_root, mut inputs) = tree(input_leaf(0, &input));
		let id = crate::NextLeaseId::<T>::get();
		let context = context(&receipts::genesis_hash::<T>(), id.0, &s.provider.encode());
		let (root, mut results) = tree(output_leaf(&context, 0, &input, &output));
		let spec = spec(ITEMS, b, input_root);
		let id = s.demanded(spec, root, MAX_OPEN_DEMANDS - 1);
		Pallet::<T>::do_demand_leaf(s.consumer.clone(), id, 0).expect("there is room");
		let input_path = inputs.remove(&0).expect("leaf 0 is known");
		let output_path = results.remove(&0).expect("leaf 0 is known");
		let leaf = Leaf {
			index: 0,
			input,
			output,
			input_path,
			output_path,
		};
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), id, leaf);
		let State::Delivering { demands, .. } = state::<T>(id) else {
			panic!("delivering")
		};
		assert_eq!(demands.len(), MAX_OPEN_DEMANDS as usize - 1);
	}

	#[benchmark]
	fn set_params() {
		let params = Parameters {
			max_items: 7,
			..Default::default()
		};
		#[extrinsic_call]
		_(RawOrigin::Root, params.clone());
		assert_eq!(Params::<T>::get(), params);
	}

	#[benchmark]
	fn claim() {
		let s = setting::<T>();
		let pot = Pallet::<T>::pot_account();
		let credit = T::Currency::issue(UNIT);
		assert!(T::Currency::resolve(&pot, credit).is_ok());
		// Not alive: the claim opens the account.
		let beneficiary: T::AccountId = account("beneficiary", 0, 0);
		Claims::<T>::insert(&beneficiary, UNIT);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.consumer), beneficiary.clone());
		assert_eq!(T::Currency::balance(&beneficiary), UNIT);
	}

	#[benchmark]
	fn expire_bucket() {
		set_block::<T>(1);
		let look = <T::WeightInfo as crate::WeightInfo>::expire_bucket();
		let mut meter = WeightMeter::with_limit(look);
		#[block]
		{
			hooks::drain::<T>(1, &mut meter);
		}
		assert_eq!(ExpiryCursor::<T>::get(), 1);
	}

	#[benchmark]
	fn expire_lease() {
		let s = setting::<T>();
		let (id, _) = s.closing();
		let lease = Leases::<T>::get(id).expect("it is closing");
		let now = lease.wake_at;
		set_block::<T>(now);
		crowd_closed::<T>(now);
		ExpiryCursor::<T>::put(now);
		let mut meter = WeightMeter::new();
		#[block]
		{
			hooks::drain::<T>(now, &mut meter);
		}
		assert_eq!(outcome::<T>(id), Some(Outcome::CancelledByConsumer));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::build_with_keys(), crate::mock::Test);
}
