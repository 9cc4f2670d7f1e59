//! Worst cases, each with its outcome asserted.

use crate::{
	clock, hooks, types::*, Call, Claims, Config, Expiries, HoldReason, LastBlockAt, NextOrderId,
	Offers, Orders, Pallet, Params, Reservations, Stalls,
};
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{Inspect, Mutate},
		fungibles::{Inspect as _, MutateHold as _},
		ConstU32, Time,
	},
	weights::{Weight, WeightMeter},
	BoundedVec,
};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use sp_runtime::Perbill;
use terminal_primitives::{
	hooks::OnLeaseBegun,
	market::{Arbiter, Availability, LeaseTerms, Machines, Requirements, Sla},
	wheel::DueBlock,
	AssetId, Balance, BlockNumber, Digest, LeaseId, MachineId, Moment, VersionId, MILLI, UNIT,
};

/// Builds what benchmarks need of other pallets.
pub trait BenchmarkHelper<AccountId> {
	/// Another online machine with so many free units, and a provider bonded for it.
	fn machine(provider: &AccountId, agent: &AccountId, units: u32) -> MachineId;
	/// A version with prices above zero.
	fn version(owner: &AccountId) -> VersionId;
	/// The longest requirements that these machines meet.
	fn wanted() -> Requirements;
	/// An approved asset, another one for each `number`, in which machine and version cost the same
	/// numbers as in TCT.
	fn asset(number: u32, machine: MachineId, version: VersionId) -> AssetId;
	/// Give a million times 10¹² base units of such an asset to an account.
	fn give(asset: AssetId, who: &AccountId);
	/// Let its issuer block an account, if that has some of such an asset.
	fn block(asset: AssetId, who: &AccountId);
	/// Fill a machine's calendar from `from` on, as many ends of what others have lent as there may
	/// be and as many bookings less `room`. If `tight`, the bookings are of all its units, so that
	/// nothing can be lent beyond `from`.
	fn crowd(machine: MachineId, from: Moment, room: u32, tight: bool);
	/// Set the clock.
	fn set_time(now: Moment);
}

const START: Moment = 1_800_000_000_000;
const HOUR_MS: u64 = 3_600_000;
const UNITS: u32 = 4;
const RATE: Balance = MILLI;

/// An account that nobody has endowed.
fn empty<T: Config>(name: &'static str) -> T::AccountId {
	account(name, 0, 0)
}

fn funded<T: Config>(name: &'static str, number: u32) -> T::AccountId {
	let who = account(name, number, 0);
	T::Currency::set_balance(&who, 1_000_000 * UNIT);
	who
}

struct Setting<T: Config> {
	consumer: T::AccountId,
	provider: T::AccountId,
	agent: T::AccountId,
	machine: MachineId,
	version: VersionId,
	/// What orders and offers are paid in, if they may be: more work than TCT.
	asset: AssetId,
}

/// Parties, machine, version, a pot and production's parameters.
fn setting<T: Config>() -> Setting<T> {
	Params::<T>::put(Parameters::default());
	set_block::<T>(1);
	T::BenchmarkHelper::set_time(START);
	LastBlockAt::<T>::put(START);
	T::Currency::set_balance(&Pallet::<T>::pot_account(), UNIT);
	let provider = funded::<T>("provider", 0);
	let agent = funded::<T>("agent", 0);
	let consumer = funded::<T>("consumer", 0);
	let machine = T::BenchmarkHelper::machine(&provider, &agent, UNITS);
	let version = T::BenchmarkHelper::version(&funded::<T>("author", 0));
	let asset = T::BenchmarkHelper::asset(0, machine, version);
	T::BenchmarkHelper::give(asset, &consumer);
	Setting {
		asset,
		consumer,
		machine,
		version,
		provider,
		agent,
	}
}

/// Every term there is.
fn terms<T: Config>() -> LeaseTerms<T::AccountId> {
	LeaseTerms {
		spot_notice_ms: Some(60_000),
		max_duration_ms: 2 * HOUR_MS,
		early_close_ms: 60_000,
		sla: Some(Sla {
			target: Perbill::from_percent(99),
			credit: Perbill::from_percent(25),
		}),
		arbiter: Some(Arbiter {
			account: empty::<T>("arbiter"),
			fee: MILLI,
		}),
	}
}

