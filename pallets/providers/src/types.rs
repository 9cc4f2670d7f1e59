//! What is stored: parameters, providers, machines.

use crate::windows::YEAR_MS;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_io::hashing::blake2_256;
use sp_runtime::Perbill;
use terminal_primitives::{
	market::{is_driver_at_least, MachineStatus, Requirements},
	Balance, BlockNumber, Digest, MachineId, UNIT,
};

pub use terminal_primitives::market::{HardwareClass, Slug, MAX_SLUG};

/// The most chunks of a bond that may be on their way out at once.
pub const MAX_UNLOCKING: u32 = 16;
/// The longest endpoint in bytes.
pub const MAX_ENDPOINT: u32 = 128;
/// The most endpoints of one machine: two can be blocked, and few enough to ask all of them.
pub const MAX_ENDPOINTS: u32 = 3;
/// One hour in milliseconds.
const HOUR_MS: u64 = 3_600_000;
/// Less than this per second and due amounts could not be rounded to within a thousandth.
pub const LEAST_PRICE_PER_SECOND: Balance = 1_000;

/// `http://host[:port]` or `https://host[:port]`: see [`crate::endpoint`].
pub type Endpoint = BoundedVec<u8, ConstU32<MAX_ENDPOINT>>;
/// One to three endpoints, none twice. All serve the same: their order means nothing.
pub type Endpoints = BoundedVec<Endpoint, ConstU32<MAX_ENDPOINTS>>;

/// Everything governance may change.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Parameters {
	/// The least bond of a provider, in base units.
	pub min_bond: Balance,
	/// Bond that each registered unit asks for, in base units.
	pub bond_per_unit: Balance,
	/// Blocks between `unbond` and `withdraw_unbonded`. `Config::LongestWindow` counts if it is
	/// longer.
	pub unbonding_delay_blocks: BlockNumber,
	/// Blocks a machine must have been offline before it can be removed, because leases read its
	/// uptime until they are finished. `Config::ClaimWindow` counts if it is longer.
	pub removal_delay_blocks: BlockNumber,
	/// k: the share of the bond up to which open fixed jobs may be worth.
	pub risk_share: Perbill,
	/// The share of the bond a proven fault costs; never less than the job's value, never more
	/// than the bond.
	pub slash_share: Perbill,
	/// The share of a slash that the reporter gets. The rest is burned.
	pub reporter_share: Perbill,
	/// The most machines of one provider.
	pub max_machines: u32,
	/// The most units of one machine.
	pub max_units: u32,
	/// The lowest price, base units per second and unit.
	pub min_price_per_second: Balance,
	/// The highest price, base units per second and unit. Keeps every product far from overflow.
	pub max_price_per_second: Balance,
	/// How long before it begins maintenance must be announced, in milliseconds.
	pub maintenance_notice_ms: u64,
	/// The longest maintenance window in milliseconds.
	pub max_maintenance_ms: u64,
	/// The most maintenance of one machine in any 365 days, in milliseconds.
	pub maintenance_budget_ms: u64,
	/// How far ahead a booking or a maintenance window may begin, in milliseconds.
	pub max_ahead_ms: u64,
}

impl Default for Parameters {
	/// Production's values, at 6 s a block.
	fn default() -> Self {
		Self {
			min_bond: 100 * UNIT,
			bond_per_unit: 100 * UNIT,
			unbonding_delay_blocks: 100_800,
			removal_delay_blocks: 14_400,
			risk_share: Perbill::from_percent(50),
			slash_share: Perbill::from_percent(50),
			reporter_share: Perbill::from_percent(10),
			max_machines: 1_000,
			max_units: 1_024,
			min_price_per_second: LEAST_PRICE_PER_SECOND,
			max_price_per_second: 1_000 * UNIT,
			maintenance_notice_ms: 24 * HOUR_MS,
			max_maintenance_ms: 12 * HOUR_MS,
			maintenance_budget_ms: 72 * HOUR_MS,
			max_ahead_ms: 90 * 24 * HOUR_MS,
		}
	}
}

