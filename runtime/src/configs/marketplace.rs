//! Our own pallets, and how they are tied to each other.
//!
//! ```text
//! models  <-  leases  <-  attestation, market        knowledge: traits of terminal-primitives
//! providers <- leases  <-  attestation, market
//! providers -> attestation, leases -> attestation, leases -> market    hooks only
//! ```

use crate::{
	times, Assets, AssetsHolder, Attestation, Balances, Leases, Market, Models, Providers, Runtime,
	RuntimeCall, RuntimeHoldReason, Supply, Timestamp,
};
use alloc::vec::Vec;
use frame_support::{
	parameter_types,
	traits::{ConstU32, Get},
	PalletId,
};
use terminal_primitives::{BlockNumber, MachineId, Moment};

parameter_types! {
	/// Where royalties wait to be claimed.
	pub const ModelsPalletId: PalletId = PalletId(*b"tct/modl");
	/// Where lies what a payee of a lease could not receive.
	pub const LeasesPalletId: PalletId = PalletId(*b"tct/leas");
	/// Where lies what somebody on the market could not receive.
	pub const MarketPalletId: PalletId = PalletId(*b"tct/mark");
	/// Where attestors' rewards wait to be claimed.
	pub const AttestationPalletId: PalletId = PalletId(*b"tct/attn");
}

impl pallet_models::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Burn = Supply;
	type PalletId = ModelsPalletId;
	type WeightInfo = pallet_models::weights::SubstrateWeight<Runtime>;
}

impl pallet_providers::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	// Bonds are in TCT only, so that their worth moves with that of the chain.
	type Currency = Balances;
	type Time = Timestamp;
	type Guard = Attestation;
	type Burn = Supply;
	type LongestWindow = LongestWindow;
	type ClaimWindow = ClaimWindow;
	type WeightInfo = pallet_providers::weights::SubstrateWeight<Runtime>;
}

/// Blocks from a job's commitment to the last moment at which a fault in it can still be proven, by
/// the parameters in force: the verdict, the delivery window and the last demand in it.
pub struct LongestWindow;

impl Get<BlockNumber> for LongestWindow {
	fn get() -> BlockNumber {
		let attestation = pallet_attestation::Params::<Runtime>::get();
		let leases = pallet_leases::Params::<Runtime>::get();
		attestation
			.verdict_blocks()
			.saturating_add(leases.delivery_blocks)
			.saturating_add(leases.answer_blocks)
	}
}

/// Blocks after the end of a lease in which its provider may show receipts.
pub struct ClaimWindow;

impl Get<BlockNumber> for ClaimWindow {
	fn get() -> BlockNumber {
		pallet_leases::Params::<Runtime>::get().claim_blocks
	}
}

/// What leases' parameters have to fit. The other way round, market and attestation ask leases
/// ([`StartWindow`], [`LeaseWindows`]), at genesis too: whoever is set last has to fit.
pub struct LeaseLimits;

impl Get<pallet_leases::Limits> for LeaseLimits {
	fn get() -> pallet_leases::Limits {
		let market = pallet_market::Params::<Runtime>::get();
		let attestation = pallet_attestation::Params::<Runtime>::get();
		let slot_ms = times::SlotDuration::<Runtime>::get();
		let until_next = market.slack_ms.saturating_sub(market.honour_ms);
		pallet_leases::Limits {
			slot_ms: Some(slot_ms),
			start_window_ms: until_next.min(market.backstop_ms.saturating_sub(1)),
			proof_ms: attestation.proof_ms(slot_ms),
			delivery_blocks: attestation
				.unbonding_blocks
				.saturating_sub(1)
				.saturating_sub(attestation.verdict_blocks()),
			proof_bytes: pallet_attestation::types::MAX_WEIGHTS,
			vote_blocks: attestation.vote_window_blocks,
		}
	}
}

impl pallet_leases::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Assets = Assets;
	type AssetHolds = AssetsHolder;
	type TreasuryAccount = super::economy::TreasuryAccount;
	type Time = Timestamp;
	type Machines = Providers;
	type Availability = Providers;
	type Maintenance = Providers;
	type Uptime = Providers;
	type Bonds = Providers;
	type Models = Models;
	type Royalties = Models;
	type Burn = Supply;
	type Treasury = super::economy::ToTreasury;
	type AttestorFee = Attestation;
	type OnMachineLeased = Attestation;
	type OnJobProgress = Attestation;
	type OnLeaseBegun = Market;
	type Limits = LeaseLimits;
	type PalletId = LeasesPalletId;
	type WeightInfo = pallet_leases::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

/// The VRF output of the parent block: BABE keeps it from one block's end to the next one's.
pub struct ParentVrf;

impl Get<Option<[u8; 32]>> for ParentVrf {
	fn get() -> Option<[u8; 32]> {
		pallet_babe::AuthorVrfRandomness::<Runtime>::get()
	}
}

