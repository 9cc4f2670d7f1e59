//! A chain with nothing but the market. Machines are `terminal-test-support`'s mock; leases are
//! faked here, because what matters is that they really take funds and units.

mod fake;
mod tusd;

pub use fake::*;
pub use tusd::*;

use crate::{self as pallet_market, types::*, Event};
use frame_support::{
	construct_runtime, dispatch::DispatchResult, parameter_types, traits::ConstU64, PalletId,
};
use sp_io::TestExternalities;
use sp_runtime::{BuildStorage, Perbill};
use terminal_primitives::{
	market::{HardwareClass, LeaseTerms, MachineStatus, Machines, Requirements},
	AssetId, LeaseId, MachineId, VersionId,
};
use terminal_test_support::{
	account, genesis, AccountId, Balance, BlockNumber, MockBurn, MockMachines, Moment,
	EXISTENTIAL_DEPOSIT, GENESIS_MS, MILLI, UNIT,
};

/// Nothing but a reason for which the faked leases hold funds.
#[frame_support::pallet]
pub mod vault {
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {}

	/// Why.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// A lease.
		Lease,
	}
}

construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Assets: pallet_assets,
		AssetsHolder: pallet_assets_holder,
		Market: pallet_market,
		Vault: vault,
	}
);

terminal_test_support::impl_system!(Test);
terminal_test_support::impl_timestamp!(Test);
terminal_test_support::impl_balances!(Test);
terminal_test_support::impl_assets!(Test);

impl vault::Config for Test {}

parameter_types! {
	pub const MarketPalletId: PalletId = PalletId(*b"tct/mark");
	pub const Fees: FeeShares = FeeShares {
		fee: Perbill::from_percent(2),
		treasury: Perbill::from_percent(30),
		attestors: Perbill::from_percent(20),
	};
}

impl pallet_market::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Assets = Assets;
	type AssetHolds = AssetsHolder;
	type Time = Timestamp;
	type Machines = MockMachines;
	type Bookings = MockMachines;
	type Availability = MockMachines;
	type MachineMatch = MockMachines;
	type LeaseBook = FakeLeases;
	type StartWindow = ConstU64<START_WINDOW_MS>;
	type Fees = Fees;
	type Burn = MockBurn<Balances>;
	type PalletId = MarketPalletId;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

/// Puts into the fakes what benchmarks need.
#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<AccountId> for Helper {
	fn machine(provider: &AccountId, agent: &AccountId, units: u32) -> MachineId {
		let free = (1_000..)
			.map(MachineId)
			.find(|id| MockMachines::machine(*id).is_none());
		let id = free.expect("there are many ids");
		MockMachines::add(id, provider.clone(), agent.clone(), units, RATE);
		id
	}
	fn version(_: &AccountId) -> VersionId {
		VERSION
	}
	fn wanted() -> Requirements {
		wanted()
	}
	// The fake takes one asset only.
	fn asset(_: u32, machine: MachineId, _: VersionId) -> AssetId {
		if !pallet_assets::Asset::<Test>::contains_key(TUSD) {
			with_tusd();
		}
		MockMachines::set_price_in(machine, TUSD, Some(RATE));
		TUSD
	}
	fn give(asset: AssetId, who: &AccountId) {
		let issuer = RuntimeOrigin::signed(issuer());
		Assets::mint(issuer, asset.into(), who.clone(), 1_000_000 * UNIT).expect("it can receive");
	}
	fn block(asset: AssetId, who: &AccountId) {
		let issuer = RuntimeOrigin::signed(issuer());
		Assets::block(issuer, asset.into(), who.clone()).expect("it has some");
	}
	fn crowd(machine: MachineId, from: Moment, _: u32, tight: bool) {
		use terminal_primitives::market::Bookings;
		if tight {
			let units = MockMachines::free_units(machine);
			MockMachines::book(machine, units, from, from + 1).expect("they are free");
		}
	}
	fn set_time(now: Moment) {
		terminal_test_support::set_time_ms::<Test>(now)
	}
}

/// The provider's machine: 4 units at [`RATE`].
pub const MACHINE: MachineId = MachineId(0);
/// The rival's machine: 4 units at [`RATE`].
pub const OTHER: MachineId = MachineId(1);
/// The model version of all tests.
pub const VERSION: VersionId = VersionId(0);
/// The first offer.
pub const OFFER: OfferId = OfferId(0);
/// The first order.
pub const ORDER: OrderId = OrderId(0);
/// The first reservation.
pub const RESERVATION: ReservationId = ReservationId(0);
/// The first lease.
pub const LEASE: LeaseId = LeaseId(0);
/// The asking price of all machines, per second and unit.
pub const RATE: Balance = MILLI;
/// What every account starts with.
pub const ENDOWMENT: Balance = 1_000 * UNIT;
/// Milliseconds in block 1.
pub const START: Moment = GENESIS_MS;
/// What the usual reservation holds on each side.
pub const RESERVATION_DEPOSIT: Balance = 5 * UNIT;