/// As many as there may be: the one that will do comes last.
fn windows() -> Windows {
	let from = |left: u64| START - left * HOUR_MS;
	(0..u64::from(MAX_WINDOWS))
		.rev()
		.map(|left| {
			(
				from(left),
				from(left) + if left > 0 { 1 } else { 1_000 * HOUR_MS },
			)
		})
		.collect::<Vec<_>>()
		.try_into()
		.expect("as many as there may be")
}

impl<T: Config> Setting<T> {
	fn offer(&self) -> (OfferId, Digest) {
		self.publish(Some(self.asset), None)
	}

	fn reservable(&self) -> (OfferId, Digest) {
		self.publish(None, Some(UNIT))
	}

	fn publish(
		&self,
		asset: Option<AssetId>,
		reservation_deposit: Option<Balance>,
	) -> (OfferId, Digest) {
		let id = crate::NextOfferId::<T>::get();
		let draft = OfferDraft {
			machine: self.machine,
			asset,
			rate: RATE,
			units: UNITS,
			min_duration_seconds: 60,
			max_duration_seconds: 3_600,
			terms: terms::<T>(),
			windows: windows(),
			reservation_deposit,
			document: [1; 32],
		};
		Pallet::<T>::do_publish_offer(self.provider.clone(), draft).expect("the offer is fine");
		(id, Offers::<T>::get(id).expect("it stands").hash(id))
	}

	fn draft(&self, auto: bool) -> OrderDraft<T::AccountId> {
		OrderDraft {
			wanted: T::BenchmarkHelper::wanted(),
			units: 1,
			asset: Some(self.asset),
			max_rate: RATE,
			duration_seconds: 3_600,
			deadline: 101,
			version: Some(self.version),
			tenant: Some([1; 32]),
			funds: 100_000 * UNIT,
			terms: terms::<T>(),
			auto,
		}
	}

	/// An order with so many bids, of as many providers, cheapest first.
	fn order(&self, bids: u32, auto: bool) -> (OrderId, Vec<MachineId>) {
		let id = NextOrderId::<T>::get();
		Pallet::<T>::do_post_order(self.consumer.clone(), self.draft(auto)).expect("it is fine");
		let first = u32::try_from(id.0).expect("a few").saturating_mul(MAX_BIDS);
		let machines = (0..bids)
			.map(|number| self.bid(id, first + number, RATE - Balance::from(bids - number)))
			.collect();
		(id, machines)
	}

	/// Fill the machine's calendar. Nothing stands against a lease.
	fn crowd(&self, room: u32) {
		crowd::<T>(self.machine, room, false);
	}

	/// A provider of its own bids on that order.
	fn bid(&self, id: OrderId, number: u32, rate: Balance) -> MachineId {
		let bidder = funded::<T>("bidder", number);
		let agent = funded::<T>("bidders_agent", number);
		let machine = T::BenchmarkHelper::machine(&bidder, &agent, UNITS);
		Pallet::<T>::do_place_bid(bidder, id, machine, rate).expect("there is room");
		machine
	}

	/// A full order that is due: bid `good`, counted from one, is the first that can become a lease;
	/// all before it are refused by the last check of all.
	fn due_order(&self, good: u32) -> (OrderId, MachineId) {
		let (order, machines) = self.order(MAX_BIDS, true);
		set_block::<T>(Orders::<T>::get(order).expect("it stands").deadline + 1);
		for (number, machine) in (1..).zip(&machines) {
			crowd::<T>(*machine, 0, number < good);
		}
		(order, machines[good as usize - 1])
	}

	fn wish(&self, offer: OfferId, offer_hash: Digest) -> Wish {
		Wish {
			offer,
			offer_hash,
			units: 1,
			duration_seconds: 3_600,
			from: START + 3 * HOUR_MS,
			max_rate: RATE,
		}
	}

	fn reserved(&self) -> ReservationId {
		let (offer, hash) = self.reservable();
		let id = crate::NextReservationId::<T>::get();
		let wish = self.wish(offer, hash);
		Pallet::<T>::do_reserve(self.consumer.clone(), wish).expect("it is free");
		id
	}

	/// Let all units of a machine be leased to others.
	fn fill(&self, machine: MachineId) {
		let until = T::Time::now().saturating_add(HOUR_MS / 60);
		T::Machines::reserve(machine, UNITS, until).expect("they are free");
	}

