//! Parties, machines and leases in every state that a worst case needs.

use super::BenchmarkHelper;
use crate::{
	hooks,
	meter::{MAINTENANCE_SEGMENTS, MAX_SEGMENTS},
	receipts,
	types::*,
	Config, Expiries, Leases, Pallet, Params,
};
use alloc::vec;
use frame_benchmarking::v2::account;
use frame_support::{
	traits::{fungible::Mutate, Get},
	BoundedVec,
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::crypto::KeyTypeId;
use sp_io::crypto::{sr25519_generate, sr25519_sign};
use sp_runtime::Perbill;
use terminal_primitives::{
	market::{AgreedLease, Arbiter, JobSpec, Jobs, LeaseBook, LeaseTerms, Machines, Sla, Verdict},
	AssetId, Balance, BlockNumber, Digest, LeaseId, MachineId, Moment, VersionId, UNIT,
};

pub(super) const KEYS: KeyTypeId = KeyTypeId(*b"dumy");
pub(super) const WEIGHTS_ROOT: Digest = [9; 32];
pub(super) const START: Moment = 1_800_000_000_000;
pub(super) const HOUR_MS: u64 = 3_600_000;

pub(super) fn funded<T: Config>(name: &'static str) -> T::AccountId {
	let who = account(name, 0, 0);
	T::Currency::set_balance(&who, 1_000_000 * UNIT);
	who
}

/// As [`funded`], with as much of the asset.
pub(super) fn rich<T: Config>(name: &'static str) -> T::AccountId {
	let who = funded::<T>(name);
	T::BenchmarkHelper::give(&who);
	who
}

pub(super) struct Setting<T: Config> {
	pub(super) consumer: T::AccountId,
	pub(super) provider: T::AccountId,
	pub(super) agent: T::AccountId,
	pub(super) machine: MachineId,
	pub(super) version: VersionId,
	/// What leases are paid in: more work than TCT.
	pub(super) asset: AssetId,
	pub(super) terms_hash: Digest,
	pub(super) rate: Balance,
}

/// Parties, machine, version, a pot and production's parameters.
pub(super) fn setting<T: Config>() -> Setting<T> {
	setting_with::<T>(4)
}

/// As [`setting`], with a machine of so many units.
pub(super) fn setting_with<T: Config>(units: u32) -> Setting<T> {
	Params::<T>::put(Parameters::default());
	frame_system::Pallet::<T>::set_block_number(1u32.into());
	T::BenchmarkHelper::set_time(START);
	T::Currency::set_balance(&Pallet::<T>::pot_account(), UNIT);
	let consumer = rich::<T>("consumer");
	let provider = funded::<T>("provider");
	let agent = funded::<T>("agent");
	let machine = T::BenchmarkHelper::machine(&provider, &agent, units);
	let version = T::BenchmarkHelper::version(&funded::<T>("author"), WEIGHTS_ROOT);
	let asset = T::BenchmarkHelper::asset(machine, version);
	let summary = T::Machines::machine(machine).expect("it was registered");
	let (terms_hash, rate) = (summary.terms_hash, summary.price_per_second);
	Setting {
		consumer,
		provider,
		agent,
		machine,
		version,
		asset,
		terms_hash,
		rate,
	}
}

impl<T: Config> Setting<T> {
	pub(super) fn open_metered(&self) -> (LeaseId, TenantKey) {
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
				asset: Some(self.asset),
			},
		)
		.expect("the order is fine");
		(id, tenant)
	}

	pub(super) fn active(&self) -> (LeaseId, TenantKey) {
		let (id, tenant) = self.open_metered();
		Pallet::<T>::do_accept(self.agent.clone(), id).expect("the machine is free");
		let handshake = receipt::<T>(id, &tenant, 0);
		Pallet::<T>::do_start(self.agent.clone(), id, Some(handshake)).expect("it starts");
		(id, tenant)
	}

	/// An agreed spot lease with every term, as many segments as there are but `room`, on a machine
	/// with history, that runs for half an hour more.
	pub(super) fn agreed(&self, funds: Balance, room: u32) -> (LeaseId, TenantKey) {
		let tenant = sr25519_generate(KEYS, None);
		let id = Pallet::<T>::open_agreed(AgreedLease {
			consumer: self.consumer.clone(),
			provider: self.provider.clone(),
			machine: self.machine,
			asset: Some(self.asset),
			units: 1,
			rate: self.rate,
			duration_ms: HOUR_MS,
			version: Some(self.version),
			tenant: Some(tenant.0),
			funds,
			terms: LeaseTerms {
				spot_notice_ms: Some(60_000),
				max_duration_ms: 2 * HOUR_MS,
				early_close_ms: 60_000,
				sla: Some(Sla {
					target: Perbill::from_percent(99),
					credit: Perbill::from_percent(25),
				}),
				arbiter: Some(Arbiter {
					account: funded::<T>("arbiter"),
					fee: UNIT / 1_000,
				}),
			},
			terms_hash: self.terms_hash,
			shown: false,
		})
		.expect("the agreement is fine");
		let handshake = receipt::<T>(id, &tenant, 0);
		Pallet::<T>::do_start(self.agent.clone(), id, Some(handshake)).expect("it starts");
		Leases::<T>::mutate(id, |lease| {
			let Some(Lease {
				work: Work::Metered(work),
				..
			}) = lease
			else {
				panic!("a metered lease")
			};
			let (rate, royalty) = (work.provider_rate(), work.royalty_rate);
			let count = MAX_SEGMENTS.saturating_sub(room).max(1);
			for number in 1..count {
				let from = START + u64::from(number) * 60_000;
				work.meter
					.begin(rate, royalty, from, Some(tenant))
					.expect("there is room");
			}
			for segment in work.meter.segments.iter_mut() {
				segment.acknowledged_ms = HOUR_MS;
			}
		});
		T::BenchmarkHelper::set_time(START + HOUR_MS / 2);
		T::BenchmarkHelper::prove(self.machine, START, START + HOUR_MS / 2);
		(id, tenant)
	}

	/// As [`Self::agreed`], with all the funds there can be.
	pub(super) fn whole(&self, room: u32) -> (LeaseId, TenantKey) {
		self.agreed(500_000 * UNIT, room)
	}

	/// As [`Self::agreed`], with an escrow that is used up.
	pub(super) fn used_up(&self, room: u32) -> (LeaseId, TenantKey) {
		let terms = LeaseTerms::plain(2 * HOUR_MS);
		let (least, _, _) = Pallet::<T>::price(
			Some(self.asset),
			1,
			self.rate,
			HOUR_MS,
			Some(self.version),
			&terms,
		)
		.expect("small numbers fit");
		self.agreed(least.saturating_mul(2), room)
	}

	/// Paused for want of funds.
	pub(super) fn paused(&self) -> LeaseId {
		let (id, _) = self.used_up(MAINTENANCE_SEGMENTS + 1);
		Pallet::<T>::do_pause(self.consumer.clone(), id).expect("its funds are used up");
		assert!(matches!(state::<T>(id), State::Paused { .. }));
		id
	}

	/// As much from the wallet as can become due.
	pub(super) fn allow_auto_top_up(&self, id: LeaseId, amount: Balance) {
		let auto = AutoTopUp {
			step: amount,
			cap: amount,
		};
		Pallet::<T>::do_set_auto_top_up(self.consumer.clone(), id, Some(auto))
			.expect("it is not over");
	}

	/// Another price and size, proposed by the provider.
	pub(super) fn proposed(&self, id: LeaseId) -> Digest {
		let change = Change {
			rate: self.rate,
			units: 2,
			acknowledged_ms: HOUR_MS,
		};
		Pallet::<T>::do_propose_change(self.agent.clone(), id, change).expect("the price is fine");
		Pallet::<T>::proposal_hash(id).expect("it is proposed")
	}

	/// Closed after half an hour, all of it proven, receipts awaited.
	pub(super) fn closing(&self) -> (LeaseId, TenantKey) {
		let (id, tenant) = self.active();
		T::BenchmarkHelper::set_time(START + HOUR_MS / 2);
		Pallet::<T>::do_close(self.consumer.clone(), id).expect("it runs");
		T::BenchmarkHelper::prove(self.machine, START, START + HOUR_MS / 2);
		(id, tenant)
	}

	pub(super) fn open_job(&self, spec: JobSpec) -> LeaseId {
		let id = crate::NextLeaseId::<T>::get();
		Pallet::<T>::do_open_job(self.consumer.clone(), self.job(spec)).expect("the order is fine");
		id
	}

	pub(super) fn job(&self, spec: JobSpec) -> JobOrder {
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
			asset: Some(self.asset),
		}
	}

	/// A job passed by attestation, with `open` demands besides the one for leaf 0.
	pub(super) fn demanded(&self, spec: JobSpec, root: Digest, open: u32) -> LeaseId {
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

pub(super) fn receipt<T: Config>(id: LeaseId, tenant: &TenantKey, milliseconds: u64) -> Receipt {
	// Wrapped: checked second.
	let message = receipts::wrap(&receipts::message::<T>(id, 0, milliseconds));
	let signature = sr25519_sign(KEYS, tenant, &message).expect("the key was generated");
	Receipt {
		segment: 0,
		milliseconds,
		signature,
	}
}

pub(super) fn spec(items: u32, input_bytes: u32, input_root: Digest) -> JobSpec {
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

pub(super) fn small_spec() -> JobSpec {
	spec(64, 64, [2; 32])
}

pub(super) fn set_block<T: Config>(number: BlockNumber) {
	frame_system::Pallet::<T>::set_block_number(BlockNumberFor::<T>::from(number));
}

/// Fill the wheel, so that a lease whose state lasts until block `last` finds room in the last
/// bucket that is tried.
pub(super) fn crowd<T: Config>(last: BlockNumber) {
	let full = vec![LeaseId(u64::MAX); T::MaxExpiriesPerBlock::get() as usize];
	for bucket in (last + 1..).take(hooks::BUCKETS_TRIED as usize) {
		Expiries::<T>::insert(bucket, BoundedVec::truncate_from(full.clone()));
	}
	Expiries::<T>::mutate(last + hooks::BUCKETS_TRIED, |bucket| bucket.pop());
}

/// As [`crowd`], for a lease that is closed in block `now`.
pub(super) fn crowd_closed<T: Config>(now: BlockNumber) {
	crowd::<T>(now + Params::<T>::get().retention_blocks)
}

pub(super) fn state<T: Config>(id: LeaseId) -> State {
	Leases::<T>::get(id).expect("the lease exists").state
}

pub(super) fn outcome<T: Config>(id: LeaseId) -> Option<Outcome> {
	match state::<T>(id) {
		State::Closed { outcome, .. } => Some(outcome),
		_ => None,
	}
}
