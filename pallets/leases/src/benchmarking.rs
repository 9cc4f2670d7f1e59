//! Worst cases, each with its outcome asserted.
//!
//! What moves money often or pays anyone is measured in TCT and in an asset (see [`crate::worst`]);
//! all else in an asset, which takes more. Where nothing is drawn from the consumer's wallet, the
//! asset's issuer has blocked it too.

mod setting;

use crate::{
	hooks,
	meter::{MAINTENANCE_SEGMENTS, MAX_SEGMENTS},
	receipts,
	types::*,
	ApprovedAssets, Call, Claims, Config, HoldReason, Leases, Pallet, Params, MAX_BATCH,
};
use alloc::{collections::BTreeMap, vec, vec::Vec};
use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::fungibles::{Inspect, MutateHold},
	weights::{Weight, WeightMeter},
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
	wheel::DueBlock, AssetId, Digest, LeaseId, MachineId, Moment, VersionId, UNIT,
};

/// Builds what benchmarks need of other pallets.
pub trait BenchmarkHelper<AccountId> {
	/// Another online machine with so many free units, and a provider bonded for it and for 1,000
	/// TCT of jobs.
	fn machine(provider: &AccountId, agent: &AccountId, units: u32) -> MachineId;
	/// Fill its calendar from `from` on: as many ends of what others have lent and as many bookings
	/// as there may be; if `tight`, of all its units, so that nothing can be lent beyond `from`.
	fn crowd(machine: MachineId, from: Moment, tight: bool);
	/// Announce as much maintenance of it as is remembered, the last of it at `at`.
	fn announce(machine: MachineId, at: Moment);
	/// Prove all time from `from` to `to`, after as many earlier runs as are kept; what lies before
	/// `to` is final.
	fn prove(machine: MachineId, from: Moment, to: Moment);
	/// Slash all of a provider's bond, and let its account die.
	fn ruin(provider: &AccountId);
	/// A version with prices above zero, pinned to `weights_root`.
	fn version(owner: &AccountId, weights_root: Digest) -> VersionId;
	/// End attestation of a committed job: no challenge is open on it any more.
	fn attested(lease: LeaseId);
	/// An approved asset, another one for each `number`, in which machine and version cost the same
	/// numbers as in TCT, one TCT is worth as many of its base units as it has, and the least balance
	/// is the existential deposit.
	fn asset(number: u32, machine: MachineId, version: VersionId) -> AssetId;
	/// Give ten million times 10¹² base units of such an asset to an account.
	fn give(asset: AssetId, who: &AccountId);
	/// Let its issuer block an account, if it has some.
	fn block(asset: AssetId, who: &AccountId);
	/// Set the clock.
	fn set_time(now: Moment);
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn open_metered_in_tct() {
		let s = in_tct::<T>();
		let tenant = sr25519_generate(KEYS, None);
		#[extrinsic_call]
		open_metered(
			RawOrigin::Signed(s.consumer),
			s.machine,
			1,
			3_600,
			s.rate,
			s.terms_hash,
			Some(s.version),
			Some(tenant),
			500_000 * UNIT,
			s.asset,
		);
		assert!(matches!(state::<T>(LeaseId(0)), State::Offered { .. }));
		assert!(is_on_wheel::<T>(LeaseId(0)));
	}

	/// As `open_metered_in_tct`.
	#[benchmark]
	fn open_metered_in_asset() {
		let s = in_asset::<T>();
		let tenant = sr25519_generate(KEYS, None);
		#[extrinsic_call]
		open_metered(
			RawOrigin::Signed(s.consumer),
			s.machine,
			1,
			3_600,
			s.rate,
			s.terms_hash,
			Some(s.version),
			Some(tenant),
			500_000 * UNIT,
			s.asset,
		);
		assert!(matches!(state::<T>(LeaseId(0)), State::Offered { .. }));
		assert!(is_on_wheel::<T>(LeaseId(0)));
	}

	#[benchmark]
	fn open_job_in_tct() {
		let s = in_tct::<T>();
		let order = s.job(small_spec());
		#[extrinsic_call]
		open_job(
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
		assert!(is_on_wheel::<T>(LeaseId(0)));
	}

	/// As `open_job_in_tct`.
	#[benchmark]
	fn open_job_in_asset() {
		let s = in_asset::<T>();
		let order = s.job(small_spec());
		#[extrinsic_call]
		open_job(
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
		assert!(is_on_wheel::<T>(LeaseId(0)));
	}

	/// Of a job: its price is put at risk besides.
	#[benchmark]
	fn accept() {
		let s = in_asset::<T>();
		let id = s.open_job(small_spec());
		s.crowd();
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), id);
		assert!(matches!(state::<T>(id), State::Running { .. }));
		assert!(is_on_wheel::<T>(id));
	}