impl Parameters {
	/// What a set of parameters must satisfy; the error says which rule it breaks.
	pub fn validate(&self) -> Result<(), &'static str> {
		let rules = [
			(self.min_bond > 0, "min_bond must not be zero"),
			(
				self.bond_per_unit <= 1_000_000_000 * UNIT,
				"bond_per_unit is above the supply",
			),
			(
				self.min_bond <= 1_000_000_000 * UNIT,
				"min_bond is above the supply",
			),
			(
				self.removal_delay_blocks > 0,
				"removal_delay_blocks must not be zero",
			),
			(
				self.unbonding_delay_blocks >= self.removal_delay_blocks,
				"unbonding_delay_blocks must not be shorter than removal_delay_blocks",
			),
			(!self.risk_share.is_zero(), "risk_share must not be zero"),
			(!self.slash_share.is_zero(), "slash_share must not be zero"),
			(
				self.reporter_share <= Perbill::from_percent(50),
				"reporter_share above a half would make reporting oneself cheap",
			),
			(self.max_machines > 0, "max_machines must not be zero"),
			(self.max_units > 0, "max_units must not be zero"),
			(
				self.max_machines.checked_mul(self.max_units).is_some(),
				"max_machines times max_units must fit 32 bits",
			),
			(
				self.min_price_per_second >= LEAST_PRICE_PER_SECOND,
				"min_price_per_second must be at least 1000 base units",
			),
			(
				self.max_price_per_second >= self.min_price_per_second,
				"max_price_per_second must not be below min_price_per_second",
			),
			(
				self.max_price_per_second <= 1_000_000_000 * UNIT,
				"max_price_per_second is above the supply",
			),
			(
				self.maintenance_notice_ms > 0,
				"maintenance_notice_ms must not be zero: who is to be billed would be told too late",
			),
			(
				self.maintenance_notice_ms < self.max_ahead_ms,
				"maintenance_notice_ms must be shorter than max_ahead_ms",
			),
			(
				self.max_maintenance_ms <= self.maintenance_budget_ms,
				"max_maintenance_ms must not be longer than maintenance_budget_ms",
			),
			(
				self.maintenance_budget_ms <= YEAR_MS / 10,
				"maintenance_budget_ms must not be more than a tenth of 365 days",
			),
			(
				self.max_ahead_ms <= YEAR_MS,
				"max_ahead_ms must not be longer than 365 days",
			),
		];
		rules
			.into_iter()
			.try_for_each(|(holds, rule)| if holds { Ok(()) } else { Err(rule) })
	}
}

/// A part of a bond on its way out. It can be slashed until it is withdrawn.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct Unlocking {
	/// Base units.
	pub amount: Balance,
	/// The first block in which it can be withdrawn.
	pub at: BlockNumber,
}

/// A provider's books.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Provider {
	/// Bond that answers for machines and jobs, in base units.
	pub bond: Balance,
	/// Bond on its way out, oldest request first. It answers for faults, not for new jobs.
	pub unlocking: BoundedVec<Unlocking, ConstU32<MAX_UNLOCKING>>,
	/// Agreed prices of open fixed jobs, in base units.
	pub at_risk: Balance,
	/// Everything ever slashed from this provider, in base units.
	pub slashed: Balance,
	/// Registered machines.
	pub machines: u32,
	/// Units of all registered machines.
	pub units: u32,
	/// The block of registration.
	pub since: BlockNumber,
}

impl Provider {
	/// A provider who has bonded `bond`.
	pub fn new(bond: Balance, since: BlockNumber) -> Self {
		Self {
			bond,
			unlocking: Default::default(),
			at_risk: 0,
			slashed: 0,
			machines: 0,
			units: 0,
			since,
		}
	}

	/// Everything on hold: bond and unlocking chunks.
	pub fn held(&self) -> Balance {
		self.unlocking
			.iter()
			.fold(self.bond, |sum, chunk| sum.saturating_add(chunk.amount))
	}

