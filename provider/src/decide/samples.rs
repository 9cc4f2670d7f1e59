//! Chain state for tests: small, whole and changed by each test where it matters.

use super::Now;
use crate::{
	chain::{
		terminal::runtime_types as types, Bid, Booked, CalendarView, JobDetails, Lease, LeaseId,
		Machine, MachineId, MachineStatus, MeteredView, Order, OrderId, OrderStatus,
		ReservationState, Status,
	},
	store::StoredReceipt,
};
use subxt::utils::AccountId32;
use types::{
	bounded_collections::bounded_vec::BoundedVec,
	pallet_leases::{
		runtime_api::{AgreementView, SegmentView},
		types::{Books, Demand},
	},
	pallet_market::types::{Arrival, OfferId},
	pallet_providers::{
		calendar::{Booking, Lent},
		runtime_api::HardwareView,
	},
	sp_arithmetic::per_things::Perbill,
	terminal_primitives::{
		agreement::{Arbiter, LeaseTerms, Sla},
		hardware::{HardwareClass, Requirements},
	},
};

/// The machine that the tests are about.
pub const MACHINE: u64 = 5;
/// The tenant of the usual lease.
pub const TENANT: [u8; 32] = [4; 32];

pub fn now(block: u64, ms: u64) -> Now {
	Now { block, ms }
}

/// 1 is the provider, 2 another one, 3 the consumer.
pub fn account(number: u8) -> AccountId32 {
	AccountId32([number; 32])
}

pub fn receipt(segment: u32, milliseconds: u64) -> StoredReceipt {
	StoredReceipt {
		segment,
		milliseconds,
		signature: [0; 64],
	}
}

pub fn segment(number: u32, from: u64, to: Option<u64>) -> SegmentView {
	SegmentView {
		number,
		tenant: Some(TENANT),
		rate: 1_000,
		from,
		to,
		counted_to: from,
		proven_ms: 0,
		acknowledged_ms: 0,
		credited_ms: 0,
		sealed: false,
	}
}

/// A metered lease with a tenant, without a segment.
pub fn lease(status: Status) -> Lease {
	Lease {
		id: LeaseId(0),
		consumer: account(3),
		provider: account(1),
		agent: account(9),
		machine: MachineId(MACHINE),
		version: None,
		asset: None,
		terms_hash: [0; 32],
		opened_at: 1,
		status,
		until_block: None,
		outcome: None,
		books: Books {
			deposited: 0,
			held: 0,
			paid: 0,
			royalty: 0,
			lease_fee: 0,
			model_fee: 0,
			refunded: 0,
			arbitration: 0,
			moved_in: 0,
			moved_out: 0,
		},
		deposit: 0,
		continues: None,
		metered: Some(MeteredView {
			units: 1,
			rate: 1_000,
			royalty_rate: 0,
			duration_ms: 3_600_000,
			tenant: Some(TENANT),
			handshake_shown: false,
			grace_ms: Some(60_000),
			ends_at: None,
			left_ms: None,
			paused: None,
			pause_over_at: None,
			reclaimed: false,
			early_close_fee: 0,
			auto_top_up: None,
			proposal: None,
			segments: Vec::new(),
			resolved_until: 0,
			due: 0,
			payable: 0,
			seconds_of_funding_left: 0,
			min_funded_seconds: 60,
		}),
		agreement: None,
		job: None,
		calls: None,
	}
}

/// What a metered lease was agreed on, with this arbiter.
pub fn agreement(arbiter: Option<AccountId32>) -> AgreementView<AccountId32> {
	AgreementView {
		spot_notice_ms: None,
		max_duration_ms: 3_600_000,
		early_close_ms: 0,
		sla_target: None,
		sla_credit: None,
		arbiter_fee: arbiter.as_ref().map(|_| 1),
		arbiter,
		offered_to: None,
	}
}

/// A fixed job.
pub fn job(status: Status) -> Lease {
	Lease {
		metered: None,
		job: Some(JobDetails {
			price: 1,
			royalty: 0,
			input_root: [0; 32],
			weights_root: [0; 32],
			items: 1,
			weights_bytes: 1,
			input_bytes: 1,
			output_bytes: 1,
			multiplications: 1,
			runner: 1,
			deadline_blocks: 100,
			manifest: [0; 32],
			input_url: String::new(),
			weights_url: String::new(),
			context: [0; 32],
			result_root: None,
			committed_at: None,
			demands: Vec::new(),
		}),
		..lease(status)
	}
}

