//! Parties, machines and leases in every state that a worst case needs.

use super::BenchmarkHelper;
use crate::{
	meter::{MAINTENANCE_SEGMENTS, MAX_SEGMENTS},
	receipts,
	types::*,
	Claims, Config, Expiries, Leases, Pallet, Params,
};
use alloc::{vec, vec::Vec};
use core::iter;
use frame_benchmarking::v2::account;
use frame_support::traits::{fungible::Mutate, Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::{crypto::KeyTypeId, ecdsa};
use sp_io::crypto::{ecdsa_generate, ecdsa_sign, sr25519_generate, sr25519_sign};
use sp_runtime::{traits::IdentifyAccount, AccountId32, MultiSigner, Perbill};
use terminal_primitives::{
	market::{AgreedLease, Arbiter, JobSpec, Jobs, LeaseBook, LeaseTerms, Machines, Sla, Verdict},
	wheel::DueBlock,
	AssetId, Balance, BlockNumber, Digest, LeaseId, MachineId, Moment, VersionId, UNIT,
};

pub(super) const KEYS: KeyTypeId = KeyTypeId(*b"dumy");
pub(super) const WEIGHTS_ROOT: Digest = [9; 32];
pub(super) const START: Moment = 1_800_000_000_000;
pub(super) const HOUR_MS: u64 = 3_600_000;
/// Milliseconds that an agreed lease has run when it was settled last.
const RAN_MS: u64 = 151_000;
/// The block in which that was.
const RAN_BLOCKS: BlockNumber = 26;
/// Milliseconds since then: worth so little that an account that is gone cannot receive it, which
/// makes it a claim.
const DUST_MS: u64 = 200;
/// When an agreed lease is looked at.
pub(super) const NOW: Moment = START + RAN_MS + DUST_MS;
/// From when on others have booked a machine, if a lease may still run on it.
pub(super) const SOON: Moment = NOW + 60_000;

/// An account that nobody has endowed.
pub(super) fn empty<T: Config>(name: &'static str) -> T::AccountId {
	account(name, 0, 0)
}

pub(super) fn funded<T: Config>(name: &'static str) -> T::AccountId {
	endowed::<T>(name, 0)
}

fn endowed<T: Config>(name: &'static str, number: u32) -> T::AccountId {
	let who = account(name, number, 0);
	T::Currency::set_balance(&who, 10_000_000 * UNIT);
	who
}

pub(super) struct Setting<T: Config> {
	pub(super) consumer: T::AccountId,
	pub(super) provider: T::AccountId,
	pub(super) agent: T::AccountId,
	pub(super) machine: MachineId,
	author: T::AccountId,
	pub(super) version: VersionId,
	/// What leases are paid in.
	pub(super) asset: Option<AssetId>,
	pub(super) terms_hash: Digest,
	pub(super) rate: Balance,
}

/// Parties, machine, version, a pot and production's parameters; leases are paid in TCT.
pub(super) fn in_tct<T: Config>() -> Setting<T> {
	chain::<T>();
	parties_in_tct(0, 0)
}

/// As [`in_tct`], but leases are paid in an asset.
pub(super) fn in_asset<T: Config>() -> Setting<T> {
	chain::<T>();
	parties_in_asset(0, 0)
}

fn chain<T: Config>() {
	Params::<T>::put(Parameters::default());
	frame_system::Pallet::<T>::set_block_number(1u32.into());
	T::BenchmarkHelper::set_time(START);
	// Both can receive dust.
	T::Currency::set_balance(&Pallet::<T>::pot_account(), UNIT);
	T::Currency::set_balance(&T::TreasuryAccount::get(), UNIT);
}

/// Consumer, author and machine of their own; the same provider for the same `of_provider`.
pub(super) fn parties_in_tct<T: Config>(number: u32, of_provider: u32) -> Setting<T> {
	let provider = endowed::<T>("provider", of_provider);
	let agent = endowed::<T>("agent", of_provider);
	let consumer = endowed::<T>("consumer", number);
	let machine = T::BenchmarkHelper::machine(&provider, &agent, 4);
	let author = endowed::<T>("author", number);
	let version = T::BenchmarkHelper::version(&author, WEIGHTS_ROOT);
	let summary = T::Machines::machine(machine).expect("it was registered");
	Setting {
		consumer,
		provider,
		agent,
		machine,
		author,
		version,
		asset: None,
		terms_hash: summary.terms_hash,
		rate: summary.price_per_second,
	}
}

/// As [`parties_in_tct`], with an asset of their own.
pub(super) fn parties_in_asset<T: Config>(number: u32, of_provider: u32) -> Setting<T> {
	let s = parties_in_tct::<T>(number, of_provider);
	let asset = T::BenchmarkHelper::asset(number, s.machine, s.version);
	T::BenchmarkHelper::give(asset, &s.consumer);
	Setting {
		asset: Some(asset),
		..s
	}
}

/// Every term there is. The service level's credit and the fee for ending early are dust.
fn terms<T: Config>() -> LeaseTerms<T::AccountId> {
	LeaseTerms {
		spot_notice_ms: Some(60_000),
		max_duration_ms: 2 * HOUR_MS,
		early_close_ms: 50,
		sla: Some(Sla {
			target: Perbill::from_percent(99),
			credit: Perbill::from_parts(1_000),
		}),
		arbiter: Some(Arbiter {
			account: empty::<T>("arbiter"),
			fee: UNIT / 1_000,
		}),
	}
}

impl<T: Config> Setting<T> {
	/// The asset that leases are paid in.
	pub(super) fn its_asset(&self) -> AssetId {
		self.asset.expect("leases are paid in an asset")
	}

	/// As [`funded`], with as much of the asset.
	pub(super) fn rich(&self, name: &'static str) -> T::AccountId {
		let who = funded::<T>(name);
		if let Some(asset) = self.asset {
			T::BenchmarkHelper::give(asset, &who);
		}
		who
	}

	/// What an agreed lease costs, base units per second: more than the machine's asking price, so
	/// that a migration leaves a rest.
	pub(super) fn agreed_rate(&self) -> Balance {
		self.rate.saturating_mul(2)
	}

	/// An agreed lease that awaits its start; whether its handshake is on chain.
	pub(super) fn accepted(&self, funds: Balance, shown: bool) -> (LeaseId, TenantKey) {
		let tenant = sr25519_generate(KEYS, None);
		let agreed = AgreedLease {
			consumer: self.consumer.clone(),
			provider: self.provider.clone(),
			machine: self.machine,
			asset: self.asset,
			units: 1,
			rate: self.agreed_rate(),
			duration_ms: HOUR_MS,
			version: Some(self.version),
			tenant: Some(tenant.0),
			funds,
			terms: terms::<T>(),
			terms_hash: self.terms_hash,
			shown,
		};
		let id = Pallet::<T>::open_agreed(agreed).expect("the agreement is fine");
		(id, tenant)
	}

	/// An agreed lease that runs, with every term, as many segments as there are but `room`, none of
	/// them counted yet, a proposal and an offer, on a machine with history. All but dust was
	/// settled; the first segment was not acknowledged whole.
	fn agreed(&self, funds: Balance, room: u32) -> (LeaseId, TenantKey) {
		T::BenchmarkHelper::set_time(START);
		let (id, tenant) = self.accepted(funds, true);
		Pallet::<T>::do_start(self.agent.clone(), id, None).expect("it starts");
		change_work::<T>(id, |work| {
			let (rate, royalty) = (work.provider_rate(), work.royalty_rate);
			for number in 1..MAX_SEGMENTS.saturating_sub(room) {
				let from = START + 100_000 + u64::from(number) * 1_000;
				work.meter
					.begin(rate, royalty, from, Some(tenant))
					.expect("there is room");
			}
			for segment in work.meter.segments.iter_mut() {
				segment.acknowledged_ms = HOUR_MS;
			}
			work.meter.segments[0].acknowledged_ms = 10_000;
			// To the consumer itself: offered to another, no funds are pulled for it.
			work.offered_to = Some(self.consumer.clone());
			work.proposal = Some(Proposal {
				by: Side::Provider,
				segment: 0,
				change: self.change(),
				expires_at: BlockNumber::MAX,
			});
		});
		// Its end and that of a claim window from now on are not the same block.
		set_block::<T>(RAN_BLOCKS);
		T::BenchmarkHelper::set_time(START + RAN_MS);
		T::BenchmarkHelper::prove(self.machine, START, START + RAN_MS);
		Pallet::<T>::do_withdraw(id).expect("it runs");
		T::BenchmarkHelper::set_time(NOW);
		T::BenchmarkHelper::prove(self.machine, START, NOW);
		uncount::<T>(id);
		(id, tenant)
	}

	/// What is asked for in a lease for calls.
	pub(super) fn calls(&self, key: AccountId32) -> CallsOrder {
		CallsOrder {
			machine: self.machine,
			price: self.rate,
			max_per_call: Balance::MAX,
			duration_blocks: 1_000,
			version: Some(self.version),
			key,
			funds: 500_000 * UNIT,
			terms_hash: self.terms_hash,
			asset: self.asset,
		}
	}

	/// A lease for calls in service, and the key of its vouchers.
	pub(super) fn serving(&self) -> (LeaseId, ecdsa::Public) {
		let key = ecdsa_generate(KEYS, None);
		let order = self.calls(MultiSigner::from(key).into_account());
		let id = crate::NextLeaseId::<T>::get();
		Pallet::<T>::do_open_calls(self.consumer.clone(), order).expect("the order is fine");
		Pallet::<T>::do_accept(self.agent.clone(), id).expect("it is offered");
		(id, key)
	}

	/// As [`Self::agreed`], with all the funds there can be.
	pub(super) fn whole(&self, room: u32) -> (LeaseId, TenantKey) {
		self.agreed(500_000 * UNIT, room)
	}

	/// As [`Self::agreed`], with an escrow that is used up, but for dust that is due.
	pub(super) fn used_up(&self, room: u32) -> (LeaseId, TenantKey) {
		let (asset, rate) = (self.asset, self.agreed_rate());
		let price = Pallet::<T>::price(asset, 1, rate, HOUR_MS, Some(self.version), &terms::<T>());
		let (least, _, _) = price.expect("small numbers fit");
		self.agreed(least.saturating_mul(2), room)
	}

	/// As [`Self::used_up`], with an auto top-up of dust.
	pub(super) fn short(&self, room: u32) -> (LeaseId, TenantKey) {
		let (id, tenant) = self.used_up(room);
		self.allow_auto_top_up(id, UNIT / 10_000);
		(id, tenant)
	}

	/// Paused for want of funds; others have booked the machine from `booked` on.
	pub(super) fn paused(&self, booked: Moment) -> LeaseId {
		let (id, _) = self.used_up(MAINTENANCE_SEGMENTS + 1);
		Pallet::<T>::do_pause(self.consumer.clone(), id).expect("its funds are used up");
		assert!(matches!(state::<T>(id), State::Paused { .. }));
		uncount::<T>(id);
		T::BenchmarkHelper::crowd(self.machine, booked, true);
		id
	}

	/// Fill the machine's calendar. Nothing stands against a lease.
	pub(super) fn crowd(&self) {
		T::BenchmarkHelper::crowd(self.machine, SOON, false);
	}

	/// The provider's account is gone, and the asset's issuer has blocked all payees: what they cannot
	/// receive becomes claims.
	pub(super) fn ruin(&self) {
		T::BenchmarkHelper::ruin(&self.provider);
		for payee in [&self.provider, &self.author, &T::TreasuryAccount::get()] {
			self.block(payee);
		}
	}

	/// The asset's issuer has blocked the consumer, too: a refund becomes a claim.
	pub(super) fn block_consumer(&self) {
		self.block(&self.consumer);
	}

	fn block(&self, who: &T::AccountId) {
		if let Some(asset) = self.asset {
			T::BenchmarkHelper::block(asset, who);
		}
	}

	/// Whether the provider has a claim.
	fn has_claim(&self) -> bool {
		Claims::<T>::contains_key(&self.provider, self.asset)
	}

	/// Whether the consumer has a claim.
	pub(super) fn is_refund_claimed(&self) -> bool {
		Claims::<T>::contains_key(&self.consumer, self.asset)
	}

	pub(super) fn allow_auto_top_up(&self, id: LeaseId, amount: Balance) {
		let auto = AutoTopUp {
			step: amount,
			cap: amount,
		};
		Pallet::<T>::do_set_auto_top_up(self.consumer.clone(), id, Some(auto))
			.expect("it is not over");
	}

	/// Another size.
	pub(super) fn change(&self) -> Change {
		Change {
			rate: self.agreed_rate(),
			units: 2,
			acknowledged_ms: HOUR_MS,
		}
	}

	/// Another size, proposed by the consumer.
	pub(super) fn proposed(&self, id: LeaseId) -> Digest {
		Pallet::<T>::do_propose_change(self.consumer.clone(), id, self.change())
			.expect("the price is fine");
		Pallet::<T>::proposal_hash(id).expect("it is proposed")
	}

	/// An agreed lease that nobody started in time: its provider waited for so little that an account
	/// that is gone cannot receive it.
	pub(super) fn abandoned(&self) -> LeaseId {
		let (id, _) = self.accepted(500_000 * UNIT, false);
		Leases::<T>::mutate_extant(id, |lease| lease.terms.hold_fee = UNIT / 10_000);
		set_block::<T>(1_000);
		self.crowd();
		self.ruin();
		self.block_consumer();
		id
	}

	/// Leases as [`Self::short`] of these parties and of others, whose payees are gone.
	pub(super) fn and_short(self, others: impl Iterator<Item = Self>) -> Vec<(Self, LeaseId)> {
		let all: Vec<_> = iter::once(self).chain(others).collect();
		let ids: Vec<_> = all.iter().map(|s| s.short(0).0).collect();
		all.iter().for_each(Self::ruin);
		all.into_iter().zip(ids).collect()
	}

	/// Its escrow is used up, and an auto top-up does not suffice, in a maintenance window.
	pub(super) fn pausable(&self) -> LeaseId {
		let (id, _) = self.used_up(MAINTENANCE_SEGMENTS + 1);
		self.allow_auto_top_up(id, 1);
		T::BenchmarkHelper::announce(self.machine, NOW);
		self.ruin();
		id
	}

	/// As [`Self::paused`], with an auto top-up that suffices.
	pub(super) fn resumable(&self, booked: Moment) -> LeaseId {
		let id = self.paused(booked);
		self.allow_auto_top_up(id, 500_000 * UNIT);
		self.ruin();
		id
	}

	/// Closed by its consumer, and past the claim window.
	pub(super) fn closing(&self) -> LeaseId {
		let (id, _) = self.whole(0);
		Pallet::<T>::do_close(self.consumer.clone(), id).expect("it runs");
		uncount::<T>(id);
		set_block::<T>(1_000);
		self.ruin();
		self.block_consumer();
		id
	}

	/// As [`Self::closing`], in the block in which the wheel comes upon it.
	pub(super) fn due(&self) -> (LeaseId, BlockNumber) {
		let id = self.closing();
		let now = Leases::<T>::get(id).expect("it is closing").wake_at;
		set_block::<T>(now);
		(id, now)
	}

	/// Disputed by its consumer.
	pub(super) fn disputed(&self) -> LeaseId {
		let (id, _) = self.whole(0);
		Pallet::<T>::do_dispute(self.consumer.clone(), id, [1; 32]).expect("it has an arbiter");
		uncount::<T>(id);
		self.ruin();
		self.block_consumer();
		id
	}

	/// A job past its delivery window.
	pub(super) fn delivered(&self) -> LeaseId {
		let id = self.demanded(small_spec(), [5; 32], 0);
		set_block::<T>(1_000);
		self.ruin();
		id
	}

	/// Its wallet was drawn on and all segments were counted; what the provider earned is a claim.
	pub(super) fn assert_drawn(&self, id: LeaseId) {
		assert_eq!(work::<T>(id).auto_top_up, None);
		assert!(is_counted::<T>(id) && self.has_claim());
		assert!(is_on_wheel::<T>(id));
	}

	pub(super) fn assert_paused(&self, id: LeaseId) {
		assert!(matches!(state::<T>(id), State::Paused { .. }));
		assert_eq!(work::<T>(id).auto_top_up, None);
		assert!(is_on_wheel::<T>(id) && self.has_claim());
	}

	pub(super) fn assert_resumed(&self, id: LeaseId) {
		assert!(matches!(state::<T>(id), State::Active { .. }));
		assert!(is_on_wheel::<T>(id) && self.has_claim());
	}

	pub(super) fn assert_ended(&self, id: LeaseId) {
		assert!(matches!(state::<T>(id), State::Closing { .. }));
		assert!(is_on_wheel::<T>(id) && self.has_claim());
	}

	/// It was paid to the provider, as a claim, and the rest refunded; of an asset as a claim, too.
	pub(super) fn assert_closed(&self, id: LeaseId, how: Outcome) {
		assert_eq!(outcome::<T>(id), Some(how));
		assert!(Leases::<T>::get(id).expect("it is kept").books.refunded > 0);
		assert!(is_on_wheel::<T>(id) && self.has_claim());
		assert_eq!(self.is_refund_claimed(), self.asset.is_some());
	}

	pub(super) fn assert_job_paid(&self, id: LeaseId) {
		assert_eq!(outcome::<T>(id), Some(Outcome::Completed));
		assert!(Leases::<T>::get(id).expect("it is kept").books.royalty > 0);
		assert!(is_on_wheel::<T>(id) && self.has_claim());
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
			// Less the fee it is dust.
			price: Params::<T>::get().min_job_price,
			max_total: Balance::MAX,
			deadline_blocks: 100,
			version: Some(self.version),
			manifest: [1; 32],
			input_url: vec![b'a'; MAX_LOCATION_BYTES as usize],
			weights_url: vec![b'a'; MAX_LOCATION_BYTES as usize],
			terms_hash: self.terms_hash,
			asset: self.asset,
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
	let message = receipts::message::<T>(id, 0, milliseconds);
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

/// Change what was agreed.
fn change_work<T: Config>(id: LeaseId, change: impl FnOnce(&mut MeteredWork<T::AccountId>)) {
	Leases::<T>::mutate(id, |lease| {
		let Some(Lease {
			work: Work::Metered(work),
			..
		}) = lease
		else {
			panic!("a metered lease")
		};
		change(work)
	})
}

/// As if all segments had begun and ended while a challenge was open: nothing of them is counted.
pub(super) fn uncount<T: Config>(id: LeaseId) {
	change_work::<T>(id, |work| {
		for segment in work.meter.segments.iter_mut() {
			segment.counted_to = segment.from;
			segment.counted_ms = 0;
		}
	})
}

/// Whether every segment was counted to its end.
pub(super) fn is_counted<T: Config>(id: LeaseId) -> bool {
	let meter = work::<T>(id).meter;
	let mut counted = meter.segments.iter();
	counted.all(|segment| segment.counted_to == segment.to.unwrap_or(NOW))
}

pub(super) fn work<T: Config>(id: LeaseId) -> MeteredWork<T::AccountId> {
	match Leases::<T>::get(id).expect("the lease exists").work {
		Work::Metered(work) => work,
		Work::Job(_) | Work::Calls(_) => panic!("a metered lease"),
	}
}

pub(super) fn set_block<T: Config>(number: BlockNumber) {
	frame_system::Pallet::<T>::set_block_number(BlockNumberFor::<T>::from(number));
}

/// Whether the wheel has the entry that a lease names.
pub(super) fn is_on_wheel<T: Config>(id: LeaseId) -> bool {
	let wake_at = Leases::<T>::get(id).expect("the lease exists").wake_at;
	Expiries::<T>::contains_key(DueBlock::from(wake_at), id)
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

/// An account that no key needs to belong to.
pub(super) fn empty_key() -> AccountId32 {
	AccountId32::new([5; 32])
}

/// What the key of a lease for calls signs.
pub(super) fn voucher<T: Config>(id: LeaseId, key: &ecdsa::Public, calls: u64) -> Voucher {
	let message = crate::vouchers::message::<T>(id, calls);
	let signature = ecdsa_sign(KEYS, key, &message).expect("the key was generated");
	Voucher {
		calls,
		signature: signature.into(),
	}
}

/// Calls by the highest voucher that was redeemed.
pub(super) fn calls_on_record<T: Config>(id: LeaseId) -> u64 {
	match Leases::<T>::get(id).expect("it exists").work {
		Work::Calls(work) => work.calls,
		Work::Metered(_) | Work::Job(_) => panic!("a lease for calls"),
	}
}
