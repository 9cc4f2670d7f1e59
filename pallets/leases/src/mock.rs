//! A chain with nothing but leases; the other pallets are `terminal-test-support`'s mocks.

use crate::{self as pallet_leases, meter::amount, types::*, Event};
use frame_support::{
	construct_runtime,
	dispatch::{DispatchResult, DispatchResultWithPostInfo},
	parameter_types,
	traits::tokens::imbalance::ResolveTo,
	PalletId,
};
use sp_core::{sr25519, Pair};
use sp_io::TestExternalities;
use sp_runtime::BuildStorage;
use terminal_primitives::{
	market::{AgreedLease, JobSpec, LeaseTerms},
	AssetId, LeaseId, MachineId, VersionId,
};
use terminal_test_support::{
	account, genesis, AccountId, Balance, BlockNumber, MockAttestorFees, MockBegun, MockBonds,
	MockBurn, MockJobProgress, MockLeased, MockMachines, MockModels, MockRoyalties, MockUptime,
	Moment, TreasuryAccount, EXISTENTIAL_DEPOSIT, GENESIS_MS, MILLI, UNIT,
};

construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Assets: pallet_assets,
		AssetsHolder: pallet_assets_holder,
		Leases: pallet_leases,
	}
);

terminal_test_support::impl_system!(Test);
terminal_test_support::impl_timestamp!(Test);
terminal_test_support::impl_balances!(Test);
terminal_test_support::impl_assets!(Test, forget = ForgetAsset);

/// As the runtime's.
pub struct ForgetAsset;

impl pallet_assets::AssetsCallback<AssetId, AccountId> for ForgetAsset {
	fn destroyed(id: &AssetId) -> Result<(), ()> {
		Leases::forget_asset(*id);
		Ok(())
	}
}

parameter_types! {
	pub const LeasesPalletId: PalletId = PalletId(*b"tct/leas");
	/// Blocks of six seconds and no other limit, until a test sets others.
	pub static MockLimits: Limits = Limits { slot_ms: Some(6_000), ..Default::default() };
}

impl pallet_leases::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Assets = Assets;
	type AssetHolds = AssetsHolder;
	type TreasuryAccount = TreasuryAccount;
	type Time = Timestamp;
	type Machines = MockMachines;
	type Availability = MockMachines;
	type Maintenance = MockMachines;
	type Uptime = MockUptime;
	type Bonds = MockBonds;
	type Models = MockModels;
	type Royalties = MockRoyalties<Balances>;
	type Burn = MockBurn<Balances>;
	type Treasury = ResolveTo<TreasuryAccount, Balances>;
	type AttestorFee = MockAttestorFees<Balances>;
	type OnMachineLeased = MockLeased;
	type OnJobProgress = MockJobProgress;
	type OnLeaseBegun = MockBegun;
	type Limits = MockLimits;
	type PalletId = LeasesPalletId;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

