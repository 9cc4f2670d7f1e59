//! What governance may change. Offers, orders and reservations keep what they were made under.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::Perbill;
use terminal_primitives::{Balance, BlockNumber};

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
	/// Base units on hold in the provider's account for each standing offer.
	pub offer_deposit: Balance,
	/// The most standing offers of one provider.
	pub max_offers: u32,
	/// Base units on hold in the consumer's account for each order: pays who closes or matches it,
	/// the rest returns.
	pub order_deposit: Balance,
	/// Base units of the order's deposit for who closes it after its deadline. Near the fee of the
	/// call, so that nobody posts orders to be paid for closing them.
	pub close_reward: Balance,
	/// Base units of the order's deposit for who matches it with an offer.
	pub matcher_reward: Balance,
	/// Base units on hold in the provider's account for each bid. Always returned.
	pub bid_deposit: Balance,
	/// The shortest bidding, in blocks.
	pub min_order_blocks: BlockNumber,
	/// The longest bidding, in blocks.
	pub max_order_blocks: BlockNumber,
	/// The first blocks of an order, in which it takes bids only: so nobody matches it with an
	/// offer at its maximum before a cheaper bid could be placed.
	pub bids_only_blocks: BlockNumber,
	/// The last blocks of an order, in which bids cannot be withdrawn: so nobody fills it with
	/// cheap bids and takes them back when it is too late for others.
	pub firm_blocks: BlockNumber,
	/// The least deposit of a reservation, in base units, on each side.
	pub min_reservation_deposit: Balance,
	/// Milliseconds before the agreed time from which on the consumer may arrive.
	pub early_ms: u64,
	/// Milliseconds after the agreed time until which the consumer may arrive.
	pub show_ms: u64,
	/// Milliseconds that the provider has at least from an arrival on.
	pub honour_ms: u64,
	/// Milliseconds that are booked behind a reserved time, besides `show_ms`: no less than
	/// `honour_ms` and the start window of leases together, so that a late start never runs into
	/// the next booking.
	pub slack_ms: u64,
	/// Milliseconds before the agreed time until which either side may cancel.
	pub cancel_notice_ms: u64,
	/// What cancelling costs of the own deposit. Rounded up.
	pub cancel_share: Perbill,
	/// Milliseconds from reserving to the agreed time, at least: leaves the provider, who does not
	/// sign reservations, time to cancel.
	pub min_lead_ms: u64,
	/// Milliseconds from reserving to the agreed time, at most.
	pub max_lead_ms: u64,
	/// A longer gap between two blocks, in milliseconds, counts as standstill of the chain.
	pub stall_ms: u64,
	/// The share of a window in which the chain must have run for an absence to count.
	pub live_share: Perbill,
	/// Milliseconds after which a lease opened from a reservation that was never heard of again
	/// costs nobody. Longer than leases' start window.
	pub backstop_ms: u64,
	/// Milliseconds that a block is expected to take: schedules the expiry wheel, nothing else.
	pub block_ms: u64,
}

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const DAY_MS: u64 = 24 * HOUR_MS;

impl Default for Parameters {
	/// Production's values, for blocks of 6 s.
	fn default() -> Self {
		use terminal_primitives::{MILLI, UNIT};
		Self {
			offer_deposit: UNIT,
			max_offers: 256,
			order_deposit: 200 * MILLI,
			close_reward: 20 * MILLI,
			matcher_reward: 100 * MILLI,
			bid_deposit: UNIT,
			min_order_blocks: 30,
			max_order_blocks: 7 * 14_400,
			bids_only_blocks: 10,
			firm_blocks: 10,
			min_reservation_deposit: UNIT,
			early_ms: 5 * MINUTE_MS,
			show_ms: 30 * MINUTE_MS,
			honour_ms: 10 * MINUTE_MS,
			slack_ms: 30 * MINUTE_MS,
			cancel_notice_ms: HOUR_MS,
			cancel_share: Perbill::from_percent(50),
			min_lead_ms: 2 * HOUR_MS,
			max_lead_ms: 90 * DAY_MS,
			stall_ms: MINUTE_MS,
			live_share: Perbill::from_percent(50),
			backstop_ms: DAY_MS,
			block_ms: 6_000,
		}
	}
}

impl Parameters {
	/// Whether they fit together; the error says which rule is broken.
	pub fn validate(&self) -> Result<(), &'static str> {
		let least_order = self.bids_only_blocks.checked_add(self.firm_blocks);
		let longest_lead = self.max_lead_ms.checked_add(self.show_ms);
		let rules = [
			(self.max_offers > 0, "max_offers must not be zero"),
			(
				self.close_reward <= self.order_deposit,
				"close_reward is paid out of order_deposit",
			),
			(
				self.matcher_reward <= self.order_deposit,
				"matcher_reward is paid out of order_deposit",
			),
			(self.bid_deposit > 0, "bid_deposit must not be zero"),
			(
				least_order.is_some_and(|least| least < self.min_order_blocks),
				"min_order_blocks must be longer than bids_only_blocks and firm_blocks together",
			),
			(
				self.min_order_blocks <= self.max_order_blocks,
				"max_order_blocks must not be below min_order_blocks",
			),
			(
				self.min_reservation_deposit > 0,
				"min_reservation_deposit must not be zero",
			),
			(self.show_ms > 0, "show_ms must not be zero"),
			(self.honour_ms > 0, "honour_ms must not be zero"),
			(
				self.slack_ms >= self.honour_ms,
				"slack_ms must not be shorter than honour_ms",
			),
			(
				self.cancel_notice_ms >= self.early_ms,
				"cancel_notice_ms must not be shorter than early_ms",
			),
			(
				self.min_lead_ms > self.cancel_notice_ms,
				"min_lead_ms must be longer than cancel_notice_ms",
			),
			(
				self.min_lead_ms <= self.max_lead_ms,
				"max_lead_ms must not be below min_lead_ms",
			),
			(
				longest_lead.is_some(),
				"max_lead_ms and show_ms must fit 64 bits",
			),
			(
				self.stall_ms > self.block_ms,
				"stall_ms must be longer than block_ms",
			),
			(self.backstop_ms > 0, "backstop_ms must not be zero"),
			(self.block_ms > 0, "block_ms must not be zero"),
		];
		rules
			.into_iter()
			.try_for_each(|(holds, rule)| if holds { Ok(()) } else { Err(rule) })
	}
}