pub fn consumer() -> AccountId {
	account(1)
}
pub fn provider() -> AccountId {
	account(2)
}
pub fn agent() -> AccountId {
	account(3)
}
pub fn rival() -> AccountId {
	account(4)
}
pub fn stranger() -> AccountId {
	account(5)
}
/// One of 20 providers with a machine each: `bidder(n)` has machine `100 + n`.
pub fn bidder(n: u64) -> AccountId {
	account(100 + n)
}
/// The machine of [`bidder`].
pub fn bidders_machine(n: u64) -> MachineId {
	MachineId(100 + n)
}

/// Short windows, so that tests pass through all of them.
pub fn params() -> Parameters {
	Parameters {
		min_order_blocks: 10,
		max_order_blocks: 100,
		bids_only_blocks: 2,
		firm_blocks: 3,
		early_ms: 60_000,
		show_ms: 120_000,
		honour_ms: 60_000,
		slack_ms: 120_000,
		cancel_notice_ms: 120_000,
		min_lead_ms: 180_000,
		max_lead_ms: 3_600_000,
		stall_ms: 20_000,
		backstop_ms: 600_000,
		..Default::default()
	}
}

/// Run a test on a fresh chain, then check the invariants.
pub fn run(test: impl FnOnce()) {
	run_with(params(), test)
}

/// As [`run`], with other parameters.
pub fn run_with(params: Parameters, test: impl FnOnce()) {
	build(params).execute_with(|| {
		test();
		crate::invariants::check::<Test>().expect("the invariants hold after the test");
	})
}

