//! Who makes blocks and who is punished for making them wrongly: BABE, GRANDPA, sessions, staking,
//! offences.

use crate::{
	times, AccountId, Babe, Balance, Balances, Historical, Offences, Runtime, RuntimeEvent,
	RuntimeHoldReason, Session, SessionKeys, Staking, Supply, Timestamp, VoterList, UNIT,
};
use frame_election_provider_support::{
	bounds::{ElectionBounds, ElectionBoundsBuilder},
	onchain, SequentialPhragmen, VoteWeight,
};
use frame_support::{
	parameter_types,
	traits::{ConstBool, ConstU128, ConstU32, Nothing},
};
use frame_system::EnsureRoot;
use sp_runtime::{
	traits::{ConvertInto, OpaqueKeys},
	Perbill,
};

/// Validators at most: BABE, GRANDPA, discovery and staking share the bound. It bounds the weight
/// of the election, which runs on chain in one block, and of an equivocation report.
pub type MaxAuthorities = ConstU32<100>;
/// Nominators whose exposure fits one reward page, and whom a slash reaches at once.
pub type MaxExposurePageSize = ConstU32<256>;

impl pallet_babe::Config for Runtime {
	type EpochDuration = times::EpochDuration<Runtime>;
	type ExpectedBlockTime = times::SlotDuration<Runtime>;
	// Sessions turn epochs.
	type EpochChangeTrigger = pallet_babe::ExternalTrigger;
	type DisabledValidators = Session;
	// The pallet's own measured weights: it publishes no `SubstrateWeight`.
	type WeightInfo = ();
	type MaxAuthorities = MaxAuthorities;
	type MaxNominators = MaxExposurePageSize;
	type KeyOwnerProof = sp_session::MembershipProof;
	type EquivocationReportSystem = pallet_babe::EquivocationReportSystem<
		Runtime,
		Offences,
		Historical,
		times::ReportLongevity<Runtime>,
	>;
}

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type MaxAuthorities = MaxAuthorities;
	type MaxNominators = MaxExposurePageSize;
	type MaxSetIdSessionEntries = times::MaxSetIdSessionEntries<Runtime>;
	type KeyOwnerProof = sp_session::MembershipProof;
	type EquivocationReportSystem = pallet_grandpa::EquivocationReportSystem<
		Runtime,
		Offences,
		Historical,
		times::ReportLongevity<Runtime>,
	>;
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Runtime, Babe>;
	// Reward points for authors.
	type EventHandler = Staking;
}

impl pallet_authority_discovery::Config for Runtime {
	type MaxAuthorities = MaxAuthorities;
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	// A validator is known by its stash.
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = Babe;
	type NextSessionRotation = Babe;
	// Roots of past sessions are noted, so that old equivocations can be proven.
	type SessionManager = pallet_session::historical::NoteHistoricalRoot<Runtime, Staking>;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	// At most a third of the validators is disabled, the worst offenders first.
	type DisablingStrategy = pallet_session::disabling::UpToLimitWithReEnablingDisablingStrategy;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	// Any account may set keys; without a deposit that would be free storage.
	type KeyDeposit = ConstU128<{ 10 * UNIT }>;
}

impl pallet_session::historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	// Exposures are looked up by staking itself.
	type FullIdentification = ();
	type FullIdentificationOf = pallet_staking::UnitIdentificationOf<Runtime>;
}

impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = pallet_session::historical::IdentificationTuple<Runtime>;
	type OnOffenceHandler = Staking;
}

parameter_types! {
	/// What one election may look at. It runs on chain, within the block that ends an era, so it is
	/// kept to what one block can carry.
	pub ElectionLimits: ElectionBounds = ElectionBoundsBuilder::default()
		.voters_count(1_000.into())
		.targets_count(200.into())
		.build();
}

/// The election: sequential Phragmén, on chain.
pub struct OnChainSeqPhragmen;

impl onchain::Config for OnChainSeqPhragmen {
	// Too many backers are cut by stake instead of failing the election.
	type Sort = ConstBool<true>;
	type System = Runtime;
	type Solver = SequentialPhragmen<AccountId, Perbill>;
	type DataProvider = Staking;
	type WeightInfo = frame_election_provider_support::weights::SubstrateWeight<Runtime>;
	type MaxWinnersPerPage = MaxAuthorities;
	type MaxBackersPerWinner = ConstU32<1_000>;
	type Bounds = ElectionLimits;
}