pub fn demand(index: u32) -> Demand {
	Demand {
		index,
		answer_by: 100,
		posting: 0,
	}
}

/// Online and free, for 90 base units a second.
pub fn machine(units: u32) -> Machine {
	Machine {
		id: MachineId(MACHINE),
		provider: account(1),
		agent: account(9),
		hardware: HardwareView {
			class: HardwareClass::Gpu,
			accelerator: "h100-sxm".into(),
			count: units,
			memory_mib: 81_920,
			vcpus: 8,
			ram_mib: 65_536,
			disk_gib: 100,
			region: String::new(),
			interconnect: String::new(),
			driver: String::new(),
		},
		endpoints: Vec::new(),
		price_per_second: 90,
		document: Default::default(),
		terms_hash: Default::default(),
		status: MachineStatus::Online,
		status_since: 0,
		free_units: units,
		open_for_leases: true,
		challenge_open: false,
		proven_ms: 0,
		registered_at: 0,
	}
}

pub fn calendar(units: u32) -> CalendarView {
	CalendarView {
		units,
		late: 0,
		lent: Vec::new(),
		bookings: Vec::new(),
		maintenance: Vec::new(),
		maintenance_left_ms: 0,
	}
}

pub fn lent(until: u64, units: u32) -> Lent {
	Lent { until, units }
}

pub fn booking(from: u64, until: u64, units: u32) -> Booking {
	Booking { from, until, units }
}

fn terms(max_duration_ms: u64) -> LeaseTerms<AccountId32> {
	LeaseTerms {
		spot_notice_ms: None,
		max_duration_ms,
		early_close_ms: 0,
		sla: None,
		arbiter: None,
	}
}

pub fn arbiter(account: AccountId32) -> Arbiter<AccountId32> {
	Arbiter { account, fee: 1 }
}

pub fn sla() -> Sla {
	Sla {
		target: Perbill(990_000_000),
		credit: Perbill(500_000_000),
	}
}

pub fn slug(text: &str) -> BoundedVec<u8> {
	BoundedVec(text.as_bytes().to_vec())
}

/// An order for an hour of any accelerator, open until block 50, without bids.
pub fn order(id: u64, units: u32, max_rate: u128) -> Order {
	Order {
		id: OrderId(id),
		status: OrderStatus::Open,
		consumer: account(3),
		wanted: Requirements {
			class: HardwareClass::Gpu,
			accelerators: BoundedVec(Vec::new()),
			min_memory_mib: 0,
			region: None,
			interconnect: None,
			min_driver: None,
		},
		units,
		asset: None,
		max_rate,
		duration_seconds: 3_600,
		version: None,
		tenant: Some(TENANT),
		terms: terms(3_600_000),
		auto: true,
		funds: 0,
		deadline: 50,
		firm_from: 40,
		close_reward: 0,
		matcher_reward: 0,
		bids: Vec::new(),
	}
}

pub fn bid(provider: AccountId32, machine: u64, rate: u128) -> Bid<AccountId32> {
	Bid {
		provider,
		machine: MachineId(machine),
		rate,
		deposit: 1,
	}
}

/// A reservation from 10,000 on, booked to 50,000, whose window ends at 20,000.
pub fn reservation(units: u32, state: ReservationState) -> Booked {
	Booked {
		consumer: account(3),
		provider: account(1),
		offer: OfferId(0),
		offer_hash: [0; 32],
		machine: MachineId(MACHINE),
		units,
		rate: 1_000,
		duration_seconds: 10,
		terms: terms(10_000),
		deposit: 1,
		opens_at: 9_000,
		from: 10_000,
		closes_at: 20_000,
		booked_until: 50_000,
		cancel_until: 5_000,
		cancel_share: Perbill(0),
		honour_ms: 10_000,
		live_share: Perbill(0),
		backstop_ms: 100_000,
		state,
		wake_at: 0,
	}
}

/// The consumer is there; the provider has until `until`.
pub fn arrived(until: u64) -> ReservationState {
	ReservationState::Arrived {
		at: 12_000,
		until,
		arrival: Arrival {
			version: None,
			tenant: None,
			funds: 0,
			opening: 0,
			whole: 0,
		},
	}
}

pub fn opened(lease: u64) -> ReservationState {
	ReservationState::Opened {
		lease: LeaseId(lease),
		at: 12_000,
	}
}