/// Puts into the mocks what benchmarks need.
#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<AccountId> for Helper {
	fn machine(provider: &AccountId, agent: &AccountId, units: u32) -> MachineId {
		use terminal_primitives::market::Machines;
		let free = (1_000..)
			.map(MachineId)
			.find(|id| MockMachines::machine(*id).is_none());
		let id = free.expect("there are many ids");
		MockMachines::add(id, provider.clone(), agent.clone(), units, RATE);
		id
	}
	fn crowd(machine: MachineId, from: Moment, tight: bool) {
		use terminal_primitives::market::Bookings;
		if tight {
			let units = MockMachines::free_units(machine);
			MockMachines::book(machine, units, from, from + 1).expect("they are free");
			// One of them is lent for longer than it was.
			MockMachines::change(machine, |machine| machine.free_units -= 1);
		}
	}
	fn announce(machine: MachineId, at: Moment) {
		MockMachines::set_window(machine, Some((at, at + 1)))
	}
	fn ruin(provider: &AccountId) {
		use frame_support::traits::fungible::Mutate;
		Balances::set_balance(provider, 0);
	}
	fn version(owner: &AccountId, weights_root: [u8; 32]) -> VersionId {
		MockModels::add(
			VERSION,
			owner.clone(),
			JOB_ROYALTY,
			ROYALTY_RATE,
			Some(weights_root),
		);
		MockModels::set_price_per_call(VERSION, None, CALL_ROYALTY);
		VERSION
	}
	fn prove(machine: MachineId, from: Moment, to: Moment) {
		MockUptime::prove(machine, from, to)
	}
	fn attested(_: LeaseId) {
		// `MockJobProgress` holds nothing open.
	}
	fn asset(number: u32, machine: MachineId, version: VersionId) -> AssetId {
		let asset = TUSD + number;
		if !pallet_assets::Asset::<Test>::contains_key(asset) {
			let (root, least) = (RuntimeOrigin::root(), EXISTENTIAL_DEPOSIT);
			Assets::force_create(root, asset.into(), issuer(), true, least)
				.expect("the id is free");
		}
		let terms = AssetTerms {
			min_rate: 1_000,
			per_tct: UNIT,
		};
		Leases::approve_asset(RuntimeOrigin::root(), asset, terms).expect("it exists");
		MockMachines::set_price_in(machine, asset, Some(RATE));
		MockModels::set_prices_in(version, asset, Some((JOB_ROYALTY, ROYALTY_RATE)));
		MockModels::set_price_per_call(version, Some(asset), CALL_ROYALTY);
		asset
	}
	fn give(asset: AssetId, who: &AccountId) {
		let issuer = RuntimeOrigin::signed(issuer());
		Assets::mint(issuer, asset.into(), who.clone(), 10_000_000 * UNIT).expect("it can receive");
	}
	fn block(asset: AssetId, who: &AccountId) {
		let known = pallet_assets::Account::<Test>::contains_key(asset, who);
		let issuer = RuntimeOrigin::signed(issuer());
		assert!(!known || Assets::block(issuer, asset.into(), who.clone()).is_ok());
	}
	fn set_time(now: Moment) {
		terminal_test_support::set_time_ms::<Test>(now)
	}
}

/// The machine of all tests: 4 units at [`RATE`], terms `[7; 32]`.
pub const MACHINE: MachineId = MachineId(0);
/// The model version of all tests.
pub const VERSION: VersionId = VersionId(0);
/// The first lease.
pub const LEASE: LeaseId = LeaseId(0);
/// Per second and unit.
pub const RATE: Balance = MILLI;
/// Per second, for the model.
pub const ROYALTY_RATE: Balance = MILLI / 2;
/// Per job, for the model.
pub const JOB_ROYALTY: Balance = 2 * UNIT;
/// Per call, for the provider.
pub const CALL_PRICE: Balance = 10 * MILLI;
/// Per call, for the model.
pub const CALL_ROYALTY: Balance = 5 * MILLI;
/// Per job, for the provider.
pub const JOB_PRICE: Balance = 100 * UNIT;
/// So many accounts are endowed, numbered from one.
pub const ACCOUNTS: u64 = 10;
/// What every account starts with.
pub const ENDOWMENT: Balance = 1_000 * UNIT;
/// Milliseconds in block 1.
pub const START: Moment = GENESIS_MS;
/// Root over the model version's weights.
pub const WEIGHTS_ROOT: [u8; 32] = [9; 32];

pub fn consumer() -> AccountId {
	account(1)
}
pub fn provider() -> AccountId {
	account(2)
}
pub fn agent() -> AccountId {
	account(3)
}
pub fn author() -> AccountId {
	account(4)
}
pub fn stranger() -> AccountId {
	account(5)
}