/// Sizes for staking's own benchmarks.
pub struct StakingBenchmarks;

impl pallet_staking::BenchmarkingConfig for StakingBenchmarks {
	type MaxValidators = ConstU32<100>;
	type MaxNominators = ConstU32<1_000>;
}

impl pallet_staking::Config for Runtime {
	// Only read by the migration of ledgers that are older than this chain.
	type OldCurrency = Balances;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type CurrencyBalance = Balance;
	type UnixTime = Timestamp;
	type CurrencyToVote = sp_staking::currency_to_vote::U128CurrencyToVote;
	type ElectionProvider = onchain::OnChainExecution<OnChainSeqPhragmen>;
	type GenesisElectionProvider = Self::ElectionProvider;
	type NominationsQuota = pallet_staking::FixedNominationsQuota<16>;
	// Three weeks of production's eras in which rewards can be claimed.
	type HistoryDepth = ConstU32<84>;
	// The treasury's part of an era's emission.
	type RewardRemainder = pallet_supply::EraRemainder<Runtime>;
	type RuntimeEvent = RuntimeEvent;
	// Burned, by name. Slashes that went to the treasury would make accusing pay.
	type Slash = pallet_supply::BurnSlash<Runtime>;
	// Staking mints rewards itself; the ledger notes them.
	type Reward = pallet_supply::StakingRewards<Runtime>;
	type SessionsPerEra = times::SessionsPerEra<Runtime>;
	type BondingDuration = times::BondingDuration<Runtime>;
	type SlashDeferDuration = times::SlashDeferDuration<Runtime>;
	type AdminOrigin = EnsureRoot<AccountId>;
	type SessionInterface = Self;
	// The capped emission.
	type EraPayout = Supply;
	type NextNewSession = Session;
	type MaxExposurePageSize = MaxExposurePageSize;
	type MaxValidatorSet = MaxAuthorities;
	type VoterList = VoterList;
	// Candidates are few: the whole map is read.
	type TargetList = pallet_staking::UseValidatorsMap<Runtime>;
	type MaxUnlockingChunks = ConstU32<32>;
	type MaxControllersInDeprecationBatch = ConstU32<100>;
	// Nomination pools will listen here.
	type EventListeners = ();
	type Filter = Nothing;
	type BenchmarkingConfig = StakingBenchmarks;
	type WeightInfo = pallet_staking::weights::SubstrateWeight<Runtime>;
}

/// Bags of the voter list.
pub const BAGS: usize = 200;

/// Upper bounds of the bags: from 0.01 TCT up by 11.3 % each, the last takes all the rest. (Votes
/// are base units, divided by the number of times that issuance exceeds 2⁶⁴.)
///
/// Computed, so that nobody has to trust two hundred literals. A change needs a migration.
pub const fn bag_thresholds() -> [VoteWeight; BAGS] {
	let mut thresholds = [VoteWeight::MAX; BAGS];
	let mut bound: u128 = 10_000_000_000;
	let mut bag = 0;
	while bag < BAGS - 1 {
		thresholds[bag] = bound as VoteWeight;
		bound = bound * 1_113 / 1_000;
		bag += 1;
	}
	thresholds
}

static BAG_THRESHOLDS: [VoteWeight; BAGS] = bag_thresholds();

parameter_types! {
	/// See [`bag_thresholds`].
	pub BagThresholds: &'static [VoteWeight] = &BAG_THRESHOLDS;
}

/// The voter list's instance.
pub type VoterListInstance = pallet_bags_list::Instance1;

impl pallet_bags_list::Config<VoterListInstance> for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_bags_list::weights::SubstrateWeight<Runtime>;
	// Staking is the truth; the list may lag behind it.
	type ScoreProvider = Staking;
	type BagThresholds = BagThresholds;
	// A few corrections in each block's idle time, so that nobody needs to rebag by hand.
	type MaxAutoRebagPerBlock = ConstU32<5>;
	type Score = VoteWeight;
}