	/// Blocks came slower than planned: the calendar must take a later end.
	#[benchmark]
	fn start() {
		let s = in_asset::<T>();
		let (id, tenant) = s.accepted(500_000 * UNIT, false);
		let handshake = Some(receipt::<T>(id, &tenant, 0));
		T::BenchmarkHelper::set_time(START + HOUR_MS);
		T::BenchmarkHelper::prove(s.machine, START, START);
		T::BenchmarkHelper::crowd(s.machine, START + HOUR_MS + 60_000, false);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), id, handshake);
		let ends_at = START + 2 * HOUR_MS;
		assert_eq!(state::<T>(id), State::Active { ends_at });
		assert!(is_on_wheel::<T>(id));
	}

	/// By anyone, of an agreed lease that nobody started.
	#[benchmark]
	fn cancel_in_tct() {
		let s = in_tct::<T>();
		let id = s.abandoned();
		#[extrinsic_call]
		cancel(RawOrigin::Signed(empty::<T>("finisher")), id);
		s.assert_closed(id, Outcome::Expired);
	}

	/// As `cancel_in_tct`.
	#[benchmark]
	fn cancel_in_asset() {
		let s = in_asset::<T>();
		let id = s.abandoned();
		#[extrinsic_call]
		cancel(RawOrigin::Signed(empty::<T>("finisher")), id);
		s.assert_closed(id, Outcome::Expired);
	}

	/// By a donor, of a paused lease that resumes.
	#[benchmark]
	fn top_up_in_tct() {
		let s = in_tct::<T>();
		let id = s.paused(SOON);
		let (donor, amount) = (s.rich("donor"), 500_000 * UNIT);
		#[extrinsic_call]
		top_up(RawOrigin::Signed(donor), id, amount);
		assert!(matches!(state::<T>(id), State::Active { .. }));
		assert!(is_on_wheel::<T>(id));
	}

	/// As `top_up_in_tct`.
	#[benchmark]
	fn top_up_in_asset() {
		let s = in_asset::<T>();
		let id = s.paused(SOON);
		let (donor, amount) = (s.rich("donor"), 500_000 * UNIT);
		#[extrinsic_call]
		top_up(RawOrigin::Signed(donor), id, amount);
		assert!(matches!(state::<T>(id), State::Active { .. }));
		assert!(is_on_wheel::<T>(id));
	}

	/// With a receipt, and uptime to count in every segment.
	#[benchmark]
	fn settle() {
		let s = in_asset::<T>();
		let (id, tenant) = s.short(0);
		let shown = receipt::<T>(id, &tenant, HOUR_MS);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), id, Some(shown));
		assert!(is_counted::<T>(id));
		assert_eq!(work::<T>(id).meter.segments[0].acknowledged_ms, HOUR_MS);
	}

	/// With an auto top-up and uptime to count in every segment, to a payee that is gone.
	#[benchmark]
	fn withdraw_in_tct() {
		let s = in_tct::<T>();
		let (id, _) = s.short(0);
		s.ruin();
		#[extrinsic_call]
		withdraw(RawOrigin::Signed(s.agent.clone()), id);
		s.assert_drawn(id);
	}

	/// As `withdraw_in_tct`.
	#[benchmark]
	fn withdraw_in_asset() {
		let s = in_asset::<T>();
		let (id, _) = s.short(0);
		s.ruin();
		#[extrinsic_call]
		withdraw(RawOrigin::Signed(s.agent.clone()), id);
		s.assert_drawn(id);
	}

	/// By the provider, with an auto top-up. The refund takes more than a wallet that is drawn on.
	#[benchmark]
	fn close_in_tct() {
		let s = in_tct::<T>();
		let (id, _) = s.whole(0);
		s.allow_auto_top_up(id, UNIT);
		s.crowd();
		#[extrinsic_call]
		close(RawOrigin::Signed(s.agent.clone()), id);
		assert!(matches!(state::<T>(id), State::Closing { .. }));
		assert!(Leases::<T>::get(id).expect("it is closing").books.refunded > 0);
		assert!(is_on_wheel::<T>(id));
	}

	/// As `close_in_tct`.
	#[benchmark]
	fn close_in_asset() {
		let s = in_asset::<T>();
		let (id, _) = s.whole(0);
		s.allow_auto_top_up(id, UNIT);
		s.crowd();
		s.block_consumer();
		#[extrinsic_call]
		close(RawOrigin::Signed(s.agent.clone()), id);
		assert!(matches!(state::<T>(id), State::Closing { .. }));
		assert!(s.is_refund_claimed() && is_on_wheel::<T>(id));
	}

	#[benchmark]
	fn finish_in_tct() {
		let s = in_tct::<T>();
		let id = s.closing();
		#[extrinsic_call]
		finish(RawOrigin::Signed(empty::<T>("finisher")), id);
		s.assert_closed(id, Outcome::CancelledByConsumer);
	}

	#[benchmark]
	fn finish_in_asset() {
		let s = in_asset::<T>();
		let id = s.closing();
		#[extrinsic_call]
		finish(RawOrigin::Signed(empty::<T>("finisher")), id);
		s.assert_closed(id, Outcome::CancelledByConsumer);
	}

	/// A job that was delivered.
	#[benchmark]
	fn finish_job_in_tct() {
		let s = in_tct::<T>();
		let id = s.delivered();
		#[extrinsic_call]
		finish(RawOrigin::Signed(empty::<T>("finisher")), id);
		s.assert_job_paid(id);
	}

	/// As `finish_job_in_tct`.
	#[benchmark]
	fn finish_job_in_asset() {
		let s = in_asset::<T>();
		let id = s.delivered();
		#[extrinsic_call]
		finish(RawOrigin::Signed(empty::<T>("finisher")), id);
		s.assert_job_paid(id);
	}

	/// A job none of whose demanded leaves was shown.
	#[benchmark]
	fn finish_undelivered() {
		let s = in_asset::<T>();
		let id = s.demanded(small_spec(), [5; 32], MAX_OPEN_DEMANDS);
		set_block::<T>(1_000);
		s.block_consumer();
		#[extrinsic_call]
		finish(RawOrigin::Signed(empty::<T>("finisher")), id);
		assert_eq!(outcome::<T>(id), Some(Outcome::Undelivered));
		assert!(s.is_refund_claimed() && is_on_wheel::<T>(id));
	}

	#[benchmark]
	fn commit_result() {
		let s = in_asset::<T>();
		let id = s.open_job(small_spec());
		Pallet::<T>::do_accept(s.agent.clone(), id).expect("the machine is free");
		s.crowd();
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), id, [5; 32]);
		assert!(matches!(state::<T>(id), State::Committed { .. }));
	}

	#[benchmark]
	fn demand_leaf() {
		let s = in_asset::<T>();
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
		let s = in_asset::<T>();
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
			..Params::<T>::get()
		};
		#[extrinsic_call]
		_(RawOrigin::Root, params.clone());
		assert_eq!(Params::<T>::get(), params);
	}

	/// Of an asset, by an account that has none of it.
	#[benchmark]
	fn claim() {
		let s = in_asset::<T>();
		let (asset, pot) = (s.its_asset(), Pallet::<T>::pot_account());
		T::BenchmarkHelper::give(asset, &pot);
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
		let s = in_asset::<T>();
		let terms = AssetTerms {
			min_rate: 1_001,
			per_tct: UNIT,
		};
		let asset = s.its_asset();
		Pallet::<T>::do_remove_asset(asset).expect("it is approved");
		#[extrinsic_call]
		_(RawOrigin::Root, asset, terms);
		assert_eq!(ApprovedAssets::<T>::get(asset), Some(terms));
	}

	#[benchmark]
	fn remove_asset() {
		let asset = in_asset::<T>().its_asset();
		#[extrinsic_call]
		_(RawOrigin::Root, asset);
		assert_eq!(ApprovedAssets::<T>::get(asset), None);
	}

	/// With funds.
	#[benchmark]
	fn extend_in_tct() {
		let s = in_tct::<T>();
		let (id, _) = s.whole(0);
		s.crowd();
		let (rate, funds) = (s.agreed_rate(), 500_000 * UNIT);
		let held = Leases::<T>::get(id).expect("it runs").books.held;
		#[extrinsic_call]
		extend(RawOrigin::Signed(s.consumer), id, 60, rate, funds);
		assert_eq!(work::<T>(id).duration_ms, HOUR_MS + 60_000);
		assert!(Leases::<T>::get(id).expect("it runs").books.held > held);
		assert!(is_on_wheel::<T>(id));
	}

	/// As `extend_in_tct`.
	#[benchmark]
	fn extend_in_asset() {
		let s = in_asset::<T>();
		let (id, _) = s.whole(0);
		s.crowd();
		let (rate, funds) = (s.agreed_rate(), 500_000 * UNIT);
		let held = Leases::<T>::get(id).expect("it runs").books.held;
		#[extrinsic_call]
		extend(RawOrigin::Signed(s.consumer), id, 60, rate, funds);
		assert_eq!(work::<T>(id).duration_ms, HOUR_MS + 60_000);
		assert!(Leases::<T>::get(id).expect("it runs").books.held > held);
		assert!(is_on_wheel::<T>(id));
	}

	/// For want of funds, by a stranger, with an auto top-up that does not suffice, in a maintenance
	/// window.
	#[benchmark]
	fn pause_in_tct() {
		let s = in_tct::<T>();
		let id = s.pausable();
		#[extrinsic_call]
		pause(RawOrigin::Signed(empty::<T>("anyone")), id);
		s.assert_paused(id);
	}

	/// As `pause_in_tct`.
	#[benchmark]
	fn pause_in_asset() {
		let s = in_asset::<T>();
		let id = s.pausable();
		#[extrinsic_call]
		pause(RawOrigin::Signed(empty::<T>("anyone")), id);
		s.assert_paused(id);
	}

	/// By a stranger, with an auto top-up, on a machine that others have booked for a time soon.
	#[benchmark]
	fn resume_in_tct() {
		let s = in_tct::<T>();
		let id = s.resumable(SOON);
		#[extrinsic_call]
		resume(RawOrigin::Signed(empty::<T>("anyone")), id);
		s.assert_resumed(id);
	}

	/// As `resume_in_tct`.
	#[benchmark]
	fn resume_in_asset() {
		let s = in_asset::<T>();
		let id = s.resumable(SOON);
		#[extrinsic_call]
		resume(RawOrigin::Signed(empty::<T>("anyone")), id);
		s.assert_resumed(id);
	}

	/// As `resume_in_tct`, where others have booked the machine from now on: the lease ends.
	#[benchmark]
	fn resume_and_end_in_tct() {
		let s = in_tct::<T>();
		let id = s.resumable(NOW);
		#[extrinsic_call]
		resume(RawOrigin::Signed(empty::<T>("anyone")), id);
		s.assert_ended(id);
	}

	/// As `resume_and_end_in_tct`.
	#[benchmark]
	fn resume_and_end_in_asset() {
		let s = in_asset::<T>();
		let id = s.resumable(NOW);
		#[extrinsic_call]
		resume(RawOrigin::Signed(empty::<T>("anyone")), id);
		s.assert_ended(id);
	}

	#[benchmark]
	fn set_auto_top_up() {
		let s = in_asset::<T>();
		let (id, _) = s.whole(0);
		let auto = Some(AutoTopUp { step: 1, cap: 2 });
		#[extrinsic_call]
		_(RawOrigin::Signed(s.consumer), id, auto);
		assert_eq!(work::<T>(id).auto_top_up, auto);
	}

	#[benchmark]
	fn reclaim() {
		let s = in_asset::<T>();
		let (id, _) = s.whole(0);
		let ends_at = NOW + 60_000;
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), id);
		assert_eq!(state::<T>(id), State::Active { ends_at });
		assert!(is_on_wheel::<T>(id));
	}

	#[benchmark]
	fn propose_change() {
		let s = in_asset::<T>();
		let (id, _) = s.whole(1);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), id, s.change());
		let proposal = work::<T>(id).proposal;
		assert!(proposal.is_some_and(|proposal| proposal.segment == MAX_SEGMENTS - 2));
	}

	/// To more units, in a gap between two challenges: nothing of it can be counted yet.
	#[benchmark]
	fn accept_change() {
		let s = in_asset::<T>();
		let (id, _) = s.whole(1);
		let hash = s.proposed(id);
		T::BenchmarkHelper::prove(s.machine, START, START);
		s.crowd();
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), id, hash);
		let work = work::<T>(id);
		assert_eq!((work.units, work.meter.has_room()), (2, false));
		assert!(is_on_wheel::<T>(id));
	}

	#[benchmark]
	fn withdraw_change() {
		let s = in_asset::<T>();
		let (id, _) = s.whole(0);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), id);
		assert_eq!(Pallet::<T>::proposal_hash(id), None);
	}

	#[benchmark]
	fn offer_transfer() {
		let s = in_asset::<T>();
		let (id, _) = s.whole(0);
		let to = Some(funded::<T>("another"));
		#[extrinsic_call]
		_(RawOrigin::Signed(s.consumer), id, to.clone());
		assert_eq!(work::<T>(id).offered_to, to);
	}

	#[benchmark]
	fn take_transfer() {
		let s = in_asset::<T>();
		let (id, tenant) = s.whole(MAINTENANCE_SEGMENTS + 1);
		let to = s.rich("heir");
		Pallet::<T>::do_offer_transfer(s.consumer.clone(), id, Some(to.clone())).expect("it runs");
		#[extrinsic_call]
		_(RawOrigin::Signed(to.clone()), id, Some(tenant));
		assert_eq!(Leases::<T>::get(id).expect("it runs").consumer, to);
	}

	/// To another provider's machine, with a rest that is refunded: to a wallet that its issuer has
	/// blocked.
	#[benchmark]
	fn migrate() {
		let s = in_asset::<T>();
		let (id, tenant) = s.whole(0);
		let other = parties_in_asset::<T>(1, 1);
		T::BenchmarkHelper::asset(0, other.machine, other.version);
		s.crowd();
		s.block_consumer();
		let (machine, rate, terms) = (other.machine, other.rate, other.terms_hash);
		let next = crate::NextLeaseId::<T>::get();
		let refunded = Leases::<T>::get(id).expect("it runs").books.refunded;
		#[extrinsic_call]
		_(
			RawOrigin::Signed(s.consumer.clone()),
			id,
			machine,
			rate,
			terms,
			Some(tenant),
		);
		assert!(matches!(state::<T>(next), State::Offered { .. }));
		assert!(matches!(state::<T>(id), State::Closing { .. }));
		assert!(Leases::<T>::get(id).expect("it is kept").books.refunded > refunded);
		assert!(s.is_refund_claimed() && is_on_wheel::<T>(id) && is_on_wheel::<T>(next));
	}

	/// Of a running lease, by the provider, otherwise as `close`.
	#[benchmark]
	fn dispute() {
		let s = in_asset::<T>();
		let (id, _) = s.whole(0);
		s.allow_auto_top_up(id, UNIT);
		s.crowd();
		s.block_consumer();
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent.clone()), id, [1; 32]);
		assert!(matches!(state::<T>(id), State::Disputed { .. }));
		assert!(s.is_refund_claimed() && is_on_wheel::<T>(id));
	}

	/// With dust for the provider.
	#[benchmark]
	fn arbitrate_in_tct() {
		let s = in_tct::<T>();
		let id = s.disputed();
		let (arbiter, share) = (empty::<T>("arbiter"), Perbill::from_parts(10_000));
		#[extrinsic_call]
		arbitrate(RawOrigin::Signed(arbiter), id, share);
		s.assert_closed(id, Outcome::Arbitrated);
	}

	/// As `arbitrate_in_tct`.
	#[benchmark]
	fn arbitrate_in_asset() {
		let s = in_asset::<T>();
		let id = s.disputed();
		let (arbiter, share) = (empty::<T>("arbiter"), Perbill::from_parts(10_000));
		#[extrinsic_call]
		arbitrate(RawOrigin::Signed(arbiter), id, share);
		s.assert_closed(id, Outcome::Arbitrated);
	}

	/// Leases with nothing in common, each as in `settle`.
	#[benchmark]
	fn settle_many(n: Linear<1, MAX_BATCH>) {
		let first = in_asset::<T>();
		let others = (1..n).map(|number| parties_in_asset::<T>(number, number));
		let all: Vec<_> = [first].into_iter().chain(others).collect();
		let batch = all.iter().map(|s| {
			let (id, tenant) = s.short(0);
			(id, Some(receipt::<T>(id, &tenant, HOUR_MS)))
		});
		let batch = crate::Batch::truncate_from(batch.collect());
		let ids: Vec<_> = batch.iter().map(|(id, _)| *id).collect();
		#[extrinsic_call]
		_(RawOrigin::Signed(empty::<T>("anyone")), batch);
		assert!(ids.into_iter().all(is_counted::<T>));
	}

	/// Leases with nothing in common but their provider, each as in `withdraw_in_tct`.
	#[benchmark]
	fn withdraw_many_in_tct(n: Linear<1, MAX_BATCH>) {
		let first = in_tct::<T>();
		let others = (1..n).map(|number| parties_in_tct::<T>(number, 0));
		let all = first.and_short(others);
		let provider = all[0].0.provider.clone();
		#[extrinsic_call]
		withdraw_many(RawOrigin::Signed(empty::<T>("anyone")), provider, None, n);
		all.into_iter().for_each(|(s, id)| s.assert_drawn(id));
	}

	/// As `withdraw_many_in_tct`, each in an asset of its own.
	#[benchmark]
	fn withdraw_many_in_asset(n: Linear<1, MAX_BATCH>) {
		let first = in_asset::<T>();
		let others = (1..n).map(|number| parties_in_asset::<T>(number, 0));
		let all = first.and_short(others);
		let provider = all[0].0.provider.clone();
		#[extrinsic_call]
		withdraw_many(RawOrigin::Signed(empty::<T>("anyone")), provider, None, n);
		all.into_iter().for_each(|(s, id)| s.assert_drawn(id));
	}

	#[benchmark]
	fn open_calls_in_tct() {
		let s = in_tct::<T>();
		let order = s.calls(empty_key());
		#[extrinsic_call]
		open_calls(
			RawOrigin::Signed(s.consumer),
			order.machine,
			order.price,
			order.max_per_call,
			order.duration_blocks,
			order.version,
			order.key,
			order.funds,
			order.terms_hash,
			order.asset,
		);
		assert!(matches!(state::<T>(LeaseId(0)), State::Offered { .. }));
		assert!(is_on_wheel::<T>(LeaseId(0)));
	}

	/// As `open_calls_in_tct`.
	#[benchmark]
	fn open_calls_in_asset() {
		let s = in_asset::<T>();
		let order = s.calls(empty_key());
		#[extrinsic_call]
		open_calls(
			RawOrigin::Signed(s.consumer),
			order.machine,
			order.price,
			order.max_per_call,
			order.duration_blocks,
			order.version,
			order.key,
			order.funds,
			order.terms_hash,
			order.asset,
		);
		assert!(matches!(state::<T>(LeaseId(0)), State::Offered { .. }));
		assert!(is_on_wheel::<T>(LeaseId(0)));
	}

	/// Of the curve that takes longest, from whose signatures the key is recovered.
	#[benchmark]
	fn redeem() {
		let s = in_asset::<T>();
		let (id, key) = s.serving();
		let shown = voucher::<T>(id, &key, 100);
		#[extrinsic_call]
		_(RawOrigin::Signed(empty::<T>("anyone")), id, shown);
		assert_eq!(calls_on_record::<T>(id), 100);
	}

	/// Leases with nothing in common, each as in `redeem`.
	#[benchmark]
	fn redeem_many(n: Linear<1, MAX_BATCH>) {
		let first = in_asset::<T>();
		let others = (1..n).map(|number| parties_in_asset::<T>(number, number));
		let all: Vec<_> = [first].into_iter().chain(others).collect();
		let batch = all.iter().map(|s| {
			let (id, key) = s.serving();
			(id, voucher::<T>(id, &key, 100))
		});
		let batch = crate::Vouchers::truncate_from(batch.collect());
		let ids: Vec<_> = batch.iter().map(|(id, _)| *id).collect();
		#[extrinsic_call]
		_(RawOrigin::Signed(empty::<T>("anyone")), batch);
		assert!(ids.into_iter().all(|id| calls_on_record::<T>(id) == 100));
	}

	/// That finds what is not due yet: the read of the key is weighed besides.
	#[benchmark]
	fn look_at_wheel() {
		let (due, id) = (DueBlock::from(2), LeaseId(u64::MAX));
		crate::Expiries::<T>::insert(due, id, ());
		let mut meter = WeightMeter::with_limit(hooks::look_weight::<T>());
		#[block]
		{
			hooks::drain::<T>(1, &mut meter);
		}
		assert!(crate::Expiries::<T>::contains_key(due, id));
		assert_eq!(meter.remaining(), Weight::zero());
	}

	#[benchmark]
	fn expire_lease_in_tct() {
		let s = in_tct::<T>();
		let (id, now) = s.due();
		let mut meter = WeightMeter::new();
		#[block]
		{
			hooks::drain::<T>(now, &mut meter);
		}
		s.assert_closed(id, Outcome::CancelledByConsumer);
	}

	#[benchmark]
	fn expire_lease_in_asset() {
		let s = in_asset::<T>();
		let (id, now) = s.due();
		let mut meter = WeightMeter::new();
		#[block]
		{
			hooks::drain::<T>(now, &mut meter);
		}
		s.assert_closed(id, Outcome::CancelledByConsumer);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::build_with_keys(), crate::mock::Test);
}