/// Short windows, so that tests pass through all of them.
pub fn params() -> Parameters {
	Parameters {
		offer_blocks: 50,
		start_blocks: 20,
		claim_blocks: 100,
		min_deadline_blocks: 5,
		delivery_blocks: 30,
		answer_blocks: 10,
		retention_blocks: 200,
		pause_ms: 600_000,
		arbitration_blocks: 150,
		proposal_blocks: 20,
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
	let mut accounts: Vec<(AccountId, Balance)> = (1..=ACCOUNTS)
		.map(|number| (account(number), ENDOWMENT))
		.collect();
	accounts.push((Leases::pot_account(), EXISTENTIAL_DEPOSIT));
	let mut storage = genesis::<Test>(&accounts);
	pallet_leases::GenesisConfig::<Test> {
		params,
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.expect("genesis builds");
	let mut ext = terminal_test_support::externalities::<Test>(storage);
	ext.execute_with(|| {
		MockMachines::add(MACHINE, provider(), agent(), 4, RATE);
		MockModels::add(
			VERSION,
			author(),
			JOB_ROYALTY,
			ROYALTY_RATE,
			Some(WEIGHTS_ROOT),
		);
		MockModels::set_price_per_call(VERSION, None, CALL_ROYALTY);
	});
	ext
}

/// A fresh chain on a node with a keystore.
#[cfg(feature = "runtime-benchmarks")]
pub fn build_with_keys() -> TestExternalities {
	use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
	let mut ext = build(params());
	ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	ext
}

/// The tenant's key pair.
pub fn tenant() -> sr25519::Pair {
	sr25519::Pair::from_seed(&[1; 32])
}

/// A receipt over `milliseconds` of segment 0 of the first lease.
pub fn receipt(milliseconds: u64) -> Receipt {
	receipt_for(LEASE, 0, milliseconds)
}

/// A receipt by the tenant.
pub fn receipt_for(lease: LeaseId, segment: u32, milliseconds: u64) -> Receipt {
	let message = crate::receipts::message::<Test>(lease, segment, milliseconds);
	Receipt {
		segment,
		milliseconds,
		signature: tenant().sign(&message),
	}
}

/// What the usual metered lease asks for: 2 units for an hour with the model, fully funded.
pub fn metered() -> MeteredOrder {
	MeteredOrder {
		machine: MACHINE,
		units: 2,
		duration_seconds: 3_600,
		max_rate: RATE,
		terms_hash: [7; 32],
		version: Some(VERSION),
		tenant: Some(tenant().public()),
		funds: 9 * UNIT,
		asset: None,
	}
}

/// Per second: 2 units and the model.
pub const PER_SECOND: Balance = 2 * RATE + ROYALTY_RATE;

/// What so many milliseconds of the usual metered lease cost.
pub fn cost(milliseconds: u64) -> Balance {
	amount(2 * RATE, milliseconds) + amount(ROYALTY_RATE, milliseconds)
}

/// Send `open_metered`.
pub fn open_metered(order: MeteredOrder) -> frame_support::dispatch::DispatchResult {
	Leases::open_metered(
		RuntimeOrigin::signed(consumer()),
		order.machine,
		order.units,
		order.duration_seconds,
		order.max_rate,
		order.terms_hash,
		order.version,
		order.tenant,
		order.funds,
		order.asset,
	)
}

/// Open and accept the usual metered lease.
pub fn accepted_metered() {
	open_metered(metered()).expect("the usual order is fine");
	Leases::accept(RuntimeOrigin::signed(agent()), LEASE).expect("the machine is free");
}

/// Open, accept and start the usual metered lease, in block 1 at [`START`].
pub fn active() {
	accepted_metered();
	Leases::start(RuntimeOrigin::signed(agent()), LEASE, Some(receipt(0))).expect("it starts");
}

/// The usual metered lease, as both sides agree on it on the market: extendable to two hours.
pub fn agreement() -> AgreedLease<AccountId> {
	AgreedLease {
		consumer: consumer(),
		provider: provider(),
		machine: MACHINE,
		units: 2,
		asset: None,
		rate: RATE,
		duration_ms: 3_600_000,
		version: Some(VERSION),
		tenant: Some(tenant().public().0),
		funds: 9 * UNIT,
		terms: LeaseTerms::plain(7_200_000),
		terms_hash: [7; 32],
		shown: false,
	}
}

/// Open what was agreed, all or nothing.
pub fn agree(lease: AgreedLease<AccountId>) -> Result<LeaseId, sp_runtime::DispatchError> {
	use terminal_primitives::market::LeaseBook;
	frame_support::storage::with_storage_layer(|| Leases::open_agreed(lease))
}

/// Agree on the usual lease with these changes, and start it in block 1 at [`START`].
pub fn active_with(change: impl FnOnce(&mut AgreedLease<AccountId>)) {
	let mut lease = agreement();
	change(&mut lease);
	let handshake = lease.tenant.map(|_| receipt(0));
	agree(lease).expect("the agreement is fine");
	Leases::start(RuntimeOrigin::signed(agent()), LEASE, handshake).expect("it starts");
}

/// So many blocks later; the machine was up all the time since the start, and that is final.
pub fn serve(count: BlockNumber) {
	jump(count);
	MockUptime::prove(MACHINE, START, now_ms());
}

/// Show the tenant's receipt over a segment, and be paid.
pub fn acknowledge(segment: u32, milliseconds: u64) {
	let shown = Some(receipt_for(LEASE, segment, milliseconds));
	collect(agent(), shown).expect("the receipt is fine");
}

/// Settle the first lease, and pay what is due.
pub fn collect(who: AccountId, shown: Option<Receipt>) -> DispatchResult {
	Leases::settle(RuntimeOrigin::signed(who.clone()), LEASE, shown)?;
	plain(Leases::withdraw(RuntimeOrigin::signed(who), LEASE))
}

/// What a call that gives back weight did.
pub fn plain(done: DispatchResultWithPostInfo) -> DispatchResult {
	done.map(|_| ()).map_err(|error| error.error)
}

/// The metered work of the first lease.
pub fn work() -> MeteredWork<AccountId> {
	match lease(LEASE).work {
		Work::Metered(work) => work,
		Work::Job(_) | Work::Calls(_) => panic!("a metered lease"),
	}
}

/// The key pair that signs vouchers.
pub fn caller() -> sr25519::Pair {
	sr25519::Pair::from_seed(&[2; 32])
}

/// A voucher over `calls` calls of the first lease.
pub fn voucher(calls: u64) -> Voucher {
	voucher_for(LEASE, calls)
}

/// A voucher by the caller's key.
pub fn voucher_for(lease: LeaseId, calls: u64) -> Voucher {
	let message = crate::vouchers::message::<Test>(lease, calls);
	Voucher {
		calls,
		signature: caller().sign(&message).into(),
	}
}

/// What the usual lease for calls asks for: a thousand blocks, funds for a thousand calls with the
/// model.
pub fn calls() -> CallsOrder {
	CallsOrder {
		machine: MACHINE,
		price: CALL_PRICE,
		max_per_call: CALL_PRICE + CALL_ROYALTY,
		duration_blocks: 1_000,
		version: Some(VERSION),
		key: caller().public().into(),
		funds: 1_000 * (CALL_PRICE + CALL_ROYALTY),
		terms_hash: [7; 32],
		asset: None,
	}
}

/// Send `open_calls`.
pub fn open_calls(order: CallsOrder) -> DispatchResult {
	Leases::open_calls(
		RuntimeOrigin::signed(consumer()),
		order.machine,
		order.price,
		order.max_per_call,
		order.duration_blocks,
		order.version,
		order.key,
		order.funds,
		order.terms_hash,
		order.asset,
	)
}

/// Open and accept the usual lease for calls, in block 1.
pub fn serving() {
	open_calls(calls()).expect("the usual order is fine");
	Leases::accept(RuntimeOrigin::signed(agent()), LEASE).expect("it is offered");
}

/// Show a voucher over `calls` calls of the first lease.
pub fn redeem(calls: u64) -> DispatchResult {
	Leases::redeem(RuntimeOrigin::signed(agent()), LEASE, voucher(calls))
}

/// How the first lease ended, or is ending.
pub fn outcome() -> Outcome {
	match lease(LEASE).state {
		State::Closing { outcome, .. }
		| State::Disputed { outcome, .. }
		| State::Redeeming { outcome, .. }
		| State::Closed { outcome, .. } => outcome,
		other => panic!("not over: {other:?}"),
	}
}

/// Ten inputs of 4 bytes, outputs of 2.
pub fn spec() -> JobSpec {
	crate::tests::batch::Batch::new(10).spec()
}

/// What the usual job asks for.
pub fn job() -> JobOrder {
	JobOrder {
		machine: MACHINE,
		spec: spec(),
		price: JOB_PRICE,
		max_total: JOB_PRICE + JOB_ROYALTY,
		deadline_blocks: 20,
		version: Some(VERSION),
		manifest: [3; 32],
		input_url: b"https://example.org/inputs".to_vec(),
		weights_url: b"https://example.org/weights".to_vec(),
		terms_hash: [7; 32],
		asset: None,
	}
}

/// Send `open_job`.
pub fn open_job(order: JobOrder) -> frame_support::dispatch::DispatchResult {
	Leases::open_job(
		RuntimeOrigin::signed(consumer()),
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
	)
}

/// Open and accept the usual job.
pub fn running() {
	open_job(job()).expect("the usual order is fine");
	Leases::accept(RuntimeOrigin::signed(agent()), LEASE).expect("the machine is free");
}

/// Open, accept and commit the usual job, honestly.
pub fn committed() {
	running();
	let root = crate::tests::batch::Batch::new(10).result_root(LEASE);
	Leases::commit_result(RuntimeOrigin::signed(agent()), LEASE, root).expect("in time");
}

/// The usual job, passed by attestation.
pub fn delivering() {
	use terminal_primitives::market::{Jobs, Verdict};
	committed();
	<Leases as Jobs<AccountId>>::conclude(LEASE, Verdict::Pass, None).expect("it was committed");
}

/// Run the pallet's hooks through `count` blocks of 6 s.
pub fn blocks(count: BlockNumber) {
	terminal_test_support::run_blocks::<Test, Leases>(count)
}

/// Move block number and clock without any hook.
pub fn jump(count: BlockNumber) {
	let now: u32 = System::block_number();
	System::set_block_number(now + count);
	terminal_test_support::skip_time_ms::<Test>(u64::from(count) * 6_000);
}

/// The clock.
pub fn now_ms() -> Moment {
	pallet_timestamp::Now::<Test>::get()
}

pub fn lease(id: LeaseId) -> Lease<AccountId> {
	crate::Leases::<Test>::get(id).expect("the lease exists")
}

pub fn books() -> Books {
	lease(LEASE).books
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

/// A stablecoin with six decimals.
pub const TUSD: AssetId = 7;
/// One of it.
pub const USD: Balance = 1_000_000;
/// Its least balance.
pub const LEAST_TUSD: Balance = 10_000;
/// What every account has of it.
pub const TUSD_ENDOWMENT: Balance = 1_000 * USD;
/// Per second and unit.
pub const TUSD_RATE: Balance = 2_000;
/// Per second, for the model.
pub const TUSD_ROYALTY_RATE: Balance = 1_000;
/// Per job, for the model.
pub const TUSD_JOB_ROYALTY: Balance = 2 * USD;
/// Ten TCT are one dollar.
pub const TUSD_TERMS: AssetTerms = AssetTerms {
	min_rate: 1_000,
	per_tct: 100_000,
};

/// Who issues, freezes and seizes the stablecoin.
pub fn issuer() -> AccountId {
	account(ACCOUNTS)
}

/// Create the stablecoin, give some to every account, approve it, price machine and model in it.
pub fn with_tusd() {
	Assets::force_create(
		RuntimeOrigin::root(),
		TUSD.into(),
		issuer(),
		true,
		LEAST_TUSD,
	)
	.expect("the id is free");
	for number in 1..=ACCOUNTS {
		give_tusd(account(number), TUSD_ENDOWMENT);
	}
	Leases::approve_asset(RuntimeOrigin::root(), TUSD, TUSD_TERMS).expect("it exists");
	MockMachines::set_price_in(MACHINE, TUSD, Some(TUSD_RATE));
	MockModels::set_prices_in(VERSION, TUSD, Some((TUSD_JOB_ROYALTY, TUSD_ROYALTY_RATE)));
}

/// Mint some of the stablecoin.
pub fn give_tusd(who: AccountId, amount: Balance) {
	Assets::mint(RuntimeOrigin::signed(issuer()), TUSD.into(), who, amount)
		.expect("it can receive");
}

/// The usual metered lease, paid in the stablecoin: 5,000 base units per second, 18 tUSD in all.
pub fn metered_tusd() -> MeteredOrder {
	MeteredOrder {
		max_rate: TUSD_RATE,
		funds: 18 * USD,
		asset: Some(TUSD),
		..metered()
	}
}

/// The usual job, paid in the stablecoin.
pub fn job_tusd() -> JobOrder {
	JobOrder {
		price: 10 * USD,
		max_total: 12 * USD,
		asset: Some(TUSD),
		..job()
	}
}

/// The usual agreed lease, paid in the stablecoin.
pub fn agreement_tusd() -> AgreedLease<AccountId> {
	AgreedLease {
		asset: Some(TUSD),
		rate: TUSD_RATE,
		funds: 18 * USD,
		..agreement()
	}
}

/// Free stablecoins.
pub fn tusd(who: &AccountId) -> Balance {
	Assets::balance(TUSD, who)
}

/// Stablecoins on hold.
pub fn tusd_on_hold(why: crate::HoldReason, who: &AccountId) -> Balance {
	use frame_support::traits::fungibles::InspectHold;
	AssetsHolder::balance_on_hold(TUSD, &why.into(), who)
}
