//! The state of the tests' chain: one machine of Bob's, and what Alice does with it.

use pallet_leases::{runtime_api::*, Books, Change, Proposal, ProviderRecord, Record, Side};
use pallet_market::{
	runtime_api::{
		OfferQuote, OfferView, OrderStatus, OrderView, ReservationStatus, ReservationView,
	},
	Bid, OfferId, OrderId, ReservationId,
};
use pallet_models::{runtime_api::VersionView, Format, Prices};
use pallet_providers::{
	calendar::{Booking, Lent},
	runs::Run,
	runtime_api::{CalendarView, HardwareView, MachineView, ProviderView, UptimeView},
	windows::Window,
	Unlocking,
};
use pallet_supply::{MintSource, SupplyView};
use sp_core::H256;
use sp_runtime::Perbill;
use terminal_primitives::{
	ledger::BurnSource,
	market::{Arbiter, HardwareClass, LeaseTerms, MachineStatus, Requirements, Sla, Slug},
	LeaseId, MachineId, Moment, VersionId, MILLI, UNIT,
};
use terminal_runtime::AccountId;

/// The machine there is.
pub const MACHINE: MachineId = MachineId(4);
/// The offer there is.
pub const OFFER: OfferId = OfferId(3);
/// The order there is.
pub const ORDER: OrderId = OrderId(8);
/// The metered lease there is.
pub const LEASE: LeaseId = LeaseId(7);
/// The lease for calls there is.
pub const LEASE_FOR_CALLS: LeaseId = LeaseId(9);
/// The model version there is.
pub const VERSION: VersionId = VersionId(2);

/// A quarter past some hour.
const NOW: Moment = 1_790_000_000_000;
const HOUR: u64 = 3_600_000;
/// Base units per second and unit.
const RATE: u128 = 500_000_000;

fn account(ss58: &str) -> AccountId {
	ss58.parse().expect("an address")
}

/// Who pays.
pub fn alice() -> AccountId {
	account("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY")
}

/// Who is paid.
pub fn bob() -> AccountId {
	account("5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty")
}

/// Bob's hot key.
fn charlie() -> AccountId {
	account("5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y")
}

fn slug(text: &str) -> Slug {
	text.as_bytes().to_vec().try_into().expect("short enough")
}

pub fn provider() -> ProviderView {
	ProviderView {
		bond: 1_000 * UNIT,
		required_bond: 800 * UNIT,
		unlocking: vec![Unlocking {
			amount: 50 * UNIT,
			at: 201_600,
		}],
		at_risk: 102 * UNIT,
		risk_limit: 500 * UNIT,
		slashed: 0,
		machines: 1,
		units: 8,
		since: 120,
	}
}

pub fn machine() -> MachineView<AccountId> {
	MachineView {
		id: MACHINE,
		provider: bob(),
		agent: charlie(),
		hardware: HardwareView {
			class: HardwareClass::Gpu,
			accelerator: "h100-sxm".into(),
			count: 8,
			memory_mib: 81_559,
			vcpus: 192,
			ram_mib: 2_097_152,
			disk_gib: 30_720,
			region: "eu-west".into(),
			interconnect: "nvlink".into(),
			driver: "nvidia-570.86".into(),
		},
		endpoints: vec![
			"https://gpu.example.org:8443".into(),
			"http://192.0.2.7:8711".into(),
		],
		price_per_second: RATE,
		document: H256::zero(),
		terms_hash: H256::repeat_byte(0x7e),
		status: MachineStatus::Online,
		status_since: 130,
		free_units: 6,
		open_for_leases: true,
		challenge_open: false,
		proven_ms: 86_340_000,
		registered_at: 125,
	}
}

pub fn uptime() -> UptimeView {
	UptimeView {
		runs: vec![Run {
			from: NOW - 24 * HOUR,
			to: NOW - 60_000,
			before: 0,
		}],
		open: true,
		gap_cap_ms: 600_000,
		total_ms: 86_340_000,
		resolved_until: NOW - 60_000,
	}
}

pub fn calendar() -> CalendarView {
	CalendarView {
		units: 8,
		late: 0,
		lent: vec![Lent {
			until: NOW + HOUR,
			units: 2,
		}],
		bookings: vec![Booking {
			from: NOW + 24 * HOUR,
			until: NOW + 26 * HOUR,
			units: 4,
		}],
		maintenance: vec![Window {
			from: NOW + 48 * HOUR,
			until: NOW + 50 * HOUR,
		}],
		maintenance_left_ms: 70 * HOUR,
	}
}