	/// The consumer came while the machine was full.
	fn arrived(&self) -> ReservationId {
		let id = self.reserved();
		T::BenchmarkHelper::set_time(START + 2 * HOUR_MS);
		self.fill(self.machine);
		at_the_window::<T>();
		self.arrive(id);
		let state = Reservations::<T>::get(id).expect("it stands").state;
		assert!(matches!(state, ReservationState::Arrived { .. }));
		id
	}

	fn arrive(&self, id: ReservationId) {
		let (version, funds) = (Some(self.version), 100_000 * UNIT);
		Pallet::<T>::do_arrive(self.consumer.clone(), id, version, Some([1; 32]), funds)
			.expect("in time");
	}
}

/// Move to the time that is reserved.
fn at_the_window<T: Config>() {
	go_to::<T>(START + 3 * HOUR_MS);
}

/// Move to a time, with as many short standstills on the way as are remembered.
fn go_to<T: Config>(now: Moment) {
	T::BenchmarkHelper::set_time(now);
	LastBlockAt::<T>::put(now - Params::<T>::get().stall_ms - 1);
	Stalls::<T>::put(stalls(START));
}

/// As many standstills as are remembered.
fn stalls(from: Moment) -> BoundedVec<(Moment, Moment), ConstU32<MAX_STALLS>> {
	let stalls = (0..u64::from(MAX_STALLS)).map(|number| {
		let stopped = from + number * 10;
		(stopped, stopped + 5)
	});
	BoundedVec::truncate_from(stalls.collect())
}

/// Fill a machine's calendar from the next minute on. If `tight`, a lease on it is refused by the
/// last check of all.
fn crowd<T: Config>(machine: MachineId, room: u32, tight: bool) {
	T::BenchmarkHelper::crowd(machine, T::Time::now() + 60_000, room, tight);
}

/// Whether the wheel has the entry that a reservation names.
fn is_on_wheel<T: Config>(id: ReservationId) -> bool {
	let wake_at = Reservations::<T>::get(id).expect("it stands").wake_at;
	Expiries::<T>::contains_key(DueBlock::from(wake_at), Expiring::Reservation(id))
}

fn set_block<T: Config>(number: BlockNumber) {
	frame_system::Pallet::<T>::set_block_number(BlockNumberFor::<T>::from(number));
}

fn is_gone<T: Config>(id: OrderId) -> bool {
	!Orders::<T>::contains_key(id)
}

fn is_lent<T: Config>(id: MachineId) -> bool {
	let reserved = T::Availability::reserved_units(id);
	T::Machines::machine(id).is_some_and(|machine| machine.units < reserved.saturating_add(UNITS))
}

