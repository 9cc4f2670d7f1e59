//! Worst cases, each with its outcome asserted.

mod setting;

use crate::{
	hooks, meter::MAINTENANCE_SEGMENTS, receipts, types::*, ApprovedAssets, Call, Claims, Config,
	ExpiryCursor, HoldReason, Leases, Pallet, Params, MAX_BATCH,
};
use alloc::{collections::BTreeMap, vec, vec::Vec};
use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::fungibles::{Inspect, MutateHold},
	weights::WeightMeter,
};
use frame_system::RawOrigin;
use setting::*;
use sp_io::crypto::sr25519_generate;
use sp_runtime::Perbill;
use terminal_gpu_proof::{
	merkle,
	result::{context, input_leaf, output_leaf, Leaf},
};
use terminal_primitives::{
	AssetId, BlockNumber, Digest, LeaseId, MachineId, Moment, VersionId, UNIT,
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
	/// An approved asset in which machine and version cost the same numbers as in TCT, and one TCT
	/// is worth as many of its base units as it has.
	fn asset(machine: MachineId, version: VersionId) -> AssetId;
	/// Give a million times 10¹² base units of that asset to an account.
	fn give(who: &AccountId);
	/// Set the clock.
	fn set_time(now: Moment);
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
			Some(s.asset),
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
			order.asset,
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
		let id = s.paused();
		let donor = rich::<T>("donor");
		#[extrinsic_call]
		_(RawOrigin::Signed(donor), id, 500_000 * UNIT);
		assert!(matches!(state::<T>(id), State::Active { .. }));
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

	/// Of an asset, by an account that has none of it.
	#[benchmark]
	fn claim() {
		let s = setting::<T>();
		let (asset, pot) = (s.asset, Pallet::<T>::pot_account());
		T::BenchmarkHelper::give(&pot);
		let why = HoldReason::Claim.into();
		T::AssetHolds::hold(asset, &why, &pot, UNIT).expect("it has as much");
		let beneficiary: T::AccountId = account("beneficiary", 0, 0);
		Claims::<T>::insert(&beneficiary, Some(asset), UNIT);
		#[extrinsic_call]
		_(
			RawOrigin::Signed(s.consumer),
			beneficiary.clone(),
			Some(asset),
		);
		assert_eq!(T::Assets::balance(asset, &beneficiary), UNIT);
	}

	#[benchmark]
	fn approve_asset() {
		let s = setting::<T>();
		let terms = AssetTerms {
			min_rate: 1_001,
			per_tct: 1,
		};
		Pallet::<T>::do_remove_asset(s.asset).expect("it is approved");
		#[extrinsic_call]
		_(RawOrigin::Root, s.asset, terms);
		assert_eq!(ApprovedAssets::<T>::get(s.asset), Some(terms));
	}

	#[benchmark]
	fn remove_asset() {
		let s = setting::<T>();
		#[extrinsic_call]
		_(RawOrigin::Root, s.asset);
		assert_eq!(ApprovedAssets::<T>::get(s.asset), None);
	}

	#[benchmark]
	fn extend() {
		let s = setting::<T>();
		let id = s.paused();
		#[extrinsic_call]
		_(
			RawOrigin::Signed(s.consumer),
			id,
			60,
			s.rate,
			500_000 * UNIT,
		);
		let Work::Metered(work) = Leases::<T>::get(id).expect("it runs").work else {
			panic!("a metered lease")
		};
		assert_eq!(work.duration_ms, HOUR_MS + 60_000);
	}

	#[benchmark]
	fn pause() {
		let s = setting::<T>();
		let (id, _) = s.used_up(MAINTENANCE_SEGMENTS + 1);
		s.allow_auto_top_up(id, 1);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.consumer), id);
		assert!(matches!(state::<T>(id), State::Paused { .. }));
		let books = Leases::<T>::get(id).expect("it is kept").books;
		assert!(books.paid > 0 && books.royalty > 0);
	}

	#[benchmark]
	fn resume() {
		let s = setting::<T>();
		let id = s.paused();
		s.allow_auto_top_up(id, 500_000 * UNIT);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.consumer), id);
		assert!(matches!(state::<T>(id), State::Active { .. }));
	}

	#[benchmark]
	fn set_auto_top_up() {
		let s = setting::<T>();
		let (id, _) = s.whole(1);
		let auto = Some(AutoTopUp { step: 1, cap: 2 });
		#[extrinsic_call]
		_(RawOrigin::Signed(s.consumer), id, auto);
		let Work::Metered(work) = Leases::<T>::get(id).expect("it runs").work else {
			panic!("a metered lease")
		};
		assert_eq!(work.auto_top_up, auto);
	}

	#[benchmark]
	fn reclaim() {
		let s = setting::<T>();
		let (id, _) = s.whole(0);
		let ends_at = START + HOUR_MS / 2 + 60_000;
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), id);
		assert_eq!(state::<T>(id), State::Active { ends_at });
	}

	#[benchmark]
	fn propose_change() {
		let s = setting::<T>();
		let (id, _) = s.whole(1);
		let change = Change {
			rate: s.rate,
			units: 2,
			acknowledged_ms: HOUR_MS,
		};
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), id, change);
		assert!(Pallet::<T>::proposal_hash(id).is_some());
	}

	#[benchmark]
	fn accept_change() {
		let s = setting::<T>();
		let (id, _) = s.whole(1);
		let hash = s.proposed(id);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.consumer), id, hash);
		let Work::Metered(work) = Leases::<T>::get(id).expect("it runs").work else {
			panic!("a metered lease")
		};
		assert_eq!((work.units, work.meter.has_room()), (2, false));
	}

	#[benchmark]
	fn withdraw_change() {
		let s = setting::<T>();
		let (id, _) = s.whole(1);
		s.proposed(id);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), id);
		assert_eq!(Pallet::<T>::proposal_hash(id), None);
	}

	#[benchmark]
	fn offer_transfer() {
		let s = setting::<T>();
		let (id, _) = s.whole(0);
		let to = rich::<T>("heir");
		#[extrinsic_call]
		_(RawOrigin::Signed(s.consumer), id, Some(to.clone()));
		let Work::Metered(work) = Leases::<T>::get(id).expect("it runs").work else {
			panic!("a metered lease")
		};
		assert_eq!(work.offered_to, Some(to));
	}

	#[benchmark]
	fn take_transfer() {
		let s = setting::<T>();
		let (id, tenant) = s.whole(MAINTENANCE_SEGMENTS + 1);
		let to = rich::<T>("heir");
		Pallet::<T>::do_offer_transfer(s.consumer.clone(), id, Some(to.clone())).expect("it runs");
		#[extrinsic_call]
		_(RawOrigin::Signed(to.clone()), id, Some(tenant));
		assert_eq!(Leases::<T>::get(id).expect("it runs").consumer, to);
	}

	#[benchmark]
	fn migrate() {
		let s = setting::<T>();
		let (id, tenant) = s.whole(0);
		// To the machine that it frees: another one would have to be built.
		#[extrinsic_call]
		_(
			RawOrigin::Signed(s.consumer),
			id,
			s.machine,
			s.rate,
			s.terms_hash,
			Some(tenant),
		);
		assert!(matches!(state::<T>(LeaseId(1)), State::Offered { .. }));
		assert!(matches!(state::<T>(id), State::Closing { .. }));
	}

	#[benchmark]
	fn dispute() {
		let s = setting::<T>();
		let (id, _) = s.whole(0);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.consumer), id, [1; 32]);
		assert!(matches!(state::<T>(id), State::Disputed { .. }));
	}

	#[benchmark]
	fn arbitrate() {
		let s = setting::<T>();
		let (id, _) = s.whole(0);
		Pallet::<T>::do_dispute(s.consumer.clone(), id, [1; 32]).expect("it has an arbiter");
		let arbiter = account("arbiter", 0, 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(arbiter), id, Perbill::from_percent(40));
		assert_eq!(outcome::<T>(id), Some(Outcome::Arbitrated));
		assert!(Leases::<T>::get(id).expect("it is kept").books.paid > 0);
	}

	/// Leases of one machine, each with a wrapped receipt.
	#[benchmark]
	fn settle_many(n: Linear<0, MAX_BATCH>) {
		let s = setting_with::<T>(MAX_BATCH);
		let running: Vec<_> = (0..n).map(|_| s.active()).collect();
		T::BenchmarkHelper::set_time(START + HOUR_MS / 2);
		T::BenchmarkHelper::prove(s.machine, START, START + HOUR_MS / 2);
		let batch: Vec<_> = running
			.iter()
			.map(|(id, tenant)| (*id, Some(receipt::<T>(*id, tenant, HOUR_MS / 4))))
			.collect();
		let batch = crate::Batch::try_from(batch).expect("no more than fit");
		#[extrinsic_call]
		_(RawOrigin::Signed(s.consumer), batch);
		for (id, _) in running {
			assert!(Leases::<T>::get(id).expect("it runs").books.paid > 0);
		}
	}

	#[benchmark]
	fn withdraw_many(n: Linear<0, MAX_BATCH>) {
		let s = setting_with::<T>(MAX_BATCH);
		let running: Vec<_> = (0..n).map(|_| s.active()).collect();
		T::BenchmarkHelper::set_time(START + HOUR_MS / 2);
		T::BenchmarkHelper::prove(s.machine, START, START + HOUR_MS / 2);
		#[extrinsic_call]
		_(
			RawOrigin::Signed(s.consumer),
			s.provider.clone(),
			None,
			MAX_BATCH,
		);
		for (id, _) in running {
			assert!(Leases::<T>::get(id).expect("it runs").books.paid > 0);
		}
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