/// Where machines serve their evidence.
pub struct Endpoints;

impl pallet_attestation::types::Endpoints for Endpoints {
	fn endpoints(machine: MachineId) -> Vec<Vec<u8>> {
		let endpoints = pallet_providers::Machines::<Runtime>::get(machine)
			.map(|machine| machine.endpoints)
			.unwrap_or_default();
		endpoints.into_iter().map(Into::into).collect()
	}
}

/// How long leases wait for attestation, by the parameters in force.
pub struct LeaseWindows;

impl Get<Option<pallet_attestation::types::LeaseWindows>> for LeaseWindows {
	fn get() -> Option<pallet_attestation::types::LeaseWindows> {
		let leases = pallet_leases::Params::<Runtime>::get();
		Some(pallet_attestation::types::LeaseWindows {
			resolve_backstop_ms: leases.resolve_backstop_ms,
			delivery_blocks: leases.delivery_blocks,
			answer_blocks: leases.answer_blocks,
		})
	}
}

impl pallet_attestation::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Machines = Providers;
	type Endpoints = Endpoints;
	type Uptime = Providers;
	type Jobs = Leases;
	type Burn = Supply;
	type Time = Timestamp;
	type Vrf = ParentVrf;
	type SlotMillis = times::SlotDuration<Runtime>;
	type LeaseWindows = LeaseWindows;
	type PotId = AttestationPalletId;
	// With 5 entries each and n = 1,024 commitments and answers of so many fit into what a block keeps
	// for Operational transactions. The draws among them, into half of it: `set_params` sees to that.
	// Half of them are 10,000 machines, each asked every ten minutes.
	type MaxChallengesPerBlock = ConstU32<200>;
	type MaxDuePerBlock = ConstU32<400>;
	type WeightInfo = pallet_attestation::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

/// What the protocol takes of a lease that is opened now.
pub struct Fees;

impl Get<pallet_market::FeeShares> for Fees {
	fn get() -> pallet_market::FeeShares {
		let leases = pallet_leases::Params::<Runtime>::get();
		pallet_market::FeeShares {
			fee: leases.fee,
			treasury: leases.treasury_share,
			attestors: leases.attestor_share,
		}
	}
}

/// Milliseconds, by plan, in which leases let an accepted lease be started.
pub struct StartWindow;

impl Get<Moment> for StartWindow {
	fn get() -> Moment {
		pallet_leases::Params::<Runtime>::get().start_window_ms()
	}
}

impl pallet_market::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Assets = Assets;
	type AssetHolds = AssetsHolder;
	type Time = Timestamp;
	type Machines = Providers;
	type Bookings = Providers;
	type Availability = Providers;
	type MachineMatch = Providers;
	type LeaseBook = Leases;
	type StartWindow = StartWindow;
	type Fees = Fees;
	type Burn = Supply;
	type PalletId = MarketPalletId;
	type WeightInfo = pallet_market::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Helper;
}

/// Calls of the marketplace: what a `Marketplace` proxy may sign.
pub fn is_marketplace(call: &RuntimeCall) -> bool {
	matches!(
		call,
		RuntimeCall::Models(..)
			| RuntimeCall::Providers(..)
			| RuntimeCall::Leases(..)
			| RuntimeCall::Attestation(..)
			| RuntimeCall::Market(..)
	)
}

/// Calls of a provider's daemon: what a `ProviderAgent` proxy may sign. None of them releases a
/// bond, names a payee, moves a machine to another host, or says what its time costs: bids are for
/// the cold key, or for the agent in its own name, at the machine's asking price.
pub fn is_agents(call: &RuntimeCall) -> bool {
	use pallet_attestation::Call as Attest;
	use pallet_leases::Call as Lease;
	use pallet_market::Call as Trade;
	use pallet_providers::Call as Provide;
	match call {
		RuntimeCall::Providers(call) => matches!(call, Provide::set_status { .. }),
		RuntimeCall::Leases(call) => matches!(
			call,
			Lease::accept { .. }
				| Lease::start { .. }
				| Lease::cancel { .. }
				| Lease::settle { .. }
				| Lease::withdraw { .. }
				| Lease::close { .. }
				| Lease::finish { .. }
				| Lease::commit_result { .. }
				| Lease::answer_demand { .. }
				| Lease::pause { .. }
				| Lease::resume { .. }
				| Lease::reclaim { .. }
				| Lease::settle_many { .. }
				| Lease::withdraw_many { .. }
				| Lease::redeem { .. }
				| Lease::redeem_many { .. }
		),
		RuntimeCall::Market(call) => matches!(call, Trade::honour { .. }),
		RuntimeCall::Attestation(call) => matches!(
			call,
			Attest::commit_presence { .. }
				| Attest::answer_presence { .. }
				| Attest::answer_data_challenge { .. }
		),
		_ => false,
	}
}