	/// The bond that `units` units ask for.
	pub fn required_bond(units: u32, parameters: &Parameters) -> Balance {
		parameters
			.bond_per_unit
			.saturating_mul(units.into())
			.max(parameters.min_bond)
	}

	/// The most that may be at risk on a bond of `bond`. Rounds down: in the consumers' favour.
	pub fn risk_limit(bond: Balance, parameters: &Parameters) -> Balance {
		parameters.risk_share.mul_floor(bond)
	}

	/// Take `amount` off the books: first from what would leave soonest, so that the bond goes on
	/// answering for the jobs that are still open.
	pub fn deduct(&mut self, amount: Balance) {
		let mut left = amount;
		self.unlocking.iter_mut().for_each(|chunk| {
			let part = chunk.amount.min(left);
			chunk.amount = chunk.amount.saturating_sub(part);
			left = left.saturating_sub(part);
		});
		self.unlocking.retain(|chunk| chunk.amount > 0);
		self.bond = self.bond.saturating_sub(left);
		self.slashed = self.slashed.saturating_add(amount);
	}
}

/// What a machine is, as its provider claims. It never changes: other hardware is another machine.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Hardware {
	/// The kind of unit.
	pub class: HardwareClass,
	/// The model of a unit, as `h100-sxm`. Not empty.
	pub accelerator: Slug,
	/// Units that can be leased: accelerators, or slices.
	pub count: u32,
	/// Memory of one unit in MiB.
	pub memory_mib: u32,
	/// Virtual processors of the whole machine.
	pub vcpus: u32,
	/// Main memory of the whole machine in MiB.
	pub ram_mib: u32,
	/// Disk of the whole machine in GiB.
	pub disk_gib: u32,
	/// Where it stands, as `eu-west`. Not empty.
	pub region: Slug,
	/// What joins the units, as `nvlink-4`. Empty if nothing does.
	pub interconnect: Slug,
	/// Driver and version, as `nvidia-570.86`. Empty if there is none.
	pub driver: Slug,
}

impl Hardware {
	/// Whether it is, as claimed, what `wanted` asks for. Units are not compared.
	pub fn meets(&self, wanted: &Requirements) -> bool {
		let same = |wanted: &Option<Slug>, is: &Slug| wanted.as_ref().is_none_or(|slug| slug == is);
		let any = wanted.accelerators.is_empty();
		let least = wanted.min_driver.as_ref();
		self.class == wanted.class
			&& (any || wanted.accelerators.contains(&self.accelerator))
			&& self.memory_mib >= wanted.min_memory_mib
			&& same(&wanted.region, &self.region)
			&& same(&wanted.interconnect, &self.interconnect)
			&& least.is_none_or(|least| is_driver_at_least(&self.driver, least))
	}
}

/// A machine.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Machine<AccountId> {
	/// The cold account that is paid and holds the bond.
	pub provider: AccountId,
	/// The hot account that signs for this machine.
	pub agent: AccountId,
	/// What it is.
	pub hardware: Hardware,
	/// Where its daemon serves evidence: the same at each.
	pub endpoints: Endpoints,
	/// Asking price, base units per second and unit.
	pub price_per_second: Balance,
	/// SHA-256 of the text of the provider's terms, zero for none.
	pub document: Digest,
	/// Whether it takes work.
	pub status: MachineStatus,
	/// The block of the last change of status.
	pub status_since: BlockNumber,
	/// The block of registration.
	pub registered_at: BlockNumber,
}

impl<AccountId: Encode> Machine<AccountId> {
	/// What a consumer agrees to: Blake2b-256 of the SCALE encoding of (`b"tct/terms/v1"`, machine
	/// id, provider, hardware, price, document). Hosts and agent are not part of it.
	pub fn terms_hash(&self, id: MachineId) -> Digest {
		let terms = (
			&self.provider,
			&self.hardware,
			self.price_per_second,
			self.document,
			id.0,
		);
		(b"tct/terms/v1", terms).using_encoded(blake2_256)
	}
}