fn is_open<T: Config>(id: ReservationId) -> bool {
	let state = Reservations::<T>::get(id).expect("it stands").state;
	matches!(state, ReservationState::Opened { .. })
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn publish_offer() {
		let s = setting::<T>();
		#[extrinsic_call]
		_(
			RawOrigin::Signed(s.provider),
			s.machine,
			RATE,
			UNITS,
			60,
			3_600,
			terms::<T>(),
			windows(),
			None,
			[1; 32],
			Some(s.asset),
		);
		assert!(Offers::<T>::contains_key(OfferId(0)));
	}

	#[benchmark]
	fn withdraw_offer() {
		let s = setting::<T>();
		let (offer, _) = s.offer();
		#[extrinsic_call]
		_(RawOrigin::Signed(s.provider), offer);
		assert!(!Offers::<T>::contains_key(offer));
	}

	#[benchmark]
	fn take_offer() {
		let s = setting::<T>();
		let (offer, hash) = s.offer();
		s.crowd(0);
		let free = T::Assets::balance(s.asset, &s.consumer);
		#[extrinsic_call]
		_(
			RawOrigin::Signed(s.consumer.clone()),
			offer,
			hash,
			1,
			3_600,
			RATE,
			Some(s.version),
			Some([1; 32]),
			100_000 * UNIT,
		);
		assert!(T::Assets::balance(s.asset, &s.consumer) < free);
	}

	#[benchmark]
	fn post_order() {
		let s = setting::<T>();
		let draft = s.draft(true);
		#[extrinsic_call]
		_(
			RawOrigin::Signed(s.consumer),
			draft.wanted,
			draft.units,
			draft.max_rate,
			draft.duration_seconds,
			draft.deadline,
			draft.version,
			draft.tenant,
			draft.funds,
			draft.terms,
			draft.auto,
			draft.asset,
		);
		let order = Orders::<T>::get(OrderId(0)).expect("it stands");
		let due = DueBlock::from(order.wake_at);
		assert!(Expiries::<T>::contains_key(
			due,
			Expiring::Order(OrderId(0))
		));
	}

	#[benchmark]
	fn place_bid() {
		let s = setting::<T>();
		let (order, machines) = s.order(MAX_BIDS, true);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.provider), order, s.machine, RATE / 2);
		let bids = Orders::<T>::get(order).expect("it stands").bids;
		let displaced = machines.last().expect("it was full");
		assert!(bids.is_full() && bids.iter().all(|bid| bid.machine != *displaced));
	}

	#[benchmark]
	fn withdraw_bid() {
		let s = setting::<T>();
		let (order, _) = s.order(MAX_BIDS - 1, true);
		Pallet::<T>::do_place_bid(s.provider.clone(), order, s.machine, RATE / 2).expect("room");
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), order, s.machine);
		let bids = Orders::<T>::get(order).expect("it stands").bids;
		assert_eq!(bids.len(), MAX_BIDS as usize - 1);
	}

	#[benchmark]
	fn accept_bid(b: Linear<1, MAX_BIDS>) {
		let s = setting::<T>();
		let (order, machines) = s.order(b, true);
		let machine = *machines.last().expect("at least one");
		crowd::<T>(machine, 0, false);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.consumer), order, machine, RATE);
		assert!(is_gone::<T>(order));
	}

	/// By a consumer that the asset's issuer has blocked: what it gets back becomes a claim.
	#[benchmark]
	fn cancel_order(b: Linear<0, MAX_BIDS>) {
		let s = setting::<T>();
		let (order, _) = s.order(b, true);
		T::BenchmarkHelper::block(s.asset, &s.consumer);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.consumer.clone()), order);
		assert!(is_gone::<T>(order));
		assert!(Claims::<T>::contains_key(&s.consumer, Some(s.asset)));
	}

	/// Of a full order: all but the last of the `b` bids that are tried are refused by the last check
	/// of all.
	#[benchmark]
	fn close_order(b: Linear<1, MAX_BIDS>) {
		let s = setting::<T>();
		let (order, machine) = s.due_order(b);
		let closer = empty::<T>("closer");
		#[extrinsic_call]
		_(RawOrigin::Signed(closer.clone()), order);
		assert!(is_gone::<T>(order));
		assert!(T::Currency::balance(&closer) > 0);
		assert!(is_lent::<T>(machine));
	}

	#[benchmark]
	fn propose_matches(m: Linear<1, MAX_MATCHES>) {
		setting::<T>();
		let (mut pairs, mut settings) = (Vec::new(), Vec::new());
		for number in 0..m {
			let provider = funded::<T>("offering", number);
			let agent = funded::<T>("offerings_agent", number);
			let consumer = funded::<T>("ordering", number);
			let machine = T::BenchmarkHelper::machine(&provider, &agent, UNITS);
			let version = T::BenchmarkHelper::version(&funded::<T>("author", number + 1));
			let asset = T::BenchmarkHelper::asset(number + 1, machine, version);
			T::BenchmarkHelper::give(asset, &consumer);
			let other = Setting::<T> {
				asset,
				consumer,
				machine,
				version,
				provider,
				agent,
			};
			let (offer, _) = other.offer();
			let (order, _) = other.order(MAX_BIDS, true);
			Offers::<T>::mutate(offer, |offer| {
				offer.as_mut().expect("it stands").rate = RATE / 2
			});
			pairs.push((order, offer));
			settings.push(other);
		}
		set_block::<T>(50);
		settings.iter().for_each(|other| other.crowd(0));
		let matcher = empty::<T>("matcher");
		let matches: Matches = pairs.clone().try_into().expect("at most 16");
		#[extrinsic_call]
		_(RawOrigin::Signed(matcher), matches);
		assert!(pairs.into_iter().all(|(order, _)| is_gone::<T>(order)));
	}

	#[benchmark]
	fn reserve() {
		let s = setting::<T>();
		let (offer, hash) = s.reservable();
		let wish = s.wish(offer, hash);
		// One more fits.
		s.crowd(1);
		#[extrinsic_call]
		_(
			RawOrigin::Signed(s.consumer),
			wish.offer,
			wish.offer_hash,
			wish.units,
			wish.duration_seconds,
			wish.from,
			wish.max_rate,
		);
		assert!(is_on_wheel::<T>(ReservationId(0)));
	}

	#[benchmark]
	fn arrive() {
		let s = setting::<T>();
		let id = s.reserved();
		at_the_window::<T>();
		s.crowd(0);
		#[extrinsic_call]
		_(
			RawOrigin::Signed(s.consumer),
			id,
			Some(s.version),
			Some([1; 32]),
			100_000 * UNIT,
		);
		assert!(is_open::<T>(id) && is_on_wheel::<T>(id));
	}

	#[benchmark]
	fn honour() {
		let s = setting::<T>();
		let id = s.arrived();
		T::Machines::release(s.machine, UNITS);
		s.crowd(0);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.agent), id);
		assert!(is_open::<T>(id) && is_on_wheel::<T>(id));
	}

	#[benchmark]
	fn cancel_reservation() {
		let s = setting::<T>();
		let id = s.reserved();
		s.crowd(0);
		#[extrinsic_call]
		_(RawOrigin::Signed(s.consumer), id);
		assert!(!Reservations::<T>::contains_key(id));
	}

	#[benchmark]
	fn end_reservation() {
		let s = setting::<T>();
		let id = s.arrived();
		s.crowd(0);
		go_to::<T>(START + 4 * HOUR_MS);
		let free = T::Currency::balance(&s.consumer);
		let anyone = funded::<T>("anyone", 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(anyone), id);
		assert!(T::Currency::balance(&s.consumer) > free);
	}

	#[benchmark]
	fn claim() {
		let s = setting::<T>();
		let (asset, pot) = (s.asset, Pallet::<T>::pot_account());
		T::BenchmarkHelper::give(asset, &pot);
		let why = HoldReason::Claim.into();
		T::AssetHolds::hold(asset, &why, &pot, UNIT).expect("it has as much");
		// It has none of the asset: the claim opens the account.
		let beneficiary = empty::<T>("beneficiary");
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
	fn set_params() {
		let params = Parameters {
			bid_deposit: 7,
			..Default::default()
		};
		#[extrinsic_call]
		_(RawOrigin::Root, params.clone());
		assert_eq!(Params::<T>::get(), params);
	}

	#[benchmark]
	fn watch_clock() {
		Params::<T>::put(Parameters::default());
		Stalls::<T>::put(stalls(START - HOUR_MS));
		LastBlockAt::<T>::put(START);
		T::BenchmarkHelper::set_time(START + HOUR_MS);
		#[block]
		{
			clock::tick::<T>();
		}
		assert_eq!(LastBlockAt::<T>::get(), START + HOUR_MS);
		let noted = (START, START + HOUR_MS);
		assert!(Stalls::<T>::get().contains(&noted));
	}

	#[benchmark]
	fn lease_begun() {
		let s = setting::<T>();
		let id = s.reserved();
		at_the_window::<T>();
		s.arrive(id);
		go_to::<T>(START + 4 * HOUR_MS);
		let free = T::Currency::balance(&s.consumer);
		let state = Reservations::<T>::get(id).expect("it stands").state;
		let lease = match state {
			ReservationState::Opened { lease, .. } => lease,
			_ => LeaseId(u64::MAX),
		};
		#[block]
		{
			Pallet::<T>::on_never_started(lease);
		}
		assert!(!Reservations::<T>::contains_key(id));
		// Its own deposit, and the provider's.
		assert_eq!(T::Currency::balance(&s.consumer), free + 2 * UNIT);
	}

	/// That finds what is not due yet: the read of the key is weighed besides.
	#[benchmark]
	fn look_at_wheel() {
		let (due, what) = (DueBlock::from(2), Expiring::Order(OrderId(u64::MAX)));
		Expiries::<T>::insert(due, what, ());
		let mut meter = WeightMeter::with_limit(hooks::look_weight::<T>());
		#[block]
		{
			hooks::drain::<T>(1, &mut meter);
		}
		assert!(Expiries::<T>::contains_key(due, what));
		assert_eq!(meter.remaining(), Weight::zero());
	}

	/// An order, of whose bids only the last can become a lease.
	#[benchmark]
	fn expire_one() {
		let s = setting::<T>();
		let (order, machine) = s.due_order(MAX_BIDS);
		let now = Orders::<T>::get(order).expect("it stands").wake_at;
		set_block::<T>(now);
		let mut meter = WeightMeter::new();
		#[block]
		{
			hooks::drain::<T>(now, &mut meter);
		}
		assert!(is_gone::<T>(order) && is_lent::<T>(machine));
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::build(crate::mock::params()),
		crate::mock::Test
	);
}