/// A fresh chain.
pub fn build(params: Parameters) -> TestExternalities {
	let numbers = (1..=5).chain(100..120);
	let mut accounts: Vec<(AccountId, Balance)> =
		numbers.map(|number| (account(number), ENDOWMENT)).collect();
	accounts.push((Market::pot_account(), EXISTENTIAL_DEPOSIT));
	let mut storage = genesis::<Test>(&accounts);
	pallet_market::GenesisConfig::<Test> {
		params,
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.expect("genesis builds");
	let mut ext = terminal_test_support::externalities::<Test>(storage);
	ext.execute_with(|| {
		MockMachines::add(MACHINE, provider(), agent(), 4, RATE);
		MockMachines::add(OTHER, rival(), account(6), 4, RATE);
		for n in 0..20 {
			MockMachines::add(bidders_machine(n), bidder(n), account(200 + n), 4, RATE);
		}
	});
	ext
}

/// On demand, two hours at most.
pub fn terms() -> LeaseTerms<AccountId> {
	LeaseTerms::plain(7_200_000)
}

/// Any graphics processor.
pub fn wanted() -> Requirements {
	Requirements {
		class: HardwareClass::Gpu,
		accelerators: Default::default(),
		min_memory_mib: 0,
		region: None,
		interconnect: None,
		min_driver: None,
	}
}

/// The usual offer: up to 4 units from a minute to an hour at [`RATE`], always, reservable.
pub fn offer() -> OfferDraft<AccountId> {
	OfferDraft {
		machine: MACHINE,
		asset: None,
		rate: RATE,
		units: 4,
		min_duration_seconds: 60,
		max_duration_seconds: 3_600,
		terms: terms(),
		windows: Default::default(),
		reservation_deposit: Some(RESERVATION_DEPOSIT),
		document: [3; 32],
	}
}

/// Send `publish_offer`.
pub fn publish(who: AccountId, draft: OfferDraft<AccountId>) -> DispatchResult {
	Market::publish_offer(
		RuntimeOrigin::signed(who),
		draft.machine,
		draft.rate,
		draft.units,
		draft.min_duration_seconds,
		draft.max_duration_seconds,
		draft.terms,
		draft.windows,
		draft.reservation_deposit,
		draft.document,
		draft.asset,
	)
}

/// Publish the usual offer.
pub fn published() {
	publish(provider(), offer()).expect("the usual offer is fine")
}

/// What the usual consumer takes of the first offer: 2 units for an hour, fully funded.
pub fn taking() -> Taking {
	Taking {
		offer: OFFER,
		offer_hash: Market::offer_hash(OFFER).unwrap_or_default(),
		units: 2,
		duration_seconds: 3_600,
		max_rate: RATE,
		version: None,
		tenant: Some([1; 32]),
		funds: WHOLE,
	}
}

/// What 2 units for an hour cost at [`RATE`].
pub const WHOLE: Balance = 2 * RATE * 3_600;

/// Send `take_offer`.
pub fn take(who: AccountId, taking: Taking) -> DispatchResult {
	Market::take_offer(
		RuntimeOrigin::signed(who),
		taking.offer,
		taking.offer_hash,
		taking.units,
		taking.duration_seconds,
		taking.max_rate,
		taking.version,
		taking.tenant,
		taking.funds,
	)
}

/// The last block of the usual order's bidding.
pub const DEADLINE: BlockNumber = 21;

/// The usual order: 2 units for an hour at no more than [`RATE`], fully funded, `auto`.
pub fn order() -> OrderDraft<AccountId> {
	OrderDraft {
		wanted: wanted(),
		units: 2,
		asset: None,
		max_rate: RATE,
		duration_seconds: 3_600,
		deadline: DEADLINE,
		version: None,
		tenant: Some([1; 32]),
		funds: WHOLE,
		terms: terms(),
		auto: true,
	}
}

/// Send `post_order`.
pub fn post(who: AccountId, draft: OrderDraft<AccountId>) -> DispatchResult {
	Market::post_order(
		RuntimeOrigin::signed(who),
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
	)
}

/// Post the usual order.
pub fn posted() {
	post(consumer(), order()).expect("the usual order is fine")
}

/// `bidder(n)` bids `rate` on the first order.
pub fn bid(n: u64, rate: Balance) -> DispatchResult {
	Market::place_bid(
		RuntimeOrigin::signed(bidder(n)),
		ORDER,
		bidders_machine(n),
		rate,
	)
}

/// When the usual reservation is for: ten minutes after the first block.
pub const FROM: Moment = START + 600_000;

/// What the usual consumer reserves of the first offer: 2 units for ten minutes at [`FROM`].
pub fn wish() -> Wish {
	Wish {
		offer: OFFER,
		offer_hash: Market::offer_hash(OFFER).unwrap_or_default(),
		units: 2,
		duration_seconds: 600,
		from: FROM,
		max_rate: RATE,
	}
}

/// Send `reserve`.
pub fn reserve(who: AccountId, wish: Wish) -> DispatchResult {
	Market::reserve(
		RuntimeOrigin::signed(who),
		wish.offer,
		wish.offer_hash,
		wish.units,
		wish.duration_seconds,
		wish.from,
		wish.max_rate,
	)
}

/// Publish the usual offer and reserve the usual time.
pub fn reserved() {
	published();
	reserve(consumer(), wish()).expect("the usual wish is fine")
}

/// What ten minutes of 2 units cost.
pub const RESERVED_WHOLE: Balance = 2 * RATE * 600;

/// Send `arrive`, fully funded.
pub fn arrive(who: AccountId) -> DispatchResult {
	Market::arrive(
		RuntimeOrigin::signed(who),
		RESERVATION,
		None,
		Some([1; 32]),
		RESERVED_WHOLE,
	)
}

/// The usual reservation, whose consumer arrived on time at a machine that is offline.
pub fn arrived() {
	reserved();
	until_ms(FROM);
	set_online(MACHINE, false);
	arrive(consumer()).expect("the consumer is in time")
}

/// The usual reservation as an open lease.
pub fn opened() {
	reserved();
	until_ms(FROM);
	arrive(consumer()).expect("the consumer is in time")
}

/// Switch a machine on or off.
pub fn set_online(id: MachineId, online: bool) {
	MockMachines::change(id, |machine| {
		machine.status = if online {
			MachineStatus::Online
		} else {
			MachineStatus::Offline
		}
	})
}

/// Run the pallet's hooks through `count` blocks of 6 s.
pub fn blocks(count: BlockNumber) {
	terminal_test_support::run_blocks::<Test, Market>(count)
}

/// Run the pallet's hooks up to block `number`.
pub fn to_block(number: BlockNumber) {
	terminal_test_support::run_to_block::<Test, Market>(number)
}

/// Run blocks until the clock shows `at` or a little more, without the expiry wheel.
pub fn until_ms(at: Moment) {
	use frame_support::traits::Hooks;
	while now_ms() < at {
		Market::on_finalize(System::block_number());
		System::set_block_number(System::block_number() + 1);
		terminal_test_support::skip_time_ms::<Test>(6_000);
	}
}

/// The chain stands still for so long: no blocks, but the clock goes on.
pub fn stand_still(milliseconds: Moment) {
	use frame_support::traits::Hooks;
	Market::on_finalize(System::block_number());
	System::set_block_number(System::block_number() + 1);
	terminal_test_support::skip_time_ms::<Test>(milliseconds);
}

/// Move the block number on its own.
pub fn set_block(number: BlockNumber) {
	System::set_block_number(number)
}

/// The clock.
pub fn now_ms() -> Moment {
	pallet_timestamp::Now::<Test>::get()
}

pub fn free(who: &AccountId) -> Balance {
	Balances::free_balance(who)
}

pub fn on_hold(why: crate::HoldReason, who: &AccountId) -> Balance {
	use frame_support::traits::fungible::InspectHold;
	Balances::balance_on_hold(&why.into(), who)
}

/// This pallet's events since the last look.
pub fn events() -> Vec<Event<Test>> {
	terminal_test_support::take_events::<Test, Event<Test>>()
}

/// The last event of this pallet.
pub fn last_event() -> Event<Test> {
	events().pop().expect("there is an event")
}
