//! What clients show of providers and machines.
//!
//! Texts are `String`s and hashes `H256`s, so that JSON shows them as people read them; amounts are
//! in base units, times in milliseconds since the Unix epoch.

use crate::{
	calendar::{Booking, Lent},
	runs::Run,
	types::{HardwareClass, Unlocking},
	windows::Window,
};
use alloc::{string::String, vec::Vec};
use codec::{Codec, Decode, Encode};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;
use terminal_primitives::{
	market::{MachineStatus, Requirements},
	Balance, BlockNumber, MachineId, Moment,
};

/// The most machines on one page of the book.
pub const MAX_PAGE: u32 = 100;
/// The most ids that one page looks at: removed machines leave gaps.
pub const MAX_SCAN: u64 = 1_000;

/// A provider's books.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderView {
	/// Bond that answers for machines and jobs.
	pub bond: Balance,
	/// Bond that the registered units ask for.
	pub required_bond: Balance,
	/// Bond on its way out.
	pub unlocking: Vec<Unlocking>,
	/// Agreed prices of open fixed jobs.
	pub at_risk: Balance,
	/// The most that may be at risk on this bond.
	pub risk_limit: Balance,
	/// Everything ever slashed.
	pub slashed: Balance,
	/// Registered machines.
	pub machines: u32,
	/// Their units.
	pub units: u32,
	/// The block of registration.
	pub since: BlockNumber,
}

/// What a machine is, as its provider claims.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HardwareView {
	/// The kind of unit.
	pub class: HardwareClass,
	/// The model of a unit.
	pub accelerator: String,
	/// Units that can be leased.
	pub count: u32,
	/// Memory of one unit in MiB.
	pub memory_mib: u32,
	/// Virtual processors of the whole machine.
	pub vcpus: u32,
	/// Main memory of the whole machine in MiB.
	pub ram_mib: u32,
	/// Disk of the whole machine in GiB.
	pub disk_gib: u32,
	/// Where it stands.
	pub region: String,
	/// What joins the units.
	pub interconnect: String,
	/// Driver and version.
	pub driver: String,
}

/// A machine in the provider book.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MachineView<AccountId> {
	/// Its id.
	pub id: MachineId,
	/// The cold account that is paid.
	pub provider: AccountId,
	/// The hot account that signs for it.
	pub agent: AccountId,
	/// What it is.
	pub hardware: HardwareView,
	/// Where its daemon serves evidence: one to three hosts, the same at each.
	pub endpoints: Vec<String>,
	/// Asking price, base units per second and unit.
	pub price_per_second: Balance,
	/// SHA-256 of the text of the provider's terms, zero for none.
	pub document: H256,
	/// What a consumer agrees to: name it when opening a lease.
	pub terms_hash: H256,
	/// Whether it takes work.
	pub status: MachineStatus,
	/// The block of the last change of status.
	pub status_since: BlockNumber,
	/// Units no lease has reserved.
	pub free_units: u32,
	/// Whether a lease could be opened now: online, units neither lent nor booked, bond sufficient.
	pub open_for_leases: bool,
	/// Whether a presence challenge is open.
	pub challenge_open: bool,
	/// Milliseconds of verified uptime in all.
	pub proven_ms: u64,
	/// The block of registration.
	pub registered_at: BlockNumber,
}

/// Which machines to show. Nothing set: all.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct MachineFilter<AccountId> {
	/// Of this provider.
	pub provider: Option<AccountId>,
	/// Whose hardware meets these.
	pub wanted: Option<Requirements>,
	/// That ask no more, base units per second and unit.
	pub max_price: Option<Balance>,
	/// On which a lease of so many units could be opened now: online, the units neither lent nor
	/// booked, bond sufficient.
	pub free_units: Option<u32>,
}

/// A page of the provider book.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MachinePage<AccountId> {
	/// Machines in the order of their ids.
	pub machines: Vec<MachineView<AccountId>>,
	/// Where the next page starts; nothing after the last one.
	pub next: Option<MachineId>,
}

/// What a machine has proven.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UptimeView {
	/// The last runs, oldest first. Before the oldest, V is its `before`.
	pub runs: Vec<Run>,
	/// Whether the next pass may extend the last run.
	pub open: bool,
	/// The longest gap after the last pass that a next one may credit, in milliseconds.
	pub gap_cap_ms: u64,
	/// Milliseconds proven in all.
	pub total_ms: u64,
	/// The latest time up to which V is final.
	pub resolved_until: Moment,
}

/// What is lent, booked and announced of a machine.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CalendarView {
	/// The machine's units.
	pub units: u32,
	/// Units that leases have reserved and whose agreed end is past.
	pub late: u32,
	/// Units by the end to which they are kept for leases, the next one first.
	pub lent: Vec<Lent>,
	/// Units by the time for which they are booked, the next one first.
	pub bookings: Vec<Booking>,
	/// Maintenance that is announced and not over, the next one first.
	pub maintenance: Vec<Window>,
	/// Milliseconds of maintenance that can at least still be announced.
	pub maintenance_left_ms: u64,
}

sp_api::decl_runtime_apis! {
	/// The provider book.
	pub trait ProvidersApi<AccountId> where AccountId: Codec {
		/// The books of a provider, if the account is one.
		fn provider(account: AccountId) -> Option<ProviderView>;
		/// A machine, if it is registered.
		fn machine(machine: MachineId) -> Option<MachineView<AccountId>>;
		/// At most `limit` machines from id `from` on. A page looks at 1,000 ids and holds 100
		/// machines at most; go on at `next`.
		fn machines(from: MachineId, limit: u32) -> MachinePage<AccountId>;
		/// As `machines`, of one provider.
		fn machines_of(account: AccountId, from: MachineId, limit: u32) -> MachinePage<AccountId>;
		/// What a machine has proven, if it is registered.
		fn uptime(machine: MachineId) -> Option<UptimeView>;
		/// V(at): milliseconds that a machine has proven up to `at`.
		fn proven_ms(machine: MachineId, at: Moment) -> u64;
		/// What is lent, booked and announced of a machine, if it is registered.
		fn calendar(machine: MachineId) -> Option<CalendarView>;
		/// The earliest time from which `units` are free for `duration_ms`: now if a lease could be
		/// opened, a later time if they could be booked.
		fn earliest_start(machine: MachineId, units: u32, duration_ms: u64) -> Option<Moment>;
		/// As `machines`, of those that `filter` lets through.
		fn find_machines(
			filter: MachineFilter<AccountId>,
			from: MachineId,
			limit: u32,
		) -> MachinePage<AccountId>;
		/// As `machines`, of those whose hardware meets `wanted`.
		fn machines_that_meet(
			wanted: Requirements,
			from: MachineId,
			limit: u32,
		) -> MachinePage<AccountId>;
	}
}