pub fn lease() -> LeaseView<AccountId> {
	LeaseView {
		id: LEASE,
		consumer: alice(),
		provider: bob(),
		agent: charlie(),
		machine: MACHINE,
		version: None,
		asset: None,
		terms_hash: [0x3c; 32],
		opened_at: 900,
		status: Status::Active,
		until_block: None,
		outcome: None,
		books: Books {
			deposited: 3_600 * MILLI,
			held: 3_300 * MILLI,
			paid: 294 * MILLI,
			lease_fee: 6 * MILLI,
			..Books::default()
		},
		deposit: 200 * MILLI,
		continues: None,
		metered: Some(metered()),
		agreement: Some(AgreementView {
			spot_notice_ms: Some(120_000),
			max_duration_ms: 24 * HOUR,
			early_close_ms: 0,
			sla_target: None,
			sla_credit: None,
			arbiter: None,
			arbiter_fee: None,
			offered_to: None,
		}),
		job: None,
		calls: None,
	}
}

pub fn lease_for_calls() -> LeaseView<AccountId> {
	LeaseView {
		id: LEASE_FOR_CALLS,
		version: Some(VERSION),
		status: Status::Serving,
		until_block: Some(15_300),
		books: Books {
			deposited: 15 * UNIT,
			held: 15 * UNIT,
			..Books::default()
		},
		metered: None,
		agreement: None,
		calls: Some(CallsView {
			price: 10 * MILLI,
			royalty: 5 * MILLI,
			key: charlie(),
			duration_blocks: 14_400,
			calls: 250,
			due: 3_750 * MILLI,
			payable: 3_750 * MILLI,
			covered: 750,
		}),
		..lease()
	}
}

fn metered() -> MeteredView {
	MeteredView {
		units: 2,
		rate: RATE,
		royalty_rate: 0,
		duration_ms: HOUR,
		tenant: Some([0xd4; 32]),
		handshake_shown: false,
		grace_ms: Some(60_000),
		ends_at: Some(NOW + 55 * 60_000),
		left_ms: Some(55 * 60_000),
		paused: None,
		pause_over_at: None,
		reclaimed: false,
		early_close_fee: 0,
		auto_top_up: None,
		proposal: Some(Proposal {
			by: Side::Provider,
			segment: 0,
			change: Change {
				rate: RATE / 2,
				units: 4,
				acknowledged_ms: 240_000,
			},
			expires_at: 1_000,
		}),
		segments: vec![SegmentView {
			number: 0,
			tenant: Some([0xd4; 32]),
			rate: 2 * RATE,
			from: NOW - 300_000,
			to: None,
			counted_to: NOW - 60_000,
			proven_ms: 300_000,
			acknowledged_ms: 240_000,
			credited_ms: 300_000,
			sealed: false,
		}],
		resolved_until: NOW,
		due: 300 * MILLI,
		payable: 0,
		seconds_of_funding_left: 3_300,
		min_funded_seconds: 60,
	}
}

pub fn metered_quote() -> MeteredQuote {
	MeteredQuote {
		asset: None,
		rate: RATE,
		royalty_rate: 0,
		per_second: 2 * RATE,
		total: 3_600 * MILLI,
		least_funds: 60 * MILLI,
		fee: 72 * MILLI,
		burned: 36 * MILLI,
		deposit: 200 * MILLI,
		terms_hash: [0x7e; 32],
		free_units: 6,
		earliest_start: Some(NOW),
	}
}

pub fn job_quote() -> JobQuote {
	JobQuote {
		asset: None,
		price: 100 * UNIT,
		royalty: 2 * UNIT,
		total: 102 * UNIT,
		fee: 2_040 * MILLI,
		burned: 1_020 * MILLI,
		deposit: 200 * MILLI,
		posting_fee: 10 * MILLI,
		terms_hash: [0x7e; 32],
	}
}

pub fn record() -> Record {
	Record {
		provider: ProviderRecord {
			leases: 41,
			promised_ms: 147_600_000,
			proven_ms: 147_480_000,
			paid: 120 * UNIT,
			forfeits: 1,
			disputes_lost: 0,
		},
		..Record::default()
	}
}

pub fn version() -> VersionView<AccountId> {
	VersionView {
		id: VERSION,
		owner: alice(),
		name: "digits".into(),
		licence: "Apache-2.0".into(),
		manifest: H256::repeat_byte(0x11),
		weights_root: Some(H256::repeat_byte(0x22)),
		format: Format::IntegerNetwork,
		bytes: 12_345,
		card_hash: H256::repeat_byte(0x33),
		prices: Prices {
			per_job: 2 * UNIT,
			per_second: 0,
			per_call: UNIT / 1_000,
		},
		rise: None,
		first_seen: 100,
		listed_at: 110,
		yanked: false,
	}
}

pub fn supply() -> SupplyView {
	SupplyView {
		cap: 1_000_000_000 * UNIT,
		issuance: 100_000_010 * UNIT,
		genesis: 100_000_000 * UNIT,
		minted: 12 * UNIT,
		minted_by: vec![(MintSource::StakingReward, 12 * UNIT)],
		burned: 2 * UNIT,
		burned_by: vec![(BurnSource::TransactionFee, 2 * UNIT)],
		promised: 5 * UNIT,
		gap: 899_999_983 * UNIT,
		yearly_emission: 107_999_998 * UNIT,
		parameters: pallet_supply::Parameters::default(),
	}
}

fn terms() -> LeaseTerms<AccountId> {
	LeaseTerms {
		spot_notice_ms: Some(120_000),
		max_duration_ms: 24 * HOUR,
		early_close_ms: 0,
		sla: Some(Sla {
			target: Perbill::from_percent(99),
			credit: Perbill::from_percent(20),
		}),
		arbiter: Some(Arbiter {
			account: charlie(),
			fee: UNIT,
		}),
	}
}

pub fn offer() -> OfferView<AccountId> {
	OfferView {
		id: OFFER,
		hash: [0x3c; 32],
		provider: bob(),
		machine: MACHINE,
		asset: None,
		rate: RATE,
		units: 8,
		free_units: 6,
		online: true,
		min_duration_seconds: 600,
		max_duration_seconds: 86_400,
		terms: terms(),
		windows: vec![(NOW, NOW + 720 * HOUR)],
		reservation_deposit: Some(5 * UNIT),
		document: [0; 32],
	}
}

pub fn offer_quote() -> OfferQuote {
	OfferQuote {
		offer_hash: [0x3c; 32],
		asset: None,
		rate: RATE,
		total: 3_600 * MILLI,
		least_funds: 60 * MILLI,
		fee: 72 * MILLI,
		burned: 36 * MILLI,
		opening_deposit: 200 * MILLI,
		reservation_deposit: Some(5 * UNIT),
		earliest_start: Some(NOW + HOUR),
	}
}

pub fn order() -> OrderView<AccountId> {
	OrderView {
		id: ORDER,
		status: OrderStatus::Open,
		consumer: alice(),
		wanted: Requirements {
			class: HardwareClass::Gpu,
			accelerators: vec![slug("h100-sxm"), slug("h200")]
				.try_into()
				.expect("two"),
			min_memory_mib: 80_000,
			region: Some(slug("eu-west")),
			interconnect: None,
			min_driver: Some(slug("nvidia-570")),
		},
		units: 2,
		asset: None,
		max_rate: 600_000_000,
		duration_seconds: 3_600,
		version: Some(VERSION),
		tenant: Some([0xd4; 32]),
		terms: LeaseTerms::plain(HOUR),
		auto: true,
		funds: 4_320 * MILLI,
		deadline: 1_200,
		firm_from: 1_190,
		close_reward: 10 * MILLI,
		matcher_reward: 20 * MILLI,
		bids: vec![Bid {
			provider: bob(),
			machine: MACHINE,
			rate: RATE,
			deposit: UNIT,
		}],
	}
}

pub fn reservation() -> ReservationView<AccountId> {
	ReservationView {
		id: ReservationId(1),
		status: ReservationStatus::Arrived {
			until: NOW + 26 * HOUR,
		},
		consumer: alice(),
		provider: bob(),
		offer: OFFER,
		machine: MACHINE,
		units: 4,
		rate: RATE,
		duration_seconds: 7_200,
		terms: LeaseTerms::plain(2 * HOUR),
		deposit: 5 * UNIT,
		cancel_until: NOW + 12 * HOUR,
		cancel_cost: 2_500 * MILLI,
		opens_at: NOW + 24 * HOUR - 60_000,
		from: NOW + 24 * HOUR,
		closes_at: NOW + 24 * HOUR + 600_000,
		least_funds: Some(120 * MILLI),
	}
}
